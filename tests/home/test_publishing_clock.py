"""Approved for a later hour, and over after the last day: what the worker does, and what nobody can make it do."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailsCommand
from wagtail.models import Page, Revision

from community import ticks
from community.models import Channel, Event, Notification
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.actions.clock import call_off, publish_due, record_expiry
from home.actions.publishing import withdraw_page
from home.actions.upkeep import watch_pages
from home.actions.urgent import publish_urgently
from home.models import NoticeIndexPage, NoticePage, PageTrace, ScheduledPublication
from home.publishing import rules
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import new_notice, signed_in
from .test_publishing_actions import Office, approve
from .test_publishing_views import edit_address

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class Later(Office):
    """The office, with its notice approved for an hour from now."""

    def __init__(self):
        super().__init__()
        self.edit(self.author, go_live_at=timezone.now() + HOUR)

    def approved(self, **options):
        approve(self.second, self.submitted(**options))
        return ScheduledPublication.objects.latest("pk")

    def change(self, **values):
        """A draft of the author's upon the newest one."""
        self.edit(self.author, **values)


@world
def office():
    return Later()


@pytest.fixture
def in_two_hours(monkeypatch):
    later = timezone.now() + 2 * HOUR
    return lambda: monkeypatch.setattr(timezone, "now", lambda: later)


def wagtails_command():
    WagtailsCommand(stdout=io.StringIO()).handle(dryrun=False)


def test_rules_of_the_schedule():
    now = timezone.now()
    assert rules.schedule_step(now, now, 1, 1) == rules.PUBLISH
    assert rules.schedule_step(now + HOUR, now, 1, 1) == rules.WAIT
    assert rules.schedule_step(now + HOUR, now, 1, 2) == rules.schedule_step(now - HOUR, now, 1, 2) == rules.VOID


def test_approved_for_later_appears_then_and_not_before(office, in_two_hours):
    schedule = office.approved()
    assert Event.objects.latest("recorded_at").verb == "page.schedule"
    assert (schedule.state, schedule.approved_by) == ("waiting", office.second.user)
    assert publish_due() == 0
    assert not office.now().live
    in_two_hours()
    assert publish_due() == 1
    assert publish_due() == 0
    assert office.now().live
    event = Event.objects.get(verb="page.publish_scheduled")
    assert (event.actor, event.channel, event.unit) == (None, Channel.SYSTEM, office.page.unit)
    schedule.refresh_from_db()
    assert schedule.state == "published"


def test_an_hour_without_approval_publishes_nothing(office, in_two_hours):
    office.submitted()
    in_two_hours()
    assert publish_due() == 0
    assert not office.now().live


def test_an_hour_that_is_past_is_no_hour(office):
    office.change(go_live_at=timezone.now() - HOUR)
    approve(office.second, office.submitted())
    assert office.now().live
    assert not ScheduledPublication.objects.exists()


def test_a_late_worker_catches_up(office, monkeypatch):
    office.approved()
    next_week = timezone.now() + timedelta(days=7)
    monkeypatch.setattr(timezone, "now", lambda: next_week)
    assert publish_due() == 1
    assert office.now().live


@pytest.mark.parametrize("when", ["before its hour", "after its hour"])
def test_a_changed_text_makes_the_approval_void(office, in_two_hours, when):
    schedule = office.approved()
    office.change(lead="改过的一句")
    if when == "after its hour":
        in_two_hours()
    assert publish_due() == 1
    schedule.refresh_from_db()
    assert (schedule.state, schedule.why_void) == ("void", "changed")
    assert Event.objects.filter(verb="page.schedule_void").count() == 1
    told = Notification.objects.filter(kind="schedule_void").values_list("recipient", flat=True)
    assert set(told) == {office.author.user_id, office.second.user_id}
    in_two_hours()
    assert publish_due() == 0
    assert not office.now().live


def test_a_changed_version_is_approved_anew(office, in_two_hours):
    office.approved()
    office.change(lead="改过的一句")
    again = office.approved()
    assert ScheduledPublication.objects.waiting().get() == again
    in_two_hours()
    publish_due()
    assert office.now().lead == "改过的一句"


def test_a_correction_for_later_leaves_its_trace_then(client, office, in_two_hours):
    office.change(go_live_at=None)
    approve(office.second, office.submitted())
    office.change(lead="四点来水", go_live_at=timezone.now() + HOUR)
    office.approved(note="来水时间改为四点。")
    assert "来水时间改为四点。" not in client.get(office.now().url).content.decode()
    assert office.now().live
    in_two_hours()
    publish_due()
    assert "来水时间改为四点。" in client.get(office.now().url).content.decode()
    assert office.now().lead == "四点来水"


def test_withdrawn_meanwhile_it_does_not_appear(office, in_two_hours):
    office.change(go_live_at=None)
    approve(office.second, office.submitted())
    office.change(lead="第二版", go_live_at=timezone.now() + HOUR)
    schedule = office.approved()
    withdraw_page(units.context(office.administrator, "楼栋写错"), page=office.now())
    schedule.refresh_from_db()
    assert (schedule.state, schedule.why_void) == ("void", "withdrawn")
    in_two_hours()
    publish_due()
    assert not office.now().live


def test_published_urgently_meanwhile_the_other_version_does_not_appear(office, in_two_hours):
    schedule = office.approved()
    office.change(category="outage", go_live_at=None)
    publish_urgently(units.context(office.author, "爆管"), page=office.now())
    schedule.refresh_from_db()
    assert (schedule.state, schedule.why_void) == ("void", "overtaken")


def test_wagtails_command_finds_nothing_and_ours_stands_in_its_place(office, in_two_hours):
    office.approved()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    in_two_hours()
    wagtails_command()
    assert not office.now().live
    call_command("publish_scheduled", stdout=io.StringIO())
    assert office.now().live
    assert Event.objects.filter(verb="page.publish_scheduled").count() == 1


