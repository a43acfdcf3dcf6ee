"""What a reader gets."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.actions.places import add_estate
from home.models import NoticeIndexPage
from services.models import ServiceMenuPage
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db

BODY = [
    {"type": "heading", "value": "怎么准备"},
    {"type": "paragraph", "value": "<p>请<b>提前储水</b>。</p>"},
    {"type": "list", "value": {"numbered": True, "points": ["储水", "关好龙头"]}},
    {"type": "callout", "value": {"title": "家里有病人", "text": "请告诉网格员。"}},
    {"type": "question", "value": {"question": "会延长吗？", "answer": "不会。"}},
    {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": "楼栋"}, {"type": "text", "heading": "时间"}],
            "rows": [{"values": ["1 号楼", "9:00"]}, {"values": ["2 号楼", "10:00"]}],
            "caption": "停水时间",
        },
    },
]


@world
def community():
    return make.community(name="林峰社区")


def statements(client, address) -> int:
    """How many statements a warm request of this address takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.fixture
def neighbour(community):
    """With a second community there is something to choose."""
    return make.community(name="东山社区")


def test_front_page_lists_communities_under_their_street(client, community, neighbour):
    answer = client.get("/")
    text = answer.content.decode()
    assert neighbour.title in text
    assert "林峰社区" in text
    assert community.unit.get_parent().name in text
    assert f'href="{community.url}"' in text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_where_there_is_one_community_nobody_is_asked_to_choose(client, community, prefix):
    answer = client.get(prefix + "/")
    assert (answer.status_code, answer["Location"]) == (302, prefix + community.url)
    make.community(name="东山社区")
    assert client.get(prefix + "/").status_code == 200


def test_a_community_is_found_by_its_name_its_estates_or_its_code(client, community, neighbour):
    add_estate(units.SYSTEM, community=neighbour.unit, name="梅园小区")
    for typed in ("东山", "梅园", neighbour.unit.code, neighbour.get_parent().title):
        text = client.get("/", {"q": typed}).content.decode()
        assert neighbour.title in text, typed
        assert community.title not in text.replace(f'value="{typed}"', ""), typed


@pytest.mark.parametrize("typed", ["没有这个", "<script>alert(1)</script>", "%", "'", "长" * 300])
def test_a_name_that_fits_nothing_leads_back_to_all(client, community, neighbour, typed):
    answer = client.get("/", {"q": typed})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert community.title not in text
    assert "<script>alert" not in text
    assert 'href="/"' in text


def test_area_page_lists_its_communities(client, community):
    other = make.community(name="东山社区")
    text = client.get(community.get_parent().url).content.decode()
    assert "林峰社区" in text
    assert other.title not in text


def test_community_home_has_doors_notices_and_the_phone(client, community):
    notice = make.notice(community)
    make.service(community)
    text = client.get("/en" + community.url).content.decode()
    for expected in ("1 service, see first", "1 notice in force", notice.title, notice.lead, "tel:07140000000"):
        assert expected in text, expected
    for section in (make.section(community, NoticeIndexPage), make.section(community, ServiceMenuPage)):
        assert text.count(f'href="/en{section.url}"') >= 2  # in the navigation and as a door


def test_home_of_a_community_does_not_list_notices_that_are_over(client, community):
    yesterday = timezone.localdate() - timedelta(days=1)
    over = make.notice(community, title="上周停电", valid_until=yesterday)
    assert over.title not in client.get(community.url).content.decode()
    index = client.get(community.url + "notices/").content.decode()
    assert over.title in index


def test_notice_answers_four_questions_before_the_text(client, community):
    notice = make.notice(community, when="周三 9:00–15:00", where="1 至 3 号楼", what_to_do="提前储水", body=BODY)
    text = client.get(notice.url).content.decode()
    assert text.index("周三 9:00–15:00") < text.index("提前储水") < text.index("怎么准备")
    for expected in ("<ol><li>储水</li>", "家里有病人", "会延长吗？", "停水时间", "2 号楼", notice.lead):
        assert expected in text, expected
    assert f'href="{community.url}"' in text


def test_notice_that_is_over_says_so(client, community):
    notice = make.notice(community, valid_until=timezone.localdate() - timedelta(days=1))
    assert '<div class="banner">' in client.get(notice.url).content.decode()


