"""What somebody says at the door, by phone or on paper is written down for them, and they get the receipt."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.models import Event
from tests.factories import renovation as factory
from tests.workflows.desk import fill, signed_in, soup, text
from tests.workflows.test_desk_site_views import PROPOSAL
from workflows.models import Intake, Receipt, RenovationRequest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pending_photos(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def form(here):
    return signed_in(here.grid_worker), reverse("desk-propose-in", args=[here.community.code])


def send(form, **changed):
    client, target = form
    given = fill(client.get(target), **{**PROPOSAL, **changed})
    return client.post(target, {**given, "photos": [factory.picture()]})


def test_the_resident_gets_a_receipt_with_which_it_is_followed(here, form):
    sent = send(form, neighbours="on")
    assert sent.url.endswith("/slip/")
    slip = form[0].get(sent.url)
    request = RenovationRequest.objects.get()
    assert request.reference in text(slip)
    assert len(soup(slip).select("svg.qr")) == 2
    assert soup(slip).select_one(f"a[href='{reverse('desk-request', args=[here.community.code, request.reference])}']")
    receipt = Client().get(sent.url.replace("slip/", ""))
    assert "Back to the desk" not in text(Client().get(sent.url))
    assert "王**" in text(receipt)
    assert set(Receipt.objects.values_list("opens", flat=True)) == {"proposal", "signing"}


def test_sent_twice_it_is_one_proposal_with_one_receipt(here, form):
    client, target = form
    given = fill(client.get(target), **PROPOSAL)
    sent = [client.post(target, {**given, "photos": [factory.picture()]}).url for _time in range(2)]
    assert sent[0] == sent[1]
    assert RenovationRequest.objects.count() == Intake.objects.count() == Receipt.objects.count() == 1


@pytest.mark.parametrize(("channel", "status"), [("door", 422), ("phone", 422), ("paper", 302), ("web", 302)])
def test_what_was_heard_is_confirmed_before_it_is_sent(here, form, channel, status):
    assert send(form, channel=channel, confirmed="").status_code == status
    assert RenovationRequest.objects.count() == (status == 302)


def test_how_it_was_confirmed_stands_in_the_record(here, form):
    send(form, confirmed="relative")
    intake = Intake.objects.get()
    assert (intake.confirmed, intake.entered_by) == ("relative", here.grid_worker)
    event = Event.objects.get(verb="renovation.propose")
    assert "relative" in event.body
    assert "王芳" not in event.body
    assert "13812345678" not in event.body


def test_it_was_heard_earlier_than_it_was_written_down(here, form):
    day = timezone.localdate() - timedelta(days=2)
    send(form, heard_on=f"{day:%Y-%m-%d}", heard_time="18:30")
    request = RenovationRequest.objects.get()
    assert timezone.localtime(request.proposed_at).strftime("%H:%M") == "18:30"
    assert timezone.localdate(request.proposed_at) == day
    event = Event.objects.get(verb="renovation.propose")
    assert event.occurred_at == request.proposed_at < event.recorded_at


def test_nothing_is_heard_in_the_future(here, form):
    later = timezone.localtime() + timedelta(minutes=30)
    moment = {"heard_on": f"{later:%Y-%m-%d}", "heard_time": f"{later:%H:%M}"}
    answer = send(form, **moment)
    assert answer.status_code == 422
    assert "future" in soup(answer).select_one("#id_heard_on_error").text
    assert RenovationRequest.objects.count() == 0


def test_the_paper_is_kept_for_the_staff_alone(here, form):
    paper = SimpleUploadedFile("scan.jpg", factory.picture().read(), content_type="image/jpeg")
    send(form, channel="paper", confirmed="signed", paper=paper)
    stored = Intake.objects.get().paper
    assert not stored.is_public
    assert Client().get(stored.url).status_code == 404
    assert signed_in(here.officer).get(stored.url).status_code == 200


def test_a_carried_code_is_of_one_account(here, form):
    _client, target = form
    foreign = fill(signed_in(here.officer).get(target))["carried"]
    answer = send(form, carried=foreign)
    assert answer.status_code == 422
    assert RenovationRequest.objects.count() == 0
