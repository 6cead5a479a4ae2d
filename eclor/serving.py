"""Which versions may leave, from the acts and the texts as they are now (LANGUAGE.md section 10, "Serving").

Each version is judged by the policy that it was made under, as its own folder holds it. Acts that cannot be read, or of
which a stop has vanished, serve nothing: it is safer to close what is open than the other way round.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import structlog
from babel.dates import format_date
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from catalog.catalogue import Catalog
from catalog.database import reading
from catalog.dossier import POLICY
from catalog.locks import alone
from catalog.models import VersionRow
from catalog.serving import Closed, Ending, Read, Told, datasets_with_versions, replay, settle
from charter.acting import Desk, journal_acts
from charter.course import PARIS, Course, read_course
from charter.digests import policy_digest
from charter.model import Policy
from charter.reader import parse
from charter.serving import Withdrawn, ending_after, serving_state
from charter.shape import shape
from eclor.durable import NO_ROOM
from eclor.errors import EclorError, PolicyRefusals, PolicyRefused, VerificationFailed
from eclor.names import Sha256
from eclor.sentences.serving import REASONS
from eclor.world import World

log = structlog.get_logger()
UNREADABLE: Final = "illisible"
FAILURES: Final = (EclorError, OSError, SQLAlchemyError)
"""What a lock, the journal, the disk and the database answer to a settlement."""
_PATIENCE_S: Final = 60


@dataclass(frozen=True, slots=True)
class Counter:
    """Where it is decided what leaves: what was published, the acts, the policies as they are written today.

    Kept for as long as a process settles: it knows how far the journal was read.
    """

    catalog: Catalog
    desk: Desk
    policies: Path
    world: World
    read: Read = field(default_factory=Read)


def settle_all(counter: Counter, *, only: str | None = None) -> Mapping[str, Told | Exception]:
    """Settle every dataset that has versions, or that one; a failure is logged, returned, and stops no other."""
    told: dict[str, Told | Exception] = {}
    for dataset in datasets_with_versions(counter.catalog) if only is None else (only,):
        try:
            told[dataset] = settle_serving(dataset, counter)
        except FAILURES as failure:
            log.error("serving.not_settled", dataset=dataset, kind=type(failure).__name__)  # noqa: TRY400 - no text of it
            told[dataset] = failure
    return told


def settle_serving(dataset: str, counter: Counter) -> Told:
    """Judge each version of a dataset now, and write what changed. Cost: its acts, one text for each of its policies.

    Refuses (`Busy`) while another process holds the counter for long, (`PublicationFailed`) a clock that went back;
    raises what the disk and the database answer.
    """
    catalog = counter.catalog
    catalog.published.mkdir(parents=True, exist_ok=True)
    with alone(catalog.published / ".serving.lock", world=counter.world, patience_s=_PATIENCE_S):
        replay(catalog, counter.read)
        made = _policies_of_versions(dataset, catalog)
        told = settle(catalog, dataset, _judged(dataset, made, counter))
    if told != Told():
        log.info("serving.changed", dataset=dataset, closed=told.closed, reopened=told.reopened)
    return told


def _policies_of_versions(dataset: str, catalog: Catalog) -> Mapping[int, Sha256]:
    chosen = (
        select(VersionRow.number, VersionRow.policy_digest)
        .where(VersionRow.dataset == dataset)
        .where(col(VersionRow.withdrawn_at).is_(None))
    )
    with reading(catalog.engine) as session:
        return {number: Sha256(digest) for number, digest in session.exec(chosen)}


def _judged(dataset: str, made: Mapping[int, Sha256], counter: Counter) -> Mapping[int, Closed | Ending | None]:
    now = counter.world.clock.now()
    texts = _texts(dataset, made, counter)
    try:
        course = _course(dataset, texts, counter)
    except (PolicyRefused, PolicyRefusals, VerificationFailed) as broken:
        log.warning("serving.acts_unreadable", dataset=dataset, code=getattr(broken, "code", ""))
        return dict.fromkeys(made, Closed(REASONS[UNREADABLE], now))
    except OSError as unread:
        if unread.errno in NO_ROOM:
            raise
        log.warning("serving.acts_unreadable", dataset=dataset, code=type(unread).__name__)
        return dict.fromkeys(made, Closed(REASONS[UNREADABLE], now))
    by_policy = {digest: _state(digest, texts, course, now) for digest in set(made.values())}
    return {number: by_policy[digest] for number, digest in made.items()}


def _state(digest: Sha256, texts: Mapping[Sha256, Policy], course: Course, now: datetime) -> Closed | Ending | None:
    policy = texts.get(digest)
    if policy is None:
        return Closed(REASONS[UNREADABLE], now)
    state = serving_state(course, policy, texts=texts, now=now)
    if isinstance(state, Withdrawn):
        return Closed(_said(state.reason, state.since), state.since)
    ending = ending_after(course, policy, texts=texts, now=now)
    return ending and Ending(_said(*ending), ending[1])


def _said(reason: str, since: datetime) -> str:
    return REASONS[reason].format(day=format_date(since.astimezone(PARIS), "d MMMM y", locale="fr"))


def _course(dataset: str, texts: Mapping[Sha256, Policy], counter: Counter) -> Course:
    """Follow the acts of a dataset, after the journal had them all. Refuses what may not stand, a lost stop too."""
    desk = counter.desk
    with desk.held() as now:
        journal_acts(desk, dataset, now=now)
        adopted = desk.adoptions().held
        return read_course(desk.file(dataset), dataset, adopted=adopted, texts=texts, now=now)


def _texts(dataset: str, made: Mapping[int, Sha256], counter: Counter) -> Mapping[Sha256, Policy]:
    """Return the policies at hand: those that versions were made under, and the one that is written today."""
    files = {number: counter.catalog.version_folder(dataset, number) / POLICY for number in sorted(made, reverse=True)}
    texts: dict[Sha256, Policy] = {}
    for number, file in files.items():
        if made[number] not in texts and (found := _read(file)):
            texts |= dict([found])
    today = _read(counter.policies / f"{dataset}.yaml")
    return texts | (dict([today]) if today else {})


def policy_as_of(file: Path) -> Policy | None:
    """Return the policy that a version was made under, as its folder holds it; none where it cannot be read."""
    found = _read(file)
    return found[1] if found else None


def _read(file: Path) -> tuple[Sha256, Policy] | None:
    try:
        return _read_as_of(file, file.stat().st_mtime_ns)
    except (OSError, PolicyRefusals):
        return None


@lru_cache(maxsize=256)
def _read_as_of(file: Path, _changed_at: int) -> tuple[Sha256, Policy] | None:
    document = parse(file.read_bytes(), file=file.name)
    policy, _ = shape(document, Policy)
    return None if policy is None else (policy_digest(document.plain), policy)
