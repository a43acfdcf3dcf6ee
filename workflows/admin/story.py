"""The history of a request with everything that hangs on it, told as a story."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.paginator import Paginator
from django.db.models import CharField, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.text import capfirst

from community.admin.story import PER_PAGE, Change, Chapter, Names, StoryMixin, actor_names
from community.models import Appointment, Event
from community.verbs import in_words
from home.formats import area

from .. import models
from .views import RequestTab

# How a row of each kind leads to its request: first the kinds with a history, then those that never change.
WITH_HISTORY = {
    models.RenovationRequest: "id",
    models.WordingChange: "request_id",
    models.Resolution: "request_id",
    models.MatterFinding: "request_id",
    models.OwnersVote: "request_id",
    models.PublicityPeriod: "request_id",
    models.Objection: "request_id",
    models.Cosignature: "request_id",
    models.ApprovalRound: "request_id",
    models.ApprovalStep: "round__request_id",
    models.PartnerCommitment: "request_id",
    models.WorksPlan: "request_id",
    models.DutyDay: "request_id",
    models.DutyAssignment: "duty_day__request_id",
    models.Fault: "request_id",
    models.Acceptance: "request_id",
    models.Evaluation: "request_id",
    models.SharedResult: "request_id",
}
NEVER_CHANGED = {
    models.RequestPhoto: "request_id",
    models.ResidentPhoto: "request_id",
    models.Addition: "request_id",
    models.Intake: "request_id",
    models.Decision: "round__request_id",
    models.Pledge: "request_id",
    models.PledgeConfirmation: "pledge__request_id",
    models.SiteLog: "request_id",
    models.SiteLogPhoto: "log__request_id",
    models.Remedy: "request_id",
}
SAYS_NOTHING = (
    "id", "reference", "event", "submission_key", "community", "request", "round", "only_once", "duty_day", "log",
    "entered_at", "confirmed_at", "opened_at", "state_since", "step", "seat", "policy_step", "order", "publicity",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What an event wrote about one row."""

    kind: str
    changes: list[Change]


@dataclass(frozen=True)
class Told(Chapter):
    """One event, with all the rows that it wrote."""

    parts: list[Part] = field(default_factory=list)


def rows_about(request_row):
    """(kind, rows) of everything written about a request: history rows, and rows that never change."""
    for model, way in WITH_HISTORY.items():
        yield model, model.history.filter(**{way: request_row.pk})
    for model, way in NEVER_CHANGED.items():
        yield model, model._default_manager.filter(**{way: request_row.pk})


def kinds_by_event(request_row) -> dict:
    """Event → the kinds of rows that it wrote about the request. One query."""
    parts = [
        rows.order_by().values_list("event_id", Value(model._meta.model_name, output_field=CharField()))
        for model, rows in rows_about(request_row)
    ]
    found = defaultdict(set)
    for event_id, kind in parts[0].union(*parts[1:]):
        found[event_id].add(kind)
    return found


def written_by(request_row, kinds: dict) -> dict:
    """Event → (row before or None, row) for what the events wrote. At most two queries for each kind."""
    found, wanted = defaultdict(list), set().union(*kinds.values()) if kinds else set()
    for model, rows in rows_about(request_row):
        if model._meta.model_name not in wanted:
            continue
        rows = rows.filter(event_id__in=kinds)
        for old, new in with_before(model, rows) if model in WITH_HISTORY else [(None, row) for row in rows]:
            found[new.event_id].append((old, new))
    return found


def with_before(model, rows) -> list[tuple]:
    """Each history row with the one before it of the same object."""
    earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    rows = list(rows.annotate(before=Subquery(earlier.values("history_id")[:1])).order_by("history_id"))
    before = model.history.in_bulk([row.before for row in rows if row.before])
    return [(before.get(row.before), row) for row in rows]


def posts_of(user_ids) -> dict[int, str]:
    """Account → the post that its member holds today, or held last."""
    held = Appointment.objects.filter(member__user__in=user_ids).order_by("starts_on", "pk")
    return {row.member.user_id: row.get_post_display() for row in held.select_related("member")}


class RequestHistoryView(RequestTab, StoryMixin):
    """Newest first: who (post, and name for those who keep the register), when, through which channel, why, what."""

    tab = "history"
    template_name = "workflows/admin/history.html"
    story_exclude = SAYS_NOTHING

    def get_context_data(self, **kwargs):
        kinds = kinds_by_event(self.row)
        here = Q(pk__in=kinds) | Q(subject_type=self.row._meta.label_lower, subject_key=str(self.row.pk))
        events = Event.objects.filter(here).defer("body").order_by("-recorded_at", "-sequence")
        page = Paginator(events, PER_PAGE).get_page(self.request.GET.get("p"))
        shown = list(page)
        pairs = written_by(self.row, {event.pk: kinds[event.pk] for event in shown if event.pk in kinds})
        chapters = self.told(shown, pairs)
        return RequestTab.get_context_data(self, chapters=chapters, page_obj=page, **kwargs)

    def told(self, events, pairs) -> list[Told]:
        names = Names(self.request.user, [pair for found in pairs.values() for pair in found])
        actors, posts = actor_names(self.request.user, events), posts_of({event.actor_id for event in events})
        return [
            Told(
                what=in_words(event.verb),
                who=signed(actors[event.actor_id], posts.get(event.actor_id, "")),
                occurred_at=timezone.localtime(event.occurred_at),
                recorded_at=timezone.localtime(event.recorded_at),
                channel=event.get_channel_display(),
                reason=event.reason,
                is_late=(event.recorded_at - event.occurred_at).total_seconds() >= 60,
                parts=[part for old, new in pairs.get(event.pk, ()) if (part := self.part(old, new, names)).changes],
            )
            for event in events
        ]

    def part(self, old, new, names) -> Part:
        model = getattr(new, "instance_type", type(new))
        return Part(capfirst(str(model._meta.verbose_name)), self.changes(old, new, names))

    def story_value(self, one, value, names):
        if one.name.endswith("_centi") and value is not None:
            return area(value)
        return super().story_value(one, value, names)


def signed(name: str, post: str) -> str:
    """Post and name; `name` alone where it says the post already, or there is none."""
    return name if not post or post in name else f"{post} {name}"
