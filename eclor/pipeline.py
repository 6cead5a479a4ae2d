"""The walk of one dataset through the six doors, one line a door; and how it ended, on record whatever happens."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError

from catalog.copies import make_copies
from catalog.database import reading, writing
from catalog.dossier import Dossier
from catalog.flows import is_mute
from catalog.gates.received_columns import received_columns
from catalog.gates.waivers import Waivers
from catalog.models import WalkRow
from catalog.notes import PARIS
from catalog.proof import ProofBody
from catalog.publish import CatalogEntry, Unchanged, publish
from catalog.reading import current_version, last_walk
from catalog.received import Judge, judge_received
from catalog.registry import declare, known_fingerprint, record_walk
from catalog.validate import ValidatedRelease, former_of_version, validate, warnings_of
from catalog.versions import too_soon
from catalog.workspace import disk_refusals, lacks_room, lets_nobody_write
from charter.adoption import ADOPTIONS
from charter.allow_list import refuse_other_columns
from charter.apply import Release, apply
from charter.closed import last_closed
from charter.compile import Plan
from charter.held import Held, NothingToPublish
from charter.ledger.memory import Memory
from charter.periods import local_date
from eclor.collection import Collected, collect
from eclor.engine.limits import Limits
from eclor.errors import (
    Busy,
    DeclarationRefused,
    EclorError,
    GateRefused,
    GuaranteeBroken,
    PolicyRefusals,
    PublicationFailed,
    SourceUnavailable,
)
from eclor.house import House
from eclor.lifting import waivers_of
from eclor.names import Slug
from eclor.remembering import entering, former_of, memory_of, past_of, refuse_unlisted_live
from eclor.retention.clock import refuse_leapt
from eclor.retention.minutes import FOLDER
from eclor.retention.stops import refuse_overdue, refuse_stopped
from eclor.reviewing import reviews_of
from eclor.rights.hiding import withdraw_hidden
from eclor.standing import NotBegun, plan_in_force, terms_of
from harvesters.intake import RawDataset

log = structlog.get_logger()


@dataclass(slots=True)
class Walk:
    """One walk and its outcome; figures are for the run's table and the internal record."""

    dataset: Slug
    started_at: datetime
    outcome: str = "failed"
    """`published`, `unchanged`, `waiting`, `paused`, `refused`, `unavailable`, `failed` (see `WalkRow`)."""
    door: str = ""
    rows_in: int = 0
    rows_out: int = 0
    masked: int = 0
    version: int | None = None
    message_fr: str = ""
    message_en: str = ""
    honest: bool = False
    """A refusal that is itself the result: the thresholds leave nothing to publish."""
    source_mute: bool = False
    """The walk ended because a source cannot be reached: a state of that source, not a failure of the run."""
    collected: Collected = field(default_factory=Collected)
    internal: dict[str, object] = field(default_factory=dict)
    told: dict[str, object] = field(default_factory=dict)
    """What anybody may read (see `WalkRow`)."""

    @property
    def failed(self) -> bool:
        """Say whether it failed though it was expected to publish."""
        ended_badly = self.outcome in {"refused", "failed", "unavailable"}
        return ended_badly and not self.honest and not self.source_mute


class _NothingNew(Exception):
    """What stands is what would be published: same rows, same plan, same closed periods."""


def walk(dataset: Slug, house: House, *, run_id: str, at_door: Callable[[str], None]) -> Walk:
    """Walk a dataset through the doors; `at_door` is told each door's name. Never raises for one dataset's fault."""
    done = Walk(dataset, house.world.clock.now())

    def enter(door: str) -> None:
        done.door = door
        at_door(door)

    with structlog.contextvars.bound_contextvars(run_id=run_id, dataset=dataset):
        _walled(done, house, enter=enter)
        if done.collected.nobody_asked and done.outcome in {"unchanged", "waiting"}:
            done.outcome = "paused"
        _record(done, house, run_id=run_id)
        _withdraw(done, house)
        _copy(done, house)
        log.info("walk.ended", outcome=done.outcome, door=done.door, rows_in=done.rows_in, rows_out=done.rows_out)
    return done


def _walled(done: Walk, house: House, *, enter: Callable[[str], None]) -> None:
    """A wall: a refusal is told with its door's name, a bug becomes a failure of this dataset alone."""
    try:
        _through(done, house, enter=enter)
    except _NothingNew:
        _unchanged(done, house)
    except NothingToPublish as waiting:
        _waiting(done, _when(waiting), house)
    except NotBegun as waiting:
        _waiting(done, waiting, house)
    except PolicyRefusals as several:
        _refused(done, several.refusals)
    except EclorError as refusal:
        _refused(done, [refusal])
    except Exception as failure:  # noqa: BLE001 - a wall: whatever it is is told
        _failed(done, failure)


