"""Who may do what: the lists, what a role allows, and going through them once a quarter."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.permissions import policy_registry

from community.actions.people import appoint, end_appointment, register_member
from community.actions.rights import Answer, review_rights
from community.models import Appointment, Event, Notification, RightsAnswer, RightsReview, User
from community.notifications.overdue_rights import tell_of_overdue
from community.policies import ScopedPolicy
from community.refusals import ActionRefused, Conflict
from community.rights import holdings, list_digest, nodes_below
from community.role_words import ACTION_WORDS, rights_of, sentences
from community.roles import Post, Role
from community.rules.rights import first_day, quarter_of
from home.admin.waiting import DUE, rows_of
from tests.factories import community as make
from tests.worlds import world
from workflows.role_words import words_of
from workflows.rules.renovation import ROLES_FOR

from .test_two_ids_permissions import body_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

POSTS = {
    "editor": Post.EDITOR, "staff": Post.OFFICER, "supervisor": Post.STREET_SUPERVISOR,
    "administrator": Post.ADMINISTRATOR, "committee": Post.COMMITTEE_MEMBER, "grid_worker": Post.GRID_WORKER,
    "serving": Post.VOLUNTEER,
}  # fmt: skip


def today():
    return timezone.localdate()


def in_days(number):
    return today() + timedelta(days=number)


@world
def place():
    return make.community(name="科苑社区")


@world
def neighbour(place):
    return make.community(parent=place.get_parent(), name="邻社区")


@world
def people(place, neighbour):
    """An administrator, an officer, a grid worker below, a volunteer without an account; one next door."""
    grid = make.unit(parent=place, name="一网格")
    found = {
        "administrator": make.holder(Post.ADMINISTRATOR, place, name="钱管理"),
        "officer": make.holder(Post.OFFICER, place, name="王干事"),
        "grid_worker": make.holder(Post.GRID_WORKER, grid, name="周敏"),
        "volunteer": register_member(make.SYSTEM, unit=place, name="吴芳"),
        "stranger": make.holder(Post.OFFICER, neighbour, name="邻王"),
    }
    appoint(make.SYSTEM, member=found["volunteer"], unit=place, post="volunteer", starts_on=make.LONG_AGO,
            ends_on=in_days(10))  # fmt: skip
    return found


def of(unit, name="rights_of"):
    return reverse(name, args=[unit.code])


def sign_in(client, member):
    client.force_login(User.objects.get(pk=member.user_id))
    return client


def soup(response):
    return BeautifulSoup(response.content, "html.parser")


def answers(page, choice="keep", **others) -> dict:
    """What a browser sends: the hidden fields, and an answer for every row (others by the name of the person)."""
    form = soup(page).select_one("main form[method=post]")
    sent = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    for row in form.select("li.rights-row"):
        if select := row.select_one("select"):
            sent[select["name"]] = others.get(row.strong.get_text(strip=True), choice)
            sent[row.select_one("input[type=text]")["name"]] = ""
    return sent


def said(member):
    return RightsAnswer.objects.get(appointment__member=member)


# Who sees it


@pytest.mark.parametrize("role", [*POSTS, "superuser"])
@pytest.mark.parametrize("whose", ["own", "neighbour"])
def test_role_by_place(client, place, neighbour, role, whose):
    unit = place if whose == "own" else neighbour
    person = make.member(unit=place) if role == "superuser" else make.holder(POSTS[role], place)
    if role == "superuser":
        User.objects.filter(pk=person.user_id).update(is_superuser=True)
    sign_in(client, person)
    in_admin = role in ("editor", "staff", "supervisor", "administrator", "superuser")
    reads, goes_through = role in ("staff", "supervisor", "administrator"), role in ("staff", "administrator")
    expected = {"rights": 302, "rights_of": 302, "rights_review": 302}
    if in_admin:
        seen = 200 if reads and whose == "own" else 404
        review = seen if seen == 404 or goes_through else 403
        expected = {"rights": 200 if reads else 403, "rights_of": seen, "rights_review": review}
    addresses = {"rights": reverse("rights"), "rights_of": of(unit), "rights_review": of(unit, "rights_review")}
    assert {name: client.get(url).status_code for name, url in addresses.items()} == expected
    posted = client.post(addresses["rights_review"], {}).status_code
    assert posted == (409 if expected["rights_review"] == 200 else expected["rights_review"])
    assert not RightsReview.objects.exists()


def test_a_grid_has_no_list_of_its_own(client, place, people):
    grid = people["grid_worker"].unit
    assert sign_in(client, people["officer"]).get(of(grid)).status_code == 404
    officer = make.holder(Post.OFFICER, grid)
    page = sign_in(client, officer).get(reverse("rights")).content.decode()
    assert "一网格" not in page and "科苑社区" not in page


def test_from_above_every_list_once(client, place, neighbour, people):
    street = place.get_parent()
    above = make.holder(Post.ADMINISTRATOR, street)
    page = soup(sign_in(client, above).get(reverse("rights"))).select("main tbody tr")
    assert [row.th.get_text(strip=True) for row in page] == [street.name, "科苑社区", "邻社区"]
    assert [int(row.td.get_text()) for row in page] == [1, 4, 1]
    assert "周敏" not in client.get(of(street)).content.decode()


# The list


def test_the_list_says_who_holds_what_and_what_it_allows(client, place, people):
    User.objects.filter(pk=people["officer"].user_id).update(last_login=timezone.now())
    page = sign_in(client, people["officer"]).get(of(place)).content.decode()
    for words in (
        "周敏",
        "一网格",
        "吴芳",
        in_days(10).isoformat(),
        "社区工作人员",
        today().isoformat(),
        "未启用",
        "已开通",
    ):
        assert words in page
    assert "邻王" not in page
    assert "党员：查看、添加、修改" in page and "改造申请：" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("role=grid_worker", {"周敏"}),
        ("only=ends_soon", {"吴芳"}),
        ("only=no_account", {"吴芳"}),
        ("only=silent", {"钱管理", "周敏"}),
        ("role=nonsense&only=nonsense", {"钱管理", "王干事", "周敏", "吴芳"}),
    ],
)
def test_filters(client, place, people, query, expected):
    User.objects.filter(pk=people["officer"].user_id).update(last_login=timezone.now() - timedelta(days=89))
    User.objects.filter(pk=people["grid_worker"].user_id).update(last_login=timezone.now() - timedelta(days=91))
    response = sign_in(client, people["officer"]).get(f"{of(place)}?{query}")
    assert {row.th.get_text(strip=True) for row in soup(response).select("main tbody tr")} == expected


@pytest.mark.parametrize("export", ["csv", "xlsx"])
def test_as_a_table_for_office_programs(client, place, people, export):
    make.holder(Post.VOLUNTEER, place, name="=1+1")
    response = sign_in(client, people["officer"]).get(f"{of(place)}?export={export}&role=serving")
    text = body_of(response)
    assert "吴芳" in text and "志愿者" in text and "周敏" not in text and "邻王" not in text
    assert ("'=1+1" if export == "csv" else "=1+1") in text


@pytest.mark.parametrize("further", [0, 12])
def test_the_screens_cost_the_same_for_many_people(client, place, people, further):
    for _number in range(further):
        make.holder(Post.VOLUNTEER, place)
    sign_in(client, people["officer"])
    most = {reverse("rights"): 26, of(place): 24, of(place, "rights_review"): 24}
    client.get(reverse("rights"))
    for url, number in most.items():
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        assert len(found) <= number, (url, len(found))


# What a role may do, from the tables that grant it


def test_every_right_of_every_policy_has_words():
    policies = {*policy_registry.values_by_class.values(), *policy_registry.values_by_exact_class.values()}
    scoped = [one for one in policies if isinstance(one, ScopedPolicy)]
    plain = [one for one in scoped if one.model.__name__ != "RenovationRequest"]
    assert {action for one in plain for action in one.actions} <= ACTION_WORDS.keys()
    short = [name.removeprefix("renovation.") for name in ROLES_FOR]
    assert [name for name in short if words_of(name) == name] == []


@pytest.mark.parametrize("role", list(Role))
def test_the_sentences_say_what_the_tables_grant_and_nothing_else(role):
    with translation.override("en"):
        told = rights_of(role)
        for one in {*policy_registry.values_by_class.values()}:
            if isinstance(one, ScopedPolicy) and one.model.__name__ != "RenovationRequest":
                kind = str(one.model._meta.verbose_name_plural)
                granted = [str(ACTION_WORDS[action]) for action, roles in one.actions.items() if role in roles]
                assert told.get(kind, []) == granted
        table = {str(words_of(name.removeprefix("renovation."))) for name, roles in ROLES_FOR.items() if role in roles}
        assert table <= {*told.get("Renovation requests", [])}
        assert len(told.get("Renovation requests", [])) - len(table) in (0, 1)
        assert bool(sentences(role))


def test_who_appoints_to_what_stands_there():
    with translation.override("en"):
        staff, administrator = rights_of(Role.STAFF), rights_of(Role.ADMINISTRATOR)
    posts = staff["Appoint to posts and end them"]
    assert "System administrator" not in posts and "Volunteer" in posts
    assert "System administrator" in administrator["Appoint to posts and end them"]


# Going through it


def test_a_quarter_is_gone_through_by_two(client, place, people):
    """From the list to the confirmation; ends what is to end; the reviewer's own row waits for somebody else."""
    sign_in(client, people["officer"])
    review = of(place, "rights_review")
    page = client.get(review)
    assert "您自己的任职" in page.content.decode()
    sent = answers(page, 周敏="end", 吴芳="note")
    note = next(name for name in sent if name == f"note_{people['volunteer'].appointments.get().reference}")
    response = client.post(review, {**sent, note: "改为楼栋长", "reason": "第四季度核对"}, follow=True)
    text = response.content.decode()
    assert "保留 1 项，结束 1 项，注明改动 1 项" in text and "留给别人核对" in text
    done = RightsReview.objects.get()
    assert (done.kept, done.ended, done.noted, done.left_open, done.listed) == (1, 1, 1, 1, 4)
    assert done.quarter == quarter_of(today()) and done.reviewer == people["officer"]
    ended = people["grid_worker"].appointments.get()
    assert ended.ends_on == today() and ended.history.latest("history_id").event_id == done.event_id
    assert said(people["volunteer"]).note == "改为楼栋长"
    event = Event.objects.get(verb="rights.review")
    notes = json.loads(event.body)["notes"]
    assert notes == {"unit": place.code, "quarter": done.quarter, "digest": done.digest, "listed": 4, "kept": 1,
                     "ended": 1, "noted": 1, "left_open": 1}  # fmt: skip
    assert (event.reason, event.unit) == ("第四季度核对", place)
    assert "周敏" not in event.body
    assert "还有任职等别人核对" in client.get(reverse("rights")).content.decode()
    # The second person answers for the officer, and the quarter is done.
    sign_in(client, people["administrator"])
    again = client.get(review)
    assert len(soup(again).select("main select")) == 1
    assert client.post(review, answers(again)).status_code == 302
    assert RightsReview.objects.first().left_open == 0
    listed = client.get(reverse("rights")).content.decode()
    assert "已核对" in listed and "钱管理" in listed and "等别人核对" not in listed
    # Nothing is left; a second confirmation records nothing.
    assert client.post(review, {"digest": list_digest(holdings(place, today()))}).status_code == 409
    assert RightsReview.objects.count() == 2