def test_picture_and_document_of_a_notice_are_served_to_everyone(client, community):
    image, document = make.image(community), make.document(community)
    body = [
        {"type": "picture", "value": {"image": image.pk, "caption": "东侧"}},
        {"type": "document", "value": {"document": document.pk, "about": "施工到十月。"}},
    ]
    notice = make.notice(community, body=body)
    text = client.get(notice.url).content.decode()
    assert 'alt="小区的空地"' in text
    assert f'href="/attachments/{document.reference}/"' in text
    assert "施工到十月。" in text
    shown = client.get(image.get_rendition("width-800").url)
    assert shown.status_code == 200
    assert "immutable" in shown["Cache-Control"]
    loaded = client.get(document.url)
    assert b"".join(loaded.streaming_content).startswith(b"%PDF")
    assert "attachment" in loaded["Content-Disposition"]
    assert client.get("/media/" + image.file.name).status_code == 404


def test_notices_are_chosen_by_kind_and_paged(client, community):
    for _number in range(21):
        make.notice(community, category="activity")
    outage = make.notice(community, category="outage", title="停电一天")
    address = make.section(community, NoticeIndexPage).url
    text = client.get(address).content.decode()
    assert "?page=2" in text
    chosen = client.get(address + "?category=outage").content.decode()
    assert outage.title in chosen
    assert chosen.count('class="row"') == 1
    assert client.get(address + "?category=nonsense&page=x").status_code == 200


def test_menu_groups_services_and_filters_by_audience(client, community):
    make.service(community, title="水管报修")
    elderly = make.service(community, title="助餐送餐", category="elderly", audience="elderly")
    make.service(community, title="托管班", category="children", audience="families")
    address = make.section(community, ServiceMenuPage).url
    text = client.get("/en" + address).content.decode()
    found = [text.index(word) for word in ("Repairs", "水管报修", "Care for the elderly", "助餐送餐", "托管班")]
    assert found == sorted(found)
    chosen = client.get(address + "?audience=elderly").content.decode()
    assert elderly.title in chosen
    assert "托管班" not in chosen
    assert "水管报修" in chosen


def test_service_answers_the_five_questions(client, community):
    service = make.service(community, bring="身份证\n房产证")
    text = client.get("/en" + service.url).content.decode()
    answers = (
        "Who can use it?",
        "本社区居民",
        '<li lang="zh-Hans">身份证</li>',
        "当天上门",
        "within 3 working days",
        "免费",
        "服务大厅",
    )
    for expected in answers:
        assert expected in text, expected


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_public_pages_set_no_cookie_and_post_nothing(client, community, neighbour, prefix):
    notice, service = make.notice(community, body=BODY), make.service(community)
    pages = ["/", community.get_parent().url, community.url, notice.get_parent().url, notice.url]
    pages += [service.get_parent().url, service.url]
    for address in pages:
        answer = client.get(prefix + address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert b'method="post"' not in answer.content
        assert b"<form" not in answer.content or address == "/"
        assert b"<script" not in answer.content


@pytest.mark.parametrize("tail", ["nothing/", "notices/nothing/", "notices/nothing/more/", "services/../x/"])
def test_unknown_addresses_are_plainly_not_found(client, community, tail):
    assert client.get(community.url + tail).status_code == 404


def test_drafts_are_not_found(client, community):
    draft = make.notice(community, live=False)
    assert client.get(draft.url).status_code == 404


def test_statements_do_not_grow(client, community, neighbour):
    notice, service = make.notice(community, body=BODY), make.service(community)
    addresses = ["/", community.url, notice.get_parent().url, notice.url, service.get_parent().url, service.url]
    before = [statements(client, address) for address in addresses]
    for _number in range(12):
        make.notice(community)
        make.service(community)
        notice.save_revision().publish(skip_permission_checks=True)
    for _number in range(3):
        make.notice(make.community())
    after = [statements(client, address) for address in addresses]
    assert after == before
    assert dict(zip(addresses, after, strict=True))[notice.url] <= 12, after
    assert max(after) <= 20, dict(zip(addresses, after, strict=True))


def test_one_look_up_finds_a_page_at_any_depth(client, community):
    notice = make.notice(community)
    client.get(notice.url)
    with CaptureQueriesContext(connection) as found:
        client.get(notice.url)
    by_address = [query["sql"] for query in found if "url_path" in query["sql"].split("WHERE")[-1]]
    assert len(by_address) == 1


def test_pages_name_the_unit_they_belong_to(community):
    notice = make.notice(community)
    assert notice.unit == community.unit == notice.community
    assert units.unit(parent=community.unit).community == notice.community
