"""Two people for each text: one writes and hands it in, another publishes it."""

from django.db import transaction
from wagtail.models import Page

from home.actions.publishing import approve_review, submit_for_review

from . import finding


def hand_in(page: Page, *, by: str, now) -> None:
    """Save a version and hand it to the second person."""
    with transaction.atomic():
        page.save_revision(user=finding.member(by).user)
        submit_for_review(finding.by(by, now), page=page)


def pass_on(page: Page, *, by: str, now) -> None:
    """Publish the version that is being looked over."""
    review = Page.objects.get(pk=page.pk).specific.current_workflow_task_state.specific
    approve_review(finding.by(by, now), review=review)


def hand_in_new(parent: Page, page: Page, *, by: str, now) -> None:
    """Add a draft below a section and hand it in."""
    with transaction.atomic():
        page.live = False
        parent.add_child(instance=page)
        hand_in(page, by=by, now=now)
