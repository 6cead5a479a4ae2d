"""What the walks write of a dataset besides its versions: what is declared, how a walk ended, what was withdrawn."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from catalog.catalogue import Catalog
from catalog.database import writing
from catalog.declaration import Announced, DatasetDeclaration, NotCollected
from catalog.models import NOT_COLLECTED, DatasetRow, VersionRow, WalkRow
from catalog.serving import WITHDRAWN, remember
from charter.chain import Entry, Kind
from charter.compile import Plan
from charter.durations import Duration
from charter.model import CatalogueEntry, Policy
from charter.vocabulary import YesNo
from eclor.errors import DeclarationRefused
from eclor.sentences.catalog import TROUBLES

SHORTEST_WITHDRAWAL_S: Final = 60
"""The withdrawal delay shown for a dataset whose policy was never read."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the policy and the territory's catalogue say of a dataset, as far as they could be read.

    `agreed` says that they are those of a policy in force: a file that someone is writing has no word in what is
    said of versions already published.
    """

    source: str = ""
    licence: str = ""
    shape: str = ""
    withdrawal_delay_s: int = SHORTEST_WITHDRAWAL_S
    agreed: bool = False

    @classmethod
    def of(cls, policy: Policy, entry: CatalogueEntry) -> "Terms":
        """Return the terms that a policy sets."""
        delay = Duration.parse(policy.governance.withdrawal_delay)
        return cls(entry.source, policy.publication.licence, policy.publication.shape, delay.minutes * 60)

    @classmethod
    def of_plan(cls, plan: Plan) -> "Terms":
        """Return the terms that a plan was compiled under."""
        return replace(cls.of(plan.policy, plan.entry), agreed=True)


def declare(session: Session, declaration: DatasetDeclaration, terms: Terms, *, now: datetime) -> DatasetRow:
    """Write what is declared of a dataset; a new one waits for its first version, a known one stays where it stands.

    One that has a version keeps the terms that it was published under, until others are agreed.
    """
    row = session.get(DatasetRow, declaration.dataset)
    declared = _said(declaration) | {
        "kind": declaration.kind.name.lower(),
        "simulated": declaration.simulated is YesNo.YES,
    }
    if terms.agreed or row is None or row.current_version is None:
        declared |= _written_of(terms)
    if row is not None and row.state == NOT_COLLECTED:
        declared |= {"state": "waiting", "state_reason": ""}
    return _write(session, row or declaration.dataset, declared, now=now)


def announce(session: Session, declaration: NotCollected, *, now: datetime) -> DatasetRow:
    """Write what is not collected, and why. Refuses (`DeclarationRefused`) a dataset of which versions were published.

    A page that says « not collected » over rows that were would not be true.
    """
    row = session.get(DatasetRow, declaration.dataset)
    if row is not None and row.last_number:
        raise DeclarationRefused("territory.collected-before", dataset=declaration.dataset)
    declared = (
        _said(declaration)
        | _written_of(Terms())
        | {
            "kind": NOT_COLLECTED,
            "simulated": False,
            "state": NOT_COLLECTED,
            "state_reason": f"{declaration.reason.fr} ({declaration.basis})",
        }
    )
    return _write(session, row or declaration.dataset, declared, now=now)


def _said(declaration: Announced) -> dict[str, Any]:
    return {
        "title": declaration.title.fr,
        "description": declaration.description.fr,
        "theme": declaration.theme.value,
        "service": declaration.service,
        "declared": declaration.plain(),
    }


def _written_of(terms: Terms) -> dict[str, Any]:
    return {name: value for name, value in asdict(terms).items() if name != "agreed"}


def _write(session: Session, known: DatasetRow | str, declared: dict[str, Any], *, now: datetime) -> DatasetRow:
    row = known
    if isinstance(row, str):
        row = DatasetRow(slug=row, updated_at=now, **({"state": "waiting"} | declared))
    changed = {name: value for name, value in declared.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.updated_at = now if changed else row.updated_at
    session.add(row)
    session.flush()
    return row


def record_walk(session: Session, walk: WalkRow) -> None:
    """Write how a walk ended, and what its dataset's page then says.

    A refusal takes nothing away: what is served stays served, with the reason of the refusal beside it.
    """
    session.add(walk)
    row = session.get(DatasetRow, walk.dataset)
    if row is None or row.state == "withdrawn":
        return
    row.state_reason = str(walk.told.get("reason", "")) if walk.outcome == "refused" else TROUBLES.get(walk.outcome, "")
    if row.current_version is None:
        row.state = "refused" if walk.outcome == "refused" else "waiting"
    session.add(row)


def known_fingerprint(session: Session, slug: str) -> str:
    """Return what decided a dataset's last walk that came to a version, for the next one to compare; empty if none."""
    chosen = (
        select(WalkRow)
        .where(col(WalkRow.dataset) == slug, col(WalkRow.outcome).in_(["published", "unchanged", "waiting", "paused"]))
        .order_by(col(WalkRow.id).desc())
    )
    walk = session.exec(chosen).first()
    return "" if walk is None else str(walk.internal.get("fingerprint", ""))


def refused_by_gates(session: Session, slug: str) -> Mapping[str, object]:
    """Return the internal reports of the gates that refused a dataset's last walk; empty if none did."""
    chosen = select(WalkRow).where(col(WalkRow.dataset) == slug).order_by(col(WalkRow.id).desc()).limit(1)
    walk = session.exec(chosen).first()
    gates = walk.internal.get("gates") if walk is not None else None
    return gates if isinstance(gates, dict) else {}


def withdraw(catalog: Catalog, slug: str, number: int, *, reason: str, now: datetime) -> None:
    """Stop a version's bytes from leaving, for a public reason in French: journaled first, then said to the readers."""
    entry = catalog.journal.append(Kind.WITHDRAWAL, dataset=slug, version=number, reason=reason)
    with writing(catalog.engine) as session:
        mark_withdrawn(session, entry, now=now)


def mark_withdrawn(session: Session, entry: Entry, *, now: datetime) -> None:
    """Mark the version of a withdrawal as withdrawn; once only, and its dataset with it if it was the current one."""
    slug, number, reason = str(entry.facts["dataset"]), int(entry.facts["version"]), str(entry.facts["reason"])
    chosen = select(VersionRow).where(col(VersionRow.dataset) == slug, col(VersionRow.number) == number)
    version = session.exec(chosen).first()
    if version is None:
        return
    remember(session, entry, change=WITHDRAWN, versions=str(number), reason=reason, since=now)
    if version.withdrawn_at is not None:
        return
    version.withdrawn_at, version.withdrawn_reason = now, reason
    session.add(version)
    row = session.get_one(DatasetRow, slug)
    if row.current_version == number:
        row.state, row.state_reason, row.updated_at = "withdrawn", reason, now
        session.add(row)
