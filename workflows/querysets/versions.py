"""The versions of a request, read from its history: their content, who made them, when, how and why."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from community.models import Appointment, Channel, Estate, Event, Unit
from community.roles import Post

from ..models import RenovationRequest

CONTENT = ("title", "place", "category", "problem", "plan", "measure", "measure_unit", "budget", "unit_id", "estate_id")
TEXTS = ("title", "place", "problem", "plan")


@dataclass(frozen=True)
class Version:
    """One version as it was recorded. `content`: field → value; `post`: what its author was then, for everyone."""

    number: int
    content: dict
    state: str
    is_substance: bool
    recorded_at: datetime
    channel: str
    reason: str
    user_id: int | None
    post: str


def _rows(request: RenovationRequest):
    return request.history.order_by("history_id")


def versions_of(request: RenovationRequest, *numbers: int) -> list[Version]:
    """The versions with these numbers (all, when none is named), the oldest first. Three queries.

    A version is the first row of the history that carries its number; later rows with it changed the state only.
    """
    rows = _rows(request).filter(version__in=numbers) if numbers else _rows(request)
    first: dict[int, object] = {}
    for row in rows:
        first.setdefault(row.version, row)
    events = Event.objects.defer("body").in_bulk([row.event_id for row in first.values()])
    posts = _posts_of(first.values())
    return [_version(row, events[row.event_id], posts) for row in first.values()]


def _version(row, event: Event, posts) -> Version:
    return Version(
        number=row.version,
        content={name: getattr(row, name) for name in CONTENT},
        state=row.state,
        is_substance=row.substance_version == row.version,
        recorded_at=row.history_date,
        channel=Channel(event.channel).label,
        reason=event.reason,
        user_id=row.history_user_id,
        post=_post_at(posts.get(row.history_user_id, ()), timezone.localdate(row.history_date)),
    )


def _posts_of(rows) -> dict[int, list]:
    """Account → appointments that its member ever held."""
    users = {row.history_user_id for row in rows if row.history_user_id}
    held: dict[int, list] = {}
    found = Appointment.objects.filter(member__user__in=users).order_by("starts_on", "pk")
    for user_id, post, starts_on, ends_on in found.values_list("member__user_id", "post", "starts_on", "ends_on"):
        held.setdefault(user_id, []).append((post, starts_on, ends_on))
    return held


def _post_at(appointments, day) -> str:
    """The post held on a day, in words; empty for the system or somebody without one."""
    held = [post for post, first, last in appointments if first <= day and (last is None or last > day)]
    return str(Post(held[0]).label) if held else ""


def as_it_stood(request: RenovationRequest, moment: datetime) -> Version | None:
    """The request as it was on record at a moment, with its state of then; None before it was recorded."""
    row = request.history.filter(history_date__lte=moment).order_by("-history_id").first()
    return _version(row, Event.objects.defer("body").get(pk=row.event_id), _posts_of([row])) if row else None


def names_of_places(versions) -> tuple[dict[int, Unit], dict[int, Estate]]:
    """The units and estates that the versions name, by key. Two queries."""
    units = {version.content["unit_id"] for version in versions}
    estates = {version.content["estate_id"] for version in versions if version.content["estate_id"]}
    return Unit.objects.in_bulk(units), Estate.objects.in_bulk(estates)
