"""What a walk remembers of all that was published before, and what it adds to the ledger before a version is named.

A text of the ledger counts if the catalogue has its version, with the same content: a kill between the two leaves a
text of no version, which says nothing and is written over. A version of which the ledger says nothing counts as one
whose unit sets are destroyed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from catalog.catalogue import version_folder
from catalog.database import reading
from catalog.declaration import Kind
from catalog.dossier import POLICY
from catalog.proof import ProofBody
from catalog.reading import current_version, versions
from catalog.views import VersionView, version_at
from charter.apply import Release
from charter.closed import last_closed
from charter.compile import Plan
from charter.held import FormerRelease
from charter.ledger.group import counts_units, is_compared
from charter.ledger.memory import Memory
from charter.ledger.records import PastVersion
from charter.ledger.store import LedgerStore
from charter.ledger.unrecorded import unrecorded
from charter.model import Catalogue
from charter.serving import may_continue
from charter.vocabulary import Shape
from eclor.errors import Busy, DeclarationRefused, EclorError
from eclor.failpoints import failpoint
from eclor.house import House
from eclor.names import Period, Slug
from eclor.serving import policy_as_of
from eclor.world import Clock
from harvesters import index
from harvesters.intake import RawDataset

LEDGER: Final = "ledger"
"""The ledger's folder, in a home."""
_DELIVERY: Final = Period("")


@dataclass(frozen=True, slots=True)
class Past:
    """Where all that was published before is read: the catalogue of versions, their folder, the ledger; and the clock.

    Reading it writes nothing.
    """

    contracts: Catalogue
    engine: Engine
    published: Path
    ledger: LedgerStore
    clock: Clock


def past_of(house: House) -> Past:
    """Return the past of an open house."""
    catalog = house.catalog
    return Past(house.territory.catalogue, catalog.engine, catalog.published, ledger_of(house), house.world.clock)


def ledger_of(house: House) -> LedgerStore:
    """Return the ledger of a home."""
    return LedgerStore(house.settings.home / LEDGER, house.world)


def refuse_unlisted_live(plan: Plan, house: House) -> None:
    """Refuse a table that is not compared with every live dataset of its source (LANGUAGE.md section 6)."""
    differencing = plan.policy.guarantees.differencing
    if differencing is None:
        return
    for slug, declaration in house.declarations.items():
        entry = house.territory.entry(slug)
        same = declaration.kind is Kind.LIVE and entry is not None and entry.source == plan.entry.source
        if same and slug not in {plan.policy.dataset, *differencing.compared_with}:
            raise DeclarationRefused("territory.live-not-compared", dataset=plan.policy.dataset, other=slug)


def memory_of(plan: Plan, past: Past) -> Memory | None:
    """Return what was published of a dataset and of those that it is compared with; none where nothing compares."""
    differencing = plan.policy.guarantees.differencing
    if differencing is None or not is_compared(plan.policy, past.contracts):
        return None
    others = (one for one in differencing.compared_with if one != plan.policy.dataset)
    datasets = [plan.policy.dataset, *(one for one in others if counts_units(past.contracts, one))]
    found = [one for dataset in datasets for one in _counted(dataset, past)]
    found.sort(key=lambda version: (version.seen.until, version.number))
    return Memory(past.ledger, tuple(found), revises=_release_is_due(plan, past), gone=_gone(plan, past))


def former_of(plan: Plan, past: Past) -> FormerRelease | None:
    """Return the version before: periods to carry over, a table to compare with; a delivery of rows stands alone.

    Nothing is carried over of one that acts or the calendar withdrew: it would be served again. Nor of one that a
    derogation made which the plan's policy does not renew: it would outlive it. Refuses (`EclorError`) one that has
    ended: nothing continues it.
    """
    with reading(past.engine) as session:
        version = current_version(session, plan.policy.dataset)
    stands_alone = plan.policy.publication.shape is Shape.ROWS and not (version and version.periods)
    if version is None or stands_alone:
        return None
    folder = version_folder(past.published, version.dataset, version.number)
    if not folder.exists():
        raise EclorError("retention.former-ended", dataset=version.dataset)
    if _is_withdrawn(version, past) or not _may_continue(version, plan, past):
        return None
    return FormerRelease(folder / "data.parquet", version.periods, version.published_at)


