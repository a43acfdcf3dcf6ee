"""Deciding: read what changed, choose, check, send. Each decision is about the version that was read."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from community.records import Context
from community.refusals import ActionRefused, Conflict
from home.desk.days import days_left, urgency
from home.desk.shell import desk_view, draw

from ..actions.approvals import take_decision
from ..permissions import interest_of, require_member
from ..presentation.versions import difference_of, summary_of
from ..querysets import deciding, materials
from ..querysets.seats import seat_facts, step_rule
from ..querysets.versions import names_of_places, versions_of
from ..refusals import sentence
from ..rules.approvals import still_needed, tally
from ..rules.deciding import may_decide
from ..words import CHOICE_WORDS
from .forms import DecisionForm
from .inbox import address


class Place:
    """Where a member decides: the step, and their seats in it."""

    def __init__(self, request, code: str, reference: str, step: str):
        self.member = require_member(Context(user=request.user))
        self.seats = deciding.own_seats(
            self.member.pk, code=code, reference=reference, step=step, today=timezone.localdate()
        )
        if not self.seats:
            raise Http404
        self.step = self.seats[0].step
        self.round = self.step.round
        self.request = self.round.request
        self.url = reverse("desk-decide", args=[code, reference, step])

    @cached_property
    def decision(self):
        """What the member has decided already, so that nothing is left to decide here."""
        return deciding.own_decision(self.round, self.member.pk, self.seats)

    @property
    def free_seats(self) -> list:
        return [seat for seat in self.seats if not hasattr(seat, "decision")]

    def form(self, data=None, **options) -> DecisionForm:
        own = interest_of(self.member, self.request).own
        return DecisionForm(data, seats=self.free_seats, only_recuse=own, **options)

    def is_stale(self, form) -> bool:
        """Whether another version than the one that was read is there now. What cannot be read counts as another."""
        return form.data.get("read_version") != str(self.request.version)


@require_safe
@desk_view
def decide(request, code, reference, step):
    """Everything there is to know, and the choice."""
    place = Place(request, code, reference, step)
    return page(request, place, place.form(initial={"read_version": place.request.version}))


@require_POST
@desk_view
def check(request, code, reference, step):
    """The choice once more, before it is final."""
    place = Place(request, code, reference, step)
    if place.decision:
        return redirect(place.url)
    form = place.form(request.POST)
    if place.is_stale(form):
        return stale(request, place, form)
    if not form.is_valid():
        return page(request, place, form, status=422)
    return draw(request, "workflows/desk/check.html", {"place": place, "form": form, "rows": check_rows(form)})


@require_POST
@desk_view
def submit(request, code, reference, step):
    """Take the decision; sent twice it is taken once, and shown."""
    place = Place(request, code, reference, step)
    if not place.free_seats:
        return redirect(place.url)
    form = place.form(request.POST)
    if "back" in request.POST:
        typed = {**request.POST.dict(), "read_version": place.request.version}
        return page(request, place, place.form(initial=typed))
    if place.is_stale(form):
        return stale(request, place, form)
    if not form.is_valid():
        return page(request, place, form, status=422)
    return take(request, place, form)


def take(request, place: Place, form: DecisionForm):
    given = form.cleaned_data
    try:
        take_decision(
            Context(user=request.user), step=place.step, seat=form.chosen_seat(), choice=given["choice"],
            reason=given["reason"], read_version=given["read_version"],
        )  # fmt: skip
    except ActionRefused as refused:
        now = Place(request, *address(place.request), place.step.reference)
        if now.decision or now.is_stale(form):
            return stale(request, now, form)
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return page(request, now, form, status=refused.status)
    return redirect(place.url)


def page(request, place: Place, form: DecisionForm, *, status: int = 200):
    """The decision page in its fixed order."""
    step, shown = place.step, place.request
    facts = seat_facts(step)
    mine = {fact.seat_id: fact for fact in facts}
    today = timezone.localdate()
    due = timezone.localdate(step.due_at) if step.due_at else None
    context = {
        "place": place,
        "shown": shown,
        "urgency": urgency(due, today),
        "left": days_left(due, today),
        "quorum": quorum(step, facts),
        "difference": difference(place),
        "photos": materials.photos(shown),
        "materials": materials.materials(shown),
        "opinions": [said for said in deciding.opinions(place.round) if said.member_id != place.member.pk],
        "own": own_request(place),
        "form": None if place.decision else form,
        "refusal": None if place.decision else refusal(place, mine),
    }
    return draw(request, "workflows/desk/decide.html", context, status=status)


def refusal(place: Place, facts: dict) -> str:
    """Why the member cannot decide here now; empty when they can."""
    seat = facts.get(place.free_seats[0].pk)
    refused = may_decide(
        deciding.about_to_decide(place.step, seat, place.member, read_version=place.request.version, now=timezone.now())
    )
    return sentence(refused) if refused else ""


def own_request(place: Place) -> str:
    """Why the member may only stand aside; empty when the request is not their own."""
    interest = interest_of(place.member, place.request)
    if interest.proposer:
        return _("You proposed this yourself: you can only stand aside.")
    if interest.same_home:
        return _("Somebody of your home proposed this: you can only stand aside.")
    if interest.author:
        return _("You wrote what is asked for here: you can only stand aside.")
    return ""


def quorum(step, facts) -> dict:
    """Who has spoken, in words and as one bar for each seat."""
    rule = step_rule(step)
    count, needed = tally(rule, facts), still_needed(rule, facts)
    sentence_ = _(
        "%(seats)d are to decide. %(taking_part)d have spoken, %(approvals)d of them agree; %(recused)d stand aside. "
        "At least %(least)d must speak and %(agreeing)d agree."
    ) % {
        "seats": count.seats,
        "taking_part": count.taking_part,
        "approvals": count.approvals,
        "recused": count.recused,
        "least": rule.min_taking_part,
        "agreeing": rule.min_approvals,
    }
    lacking = []
    if needed.taking_part:
        lacking.append(
            ngettext("%(number)d more must speak", "%(number)d more must speak", needed.taking_part)
            % {"number": needed.taking_part}
        )
    if needed.approvals:
        lacking.append(
            ngettext("%(number)d more must agree", "%(number)d more must agree", needed.approvals)
            % {"number": needed.approvals}
        )
    missing = _(", ").join(lacking) + _(".") if lacking else _("That is enough.")
    return {"sentence": sentence_, "missing": missing, "seats": [fact.choice or "waiting" for fact in facts]}


def difference(place: Place) -> dict:
    """What changed since the version that the member decided about, or else since the version before."""
    shown = place.request
    decided = deciding.last_decided_version(shown, place.member.pk)
    base = decided or shown.version - 1
    if not base:
        return {"first": summary_of(versions_of(shown, shown.version)[0])}
    old, new = versions_of(shown, base, shown.version)
    return {"old": old, "new": new, "decided": bool(decided), **rows_between(old, new)}


def rows_between(old, new) -> dict:
    return difference_of(old, new, *names_of_places([old, new]))


def stale(request, place: Place, form: DecisionForm):
    """409: what changed since the version that was read; what was typed is kept. Once decided: what was decided."""
    if place.decision:
        return redirect(place.url)
    shown, typed = place.request, form.data.get("reason", "")
    read = form.data.get("read_version", "")
    read = int(read) if read.isascii() and read.isdigit() and len(read) < 7 else 0
    rows = rows_between(*versions_of(shown, read, shown.version)) if 0 < read < shown.version else {}
    context = {
        "place": place,
        "refusal": _("You read version %(read)s, but version %(version)s is there now. Please read what changed.")
        % {"read": read or "–", "version": shown.version},
        "typed": typed,
        "open": place.round.state == "open" and place.step.state == "open",
        "seat": form.data.get("seat", ""),
        **rows,
    }
    return draw(request, "workflows/desk/stale.html", context, status=Conflict.status)


def check_rows(form: DecisionForm) -> list[dict]:
    """What is about to be sent, for the component of summaries."""
    given = form.cleaned_data
    rows = [
        {"label": _("Your decision"), "value": CHOICE_WORDS[given["choice"]]},
        {"label": _("Reason"), "value": given["reason"]},
        {"label": _("About version"), "value": given["read_version"]},
    ]
    if len(form.seats) > 1:
        rows.insert(0, {"label": _("Seat"), "value": form.chosen_seat().appointment})
    return rows
