"""Opening a community: all of it or nothing, once, with the events of the actions that write it."""

import json
import uuid
from collections import Counter
from dataclasses import replace

import pytest
from django.core.management import call_command
from wagtail.models import Page

from cms.opening.action import NotYet
from cms.opening.rules import Level, Person
from cms.opening.slips import first_people, has_come, invite_first_people
from community.actions.invitations import use_invitation
from community.actions.people import appoint, end_appointment
from community.actions.places import move_unit
from community.models import Appointment, CommunityOpening, Event, Member, Unit, User
from community.records import Context
from community.refusals import ActionRefused, NotAllowed
from community.sealed import unseal_contact
from home.actions.publishing import approve_review, submit_for_review
from home.models import CommunityPage, NoticeIndexPage, SecondPersonReview
from services.menu_template import MENU
from services.models import ServicePage
from tests.factories import community as make
from tests.worlds import world

from .openings import TYPED, Town

pytestmark = pytest.mark.django_db

OTHERS = (Person("赵", "officer"), Person("钱", "editor"))


@world
def town():
    return Town()


@world
def opened(town):
    return town.open()


def counts():
    return [model.objects.count() for model in (Unit, Member, Appointment, Page, Event, CommunityOpening, User)]


class TestWhatIsMade:
    def test_the_community_with_its_office_and_its_levels(self, town, opened):
        unit = opened.unit
        assert (unit.name, unit.code, unit.reference_prefix) == ("林峰社区", "linfeng", "LF")
        assert unit.get_parent() == town.town
        assert (unit.phone, unit.address, unit.hours) == (TYPED.phone, TYPED.address, TYPED.hours)
        assert [(one.kind, one.name, one.get_parent().name) for one in unit.get_descendants()] == [
            ("grid", "第一网格", "林峰社区"), ("courtyard", "东院党小组", "第一网格"), ("grid", "第二网格", "林峰社区"),
        ]  # fmt: skip

    def test_the_first_people_with_their_posts_and_sealed_numbers(self, opened):
        people = first_people(opened.unit)
        assert [(one.name, one.appointments.get().post) for one in people] == [
            ("王书记", "secretary"), ("李编辑", "editor"), ("陈网格", "grid_worker"),
        ]  # fmt: skip
        assert unseal_contact(people[0].contact).phone == "13800000001"
        assert people[1].contact is None and all(one.user is None for one in people)

    def test_nobody_reads_any_of_it_yet(self, client, opened):
        page = CommunityPage.objects.get(unit=opened.unit)
        assert not page.live and not page.get_descendants().live().exists()
        for address in (page.url, page.url + "services/", page.url + "notices/", page.url + "projects/"):
            assert client.get(address).status_code == 404
        assert "林峰社区" not in client.get("/").content.decode()

    def test_services_are_drafts_to_be_checked_with_the_office_in_them(self, opened):
        services = ServicePage.objects.filter(path__startswith=CommunityPage.objects.get(unit=opened.unit).path)
        assert [(one.slug, one.live, one.to_check) for one in services.order_by("path")] == [
            ("water-repair", False, True), ("residence-proof", False, True),
        ]  # fmt: skip
        assert services.get(slug="residence-proof").where == "林峰路 8 号，周一至周五 8:30–17:30"
        assert "0714-555 0101" in services.get(slug="water-repair").where

    def test_each_act_stands_in_the_record(self, town, opened):
        events = Event.objects.filter(actor=town.administrator.user)
        assert Counter(events.values_list("verb", flat=True)) == {
            "unit.open": 4, "member.register": 3, "appointment.begin": 3, "page.open": 1, "page.submit": 1,
            "community.open": 1,
        }  # fmt: skip
        assert set(events.values_list("unit", flat=True)) == {opened.unit.pk}
        body = events.get(verb="community.open").body
        assert len(json.loads(body)["notes"]["services"]) == 2
        assert not any("13800000001" in event.body for event in events)
        call_command("verify_history", verbosity=0)

    def test_without_levels_services_and_office(self, town):
        opening = town.open(levels=(), services=(), phone="", address="", hours="")
        assert not opening.unit.get_descendants().exists()

    def test_every_service_of_the_template_is_a_whole_page(self, town):
        opening = town.open(services=tuple(service.key for service in MENU))
        services = ServicePage.objects.filter(path__startswith=CommunityPage.objects.get(unit=opening.unit).path)
        assert len(services) == len(MENU)
        for service in services:
            service.full_clean()
            assert service.things_to_bring and "{" not in service.where


