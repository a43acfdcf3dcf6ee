"""How an action says no: a sentence for the person, in their language."""


class ActionRefused(Exception):
    """The action did not happen, and why. `reason` is shown to the person beside what they did.

    `field` names the form field that the sentence belongs to, when there is one.
    """

    status = 422

    def __init__(self, reason, *, field: str | None = None):
        super().__init__(reason)
        self.reason = reason
        self.field = field

    def __str__(self) -> str:
        return str(self.reason)


class NotAllowed(ActionRefused):
    """The person may not do this here."""

    status = 403


class Conflict(ActionRefused):
    """What the person saw has changed in the meantime; the screen shows the change and asks again."""

    status = 409
