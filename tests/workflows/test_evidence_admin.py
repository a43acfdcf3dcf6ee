"""Evidence, money, rota and policies through the staff's forms: uploads, figures, and what is wrong with them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.factories import community as make
from tests.factories import renovation as build
from tests.worlds import world
from workflows.actions.requests import change_request
from workflows.admin.sheets import vote_sheet
from workflows.admin.views import address_of
from workflows.models import ApprovalPolicy, DutyDay, OwnersVote, Pledge, Resolution

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, here):
    client.force_login(here.officer.user)
    return here.officer


@world
def deciding(here):
    return build.joint_decision(here)


def day(offset: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=offset)).isoformat()


def vote(**changes):
    return {
        "matter": "rebuilding", "scope": "estate", "scope_name": "科苑小区", "opened_on": day(-9), "closed_on": day(-2),
        "owners_total": "90", "area_total": "8950.50", "owners_taking_part": "60", "area_taking_part": "5967",
        "owners_agreeing": "45", "area_agreeing": "4475.24", "paper": build.picture(), **changes,
    }  # fmt: skip


def test_floor_area_is_typed_in_square_metres_and_kept_in_hundredths(client, staff, deciding):
    assert client.post(address_of(deciding, "enter", "ownersvote"), vote()).status_code == 302
    kept = OwnersVote.objects.get()
    assert (kept.area_total_centi, kept.area_taking_part_centi, kept.area_agreeing_centi) == (895050, 596700, 447524)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("area_total", "约九千"), ("area_total", "8950.505"), ("area_total", "-1"), ("area_total", "1e9"),
        ("area_total", "NaN"), ("area_total", "99999999999999"), ("owners_total", "九十"), ("owners_total", "-3"),
        ("owners_total", "9" * 30), ("closed_on", "昨天"), ("matter", "magic"), ("scope_name", ""),
    ],
)  # fmt: skip
def test_a_figure_that_is_none_gets_a_sentence_and_the_rest_is_kept(client, staff, deciding, field, typed):
    response = client.post(address_of(deciding, "enter", "ownersvote"), vote(**{field: typed}))
    assert response.status_code == 200
    assert response.context["form"].errors[field]
    shown = response.content.decode()
    assert "5967" in shown and (typed in shown or field == "matter")
    assert not OwnersVote.objects.exists()


def test_figures_that_contradict_each_other_are_refused_in_words(client, staff, deciding):
    response = client.post(address_of(deciding, "enter", "ownersvote"), vote(owners_agreeing="70"))
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not OwnersVote.objects.exists()


UPLOADS = {
    "nothing": None,
    "empty": SimpleUploadedFile("a.jpg", b"", "image/jpeg"),
    "broken": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 broken", "image/jpeg"),
    "a page called photo": SimpleUploadedFile("a.jpg", b"<html><script>1</script></html>", "image/jpeg"),
    "a program called PDF": SimpleUploadedFile("a.pdf", b"MZ\x90\x00", "application/pdf"),
    "a PDF cut short": SimpleUploadedFile("a.pdf", b"%PDF-1.7 and no end", "application/pdf"),
    "too large": SimpleUploadedFile("a.jpg", b"\xff" * (10 * 1024 * 1024 + 1), "image/jpeg"),
}


@pytest.mark.parametrize("what", UPLOADS)
def test_a_paper_that_is_none_gets_a_sentence_beside_its_field(client, staff, deciding, what):
    data = {name: value for name, value in vote(paper=UPLOADS[what]).items() if value is not None}
    if UPLOADS[what] is not None:
        UPLOADS[what].seek(0)
    response = client.post(address_of(deciding, "enter", "ownersvote"), data)
    assert response.status_code == 200
    assert response.context["form"].errors["paper"]
    assert "科苑小区" in response.content.decode()
    assert not OwnersVote.objects.exists()


def test_a_photo_whose_name_says_something_else_is_refused(client, staff, deciding):
    photo = build.picture()
    mislabelled = SimpleUploadedFile("a.pdf", photo.read(), "application/pdf")
    response = client.post(address_of(deciding, "enter", "ownersvote"), vote(paper=mislabelled))
    assert response.context["form"].errors["paper"]


def test_a_paper_may_be_a_pdf(client, staff, deciding):
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n1 0 obj\n%%EOF\n", "application/pdf")
    assert client.post(address_of(deciding, "enter", "ownersvote"), vote(paper=paper)).status_code == 302
    assert OwnersVote.objects.get().paper.file.name.endswith(".pdf")


def test_the_sum_sheet_shows_each_ratio_its_threshold_and_the_rule(client, staff, deciding):
    client.post(address_of(deciding, "enter", "ownersvote"), vote())
    kept = OwnersVote.objects.get()
    shown = client.get(address_of(deciding, "evidence", "ownersvote", kept.reference)).content.decode()
    for text in (
        "60 / 90",
        "66.66%",
        "2/3",
        "3/4",
        "75.00%",
        "74.99%",
        "CN-CC-278/2021-01-01",
        "5,967.00 m² / 8,950.50 m²",
    ):
        assert text in shown, text
    sheet = vote_sheet(kept)
    # Two thirds are reached exactly (3 × 596700 = 2 × 895050), three quarters of the area missed by 0.01 m².
    assert [ratio.passed for ratio in sheet["ratios"]] == [True, True, True, False]
    assert not sheet["verdict"].passed


def test_evidence_of_another_stage_is_refused(client, staff, deciding):
    data = {"held_on": day(), "asked": "9", "satisfied": "9", "fair": "0", "unsatisfied": "0", "committee_score": "90",
            "paper": build.picture()}  # fmt: skip
    response = client.post(address_of(deciding, "enter", "evaluation"), data)
    assert response.status_code == 422 and response.context["form"].non_field_errors()


def test_partners_of_the_neighbours_are_not_offered(client, staff, here):
    row, foreign = build.co_construction(here), build.neighbourhood(prefix="PA").partner
    response = client.post(
        address_of(row, "enter", "partnercommitment"),
        {"partner": foreign.pk, "brings": "水管", "paper": build.picture()},
    )
    assert response.context["form"].errors["partner"]


def test_what_was_entered_is_withdrawn_with_a_reason_and_stays_readable(client, staff, here, deciding):
    build.resolved(here, deciding)
    piece = Resolution.objects.get()
    url = address_of(deciding, "withdraw", "resolution", piece.reference)
    assert client.post(url, {"reason": " "}).context["form"].errors["reason"]
    assert client.post(url, {"reason": "人数录错"}).status_code == 302
    piece.refresh_from_db()
    assert piece.status == "withdrawn"
    assert client.post(url, {"reason": "再来一次"}).status_code == 409
    assert client.get(address_of(deciding, "evidence", "resolution", piece.reference)).status_code == 200


def test_evidence_from_before_a_change_of_substance_is_marked(client, staff, here, deciding):
    build.resolved(here, deciding)
    change_request(make.context(here.officer), request=deciding, read_version=1, values={"budget": 300000})
    pieces = [
        piece for section in client.get(address_of(deciding)).context["sections"] for kind in section.kinds
        for piece in kind.pieces
    ]  # fmt: skip
    assert len(pieces) == 3 and all(piece.is_outdated for piece in pieces)


@pytest.mark.parametrize("typed", ["二十万", "0", "-5", "1.005", "1e40", ""])
def test_an_amount_that_is_none_is_refused(client, staff, here, typed):
    row = build.co_construction(here)
    data = {"source": "unit", "label": "研究所", "amount": typed, "pledged_on": day(), "paper": build.picture()}
    response = client.post(address_of(row, "pledge"), data)
    assert response.context["form"].errors["amount"]
    assert "研究所" in response.content.decode()
    assert not Pledge.objects.exists()


def test_who_entered_a_pledge_does_not_confirm_it(client, staff, here):
    row = build.co_construction(here)
    data = {"source": "unit", "label": "研究所", "amount": "100", "pledged_on": day(), "paper": build.picture()}
    assert client.post(address_of(row, "pledge"), data).status_code == 302
    url = address_of(row, "pledge_confirm", Pledge.objects.get().reference)
    assert url not in client.get(address_of(row)).content.decode()
    assert client.post(url, {}).status_code == 422
    client.force_login(here.secretary.user)
    assert url in client.get(address_of(row)).content.decode()
    assert client.post(url, {}).status_code == 302


@pytest.mark.parametrize(("first", "last"), [(3, 1), (0, 80)])
def test_a_range_of_days_that_cannot_be_is_refused(client, staff, here, first, last):
    row = build.co_construction(here)
    data = {"first": day(first), "last": day(last), "members": [here.group_member.pk]}
    assert client.post(address_of(row, "plan"), data).context["form"].errors["last"]
    assert not DutyDay.objects.exists()


def test_members_of_the_neighbours_stand_on_no_rota_here(client, staff, here):
    row, stranger = build.co_construction(here), build.neighbourhood(prefix="PA").group_member
    response = client.post(address_of(row, "plan"), {"first": day(), "last": day(), "members": [stranger.pk]})
    assert response.context["form"].errors["members"]


@pytest.fixture
def administrator(client, here):
    client.force_login(make.holder(make.Post.ADMINISTRATOR, here.community).user)


def test_who_runs_requests_does_not_set_who_approves_them(client, staff, here):
    data = {"unit": here.community.pk, "name": "一级审批", "publicity_days": "7",
            **steps(("community", ["committee_member"], "2", "2"))}  # fmt: skip
    assert client.post(reverse("policies:add"), data).status_code == 403
    assert ApprovalPolicy.objects.count() == 1


def steps(*given):
    data = {"steps-TOTAL_FORMS": "4", "steps-INITIAL_FORMS": "0"}
    for number, (kind, posts, taking_part, approvals) in enumerate(given):
        data |= {
            f"steps-{number}-unit_kind": kind, f"steps-{number}-posts": posts, f"steps-{number}-days": "7",
            f"steps-{number}-min_taking_part": taking_part, f"steps-{number}-min_approvals": approvals,
        }  # fmt: skip
    return data


def test_a_policy_changes_by_a_new_version(client, administrator, here):
    data = {"unit": here.community.pk, "name": "一级审批", "publicity_days": "7", "reason": "简化",
            **steps(("community", ["committee_member"], "3", "2"))}  # fmt: skip
    response = client.post(reverse("policies:add"), data)
    assert response.status_code == 302
    newest = ApprovalPolicy.objects.newest().get(unit=here.community)
    assert (newest.version, newest.steps.count()) == (2, 1)
    shown = client.get(response["Location"]).content.decode()
    assert "一级审批 v2" in shown and "两级审批 v1" in shown
    assert [row.version for row in client.get(reverse("policies:index")).context["object_list"]] == [2]
    again = client.get(reverse("policies:add"), {"unit": here.community.code}).content.decode()
    assert "一级审批" in again


@pytest.mark.parametrize(
    "given",
    [
        (),
        (("community", ["committee_member"], "3", "1"),),
        (("community", ["committee_member"], "1", "2"),),
        (("community", ["officer"], "3", "2"),),
        (("galaxy", ["committee_member"], "3", "2"),),
        (("community", ["committee_member"], "x", "2"),),
    ],
)
def test_a_policy_that_one_person_could_decide_is_refused_and_kept_on_the_page(client, administrator, here, given):
    data = {"unit": here.community.pk, "name": "一人审批", "publicity_days": "7", **steps(*given)}
    response = client.post(reverse("policies:add"), data)
    assert response.status_code == 200
    assert "一人审批" in response.content.decode()
    assert ApprovalPolicy.objects.count() == 1


def test_a_supervisor_of_the_street_reads_and_writes_nothing(client, here, deciding):
    street = here.community.get_parent()
    client.force_login(make.holder(make.Post.STREET_SUPERVISOR, street).user)
    shown = client.get(address_of(deciding))
    assert shown.status_code == 200 and shown.context["buttons"] == []
    assert "/do/" not in shown.content.decode() and "/new/" not in shown.content.decode()
    assert shown.context["next_gate"][1]


def test_committees_are_asked_from_the_page_and_their_seats_are_shown(client, staff, here, deciding):
    asked = client.post(address_of(deciding, "round"), {"question": "同意吗？"})
    assert asked.status_code == 302
    round_ = client.get(address_of(deciding)).context["approvals"][0]
    build.decide_as(here.grid_committee[0], round_, "disagree", "预算偏高")
    shown = client.get(address_of(deciding)).content.decode()
    assert "预算偏高" in shown and here.grid_committee[1].name in shown
    again = client.post(address_of(deciding, "round"), {"question": "同意吗？"})
    assert again.status_code == 409