def test_what_a_level_costs(town, django_assert_max_num_queries):
    """Each unit is an act of its own with its event: a number that does not grow with how many there are."""

    def statements(code, number, name, prefix):
        levels = tuple(Level("grid", f"第{one}网格") for one in range(number))
        people = tuple(replace(person, phone="") for person in TYPED.people)
        with django_assert_max_num_queries(2500) as counted:
            town.open(code=code, name=name, prefix=prefix, levels=levels, people=people)
        return len(counted)

    statements("first", 1, "一社区", "AA")
    few, more = statements("few", 5, "二社区", "AB"), statements("more", 25, "三社区", "AC")
    assert (more - few) / 20 <= 30
    assert few <= 700


class TestOnce:
    def test_the_same_form_again_gives_the_first_result(self, town):
        key = uuid.uuid4()
        first = town.open(key=key)
        before = counts()
        assert town.open(key=key) == first
        assert town.open(key=key, name="改了名的社区") == first
        assert counts() == before

    def test_somebody_elses_form_is_not_ones_own(self, town):
        key = uuid.uuid4()
        town.open(key=key)
        second = make.holder(make.Post.ADMINISTRATOR, town.town)
        with pytest.raises(ActionRefused):
            town.open(key=key, person=second)

    @pytest.mark.parametrize("what", [{"name": "林峰 社区"}, {"code": "lin-2"}, {"prefix": "LX"}])
    def test_a_second_community_of_the_same_name_address_or_letters(self, town, opened, what):
        before = counts()
        own = {
            "name": "别的社区",
            "code": "other",
            "prefix": "OT",
            "people": TYPED.people[1:] + (Person("赵", "officer"),),
        }
        same = {"name": "林峰社区", "code": "linfeng", "prefix": "LF"}
        kept = {name: same[name] for name in what}
        with pytest.raises(NotYet) as refused:
            town.open(**{**own, **kept})
        assert refused.value.field in ("parent", "code", "prefix")
        assert counts() == before


class TestRefusals:
    def test_everything_or_nothing(self, town, monkeypatch):
        before = counts()

        def breaks(*args, **kwargs):
            raise ActionRefused("mail is down")

        monkeypatch.setattr("cms.opening.action.open_for_review", breaks)
        with pytest.raises(ActionRefused, match="mail is down"):
            town.open()
        assert counts() == before

    def test_a_unit_that_is_gone(self, town):
        with pytest.raises(NotYet) as refused:
            town.open(parent="nothing")
        assert refused.value.field == "parent"

    def test_a_unit_that_moved_out_of_reach(self, town):
        moved = make.unit("street", parent=town.town, name="搬走的街道")
        move_unit(make.SYSTEM, unit=moved, parent=town.county)
        before = counts()
        with pytest.raises(NotAllowed):
            town.open(parent=moved.code)
        assert counts() == before

    def test_a_person_who_is_registered_already(self, town):
        make.member(unit=town.town)
        town.open()
        again = (Person("王书记", "secretary", "13800000001"), Person("李编辑", "editor"))
        with pytest.raises(NotYet) as refused:
            town.open(name="别的社区", code="other", prefix="OT", people=again)
        assert [(fault.key, fault.row) for fault in refused.value.faults] == [("person_registered", 0)]

    def test_all_faults_travel_along(self, town):
        with pytest.raises(NotYet) as refused:
            town.open(name="", code="X", levels=(Level("grid", "一"), Level("grid", "一")), people=())
        assert {fault.field for fault in refused.value.faults} == {"name", "code", "grid", "people"}


class TestWhoMay:
    @pytest.mark.parametrize("post", [post for post in make.Post if post != make.Post.ADMINISTRATOR])
    def test_no_other_post(self, town, post):
        before_person = make.holder(post, town.town)
        before = counts()
        with pytest.raises(NotAllowed):
            town.open(person=before_person)
        assert counts() == before

    def test_not_an_administrator_of_another_town_nor_a_superuser(self, town):
        neighbour = make.holder(make.Post.ADMINISTRATOR, town.other)
        mighty = make.member(unit=town.town)
        User.objects.filter(pk=mighty.user_id).update(is_superuser=True)
        for person in (neighbour, mighty):
            with pytest.raises(NotAllowed):
                town.open(person=person)

    def test_not_one_whose_time_is_over(self, town):
        end_appointment(make.SYSTEM, appointment=town.administrator.appointments.get(), on=make.LONG_AGO)
        with pytest.raises(NotAllowed):
            town.open()

    def test_an_administrator_above_may(self, town):
        county = make.holder(make.Post.ADMINISTRATOR, town.county)
        assert town.open(person=county).opened_by == county.user


