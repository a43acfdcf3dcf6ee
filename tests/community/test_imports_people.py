"""Units, members and appointments from sheets."""

from datetime import date

import pytest
from django.core.management import call_command
from django.utils.translation import override

from community.actions import imports
from community.actions.people import register_member
from community.imports.plans import plan_import
from community.imports.wording import in_words
from community.models import Appointment, Event, Member, SealedContent, Unit
from community.refusals import ActionRefused, NotAllowed
from community.sealed import Contact, unseal_contact
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood
from .sheets import table

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@world
def own():
    return neighbourhood(make.unit("street"), "本")


@world
def other(own):
    return neighbourhood(own.community.get_parent(), "邻")


def run(kind, unit, *rows, context=make.SYSTEM):
    return imports.import_rows(context, kind=kind, unit=unit, rows=table(kind, *rows))


def faults(kind, unit, *rows, context=make.SYSTEM):
    return [(one.row, one.code) for one in plan_import(context, kind, unit, table(kind, *rows)).problems]


class TestUnits:
    def test_a_tree_in_any_order_each_community_with_a_chain_of_its_own(self, own):
        street = own.community.get_parent()
        rows = [
            ["g-2", "二网格", "网格党支部", "new"], ["new", "新社区", "社区", "town", "NS", "0714-1", "", "", "XSQ"],
            ["town", "新街道", "街道", street.code], ["g-1", "一网格", "网格党支部", "new"],
            ["g-3", "三网格", "网格党支部", own.community.code],
        ]  # fmt: skip
        labels = dict(zip(("community", "street"), labels_of("community", "street"), strict=True))
        for row in rows:
            row[2] = {"社区": labels["community"], "街道": labels["street"]}.get(row[2], labels_of("grid")[0])
        assert run("units", street, *rows).new == 5
        new = Unit.objects.get(code="new")
        assert (new.reference_prefix, new.phone, new.initials, new.get_parent().code) == ("NS", "0714-1", "xsq", "town")
        assert [unit.code for unit in new.get_children()] == ["g-2", "g-1"]
        assert Unit.objects.get(code="g-3").get_parent() == own.community
        events = Event.objects.filter(verb="units.import")
        assert {event.unit.code for event in events} == {"new", "town", own.community.code}
        call_command("verify_history", verbosity=0)
        assert Unit.find_problems() == ([], [], [], [], [])
        events = Event.objects.count()
        assert run("units", street, *rows).same == 5 and Event.objects.count() == events

    def test_a_name_is_changed_and_nothing_is_moved(self, own):
        grid, code = labels_of("grid")[0], own.grid.code
        assert run("units", own.community, [code, "改名", grid, own.community.code]).changed == 1
        assert Unit.objects.get(pk=own.grid.pk).name == "改名"
        assert faults("units", own.community, [code, "改名", labels_of("estate")[0], own.community.code]) == [
            (2, "kind_stays")
        ]
        assert faults("units", own.community, [code, "改名", grid, code]) == [(2, "parent_stays")]
        call_command("verify_history", verbosity=0)

    def test_what_leads_nowhere_or_elsewhere(self, own, other):
        grid, community = *labels_of("grid"), *labels_of("community")
        rows = [
            ["a", "甲", grid, "b"], ["b", "乙", grid, "a"], ["c", "丙", grid, other.community.code],
            [other.grid.code, "丁", grid, own.community.code], ["e", "戊", community, own.community.code, "AA"],
            ["f", "己", grid, own.community.get_parent().code], ["g", "庚", "国家", own.community.code],
            ["h", "辛", grid, own.community.code, "abc"], ["中", "壬", grid, own.community.code],
        ]  # fmt: skip
        assert faults("units", own.community, *rows) == [
            (2, "no_parent"), (3, "no_parent"), (4, "no_parent"), (5, "code_taken"), (6, "in_a_community"),
            (7, "no_parent"), (8, "not_a_choice"), (9, "not_a_prefix"), (10, "not_a_code"),
        ]  # fmt: skip
        street = own.community.get_parent()
        assert faults("units", street, ["e", "戊", community, street.code]) == [(2, "no_prefix")]

    def test_staff_open_no_units(self, own):
        context = make.context(make.holder(make.Post.OFFICER, own.community))
        with pytest.raises(NotAllowed):
            run("units", own.community, ["a", "甲", labels_of("grid")[0], own.community.code], context=context)


