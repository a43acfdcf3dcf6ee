"""By when somebody has to look whether a published page is still right, and who looked last."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from community.models import Unit, Versions
from community.models.places import public_reference
from community.roles import Post

from ..querysets.upkeep import PageUpkeepQuerySet
from .urgent import name_of


class PageUpkeep(models.Model):
    """One row for each page of a kind that is looked at again. Readers see the day and the post, never the name."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    page = models.OneToOneField(Page, models.PROTECT, related_name="upkeep_row", verbose_name=_("page"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    review_by = models.DateField(_("to be checked by"), db_index=True)
    checked_on = models.DateField(_("last checked on"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("last checked by")
    )
    checked_as = models.CharField(_("in the post of"), max_length=20, choices=Post.choices, blank=True)

    history = Versions()
    objects = PageUpkeepQuerySet.as_manager()

    class Meta:
        verbose_name = _("page to keep right")
        verbose_name_plural = _("pages to keep right")
        ordering = ["review_by", "pk"]

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def kind(self) -> str:
        return str(self.page.cached_content_type.model_class()._meta.verbose_name)

    @property
    def checker(self) -> str:
        return name_of(self.checked_by)

    @property
    def screen(self) -> str:
        """Where one says that the page is still right."""
        return reverse("page_check", args=[self.page.translation_key])

    def __str__(self) -> str:
        return self.page.title
