"""A notice that is meant for a part of the community says whom it reaches, in words that residents know."""

import pytest
from django.urls import reverse

from community.models import Building, Estate, Home, Unit
from community.refusals import ActionRefused
from community.roles import Post
from home.actions.publishing import submit_for_review
from home.actions.site import open_page, set_up_site
from home.pages import NoticeIndexPage, NoticePage
from home.places_in_words import in_words, short
from home.publishing.reach import BuildingFact, Reach, reach
from tests.factories import community as make
from tests.factories import pages
from tests.workflows.desk import signed_in, soup, text


class TestReach:
    def test_an_estate_is_named_alone_when_all_of_it_is_covered(self):
        facts = [BuildingFact("甲", "1号楼", True, 10), BuildingFact("甲", "2号楼", True, 10),
                 BuildingFact("乙", "1号楼", True, 8), BuildingFact("乙", "2号楼", False, 8)]  # fmt: skip
        assert reach(facts) == Reach((("甲", ()), ("乙", ("1号楼",))), 28)

    @pytest.mark.parametrize(("homes", "known"), [([10, 0], None), ([2, 2], None), ([3, 2], 5), ([], None)])
    def test_a_number_is_said_only_when_it_is_known_and_tells_nobody_apart(self, homes, known):
        assert reach(BuildingFact("甲", f"{n}号楼", True, count) for n, count in enumerate(homes)).homes == known

    def test_nothing_is_reached_where_nothing_is_covered(self):
        assert reach([BuildingFact("甲", "1号楼", False, 10)]) == Reach()

    def test_many_buildings_are_counted_not_listed(self):
        found = Reach((("甲", tuple(f"{n}号楼" for n in range(1, 10))),), 90)
        assert "6号楼" in short(found) and "7号楼" not in short(found) and "9" in short(found)
        assert "90" in in_words(found)


@pytest.fixture
def place(db):
    """A community with two grids: one of them has an estate of two buildings with five homes each."""
    set_up_site()
    street = make.unit("street", name="示例街道")
    community = make.community(parent=street, name="示例社区")
    east, west = (make.unit("grid", parent=community, name=f"{side}支部") for side in "东西")
    estate = make.save(Estate(community=community, name="平安小区", unit=east), community)
    for name in ("1号楼", "2号楼"):
        building = make.save(Building(community=community, estate=estate, name=name, unit=east), community)
        for number in range(101, 106):
            make.save(
                Home(community=community, building=building, number=str(number), floor_area_centi=9000), community
            )
    home = open_page(make.SYSTEM, unit=community)
    return {"community": community, "east": east, "west": west, "home": home, "street": street}


def at(notice, client, prefix="/en"):
    return client.get(prefix + notice.url)


def test_the_notice_names_estates_and_buildings_and_how_many_homes(place, client):
    notice = pages.notice(place["home"], target=place["east"])
    rows = {row.dt.text: row.dd.text.strip() for row in soup(at(notice, client)).select(".notice-box dl div")}
    assert rows["Reaches"] == "平安小区, about 10 homes"
    building = pages.notice(place["home"], title="只说一栋", target=None)
    assert "Reaches" not in text(at(building, client))


def test_a_place_without_buildings_is_named_by_its_own_name(place, client):
    notice = pages.notice(place["home"], target=place["west"])
    assert "西支部" in text(at(notice, client))


def test_the_list_shows_for_whom_and_can_be_narrowed_to_a_place(place, client):
    pages.notice(place["home"], title="全社区停电")
    pages.notice(place["home"], title="东边停水", target=place["east"])
    pages.notice(place["home"], title="西边停气", target=place["west"])
    index = "/en" + NoticeIndexPage.objects.get().url
    listed = soup(client.get(index))
    assert listed.select_one("a.row:-soup-contains('东边停水') .row__place").text == "平安小区"
    assert not listed.select("a.row:-soup-contains('全社区停电') .row__place")
    chips = {chip.text: chip["href"] for chip in listed.select("nav[aria-label=Place] a")}
    narrowed = text(client.get(chips["平安小区"]))
    assert "东边停水" in narrowed and "全社区停电" in narrowed and "西边停气" not in narrowed
    strange = client.get(index + "?place=nowhere%00")
    assert strange.status_code == 200
    assert "西边停气" in text(strange) and "meant for this place alone" in text(strange)


def test_reading_costs_the_same_however_many_buildings(place, client, django_assert_max_num_queries):
    notice = pages.notice(place["home"], target=place["east"])
    at(notice, client)
    with django_assert_max_num_queries(12):
        at(notice, client)


def test_a_list_of_many_targets_costs_no_more(place, client, django_assert_max_num_queries):
    for number in range(12):
        pages.notice(place["home"], title=f"通知{number}", target=place["east"] if number % 2 else place["west"])
    client.get(NoticeIndexPage.objects.get().url)
    with django_assert_max_num_queries(16):
        client.get(NoticeIndexPage.objects.get().url)


class TestEditor:
    @pytest.fixture
    def editor(self, place):
        return make.holder(Post.EDITOR, place["community"])

    def form(self, client, notice) -> dict:
        page = client.get(reverse("wagtailadmin_pages:edit", args=[notice.pk]))
        given = {"title": notice.title, "lead": "一句话", "category": "other", "slug": notice.slug, "body-count": "0"}
        empty = dict.fromkeys(("when", "where", "whom", "what_to_do", "valid_until"), "")
        comments = {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
        choices = page.context["form"]["target"].field.queryset
        return {**given, **empty, **comments, "published_on": "2026-03-01", "choices": choices}

    def test_only_parts_of_the_own_community_are_offered(self, place, editor):
        other = make.community(parent=place["street"], name="邻社区", prefix="LF")
        make.unit("grid", parent=other, name="邻支部")
        notice = pages.notice(place["home"], live=False, user=editor.user)
        form = self.form(signed_in(editor), notice)
        assert set(form["choices"]) == {place["east"], place["west"]}

    def test_a_foreign_place_is_refused_beside_the_field(self, place, editor):
        other = make.community(parent=place["street"], name="邻社区", prefix="LF")
        foreign = make.unit("grid", parent=other, name="邻支部")
        notice = pages.notice(place["home"], live=False, user=editor.user)
        client = signed_in(editor)
        data = self.form(client, notice)
        data.pop("choices")
        url = reverse("wagtailadmin_pages:edit", args=[notice.pk])
        sent = client.post(url, {**data, "target": foreign.pk})
        assert "target" in sent.context["form"].errors
        assert client.post(url, {**data, "target": place["east"].pk}).status_code == 302
        assert NoticePage.objects.get(pk=notice.pk).get_latest_revision_as_object().target == place["east"]

    def test_what_slipped_in_otherwise_is_not_handed_in(self, place, editor):
        other = make.community(parent=place["street"], name="邻社区", prefix="LF")
        notice = pages.notice(place["home"], live=False, user=editor.user)
        notice.target = make.unit("grid", parent=other, name="邻支部")
        notice.save_revision(user=editor.user)
        with pytest.raises(ActionRefused, match="outside|社区以外"):
            submit_for_review(make.context(editor), page=NoticePage.objects.get(pk=notice.pk))

    def test_a_household_of_a_member_is_no_place_for_a_notice(self, place, editor):
        make.unit(Unit.Kind.HOUSEHOLD, parent=place["east"], name="党员中心户")
        notice = pages.notice(place["home"], live=False, user=editor.user)
        assert set(self.form(signed_in(editor), notice)["choices"]) == {place["east"], place["west"]}
