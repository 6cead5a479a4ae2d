"""The shape of a value tells its characters' kinds and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.gates.shapes import LONGEST, shape

SMALL, CAPITALS, FIGURES = "abcdeéèçñœß", "ABCDEÉÈÇÑŒ", "0123456789٣９"


def test_a_shape_reads_as_what_it_hides() -> None:
    assert shape("06 12 34 56 78") == "99 99 99 99 99"
    assert shape("sophie.martin@exemple.fr") == "aaaaaa.aaaaaa@aaaaaaa.aa"
    assert shape("Zoé d'Ham\u200b") == "Aaa a'Aaa?"


@given(st.lists(st.sampled_from(range(3)), max_size=60), st.data())
def test_texts_of_the_same_kinds_have_one_shape(kinds: list[int], data: st.DataObject) -> None:
    one, other = (
        "".join(data.draw(st.sampled_from((SMALL, CAPITALS, FIGURES)[kind])) for kind in kinds) for _ in range(2)
    )
    assert shape(one) == shape(other)


@given(st.text(max_size=100))
def test_a_shape_is_short_and_holds_no_letter_nor_digit_of_its_text(text: str) -> None:
    told = shape(text)
    assert len(told) <= LONGEST + 1
    assert {letter for letter in told if letter.isalnum()} <= {"a", "A", "9"}
