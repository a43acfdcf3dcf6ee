"""Sheets into registers: all or nothing, once, recorded."""

import json

import pytest
from django.core.management import call_command

from community.actions import imports
from community.actions.places import add_building, add_estate, add_home, change_home
from community.imports.plans import plan_import
from community.imports.wording import in_words
from community.models import Building, Estate, Event, Home
from community.refusals import ActionRefused, Conflict, NotAllowed
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood
from .sheets import HEADERS, table

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@world
def own():
    return neighbourhood(make.unit("street"), "本")


@world
def other(own):
    return neighbourhood(own.community.get_parent(), "邻")


def run(kind, unit, *rows, context=make.SYSTEM, **options):
    return imports.import_rows(context, kind=kind, unit=unit, rows=table(kind, *rows), **options)


def faults(kind, unit, *rows, context=make.SYSTEM):
    return [in_words(one) for one in plan_import(context, kind, unit, table(kind, *rows)).problems]


HOMES = [["本小区", "本楼", "1单元", f"{number}", f"{80 + number}.5"] for number in range(101, 111)]


def test_estates_buildings_and_homes_one_after_the_other(own):
    run("estates", own.community, ["新小区", "一路1号", own.grid.code])
    run("buildings", own.community, ["新小区", "1号楼", own.grid.code], ["新小区", "2号楼", ""])
    plan = run(
        "homes", own.community, ["新小区", "1号楼", "", 201, 89.5], ["新小区", "2号楼", "1单元", "0201", "101.25"]
    )
    assert (plan.new, plan.changed, plan.same) == (2, 0, 0)
    estate = Estate.objects.get(name="新小区")
    assert (estate.address, estate.unit, estate.community) == ("一路1号", own.grid, own.community)
    homes = Home.objects.filter(building__estate=estate).order_by("pk")
    assert [(home.entrance, home.number, home.floor_area_centi) for home in homes] == [
        ("", "201", 8950), ("1单元", "0201", 10125),
    ]  # fmt: skip
    call_command("verify_history", verbosity=0)


def test_who_owns_several_homes_and_what_is_not_sold_comes_with_the_sheet(own):
    at = ["本小区", "本楼", "9单元"]
    rows = [
        [*at, "901", "80", "测绘", "Y-12", "否"],
        [*at, "902", "90", "", "Y-12"],
        [*at, "903", "70", "买卖合同", "", "是"],
    ]
    run("homes", own.community, *rows)
    found = Home.objects.filter(entrance="9单元").order_by("number")
    assert [(home.area_source, home.owner_code, home.unsold) for home in found] == [
        ("survey", "Y-12", False), ("register", "Y-12", False), ("contract", "", True),
    ]  # fmt: skip
    assert run("homes", own.community, *rows).same == 3
    assert faults("homes", own.community, [*at, "904", "60", "", "Y-13", "是"]) == [
        "第 2 行，同一业主编号：未售出的住房归开发商，请删去编号“Y-13”。"
    ]
    assert "不是代码" in faults("homes", own.community, [*at, "904", "60", "", "王芳"])[0]


def test_one_event_with_every_version_of_what_was_written(own):
    context = make.context(make.holder(make.Post.OFFICER, own.community), "按房产证", channel="import")
    run("homes", own.community, *HOMES, context=context)
    event = Event.objects.get(verb="homes.import")
    assert (event.unit, event.reason, event.channel) == (own.community, "按房产证", "import")
    body = json.loads(event.body)
    assert body["notes"] == {"rows": 10, "new": 10} and len(body["rows"]) == 10
    versions = Home.history.filter(event=event)
    assert versions.count() == 10
    assert {(one.history_type, one.history_user_id, one.history_change_reason) for one in versions} == {
        ("+", context.user.pk, "按房产证")
    }
    call_command("verify_history", verbosity=0)


def test_the_same_sheet_again_changes_nothing(own):
    run("homes", own.community, *HOMES)
    events, versions = Event.objects.count(), Home.history.count()
    plan = run("homes", own.community, *HOMES)
    assert (plan.new, plan.changed, plan.same) == (0, 0, 10)
    assert (Event.objects.count(), Home.history.count()) == (events, versions)


