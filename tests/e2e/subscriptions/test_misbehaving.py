"""A context broker whose notifications misbehave: the state that is held ends as the broker's all the same."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from harvesters.simulators.clock import started_at
from harvesters.simulators.misbehaving_notifications import MisbehavingNotifications
from harvesters.simulators.misbehaviour import NOTIFICATIONS, Misbehaviour, Orders, write_orders
from tests.e2e.subscriptions.broker import NOON, running
from tests.e2e.subscriptions.follower import containers, followed
from tests.e2e.subscriptions.held import levels, until
from tests.harvesting import store_at

KINDS = sorted(Misbehaviour, key=lambda kind: kind.value)
BROKEN = {Misbehaviour.MALFORMED, Misbehaviour.HUGE, Misbehaviour.TRUNCATED}


@pytest.mark.parametrize(("kind", "access"), [(kind, ("ngsi-ld", "ngsi-v2")[n % 2]) for n, kind in enumerate(KINDS)])
def test_the_state_ends_as_the_broker_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: Misbehaviour, access: str
) -> None:
    monkeypatch.setattr("harvesters.following._SOONEST_S", 0.0)
    monkeypatch.setattr("harvesters.simulators.misbehaving_notifications.PAUSE_S", 0.02)
    store, file = store_at(tmp_path, started_at(NOON)), tmp_path / "orders"
    with running(MisbehavingNotifications(Orders(file, seed=7)).tell) as broker:
        broker.fill("C1", 0.1)
        broker.fill("C2", 0.2)
        with followed(containers(tmp_path, broker.url, access), store):
            write_orders(file, [f"{NOTIFICATIONS}={kind.value}"])
            for step, level in ((1, 0.5), (2, 0.6)):
                broker.fill("C1", level, at=NOON + timedelta(minutes=step))
                assert broker.tell() == (kind not in BROKEN)
            if kind in BROKEN:
                until(lambda: levels(tmp_path, broker, store, access)["C1"] == Decimal("0.60"))
            write_orders(file, [])
            broker.fill("C2", 0.9, at=NOON + timedelta(minutes=3))
            assert broker.tell()
            until(lambda: levels(tmp_path, broker, store, access) == {"C1": Decimal("0.60"), "C2": Decimal("0.90")})
