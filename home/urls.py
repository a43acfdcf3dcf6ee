"""Addresses of what pages show besides themselves, and of Wagtail's that we answer in its place."""

from django.urls import path, re_path

from . import media
from .admin.account import account
from .admin.choosers import chosen_pages
from .guides import guide, guide_list, guide_picture

urlpatterns = [
    re_path(r"^media/images/(?P<name>[A-Za-z0-9_.|-]{1,200})$", media.picture, name="picture"),
    path("help/", guide_list, name="guides"),
    path("help/<slug:role>/", guide, name="guide"),
    path("help/pictures/<slug:name>/", guide_picture, name="guide-picture"),
    path("files/<str:reference>/", media.document, name="document"),
    path("admin/account/", account),
    path("admin/choose-page/chosen-multiple/", chosen_pages),
]
