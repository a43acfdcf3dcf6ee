"""Owners' votes as they are held: the ballot, who may vote, the papers, the sealed votes, the published list."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import (
    AppendOnly,
    Building,
    Channel,
    Estate,
    Home,
    Member,
    SealedText,
    Unit,
    Versions,
    public_reference,
)

from ..querysets.balloting import BallotQuerySet
from ..rules.balloting import LIVE, BallotState, WhichCounts
from ..words import BALLOT_WORDS, VOTE_WORDS, WHICH_COUNTS_WORDS
from .deciding import MATTERS, OwnersVote
from .evidence import Evidence
from .requests import RenovationRequest


class Ballot(models.Model):
    """An owners' vote on a request. Who may vote is fixed when it opens; what they say is sealed until it is counted.

    `result` is the evidence that the gate reads, written by the count and confirmed by a second person.
    """

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="ballots", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    version = models.PositiveIntegerField(_("made on version"))
    state = models.CharField(
        _("state"), max_length=10, choices=list(BALLOT_WORDS.items()), default=BallotState.DRAFTED.value
    )
    question = models.CharField(
        _("the question, in one sentence"), max_length=120, help_text=_("So that yes and no are clear answers to it.")
    )
    yes_means = models.TextField(
        _("what yes means"), max_length=500, help_text=_("What it costs each home, what is built, how long it takes.")
    )
    no_means = models.TextField(_("what no means"), max_length=500)
    matter = models.CharField(_("matter (Civil Code art. 278)"), max_length=24, choices=MATTERS, blank=True)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="+", verbose_name=_("estate"))
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building"),
        help_text=_("Empty: the whole estate votes."),
    )  # fmt: skip
    entrance = models.CharField(
        _("entrance"), max_length=10, blank=True, help_text=_("Empty: the whole building votes. For example: 1单元")
    )
    closes_at = models.DateTimeField(_("votes are taken until"))
    which_counts = models.CharField(
        _("when somebody votes online and on paper"), max_length=5, choices=list(WHICH_COUNTS_WORDS.items()),
        default=WhichCounts.PAPER.value,
    )  # fmt: skip
    may_change = models.BooleanField(
        _("a vote online may be changed until the end"), default=False,
        help_text=_("The last one counts. Without this a link takes one vote."),
    )  # fmt: skip
    shows_split = models.BooleanField(
        _("yes and no are shown while the vote runs"), default=False,
        help_text=_("Normally only how many took part is shown, so that nobody is pressed."),
    )  # fmt: skip
    drafted_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("drafted by"))
    opened_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    owners = models.PositiveIntegerField(_("owners who may vote"), default=0)
    area_centi = models.PositiveBigIntegerField(_("their floor area (0.01 m²)"), default=0)
    electorate_hash = models.CharField(_("fingerprint of who may vote"), max_length=64, blank=True)
    list_hash = models.CharField(_("fingerprint of the published list"), max_length=64, blank=True)
    result = models.OneToOneField(
        OwnersVote, models.PROTECT, null=True, blank=True, related_name="ballot", verbose_name=_("result")
    )

    history = Versions()
    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote of owners")
        verbose_name_plural = _("votes of owners")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state__in=sorted(LIVE)), name="one_ballot_of_a_request_lives"
            ),
            models.CheckConstraint(
                condition=models.Q(opened_by__isnull=True) | ~models.Q(opened_by=models.F("drafted_by")),
                name="ballot_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(entrance="") | models.Q(building__isnull=False), name="ballot_entrance_has_building"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["drafted", "cancelled"])
                | models.Q(opened_at__isnull=False, owners__gte=1, area_centi__gte=1),
                name="ballot_open_has_electorate",
            ),
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def scope_name(self) -> str:
        """Who votes, in words: the estate, the building or the entrance."""
        if self.building is None:
            return self.estate.name
        return f"{self.estate.name} {self.building.name} {self.entrance}".strip()

    @property
    def scope(self) -> str:
        """The scope as the result names it."""
        if self.building_id is None:
            return OwnersVote.Scope.ESTATE
        return OwnersVote.Scope.ENTRANCE if self.entrance else OwnersVote.Scope.BUILDING


class Elector(AppendOnly):
    """One owner of the electorate as it was when the vote opened: a number, the area, never a name."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="electors", verbose_name=_("vote of owners"))
    number = models.PositiveIntegerField(_("number"))
    area_centi = models.PositiveBigIntegerField(_("floor area (0.01 m²)"))
    is_developer = models.BooleanField(_("developer's unsold homes"), default=False)

    class Meta:
        verbose_name = _("owner who may vote")
        verbose_name_plural = _("owners who may vote")
        constraints = [models.UniqueConstraint(fields=["ballot", "number"], name="elector_number_once")]

    def __str__(self) -> str:
        return str(self.number)


