"""Places: the organisation tree, and estates, buildings and homes beside it."""

import secrets

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager

from ..querysets.places import HomeQuerySet, PlaceQuerySet, UnitQuerySet
from .events import Versions

MOST_RESIDENTS = 99


def public_reference() -> str:
    """Ninety-six random bits for addresses; nothing can be counted or guessed from it."""
    return secrets.token_urlsafe(12)


class Referenced(models.Model):
    """A row that addresses name by a reference: keys of the database stand in none."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)

    class Meta:
        abstract = True


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):
    def get_queryset(self):
        return UnitQuerySet(self.model, using=self._db).order_by("path")


class Unit(MP_Node):
    """A node of the organisation. Any depth, a kind on each node; everything else is scoped to a node.

    Path, depth and number of children are treebeard's own and not in the history (it writes them by plain SQL);
    a move is an event.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        DISTRICT = "district", _("District")
        STREET = "street", _("Street")
        TOWN = "town", _("Town committee")
        COMMUNITY = "community", _("Community")
        GRID = "grid", _("Grid branch")
        ESTATE = "estate", _("Estate branch")
        COURTYARD = "courtyard", _("Courtyard group")
        BUILDING_GROUP = "building_group", _("Building group")
        HOUSEHOLD = "household", _("Member household")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=60)
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Lower-case letters, digits and hyphens; stands in addresses and cannot change later."),
    )
    initials = models.CharField(
        _("initials"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[a-z0-9]+$", _("Lower-case letters and digits only, for example kysq."))],
        help_text=_("The first letter of each syllable in pinyin: kysq for 科苑社区. Readers find the place by them."),
    )
    reference_prefix = models.CharField(
        _("prefix of references"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2,4}$", _("Two to four capital letters, for example KY."))],
        help_text=_("For a community: its letters at the start of each reference, for example KY."),
    )
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    address = models.CharField(_("office address"), max_length=120, blank=True)
    hours = models.CharField(_("office hours"), max_length=60, blank=True)

    history = Versions(excluded_fields=["path", "depth", "numchild"])
    objects = UnitManager()
    node_order_by = None

    class Meta:
        verbose_name = _("organisation unit")
        verbose_name_plural = _("organisation units")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="community") | ~models.Q(reference_prefix=""),
                name="community_has_reference_prefix",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        """An edit leaves place and number of children alone: treebeard writes them by SQL, those here may be stale."""
        if not self._state.adding and update_fields is None:
            tree = {"id", "path", "depth", "numchild"}
            update_fields = [field.name for field in self._meta.local_concrete_fields if field.name not in tree]
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_community(self) -> bool:
        return self.kind == self.Kind.COMMUNITY

    @property
    def community(self) -> "Unit | None":
        """The community at or above this unit; None for what stands above communities."""
        if self.is_community:
            return self
        if "_community" not in self.__dict__:
            self._community = self.get_ancestors().filter(kind=self.Kind.COMMUNITY).first()
        return self._community

    @property
    def chain(self) -> "Unit":
        """Whose chain records what happens here: the community's, or else the unit's own."""
        return self.community or self


class Estate(Referenced):
    """A residential estate (小区) within a community."""

    community = models.ForeignKey(Unit, models.PROTECT, related_name="estates", verbose_name=_("community"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("estate branch or grid")
    )
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=120, blank=True)

    history = Versions()
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("estate")
        verbose_name_plural = _("estates")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="estate_once_in_community")]

    def __str__(self) -> str:
        return self.name


class Building(Referenced):
    """A building of an estate, looked after by a grid."""

    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="buildings", verbose_name=_("estate"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("grid or building group")
    )
    name = models.CharField(_("name"), max_length=30, help_text=_("For example: 3号楼"))

    history = Versions()
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("building")
        verbose_name_plural = _("buildings")
        constraints = [models.UniqueConstraint(fields=["estate", "name"], name="building_once_in_estate")]

    def __str__(self) -> str:
        return f"{self.estate} {self.name}"


class Home(Referenced):
    """One dwelling. Its exclusive floor area counts in votes, in whole hundredths of a square metre.

    Homes with one `owner_code` belong to one owner, `unsold` ones to the developer: an owner counts once by number and
    with all the area (Supreme People's Court, interpretation on condominium ownership, art. 9). Who that is stands
    nowhere.
    """

    class AreaSource(models.TextChoices):
        """Where the area comes from; the first that there is goes (the same interpretation, art. 8)."""

        REGISTER = "register", _("Real estate register")
        SURVEY = "survey", _("Survey")
        CONTRACT = "contract", _("Contract of sale")

    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    building = models.ForeignKey(Building, models.PROTECT, related_name="homes", verbose_name=_("building"))
    entrance = models.CharField(_("entrance"), max_length=10, blank=True, help_text=_("For example: 1单元"))
    number = models.CharField(_("door number"), max_length=10)
    floor_area_centi = models.PositiveIntegerField(
        _("exclusive floor area (0.01 m²)"), help_text=_("In hundredths of a square metre: 8950 is 89.50 m².")
    )

    area_source = models.CharField(
        _("where the area comes from"), max_length=10, choices=AreaSource.choices, default=AreaSource.REGISTER
    )
    owner_code = models.CharField(
        _("code of an owner of several homes"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[-A-Za-z0-9]+\Z", _("Letters, digits and hyphens only: no name."))],
        help_text=_(
            "The same on all homes of one owner, for example Y-12. Empty: the owner of this home has no other."
        ),
    )
    unsold = models.BooleanField(
        _("not sold yet"), default=False, help_text=_("All homes that the developer has not sold count as one owner.")
    )
    residents = models.PositiveSmallIntegerField(
        _("number of residents"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_RESIDENTS)],
        help_text=_("How many people live here: a number, never who. Empty: not known."),
    )

    history = Versions()
    objects = HomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("home")
        verbose_name_plural = _("homes")
        constraints = [
            models.UniqueConstraint(fields=["building", "entrance", "number"], name="home_once_in_building"),
            models.CheckConstraint(condition=models.Q(floor_area_centi__gt=0), name="home_has_floor_area"),
            models.CheckConstraint(
                condition=models.Q(residents__isnull=True) | models.Q(residents__lte=MOST_RESIDENTS),
                name="home_residents_can_be",
            ),
            models.CheckConstraint(
                condition=models.Q(unsold=False) | models.Q(owner_code=""), name="home_unsold_has_no_owner_code"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.building} {self.entrance}{self.number}"

    @property
    def floor_area(self) -> str:
        """The exclusive floor area in square metres, as people write it: 89.50."""
        return f"{self.floor_area_centi // 100}.{self.floor_area_centi % 100:02d}"


class Partner(Referenced):
    """A unit that builds along: an agency, a firm, the property company, a bank (共建单位)."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        FIRM = "firm", _("Firm")
        PROPERTY = "property", _("Property company")
        UTILITY = "utility", _("Water, gas, power or telecom")
        SCHOOL = "school", _("School or institute")
        OTHER = "other", _("Other")

    community = models.ForeignKey(Unit, models.PROTECT, related_name="partners", verbose_name=_("community"))
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.AGENCY)
    is_active = models.BooleanField(_("active"), default=True)

    history = Versions()
    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="partner_once_in_community")]

    def __str__(self) -> str:
        return self.name