def test_only_what_differs_is_changed_and_told(own):
    run("homes", own.community, *HOMES)
    changed = [*HOMES[:9], [*HOMES[9][:4], "66.66"]]
    plan = plan_import(make.SYSTEM, "homes", own.community, table("homes", *changed))
    (step,) = plan.steps
    assert [(one.before, one.now) for one in step.changes] == [("190.50", "66.66")]
    run("homes", own.community, *changed)
    home = Home.objects.get(number="110")
    assert home.floor_area_centi == 6666 and home.history.count() == 2
    assert home.history.first().history_type == "~"
    call_command("verify_history", verbosity=0)


def test_one_wrong_row_and_nothing_is_imported(own):
    events = Event.objects.count()
    with pytest.raises(ActionRefused):
        run("homes", own.community, *HOMES, ["本小区", "本楼", "1单元", "112", "八十平"])
    assert (Event.objects.count(), Home.objects.filter(community=own.community).count()) == (events, 1)


def test_every_fault_has_its_sentence_with_row_and_column(own, other, settings):
    settings.LANGUAGE_CODE = "en"
    from django.utils.translation import override

    rows = [
        ["本小区", "本楼", "1单元", "112", "八十平"],
        ["邻小区", "邻楼", "1单元", "1", "80"],
        ["本小区", "本楼", "1单元", "13812345678", "80"],
        ["本小区", "本楼", "", "", "80"],
    ]
    with override("en"):
        assert faults("homes", own.community, *rows) == [
            "Row 2, 专有面积（平方米）: “八十平” is not a number. Write it like this: 80.00.",
            "Row 3, 楼栋: The building “邻楼” is not registered in this estate. Import the buildings first.",
            "Row 4, 门牌号: “13812345678” is longer than 10 characters. Write it shorter.",
            "Row 5, 门牌号: This is empty, but it is needed.",
        ]
        assert faults("estates", own.community, ["新", "", other.grid.code], ["李13812345678", "", ""]) == [
            f"Row 2, 支部或网格代码: “{other.grid.code}” is the code of no unit here. "
            "Only units of your own place can be named.",
            "Row 3, 小区: A phone or identity number stands here. Delete it.",
        ]
        assert faults("buildings", own.community, ["邻小区", "9号楼", ""]) == [
            "Row 2, 小区: The estate “邻小区” is not registered here. Import the estates first."
        ]


def test_a_unit_is_taken_away_by_an_empty_cell_and_left_by_a_missing_column(own):
    from community.imports.files import read_table

    from .sheets import csv_file

    rows = read_table("x.csv", csv_file([["小区", "楼栋"], ["本小区", "本楼"]]))
    assert imports.import_rows(make.SYSTEM, kind="buildings", unit=own.community, rows=rows).same == 1
    run("buildings", own.community, ["本小区", "本楼", ""])
    assert Building.objects.get(pk=own.building.pk).unit is None


def test_numbers_of_residents_are_numbers_and_no_rows_of_people(own):
    plan = run("residents", own.community, ["本小区", "本楼", "1单元", "本1", 3])
    assert (plan.new, plan.changed) == (0, 1)
    assert Home.objects.get(pk=own.home.pk).residents == 3
    assert run("residents", own.community, ["本小区", "本楼", "１单元", "本１", "3"]).same == 1
    run("residents", own.community, ["本小区", "本楼", "1单元", "本1", ""])
    assert Home.objects.get(pk=own.home.pk).residents is None
    for text in ("三", "2.5", "-1", "100", "3人"):
        assert faults("residents", own.community, ["本小区", "本楼", "1单元", "本1", text])
    assert faults("residents", own.community, ["本小区", "本楼", "1单元", "没有", "3"])
    call_command("verify_history", verbosity=0)


