"""Estates, buildings, homes, and how many people live in each home."""

from django.utils.translation import gettext_lazy as _

from ..models import Building, Estate, Home, Unit
from ..models.places import MOST_RESIDENTS
from ..rules.cells import BadCell, alike, area, code, one_of, whole, words
from ..rules.sheets import Column, Entry, Sheet
from .labels import choice_column
from .registers import Index, Register, Step, code_of

CODE_HINT = _("The code of a unit of this community, as the list of units shows it. Empty: none.")
ESTATE = Column("estate", "小区", words(60), "科苑小区", hint=_("The name of the estate."))
BUILDING = Column("building", "楼栋", words(30), "3号楼", hint=_("The name of the building within its estate."))
ENTRANCE = Column("entrance", "单元", words(10), "1单元", hint=_("Empty where a building has one entrance only."),
                  required=False)  # fmt: skip
NUMBER = Column("number", "门牌号", words(10), "201", hint=_("The number on the door."))


YES_NO = {"是": True, "否": False}


def yes_or_no(value: bool) -> str:
    return "是" if value else "否"


def grid(header: str, example: str) -> Column:
    return Column("unit", header, code(40), example, CODE_HINT, required=False, blank=None, show=code_of)


def square_metres(centi: int) -> str:
    """Hundredths of a square metre as people write them: 8950 is 89.50."""
    return f"{centi // 100}.{centi % 100:02d}"


class PlacesRegister(Register):
    """Rows of one community. The units that they may name lie at it or below it."""

    def units(self) -> dict[str, Unit]:
        return {unit.code: unit for unit in self.locked(Unit.objects.at_or_below(self.unit))}

    def resolved(self, entry: Entry) -> dict:
        """The values of a row with its unit in the place of the code. Raises BadCell "no_unit"."""
        values = dict(entry.values)
        if values.get("unit"):
            found = self.by_code.get(values["unit"])
            if found is None:
                raise BadCell("no_unit", column="unit")
            values["unit"] = found
        return values


class Estates(PlacesRegister):
    kind, title, model = "estates", _("Estates"), Estate
    sheet = Sheet(
        (
            Column(
                "name",
                "小区",
                words(60),
                "科苑小区",
                hint=_("The name of the estate. By it the estate is known again."),
            ),
            Column("address", "地址", words(120), "科苑路1号", hint=_("Street and number."), required=False),
            grid("支部或网格代码", "keyuan-estate"),
        ),
        key=("name",),
    )

    def load(self) -> None:
        self.by_code = self.units()
        self.found = list(self.locked(Estate.objects.in_community(self.unit).select_related("unit")))
        self.index = Index(self.found, lambda estate: alike(estate.name))

    def step(self, entry: Entry) -> Step:
        name = entry.values["name"]
        estate = self.index.get(alike(name), column="name") or Estate(community=self.unit, name=name)
        return self.planned(entry, estate, label=name, chain=self.unit, values=self.resolved(entry))

    def rows(self):
        for estate in sorted(self.found, key=lambda one: one.pk):
            yield self.exported(estate)


class Buildings(PlacesRegister):
    kind, title, model = "buildings", _("Buildings"), Building
    sheet = Sheet(
        (ESTATE, Column("name", "楼栋", words(30), "3号楼", hint=BUILDING.hint), grid("网格代码", "grid-1")),
        key=("estate", "name"),
    )

    def load(self) -> None:
        self.by_code = self.units()
        estates = self.locked(Estate.objects.in_community(self.unit))
        self.estates = Index(estates, lambda estate: alike(estate.name))
        self.found = list(self.locked(Building.objects.in_community(self.unit).select_related("estate", "unit")))
        self.index = Index(self.found, lambda one: (one.estate_id, alike(one.name)))

    def step(self, entry: Entry) -> Step:
        estate = self.estates.get(alike(entry.values["estate"]), column="estate")
        if estate is None:
            raise BadCell("no_estate", column="estate")
        name = entry.values["name"]
        building = self.index.get((estate.pk, alike(name)), column="name") or Building(
            community=self.unit, estate=estate, name=name
        )
        return self.planned(
            entry, building, label=f"{estate.name} {name}", chain=self.unit, values=self.resolved(entry)
        )

    def rows(self):
        for building in sorted(self.found, key=lambda one: (one.estate_id, one.pk)):
            yield self.exported(building, estate=building.estate.name)


