"""Addresses of what pages show besides themselves, and of Wagtail's that we answer in its place."""

from django.urls import path, re_path

from . import media
from .admin.choosers import chosen_pages

urlpatterns = [
    re_path(r"^media/images/(?P<name>[A-Za-z0-9_.|-]{1,200})$", media.picture, name="picture"),
    path("files/<str:reference>/", media.document, name="document"),
    path("admin/choose-page/chosen-multiple/", chosen_pages),
]
