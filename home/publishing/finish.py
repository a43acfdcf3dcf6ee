"""What happens when a review is passed. Named in the settings; Wagtail loads it while its models are still loading."""

from django.utils.translation import gettext as _

from community.refusals import Conflict


def publish_reviewed(workflow_state, user=None):
    """Publish the version that was reviewed, if nobody saved a newer one. Raises Conflict otherwise.

    A version with a later hour waits for the clock. Raises OutsideAct outside the act of an approval.
    """
    from wagtail.models import Page

    from community.records import current_act

    review = workflow_state.current_task_state
    page = Page.objects.get(pk=workflow_state.object_id)
    if review is None or review.revision_id != page.latest_revision_id:
        raise Conflict(_("Somebody saved a newer version in the meantime. Please look at that one."))
    if not is_for_later(review.revision, current_act().recorded_at):
        review.revision.publish(user=user, skip_permission_checks=True)


def is_for_later(revision, now) -> bool:
    """Whether the version is to appear at an hour that has not come yet."""
    go_live_at = revision.as_object().go_live_at
    return go_live_at is not None and go_live_at > now
