"""Access: what is held of a unit, for what, until when, and the rows themselves for the person (RGPD art. 15)."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from anonymizers.times import PARIS
from charter.raw_table import AMBIGUOUS
from eclor.errors import EclorError
from eclor.house import House
from eclor.retention.minutes import said
from eclor.retention.month_of_requests import add_request
from eclor.retention.running import retention_lock
from eclor.retention.signed_terms import terms_for
from eclor.rights.asked import Asked, Right
from eclor.rights.held_rows import Shelf, partitions, rows_of, shelves, taken, waiting
from eclor.rights.receipts import day, nothing, title
from eclor.sentences.notice import BASES


@dataclass(slots=True)
class HeldOf:
    """What one dataset holds of the units asked."""

    shelf: Shelf
    rows: int = 0
    waiting: int = 0
    columns: set[str] = field(default_factory=set)
    first: datetime | None = None
    last: datetime | None = None
    until: datetime | None = None


def access(asked: Asked, house: House, *, out: Path) -> tuple[HeldOf, ...]:
    """Write what is held of some units in a new private folder: a letter, its map, the rows of each dataset (NDJSON).

    Refuses (`EclorError`) a folder that cannot take the answer, and rows that cannot be read; (`Busy`) beside a purge.
    The folder is then left empty, for the same request again.
    """
    with retention_lock(house), _made(out):
        found = tuple(_held(shelf, asked, house, out=out) for shelf in shelves(asked, house))
        now = house.world.clock.now()
        _write(out / "acces.txt", _letter(asked, found, house, now=now))
        _write(out / "acces.json", json.dumps([_plain(one, house) for one in found], ensure_ascii=False, indent=2))
        record = {"reference": house.world.randomness.bytes(8).hex(), "at": said(now), "kind": str(asked.kind)}
        about = {"right": Right.ACCESS.value, "units": len(asked.units), "month": f"{now.astimezone(PARIS):%Y-%m}"}
        add_request(house.settings.home, {**record, **about, "datasets": [one.shelf.dataset for one in found]})
    return found


@contextmanager
def _made(out: Path) -> Iterator[None]:
    """Make the folder, and empty it again of an answer that is not whole: rows of somebody, and nobody's letter."""
    _make(out)
    try:
        yield
    except BaseException:
        for file in out.iterdir():
            file.unlink(missing_ok=True)
        raise


def _make(out: Path) -> None:
    """Make the folder private; one that holds anything is refused as it stands."""
    try:
        is_taken = out.exists() and any(out.iterdir())
        if not is_taken:
            out.mkdir(mode=0o700, parents=True, exist_ok=True)
            out.chmod(0o700)
    except OSError as error:
        raise EclorError("rights.out", folder=out.name) from error
    if is_taken:
        raise EclorError("rights.out", folder=out.name)


def _held(shelf: Shelf, asked: Asked, house: House, *, out: Path) -> HeldOf:
    held, terms = HeldOf(shelf), terms_for(shelf.dataset, house)
    try:
        for one in partitions(shelf):
            if rows := rows_of(shelf, one, asked, house):
                partition = one.partition
                held.rows += rows
                held.first = min(held.first or partition.received_from, partition.received_from)
                held.last = max(held.last or partition.received_to, partition.received_to)
                held.until = max(held.until or held.first, terms.raw_ends(partition.received_from))
                _add_rows(held, taken(shelf, partition, asked, house), out)
        for table in waiting(shelf, asked, house):
            held.waiting += table.num_rows
            _add_rows(held, table, out)
    except EclorError as refusal:
        raise EclorError("rights.unreadable", dataset=shelf.dataset, cause=refusal.code) from refusal
    return held


def _add_rows(held: HeldOf, table: pa.Table, out: Path) -> None:
    """Add rows to the answer, without the marks that intake puts beside a local time: they are not the person's."""
    table = table.select([name for name in table.column_names if not name.endswith(AMBIGUOUS)])
    held.columns.update(table.column_names)
    file = out / f"{held.shelf.source}.{held.shelf.dataset}.ndjson"
    file.touch(mode=0o600)
    with file.open("a", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False, default=_written) + "\n" for row in table.to_pylist())


def _written(value: object) -> str:
    """Return what JSON has no word for as a person reads it: an instant, held in UTC, by the clock of Paris."""
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(PARIS).isoformat()
    return str(value)


def _plain(held: HeldOf, house: House) -> dict[str, Any]:
    policy = held.shelf.policy
    return {
        "jeu": held.shelf.dataset,
        "titre": title(held.shelf.dataset, house),
        "source": held.shelf.source,
        "lignes": held.rows,
        "messages_en_attente": held.waiting,
        "colonnes": sorted(held.columns),
        "recues_du": held.first and held.first.isoformat(),
        "recues_au": held.last and held.last.isoformat(),
        "gardees_au_plus_tard_jusqu_au": held.until and held.until.isoformat(),
        "finalite": policy.processing_record.purpose if policy else None,
        "base_legale": policy.processing_record.legal_basis.value if policy else None,
        "fondement": policy.processing_record.legal_provision if policy else None,
        "destinataires": list(policy.processing_record.recipients) if policy else None,
    }


def _letter(asked: Asked, found: tuple[HeldOf, ...], house: House, *, now: datetime) -> str:
    controller = house.territory.charter.controller
    held = [one for one in found if one.rows or one.waiting]
    parts = [
        f"Accès aux données vous concernant, au {day(now)}",
        "",
        f"Responsable : {controller.name}.",
        f"Recherché : {len(asked.units)} identifiant(s) de type « {asked.kind} », dans {len(found)} jeu(x).",
        "",
        *(line for one in held for line in _lines(one, house)),
        *([] if held else [nothing("Nous ne détenons rien", looked_at=len(found)), ""]),
        "Rien de tout cela n'est publié tel quel : seules sortent des statistiques protégées, ou des lignes qui ne",
        "désignent personne. Vous pouvez demander la rectification, l'effacement ou vous opposer :",
        f"{controller.dpo_contact} (délégué à la protection des données), puis {controller.authority}.",
        "",
    ]
    return "\n".join(parts)


def _lines(held: HeldOf, house: House) -> Iterator[str]:
    yield f"- {title(held.shelf.dataset, house)} ({held.shelf.dataset}) : {held.rows} ligne(s)"
    if held.waiting:
        yield f"  et {held.waiting} ligne(s) de messages en attente"
    yield f"  Colonnes : {', '.join(sorted(held.columns))}."
    if held.first and held.last and held.until:
        yield f"  Reçues du {day(held.first)} au {day(held.last)}, effacées au plus tard le {day(held.until)}."
    if held.shelf.policy is not None:
        record = held.shelf.policy.processing_record
        basis = f"{BASES[record.legal_basis.value]} ({record.legal_provision})"
        yield f"  Finalité : {record.purpose}. Base légale : {basis}."
    yield f"  Vos lignes : {held.shelf.source}.{held.shelf.dataset}.ndjson"
    yield ""


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
