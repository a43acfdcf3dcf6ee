"""Every page type: where it may stand, how it looks before it is published, what is found in it."""

import pytest
from django.apps import apps
from django.template.loader import get_template
from django.test import RequestFactory
from wagtail.models import Page

from home.models import AreaPage, CommunityPage, HomePage, NoticeIndexPage, NoticePage, SitePage
from home.pages.base import ADDRESS_LETTERS
from services.models import ServiceMenuPage, ServicePage
from tests.factories import community as units
from tests.factories import pages as make

PAGE_TYPES = sorted((model for model in apps.get_models() if issubclass(model, Page) and model is not Page), key=str)

PARENTS = {
    HomePage: {Page},
    AreaPage: {HomePage, AreaPage},
    CommunityPage: {HomePage, AreaPage},
    NoticeIndexPage: {CommunityPage},
    NoticePage: {NoticeIndexPage},
    ServiceMenuPage: {CommunityPage},
    ServicePage: {ServiceMenuPage},
}


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_page_type_has_a_template_fields_to_search_and_a_place(model):
    assert issubclass(model, SitePage)
    assert get_template(model.template)
    assert len(model.search_fields) > len(Page.search_fields)
    assert model.parent_page_types
    assert model.slug_stem
    assert model._meta.verbose_name != model._meta.object_name.lower()


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_pages_stand_where_they_belong_and_nowhere_else(model):
    assert set(model.allowed_parent_page_models()) == PARENTS[model]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_bodies_hold_no_raw_html_and_nothing_from_elsewhere(model):
    """Looked at block by block, however deep."""
    from wagtail.blocks import BaseStreamBlock, BaseStructBlock, ListBlock, RawHTMLBlock, RichTextBlock
    from wagtail.embeds.blocks import EmbedBlock
    from wagtail.fields import StreamField

    def walk(block):
        yield block
        if isinstance(block, BaseStreamBlock | BaseStructBlock):
            for child in block.child_blocks.values():
                yield from walk(child)
        elif isinstance(block, ListBlock):
            yield from walk(block.child_block)

    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            for block in walk(field.stream_block):
                assert not isinstance(block, RawHTMLBlock | EmbedBlock)
                if isinstance(block, RichTextBlock):
                    assert not set(block.features) & {"embed", "image", "code"}


@pytest.mark.django_db
@pytest.mark.parametrize("title", ["停水通知", "？！", "Water 停水", "Water is off", "同一个标题"])
def test_every_title_gets_an_address_of_latin_letters(title):
    community = make.community()
    index = make.section(community, NoticeIndexPage)
    slugs = []
    for _number in range(3):
        page = NoticePage(title=title, lead="一句话")
        index.add_child(instance=page)
        slugs.append(page.slug)
    assert len(set(slugs)) == 3
    assert all(slug and slug.isascii() for slug in slugs)
    if not title.isascii():
        assert set(slugs[0].rpartition("-")[2]) <= set(ADDRESS_LETTERS)


@pytest.mark.django_db
def test_previews_of_all_page_types(rf: RequestFactory):
    """As the preview panel draws them: the draft's words, no cookie, in the frame of the site."""
    community = make.community()
    notice, service = make.notice(community, live=False), make.service(community, live=False)
    pages = [Page.objects.get(depth=2).specific, community.get_parent().specific, community]
    pages += [page.specific for page in community.get_children()] + [notice, service]
    for page in pages:
        page.title = f"预览里的标题 {page.pk}"
        answer = page.make_preview_request(preview_mode=page.default_preview_mode)
        answer.render()
        assert answer.status_code == 200
        assert f"<h1>{page.title}</h1>" in answer.content.decode(), type(page)
        assert not answer.cookies


@pytest.mark.django_db
def test_a_new_notice_is_previewed_before_it_is_saved(client):
    """Through Wagtail's own addresses, as the editor's preview panel asks."""
    from django.urls import reverse

    from .test_pages_permissions import new_notice, signed_in

    community = make.community()
    index = make.section(community, NoticeIndexPage)
    signed_in(client, units.holder(units.Post.EDITOR, community.unit).user)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "noticepage", index.pk])
    assert client.post(address, new_notice(title="还没有保存")).json()["is_valid"]
    answer = client.get(address)
    assert "还没有保存" in answer.content.decode()
    notice = make.notice(community)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[notice.pk])
    client.post(address, new_notice(title="改了一半", slug=notice.slug))
    assert "改了一半" in client.get(address).content.decode()


@pytest.mark.django_db
def test_block_previews_are_drawn(client):
    from django.urls import reverse
    from wagtail.fields import StreamField

    from .test_pages_permissions import signed_in

    community = make.community()
    signed_in(client, units.holder(units.Post.EDITOR, community.unit).user)
    for model, name in ((NoticePage, "body"), (CommunityPage, "facts")):
        field = model._meta.get_field(name)
        assert isinstance(field, StreamField)
        for block in field.stream_block.child_blocks.values():
            assert block.is_previewable, block.name
            answer = client.get(reverse("wagtailadmin_block_preview") + f"?id={block.definition_prefix}")
            assert answer.status_code == 200, block.name
