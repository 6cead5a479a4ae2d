"""Start the demonstration's source systems: `python -m harvesters.simulators --territory DIR --home DIR`."""

import argparse
import asyncio
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path

import structlog

from eclor.world import SystemClock
from harvesters.simulators.misbehaviour import Misbehaviour, read_orders
from harvesters.simulators.run import Options, run

_HOW = "a system (ocpi, lamps, all) that misbehaves from the start: " + ", ".join(kind.value for kind in Misbehaviour)


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(prog="harvesters.simulators", description=__doc__)
    parser.add_argument("--territory", type=Path, required=True, help="folder that holds simulateurs/ and zones/")
    parser.add_argument("--home", type=Path, required=True, help="where the systems keep their state")
    parser.add_argument("--seed", type=int, default=1, help="same seed and same --now: same bytes")
    parser.add_argument("--now", type=_instant, help="the instant at which the clock starts (ISO 8601 with offset)")
    parser.add_argument("--fast-lamps", type=float, metavar="SECONDS", help="all the lamps speak once in that time")
    parser.add_argument("--misbehave", action="append", default=[], metavar="SYSTEM=HOW,HOW", type=_order, help=_HOW)
    given = parser.parse_args()
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    now = given.now or SystemClock().now()
    territory, home = given.territory.resolve(), given.home.resolve()
    asyncio.run(run(Options(territory, home, given.seed, now, given.fast_lamps, tuple(given.misbehave))))


def _order(text: str) -> str:
    try:
        read_orders([text])
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return text


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        message = "an offset is needed, such as Z or +01:00"
        raise argparse.ArgumentTypeError(message)
    return instant.astimezone(UTC)


if __name__ == "__main__":
    main()
