"""The review page through the browser's eyes, and the ways round it."""

import pytest
from django.urls import reverse

from community.models import Event
from home.models import NoticePage, SecondPersonReview
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import new_notice, signed_in
from .test_publishing_actions import Office

pytestmark = pytest.mark.django_db


@world
def office():
    return Office()


def review_address(review) -> str:
    return reverse("page_review", args=[review.reference])


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_from_the_editor_to_the_readers(client, office):
    """The author submits in Wagtail's editor, the second person finds it on the first screen and publishes it."""
    signed_in(client, office.author.user)
    values = new_notice(title="周三停水", slug=office.notice.slug, lead="请提前储水", **{"action-submit": "1"})
    client.post(edit_address(office.notice), values)
    review = SecondPersonReview.objects.get()
    signed_in(client, office.second.user)
    address = review_address(review)
    assert address in client.get(reverse("wagtailadmin_home")).content.decode()
    assert address in client.get(reverse("page_reviews")).content.decode()
    text = client.get(address).content.decode()
    assert "请提前储水" in text
    assert office.author.name in text
    preview = reverse("wagtailadmin_pages:revisions_view", args=[office.notice.pk, review.revision_id])
    assert preview in text
    assert "请提前储水" in client.get(preview).content.decode()
    answer = client.post(address, {"decision": "approve"}, follow=True)
    assert "周三停水" in answer.content.decode()
    client.logout()
    assert "请提前储水" in client.get(office.now().url).content.decode()


def test_the_author_sees_the_review_without_buttons(client, office):
    review = office.submitted()
    signed_in(client, office.author.user)
    text = client.get(review_address(review)).content.decode()
    assert 'name="decision"' not in text
    assert client.post(review_address(review), {"decision": "approve"}).status_code == 403
    assert not office.now().live


def test_differences_name_the_fields_that_changed(client, office):
    review = office.submitted()
    signed_in(client, office.second.user)
    client.post(review_address(review), {"decision": "approve"})
    office.edit(office.author, where="1 至 3 号楼")
    again = office.submitted()
    text = client.get(review_address(again)).content.decode()
    assert "1 至 3 号楼" in text
    assert office.notice.lead not in text


def test_sending_back_without_a_reason_keeps_the_page_open(client, office):
    review = office.submitted()
    signed_in(client, office.second.user)
    answer = client.post(review_address(review), {"decision": "send_back", "reason": "  "})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert client.post(review_address(review), {"decision": "burn"}).status_code == 422
    assert client.post(review_address(review), {"decision": "send_back", "reason": "哪几栋？"}).status_code == 302
    assert Event.objects.get(verb="page.send_back").reason == "哪几栋？"


def test_a_refusal_keeps_what_was_typed(client, office):
    review = office.submitted()
    office.edit(office.officer, lead="后来改的")
    signed_in(client, office.second.user)
    answer = client.post(review_address(review), {"decision": "approve", "reason": "写得很好"})
    assert answer.status_code == 409
    assert "写得很好" in answer.content.decode()


@pytest.mark.parametrize("who", ["neighbour", "superuser", "committee"])
def test_a_review_does_not_open_for_strangers(client, office, who):
    review = office.submitted()
    if who == "neighbour":
        person = units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)
    elif who == "committee":
        person = units.holder(units.Post.COMMITTEE_MEMBER, office.page.unit)
    else:
        person = units.member(unit=office.page.unit)
        person.user.is_superuser = True
        person.user.save()
    signed_in(client, person.user)
    assert client.get(review_address(review)).status_code in {302, 404}
    assert client.post(review_address(review), {"decision": "approve"}).status_code in {302, 404}
    assert not office.now().live


def test_a_supervisor_reads_a_review_and_decides_nothing(client, office):
    review = office.submitted()
    supervisor = units.holder(units.Post.STREET_SUPERVISOR, office.page.unit.get_parent())
    signed_in(client, supervisor.user)
    assert client.get(review_address(review)).status_code == 200
    assert client.post(review_address(review), {"decision": "approve"}).status_code == 403


