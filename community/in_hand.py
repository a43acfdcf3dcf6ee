"""What people and accounts themselves leave lying: an unused slip, ways of messages, a sheet on its way."""

from django.utils.translation import gettext as _

from .models import Invitation, MessageRoute, RegisterImport
from .open_matters import Matter, Outlook, register_matters


def register() -> None:
    register_matters("slip", slips, order=50)
    register_matters("ways", ways, order=60)
    register_matters("sheets", sheets, order=70)


def slips(view: Outlook) -> list[Matter]:
    number = Invitation.objects.open_at(view.now).filter(member=view.member).count()
    return _some("slip", _("Slip with a code, not used"), number, _("Opens nothing any more"))


def ways(view: Outlook) -> list[Matter]:
    """How many, never whereto: the address is the person's own."""
    number = MessageRoute.objects.filter(user__member=view.member).count()
    return _some("ways", _("Messages that also go elsewhere"), number, _("Stop; the address is erased"))


def sheets(view: Outlook) -> list[Matter]:
    waiting = RegisterImport.objects.filter(
        view.within("unit__path"), user__member=view.member, state=RegisterImport.State.PREVIEW
    )
    number = waiting.count()
    return _some("sheets", _("Sheets not imported yet"), number, _("Forgotten within a day; hand the sheet in anew"))


def _some(kind: str, label: str, number: int, becomes: str) -> list[Matter]:
    return [Matter(kind, label, number, becomes, with_account=True)] if number else []
