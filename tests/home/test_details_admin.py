"""What stands at the foot of the pages: entered by staff of the place, handed down the tree, never an empty label."""

import pytest
from django.urls import reverse

from community.models import Event
from community.roles import Post
from home.actions.details import add_details, change_details
from home.models import SiteDetails
from tests.factories import community as make
from tests.factories import pages
from tests.worlds import world

pytestmark = pytest.mark.django_db

NUMBERS = {"icp_number": "鄂ICP备12345678号-1", "police_number": "鄂公网安备 42010502000001号"}


@world
def place():
    return pages.community()


@world
def neighbour(place):
    return pages.community()


def foot(client, page) -> str:
    shown = client.get(page.url).content.decode()
    return shown[shown.index("<footer") :]


def signed_in(client, post, unit):
    client.force_login(make.holder(post, unit).user)
    return client


def test_nothing_entered_shows_no_label(client, place):
    assert "主办单位" not in foot(client, place)
    assert "备案" not in foot(client, place)


def test_staff_enter_them_and_readers_find_them_with_their_registers(client, place):
    signed_in(client, Post.OFFICER, place.unit)
    typed = {"unit": place.unit.pk, "host": "科苑社区居委会", "reason": "备案下来了", **NUMBERS}
    answer = client.post(reverse("details:add"), typed)
    assert answer.status_code == 302
    shown = foot(client, place)
    assert "主办单位：科苑社区居委会" in shown
    assert 'href="https://beian.miit.gov.cn/" rel="noopener"' in shown
    assert "code=42010502000001" in shown
    assert "承办单位" not in shown
    assert Event.objects.get(verb="details.add").reason == "备案下来了"


def test_the_nearest_unit_that_has_one_gives_it(client, place):
    street = place.unit.get_parent()
    add_details(make.SYSTEM, unit=street, host="街道办事处", complaints="12345")
    add_details(make.SYSTEM, unit=place.unit, host="社区居委会")
    shown = foot(client, place)
    assert "社区居委会" in shown
    assert "街道办事处" not in shown
    assert "12345" in shown


def test_a_change_keeps_what_was_there_before(place):
    details = add_details(make.SYSTEM, unit=place.unit, host="社区居委会")
    change_details(make.SYSTEM, details=details, host="社区居民委员会")
    assert list(details.history.order_by("history_id").values_list("host", flat=True)) == [
        "社区居委会",
        "社区居民委员会",
    ]


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("icp_number", "12345678", "请照备案证书填写"),
        ("police_number", "备案中", "请照备案结果填写"),
        ("site_code", "无", "标识码是十位字母或数字"),
    ],
)
def test_a_number_that_cannot_be_one_gets_a_sentence_and_stays_typed(client, place, name, typed, sentence):
    signed_in(client, Post.OFFICER, place.unit)
    answer = client.post(reverse("details:add"), {"unit": place.unit.pk, "host": "居委会", name: typed})
    shown = answer.content.decode()
    assert sentence in shown
    assert f'value="{typed}"' in shown
    assert not SiteDetails.objects.exists()


def test_a_unit_has_them_once(client, place):
    add_details(make.SYSTEM, unit=place.unit, host="居委会")
    signed_in(client, Post.OFFICER, place.unit)
    answer = client.post(reverse("details:add"), {"unit": place.unit.pk, "host": "另一个"})
    assert "已有页脚信息" in answer.content.decode()


@pytest.mark.parametrize("post", [Post.OFFICER, Post.ADMINISTRATOR])
def test_the_neighbours_are_not_there(client, place, neighbour, post):
    theirs = add_details(make.SYSTEM, unit=neighbour.unit, host="邻居社区")
    signed_in(client, post, place.unit)
    for name in ("inspect", "edit", "history"):
        assert client.get(reverse(f"details:{name}", args=[theirs.reference])).status_code == 404
    assert "邻居社区" not in client.get(reverse("details:index")).content.decode()
    client.post(reverse("details:add"), {"unit": neighbour.unit.pk, "host": "混进来"})
    assert not SiteDetails.objects.filter(host="混进来").exists()


@pytest.mark.parametrize(("post", "status"), [(Post.EDITOR, 403), (Post.OFFICER, 200), (Post.ADMINISTRATOR, 200)])
def test_editors_do_not_keep_them(client, place, post, status):
    signed_in(client, post, place.unit)
    assert client.get(reverse("details:add")).status_code == status
