"""What stands at the foot of every page about those who run the site."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import Unit
from community.models.events import Versions
from community.models.places import Referenced

from ..querysets.details import SiteDetailsQuerySet

ICP_NUMBER = r"^[\u4e00-\u9fff]ICP备\d{6,12}号(-\d{1,3})?$"
POLICE_NUMBER = r"^[\u4e00-\u9fff]公网安备\s?\d{11,14}号$"
SITE_CODE = r"^[A-Za-z0-9]{10}$"


class SiteDetails(Referenced):
    """The particulars of a unit's pages. A unit below that has none of its own, or leaves one empty, shows these."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="site_details", verbose_name=_("unit"))
    host = models.CharField(
        _("host of the site"), max_length=80, blank=True, help_text=_("Who answers for it: 主办单位.")
    )
    operator = models.CharField(
        _("run by"), max_length=80, blank=True, help_text=_("Who looks after it day by day: 承办单位.")
    )
    icp_number = models.CharField(
        _("ICP number"),
        max_length=40,
        blank=True,
        validators=[RegexValidator(ICP_NUMBER, _("Write it as it was granted, for example 鄂ICP备12345678号-1."))],
        help_text=_("Granted by the ministry of industry; stands at the foot with a link to its register."),
    )
    police_number = models.CharField(
        _("number of the public security filing"),
        max_length=40,
        blank=True,
        validators=[
            RegexValidator(POLICE_NUMBER, _("Write it as it was granted, for example 鄂公网安备42010502000001号."))
        ],
    )
    site_code = models.CharField(
        _("identification code of a government site"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(SITE_CODE, _("It has ten letters and digits."))],
        help_text=_("Most communities have none: leave it empty."),
    )
    complaints = models.CharField(
        _("where to complain"),
        max_length=120,
        blank=True,
        help_text=_("An office or a phone number beyond the community, for example: street office, 12345."),
    )

    history = Versions()
    objects = SiteDetailsQuerySet.as_manager()

    class Meta:
        verbose_name = _("foot of the pages")
        verbose_name_plural = _("feet of the pages")

    def __str__(self) -> str:
        return str(self.unit)
