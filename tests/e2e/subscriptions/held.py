"""What a store holds of the containers, and waiting for it."""

import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

from eclor.errors import Busy, PayloadRefused
from harvesters.raw_store import RawStore
from tests.e2e.subscriptions.broker import Broker
from tests.e2e.subscriptions.follower import containers
from tests.harvesting import rows_of


def levels(tmp_path: Path, broker: Broker, store: RawStore, access: str = "ngsi-ld") -> dict[str, Decimal]:
    source = containers(tmp_path, broker.url, access)
    rows = rows_of(store.held(source.dataset, source.name), store, tmp_path / "work")
    assert len({row["code"] for row in rows}) == len(rows)
    assert set().union(*rows) == {"code", "niveau", "vu_a", "vu_a__ambigu"}
    return {str(row["code"]): row["niveau"] for row in rows}  # type: ignore[misc]


def until(condition: Callable[[], bool]) -> None:
    """Wait for it; a partition may be replaced as it is read."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.05)
        with suppress(Busy, PayloadRefused):
            if condition():
                return
    raise AssertionError("too long")
