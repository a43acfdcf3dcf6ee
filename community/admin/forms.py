"""Forms of the admin: they check what was typed and offer only what the person may see. Actions write."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm, register_form_field_override

from ..models import Unit
from .choosers import ScopedChooserWidget


def visible(queryset, user):
    """The queryset as the person may see it; as it is for models without scope."""
    return queryset.visible_to(user) if hasattr(queryset, "visible_to") else queryset


def narrow_choices(form: forms.BaseForm, user) -> None:
    """Leave in every choice of rows only those that the person may see: in lists, and for what is posted."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = visible(field.queryset, user)
            if isinstance(field.widget, ScopedChooserWidget):
                field.widget.scope = field.queryset


class ReasonForm(forms.Form):
    """A button with a reason: what an act view asks when it asks nothing else."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=500,
        help_text=_("Stands in the history."),
    )

    def __init__(self, *args, for_user=None, instance=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance = instance
        narrow_choices(self, for_user)

    def changes(self) -> dict:
        """What goes to the action, by keyword; the reason travels in the context."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class ScopedForm(WagtailAdminModelForm):
    """A form for a row with history: its fields, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("Why this is entered or changed. Stands in the history."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow_choices(self, self.for_user)
        self.order_fields([name for name in self.fields if name != "reason"] + ["reason"])

    def _post_clean(self):
        """Check the fields only. What holds between rows the action judges, under its lock, and names the field."""
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def changes(self) -> dict:
        """What goes to the action, by keyword; the reason travels in the context."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class UnitChoiceField(forms.ModelChoiceField):
    """A choice of units that shows the tree."""

    def label_from_instance(self, unit) -> str:
        return "\u3000" * (unit.depth - 1) + unit.name


class FloorAreaField(forms.DecimalField):
    """Square metres as people write them (89.50), given on in whole hundredths (8950)."""

    default_error_messages = {
        "invalid": _("Write the floor area in square metres, for example 89.50."),
        "max_decimal_places": _("The floor area has at most two decimal places, for example 89.50."),
        "min_value": _("The floor area must be above 0."),
        "max_value": _("A home is smaller than 100000 m²; check the decimal point."),
    }

    def __init__(self, **options):
        options = {"max_digits": 7, "decimal_places": 2, "min_value": Decimal("0.01"), "max_value": 99999} | options
        super().__init__(**options)

    def clean(self, value):
        area = super().clean(value)
        return None if area is None else int(area * 100)

    def prepare_value(self, value):
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


register_form_field_override(models.ForeignKey, to=Unit, override={"form_class": UnitChoiceField})


class ScopedFilterSet(WagtailFilterSet):
    """Filters that offer only what the person may see."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for one in self.filters.values():
            queryset = getattr(one, "queryset", None)
            if queryset is not None and not callable(queryset):
                one.queryset = visible(queryset, self.request.user)
