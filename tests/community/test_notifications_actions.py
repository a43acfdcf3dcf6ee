"""Being told: written with the act or not at all, sent once, tried again when it certainly failed, never doubled."""

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import socket
import threading
import uuid
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.actions.notifications import choose_route, leave_route, mark_read, retry_delivery, send_test
from community.models import Delivery, MessageRoute, Notification, SealedContent
from community.notifications import bots, channels, delivery, rules, summaries, web
from community.notifications.kinds import TEST
from community.notifications.telling import KEPT, tell, tell_contact
from community.records import Context, act
from community.refusals import ActionRefused, Conflict, NotAllowed
from community.sealed import Contact, erase, seal_contact, unseal_text
from tests.factories import community as make
from tests.together import together
from tests.worlds import world

pytestmark = pytest.mark.django_db
BOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-key"
State = Delivery.State


class Server(BaseHTTPRequestHandler):
    """A chat program that notes what it is told and answers as the test says."""

    def do_POST(self):
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((self.path, said))
        answer = self.server.answers.pop(0) if self.server.answers else (200, {"errcode": 0})
        if answer is None:
            return  # hangs up without a word
        status, body = answer
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1/inner")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def bot(monkeypatch):
    """A local server in the place of the vendor's: the connection is the only thing that is replaced."""
    server = HTTPServer(("127.0.0.1", 0), Server)
    server.heard, server.answers = [], []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    monkeypatch.setattr(web, "public_address", lambda host: "203.0.113.9")
    monkeypatch.setattr(web, "connect", lambda host, address: http.client.HTTPConnection(*server.server_address, 5))
    yield server
    server.shutdown()
    server.server_close()


@world
def place():
    return make.community()


def person(place, **route):
    """An officer with a way out: e-mail at once unless the test says otherwise."""
    member = make.holder(make.Post.OFFICER, place)
    options = {"channel": "email", "pace": "at_once", "address": "li@example.com", "quiet_at_night": False, **route}
    choose_route(make.context(member), language="zh-hans", **options)
    return member


def told(place, *members, actor=None, title="修路", now=None, kind=TEST):
    context = make.context(actor) if actor else Context(channel="system", now=now)
    with act(context, "test.tell", place) as a:
        tell(a, kind, [member.user_id for member in members], unit=place, title=title, url="/desk/")


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


class TestTelling:
    def test_the_row_is_there_if_and_only_if_the_act_is(self, place):
        member = make.holder(make.Post.OFFICER, place)
        with pytest.raises(ActionRefused), act(make.SYSTEM, "test.tell", place) as a:
            tell(a, TEST, [member.user_id], unit=place, title="修路")
            raise ActionRefused("no")
        assert not Notification.objects.exists()
        told(place, member)
        assert Notification.objects.get().recipient == member.user

    def test_nobody_is_told_of_their_own_act_nor_twice_of_one(self, place):
        actor, other = make.holder(make.Post.OFFICER, place), make.holder(make.Post.OFFICER, place)
        with act(make.context(actor), "test.tell", place) as a:
            for _again in range(2):
                tell(a, TEST, [actor.user_id, other.user_id, other.user_id], unit=place, title="修路")
        assert [row.recipient for row in Notification.objects.all()] == [other.user]

    def test_what_is_entered_with_an_old_date_is_no_news(self, place):
        told(place, make.holder(make.Post.OFFICER, place), now=timezone.now() - KEPT - timedelta(days=1))
        assert not Notification.objects.exists()

    def test_telling_many_costs_one_statement(self, place, django_assert_num_queries):
        members = [make.holder(make.Post.OFFICER, place) for _ in range(3)]
        with act(make.SYSTEM, "test.tell", place) as a, django_assert_num_queries(1):
            tell(a, TEST, [member.user_id for member in members], unit=place, title="修路")