def test_names_that_are_alike_are_the_same_and_two_of_them_are_none(own):
    estate = add_estate(make.SYSTEM, community=own.community, name="Ａ区")
    add_building(make.SYSTEM, estate=estate, name="1 号楼")
    assert run("buildings", own.community, ["A区", "1号楼", ""]).same == 1
    add_building(make.SYSTEM, estate=estate, name="１号楼")
    assert len(faults("buildings", own.community, ["A区", "1号楼", ""])) == 1


@pytest.mark.parametrize("kind", HEADERS)
def test_a_register_comes_back_as_it_left(own, kind):
    from community.imports.files import read_table
    from community.imports.plans import KINDS
    from community.imports.workbooks import register_csv, register_workbook

    add_estate(make.SYSTEM, community=own.community, name="=1+1", address="（东门） Ａ")
    register = KINDS[kind](make.SYSTEM, own.community)
    for name, data in (("x.xlsx", register_workbook(register)), ("x.csv", register_csv(register))):
        plan = plan_import(make.SYSTEM, kind, own.community, read_table(name, data))
        assert (plan.problems, plan.steps) == ([], []) and plan.same >= 1


@pytest.mark.parametrize("kind", HEADERS)
def test_a_template_is_read_and_its_example_left_out(own, kind):
    from community.imports.files import read_table
    from community.imports.plans import KINDS
    from community.imports.workbooks import template_workbook

    plan = plan_import(make.SYSTEM, kind, own.community, read_table("x.xlsx", template_workbook(KINDS[kind])))
    assert plan.examples == 1 and [one.code for one in plan.problems] == ["no_rows"]


