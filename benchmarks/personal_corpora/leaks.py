"""Columns in which something personal is planted: alone, in sentences, or hidden."""

import base64
import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random  # noqa: TID251 - made-up leaks, the same each time
from typing import Final
from urllib.parse import quote

from benchmarks.personal_corpora.identifiers import CONTEXT, FIXED, Maker, email, mobile, nir
from benchmarks.personal_corpora.sentences import sentences

ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class Leak:
    """Columns of one table, of which the first leaks; how many of its cells do, and of which kind, if that is told."""

    family: str
    kind: str
    columns: dict[str, list[str]]
    planted: int


def fixed_form(seed: int) -> Iterator[Leak]:
    """Yield identifiers with a checksum or a fixed form: alone in a column, and within sentences."""
    for name, (kind, maker) in FIXED.items():
        chance = Random(f"{seed} {name}")
        for column, form in (("reference", "{}"), ("observation", "voir {} avant midi"), ("note", "{}")):
            cells = _filled(chance, form, maker, seed=seed)
            yield Leak(name, kind, {column: cells}, _count(cells, seed))


def in_context(seed: int) -> Iterator[Leak]:
    """Yield identifiers that need context: in a column whose name gives it, and in a sentence that does."""
    for name, (maker, columns, forms) in CONTEXT.items():
        chance = Random(f"{seed} {name}")
        for column in columns:
            yield Leak(name, name, {column: [maker(chance) for _ in range(ROWS)]}, ROWS)
        for form in forms:
            cells = _filled(chance, form, maker, seed=seed)
            yield Leak(name, name, {"observation": cells}, _count(cells, seed))


def _filled(chance: Random, form: str, maker: Maker, *, seed: int) -> list[str]:
    """Return a column of clean sentences, of which some are replaced."""
    cells = list(sentences(seed, ROWS, named=False))
    for at in chance.sample(range(ROWS), chance.choice((1, 3, ROWS // 2))):
        cells[at] = form.format(maker(chance))
    return cells


def _count(cells: list[str], seed: int) -> int:
    clean = set(sentences(seed, ROWS, named=False))
    return sum(cell not in clean for cell in cells)


def _wide(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


HIDDEN: Final[dict[str, Callable[[Random], str]]] = {
    "url": lambda c: f"https://commune.fr/formulaire?courriel={quote(email(c))}&etape=2",
    "url-phone": lambda c: f"https://commune.fr/rdv?tel={quote(mobile(c))}",
    "json": lambda c: json.dumps({"etat": "clos", "auteur": {"courriel": email(c), "tel": mobile(c)}}),
    "json-escaped": lambda c: json.dumps(json.dumps({"tel": mobile(c)})),
    "base64": lambda c: base64.b64encode(f"contact {email(c)} / {mobile(c)}".encode()).decode(),
    "base64-nir": lambda c: base64.b64encode(nir(c).encode()).decode(),
    "full-width": lambda c: f"rappeler {_wide(mobile(c))}",
    "zero-width": lambda c: "\u200b".join(mobile(c)),
    "soft-hyphens": lambda c: "\u00ad".join(email(c)),
    "right-to-left": lambda c: f"\u202e{mobile(c)}\u202c",
    "html": lambda c: "".join(f"&#{ord(letter)};" for letter in email(c)),
    "html-named": lambda c: html.escape(f"<a href='mailto:{email(c)}'>écrire</a>"),
    "at-in-words": lambda c: email(c).replace("@", " (at) "),
    "emoji": lambda c: f"📞{mobile(c)}🙂",
    "no-break-spaces": lambda c: mobile(c).replace(" ", "\u00a0"),
    "percent": lambda c: "".join(f"%{ord(letter):02X}" for letter in email(c)),
}


def hidden(seed: int) -> Iterator[Leak]:
    """Yield what hides in another form, or over two columns."""
    for name, maker in HIDDEN.items():
        chance = Random(f"{seed} {name}")
        yield Leak(name, "", {"donnee": [maker(chance) for _ in range(ROWS)]}, ROWS)
    chance = Random(f"{seed} split")
    phones = [mobile(chance).replace(" ", "").replace("+33", "0") for _ in range(ROWS)]
    yield Leak("split-phone", "", {"debut": [text[:4] for text in phones], "fin": [text[4:] for text in phones]}, ROWS)
    mails = [email(chance).split("@") for _ in range(ROWS)]
    yield Leak("split-email", "", {"compte": [m[0] for m in mails], "domaine": [m[1] for m in mails]}, ROWS)
    numbers = [nir(chance).replace(" ", "") for _ in range(ROWS)]
    yield Leak("split-nir", "", {"partie_a": [n[:7] for n in numbers], "partie_b": [n[7:] for n in numbers]}, ROWS)


def in_names(seed: int) -> Iterator[tuple[str, str]]:
    """Yield texts that stand in the name of a file or of a column, by family."""
    chance = Random(f"{seed} names")
    yield "phone", f"rappel {mobile(chance)}"
    yield "email", f"export_{email(chance)}"
    yield "nir", f"dossier {nir(chance)}"
    yield "civility", "plainte_Mme_Quettier"
    yield "full-name", "entretien Marlène Collignon"
