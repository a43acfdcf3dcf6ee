from .events import AppendOnly, ChainHead, Channel, Event, HistoryRow, Versions
from .files import StoredFile
from .notifications import Delivery, Medium, MessageRoute, Notification, Pace
from .people import Appointment, Member, User
from .places import Building, Estate, Home, Partner, Unit
from .sealed import SealedContent, SealedText

__all__ = [
    "AppendOnly",
    "Appointment",
    "Building",
    "ChainHead",
    "Channel",
    "Delivery",
    "Estate",
    "Event",
    "HistoryRow",
    "Home",
    "Medium",
    "Member",
    "MessageRoute",
    "Notification",
    "Pace",
    "Partner",
    "SealedContent",
    "SealedText",
    "StoredFile",
    "Unit",
    "User",
    "Versions",
]
