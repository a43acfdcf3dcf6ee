"""The steps by their keys, and the step at whose field a fault belongs."""

from .forms import LevelsForm, NameForm, OfficeForm, PlaceForm, ServicesForm, UnitsForm
from .people_form import PeopleForm
from .rules import Fault

FORMS = {form.key: form for form in (NameForm, OfficeForm, PlaceForm, LevelsForm, UnitsForm, PeopleForm, ServicesForm)}
STEP_OF_FIELD = {
    "name": "name", "code": "name", "prefix": "name", "parent": "place", "people": "people", "person": "people",
    "post": "people", "mobile": "people", "services": "services",
}  # fmt: skip


def step_of(fault: Fault) -> str:
    """The step at whose field a fault belongs."""
    return STEP_OF_FIELD.get(fault.field, "units")
