"""The holder of a receipt: what was asked for is added, the proposal taken back, neighbours sign and withdraw."""

import pytest
from django.test import Client

from community.models import Event, Notification
from community.refusals import ActionRefused
from community.sealed import unseal_contact, unseal_text
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows import residents
from tests.workflows.desk import fill, soup, text
from tests.workflows.residents import errors, propose
from tests.worlds import world
from workflows.actions.requests import advance
from workflows.models import Addition, Cosignature, Receipt, RenovationRequest, ResidentPhoto

pytestmark = pytest.mark.django_db


@world
def there():
    return residents.place()


@pytest.fixture
def receipt(there):
    return propose(there)


def request():
    return RenovationRequest.objects.get()


def ask_back(there, reason="请补一张白天的照片"):
    context = make.context(there.people.officer, reason=reason)
    return advance(context, request=request(), event="return_for_completion")


class TestAdding:
    def test_what_was_asked_for_is_handed_in_again(self, there, receipt, client):
        assert client.get(receipt + "add/").url == receipt
        ask_back(there)
        assert soup(client.get(receipt)).select_one(f"a[href='{receipt}add/']")
        page = client.get(receipt + "add/")
        assert "请补一张白天的照片" in text(page)
        sent = client.post(receipt + "add/", fill(page, text="白天拍的，我是欧阳示例", photos=[factory.picture()]))
        assert sent.url == receipt
        assert request().state == "submitted"
        assert unseal_text(Addition.objects.get().words) == "白天拍的，我是欧阳示例"
        assert [photo.file.is_public for photo in ResidentPhoto.objects.all()] == [False]
        assert "Completed by the proposer" in text(client.get("/en" + receipt))
        told = Notification.objects.filter(kind="proposal_completed").values_list("recipient", flat=True)
        assert there.people.officer.user_id in set(told)
        event = Event.objects.get(verb="renovation.hand_in_again")
        assert "欧阳示例" not in event.body

    def test_nothing_added_gets_a_sentence(self, there, receipt, client):
        ask_back(there)
        page = client.get("/en" + receipt + "add/")
        answer = client.post("/en" + receipt + "add/", fill(page, text="  "))
        assert answer.status_code == 422
        assert "Add what was asked for" in errors(answer)
        assert request().state == "returned"

    def test_photos_survive_an_error(self, there, receipt, client):
        ask_back(there)
        page = client.get(receipt + "add/")
        answer = client.post(receipt + "add/", fill(page, text="字" * 2001, photos=[factory.picture()]))
        assert answer.status_code == 422
        assert client.post(receipt + "add/", fill(answer, text="好")).status_code == 302
        assert ResidentPhoto.objects.count() == 1

    def test_handing_in_twice_is_once(self, there, receipt, client):
        ask_back(there)
        form = fill(client.get(receipt + "add/"), text="好")
        assert [client.post(receipt + "add/", form).status_code for _time in range(2)] == [302, 302]
        assert Addition.objects.count() == 1


class TestTakingBack:
    def test_it_is_asked_once_more_and_then_done(self, there, receipt, client):
        page = client.get("/en" + receipt + "withdraw/")
        assert request().state == "submitted"
        assert client.post("/en" + receipt + "withdraw/", fill(page)).status_code == 302
        assert request().state == "withdrawn"
        assert "It was taken back." in text(client.get("/en" + receipt))
        assert Notification.objects.filter(kind="proposal_taken_back").exists()
        again = client.post(receipt + "withdraw/", fill(page))
        assert again.status_code == 422
        assert errors(again)

    def test_only_while_it_is_a_proposal(self, there, receipt, client):
        made_public(there)
        assert request().state == "joint_decision"
        assert not soup(client.get(receipt)).select(f"a[href='{receipt}withdraw/']")
        page = client.get(receipt + "withdraw/")
        assert client.post(receipt + "withdraw/", fill(page)).status_code == 422
        assert request().state == "joint_decision"

    def test_staff_cannot_do_it_in_the_proposers_name(self, there, receipt):
        for event in ("take_back", "hand_in_again"):
            with pytest.raises(ActionRefused):
                advance(make.context(there.people.officer), request=request(), event=event)
        assert request().state == "submitted"


def made_public(there):
    """Staff put it into public words and photos; another one accepts it."""
    residents.prepare_for_acceptance(there, request())
    return advance(make.context(there.people.secretary), request=request(), event="accept")


