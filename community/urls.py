"""Addresses of the files that people handed in."""

from django.urls import re_path

from . import media

urlpatterns = [
    re_path(r"^(?P<reference>[A-Za-z0-9_-]{16})/(?P<size>full|small)/?$", media.media, name="media"),
]
