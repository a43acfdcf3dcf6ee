from ..pages import AreaPage, CommunityPage, HomePage, NoticeIndexPage, NoticePage, SitePage
from ..publishing.models import SecondPersonReview, SecondPersonTask
from .details import SiteDetails
from .media import LinliDocument, LinliImage, LinliRendition, UnitCollection
from .schedules import ScheduledPublication
from .traces import PageTrace
from .upkeep import PageUpkeep
from .urgent import OwedReview

__all__ = [
    "AreaPage",
    "CommunityPage",
    "HomePage",
    "LinliDocument",
    "LinliImage",
    "LinliRendition",
    "NoticeIndexPage",
    "NoticePage",
    "OwedReview",
    "PageTrace",
    "PageUpkeep",
    "ScheduledPublication",
    "SecondPersonReview",
    "SecondPersonTask",
    "SiteDetails",
    "SitePage",
    "UnitCollection",
]
