"""The list of requests, and the addresses of everything that is done with one."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from community.admin.scoped import ScopedIndexView, ScopedModelViewSet

from ..actions.requests import propose
from ..models import RenovationRequest
from . import balloting, content, evidence, funding, objections, residents, rota, versions
from .approvals import OpenRoundView
from .overview import OverviewView
from .requests import ProposalForm, ProposeView, RequestFilterSet
from .story import RequestHistoryView
from .transitions import AdvanceView
from .views import address_of

# Name → address below that of the request, and the view.
SCREENS = {
    "inspect": ("", OverviewView),
    "advance": ("do/<slug:event>/", AdvanceView),
    "edit": ("edit/", content.EditContentView),
    "wording_apply": ("wording/<str:wording>/apply/", content.WordingView),
    "wording_dismiss": ("wording/<str:wording>/dismiss/", content.DismissWordingView),
    "photo": ("photo/", content.AddPhotoView),
    "reveal": ("contact/", content.RevealView),
    "erase": ("contact/erase/", content.EraseView),
    "release": ("photo/<str:photo>/release/", residents.ReleasePhotoView),
    "neighbours": ("neighbours/", residents.NeighboursView),
    "enter": ("evidence/<slug:kind>/new/", evidence.EnterView),
    "evidence": ("evidence/<slug:kind>/<str:piece>/", evidence.PieceView),
    "confirm": ("evidence/<slug:kind>/<str:piece>/confirm/", evidence.ConfirmView),
    "withdraw": ("evidence/<slug:kind>/<str:piece>/withdraw/", evidence.WithdrawView),
    "objection": ("objections/<str:period>/new/", objections.EnterObjectionView),
    "objection_answer": ("objections/<str:objection>/answer/", objections.AnswerObjectionView),
    "round": ("committees/", OpenRoundView),
    "ballot_new": ("votes/new/", balloting.DraftBallotView),
    "ballot": ("votes/<str:ballot>/", balloting.BallotView),
    "ballot_edit": ("votes/<str:ballot>/edit/", balloting.EditBallotView),
    "ballot_papers": ("votes/<str:ballot>/papers/", balloting.PrintPapersView),
    "ballot_do": ("votes/<str:ballot>/<slug:event>/", balloting.BallotActView),
    "pledge": ("pledges/new/", funding.EnterPledgeView),
    "pledge_confirm": ("pledges/<str:pledge>/confirm/", funding.ConfirmPledgeView),
    "pledge_reverse": ("pledges/<str:pledge>/reverse/", funding.ReversePledgeView),
    "rota": ("rota/", rota.RotaView),
    "plan": ("rota/plan/", rota.PlanView),
    "explain": ("rota/<str:day>/explain/", rota.ExplainView),
    "versions": ("versions/", versions.VersionsView),
    "difference": ("versions/<int:old>-<int:new>/", versions.DifferenceView),
    "history": ("history/", RequestHistoryView),
}


class RequestIndexView(ScopedIndexView):
    """The title leads to the overview, where everything is done."""

    def get_base_queryset(self):
        return super().get_base_queryset().with_due()

    def address(self, url_name, row=None):
        return address_of(row, url_name.rpartition(":")[2]) if url_name else None


class RequestViewSet(ScopedModelViewSet):
    model = RenovationRequest
    name = "renovation"
    icon = "clipboard-list"
    index_view_class = RequestIndexView
    add_view_class = ProposeView
    inspect_view_class = OverviewView
    history_view_class = RequestHistoryView
    select_related = ("community",)
    create_action = staticmethod(propose)
    filterset_class = RequestFilterSet
    search_fields = ["title", "place", "reference"]
    list_per_page = 25
    list_display = [
        "title",
        "reference",
        Column("unit", label=_("Organisation unit")),
        Column("stage_word", label=_("Stage")),
        "state",
        "category",
        Column("due_on", label=_("Due"), sort_key="due_on"),
        Column("state_since", label=_("Since"), sort_key="state_since"),
    ]
    list_export = [
        "reference", "community", "unit", "title", "place", "stage_word", "get_state_display", "get_category_display",
        "budget", "version", "proposed_at", "state_since", "due_on",
    ]  # fmt: skip
    export_headings = {
        "stage_word": _("Stage"), "get_state_display": _("State"), "get_category_display": _("Category"),
        "due_on": _("Due"),
    }  # fmt: skip

    def get_form_class(self, for_update=False):
        return ProposalForm

    def get_urlpatterns(self):
        listing = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
        ]
        return listing + [
            path(f"<slug:community>/<str:reference>/{address}", self.construct_view(view), name=name)
            for name, (address, view) in SCREENS.items()
        ]
