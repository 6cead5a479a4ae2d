"""eclor apply: a policy applied to a file of all rows now held; the result is a folder, written whole or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer

from anonymizers.places import Zones, read_zones
from charter.apply import Held, NothingToPublish, Release
from charter.apply import apply as apply_plan
from charter.compile import Plan, compile_policy
from charter.ledger.store import LedgerStore
from charter.reader import read
from charter.territory import load
from eclor.engine.limits import Engine, Limits
from eclor.errors import EclorError, GuaranteeBroken, PolicyRefusals, SettingsRefused
from eclor.logging import log_to_stderr
from eclor.offline.bundle import KEYS, PRIVATE, SCRATCH, bundle, write_results
from eclor.offline.delivery import read_delivery
from eclor.offline.earlier import LEDGERS, carry_ledgers, memory_of, newest, read_previous
from eclor.offline.keys import read_keys
from eclor.settings import Settings
from eclor.world import FileKeyRing, FixedClock, SystemClock, SystemRandomness, World

REFUSED: Final = "Refusé."
DONE: Final = "Appliqué."
SET_ASIDE: Final = "Avertissement : lignes écartées, {aside} sur {rows} : un type ou une heure ne se lit pas."
"""What is said of rows that were refused one by one; the journal of the run names the columns."""
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""When a delivery without `--received` is held to have come: its delay has passed (LANGUAGE.md section 9, "Period")."""

_PARIS: Final = ZoneInfo("Europe/Paris")


def apply(  # noqa: PLR0913 - one option of the command a parameter, as interfaces name them
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The policy.")],
    charter: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Folder of charte-socle, roles and catalogue.")
    ],
    data: Annotated[Path, typer.Option("--input", help="All rows now held: CSV, NDJSON or Parquet, by its ending.")],
    out: Annotated[Path, typer.Option(help="Folder to make: release.csv, release.parquet, proof.json, private/.")],
    *,
    engine: Annotated[str, typer.Option(help="duckdb or spark; ECLOR_ENGINE by default.")] = "",
    previous: Annotated[
        list[Path] | None, typer.Option(help="An earlier result, with its private/. May be said several times.")
    ] = None,
    keys: Annotated[Path | None, typer.Option(help="Pseudonym keys to use again; new ones are made otherwise.")] = None,
    received: Annotated[str, typer.Option(help="When the data came, ISO 8601; long ago by default.")] = "",
    now: Annotated[str, typer.Option(help="The instant to apply at, ISO 8601; the clock by default.")] = "",
) -> None:
    """Compile FILE and apply it to a file of rows; signatures are not asked, and the proof says so.

    Messages are in French on stderr. Exit 0 with the folder written whole, 1 with nothing written.
    """
    log_to_stderr()
    try:
        with bundle(out) as folder:
            at = _instant(now, "--now") or SystemClock().now()
            run = _Offline(charter, data, folder, now=at, engine=_engine(engine))
            came = _instant(received, "--received")
            release, plan, ledger = run.applied(file, keys=keys, received=came, previous=previous or [])
            _refuse_without_a_cell(release)
            write_results(folder, release, plan, ledger=ledger)
    except PolicyRefusals as refused:
        raise _refusal(*(refusal.located() for refusal in refused.refusals)) from refused
    except NothingToPublish as waiting:
        raise _refusal(_waiting(waiting)) from waiting
    except EclorError as refused:
        raise _refusal(refused.located()) from refused
    typer.echo(DONE)


@dataclass(frozen=True, slots=True)
class _Offline:
    """One offline run: what it is judged by, what it reads, the folder that it fills, its instant, its engine."""

    charter: Path
    data: Path
    folder: Path
    now: datetime
    engine: Engine

    def applied(
        self, file: Path, *, keys: Path | None, received: datetime | None, previous: list[Path]
    ) -> tuple[Release, Plan, LedgerStore]:
        """Compile, read, apply; the scratch folder is private and goes when the results were copied out of it."""
        territory = load(self.charter)
        plan = compile_policy(read(file), territory, now=self.now)
        dataset, differencing = plan.policy.dataset, plan.policy.guarantees.differencing
        compared = (dataset, *(differencing.compared_with if differencing else ()))
        results = read_previous(previous, dataset, compared)
        carry_ledgers(results, self.folder / PRIVATE)
        made = FileKeyRing(self.folder / PRIVATE / KEYS)
        ring = read_keys(keys, made=made) if keys else made
        world = World(FixedClock(self.now), SystemRandomness(), ring)
        scratch = self.folder / PRIVATE / SCRATCH
        scratch.mkdir(mode=0o700)
        received = received or LONG_AGO
        raw, files = read_delivery(self.data, plan.policy, received=received, into=scratch, held_since=self.now)
        ledger = LedgerStore(self.folder / PRIVATE / LEDGERS, world)
        memory = memory_of(results, ledger, compared)
        if aside := raw.counts.refused + raw.counts.quarantined:
            typer.echo(SET_ASIDE.format(aside=aside, rows=raw.counts.rows), err=True)
        held = Held(raw, files, newest(results, dataset), territory.catalogue, self._zones(), memory)
        settings = Settings()
        limits = Limits(scratch / "work", settings.memory_limit, engine=self.engine, spark_master=settings.spark_master)
        return apply_plan(plan, held, world=world, limits=limits), plan, ledger

    def _zones(self) -> Zones | None:
        """Return the reference tables that stand beside the voted files, as in a territory."""
        folder = self.charter.resolve().parent / "zones"
        return read_zones(folder) if folder.is_dir() else None


def _engine(name: str) -> Engine:
    try:
        return Engine(name) if name else Settings().engine
    except ValueError as error:
        raise SettingsRefused("apply.no-engine", engine=name) from error


def _instant(text: str, option: str) -> datetime | None:
    """Read an ISO 8601 instant; one without an offset is local time in Paris."""
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=_PARIS)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise SettingsRefused("apply.no-instant", option=option) from error


def _refuse_without_a_cell(release: Release) -> None:
    """Refuse a table of which every cell is masked: it would say nothing but that someone is there."""
    if release.figures.cells and release.figures.masked == release.figures.cells:
        raise GuaranteeBroken("release.nothing-shown", dataset=release.dataset)


def _waiting(waiting: NothingToPublish) -> str:
    refusal = SettingsRefused("apply.nothing-new", dataset=waiting.dataset)
    if waiting.next_close is not None:
        closes = waiting.next_close.astimezone(_PARIS).isoformat(timespec="minutes")
        refusal = SettingsRefused("apply.not-yet", dataset=waiting.dataset, closes=closes)
    return refusal.located()


def _refusal(*messages: str) -> typer.Exit:
    for message in messages:
        typer.echo(message, err=True)
    typer.echo(REFUSED)
    return typer.Exit(1)
