"""A resident proposes in short steps, gets a receipt, and nobody else learns what was typed."""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.drafts import forget_old_drafts
from community.models import SealedDraft
from community.notifications.delivery import deliver
from community.sealed import unseal_contact, unseal_text
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows import residents
from tests.workflows.desk import fill, signed_in, soup, text
from tests.workflows.residents import DOOR, NAME, PHONE, errors, propose, send, write
from tests.worlds import world
from workflows.actions.pages import draft_project_page
from workflows.actions.requests import advance
from workflows.desk import pending
from workflows.models import Receipt, RenovationRequest, ResidentPhoto

pytestmark = pytest.mark.django_db


@world
def there():
    return residents.place()


@pytest.fixture(autouse=True)
def empty_shelf():
    """Photos of drafts are files, which outlive the transaction of a test."""
    for path in pending.DRAFTS.folder.glob("*"):
        path.unlink()


def step(there, key):
    return f"{there.address}propose/{key}/"


class TestTheWay:
    def test_from_the_list_to_the_receipt(self, there, client):
        start = client.get(there.address + "propose/")
        assert soup(client.get(there.address)).select_one(f"a[href='{there.address}propose/']")
        assert soup(start).select_one(f"a[href='{step(there, 'place')}']")
        receipt = send(there, write(there, client, photos=[factory.picture(), factory.picture("#123")]))
        request = RenovationRequest.objects.get()
        assert (request.state, request.unit, request.channel) == ("submitted", there.people.grid, "web")
        assert request.title == "3号楼 楼道: from a resident" or "3号楼" in request.title
        assert request.place.startswith("清源小区 3号楼")
        assert (request.problem, request.plan, request.category, request.budget) == ("", "", "", None)
        words = unseal_text(request.proposer_words)
        assert residents.PROBLEM in words
        assert "3000" in words
        assert unseal_contact(request.proposer_contact).phone == PHONE
        assert [photo.file.is_public for photo in request.resident_photos.all()] == [False, False]
        page = client.get(receipt)
        assert request.reference in text(page)
        assert soup(page).select_one("svg.qr")

    def test_steps_have_at_most_three_fields_and_say_which_they_are(self, there):
        client = Client()
        for number, key in enumerate(residents.ANSWERS, start=1):
            page = client.get("/en" + step(there, key))
            fields = [one for one in soup(page).select("main .field")]
            assert 1 <= len(fields) <= 3
            assert f"Step {number} of 7" in text(page)
            assert "*" not in text(page)
            for field in fields:
                required = field.select_one("[required]")
                assert bool(required) != ("(optional)" in field.get_text())
            sent = client.post("/en" + step(there, key), fill(page, **residents.answers_at(there)[key]))
            assert sent.status_code == 302

    def test_going_back_shows_what_was_answered(self, there):
        client = write(there)
        place = soup(client.get(step(there, "place")))
        assert (
            place.select_one("select[name=where] option[selected]")["value"] == f"building-{there.building.reference}"
        )
        assert DOOR in place.select_one("input[name=place]")["value"]
        assert residents.PROBLEM in soup(client.get(step(there, "problem"))).select_one("textarea").text

    def test_changing_one_answer_leads_straight_back_to_checking(self, there):
        client = write(there)
        check = soup(client.get(step(there, "check")))
        links = [link["href"] for link in check.select("a.summary__change")]
        assert step(there, "wish") + "?back=check" in links
        page = client.get(step(there, "wish") + "?back=check")
        sent = client.post(step(there, "wish") + "?back=check", fill(page, wish="装感应灯"))
        assert sent.url == step(there, "check")
        shown = text(client.get(sent.url))
        assert "装感应灯" in shown
        assert residents.PROBLEM in shown

    def test_nobody_jumps_ahead(self, there, client):
        assert client.get(step(there, "wish")).url == there.address + "propose/"
        page = client.get(step(there, "place"))
        client.post(step(there, "place"), fill(page, **residents.answers_at(there)["place"]))
        assert client.get(step(there, "contact")).url == step(there, "problem")
        assert client.get(step(there, "check")).url == step(there, "problem")
        assert client.get(step(there, "nothing")).status_code == 404

    def test_what_was_begun_can_be_thrown_away(self, there):
        client = write(there, photos=[factory.picture()])
        start = client.get(there.address + "propose/")
        assert soup(start).select_one(f"a[href='{step(there, 'check')}']")
        assert client.post(there.address + "propose/", fill(start)).status_code == 302
        assert SealedDraft.objects.count() == 0
        assert list(pending.DRAFTS.folder.glob("*")) == []

    def test_in_english_the_stored_wording_is_chinese(self, there):
        client = write(there, prefix="/en")
        assert send(there, client, prefix="/en").startswith("/en/f/")
        request = RenovationRequest.objects.get()
        assert "What is wrong" not in unseal_text(request.proposer_words)
        assert "stairs" not in (request.title + request.place).lower()


