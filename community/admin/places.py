"""Screens for the organisation tree, estates, buildings, homes and partners."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column

from ..actions import places as actions
from ..models import Building, Estate, Home, Member, Partner, Unit
from ..policies import READERS
from .choosers import ScopedChooserViewSet
from .forms import FloorAreaField, ReasonForm, ScopedForm, UnitChoiceField
from .menu import SETTINGS
from .scoped import ActView, ScopedIndexView, ScopedInspectView, ScopedModelViewSet


class NewUnitForm(ScopedForm):
    parent = UnitChoiceField(label=_("Belongs to"), queryset=Unit.objects.all())

    class Meta(ScopedForm.Meta):
        model = Unit
        fields = ["parent", "kind", "name", "code", "initials", "reference_prefix", "phone", "address", "hours"]


class UnitForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Unit
        fields = ["name", "initials", "reference_prefix", "phone", "address", "hours"]


class MoveForm(ReasonForm):
    parent = UnitChoiceField(label=_("Moves to"), queryset=Unit.objects.all())
    field_order = ["parent", "reason"]


class MoveView(ActView):
    permission = "move"
    page_title = _("Move")
    explanation = _("Everything below moves along. Rights from posts above change with it, on the next request.")
    form_class = MoveForm
    action = staticmethod(actions.move_unit)


class UnitIndexView(ScopedIndexView):
    default_ordering = "path"

    def get_valid_orderings(self):
        return ["path", *super().get_valid_orderings()]


class UnitInspectView(ScopedInspectView):
    """The unit, and its members by source as far as the person keeps the register."""

    template_name = "community/admin/unit.html"

    def get_context_data(self, **kwargs):
        members = Member.objects.visible_to(self.request.user).registered_below(self.row).by_source()
        labels = dict(Member.Source.choices)
        reads = self.request.user.grants.cover(self.row, *READERS)
        counted = Home.objects.in_community(self.row).residents() if self.row.is_community and reads else None
        return super().get_context_data(
            members=[(labels[source], number) for source, number in members.items()],
            member_total=sum(members.values()),
            residents=counted,
            **kwargs,
        )


class UnitViewSet(ScopedModelViewSet):
    model = Unit
    name = "units"
    icon = "sitemap"
    menu_label = _("Organisation")
    menu_hook = SETTINGS
    menu_order = 10
    menu_roles = READERS
    lookup_field = "code"
    index_view_class = UnitIndexView
    inspect_view_class = UnitInspectView
    list_display = [
        Column("name", label=_("Name"), accessor=lambda unit: "\u3000" * (unit.depth - 1) + unit.name),
        "kind",
        "code",
        "phone",
    ]
    list_filter = ["kind"]
    list_export = ["name", "get_kind_display", "code", "initials", "depth", "phone", "address", "hours"]
    export_headings = {"get_kind_display": _("Kind"), "depth": _("Level")}
    search_fields = ["name", "code"]
    list_per_page = 50
    inspect_view_fields = ["name", "kind", "code", "initials", "reference_prefix", "phone", "address", "hours"]
    create_action = staticmethod(actions.open_unit)
    change_action = staticmethod(actions.change_unit)
    remove_action = staticmethod(actions.remove_unit)
    acts = {"move": MoveView}

    def get_form_class(self, for_update=False):
        return UnitForm if for_update else NewUnitForm


class NewEstateForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Estate
        fields = ["community", "name", "unit", "address"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = self.fields["community"].queryset.communities()


class EstateForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Estate
        fields = ["name", "unit", "address"]


class EstateViewSet(ScopedModelViewSet):
    model = Estate
    name = "estates"
    icon = "home"
    lookup_field = "reference"
    list_display = ["name", "community", "unit", "address"]
    list_filter = ["community"]
    list_export = ["name", "community", "unit", "address"]
    search_fields = ["name", "address"]
    select_related = ("unit",)
    inspect_view_fields = ["name", "community", "unit", "address"]
    create_action = staticmethod(actions.add_estate)
    change_action = staticmethod(actions.change_estate)
    remove_action = staticmethod(actions.remove_estate)

    def get_form_class(self, for_update=False):
        return EstateForm if for_update else NewEstateForm


class NewBuildingForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Building
        fields = ["estate", "name", "unit"]


class BuildingForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Building
        fields = ["name", "unit"]


class BuildingViewSet(ScopedModelViewSet):
    model = Building
    name = "buildings"
    icon = "grip"
    lookup_field = "reference"
    list_display = ["name", "estate", "unit", "community"]
    list_filter = ["community", "estate"]
    list_export = ["name", "estate", "unit", "community"]
    search_fields = ["name", "estate__name"]
    select_related = ("estate", "unit")
    inspect_view_fields = ["name", "estate", "unit", "community"]
    create_action = staticmethod(actions.add_building)
    change_action = staticmethod(actions.change_building)
    remove_action = staticmethod(actions.remove_building)

    def get_form_class(self, for_update=False):
        return BuildingForm if for_update else NewBuildingForm


class HomeForm(ScopedForm):
    floor_area = FloorAreaField(
        label=_("Exclusive floor area (m²)"), help_text=_("From the title deed, for example 89.50.")
    )

    class Meta(ScopedForm.Meta):
        model = Home
        fields = ["entrance", "number", "area_source", "owner_code", "unsold", "residents"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("floor_area", self.instance.floor_area_centi)

    def changes(self):
        changes = super().changes()
        return {"floor_area_centi": changes.pop("floor_area"), **changes}


class NewHomeForm(HomeForm):
    class Meta(HomeForm.Meta):
        fields = ["building", *HomeForm.Meta.fields]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = self.fields["building"].queryset.select_related("estate")


class HomeInspectView(ScopedInspectView):
    def get_field_label(self, field_name, field):
        if field_name == "floor_area":
            return _("Exclusive floor area (m²)")
        return super().get_field_label(field_name, field)


class HomeViewSet(ScopedModelViewSet):
    model = Home
    name = "homes"
    icon = "home"
    lookup_field = "reference"
    inspect_view_class = HomeInspectView
    list_display = [
        "number",
        "entrance",
        "building",
        Column("floor_area", label=_("Exclusive floor area (m²)"), sort_key="floor_area_centi"),
        "community",
    ]
    list_filter = ["community", "building__estate"]
    list_export = ["building", "entrance", "number", "floor_area", "area_source", "owner_code", "unsold", "community"]
    export_headings = {"floor_area": _("Exclusive floor area (m²)")}
    search_fields = ["number", "building__name", "building__estate__name"]
    select_related = ("building__estate",)
    inspect_view_fields = [
        "number", "entrance", "building", "floor_area", "area_source", "owner_code", "unsold", "residents", "community",
    ]  # fmt: skip
    create_action = staticmethod(actions.add_home)
    change_action = staticmethod(actions.change_home)
    remove_action = staticmethod(actions.remove_home)

    def get_form_class(self, for_update=False):
        return HomeForm if for_update else NewHomeForm


class NewPartnerForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Partner
        fields = ["community", "name", "kind"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = self.fields["community"].queryset.communities()


class PartnerForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Partner
        fields = ["name", "kind", "is_active"]


class PartnerViewSet(ScopedModelViewSet):
    model = Partner
    name = "partners"
    icon = "group"
    lookup_field = "reference"
    list_display = ["name", "kind", "community", BooleanColumn("is_active", label=_("Active"))]
    list_filter = ["community", "kind", "is_active"]
    list_export = ["name", "get_kind_display", "community", "is_active"]
    export_headings = {"get_kind_display": _("Kind")}
    search_fields = ["name"]
    inspect_view_fields = ["name", "kind", "community", "is_active"]
    create_action = staticmethod(actions.add_partner)
    change_action = staticmethod(actions.change_partner)
    remove_action = staticmethod(actions.remove_partner)

    def get_form_class(self, for_update=False):
        return PartnerForm if for_update else NewPartnerForm


class HomeChooserViewSet(ScopedChooserViewSet):
    model = Home
    name = "home-chooser"
    icon = "home"
    choose_one_text = _("Choose a home")
    choose_another_text = _("Choose another home")
    search_fields = ("number", "building__name", "building__estate__name")
    select_related = ("building__estate",)
    per_page = 20


home_chooser = HomeChooserViewSet()
