"""The site on the desk: logs with photos, days without one, faults; and proposals written down at the door."""

import time
from datetime import timedelta
from os import utime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from community.models import StoredFile
from community.sealed import unseal_contact, unseal_text
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows.desk import address_of, fill, rows, signed_in, soup, text
from tests.worlds import world
from workflows.actions.supervising import plan_duty
from workflows.desk import pending
from workflows.models import DutyDay, Fault, RenovationRequest, SiteLog

pytestmark = pytest.mark.django_db
FINE = {"weather": "clear", "finding": "fine", "text": "雨水管已铺好。"}


@pytest.fixture(autouse=True)
def pending_photos(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@world
def works(here):
    return factory.joint_supervision(here)


def on_duty(here, works, day=None):
    day = day or timezone.localdate()
    return plan_duty(make.context(here.officer), request=works, day=day, members=[here.group_member])


def site(works) -> str:
    return reverse("desk-site", args=address_of(works))


def broken() -> SimpleUploadedFile:
    return SimpleUploadedFile("坏的.jpg", b"\xff\xd8\xff" + b"nothing" * 20, content_type="image/jpeg")


# The log


def test_the_person_on_duty_comes_from_the_inbox_and_writes_the_log(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    (link,) = rows(client.get("/desk/"))
    page = client.get(link)
    found = soup(page)
    assert works.title in found.select_one("h1").text
    assert not found.select("main [type=radio][checked]")
    assert found.select_one("input[type=file]").has_attr("multiple")
    assert not found.select_one("input[type=file]").has_attr("capture")
    sent = fill(page, **FINE, photos=[factory.picture(), factory.picture("#333")])
    answer = client.post(site(works), sent, follow=True)
    assert "Your log is written." in text(answer)
    log = SiteLog.objects.get()
    assert (log.member, log.finding, log.photos.count()) == (here.group_member, "fine", 2)
    assert rows(client.get("/desk/")) == []
    assert pending.DESK.folder.exists() is False or list(pending.DESK.folder.iterdir()) == []


def test_sent_twice_it_is_one_log(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **FINE)
    for _time in range(2):
        assert client.post(site(works), {**sent, "photos": [factory.picture()]}).status_code == 302
    assert SiteLog.objects.count() == 1
    assert StoredFile.objects.filter(name=works.title).count() == 1


def test_a_problem_opens_a_fault_with_its_day(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **{**FINE, "finding": "problem", "text": "排水口被土堵住。"})
    answer = client.post(site(works), {**sent, "photos": [factory.picture()]})
    assert answer.status_code == 422
    assert "Say how serious it is." in text(answer)
    due = timezone.localdate() + timedelta(days=3)
    client.post(site(works), {**fill(answer), "severity": "major", "due_on": f"{due:%Y-%m-%d}"})
    fault = Fault.objects.get()
    assert (fault.severity, fault.due_on, fault.description) == ("major", due, "排水口被土堵住。")
    assert fault.log.photos.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        broken,
        lambda: SimpleUploadedFile("大.jpg", b"\xff" * (10 * 1024 * 1024 + 1), content_type="image/jpeg"),
        lambda: SimpleUploadedFile("照片.png", factory.picture().read(), content_type="image/png"),
    ],
    ids=["broken", "oversized", "mislabelled"],
)
def test_a_bad_photo_is_refused_and_the_good_ones_and_the_text_are_kept(here, works, bad):
    on_duty(here, works)
    client = signed_in(here.group_member)
    upload = bad()
    sent = fill(client.get(site(works)), **FINE, photos=[factory.picture(), upload, factory.picture("#333")])
    answer = client.post(site(works), sent)
    assert answer.status_code == 422
    found = soup(answer)
    assert upload.name in found.select_one("#id_photos_error").text
    assert found.select_one("[role=alert] a[href='#id_photos']")
    assert "雨水管已铺好。" in found.select_one("textarea").text
    assert found.select_one("input[name=weather][checked]")["value"] == "clear"
    assert len(found.select("input[name=keep][checked]")) == 2
    assert not SiteLog.objects.exists()
    assert client.post(site(works), fill(answer)).status_code == 302
    assert SiteLog.objects.get().photos.count() == 2
    assert list(pending.DESK.folder.iterdir()) == []


