"""Answers that are kept: no more than there is room for, their questions weighed with them."""

from api.answers import Answers, answer
from api.dating import UNDATED

MADE = answer(b"{}", "application/json", modified=UNDATED)


def test_the_answer_whose_last_use_is_oldest_is_forgotten_first() -> None:
    kept = Answers(most_bytes=1_200)
    kept.keep((1, b"a"), MADE)
    kept.keep((1, b"b"), MADE)
    assert kept.get((1, b"a")) is MADE
    kept.keep((1, b"c"), MADE)
    assert [kept.get((1, one)) for one in (b"a", b"b", b"c")] == [MADE, None, MADE]


def test_long_questions_take_room() -> None:
    kept = Answers(most_bytes=10_000)
    for one in (b"a", b"b", b"c"):
        kept.keep(("ckan", one * 4_000), MADE)
    assert kept.get(("ckan", b"a" * 4_000)) is None
    assert kept.get(("ckan", b"c" * 4_000)) is MADE
