"""What acts are called where people read about them: the verb of an event, in words.

Other packages add theirs in their app's `ready()`: `register_verbs({"renovation.accept": _("Accepted")})`.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str] = {
    "unit.open": _("Unit opened"),
    "community.open": _("Community opened"),
    "unit.change": _("Unit changed"),
    "unit.move": _("Unit moved"),
    "unit.close": _("Unit deleted"),
    "estate.add": _("Estate entered"),
    "estate.change": _("Estate changed"),
    "estate.remove": _("Estate deleted"),
    "building.add": _("Building entered"),
    "building.change": _("Building changed"),
    "building.remove": _("Building deleted"),
    "home.add": _("Home entered"),
    "home.change": _("Home changed"),
    "home.remove": _("Home deleted"),
    "estates.import": _("Estates imported from a sheet"),
    "buildings.import": _("Buildings imported from a sheet"),
    "homes.import": _("Homes imported from a sheet"),
    "residents.import": _("Numbers of residents imported from a sheet"),
    "units.import": _("Units imported from a sheet"),
    "members.import": _("Members imported from a sheet"),
    "appointments.import": _("Appointments imported from a sheet"),
    "partner.add": _("Partner entered"),
    "partner.change": _("Partner changed"),
    "partner.remove": _("Partner deleted"),
    "member.register": _("Member registered"),
    "member.change": _("Member changed"),
    "member.remove": _("Member deleted"),
    "member.leave": _("Left office"),
    "account.open": _("Account opened"),
    "account.reset": _("New initial password given"),
    "account.close": _("Account closed"),
    "account.reopen": _("Account opened again"),
    "invitation.issue": _("Invitation issued"),
    "invitation.use": _("Invitation used, password set"),
    "invitation.revoke": _("Invitation revoked"),
    "appointment.begin": _("Appointed"),
    "appointment.end": _("Appointment ended"),
    "rights.review": _("Rights gone through"),
    "messages.choose": _("Way of messages chosen"),
    "messages.leave": _("Way of messages given up"),
    "delivery.retry": _("Message sent again"),
    "contact.reveal": _("Contact shown in full"),
    "sealed.erase": _("Resident's text erased"),
}


def register_verbs(verbs: Mapping[str, str]) -> None:
    """Add the words for the acts of another package."""
    VERBS.update(verbs)


def in_words(verb: str) -> str:
    return str(VERBS.get(verb, verb))
