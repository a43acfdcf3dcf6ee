"""Two pages that every site owes its readers: how it can be used by everyone, and what it keeps of people."""

import datetime

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.personal_data import HOLDINGS
from home.frames import footer_of_site

# When somebody last went through the whole statement and found it true. At least once a year.
REVIEWED_ON = datetime.date(2026, 11, 24)


@require_safe
def accessibility(request):
    return render(request, "statements/accessibility.html", {"footer": footer_of_site(), "reviewed_on": REVIEWED_ON})


@require_safe
def privacy(request):
    """Drawn from the register of personal data, so that it says what the software does."""
    holdings = [{"title": holding.what, "rows": rows_of(holding)} for holding in HOLDINGS]
    context = {"holdings": holdings, "footer": footer_of_site(), "reviewed_on": REVIEWED_ON}
    return render(request, "statements/privacy.html", context)


def rows_of(holding) -> list[dict]:
    return [
        {"label": _("What for"), "value": holding.purpose},
        {"label": _("On what ground"), "value": holding.basis},
        {"label": _("How long"), "value": holding.kept},
        {"label": _("Who sees it"), "value": holding.seen_by},
    ]
