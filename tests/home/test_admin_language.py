"""The admin in Chinese: nothing that our roles see stays in English."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from community.models import User
from home.actions.site import open_page
from tests.factories import community as units
from tests.factories import pages as make
from tests.factories import renovation as build
from tests.worlds import world
from workflows.admin.views import address_of

pytestmark = pytest.mark.django_db

# Words that are the same in both languages, and what people themselves write: names of accounts, of files, of tags.
ALLOWED = re.compile(
    r"""^(?:Linli|English|PDF|DOCX|XLSX|PPTX|CSV|TXT|JPG|JPEG|PNG|WEBP|GIF|AVIF|SVG|ICO|KB|MB|GB|QR|URL|ID|
    HTML|Wagtail|JavaScript|UTC|Ctrl|Shift|Alt|Enter|Esc|WebP|KY|kysq)$""",
    re.X,
)
# Wagtail's hidden button beside a field for searching stands in its template as it is.
HIDDEN_BUTTONS = {"Search"}
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]{2,}")
# What is no sentence: addresses, references, names of files and accounts.
NO_WORDS = re.compile(
    r"https?://\S+|/[\w/-]+/?|\b[A-Z]{2}-\d{4}-\w+\b|\b(?:member|unit-|notice-|service-|account-)\d+\b|"
    r"\b[\w-]+\.(?:pdf|jpg|png|xlsx|csv|docx)\b|[\w.]+@[\w.]+|\b[0-9A-Za-z]*\d[0-9A-Za-z]*\b"
)
SILENT = {"script", "style", "template", "svg", "code", "noscript"}
ATTRIBUTES = {"placeholder", "aria-label", "title", "alt", "data-w-tooltip-content-value"}


# Without an end tag.
EMPTY = {"input", "img", "br", "hr", "meta", "link", "use", "path", "source", "wbr"}


class Texts(HTMLParser):
    """Everything that is read: texts between tags, and the attributes that are spoken. Nothing within hidden parts."""

    def __init__(self):
        super().__init__()
        self.found, self.open = [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        silent = tag in SILENT or ("hidden" in values and not values.get("id"))
        if not (silent or any(is_silent for _tag, is_silent in self.open)):
            self.found += [value for name, value in attributes if name in ATTRIBUTES and value]
            if tag == "input" and values.get("type") in {"submit", "button", "reset"}:
                self.found.append(values.get("value") or "")
        if tag not in EMPTY:
            self.open.append((tag, silent))

    def handle_endtag(self, tag):
        while any(opened == tag for opened, _silent in self.open):
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data):
        if not any(silent for _tag, silent in self.open):
            self.found.append(data)


def english(html: str) -> set[str]:
    """The texts of a page with a word in Latin letters that is on no list."""
    reader = Texts()
    reader.feed(html)
    left = set()
    for text in {" ".join(text.split()) for text in reader.found} - HIDDEN_BUTTONS:
        words = WORD.findall(NO_WORDS.sub(" ", text))
        if any(not ALLOWED.match(word) for word in words):
            left.add(text)
    return left


class Admin:
    """A community with a page of every kind, a request under way, and its people."""

    def __init__(self):
        self.here = build.neighbourhood()
        make.site()
        self.place = open_page(units.SYSTEM, unit=self.here.community)
        self.editor = units.holder(units.Post.EDITOR, self.here.community)
        self.administrator = units.holder(units.Post.ADMINISTRATOR, self.here.community)
        self.notice = make.notice(self.place, user=self.editor.user)
        self.draft = make.notice(self.place, live=False, user=self.editor.user)
        self.service = make.service(self.place)
        self.image, self.document = make.image(self.place), make.document(self.place)
        self.request = build.joint_decision(self.here)

    def page_screens(self, page) -> list[str]:
        names = ("edit", "history", "workflow_history", "usage")
        return [
            *(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in names),
            reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
        ]

    def content(self) -> list[str]:
        notices, services = self.notice.get_parent(), self.service.get_parent()
        return [
            "/admin/",
            reverse("wagtailadmin_explore", args=[self.place.pk]),
            reverse("wagtailadmin_explore", args=[notices.pk]),
            reverse("wagtailadmin_explore", args=[services.pk]),
            reverse("wagtailadmin_pages:add_subpage", args=[notices.pk]),
            reverse("wagtailadmin_pages:add", args=["home", "noticepage", notices.pk]),
            reverse("wagtailadmin_pages:add", args=["services", "servicepage", services.pk]),
            *self.page_screens(self.notice),
            *self.page_screens(self.draft),
            *self.page_screens(self.service),
            *self.page_screens(self.place),
            reverse("wagtailadmin_pages:delete", args=[self.draft.pk]),
            reverse("wagtailadmin_pages:search") + "?q=水",
            reverse("wagtailadmin_pages:search") + "?q=没有的",
            reverse("page_reviews"),
            reverse("wagtailimages:index"),
            reverse("wagtailimages:index") + "?q=没有的",
            reverse("wagtailimages:add"),
            reverse("wagtailimages:add_multiple"),
            reverse("wagtailimages:edit", args=[self.image.pk]),
            reverse("wagtailimages:delete", args=[self.image.pk]),
            reverse("wagtaildocs:index"),
            reverse("wagtaildocs:add"),
            reverse("wagtaildocs:add_multiple"),
            reverse("wagtaildocs:edit", args=[self.document.pk]),
            reverse("wagtaildocs:delete", args=[self.document.pk]),
            reverse("wagtailadmin_reports:aging_pages"),
            reverse("wagtailadmin_account"),
            reverse("wagtailadmin_choose_page"),
            reverse("wagtailimages_chooser:choose"),
            reverse("wagtaildocs_chooser:choose"),
        ]

    def register(self, *names) -> list[str]:
        return [reverse(f"{name}:{view}") for name in names for view in ("index", "add")]


@world
def admin():
    return Admin()


def left_in_english(person, addresses) -> dict:
    client = Client()
    client.force_login(User.objects.get(pk=person.user_id))
    found = {}
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        text = answer.json().get("html", "") if "json" in answer["Content-Type"] else answer.content.decode()
        if left := english(text):
            found[address] = sorted(left)
    return found


def test_the_screens_of_an_editor(admin):
    assert left_in_english(admin.editor, admin.content()) == {}


def test_the_screens_of_the_staff(admin):
    registers = admin.register("estates", "buildings", "homes", "partners", "members", "appointments", "renovation")
    lists = [reverse(f"{name}:index") for name in ("units", "deliveries", "policies", "pledges", "objections", "faults",
                                                   "site-logs")]  # fmt: skip
    row = admin.here.officer
    single = [
        reverse("members:inspect", args=[row.reference]),
        reverse("members:edit", args=[row.reference]),
        reverse("members:history", args=[row.reference]),
        *(address_of(admin.request, name) for name in ("inspect", "rota", "versions", "history", "edit")),
        *(address_of(admin.request, "enter", kind) for kind in ("resolution", "ownersvote", "publicityperiod")),
    ]
    assert left_in_english(admin.here.officer, ["/admin/", *registers, *lists, *single]) == {}


def test_the_screens_of_an_administrator(admin):
    addresses = [
        "/admin/",
        reverse("page_open"),
        *admin.register("units", "policies", "members"),
        *admin.content()[1:6],
    ]
    assert left_in_english(admin.administrator, addresses) == {}


def test_a_superuser_without_a_post(admin):
    person = units.member(unit=admin.here.community)
    person.user.is_superuser = True
    person.user.save()
    assert left_in_english(person, ["/admin/", reverse("wagtailadmin_account")]) == {}


def test_a_page_under_review_and_one_with_a_mistake(admin):
    client = Client()
    client.force_login(User.objects.get(pk=admin.editor.user_id))
    edit = reverse("wagtailadmin_pages:edit", args=[admin.draft.pk])
    wrong = client.post(edit, {"title": "", "body-count": "0"})
    assert english(wrong.content.decode()) == set()


def test_the_words_of_scripts(admin, client):
    client.force_login(User.objects.get(pk=admin.editor.user_id))
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    catalogue = catalogue.encode("ascii").decode("unicode_escape")
    assert "正在自动保存" in catalogue
    assert "插入内容块" in catalogue


class TestReading:
    """The tests above are worth what this reading is worth."""

    def test_what_is_found(self):
        html = (
            '<p>保存</p><p>Save draft</p><input type="submit" value="Send"><a title="More">…</a><script>var a</script>'
        )
        assert english(html) == {"Save draft", "Send", "More"}

    def test_what_is_let_through(self):
        assert english("<p>KY-2026-7HKQ4</p><p>最大 10 MB，PDF</p><p>plan.pdf</p><p>member12</p>") == set()
