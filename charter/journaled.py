"""Acts in the public journal: each enters it once, and one that entered it may not vanish from its file.

A chain of acts cannot tell that its end was cut off; the journal can. `acts/JEU.journal` notes what entered, and up to
which entry the journal was read, so that a walk need not read it whole: it is a note, and what the journal says after
it is always read. An older copy of the folder of acts, note and all, hides nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from charter.acts import Act
from charter.chain import Entry, Kind
from charter.journal import Journal
from charter.vocabulary import ActKind
from eclor.durable import write_whole
from eclor.errors import PolicyRefused

_PROTECTING: Final = frozenset({ActKind.STOP.value, ActKind.REVOKE.value, ActKind.ADOPT.value})
"""Acts whose loss would open what was closed; without the others a policy only falls back to draft."""
_MOST_UNNOTED: Final = 1000
"""Entries of the journal read again each time before the note is moved on."""
_INDEX: Final = re.compile("[0-9]{1,15}")
_KNOWN: Final = re.compile("([0-9a-f]{64}) ([a-z-]+)")


def enter_acts(
    acts: Sequence[Act], dataset: str, *, journal: Journal, note: Path, read: Sequence[Entry] | None = None
) -> None:
    """Write in the journal each of these acts that is not there; the caller holds the lock on acts.

    `read` is the whole journal, if the caller has it: then nothing is taken on the note's word. Refuses
    (`PolicyRefused`, V764) if a stop, a revocation or an adoption is in the journal and not among these.
    """
    before, last = noted(note)
    news = _since(journal, last) if read is None else read
    known = {**before, **_entered(news, dataset)}
    if news:
        last = news[-1].index
    for act in acts:
        if act.digest not in known:
            last = _enter(act, dataset, journal).index
            known[act.digest] = act.acte
    if len(known) > len(before) or len(news) > _MOST_UNNOTED:
        _write(note, known, last)
    refuse_lost(acts, known, dataset)


def journaled(dataset: str, *, journal: Journal, note: Path) -> Mapping[str, str]:
    """Return the acts on a dataset that are in the journal, digest → kind; nothing is written."""
    before, last = noted(note)
    return {**before, **_entered(_since(journal, last), dataset)}


def refuse_lost(acts: Sequence[Act], known: Mapping[str, str], dataset: str) -> None:
    """Refuse (`PolicyRefused`, V764) a stop, a revocation or an adoption that is `known` and not among these acts.

    Without a lock, `known` is read before the acts: one that is signed meanwhile is in their file first.
    """
    digests = {act.digest for act in acts}
    if lost := [kind for digest, kind in known.items() if kind in _PROTECTING and digest not in digests]:
        raise PolicyRefused("V764", act=lost[0], dataset=dataset)


def _since(journal: Journal, last: int) -> Sequence[Entry]:
    """Return the entries from the last one read on; all of them if the journal does not have that one."""
    news = journal.since(last)
    return news or journal.since(0)


def _enter(act: Act, dataset: str, journal: Journal) -> Entry:
    return journal.append(
        Kind.ACT,
        dataset=dataset,
        version=act.version,
        act=act.acte,
        person=act.personne,
        role=act.role,
        digest=act.digest,
    )


def noted(note: Path) -> tuple[dict[str, str], int]:
    """Return what a note says that the journal holds, and the last index read; 0 if it does not say."""
    if not note.exists():
        return {}, 0
    first, *rest = note.read_text("utf-8", errors="replace").split("\n")
    found = (_KNOWN.fullmatch(line) for line in (first, *rest))
    return {one[1]: one[2] for one in found if one}, int(first) if _INDEX.fullmatch(first) else 0


def _write(note: Path, known: Mapping[str, str], last: int) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    write_whole(note, "".join([f"{last}\n", *(f"{digest} {kind}\n" for digest, kind in known.items())]).encode())


def _entered(entries: Iterable[Entry], dataset: str) -> dict[str, str]:
    return {
        str(entry.facts["digest"]): str(entry.facts["act"])
        for entry in entries
        if entry.kind is Kind.ACT and entry.facts["dataset"] == dataset
    }