class TestSheetsOnTheirWay:
    def handed_in(self, person, unit, *rows):
        return imports.hand_in(make.context(person), kind="homes", unit=unit, rows=table("homes", *rows))

    def digest(self, person, sheet):
        from community.imports.keeping import unseal_rows

        return plan_import(make.context(person), sheet.kind, sheet.unit, unseal_rows(sheet)).digest

    def confirmed(self, person, sheet, digest=None):
        digest = digest or self.digest(person, sheet)
        return imports.confirm_import(make.context(person, "清册"), sheet=sheet, digest=digest)

    def test_nothing_is_written_before_it_is_confirmed_and_the_table_is_gone_afterwards(self, own):
        officer = make.holder(make.Post.OFFICER, own.community)
        events = Event.objects.count()
        sheet = self.handed_in(officer, own.community, *HOMES)
        assert "本小区".encode() not in bytes(sheet.cells) and Event.objects.count() == events
        done = self.confirmed(officer, sheet)
        assert (done.state, done.new, bytes(done.cells), bytes(done.wrapped_key)) == ("done", 10, b"", b"")
        assert Event.objects.get(verb="homes.import").actor_id == officer.user_id
        again = self.confirmed(officer, sheet, "x")
        assert again.state == "done" and Event.objects.filter(verb="homes.import").count() == 1

    def test_a_register_that_changed_in_the_meantime_shows_the_new_difference(self, own):
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.handed_in(officer, own.community, ["本小区", "本楼", "1单元", "本1", "99"])
        digest = self.digest(officer, sheet)
        change_home(make.SYSTEM, home=own.home, floor_area_centi=7000)
        with pytest.raises(Conflict):
            self.confirmed(officer, sheet, digest)
        sheet.refresh_from_db()
        assert sheet.state == "preview" and Home.objects.get(pk=own.home.pk).floor_area_centi == 7000

    def test_a_long_sheet_is_left_to_the_worker(self, own, monkeypatch):
        monkeypatch.setattr(imports, "AT_ONCE", 3)
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.confirmed(officer, self.handed_in(officer, own.community, *HOMES))
        assert sheet.state == "queued" and not Home.objects.filter(number="101").exists()
        assert imports.progress_of(sheet) == (0, 10)
        with pytest.raises(ActionRefused):
            imports.discard_import(make.context(officer), sheet=sheet)
        assert imports.carry_out_queued() == 1
        sheet.refresh_from_db()
        assert sheet.state == "done" and imports.progress_of(sheet) == (10, 10)
        assert imports.carry_out_queued() == 0

    def test_the_worker_applies_no_other_difference_than_the_confirmed_one(self, own, monkeypatch):
        monkeypatch.setattr(imports, "AT_ONCE", 0)
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.confirmed(officer, self.handed_in(officer, own.community, *HOMES))
        add_home(make.SYSTEM, building=own.building, entrance="1单元", number="101", floor_area_centi=1)
        assert imports.carry_out_queued() == 0
        sheet.refresh_from_db()
        assert sheet.state == "preview" and sheet.problem and not Home.objects.filter(number="102").exists()

    def test_whoever_lost_the_post_in_the_meantime_imports_nothing(self, own, monkeypatch):
        from community.models import Appointment

        monkeypatch.setattr(imports, "AT_ONCE", 0)
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.confirmed(officer, self.handed_in(officer, own.community, *HOMES))
        Appointment.objects.filter(member=officer).update(ends_on=make.LONG_AGO)
        assert imports.carry_out_queued() == 0
        sheet.refresh_from_db()
        assert (sheet.state, bytes(sheet.cells)) == ("failed", b"") and not Home.objects.filter(number="101").exists()

    def test_a_worker_that_dies_leaves_nothing_and_the_next_one_does_it(self, own, monkeypatch):
        monkeypatch.setattr(imports, "AT_ONCE", 0)
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.confirmed(officer, self.handed_in(officer, own.community, *HOMES))

        def die(*_arguments):
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(imports, "forget_rows", die)
            with pytest.raises(KeyboardInterrupt):
                imports.carry_out_queued()
        sheet.refresh_from_db()
        assert sheet.state == "queued" and not Home.objects.filter(number="101").exists()
        assert not Event.objects.filter(verb="homes.import").exists()
        assert imports.carry_out_queued() == 1

    def test_a_fault_of_the_program_leaves_a_sentence(self, own, monkeypatch):
        monkeypatch.setattr(imports, "AT_ONCE", 0)
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.confirmed(officer, self.handed_in(officer, own.community, *HOMES))
        monkeypatch.setattr(imports, "_write", lambda *arguments: 1 / 0)
        imports.carry_out_queued()
        sheet.refresh_from_db()
        assert sheet.state == "failed" and sheet.problem

    def test_a_sheet_is_forgotten_after_its_day(self, own):
        from django.utils import timezone

        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.handed_in(officer, own.community, *HOMES)
        assert imports.forget_expired() == 0
        sheet.expires_at = timezone.now()
        sheet.save()
        assert imports.forget_expired() == 1

    def test_a_changed_master_key_asks_for_the_file_once_more(self, own, settings):
        officer = make.holder(make.Post.OFFICER, own.community)
        sheet = self.handed_in(officer, own.community, *HOMES)
        settings.LINLI_MASTER_KEY = "11" * 32
        with pytest.raises(ActionRefused):
            self.confirmed(officer, sheet, "x")


@pytest.mark.parametrize("post", list(make.Post))
@pytest.mark.parametrize("kind", HEADERS)
def test_who_may_import_where(own, other, post, kind):
    from community.roles import POST_ROLES, Role

    context = make.context(make.holder(post, own.community))
    keeper = POST_ROLES[post] & ({Role.ADMINISTRATOR} if kind == "units" else {Role.STAFF, Role.ADMINISTRATOR})
    for unit in (own.community, other.community, own.community.get_parent()):
        if keeper and unit == own.community:
            imports.hand_in(context, kind=kind, unit=unit, rows=table(kind))
            continue
        with pytest.raises(NotAllowed):
            imports.hand_in(context, kind=kind, unit=unit, rows=table(kind))
        with pytest.raises(NotAllowed):
            imports.import_rows(context, kind=kind, unit=unit, rows=table(kind))


def test_a_register_of_places_is_that_of_a_community(own):
    with pytest.raises(ActionRefused) as refusal:
        imports.hand_in(make.SYSTEM, kind="homes", unit=own.grid, rows=())
    assert refusal.value.field == "unit"
