"""What every page must stand in a browser: accessibility by axe, no overflow, targets that a finger hits."""

from axe_playwright_python.sync_playwright import Axe

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
SMALL_TARGETS = """smallest => [
    ...document.querySelectorAll('a, button, summary, input, select, textarea, .choice label')
  ].filter(one => one.offsetParent && !one.closest(
    'p a, .prose a, .skip, .trap, input[type=radio], input[type=checkbox]'))
  .filter(one => one.getBoundingClientRect().height < smallest || one.getBoundingClientRect().width < smallest)
  .map(one => one.outerHTML.slice(0, 90))"""


def follow(locator):
    """Click what leads to another page, and wait until that page stands."""
    with locator.page.expect_navigation():
        locator.click()


def violations(page, *, contrast_of_seven=False):
    """What axe finds, as readable lines. Needs scripts."""
    rules = AXE["rules"] | {"color-contrast-enhanced": {"enabled": contrast_of_seven}}
    found = Axe().run(page, options=AXE | {"rules": rules}).response["violations"]
    return [f"{fault['id']}: {node['html'][:120]}" for fault in found for node in fault["nodes"]]


def overflow(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - window.innerWidth")


def small_targets(page, smallest=44):
    """Links and controls, outside running text, that a finger would miss."""
    return page.evaluate(SMALL_TARGETS, smallest)
