"""Published by one alone, with a second look owed within 24 hours."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community import ticks
from community.models import Event, Notification
from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.actions.publishing import withdraw_page
from home.actions.urgent import (
    confirm_urgent,
    demand_correction,
    publish_urgently,
    tell_of_late_looks,
    withdraw_urgent,
)
from home.models import OwedReview, PageTrace, SecondPersonReview
from home.publishing import rules
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import new_notice, signed_in
from .test_publishing_actions import Office, approve
from .test_publishing_views import edit_address

pytestmark = pytest.mark.django_db

OWED_SENTENCE = "还没有经第二人复核"
HOUR = timedelta(hours=1)


class Burst(Office):
    """The office with a notice on an outage, and a supervisor of its street."""

    def __init__(self):
        super().__init__()
        self.supervisor = units.holder(units.Post.STREET_SUPERVISOR, self.page.unit.get_parent())
        self.edit(self.author, category="outage")

    def alone(self, person=None, reason="水管爆了，马上停水", **options):
        note = options.pop("note", "")
        context = units.context(person or self.author, reason, **options)
        return publish_urgently(context, page=self.now(), note=note)

    def debt(self):
        return OwedReview.objects.latest("pk")


@world
def office():
    return Burst()


def look(act, person, owed, reason=""):
    return act(units.context(person, reason), owed=owed)


def told(kind, person) -> int:
    return Notification.objects.filter(kind=kind, recipient=person.user).count()


def test_rules_of_the_hour():
    now = timezone.now()
    assert rules.due_at(now) == now + 24 * HOUR
    assert rules.due_at(now, now + HOUR) == now + HOUR
    assert rules.due_at(now, now + 99 * HOUR) == now + 24 * HOUR
    assert rules.is_late(now, now)
    assert not rules.is_late(now + HOUR, now)


@pytest.mark.parametrize(
    ("newest_first", "open_now"),
    [
        ([], ""),
        (["urgent"], "owed"),
        (["urgent", "corrected"], "owed"),
        (["confirmed", "urgent"], ""),
        (["demanded", "urgent"], "demanded"),
        (["corrected", "demanded", "urgent"], ""),
        (["withdrawn", "urgent"], ""),
        (["urgent", "confirmed", "urgent"], "owed"),
        (["expired", "urgent"], "owed"),
    ],
)
def test_rules_of_what_is_open(newest_first, open_now):
    assert rules.standing(newest_first) == open_now


def test_one_alone_publishes_with_a_reason(client, office):
    owed = office.alone()
    page = office.now()
    assert page.live
    assert owed.revision_id == page.live_revision_id
    assert (owed.published_by, owed.outcome, owed.reason) == (office.author.user, "owed", "水管爆了，马上停水")
    assert owed.due_at - owed.published_at == 24 * HOUR
    event = Event.objects.get(verb="page.publish_urgently")
    assert (event.unit, event.actor, event.reason) == (office.page.unit, office.author.user, "水管爆了，马上停水")
    assert OWED_SENTENCE in client.get(page.url).content.decode()
    assert told("look_owed", office.second) == told("look_owed", office.officer) == 1
    assert told("look_owed", office.author) == 0


@pytest.mark.parametrize("reason", ["", "  ", "字" * 501, "请打 13812345678"])
def test_no_reason_no_urgency(office, reason):
    with pytest.raises(ActionRefused) as refused:
        office.alone(reason=reason)
    assert refused.value.field == "reason"
    assert not office.now().live


@pytest.mark.parametrize("category", ["meeting", "activity", "publicity", "other"])
def test_what_can_wait_waits_for_two(office, category):
    office.edit(office.author, category=category)
    with pytest.raises(ActionRefused):
        office.alone()
    assert not office.now().live


def test_places_sections_and_services_are_never_urgent(office):
    for page in (office.page, office.notice.get_parent().specific, make.service(office.page)):
        page.get_latest_revision_as_object().save_revision(user=office.author.user)
        with pytest.raises(ActionRefused):
            publish_urgently(units.context(office.author, "急"), page=page)


@pytest.mark.parametrize("values", [{"go_live_at": timezone.now() + timedelta(days=9)}, {"lead": ""}, {"title": ""}])
def test_dates_and_gaps_are_not_urgent(office, values):
    page = office.now().get_latest_revision_as_object()
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=office.author.user, clean=False)
    with pytest.raises(ActionRefused):
        office.alone()
    assert not office.now().live


def test_nothing_new_is_not_published_again(office):
    office.alone()
    with pytest.raises(ActionRefused):
        office.alone()
    assert OwedReview.objects.count() == 1


POSTS = [
    (units.Post.EDITOR, True), (units.Post.OFFICER, True), (units.Post.ADMINISTRATOR, False),
    (units.Post.STREET_SUPERVISOR, False), (units.Post.COMMITTEE_MEMBER, False), (units.Post.GRID_WORKER, False),
]  # fmt: skip


@pytest.mark.both_engines
@pytest.mark.parametrize(("post", "may"), POSTS)
@pytest.mark.parametrize("where", ["own", "neighbour"])
def test_who_publishes_and_who_looks(client, office, post, may, where):
    unit = office.page.unit if where == "own" else make.community(prefix="BB").unit
    person, may = units.holder(post, unit), may and where == "own"
    signed_in(client, person.user)
    address = reverse("page_urgent", args=[office.notice.translation_key])
    assert (client.get(address).status_code == 200) is may
    if not may:
        with pytest.raises(NotAllowed):
            office.alone(person)
        assert client.post(address, {"reason": "急"}).status_code in {302, 404}
    owed = office.alone()
    screen = reverse("owed_review", args=[owed.reference])
    reads = where == "own" and post not in (units.Post.COMMITTEE_MEMBER, units.Post.GRID_WORKER)
    assert (client.get(screen).status_code == 200) is reads
    for act in (demand_correction, withdraw_urgent, confirm_urgent):
        if not may:
            with pytest.raises(NotAllowed):
                look(act, person, owed, "不对")
    answer = client.post(screen, {"decision": "confirm"}).status_code
    assert answer in ({302} if may else {403} if reads else {302, 404})
    assert office.debt().outcome == ("confirmed" if may else "owed")


def test_the_system_is_not_in_a_hurry(office):
    with pytest.raises(NotAllowed):
        publish_urgently(Context(reason="急"), page=office.now())
    owed = office.alone()
    with pytest.raises(NotAllowed):
        confirm_urgent(Context(), owed=owed)


def test_the_author_and_the_publisher_are_no_second_person(office):
    third = units.holder(units.Post.EDITOR, office.page.unit)
    owed = office.alone(third)
    for person in (office.author, third):
        for act in (confirm_urgent, demand_correction, withdraw_urgent):
            with pytest.raises(NotAllowed):
                look(act, person, owed, "因为")
    look(confirm_urgent, office.second, owed)
    assert office.debt().looked_at_by == office.second.user


def test_confirmed_readers_see_it_and_it_ends_once(client, office):
    owed = office.alone()
    look(confirm_urgent, office.second, owed)
    text = client.get(office.now().url).content.decode()
    assert OWED_SENTENCE not in text
    assert "第二人已复核" in text
    for act in (confirm_urgent, withdraw_urgent):
        with pytest.raises(Conflict):
            look(act, office.officer, owed, "因为")
    assert Event.objects.filter(verb="page.confirm_urgent").count() == 1


def test_a_correction_is_demanded_told_and_published(client, office):
    owed = office.alone()
    with pytest.raises(ActionRefused):
        look(demand_correction, office.second, owed)
    look(demand_correction, office.second, owed, "是 3 号楼，不是 5 号楼")
    text = client.get(office.now().url).content.decode()
    assert "是 3 号楼，不是 5 号楼" in text
    assert OWED_SENTENCE not in text
    assert told("correction_demanded", office.author) == 1
    office.edit(office.author, where="3 号楼")
    approve(office.second, office.submitted(note="楼栋改为 3 号楼。"))
    text = client.get(office.now().url).content.decode()
    assert "楼栋改为 3 号楼。" in text
    assert "更正后的内容随后发布" not in text


def test_whoever_wrote_the_urgent_text_is_an_author_until_two_have_seen_it(office):
    """Somebody adds a comma, and the writer of the urgent text would be the second person of their own text."""
    owed = office.alone()
    for demanded in (False, True):
        if demanded:
            look(demand_correction, office.officer, owed, "补上楼栋")
        office.edit(office.second, where="1 号楼" if demanded else "1、2 号楼")
        review = office.submitted()
        for person in (office.author, office.second):
            with pytest.raises(NotAllowed):
                approve(person, review)
        office.now().current_workflow_state.cancel()
    review = office.submitted()
    approve(office.officer, review)
    office.edit(office.second, where="2 号楼")
    approve(office.author, office.submitted())


def test_an_ordinary_publication_settles_the_debt(client, office):
    office.alone()
    office.edit(office.author, where="1 号楼")
    approve(office.second, office.submitted(note="写明楼栋。"))
    assert office.debt().outcome == "replaced"
    assert OWED_SENTENCE not in client.get(office.now().url).content.decode()


def test_withdrawn_by_the_second_person(client, office):
    owed = office.alone()
    with pytest.raises(ActionRefused):
        look(withdraw_urgent, office.second, owed, " ")
    look(withdraw_urgent, office.second, owed, "没有停水")
    assert office.debt().outcome == "withdrawn"
    text = client.get(office.now().url).content.decode()
    assert "没有停水" in text
    assert office.notice.lead not in text


def test_withdrawn_by_an_administrator_the_debt_is_settled(office):
    office.alone()
    withdraw_page(units.context(office.administrator, "没有停水"), page=office.now())
    assert office.debt().outcome == "withdrawn"


def test_a_further_urgent_version_does_not_put_off_the_look(office):
    start = timezone.now()
    first = office.alone(now=start)
    office.edit(office.second, where="全小区")
    second = office.alone(office.second, "范围扩大", now=start + 20 * HOUR, note="范围改为全小区。")
    assert second.due_at == first.due_at
    first.refresh_from_db()
    assert first.outcome == "carried"
    for person in (office.author, office.second):
        with pytest.raises(NotAllowed):
            look(confirm_urgent, person, second)
    look(confirm_urgent, office.officer, second)
    assert not OwedReview.objects.owed().exists()


def test_not_urgently_again_while_a_look_is_late(office):
    start = timezone.now()
    office.alone(now=start)
    office.edit(office.author, where="全小区")
    with pytest.raises(ActionRefused):
        office.alone(now=start + 24 * HOUR, note="范围改为全小区。")
    look(confirm_urgent, office.second, office.debt())
    office.alone(now=start + 25 * HOUR, note="范围改为全小区。")


def test_an_urgent_correction_says_what_was_corrected(client, office):
    approve(office.second, office.submitted())
    office.edit(office.author, where="全小区")
    with pytest.raises(ActionRefused):
        office.alone()
    office.alone(note="范围改为全小区。")
    text = client.get(office.now().url).content.decode()
    assert "范围改为全小区。" in text
    assert OWED_SENTENCE in text


def test_a_review_under_way_is_overtaken(office):
    review = office.submitted()
    office.alone()
    with pytest.raises(ActionRefused):
        approve(office.second, review)
    assert not SecondPersonReview.objects.filter(status="in_progress").exists()


def test_an_overdue_look_is_told_once_to_reviewers_and_the_street(office):
    owed = office.alone()
    assert tell_of_late_looks(now=owed.due_at - HOUR) == 0
    for _round in range(2):
        tell_of_late_looks(now=owed.due_at + HOUR)
    for person in (office.author, office.second, office.officer, office.supervisor):
        assert told("look_overdue", person) == 1
    assert told("look_overdue", units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)) == 0
    look(confirm_urgent, office.second, owed)
    Notification.objects.all().delete()
    assert tell_of_late_looks(now=owed.due_at + HOUR) == 0


def test_the_worker_looks_after_overdue_looks():
    assert "overdue second looks" in [tick.name for tick in ticks.registered_ticks()]


def test_from_the_editor_to_the_second_look(client, office):
    """What two people do on their screens."""
    signed_in(client, office.author.user)
    assert 'name="action-urgent"' in client.get(edit_address(office.notice)).content.decode()
    values = new_notice(title="爆管停水", slug=office.notice.slug, lead="马上停水", category="outage")
    answer = client.post(edit_address(office.notice), {**values, "action-urgent": "1"})
    address = reverse("page_urgent", args=[office.notice.translation_key])
    assert answer.url == address
    assert "马上停水" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "电话 13812345678"}).status_code == 422
    assert client.post(address, {"reason": "水管爆了"}).status_code == 302
    assert "马上停水" in client.get(office.now().url).content.decode()
    signed_in(client, office.second.user)
    screen = reverse("owed_review", args=[office.debt().reference])
    assert screen in client.get(reverse("wagtailadmin_home")).content.decode()
    assert screen in client.get(reverse("desk-messages")).content.decode() or told("look_owed", office.second)
    text = client.get(screen).content.decode()
    for expected in ("水管爆了", "马上停水", office.author.name):
        assert expected in text
    assert client.post(screen, {"decision": "nonsense"}).status_code == 422
    answer = client.post(screen, {"decision": "demand", "reason": "  "})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert client.post(screen, {"decision": "confirm", "reason": ""}).status_code == 302
    assert client.post(screen, {"decision": "confirm", "reason": "又来"}).status_code == 409
    assert screen not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_report_is_scoped_filtered_and_exported(client, office):
    office.alone()
    elsewhere = Burst()
    elsewhere.edit(elsewhere.author, title="别处停电")
    elsewhere.alone()
    address = reverse("urgent_publications:index")
    for person in (office.author, office.supervisor, office.administrator):
        signed_in(client, person.user)
        text = client.get(address).content.decode()
        assert "周三停水" in text
        assert "别处停电" not in text
    assert "周三停水" in client.get(address + "?outcome=owed&overdue=false").content.decode()
    assert "周三停水" not in client.get(address + "?overdue=true").content.decode()
    exported = b"".join(client.get(address + "?export=csv").streaming_content).decode()
    assert "水管爆了，马上停水" in exported
    assert "别处停电" not in exported
    signed_in(client, units.holder(units.Post.COMMITTEE_MEMBER, office.page.unit).user)
    assert client.get(address).status_code in {302, 403, 404}


@pytest.mark.both_engines
def test_the_database_holds_what_the_debt_means(office):
    from django.db import IntegrityError, transaction

    owed = office.alone()
    wrong = [
        {"outcome": "confirmed", "looked_at": timezone.now(), "looked_at_by": office.author.user},
        {"outcome": "confirmed"},
        {"looked_at": timezone.now()},
        {"reason": ""},
    ]
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            OwedReview.objects.filter(pk=owed.pk).update(**values)


def test_traces_say_the_whole_way(office):
    owed = office.alone()
    look(demand_correction, office.second, owed, "写明楼栋")
    office.edit(office.author, where="1 号楼")
    approve(office.second, office.submitted(note="写明楼栋。"))
    assert [trace.kind for trace in PageTrace.objects.order_by("pk")] == ["urgent", "demanded", "corrected"]
