"""What the first screen of an administrator says about new communities."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.admin.waiting import Row

from .readiness import TASKS, unfinished


def rows(user, today: date) -> list[Row]:
    """One line for each new community until everything is done. One query."""
    return [
        Row(
            title=_("New: %(community)s") % {"community": unit.name},
            url=reverse("opening-community", args=[unit.code]),
            note=ngettext("%(number)d thing to do: %(first)s", "%(number)d things to do: %(first)s", len(tasks))
            % {"number": len(tasks), "first": TASKS[tasks[0]]},
        )
        for unit, tasks in unfinished(user)
    ]
