"""Screens for members, their accounts and their appointments."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Prefetch
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets import AdminDateInput

from ..actions import people as actions
from ..models import Appointment, Member
from ..sealed import Contact, unseal_contact
from .accounts import CloseAccountView, OpenAccountView, ReopenAccountView, ResetAccountView, RevokeSlipView, SlipView
from .choosers import ScopedChooserViewSet
from .forms import ReasonForm, ScopedFilterSet, ScopedForm
from .leaving import LeavingView
from .scoped import ActView, ScopedHistoryView, ScopedIndexView, ScopedInspectView, ScopedModelViewSet


class MemberChooserViewSet(ScopedChooserViewSet):
    model = Member
    name = "member-chooser"
    icon = "user"
    choose_one_text = _("Choose a member")
    choose_another_text = _("Choose another member")
    search_fields = ("name",)
    per_page = 20


member_chooser = MemberChooserViewSet()

PHONE = re.compile(r"^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$")


class MemberForm(ScopedForm):
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=20,
        validators=[RegexValidator(PHONE, _("Write a mobile number of 11 digits, or a landline with its area code."))],
        help_text=_("Kept sealed, shown masked. Leave it empty to keep what is there."),
    )

    class Meta(ScopedForm.Meta):
        model = Member
        fields = ["number", "name", "source", "home", "partner", "is_active"]

    def changes(self):
        changes = super().changes()
        phone = changes.pop("phone")
        return {"contact": Contact(name=changes["name"], phone=phone) if phone else None, **changes}


class NewMemberForm(MemberForm):
    class Meta(ScopedForm.Meta):
        model = Member
        fields = ["unit", "number", "name", "source", "home", "partner"]


def posts_now(member) -> str:
    """What the member is today, as far as the reader may see it."""
    return "、".join(str(appointment) for appointment in member.held_today)


class MemberIndexView(ScopedIndexView):
    def rows(self, user):
        held = Appointment.objects.visible_to(user).on_day(timezone.localdate()).select_related("unit")
        return super().rows(user).prefetch_related(Prefetch("appointments", held, to_attr="held_today"))


class MemberInspectView(ScopedInspectView):
    LABELS = {"contact": _("Phone"), "user": _("Account"), "posts": _("Posts"), "invitations": _("Slip with a code")}

    def get_field_label(self, field_name, field):
        return self.LABELS.get(field_name) or super().get_field_label(field_name, field)

    def get_contact_display_value(self):
        if self.row.contact is None:
            return _("No contact is entered.")
        contact = unseal_contact(self.row.contact)
        return contact.masked_phone if contact else _("Erased as the law demands")

    def get_user_display_value(self):
        user = self.row.user
        if user is None:
            return _("No account")
        return user.get_username() if user.is_active else _("%(name)s (closed)") % {"name": user.get_username()}

    def get_invitations_display_value(self):
        waiting = self.row.invitations.open_at(timezone.now()).first()
        if waiting is None:
            return _("None")
        until = f"{timezone.localtime(waiting.expires_at):%Y-%m-%d %H:%M}"
        return _("%(purpose)s, valid until %(until)s") % {"purpose": waiting.get_purpose_display(), "until": until}

    def get_posts_display_value(self):
        held = self.row.appointments.visible_to(self.request.user).order_by("-starts_on").select_related("unit")
        return "；".join(f"{one} {one.starts_on}–{one.ends_on or ''}" for one in held) or _("None")


class MemberHistoryView(ScopedHistoryView):
    def story_subjects(self):
        stubs = self.row.history.exclude(contact=None).values_list("contact_id", flat=True).distinct()
        return [*super().story_subjects(), *(("community.sealedtext", str(key)) for key in stubs)]


class RevealView(ActView):
    permission = "reveal"
    page_title = _("Show the phone number")
    explanation = _("Who looked and why is recorded and stands in the history of this member.")
    action = staticmethod(actions.reveal_member_contact)

    @staticmethod
    def is_offered(row):
        return row.contact_id is not None

    def done(self):
        context = {**self.get_context_data(), "contact": self.object}
        return TemplateResponse(self.request, "community/admin/contact.html", context)


class MemberViewSet(ScopedModelViewSet):
    model = Member
    name = "members"
    icon = "user"
    lookup_field = "reference"
    index_view_class = MemberIndexView
    inspect_view_class = MemberInspectView
    history_view_class = MemberHistoryView
    list_display = [
        "name",
        "unit",
        "source",
        Column("posts", label=_("Posts"), accessor=posts_now),
        BooleanColumn("is_active", label=_("Active")),
    ]
    list_filter = ["unit", "source", "is_active"]
    list_export = ["name", "unit", "get_source_display", "is_active"]
    export_headings = {"get_source_display": _("Source")}
    search_fields = ["name", "number"]
    select_related = ("user", "contact", "home__building__estate", "partner")
    inspect_view_fields = [
        "name",
        "number",
        "unit",
        "source",
        "home",
        "partner",
        "contact",
        "user",
        "invitations",
        "posts",
        "is_active",
    ]
    create_action = staticmethod(actions.register_member)
    change_action = staticmethod(actions.change_member)
    remove_action = staticmethod(actions.remove_member)
    acts = {
        "contact": RevealView,
        "slip": SlipView,
        "revoke-slip": RevokeSlipView,
        "open-account": OpenAccountView,
        "new-password": ResetAccountView,
        "close-account": CloseAccountView,
        "reopen-account": ReopenAccountView,
        "leaving": LeavingView,
    }

    def get_form_class(self, for_update=False):
        return MemberForm if for_update else NewMemberForm


class AppointmentForm(ScopedForm):
    class Meta(ScopedForm.Meta):
        model = Appointment
        fields = ["member", "unit", "post", "starts_on", "ends_on", "basis"]


class EndForm(ReasonForm):
    on = forms.DateField(
        label=_("Ends on"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        help_text=_("From this day on the rights are gone; for today, on the next request."),
    )
    field_order = ["on", "reason"]


class EndView(ActView):
    permission = "change"
    page_title = _("End the appointment")
    explanation = _("Decisions that were made stay. Whoever follows is appointed anew.")
    form_class = EndForm
    action = staticmethod(actions.end_appointment)
    is_grave = True

    @staticmethod
    def is_offered(row):
        return row.ends_on is None or row.ends_on > timezone.localdate()


class AppointmentFilterSet(ScopedFilterSet):
    class Meta:
        model = Appointment
        fields = {"unit": ["exact"], "post": ["exact"], "ends_on": ["isnull"]}


class AppointmentViewSet(ScopedModelViewSet):
    model = Appointment
    name = "appointments"
    icon = "user"
    lookup_field = "reference"
    list_display = ["member", "post", "unit", "starts_on", "ends_on"]
    filterset_class = AppointmentFilterSet
    list_export = ["member", "get_post_display", "unit", "starts_on", "ends_on", "basis"]
    export_headings = {"get_post_display": _("Post")}
    search_fields = ["member__name", "unit__name"]
    ordering = ["-starts_on", "-pk"]
    select_related = ("member",)
    inspect_view_fields = ["member", "post", "unit", "starts_on", "ends_on", "basis"]
    create_action = staticmethod(actions.appoint)
    acts = {"end": EndView}

    def get_form_class(self, for_update=False):
        return AppointmentForm
