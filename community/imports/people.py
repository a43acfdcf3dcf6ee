"""Members and their appointments. A member is known by a number that the office gives, never by a phone number."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from ..actions.people import erase_contact
from ..models import Appointment, Member, Partner, Unit
from ..permissions import appointers, require, require_right
from ..roles import Post
from ..rules.cells import BadCell, alike, code, day, phone, words
from ..rules.sheets import Column, Entry, Sheet
from ..sealed import Contact, phone_hash, seal_contact, unseal_contact
from .labels import choice_column
from .registers import Change, Index, Register, Step, code_of

NUMBER_HINT = _("The number that your office gives this person. No phone number, no identity number.")


class PeopleRegister(Register):
    """Rows about people at a unit and below it."""

    in_community = False

    def load_units(self) -> None:
        self.units = list(self.locked(Unit.objects.at_or_below(self.unit)))
        above = self.unit.community
        communities = [above] if above else [unit for unit in self.units if unit.is_community]
        for unit in self.units:
            unit._community = next((one for one in communities if unit.path.startswith(one.path)), None)
        self.by_code = {unit.code: unit for unit in self.units}
        self.by_key = {unit.pk: unit for unit in self.units}

    def load_members(self, *others: int) -> None:
        """Members registered here; those with one of the `other` keys are known by their reference only."""
        here = Member.objects.filter(unit__path__startswith=self.unit.path)
        rows = here | Member.objects.filter(pk__in=others) if others else here
        self.members = list(self.locked(rows.select_related("unit", "partner", "contact__content")))
        numbered = [one for one in self.members if one.number and one.unit_id in self.by_key]
        self.by_number = Index(numbered, lambda member: alike(member.number))
        self.by_reference = {one.reference: one for one in self.members}

    def unit_of(self, entry: Entry) -> Unit:
        unit = self.by_code.get(entry.values["unit"])
        if unit is None:
            raise BadCell("no_unit", column="unit")
        return unit

    def member_of(self, entry: Entry, column: str) -> Member | None:
        number = entry.values[column]
        return self.by_number.get(alike(number), column=column) or self.by_reference.get(number)

    def number_of(self, member: Member) -> str:
        """What stands for a member in a sheet: the number, or the reference where it has none, or none here."""
        return member.number if member.number and member.unit_id in self.by_key else member.reference


class Members(PeopleRegister):
    kind, title, model = "members", _("Members"), Member
    written = ("name", "source", "partner", "contact")
    sheet = Sheet(
        (
            Column("number", "编号", words(20), "KY-001", hint=NUMBER_HINT),
            Column("name", "姓名", words(40), "李明", hint=_("What colleagues call the person by.")),
            Column("unit", "登记单位代码", code(40), "keyuan", show=code_of, is_text=False,
                   hint=_("The code of the unit where the person is registered. A sheet does not change it.")),
            choice_column("source", "来源", Member.Source, "居住地党员", hint=_("Choose one of the list.")),
            Column("partner", "派出单位", words(80), "", required=False, blank=None, show=str,
                   hint=_("The name of a partner of the community, as registered. Empty: none.")),
            Column("phone", "电话", phone, "", required=False, is_text=False,
                   hint=_("Kept sealed and never written out again. Empty: what is there stays.")),
        ),
        key=("number",),
    )  # fmt: skip

    def load(self) -> None:
        self.load_units()
        self.load_members()
        communities = {unit.chain.pk for unit in self.units}
        partners = self.locked(Partner.objects.filter(community__in=communities))
        self.partners = Index(partners, lambda partner: (partner.community_id, alike(partner.name)))

    def step(self, entry: Entry) -> Step:
        unit, values = self.unit_of(entry), {**entry.values}
        number, typed = values.pop("number"), values.pop("phone", "")
        member = self.member_of(entry, "number")
        if member is not None and member.unit_id != unit.pk:
            raise BadCell("unit_stays", column="unit")
        member = member or Member(unit=unit, number=number)
        values["unit"] = unit
        if values.get("partner"):
            values["partner"] = self.partners.get((unit.chain.pk, alike(values["partner"])), column="partner")
            if values["partner"] is None:
                raise BadCell("no_partner", column="partner")
        step = self.planned(entry, member, label=f"{values['name']} {number}", chain=unit, values=values)
        if typed and phone_hash(typed) != known_phone(member):
            step.details = {"contact": Contact(name=values["name"], phone=typed)}
            step.changes = (*step.changes, self.new_phone(member, step.details["contact"]))
        return step

    def new_phone(self, member: Member, contact: Contact) -> Change:
        before = unseal_contact(member.contact) if known_phone(member) else None
        return Change(self.sheet.column("phone").header, before.masked_phone if before else "", contact.masked_phone)

    def write(self, a, steps, on_progress) -> None:
        for step in steps:
            if step.details:
                if step.target.contact_id:
                    erase_contact(step.target)
                step.target.contact = seal_contact(a, step.target.unit, step.details["contact"])
        super().write(a, steps, on_progress)

    def rows(self):
        for member in sorted(self.members, key=lambda one: one.pk):
            yield self.exported(member, number=self.number_of(member), phone="")


def known_phone(member: Member) -> str:
    """The keyed hash of the phone number that is kept; "" when none is, or it is erased."""
    content = getattr(member.contact, "content", None) if member.contact_id else None
    return content.phone_hash if content else ""


class Appointments(PeopleRegister):
    kind, title, model = "appointments", _("Appointments"), Appointment
    written = ("ends_on", "basis")
    sheet = Sheet(
        (
            Column("member", "成员编号", words(20), "KY-001", hint=_("The number of the member, as registered.")),
            Column("unit", "单位代码", code(40), "keyuan", show=code_of, is_text=False,
                   hint=_("The code of the unit where the post is held.")),
            choice_column("post", "职务", Post, "志愿者", hint=_("Choose one of the list.")),
            Column("starts_on", "任职日期", day, "2026-01-05", is_text=False, show=date.isoformat,
                   hint=_("The first day, written like this: 2026-01-05.")),
            Column("ends_on", "止任日期", day, "", required=False, blank=None, is_text=False, show=date.isoformat,
                   hint=_("From this day on the rights are gone. Empty: open-ended.")),
            Column("basis", "依据", words(120), "", required=False,
                   hint=_("Decision or document that it rests on.")),
        ),
        key=("member", "unit", "post", "starts_on"),
    )  # fmt: skip

    def load(self) -> None:
        self.load_units()
        there = Appointment.objects.filter(unit__path__startswith=self.unit.path)
        self.load_members(*there.values_list("member", flat=True))
        self.found = list(self.locked(there.select_related("member", "unit")))
        self.spans: dict[tuple, dict] = {}
        for one in self.found:
            self.body(one)[one.starts_on] = one

    def body(self, appointment: Appointment) -> dict[date, Appointment]:
        """What this person holds of this post at this unit, by the first day, here and in this sheet."""
        key = (appointment.member_id, appointment.unit_id, appointment.post)
        return self.spans.setdefault(key, {})

    def step(self, entry: Entry) -> Step:
        values, unit = entry.values, self.unit_of(entry)
        member = self.member_of(entry, "member")
        if member is None:
            raise BadCell("no_member", column="member")
        wanted = Appointment(member=member, unit=unit, post=values["post"], starts_on=values["starts_on"])
        appointment = self.body(wanted).get(wanted.starts_on, wanted)
        refuse_wrong_end(appointment, values)
        label = f"{member.name} · {self.sheet.column('post').show(values['post'])} · {unit.name}"
        step = self.planned(entry, appointment, label=label, chain=unit)
        if step.changes:
            require(self.context, appointers(values["post"]), unit)
            self.refuse_overlap(appointment)
        if step.is_new:
            require_right(self.context, "Member", "view", member.unit)
            self.body(appointment)[appointment.starts_on] = appointment
        return step

    def refuse_overlap(self, appointment: Appointment) -> None:
        """Raise BadCell when the person holds the same post here in that time, by the register or by another row."""
        for other in self.body(appointment).values():
            begins_before = appointment.ends_on is None or other.starts_on < appointment.ends_on
            ends_after = other.ends_on is None or other.ends_on > appointment.starts_on
            if other is not appointment and begins_before and ends_after:
                raise BadCell("overlap", column="starts_on")

    def rows(self):
        known = {one.pk: one for one in self.members}
        for one in sorted(self.found, key=lambda one: one.pk):
            yield self.exported(one, member=self.number_of(known[one.member_id]))


def refuse_wrong_end(appointment: Appointment, values: dict) -> None:
    """Raise BadCell for an end before the beginning, and for one that would give ended rights back."""
    ends_on = values.get("ends_on")
    if ends_on is not None and ends_on < appointment.starts_on:
        raise BadCell("ends_before", column="ends_on")
    fixed = appointment.ends_on
    if "ends_on" in values and fixed is not None and (ends_on is None or ends_on > fixed):
        raise BadCell("ended_already", column="ends_on", day=fixed.isoformat())
