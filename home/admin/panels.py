"""The panels of the first screen, and what pages put into them."""

from datetime import date, timedelta

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from community.grants import grants_for, within
from community.models import Delivery
from community.rights import nodes_below
from community.roles import Role
from community.rules.rights import OVERDUE, first_day, quarter_of

from ..desk.days import days_left, urgency
from ..models import OwedReview, PageUpkeep
from ..publishing.reviewers import WRITERS
from ..querysets.unfinished import MOST, notices_ending, own_drafts, reviews_to_decide
from .waiting import DRAFTS, DUE, OWED, WAITING, Panel, Row, panels, register_rows, rows_of

SHOWN = 10
SOON = timedelta(days=7)


class TasksPanel(Component):
    """One panel: its rows, how many more there are, or the sentence that there are none."""

    template_name = "home/admin/tasks_panel.html"

    def __init__(self, panel: Panel, user, *, order: int):
        self.panel, self.user, self.order = panel, user, order
        self.name = panel.key

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        rows = rows_of(self.panel.key, self.user, today)
        shown = [(row, days_left(row.due, today), urgency(row.due, today)) for row in rows[:SHOWN]]
        return {"panel": self.panel, "rows": shown, "more": len(rows) - len(shown), "number": len(rows)}


def panels_for(user) -> list[TasksPanel]:
    """What the first screen shows to whoever has a post; nothing without one."""
    if not user.grants.items:
        return []
    return [TasksPanel(panel, user, order=order) for order, panel in enumerate(panels(), start=100)]


def register() -> None:
    """Show what pages and messages have to say."""
    register_rows(WAITING, reviews, order=10)
    register_rows(WAITING, stuck_messages, order=90)
    register_rows(OWED, owed, order=10)
    register_rows(DUE, ending, order=30)
    register_rows(DUE, checks, order=40)
    register_rows(DUE, rights_overdue, order=50)
    register_rows(DRAFTS, drafts, order=10)


def reviews(user, today: date) -> list[Row]:
    return [
        Row(
            title=review.revision.object_str,
            url=reverse("page_review", args=[review.reference]),
            note=_("A page to look over before it is published"),
        )
        for review in reviews_to_decide(user)
    ]


def stuck_messages(user, today: date) -> list[Row]:
    """One line for all of them: they are looked at together."""
    number = Delivery.objects.visible_to(user).filter(state=Delivery.State.GIVEN_UP).count()
    if not number:
        return []
    title = _("Messages that did not leave: %(number)d") % {"number": number}
    url = f"{reverse('deliveries:index')}?state={Delivery.State.GIVEN_UP}"
    return [Row(title=title, url=url, note=_("See why, and send again"))]


def owed(user, today: date) -> list[Row]:
    """What one person alone has published in the person's places, the first due first."""
    return [
        Row(
            title=one.title,
            url=reverse("owed_review", args=[one.reference]),
            place=one.unit.name,
            note=_("Look at it and say whether all is right"),
            due=timezone.localdate(one.due_at),
        )
        for one in OwedReview.objects.owed().visible_to(user).select_related("unit").order_by("due_at")[:MOST]
    ]


def ending(user, today: date) -> list[Row]:
    return [
        Row(
            title=notice.title,
            url=reverse("wagtailadmin_pages:edit", args=[notice.pk]),
            note=_("The notice says that it is over after this day"),
            due=notice.valid_until,
        )
        for notice in notices_ending(user, today, today + SOON)
    ]


def checks(user, today: date) -> list[Row]:
    """Published pages to look at again: one line for each place, with the day of the first."""
    due = PageUpkeep.objects.due(today, within_days=SOON.days).filter(
        within(grants_for(user).paths(*WRITERS), "unit__path")
    )
    counted = due.order_by().values("unit__name").annotate(number=Count("pk"), first=Min("review_by")).order_by("first")
    url = f"{reverse('page_upkeep:index')}?due=soon"
    return [
        Row(
            title=_("Pages to check: %(number)d") % {"number": place["number"]},
            url=url,
            place=place["unit__name"],
            note=_("See whether they are still right"),
            due=place["first"],
        )
        for place in counted[:MOST]
    ]


def rights_overdue(user, today: date) -> list[Row]:
    """Lists of rights that were not gone through in their quarter: one line for all, for the administrator."""
    paths = grants_for(user).paths(Role.ADMINISTRATOR)
    late = [node for node in nodes_below(paths, today) if node.standing == OVERDUE] if paths else []
    if not late:
        return []
    url = reverse("rights_of", args=[late[0].unit.code]) if len(late) == 1 else reverse("rights")
    return [
        Row(
            title=_("Who may do what: lists not gone through: %(number)d") % {"number": len(late)},
            url=url,
            place=late[0].unit.name if len(late) == 1 else "",
            note=_("Does each person still need their post?"),
            due=first_day(quarter_of(today)) - timedelta(days=1),
        )
    ]


def drafts(user, today: date) -> list[Row]:
    handed_in, waits = _("Handed in: somebody else has to look it over"), _("Not handed in yet")
    return [
        Row(
            title=page.draft_title,
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            note=handed_in if page.is_handed_in else waits,
        )
        for page in own_drafts(user)
    ]
