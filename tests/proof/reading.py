"""What a browser would find on a page: links to follow and forms to send. Fast, since thousands of pages are read."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

CONTROLS = {"input", "select", "textarea", "button"}


@dataclass
class Control:
    """One control of a form. `values` are what it offers (choices) or, for others, what it holds."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    """`action` is a path with its query, resolved against the page on which the form stands."""

    method: str
    action: str
    controls: dict[str, Control] = field(default_factory=dict)
    is_file: bool = False

    def sent(self) -> dict[str, list[str]]:
        """What a browser sends when nobody touches anything; buttons and files are left out."""
        kinds = ("submit", "file", "button", "image", "reset")
        return {name: list(one.chosen) for name, one in self.controls.items() if one.kind not in kinds and one.chosen}


@dataclass
class Found:
    links: list[str]
    forms: list[Form]
    has_live_marker: bool = False


def read(html: str, path: str) -> Found:
    """Links and forms of a page that was fetched from `path`; other hosts are left out."""
    reader = _Reader(path)
    reader.feed(html)
    reader.close()
    return Found(list(dict.fromkeys(reader.links)), reader.forms)


class _Reader(HTMLParser):
    def __init__(self, path: str):
        super().__init__(convert_charrefs=True)
        self.path, self.links, self.forms = path, [], []
        self.form = self.select = self.textarea = None
        self.text = ""

    def place(self, address: str) -> str | None:
        whole = urlsplit(urljoin(f"http://testserver{self.path}", address))
        if whole.scheme not in ("http", "https") or whole.netloc != "testserver":
            return None
        return whole.path + (f"?{whole.query}" if whole.query else "")

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag in ("a", "area") and given.get("href") and "download" not in given:
            self.links += filter(None, [self.place(given["href"])])
        elif tag == "form":
            action = self.place(given.get("action") or self.path)
            multipart = "multipart" in given.get("enctype", "")
            self.form = Form(given.get("method", "get").lower(), action or "", is_file=multipart)
            if action:
                self.forms.append(self.form)
        elif tag == "option" and self.select:
            self.option(given)
        elif tag in CONTROLS and given.get("name") and self.form is not None and "disabled" not in given:
            self.control(tag, given)

    def control(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text" if tag == "input" else "submit").lower() if tag in ("input", "button") else tag
        one = self.form.controls.setdefault(given["name"], Control(given["name"], kind))
        if kind in ("radio", "checkbox", "submit"):
            one.values.append(given.get("value", "on"))
            if "checked" in given:
                one.chosen.append(given.get("value", "on"))
        elif tag == "input":
            one.chosen.append(given.get("value", ""))
        elif tag == "select":
            self.select = one
        elif tag == "textarea":
            self.textarea, self.text = one, ""

    def option(self, given: dict[str, str]) -> None:
        self.select.values.append(given.get("value", ""))
        if "selected" in given or len(self.select.values) == 1:
            self.select.chosen = [given.get("value", "")]

    def handle_data(self, data):
        if self.textarea:
            self.text += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            self.textarea.chosen.append(self.text.removeprefix("\n"))
            self.textarea = None
