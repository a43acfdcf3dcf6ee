"""The pages of the sample district: written by an editor, published by a second person."""

import re
from datetime import date, timedelta

from django.core.files.base import ContentFile

from home.actions.site import open_page, page_of
from home.models import HomePage, LinliImage, NoticeIndexPage, NoticePage, UnitCollection
from services.models import ServiceMenuPage, ServicePage
from workflows.models import ProjectNoticePage

from . import finding
from .drawing import drawn
from .people import SHORT
from .publishing import hand_in, hand_in_new, pass_on
from .texts.communities import AREAS, COMMUNITIES, HOME_INTRO
from .texts.notices import NOTICES
from .texts.services import MENU_INTRO, MENUS, SERVICES

DAY = re.compile(r"\{([+-]\d+|friday)\}")
FRIDAY = 4
WEEKDAYS = "一二三四五六日"


def add_pages(timeline) -> None:
    """Every community's page with its sections on the day after the district opened; then what stands on them."""
    for code in SHORT:
        timeline.add("2020-01-07 09:00", lambda now, code=code: open_page(finding.system(now), unit=finding.unit(code)))
    _published(timeline, "2020-01-08", "district-editor", "district-reviewer", _home, {"intro": HOME_INTRO})
    for code, intro in AREAS.items():
        _published(timeline, "2020-01-08", "district-editor", "district-reviewer", _area(code), {"intro": intro})
    for code in SHORT:
        _community(timeline, code)
        _menu(timeline, code)
    for community, slug, offset, *rest in NOTICES:
        _notice(timeline, community, slug, offset, rest)
    for code in SHORT:
        _project_notice(timeline, code)


def _published(timeline, day, editor, reviewer, find, fields) -> None:
    """An existing page changed by one and published by the other. `fields` may be made when it is time."""

    def write(now):
        page = find()
        for name, value in (fields() if callable(fields) else fields).items():
            setattr(page, name, value)
        hand_in(page, by=editor, now=now)

    timeline.add(f"{day} 10:00", write)
    timeline.add(f"{day} 15:00", lambda now: pass_on(find(), by=reviewer, now=now))


def _added(timeline, day, community, parent, make) -> None:
    """A new page, from `make()`; found again by its slug for the second person."""

    def write(now):
        hand_in_new(parent(), make(), by=f"{community}-editor", now=now)

    def publish(now):
        page = parent().get_children().get(slug=make().slug)
        pass_on(page, by=f"{community}-reviewer", now=now)

    timeline.add(f"{day} 09:30", write)
    timeline.add(f"{day} 14:30", publish)


def _home():
    return HomePage.objects.get()


def _area(code):
    return lambda: page_of(finding.unit(code))


def _section(code, model):
    return lambda: model.objects.child_of(page_of(finding.unit(code))).get()


def _community(timeline, code) -> None:
    intro, facts, paragraph = COMMUNITIES[code]

    def fields():
        return {
            "intro": intro,
            "picture": _picture(code),
            "facts": [
                ("fact", {"label": label, "value": value, "as_of": timeline.day(as_of)})
                for label, value, as_of in facts
            ],
            "body": [("paragraph", f"<p>{paragraph}</p>")],
        }

    _published(timeline, "2020-01-09", f"{code}-editor", f"{code}-reviewer", _area(code), fields)


def _picture(code) -> LinliImage:
    """The community from afar, on its own shelf."""
    unit = finding.unit(code)
    shelf = UnitCollection.objects.get(unit=unit).collection
    file = ContentFile(drawn("place", 0, code), name=f"{code}.jpg")
    return LinliImage.objects.create(
        title=unit.name, description=f"{unit.name}的楼房和树，示意图", file=file, collection=shelf
    )


def _menu(timeline, code) -> None:
    menu = _section(code, ServiceMenuPage)
    _published(timeline, "2020-01-10", f"{code}-editor", f"{code}-reviewer", menu, {"intro": MENU_INTRO})
    for slug in MENUS[code]:
        _added(timeline, "2020-01-13", code, menu, lambda slug=slug: _service(code, slug))


def _service(code, slug) -> ServicePage:
    unit = finding.unit(code)
    own = {"phone": unit.phone, "office": f"{unit.name}服务大厅（{unit.address}）", "hours": unit.hours}
    fields = {
        name: value.format(**own) if isinstance(value, str) else value
        for name, value in SERVICES[slug].items()
        if name not in ("steps", "asked")
    }
    steps = [("step", step) for step in SERVICES[slug]["steps"]]
    asked = [
        ("question", {"question": question, "answer": answer.format(**own)})
        for question, answer in SERVICES[slug]["asked"]
    ]
    return ServicePage(slug=slug, steps=steps, asked=asked, **fields)


def _notice(timeline, community, slug, offset, rest) -> None:
    valid_for, pinned, fields, paragraphs = rest
    published_on = timeline.day(f"{offset:+}")

    def make():
        return NoticePage(
            slug=slug, is_pinned=pinned, published_on=published_on,
            valid_until=published_on + timedelta(days=valid_for),
            body=[("paragraph", "".join(f"<p>{text}</p>" for text in paragraphs))],
            target=finding.unit(fields["target"]) if "target" in fields else None,
            **{name: _dated(timeline, value) for name, value in fields.items() if name != "target"},
        )  # fmt: skip

    _added(timeline, published_on.isoformat(), community, _section(community, NoticeIndexPage), make)


def _project_notice(timeline, code) -> None:
    """The newest notice that a renovation of the community was drafted with, looked through and published by two."""

    def newest():
        return ProjectNoticePage.objects.child_of(_section(code, NoticeIndexPage)()).order_by("-pk").first()

    def write(now):
        if newest() is not None:
            hand_in(newest(), by=f"{code}-editor", now=now)

    def publish(now):
        if newest() is not None:
            pass_on(newest(), by=f"{code}-reviewer", now=now)

    timeline.add("-1 16:00", write)
    timeline.add("-1 17:00", publish)


def _dated(timeline, text: str) -> str:
    """ "{+2}" becomes the day in words, with its day of the week."""

    def in_words(found) -> str:
        day = next_friday(timeline.today) if found[1] == "friday" else timeline.day(found[1])
        return f"{day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"

    return DAY.sub(in_words, text)


def next_friday(day: date) -> date:
    """The first Friday after a day."""
    return day + timedelta(days=(FRIDAY - day.weekday() - 1) % 7 + 1)
