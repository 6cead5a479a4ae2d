"""What a walk remembers of all that was published before, and what it adds to the ledger before a version is named.

A text of the ledger counts if the catalogue has its version, with the same content: a kill between the two leaves a
text of no version, which says nothing and is written over. A version of which the ledger says nothing counts as one
whose unit sets are destroyed.
"""

from collections.abc import Callable, Iterable
from typing import Final

from catalog.database import reading
from catalog.declaration import Kind
from catalog.proof import ProofBody
from catalog.reading import versions
from catalog.views import VersionView
from charter.apply import Release
from charter.closed import last_closed
from charter.compile import Plan
from charter.ledger.group import counts_units, is_compared
from charter.ledger.memory import Memory
from charter.ledger.records import PastVersion
from charter.ledger.store import LedgerStore
from charter.ledger.unrecorded import unrecorded
from eclor.errors import Busy, DeclarationRefused
from eclor.failpoints import failpoint
from eclor.house import House
from eclor.names import Period, Slug

_DELIVERY: Final = Period("")


def ledger_of(house: House) -> LedgerStore:
    """Return the ledger of a home."""
    return LedgerStore(house.settings.home / "ledger", house.world)


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


def memory_of(plan: Plan, house: House) -> Memory | None:
    """Return what was published of a dataset and of those that it is compared with; none where nothing compares."""
    differencing, catalogue = plan.policy.guarantees.differencing, house.territory.catalogue
    if differencing is None or not is_compared(plan.policy, catalogue):
        return None
    others = (one for one in differencing.compared_with if one != plan.policy.dataset)
    datasets = [plan.policy.dataset, *(one for one in others if counts_units(catalogue, one))]
    store = ledger_of(house)
    found = [one for dataset in datasets for one in _counted(dataset, store, house)]
    found.sort(key=lambda version: (version.seen.until, version.number))
    return Memory(store, tuple(found), revises=_release_is_due(plan, house))


def _counted(dataset: str, store: LedgerStore, house: House) -> Iterable[PastVersion]:
    """Give what the ledger says of the versions that were ever published, withdrawn ones included."""
    with reading(house.catalog.engine) as session:
        published = {view.number: view for view in versions(session, dataset)}
    known = [one for one in store.versions(dataset) if _is_of(one, published.get(one.number))]
    yield from known
    said = {(one.number, period.period) for one in known for period in one.periods}
    ever = {period for _, period in said}
    for view in published.values():
        periods = view.periods or (_DELIVERY,)
        unsaid = [one for one in periods if one not in ever and (view.number, one) not in said]
        if unsaid:
            yield unrecorded(view.dataset, unsaid, number=view.number)


def _is_of(version: PastVersion, view: VersionView | None) -> bool:
    return view is not None and version.content == view.content_digest


def _release_is_due(plan: Plan, house: House) -> bool:
    """Tell whether a period has closed since the last version: published ones change at the next release only."""
    with reading(house.catalog.engine) as session:
        published = versions(session, plan.policy.dataset)
    now = house.world.clock.now()
    return not published or last_closed(plan.policy, now=now) != last_closed(plan.policy, now=published[0].published_at)


def entering(release: Release, memory: Memory | None, plan: Plan, house: House) -> Callable[[ProofBody], None]:
    """Return what writes a release in the ledger, called by the one publisher just before the journal names it.

    Refuses (`Busy`) a release whose past has changed since it was compared: the next walk compares it again.
    """

    def enter(body: ProofBody) -> None:
        if release.ledger is None:
            return
        if memory is not None and _known(memory_of(plan, house)) != _known(memory):
            raise Busy("release.past-moved", dataset=release.dataset)
        store = ledger_of(house)
        store.sweep()
        store.write(release.ledger, number=body.version, content=body.content_digest)
        failpoint("ledger.written")

    return enter


def _known(memory: Memory | None) -> set[tuple[Slug, int]]:
    return {(version.dataset, version.number) for version in memory.versions} if memory else set()
