"""The site and the pages of its places, opened by action: the set-up once, a place by its administrator."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Collection, Locale, Page, Revision, Site, Workflow, WorkflowPage, WorkflowTask

from community.models import Unit
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.roles import Role

from .. import neighbours
from ..models import AreaPage, CommunityPage, HomePage, SecondPersonTask, UnitCollection

AREA_KINDS = (Unit.Kind.DISTRICT, Unit.Kind.STREET, Unit.Kind.TOWN)
ROOT = "Root"
GROUPS_OF_WAGTAIL = ("Moderators", "Editors")


@transaction.atomic
def set_up_site() -> HomePage:
    """Everything that the pages stand on: root, front page, site, root collection, the review before publishing.

    May be called any number of times; what is there stays, names and addresses included.
    """
    with translation.override(settings.LANGUAGE_CODE):
        locale, _made = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        home = HomePage.objects.first() or add_home(root_page(locale))
        if home.unit_id is None and (top := Unit.get_first_root_node()):
            home.unit = top
            home.save(update_fields=["unit"])
        set_up_address(home)
        set_up_review(home)
        name_roots()
        Group.objects.filter(name__in=GROUPS_OF_WAGTAIL).delete()
    return home


def name_roots() -> None:
    """The two roots that Wagtail names in English; both stand in the lists of choosers."""
    shelf = Collection.get_first_root_node() or Collection.add_root(name=_("Shared by all"))
    if shelf.name == ROOT:
        shelf.name = _("Shared by all")
        shelf.save(update_fields=["name"])
    page = Page.get_first_root_node()
    if page.title == ROOT:
        page.title = page.draft_title = _("All places")
        page.save(update_fields=["title", "draft_title"], clean=False)


def root_page(locale: Locale) -> Page:
    """The invisible root, made anew when the tables were emptied."""
    kind = ContentType.objects.get_for_model(Page)
    return Page.get_first_root_node() or Page.add_root(
        instance=Page(title=ROOT, slug="root", content_type=kind, locale=locale)
    )


def add_home(root: Page) -> HomePage:
    home = root.add_child(instance=HomePage(title=_("Choose your community"), slug="linli"))
    home.save_revision().publish(skip_permission_checks=True)
    return home


def set_up_address(home: HomePage) -> None:
    """One site, its root the front page; the page that Wagtail brings along goes."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.root_page_id != home.pk:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = site or Site(is_default_site=True)
        site.hostname, site.port = address.hostname, address.port or (443 if address.scheme == "https" else 80)
        site.site_name, site.root_page = settings.WAGTAIL_SITE_NAME, home
        site.save()
    for page in Page.objects.filter(depth=2, content_type=ContentType.objects.get_for_model(Page)):
        page.delete()


def set_up_review(home: HomePage) -> None:
    """One workflow with one task for all pages; those that Wagtail brings along go."""
    task = SecondPersonTask.objects.first() or SecondPersonTask.objects.create(name=_("Review by a second person"))
    ours = WorkflowTask.objects.filter(task=task).select_related("workflow").first()
    if ours is None:
        workflow = Workflow.objects.create(name=_("Review before publishing"))
        ours = WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": ours.workflow})
    Workflow.objects.exclude(pk=ours.workflow_id).filter(workflow_states=None).delete()


def open_page(context: Context, *, unit: Unit, published: bool = True, **texts) -> Page:
    """Open the page of a community or an area: with its sections, its shelf for pictures, and the areas above it.

    `texts` are fields of the page, for example intro. Names come from the unit. An existing page is returned as it is.
    With `published` off the page and its sections stay drafts (see `open_for_review`); the areas above hold nothing
    but the name of their unit, and appear. Raises NotAllowed unless the actor administers the unit, ActionRefused for
    a unit that gets no page.
    """
    require(context, Role.ADMINISTRATOR, unit)
    if not unit.is_community and unit.kind not in AREA_KINDS:
        raise ActionRefused(_("Only communities and areas have pages of their own."))
    if found := page_of(unit):
        return found
    with act(context, "page.open", unit) as a, translation.override(settings.LANGUAGE_CODE):
        parent = a.lock(Page, pk=HomePage.objects.get().pk).specific
        claim_home(parent, unit)
        for above in Unit.objects.at_or_above(unit).filter(kind__in=AREA_KINDS).exclude(pk=unit.pk):
            parent = page_of(above) or add_place(a, parent, above)
        add = add_published if published else add_draft
        a.subject = page = page_of(unit) or add_place(a, parent, unit, add=add, **texts)
    return page


def page_of(unit: Unit) -> Page | None:
    """The page that stands for this unit, if it has been opened."""
    model = CommunityPage if unit.is_community else AreaPage
    return model.objects.filter(unit=unit).first()


def claim_home(home: HomePage, unit: Unit) -> None:
    """The front page belongs to the top of the organisation."""
    if home.unit_id is None:
        home.unit = unit.get_root()
        home.save(update_fields=["unit"])


def add_place(a: Act, parent: Page, unit: Unit, *, add: Callable | None = None, **texts) -> Page:
    """The page of a unit with its sections, published unless `add` is another way, and its shelf."""
    add = add or add_published
    model = CommunityPage if unit.is_community else AreaPage
    page = add(a, parent, model(title=unit.name, slug=unit.code, unit=unit, **texts))
    if unit.is_community:
        for section in neighbours.new_sections(unit):
            add(a, page, section)
    if not UnitCollection.objects.filter(unit=unit).exists():
        shelf = Collection.get_first_root_node().add_child(name=unit.name)
        UnitCollection.objects.create(unit=unit, collection=shelf)
    return page


def add_published(a: Act, parent: Page, page: Page) -> Page:
    """Add a page that holds no text of anybody's yet, for all to see; noted in the event of the act."""
    parent.add_child(instance=page)
    page.save_revision(user=a.context.user).publish(user=a.context.user, skip_permission_checks=True)
    return noted(a, page)


def add_draft(a: Act, parent: Page, page: Page) -> Page:
    """Add a page that nobody sees yet; noted in the event of the act."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision(user=a.context.user)
    return noted(a, page)


def noted(a: Act, page: Page) -> Page:
    a.notes.setdefault("pages", []).append(str(page.translation_key))
    return page


def appears_first(page: Page) -> bool:
    """Whether this is the page of a community that readers have not seen yet."""
    return isinstance(page, CommunityPage) and page.first_published_at is None


def untouched_sections(place: Page) -> list[Page]:
    """The sections that came with a place as drafts and in which nobody has written since."""
    waiting = place.get_children().filter(live=False, first_published_at=None).specific()
    return [
        section
        for section in waiting
        if Revision.objects.for_instance(section).count() == 1 and not section.workflow_in_progress
    ]


def publish_untouched_sections(a: Act, place: Page) -> None:
    """Have the sections of a place appear with it, within the act by which its own page has appeared."""
    for section in untouched_sections(place):
        section.latest_revision.publish(user=a.context.user, skip_permission_checks=True)
        noted(a, section)
