"""Objects beside the newest version that their history holds of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef

from ..canonical import canonical_value
from ..models import HistoryRow
from .chains import PAGE
from .misfits import Kind, Misfit
from .reading import UNREADABLE, Unreadable, canonical_or_strange, rows_by_key

if TYPE_CHECKING:
    from . import Verification


def live_misfits(run: Verification, history: type[models.Model]) -> Iterator[Misfit]:
    """Newest versions of one kind of object beside the objects; with a unit, those that its chain touched."""
    versions, own_key = history._base_manager, history.instance_type._meta.pk.attname
    touched = versions.all() if run.unit is None else versions.filter(event__unit=run.unit)
    after = {}
    while keys := _next_keys(touched.filter(**after), own_key):
        yield from _live_page(history, own_key, keys)
        run.report(objects=len(keys))
        after = {f"{own_key}__gt": keys[-1]}
    if run.unit is None:
        live = history.instance_type._base_manager
        unknown = live.filter(~Exists(versions.filter(**{own_key: OuterRef("pk")})))
        for key in unknown.order_by("pk").values_list("pk", flat=True)[:1]:
            yield _live_misfit(Kind.LIVE_WITHOUT_HISTORY, history, key)


def models_with_history() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if issubclass(model, HistoryRow)]
    return sorted(found, key=lambda model: model._meta.db_table)


def _next_keys(versions: models.QuerySet, own_key: str) -> list:
    return list(versions.order_by(own_key).values_list(own_key, flat=True).distinct()[:PAGE])


def _live_page(history, own_key: str, keys: list) -> Iterator[Misfit]:
    grouped = history._base_manager.filter(**{f"{own_key}__in": keys}).order_by().values(own_key)
    newest = list(grouped.annotate(newest=Max("history_id")).values_list("newest", flat=True))
    versions = rows_by_key(history, set(newest)).values()
    live = rows_by_key(history.instance_type, set(keys))
    for version in sorted(versions, key=lambda version: version.pk):
        if isinstance(version, Unreadable):
            continue  # its event has told already
        key = canonical_value(history.instance_type._meta.pk, getattr(version, own_key))
        if differing_fields(version, live.get(key)) and (fields := _differing_for_sure(history, own_key, key)):
            yield _live_misfit(Kind.LIVE_DIFFERS, history, key, *fields)


def differing_fields(version, live) -> tuple[str, ...]:
    """Fields in which an object is not what its newest version says; excluded fields aside."""
    if version.history_type == "-" or live is None:
        return (
            () if version.history_type == "-" and live is None else (version._meta.model.instance_type._meta.pk.name,)
        )
    if isinstance(live, Unreadable):
        return ("?",)
    return tuple(
        field.attname
        for field in version.tracked_fields
        if canonical_or_strange(field, getattr(live, field.attname))
        != canonical_or_strange(version._meta.get_field(field.name), getattr(version, field.attname))
    )


def _differing_for_sure(history, own_key: str, key) -> tuple[str, ...]:
    """Look again with the object locked: an act may have changed it between the two readings."""
    with transaction.atomic():
        try:
            live = history.instance_type._base_manager.select_for_update(of=("self",)).get(pk=key)
        except ObjectDoesNotExist:
            live = None
        except UNREADABLE:
            live = Unreadable(pk=key)
        version = history._base_manager.filter(**{own_key: key}).order_by("-history_id").first()
        return differing_fields(version, live)


def _live_misfit(kind: Kind, history, key, *fields: str) -> Misfit:
    return Misfit(kind, table=history.instance_type._meta.label_lower, key=str(key), fields=fields)
