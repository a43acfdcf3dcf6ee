"""The look: what old phones can read, what every reader can see, and pages that stand when all else is gone."""

import datetime
import gzip
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone, translation

from cms.views import server_error
from community.models import User
from home import formats
from home.status import COLOURS, STAGES, STATUSES
from workflows.models import Acceptance, Evidence, SiteLog, WordingChange
from workflows.rules.approvals import Choice
from workflows.rules.difference import sentences as split_sentences
from workflows.rules.faults import FaultState, Severity
from workflows.rules.rounds import RoundState, StepState
from workflows.rules.stages import Stage, State

CSS = settings.BASE_DIR / "static" / "css"
SHEETS = ("tokens.css", "site.css", "print.css")
NOT_ON_OLD_PHONES = (
    r"@layer", r"@container", r"@supports", r":has\(", r":is\(", r":where\(", r"(^|[;{\s])&", r"aspect-ratio\s*:",
    r"[;{\s]inset\s*:", r"\b(clamp|min|max)\(", r"\d(dvh|svh|lvh)\b", r"color-mix", r"oklch", r"subgrid",
    r"@media[^{]*[<>]", r":focus-visible",
)  # fmt: skip


def stylesheet(name):
    return re.sub(r"/\*.*?\*/", "", (CSS / name).read_text(), flags=re.DOTALL)


def draw(source, **context):
    return page(Template("{% load look %}" + source).render(Context(context)))


def page(html):
    return BeautifulSoup(html, "html.parser", multi_valued_attributes=None)


# Stylesheets


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize("pattern", NOT_ON_OLD_PHONES)
def test_nothing_that_an_old_browser_drops(name, pattern):
    assert not re.search(pattern, stylesheet(name))


@pytest.mark.parametrize("name", SHEETS)
def test_gaps_are_of_grids_and_have_their_old_name_beside_them(name):
    for rule in re.findall(r"\{([^{}]*)\}", stylesheet(name)):
        if re.search(r"(^|[;\s])gap\s*:", rule):
            assert "grid-gap" in rule
            assert "flex" not in rule


def test_stylesheets_weigh_at_most_fifteen_kilobytes():
    assert sum(len(gzip.compress((CSS / name).read_bytes())) for name in SHEETS) <= 15_000


def test_colours_are_named_in_the_tokens_only():
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b", stylesheet("site.css"))


def test_every_token_in_use_exists():
    tokens = set(re.findall(r"(--[\w-]+)\s*:", stylesheet("tokens.css")))
    assert set(re.findall(r"var\((--[\w-]+)", stylesheet("site.css") + stylesheet("print.css"))) <= tokens


@pytest.mark.parametrize("name", SHEETS)
def test_every_selector_stands_on_one_line(name):
    """A rule that lost its block would swallow the next selector and nobody would see why."""
    for selector in re.findall(r"([^{};]+)\{", stylesheet(name)):
        assert "\n" not in selector.strip()
        assert not selector.strip().endswith((">", ",", "+"))


def test_components_use_only_classes_that_are_drawn():
    drawn = set(re.findall(r"\.([a-z][\w-]*)", stylesheet("site.css")))
    in_admin = set(re.findall(r"\.([a-z][\w-]*)", stylesheet("admin.css")))
    for template in (settings.BASE_DIR / "cms" / "templates").rglob("*.html"):
        is_admins = template.parent.name == "opening"  # drawn by Wagtail's styles, and by ours under our own names
        for classes in re.findall(r'class="([^"{}]+)"', template.read_text()):
            used = {one for one in classes.split() if not is_admins or one.startswith("opening")}
            assert used <= (in_admin if is_admins else drawn), template.name


# Contrast (WCAG 2.2, 1.4.3 and 1.4.6)

