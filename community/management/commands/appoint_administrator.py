"""The first person of a new site: who opens its organisation and appoints everybody else."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.actions.people import appoint, open_account, register_member
from community.actions.places import open_unit
from community.models import Channel, Unit
from community.records import Context
from community.refusals import ActionRefused
from community.roles import Post


class Command(BaseCommand):
    help = (
        "Appoint an administrator at the top of the organisation, which is opened when there is none, "
        "and print the initial password once."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="sign-in name of the new account")
        parser.add_argument("name", help="what colleagues call the person")
        parser.add_argument("--organisation", default="", help="name of the top unit, when there is none yet")
        parser.add_argument("--kind", default=Unit.Kind.DISTRICT, choices=Unit.Kind.values, help="kind of the top unit")
        parser.add_argument("--code", default="top", help="its code, as it stands in addresses")

    def handle(self, *, username, name, organisation, kind, code, **options):
        context = Context(channel=Channel.SYSTEM, reason=_("Set-up of the site"))
        try:
            with transaction.atomic():
                top = Unit.get_first_root_node() or self.open_top(context, organisation, kind, code)
                member = register_member(context, unit=top, name=name)
                today = timezone.localdate()
                appoint(context, member=member, unit=top, post=Post.ADMINISTRATOR, starts_on=today)
                password = open_account(context, member=member, username=username)
        except ActionRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{name} ({username}) administers {top.name}. Initial password, shown once: {password}")

    def open_top(self, context, organisation, kind, code) -> Unit:
        if not organisation:
            raise CommandError("There is no organisation yet: name its top with --organisation.")
        prefix = {"reference_prefix": code[:4].upper()} if kind == Unit.Kind.COMMUNITY else {}
        return open_unit(context, parent=None, kind=kind, name=organisation, code=code, **prefix)