class TestSending:
    def test_an_e_mail_says_that_there_is_something_and_where(self, place):
        told(place, person(place), title="张三家漏水")
        assert delivery.deliver() == 1
        (sent,) = mail.outbox
        assert sent.to == ["li@example.com"]
        assert sent.subject == "您有 1 条新消息。"
        assert reverse("desk-messages") in sent.body
        assert "张三" not in sent.subject + sent.body
        assert delivery.deliver() == 0
        assert states() == [State.SENT]

    def test_in_the_language_that_was_chosen(self, place):
        member = make.holder(make.Post.OFFICER, place)
        choose_route(make.context(member), channel="email", pace="at_once", address="a@example.com", language="en",
                     quiet_at_night=False)  # fmt: skip
        told(place, member)
        delivery.deliver()
        assert mail.outbox[0].subject == "You have 1 new message."

    def test_a_resident_is_led_to_where_the_code_is_typed(self, place):
        with act(make.SYSTEM, "test.tell", place) as a:
            stub = seal_contact(a, place, Contact(name="王", email="wang@example.com"))
            silent = seal_contact(a, place, Contact(name="赵", phone="13812340000"))
            for contact in (stub, silent):
                tell_contact(a, TEST, contact, unit=place, title="修路", url="/f/")
        delivery.pass_on()
        delivery.send_due(now=timezone.now() + timedelta(hours=12))
        (sent,) = mail.outbox
        assert sent.to == ["wang@example.com"]
        assert "/f/" in sent.body
        assert "修路" not in sent.body

    def test_an_erased_contact_is_written_to_no_more(self, place):
        with act(make.SYSTEM, "test.tell", place) as a:
            stub = seal_contact(a, place, Contact(email="wang@example.com"))
            tell_contact(a, TEST, stub, unit=place, title="修路", url="/f/")
        delivery.pass_on()
        erase(Context(channel="system", reason="本人要求"), stub)
        delivery.send_due(now=timezone.now() + timedelta(hours=12))
        assert not mail.outbox
        assert states() == [State.SKIPPED]

    def test_what_was_read_meanwhile_is_not_sent(self, place):
        member = person(place)
        told(place, member)
        delivery.pass_on()
        mark_read(make.context(member))
        assert delivery.send_due() == 0
        assert states() == [State.SKIPPED]

    def test_nothing_leaves_at_night(self):
        tz = timezone.get_current_timezone()
        night = timezone.datetime(2026, 3, 1, 23, 30, tzinfo=tz)
        assert rules.out_of_the_night(night) == timezone.datetime(2026, 3, 2, 7, tzinfo=tz)
        early, noon = night.replace(hour=3), night.replace(hour=12)
        assert rules.out_of_the_night(early) == early.replace(hour=7, minute=0)
        assert rules.out_of_the_night(noon) == noon

    def test_without_a_mail_server_nothing_is_offered_or_tried(self, place, settings):
        member = person(place)
        settings.LINLI_EMAIL = False
        told(place, member)
        assert delivery.deliver() == 0
        assert not Delivery.objects.exists()
        with pytest.raises(ActionRefused):
            choose_route(make.context(member), channel="email", pace="daily", language="en")


