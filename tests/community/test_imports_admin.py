"""Screens for sheets: what a person does and sees."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from community.actions import imports
from community.actions.places import change_home
from community.models import Event, Home, RegisterImport, User
from community.roles import ADMIN_ROLES, POST_ROLES, Role
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood
from .sheets import HEADERS, table, xlsx

pytestmark = pytest.mark.django_db
GOOD = [["本小区", "本楼", "1单元", "102", "80.25"], ["本小区", "本楼", "1单元", "本1", 90]]


@world
def own():
    return neighbourhood(make.unit("street"), "本")


@world
def other(own):
    return neighbourhood(own.community.get_parent(), "邻")


@pytest.fixture
def staff(client, own):
    officer = make.holder(make.Post.OFFICER, own.community, name="王干事")
    client.force_login(officer.user)
    return officer


def upload(client, unit, *rows, kind="homes", name="a.xlsx", data=None):
    file = SimpleUploadedFile(name, data if data is not None else xlsx([HEADERS[kind], *rows]))
    return client.post(reverse("imports:add"), {"kind": kind, "unit": unit.pk, "file": file})


def see(client, unit, *rows, **options):
    response = upload(client, unit, *rows, **options)
    assert response.status_code == 302, response.context["form"].errors
    return client.get(response.url)


def test_from_the_file_to_the_register(client, own, staff):
    page = see(client, own.community, *GOOD)
    text = page.content.decode()
    assert (page.context["plan"].new, page.context["plan"].changed) == (1, 1)
    assert "80.00" in text and "90.00" in text and "本小区 本楼 1单元102" in text
    url = page.request["PATH_INFO"]
    assert not Home.objects.filter(number="102").exists()
    answer = client.post(url, {"digest": page.context["plan"].digest, "reason": "按房产证"})
    assert answer.status_code == 302
    done = client.get(answer.url)
    assert (done.context["sheet"].state, done.context["sheet"].new, done.context["sheet"].changed) == ("done", 1, 1)
    event = Event.objects.get(verb="homes.import")
    assert (event.reason, event.channel, event.actor_id) == ("按房产证", "import", staff.user_id)
    again = client.post(url, {"digest": page.context["plan"].digest, "reason": ""})
    assert again.status_code == 302 and Event.objects.filter(verb="homes.import").count() == 1
    story = client.get(reverse("homes:history", args=[own.home.reference])).context["chapters"]
    assert story[0].reason == "按房产证" and story[0].who == "王干事"


def test_the_same_sheet_again_says_that_there_is_nothing_to_do(client, own, staff):
    page = see(client, own.community, ["本小区", "本楼", "1单元", "本1", "80.00"])
    assert page.context["plan"].same == 1 and "<form" not in page.content.decode().split("<main", 1)[1]


def test_wrong_rows_are_told_and_can_be_taken_home(client, own, staff):
    page = see(client, own.community, *GOOD, ["本小区", "本楼", "1单元", "103", "八十平"], ["x", "", "", "=1", "80"])
    assert len(page.context["problems"]) == 3 and "八十平" in page.context["problems"][0]
    url = page.request["PATH_INFO"]
    assert client.post(url, {"digest": page.context["plan"].digest}).status_code == 422
    assert not Home.objects.filter(number="102").exists()
    reference = page.context["sheet"].reference
    book = load_workbook(io.BytesIO(client.get(reverse("imports:faults", args=[reference])).content))
    rows = list(book.active.iter_rows())
    assert [cell.value for cell in rows[0]] == [*HEADERS["homes"], "错误"]
    assert len(rows) == 3 and rows[1][4].value == "八十平"
    assert all(cell.data_type != "f" for row in rows for cell in row)


def test_what_changed_in_the_meantime_is_shown_instead_of_applied(client, own, staff):
    page = see(client, own.community, *GOOD)
    change_home(make.SYSTEM, home=own.home, floor_area_centi=7000)
    answer = client.post(page.request["PATH_INFO"], {"digest": page.context["plan"].digest, "reason": "按房产证"})
    assert answer.status_code == 409
    assert "70.00" in answer.content.decode() and "按房产证" in answer.content.decode()
    assert answer.context["plan"].digest != page.context["plan"].digest
    assert not Home.objects.filter(number="102").exists()
    second = client.post(page.request["PATH_INFO"], {"digest": answer.context["plan"].digest, "reason": ""})
    assert second.status_code == 302 and Home.objects.get(pk=own.home.pk).floor_area_centi == 9000


def test_long_work_shows_how_far_it_is_without_a_script(client, own, staff, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 0)
    page = see(client, own.community, *GOOD)
    url = page.request["PATH_INFO"]
    assert client.post(url, {"digest": page.context["plan"].digest, "reason": ""}).status_code == 302
    sheet = RegisterImport.objects.get()
    imports.note_progress(sheet, 1, 2)
    waiting = client.get(url)
    assert waiting.context["percent"] == 50 and f'href="{url}"' in waiting.content.decode()
    imports.carry_out_queued()
    assert client.get(url).context["sheet"].state == "done"


@pytest.mark.parametrize("page", ["1", "2", "99", "x"])
def test_a_long_difference_has_pages(client, own, staff, page):
    rows = [["本小区", "本楼", "2单元", str(number), "80"] for number in range(1, 121)]
    first = see(client, own.community, *rows)
    assert first.context["page_obj"].paginator.num_pages == 3
    assert client.get(first.request["PATH_INFO"], {"p": page}).status_code == 200


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b""), ("a.pdf", b"%PDF"), ("a.xlsm", xlsx([["x"]])), ("a.xlsx", b"PK\x03\x04"), ("a.csv", b"\x00")],
)
def test_a_bad_file_gets_a_sentence_beside_its_field(client, own, staff, name, data):
    response = upload(client, own.community, name=name, data=data)
    assert response.status_code == 422 and response.context["form"].errors["file"]
    assert not RegisterImport.objects.exists()


def test_a_form_without_a_file_or_with_nonsense(client, own, staff):
    for data in ({}, {"kind": "x", "unit": "x"}, {"kind": "homes", "unit": own.community.pk, "file": "text"}):
        response = client.post(reverse("imports:add"), data)
        assert response.status_code == 200 and response.context["form"].errors
    response = upload(client, own.grid, kind="homes")
    assert response.status_code == 422 and response.context["form"].errors["unit"]


def test_a_reason_with_a_phone_number_is_refused_and_kept(client, own, staff):
    page = see(client, own.community, *GOOD)
    answer = client.post(page.request["PATH_INFO"], {"digest": page.context["plan"].digest, "reason": "问13812345678"})
    assert answer.status_code == 422 and "问13812345678" in answer.content.decode()


def test_a_sheet_is_thrown_away(client, own, staff):
    see(client, own.community, *GOOD)
    sheet = RegisterImport.objects.get()
    url = reverse("imports:discard", args=[sheet.reference])
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 302 and not RegisterImport.objects.exists()


@pytest.mark.parametrize("kind", HEADERS)
@pytest.mark.parametrize("kind_of_file", ["xlsx", "csv"])
def test_downloads(client, own, staff, kind, kind_of_file):
    if kind == "units":
        client.force_login(make.holder(make.Post.ADMINISTRATOR, own.community).user)
    template = client.get(reverse("imports:template", args=[kind]))
    assert [cell.value for cell in load_workbook(io.BytesIO(template.content)).worksheets[0][1]][:-1] == HEADERS[kind]
    query = {"kind": kind, "unit": own.community.pk, "format": kind_of_file}
    export = client.get(reverse("imports:export"), query)
    assert export.status_code == 200 and "no-store" in export["Cache-Control"]
    page = see(client, own.community, kind=kind, name=f"a.{kind_of_file}", data=export.content)
    plan = page.context["plan"]
    assert plan.steps == plan.problems == [] and plan.same >= 1


def test_bad_addresses_of_downloads(client, own, staff):
    assert client.get(reverse("imports:template", args=["animals"])).status_code == 404
    for query in ({}, {"kind": "x"}, {"kind": "homes", "unit": "x", "format": "csv"}):
        assert client.get(reverse("imports:export"), query).status_code == 404
    query = {"kind": "homes", "unit": own.grid.pk, "format": "csv"}
    assert client.get(reverse("imports:export"), query).status_code == 403


class TestWhoseSheet:
    def sheet(self, client, own):
        see(client, own.community, *GOOD)
        return RegisterImport.objects.get()

    @pytest.mark.parametrize("post", ["officer", "administrator", "editor", "street_supervisor"])
    def test_nobody_sees_anothers(self, client, own, other, staff, post):
        sheet = self.sheet(client, own)
        for unit in (own.community, other.community, own.community.get_parent()):
            client.force_login(make.holder(post, unit).user)
            for name in ("inspect", "faults", "discard"):
                url = reverse(f"imports:{name}", args=[sheet.reference])
                assert client.get(url).status_code in (302, 403, 404)
                assert client.post(url, {"digest": "x"}).status_code in (302, 403, 404, 405)
            assert "102" not in client.get(reverse("imports:index")).content.decode()
        assert RegisterImport.objects.get() == sheet

    def test_not_even_the_person_once_the_post_is_over(self, client, own, staff):
        from community.models import Appointment

        sheet = self.sheet(client, own)
        Appointment.objects.filter(member=staff).update(ends_on=make.LONG_AGO)
        client.force_login(User.objects.get(pk=staff.user_id))
        assert client.get(reverse("imports:inspect", args=[sheet.reference])).status_code in (302, 404)

    @pytest.mark.parametrize("post", ["officer", "administrator"])
    def test_a_unit_of_a_neighbour_cannot_be_chosen(self, client, own, other, post):
        client.force_login(make.holder(post, own.community).user)
        response = upload(client, other.community, *GOOD)
        assert response.status_code == 200 and "unit" in response.context["form"].errors
        assert "邻" not in response.content.decode()
        query = {"kind": "homes", "unit": other.community.pk, "format": "csv"}
        assert client.get(reverse("imports:export"), query).status_code == 404

    def test_a_row_that_names_a_neighbours_unit_is_refused(self, client, own, other, staff):
        page = see(client, own.community, ["新小区", "", other.grid.code], kind="estates")
        assert len(page.context["problems"]) == 1 and "邻" not in page.content.decode()

    @pytest.mark.parametrize("post", ["editor", "street_supervisor"])
    def test_who_keeps_no_register_imports_nothing(self, client, own, post):
        client.force_login(make.holder(post, own.community).user)
        assert client.get(reverse("imports:add")).status_code == 403
        assert client.get(reverse("imports:template", args=["homes"])).status_code == 403
        assert upload(client, own.community, *GOOD).status_code == 403


@pytest.mark.parametrize("post", list(make.Post))
@pytest.mark.parametrize("address", ["imports:index", "imports:index_results", "imports:add", "imports:export"])
def test_who_reaches_what_has_no_row(client, own, post, address):
    roles = POST_ROLES[post]
    keeps, enters = bool(roles & {Role.STAFF, Role.ADMINISTRATOR}), bool(roles & ADMIN_ROLES)
    client.force_login(make.holder(post, own.community).user)
    query = {"kind": "homes", "unit": own.community.pk, "format": "csv"}
    assert client.get(reverse(address), query).status_code == (200 if keeps else 403 if enters else 302)


def test_listing_and_form_in_both_languages(client, own, staff):
    see(client, own.community, *GOOD)
    for name in ("index", "add"):
        assert client.get(reverse(f"imports:{name}")).status_code == 200


@pytest.mark.parametrize(("homes", "shown"), [(3, False), (6, True)])
def test_the_sum_of_residents_is_told_when_it_says_nothing_about_one_home(client, own, homes, shown):
    rows = [["本小区", "本楼", "2单元", str(number), "80"] for number in range(homes)]
    imports.import_rows(make.SYSTEM, kind="homes", unit=own.community, rows=table("homes", *rows))
    counts = table("residents", *([*row[:4], "3"] for row in rows))
    imports.import_rows(make.SYSTEM, kind="residents", unit=own.community, rows=counts)
    page = reverse("units:inspect", args=[own.community.code])
    for post, may in (("officer", True), ("street_supervisor", True), ("editor", False)):
        client.force_login(make.holder(post, own.community).user)
        assert (client.get(page).context["residents"] == (3 * homes, homes)) is (shown and may)


def test_staff_write_down_how_many_live_in_a_home(client, own, staff):
    data = {"entrance": "1单元", "number": "本1", "floor_area": "80", "area_source": "register", "residents": "4"}
    assert client.post(reverse("homes:edit", args=[own.home.reference]), data).status_code == 302
    assert Home.objects.get(pk=own.home.pk).residents == 4
    for bad in ("-1", "x", "1.5", "999999"):
        response = client.post(reverse("homes:edit", args=[own.home.reference]), data | {"residents": bad})
        assert response.status_code == 200 and response.context["form"].errors["residents"]


def test_staff_give_a_member_a_number_once(client, own, staff):
    data = {"unit": own.community.pk, "number": "7", "name": "甲", "source": "managed"}
    assert client.post(reverse("members:add"), data).status_code == 302
    response = client.post(reverse("members:add"), data)
    assert response.status_code == 422 and response.context["form"].errors["number"]
    response = client.post(reverse("members:add"), data | {"number": "13812345678"})
    assert response.status_code == 200 and response.context["form"].errors["number"]
