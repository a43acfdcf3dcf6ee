"""How long there is time, in words and in groups."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SUNDAY = 7


def days_left(due: date | None, today: date) -> str:
    """“3 days left”, “due today”, “2 days overdue”; nothing without a day."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return _("Due today")
    if days == 1:
        return _("Due tomorrow")
    if days > 0:
        return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}


def urgency(due: date | None, today: date) -> str:
    """A key of the vocabulary of states: overdue, due_today, due_soon (this week) or due_later."""
    if due is None or due > end_of_week(today):
        return "due_later"
    if due < today:
        return "overdue"
    return "due_today" if due == today else "due_soon"


def end_of_week(today: date) -> date:
    """The Sunday of this week."""
    return today + timedelta(days=SUNDAY - today.isoweekday())
