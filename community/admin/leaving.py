"""The screen on which somebody's leaving is entered: what they hold, what they have in hand, and who takes it over."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from ..actions.leaving import Why, leave, posts_of, refuse_higher, who_ends
from ..models import Appointment, Member
from ..open_matters import open_matters, outlook
from .forms import ReasonForm
from .scope import context_of
from .scoped import ActView


class LeavingForm(ReasonForm):
    why = forms.ChoiceField(label=_("Why"), choices=Why.choices, widget=forms.RadioSelect)
    last_day = forms.DateField(
        label=_("Last day in office"),
        initial=timezone.localdate,
        widget=AdminDateInput,
        help_text=_("Today or earlier. Rights and account end at once."),
    )
    successor = forms.ModelChoiceField(
        label=_("Who takes over"),
        queryset=Member.objects.none(),
        required=False,
        empty_label=_("Nobody yet"),
        help_text=_("Only people who hold a post in the same community today."),
        error_messages={"invalid_choice": _("Choose somebody else who holds a post in the same community today.")},
    )
    reason = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the history for good: no phone number, nothing about health."),
    )
    field_order = ["why", "last_day", "successor", "reason"]

    def __init__(self, *args, for_user=None, instance=None, can_pass=True, **kwargs):
        super().__init__(*args, for_user=for_user, instance=instance, **kwargs)
        if not can_pass:
            del self.fields["successor"]
            return
        serving = Appointment.objects.on_day(timezone.localdate()).filter(
            unit__path__startswith=instance.unit.chain.path
        )
        here = Member.objects.visible_to(for_user).filter(is_active=True, pk__in=serving.values("member"))
        self.fields["successor"].queryset = here.exclude(pk=instance.pk).order_by("name", "pk")


class LeavingView(ActView):
    permission = "leave"
    page_title = _("Leaving")
    explanation = _(
        "Ends everything at once: posts, account, slips, messages. Decisions that were made stay; the account is "
        "closed, never deleted. To end a single post only, open that appointment."
    )
    submit_label = _("Enter the leaving")
    template_name = "community/admin/leaving.html"
    form_class = LeavingForm
    action = staticmethod(leave)
    is_grave = True

    @staticmethod
    def is_offered(row):
        return row.is_active

    @cached_property
    def matters(self):
        return open_matters(outlook(context_of(self.request), self.row), closes=not self.posts.elsewhere)

    @cached_property
    def posts(self):
        return posts_of(context_of(self.request), self.row)

    def get(self, request, *args, **kwargs):
        refuse_higher(context_of(request), self.row, self.posts)
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "can_pass": any(matter.can_pass for matter in self.matters)}

    def success_sentence(self):
        left = self.object
        if left.again:
            return _("%(person)s: nothing was left to end here.") % {"person": left.member}
        if left.elsewhere:
            return _("%(person)s: the posts here have ended; other posts go on, so the account stays open.") % {
                "person": left.member
            }
        return _("%(person)s has left; the account is closed.") % {"person": left.member}

    def get_context_data(self, **kwargs):
        elsewhere = [(held, who_ends(held)) for held in self.posts.elsewhere]
        return super().get_context_data(
            mine=self.posts.mine, elsewhere=elsewhere, matters=self.matters, today=timezone.localdate(), **kwargs
        )
