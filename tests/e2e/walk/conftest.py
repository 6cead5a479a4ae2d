"""A house opened on a territory, with a clock that the test sets."""

import functools
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from eclor.house import House, open_house
from eclor.opening import open_demonstration
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemRandomness, World

ROOT = Path(__file__).parents[3]


@dataclass
class SetClock:
    """A clock that shows what it was set to."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@dataclass
class Site:
    """A house and its clock."""

    house: House
    clock: SetClock

    def at(self, instant: datetime) -> House:
        """Set the clock, and open what the demonstration opens then."""
        self.clock.instant = instant
        open_demonstration(self.house)
        return self.house


Opener = Callable[..., AbstractContextManager[Site]]


@contextmanager
def site(territory: Path, home: Path, *, endpoints: dict[str, str], instant: datetime) -> Iterator[Site]:
    randomness, clock = SystemRandomness(), SetClock(instant)
    world = World(clock, randomness, FileKeyRing(home / "keys", randomness))
    with open_house(Settings(territory=territory, home=home), endpoints=endpoints, world=world) as house:
        yield Site(house, clock)


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("ECLOR_SHARED", ROOT.parent / "shared"))
    if not (folder / "captures").is_dir():
        pytest.skip(f"no captures in {folder}: set ECLOR_SHARED")
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        return


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """A plain local server of files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