class TestBots:
    @pytest.mark.parametrize(
        ("host", "path"),
        [
            ("qyapi.weixin.qq.com", "/send?key=k"),
            ("oapi.dingtalk.com", "/robot?access_token=k"),
            ("open.feishu.cn", "/v2/k"),
        ],
    )
    def test_each_is_written_to_in_its_own_way(self, place, bot, host, path):
        bot.answers = [(200, {"code": 0, "errcode": 0})]
        told(place, person(place, channel="webhook", address=f"https://{host}{path}", secret="SECabc"))
        assert delivery.deliver() == 1
        ((asked, body),) = bot.heard
        assert asked.startswith(path)
        assert "/desk/messages/" in json.dumps(body)
        assert "修路" not in json.dumps(body, ensure_ascii=False)
        if host.startswith("oapi"):
            assert "&timestamp=" in asked
            assert "&sign=" in asked
        if host.startswith("open"):
            assert body["sign"] == bots.feishu_sign("SECabc", int(body["timestamp"]))

    def test_signatures_as_the_manuals_give_them(self):
        """DingTalk: the secret is the key; Feishu: the text is the key and nothing is signed."""
        text = b"1700000000000\nSECabc"
        ding = base64.b64encode(hmac.new(b"SECabc", text, hashlib.sha256).digest()).decode()
        assert bots.dingtalk_sign("SECabc", 1700000000000) == ding
        feishu = base64.b64encode(hmac.new(b"1700000000\nSECabc", digestmod=hashlib.sha256).digest()).decode()
        assert bots.feishu_sign("SECabc", 1700000000) == feishu

    @pytest.mark.parametrize("answer", [(200, {"errcode": 93000}), (302, {}), (404, {}), (503, {})])
    def test_a_no_is_tried_again_with_growing_pauses_and_given_up(self, place, bot, answer):
        bot.answers = [answer] * 9
        told(place, person(place, channel="webhook", address=BOT))
        pauses, now = [], timezone.now()
        delivery.pass_on()
        for _attempt in range(9):
            delivery.send_due(now=timezone.now() + timedelta(days=3))
            row = Delivery.objects.get()
            pauses.append(row.next_at - now)
        assert row.state == State.GIVEN_UP
        assert row.problem == "refused"
        assert len(bot.heard) == row.attempts == len(rules.PAUSES) + 1
        assert pauses[:6] == sorted(pauses[:6])

    @pytest.mark.parametrize("answer", [None, (500, {}), (200, {"hello": "there"})])
    def test_where_nobody_knows_it_is_not_sent_again_by_itself(self, place, bot, answer):
        bot.answers = [answer]
        told(place, person(place, channel="webhook", address=BOT))
        for _again in range(3):
            delivery.pass_on()
            delivery.send_due(now=timezone.now() + timedelta(days=3))
        assert states() == [State.UNSURE]
        assert len(bot.heard) == 1

    @pytest.mark.parametrize(
        "address",
        [
            "http://qyapi.weixin.qq.com/x", "https://127.0.0.1/x", "https://qyapi.weixin.qq.com:8443/x",
            "https://user:pass@qyapi.weixin.qq.com/x", "https://qyapi.weixin.qq.com.evil.example/x",
            "https://evil.example/?qyapi.weixin.qq.com", "https://qyapi.weixin.qq.com/\r\nX: y", "file:///etc/passwd",
            "https://[::1]/x", "https://qyapi.weixin.qq.com:99999/x",
        ],
    )  # fmt: skip
    def test_an_address_elsewhere_is_refused(self, place, address):
        with pytest.raises(ActionRefused) as refused:
            person(place, channel="webhook", address=address)
        assert refused.value.field == "address"

    @pytest.mark.parametrize("inner", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1"])
    def test_a_listed_host_that_resolves_inside_is_not_called(self, place, monkeypatch, inner):
        found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", inner)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: found)
        monkeypatch.setattr(socket, "create_connection", lambda *args: pytest.fail("called"))
        told(place, person(place, channel="webhook", address=BOT))
        delivery.deliver()
        row = Delivery.objects.get()
        assert (row.state, row.problem) == (State.WAITING, "unreachable")


class TestMailTrouble:
    @pytest.mark.parametrize(
        ("where", "trouble", "state"),
        [
            ("open", ConnectionRefusedError(), State.WAITING),
            ("send_messages", smtplib.SMTPRecipientsRefused({}), State.WAITING),
            ("send_messages", smtplib.SMTPServerDisconnected(), State.UNSURE),
            ("send_messages", TimeoutError(), State.UNSURE),
        ],
    )
    def test_certain_failures_are_tried_again_and_others_not(self, place, monkeypatch, where, trouble, state):
        def fail(*args):
            raise trouble

        monkeypatch.setattr(f"django.core.mail.backends.locmem.EmailBackend.{where}", fail)
        told(place, person(place))
        delivery.deliver()
        assert states() == [state]


class TestCrashes:
    """A worker that dies: taken over before sending began, never sent again after."""

    def test_before_sending_began_another_takes_over(self, place):
        told(place, person(place))
        delivery.pass_on()
        assert len(delivery.claim(timezone.now(), 10)) == 1
        assert delivery.send_due() == 0  # in the dead worker's hand still
        Delivery.objects.all().update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert delivery.send_due() == 1
        assert len(mail.outbox) == 1

    def test_between_sending_and_writing_it_down(self, place, monkeypatch):
        class Killed(BaseException):
            pass

        def sent_and_killed(address, message):
            mail.outbox.append(message)
            raise Killed

        told(place, person(place))
        with monkeypatch.context() as patch:
            patch.setitem(channels.SENDERS, "email", sent_and_killed)
            with pytest.raises(Killed):
                delivery.deliver()
        later = timezone.now() + timedelta(days=2)
        delivery.note_broken_off(now=later)
        delivery.send_due(now=later)
        row = Delivery.objects.get()
        assert (row.state, row.problem) == (State.UNSURE, "broken_off")
        assert len(mail.outbox) == 1

    def test_a_slow_worker_whose_claim_ran_out_does_not_send(self, place):
        told(place, person(place))
        delivery.pass_on()
        (slow,) = delivery.claim(timezone.now() - timedelta(minutes=10), 10) or delivery.claim(timezone.now(), 10)
        Delivery.objects.all().update(claimed_until=timezone.now() - timedelta(seconds=1))
        assert delivery.send_due() == 1
        assert delivery.send(slow) is False
        assert len(mail.outbox) == 1


class TestSummaries:
    def at(self, hour, day=2):
        return timezone.datetime(2026, 3, day, hour, 30, tzinfo=timezone.get_current_timezone())

    def test_one_a_day_at_its_hour_with_what_is_new_and_unread(self, place):
        member = person(place, pace="daily", hour=8)
        MessageRoute.objects.all().update(digested_at=self.at(8, day=1))
        told(place, member, kind="review")
        told(place, member, kind="review")
        Notification.objects.all().update(created_at=self.at(20, day=1))
        delivery.pass_on()
        assert [summaries.summarise(now=self.at(hour)) for hour in (7, 8, 9)] == [0, 1, 0]
        assert summaries.summarise(now=self.at(8, day=3)) == 0  # nothing new since
        delivery.send_due()
        assert [sent.subject for sent in mail.outbox] == ["您有 2 条新消息。"]

    def test_old_messages_are_forgotten_with_their_deliveries(self, place):
        told(place, person(place))
        delivery.deliver()
        assert summaries.forget_old() == 0
        assert summaries.forget_old(now=timezone.now() + KEPT + timedelta(days=1)) == 1
        assert not Delivery.objects.exists()


class TestChoosing:
    def test_the_address_is_sealed_and_the_old_one_erased(self, place):
        member = person(place)
        old = MessageRoute.objects.get().address
        choose_route(make.context(member), channel="email", pace="daily", address="neu@example.com", language="en")
        assert MessageRoute.objects.get().pace == "daily"
        assert not SealedContent.objects.filter(stub=old).exists()
        choose_route(make.context(member), channel="email", pace="at_once", language="en")
        assert unseal_text(MessageRoute.objects.get().address) == "neu@example.com"
        leave_route(make.context(member), channel="email")
        assert not MessageRoute.objects.exists()
        assert not SealedContent.objects.exists()

    @pytest.mark.parametrize("address", ["", "not an address", "a@b\r\nBcc: c@example.com"])
    def test_an_address_that_cannot_be(self, place, address):
        with pytest.raises(ActionRefused):
            person(place, address=address)
        assert not MessageRoute.objects.exists()

    def test_a_test_message_takes_every_way_once_a_minute(self, place):
        member = person(place, pace="daily")
        now = timezone.now()
        for _press in range(2):
            send_test(Context(user=make.context(member).user, now=now))
        assert delivery.deliver() == 1


class TestTryingAgain:
    def test_staff_of_the_place_may_and_the_neighbour_not(self, place, bot):
        bot.answers = [None]
        member = person(place, channel="webhook", address=BOT)
        told(place, member)
        delivery.deliver()
        row = Delivery.objects.get()
        with pytest.raises(NotAllowed):
            retry_delivery(make.context(make.holder(make.Post.OFFICER, make.community())), delivery=row)
        retry_delivery(make.context(member), delivery=row)
        assert delivery.send_due(now=timezone.now() + timedelta(seconds=1)) == 1
        with pytest.raises(Conflict):
            retry_delivery(make.context(member), delivery=row)
        assert len(bot.heard) == 2


@pytest.mark.both_engines
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_each_message_goes_out_once(self, bot):
        place = make.community()
        members = [person(place, channel="webhook", address=f"{BOT}-{number}") for number in range(6)]
        for _message in range(4):
            told(place, *members)
        assert not [one for one in together(*[delivery.pass_on] * 2) if isinstance(one, Exception)]
        assert Delivery.objects.count() == 24
        for _round in range(5):
            results = together(*[delivery.send_due] * 3)
            assert not [one for one in results if isinstance(one, Exception)], results
        assert len(bot.heard) == 24
        assert set(states()) == {State.SENT}

    def test_a_summary_is_made_once(self):
        place = make.community()
        member = person(place, pace="daily", hour=0)
        MessageRoute.objects.all().update(digested_at=timezone.now() - timedelta(days=2))
        told(place, member)
        assert sorted(together(*[summaries.summarise] * 3)) == [0, 0, 1]
        assert Delivery.objects.count() == 1

    def test_one_occasion_told_by_two_at_once_is_one_message(self):
        member = make.holder(make.Post.OFFICER, make.community())
        now = timezone.now()

        def press():
            return send_test(Context(user=make.context(member).user, now=now))

        assert not [one for one in together(press, press) if isinstance(one, Exception)]
        assert Notification.objects.count() == 1


def test_no_key_of_an_unknown_kind(place):
    with pytest.raises(KeyError), act(make.SYSTEM, "test.tell", place) as a:
        tell(a, f"kind-{uuid.uuid4()}", [1], unit=place, title="x")
