"""xml: an element is a row, nested as it came, whatever its namespaces. Payloads are written by hand."""

import pytest

from tests.payloads import read
from tests.payloads_answers import CONTRACTS


def test_an_element_right_inside_the_root_is_a_row_of_its_attributes_and_elements() -> None:
    contract, concession = read("xml", CONTRACTS.encode()).rows
    assert contract == {
        "kind": "marche", "uid": "1", "id": "2026-01", "objet": "Voirie & réseaux",
        "montant": {"devise": "EUR", "value": "1200.50"}, "titulaires": {"titulaire": {"id": "1"}}, "fin": None,
    }  # fmt: skip
    assert concession == {"kind": "concession", "id": "2026-02"}


def test_rows_may_be_named_and_stand_anywhere() -> None:
    (concession,) = read("xml", CONTRACTS.encode(), lignes="concession").rows
    assert concession["id"] == "2026-02"
    both = read("xml", CONTRACTS.encode(), lignes="concession, marche").rows
    assert [row["kind"] for row in both] == ["marche", "concession"]
    deep = b"<a><page>1</page><b><c><point id='1'><point/></point></c></b><b><point id='2'/></b></a>"
    assert [row["id"] for row in read("xml", deep, lignes="point").rows] == ["1", "2"]


def test_what_comes_several_times_is_a_list_and_what_is_said_to_be_one() -> None:
    text = b"<a><b><n>1</n><n>2</n><m>3</m></b><b><n>1</n></b></a>"
    assert [row["n"] for row in read("xml", text).rows] == [["1", "2"], "1"]
    assert [row["n"] for row in read("xml", text, listes="n m").rows] == [["1", "2"], ["1"]]
    assert read("xml", text, listes="n m").rows[0]["m"] == ["3"]


def test_an_attribute_called_as_an_element_and_a_text_beside_elements_are_kept() -> None:
    (row,) = read("xml", b"<a><b id='1' value='v'>texte<id>2</id></b></a>").rows
    assert row == {"kind": "b", "@id": "1", "@value": "v", "id": "2", "value": "texte"}
    (row,) = read("xml", b"<a><b value='v'><id>2</id></b></a>").rows
    assert row == {"kind": "b", "value": "v", "id": "2"}
    (row,) = read("xml", b"<a><b>texte<id>2</id></b></a>").rows
    assert row == {"kind": "b", "id": "2", "value": "texte"}


def test_what_is_called_kind_does_not_stand_for_what_a_row_is() -> None:
    rows = read("xml", b"<a><b><kind>x</kind><c><kind>y</kind></c></b><d kind='z'/></a>").rows
    assert rows == [{"kind": "b", "@kind": "x", "c": {"kind": "y"}}, {"kind": "d", "@kind": "z"}]


def test_a_text_alone_is_a_row_and_an_empty_element_too() -> None:
    assert read("xml", b"<a><jour> 2026-11-29 </jour><jour/></a>").rows == [
        {"kind": "jour", "value": "2026-11-29"}, {"kind": "jour", "value": None},
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["<a><b/></a>", "<a><date>x</date><liste/></a>"])
def test_a_document_without_what_is_named_is_refused(text: str) -> None:
    outcome = read("xml", text.encode(), lignes="marche")
    assert (outcome.code, outcome.rows) == ("payload.xml-no-rows", [])
    assert "marche" in str(outcome.refusal)


def test_an_empty_document_has_no_rows() -> None:
    outcome = read("xml", b"<a/>", lignes="marche")
    assert (outcome.code, outcome.rows, outcome.refused) == ("", [], [])


def test_many_rows_stream_and_a_cut_is_refused_after_them() -> None:
    text = b"<a>" + b"<b><c>1</c></b>" * 20_000
    outcome = read("xml", text)
    assert (len(outcome.rows), outcome.code) == (19_999, "payload.xml-syntax")  # the last may go on