SURFACES = ("paper", "card")
PAIRS = [
    *[(text, surface) for text in ("ink", "muted", "pine", "pine-deep", "clay", "error") for surface in SURFACES],
    *[(text, "sand") for text in ("ink", "muted", "pine")],
    *[("on-pine", dark) for dark in ("pine", "pine-deep", "clay", "clay-deep")],
    *[(text, "pine-soft") for text in ("ink", "muted", "pine", "pine-deep")],
    *[(text, "clay-soft") for text in ("ink", "muted", "clay")],
    *[(colour, f"{colour}-soft") for colour in COLOURS],
    ("mist", "pine-deep"),
]
LINES = [("rule", "card"), ("rule", "paper"), ("pine", "card"), ("error", "card"), ("ink", "focus")]


def tokens(selector):
    body = re.search(re.escape(selector) + r"\s*\{([^}]*)\}", stylesheet("tokens.css")).group(1)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", body))


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


NORMAL = tokens(":root")
LARGE = NORMAL | tokens("html[data-size]")


@pytest.mark.parametrize(("text", "background"), PAIRS)
def test_text_stands_out(text, background):
    assert contrast(NORMAL[text], NORMAL[background]) >= 4.5
    assert contrast(LARGE[text], LARGE[background]) >= 7


@pytest.mark.parametrize(("line", "background"), LINES)
def test_borders_of_controls_stand_out(line, background):
    assert contrast(NORMAL[line], NORMAL[background]) >= 3


# The frame

ERROR_PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html")


@pytest.mark.parametrize("template", ERROR_PAGES)
@pytest.mark.parametrize(("language", "code"), [("zh-hans", "zh-Hans"), ("en", "en")])
def test_error_pages_need_no_context_and_no_database(template, language, code):
    with translation.override(language):
        document = page(render_to_string(template))
    assert document.html.get("lang") == code
    assert len(document.select("h1")) == 1
    assert document.select("title")[0].text.strip()
    assert document.select("main a[href='tel:12345']")
    assert document.select("a.skip[href='#main']")
    assert not document.select("script, style, [style]")


@pytest.mark.django_db
def test_an_unknown_address_is_a_plain_page_with_a_phone_number(client):
    answer = client.get("/nothing/of/the/sort/")
    assert answer.status_code == 404
    assert page(answer.content).select("main a[href^='tel:']")
    assert page(answer.content).select(".prefs a[hreflang=en]")[0]["href"] == "/en/nothing/of/the/sort/"
    english = page(client.get("/en/nothing/of/the/sort/").content)
    assert english.select(".prefs a[hreflang=zh-hans]")[0]["href"] == "/nothing/of/the/sort/"
    assert english.html.get("lang") == "en"
    assert english.select("h1")[0].text == "This page does not exist"


def test_a_fault_answers_even_when_its_page_cannot_be_drawn(rf):
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    with override_settings(STORAGES=storages, STATIC_ROOT="/nonexistent"):
        answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert page(answer.content).select("a[href='tel:12345']")


def test_a_fault_answers_with_its_page(rf):
    answer = server_error(rf.get("/"))
    assert answer.status_code == 500
    assert page(answer.content).select(".masthead")


def test_the_frame_shows_what_the_page_knows_and_nothing_empty(rf):
    frame = {
        "masthead": {"name": "林峰社区", "subtitle": "兴国镇", "nav": [("办事", "/s/", True), ("公告", "/n/", False)]},
        "footer": {"phone": "0714-000 0000", "hours": "", "links": []},
        "breadcrumbs": [("林峰社区", "/c/")],
        "demo": False,
    }
    document = page(render_to_string("404.html", frame, request=rf.get("/x/?page=2")))
    assert document.select(".brand b")[0].text == "林峰社区"
    assert [link.text for link in document.select(".nav a[aria-current=page]")] == ["办事"]
    assert document.select(".footer a.tel")[0].get("href") == "tel:07140000000"
    assert document.select(".crumbs a")[0].get("href") == "/c/"
    assert not document.select(".footer address")
    assert "示例" not in document.get_text() and "ample" not in document.get_text()


def test_sample_data_is_marked():
    document = page(render_to_string("404.html", {"demo": True}))
    assert document.select(".brand small")[0].text.strip()


