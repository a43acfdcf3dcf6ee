"""The register of personal data: every field that may hold some, with purpose, ground, time of keeping and readers.

The privacy statement is drawn from it, and a test fails for every field that stands in neither table below: a link to
a person, a home or a sealed text, and any free text. A name is "app.Model.field"; `*` stands for any letters. Add the
fields of a new model to the holding that fits, or write a new one in words that residents understand.
"""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Holding:
    """What is kept of people for one purpose. `fields` may be empty for what stands in no table (cookies, logs)."""

    what: str
    fields: tuple[str, ...]
    purpose: str
    basis: str
    kept: str
    seen_by: str

    def covers(self, field: str) -> bool:
        return covered(field, self.fields)


CONSENT = _(
    "Your consent: you may leave it empty, and ask us to erase it (Personal Information Protection Law, 13 (1))"
)
DUTY = _("Needed for the duties of the residents' committee (Personal Information Protection Law, 13 (3))")
POST = _("Needed for the post that the person holds (Personal Information Protection Law, 13 (2))")

HOLDINGS = (
    Holding(
        what=_("How to reach you: name, phone number, e-mail address"),
        fields=(
            "community.SealedContent.ciphertext",
            "community.SealedContent.phone_hash",
            "community.SealedContent.stub",
            "workflows.RenovationRequest.proposer_contact",
            "workflows.Objection.contact",
        ),
        purpose=_("To answer you, and to see to it that nobody decides on their own proposal"),
        basis=CONSENT,
        kept=_("Until you ask us to erase it, or the time set for it is over; then the text and its key are deleted"),
        seen_by=_("Staff of your community; masked until someone says why it is needed, and each look is recorded"),
    ),
    Holding(
        what=_("What you write in your own words"),
        fields=(
            "workflows.RenovationRequest.proposer_words",
            "workflows.Objection.words",
            "workflows.Addition.words",
        ),
        purpose=_("To understand what you propose or object to; the public reads the wording of the staff"),
        basis=CONSENT,
        kept=_("Until you ask us to erase it, or the time set for it is over; then the text and its key are deleted"),
        seen_by=_("Staff of your community"),
    ),
    Holding(
        what=_("A form that you have not sent yet, with its photos"),
        fields=("community.SealedDraft.ciphertext",),
        purpose=_("To let you go back and on without losing what you wrote"),
        basis=CONSENT,
        kept=_("Until you send it or throw it away, seven days at most"),
        seen_by=_("You alone, on the telephone or computer on which you began"),
    ),
    Holding(
        what=_("Your signature under a neighbour's proposal: what we may call you, your phone or door number"),
        fields=(
            "workflows.Cosignature.contact",
            "workflows.Cosignature.once_phone",
            "workflows.Cosignature.once_home",
        ),
        purpose=_("To count every neighbour once; only the number is public"),
        basis=CONSENT,
        kept=_("Until you withdraw it, or ask us to erase it"),
        seen_by=_("Staff of your community, masked; each look is recorded"),
    ),
    Holding(
        what=_("Photos and papers"),
        fields=("community.StoredFile.file", "community.StoredFile.small", "community.StoredFile.name"),
        purpose=_(
            "To show a place and to prove what was decided; the place and time inside a photo are removed at once"
        ),
        basis=DUTY,
        kept=_("As long as the record of the renovation"),
        seen_by=_("Staff of your community; everybody, once staff have released a photo"),
    ),
    Holding(
        what=_("Homes: building, entrance and number, how many people live there, and which belong to one owner"),
        fields=(
            "community.Home.entrance",
            "community.Home.number",
            "community.Home.residents",
            "community.Home.owner_code",
            "community.Member.home",
            "workflows.RenovationRequest.proposer_home",
        ),
        purpose=_("To count votes by home, and to see to it that nobody decides on a proposal of their own home"),
        basis=DUTY,
        kept=_("As long as the home exists"),
        seen_by=_("Staff of your community; public pages name the building and never the door"),
    ),
    Holding(
        what=_("Your home's vote in an owners' vote"),
        fields=(
            "workflows.CastVote.words",
            "workflows.PaperVote.words",
            "workflows.ElectorHome.home",
        ),
        purpose=_("To count it; sealed until the count, then a list shows check code, vote and floor area, no home"),
        basis=DUTY,
        kept=_("As long as the record of the renovation; the list for good"),
        seen_by=_("Nobody before the count; of a paper, the two people who enter and compare it"),
    ),
    Holding(
        what=_("Sheets that staff hand in to fill a register"),
        fields=("community.RegisterImport.cells", "community.RegisterImport.user"),
        purpose=_("To show what a sheet would change before it counts"),
        basis=DUTY,
        kept=_("Until it is imported, one day at most; the file itself is not kept"),
        seen_by=_("The person who handed it in"),
    ),
    Holding(
        what=_("People who serve: name, post, account, the day of the last sign-in"),
        fields=(
            "community.Member.name",
            "community.Member.number",
            "community.Member.contact",
            "community.Member.user",
            "community.User.username",
            "community.User.first_name",
            "community.User.last_name",
            "community.User.email",
            "community.User.password",
            "community.Appointment.member",
            "community.Invitation.member",
            "community.Invitation.issued_by",
            "community.Appointment.basis",
            "wagtailusers.UserProfile.*",
        ),
        purpose=_("To give each person the rights of their post, and to take them away with it"),
        basis=POST,
        kept=_("As long as the record shows what was done in office; an account is closed with the last post"),
        seen_by=_("Colleagues of the same community and its supervisors; public pages name the office only"),
    ),
    Holding(
        what=_("Who did what in office, and when"),
        fields=(
            "community.Event.actor",
            "community.Event.body",
            "community.Event.reason",
            "community.RightsReview.reviewer",
            "community.RightsAnswer.note",
            "community.CommunityOpening.opened_by",
            "home.*.uploaded_by_user",
            "home.*.approved_by",
            "home.*.checked_by",
            "home.*.looked_at_by",
            "home.*.published_by",
            "home.*.written_by",
            "wagtail*.user",
            "wagtail*.uploaded_by_user",
            "wagtailcore.Page.owner",
            "wagtailcore.Page.locked_by",
            "wagtailcore.WorkflowState.requested_by",
            "wagtailcore.TaskState.finished_by",
            "wagtailcore.Comment.resolved_by",
            "workflows.*.answered_by",
            "workflows.*.closed_by",
            "workflows.*.drafted_by",
            "workflows.*.confirmed_by",
            "workflows.*.entered_by",
            "workflows.*.explained_by",
            "workflows.*.found_by",
            "workflows.*.member",
            "workflows.*.opened_by",
            "workflows.*.rectified_by",
            "workflows.*.settled_by",
            "workflows.RenovationRequest.substance_by",
            "workflows.RenovationRequest.proposer",
        ),
        purpose=_("To show that two people looked at everything, and that nobody approved what is their own"),
        basis=POST,
        kept=_("For good: the record may not be altered"),
        seen_by=_("Colleagues of the same community and its supervisors; public pages name the office only"),
    ),
    Holding(
        what=_("Messages to people with an account, and where else they want to hear of them"),
        fields=(
            "community.Notification.recipient",
            "community.Notification.contact",
            "community.MessageRoute.user",
            "community.MessageRoute.address",
            "community.Delivery.recipient",
        ),
        purpose=_("To say that something waits, or that a proposal goes on; what leaves is one sentence and a link"),
        basis=CONSENT,
        kept=_("A message sixty days; an address until another is written or this way is given up"),
        seen_by=_("The person alone; staff see whether a message left, never its address"),
    ),
    Holding(
        what=_("Cookies: text size; for people who sign in, the session and the language"),
        fields=(),
        purpose=_("To show the pages as you chose; nothing follows you from site to site"),
        basis=CONSENT,
        kept=_("Text size and language a year, a session eight hours"),
        seen_by=_("Your browser and this server"),
    ),
    Holding(
        what=_("The address of your connection"),
        fields=(),
        purpose=_("To stop programs that send forms or try passwords without end"),
        basis=DUTY,
        kept=_("One day at most, and only as a number from which the address cannot be read"),
        seen_by=_("Nobody"),
    ),
)

