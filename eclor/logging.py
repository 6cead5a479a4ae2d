"""Where logs go: JSON lines in a file while a terminal shows progress, standard error otherwise."""

import logging
import sys
from pathlib import Path
from typing import Any

import structlog


def log_to_file(file: Path) -> None:
    """Write this process's events to `file`, one JSON object a line, instants in UTC."""
    file.parent.mkdir(parents=True, exist_ok=True)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.dict_tracebacks,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(file=file.open("a", encoding="utf-8", buffering=1)),
        cache_logger_on_first_use=True,
    )
    # A walk under way when the next is due is done once: the flows tell what is late. A terminal has no use for it.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def log_to_stderr() -> None:
    """Write this process's warnings and errors to standard error: a command's answer is alone on standard output."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), logger_factory=_on_stderr)


def _on_stderr(*_: Any) -> structlog.PrintLogger:  # noqa: ANN401 - structlog passes whatever names a logger
    return structlog.PrintLogger(sys.stderr)
