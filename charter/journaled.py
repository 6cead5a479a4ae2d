"""Acts in the public journal: each enters it once, and one that entered it may not vanish from its file.

A chain of acts cannot tell that its end was cut off; the journal can. `acts/JEU.journal` notes what entered, so that a
walk need not read the whole journal: it is a note, and is made again from the journal when it is missing or behind.
"""

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


def enter_acts(acts: Sequence[Act], dataset: str, *, journal: Journal, note: Path) -> None:
    """Write in the journal each of these acts that is not there; the caller holds the lock on acts.

    Refuses (`PolicyRefused`, V764) if a stop, a revocation or an adoption is in the journal and not among these.
    """
    known = _noted(note)
    if any(act.digest not in known for act in acts):
        known = _entered(journal.entries(), dataset)
        for act in acts:
            if act.digest not in known:
                _enter(act, dataset, journal)
                known[act.digest] = act.acte
        note.parent.mkdir(parents=True, exist_ok=True)
        write_whole(note, "".join(f"{digest} {kind}\n" for digest, kind in known.items()).encode())
    digests = {act.digest for act in acts}
    if lost := [kind for digest, kind in known.items() if kind in _PROTECTING and digest not in digests]:
        raise PolicyRefused("V764", act=lost[0], dataset=dataset)


def _enter(act: Act, dataset: str, journal: Journal) -> None:
    journal.append(
        Kind.ACT,
        dataset=dataset,
        version=act.version,
        act=act.acte,
        person=act.personne,
        role=act.role,
        digest=act.digest,
    )


def _noted(note: Path) -> Mapping[str, str]:
    if not note.exists():
        return {}
    pairs = (line.split(" ") for line in note.read_text("utf-8").splitlines())
    return {pair[0]: pair[1] for pair in pairs if len(pair) == len(("digest", "kind"))}


def _entered(entries: Iterable[Entry], dataset: str) -> dict[str, str]:
    return {
        str(entry.facts["digest"]): str(entry.facts["act"])
        for entry in entries
        if entry.kind is Kind.ACT and entry.facts["dataset"] == dataset
    }
