"""Published pages are looked at again: by when, by whom, what readers and editors see of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community import ticks
from community.models import Event, Notification
from community.refusals import ActionRefused, NotAllowed
from home.actions.clock import publish_due
from home.actions.publishing import submit_for_review, withdraw_page
from home.actions.upkeep import check_page, tell_of_due_checks, watch_pages
from home.models import AreaPage, CommunityPage, NoticePage, PageUpkeep
from home.publishing import rules
from home.querysets.upkeep import kept_models
from services.models import ServiceMenuPage, ServicePage
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import signed_in
from .test_publishing_actions import Office, approve
from .test_publishing_urgent import Burst, confirm_urgent

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@world
def office():
    return Office()


@world
def service(office):
    return make.service(office.page, title="水管报修")


def today() -> date:
    return timezone.localdate()


def due_on(page, day) -> PageUpkeep:
    """The page as one that is to be checked by that day."""
    watch_pages()
    PageUpkeep.objects.filter(page=page).update(review_by=day)
    return PageUpkeep.objects.get(page=page)


def test_rules_of_the_next_check():
    day = date(2026, 2, 27)
    assert rules.next_check(day, 2) == date(2026, 3, 1)
    assert rules.is_fit_for_next_check(day + DAY, day)
    assert rules.is_fit_for_next_check(day + 730 * DAY, day)
    assert not rules.is_fit_for_next_check(day, day)
    assert not rules.is_fit_for_next_check(day + 731 * DAY, day)


@pytest.mark.parametrize(
    ("days", "standing"), [(-1, "overdue"), (0, "due_today"), (1, "due_soon"), (7, "due_soon"), (8, "due_later")]
)
def test_rules_of_what_is_due(days, standing):
    assert rules.check_standing(today() + days * DAY, today()) == standing


def test_services_notices_menus_and_homes_are_kept_right():
    assert {ServicePage, ServiceMenuPage, NoticePage, CommunityPage} <= set(kept_models())
    assert AreaPage not in kept_models()
    assert (ServicePage.review_every, NoticePage.review_every) == (180, 90)


def test_what_two_people_publish_is_checked_that_day(client, office, service):
    service.get_latest_revision_as_object().save_revision(user=office.author.user)
    approve(office.second, submit_for_review(units.context(office.author), page=service))
    upkeep = PageUpkeep.objects.get(page=service)
    assert (upkeep.checked_on, upkeep.checked_by, upkeep.checked_as) == (today(), office.second.user, "editor")
    assert upkeep.review_by == today() + 180 * DAY
    text = client.get(service.url).content.decode()
    assert "最近核对" in text
    assert office.second.name not in text


def test_what_appears_at_its_hour_or_was_urgent_is_checked_once_two_have_seen_it(office, monkeypatch):
    burst = Burst()
    owed = burst.alone()
    assert not PageUpkeep.objects.filter(page=burst.notice).exists()
    confirm_urgent(units.context(burst.second), owed=owed)
    assert PageUpkeep.objects.get(page=burst.notice).checked_by == burst.second.user
    office.edit(office.author, go_live_at=timezone.now() + timedelta(hours=1))
    approve(office.second, office.submitted())
    assert not PageUpkeep.objects.filter(page=office.notice).exists()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    publish_due()
    assert PageUpkeep.objects.get(page=office.notice).checked_by == office.second.user


def test_the_clock_enters_pages_that_came_without_a_review(client, office, service):
    entered = watch_pages()
    assert entered == PageUpkeep.objects.count() > 1
    assert watch_pages() == 0
    upkeep = PageUpkeep.objects.get(page=service)
    assert (upkeep.checked_on, upkeep.checked_by) == (None, None)
    assert upkeep.review_by == today() + 180 * DAY
    assert Event.objects.filter(verb="page.watch", unit=office.page.unit, actor=None).count() == 1
    assert "最近核对" not in client.get(service.url).content.decode()


def test_checked_still_right(client, office, service):
    due_on(service, today() - DAY)
    upkeep = check_page(units.context(office.author), page=service)
    assert (upkeep.checked_by, upkeep.review_by) == (office.author.user, today() + 180 * DAY)
    event = Event.objects.get(verb="page.check")
    assert (event.actor, event.unit) == (office.author.user, office.page.unit)
    assert "最近核对" in client.get(service.url).content.decode()
    with pytest.raises(ActionRefused):
        check_page(units.context(office.author), page=service)
    sooner = check_page(units.context(office.author), page=service, review_by=today() + 30 * DAY)
    assert sooner.review_by == today() + 30 * DAY
    assert upkeep.history.count() == 3


@pytest.mark.parametrize("days", [-1, 0, 731])
def test_the_next_check_is_neither_past_nor_never(office, service, days):
    with pytest.raises(ActionRefused) as refused:
        check_page(units.context(office.author), page=service, review_by=today() + days * DAY)
    assert refused.value.field == "review_by"


def test_what_readers_do_not_see_is_not_checked(office):
    with pytest.raises(ActionRefused):
        check_page(units.context(office.author), page=office.notice)
    with pytest.raises(ActionRefused):
        street = units.holder(units.Post.ADMINISTRATOR, office.page.unit.get_parent())
        check_page(units.context(street), page=office.page.get_parent().specific)


POSTS = [
    (units.Post.EDITOR, True), (units.Post.OFFICER, True), (units.Post.ADMINISTRATOR, True),
    (units.Post.STREET_SUPERVISOR, False), (units.Post.COMMITTEE_MEMBER, False),
]  # fmt: skip


@pytest.mark.both_engines
@pytest.mark.parametrize(("post", "may"), POSTS)
@pytest.mark.parametrize("where", ["own", "neighbour"])
def test_who_says_that_a_page_is_right(client, office, service, post, may, where):
    unit = office.page.unit if where == "own" else make.community(prefix="BB").unit
    person, may = units.holder(post, unit), may and where == "own"
    signed_in(client, person.user)
    address = reverse("page_check", args=[service.translation_key])
    assert (client.get(address).status_code == 200) is may
    assert client.post(address, {"review_by": ""}).status_code in ({302} if may else {302, 404})
    assert PageUpkeep.objects.filter(page=service, checked_by=person.user).exists() is may
    if not may:
        with pytest.raises(NotAllowed):
            check_page(units.context(person), page=service)


def test_the_screen_of_the_check(client, office, service):
    signed_in(client, office.author.user)
    address = reverse("page_check", args=[service.translation_key])
    listing = reverse("wagtailadmin_explore", args=[service.get_parent().pk])
    assert address in client.get(listing).content.decode()
    assert service.url in client.get(address).content.decode()
    answer = client.post(address, {"review_by": "2001-01-01"})
    assert answer.status_code == 422
    assert "2001-01-01" in answer.content.decode()
    assert client.post(address, {"review_by": "gestern"}).status_code == 200
    assert client.post(address, {"review_by": ""}).status_code == 302


def test_the_report_is_scoped_filtered_and_exported(client, office, service):
    elsewhere = make.service(make.community(prefix="BB"), title="别处报修")
    due_on(service, today() - DAY)
    due_on(elsewhere, today() - DAY)
    over = make.notice(office.page, title="早已过去", valid_until=today() - DAY)
    withdrawn = make.notice(office.page, title="已经撤下")
    watch_pages()
    withdraw_page(units.context(office.administrator, "写错"), page=withdrawn)
    address = reverse("page_upkeep:index")
    supervisor = units.holder(units.Post.STREET_SUPERVISOR, office.page.unit.get_parent())
    for person in (office.author, office.officer, office.administrator, supervisor):
        signed_in(client, person.user)
        text = client.get(address).content.decode()
        assert "水管报修" in text
        for hidden in ("别处报修", over.title, withdrawn.title):
            assert hidden not in text
    make.service(office.page, title="理发")
    watch_pages()
    results = reverse("page_upkeep:index_results")
    for chosen, shown, hidden in (
        ("due=overdue", "水管报修", "理发"),
        ("kind=servicepage", "水管报修", "公告"),
        ("kind=noticepage", "", "水管报修"),
    ):
        text = client.get(f"{results}?{chosen}").content.decode()
        assert shown in text
        assert hidden not in text
    exported = b"".join(client.get(address + "?export=csv").streaming_content).decode()
    assert "水管报修" in exported
    assert "别处报修" not in exported


def test_editors_are_told_once_for_each_day_and_place(office, service):
    second = make.service(office.page)
    for page in (service, second):
        due_on(page, today())
    for _round in range(2):
        tell_of_due_checks()
    told = Notification.objects.filter(kind="checks_due")
    assert set(told.values_list("recipient", flat=True)) == {
        person.user_id for person in (office.author, office.second, office.officer)
    }
    assert told.count() == 3
    assert told.first().url == reverse("page_upkeep:index")
    due_on(second, today() + DAY)
    tell_of_due_checks(now=timezone.now() + 3 * DAY)
    assert told.count() == 6


def test_nobody_is_told_of_what_is_not_due_or_was_told_long_ago(office, service):
    for day in (today() + DAY, today() - 30 * DAY):
        due_on(service, day)
        assert tell_of_due_checks() == 0


def test_the_worker_looks_after_it():
    assert {"enter pages for checking", "pages to check"} <= {tick.name for tick in ticks.registered_ticks()}


def test_the_first_screen_shows_one_line_for_each_place(client, office, service):
    due_on(service, today() - DAY)
    due_on(make.service(office.page), today() + 3 * DAY)
    for person, shown in ((office.author, True), (units.holder(units.Post.STREET_SUPERVISOR, office.page.unit), False)):
        signed_in(client, person.user)
        assert ("待核对的页面：2" in client.get(reverse("wagtailadmin_home")).content.decode()) is shown
