"""One's own messages on the desk: read, counted, opened by POST; and where else one hears of them."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.models import MessageRoute, Notification
from community.notifications import delivery
from community.notifications.kinds import TEST
from community.notifications.telling import tell
from community.records import act
from home.desk.messages import unread_messages
from tests.factories import community as make
from tests.workflows.desk import fill, signed_in, soup, text
from tests.worlds import world

pytestmark = pytest.mark.django_db
LIST, WAYS = "/desk/messages/", "/desk/messages/ways/"


@world
def people():
    place = make.community()
    return [make.holder(make.Post.OFFICER, place), make.holder(make.Post.OFFICER, place)]


def told(*members, url="/desk/duty/"):
    unit = members[0].unit
    with act(make.SYSTEM, "test.tell", unit) as a:
        tell(a, TEST, [member.user_id for member in members], unit=unit, title="示例路修缮", url=url)


def count(client) -> str:
    found = soup(client.get("/desk/")).select_one(".nav__count")
    return found.text if found else ""


def test_unread_ones_are_counted_and_opening_one_marks_it(people):
    told(people[0])
    client = signed_in(people[0])
    assert count(client) == "1"
    page = client.get(LIST)
    assert "示例路修缮" in text(page)
    assert "(1 not read)" in text(page)
    assert count(client) == "1"  # looking at the list marks nothing
    target = soup(page).select_one('form[action$="/open/"]')["action"]
    assert client.get(target).status_code == 405
    answer = client.post(target)
    assert (answer.status_code, answer.url) == (302, "/desk/duty/")
    assert count(client) == ""


def test_nobody_sees_or_marks_anothers(people):
    told(people[0])
    client, message = signed_in(people[1]), Notification.objects.get()
    assert "示例路修缮" not in text(client.get(LIST))
    assert client.post(reverse("desk-message-open", args=[message.reference])).status_code == 404
    client.post(reverse("desk-messages-read"))
    assert Notification.objects.unread().count() == 1
    signed_in(people[0]).post(reverse("desk-messages-read"))
    assert not Notification.objects.unread().exists()


def test_the_number_costs_one_query_and_the_list_no_more_for_more(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        unread_messages(people[0].user)
    client, costs = signed_in(people[0]), []
    for _again in range(2):
        told(people[0])
        told(people[0])
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def sent(channel, **values) -> dict:
    return {"channel": channel, **{f"{channel}-{name}": value for name, value in values.items()}}


def test_a_way_is_chosen_tried_and_given_up(people):
    client = signed_in(people[0])
    choice = sent("email", pace="at_once", hour="8", address="li.ming@example.com")
    assert client.post(WAYS, choice).status_code == 302
    page = text(client.get(WAYS))
    assert "l***@example.com" in page
    assert "li.ming" not in page
    client.post(reverse("desk-messages-test"))
    delivery.deliver()
    assert mail.outbox[0].to == ["li.ming@example.com"]
    assert "– Sent" in text(client.get(WAYS))
    client.post(WAYS, sent("email", pace="off", hour="8", address=""))
    assert not MessageRoute.objects.exists()


@pytest.mark.parametrize("channel", ["email", "webhook"])
def test_a_faulty_address_comes_back_with_a_sentence_and_what_was_typed(people, channel):
    answer = signed_in(people[0]).post(WAYS, sent(channel, pace="daily", hour="9", address="http://nowhere"))
    assert answer.status_code == 422
    assert "http://nowhere" in answer.content.decode()
    assert soup(answer).select(".field--error")
    assert not MessageRoute.objects.exists()


@pytest.mark.parametrize("values", [{}, {"pace": "x"}, {"pace": "daily", "hour": "99"}, {"pace": "daily", "hour": "x"}])
def test_nonsense_is_no_fault_of_ours(people, values):
    client = signed_in(people[0])
    assert client.post(WAYS, sent("email", **values)).status_code == 422
    assert client.post(WAYS, sent("pigeon", **values)).status_code == 404


def test_without_a_mail_server_the_page_says_so(people, settings):
    settings.LINLI_EMAIL = False
    page = signed_in(people[0]).get(WAYS)
    assert "no mail server is set up" in text(page)
    assert not soup(page).select('[name="email-address"]')
    assert fill(page)["channel"] == "webhook"


def test_the_admin_shows_the_number_too(people):
    told(people[0])
    assert "Messages (1)" in signed_in(people[0]).get("/admin/").content.decode()