class HomesRegister(PlacesRegister):
    """Rows that say something of homes, known by estate, building, entrance and number."""

    model = Home

    def load(self) -> None:
        buildings = self.locked(Building.objects.in_community(self.unit).select_related("estate"))
        self.buildings = Index(buildings, lambda one: (alike(one.estate.name), alike(one.name)))
        self.by_key = {one.pk: one for rows in self.buildings.found.values() for one in rows}
        self.found = list(self.locked(Home.objects.in_community(self.unit)))
        self.index = Index(self.found, lambda home: (home.building_id, alike(home.entrance), alike(home.number)))

    def building_of(self, entry: Entry) -> Building:
        key = (alike(entry.values["estate"]), alike(entry.values["building"]))
        building = self.buildings.get(key, column="building")
        if building is None:
            raise BadCell("no_building", column="building")
        return building

    def home_of(self, entry: Entry, building: Building) -> Home | None:
        key = (building.pk, alike(entry.values["entrance"]), alike(entry.values["number"]))
        return self.index.get(key, column="number")

    def label(self, entry: Entry) -> str:
        return "{estate} {building} {entrance}{number}".format(**entry.values)

    def rows(self):
        for home in sorted(self.found, key=lambda one: (one.building_id, one.entrance, one.number)):
            building = self.by_key[home.building_id]
            yield self.exported(home, estate=building.estate.name, building=building.name)


class Homes(HomesRegister):
    kind, title = "homes", _("Homes")
    sheet = Sheet(
        (
            ESTATE, BUILDING, ENTRANCE, NUMBER,
            Column("floor_area_centi", "专有面积（平方米）", area, "89.50",
                   hint=_("The exclusive floor area from the title deed: a number with at most two decimal places."),
                   show=square_metres, is_text=False),
            choice_column("area_source", "面积依据", Home.AreaSource, "不动产登记", required=False,
                          blank=Home.AreaSource.REGISTER.value,
                          hint=_("Where the area comes from. Empty: the real estate register.")),
            Column("owner_code", "同一业主编号", code(20), "Y-12", required=False,
                   hint=_("The same code on all homes of one owner; a code, never a name. Empty: no other home.")),
            Column("unsold", "开发商未售", one_of(YES_NO), "否", required=False, blank=False, show=yes_or_no,
                   choices=lambda: YES_NO, is_text=False,
                   hint=_("Yes for a home that the developer has not sold: all of them count as one owner.")),
        ),
        key=("estate", "building", "entrance", "number"),
    )  # fmt: skip

    def step(self, entry: Entry) -> Step:
        building = self.building_of(entry)
        home = self.home_of(entry, building) or Home(
            community=self.unit, building=building, entrance=entry.values["entrance"], number=entry.values["number"]
        )
        if entry.values.get("unsold", home.unsold) and entry.values.get("owner_code", home.owner_code):
            raise BadCell("two_owners", column="owner_code")
        return self.planned(entry, home, label=self.label(entry), chain=self.unit)


class Residents(HomesRegister):
    kind, title = "residents", _("Number of residents per home")
    rights = ("change",)
    sheet = Sheet(
        (
            ESTATE, BUILDING, ENTRANCE, NUMBER,
            Column("residents", "居住人数", whole(MOST_RESIDENTS), "3",
                   hint=_("How many people live here: a number and nothing else, no names. Empty: not known."),
                   required=False, blank=None, is_text=False),
        ),
        key=("estate", "building", "entrance", "number"),
    )  # fmt: skip

    def step(self, entry: Entry) -> Step:
        home = self.home_of(entry, self.building_of(entry))
        if home is None:
            raise BadCell("no_home", column="number")
        return self.planned(entry, home, label=self.label(entry), chain=self.unit)
