"""The guided page: a start, seven questions, a page of checking, and a page about the community that was opened."""

import uuid

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.admin.scope import context_of
from community.grants import grants_for
from community.refusals import ActionRefused, Conflict
from community.roles import Role

from . import draft as drafts
from .action import NotYet, open_community, opening_of
from .answers import typed_of
from .forms import faults_now
from .readiness import unfinished
from .reading import parents_for
from .steps import FORMS, step_of
from .summary import summary
from .wording import TITLES, WHY, sentence

CHECK = "check"


class OpeningView(WagtailAdminTemplateMixin, TemplateView):
    """For administrators; to everybody else it is not there."""

    header_icon = "home"

    def dispatch(self, request, *args, **kwargs):
        if not grants_for(request.user).paths(Role.ADMINISTRATOR):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return _("Open a community")

    def get_breadcrumbs_items(self):
        start = {"url": reverse("opening"), "label": _("Open a community")}
        return [*super().get_breadcrumbs_items(), start, *self.way]

    way: list = []

    @cached_property
    def draft(self):
        return drafts.read(self.request.user)

    @cached_property
    def given(self) -> dict:
        return drafts.answers_of(self.draft)

    @property
    def back_to(self) -> str:
        return CHECK if self.request.GET.get("back") == CHECK else ""


def address(step: str) -> str:
    return reverse("opening-check") if step == CHECK else reverse("opening-step", args=[step])


class StartView(OpeningView):
    """What one needs, and what was begun; a form that was begun can be thrown away."""

    template_name = "opening/start.html"

    def get_context_data(self, **kwargs):
        go_on = address(drafts.first_open(self.given) or CHECK) if self.draft else ""
        return super().get_context_data(
            begin_url=address(drafts.STEPS[0]),
            go_on_url=go_on,
            begun=self.given.get("name", {}).get("name", ""),
            can_open=parents_for(self.request.user).exists(),
            unfinished=[(unit, len(tasks)) for unit, tasks in unfinished(self.request.user)],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if self.draft:
            drafts.forget(self.draft)
        return HttpResponseRedirect(reverse("opening"))


class StepView(OpeningView):
    """One question. What was answered before stands in it."""

    @property
    def step(self) -> str:
        return self.kwargs["step"]

    def get_template_names(self):
        return [f"opening/{self.step}.html", "opening/step.html"]

    def dispatch(self, request, *args, **kwargs):
        if grants_for(request.user).paths(Role.ADMINISTRATOR):
            if kwargs["step"] not in FORMS:
                raise Http404
            wanted, first = drafts.wanted(self.given), drafts.first_open(self.given)
            if self.step not in wanted or (first and wanted.index(self.step) > wanted.index(first)):
                return HttpResponseRedirect(address(first or CHECK))
        return super().dispatch(request, *args, **kwargs)

    def form(self, data=None):
        return FORMS[self.step](data, user=self.request.user, given=self.given)

    def get_context_data(self, *, form=None, **kwargs):
        form = form or self.form()
        wanted = drafts.wanted(self.given)
        number = wanted.index(self.step)
        back = CHECK if self.back_to else wanted[number - 1] if number else ""
        return super().get_context_data(
            form=form,
            title=TITLES[self.step],
            why=WHY.get(self.step, ""),
            number=number + 1,
            count=len(wanted) + 1,
            back_url=address(back) if back else reverse("opening"),
            faults=errors_of(form),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=ActionRefused.status)
        draft = drafts.keep(request.user, self.draft or drafts.begin(request.user), self.step, form.answers())
        return HttpResponseRedirect(address(self.next_step(drafts.answers_of(draft))))

    def next_step(self, answers: dict) -> str:
        """Back to the page of checking for who came from there, else on to the next question."""
        first, wanted = drafts.first_open(answers), drafts.wanted(answers)
        if self.back_to:
            return first or CHECK
        following = wanted[wanted.index(self.step) + 1 :]
        return following[0] if following else first or CHECK


def errors_of(form) -> list[tuple[str, str, str]]:
    """(id of the field or "", its label, sentence) of each fault, for the list on top."""
    found = [("", "", str(error)) for error in form.non_field_errors()]
    for bound in form:
        found += [(bound.id_for_label or bound.auto_id, str(bound.label), str(error)) for error in bound.errors]
    return found


class CheckView(OpeningView):
    """Everything that was answered, and the button. What keeps the community from being opened stands at its answer."""

    template_name = "opening/check.html"
    refusal = ""

    def get(self, request, *args, **kwargs):
        if first := drafts.first_open(self.given):
            return HttpResponseRedirect(address(first) if self.draft else reverse("opening"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *, faults=None, **kwargs):
        faults = faults_now(self.request.user, self.given) if faults is None else faults
        by_step: dict[str, list[str]] = {}
        for fault in faults:
            by_step.setdefault(step_of(fault), []).append(sentence(fault))
        typed = typed_of(self.given)
        return super().get_context_data(
            name=typed.name,
            parts=summary(typed, self.given, self.request.user, by_step, address),
            has_faults=bool(faults),
            refusal=self.refusal,
            key=self.draft.data["key"],
            digest=drafts.digest(self.given),
            back_url=address(drafts.wanted(self.given)[-1]),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        context = context_of(request)
        key = key_of(request.POST.get("key", ""))
        if self.draft is None or str(key) != self.draft.data["key"] or drafts.first_open(self.given):
            first = opening_of(context, key) if key else None
            return HttpResponseRedirect(community_address(first.unit) if first else reverse("opening"))
        try:
            if request.POST.get("digest") != drafts.digest(self.given):
                raise Conflict(_("Something was changed in another window. Look at it once more."))
            opening = open_community(context, typed=typed_of(self.given), key=key)
        except NotYet as refused:
            return self.render_to_response(self.get_context_data(faults=refused.faults), status=refused.status)
        except ActionRefused as refused:
            self.refusal = str(refused)
            return self.render_to_response(self.get_context_data(), status=refused.status)
        drafts.forget(self.draft)
        return HttpResponseRedirect(community_address(opening.unit))


def community_address(unit) -> str:
    return reverse("opening-community", args=[unit.code])


def key_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
