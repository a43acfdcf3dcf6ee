"""People at their browsers: they open pages, follow links, fill in forms and send them. Nothing goes past HTTP."""

from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.test import Client, TestCase


class Page:
    """What somebody has on the screen."""

    def __init__(self, response, address: str):
        self.response = response
        self.status = response.status_code
        self.address = response.redirect_chain[-1][0] if getattr(response, "redirect_chain", None) else address
        self.soup = BeautifulSoup(response.content, "html.parser")
        main = self.soup.select_one("main") or self.soup
        self.text = " ".join(main.get_text(" ").split())

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def shows(self, *words: str) -> "Page":
        """All of these words are there for the person to read."""
        missing = [one for one in words if one not in self.text]
        assert not missing, (missing, self.text)
        return self

    def links(self, part: str = "") -> list[str]:
        """Addresses of the links whose address contains `part`, each once, in their order."""
        found = [urljoin(self.address, link["href"]) for link in self.soup.select("a[href]") if part in link["href"]]
        return list(dict.fromkeys(found))

    def link(self, part: str) -> str:
        """The only link whose address contains `part`."""
        (found,) = self.links(part)
        return found

    def called(self, words: str) -> str:
        """The address of the first link that reads so."""
        found = [link for link in self.soup.select("a[href]") if words in link.get_text(" ", strip=True)]
        assert found, (words, self.text[:600])
        return urljoin(self.address, found[0]["href"])

    def form(self, *names: str):
        """The form of the page that has these fields; the last one where there are several."""
        forms = [form for form in self.soup.select("main form") if form.get("method", "").lower() == "post"]
        fitting = [form for form in forms if all(form.find(attrs={"name": name}) for name in names)]
        return (fitting or forms)[-1]


def filled(form) -> dict:
    """What a browser sends of a form that nobody touched."""
    sent = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", "")
        if kind in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.name == "select":
            chosen = field.select("option[selected]") or field.select("option")[:1]
            sent[field["name"]] = [option.get("value", "") for option in chosen]
        elif field.name == "textarea":
            sent[field["name"]] = field.text.removeprefix("\n")
        elif kind not in ("file", "submit", "button"):
            sent[field["name"]] = field.get("value", "")
    return sent


class Person:
    """Somebody at a browser of their own; without a member an anonymous reader. They read English."""

    def __init__(self, member=None):
        self.client = Client()
        self.client.cookies["django_language"] = "en"
        if member is not None:
            self.client.force_login(member.user)

    def read(self, address: str, status: int = 200) -> Page:
        page = Page(self.client.get(address, follow=True), address)
        assert page.status == status, (address, page.status, page.text[:600])
        return page

    def send(self, address: str | Page, *, status: int = 200, **values) -> Page:
        """Open a page, fill in its form, send it, and look at what comes."""
        page = self.read(address) if isinstance(address, str) else address
        form = page.form(*values)
        target = urljoin(page.address, form.get("action") or "")
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = self.client.post(target, {**filled(form), **values}, follow=True)
        answer = Page(response, target)
        assert answer.status == status, (target, answer.status, answer.text[:1500])
        return answer