def test_a_kept_photo_can_be_left_out(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **{**FINE, "text": ""}, photos=[factory.picture(), factory.picture("#333")])
    answer = client.post(site(works), sent)
    again = fill(answer, text="都好。")
    client.post(site(works), {**again, "keep": again["keep"][:1]})
    assert SiteLog.objects.get().photos.count() == 1


def test_kept_photos_are_of_one_account_and_one_submission(here, works):
    on_duty(here, works)
    sent = fill(signed_in(here.group_member).get(site(works)), **{**FINE, "text": ""})
    answer = signed_in(here.group_member).post(site(works), {**sent, "photos": [factory.picture()]})
    stolen = fill(answer, text="别人的照片。")
    refused = signed_in(here.officer).post(site(works), stolen)
    assert refused.status_code == 422
    assert "Add a photo." in text(refused)
    refused = signed_in(here.group_member).post(
        site(works), {**stolen, "submission_key": "00000000-0000-4000-8000-000000000000"}
    )
    assert refused.status_code == 422
    assert not SiteLog.objects.exists()


def test_more_than_six_photos_are_too_many_and_six_are_kept(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **FINE, photos=[factory.picture() for _ in range(7)])
    answer = client.post(site(works), sent)
    assert answer.status_code == 422
    assert "At most 6 photos" in text(answer)
    client.post(site(works), fill(answer))
    assert SiteLog.objects.get().photos.count() == 6


def test_what_nobody_sends_again_is_forgotten_after_a_day(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **{**FINE, "text": ""}, photos=[factory.picture()])
    answer = client.post(site(works), sent)
    assert pending.forget_old_photos() == 0
    old = time.time() - pending.DESK.seconds - 1
    for path in pending.DESK.folder.iterdir():
        utime(path, (old, old))
    assert pending.forget_old_photos() == 2
    refused = client.post(site(works), fill(answer, text="照片没有了。"))
    assert "Add a photo." in text(refused)


def test_the_day_before_wants_a_time_and_no_day_to_come_is_offered(here, works):
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        on_duty(here, works, day)
    client = signed_in(here.group_member)
    sent = fill(client.get(site(works)), **FINE)
    assert sent["day"] == f"{today - timedelta(days=1):%Y-%m-%d}"
    answer = client.post(site(works), {**sent, "photos": [factory.picture()]})
    assert "Say about what time you were there." in text(answer)
    client.post(site(works), fill(answer, seen_at="09:30"))
    seen = timezone.localtime(SiteLog.objects.get().seen_at)
    assert (seen.date(), seen.hour, seen.minute) == (today - timedelta(days=1), 9, 30)


def test_a_day_without_a_log_is_explained(here, works):
    yesterday = timezone.localdate() - timedelta(days=1)
    on_duty(here, works, yesterday)
    client = signed_in(here.group_member)
    address = reverse("desk-explain", args=[*address_of(works), f"{yesterday:%Y-%m-%d}"])
    assert client.post(address, {"no_log": "weather", "explanation": ""}).status_code == 422
    assert client.post(address, {"no_log": "weather", "explanation": "大雨停工。"}).status_code == 302
    assert DutyDay.objects.get().explanation == "大雨停工。"
    assert "No works because of the weather" in text(client.get("/desk/duty/"))
    assert rows(client.get("/desk/")) == []


def test_my_week_starts_with_today(here, works):
    today = timezone.localdate()
    for days in (-2, 0, 3):
        on_duty(here, works, today + timedelta(days=days))
    page = signed_in(here.group_member).get("/desk/duty/")
    assert [heading.text for heading in soup(page).select("main h2")] == ["Today", "Still to be written", "Coming"]
    assert len(rows(page)) == 3