# Texts that are not about anyone: whole models where every text is of this kind, else single fields.
IMPERSONAL = {
    "places and bodies": (
        "community.Unit",
        "community.Unit.name",
        "community.Unit.phone",
        "community.Unit.address",
        "community.Estate",
        "community.Estate.name",
        "community.Estate.address",
        "community.Building",
        "community.Building.name",
        "community.Partner",
        "community.Partner.name",
        "home.SiteDetails",
        "home.SiteDetails.*",
        "workflows.ApprovalPolicy",
        "workflows.ApprovalPolicy.name",
        "workflows.PolicyStep",
        "workflows.OwnersVote.scope_name",
    ),
    "public wording: staff write it, and mobile and identity numbers are refused": (
        "home.*Page",
        "services.*Page",
        "services.ServicePage.phone",
        "services.ServicePage.who",
        "workflows.*Page",
        "home.NoticePage.whom",
        "home.LinliImage",
        "home.LinliDocument",
        "home.LinliRendition",
        "home.OwedReview",
        "home.PageTrace",
        "home.ScheduledPublication",
        "community.Notification.title",
        "workflows.Acceptance",
        "workflows.ApprovalRound",
        "workflows.Ballot",
        "workflows.Decision",
        "workflows.DutyDay",
        "workflows.Evaluation",
        "workflows.Fault",
        "workflows.MatterFinding",
        "workflows.Objection",
        "workflows.OwnersVote",
        "workflows.PartnerCommitment",
        "workflows.Pledge",
        "workflows.PublicityPeriod",
        "workflows.Remedy",
        "workflows.RenovationRequest",
        "workflows.RequestPhoto",
        "workflows.Resolution",
        "workflows.SharedResult",
        "workflows.SiteLog",
        "workflows.SiteLogPhoto",
        "workflows.WordingChange",
    ),
    "references, hashes, keys and states": (
        "community.Notification.kind",
        "community.Notification.once",
        "community.Notification.url",
        "*.reference",
        "community.ChainHead",
        "community.Invitation",
        "community.Event.hash",
        "community.Event.previous_hash",
        "community.Event.subject_key",
        "community.Event.subject_type",
        "community.Event.verb",
        "community.SealedDraft",
        "community.SealedContent.master_key_id",
        "community.SealedContent.salt",
        "community.SealedContent.wrapped_key",
        "community.SealedText",
        "community.StoredFile.sha256",
        "community.RegisterImport",
        "community.RightsReview",
        "home.SecondPersonReview",
        "workflows.ApprovalStep",
        "workflows.Ballot.electorate_hash",
        "workflows.Ballot.list_hash",
        "workflows.BallotPaper",
        "workflows.CastVote",
        "workflows.CountedVote",
        "workflows.Receipt",
    ),
}


def covered(field: str, names: tuple[str, ...]) -> bool:
    """Whether "app.Model.field" is one of these names, or matches one with `*`."""
    return any(fnmatchcase(field, name) for name in names)
