"""Texts with case and accents apart."""

import tracemalloc

import pytest

from api.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [("ABC d", "abc d"), ("École ŒUVRE", "ecole œuvre"), ("ﬁn", "fin"), ("É" * 300, "e" * 300), ("", "")],
)
def test_case_and_accents_are_apart(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_long_texts_are_not_remembered() -> None:
    tracemalloc.start()
    for number in range(100):
        fold(f"é{number}" + "x" * 20_000)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 1_000_000