def test_wagtails_command_takes_no_page_from_its_readers(client, office, in_two_hours):
    """An hour of expiry, wherever it comes from, goes with no version to the readers."""
    office.change(go_live_at=None, expire_at=timezone.now() + HOUR)
    approve(office.second, office.submitted())
    signed_in(client, office.author.user)
    values = new_notice(title="周三停水", slug=office.notice.slug, lead="第二版", expire_at="2027-01-01 10:00")
    client.post(edit_address(office.notice), values)
    approve(office.second, office.submitted())
    assert not Page.objects.exclude(expire_at=None).filter(live=True).exists()
    in_two_hours()
    wagtails_command()
    assert office.now().live


def test_the_editor_offers_the_hour_of_publication_alone(client, office):
    signed_in(client, office.author.user)
    text = client.get(edit_address(office.notice)).content.decode()
    assert 'name="go_live_at"' in text
    assert 'name="expire_at"' not in text


def test_called_off_with_a_reason(client, office, in_two_hours):
    schedule = office.approved()
    with pytest.raises(ActionRefused):
        call_off(units.context(office.officer, " "), schedule=schedule)
    neighbour = units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)
    for stranger in (neighbour, units.holder(units.Post.STREET_SUPERVISOR, office.page.unit)):
        with pytest.raises(NotAllowed):
            call_off(units.context(stranger, "不发了"), schedule=schedule)
    signed_in(client, neighbour.user)
    assert client.get(schedule.screen).status_code == 404
    signed_in(client, office.officer.user)
    listed = client.get(reverse("scheduled_publications:index")).content.decode()
    assert schedule.screen in listed
    assert client.post(schedule.screen, {"reason": ""}).status_code == 200
    assert client.post(schedule.screen, {"reason": "电话 13812345678"}).status_code == 422
    assert client.post(schedule.screen, {"reason": "活动改期"}).status_code == 302
    assert client.post(schedule.screen, {"reason": "活动改期"}).status_code == 409
    with pytest.raises(Conflict):
        call_off(units.context(office.officer, "再来"), schedule=schedule)
    in_two_hours()
    assert publish_due() == 0
    assert not office.now().live


def test_the_report_of_schedules_is_scoped_and_exported(client, office):
    office.approved()
    elsewhere = Later()
    elsewhere.edit(elsewhere.author, title="别处停电")
    elsewhere.approved()
    signed_in(client, office.author.user)
    address = reverse("scheduled_publications:index")
    shown = client.get(address + "?state=waiting").content.decode()
    exported = b"".join(client.get(address + "?export=csv").streaming_content).decode()
    for text in (shown, exported):
        assert "周三停水" in text
        assert "别处停电" not in text


# Over


@pytest.fixture
def ended(office):
    return make.notice(office.page, valid_until=timezone.localdate() - timedelta(days=1), is_pinned=True)


def test_that_a_notice_is_over_is_recorded_once(client, office, ended):
    current = make.notice(office.page, valid_until=timezone.localdate())
    assert record_expiry() == 1
    assert record_expiry() == 0
    event = Event.objects.get(verb="page.expire")
    assert (event.actor, event.channel, event.unit) == (None, Channel.SYSTEM, office.page.unit)
    assert event.subject_key == str(ended.pk)
    assert PageTrace.objects.get().page_id == ended.pk != current.pk
    text = client.get(ended.url).content.decode()
    assert '<div class="banner">' in text
    assert ended.lead in text


def test_over_it_leaves_the_current_lists_and_its_place_on_top(client, office, ended):
    current = make.notice(office.page)
    assert ended.title not in client.get(office.page.url).content.decode()
    listed = client.get(make.section(office.page, NoticeIndexPage).url).content.decode()
    assert listed.index(current.title) < listed.index(ended.title)


def test_prolonged_and_over_again_is_recorded_again(office, ended):
    record_expiry()
    for day in (5, -1):
        version = NoticePage.objects.get(pk=ended.pk).get_latest_revision_as_object()
        version.valid_until = timezone.localdate() + timedelta(days=day)
        version.save_revision().publish(skip_permission_checks=True)
        record_expiry()
    assert Event.objects.filter(verb="page.expire").count() == 2


def test_a_withdrawn_notice_does_not_end_again(office, ended):
    withdraw_page(units.context(office.administrator, "写错"), page=ended)
    assert record_expiry() == 0


def test_the_worker_looks_at_the_clock_for_pages():
    names = [tick.name for tick in ticks.registered_ticks()]
    assert {"publish approved pages", "record notices that are over"} <= set(names)


@pytest.mark.both_engines
def test_the_database_holds_what_waits_and_what_is_settled(office):
    from django.db import IntegrityError, transaction

    schedule = office.approved()
    rows = ScheduledPublication.objects.filter(pk=schedule.pk)
    wrong = [{"state": "void"}, {"state": "published"}, {"why_void": "changed"}, {"settled_at": timezone.now()}]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**values)


def test_the_record_of_urgency_hours_and_checks_holds(office, in_two_hours):
    """Every row of the clock and of the second look hangs on its event, and the chain is whole."""
    office.change(category="outage", go_live_at=None)
    publish_urgently(units.context(office.author, "爆管"), page=office.now())
    office.change(lead="四点来水", go_live_at=timezone.now() + HOUR)
    office.approved(note="来水时间改为四点。")
    in_two_hours()
    assert publish_due() == 1
    make.notice(office.page, valid_until=timezone.localdate() - timedelta(days=1))
    assert record_expiry() == 1
    assert watch_pages() > 0
    call_command("verify_history", verbosity=0)
