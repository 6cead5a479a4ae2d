"""Claims: CKAN's catalogue actions on 12 datasets cost, beside the barest ASGI answer of the same run: `package_show`
at most 4 times as much when kept, 8 when made; `package_search` with three facets 14 when made.

The recorded CKAN spends 7.5 ms on `package_search` with three facets and 6.8 ms on `package_show`, on 12 datasets too
(contracts/ckan/measured.tsv). CPU of the server process alone, one client on one kept connection; nothing that is
called « made » is asked twice. `python -m benchmarks.ckan_catalogue [datasets]`.
"""

import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median

import uvicorn
from starlette.routing import BaseRoute

import api.routes.ckan as room
from api.app import create_app
from api.ckan.callers import Tokens
from api.ckan.model import About
from api.ckan.packages import group, organization, package
from api.ckan.site import Holdings
from api.links import Links
from api.parts import Parts
from benchmarks.serving import Server, free_port, running
from eclor.names import Slug
from eclor.settings import Settings
from tests.serving import SERIES, fill
from tests.unit.catalog.publish.released import Home

DATASETS = 12
ROUNDS = 9
ASKS = 200
FACETS = 'facet.field=["organization","tags","res_format"]'
Ask = Callable[[], None]
TARGETS = {
    "package_show, kept": (4.0, 6.8),
    "package_show, not modified": (4.0, 6.8),
    "package_show, made": (8.0, 6.8),
    "package_search, 3 facets, kept": (4.0, 7.5),
    "package_search, 3 facets, made": (14.0, 7.5),
}
"""Most, in barest answers; and CPU ms of the recorded CKAN."""
RAW = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})
"""


class Copies:
    """One served dataset under many names, as a source."""

    def __init__(self, parts: Parts, datasets: int) -> None:
        self.parts, self.datasets = parts, datasets
        self.made: Holdings | None = None

    async def held(self) -> Holdings:
        """Return them, made at the first asking."""
        if self.made is None:
            view, identity = await self.parts.shelf.dataset(SERIES), self.parts.identity
            links = Links(self.parts.settings.origin)
            views = [replace(view, slug=Slug(f"{SERIES}-{place}")) for place in range(self.datasets)]
            self.made = Holdings(
                mark=0,
                about=About(identity.name, "", "", self.parts.settings.origin),
                packages={one.slug: package(one, identity, links) for one in views},
                organizations=(organization(identity),),
                groups=(group(view.theme),),
            )
        return self.made


def serve(home: Path, port: int, datasets: int) -> None:
    """Serve the copies until stopped."""

    def routes(parts: Parts) -> list[BaseRoute]:
        tokens = Tokens(parts.shelf.engine, frozenset())
        return room.routes_over(parts, Copies(parts, datasets), tokens, room.drafting(parts))

    room.routes = routes
    served = create_app(Settings(home=home, PORT=port))
    uvicorn.run(served, port=port, loop="uvloop", http="httptools", access_log=False, log_level="warning")


def cost_ms(server: Server, ask: Callable[[], None]) -> float:
    """Return the CPU of one ask."""
    before = server.cpu_s()
    for _ in range(ASKS):
        ask()
    return (server.cpu_s() - before) * 1000 / ASKS


def asking(server: Server, address: str, status: int = 200, *, fresh: bool = False, **headers: str) -> Ask:
    """Return an ask; a fresh one never asks the same twice."""
    numbers = count()

    def ask() -> None:
        got, _, body = server.get(f"{address}&ext_n={next(numbers)}" if fresh else address, **headers)
        assert got == status, body

    return ask


def asks(server: Server) -> dict[str, Ask]:
    """Return what is asked, by its name."""
    show = f"/api/3/action/package_show?id={SERIES}-1"
    search = f"/api/3/action/package_search?rows=10&{FACETS}"
    etag = server.get(show)[1]["etag"]
    return {
        "package_show, kept": asking(server, show),
        "package_show, not modified": asking(server, show, 304, **{"If-None-Match": etag}),
        "package_show, made": asking(server, show, fresh=True),
        "package_search, 3 facets, kept": asking(server, search),
        "package_search, 3 facets, made": asking(server, search, fresh=True),
    }


def servers(stack: ExitStack, datasets: int) -> tuple[Server, Server]:
    """Start ours and the barest one."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    fill(Home(folder / "home")).catalog.engine.dispose()
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.ckan_catalogue", str(folder / "home"), str(port), str(datasets)]
    ours = stack.enter_context(running(command, port, path="/healthz"))
    (folder / "raw.py").write_text(RAW)
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "raw:app", "--app-dir", str(folder), "--port", str(port)]
    command += ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--lifespan", "off"]
    return ours, stack.enter_context(running(command, port, path="/"))


def main() -> int:
    """Measure in turns, print the median turn, and say whether the targets hold."""
    datasets = int(sys.argv[1]) if len(sys.argv) > 1 else DATASETS
    with ExitStack() as stack:
        ours, raw = servers(stack, datasets)
        asked, bare = asks(ours), asking(raw, "/")
        turns = [(cost_ms(raw, bare), {name: cost_ms(ours, ask) for name, ask in asked.items()}) for _ in range(ROUNDS)]
    least = median(turn for turn, _ in turns)
    print(f"{datasets} datasets; barest ASGI answer: {least:.3f} ms")
    broken = [name for name in asked if not _holds(name, median(turn[name] for _, turn in turns), least)]
    return int(bool(broken))


def _holds(name: str, cost: float, bare: float) -> bool:
    most, theirs = TARGETS[name]
    kept = cost / bare <= most
    said = "" if kept else "  BROKEN"
    print(
        f"{name:32} {cost:.3f} ms, {cost / bare:5.1f} barest (at most {most:.0f}), 1/{theirs / cost:.0f} of CKAN{said}"
    )
    return kept


if __name__ == "__main__":
    if len(sys.argv) == 4:  # a server of its own
        serve(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    else:
        raise SystemExit(main())