class TestTheSecondPerson:
    def review(self, opened):
        return SecondPersonReview.objects.get(workflow_state__object_id=str(page_of(opened).pk))

    def test_all_of_it_appears_with_one_look(self, client, town, opened):
        second = make.holder(make.Post.OFFICER, opened.unit)
        approve_review(make.context(second), review=self.review(opened))
        page = page_of(opened)
        assert "林峰社区" in client.get("/").content.decode() + client.get(page.url).content.decode()
        for section in page.get_children():
            assert client.get(section.url).status_code == 200
        assert not ServicePage.objects.live().exists()
        notes = json.loads(Event.objects.get(verb="page.publish").body)["notes"]
        assert len(notes["pages"]) == page.get_children().count() == 3
        call_command("verify_history", verbosity=0)

    def test_who_opened_it_does_not_publish_it(self, town, opened):
        appoint(
            make.SYSTEM, member=town.administrator, unit=opened.unit, post=make.Post.EDITOR, starts_on=make.LONG_AGO
        )
        with pytest.raises(NotAllowed):
            approve_review(make.context(town.administrator), review=self.review(opened))

    def test_a_section_in_which_somebody_wrote_waits_for_a_look_of_its_own(self, opened):
        second = make.holder(make.Post.OFFICER, opened.unit)
        section = NoticeIndexPage.objects.get(path__startswith=page_of(opened).path)
        section.intro = "我写的话"
        section.save_revision(user=second.user)
        approve_review(make.context(second), review=self.review(opened))
        live = {one.slug: one.live for one in page_of(opened).get_children()}
        assert live == {"services": True, "notices": False, "projects": True}

    def test_a_service_is_checked_before_it_is_handed_in(self, opened):
        editor = make.holder(make.Post.EDITOR, opened.unit)
        service = ServicePage.objects.get(slug="water-repair")
        with pytest.raises(ActionRefused, match="模板"):
            submit_for_review(make.context(editor), page=service)
        service.to_check = False
        service.save_revision(user=editor.user)
        submit_for_review(make.context(editor), page=service)

    def test_nothing_below_it_appears_before_it(self, opened):
        editor, second = (make.holder(post, opened.unit) for post in (make.Post.EDITOR, make.Post.OFFICER))
        service = ServicePage.objects.get(slug="water-repair")
        service.to_check = False
        service.save_revision(user=editor.user)
        review = submit_for_review(make.context(editor), page=service)
        with pytest.raises(ActionRefused, match="先发布"):
            approve_review(make.context(second), review=review)
        approve_review(make.context(second), review=self.review(opened))
        approve_review(make.context(second), review=review)
        assert ServicePage.objects.get(pk=service.pk).live

    def test_sections_are_not_deleted_while_they_wait(self, opened):
        editor = make.holder(make.Post.EDITOR, opened.unit)
        for section in page_of(opened).get_children().specific():
            assert not section.permissions_for_user(User.objects.get(pk=editor.user_id)).can_delete()
        service = ServicePage.objects.get(slug="water-repair")
        assert service.permissions_for_user(User.objects.get(pk=editor.user_id)).can_delete()


def page_of(opened) -> CommunityPage:
    return CommunityPage.objects.get(unit=opened.unit)


class TestSlips:
    def test_each_person_gets_a_code_and_a_name_to_sign_in_with(self, town, opened):
        slips = invite_first_people(make.context(town.administrator), unit=opened.unit)
        assert [member.user.get_username() for _invitation, _code, member in slips] == [
            "linfeng-1", "linfeng-2", "linfeng-3",
        ]  # fmt: skip
        assert Event.objects.filter(verb="invitation.issue").count() == 3

    def test_who_has_come_gets_no_second_one(self, town, opened):
        first = invite_first_people(make.context(town.administrator), unit=opened.unit)
        use_invitation(Context(), invitation=first[0][0], password="梧桐树下的长椅子")
        again = invite_first_people(make.context(town.administrator), unit=opened.unit)
        assert [member.name for _invitation, _code, member in again] == ["李编辑", "陈网格"]
        assert [has_come(person) for person in first_people(opened.unit)] == [True, False, False]
        for invitation, _code, _member in again:
            use_invitation(Context(), invitation=invitation, password="梧桐树下的长椅子")
        with pytest.raises(ActionRefused):
            invite_first_people(make.context(town.administrator), unit=opened.unit)

    def test_a_sign_in_name_that_is_taken_is_passed_over(self, town, opened):
        User.objects.create_user("LinFeng-2")
        slips = invite_first_people(make.context(town.administrator), unit=opened.unit)
        assert {slip[2].user.get_username() for slip in slips} == {"linfeng-1", "linfeng-3", "linfeng-4"}

    def test_a_neighbours_administrator_prints_none(self, town, opened):
        neighbour = make.holder(make.Post.ADMINISTRATOR, town.other)
        with pytest.raises(NotAllowed):
            invite_first_people(make.context(neighbour), unit=opened.unit)
        assert not Event.objects.filter(verb="invitation.issue").exists()
