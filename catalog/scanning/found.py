"""What the metadata of a file say of people: where a picture was taken, by whom, with which device."""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from catalog.gates.recognisers.recogniser import folded


class Trace(StrEnum):
    """A kind of personal data that stands in metadata, whatever its form."""

    POSITION = "position"
    AUTHOR = "author"
    DEVICE = "device-serial"
    MAKER_NOTE = "maker-note"


_SOFTWARE: Final = re.compile(
    r"\b(?:adobe|apache|calibre|canon|chrome|excel|firefox|ghostscript|google|gimp|latex|libreoffice|microsoft|"
    r"openoffice|openpyxl|pdftk|poi|qgis|quark|skia|word|writer|xlsxwriter|admin|administrateur|administrator|root|"
    r"user|utilisateur|unknown|inconnu|anonyme?|scanner)\b"
)
_BODIES: Final = re.compile(
    r"\b(?:agence|archives|association|assemblee|bibliotheque|bureau|cabinet|caisse|ccas|centre|chambre|college|"
    r"communaute|commune|commission|conseil|departement|direction|ecole|eclor|equipe|etablissement|gemeng|ign|"
    r"insee|institut|lycee|mairie|metropole|ministere|ministre|musee|office|pole|prefecture|region|regie|reseau|"
    r"secretariat|service|services|societe|syndicat|territoire|universite|ville)\b"
)


@dataclass(slots=True)
class Metadata:
    """Traces by the place where they stand, and the free texts of metadata, which the gate reads like any cell."""

    traces: dict[str, Counter[Trace]] = field(default_factory=dict)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Each with its place."""

    def add(self, place: str, trace: Trace) -> None:
        """Count a trace."""
        self.traces.setdefault(place, Counter())[trace] += 1

    def author(self, place: str, text: str) -> None:
        """Count an author, unless what is written names a program or a public body."""
        plain = folded(text)
        self.text(place, text)
        if plain.strip() and not _SOFTWARE.search(plain) and not _BODIES.search(plain):
            self.add(place, Trace.AUTHOR)

    def text(self, place: str, text: str) -> None:
        """Keep a free text for the gate."""
        if text.strip(" \t\r\n\0"):
            self.texts.append((place, text.replace("\0", " ").strip()))

    def take(self, other: "Metadata") -> None:
        """Add what was found elsewhere."""
        for place, traces in other.traces.items():
            self.traces.setdefault(place, Counter()).update(traces)
        self.texts += other.texts