def _gone(plan: Plan, past: Past) -> frozenset[int]:
    """Return the versions of a dataset of which nothing may stand in the one to come, by acts and by the calendar."""
    with reading(past.engine) as session:
        published = versions(session, plan.policy.dataset)
    newest = {view.policy_digest: view for view in reversed(published)}  # whose text is the likeliest to be there still
    ended = {digest for digest, view in newest.items() if not _may_continue(view, plan, past)}
    return frozenset(view.number for view in published if view.policy_digest in ended or _is_withdrawn(view, past))


def _is_withdrawn(view: VersionView, past: Past) -> bool:
    return version_at(view, past.clock.now()).withdrawn_at is not None


def _may_continue(view: VersionView, plan: Plan, past: Past) -> bool:
    """Tell whether no derogation made a version, or the plan's policy has it still."""
    if view.policy_digest == plan.policy_digest:
        return True
    made_under = policy_as_of(version_folder(past.published, view.dataset, view.number) / POLICY)
    return made_under is not None and may_continue(made_under, plan.policy, now=past.clock.now())


def _counted(dataset: str, past: Past) -> Iterable[PastVersion]:
    """Give what the ledger says of the versions that were ever published, withdrawn ones included."""
    with reading(past.engine) as session:
        published = {view.number: view for view in versions(session, dataset)}
    known = [one for one in past.ledger.versions(dataset) if _is_of(one, published.get(one.number))]
    yield from known
    spoken = {one.number for one in known}
    ever = {period.period for one in known for period in one.periods}
    for view in published.values():
        periods = view.periods or (_DELIVERY,)
        unsaid = [one for one in periods if view.number not in spoken or one not in ever]
        if unsaid:
            yield unrecorded(view.dataset, unsaid, number=view.number)


def _is_of(version: PastVersion, view: VersionView | None) -> bool:
    return view is not None and version.content == view.content_digest


def _release_is_due(plan: Plan, past: Past) -> bool:
    """Tell whether a period has closed since the last version: published ones change at the next release only."""
    with reading(past.engine) as session:
        published = versions(session, plan.policy.dataset)
    now = past.clock.now()
    return not published or last_closed(plan.policy, now=now) != last_closed(plan.policy, now=published[0].published_at)


def entering(
    release: Release, raw: RawDataset, memory: Memory | None, plan: Plan, house: House
) -> Callable[[ProofBody], None]:
    """Return what writes a release in the ledger, called by the one publisher just before the journal names it.

    Refuses (`Busy`) a release whose past has changed since it was compared, and rows of which some were taken out
    since they were read: the next walk reads and compares again.
    """

    def enter(body: ProofBody) -> None:
        _refuse_rewritten(raw, house)
        if release.ledger is None:
            return
        if memory is not None and _known(memory_of(plan, past_of(house))) != _known(memory):
            raise Busy("release.past-moved", dataset=release.dataset)
        store = ledger_of(house)
        store.sweep()
        store.write(release.ledger, number=body.version, content=body.content_digest)
        failpoint("ledger.written")

    return enter


def _refuse_rewritten(raw: RawDataset, house: House) -> None:
    """An erasure writes a partition again, then waits for the publisher: once it is answered, nothing of it comes out.

    A partition that ended on its date, or was merged, is no longer held either.
    """
    entries = index.entries(house.store.place(raw.dataset, raw.source))
    held = {partition.identifier for entry in entries for partition in entry.delivery.partitions}
    if any(partition.identifier not in held for partition in raw.partitions):
        raise Busy("release.rows-moved", dataset=raw.dataset)


def _known(memory: Memory | None) -> set[tuple[Slug, int]]:
    return {(version.dataset, version.number) for version in memory.versions} if memory else set()
