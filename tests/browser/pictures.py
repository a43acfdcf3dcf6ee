"""Pictures of the sample district for docs/ and the guides: `python -m tests.browser.pictures`, or `make pictures`.

Loads the district into a folder of its own (LINLI_VAR names one that is kept), serves it, and saves the pages of SHOTS
as a phone and as a desk shows them: those of docs/screens.md into docs/images, those of the guides beside them. With
FOLDER all of them go there. PORT names the port, 8119 unless given.
"""

import http.client
import io
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
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
DOCS = ROOT / "docs"
TALLEST = {360: 1400, 1280: 1500}
COLOURS = 64


@dataclass(frozen=True)
class Shot:
    """A picture: its name, who looks (a user name; nobody: a reader), the way there, and the guide it belongs to.

    The way begins with an address; what follows are ends of links, or selectors of what is clicked.
    """

    name: str
    way: tuple[str, ...]
    who: str = ""
    guide: bool = False
    widths: tuple[int, ...] = WIDTHS


def guide(name: str, who: str, *way: str, width: int = 1280) -> Shot:
    return Shot(name, way, who, guide=True, widths=(width,))


PROJECT = ("/", "/linfeng/", "/projects/", ".card__title a")
ROAD = ("/", "/keyuan/", "/projects/", "a[href$='=done']", ".card__title a")
SHOTS = (
    Shot("front", ("/",)),
    Shot("community", ("/", "/linfeng/")),
    Shot("service", ("/", "/linfeng/", "/services/", "a.row")),
    Shot("notice", ("/", "/linfeng/", "/notices/", "a.row")),
    Shot("project", PROJECT),
    Shot("difference", (*ROAD, "/versions/", "-2/")),
    Shot("propose", ("/", "/linfeng/", "/projects/", "a[href$='/propose/']", ".buttons a.button")),
    Shot("decision", ("/desk/", "a.row[href*='/decide/']"), "baota-committee-1"),
    Shot("admin-home", ("/admin/",), "linfeng-officer"),
    Shot("admin-request", ("/admin/renovation/", "a:has-text('群众活动广场')"), "linfeng-officer"),
    guide("editor-home", "linfeng-editor", "/admin/"),
    guide("editor-notice", "linfeng-editor", "/admin/content/notices/new/"),
    guide("staff-home", "linfeng-officer", "/admin/"),
    guide("staff-request", "linfeng-officer", "/admin/renovation/", "a:has-text('群众活动广场')"),
    guide("supervisor-home", "dongcheng-supervisor", "/admin/"),
    guide("supervisor-requests", "dongcheng-supervisor", "/admin/renovation/"),
    guide("administrator-home", "district-admin", "/admin/"),
    guide("administrator-opening", "district-admin", "/admin/opening/"),
    guide("committee-inbox", "baota-committee-1", "/desk/", width=360),
    guide("committee-decision", "baota-committee-1", "/desk/", "a.row[href*='/decide/']", width=360),
    guide("grid-worker-inbox", "linfeng-grid", "/desk/", width=360),
    guide("grid-worker-propose", "linfeng-grid", "/desk/propose/linfeng/", width=360),
    guide("serving-duty", "linfeng-member-1", "/desk/duty/", width=360),
    guide("serving-log", "linfeng-member-1", "/desk/duty/", "a.row", width=360),
)


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


def target_of(shot: Shot, width: int, folder: Path | None) -> Path:
    """Where the picture belongs."""
    if folder is not None:
        return folder / f"{shot.name}-{width}.png"
    if shot.guide:
        return DOCS / "guides" / "images" / f"{shot.name}.png"
    return DOCS / "images" / f"{shot.name}-{width}.png"


def sign_in(page: Page, name: str) -> None:
    page.goto("/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    follow(page.locator("main form button.button"))


def walk(page: Page, way: tuple[str, ...]) -> None:
    """From an address, link by link."""
    page.goto(way[0])
    for step in way[1:]:
        follow(page.locator(f"main a[href$='{step}']" if step.endswith("/") else f"main {step}").first)


def save(page: Page, path: Path, width: int) -> None:
    """The page as far as a reader looks, in a few colours: a third of the size, and nobody sees the difference."""
    page.evaluate(LOAD_PHOTOS)
    page.wait_for_load_state("networkidle")
    height = min(TALLEST[width], page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": height})
    shot = Image.open(io.BytesIO(page.screenshot()))
    path.parent.mkdir(parents=True, exist_ok=True)
    shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def take(browser, address: str, shots: list[Shot], width: int, folder: Path | None) -> None:
    """All pictures that one person has of one width."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    if shots[0].who:
        sign_in(page, shots[0].who)
    for shot in shots:
        page.set_viewport_size({"width": width, "height": 800})
        walk(page, shot.way)
        save(page, target_of(shot, width, folder), width)
        print(f"  {shot.name} {width}", flush=True)
    context.close()


def main(folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as passing:
        var = os.environ.get("LINLI_VAR", passing)
        with demo_server(int(os.environ.get("PORT", "8119")), var) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            for width in WIDTHS:
                for who in dict.fromkeys(shot.who for shot in SHOTS):
                    shots = [shot for shot in SHOTS if shot.who == who and width in shot.widths]
                    if shots:
                        take(browser, address, shots, width, folder)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
