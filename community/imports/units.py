"""The organisation: units known by their codes, new ones hung below the unit that their row names."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ..models import Unit
from ..rules.cells import BadCell, code, initials, prefix, words
from ..rules.sheets import Column, Entry, Sheet
from .labels import choice_column
from .registers import Change, Register, Step


class Units(Register):
    """Units at or below one of them. A sheet opens units and changes their names and offices; it moves none."""

    kind, title, model, in_community = "units", _("Organisation units"), Unit, False
    sheet = Sheet(
        (
            Column("code", "代码", code(40), "grid-1", is_text=False,
                   hint=_("Letters, digits and hyphens. By it the unit is known again; it cannot change later.")),
            Column("name", "名称", words(60), "第一网格", hint=_("The name of the unit.")),
            choice_column("kind", "类别", Unit.Kind, Unit.Kind.GRID, hint=_("Choose one of the list.")),
            Column("parent", "上级代码", code(40), "keyuan", is_text=False,
                   hint=_("The code of the unit above. It may stand in the same sheet.")),
            Column("reference_prefix", "编号前缀", prefix, "", required=False, is_text=False,
                   hint=_("For a community only: two to four capital letters, for example KY.")),
            Column("phone", "办公电话", words(30), "", required=False, is_text=False, hint=_("Of the office.")),
            Column("address", "办公地址", words(120), "", required=False, hint=_("Of the office.")),
            Column("hours", "办公时间", words(60), "", required=False, hint=_("Of the office.")),
            Column("initials", "拼音首字母", initials, "", required=False, is_text=False,
                   hint=_("First letters of the name in pinyin, for example kysq. Readers find the place by them.")),
        ),
        key=("code",),
    )  # fmt: skip

    def load(self) -> None:
        self.found = list(self.locked(Unit.objects.at_or_below(self.unit)))
        self.by_path = {unit.path: unit for unit in self.found}
        self.by_code = {unit.code: unit for unit in self.found}
        self.above = self.unit.get_parent()
        self.community = self.unit.community

    def prepare(self, entries: Iterable[Entry]) -> None:
        """Look at all rows before the first is judged: a row may name a unit that a later one opens."""
        self.coming = {one.values["code"]: one.values for one in entries if one.values["code"] not in self.by_code}
        self.taken = set(Unit.objects.filter(code__in=self.coming).values_list("code", flat=True))
        self.opened: dict[str, Unit] = {}

    def parent_code(self, unit: Unit) -> str:
        if unit.pk == self.unit.pk:
            return self.above.code if self.above else ""
        return self.by_path[unit.path[: -Unit.steplen]].code

    def step(self, entry: Entry) -> Step:
        values = {name: value for name, value in entry.values.items() if name != "parent"}
        unit = self.by_code.get(values["code"])
        if unit is None:
            return self.opening(entry, values)
        if unit.kind != values["kind"]:
            raise BadCell("kind_stays", column="kind")
        if entry.values["parent"] != self.parent_code(unit):
            raise BadCell("parent_stays", column="parent")
        step = self.planned(entry, unit, label=label_of(values), chain=unit, values=values)
        self.refuse_without_prefix(unit)
        return step

    def opening(self, entry: Entry, values: dict) -> Step:
        if values["code"] in self.taken:
            raise BadCell("code_taken", column="code")
        above = self.parents(entry)
        unit = self.opened_as(values["code"], values["kind"])
        community = next((one for one in above if one.is_community), None) or self.community
        if unit.is_community and community:
            raise BadCell("in_a_community", column="kind")
        step = self.planned(entry, unit, label=label_of(values), chain=community, values=values)
        self.refuse_without_prefix(unit)
        parent = above[0]
        shown = Change(self.sheet.column("parent").header, "", parent.code)
        step.changes, step.details = (*step.changes, shown), {"parent": parent, "depth": len(above)}
        return step

    def parents(self, entry: Entry) -> list[Unit]:
        """The unit above, the one above that, … up to this register's own. Raises BadCell for what leads nowhere."""
        found, wanted = [], entry.values["parent"]
        while wanted in self.coming and len(found) <= len(self.coming):
            found.append(self.opened_as(wanted, self.coming[wanted]["kind"]))
            wanted = self.coming[wanted]["parent"]
        if wanted not in self.by_code or wanted in self.taken:
            raise BadCell("no_parent", column="parent")
        there = self.by_code[wanted]
        steps = range(len(there.path), len(self.unit.path) - 1, -Unit.steplen)
        return found + [self.by_path[there.path[:end]] for end in steps]

    def opened_as(self, code: str, kind: str) -> Unit:
        return self.opened.setdefault(code, Unit(code=code, kind=kind))

    @staticmethod
    def refuse_without_prefix(unit: Unit) -> None:
        if unit.is_community and not unit.reference_prefix:
            raise BadCell("no_prefix", column="reference_prefix")

    def ordered(self, steps: list[Step]) -> list[Step]:
        """What is there first, then what is opened, from above to below."""
        return sorted(steps, key=lambda step: step.details["depth"] if step.details else 0)

    def write(self, a, steps, on_progress) -> None:
        for done, step in enumerate(steps, start=1):
            if step.is_new:
                a.lock(Unit, pk=step.details["parent"].pk).add_child(instance=step.target)
            else:
                a.save(step.target)
            on_progress(done)

    def rows(self):
        for unit in sorted(self.found, key=lambda one: one.path):
            if parent := self.parent_code(unit):
                yield self.exported(unit, parent=parent)


def label_of(values: dict) -> str:
    return f"{values['name']} {values['code']}"
