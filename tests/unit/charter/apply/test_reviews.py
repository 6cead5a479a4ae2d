"""Masked texts in rows: only what the DPO confirmed leaves, and a line that waits is left out whole."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from charter.reviews import Reviews, mark_of, review_key
from eclor.errors import GuaranteeBroken
from tests.applying import Desk, Essay, rows, shown

CODE = "code code nomenclature! technique {operation: conserver}"
NOTE = "note texte texte-libre sensible {operation: masquer, relecture: dpo}"
MORE = "suite texte texte-libre sensible {operation: masquer, relecture: dpo}"
ORIGINAL = "Mme Durand laisse ses sacs"
DATA = [
    {"code": "a", "note": ORIGINAL},
    {"code": "b", "note": "lampe cassée"},
    {"code": "c", "note": ""},
    {"code": "d", "note": "M. Martin, 06 12 34 56 78"},
]


def essay(*columns: str) -> Essay:
    names = ", ".join(column.split(" ")[0] for column in columns)
    return replace(
        rows(columns, shown=f"[{names}]"),
        personal=True,
        publication=f"forme: lignes\ncolonnes: [{names}]\nperiodicite: mois\nlicence: licence-ouverte-2.0",
        guarantees="delai_publication: 1 jour",
        delivery="complete",
    )


def decided(desk: Desk, texts: Mapping[str, str | None], column: str = "note", dataset: str = "essai") -> Reviews:
    key = review_key(desk.world.keys, "essai")
    return Reviews({mark_of(key, dataset=dataset, column=column, text=text): said for text, said in texts.items()})


def test_what_was_confirmed_leaves_in_place_of_the_text_and_nothing_else(desk: Desk) -> None:
    desk.reviews = decided(desk, {ORIGINAL: "[nom] laisse ses sacs", "lampe cassée": None})
    release = desk.apply(essay(CODE, NOTE), DATA)
    assert shown(release) == [("a", "[nom] laisse ses sacs"), ("c", None)]
    content = release.rows.path.read_bytes()
    assert b"Durand" not in content
    assert b"Martin" not in content
    assert release.figures.internal["reviews"] == {"note": {"waiting": 1, "withheld": 1}}
    assert any("relu" in promise for promise in release.figures.guarantees)
    assert not any("seules paraissent" in promise for promise in release.figures.guarantees)


def test_a_text_that_changed_by_a_space_waits_again(desk: Desk) -> None:
    desk.reviews = decided(desk, {ORIGINAL + " ": "x", ORIGINAL.upper(): "x", "lampe cassée": "lampe cassée"})
    assert shown(desk.apply(essay(CODE, NOTE), DATA)) == [("b", "lampe cassée"), ("c", None)]


def test_a_line_with_two_texts_waits_for_both(desk: Desk) -> None:
    data = [{"code": "a", "note": "un", "suite": "deux"}, {"code": "b", "note": "un", "suite": ""}]
    desk.reviews = decided(desk, {"un": "1"})
    assert shown(desk.apply(essay(CODE, NOTE, MORE), data)) == [("b", "1", None)]
    desk.reviews = Reviews({**desk.reviews.decided, **decided(desk, {"deux": "2"}, "suite").decided})
    assert shown(desk.apply(essay(CODE, NOTE, MORE), data)) == [("a", "1", "2"), ("b", "1", None)]


def test_a_review_of_another_column_or_dataset_is_none(desk: Desk) -> None:
    for others in (decided(desk, {"deux": "2"}, "autre"), decided(desk, {"deux": "2"}, dataset="autre")):
        desk.reviews = others
        with pytest.raises(GuaranteeBroken) as refused:
            desk.apply(essay(CODE, NOTE), [{"code": "a", "note": "deux"}])
        assert refused.value.code == "release.nothing-reviewed"
        assert "deux" not in f"{refused.value.located()}{refused.value.facts}"


def test_an_empty_delivery_needs_no_review(desk: Desk) -> None:
    assert shown(desk.apply(essay(CODE, NOTE), "code,note\n")) == []