@pytest.mark.django_db
def test_text_grows_in_three_sizes_and_is_remembered(client):
    for size in ("l", "xl", None):
        link = page(client.get("/nothing/").content).select(".prefs__size")[0].get("href")
        answer = client.get(link)
        assert answer.headers["Location"] == "/nothing/"
        assert "no-store" in answer.headers["Cache-Control"]
        assert page(client.get("/nothing/").content).html.get("data-size") == size


@pytest.mark.django_db
def test_every_footer_offers_all_three_sizes(client):
    client.cookies["size"] = "l"
    choices = page(client.get("/nothing/").content).select(".sizes a")
    assert [choice.get("aria-current") for choice in choices] == [None, "true", None]
    client.get(choices[2]["href"])
    assert page(client.get("/nothing/").content).html.get("data-size") == "xl"


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_text_size_leads_nowhere_else(client, target):
    answer = client.get(reverse("size", args=["xl"]), {"next": target})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_text_size_is_not_found(client):
    assert client.get("/size/huge/").status_code == 404
    client.cookies["size"] = '"><script>'
    assert b"data-size" not in client.get("/nothing/").content


# The vocabulary


def test_six_stages_in_their_order():
    assert list(STAGES) == list(Stage)


def test_every_state_of_a_request_has_its_word():
    assert set(State) <= set(STATUSES)


ANSWERS = [
    Acceptance.Result,
    Choice,
    Evidence.Status,
    FaultState,
    RoundState,
    Severity,
    SiteLog.Finding,
    StepState,
    WordingChange.Status,
]


@pytest.mark.parametrize("answers", ANSWERS)
def test_what_the_renovation_says_has_its_word(answers):
    assert set(answers) <= set(STATUSES)


@pytest.mark.parametrize("key", STATUSES)
def test_a_tag_is_a_word_in_one_of_five_colours(key):
    span = draw("{% tag key %}", key=key).select("span.tag")[0]
    assert span.text.strip()
    colour = span.get("class").removeprefix("tag tag--")
    assert colour in COLOURS
    assert f".tag--{colour} " in stylesheet("site.css")


def test_a_state_outside_the_vocabulary_is_refused():
    with pytest.raises(KeyError):
        draw("{% tag 'something' %}")


# Figures and dates


def test_money():
    assert formats.money(Decimal("286000")) == "¥ 286,000.00"
    assert formats.money(0) == "¥ 0.00"
    assert formats.money(None) == ""
    with pytest.raises(TypeError):
        formats.money(0.1)


def test_area():
    assert formats.area(9650) == "96.50 m²"
    assert formats.area(123456789) == "1,234,567.89 m²"
    assert formats.area(None) == ""


@pytest.mark.parametrize(
    ("language", "filter_name", "written"),
    [
        ("zh-hans", "day", "2022 年 4 月 6 日 · 星期三"),
        ("en", "day", "Wednesday 6 April 2022"),
        ("zh-hans", "short_day", "4 月 6 日"),
        ("en", "short_day", "6 April"),
        ("zh-hans", "moment", "2022 年 4 月 6 日 · 星期三 00:30"),
        ("en", "moment", "Wednesday 6 April 2022, 00:30"),
    ],
)
def test_dates_are_absolute_and_of_the_place(language, filter_name, written):
    evening_before_in_utc = timezone.datetime(2022, 4, 5, 16, 30, tzinfo=datetime.UTC)
    with translation.override(language):
        assert draw("{{ value|" + filter_name + " }}", value=evening_before_in_utc).text == written


def test_machine_readable_dates():
    assert draw("{{ value|stamp }}", value=datetime.date(2022, 4, 6)).text == "2022-04-06"
    moment = datetime.datetime(2022, 4, 5, 16, 30, tzinfo=datetime.UTC)
    assert draw("{{ value|stamp }}", value=moment).text == "2022-04-06T00:30+08:00"
    assert not draw("{{ value|stamp }}{{ value|day }}", value=None).text


# Components


