from ..pages import AreaPage, CommunityPage, HomePage, NoticeIndexPage, NoticePage, SitePage
from ..publishing.models import SecondPersonReview, SecondPersonTask
from .media import LinliDocument, LinliImage, LinliRendition, UnitCollection

__all__ = [
    "AreaPage",
    "CommunityPage",
    "HomePage",
    "LinliDocument",
    "LinliImage",
    "LinliRendition",
    "NoticeIndexPage",
    "NoticePage",
    "SecondPersonReview",
    "SecondPersonTask",
    "SitePage",
    "UnitCollection",
]
