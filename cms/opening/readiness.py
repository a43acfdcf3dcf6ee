"""How far a new community is: what is done and what is still to do, from what stands in the database now."""

from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from community.grants import grants_for, within
from community.models import Appointment, CommunityOpening, Home, Member, Unit
from community.roles import Role
from home.models import CommunityPage, NoticePage
from services.models import ServicePage

NEWEST = 20
NO_PASSWORD = Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)


@dataclass(frozen=True)
class Facts:
    """How a community stands: `invited` people hold a post there, `come` of them have set a password."""

    invited: int
    come: int
    is_public: bool
    services: int
    services_live: int
    has_phone: bool
    has_homes: bool
    has_notice: bool


TASKS = {
    "people": gettext_lazy("The first people sign in"),
    "page": gettext_lazy("A second person publishes the page"),
    "services": gettext_lazy("Services are checked and published"),
    "phone": gettext_lazy("The office phone is entered"),
    "homes": gettext_lazy("Buildings and homes are imported"),
    "notice": gettext_lazy("The first notice is published"),
}


def done(facts: Facts) -> dict[str, bool]:
    """Each task in its order, and whether it is done."""
    return {
        "people": facts.invited > 0 and facts.come == facts.invited,
        "page": facts.is_public,
        "services": 0 < facts.services_live == facts.services,
        "phone": facts.has_phone,
        "homes": facts.has_homes,
        "notice": facts.has_notice,
    }


def said(facts: Facts, task: str) -> str:
    """How far a task is, in words."""
    if task == "people":
        return _("%(come)d of %(invited)d") % {"come": facts.come, "invited": facts.invited}
    if task == "services":
        return _("%(come)d of %(invited)d") % {"come": facts.services_live, "invited": facts.services}
    return str(_("Done")) if done(facts)[task] else str(_("Not yet"))


def openings_for(user):
    """The openings at or below the units that a person administers, the newest first, each with what `facts_of` reads.
    One query beside the rights.
    """
    mine = CommunityOpening.objects.filter(within(grants_for(user).paths(Role.ADMINISTRATOR), "unit__path"))
    return annotated(mine).select_related("unit").order_by("-pk")


def annotated(openings):
    today, unit = timezone.localdate(), OuterRef("unit_id")
    held = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), member=OuterRef("pk"))
    people = Member.objects.filter(Exists(held), unit=unit, is_active=True)
    page = CommunityPage.objects.filter(unit=unit)
    below = Page.objects.filter(path__startswith=OuterRef("page_path"))
    notices = NoticePage.objects.filter(path__startswith=OuterRef("page_path"), live=True)
    services = ServicePage.objects.filter(path__startswith=OuterRef("page_path"))
    return openings.annotate(
        page_path=Coalesce(Subquery(page.values("path")[:1]), Value("-"), output_field=CharField()),
        invited=number_of(people),
        come=number_of(people.exclude(user=None).exclude(NO_PASSWORD)),
        is_public=Exists(below.filter(path=OuterRef("page_path"), live=True)),
        services=number_of(services),
        services_live=number_of(services.filter(live=True)),
        has_homes=Exists(Home.objects.filter(community=unit)),
        has_notice=Exists(notices),
        office_phone=F("unit__phone"),
    )


def number_of(rows):
    """How many rows there are, as part of another query; 0 for none."""
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def facts_of(opening) -> Facts:
    """What `annotated` has read about one opening."""
    names = ("invited", "come", "is_public", "services", "services_live", "has_homes", "has_notice")
    return Facts(**{name: getattr(opening, name) for name in names}, has_phone=bool(opening.office_phone))


def unfinished(user) -> list[tuple[Unit, list[str]]]:
    """The person's new communities with the tasks that are not done; of the newest openings. One query."""
    found = [(one.unit, [task for task, is_done in done(facts_of(one)).items() if not is_done])
             for one in openings_for(user)[:NEWEST]]  # fmt: skip
    return [(unit, tasks) for unit, tasks in found if tasks]
