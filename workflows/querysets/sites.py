"""Sites as the people on duty see them."""

from datetime import date, timedelta

from django.db.models import Q

from community.grants import grants_for, within

from ..models import DutyAssignment, DutyDay, RenovationRequest

IN_CHARGE = ("staff", "grid_worker")
WEEK = 7


def may_watch(user, request: RenovationRequest) -> bool:
    """Whether the person is in charge of the site, or on its rota on some day."""
    grants = grants_for(user)
    on_rota = DutyAssignment.objects.filter(
        duty_day__request=request, member=grants.member_id, member__isnull=False, is_active=True
    )
    return grants.cover(request.unit, *IN_CHARGE) or on_rota.exists()


def days_to_write(user, request: RenovationRequest, today: date) -> list[DutyDay]:
    """Days of a site, up to today, for which the person may write a log: all when in charge, else their own."""
    days = DutyDay.objects.filter(request=request, day__lte=today, no_log="")
    grants = grants_for(user)
    if not grants.cover(request.unit, *IN_CHARGE):
        days = days.filter(assignments__member=grants.member_id, assignments__is_active=True)
    return list(days.order_by("-day")[: 4 * WEEK])


def duty_around(user, today: date) -> list[DutyDay]:
    """The person's duty days from a week ago, and before that what is still owed, until a week ahead."""
    member_id = grants_for(user).member_id
    if not member_id:
        return []
    recent = Q(day__gte=today - timedelta(days=WEEK)) | Q(no_log="", logs=None)
    days = DutyDay.objects.of_member(member_id).filter(recent, day__lte=today + timedelta(days=WEEK))
    return list(days.prefetch_related("logs").distinct().order_by("day", "pk"))


def sites_in_charge(user) -> list[RenovationRequest]:
    """Works under supervision where the person is in charge."""
    paths = grants_for(user).paths(*IN_CHARGE)
    found = RenovationRequest.objects.filter(within(paths, "unit__path"), state="joint_supervision")
    return list(found.select_related("community").order_by("pk"))
