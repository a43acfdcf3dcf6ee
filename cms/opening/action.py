"""The one action: a community with its levels, its first people, its pages and services, or nothing of it at all.

Everything is written by the actions that write it elsewhere, each with its own event, within one transaction.
"""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.actions.people import appoint, register_member
from community.actions.places import open_unit
from community.models import CommunityOpening, Unit
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.roles import Role
from community.sealed import Contact
from home.actions.publishing import open_for_review
from services.menu_template import BY_KEY
from services.models import ServiceMenuPage, ServicePage

from .plan import Plan, plan_of
from .reading import known_for
from .rules import Typed, faults_of
from .wording import sentence


class NotYet(ActionRefused):
    """What was typed has faults; all of them travel along, the first is the reason."""

    def __init__(self, faults):
        super().__init__(sentence(faults[0]), field=faults[0].field)
        self.faults = faults


def open_community(context: Context, *, typed: Typed, key: uuid.UUID) -> CommunityOpening:
    """Open a community. `key` is the form's: sent once more, it gives the first result.

    The page of the community and its sections wait for a second person, its services stay drafts to be checked.
    Raises NotAllowed unless the actor administers the unit above, NotYet with all faults when a rule is broken,
    ActionRefused when somebody else was faster. Then nothing is written.
    """
    try:
        with transaction.atomic():
            return opening_of(context, key) or _open(context, typed, key)
    except ActionRefused:
        if first := opening_of(context, key):
            return first
        raise


def opening_of(context: Context, key: uuid.UUID) -> CommunityOpening | None:
    """What came of a form that the same person sent before."""
    own = CommunityOpening.objects.filter(submission_key=key, opened_by=context.account)
    return own.select_related("unit").first()


def _open(context: Context, typed: Typed, key: uuid.UUID) -> CommunityOpening:
    parent = Unit.objects.select_for_update(of=("self",)).filter(code=typed.parent).first()
    if first := opening_of(context, key):  # the same form, a moment earlier
        return first
    if parent is not None:
        require(context, Role.ADMINISTRATOR, parent)
    if faults := faults_of(typed, known_for(typed, parent, context.user)):
        raise NotYet(faults)
    plan = plan_of(typed)
    unit = open_unit(
        context, parent=parent, kind=Unit.Kind.COMMUNITY, name=plan.name, code=plan.code,
        reference_prefix=plan.prefix, **dict(plan.office),
    )  # fmt: skip
    _open_levels(context, plan, unit)
    unit.refresh_from_db()
    _appoint_people(context, plan, unit)
    page = open_for_review(context, unit=unit)
    with act(context, "community.open", unit, subject=unit) as a:
        a.note(services=draft_services(a, page, unit, plan.services))
        return a.append(
            CommunityOpening(unit=unit, submission_key=key, opened_by=context.account, opened_at=a.recorded_at)
        )


def _open_levels(context: Context, plan: Plan, community: Unit) -> None:
    """The plan names them from above to below."""
    opened = {community.code: community}
    for new in plan.units:
        above = Unit.objects.get(pk=opened[new.above].pk)
        opened[new.code] = open_unit(context, parent=above, kind=new.kind, name=new.name, code=new.code)


def _appoint_people(context: Context, plan: Plan, community: Unit) -> None:
    today = timezone.localdate(context.now)
    for person in plan.people:
        contact = Contact(name=person.name, phone=person.phone) if person.phone else None
        member = register_member(context, unit=community, name=person.name, contact=contact)
        appoint(context, member=member, unit=community, post=person.post, starts_on=today)


def draft_services(a: Act, page, unit: Unit, keys) -> list[str]:
    """The chosen services as drafts below the menu, each marked to be checked; the public keys of their pages."""
    menu = ServiceMenuPage.objects.child_of(page).get()
    made = []
    with translation.override(settings.LANGUAGE_CODE):
        own = {"office": unit.address or _("the office"), "hours": unit.hours or _("in office hours")}
        for key in keys:
            service = ServicePage(live=False, to_check=True, **BY_KEY[key].fields(**own, phone=unit.phone))
            menu.add_child(instance=service)
            service.save_revision(user=a.context.account)
            made.append(str(service.translation_key))
    return made