def _failed(done: Walk, failure: Exception) -> None:
    """Tell what the disk did not take as what it is, anything else as a fault of ours."""
    if lacks_room(failure):
        _refused(done, [PublicationFailed("catalog.no-room", what=done.dataset)])
    elif lets_nobody_write(failure):
        log.warning("walk.not_written", door=done.door, cause=str(failure))
        _refused(done, [PublicationFailed("catalog.not-written", what=done.dataset)])
    else:
        log.error("walk.failed", door=done.door, exc_info=failure)
        _refused(done, [EclorError("run.failed", door=done.door, kind=type(failure).__name__)])


def _through(done: Walk, house: House, *, enter: Callable[[str], None]) -> None:
    enter("compile")
    _check_clock(done, house)
    if done.dataset not in house.declarations:
        raise DeclarationRefused("territory.no-dataset", dataset=done.dataset)
    plan = plan_in_force(done.dataset, house)
    refuse_unlisted_live(plan, house)
    refuse_stopped(done.dataset, house)
    with ExitStack() as reading_held:
        reading_held.enter_context(house.store.reading(done.dataset, house.flows(done.dataset)[0].name))
        _from_harvest(done, plan, house, enter=enter, all_read=reading_held.close)


def _from_harvest(
    done: Walk, plan: Plan, house: House, *, enter: Callable[[str], None], all_read: Callable[[], None]
) -> None:
    """Walk on from the harvest; `all_read` is called once nothing more is asked of what is held."""
    enter("harvest")
    raw = collect(plan, house, done.collected)
    refuse_overdue(raw, plan.policy, house)
    done.rows_in = raw.rows
    _skip_if_known(done, plan, raw, house)
    enter("apply")
    memory = memory_of(plan, past_of(house))
    with house.run_folder() as folder:
        release, waivers = _release(plan, raw, house, memory=memory, folder=folder)
        enter("validate")
        validated = _validated(release, plan, house, waivers)
        done.internal |= warnings_of(validated)
        enter("publish")
        entered = entering(release, raw, memory, plan, house)

        def before_naming(body: ProofBody) -> None:
            entered(body)
            all_read()

        entry = _published(validated, plan, house, before_naming=before_naming)
    if isinstance(entry, Unchanged):
        raise _NothingNew
    done.outcome, done.door, done.version = "published", "", int(entry.version)
    done.rows_out, done.masked = release.figures.cells, release.figures.masked
    done.internal |= dict(release.figures.report({file.name: file.sha256 for file in entry.files}))


def _release(
    plan: Plan, raw: RawDataset, house: House, *, memory: Memory | None, folder: Path
) -> tuple[Release, Waivers]:
    """Apply the plan to what was received, once the gate has judged that; return the DPO's waivers with it."""
    settings = house.settings
    limits = Limits(folder, settings.memory_limit, engine=settings.engine, spark_master=settings.spark_master)
    former = former_of(plan, past_of(house))
    refuse_other_columns(plan.policy, raw)  # or the gate would stop on one that is missing, and not say so
    with house.store.opened(raw, into=house.scratch / "opened") as files:
        columns = received_columns(plan, house.declarations[raw.dataset])
        judge = Judge(house.gates, raw.dataset, columns, waivers_of(raw.dataset, house), house.cleared)
        waivers = judge_received(raw, files, judge)
        reviews = reviews_of(raw.dataset, house)
        held = Held(raw, files, former, house.territory.catalogue, house.zones, memory, reviews)
        return apply(plan, held, world=house.world, limits=limits), waivers


def _validated(release: Release, plan: Plan, house: House, waivers: Waivers) -> ValidatedRelease:
    """Pass the gates, beside the version that is served now."""
    with reading(house.catalog.engine) as session:
        served = current_version(session, release.dataset)
    former = former_of_version(house.catalog.published, served) if served else None
    declaration = house.declarations[release.dataset]
    return validate(release, declaration=declaration, plan=plan, gates=house.gates, waivers=waivers, former=former)


def _published(
    validated: ValidatedRelease, plan: Plan, house: House, *, before_naming: Callable[[ProofBody], None]
) -> CatalogEntry | Unchanged:
    return publish(
        validated,
        plan=plan,
        declaration=house.declarations[validated.release.dataset],
        dossier=_dossier(plan, house),
        catalog=house.catalog,
        world=house.world,
        publisher=house.identity.publisher,
        before_naming=before_naming,
    )


def _check_clock(done: Walk, house: House) -> None:
    with reading(house.catalog.engine) as session:
        last = last_walk(session, done.dataset)
    if last is not None and last.started_at > done.started_at:
        raise EclorError("run.clock-went-back", last=last.started_at.isoformat(timespec="seconds"))
    refuse_leapt(house.settings.home / FOLDER, house.world)


