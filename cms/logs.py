"""What is written to the log, and what never is: mobile numbers, identity numbers, codes and tokens."""

import logging
import re

MASK = "‹masked›"
SECRET = re.compile(
    r"""
      (?P<before> (?:/|%2[Ff])(?:[fc]|invite)(?:/|%2[Ff])                    # opens something
                | \b(?:sessionid|csrftoken|token|password|code|key)=)
      [^\s/&;,"'?#]+
    | (?<!\d) (?:\+?86[\s-]?)? 1[3-9]\d[\s-]?\d{4}[\s-]?\d{4} (?!\d)        # mobile number
    | (?<!\d) \d{17}[\dXx] (?!\d)                                          # identity number
    """,
    re.VERBOSE,
)


class MaskingFormatter(logging.Formatter):
    """Masks the finished text, so arguments and tracebacks are covered too."""

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record))


def mask(text: str) -> str:
    """The text without mobile numbers, identity numbers, and what opens something."""
    return SECRET.sub(lambda found: (found["before"] or "") + MASK, text)


# These would write, in detail, what templates show and what statements carry: whoever lowers a level does not lower
# theirs.
NEVER_IN_DETAIL = {"django.template": "INFO", "django.db.backends": "INFO"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "masked": {"()": "cms.logs.MaskingFormatter", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "masked"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        name: {"handlers": [], "level": level, "propagate": True}
        for name, level in {
            "django": "INFO",
            **NEVER_IN_DETAIL,
            "django_tasks_db": "WARNING",
            "django_tasks": "WARNING",
            "gunicorn.error": "INFO",
            "gunicorn.access": "WARNING",
        }.items()
    },
}
