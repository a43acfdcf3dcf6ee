"""Wagtail's viewsets, held to the places where the person has a post.

A viewset of ours names its actions; the views ask the policy, let a form check what was typed, and call the action:

    class HomeViewSet(ScopedModelViewSet):
        model = Home
        lookup_field = "reference"                  # what stands in addresses
        create_action = staticmethod(add_home)      # (context, **form.changes()) -> Home
        change_action = staticmethod(change_home)   # (context, home=row, **form.changes())
        remove_action = staticmethod(remove_home)   # (context, home=row)
        acts = {"close": CloseView}                 # further buttons: <reference>/close/

An action that is not named has no address. Rows out of scope are 404; rows in scope that the person may not touch are
403; a refusal of the action becomes an error of the form, beside its field, and nothing that was typed is lost.
"""

import copy

from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from ..grants import grants_for
from ..refusals import ActionRefused, NotAllowed
from .exports import SafeExport
from .forms import ReasonForm, ScopedFilterSet
from .scope import ScopedView, context_of
from .story import StoryMixin


class ScopedIndexView(ScopedView, SafeExport, generic.IndexView):
    any_permission_required = ["view"]
    base_filterset_class = ScopedFilterSet

    def get_base_queryset(self):
        return self.rows(self.request.user)

    def get_list_more_buttons(self, instance):
        buttons = super().get_list_more_buttons(instance)
        url = self.get_history_url(instance)
        return [*buttons, Button(_("History"), url=url, icon_name="history", priority=40)] if url else buttons


class ActionFormMixin:
    """A form whose POST is an action of ours."""

    action_argument = ""

    def perform(self, form):
        """Call the action; what it returns is the row."""
        raise TypeError(f"{type(self).__name__} names no action.")

    def form_valid(self, form):
        self.form = form
        try:
            self.object = self.perform(form) or self.row
        except NotAllowed:
            raise
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            self.produced_error_code, self.produced_error_message = "refused", str(refusal)
            response = self.form_invalid(form)
            response.status_code = refusal.status
            return response
        return self.done()

    def done(self):
        messages.success(self.request, self.success_sentence())
        return redirect(self.get_success_url())

    def success_sentence(self) -> str:
        return _("%(object)s: saved.") % {"object": self.object}


class ScopedCreateView(ScopedView, ActionFormMixin, generic.CreateView):
    permission = "add"
    create_action = None

    def perform(self, form):
        return self.create_action(context_of(self.request, form.cleaned_data["reason"]), **form.changes())


class ScopedEditView(ScopedView, ActionFormMixin, generic.EditView):
    permission = "change"
    change_action = None

    def get_form_kwargs(self):
        # The form writes what was typed into its instance; the action gets the row as it was found.
        return {**super().get_form_kwargs(), "instance": copy.copy(self.row)}

    def perform(self, form):
        context = context_of(self.request, form.cleaned_data["reason"])
        return self.change_action(context, **{self.action_argument: self.row}, **form.changes())

    def get_last_updated_info(self):
        return None

    def get_success_url(self):
        return self.get_inspect_url() or super().get_success_url()


class ActView(ScopedView, ActionFormMixin, WagtailAdminTemplateMixin, FormView):
    """One act on one row: a sentence that explains it, a form that asks why, a button."""

    model = None
    form_class = ReasonForm
    template_name = "community/admin/act.html"
    index_url_name = None
    action = None
    explanation = ""
    submit_label = _("Confirm")
    is_grave = False

    @staticmethod
    def is_offered(row) -> bool:
        """Whether the button stands on the row's screen; the action itself judges again."""
        return True

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "for_user": self.request.user, "instance": copy.copy(self.row)}

    def perform(self, form):
        context = context_of(self.request, form.cleaned_data.get("reason", ""))
        return self.action(context, **{self.action_argument: self.row}, **form.changes())

    def get_page_subtitle(self):
        return str(self.row)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural
        items = [{"url": reverse(self.index_url_name), "label": plural}] if self.index_url_name else []
        items.append({"url": self.get_inspect_url(), "label": str(self.row)})
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]

    def get_success_url(self):
        return self.get_inspect_url() or reverse(self.index_url_name)

    def get_context_data(self, **kwargs):
        return super().get_context_data(back_url=self.get_success_url(), **kwargs)


