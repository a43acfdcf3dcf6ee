"""Writes to what stands at the foot of the pages."""

from django.utils.translation import gettext as _

from community.models import Unit
from community.permissions import require
from community.records import Context, act
from community.refusals import ActionRefused
from community.roles import Role

from ..models import SiteDetails

KEEPERS = (Role.STAFF, Role.ADMINISTRATOR)


def add_details(context: Context, *, unit: Unit, **values: str) -> SiteDetails:
    """Enter the particulars of a unit's pages. Raises NotAllowed, or ActionRefused when the unit has some already."""
    require(context, KEEPERS, unit)
    with act(context, "details.add", unit) as a:
        a.lock(Unit, pk=unit.pk)
        if SiteDetails.objects.filter(unit=unit).exists():
            raise ActionRefused(_("This unit has its particulars already; change those."), field="unit")
        a.subject = a.save(SiteDetails(unit=unit, **values))
    return a.subject


def change_details(context: Context, *, details: SiteDetails, **changes: str) -> SiteDetails:
    """Change the particulars of a unit's pages. Raises NotAllowed."""
    with act(context, "details.change", details.unit, subject=details) as a:
        locked = a.lock(SiteDetails, pk=details.pk)
        require(context, KEEPERS, locked.unit)
        for name, value in changes.items():
            setattr(locked, name, value)
        return a.save(locked)
