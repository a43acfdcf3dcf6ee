"""Pages as the tests need them: a site, a community with its sections, published notices and services."""

import itertools
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from home.actions.site import open_page, set_up_site
from home.models import CommunityPage, LinliDocument, LinliImage, NoticeIndexPage, NoticePage, UnitCollection
from services.models import ServiceMenuPage, ServicePage

from . import community as make

_numbers = itertools.count(1)


def site():
    """The front page, with everything that the site stands on."""
    return set_up_site()


def community(**details) -> CommunityPage:
    """A community with its page open, below a street of its own."""
    set_up_site()
    return open_page(make.SYSTEM, unit=make.community(**details))


def section(page, model):
    return model.objects.child_of(page).get()


def add(parent, page, *, live=True, user=None):
    """Put a page below another, published unless it is to be a draft."""
    page.live = False
    parent.add_child(instance=page)
    revision = page.save_revision(user=user)
    if live:
        revision.publish(user=user, skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def notice(page, *, live=True, user=None, **fields) -> NoticePage:
    """A notice of a community."""
    number = next(_numbers)
    values = {"title": f"停水通知 {number}", "lead": "周三九点到十五点停水。", "slug": f"notice-{number}", **fields}
    return add(section(page, NoticeIndexPage), NoticePage(**values), live=live, user=user)


def service(page, *, live=True, **fields) -> ServicePage:
    """A service of a community."""
    number = next(_numbers)
    values = {
        "title": f"水管报修 {number}",
        "slug": f"service-{number}",
        "category": "repair",
        "lead": "公共水管坏了，打电话就来。",
        "who": "本社区居民",
        "bring": "门牌号",
        "duration": "当天上门",
        "cost": "免费",
        "where": "打电话，或到服务大厅",
        "done_within": 3,
        **fields,
    }
    return add(section(page, ServiceMenuPage), ServicePage(**values), live=live)


def upload(name="photo.jpg", *, size=(1200, 900), kind="JPEG", **options) -> SimpleUploadedFile:
    buffer = BytesIO()
    Image.new("RGB", size, (11, 90, 79)).save(buffer, kind, **options)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type=f"image/{kind.lower()}")


def image(page, **fields) -> LinliImage:
    """A picture on the shelf of a place."""
    shelf = UnitCollection.objects.get(unit=page.unit).collection
    values = {"title": "广场", "description": "小区的空地", "file": upload(), "collection": shelf, **fields}
    return LinliImage.objects.create(**values)


def document(page, **fields) -> LinliDocument:
    """A document on the shelf of a place."""
    shelf = UnitCollection.objects.get(unit=page.unit).collection
    file = ContentFile(b"%PDF-1.4\n%%EOF", name="plan.pdf")
    fields = {"file_size": file.size, **fields}
    values = {"title": "施工方案", "text": "每天 8:00 到 18:00 施工。", "file": file, "collection": shelf, **fields}
    return LinliDocument.objects.create(**values)
