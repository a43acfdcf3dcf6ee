"""Filters and components of the look; their templates stand in cms/templates/components/, parameters on top."""

import re
from itertools import accumulate

from django import template
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from home import formats
from home.frame import frame_of
from home.status import STAGES, STATUSES

register = template.Library()

FULL = 1000
SEATS = {"agree": "yes", "disagree": "no", "recuse": "out"}
COLOURED_PARTS = 4
CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff]")


@register.simple_tag(takes_context=True)
def frame(context):
    """The frame around the page; see home/frame.py."""
    return frame_of(context)


def is_foreign(text) -> bool:
    """Whether a text is Chinese where the page is not."""
    return get_language() == "en" and bool(CHINESE.search(str(text)))


@register.filter
def chinese(text):
    """What people entered, marked as Chinese where the page is not: for names, titles and sentences."""
    return format_html('<span lang="zh-Hans">{}</span>', text) if is_foreign(text) else text


@register.simple_tag
def zh(text="中文"):
    """The `lang` of an element with such a text; without a text, of one that editors filled."""
    return format_html(' lang="{}"', "zh-Hans") if is_foreign(text) else ""


@register.filter
def money(value):
    return formats.money(value)


@register.filter
def area(value):
    return formats.area(value)


@register.filter
def day(value):
    """2022 年 4 月 6 日 · 星期三; Wednesday 6 April 2022."""
    return formats.written(value, formats.DAY)


@register.filter
def short_day(value):
    """4 月 6 日; 6 April."""
    return formats.written(value, formats.SHORT_DAY)


@register.filter
def moment(value):
    """The day with its hour."""
    return formats.written(value, formats.MOMENT)


@register.filter
def month(value):
    """4 月; Apr."""
    return formats.written(value, formats.MONTH)


@register.filter
def stamp(value):
    """The date for `<time datetime>`: in the time of the place, to the minute."""
    if not value:
        return ""
    value = formats.local(value)
    return value.isoformat(timespec="minutes") if hasattr(value, "hour") else value.isoformat()


@register.filter
def dial(phone):
    """The digits of a phone number, for a tel: address."""
    return "".join(character for character in str(phone) if character.isdigit() or character == "+")


@register.simple_tag
def tag(key):
    """A state as word and colour. KeyError for a state that the vocabulary does not know."""
    status = STATUSES[str(key)]
    return format_html('<span class="tag tag--{}">{}</span>', status.colour, status.word)


@register.simple_tag
def status_word(key):
    """The word of a state without its colour, for sentences."""
    return STATUSES[str(key)].word


@register.inclusion_tag("components/strip.html")
def strip(current, state="now"):
    """Six stages in small. `state`: now, done (everything is over) or stopped (at `current`)."""
    keys = list(STAGES)
    reached = keys.index(str(current))
    kinds = ["done"] * reached + [state] + ["done" if state == "done" else "next"] * (len(keys) - reached - 1)
    return {"kinds": kinds}


@register.inclusion_tag("components/quorum.html")
def quorum(seats, sentence, missing=""):
    """One bar for each seat: its answer (agree, change, disagree, recuse), waiting, or what has one as `kind`."""
    kinds = [str(getattr(seat, "kind", seat)) for seat in seats]
    return {"kinds": [SEATS.get(kind, kind) for kind in kinds], "sentence": sentence, "missing": missing}


def percent(permille: int) -> str:
    """205 is 20.5%, 700 is 70%."""
    whole, tenths = divmod(permille, 10)
    return f"{whole}.{tenths}%" if tenths else f"{whole}%"


@register.inclusion_tag("components/meter.html")
def meter(parts, rest_label="", rest_amount=""):
    """Parts of a whole with `label`, `amount` (text) and `permille` (integer, together at most 1000)."""
    parts = list(parts)
    widths = [part.permille for part in parts]
    starts = [0, *accumulate(widths)]
    drawn = [
        {
            "label": part.label,
            "amount": part.amount,
            "percent": percent(part.permille),
            "width": part.permille,
            "x": start,
            "colour": index % COLOURED_PARTS + 1,
        }
        for index, (part, start) in enumerate(zip(parts, starts, strict=False))
    ]
    rest = FULL - starts[-1]
    return {
        "parts": drawn,
        "rest": rest,
        "rest_percent": percent(rest),
        "rest_label": rest_label,
        "rest_amount": rest_amount,
    }


@register.inclusion_tag("components/table.html")
def table(headings, rows, caption=""):
    """`headings`: (label, is it a number); `rows`: as many texts each, the first names the row."""
    headings = list(headings)
    drawn = [
        [{"text": text, "label": label, "number": number} for text, (label, number) in zip(row, headings, strict=True)]
        for row in rows
    ]
    return {"headings": headings, "rows": drawn, "caption": caption}


def first_control(field) -> str:
    """The id that a link to this field leads to: for a group of choices, the first of them."""
    if field.use_fieldset and field.subwidgets:
        return field.subwidgets[0].id_for_label
    return field.id_for_label


def sentences(field) -> list:
    """The errors of a field as a person would say them: an empty field is named, not called required."""
    kind = field.widget_type
    if kind == "checkbox":
        missing = _("Please tick “%(label)s”")
    elif "select" in kind:
        missing = _("Please choose “%(label)s”")
    else:
        missing = _("Please fill in “%(label)s”")
    return [
        missing % {"label": field.label} if error.code == "required" else message
        for error, message in zip(field.errors.as_data(), field.errors, strict=True)
    ]


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """What went wrong in these forms, each point leading to its field; nothing when all is well."""
    points = []
    for form in forms:
        if not isinstance(form, BaseForm) or not form.errors:
            continue
        points += [("", message) for message in form.non_field_errors()]
        points += [(first_control(field), message) for field in form for message in sentences(field)]
    return {"points": points}


@register.inclusion_tag("components/field.html")
def field(bound):
    """A field with label, hint and error; see the template for how each kind of control is drawn."""
    return {"field": bound, "kind": bound.widget_type, "errors": sentences(bound)}
