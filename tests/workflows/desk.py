"""The desk as the tests use it: signed in, reading, filling in forms as a browser would."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from workflows.models import ApprovalStep, RenovationRequest


def signed_in(member, language="en") -> Client:
    """A browser of a member, in English so that the tests say what they look for."""
    client = Client()
    client.force_login(member.user)
    client.cookies["django_language"] = language
    return client


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def text(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


def rows(response) -> list[str]:
    """The addresses of the rows of a list."""
    return [row["href"] for row in soup(response).select("a.row")]


def address_of(request) -> list[str]:
    return [request.community.code, request.reference]


def address(round_, name="desk-decide") -> str:
    """Where the open step of a round is decided."""
    request = RenovationRequest.objects.get(pk=round_.request_id)
    step = ApprovalStep.objects.get(round=round_, state="open")
    return reverse(name, args=[*address_of(request), step.reference])


def fill(page, **values) -> dict:
    """What a browser would send of the page's form, with the person's choices."""
    form = soup(page).select_one("main form[method=post]")
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", "")
        if kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"] if chosen else ""
        elif kind != "file":
            sent[field["name"]] = field.text.lstrip("\n") if field.name == "textarea" else field.get("value", "")
    return {**sent, **values}
