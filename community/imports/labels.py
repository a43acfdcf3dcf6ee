"""Columns with a fixed choice: the words of the interface, in Chinese whatever the person's language is."""

from django.db import models
from django.utils.translation import override

from ..rules.cells import one_of
from ..rules.sheets import Column

CHINESE = "zh-hans"


def labels(choices: type[models.TextChoices]) -> dict[str, str]:
    """{what stands in a cell: value}."""
    with override(CHINESE):
        return {str(member.label): member.value for member in choices}


def choice_column(name: str, header: str, choices: type[models.TextChoices], example: str, **options) -> Column:
    """A column whose cells hold one of the labels. Read when asked: translations are not there at the start."""

    def show(value: str) -> str:
        return next((label for label, one in labels(choices).items() if one == value), str(value))

    return Column(
        name,
        header,
        lambda text: one_of(labels(choices))(text),
        example,
        show=show,
        choices=lambda: labels(choices),
        **options,
    )
