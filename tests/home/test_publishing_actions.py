"""Nobody publishes their own text: reviews, refusals, what is recorded."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import WorkflowState

from community.models import Event, User
from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from home.actions.publishing import approve_review, send_back, submit_for_review, withdraw_page
from home.models import NoticePage
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db


class Office:
    """A community with two editors, an officer and an administrator, and a draft of the first editor's."""

    def __init__(self):
        self.page = make.community()
        self.author = units.holder(units.Post.EDITOR, self.page.unit)
        self.second = units.holder(units.Post.EDITOR, self.page.unit)
        self.officer = units.holder(units.Post.OFFICER, self.page.unit)
        self.administrator = units.holder(units.Post.ADMINISTRATOR, self.page.unit)
        self.notice = make.notice(self.page, live=False, user=self.author.user, title="周三停水")

    def submitted(self, note="时间写错了，已改正。"):
        """Handed in by the author; the note counts once readers have seen the page."""
        return submit_for_review(units.context(self.author), page=self.notice, note=note)

    def published(self):
        """Written by the author, published by the second editor."""
        approve(self.second, self.submitted())
        return self.now()

    def edit(self, person, **values):
        page = NoticePage.objects.get(pk=self.notice.pk).get_latest_revision_as_object()
        for name, value in values.items():
            setattr(page, name, value)
        return page.save_revision(user=person.user)

    def now(self):
        return NoticePage.objects.get(pk=self.notice.pk)


@world
def office():
    return Office()


def approve(person, review):
    return approve_review(units.context(person), review=review)


def test_a_second_person_publishes(office):
    review = office.submitted()
    event = approve(office.second, review)
    assert office.now().live
    assert office.now().live_revision_id == review.revision_id
    assert event.verb == "page.publish"
    assert event.unit == office.page.unit
    assert event.actor == office.second.user
    notes = json.loads(event.body)["notes"]
    assert notes["page"] == str(office.notice.translation_key)
    assert notes["revision"] == review.revision_id
    assert notes["authors"] == [office.author.user_id]
    assert len(notes["content_sha256"]) == 64


def test_staff_may_be_the_second_person(office):
    approve(office.officer, office.submitted())
    assert office.now().live


def test_the_author_does_not_publish_their_own_text(office):
    with pytest.raises(NotAllowed):
        approve(office.author, office.submitted())
    assert not office.now().live
    assert not Event.objects.filter(verb="page.publish").exists()


def test_whoever_changed_a_word_since_the_last_publication_is_an_author(office):
    office.edit(office.second, lead="改了一个字")
    review = office.submitted()
    with pytest.raises(NotAllowed):
        approve(office.second, review)
    approve(office.officer, review)
    assert office.now().lead == "改了一个字"


def test_authors_of_what_is_published_may_review_what_comes_after(office):
    approve(office.second, office.submitted())
    office.edit(office.second, lead="第二版")
    review = submit_for_review(units.context(office.second), page=office.now(), note="补充了时间")
    approve(office.author, review)
    assert office.now().lead == "第二版"


@pytest.mark.parametrize("post", [units.Post.ADMINISTRATOR, units.Post.COMMITTEE_MEMBER, units.Post.STREET_SUPERVISOR])
def test_other_roles_do_not_publish(office, post):
    with pytest.raises(NotAllowed):
        approve(units.holder(post, office.page.unit), office.submitted())


def test_a_superuser_and_a_neighbour_do_not_publish(office):
    review = office.submitted()
    neighbour = units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)
    stranger = units.member(unit=office.page.unit)
    stranger.user.is_superuser = True
    stranger.user.save()
    for person in (neighbour, stranger):
        for act in (approve_review, send_back):
            with pytest.raises(NotAllowed):
                act(units.context(person, "因为"), review=review)
    assert not office.now().live


def test_a_review_whose_text_has_changed_is_not_published(office):
    review = office.submitted()
    office.edit(office.officer, lead="后来改的")
    with pytest.raises(Conflict):
        approve(office.second, review)
    assert not office.now().live


def test_a_review_ends_once(office):
    review = office.submitted()
    approve(office.second, review)
    with pytest.raises(Conflict):
        approve(office.officer, review)
    assert Event.objects.filter(verb="page.publish").count() == 1


def test_sent_back_with_a_reason_and_submitted_again(office):
    review = office.submitted()
    with pytest.raises(ActionRefused):
        send_back(units.context(office.second), review=review)
    event = send_back(units.context(office.second, "写清楚是哪几栋楼"), review=review)
    assert (event.verb, event.reason) == ("page.send_back", "写清楚是哪几栋楼")
    assert office.now().current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    office.edit(office.author, where="1 至 3 号楼")
    approve(office.second, office.submitted())
    assert office.now().where == "1 至 3 号楼"


def test_a_page_under_review_is_not_submitted_again(office):
    office.submitted()
    with pytest.raises(ActionRefused):
        office.submitted()


def test_an_administrator_withdraws_with_a_reason(office):
    approve(office.second, office.submitted())
    for person, reason in ((office.second, "错了"), (office.administrator, " ")):
        with pytest.raises(ActionRefused):
            withdraw_page(units.context(person, reason), page=office.now())
    event = withdraw_page(units.context(office.administrator, "日期写错"), page=office.now())
    assert not office.now().live
    assert (event.verb, event.reason) == ("page.withdraw", "日期写错")


def test_the_page_of_a_place_is_not_withdrawn(office):
    with pytest.raises(ActionRefused):
        withdraw_page(units.context(office.administrator, "因为"), page=office.page)


def test_a_reviewer_whose_appointment_has_ended_does_not_publish(office):
    review = office.submitted()
    former = units.holder(units.Post.EDITOR, office.page.unit, ends_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        approve(former, review)


def test_wagtails_own_action_asks_the_same_questions(office):
    """Whatever calls the task, the page is the one of the task state, and the person must be a second one."""
    review = office.submitted()
    with pytest.raises(NotAllowed):
        review.task.specific.on_action(review, office.author.user, "approve")
    neighbour = units.holder(units.Post.EDITOR, make.community(prefix="BB").unit)
    with pytest.raises(NotAllowed):
        review.task.specific.on_action(review, neighbour.user, "approve")
    review.task.specific.on_action(review, User.objects.get(pk=office.second.user_id), "approve")
    assert office.now().live


def test_the_system_does_not_approve(office):
    with pytest.raises(NotAllowed):
        approve_review(Context(), review=office.submitted())


def test_whose_version_is_brought_back_is_an_author_again(office):
    old = office.now().get_latest_revision()
    office.edit(office.second, lead="另一种说法")
    approve(office.officer, office.submitted())
    third = units.holder(units.Post.EDITOR, office.page.unit)
    back = old.as_object()
    back.save_revision(user=third.user, previous_revision=old, log_action=True)
    review = office.submitted()
    for person in (office.author, third):
        with pytest.raises(NotAllowed):
            approve(person, review)
    approve(office.second, review)