# Faults


@pytest.fixture
def fault(here, works):
    on_duty(here, works)
    client = signed_in(here.group_member)
    due = timezone.localdate() + timedelta(days=3)
    sent = fill(client.get(site(works)), **{**FINE, "finding": "problem", "text": "排水口被土堵住。"})
    client.post(site(works), {**sent, "severity": "major", "due_on": f"{due:%Y-%m-%d}", "photos": [factory.picture()]})
    return Fault.objects.get()


def at(fault) -> str:
    return reverse("desk-fault", args=[*address_of(fault.request), fault.reference])


def test_a_fault_is_put_right_with_a_photo_and_checked_by_another(here, fault):
    worker, officer = signed_in(here.grid_worker), signed_in(here.officer)
    assert at(fault) in rows(worker.get("/desk/"))
    page = worker.get(at(fault))
    refused = worker.post(at(fault), fill(page, text="已经清掉了。"))
    assert "Add a photo." in text(refused)
    assert worker.post(at(fault), {**fill(refused), "photos": [factory.picture()]}).status_code == 302
    assert not soup(worker.get(at(fault))).select("main form")
    assert at(fault) not in rows(worker.get("/desk/"))
    assert at(fault) in rows(officer.get("/desk/"))
    assert officer.post(at(fault), {"put_right": "no", "reason": ""}).status_code == 422
    officer.post(at(fault), {"put_right": "no", "reason": "还有泥沙。"})
    fault.refresh_from_db()
    assert fault.state == "open"
    worker.post(at(fault), {**fill(worker.get(at(fault)), text="又清了一遍。"), "photos": [factory.picture()]})
    officer.post(at(fault), {"put_right": "yes", "reason": ""})
    fault.refresh_from_db()
    assert (fault.state, fault.closed_by) == ("closed", here.officer)


# Proposals

PROPOSAL = {
    "title": "修一段路", "place": "1 号楼东侧", "category": "basic", "problem": "路面破损，雨天积水。",
    "plan": "铺雨水管。", "budget": "240000", "channel": "door", "words": "雨天一脚水，老太太摔过一次",
    "contact_name": "王芳", "contact_phone": "13812345678", "confirmed": "spoken",
}  # fmt: skip


def test_a_grid_worker_writes_down_a_proposal_at_the_door(here):
    client = signed_in(here.grid_worker)
    page = client.get("/desk/propose/", follow=True)
    target = reverse("desk-propose-in", args=[here.community.code])
    sent = fill(page, **PROPOSAL)
    for _time in range(2):
        answer = client.post(target, {**sent, "photos": [factory.picture()]}, follow=True)
        assert answer.status_code == 200
    made = RenovationRequest.objects.get()
    assert made.reference in text(answer)
    assert (made.unit, made.channel, made.photos.count()) == (here.grid, "door", 1)
    assert unseal_contact(made.proposer_contact).phone == "13812345678"
    assert unseal_text(made.proposer_words).startswith("雨天一脚水")
    assert "王芳" not in text(answer)
    assert "一脚水" not in text(answer)


def test_a_phone_number_has_no_place_in_the_public_wording(here):
    client = signed_in(here.grid_worker)
    target = reverse("desk-propose-in", args=[here.community.code])
    sent = fill(client.get(target), **{**PROPOSAL, "problem": "请打 13812345678"})
    answer = client.post(target, {**sent, "photos": [factory.picture()]})
    assert answer.status_code == 422
    assert soup(answer).select_one("#id_problem_error")
    assert client.post(target, fill(answer, problem="路面破损。")).status_code == 302


def test_what_was_heard_is_read_back(here):
    client = signed_in(here.grid_worker)
    target = reverse("desk-propose-in", args=[here.community.code])
    sent = fill(client.get(target), **PROPOSAL)
    del sent["confirmed"]
    answer = client.post(target, {**sent, "photos": [factory.picture()]})
    assert answer.status_code == 422
    assert "Read it back before you send it." in text(answer)
