"""Sending one message through one channel. What fails for certain and what is unknown are told apart.

`Failed`: it did not arrive, so it may be tried again. `Unsure`: it left and nothing came back, so it may not.
"""

import http.client
import json
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from ..models import Delivery, Medium
from . import bots, web

Problem = Delivery.Problem


class Failed(Exception):
    """It certainly did not arrive. `problem` is one of Delivery.Problem."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


class Unsure(Failed):
    """Nobody can say whether it arrived."""


@dataclass(frozen=True)
class Message:
    """What is sent: one sentence as subject, and a text with a link. Never anything of what it is about."""

    subject: str
    text: str


def send_email(address: str, message: Message) -> None:
    """Raises Failed or Unsure."""
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        raise Failed(Problem.UNREACHABLE) from None
    try:
        EmailMessage(message.subject, message.text, to=[address], connection=connection).send()
    except smtplib.SMTPServerDisconnected:
        raise Unsure(Problem.NO_ANSWER) from None
    except smtplib.SMTPException:
        raise Failed(Problem.REFUSED) from None
    except OSError:
        raise Unsure(Problem.NO_ANSWER) from None
    finally:
        _close(connection)


def _close(connection) -> None:
    with suppress(OSError):  # what was sent is sent
        connection.close()


def webhook_address(url: str, secret: str) -> str:
    """What is sealed for a bot."""
    return json.dumps({"url": url, "secret": secret})


def send_to_bot(address: str, message: Message) -> None:
    """Raises Failed or Unsure."""
    bot = json.loads(address)
    try:
        dialect = web.dialect_of(bot["url"])
        answer = web.post_json(*bots.message(dialect, bot["url"], bot["secret"], message.text, int(time.time())))
    except web.NotAllowedAddress:
        raise Failed(Problem.NOT_ALLOWED) from None
    except web.NotReached:
        raise Failed(Problem.UNREACHABLE) from None
    except (OSError, http.client.HTTPException):
        raise Unsure(Problem.NO_ANSWER) from None
    if answer.status == http.client.OK:
        said = bots.accepted(answer.body)
        if said is None:
            raise Unsure(Problem.NO_ANSWER)
        if not said:
            raise Failed(Problem.REFUSED)
    elif answer.status < 500 or answer.status == http.client.SERVICE_UNAVAILABLE:
        raise Failed(Problem.REFUSED)
    else:
        raise Unsure(Problem.NO_ANSWER)


SENDERS: dict[str, Callable[[str, Message], None]] = {Medium.EMAIL: send_email, Medium.WEBHOOK: send_to_bot}


def open_channels() -> list[str]:
    """The channels that this installation has: e-mail with a mail server, bots with hosts that they may live on."""
    has = {Medium.EMAIL: settings.LINLI_EMAIL, Medium.WEBHOOK: bool(settings.LINLI_WEBHOOK_HOSTS)}
    return [medium for medium in Medium.values if has[medium]]