def kinds(document, component):
    return [item.get("class") for item in document.select(f".{component} > li")]


def test_strip():
    assert kinds(draw("{% strip 'co_construction' %}"), "strip") == ["done", "done", "now", "next", "next", "next"]
    assert kinds(draw("{% strip 'proposal' 'stopped' %}"), "strip") == ["stopped"] + ["next"] * 5
    assert kinds(draw("{% strip 'shared_result' 'done' %}"), "strip") == ["done"] * 6


def test_timeline_names_the_present_step_once():
    steps = [
        {
            "title": "提案",
            "kind": "done",
            "date": datetime.date(2022, 4, 6),
            "note": "夜访",
            "url": "/m/",
            "link": "材料",
        },
        {"title": "决策共谋", "kind": "now", "note": "表决中"},
        {"title": "发展共建", "kind": "next"},
    ]
    document = draw("{% include 'components/timeline.html' %}", steps=steps)
    assert [step.select("h3")[0].text for step in document.select("[aria-current=step]")] == ["决策共谋"]
    assert document.select("time")[0].get("datetime") == "2022-04-06"
    assert document.select("a[href='/m/']")[0].text == "材料"
    assert document.select("li.next p")[0].text.strip()


def test_difference_says_before_and_now_in_words():
    sentences = split_sentences("铺砖。", "铺砖。加沟。")
    changed = [
        {"label": "预算", "before": "¥ 1.00", "after": "¥ 2.00"},
        {"label": "内容", "before": "铺砖。", "after": "铺砖。加沟。", "sentences": sentences},
        {"label": "地点", "before": "", "after": "东侧"},
    ]
    unchanged = [{"label": "类别", "value": "完善类"}]
    with translation.override("en"):
        document = draw("{% include 'components/diff.html' %}", changed=changed, unchanged=unchanged)
    lines = [line.get_text() for line in document.select("dl.diff dd")]
    assert lines == [
        "Before:¥ 1.00", "Now:¥ 2.00", "Before:铺砖。", "Now:铺砖。加沟。", "Before:Not filled in", "Now:东侧"
    ]  # fmt: skip
    assert [mark.text for mark in document.select("ins")] == ["¥ 2.00", "加沟。", "东侧"]
    assert document.select("details summary")[0].text == "1 entry has not changed"


def test_quorum_says_in_words_what_it_draws():
    seats = [SimpleNamespace(kind=Choice.AGREE), Choice.RECUSE, "waiting"]
    document = draw("{% quorum seats '应到 3 人。' '还差 1 人。' %}", seats=seats)
    assert kinds(document, "quorum") == ["yes", "out", "waiting"]
    assert [p.get_text() for p in document.select("p")] == ["应到 3 人。", "还差 1 人。"]


def test_meter_is_drawn_in_whole_per_mille():
    parts = [SimpleNamespace(label=label, amount="¥", permille=share) for label, share in [("甲", 700), ("乙", 205)]]
    document = draw("{% meter parts '未落实' '¥ 9' %}", parts=parts)
    assert [(bar.get("x"), bar.get("width")) for bar in document.select("rect")] == [("0", "700"), ("700", "205")]
    assert document.select("svg")[0].get("aria-label") == "甲 70%, 乙 20.5%, 未落实 9.5%"
    assert len(document.select(".key li")) == 3


def test_table_carries_its_headings_to_the_cells():
    document = draw(
        "{% table headings rows '出资' %}", headings=[("谁", False), ("多少", True)], rows=[["甲", "¥ 1.00"]]
    )
    cell = document.select("td")[0]
    assert (cell.get("data-label"), cell.get("class"), cell.text) == ("多少", "num", "¥ 1.00")
    assert document.select("tbody th[scope=row]")[0].text == "甲"


def test_checklist_says_what_is_missing():
    items = [{"label": "决议", "met": True}, {"label": "公示", "met": False, "note": "还有 2 天"}]
    with translation.override("en"):
        document = draw("{% include 'components/checklist.html' %}", items=items)
    assert [word.text for word in document.select("b")] == ["There", "Missing"]
    assert "还有 2 天" in document.get_text()