def _skip_if_known(done: Walk, plan: Plan, raw: RawDataset, house: House) -> None:
    """Stop here if nothing that decides a version changed since the last walk, or a live state may not change yet."""
    done.internal["fingerprint"] = _fingerprint(plan, raw, house)
    with reading(house.catalog.engine) as session:
        current = current_version(session, done.dataset)
        known = known_fingerprint(session, done.dataset)
    if current is not None and known == done.internal["fingerprint"]:
        raise _NothingNew
    if too_soon(current, plan, now=house.world.clock.now()):
        done.internal["fingerprint"] = known
        raise _NothingNew


def _fingerprint(plan: Plan, raw: RawDataset, house: House) -> str:
    now = house.world.clock.now()
    closed = [last_closed(plan.policy, now=now) or "", local_date(now).isoformat()]
    held = [partition.stands_for for partition in raw.partitions]
    reviews = sorted(reviews_of(raw.dataset, house).decided.items())
    said = [plan.digest, held, closed, *([reviews] if reviews else [])]
    return sha256(json.dumps(said).encode()).hexdigest()


def _when(waiting: NothingToPublish) -> EclorError:
    if waiting.next_close is None:
        return EclorError("run.no-period")
    return EclorError("run.period-open", day=f"{waiting.next_close.astimezone(PARIS):%Y-%m-%d %H:%M}")


def _dossier(plan: Plan, house: House) -> Dossier:
    dataset, charter = Slug(plan.policy.dataset), house.settings.territory / "charter"
    return Dossier(
        policy=house.policies[dataset].read_bytes(),
        acts=house.acts(dataset).read_bytes(),
        charter=(charter / "charte-socle.yaml").read_bytes(),
        roles=(charter / "roles.yaml").read_bytes(),
        catalogue=house.territory.entry_form(plan.policy.dataset),
        source_digest=house.flows(dataset)[0].digest,
        adoptions=(house.settings.home / "acts" / ADOPTIONS).read_bytes(),
    )


def _refused(done: Walk, refusals: Sequence[EclorError]) -> None:
    first = refusals[0]
    if isinstance(first, GateRefused):
        done.internal |= {"gates": dict(first.internal)}
    done.honest = isinstance(first, GuaranteeBroken)
    if first.code == "run.failed":
        done.outcome = "failed"
    else:
        done.outcome = "unavailable" if isinstance(first, SourceUnavailable | Busy) else "refused"
    done.source_mute = isinstance(first, SourceUnavailable) and is_mute(first.code)
    done.message_fr = "\n".join(refusal.located() for refusal in refusals)
    done.message_en = "\n".join(str(refusal) for refusal in refusals)
    done.told = {"reason": "\n".join(refusal.told_french() for refusal in refusals), "refusal": first.told()}


def _waiting(done: Walk, said: EclorError, house: House) -> None:
    _unchanged(done, house)
    done.outcome = "waiting" if done.version is None else "unchanged"
    done.message_fr, done.message_en = said.french(), said.english()
    done.told = {"reason": said.french()}


def _unchanged(done: Walk, house: House) -> None:
    done.outcome, done.door = "unchanged", ""
    with reading(house.catalog.engine) as session:
        current = current_version(session, done.dataset)
    if current is not None:
        done.version, done.rows_out, done.masked = current.number, current.rows, current.masked


def _record(done: Walk, house: House, *, run_id: str) -> None:
    """Record how a walk ended; a disk too full even for that is logged, as the version that stands is not touched."""
    now = house.world.clock.now()
    walked = WalkRow(
        run_id=run_id,
        dataset=done.dataset,
        started_at=done.started_at,
        ended_at=now,
        outcome=done.outcome,
        door=done.door,
        version=done.version,
        message_fr=done.message_fr,
        message_en=done.message_en,
        internal=done.internal,
        told=done.told | ({"mute": done.collected.mute} if done.collected.mute else {}),
    )
    try:
        with disk_refusals(done.dataset), writing(house.catalog.engine) as session:
            if declaration := house.declarations.get(done.dataset):
                declare(session, declaration, terms_of(done.dataset, house), now=now)
            record_walk(session, walked)
    except PublicationFailed as refusal:
        log.warning("walk.not_recorded", code=refusal.code)


def _withdraw(done: Walk, house: House) -> None:
    """Take what its source no longer lets be shown from all versions; what a lock refuses, the next walk does."""
    try:
        withdraw_hidden(Slug(done.dataset), house)
    except (EclorError, OSError, SQLAlchemyError, ValueError) as failure:  # the last of a file that is damaged
        log.warning("hidden.not_withdrawn", cause=type(failure).__name__)


def _copy(done: Walk, house: House) -> None:
    """Make the index and the copies of what is served now; what a full disk refuses, the next walk makes."""
    try:
        make_copies(house.catalog, done.dataset)
    except (OSError, SQLAlchemyError, sqlite3.Error) as failure:
        log.warning("copies.not_made", cause=type(failure).__name__)


def new_run_id(house: House) -> str:
    """Return a name for one round, to tie together what it logs."""
    return f"{house.world.clock.now():%Y%m%dT%H%M%S}-{house.world.randomness.bytes(3).hex()}"
