"""Going through the rights of a node: each post kept, ended or noted, by somebody who does not hold it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Appointment, Member, RightsAnswer, RightsReview, Unit
from ..permissions import may_appoint, require_right
from ..personal_numbers import require_public_wording
from ..records import Act, Context, act
from ..refusals import ActionRefused, Conflict, NotAllowed
from ..rights import Holding, answered, holdings, list_digest
from ..rules.rights import quarter_of
from .leaving import who_ends
from .people import end_within

Choice = RightsAnswer.Choice


class ListChanged(Conflict):
    """The list is not the one that was shown; nothing was recorded."""


@dataclass(frozen=True)
class Answer:
    """What the reviewer says of one post."""

    choice: str
    note: str = ""


def open_rows(rows: list[Holding], said: Mapping[int, object], member: Member) -> list[Holding]:
    """Rows that wait for an answer in this quarter and that this person may answer: not their own."""
    return [row for row in rows if row.appointment.pk not in said and row.member_id != member.pk]


def review_rights(context: Context, *, unit: Unit, seen: str, answers: Mapping[str, Answer]) -> RightsReview:
    """Record that the actor went through the list of a node in the running quarter; what is to end ends today.

    `seen`: the digest of the list as it was shown. `answers`: by reference of the appointment, one for each row that
    nobody has answered in this quarter, but for the actor's own; those are left to a second person.

    Raises NotAllowed without the right, ListChanged when the list has changed meanwhile, Conflict when nothing is left
    for this person, ActionRefused beside the field of a row (`answer_…`, `note_…`).
    """
    require_right(context, "RightsReview", "add", unit)
    reviewer = context.member
    if reviewer is None:
        raise NotAllowed(_("Your account belongs to no member; acts are signed by a person."))
    with act(context, "rights.review", unit) as a:
        # Two who confirm at once: the second sees what the first ended.
        locked = Unit.objects.select_for_update(of=("self",), no_key=True).get(pk=unit.pk)
        today = timezone.localdate(a.recorded_at)
        rows, said = holdings(locked, today), answered(locked, today)
        if list_digest(rows) != seen:
            raise ListChanged(_("The list has changed since you opened it. Nothing was recorded; look at it again."))
        asked = open_rows(rows, said, reviewer)
        if not asked:
            raise Conflict(_("Nothing here waits for you: what is left is your own, or answered already."))
        _check(context, asked, answers, reviewer)
        left = [row for row in rows if row.appointment.pk not in said and row not in asked]
        return _record(a, locked, rows, asked, answers, reviewer, seen, len(left))


def _check(context: Context, asked: list[Holding], answers: Mapping[str, Answer], reviewer: Member) -> None:
    """Raise ActionRefused for a row without an answer, an answer to another row, or an end that is not theirs."""
    wanted = {row.reference for row in asked}
    if foreign := answers.keys() - wanted:
        own = Appointment.objects.filter(reference__in=foreign, member=reviewer).exists()
        raise ActionRefused(
            _("Nobody goes through their own posts; somebody else answers them.") if own
            else _("An answer belongs to no row that waits for you.")
        )  # fmt: skip
    for row in asked:
        answer = answers.get(row.reference)
        if answer is None or answer.choice not in Choice.values:
            raise ActionRefused(_("Choose an answer."), field=f"answer_{row.reference}")
        require_public_wording(answer.note, field=f"note_{row.reference}")
        if answer.choice == Choice.NOTE and not answer.note.strip():
            raise ActionRefused(_("Say in a few words what has to change."), field=f"note_{row.reference}")
        if answer.choice == Choice.END and not may_appoint(context, row.appointment.post, row.appointment.unit):
            raise ActionRefused(
                _("Only this can end it: %(who)s.") % {"who": who_ends(row.appointment)},
                field=f"answer_{row.reference}",
            )


def _record(
    a: Act, unit: Unit, rows: list[Holding], asked: list[Holding], answers, reviewer: Member, seen: str, left: int
) -> RightsReview:  # fmt: skip
    chosen = [answers[row.reference].choice for row in asked]
    counts = {
        "listed": len(rows), "kept": chosen.count(Choice.KEEP), "ended": chosen.count(Choice.END),
        "noted": chosen.count(Choice.NOTE), "left_open": left,
    }  # fmt: skip
    quarter = quarter_of(timezone.localdate(a.recorded_at))
    a.subject = review = a.append(
        RightsReview(
            unit=unit, quarter=quarter, reviewer=reviewer, reviewed_at=a.recorded_at, digest=seen, **counts
        )
    )  # fmt: skip
    said = [(row.appointment, answers[row.reference]) for row in asked]
    a.append_all([
        RightsAnswer(review=review, appointment=held, choice=answer.choice, note=answer.note.strip())
        for held, answer in said
    ])  # fmt: skip
    for held, answer in sorted(said, key=lambda pair: pair[0].pk):  # in the order in which leaving ends them
        if answer.choice == Choice.END:
            end_within(a, held, timezone.localdate(a.recorded_at))
    a.note(unit=str(unit.code), quarter=quarter, digest=seen, **counts)
    return review
