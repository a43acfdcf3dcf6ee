"""How figures and dates are written for readers, in both languages."""

import datetime
from decimal import Decimal

from django.utils import dateformat, timezone
from django.utils.translation import get_language

DAY = {"zh": "Y 年 n 月 j 日 · l", "en": "l j F Y"}
SHORT_DAY = {"zh": "n 月 j 日", "en": "j F"}
MOMENT = {"zh": "Y 年 n 月 j 日 · l H:i", "en": "l j F Y, H:i"}
MONTH = {"zh": "n 月", "en": "M"}


def local(value):
    """A date as it is; a moment in the time of the place."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def written(value: datetime.date | None, formats: dict[str, str]) -> str:
    """The date or moment in the active language; nothing for None."""
    if not value:
        return ""
    language = "en" if (get_language() or "zh").startswith("en") else "zh"
    return dateformat.format(local(value), formats[language])


def money(yuan: Decimal | int | None) -> str:
    """¥ 286,000.00. Exact numbers only: a float raises TypeError."""
    if yuan is None or yuan == "":
        return ""
    if isinstance(yuan, float):
        raise TypeError("Money is never a float.")
    return f"¥ {Decimal(yuan):,.2f}"


def area(hundredths: int | None) -> str:
    """Floor area kept in 0.01 m², as square metres: 9650 is 96.50 m²."""
    if hundredths is None or hundredths == "":
        return ""
    return f"{Decimal(hundredths) / 100:,.2f} m²"
