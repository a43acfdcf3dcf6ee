"""Versions and differences as people read them: labels, amounts, sentences."""

from django.utils.text import capfirst
from django.utils.translation import gettext

from home.formats import money

from ..models import RenovationRequest
from ..querysets.versions import TEXTS, Version, names_of_places, versions_of
from ..rules.difference import compare

SHOWN = ("title", "place", "category", "problem", "plan", "extent", "budget", "unit", "estate")


def label_of(name: str) -> str:
    """The label of a field of the content."""
    field = "measure" if name == "extent" else name
    return capfirst(str(RenovationRequest._meta.get_field(field).verbose_name))


def in_words(version: Version, units, estates) -> dict[str, str]:
    """The content of a version as texts, in the order in which it is shown."""
    content = version.content
    measure = content["measure"]
    units_of_measure = dict(RenovationRequest.Measure.choices)
    texts = {
        **{name: content[name] for name in TEXTS},
        "category": str(dict(RenovationRequest.Category.choices).get(content["category"], content["category"])),
        "extent": f"{measure.normalize():f} {units_of_measure.get(content['measure_unit'], '')}" if measure else "",
        "budget": money(content["budget"]),
        "unit": units[content["unit_id"]].name,
        "estate": estates[content["estate_id"]].name if content["estate_id"] else "",
    }
    return {name: texts[name] for name in SHOWN}


def summary_of(version: Version) -> list[dict]:
    """The whole content of a version, for the component of summaries."""
    texts = in_words(version, *names_of_places([version]))
    return [{"label": label_of(name), "value": text} for name, text in texts.items()]


def difference_of(old: Version, new: Version, units, estates) -> dict:
    """`changed` and `unchanged` as the component for differences takes them."""
    before, after = in_words(old, units, estates), in_words(new, units, estates)
    found = compare(before, after, texts=TEXTS)
    return {
        "changed": [
            {"label": label_of(row.name), "before": row.old, "after": row.new, "sentences": row.sentences}
            for row in found.changed
        ],
        "unchanged": [{"label": label_of(name), "value": after[name]} for name in found.unchanged],
    }


def changed_labels(old: Version, new: Version, units, estates) -> str:
    """The names of the fields that changed, for a list of versions."""
    before, after = in_words(old, units, estates), in_words(new, units, estates)
    names = [label_of(name) for name in SHOWN if before[name] != after[name]]
    return gettext(", ").join(names)


def list_context(page, request) -> dict:
    """Every version of a request with what it changed, the newest first."""
    found = versions_of(page.request)
    units, estates = names_of_places(found)
    base = page.get_url(request)
    rows = []
    for before, version in zip([None, *found], found, strict=False):
        rows.append(
            {
                "version": version,
                "is_current": version.number == page.request.version,
                "what": changed_labels(before, version, units, estates) if before else gettext("First version"),
                "url": f"{base}versions/{before.number}-{version.number}/" if before else "",
            }
        )
    return {"shown": page.request, "rows": rows[::-1], "back_url": base}


def difference_context(page, request, old: int, new: int) -> dict | None:
    """What changed between two versions; None when one of them does not exist or they are in the wrong order."""
    if not 1 <= old < new <= page.request.version:
        return None
    before, after = versions_of(page.request, old, new)
    units, estates = names_of_places([before, after])
    return {
        "shown": page.request,
        "old": before,
        "new": after,
        **difference_of(before, after, units, estates),
        "back_url": f"{page.get_url(request)}versions/",
    }
