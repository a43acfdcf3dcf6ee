"""The site: my duty days, the log of a day, why there is none."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.desk.days import days_left, urgency
from home.desk.shell import desk_view, draw

from ..actions.supervising import explain_day, write_log
from ..models import DutyDay, Fault, SiteLog
from ..querysets import sites
from .inbox import address
from .requests import visible
from .site_forms import ExplainForm, SiteLogForm

LOGS_SHOWN = 5
FORM = ["GET", "HEAD", "POST"]


def refuse(form, refused: ActionRefused) -> None:
    """Put the sentence beside its field, or on top. What is not for the person, or was settled, has its own page."""
    if isinstance(refused, NotAllowed | Conflict):
        raise refused
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


@require_safe
@desk_view
def duty(request):
    """My duty days, today's first, and the sites that I am in charge of."""
    today = timezone.localdate()
    days = [
        {
            "day": day,
            "logs": len(day.logs.all()),
            "left": days_left(day.day, today),
            "urgency": urgency(day.day, today),
            "url": f"{reverse('desk-site', args=address(day.request))}?day={day.day:%Y-%m-%d}",
        }
        for day in sites.duty_around(request.user, today)
    ]
    groups = [
        (_("Today"), [row for row in days if row["day"].day == today]),
        (_("Still to be written"), [row for row in days if row["day"].day < today and not done(row)]),
        (_("Coming"), [row for row in days if row["day"].day > today]),
        (_("Done"), [row for row in days if row["day"].day < today and done(row)]),
    ]
    context = {"groups": [group for group in groups if group[1]], "sites": sites.sites_in_charge(request.user)}
    return draw(request, "workflows/desk/duty.html", context)


def done(row: dict) -> bool:
    return bool(row["logs"] or row["day"].no_log)


def site_of(user, code: str, reference: str):
    """The request whose site the person may watch. Raises Http404, NotAllowed for those who only read."""
    shown = visible(user, code, reference)
    if not sites.may_watch(user, shown):
        raise NotAllowed(_("You are not on the rota of this site."))
    return shown


@require_http_methods(FORM)
@desk_view
def site(request, code, reference):
    """The log of a duty day on one screen, and what was written before."""
    shown = site_of(request.user, code, reference)
    today = timezone.localdate()
    days = sites.days_to_write(request.user, shown, today)
    form, status = None, 200
    if days and shown.state == "joint_supervision":
        wanted = request.GET.get("day", f"{today:%Y-%m-%d}")
        form = SiteLogForm(
            request.POST if request.method == "POST" else None, request.FILES or None, user=request.user, days=days,
            initial={"day": wanted},
        )  # fmt: skip
    if request.method == "POST" and form is not None:
        if form.is_valid() and write(request, form):
            messages.success(request, _("Your log is written."))
            return redirect("desk-site", code, reference)
        form, status = form.again(), ActionRefused.status
    logs = SiteLog.objects.filter(request=shown).select_related("member").prefetch_related("photos__file")
    context = {
        "shown": shown,
        "form": form,
        "owed": [day for day in days if day.day < today and not day.logs.exists()] if not form else [],
        "faults": Fault.objects.filter(request=shown).unfinished(),
        "logs": logs[:LOGS_SHOWN],
    }
    return draw(request, "workflows/desk/site.html", context, status=status)


def write(request, form: SiteLogForm) -> bool:
    """Write the log; False when the action refused, with its sentence in the form."""
    given = form.cleaned_data
    problem = given["finding"] == SiteLog.Finding.PROBLEM
    try:
        write_log(
            Context(user=request.user, occurred_at=given.get("moment")), duty_day=form.chosen_day(),
            submission_key=given["submission_key"], weather=given["weather"], finding=given["finding"],
            text=given["text"], photos=[(photo, "") for photo in form.prepared],
            severity=given["severity"] if problem else "", due_on=given["due_on"] if problem else None,
        )  # fmt: skip
    except ActionRefused as refused:
        refuse(form, refused)
        return False
    form.done()
    return True


@require_http_methods(FORM)
@desk_view
def explain(request, code, reference, day):
    """Say why a duty day has no log."""
    shown = site_of(request.user, code, reference)
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    duty_day = get_object_or_404(DutyDay.objects.visible_to(request.user), request=shown, day=wanted)
    form, status = ExplainForm(request.POST or None), 200
    if request.method == "POST":
        status = ActionRefused.status
        if form.is_valid():
            try:
                explain_day(Context(user=request.user), duty_day=duty_day, **form.cleaned_data)
                messages.success(request, _("Your explanation is written."))
                return redirect("desk-duty")
            except ActionRefused as refused:
                refuse(form, refused)
    return draw(
        request, "workflows/desk/explain.html", {"shown": shown, "duty_day": duty_day, "form": form}, status=status
    )
