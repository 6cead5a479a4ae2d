"""The public journal in words: its last entries, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from charter.adoption import EVERY_DATASET
from charter.chain import Entry, Kind, read_entry
from charter.lines import first_line, last_line, lines_from

PAGE: Final = 50
DEEPEST: Final = 5000
"""Entries that can be paged back to: reading further would read the whole file for one page."""
ENTRIES: Final = "entries.jsonl"
_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "simuler": "Simulation",
        "viser": "Visa",
        "signer": "Signature",
        "mettre-en-vigueur": "Mise en vigueur",
        "arreter": "Arrêt",
        "reprendre": "Reprise",
        "revoquer": "Révocation",
        "adopter": "Adoption",
        "pause": "Mise en pause de la collecte",
        "resume": "Reprise de la collecte",
        "rerun": "Collecte demandée sans attendre",
    }
)
_SENTENCES: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        Kind.OPENING: ("Ouverture du journal", "La clé qui signe est dans cette entrée."),
        Kind.ACT: ("{act}", "politique, version {version}"),
        Kind.PUBLICATION: ("Publication de la version {version}", "sous la politique version {policy_version}"),
        Kind.ABANDONMENT: ("Publication abandonnée de la version {version}", "Rien n'a été servi."),
        Kind.WITHDRAWAL: ("Retrait de la version {version}", "{reason}"),
        Kind.CLOSING: ("Versions {versions} : ne sont plus servies", "{reason}"),
        Kind.REOPENING: ("Versions {versions} : servies à nouveau", "Ce qui les avait fermées a pris fin."),
        Kind.PURGE: ("Fin de conservation", "{what} : {rule}"),
        Kind.REQUESTS: ("Droits des personnes", "Des demandes ont été exécutées en {month}."),
        Kind.FLOW: ("{order}", "source « {source} », par {person}"),
        Kind.WAIVER: ("Doute levé sur la colonne « {column} »", "{reason} — par {person}"),
        Kind.TORN_LINE: ("Ligne coupée, réparée", "{bytes} octets jamais confirmés"),
    }
)
"""Kind → its title and its detail, filled with the entry's facts; total, which a test holds."""


@dataclass(frozen=True, slots=True)
class EntryWords:
    """One entry: its number, when, what it says, the dataset and the version that it is about, its digest."""

    index: int
    instant: datetime
    title: str
    detail: str
    dataset: str
    version: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of the journal; `before` asks for the page of older entries, if they can be shown."""

    entries: tuple[EntryWords, ...]
    count: int
    key: str
    before: int | None


def journal_page(folder: Path, before: int | None) -> JournalPage:
    """Read a page: the entries under `before`, the last ones without it. Refuses (`VerificationFailed`) a bad line."""
    file = folder / ENTRIES
    line = last_line(file)
    if not line:
        return JournalPage((), 0, "", None)
    last = read_entry(line, place=0).index
    deepest = max(0, last - DEEPEST)
    end = last + 1 if before is None else min(max(before, deepest), last + 1)
    start = max(deepest, end - PAGE)
    found = lines_from(file, start, lambda one: read_entry(one, place=start))
    shown = [_words(entry) for entry in reversed(found) if entry.index < end]
    key = str(read_entry(first_line(file), place=0).facts.get("key", ""))
    return JournalPage(tuple(shown), last + 1, key, start if start > deepest else None)


def _words(entry: Entry) -> EntryWords:
    title, detail = (words.format(**entry.facts) for words in _SENTENCES[entry.kind])
    if entry.kind in {Kind.ACT, Kind.FLOW}:
        title = _ACTS.get(title, title)
    version = entry.facts.get("version")
    return EntryWords(
        index=entry.index,
        instant=entry.instant,
        title=title,
        detail=detail,
        dataset=str(entry.facts.get("dataset", "")).removeprefix(EVERY_DATASET),
        version=version if isinstance(version, int) and entry.kind is Kind.PUBLICATION else None,
        digest=entry.digest,
    )
