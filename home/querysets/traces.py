"""What happened to pages after they were published."""

from ..models.traces import PageTrace


def traces_of(page) -> list[PageTrace]:
    """All that readers are told, the newest first; nothing of a page that is not saved. One query."""
    return list(PageTrace.objects.filter(page_id=page.pk).order_by("-pk")) if page.pk else []


def withdrawal_of(page) -> PageTrace | None:
    """The last withdrawal. One query."""
    return PageTrace.objects.filter(page_id=page.pk, kind=PageTrace.Kind.WITHDRAWN).order_by("-pk").first()
