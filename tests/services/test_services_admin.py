"""A service goes to a second person with all five answers or not at all; a draft may have gaps."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from community.models import User
from community.refusals import ActionRefused
from home.actions.publishing import approve_review, submit_for_review
from home.models import SecondPersonReview
from services.forms import MISSING
from services.models import ServiceMenuPage, ServicePage
from services.pages import FIVE_QUESTIONS
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db


class Office:
    def __init__(self):
        self.page = make.community()
        self.editor = units.holder(units.Post.EDITOR, self.page.unit)
        self.second = units.holder(units.Post.EDITOR, self.page.unit)
        self.menu = make.section(self.page, ServiceMenuPage)

    def add_address(self):
        return reverse("wagtailadmin_pages:add", args=["services", "servicepage", self.menu.pk])


@world
def office():
    return Office()


def typed(**changes) -> dict:
    """What the editor of a service posts."""
    values = {
        "title": "开居住证明", "slug": "", "lead": "当场开。", "category": "papers", "audience": "everyone",
        "who": "住在这里的人", "bring": "身份证\n租房合同", "duration": "十分钟", "cost": "免费", "where": "服务大厅",
        "accept_within": "", "accept_unit": "working_hours", "done_within": "3", "done_unit": "working_days",
        "responsible": "窗口", "phone": "", "search_description": "", "share_image": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    for stream in ("steps", "asked", "body"):
        values[f"{stream}-count"] = "0"
    return {**values, **changes}


def post(client, office, **changes):
    client.force_login(User.objects.get(pk=office.editor.user_id))
    return client.post(office.add_address(), typed(**changes))


def test_with_all_five_it_goes_to_a_second_person(client, office):
    answer = post(client, office, **{"action-submit": "1"})
    assert answer.status_code == 302
    review = SecondPersonReview.objects.get()
    approve_review(units.context(office.second), review=review)
    page = ServicePage.objects.get(title="开居住证明")
    assert page.live
    assert page.things_to_bring == ["身份证", "租房合同"]


@pytest.mark.parametrize("name", FIVE_QUESTIONS)
def test_one_gap_keeps_it_back_with_a_sentence_beside_the_field(client, office, name):
    answer = post(client, office, **{name: "  ", "action-submit": "1"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert answer.context["form"].errors.keys() == {name}
    with translation.override("zh-hans"):
        assert escape(str(MISSING[name])) in text
    assert "开居住证明" in text, "what was typed is kept"
    assert not ServicePage.objects.exists()


def test_a_draft_may_have_gaps_and_they_are_said_when_it_is_handed_in(client, office):
    assert post(client, office, who="", cost="").status_code == 302
    page = ServicePage.objects.get()
    with pytest.raises(ActionRefused) as refused:
        submit_for_review(units.context(office.editor), page=page)
    for name in ("who", "cost"):
        assert str(ServicePage._meta.get_field(name).verbose_name) in str(refused.value)
    assert not SecondPersonReview.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"accept_within": "0"}, "accept_within"),
        ({"accept_within": "-1"}, "accept_within"),
        ({"accept_within": "41"}, "accept_within"),
        ({"done_within": "181"}, "done_within"),
        ({"done_within": "1.5"}, "done_within"),
        ({"done_within": "三"}, "done_within"),
        ({"done_unit": "weeks"}, "done_unit"),
        ({"accept_within": "30", "done_within": "3"}, "accept_within"),
        ({"phone": "13800138000"}, "phone"),
        ({"phone": "问网格员"}, "phone"),
        ({"where": "打 13800138000"}, "where"),
        ({"bring": "\n".join("证件" for _ in range(13))}, "bring"),
        ({"bring": "很" * 61}, "bring"),
        ({"audience": "dogs"}, "audience"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, office, changes, field):
    answer = post(client, office, **{"action-submit": "1", **changes})
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert not ServicePage.objects.exists()


def test_no_way_round_publishes_a_gap(office):
    page = make.service(office.page, live=False)
    page.who = ""
    with pytest.raises(ValidationError):
        page.save_revision(clean=False).publish(skip_permission_checks=True)


def test_the_database_refuses_a_promise_out_of_range(office):
    page = make.service(office.page)
    for amount in (0, 181):
        page.done_within = amount
        with pytest.raises(IntegrityError), transaction.atomic():
            page.save(clean=False)
