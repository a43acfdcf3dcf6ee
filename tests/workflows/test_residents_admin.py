"""What residents handed in, as the staff meet it: sealed, private, released on purpose, erased on request."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from community.models import Event, SealedContent, StoredFile
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows import residents
from tests.workflows.desk import fill, signed_in, soup, text
from tests.workflows.residents import NAME, PHONE, propose
from tests.worlds import world
from workflows.actions.requests import advance
from workflows.admin.views import address_of
from workflows.models import Cosignature, Receipt, RenovationRequest, RequestPhoto, ResidentPhoto

pytestmark = pytest.mark.django_db


@world
def there():
    return residents.place()


@pytest.fixture
def receipt(there):
    return propose(there, photos=[factory.picture(), factory.picture("#246")])


def row():
    return RenovationRequest.objects.select_related("community").get()


def officer(there):
    return signed_in(there.people.officer)


def files():
    return [photo.file for photo in ResidentPhoto.objects.select_related("file").order_by("pk")]


def sign(there, receipt, **given):
    link = soup(Client().get(receipt)).select_one("a[href*='/c/']")["href"]
    page = Client().get(link)
    given = {"name": "李示例", "building": there.building.reference, "phone": "13900001111", **given}
    return Client().post(link, fill(page, **given)).url


class TestReading:
    def test_lists_and_pages_show_stubs(self, there, receipt):
        staff = officer(there)
        for address in (reverse("renovation:index"), address_of(row()), address_of(row(), "history")):
            shown = staff.get(address).content.decode()
            assert row().reference in shown
            assert not [word for word in (NAME, PHONE, "声控灯") if word in shown]

    def test_the_words_are_shown_with_a_reason_and_so_is_what_was_added(self, there, receipt):
        staff = officer(there)
        context = make.context(there.people.officer, reason="哪一层？")
        advance(context, request=row(), event="return_for_completion")
        page = Client().get(receipt + "add/")
        Client().post(receipt + "add/", fill(page, text="四楼，找李示例"))
        address = address_of(row(), "reveal")
        assert staff.post(address, {"reason": ""}).status_code in (200, 422)
        answer = staff.post(address, {"reason": "联系提案人"})
        assert "声控灯" in text(answer)
        assert "四楼，找李示例" in text(answer)
        assert "no-store" in answer["Cache-Control"]
        event = Event.objects.get(verb="renovation.reveal")
        assert (event.actor_id, event.reason) == (there.people.officer.user_id, "联系提案人")

    def test_neighbours_are_shown_with_a_reason(self, there, receipt):
        sign(there, receipt, door="502室")
        answer = officer(there).post(address_of(row(), "neighbours"), {"reason": "核对联名"})
        assert "13900001111" in text(answer)
        assert "502室" in text(answer)
        assert Event.objects.filter(verb="renovation.reveal_neighbours").count() == 1


class TestPhotos:
    def test_they_are_private_until_they_are_released(self, there, receipt, client):
        neighbour = factory.neighbourhood(prefix="LF")
        private = files()[0]
        assert client.get(private.url).status_code == 404
        assert signed_in(neighbour.officer).get(private.url).status_code == 404
        assert signed_in(there.people.group_member).get(private.url).status_code == 404
        for person in (there.people.officer, there.people.grid_worker):
            answer = signed_in(person).get(private.url)
            assert answer.status_code == 200
            assert "no-store" in answer["Cache-Control"]

    def test_released_after_looking_under_the_words_of_the_staff(self, there, receipt, client):
        staff = officer(there)
        assert row().photos.count() == 0
        address = address_of(row(), "release", files()[0].reference)
        page = staff.get(address)
        assert soup(page).select_one(f"img[src='{files()[0].url}']")
        unlooked = staff.post(address, {"caption": "楼道", "moment": "before"})
        assert unlooked.status_code in (200, 422)
        assert row().photos.count() == 0
        given = {"caption": "三楼楼道", "moment": "before", "looked": "on"}
        assert staff.post(address, given | {"caption": "找13800001234"}).status_code in (200, 422)
        assert staff.post(address, given).status_code == 302
        public = RequestPhoto.objects.get()
        assert client.get(public.file.url).status_code == 200
        assert client.get(files()[0].url).status_code == 404
        assert Event.objects.filter(verb="renovation.release_photo").count() == 1
        assert staff.post(address, given).status_code in (200, 409)
        assert RequestPhoto.objects.count() == 1

    def test_a_photo_of_another_request_is_not_found(self, there, receipt):
        first = row()
        propose(there)
        other = RenovationRequest.objects.select_related("community").exclude(pk=first.pk).get()
        assert officer(there).get(address_of(other, "release", files()[0].reference)).status_code == 404

    def test_on_the_desk_those_see_them_who_may(self, there, receipt):
        address = reverse("desk-request", args=[there.community.code, row().reference])
        assert files()[0].small_url in signed_in(there.people.grid_worker).get(address).content.decode()


class TestErasing:
    def erase(self, there, *whose):
        return officer(there).post(address_of(row(), "erase"), {"whose": list(whose), "reason": "本人要求"})

    def test_everything_that_was_left_can_be_erased_and_the_record_stays_whole(
        self, there, receipt, client, django_capture_on_commit_callbacks
    ):
        own = sign(there, receipt)
        signature = Cosignature.objects.get()
        paths = [written.path for file in files() for written in (file.file, file.small)]
        page = officer(there).get(address_of(row(), "erase"))
        offered = {box["value"] for box in soup(page).select("input[name=whose]")}
        assert offered == {"proposer", "photos", "receipt", signature.reference}
        with django_capture_on_commit_callbacks(execute=True):
            assert self.erase(there, *offered).status_code == 302
        assert not any(StoredFile._meta.get_field("file").storage.exists(path) for path in paths)
        assert SealedContent.objects.filter(stub__in=[row().proposer_words, signature.contact]).count() == 0
        assert Receipt.objects.count() == 0
        assert client.get(receipt).status_code == client.get(own).status_code == 404
        signature.refresh_from_db()
        assert (signature.once_phone, signature.once_home) == ("", "")
        assert signature.withdrawn_at is not None
        event = Event.objects.get(verb="renovation.erase")
        assert len(json.loads(event.body)["notes"]["erased_files"]) == 2
        out = StringIO()
        call_command("verify_history", stdout=out)
        assert self.erase(there, "proposer").status_code in (200, 422)

    def test_the_receipt_still_opens_when_only_the_words_are_erased(self, there, receipt, client):
        self.erase(there, "proposer")
        page = client.get(receipt)
        assert page.status_code == 200
        assert "138****" not in text(page)


def test_whoever_has_the_proposers_phone_does_not_decide(there, receipt):
    """From the form of a resident to the seat of a member, by a keyed hash and nothing else."""
    from community.models import Member
    from community.records import act
    from community.sealed import Contact, seal_contact
    from workflows.actions.moving import GateClosed

    member = there.people.grid_committee[0]
    with act(make.SYSTEM, "test.contact", there.community) as a:
        member.contact = seal_contact(a, there.community, Contact("某成员", "+86 138-0000-1234"))
        a.save(member)
    request = row()
    residents.prepare_for_acceptance(there, request)
    advance(make.context(there.people.secretary), request=request, event="accept")
    asked = factory.asked(there.people, request)
    with pytest.raises(GateClosed):
        factory.decide_as(Member.objects.get(pk=member.pk), asked)
    factory.decide_as(there.people.grid_committee[1], asked)
