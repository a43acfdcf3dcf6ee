"""Writes: opening pages, setting up the site, publishing."""

from .site import open_page, set_up_site

__all__ = ["open_page", "set_up_site"]