def test_what_people_type_is_not_markup():
    document = draw("{% include 'components/summary.html' %}", rows=[{"label": "x", "value": "<script>1</script>"}])
    assert not document.select("script")
    assert "<script>1</script>" in document.get_text()


# Forms


class Proposal(forms.Form):
    what = forms.CharField(label="想改什么", help_text="一两句话", max_length=5)
    why = forms.CharField(label="理由", required=False, widget=forms.Textarea)
    answer = forms.ChoiceField(label="决定", choices=[("y", "同意"), ("n", "不同意")], widget=forms.RadioSelect)
    seen = forms.BooleanField(label="我看过了")

    def clean(self):
        if self.data:
            self.add_error(None, "已经有人提过。")


WHOLE_FORM = "{% error_summary form %}{% for bound in form %}{% field bound %}{% endfor %}"


def test_a_fresh_form_chooses_nothing_and_complains_of_nothing():
    document = draw(WHOLE_FORM, form=Proposal())
    assert len(document.select(".choice input[type=radio]")) == 2
    assert not document.select("[checked], [role=alert], .field--error")
    assert "optional" in document.select("label[for=id_why] span")[0].get("class")
    assert document.select("#id_what")[0].get("aria-describedby") == "id_what_helptext"


def test_every_control_has_a_label():
    document = draw(WHOLE_FORM, form=Proposal())
    labelled = {label.get("for") for label in document.select("label")}
    assert {control.get("id") for control in document.select("input, textarea, select")} <= labelled


def test_a_refused_form_says_where_and_keeps_what_was_typed():
    with translation.override("en"):
        document = draw(WHOLE_FORM, form=Proposal({"what": "东侧的路积水", "why": "雨后"}))
    summary = document.select(".error-summary[role=alert]")[0]
    assert "已经有人提过。" in summary.get_text()
    for link in summary.select("a"):
        assert document.select(link.get("href"))
    assert [link.text for link in summary.select("a")][1:] == ["Please choose “决定”", "Please tick “我看过了”"]
    control = document.select("#id_what")[0]
    assert control.get("value") == "东侧的路积水"
    assert control.get("aria-invalid") == "true"
    for described in control.get("aria-describedby").split():
        assert document.select(f"#{described}")
    assert document.select("#id_why")[0].text.strip() == "雨后"


def test_the_sign_in_page_starts_its_title_with_the_error(rf):
    with translation.override("en"):
        empty = page(render_to_string("home/sign_in.html", {"form": Proposal()}, request=rf.get("/")))
        failed = page(render_to_string("home/sign_in.html", {"form": Proposal({"x": ""})}, request=rf.get("/")))
    assert empty.select("title")[0].text.startswith("Sign in")
    assert failed.select("title")[0].text.startswith("Error: Sign in")
    assert failed.select("form[method=post] input[name=csrfmiddlewaretoken]")


# The desk and the style guide


def test_the_desk_shows_what_waits(rf):
    context = {"desk_nav": [("待办", "/desk/", True, 3), ("工地", "/desk/sites/", False, 0)], "again_url": "/desk/1/"}
    document = page(render_to_string("home/desk/stale.html", context, request=rf.get("/desk/")))
    assert document.select(".nav a[aria-current=page] .nav__count")[0].text == "3"
    assert len(document.select(".nav__count")) == 1
    assert document.select("main a[href='/desk/1/']")


@pytest.mark.django_db
def test_the_style_guide_is_for_staff(client):
    assert client.get("/styleguide/").status_code == 403
    client.force_login(User.objects.create_superuser("builder", password="x"))
    answer = client.get("/styleguide/")
    assert answer.status_code == 200
    document = page(answer.content)
    identities = [element["id"] for element in document.select("[id]")]
    assert len(identities) == len(set(identities))
    assert not document.select("script, style, [style], img:not([alt])")
    assert len(gzip.compress(answer.content)) < 20_000