class TestNeighbours:
    @pytest.fixture
    def link(self, receipt, client):
        link = soup(client.get(receipt)).select_one("a[href*='/c/']")["href"]
        assert receipt.strip("/").split("/")[-1] not in link
        return link

    def sign(self, there, link, client=None, **values):
        client = client or Client()
        page = client.get(link)
        given = {"name": "李示例", "building": there.building.reference, **(values or {"door": "601室"})}
        return client.post(link, fill(page, **given))

    def test_a_neighbour_signs_and_is_counted_but_not_named(self, there, receipt, link, client):
        sent = self.sign(there, link, phone="13900001111", door="502室")
        own = client.get("/en" + sent.url)
        assert "You have signed" in text(own)
        assert "1 neighbour has signed." in text(client.get("/en" + receipt))
        signature = Cosignature.objects.get()
        assert unseal_contact(signature.contact).phone == "13900001111"
        shown = "".join(client.get(address).content.decode() for address in (receipt, link, sent.url, there.address))
        rows = str(list(Cosignature.history.values())) + "".join(Event.objects.values_list("body", flat=True))
        for canary in ("李示例", "13900001111", "502室"):
            assert canary not in shown
            assert canary not in rows
        assert signature.once_phone
        assert signature.once_phone not in rows

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ({"phone": "13900001111"}, {"phone": "+86 139 0000 1111"}),
            ({"door": "502"}, {"door": "５０２室"}),
            ({"phone": "13900001111", "door": "502"}, {"phone": "13900002222", "door": "502"}),
        ],
    )
    def test_a_phone_and_a_home_count_once(self, there, link, first, second):
        assert self.sign(there, link, **first).status_code == 302
        again = self.sign(there, link, **second)
        assert again.status_code == 422
        assert errors(again)
        assert Cosignature.objects.count() == 1

    def test_the_proposer_does_not_sign_besides(self, there, link):
        assert self.sign(there, link, phone=residents.PHONE).status_code == 422
        assert Cosignature.objects.count() == 0

    def test_sending_twice_is_once(self, there, link, client):
        page = client.get(link)
        form = fill(page, name="李示例", building=there.building.reference, door="502室")
        assert len({client.post(link, form).url for _time in range(2)}) == 1
        assert Cosignature.objects.count() == 1

    def test_a_signature_is_withdrawn_with_its_own_receipt_and_given_again(self, there, receipt, link, client):
        own = self.sign(there, link, phone="13900001111").url
        page = client.get("/en" + own + "withdraw/")
        assert "Withdraw your signature?" in text(page)
        assert client.post(own + "withdraw/", fill(page)).url == own
        assert "0 neighbours have signed." in text(client.get("/en" + receipt))
        assert client.post(own + "withdraw/", fill(page)).status_code == 409
        assert self.sign(there, link, phone="13900001111").status_code == 302
        assert "1 neighbour has signed." in text(client.get("/en" + receipt))

    def test_a_neighbours_code_opens_nothing_else(self, there, receipt, link, client):
        code = link.strip("/").split("/")[-1]
        assert client.get(f"/f/{code}/").status_code == 404
        assert client.get(f"/f/{code}/withdraw/").status_code == 404
        own = self.sign(there, link).url
        assert client.get(own + "add/").status_code == 404
        assert client.get("/c/" + own.strip("/").split("/")[-1] + "/").status_code == 404
        assert client.get("/c/" + receipt.strip("/").split("/")[-1] + "/").status_code == 404

    def test_a_link_can_be_asked_for_later(self, there, client):
        receipt = propose(there, neighbours={"neighbours": "no"})
        page = client.get(receipt)
        assert not soup(page).select("a[href*='/c/']")
        assert client.get(receipt + "neighbours/").status_code == 302
        assert Receipt.objects.filter(opens="signing").count() == 0
        for _time in range(2):
            client.post(receipt + "neighbours/", fill(page))
        assert Receipt.objects.filter(opens="signing").count() == 1
        assert soup(client.get(receipt)).select("a[href*='/c/']")

    def test_after_the_decision_nobody_signs_any_more(self, there, link, client):
        form = fill(client.get(link), name="李示例", building=there.building.reference, door="502室")
        advance(make.context(there.people.officer, reason="不在范围内"), request=request(), event="decline")
        assert not soup(client.get(link)).select("main form")
        assert client.post(link, form).status_code == 200
        assert Cosignature.objects.count() == 0

    def test_the_number_stands_on_the_page_of_the_project(self, there, link, client):
        from workflows.actions.pages import draft_project_page

        self.sign(there, link)
        made_public(there)
        page = draft_project_page(request())
        page.get_latest_revision().publish(skip_permission_checks=True)
        shown = soup(client.get("/en" + page.url))
        row = next(row for row in shown.select("dl div") if "Neighbours who sign" in row.text)
        assert row.dd.text.strip() == "1"
        assert "李示例" not in shown.text
