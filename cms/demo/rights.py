"""One quarter in which the list of rights of a community was gone through, by two people."""

from django.utils import timezone

from community.actions.rights import Answer, open_rows, review_rights
from community.rights import answered, holdings, list_digest

from . import finding

COMMUNITY = "keyuan"


def add_review_of_rights(timeline) -> None:
    """The officer answers for everybody else, the administrator for the officer."""
    timeline.add("-4 10:00", _review("keyuan-officer"))
    timeline.add("-4 15:30", _review("keyuan-admin"))


def _review(username: str):
    def review(now):
        unit, today, member = finding.unit(COMMUNITY), timezone.localdate(now), finding.member(username)
        rows = holdings(unit, today)
        asked = open_rows(rows, answered(unit, today), member)
        answers = {row.reference: Answer("keep") for row in asked}
        reason = "按季度核对权限"
        review_rights(finding.by(username, now, reason=reason), unit=unit, seen=list_digest(rows), answers=answers)

    return review
