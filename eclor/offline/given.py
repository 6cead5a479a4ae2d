"""All that an offline run is given, made ready for `charter.apply`: rows, earlier results, keys, reference tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from anonymizers.places import Zones, read_zones
from charter.compile import Plan
from charter.dimensions import dimensions_at, time_dimension
from charter.held import Held
from charter.ledger.store import LedgerStore
from charter.model import Policy
from charter.periods import EARLIEST, LATEST
from charter.territory import Territory
from charter.vocabulary import FieldType, Operation
from eclor.engine.limits import Engine, Limits
from eclor.errors import PayloadRefused
from eclor.offline.bundle import KEYS, SCRATCH
from eclor.offline.delivery import read_delivery
from eclor.offline.earlier import LEDGERS, carry_ledgers, memory_of, newest, read_previous
from eclor.offline.flow import BY_NAMES, AskedFlow, plain_flow
from eclor.offline.keys import read_keys
from eclor.sentences.doors import AS_DELIVERED
from eclor.settings import Settings
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from harvesters.scrutiny import Days, Scrutiny

LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a delivery without `--received` is held to have come: its delay has passed (LANGUAGE.md section 9, "Period")."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file of all rows now held, when it came, the earlier results, and the pseudonym keys to use again, if any.

    `read_as` says how the file is read.
    """

    data: Path
    received: datetime | None = None
    previous: Sequence[Path] = ()
    keys: Path | None = None
    read_as: AskedFlow = BY_NAMES


@dataclass(frozen=True, slots=True)
class Ready:
    """What a plan is applied to, in which world, within which limits; `ledger` is that of the result to come.

    `read_by` says in French by what the file was read, `hint` what would help where rows do not read, if anything;
    `odd` what is odd in the file and costs no row.
    """

    held: Held
    world: World
    limits: Limits
    ledger: LedgerStore
    read_by: str
    hint: str
    odd: Sequence[str]


def made_ready(
    given: Given, plan: Plan, territory: Territory, *, charter: Path, private: Path, run: tuple[datetime, Engine]
) -> Ready:
    """Read what is given into the folder `private`, which exists, is private and holds nothing yet; `run`: when, how.

    Plain rows are in its folder `SCRATCH`, which its maker removes. What stands beside the folder `charter` is used as
    in a territory: reference tables, and the declaration that a hint names. Refuses (`SettingsRefused`,
    `DeclarationRefused`, `PayloadRefused`) what cannot be read for sure.
    """
    now, engine = run
    dataset, differencing = plan.policy.dataset, plan.policy.guarantees.differencing
    compared = (dataset, *(differencing.compared_with if differencing else ()))
    results = read_previous(given.previous, dataset, compared)
    carry_ledgers(results, private)
    made = FileKeyRing(private / KEYS)
    ring = read_keys(given.keys, made=made) if given.keys else made
    world = World(FixedClock(now), SystemRandomness(), ring)
    scratch = private / SCRATCH
    scratch.mkdir(mode=0o700)
    flow = given.read_as.flow_of(plan) or plain_flow(given.data, plan.policy, scratch)
    hint = "" if given.read_as.declaration else _hint(charter, plan)
    scrutiny = scrutiny_of(plan.policy)
    try:
        raw, files = read_delivery(
            given.data, plan.policy, received=given.received or LONG_AGO, into=scratch, held_since=now, flow=flow,
            scrutiny=scrutiny,
        )  # fmt: skip
    except PayloadRefused as refusal:
        if refusal.code != "payload.no-file":
            refusal.add_note(hint)
        raise
    ledger = LedgerStore(private / LEDGERS, world)
    memory = memory_of(results, ledger, compared)
    held = Held(raw, files, newest(results, dataset), territory.catalogue, zones_beside(charter), memory)
    settings = Settings()
    limits = Limits(scratch / "work", settings.memory_limit, engine=engine, spark_master=settings.spark_master)
    odd = [warning.located() for warning in scrutiny.odd]
    return Ready(held, world, limits, ledger, flow.told, hint, odd)


def scrutiny_of(policy: Policy) -> Scrutiny:
    """Return what a file given for a policy is held to: nothing is made of columns that it removes."""
    unused = frozenset(field.name for field in policy.fields if field.treatment.operation is Operation.DROP)
    time = time_dimension(dimensions_at(policy, {}))
    is_dated = time is not None and time.field.type in (FieldType.DATE, FieldType.DATETIME)
    return Scrutiny(unused, {time.name: Days(EARLIEST, LATEST)} if time and is_dated else {})


def _hint(charter: Path, plan: Plan) -> str:
    """Name the declaration of the dataset's source that stands beside the voted files; nothing where none does."""
    file = charter.resolve().parent / "sources" / f"{plan.entry.source}.yaml"
    return AS_DELIVERED.format(file=file) if file.is_file() else ""


def zones_beside(charter: Path) -> Zones | None:
    """Return the reference tables that stand beside the voted files, as in a territory; none where there are none."""
    folder = charter.resolve().parent / "zones"
    return read_zones(folder) if folder.is_dir() else None
