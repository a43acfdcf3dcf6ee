"""Names, phones and door numbers that nobody has, put through every form that takes them; and where they may not be."""

import logging
import re
import uuid
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.logs import NEVER_IN_DETAIL
from tests.community.sheets import HEADERS, xlsx
from tests.factories import community as make
from tests.factories import renovation as build
from tests.proof.places import Place
from tests.proof.traces import WRITING, rows
from tests.workflows import residents
from tests.workflows.desk import fill, soup
from workflows.actions.requests import advance
from workflows.models import PublicityPeriod, RenovationRequest

# Columns that hold such values in clear, and why. Sealed columns hold none: what is in them is looked at too.
PERMITTED: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Person:
    """Somebody improbable: whatever is found of them was left behind by the one form that they filled in."""

    number: int

    @property
    def name(self) -> str:
        return f"欧阳鹮{chr(0x4E80 + 7 * self.number)}"

    @property
    def phone(self) -> str:
        return f"1779035{self.number:04d}"

    @property
    def door(self) -> str:
        return f"丙座{90 + self.number}甍号"

    @property
    def email(self) -> str:
        return f"kestrel{self.number}@wuming.example"

    @property
    def sentence(self) -> str:
        return f"我是{self.name}，住{self.door}，电话{self.phone}。"


PEOPLE = [Person(number) for number in range(12)]
VALUES = [value for one in PEOPLE for value in (one.name, one.phone, one.door, one.email)]
CANARY = re.compile("|".join(re.escape(value) for value in VALUES))


def found_in(text: str) -> set[str]:
    return set(CANARY.findall(text))


@dataclass
class Sender:
    """Sends forms as a browser does. With `broken`, each one is sent first while the database takes nothing; `spilt`
    holds what was wrong with those answers, and `failures` how many there were."""

    broken: bool = False
    failures: int = 0
    spilt: list[str] = field(default_factory=list)

    def send(self, client: Client, address: str, data: dict, *, status=(302,)):
        if self.broken:
            self.send_in_vain(client, address, data)
        answer = client.post(address, rewound(data))
        assert answer.status_code in status, (address, answer.status_code, residents.errors(answer))
        return answer

    def send_in_vain(self, client: Client, address: str, data: dict) -> None:
        client.raise_request_exception = False
        with transaction.atomic():
            with nothing_is_written():
                answer = client.post(address, rewound(data))
            transaction.set_rollback(True)
        client.raise_request_exception = True
        if answer.status_code == 500:
            self.failures += 1
            self.spilt += [f"{address}: {one}" for one in found_in(answer.content.decode())]

    def fill_in(self, client: Client, address: str, *, status=(302,), files=None, **values):
        return self.send(client, address, {**fill(client.get(address), **values), **(files or {})}, status=status)


def rewound(data: dict) -> dict:
    for value in data.values():
        for one in value if isinstance(value, list) else [value]:
            if hasattr(one, "seek"):
                one.seek(0)
    return data


@contextmanager
def nothing_is_written():
    """The disk is full, as the database says it: with the statement and its values in the message."""

    def refuse(execute, sql, parameters, many, context):
        if WRITING.match(sql) and "django_session" not in sql:
            raise OperationalError("database or disk is full")
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(refuse):
        yield


@contextmanager
def everything_logged():
    """Every record of every logger with its traceback, before anything is masked."""
    lines: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: lines.append(logging.Formatter().format(record))
    names = {"", *logging.root.manager.loggerDict} - NEVER_IN_DETAIL.keys()
    loggers = [logging.getLogger(name) for name in names]
    levels = [(logger, logger.level) for logger in loggers]
    logging.root.addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        logging.root.removeHandler(handler)
        for logger, level in levels:
            logger.setLevel(level)


@dataclass
class Left:
    """What the forms made: the request, the receipts and the link, and further addresses where they may be seen."""

    request: RenovationRequest
    addresses: list[str]


def through_every_form(own: Place, sender: Sender) -> Left:
    """A resident's journey, the desk, the admin and the sign-in, one person for each."""
    index = f"{own.home.url}projects/"
    receipt, link = proposed(own, index, sender)
    made = RenovationRequest.objects.select_related("community", "unit").latest("pk")
    own_receipt = signed(own, link, sender)
    added(own, receipt, made, sender)
    neighbour = at_the_desk(own, made, sender)
    addresses = of_the_admin(own, sender)
    typed_elsewhere(sender)
    sender.fill_in(Client(), own_receipt + "withdraw/")
    return Left(made, [index, receipt, link, own_receipt, neighbour, f"{receipt}slip/", *addresses])


def proposed(own: Place, index: str, sender: Sender) -> tuple[str, str]:
    """Step by step, each one wrongly at first; with a second browser that stops before the end."""
    one, half = PEOPLE[0], PEOPLE[1]
    for person, stops in ((half, "contact"), (one, "")):
        client, address = Client(), f"{index}propose/place/"
        while "/check/" not in address:
            step = re.search(r"/propose/(\w+)/", address)[1]
            if step == stops:
                sender.fill_in(client, address, status=(422,), name=person.name, phone=person.door)
                break
            files = {"photos": [build.picture()]} if step == "problem" else {}
            address = sender.fill_in(client, address, files=files, **answers(own, person).get(step, {})).url
    receipt = sender.fill_in(client, address).url
    page = client.get(receipt)
    return receipt, soup(page).select_one("a[href*='/c/']")["href"]


def answers(own: Place, one: Person) -> dict:
    return {
        "place": {"part": "stairs", "place": one.door, "where": f"building-{own.rows.building.reference}"},
        "problem": {"problem": one.sentence},
        "wish": {"wish": one.sentence},
        "cost": {"cost": "3000"},
        "neighbours": {"neighbours": "yes"},
        "contact": {"name": one.name, "phone": one.phone, "email": one.email},
    }


