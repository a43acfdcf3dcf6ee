"""Neighbours sign at the door, by phone or on paper: somebody writes it down, each counts once, with a receipt."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Channel, Event
from community.records import Context
from community.refusals import ActionRefused
from community.sealed import unseal_contact
from tests.factories import community as make
from tests.workflows import residents
from tests.workflows.desk import fill, signed_in, soup, text
from workflows.actions.receipts import new_code
from workflows.actions.requests import advance
from workflows.actions.signing import Neighbour, sign_for
from workflows.models import Cosignature, Receipt, RenovationRequest

pytestmark = pytest.mark.django_db
NAME, PHONE = "司徒示例", "13911112222"


@pytest.fixture
def there():
    place = residents.place()
    residents.send(place, residents.write(place))
    return place


@pytest.fixture
def form(there):
    request = RenovationRequest.objects.get()
    target = reverse("desk-sign", args=[there.community.code, request.reference])
    return signed_in(there.people.grid_worker), target


def send(there, form, **changed):
    client, target = form
    given = {
        "name": NAME, "building": there.building.reference, "door": "502室", "phone": PHONE,
        "channel": "door", "confirmed": "spoken",
    }  # fmt: skip
    return client.post(target, fill(client.get(target), **{**given, **changed}))


def test_the_request_on_the_desk_leads_to_the_form(form):
    client, target = form
    page = client.get(target.replace("sign/", ""))
    assert soup(page).select_one(f"a[href='{target}']").text == "A neighbour signs"


def test_the_neighbour_is_counted_sealed_and_gets_a_receipt_to_withdraw_it(there, form):
    sent = send(there, form)
    assert sent.url.endswith("/slip/")
    slip = form[0].get(sent.url)
    assert "Receipt of your signature" in text(slip)
    assert len(soup(slip).select("svg.qr")) == 1
    assert soup(slip).select_one(f"a[href='{form[1]}']").text == "Back to the desk"
    signature = Cosignature.objects.get()
    assert unseal_contact(signature.contact).phone == PHONE
    assert (signature.entered_by, signature.confirmed) == (there.people.grid_worker, "spoken")
    event = Event.objects.get(verb="renovation.sign")
    assert (event.channel, event.actor) == ("door", there.people.grid_worker.user)
    assert not any(secret in event.body for secret in (NAME, PHONE, "502"))
    resident = Client()
    withdraw = sent.url.replace("slip/", "withdraw/")
    resident.post(withdraw, fill(resident.get(withdraw)))
    signature.refresh_from_db()
    assert signature.withdrawn_at


def test_the_same_home_counts_once_whether_written_down_or_signed_alone(there, form):
    send(there, form)
    again = send(there, form, phone="", door="502 室", name="别人")
    assert again.status_code == 409
    assert Cosignature.objects.count() == 1


def test_sent_twice_it_is_one_signature(there, form):
    client, target = form
    given = fill(
        client.get(target),
        name=NAME,
        building=there.building.reference,
        door="502",
        channel="paper",
        confirmed="signed",
    )
    assert client.post(target, given).url == client.post(target, given).url
    assert Cosignature.objects.count() == 1
    assert Receipt.objects.filter(opens="signature").count() == 1


@pytest.mark.parametrize(("channel", "status"), [("door", 422), ("phone", 422), ("paper", 302)])
def test_what_was_heard_is_read_back(there, form, channel, status):
    answer = send(there, form, channel=channel, confirmed="")
    assert answer.status_code == status
    assert Cosignature.objects.count() == (status == 302)
    if status == 422:
        assert soup(answer).select_one("#id_confirmed_error")
        assert soup(answer).select_one("#id_name")["value"] == NAME


def test_without_phone_or_door_nobody_knows_who_counts_once(there, form):
    answer = send(there, form, phone="", door="")
    assert answer.status_code == 422
    assert "counts once" in soup(answer).select_one("#id_door_error").text


def test_it_was_signed_yesterday_evening(there, form):
    day = timezone.localdate() - timedelta(days=1)
    send(there, form, heard_on=f"{day:%Y-%m-%d}", heard_time="19:30")
    assert timezone.localtime(Cosignature.objects.get().signed_at).strftime("%d %H:%M") == f"{day:%d} 19:30"


def test_a_building_from_next_door_is_refused(there, form):
    elsewhere = residents.place(prefix="LF")
    assert send(there, form, building=elsewhere.building.reference).status_code == 422
    with pytest.raises(ActionRefused):
        sign_for(
            Context(user=there.people.grid_worker.user, channel=Channel.PAPER),
            request=RenovationRequest.objects.get(), submission_key=uuid.uuid4(), code=new_code(),
            neighbour=Neighbour(NAME, elsewhere.building, door="502"),
        )  # fmt: skip
    assert Cosignature.objects.count() == 0


def test_once_decided_nobody_is_written_down_any_more(there, form):
    client, target = form
    page = fill(client.get(target), name=NAME, building=there.building.reference, door="502", channel="paper")
    request = RenovationRequest.objects.get()
    advance(make.context(there.people.officer, reason="不在范围内"), request=request, event="decline")
    assert client.post(target, page).status_code == 200
    assert "decided already" in text(client.get(target))
    assert Cosignature.objects.count() == 0