class ElectorHome(AppendOnly):
    """A home of the electorate and its area on that day."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="homes", verbose_name=_("vote of owners"))
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="homes", verbose_name=_("owner who may vote"))
    home = models.ForeignKey(Home, models.PROTECT, related_name="+", verbose_name=_("home"))
    area_centi = models.PositiveIntegerField(_("floor area (0.01 m²)"))

    class Meta:
        verbose_name = _("home that may vote")
        verbose_name_plural = _("homes that may vote")
        constraints = [models.UniqueConstraint(fields=["ballot", "home"], name="home_votes_once")]

    def __str__(self) -> str:
        return str(self.home_id)


class BallotPaper(models.Model):
    """The numbered paper of an owner, with a link to vote online instead. The code of the link is kept as a hash.

    A lost one is replaced by another with a new number, and its link and number no longer open anything.
    """

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="papers", verbose_name=_("vote of owners"))
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="papers", verbose_name=_("owner who may vote"))
    serial = models.PositiveIntegerField(_("number on the paper"))
    code_hash = models.CharField(max_length=64, unique=True)
    lost_at = models.DateTimeField(_("reported lost at"), null=True, blank=True)

    history = Versions(excluded_fields=["code_hash"])

    class Meta:
        verbose_name = _("ballot paper")
        verbose_name_plural = _("ballot papers")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "serial"], name="ballot_paper_serial_once"),
            models.UniqueConstraint(
                fields=["elector"], condition=models.Q(lost_at__isnull=True), name="one_ballot_paper_of_an_elector"
            ),
        ]

    def __str__(self) -> str:
        return str(self.serial)


class CastVote(AppendOnly):
    """What an owner said, sealed. A vote that was changed is a further row; which one counts is a rule of the ballot.

    `shown`: the choice in clear, only on a ballot that shows yes and no while it runs.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="votes", verbose_name=_("vote of owners"))
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="votes", verbose_name=_("owner who may vote"))
    sequence = models.PositiveIntegerField(_("which vote of this owner"))
    submission_key = models.UUIDField(unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField(_("received at"))
    words = models.ForeignKey(SealedText, models.PROTECT, related_name="+", verbose_name=_("the vote, sealed"))
    shown = models.CharField(max_length=8, choices=list(VOTE_WORDS.items()), blank=True)

    class Meta:
        verbose_name = _("vote cast")
        verbose_name_plural = _("votes cast")
        constraints = [models.UniqueConstraint(fields=["elector", "sequence"], name="cast_vote_sequence_once")]

    def __str__(self) -> str:
        return f"{self.elector_id}/{self.sequence}"


class PaperVote(Evidence):
    """A paper that came back, entered by one person and confirmed against its scan by another; then it is cast.

    `version` is that of the request; what the paper says is sealed like every vote.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="paper_votes", verbose_name=_("vote of owners"))
    ballot_paper = models.ForeignKey(
        BallotPaper, models.PROTECT, related_name="returns", verbose_name=_("ballot paper")
    )
    received_at = models.DateTimeField(_("received at"))
    words = models.ForeignKey(SealedText, models.PROTECT, related_name="+", verbose_name=_("the vote, sealed"))

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("vote on paper")
        verbose_name_plural = _("votes on paper")
        constraints = [
            *Evidence.Meta.constraints,
            models.UniqueConstraint(
                fields=["ballot_paper"], condition=~models.Q(status="withdrawn"), name="ballot_paper_entered_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.ballot_paper)


class CountedVote(AppendOnly):
    """A line of the published list. Nothing in it leads to an owner or a home."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="counted", verbose_name=_("vote of owners"))
    code = models.CharField(_("check code"), max_length=12)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    choice = models.CharField(_("vote"), max_length=8, choices=list(VOTE_WORDS.items()))
    area_centi = models.PositiveBigIntegerField(_("floor area (0.01 m²)"))

    class Meta:
        verbose_name = _("counted vote")
        verbose_name_plural = _("counted votes")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["ballot", "code"], name="counted_vote_code_once")]

    def __str__(self) -> str:
        return self.code
