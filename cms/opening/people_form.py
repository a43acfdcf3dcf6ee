"""The step of the first people: lines of name, post and mobile number."""

import re

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from community.roles import Post
from community.rules.cells import half_width, tidy

from .forms import StepForm, tidy_field
from .reading import FIRST_POSTS
from .rules import LONGEST_PERSON, MOST_PEOPLE
from .wording import SENTENCES

MOBILE = re.compile(r"1[3-9]\d{9}")


def name_field() -> forms.CharField:
    return tidy_field(_("Full name"), LONGEST_PERSON, required=False)


def post_field(posts) -> forms.ChoiceField:
    wrong = {"invalid_choice": SENTENCES["post_not_here"]}
    return forms.ChoiceField(label=_("Post"), choices=posts, required=False, error_messages=wrong)


def mobile_field() -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "tel"})
    return tidy_field(_("Mobile (optional)"), 20, required=False, widget=widget)


class PeopleForm(StepForm):
    key = "people"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        posts = [("", _("Please choose")), *((post.value, Post(post).label) for post in FIRST_POSTS)]
        for row in range(MOST_PEOPLE):
            for name, made in (("person", name_field()), ("post", post_field(posts)), ("mobile", mobile_field())):
                number = _("Person %(number)s") % {"number": row + 1}
                made.label = f"{number} · {made.label}"
                made.widget.attrs["autocomplete"] = "off"
                self.fields[f"{name}_{row}"] = made

    def initial_of(self, own):
        return {
            f"{field}_{row}": person[name]
            for row, person in enumerate(own.get("people", ()))
            for field, name in (("person", "name"), ("post", "post"), ("mobile", "phone"))
        }

    @property
    def lines(self) -> list:
        """The three fields of each line, for the template."""
        return [[self[f"{name}_{row}"] for name in ("person", "post", "mobile")] for row in range(MOST_PEOPLE)]

    def filled(self) -> list[int]:
        """The lines in which something stands."""
        names = ("person", "post", "mobile")
        return [row for row in range(MOST_PEOPLE) if any(self.cleaned_data.get(f"{name}_{row}") for name in names)]

    def clean(self):
        for row in range(MOST_PEOPLE):
            number = re.sub(r"[ \-]", "", half_width(self.cleaned_data.get(f"mobile_{row}") or ""))
            if number and not MOBILE.fullmatch(number):
                self.add_error(f"mobile_{row}", _("A mobile number has 11 digits, for example 138 0000 0000."))
            self.cleaned_data[f"mobile_{row}"] = number
        self.rows = self.filled()  # as typed: what turns out to be wrong leaves the cleaned data one by one
        return super().clean()

    def answers(self):
        said = self.cleaned_data
        return {
            "people": [
                {
                    "name": tidy(said.get(f"person_{row}") or ""),
                    "post": said.get(f"post_{row}") or "",
                    "phone": said.get(f"mobile_{row}") or "",
                }
                for row in self.rows
            ]
        }

    def place_of(self, fault):
        if fault.row is not None and fault.field in ("person", "post", "mobile"):
            return f"{fault.field}_{self.rows[fault.row]}"
        return NON_FIELD_ERRORS if fault.field == "people" else None
