"""The whole district as one timeline."""

from .cases import CASES
from .pages import add_pages
from .people import add_people
from .places import add_places
from .rights import add_review_of_rights
from .timeline import Timeline


def timeline_of(today) -> Timeline:
    """Every step of the demo, dated; `today` is the day of the first load."""
    timeline = Timeline(today)
    add_places(timeline)
    add_people(timeline)
    add_pages(timeline)
    for tell in CASES:
        tell(timeline)
    add_review_of_rights(timeline)
    return timeline
