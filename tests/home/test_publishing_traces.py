"""What readers are told of a page that changed after they had seen it: corrections, and withdrawals."""

import pytest
from django.urls import reverse
from wagtail.models import WorkflowState

from community.models import Event
from community.records import act
from community.refusals import ActionRefused
from home.actions.publishing import submit_for_review, withdraw_page
from home.models import NoticeIndexPage, PageTrace, SecondPersonReview
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import new_notice, signed_in
from .test_publishing_actions import Office, approve
from .test_publishing_views import edit_address, review_address

pytestmark = pytest.mark.django_db

SECRET = "三号楼王家的门牌"


@world
def office():
    return Office()


def hand_in_address(page) -> str:
    return reverse("page_hand_in", args=[page.translation_key])


def withdraw(office, reason="地址写错，请以新公告为准"):
    return withdraw_page(units.context(office.administrator, reason), page=office.now())


def test_the_first_version_needs_no_note_and_leaves_no_trace(office):
    approve(office.second, office.submitted(note="没有人要看"))
    assert not PageTrace.objects.exists()


@pytest.mark.parametrize("note", ["", "   ", "字" * 301, "请打 13812345678"])
def test_a_correction_says_what_was_corrected(office, note):
    office.published()
    office.edit(office.author, lead="下午四点来水。")
    with pytest.raises(ActionRefused) as refused:
        office.submitted(note=note)
    assert refused.value.field == "note"
    assert not SecondPersonReview.objects.filter(status="in_progress").exists()


def test_a_correction_stands_on_the_page_once_it_is_published(client, office):
    office.published()
    office.edit(office.author, lead="下午四点来水。")
    review = office.submitted(note="来水时间由三点改为四点。")
    assert "来水时间由三点改为四点" not in client.get(office.now().url).content.decode()
    event = approve(office.second, review)
    text = client.get(office.now().url).content.decode()
    for expected in ("更正", "来水时间由三点改为四点。", "下午四点来水。"):
        assert expected in text
    trace = PageTrace.objects.get()
    assert (trace.kind, trace.revision_id, trace.event_id) == ("corrected", review.revision_id, event.id)
    assert "来水时间由三点改为四点。" in event.body


def test_what_readers_see_already_is_not_handed_in(client, office):
    office.published()
    with pytest.raises(ActionRefused):
        office.submitted()
    signed_in(client, office.author.user)
    answer = client.post(hand_in_address(office.notice), {"note": "什么也没改"})
    assert answer.status_code == 422
    assert "什么也没改" in answer.content.decode()


def test_the_record_of_all_of_it_holds(office):
    """Corrected, withdrawn, brought back: every row hangs on its event, and the chain is whole."""
    from django.core.management import call_command

    office.published()
    withdraw(office)
    office.edit(office.author, where="1 号楼")
    approve(office.second, office.submitted())
    call_command("verify_history", verbosity=0)


def test_what_is_sent_back_leaves_no_trace_and_the_next_note_counts(office):
    from home.actions.publishing import send_back

    office.published()
    office.edit(office.author, lead="下午四点来水。")
    send_back(units.context(office.second, "几号？"), review=office.submitted(note="第一次的说明"))
    office.edit(office.author, lead="十日下午四点来水。")
    approve(office.second, office.submitted(note="第二次的说明"))
    assert [trace.note for trace in PageTrace.objects.all()] == ["第二次的说明"]


def test_pages_that_are_no_notices_need_no_note(office):
    page = make.service(office.page)
    draft = page.get_latest_revision_as_object()
    draft.cost = "十元"
    draft.save_revision(user=office.author.user)
    approve(office.second, submit_for_review(units.context(office.author), page=page))
    assert not PageTrace.objects.exists()


def test_the_editor_asks_for_the_note(client, office):
    """The button of the editor leads to the question; without an answer nothing is handed in."""
    office.published()
    signed_in(client, office.author.user)
    assert 'name="action-submit"' in client.get(edit_address(office.notice)).content.decode()
    values = new_notice(title="周三停水", slug=office.notice.slug, lead="下午四点来水。", **{"action-submit": "1"})
    answer = client.post(edit_address(office.notice), values)
    assert answer.url == hand_in_address(office.notice)
    text = client.get(answer.url).content.decode()
    assert "下午四点来水。" in text
    assert client.post(answer.url, {"note": ""}).status_code == 200
    assert client.post(answer.url, {"note": "电话 13812345678"}).status_code == 422
    assert not SecondPersonReview.objects.filter(status="in_progress").exists()
    assert client.post(answer.url, {"note": "来水时间改了。"}).status_code == 302
    review = SecondPersonReview.objects.get(status="in_progress")
    assert Event.objects.filter(verb="page.submit").count() == 2
    signed_in(client, office.second.user)
    assert "来水时间改了。" in client.get(review_address(review)).content.decode()
    assert client.post(hand_in_address(office.notice), {"note": "再交一次"}).status_code == 422


def test_handing_in_a_first_version_takes_one_button_and_tells_reviewers(client, office):
    signed_in(client, office.author.user)
    values = new_notice(title="周三停水", slug=office.notice.slug, lead="请提前储水", **{"action-submit": "1"})
    client.post(edit_address(office.notice), values)
    assert Event.objects.get(verb="page.submit").actor == office.author.user
    signed_in(client, office.second.user)
    assert "周三停水" in client.get(reverse("desk-messages")).content.decode()


