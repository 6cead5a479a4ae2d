"""Texts that the DPO read, on both engines: the same lines, in the same order, to the byte."""

from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from charter.reviews import Reviews, mark_of, review_key
from eclor.world import FileKeyRing
from tests.applying import rows
from tests.e2e.engines.both import on_each, same
from tests.e2e.engines.corpus import ODD

pytestmark = [pytest.mark.spark, pytest.mark.usefixtures("spark")]

COLUMNS = [
    "code code nomenclature! technique {operation: conserver}",
    "note texte texte-libre sensible {operation: masquer, relecture: dpo}",
]


def test_what_was_confirmed_leaves_the_same_way(tmp_path: Path) -> None:
    essay = replace(
        rows(COLUMNS, shown="[code, note]"),
        personal=True,
        publication="forme: lignes\ncolonnes: [code, note]\nperiodicite: mois\nlicence: licence-ouverte-2.0",
        guarantees="delai_publication: 1 jour",
        delivery="complete",
    )
    ring = FileKeyRing(tmp_path / "keys")
    key = review_key(ring, "essai")
    marks = [mark_of(key, dataset="essai", column="note", text=normalize("NFC", text)) for text in ODD]
    decided = {mark: (None if place == 1 else f"lu {place}") for place, mark in enumerate(marks)}
    data = [{"code": str(place), "note": text} for place, text in enumerate([*ODD, "", "jamais lu", ODD[0]])]
    given = same(on_each(tmp_path, lambda desk: desk.apply(essay, data), keys=ring, reviews=Reviews(decided)))
    said = str(given["csv"])
    assert "lu 0" in said
    assert "lu 1" not in said
    assert "jamais" not in said
    assert given["rows"] == len(ODD) + 1
