"""Where logs go: JSON lines in a file while a terminal shows progress, standard error otherwise."""

from pathlib import Path

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