def signed(own: Place, link: str, sender: Sender) -> str:
    """A neighbour who first leaves out the building, then signs."""
    one, client = PEOPLE[2], Client()
    given = {"name": one.name, "phone": one.phone, "door": one.door}
    sender.fill_in(client, link, status=(422,), **given)
    return sender.fill_in(client, link, building=own.rows.building.reference, **given).url


def added(own: Place, receipt: str, made, sender: Sender) -> None:
    advance(make.context(own.people["staff"], reason="哪一层？"), request=made, event="return_for_completion")
    sender.fill_in(Client(), receipt + "add/", text=PEOPLE[3].sentence, files={"photos": [build.picture()]})


def at_the_desk(own: Place, made, sender: Sender) -> str:
    """A grid worker writes down a proposal, and once puts a phone where everybody would read it; staff a signature."""
    client, one, other = signed_in(own, "grid_worker"), PEOPLE[4], PEOPLE[5]
    target = reverse("desk-propose-in", args=[own.community.code])
    given = {
        "title": "修一段路", "place": "楼东侧", "category": "basic", "problem": "路面破损。", "channel": "door",
        "words": one.sentence, "contact_name": one.name, "contact_phone": one.phone, "confirmed": "spoken",
    }  # fmt: skip
    sender.fill_in(client, target, status=(422,), **{**given, "problem": one.sentence})
    sender.fill_in(client, target, files={"photos": [build.picture()]}, **given)
    signature = reverse("desk-sign", args=[own.community.code, made.reference])
    answer = sender.fill_in(
        signed_in(own, "staff"), signature, name=other.name, phone=other.phone, door=other.door, channel="phone",
        confirmed="spoken", building=own.rows.building.reference,
    )  # fmt: skip
    ways = reverse("desk-messages-ways")
    mail = {"channel": "email", "email-pace": "daily", "email-hour": "8", "email-address": one.email}
    sender.send(client, ways, mail, status=(302, 404))
    return answer.url


def of_the_admin(own: Place, sender: Sender) -> list[str]:
    """Staff enter a proposal, an objection and a member, and hand in a sheet of members, imported and waiting."""
    client = signed_in(own, "staff")
    proposal(own, client, sender)
    one = PEOPLE[7]
    period = PublicityPeriod.objects.get(request=own.deciding)
    address = reverse("renovation:objection", args=[own.community.code, own.deciding.reference, period.reference])
    given = {
        "received_on": f"{timezone.localdate():%Y-%m-%d}", "channel": "door", "summary": "太吵。",
        "words": one.sentence, "contact_name": one.name, "contact_phone": one.phone,
    }  # fmt: skip
    sender.send(client, address, given)
    member = {"unit": own.community.pk, "number": "C-8", "source": "resident"}
    sender.send(client, reverse("members:add"), {**member, "name": "赵强", "phone": PEOPLE[8].door}, status=(200, 422))
    sender.send(client, reverse("members:add"), {**member, "name": "赵强", "phone": PEOPLE[8].phone})
    sheets = [sheet(own, client, sender, person) for person in PEOPLE[9:11]]
    plan = client.get(sheets[0]).context["plan"]
    sender.send(client, sheets[0], {"digest": plan.digest, "reason": ""})
    return sheets


def proposal(own: Place, client: Client, sender: Sender) -> None:
    one, address = PEOPLE[6], reverse("renovation:add")
    form = client.get(address).context["form"]
    given = {
        "title": "修门禁", "place": "楼东侧", "category": "basic", "problem": "门禁坏了。", "plan": "", "budget": "",
        "community": own.community.pk, "unit": own.community.pk, "channel": "phone", "confirmed": "spoken",
        "words": one.sentence, "contact_name": one.name, "contact_phone": one.phone, "submission_key": uuid.uuid4(),
        "carried": form["carried"].value(),
    }  # fmt: skip
    sender.send(client, address, given)


def sheet(own: Place, client: Client, sender: Sender, one: Person) -> str:
    row = [f"C-{one.number}", "钱二", own.community.code, "居住地党员", "", one.phone]
    file = SimpleUploadedFile(f"{one.name}{one.phone}.xlsx", xlsx([HEADERS["members"], row]))
    data = {"kind": "members", "unit": own.community.pk, "file": file}
    return sender.send(client, reverse("imports:add"), data).url


def typed_elsewhere(sender: Sender) -> None:
    """A phone instead of a user name, of a code, of an invitation, and in addresses that lead nowhere."""
    one, client = PEOPLE[11], Client()
    sender.send(client, "/sign-in/", {"username": one.phone, "password": one.name}, status=(200,))
    sender.send(client, "/f/", {"code": one.phone}, status=(422,))
    sender.send(client, "/invite/", {"code": one.phone}, status=(200, 302, 422))


def signed_in(own: Place, role: str) -> Client:
    client = Client()
    if user := own.user(role):
        client.force_login(user)
    return client


def kept_in_clear() -> dict[tuple[str, str], set[str]]:
    """Columns of the whole database in which one of the values stands, histories and the search index too."""
    held: dict[tuple[str, str], set[str]] = {}
    for table, kept in rows().items():
        names = columns(table) if kept else []
        for row in kept:
            for name, value in zip(names, row, strict=True):
                if here := found_in(as_text(value)):
                    held.setdefault((table, name), set()).update(here)
    return {place: values for place, values in held.items() if place not in PERMITTED}


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def as_text(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    text = str(value)
    return text + text.encode().decode("unicode_escape", "replace") if "\\u" in text else text


def as_read(answer, content: bytes) -> str:
    """What an answer holds, unpacked where it is a sheet of Excel."""
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    return content.decode("utf-8", "replace") + str(answer.headers)
