"""The task of the second person, and its state: one review of one version of one page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from community.models.places import public_reference


class SecondPersonReview(TaskState):
    """A review under way or over. Its reference stands in the address of the review page."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    correction_note = models.CharField(_("what was corrected"), max_length=300, blank=True)
    exclude_fields_in_copy = ["reference"]

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @property
    def page(self) -> Page:
        """The page of this very review, whatever address was asked for."""
        if not hasattr(self, "_page"):
            self._page = Page.objects.get(pk=self.workflow_state.object_id).specific
        return self._page


class SecondPersonTask(Task):
    """Somebody who wrote none of it reads the text and publishes it, on a review page of ours.

    Wagtail's editor stays locked for everybody while the review lasts, and offers none of its own actions.
    """

    task_state_class = SecondPersonReview

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_description(cls):
        return _("A second person of the place reads the page and publishes it or sends it back.")

    def locked_for_user(self, obj, user):
        return True

    def on_action(self, task_state, user, action_name, comment="", **kwargs):
        """The same checks as on the review page, against the page of this task state."""
        from community.records import Context

        from ..actions.publishing import approve_review, send_back

        context = Context(user=user, reason=comment)
        review = task_state if isinstance(task_state, SecondPersonReview) else task_state.specific
        if action_name == "approve":
            approve_review(context, review=review)
        elif action_name == "reject":
            send_back(context, review=review)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        from ..querysets.reviews import reviews_for

        return TaskState.objects.filter(pk__in=reviews_for(user).values("pk"))
