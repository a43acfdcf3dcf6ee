"""Writes of sheets into registers: handed in, looked at, confirmed, then carried out as one act or not at all."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..imports.keeping import forget_rows, seal_rows, unseal_rows
from ..imports.plans import KINDS, Plan, plan_import
from ..models import Channel, RegisterImport, Unit
from ..personal_numbers import require_public_wording
from ..records import Context, act
from ..refusals import ActionRefused, Conflict, NotAllowed
from ..rules.sheets import Row

logger = logging.getLogger(__name__)

KEPT = timedelta(hours=24)
# So many rows are written while the person waits; what is longer is done by the worker.
AT_ONCE = 300
State = RegisterImport.State


def import_rows(
    context: Context, *, kind: str, unit: Unit, rows: tuple[Row, ...], digest: str | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Plan:  # fmt: skip
    """Carry out what a table says: every row of it, or none. Returns the plan that was carried out.

    One event in the chain of each community (or unit above communities) that the rows belong to; nothing is written,
    and nothing recorded, when every row says what is registered already. `digest`: that of the plan somebody confirmed.
    Raises NotAllowed; Conflict when the plan is another one by now, or somebody wrote at the same time; ActionRefused
    when a row is wrong.
    """
    try:
        with transaction.atomic():
            plan = plan_import(context, kind, unit, rows, lock=True)
            if digest is not None and digest != plan.digest:
                raise _changed()
            if plan.problems:
                raise ActionRefused(_("Nothing was imported: %(count)s rows are wrong.") % {"count": plan.bad_rows})
            _write(context, plan, on_progress)
    except DatabaseError as error:  # a name taken in this very moment, or two that waited for each other
        raise _changed() from error
    return plan


def _changed() -> Conflict:
    return Conflict(_("The register has changed since you looked. Nothing was imported: look at the new difference."))


def _write(context: Context, plan: Plan, on_progress: Callable[[int, int], None]) -> None:
    chains: dict = {}
    for step in plan.steps:
        chain = step.chain.chain if step.chain else step.target
        chains.setdefault(chain.pk or id(chain), (chain, []))[1].append(step)
    done, total = 0, len(plan.steps)
    # Chains that are there already come first, in the order of their keys.
    for chain, steps in sorted(chains.values(), key=lambda pair: (pair[0].pk is None, pair[0].pk or 0)):
        with act(context, f"{plan.register.kind}.import", chain, subject=chain) as a:
            a.note(rows=len(steps), new=sum(1 for step in steps if step.is_new))
            plan.register.write(a, steps, lambda number, before=done: on_progress(before + number, total))
        done += len(steps)


def hand_in(context: Context, *, kind: str, unit: Unit, rows: tuple[Row, ...]) -> RegisterImport:
    """Keep a table, sealed, until somebody has looked at what it would change; for a day at most.

    `rows`: of `imports.files.read_table`. Raises NotAllowed, ActionRefused for a unit without such a register.
    """
    KINDS[kind](context, unit)
    handed_in = RegisterImport(unit=unit, kind=kind, user=context.account, expires_at=timezone.now() + KEPT)
    seal_rows(handed_in, rows)
    handed_in.save()
    return handed_in


def confirm_import(context: Context, *, sheet: RegisterImport, digest: str) -> RegisterImport:
    """Have the plan with this fingerprint carried out: at once when it is short, else by the worker. Once only.

    Raises NotAllowed, Conflict when the plan is another one by now, ActionRefused when a row is wrong or the sheet is
    no longer kept.
    """
    require_public_wording(context.reason, field="reason")
    with transaction.atomic():
        locked = RegisterImport.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state != State.PREVIEW:
            return locked
        plan = plan_import(context, locked.kind, locked.unit, unseal_rows(locked))
        if plan.digest != digest:
            raise _changed()
        if not plan.is_ready:
            raise ActionRefused(_("There is nothing to import."))
        locked.state, locked.digest, locked.reason = State.QUEUED, digest, str(context.reason)
        locked.save()
    note_progress(locked, 0, len(plan.steps))
    if len(plan.steps) <= AT_ONCE:
        carry_out(locked.pk)
        locked.refresh_from_db()
    return locked


def discard_import(context: Context, *, sheet: RegisterImport) -> None:
    """Throw a sheet away that is not being imported; whatever was imported stays. Raises ActionRefused meanwhile."""
    with transaction.atomic():
        locked = RegisterImport.objects.select_for_update(of=("self",)).get(pk=sheet.pk)
        if locked.state == State.QUEUED:
            raise ActionRefused(_("This sheet is being imported. Wait until it is done."))
        locked.delete()


def carry_out_queued() -> int:
    """Carry out what was confirmed; returns how many sheets. Safe to call again, by two workers too."""
    waiting = list(RegisterImport.objects.filter(state=State.QUEUED).order_by("pk").values_list("pk", flat=True))
    return sum(carry_out(key) for key in waiting)


def carry_out(key: int) -> bool:
    """Carry out one confirmed sheet; True when it was done here. What it writes and its new state are one transaction:

    whoever dies in between leaves a sheet that is still to be done, and nothing else.
    """
    try:
        with transaction.atomic():
            sheet = RegisterImport.objects.select_for_update(of=("self",)).filter(pk=key, state=State.QUEUED).first()
            if sheet is None:
                return False
            context = Context(user=sheet.user, channel=Channel.IMPORT, reason=sheet.reason)
            plan = import_rows(
                context, kind=sheet.kind, unit=sheet.unit, rows=unseal_rows(sheet), digest=sheet.digest,
                on_progress=lambda done, total: note_progress(sheet, done, total),
            )  # fmt: skip
            sheet.state, sheet.new, sheet.changed, sheet.same = State.DONE, plan.new, plan.changed, plan.same
            forget_rows(sheet)
            sheet.save()
            return True
    except Conflict as refusal:
        _give_back(key, State.PREVIEW, str(refusal))
    except (NotAllowed, ActionRefused) as refusal:
        _give_back(key, State.FAILED, str(refusal))
    except Exception:
        logger.exception("An import failed; nothing of it was written.")
        _give_back(key, State.FAILED, _("The computer failed. Nothing was imported; try again or call the operator."))
    return False


def _give_back(key: int, state: str, problem: str) -> None:
    with transaction.atomic():
        sheet = RegisterImport.objects.select_for_update(of=("self",)).filter(pk=key, state=State.QUEUED).first()
        if sheet is not None:
            sheet.state, sheet.problem, sheet.digest = state, problem[:500], ""
            if state == State.FAILED:
                forget_rows(sheet)
            sheet.save()


def note_progress(sheet: RegisterImport, done: int, total: int) -> None:
    """Tell other processes how far it is; the rows themselves nobody sees before the end."""
    cache.set(f"import:{sheet.reference}", (done, total), KEPT.total_seconds())


def progress_of(sheet: RegisterImport) -> tuple[int, int]:
    """(rows written, rows in all); zeros when it is not known."""
    return cache.get(f"import:{sheet.reference}", (0, 0))


def forget_expired() -> int:
    """Delete sheets whose day is over; returns how many."""
    expired = RegisterImport.objects.filter(expires_at__lte=timezone.now())
    deleted, _by_model = expired.delete()
    return deleted
