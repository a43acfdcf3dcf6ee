from .events import AppendOnly, ChainHead, Channel, Event, HistoryRow, Versions
from .files import StoredFile
from .imports import RegisterImport
from .invitations import Invitation
from .notifications import Delivery, Medium, MessageRoute, Notification, Pace
from .openings import CommunityOpening
from .people import Appointment, Member, User
from .places import Building, Estate, Home, Partner, Unit, public_reference
from .rights import RightsAnswer, RightsReview
from .sealed import SealedContent, SealedDraft, SealedText

__all__ = [
    "AppendOnly",
    "Appointment",
    "Building",
    "ChainHead",
    "Channel",
    "CommunityOpening",
    "Delivery",
    "Estate",
    "Event",
    "HistoryRow",
    "Home",
    "Invitation",
    "Medium",
    "Member",
    "MessageRoute",
    "Notification",
    "Pace",
    "Partner",
    "RegisterImport",
    "RightsAnswer",
    "RightsReview",
    "SealedContent",
    "SealedDraft",
    "SealedText",
    "StoredFile",
    "Unit",
    "User",
    "Versions",
    "public_reference",
]
