"""The history of a row, told as a story: who, when, through which channel, why, and what changed field by field."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..models import Appointment, Event, Member, SealedText, User
from ..verbs import in_words

PER_PAGE = 20


@dataclass(frozen=True)
class Change:
    """One field: what stood there, what stands there since."""

    label: str
    before: str
    now: str


@dataclass(frozen=True)
class Chapter:
    """One event in the story of a row."""

    what: str
    who: str
    occurred_at: datetime
    recorded_at: datetime
    channel: str
    reason: str
    changes: list[Change] = field(default_factory=list)
    is_late: bool = False


def fields_of(version) -> list[models.Field]:
    """The fields of a history row that its model tracks, or all of a row that never changes."""
    return getattr(version, "tracked_fields", None) or version._meta.concrete_fields


class StoryMixin:
    """For a view with `row`, `request` and a model with history: the chapters, newest first.

    To adapt: `story_exclude` (fields that say nothing to a reader), `story_subjects()` (what else belongs to the
    story), `story_value(field, value)` (how a value is written).
    """

    template_name = "community/admin/history.html"
    story_exclude = ("id", "reference")

    def story_subjects(self) -> list[tuple[str, str]]:
        """(kind, key) of the objects whose events belong here, besides those that wrote the row."""
        return [(self.row._meta.label_lower, str(self.row.pk))]

    def get_context_data(self, **kwargs):
        versions = list(self.row.history.order_by("history_id")) if hasattr(self.row, "history") else []
        condition = Q(pk__in=[version.event_id for version in versions])
        for kind, key in self.story_subjects():
            condition |= Q(subject_type=kind, subject_key=key)
        events = Event.objects.filter(condition).defer("body").order_by("-recorded_at", "-sequence")
        page = Paginator(events, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(chapters=self.chapters(versions, list(page)), page_obj=page, **kwargs)

    def chapters(self, versions, events) -> list[Chapter]:
        pairs = {new.event_id: (old, new) for old, new in zip([None, *versions], versions, strict=False)}
        shown = [pair for event in events if (pair := pairs.get(event.pk))]
        names = Names(self.request.user, shown)
        actors = actor_names(self.request.user, events)
        return [
            Chapter(
                what=in_words(event.verb),
                who=actors[event.actor_id],
                occurred_at=event.occurred_at,
                recorded_at=event.recorded_at,
                channel=event.get_channel_display(),
                reason=event.reason,
                changes=self.changes(*pairs[event.pk], names) if event.pk in pairs else [],
                is_late=(event.recorded_at - event.occurred_at).total_seconds() >= 60,
            )
            for event in events
        ]

    def changes(self, old, new, names: "Names") -> list[Change]:
        """What a version changed against the one before; every value that is there, for the first."""
        found = []
        for one in fields_of(new):
            before, now = (getattr(version, one.attname, None) if version else None for version in (old, new))
            if one.name in self.story_exclude or before == now or (old is None and now in (None, "")):
                continue
            said = [self.story_value(one, value, names) for value in (before, now)]
            found.append(Change(capfirst(str(one.verbose_name)), *(said if old else ("", said[1]))))
        return found

    def story_value(self, one: models.Field, value, names: "Names") -> str:
        """A value as the reader may see it."""
        if value is None or value == "":
            return _("(empty)")
        if one.is_relation:
            return names.of(one, value)
        if one.choices:
            return str(dict(one.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
        return str(value)


class Names:
    """The rows that versions point at, fetched once per kind, as far as the reader may see them."""

    def __init__(self, user, pairs):
        self.found = {}
        wanted: dict[models.Field, set] = {}
        for version in {id(version): version for pair in pairs for version in pair if version}.values():
            for one in fields_of(version):
                if one.is_relation and (key := getattr(version, one.attname)) is not None:
                    wanted.setdefault(one.remote_field.model, set()).add(key)
        for model, keys in wanted.items():
            rows = model._default_manager.filter(pk__in=keys)
            hidden = model in (SealedText, User)
            if not hidden:
                rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
                self.found |= {(model, row.pk): str(row) for row in rows}

    def of(self, one: models.Field, key) -> str:
        return self.found.get((one.remote_field.model, key)) or _("(not shown)")


def actor_names(user, events) -> dict[int | None, str]:
    """Who acted: the name for those who keep the person's register, the post for others."""
    keys = {event.actor_id for event in events if event.actor_id}
    names = dict(Member.objects.visible_to(user).filter(user__in=keys).values_list("user_id", "name"))
    held = Appointment.objects.filter(member__user__in=keys - names.keys()).order_by("starts_on")
    posts = {appointment.member.user_id: str(appointment) for appointment in held.select_related("unit", "member")}
    unknown = {key: _("An account without a post") for key in keys}
    return {None: _("The system"), **unknown, **posts, **names}
