"""A day of the lamps, one message a minute each, replayed at speed through intake into a release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path

from anonymizers.places import read_zones
from charter.apply import apply
from charter.compile import Plan, compile_policy
from charter.held import Held
from charter.reader import read
from charter.territory import Territory, load
from eclor.engine.limits import Limits
from eclor.standing import allowed_fields
from eclor.world import FixedClock
from harvesters.declaration import read_declaration
from harvesters.raw_store import RawStore
from harvesters.simulators.fleet import make_fleet
from harvesters.simulators.misbehaving_lamps import MisbehavingLamps
from harvesters.simulators.misbehaviour import LAMPS, Orders, write_orders
from harvesters.simulators.parameters import read_parameters
from harvesters.simulators.speaker import Spoken
from harvesters.simulators.uplinks import Platform, intervals, make_platform, uplinks
from harvesters.source import Source
from harvesters.streaming import StreamIntake
from tests.harvesting import store_at

TERRITORY = Path(__file__).parents[1] / "policies" / "ccphva"
DAY = date(2026, 11, 17)
CLOCK = FixedClock(datetime.combine(DAY + timedelta(days=2), time(12), tzinfo=UTC))
SEED = 1
NOWHERE = {"simulateurs": "http://127.0.0.1:9", "courtier": "mqtt://127.0.0.1:9"}


@dataclass(frozen=True)
class Replay:
    """How a day comes in: `batch` messages at a time, the intake dying after so many batches, for another to go on."""

    batch: int
    dies_after: int


def minutely() -> Platform:
    """The demonstration's lamps, speaking each minute."""
    parameters = read_parameters(TERRITORY)
    lighting = parameters.lighting.model_copy(update={"interval_s": 60})
    fleet = make_fleet(parameters.model_copy(update={"lighting": lighting}), SEED)
    return make_platform(fleet, parameters.town, SEED)


def spoken(platform: Platform, minutes: range, *, lamps: int) -> Iterator[Spoken]:
    """What the first lamps say in these minutes of the day, oldest first."""
    for minute in intervals(DAY, platform)[minutes.start : minutes.stop]:
        for number, payload in enumerate(uplinks(platform, minute)[:lamps]):
            yield platform.fleet.topic(number), payload


def troubled(said: Iterable[Spoken], folder: Path) -> Iterator[Spoken]:
    """The same messages, one in three late, one in three twice."""
    orders = folder / "orders"
    write_orders(orders, [f"{LAMPS}=late,duplicate,slow"])
    lamps = MisbehavingLamps(Orders(orders, SEED), lambda _: None)
    last = None
    for last in said:
        yield from lamps.said([last])
    write_orders(orders, [])  # who behaves again says what is still held back
    yield from lamps.said([last] if last else [])


def released(home: Path, said: Iterable[Spoken], how: Replay) -> tuple[int, str]:
    """Take what is said as an intake does; return how many rows are held and the digest of the release."""
    home.mkdir()
    store, messages = store_at(home, CLOCK), iter(said)
    territory = load(TERRITORY / "charter")
    plan = compile_policy(read(TERRITORY / "politiques" / "eclairage-telemetrie.yaml"), territory, now=CLOCK.now())
    declared = read_declaration(TERRITORY / "sources" / "eclairage-plateforme.yaml", endpoints=NOWHERE)
    (flow,) = [flow for flow in declared if flow.access == "mqtt"]
    while _taken(flow, plan, store, messages=messages, how=how):
        pass
    return _release(plan, territory, store, flow=flow, scratch=home / "work")


def _taken(flow: Source, plan: Plan, store: RawStore, *, messages: Iterator[Spoken], how: Replay) -> bool:
    """Live one intake; say whether it died before the end: what it wrote ahead is found by the next."""
    with store.harvesting(flow), StreamIntake.of(flow, allowed_fields(plan), store=store) as intake:
        for _ in range(how.dies_after):
            batch = list(islice(messages, how.batch))
            for topic, payload in batch:
                intake.take(topic=topic, payload=payload)
            intake.commit()
            intake.seal_if_due()
            if len(batch) < how.batch:
                intake.seal()
                return False
    return True


def _release(plan: Plan, territory: Territory, store: RawStore, *, flow: Source, scratch: Path) -> tuple[int, str]:
    scratch.mkdir()
    raw = store.held(flow.dataset, flow.name)
    with store.opened(raw, into=scratch / "opened") as files:
        held = Held(raw, files, None, territory.catalogue, read_zones(TERRITORY / "zones"))
        release = apply(plan, held, world=store.world, limits=Limits(scratch, "1GB"))
        return raw.rows, sha256(release.rows.path.read_bytes()).hexdigest()
