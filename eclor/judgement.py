"""Policies before their judges: territory, then each policy, then its acts; what `eclor policy check` shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from charter.adoption import ADOPTIONS, adopted_now, read_adoptions, sole
from charter.bindings import bindings_of, source_digest
from charter.checks.differencing import sisters_of_other_units, unnamed_sisters
from charter.checks.families import rivals
from charter.checks.surprises import surprises
from charter.checks.tables import missing_tables
from charter.compile import check
from charter.course import derive_state
from charter.document import Document
from charter.model import Policy
from charter.reader import read
from charter.shape import shape
from charter.territory import Territory, load
from charter.vocabulary import State
from eclor.errors import EclorError, Place, PolicyRefusals, PolicyRefused


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of one file: it is accepted if nothing is refused, whatever is warned of."""

    file: str
    refusals: tuple[EclorError, ...]
    warnings: tuple[EclorError, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What policies are judged by: the folder of voted files, the instant, the folder of acts (none: all are drafts).

    `zones/` and `sources/` are looked for beside the folder of voted files, as a territory has them. Where the folder
    of acts holds no adoption, the voted files are taken as they are.
    """

    folder: Path
    now: datetime
    acts: Path | None = None


def judge(files: Sequence[Path], bench: Bench) -> list[Verdict]:
    """Return a verdict for each policy, in order; those of the voted files come first, where one of them is refused."""
    try:
        territory = load(bench.folder)
    except PolicyRefusals as found:
        unjudged = (Verdict(str(file), (PolicyRefused("P425", place=Place(str(file))),)) for file in files)
        return [*_of_voted(found), *unjudged]
    documents: dict[int, Document] = {}
    unread: dict[int, Verdict] = {}
    for rank, file in enumerate(files):
        try:
            documents[rank] = read(file)
        except PolicyRefusals as found:
            unread[rank] = Verdict(str(file), tuple(found.refusals))
    rival = rivals(documents)
    read_ones = {
        rank: _judged(document, territory, bench=bench, rival=rival.get(rank)) for rank, document in documents.items()
    }
    return [verdict for _, verdict in sorted((unread | read_ones).items())]


def _of_voted(found: PolicyRefusals) -> list[Verdict]:
    by_file = groupby(found.refusals, key=lambda refusal: refusal.place.file if refusal.place else "")
    return [Verdict(file, tuple(refusals)) for file, refusals in by_file]


def _judged(document: Document, territory: Territory, *, bench: Bench, rival: PolicyRefused | None) -> Verdict:
    policy, _ = shape(document, Policy)
    state, broken = state_by_acts(document, policy, territory, bench=bench)
    refusals = check(document, territory, now=bench.now, state=state)
    warnings = _warnings(document, policy, territory, bench=bench) if policy else ()
    twins = () if rival is None else (rival,)
    return Verdict(document.file, (*refusals, *twins, *broken), tuple(warnings))


def _warnings(document: Document, policy: Policy, territory: Territory, *, bench: Bench) -> Iterator[PolicyRefused]:
    yield from missing_tables(document, policy, bench.folder.parent / "zones")
    yield from unnamed_sisters(document, policy, territory)
    yield from sisters_of_other_units(document, policy, territory)
    yield from surprises(document, policy, territory)


def state_by_acts(
    document: Document, policy: Policy | None, territory: Territory, *, bench: Bench
) -> tuple[State, tuple[EclorError, ...]]:
    """Return the state that the acts of a bench give to a policy, and what cannot be read of them."""
    entry = territory.entry(policy.dataset) if policy else None
    if bench.acts is None or policy is None or entry is None:
        return State.DRAFT, ()
    try:
        source = source_digest(bench.folder.parent / "sources" / f"{entry.source}.yaml")
        bindings = bindings_of(document, territory, dataset=policy.dataset, source=source)
        acts, chain = bench.acts / f"{policy.dataset}.jsonl", bench.acts / ADOPTIONS
        if not acts.exists():
            return State.DRAFT, ()
        if chain.exists():
            adoptions = read_adoptions(chain.read_bytes(), file=str(chain), now=bench.now)
            adopted = adopted_now(adoptions, territory)
        else:
            adopted = sole(territory.charter_digest, territory.roles_digest, territory.roles)
        return derive_state(acts, policy=policy, bindings=bindings, adopted=adopted, now=bench.now), ()
    except EclorError as refusal:
        return State.DRAFT, (refusal,)
