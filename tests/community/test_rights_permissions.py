"""The backend and the policies themselves: what Django and Wagtail are told about a person."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from wagtail.models import Collection, Site, Task, Workflow
from wagtail.permissions import policy_registry

from community.actions.people import end_appointment
from community.backends import AppointmentBackend
from community.checks import check_registered_viewsets, check_viewsets
from community.models import Estate, Home, Unit, User
from community.policies import NobodysPolicy, ScopedPolicy
from tests.factories import community as make
from tests.worlds import world

from .neighbourhoods import neighbourhood

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@world
def place():
    return neighbourhood(make.unit("street"), "本")


def account(person) -> User:
    return User.objects.get(pk=person.user_id)


def superuser(place) -> User:
    user = account(make.member(unit=place.community))
    user.is_superuser = True
    user.save()
    return user


def test_permissions_follow_the_post(place):
    staff = account(make.holder(make.Post.OFFICER, place.community))
    assert staff.has_perms(["wagtailadmin.access_admin", "community.change_home", "community.reveal_member"])
    assert not staff.has_perm("community.change_unit")
    assert staff.has_module_perms("community") and not staff.has_module_perms("auth")
    supervisor = account(make.holder(make.Post.STREET_SUPERVISOR, place.community))
    assert supervisor.has_perm("community.view_member") and not supervisor.has_perm("community.reveal_member")
    volunteer = account(make.holder(make.Post.VOLUNTEER, place.community))
    assert volunteer.get_all_permissions() == set()


def test_permissions_end_with_the_post(place):
    person = make.holder(make.Post.OFFICER, place.community)
    assert account(person).has_perm("community.change_home")
    end_appointment(make.SYSTEM, appointment=person.appointments.get(), on=date.today())
    assert account(person).get_all_permissions() == set()


def test_groups_and_single_permissions_give_nothing(place):
    person = account(make.member(unit=place.community))
    permission = Permission.objects.get(codename="change_home")
    group = Group.objects.create(name="x")
    group.permissions.add(permission)
    person.groups.add(group)
    person.user_permissions.add(permission)
    assert (
        account(place.with_account).get_all_permissions()
        == User.objects.get(pk=person.pk).get_all_permissions()
        == set()
    )


def test_a_superuser_opens_the_admin_and_nothing_behind_it(place):
    user = superuser(place)
    assert user.get_all_permissions() == {"wagtailadmin.access_admin"}
    assert not user.has_perm("community.view_home") and not user.has_perm("auth.change_group")
    for model in (Unit, Estate, Home):
        policy = policy_registry.get_by_type(model)
        assert not policy.instances_user_has_any_permission_for(user, ["view", "change"]).exists()
        assert not policy.user_has_permission(user, "view")


@pytest.mark.parametrize("model", [User, Group, Collection, Site, Task, Workflow])
def test_what_wagtail_manages_by_groups_is_nobodys(place, model):
    policy = policy_registry.get_by_type(model)
    assert isinstance(policy, NobodysPolicy)
    for user in (superuser(place), account(make.holder(make.Post.ADMINISTRATOR, place.community))):
        assert not policy.user_has_any_permission(user, ["add", "change", "delete", "view", "choose"])


def test_who_holds_a_permission(place):
    staff = account(make.holder(make.Post.OFFICER, place.community))
    ended = make.holder(make.Post.OFFICER, place.community, ends_on=date(2021, 1, 1))
    root = superuser(place)
    backend = AppointmentBackend()
    assert set(backend.with_perm("community.change_home")) == {staff}
    assert set(backend.with_perm("wagtailadmin.access_admin")) == {staff, root}
    assert set(backend.with_perm("wagtailadmin.access_admin", include_superusers=False)) == {staff}
    assert account(ended) not in backend.with_perm(Permission.objects.get(codename="change_home"))
    policy = policy_registry.get_by_type(Home)
    assert set(policy.users_with_permission("change")) == {staff}
    assert set(policy.users_with_permission_for_instance("change", place.home)) == {staff}


def test_an_action_that_is_in_no_table_is_nobodys(place):
    administrator = account(make.holder(make.Post.ADMINISTRATOR, place.community))
    policy = policy_registry.get_by_type(Home)
    assert not policy.can(administrator, "publish", place.home)
    assert not policy.can(administrator, "publish")
    assert policy.can(administrator, "change", place.home)


def test_strangers_have_nothing(place):
    stranger = AnonymousUser()
    assert not Home.objects.visible_to(stranger).exists()
    assert not policy_registry.get_by_type(Home).can(stranger, "view", place.home)
    assert AppointmentBackend().get_all_permissions(stranger) == set()


def test_reading_rights_costs_one_query_a_request(place, django_assert_num_queries):
    user = account(make.holder(make.Post.OFFICER, place.community))
    with django_assert_num_queries(1):
        for _time in range(3):
            assert user.has_perm("community.change_home")
            assert policy_registry.get_by_type(Home).can(user, "change")


class TestSystemCheck:
    def test_everything_that_is_registered_is_scoped(self):
        assert check_registered_viewsets(None) == []

    def test_an_ordinary_viewset_of_ours_is_an_error(self):
        from wagtail.admin.viewsets.model import ModelViewSet

        plain = ModelViewSet("plain", model=Estate, form_fields=["name"], icon="home")
        errors = check_viewsets([plain])
        assert {error.id for error in errors} == {"community.E002"}
        assert len(errors) == len(plain.get_urlpatterns())

    def test_so_is_an_ordinary_snippet_and_an_ordinary_chooser(self):
        from wagtail.admin.viewsets.chooser import ChooserViewSet
        from wagtail.snippets.views.snippets import SnippetViewSet

        snippet = type("Snippet", (SnippetViewSet,), {"model": Estate})()
        assert {error.id for error in check_viewsets([snippet])} == {"community.E002"}
        chooser = ChooserViewSet("plain-chooser", model="community.Home")
        assert {error.id for error in check_viewsets([chooser])} == {"community.E002"}

    def test_and_one_unscoped_view_among_scoped_ones(self):
        from wagtail.admin.views.generic import InspectView

        from community.admin.places import EstateViewSet

        mixed = type("Mixed", (EstateViewSet,), {"inspect_view_class": InspectView})()
        assert [error.id for error in check_viewsets([mixed])] == ["community.E002"]

    def test_and_a_model_without_a_policy(self):
        from community.admin.scoped import ScopedModelViewSet
        from community.models import StoredFile

        viewset = ScopedModelViewSet("files", model=StoredFile)
        assert [error.id for error in check_viewsets([viewset])] == ["community.E003"]

    def test_policies_of_ours_are_scoped(self):
        assert isinstance(policy_registry.get_by_type(Home), ScopedPolicy)
