"""One Chromium for all browser tests, without scripts unless a test asks for them, as an old phone would have it."""

import os

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.browser.world import build_world
from tests.databases import database_of_this_worker
from tests.engines import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """Playwright keeps an event loop in the thread of the tests, where Django would refuse its database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def built():
    """The world of this worker once it is built, and the database that holds it."""
    kept = {}
    yield kept
    if kept:
        kept["database"].remove(kept["name"])


@pytest.fixture
def world(live_server, transactional_db, built):
    """A neighbourhood, built by the first test that asks and copied for those after it."""
    if not built:
        database = database_of_this_worker()
        built |= {"world": build_world(), "database": database, "name": f"browser-{database.worker}"}
        connections.close_all()
        database.copy(database.worker, built["name"])
    else:
        connections.close_all()
        built["database"].copy(built["name"], built["database"].worker)
    return built["world"]


@pytest.fixture
def reader(browser, live_server):
    """`reader(width=360, user=None, size="", scripts=False)` is a page of somebody who looks at the live server.

    `page.faults` gathers what the console complained of and every request to another host.
    """
    contexts = []

    def open_page(*, width=360, user=None, size="", scripts=False):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 780},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        cookies = {"size": size} if size else {}
        if user:
            client = Client()
            client.force_login(user)
            cookies["sessionid"] = client.cookies["sessionid"].value
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        page = context.new_page()
        page.faults = []
        page.on("console", lambda message: message.type == "error" and page.faults.append(message.text))
        page.on("request", lambda request: request.url.startswith(live_server.url) or page.faults.append(request.url))
        return page

    yield open_page
    for context in contexts:
        context.close()
