from .events import AppendOnly, ChainHead, Channel, Event, HistoryRow, Versions
from .files import StoredFile
from .people import Appointment, Member, User
from .places import Building, Estate, Home, Partner, Unit
from .sealed import SealedContent, SealedText

__all__ = [
    "AppendOnly",
    "Appointment",
    "Building",
    "ChainHead",
    "Channel",
    "Estate",
    "Event",
    "HistoryRow",
    "Home",
    "Member",
    "Partner",
    "SealedContent",
    "SealedText",
    "StoredFile",
    "Unit",
    "User",
    "Versions",
]
