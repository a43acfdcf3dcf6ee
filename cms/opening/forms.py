"""The steps of an opening: a form each. What was typed is judged by the rules, and the sentence stands at its field."""

import re

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Unit
from community.personal_numbers import refuse_personal_numbers
from community.rules.cells import half_width, tidy
from services.menu_template import MENU

from .answers import LATER, typed_of
from .reading import known_for, parents_for
from .rules import LONGEST_NAME, RANKS, Fault, faults_of
from .wording import SENTENCES, sentence

MOBILE = re.compile(r"1[3-9]\d{9}")
OFFICE_PHONE = RegexValidator(
    r"^[0-9+() \-]{3,30}$", gettext_lazy("Digits only, with spaces or hyphens: 0714-123 4567.")
)


def tidy_field(label, longest: int, **options) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, **options)


class StepForm(forms.Form):
    """One step. `given`: the answers of all steps so far. `answers` are JSON values, kept under the key of the step."""

    key = ""

    def __init__(self, *args, user, given: dict, **options):
        options.setdefault("label_suffix", "")
        super().__init__(*args, initial=self.initial_of(given.get(self.key, {})), **options)
        self.user, self.given = user, given

    def initial_of(self, own: dict) -> dict:
        return own

    def answers(self) -> dict:
        return {name: tidy(self.cleaned_data.get(name) or "") for name in self.fields}

    def place_of(self, fault: Fault) -> str | None:
        """The field that a fault belongs to; None for one of another step."""
        return fault.field if fault.field in self.fields and fault.row is None else None

    def clean(self):
        cleaned = super().clean()
        wrong = set(self.errors)
        for fault in faults_now(self.user, {**self.given, self.key: self.answers()}):
            name = self.place_of(fault)
            if name and name not in wrong:
                self.add_error(None if name == NON_FIELD_ERRORS else name, self.said(fault))
        return cleaned

    def said(self, fault: Fault) -> str:
        return sentence(fault)


def faults_now(user, answers: dict) -> list[Fault]:
    """What keeps these answers from being opened, as things are now. Five queries."""
    typed = typed_of(answers)
    parent = parents_for(user).filter(code=typed.parent).first()
    return faults_of(typed, known_for(typed, parent, user))


class NameForm(StepForm):
    key = "name"
    name = tidy_field(
        gettext_lazy("Name"),
        LONGEST_NAME,
        validators=[refuse_personal_numbers],
        error_messages={"required": SENTENCES["no_name"]},
    )
    code = tidy_field(
        gettext_lazy("Part of the address"),
        24,
        help_text=gettext_lazy("Small letters and digits, for example linfeng. It cannot change later."),
        error_messages={"required": SENTENCES["bad_code"]},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    prefix = tidy_field(
        gettext_lazy("Letters at the start of each reference"),
        4,
        help_text=gettext_lazy("Two to four capital letters, for example LF: then a proposal is called LF-2026-7HKQ4."),
        error_messages={"required": SENTENCES["bad_prefix"]},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        return half_width(self.cleaned_data["code"]).lower()

    def clean_prefix(self):
        return half_width(self.cleaned_data["prefix"]).upper()


class OfficeForm(StepForm):
    key = "office"
    phone = tidy_field(
        gettext_lazy("Office phone (optional)"),
        30,
        required=False,
        validators=[OFFICE_PHONE, refuse_personal_numbers],
        help_text=gettext_lazy("A number of the office, nobody's own mobile. It stands on every page."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    address = tidy_field(
        gettext_lazy("Office address (optional)"), 120, required=False, validators=[refuse_personal_numbers]
    )
    hours = tidy_field(
        gettext_lazy("Office hours (optional)"),
        60,
        required=False,
        validators=[refuse_personal_numbers],
        help_text=gettext_lazy("For example: Monday to Friday 8:30 to 17:30."),
    )


class PlaceForm(StepForm):
    key = "place"
    parent = forms.ChoiceField(
        label=gettext_lazy("Street or town"),
        error_messages={
            "required": gettext_lazy("Choose the street or town that it belongs to."),
            "invalid_choice": SENTENCES["no_parent"],
        },
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        groups = places_for(self.user)
        self.fields["parent"].choices = [("", _("Please choose")), *groups]
        only = [code for _name, group in groups for code, _label in group]
        if len(only) == 1:
            self.initial.setdefault("parent", only[0])


def places_for(user) -> list[tuple[str, list[tuple[str, str]]]]:
    """The streets and towns of the person, under the name of what they belong to. Two queries."""
    units = list(parents_for(user))
    above = Unit.objects.filter(path__in={unit.path[: -Unit.steplen] for unit in units})
    names = dict(above.values_list("path", "name"))
    groups: dict[str, list] = {}
    for unit in units:
        groups.setdefault(names.get(unit.path[: -Unit.steplen], ""), []).append((unit.code, unit.name))
    return list(groups.items())


class LevelsForm(StepForm):
    key = "levels"
    levels = forms.MultipleChoiceField(
        label=gettext_lazy("Levels below the community"),
        choices=[
            *((kind, Unit.Kind(kind).label) for kind in RANKS),
            (LATER, gettext_lazy("Later: I import them by spreadsheet, or there are none")),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose the levels that there are, or “later”.")},
    )

    def clean_levels(self):
        chosen = self.cleaned_data["levels"]
        if LATER in chosen and len(chosen) > 1:
            raise ValidationError(_("Either levels, or “later”: take one of the ticks away."))
        return chosen

    def answers(self):
        return {"levels": self.cleaned_data.get("levels", [])}


class UnitsForm(StepForm):
    key = "units"

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for kind in self.given["levels"]["levels"]:
            self.fields[kind] = forms.CharField(
                label=Unit.Kind(kind).label,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text=HELP_FOR_RANK[RANKS[kind]],
                error_messages={"required": _("Write one name on each line.")},
            )

    def answers(self):
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def place_of(self, fault):
        return fault.field if fault.field in self.fields else None

    def said(self, fault):
        if fault.row is None:
            return sentence(fault)
        return _("Line %(line)d: %(sentence)s") % {"line": fault.row + 1, "sentence": sentence(fault)}


HELP_FOR_RANK = {
    1: gettext_lazy("One name on each line, for example 第一网格."),
    2: gettext_lazy("One name on each line. What hangs on a unit above: its name, a stroke, the own name, for example"
                    " 第一网格/东院党小组."),
}  # fmt: skip


class ServicesForm(StepForm):
    key = "services"
    services = forms.MultipleChoiceField(
        label=gettext_lazy("Services to begin with"),
        choices=[(service.key, service.title) for service in MENU],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": SENTENCES["no_such_service"]},
    )

    def initial_of(self, own):
        return own or {"services": [service.key for service in MENU if service.is_usual]}

    def answers(self):
        return {"services": self.cleaned_data.get("services", [])}

    @property
    def groups(self) -> list:
        """(category, [(checkbox, service)]) in the order of the menu, for the template."""
        found: dict = {}
        for box, service in zip(self["services"], MENU, strict=True):
            found.setdefault(service.category.label, []).append((box, service))
        return list(found.items())
