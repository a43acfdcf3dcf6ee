"""A fault: what is wrong, what was done about it, and whether somebody else found it put right."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.records import Context
from community.refusals import ActionRefused
from home.desk.shell import desk_view, draw

from ..actions.supervising import check_fault, rectify_fault
from ..models import Fault
from ..permissions import may
from ..rules.faults import FaultState
from .requests import visible
from .site import FORM, refuse
from .site_forms import CheckForm, RepairForm


@require_http_methods(FORM)
@desk_view
def fault(request, code, reference, row):
    """Put a fault right, or check a repair."""
    shown = visible(request.user, code, reference)
    found = get_object_or_404(
        Fault.objects.visible_to(request.user).select_related(
            "found_by", "rectified_by", "rectified_photo", "closed_by"
        ),
        request=shown,
        reference=row,
    )
    found.request = shown
    form, status = form_for(request, found), 200
    if request.method == "POST" and form is not None:
        if form.is_valid() and settle(request, found, form):
            return redirect("desk-fault", code, reference, row)
        form, status = form.again() if hasattr(form, "again") else form, ActionRefused.status
    return draw(request, "workflows/desk/fault.html", {"shown": shown, "fault": found, "form": form}, status=status)


def form_for(request, found: Fault):
    """The form for what this person can do about it now; None for reading only."""
    context, data = Context(user=request.user), request.POST if request.method == "POST" else None
    if found.request.state != "joint_supervision":
        return None
    if found.state == FaultState.OPEN and may(context, "renovation.rectify_fault", found.request):
        return RepairForm(data, request.FILES or None, user=request.user)
    own = context.grants.member_id == found.rectified_by_id
    if found.state == FaultState.RECTIFIED and not own and may(context, "renovation.check_fault", found.request):
        return CheckForm(data)
    return None


def settle(request, found: Fault, form) -> bool:
    """Do what the form asks for; False when the action refused."""
    given = form.cleaned_data
    try:
        if isinstance(form, RepairForm):
            rectify_fault(Context(user=request.user), fault=found, text=given["text"], photo=form.prepared[0])
            form.done()
            messages.success(request, _("Thank you. Somebody else now checks it."))
        else:
            context = Context(user=request.user, reason=given["reason"])
            check_fault(context, fault=found, put_right=given["put_right"] == "yes")
            messages.success(request, _("Your check is written."))
    except ActionRefused as refused:
        refuse(form, refused)
        return False
    return True
