"""What must not stand in a log does not, in messages, arguments and tracebacks."""

import logging

import pytest

from cms.logs import MASK, MaskingFormatter, mask


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "+86 13812345678",
        "8613812345678",
        "11010119900307123X",
        "110101199003071234",
    ],
)
def test_numbers_of_persons_are_masked(text):
    assert mask(f"called {text}, answered") == f"called {MASK}, answered"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Not Found: /f/kX9-secret/", f"Not Found: /f/{MASK}/"),
        ("GET /x?token=abc&page=2", f"GET /x?token={MASK}&page=2"),
        ("Cookie: sessionid=abc; a=b", f"Cookie: sessionid={MASK}; a=b"),
    ],
)
def test_what_opens_something_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize("text", ["KY-2026-7HKQ4", "148 m, 268000.00", "2026-11-22 10:59:46", "13812345678901"])
def test_other_text_stays(text):
    assert mask(text) == text


def test_arguments_and_tracebacks_are_covered():
    try:
        raise ValueError("bad number 13812345678")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "from %s", ("13912345678",), (None, error, None))
        record.exc_info = (type(error), error, error.__traceback__)
    text = MaskingFormatter().format(record)
    assert "ValueError" in text
    assert "13812345678" not in text
    assert "13912345678" not in text