class ScopedDeleteView(ActView):
    permission = "delete"
    remove_action = None
    page_title = _("Delete")
    submit_label = _("Delete")
    explanation = _("Only what nothing hangs on can be deleted. The history keeps what was there.")
    is_grave = True

    def perform(self, form):
        context = context_of(self.request, form.cleaned_data["reason"])
        self.name = str(self.row)
        return self.remove_action(context, **{self.action_argument: self.row})

    def success_sentence(self):
        return _("%(object)s: deleted.") % {"object": self.name}

    def get_success_url(self):
        gone = hasattr(self, "name")
        return reverse(self.index_url_name) if gone else super().get_success_url()


class ScopedInspectView(ScopedView, generic.InspectView):
    any_permission_required = ["view"]
    template_name = "community/admin/inspect.html"
    acts = ()

    def get_field_display_value(self, field_name, field):
        """Yes, no and nothing in words of people."""
        value = super().get_field_display_value(field_name, field)
        words = {True: _("Yes"), False: _("No"), None: "–"}
        return words[value] if value is None or isinstance(value, bool) else value

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons
        if url := self.get_history_url():
            buttons.append(Button(_("History"), url=url, icon_name="history", priority=30))
        return buttons

    def get_context_data(self, **kwargs):
        buttons = [
            (view.page_title, self.address(url_name), view.is_grave)
            for url_name, view in self.acts
            if self.may(view.permission, self.row) and view.is_offered(self.row)
        ]
        return super().get_context_data(act_buttons=buttons, **kwargs)


class ScopedHistoryView(ScopedView, StoryMixin, WagtailAdminTemplateMixin, TemplateView):
    index_url_name = None
    page_title = _("History")
    header_icon = "history"

    def get_page_subtitle(self):
        return str(self.row)

    def get_breadcrumbs_items(self):
        plural = self.model._meta.verbose_name_plural
        items = [{"url": reverse(self.index_url_name), "label": plural}] if self.index_url_name else []
        items.append({"url": self.get_inspect_url(), "label": str(self.row)})
        return [*self.breadcrumbs_items, *items, {"url": "", "label": self.page_title}]


class ScopedModelViewSet(ModelViewSet):
    """See the head of this module."""

    index_view_class = ScopedIndexView
    add_view_class = ScopedCreateView
    edit_view_class = ScopedEditView
    delete_view_class = ScopedDeleteView
    inspect_view_class = ScopedInspectView
    history_view_class = ScopedHistoryView
    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = False
    sort_order_field = None
    pk_path_converter = "str"
    lookup_field = "pk"
    select_related = ()
    create_action = change_action = remove_action = None
    acts: dict = {}
    menu_roles: frozenset = frozenset()  # who needs it in the menu; without any, everybody who may view a row

    @cached_property
    def menu_item_class(self):
        def is_shown(_item, request):
            wanted = not self.menu_roles or bool(grants_for(request.user).roles & self.menu_roles)
            return wanted and policy_registry.get_by_type(self.model).can(request.user, "view")

        return type(f"{type(self).__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})

    @cached_property
    def action_argument(self) -> str:
        """The keyword by which actions take the row."""
        return self.model_name

    def get_common_view_kwargs(self, **kwargs):
        kwargs = {
            "lookup_field": self.lookup_field,
            "select_related": self.select_related,
            "action_argument": self.action_argument,
            "create_action": self.create_action,
            "change_action": self.change_action,
            "remove_action": self.remove_action,
            **kwargs,
        }
        named = super().get_common_view_kwargs(**kwargs)
        for name, action in (("add", self.create_action), ("edit", self.change_action), ("delete", self.remove_action)):
            if action is None:
                named[f"{name}_url_name"] = None
        return named

    def get_inspect_view_kwargs(self, **kwargs):
        acts = tuple((self.get_url_name(name), view) for name, view in self.acts.items())
        return super().get_inspect_view_kwargs(acts=acts, **kwargs)

    @property
    def url_finder_class(self):
        finder = super().url_finder_class
        name = self.get_url_name("edit" if self.change_action else "inspect")
        finder.construct_edit_url = lambda _self, row: reverse(name, args=[getattr(row, self.lookup_field)])
        return finder

    def get_urlpatterns(self):
        patterns = [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]
        if self.create_action:
            patterns.append(path("new/", self.add_view, name="add"))
        rows = {"inspect": self.inspect_view, "history": self.history_view}
        if self.change_action:
            rows["edit"] = self.edit_view
        if self.remove_action:
            rows["delete"] = self.delete_view
        rows |= {name: self.construct_view(view) for name, view in self.acts.items()}
        return patterns + [path(f"{name}/<str:pk>/", view, name=name) for name, view in rows.items()]