def test_an_unknown_review_is_not_found(client, office):
    signed_in(client, office.second.user)
    assert client.get(reverse("page_review", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("who", ["author", "second"])
def test_the_editor_is_locked_while_somebody_looks_it_over(client, office, who):
    review = office.submitted()
    signed_in(client, getattr(office, who).user)
    values = new_notice(title="偷偷改过", slug=office.notice.slug)
    client.post(edit_address(office.notice), values)
    assert office.now().latest_revision_id == review.revision_id


def test_editing_and_approving_in_one_post_does_neither(client, office):
    review = office.submitted()
    signed_in(client, office.second.user)
    values = new_notice(title="偷偷改过", slug=office.notice.slug)
    values |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    client.post(edit_address(office.notice), values)
    page = office.now()
    assert page.latest_revision_id == review.revision_id
    assert not page.live


def test_a_review_elsewhere_is_not_decided_under_an_address_of_ones_own(client, office):
    """Two ids: a page that I may review first, the task state of a neighbour's second; and both mine."""
    elsewhere = Office()
    foreign = elsewhere.submitted()
    own = office.submitted()
    signed_in(client, office.second.user)
    for review in (foreign, own):
        for name in ("workflow_action", "collect_workflow_action_data"):
            for action in ("approve", "reject"):
                address = reverse(f"wagtailadmin_pages:{name}", args=[office.notice.pk, action, review.pk])
                assert client.post(address, {"comment": "因为"}).status_code < 500
    assert not elsewhere.now().live
    assert not office.now().live
    assert SecondPersonReview.objects.filter(status="in_progress").count() == 2


def test_the_author_takes_it_back_and_goes_on_writing(client, office):
    office.submitted()
    signed_in(client, office.author.user)
    values = new_notice(title="周三停水", slug=office.notice.slug, lead="改好了", **{"action-cancel-workflow": "1"})
    client.post(edit_address(office.notice), values)
    client.post(edit_address(office.notice), new_notice(title="周三停水", slug=office.notice.slug, lead="改好了"))
    page = NoticePage.objects.get(pk=office.notice.pk).get_latest_revision_as_object()
    assert page.lead == "改好了"
    assert not office.now().live


def test_an_administrator_withdraws_a_page(client, office):
    page = make.notice(office.page)
    address = reverse("page_withdraw", args=[page.translation_key])
    for person in (office.second, office.officer, units.holder(units.Post.ADMINISTRATOR, make.community().unit)):
        signed_in(client, person.user)
        assert client.post(address, {"reason": "错了"}).status_code == 404
    signed_in(client, office.administrator.user)
    assert address in client.get(edit_address(page)).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "日期写错"}).status_code == 302
    client.logout()
    assert "日期写错" in client.get(page.url).content.decode()


def test_an_administrator_opens_the_page_of_a_community(client, office):
    street = office.page.unit.get_parent()
    new = units.community(parent=street, name="新开社区", prefix="CC")
    foreign = units.community(name="别处社区", prefix="DD")
    signed_in(client, units.holder(units.Post.ADMINISTRATOR, street).user)
    text = client.get(reverse("page_open")).content.decode()
    assert "新开社区" in text
    assert "别处社区" not in text
    client.post(reverse("page_open"), {"unit": foreign.pk})
    assert client.post(reverse("page_open"), {"unit": new.pk}).status_code == 302
    client.logout()
    assert "新开社区" not in client.get("/").content.decode()
    review = SecondPersonReview.objects.get(status="in_progress")
    signed_in(client, units.holder(units.Post.EDITOR, new).user)
    client.post(reverse("page_review", args=[review.reference]), {"decision": "approve"})
    client.logout()
    front = client.get("/").content.decode()
    assert "新开社区" in front
    assert "别处社区" not in front
    address = review.page.url
    assert [client.get(address + part).status_code for part in ("", "notices/", "services/", "projects/")] == [200] * 4
    signed_in(client, office.second.user)
    assert client.get(reverse("page_open")).status_code == 404
