from .base import SitePage
from .notices import NoticeIndexPage, NoticePage
from .places import AreaPage, CommunityPage, HomePage

__all__ = ["AreaPage", "CommunityPage", "HomePage", "NoticeIndexPage", "NoticePage", "SitePage"]
