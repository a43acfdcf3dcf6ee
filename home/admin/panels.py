"""What waits for the person who opens the admin."""

from wagtail.admin.ui.components import Component

from ..querysets.reviews import reviews_for

SHOWN = 10


class WaitingReviewsPanel(Component):
    """The reviews that the person may decide; nothing when there are none."""

    name = "waiting_reviews"
    template_name = "home/admin/waiting_reviews.html"
    order = 100

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        return {"reviews": list(reviews_for(self.request.user)[:SHOWN])}
