"""What the acts on a version share: whether it is whole, what readers are told, what overtakes what."""

import hashlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page, Revision

from community.canonical import canonical_text
from community.personal_numbers import require_public_wording
from community.records import Act
from community.refusals import ActionRefused

from ..models import OwedReview, PageTrace, ScheduledPublication
from ..publishing.reviewers import authors_of

NOTE_LENGTH, REASON_LENGTH = 300, 500


def must_say(page: Page) -> bool:
    """Whether a new version has to say what was corrected: on a page of this kind that readers have seen."""
    return page.leaves_trace and page.first_published_at is not None


def correction_note(page: Page, note: str) -> str:
    """The note as it will stand on the page. Raises ActionRefused without one where it is needed, or with a number."""
    note = note.strip() if must_say(page) else ""
    if must_say(page) and not note:
        raise ActionRefused(_("Please say in one sentence what was corrected."), field="note")
    if len(note) > NOTE_LENGTH:
        raise ActionRefused(_("One sentence is enough: at most 300 characters."), field="note")
    require_public_wording(note, field="note")
    return note


def require_reason(reason: str, sentence: str) -> str:
    """The reason without white space around it. Raises ActionRefused with the sentence when there is none."""
    reason = str(reason).strip()
    if not reason:
        raise ActionRefused(sentence, field="reason")
    if len(reason) > REASON_LENGTH:
        raise ActionRefused(_("Please say it shorter: at most 500 characters."), field="reason")
    return reason


def require_whole(page: Page) -> None:
    """Raise ActionRefused for a draft with gaps, or not checked yet: Wagtail saves those, readers never get them."""
    if page.hindrance:
        raise ActionRefused(page.hindrance)
    for document in documents_on(page):
        if not document.text.strip():
            raise ActionRefused(
                _("The document “%(title)s” has no text yet. Add it first.") % {"title": document.title}
            )
    try:
        page.full_clean()
    except ValidationError as error:
        names = [str(page._meta.get_field(name).verbose_name) for name in error.error_dict if name != "__all__"]
        raise ActionRefused(_("Please fill in first: %(fields)s.") % {"fields": _(", ").join(names)}) from None


def documents_on(page: Page) -> list:
    """The documents that a page offers."""
    streams = [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField)]
    blocks = [block.value for stream in streams for block in stream if block.block_type == "document"]
    return [value["document"] for value in blocks if value["document"] is not None]


def require_open_above(page: Page) -> None:
    """Raise ActionRefused below a page that readers have never seen: its own way up would lead nowhere."""
    above = page.get_parent()
    if not above.live and above.first_published_at is None:
        raise ActionRefused(
            _("“%(title)s” above it is not published yet. Publish that first.") % {"title": above.title}
        )


def tell_readers(a: Act, page: Page, kind: str, note: str = "", revision_id: int | None = None) -> None:
    """Leave a trace on the page, with the moment of the act."""
    a.append(
        PageTrace(
            page_id=page.pk, unit=page.unit, revision_id=revision_id, kind=kind, note=note, at=a.recorded_at,
            written_by=a.context.account,
        )
    )  # fmt: skip


def end_review(a: Act, page: Page) -> None:
    """A review that something else has overtaken."""
    state = page.current_workflow_state
    if state is not None:
        state.cancel(user=a.context.user)
        a.note(review_ended=state.pk)


def settle_look(a: Act, page: Page, outcome: str, remark: str = "") -> OwedReview | None:
    """Close the look that the page owes, if it owes one."""
    owed = OwedReview.objects.owed().filter(page_id=page.pk).first()
    if owed is None:
        return None
    owed.outcome, owed.remark = outcome, remark
    owed.looked_at, owed.looked_at_by = a.recorded_at, a.context.account
    return a.save(owed)


def void_schedule(a: Act, page: Page, why: str) -> ScheduledPublication | None:
    """Have the version that waits for its hour not appear, if there is one."""
    waiting = ScheduledPublication.objects.waiting().filter(page_id=page.pk).first()
    if waiting is None:
        return None
    waiting.state, waiting.why_void = ScheduledPublication.State.VOID, why
    waiting.settled_at = a.recorded_at
    return a.save(waiting)


def note_version(a: Act, page: Page, revision: Revision) -> None:
    """Which version of which page, its content as a hash, who wrote it."""
    a.note(
        page=str(page.translation_key),
        revision=revision.pk,
        content_sha256=hashlib.sha256(canonical_text(revision.content).encode()).hexdigest(),
        authors=sorted(authors_of(page)),
        go_live_at=revision.content.get("go_live_at"),
    )
