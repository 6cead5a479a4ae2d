"""What the routes are made of: opened once by `create_app`, passed down, never found by import."""

from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from api.answers import Answers
from api.comparisons import Comparisons
from api.finder import Finder
from api.live import Broadcast
from api.makings import Makings
from api.moments import Moments
from api.problem import Problem
from api.row_files import RowFiles
from api.sandbox import Sandbox
from api.scans import Scans
from api.shelf import Shelf
from api.words import Words
from eclor.identity import Identity
from eclor.settings import Settings

ErrorPage = Callable[[Request, Problem], Response]
"""Makes the page that a browser gets for a problem."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one worker: settings and identity, the metadata, the rows, prepared answers, the live broadcast.

    `error_page` is None until pages are there: problems are then JSON for all.
    """

    settings: Settings
    identity: Identity
    shelf: Shelf
    rows: RowFiles
    scans: Scans
    answers: Answers
    finder: Finder
    broadcast: Broadcast
    makings: Makings
    moments: Moments
    words: Words
    error_page: ErrorPage | None = None
    comparisons: Comparisons = field(default_factory=Comparisons)
    sandbox: Sandbox = field(default_factory=Sandbox)
