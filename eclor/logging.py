"""Where logs go: to a file, as lines of JSON; an operator's command says its warnings on standard error.

A person's command speaks French, and events are English: none of them is shown on that person's terminal.
"""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import structlog

_JSON: Final = (
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.dict_tracebacks,
    structlog.processors.JSONRenderer(),
)


def log_to_file(file: Path) -> None:
    """Write this process's events to `file`, one JSON object a line, instants in UTC."""
    file.parent.mkdir(parents=True, exist_ok=True)
    structlog.configure(
        processors=list(_JSON),
        logger_factory=structlog.WriteLoggerFactory(file=file.open("a", encoding="utf-8", buffering=1)),
        cache_logger_on_first_use=True,
    )
    # A walk under way when the next is due is done once: the flows tell what is late. A terminal has no use for it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


@contextmanager
def logged_for_an_operator() -> Iterator[None]:
    """Write the warnings and errors of the block to standard error: its answer is alone on standard output."""
    warnings = structlog.make_filtering_bound_logger(logging.WARNING)
    with _configured(wrapper_class=warnings, logger_factory=lambda *_: structlog.PrintLogger(sys.stderr)):
        yield


@contextmanager
def logged_for_a_person(log: Callable[[], Path]) -> Iterator[None]:
    """Write the events of the block to the file that `log` names, if its folder is there; nothing to the terminal.

    What libraries say is dropped: it is English, and may hold what they read.
    """
    silence = logging.NullHandler()  # or Python's last resort writes their warnings to the terminal
    logging.getLogger().addHandler(silence)
    logging.captureWarnings(capture=True)
    try:
        with _configured(processors=list(_JSON), logger_factory=lambda *_: _Appending(log)):
            yield
    finally:
        logging.captureWarnings(capture=False)
        logging.getLogger().removeHandler(silence)


@contextmanager
def _configured(**how: Any) -> Iterator[None]:  # noqa: ANN401 - as structlog takes it
    before = structlog.get_config()
    structlog.configure(**how)
    try:
        yield
    finally:
        structlog.configure(**before)


class _Appending:
    """Opens its file for each event: most commands have none, and a home that keeps no logs stays as it is."""

    def __init__(self, log: Callable[[], Path]) -> None:
        self._log = log

    def msg(self, line: str) -> None:
        with suppress(OSError), self._log().open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    debug = info = warning = error = critical = exception = msg