class TestFaults:
    def test_what_is_missing_stands_beside_the_field(self, there, client):
        page = client.get("/en" + step(there, "place"))
        answer = client.post("/en" + step(there, "place"), fill(page, place="三楼"))
        assert answer.status_code == 422
        assert "Please choose “Which building or estate?”" in errors(answer)
        assert soup(answer).title.text.startswith("Error:")
        assert soup(answer).select_one("input[name=place]")["value"] == "三楼"
        assert SealedDraft.objects.count() == 0

    def test_photos_survive_an_error_elsewhere(self, there, client):
        client.post(
            step(there, "place"), fill(client.get(step(there, "place")), **residents.answers_at(there)["place"])
        )
        page = client.get(step(there, "problem"))
        answer = client.post(step(there, "problem"), fill(page, problem="", photos=[factory.picture()]))
        assert answer.status_code == 422
        assert len(soup(answer).select("input[name=keep][checked]")) == 1
        sent = client.post(step(there, "problem"), fill(answer, problem="灯坏了"))
        assert sent.status_code == 302
        assert len(soup(client.get(step(there, "problem"))).select("input[name=keep][checked]")) == 1

    def test_a_photo_is_taken_out_again(self, there):
        client = write(there, photos=[factory.picture(), factory.picture("#321")])
        page = client.get(step(there, "problem"))
        kept = [one["value"] for one in soup(page).select("input[name=keep]")]
        client.post(step(there, "problem"), fill(page, keep=kept[:1]))
        send(there, client)
        assert ResidentPhoto.objects.count() == 1

    @pytest.mark.parametrize("phone", ["abc", "12", "+++++++++", "1" * 25])
    def test_a_phone_that_is_none(self, there, phone):
        client = write(there)
        page = client.get(step(there, "contact"))
        answer = client.post(step(there, "contact"), fill(page, phone=phone))
        assert answer.status_code == 422
        assert soup(answer).select_one("input[name=phone]")["value"] == phone

    @pytest.mark.parametrize("cost", ["-1", "viel", "1e5000", "99999999999999"])
    def test_a_cost_that_is_none(self, there, cost):
        client = write(there)
        page = client.get(step(there, "cost"))
        assert client.post(step(there, "cost"), fill(page, cost=cost)).status_code == 422

    def test_a_building_of_a_neighbour_is_no_choice(self, there, client):
        other = residents.place(prefix="LF")
        page = client.get(step(there, "place"))
        answers = residents.answers_at(there)["place"] | {"where": f"building-{other.building.reference}"}
        assert client.post(step(there, "place"), fill(page, **answers)).status_code == 422

    def test_programs_are_answered_and_nothing_happens(self, there, client):
        page = client.get(step(there, "place"))
        sent = client.post(step(there, "place"), fill(page, website="x", **residents.answers_at(there)["place"]))
        assert sent.status_code == 302
        assert SealedDraft.objects.count() == 0
        write(there, client)
        sent = client.post(step(there, "check"), fill(client.get(step(there, "check")), website="x"))
        assert sent.status_code == 302
        assert RenovationRequest.objects.count() == 0

    def test_too_many_from_one_place_get_a_sentence(self, there):
        for _number in range(20):
            propose(there)
        client = write(there)
        answer = client.post(step(there, "check"), fill(client.get(step(there, "check"))))
        assert answer.status_code == 429
        assert errors(answer)
        assert RenovationRequest.objects.count() == 20

    def test_nobody_fills_the_shelf_with_drafts(self, there):
        for _number in range(41):
            client = Client()
            page = client.get(step(there, "place"))
            sent = client.post(step(there, "place"), fill(page, **residents.answers_at(there)["place"]))
        assert sent.status_code == 429
        assert errors(sent)
        assert SealedDraft.objects.count() == 40


