"""The versions of a request, the difference between any two, and the request as it stood on a day."""

from datetime import datetime, time

from django import forms
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..actions.requests import TEXT_FIELDS
from ..models import RenovationRequest, WordingChange
from ..presentation.versions import changed_labels, difference_of, in_words, label_of
from ..querysets.versions import as_it_stood, names_of_places, versions_of
from ..rules.difference import compare
from ..rules.stages import stage_of
from ..words import STAGE_WORDS, STATE_WORDS
from .views import RequestTab, address_of


def difference_between(request_row: RenovationRequest, old: int, new: int) -> dict | None:
    """What changed between two versions; None when one of them does not exist."""
    found = versions_of(request_row, old, new)
    if len(found) < 2:
        return None
    return {"old": found[0], "new": found[1], **difference_of(*found, *names_of_places(found))}


def wording_difference(change: WordingChange) -> dict:
    """What a correction of wording would change, in the shape of a difference."""
    before = {name: getattr(change.request, name) for name in TEXT_FIELDS}
    found = compare(before, {name: getattr(change, name) for name in TEXT_FIELDS}, texts=TEXT_FIELDS)
    changed = [
        {"label": label_of(row.name), "before": row.old, "after": row.new, "sentences": row.sentences}
        for row in found.changed
    ]
    return {"changed": changed, "unchanged": []}


class CompareForm(forms.Form):
    old = forms.TypedChoiceField(label=_("From version"), coerce=int)
    new = forms.TypedChoiceField(label=_("To version"), coerce=int)

    def __init__(self, *args, latest: int, **kwargs):
        super().__init__(*args, **kwargs)
        numbers = [(number, number) for number in range(1, latest + 1)]
        self.fields["old"].choices, self.fields["new"].choices = numbers, numbers
        self.fields["old"].initial, self.fields["new"].initial = max(1, latest - 1), latest

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("old") and cleaned.get("new") and cleaned["old"] >= cleaned["new"]:
            raise forms.ValidationError(_("Choose an older version first and a newer one after it."))
        return cleaned


class DayForm(forms.Form):
    day = forms.DateField(label=_("As it stood at the end of"), widget=AdminDateInput)


class VersionsView(RequestTab):
    """Every version with who made it and what it changed; two forms lead to a comparison and to a day."""

    tab = "versions"
    template_name = "workflows/admin/versions.html"

    def get(self, request, *args, **kwargs):
        typed = request.GET
        self.compare_form = CompareForm(typed if "new" in typed else None, latest=self.row.version)
        self.day_form = DayForm(typed if "day" in typed else None)
        if self.compare_form.is_bound and self.compare_form.is_valid():
            chosen = self.compare_form.cleaned_data
            return redirect(address_of(self.row, "difference", chosen["old"], chosen["new"]))
        return super().get(request, *args, **kwargs)

    def versions(self) -> list[dict]:
        found = versions_of(self.row)
        places = names_of_places(found)
        return [
            {
                "version": version,
                "what": changed_labels(before, version, *places) if before else _("First version"),
                "url": address_of(self.row, "difference", before.number, version.number) if before else "",
            }
            for before, version in zip([None, *found], found, strict=False)
        ][::-1]

    def stood(self) -> dict | None:
        """The request as it stood at the end of the day that was asked for; `then` is None before it was recorded."""
        if not (self.day_form.is_bound and self.day_form.is_valid()):
            return None
        day = self.day_form.cleaned_data["day"]
        then = as_it_stood(self.row, timezone.make_aware(datetime.combine(day, time.max)))
        if then is None:
            return {"day": day, "then": None}
        version = versions_of(self.row, then.version)[0]
        content = in_words(version, *names_of_places([version]))
        return {
            "day": day,
            "then": version,
            "state": STATE_WORDS[then.state],
            "stage": STAGE_WORDS[stage_of(then.state, then.resume_to or None)],
            "fields": [(label_of(name), value) for name, value in content.items()],
        }

    def get_context_data(self, **kwargs):
        forms_here = {"compare_form": self.compare_form, "day_form": self.day_form}
        return super().get_context_data(versions=self.versions(), stood=self.stood(), **forms_here, **kwargs)


class DifferenceView(RequestTab):
    tab = "versions"
    template_name = "workflows/admin/difference_page.html"

    def get_context_data(self, **kwargs):
        difference = difference_between(self.row, self.kwargs["old"], self.kwargs["new"])
        if difference is None or self.kwargs["old"] >= self.kwargs["new"]:
            raise Http404
        return super().get_context_data(difference=difference, **kwargs)