@pytest.mark.parametrize("change", ["new", "gone", "changed", "account"])
def test_a_list_that_changed_meanwhile_records_nothing_and_shows_what(client, place, people, change):
    sign_in(client, people["officer"])
    url = of(place, "rights_review")
    sent = answers(client.get(url), 吴芳="end")
    words = {"new": "新增", "gone": "已不在名单里", "changed": "有变动", "account": "有变动"}
    held = people["grid_worker"].appointments.get()
    if change == "new":
        make.holder(Post.VOLUNTEER, place, name="新来的")
    elif change == "gone":
        end_appointment(make.SYSTEM, appointment=held, on=today())
    elif change == "changed":
        end_appointment(make.SYSTEM, appointment=held, on=in_days(5))
    else:
        User.objects.filter(pk=people["grid_worker"].user_id).update(is_active=False)
    response = client.post(url, sent)
    assert response.status_code == 409
    text = soup(response).select_one("main").get_text(" ", strip=True)
    assert words[change] in text and ("新来的" if change == "new" else "周敏") in text
    assert not RightsReview.objects.exists() and not Event.objects.filter(verb="rights.review").exists()
    assert people["volunteer"].appointments.get().ends_on == in_days(10)
    kept = soup(response).select_one(f"select[name=answer_{people['volunteer'].appointments.get().reference}]")
    assert kept.select_one("option[selected]")["value"] == "end"
    # With the list as it is now, and an answer for what is new, it counts.
    assert client.post(url, answers(response)).status_code == 302


