"""Pictures of the key pages of the sample district, for people to look at: `python -m tests.browser.pictures FOLDER`.

Loads the district into a folder of its own (LINLI_VAR names one that is kept), serves it, and saves every page as a
phone and as a desk shows it. PORT names the port, 8119 unless given.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.checks import follow
from tests.engines import chromium

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "sample-district"  # noqa: S105
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTHS = (360, 1280)
PATIENCE = 60
LOAD_PHOTOS = """() => Promise.all([...document.images].map(photo => {
  photo.loading = 'eager'
  return photo.decode().catch(() => null)
}))"""
# Name → the links to follow from the front page: the end of an address, or a part of a selector.
PUBLIC = {
    "front": [],
    "area": ["/linfeng/", "/xingguo/"],
    "community": ["/linfeng/"],
    "services": ["/linfeng/", "/services/"],
    "service": ["/linfeng/", "/services/", "a.row"],
    "notices": ["/linfeng/", "/notices/"],
    "notice": ["/linfeng/", "/notices/", "a.row"],
    "projects": ["/linfeng/", "/projects/"],
    "project": ["/linfeng/", "/projects/", ".card__title a"],
    "log": ["/linfeng/", "/projects/", ".card__title a", "/log/"],
    "versions": ["/linfeng/", "/projects/", ".card__title a", "/versions/"],
    "road": ["/keyuan/", "/projects/", "a[href$='=done']", ".card__title a"],
    "road-versions": ["/keyuan/", "/projects/", "a[href$='=done']", ".card__title a", "/versions/"],
    "road-difference": ["/keyuan/", "/projects/", "a[href$='=done']", ".card__title a", "/versions/", "-2/"],
}


def environment(var: str) -> dict[str, str]:
    given = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "LINLI_VAR": var, "DEMO_PASSWORD": PASSWORD}
    return {**os.environ, **given}


@contextmanager
def demo_server(port: int, var: str):
    """The address of the sample district while it is served."""
    commands = (["migrate", "--verbosity=0"], ["load_demo"], ["collectstatic", "--noinput", "--verbosity=0"])
    for command in commands:
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment(var), check=True)
    bind = ["--config", "cms/gunicorn.py", "--bind", f"127.0.0.1:{port}", "cms.wsgi"]
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", *bind], cwd=ROOT, env=environment(var))
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/")
            return
        except OSError:
            time.sleep(0.3)
        finally:
            connection.close()
    raise SystemExit(f"Nothing answers on port {port}.")


def walk(page: Page, steps: list[str]) -> None:
    """From the front page, link by link."""
    page.goto("/")
    for step in steps:
        follow(page.locator(f"main a[href$='{step}']" if step.endswith("/") else f"main {step}").first)


def sign_in(page: Page, name: str) -> None:
    page.goto("/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form button.button"))


def desk(page: Page):
    """(name, what to do to see it) of the desk's screens, in the order of the journey."""
    yield "sign-in", lambda: page.goto("/desk/")
    yield "inbox", lambda: sign_in(page, "baota-committee-1")
    yield "decision", lambda: follow(page.locator("a.row[href*='/decide/']").first)
    yield "check", lambda: choose(page)
    yield "404", lambda: page.goto("/desk/nothing/")


def site(page: Page):
    yield "site-inbox", lambda: sign_in(page, "linfeng-member-1")
    yield "duty", lambda: page.goto("/desk/duty/")
    yield "site-log", lambda: follow(page.locator("main a.row").first)
    yield "site-errors", lambda: follow(page.locator("main form button.button").first)


def choose(page: Page) -> None:
    page.locator("input[name=choice][value=agree]").check()
    follow(page.locator("main form button.button").first)


def take(browser, address: str, folder: Path, width: int) -> None:
    """All pictures of one width."""

    def open_page() -> Page:
        context = browser.new_context(
            base_url=address, viewport={"width": width, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def save(page: Page, name: str) -> None:
        page.evaluate(LOAD_PHOTOS)
        page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)

    reader = open_page()
    for name, steps in PUBLIC.items():
        walk(reader, steps)
        save(reader, name)
    for screens in (desk, site):
        page = open_page()
        for name, go in screens(page):
            go()
            save(page, f"desk-{name}")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as passing:
        var = os.environ.get("LINLI_VAR", passing)
        with demo_server(int(os.environ.get("PORT", "8119")), var) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            for width in WIDTHS:
                take(browser, address, folder, width)
            browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Name a folder: python -m tests.browser.pictures FOLDER")
    main(Path(sys.argv[1]))