class TestDrafts:
    def test_a_draft_is_sealed_and_its_cookie_is_out_of_reach(self, there):
        client = write(there)
        cookie = client.cookies["proposal"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["max-age"] == 7 * 24 * 3600
        row = SealedDraft.objects.get()
        assert cookie.value.split(":")[0] not in row.token_hash
        for value in (NAME, PHONE, DOOR):
            assert value.encode() not in bytes(row.ciphertext)
        assert "sessionid" not in client.cookies

    def test_another_browser_and_another_community_find_nothing(self, there):
        client = write(there)
        assert Client().get(step(there, "check")).url == there.address + "propose/"
        other = residents.place(prefix="LF")
        assert client.get(f"{other.address}propose/check/").url == f"{other.address}propose/"

    def test_an_altered_cookie_opens_nothing(self, there):
        client = write(there)
        client.cookies["proposal"] = client.cookies["proposal"].value + "x"
        assert client.get(step(there, "check")).status_code == 302

    def test_after_a_week_it_is_gone(self, there):
        client = write(there)
        row = SealedDraft.objects.get()
        row.expires_at = timezone.now() - timedelta(seconds=1)
        row.save()
        assert client.get(step(there, "check")).url == there.address + "propose/"
        assert forget_old_drafts() == 1
        assert SealedDraft.objects.count() == 0

    def test_nothing_of_the_draft_stays_once_it_is_sent(self, there):
        client = write(there, photos=[factory.picture()])
        before = SealedDraft.objects.get().ciphertext
        send(there, client)
        row = SealedDraft.objects.get()
        assert len(row.ciphertext) < len(before) / 4
        assert list(pending.DRAFTS.folder.glob("*")) == []

    def test_sending_twice_leads_to_the_same_receipt(self, there):
        client = write(there)
        form = fill(client.get(step(there, "check")))
        first, second = (client.post(step(there, "check"), form).url for _time in range(2))
        assert first == second
        assert RenovationRequest.objects.count() == 1
        assert soup(client.get(there.address + "propose/")).select_one(f"a[href='{step(there, 'place')}']")
        propose(there, client=client)
        assert RenovationRequest.objects.count() == 2


class TestSimilar:
    def test_what_is_under_way_at_the_same_place_is_shown_first(self, there, client):
        request = factory.joint_decision(
            there.people, title="楼道照明改造", place="清源小区 3号楼", estate=there.estate
        )
        hidden = factory.submitted(there.people, title="还没受理的提案", place="清源小区 3号楼", estate=there.estate)
        draft_project_page(request).get_latest_revision().publish(skip_permission_checks=True)
        for key in ("place", "problem"):
            page = client.get(step(there, key))
            sent = client.post(step(there, key), fill(page, **residents.answers_at(there)[key]))
        assert sent.url == step(there, "similar")
        page = client.get(sent.url)
        assert "楼道照明改造" in text(page)
        assert hidden.title not in text(page)
        no = client.post(sent.url, fill(page))
        assert no.url == step(there, "wish")
        yes = client.post(sent.url, {"same": request.reference})
        assert yes.url.endswith(f"/{request.reference.lower()}/")
        assert SealedDraft.objects.count() == 0

    def test_without_anything_alike_the_way_goes_on(self, there, client):
        for key in ("place", "problem"):
            page = client.get(step(there, key))
            sent = client.post(step(there, key), fill(page, **residents.answers_at(there)[key]))
        assert sent.url == step(there, "wish")
        assert client.get(step(there, "similar")).url == step(there, "wish")


class TestReceipts:
    def test_the_receipt_can_be_opened_again_later_by_anybody_who_has_it(self, there):
        receipt = propose(there)
        for _time in range(2):
            page = Client().get(receipt)
            assert page.status_code == 200
            assert "no-store" in page["Cache-Control"]
            assert "noindex" in page["X-Robots-Tag"]
            assert soup(page).select_one("meta[name=robots][content*=noindex]")
            assert "Set-Cookie" not in page

    def test_the_code_is_typed_by_post(self, there, client):
        receipt = propose(there)
        code = soup(client.get(receipt)).select_one(".panel__code").text
        page = client.get("/f/")
        for typed in (code, code.lower(), f" {code.replace('-', ' ')} "):
            assert client.post("/f/", fill(page, code=typed)).url == receipt

    def test_a_wrong_code_gets_a_sentence_and_soon_a_limit(self, there, client):
        page = client.get("/en/f/")
        answer = client.post("/en/f/", fill(page, code="abc"))
        assert answer.status_code == 422
        assert soup(answer).select_one("input[name=code]")["value"] == "abc"
        for _time in range(30):
            assert client.get("/f/AAAABBBBCCCC/").status_code == 404
        assert client.get("/f/AAAABBBBCCCC/").status_code == 429
        assert client.post("/f/", fill(page, code="AAAA-BBBB-CCCC")).status_code == 429

    def test_only_a_keyed_hash_of_the_code_is_kept(self, there, settings):
        receipt = propose(there)
        code = receipt.strip("/").split("/")[-1]
        row = Receipt.objects.get(opens="proposal")
        assert code not in row.code_hash
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
        assert Client().get(receipt).status_code == 200
        settings.SECRET_KEY_FALLBACKS = []
        assert Client().get(receipt).status_code == 404

    def test_the_promise_is_kept_visible(self, there):
        receipt = propose(there)
        assert "We have it, and answer by" in text(Client().get("/en" + receipt))

    def test_after_a_move_the_page_says_so(self, there):
        receipt = propose(there)
        advance(
            make.context(there.people.officer, reason="请补一张白天的照片"), request=RenovationRequest.objects.get(),
            event="return_for_completion",
        )  # fmt: skip
        shown = text(Client().get("/en" + receipt))
        assert "请补一张白天的照片" in shown
        assert "We have a question" in shown

    def test_the_address_of_a_receipt_does_not_reach_the_log(self, there, caplog):
        from cms.logs import MaskingFormatter

        code = "AAAABBBBCCCC"
        Client().get(f"/f/{code}/")
        lines = [MaskingFormatter().format(record) for record in caplog.records]
        assert lines
        assert not any(code in line for line in lines)


def test_a_proposal_takes_few_statements(there):
    client = write(there, photos=[factory.picture() for _number in range(6)])
    form = fill(client.get(step(there, "check")))
    with CaptureQueriesContext(connection) as captured:
        assert client.post(step(there, "check"), form).status_code == 302
    assert len(captured) <= 25, "\n".join(query["sql"][:150] for query in captured)


def test_what_residents_type_appears_nowhere(there, caplog, client):
    """Name, phone and door number in every field, also later and of neighbours: on no page, in no log, mail or row."""
    caplog.set_level(logging.INFO)
    receipt = propose(there, photos=[SimpleUploadedFile(f"{NAME}{DOOR}.jpg", factory.picture().read(), "image/jpeg")])
    link = soup(client.get(receipt)).select_one("a[href*='/c/']")["href"]
    signed = {"name": NAME, "building": there.building.reference, "door": DOOR, "phone": "13900001111"}
    own = client.post(link, fill(client.get(link), **signed)).url
    context = make.context(there.people.officer, reason="请补一张照片")
    advance(context, request=RenovationRequest.objects.get(), event="return_for_completion")
    client.post(receipt + "add/", fill(client.get(receipt + "add/"), text=f"{NAME} {PHONE} {DOOR}"))
    deliver()
    write(there, client)  # and a draft

    canaries = (NAME, PHONE, DOOR, "resident@example.org", "13900001111")
    pages = [there.address, "/", receipt, receipt + "slip/", link, own, "/f/", there.address + "propose/"]
    staff = signed_in(there.people.officer)
    shown = "".join(client.get(address).content.decode() for address in pages)
    shown += "".join(staff.get(address).content.decode() for address in ("/desk/", reverse("renovation:index")))
    found = [("pages", word) for word in canaries if word in shown]
    found += [("logs", word) for word in canaries if word in caplog.text]
    found += [("mails", word) for word in canaries for one in mail.outbox if word in one.subject + one.body]
    tables = set(connection.introspection.table_names())
    for model in (one for one in apps.get_models() if one._meta.db_table in tables):
        rows = str(list(model._base_manager.values())) + str([bytes(v) for v in binary_values(model)])
        found += [(model._meta.label, word) for word in canaries if word in rows or str(word.encode())[2:-1] in rows]
    assert found == []
    assert not client.session.keys()


def binary_values(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.BinaryField):
            yield from model._base_manager.values_list(field.name, flat=True)
