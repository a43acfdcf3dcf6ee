"""What happens when a review is passed. Named in the settings; Wagtail loads it while its models are still loading."""

from django.utils.translation import gettext as _

from community.refusals import Conflict


def publish_reviewed(workflow_state, user=None):
    """Publish the version that was reviewed, if nobody saved a newer one. Raises Conflict otherwise.

    A version with a later date of publication is published by the clock then: it is this version that was approved.
    """
    from wagtail.models import Page

    review = workflow_state.current_task_state
    page = Page.objects.get(pk=workflow_state.object_id)
    if review is None or review.revision_id != page.latest_revision_id:
        raise Conflict(_("Somebody saved a newer version in the meantime. Please look at that one."))
    review.revision.publish(user=user, skip_permission_checks=True)