def test_signing_in_meanwhile_is_no_change(client, place, people):
    sign_in(client, people["officer"])
    sent = answers(client.get(of(place, "rights_review")))
    User.objects.filter(pk=people["grid_worker"].user_id).update(last_login=timezone.now())
    assert client.post(of(place, "rights_review"), sent).status_code == 302


@pytest.mark.parametrize(
    ("values", "beside"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "burn"}, "answer"),
        ({"answer": "note", "note": " "}, "note"),
        ({"answer": "keep", "note": "电话 13812345678"}, "note"),
    ],
)
def test_what_is_missing_is_said_beside_its_row(client, place, people, values, beside):
    sign_in(client, people["officer"])
    url, key = of(place, "rights_review"), people["grid_worker"].appointments.get().reference
    sent = answers(client.get(url)) | {f"{name}_{key}": value for name, value in values.items()}
    response = client.post(url, sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [f"{beside}_{key}"]
    assert soup(response).select_one(".error-message")
    assert not RightsReview.objects.exists()


def test_staff_do_not_end_an_administrator_by_it(client, place, people):
    sign_in(client, people["officer"])
    url = of(place, "rights_review")
    page = client.get(url)
    held = people["administrator"].appointments.get()
    assert "end" not in [one["value"] for one in soup(page).select(f"select[name=answer_{held.reference}] option")]
    assert client.post(url, answers(page, 钱管理="end")).status_code == 422
    everybody = {row.reference: Answer("keep") for row in holdings(place, today()) if row.person != "王干事"}
    with pytest.raises(ActionRefused) as refused:
        review_rights(
            make.context(people["officer"]), unit=place, seen=list_digest(holdings(place, today())),
            answers=everybody | {held.reference: Answer("end")},
        )  # fmt: skip
    assert refused.value.field == f"answer_{held.reference}"
    held.refresh_from_db()
    assert held.ends_on is None


@pytest.mark.parametrize("whose", ["own", "neighbours"])
def test_an_answer_for_ones_own_row_or_a_neighbours_is_refused(place, people, whose):
    member = people["officer" if whose == "own" else "stranger"]
    held = member.appointments.get()
    everybody = {row.reference: Answer("keep") for row in holdings(place, today()) if row.person != "王干事"}
    with pytest.raises(ActionRefused):
        review_rights(
            make.context(people["officer"]), unit=place, seen=list_digest(holdings(place, today())),
            answers=everybody | {held.reference: Answer("end")},
        )  # fmt: skip
    held.refresh_from_db()
    assert held.ends_on is None and not RightsReview.objects.exists()


def test_a_neighbours_reference_in_the_hidden_fields_shows_nothing_of_it(client, place, people):
    sign_in(client, people["officer"])
    foreign = people["stranger"].appointments.get().reference
    response = client.post(of(place, "rights_review"), {"digest": "x", f"row_{foreign}": "x"})
    assert response.status_code == 409 and "邻" not in response.content.decode()


def test_everything_said_stays_as_it_was_said(place, people):
    rows = {row.reference: Answer("keep") for row in holdings(place, today()) if row.person != "王干事"}
    officer = make.context(people["officer"])
    review_rights(officer, unit=place, seen=list_digest(holdings(place, today())), answers=rows)
    assert RightsAnswer.objects.count() == 3
    with pytest.raises(Conflict):
        review_rights(officer, unit=place, seen=list_digest(holdings(place, today())), answers={})
    assert Appointment.objects.on_day(today()).filter(unit__path__startswith=place.path).count() == 4


# What is overdue


def test_overdue_after_the_quarter_for_the_administrator_until_it_is_done(client, place, people):
    quarter = first_day(quarter_of(today()))
    user = User.objects.get(pk=people["administrator"].user_id)
    (row,) = rows_of(DUE, user, today())
    assert (row.url, row.place, row.due) == (of(place), "科苑社区", quarter - timedelta(days=1))
    assert rows_of(DUE, User.objects.get(pk=people["officer"].user_id), today()) == []
    assert "逾期" in sign_in(client, people["administrator"]).get(reverse("rights")).content.decode()
    for name in ("officer", "administrator"):
        sign_in(client, people[name])
        client.post(of(place, "rights_review"), answers(client.get(of(place, "rights_review"))))
    assert rows_of(DUE, User.objects.get(pk=user.pk), today()) == []


def test_administrators_are_told_once_a_quarter_of_all_their_lists(place, neighbour, people):
    above = make.holder(Post.ADMINISTRATOR, place.get_parent())
    for _time in range(2):
        tell_of_overdue()
    told = {one.recipient.member: one.title for one in Notification.objects.filter(kind="rights_overdue")}
    assert told == {people["administrator"]: "科苑社区", above: f"{place.get_parent().name}等 3 处"}
    for name in ("officer", "administrator"):
        member = people[name]
        rows = {
            row.reference: Answer("keep")
            for row in holdings(place, today())
            if row.member_id != member.pk and not RightsAnswer.objects.filter(appointment=row.appointment).exists()
        }
        review_rights(make.context(member), unit=place, seen=list_digest(holdings(place, today())), answers=rows)
    Notification.objects.all().delete()
    tell_of_overdue()
    assert [one.recipient.member for one in Notification.objects.all()] == [above]


def test_a_list_that_began_in_this_quarter_is_not_overdue(place):
    fresh = make.community(parent=place.get_parent())
    make.holder(Post.ADMINISTRATOR, fresh, starts_on=today())
    (node,) = nodes_below([fresh.path], today())
    assert (node.standing, node.posts, node.last) == ("due", 1, None)