def test_a_draft_may_have_gaps_what_is_handed_in_may_not(client, office):
    signed_in(client, office.author.user)
    index = make.section(office.page, NoticeIndexPage)
    address = reverse("wagtailadmin_pages:add", args=["home", "noticepage", index.pk])
    answer = client.post(address, new_notice(lead="", **{"action-submit": "1"}))
    assert answer.status_code == 200
    assert not Event.objects.filter(verb="page.submit").exists()
    client.post(address, new_notice(lead="有头有尾", **{"action-submit": "1"}))
    assert Event.objects.filter(verb="page.submit").count() == 1


def test_a_new_page_is_handed_in_from_the_list(client, office):
    signed_in(client, office.author.user)
    listing = reverse("wagtailadmin_explore", args=[office.notice.get_parent().pk])
    assert hand_in_address(office.notice) in client.get(listing).content.decode()
    assert client.post(hand_in_address(office.notice), {}).status_code == 302
    assert hand_in_address(office.notice) not in client.get(listing).content.decode()


@pytest.mark.parametrize("who", ["neighbour", "supervisor", "superuser"])
def test_handing_in_is_for_those_who_write_here(client, office, who):
    if who == "superuser":
        person = units.member(unit=office.page.unit)
        person.user.is_superuser = True
        person.user.save()
    elif who == "supervisor":
        person = units.holder(units.Post.STREET_SUPERVISOR, office.page.unit)
    else:
        person = units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)
    signed_in(client, person.user)
    assert client.get(hand_in_address(office.notice)).status_code in {302, 404}
    assert client.post(hand_in_address(office.notice), {}).status_code in {302, 404}
    with pytest.raises(ActionRefused):
        submit_for_review(units.context(person), page=office.notice)
    assert not Event.objects.filter(verb="page.submit").exists()


def test_a_withdrawn_page_keeps_its_address_its_title_and_the_reason(client, office):
    office.edit(office.author, lead=SECRET, search_description=SECRET, body=[("paragraph", f"<p>{SECRET}</p>")])
    office.published()
    address = office.now().url
    assert SECRET in client.get(address).content.decode()
    withdraw(office)
    for prefix in ("", "/en"):
        answer = client.get(prefix + address)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert answer["X-Robots-Tag"] == "noindex"
        assert "周三停水" in text
        assert "地址写错，请以新公告为准" in text
        assert SECRET not in text


def test_a_withdrawn_page_is_gone_from_lists_feeds_and_the_map(client, office):
    office.published()
    address = office.now().url
    lists = [
        office.page.url,
        make.section(office.page, NoticeIndexPage).url,
        reverse("notices-feed", args=[office.page.unit.code]),
        reverse("sitemap-file", args=[0]),
    ]
    assert all(address in client.get(one).content.decode() for one in lists)
    withdraw(office)
    assert not any(address in client.get(one).content.decode() for one in lists)


def test_a_page_that_was_never_published_is_not_found(client, office):
    assert client.get(office.notice.url).status_code == 404


def test_sub_addresses_of_a_withdrawn_page_are_not_found(client, office):
    office.published()
    withdraw(office)
    assert client.get(office.now().url + "versions/").status_code == 404


def test_a_withdrawal_ends_the_review_under_way(office):
    office.published()
    office.edit(office.author, lead="第二版")
    review = office.submitted()
    withdraw(office)
    assert office.now().current_workflow_state is None
    with pytest.raises(ActionRefused):
        approve(office.second, review)
    assert WorkflowState.objects.filter(status="cancelled").count() == 1


def test_a_withdrawn_page_comes_back_by_two_people_and_says_so(client, office):
    office.published()
    withdraw(office, "楼栋写错")
    office.edit(office.author, where="1 至 3 号楼")
    with pytest.raises(ActionRefused):
        office.submitted(note="")
    approve(office.second, office.submitted(note="楼栋已改正，重新发布。"))
    text = client.get(office.now().url).content.decode()
    for expected in ("1 至 3 号楼", "撤回", "楼栋写错", "楼栋已改正，重新发布。"):
        assert expected in text


@pytest.mark.parametrize("reason", ["", "请打 13812345678"])
def test_a_reason_for_readers_is_wanted_and_holds_no_number(office, reason):
    office.published()
    with pytest.raises(ActionRefused):
        withdraw(office, reason)
    assert office.now().live


@pytest.mark.both_engines
def test_traces_stay(office):
    from django.db import DatabaseError, transaction

    office.published()
    withdraw(office)
    for change in (lambda rows: rows.update(note="anders"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(PageTrace.objects.all())


@pytest.mark.both_engines
def test_a_trace_without_a_word_is_refused_by_the_database(office):
    from django.db import IntegrityError, transaction
    from django.utils import timezone

    with pytest.raises(IntegrityError), transaction.atomic(), act(units.SYSTEM, "test", office.page.unit) as a:
        a.append(PageTrace(page=office.notice, unit=office.page.unit, kind="withdrawn", note="", at=timezone.now()))
