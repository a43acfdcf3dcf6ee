"""No field that may hold something about a person without a word on purpose, ground, time of keeping and readers."""

import re

from django.apps import apps
from django.db import models

from community.models import Home, Member, SealedText, User
from community.personal_data import HOLDINGS, IMPERSONAL, covered
from tests.architecture.source import PACKAGES

OF_PEOPLE = (Home, Member, SealedText, User)
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
ADDRESSES = (models.GenericIPAddressField,)
# A field with such a name is looked at by itself, not with its model.
TELLING = re.compile(r"name|phone|mobile|mail|address|contact|birth|person|who|resident|applicant|door|salutation")


def is_link(field) -> bool:
    return field.is_relation and issubclass(field.related_model, OF_PEOPLE) and not field.remote_field.parent_link


def is_text(field) -> bool:
    return isinstance(field, TEXTS + ADDRESSES) and not field.choices


def is_telling_number(field) -> bool:
    return isinstance(field, models.IntegerField) and not field.primary_key and bool(TELLING.search(field.name))


def fields():
    """(name, is it a link) of all that could hold something about a person. Histories follow what they are of."""
    for model in apps.get_models():
        ours, history = model._meta.app_label in PACKAGES, model.__name__.startswith("Historical")
        for field in () if history else model._meta.local_fields:
            if is_link(field) or (ours and (is_text(field) or is_telling_number(field))):
                yield f"{model._meta.label}.{field.name}", is_link(field)


def stated(name: str, link: bool) -> bool:
    if any(holding.covers(name) for holding in HOLDINGS):
        return True
    model, field = name.rsplit(".", 1)
    exempt = sum(IMPERSONAL.values(), ())
    return not link and (covered(name, exempt) or (not TELLING.search(field) and covered(model, exempt)))


def test_every_field_about_people_is_registered():
    assert [name for name, link in fields() if not stated(name, link)] == []


def test_the_register_names_nothing_that_is_gone():
    known = [name for name, _link in fields()]
    models_of = [name.rsplit(".", 1)[0] for name in known]
    names = sum((holding.fields for holding in HOLDINGS), ()) + sum(IMPERSONAL.values(), ())
    assert [name for name in names if not any(covered(one, (name,)) for one in known + models_of)] == []


def test_every_holding_says_all_five():
    for holding in HOLDINGS:
        assert all(
            str(part).strip() for part in (holding.what, holding.purpose, holding.basis, holding.kept, holding.seen_by)
        )
