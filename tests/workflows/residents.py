"""Residents as the tests have them: no account, a browser, and a proposal step by step."""

import re
from dataclasses import dataclass

from django.test import Client

from community.models import Building, Estate, Unit
from home.actions.site import open_page, set_up_site
from tests.factories import community as make
from tests.factories import renovation
from tests.workflows.desk import fill, soup
from workflows.actions.requests import add_photo, change_request
from workflows.models import ProjectIndexPage

NAME, PHONE, DOOR = "欧阳示例", "13800001234", "1203室"
PROBLEM = f"楼道灯坏了三个月，{NAME}家住{DOOR}，电话{PHONE}，晚上老人不敢下楼。"
ANSWERS = {
    "place": {"part": "stairs", "place": f"三楼到四楼之间，{DOOR}门口"},
    "problem": {"problem": PROBLEM},
    "wish": {"wish": f"换成声控灯。{NAME} {PHONE}"},
    "cost": {"cost": "3000"},
    "neighbours": {"neighbours": "yes"},
    "contact": {"name": NAME, "phone": PHONE, "email": "resident@example.org"},
}


@dataclass
class Place:
    """A neighbourhood with its pages, an estate and a building in its grid."""

    people: renovation.Neighbourhood
    estate: Estate
    building: Building
    address: str

    @property
    def community(self) -> Unit:
        return self.people.community


def place(**options) -> Place:
    people = renovation.neighbourhood(**options)
    set_up_site()
    home = open_page(make.SYSTEM, unit=people.community)
    community = people.community
    estate = make.save(Estate(community=community, name="清源小区", unit=people.grid), community)
    building = make.save(Building(community=community, estate=estate, name="3号楼", unit=people.grid), community)
    index = ProjectIndexPage.objects.child_of(home).get()
    return Place(people, estate, building, index.url)


def answers_at(place: Place) -> dict:
    given = {key: dict(values) for key, values in ANSWERS.items()}
    given["place"]["where"] = f"building-{place.building.reference}"
    return given


def write(place: Place, client: Client | None = None, *, prefix="", photos=(), **changed) -> Client:
    """Answer every step as a browser would; the page of checking comes next."""
    client = client or Client()
    address = f"{prefix}{place.address}propose/place/"
    given = {**answers_at(place), **changed}
    while "/check/" not in address:
        page = client.get(address)
        assert page.status_code == 200, (address, page.status_code)
        if "/similar/" in address:
            sent = client.post(address, fill(page))
        else:
            key = re.search(r"/propose/(\w+)/", address)[1]
            extra = {"photos": list(photos)} if key == "problem" and photos else {}
            sent = client.post(address, fill(page, **given[key], **extra))
        assert sent.status_code == 302, (address, errors(sent))
        address = sent.url
    return client


def send(place: Place, client: Client, *, prefix="") -> str:
    """Hand in what was written; the address of the receipt."""
    check = f"{prefix}{place.address}propose/check/"
    sent = client.post(check, fill(client.get(check)))
    assert sent.status_code == 302, errors(sent)
    return sent.url


def propose(place: Place, **options) -> str:
    return send(place, write(place, **options))


def errors(response) -> str:
    return " ".join(one.get_text(" ") for one in soup(response).select(".error, .error-summary"))


def prepare_for_acceptance(place: Place, request) -> None:
    """The officer puts a proposal into public words, with a photo: somebody else may accept it then."""
    context = make.context(place.people.officer)
    values = {"category": "basic", "problem": "楼道照明不亮。", "budget": 3000, "title": "楼道照明改造"}
    change_request(context, request=request, read_version=request.version, values=values)
    add_photo(context, request=request, prepared=renovation.prepared(), moment="before", caption="楼道")