def labels_of(*kinds):
    with override("zh-hans"):
        return [str(Unit.Kind(kind).label) for kind in kinds]


def sources():
    with override("zh-hans"):
        return {one.value: str(one.label) for one in Member.Source}


class TestMembers:
    def test_members_with_sealed_phones(self, own):
        source = sources()["resident"]
        plan = run("members", own.community, ["001", "赵一", own.grid.code, source, "本单位", "13812345678"],
                   ["002", "钱二", own.community.code, source])  # fmt: skip
        assert plan.new == 2
        first = Member.objects.get(number="001")
        assert (first.unit, first.source, first.partner) == (own.grid, "resident", own.partner)
        assert unseal_contact(first.contact) == Contact(name="赵一", phone="13812345678")
        event = Event.objects.get(verb="members.import")
        assert "赵一" not in event.body and "13812345678" not in event.body
        call_command("verify_history", verbosity=0)

    def test_the_same_again_and_a_new_phone(self, own):
        row = ["001", "赵一", own.grid.code, sources()["resident"], "", "13812345678"]
        run("members", own.community, row)
        stub = Member.objects.get(number="001").contact
        events = Event.objects.count()
        assert run("members", own.community, row).same == 1
        assert run("members", own.community, [*row[:5], "+86 138-1234-5678"]).same == 1
        assert run("members", own.community, row[:5]).same == 1  # empty: what is there stays
        assert Event.objects.count() == events
        plan = plan_import(make.SYSTEM, "members", own.community, table("members", [*row[:5], "13912345678"]))
        assert [(one.before, one.now) for one in plan.steps[0].changes] == [("138****5678", "139****5678")]
        run("members", own.community, [*row[:5], "13912345678"])
        member = Member.objects.get(number="001")
        assert unseal_contact(member.contact).phone == "13912345678"
        assert not SealedContent.objects.filter(stub=stub).exists()
        call_command("verify_history", verbosity=0)

    def test_a_number_is_known_again_and_a_member_without_one_by_the_reference(self, own):
        row = [own.member.reference, "改名", own.community.code, sources()["managed"]]
        plan = run("members", own.community, row)
        assert (plan.new, plan.changed) == (0, 1)
        assert Member.objects.get(pk=own.member.pk).name == "改名"
        assert Event.objects.get(verb="members.import").body.count("改名") == 0

    def test_what_is_refused(self, own, other):
        source = sources()["resident"]
        run("members", own.community, ["001", "赵一", own.grid.code, source])
        rows = [
            ["13812345678", "甲", own.community.code, source], ["003", "乙13812345678", own.community.code, source],
            ["004", "丙", other.community.code, source], ["005", "丁", own.community.code, source, "邻单位"],
            ["006", "戊", own.community.code, "火星"], ["007", "己", own.community.code, source, "", "12345"],
            ["001", "赵一", own.community.code, source], ["008", "庚", own.community.code, source],
            ["008", "辛", own.community.code, source],
        ]  # fmt: skip
        assert faults("members", own.community, *rows) == [
            (2, "personal_number"), (3, "personal_number"), (4, "no_unit"), (5, "no_partner"), (6, "not_a_choice"),
            (7, "not_a_phone"), (8, "unit_stays"), (10, "twice"),
        ]  # fmt: skip

    def test_a_neighbours_member_is_not_found_by_number_or_reference(self, own, other):
        row = [other.member.reference, "甲", own.community.code, sources()["resident"]]
        assert run("members", own.community, row).new == 1
        assert Member.objects.get(pk=other.member.pk).name == "邻李"

    def test_a_number_is_given_once_at_a_unit(self, own):
        register_member(make.SYSTEM, unit=own.community, name="甲", number="7")
        with pytest.raises(ActionRefused) as refusal:
            register_member(make.SYSTEM, unit=own.community, name="乙", number="7")
        assert refusal.value.field == "number"


