"""Choosers that offer only what the person may see."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.permissions import policy_registry


class ScopedChooserWidget(BaseChooser):
    """Shows what is chosen only when it lies in the scope of the form (`narrow_choices` sets it)."""

    scope = None
    show_edit_link = False

    def get_instance(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        if self.scope is None or not str(value).isdecimal():
            return None
        return self.scope.filter(pk=value).first()


class TypedFilterForm(BaseFilterForm):
    """A search by what a name contains."""

    search_fields = ()
    q = forms.CharField(label=_("Search term"), required=False)

    def filter(self, objects):
        self.search_query = self.cleaned_data["q"].strip()
        self.is_searching = bool(self.search_query)
        condition = Q()
        for name in self.search_fields if self.is_searching else ():
            condition |= Q(**{f"{name}__icontains": self.search_query})
        return objects.filter(condition)


class ScopedChoice:
    """Comes first in the bases of a chooser's views: rows go through the policy of their model."""

    search_fields = ()
    select_related = ()

    def rows(self):
        policy = policy_registry.get_by_type(self.model_class)
        rows = policy.instances_user_has_permission_for(self.request.user, "view")
        return rows.select_related(*self.select_related) if self.select_related else rows

    def get_filter_form_class(self):
        return type("FilterForm", (TypedFilterForm,), {"search_fields": self.search_fields})

    def dispatch(self, request, *args, **kwargs):
        policy = policy_registry.get_by_type(self.model_class)
        if not policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ScopedChooseView(ScopedChoice, chooser.ChooseView):
    def get_object_list(self):
        return self.rows()

    def can_create(self):
        return False


class ScopedChooseResultsView(ScopedChoice, chooser.ChooseResultsView):
    def get_object_list(self):
        return self.rows()

    def can_create(self):
        return False


class ScopedChosenView(ScopedChoice, chooser.ChosenView):
    def get_object(self, pk):
        try:
            return self.rows().get(pk=pk)
        except ValueError as error:
            raise Http404 from error


class ScopedChosenMultipleView(ScopedChoice, chooser.ChosenMultipleView):
    def get_objects(self, pks):
        return self.rows().filter(pk__in=[pk for pk in pks if pk.isdecimal()])


class ScopedChooserViewSet(ChooserViewSet):
    """Choosing only: rows are made on their own screens, by actions.

    Instantiate it in its module, before the forms that use it, and register that instance: form classes look for the
    widget when they are made.
    """

    choose_view_class = ScopedChooseView
    choose_results_view_class = ScopedChooseResultsView
    chosen_view_class = ScopedChosenView
    chosen_multiple_view_class = ScopedChosenMultipleView
    base_widget_class = ScopedChooserWidget
    search_fields = ()
    select_related = ()
    register_widget = False  # done below, earlier than Wagtail does

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        override = {"widget": self.widget_class}
        register_form_field_override(ForeignKey, to=self.model, override=override)

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]

    def get_common_view_kwargs(self, **kwargs):
        own = {"create_url_name": None, "search_fields": self.search_fields, "select_related": self.select_related}
        return super().get_common_view_kwargs(**{**kwargs, **own})
