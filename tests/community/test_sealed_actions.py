"""What residents type: sealed, masked, revealed with a reason, erased; and the record stays whole."""

from datetime import timedelta
from io import StringIO

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from community import sealed
from community.models import Event, SealedContent, SealedText
from community.personal_numbers import refuse_personal_numbers
from community.records import act
from community.refusals import ActionRefused
from community.sealed import Contact
from community.ticks import registered_ticks
from community.verification import Verification
from tests.factories import community as make
from tests.worlds import world

pytestmark = pytest.mark.django_db
WORDS, PHONE, NAME = "三楼的灯又坏了，老人夜里不敢下楼", "13800138000", "张大妈"


@world
def community():
    return make.community()


def seal(unit, **options):
    with act(make.SYSTEM, "test.seal", unit) as a:
        text = sealed.seal_text(a, unit, WORDS, **options)
        contact = sealed.seal_contact(a, unit, Contact(NAME, PHONE), **options)
    return text, contact


def everything_stored() -> str:
    """Each value of each row of each table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [
                    bytes(v).decode("utf-8", "replace") if isinstance(v, bytes | memoryview) else str(v) for v in row
                ]
    return "\n".join(found)


def test_nothing_typed_stands_in_any_table(community):
    text, contact = seal(community)
    make.member(unit=community, contact=Contact(NAME, PHONE))
    assert sealed.unseal_text(text) == WORDS
    assert sealed.unseal_contact(contact) == Contact(NAME, PHONE)
    stored = everything_stored()
    assert str(text.commitment) in stored
    for said in (WORDS, WORDS[:4], PHONE, NAME):
        assert said not in stored


def test_the_same_words_are_sealed_differently_each_time(community):
    (one, _), (two, _) = seal(community), seal(community)
    assert one.commitment != two.commitment
    assert bytes(one.content.ciphertext) != bytes(two.content.ciphertext)


def test_a_contact_is_masked():
    contact = Contact(NAME, PHONE)
    assert (contact.masked_name, contact.masked_phone) == ("张**", "138****8000")
    assert Contact(phone="7123456").masked_phone == "*******"
    assert Contact().masked_name == Contact().masked_phone == ""


def test_a_phone_is_recognised_without_being_kept(community):
    _text, contact = seal(community)
    assert contact.content.phone_hash == sealed.phone_hash("+86 138-0013-8000") != sealed.phone_hash("13800138001")
    assert PHONE not in contact.content.phone_hash


def test_a_reveal_needs_a_reason_and_is_recorded(community):
    _text, contact = seal(community)
    officer = make.holder("officer", community)
    with pytest.raises(ActionRefused) as refused:
        sealed.reveal_contact(make.context(officer, reason="  "), contact)
    assert refused.value.field == "reason"
    assert not Event.objects.filter(verb="contact.reveal").exists()
    assert sealed.reveal_contact(make.context(officer, reason="约时间看灯"), contact) == Contact(NAME, PHONE)
    event = Event.objects.get(verb="contact.reveal")
    assert (event.actor, event.reason, event.subject_key) == (officer.user, "约时间看灯", str(contact.pk))
    assert PHONE not in event.body


@pytest.mark.both_engines
def test_what_is_erased_cannot_be_read_and_the_record_stays_whole(community):
    text, contact = seal(community)
    context = make.context(make.holder("officer", community), reason="本人要求")
    for stub in (text, contact):
        sealed.erase(context, stub)
        assert sealed.unseal(stub) is None
    assert not SealedContent.objects.filter(stub__in=[text, contact]).exists()
    assert Event.objects.filter(verb="sealed.erase").count() == SealedText.objects.filter(unit=community).count() == 2
    assert list(Verification().misfits()) == []
    for attempt in (sealed.erase, sealed.reveal_contact):
        with pytest.raises(ActionRefused):
            attempt(context, contact)


def test_an_erasure_needs_a_reason(community):
    text, _contact = seal(community)
    with pytest.raises(ActionRefused) as refused:
        sealed.erase(make.context(make.holder("officer", community)), text)
    assert refused.value.field == "reason"
    assert sealed.unseal_text(text) == WORDS


def test_another_master_key_opens_nothing(community, settings):
    text, _contact = seal(community)
    settings.LINLI_MASTER_KEY = "11" * 32
    with pytest.raises(InvalidTag):
        sealed.unseal(text)


@pytest.mark.parametrize("column", ["ciphertext", "wrapped_key", "salt"])
def test_altered_content_is_not_shown(community, column):
    text, _contact = seal(community)
    content = text.content
    value = bytearray(getattr(content, column))
    value[-1] ^= 1
    setattr(content, column, bytes(value))
    content.save()
    with pytest.raises(InvalidTag):
        sealed.unseal(text)


def test_content_does_not_open_under_another_stub(community):
    (text, contact) = seal(community)
    content = text.content
    SealedContent.objects.filter(stub=contact).update(
        ciphertext=content.ciphertext, wrapped_key=content.wrapped_key, salt=content.salt
    )
    with pytest.raises(InvalidTag):
        sealed.unseal(contact)


def test_what_is_past_its_day_is_erased_the_rest_stays(community):
    now = timezone.now()
    past, kept = (
        seal(community, expires_at=now - timedelta(days=1)),
        seal(community, expires_at=now + timedelta(days=1)),
    )
    for_good = seal(community)
    assert sealed.erase_expired() == 2
    assert sealed.erase_expired() == 0
    assert [sealed.unseal(stub) for stub in past] == [None, None]
    assert None not in [sealed.unseal(stub) for stub in (*kept, *for_good)]
    assert Event.objects.filter(verb="sealed.erase", channel="system").count() == 2


@pytest.mark.both_engines
def test_after_a_new_master_key_everything_is_wrapped_anew(community, settings, tmp_path):
    stubs = [stub for _number in range(4) for stub in seal(community)]
    old = tmp_path / "old-key"
    old.write_text(settings.LINLI_MASTER_KEY + "\n")
    before = [bytes(stub.content.ciphertext) for stub in stubs]
    settings.LINLI_MASTER_KEY = "22" * 32
    out = StringIO()
    call_command("rewrap_sealed", str(old), stdout=out)
    assert "100%" in out.getvalue() and "8" in out.getvalue()
    assert sealed.unseal_text(stubs[0]) == WORDS
    assert [bytes(SealedContent.objects.get(stub=stub).ciphertext) for stub in stubs] == before
    call_command("rewrap_sealed", str(old), stdout=out)


def test_rewrapping_says_what_is_under_a_third_key(community, settings, tmp_path):
    seal(community)
    third = tmp_path / "third"
    third.write_text("33" * 32)
    settings.LINLI_MASTER_KEY = "22" * 32
    with pytest.raises(CommandError, match="2"):
        call_command("rewrap_sealed", str(third), stdout=StringIO())


@pytest.mark.parametrize("content", ["", "zz", "00" * 31, None])
def test_a_file_without_a_key_gets_a_sentence(tmp_path, content):
    path = tmp_path / "key"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CommandError, match=str(path)):
        call_command("rewrap_sealed", str(path))


@pytest.mark.parametrize(
    "text",
    [
        "电话13800138000。",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86 138 0013 8000",
        "8613800138000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "138-001-38000",
        "身份证420502199001011234",
        "42050219900101123X",
        "420502 19900101 123x",
        "４２０５０２１９９００１０１１２３４",
    ],
)
def test_numbers_of_persons_are_refused_in_public_words(text):
    with pytest.raises(ValidationError):
        refuse_personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "长148米，预算 1500 2000 300 元",
        "居委会电话 0714-000 0000",
        "KY-2026-7HKQ4",
        "2026-03-01 08:30 至 2026-03-15",
        "金额 120000 150000 180000 元",
        "合同号 12345678901234567890123",
        "12800138000",
        "面积 13800.138 平方米",
        "统一社会信用代码 91420500MA48XXXX1X",
        "",
    ],
)
def test_other_numbers_pass(text):
    refuse_personal_numbers(text)


def test_the_worker_erases_what_is_past_its_day():
    assert "sealed.erase_expired" in {tick.name for tick in registered_ticks()}