class TestAppointments:
    POST = "志愿者"

    @pytest.fixture(autouse=True)
    def member(self, own):
        with override("zh-hans"):
            self.POST = str(make.Post.VOLUNTEER.label)
        self.person = register_member(make.SYSTEM, unit=own.community, name="赵一", number="001")

    def row(self, own, start="2026-01-05", end="", basis="", number="001", post=None):
        return [number, own.grid.code, post or self.POST, start, end, basis]

    def test_appointed_ended_and_never_given_back(self, own):
        assert run("appointments", own.community, self.row(own, basis="会议纪要")).new == 1
        held = Appointment.objects.get(member=self.person)
        assert (held.unit, held.post, held.starts_on, held.basis) == (
            own.grid, "volunteer", date(2026, 1, 5), "会议纪要",
        )  # fmt: skip
        assert run("appointments", own.community, self.row(own, "2026年1月5日", basis="会议纪要")).same == 1
        assert run("appointments", own.community, self.row(own, end="2026-06-01", basis="会议纪要")).changed == 1
        assert faults("appointments", own.community, self.row(own)) == [(2, "ended_already")]
        assert faults("appointments", own.community, self.row(own, end="2026-07-01")) == [(2, "ended_already")]
        assert faults("appointments", own.community, self.row(own, end="2026-01-01")) == [(2, "ends_before")]
        call_command("verify_history", verbosity=0)

    def test_no_two_at_once(self, own):
        run("appointments", own.community, self.row(own))
        assert faults("appointments", own.community, self.row(own, "2026-02-01")) == [(2, "overlap")]
        rows = [self.row(own, "2020-01-01", "2020-03-01"), self.row(own, "2020-02-01", "2020-04-01"),
                self.row(own, "2020-04-01", "2020-05-01")]  # fmt: skip
        assert faults("appointments", own.community, *rows) == [(3, "overlap")]

    def test_what_is_refused(self, own, other):
        rows = [
            self.row(own, number="999"), self.row(other), self.row(own, "45000"), self.row(own, post="国王"),
            self.row(own, number=other.member.reference),
        ]  # fmt: skip
        assert faults("appointments", own.community, *rows) == [
            (2, "no_member"), (3, "no_unit"), (4, "serial"), (5, "not_a_choice"), (6, "no_member"),
        ]  # fmt: skip

    def test_staff_make_no_administrator(self, own):
        with override("zh-hans"):
            post = str(make.Post.ADMINISTRATOR.label)
        context = make.context(make.holder(make.Post.OFFICER, own.community))
        rows = table("appointments", self.row(own, post=post))
        plan = plan_import(context, "appointments", own.community, rows)
        assert [one.code for one in plan.problems] == ["not_allowed"] and in_words(plan.problems[0])
        with pytest.raises(ActionRefused):
            imports.import_rows(context, kind="appointments", unit=own.community, rows=rows)
        assert not Appointment.objects.filter(member=self.person).exists()


def test_people_of_two_communities_are_recorded_in_two_chains(own, other):
    street, source = own.community.get_parent(), sources()["resident"]
    run("members", street, ["1", "甲", own.grid.code, source], ["2", "乙", other.grid.code, source],
        ["3", "丙", street.code, source])  # fmt: skip
    events = Event.objects.filter(verb="members.import")
    assert {event.unit_id for event in events} == {own.community.pk, other.community.pk, street.pk}
    assert Member.history.filter(event__in=events).count() == 3
    call_command("verify_history", verbosity=0)
