"""What a resident is promised about time."""

from __future__ import annotations

from datetime import date, timedelta

ANSWER_DAYS = 7
"""Within so many days a proposal is answered: accepted, returned with a question, or declined with the reason.

Source: the standard for citizens' hotlines that Beijing put up for discussion in 2021, "general matters: seven days".
"""


def answer_until(handed_in: date) -> date:
    """The last day on which the answer is in time."""
    return handed_in + timedelta(days=ANSWER_DAYS)
