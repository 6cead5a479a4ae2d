"""A real Chromium on a real server. Every page opened here asks nothing of anybody else and writes no error."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from tests.browser.territory import settled
from tests.serving import server
from tests.unit.catalog.publish.released import Home

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
NAMES = ("google-chrome", "chromium", "chromium-browser")
AXE = Path("web/node_modules/axe-core/axe.min.js")
EVERYTHING: dict[str, object] = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WATCH = "addEventListener('securitypolicyviolation', (event) => console.error('CSP ' + event.violatedDirective))"


@dataclass
class Site:
    """A server on a home that goes on living."""

    home: Home
    address: str


@dataclass
class Visit:
    """One visitor's window, and all that went wrong in it."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def go(self, path: str) -> int:
        """Open a page; give its status."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer.status

    def faults(self) -> list[str]:
        """What axe finds, a line a rule."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("(only) => axe.run({runOnly: only}).then((all) => all.violations)", EVERYTHING)
        return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]

    def overflow(self) -> int:
        """How many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = settled(tmp_path_factory.mktemp("browsed"))
    with server(home.folder) as address:
        yield Site(home, address)
    home.catalog.engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: its loop would be in the way of asynchronous tests elsewhere."""
    named = os.environ.get("CHROMIUM_PATH") or next(filter(None, map(shutil.which, NAMES)), None)
    if named is None:
        pytest.skip("no Chromium on PATH: install one, or set CHROMIUM_PATH")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=named, args=list(FLAGS))
        yield made
        made.close()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Open a window of a width, a theme, with or without JavaScript; judged when the test ends."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def visit(*, width: int = 1280, theme: str = "light", script: bool = True) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=script,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            service_workers="block",
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        made = Visit(context.new_page(), site.address)
        visits.append(made)

        def judged(route: Route) -> None:
            url = route.request.url
            if url.startswith((site.address, "data:")):
                route.continue_()
            else:
                made.foreign.append(url)
                route.abort()

        context.route("**/*", judged)
        if script:
            context.add_init_script(WATCH)
        made.page.on("console", lambda said: made.errors.append(said.text) if said.type == "error" else None)
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        return made

    yield visit
    for context in contexts:
        context.close()
    for one in visits:
        assert one.foreign == []
        assert [error for error in one.errors if "status of 4" not in error] == []
