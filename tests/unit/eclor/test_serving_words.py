"""Versions are told with their noun, one or several."""

import pytest

from eclor.sentences.serving import numbered


@pytest.mark.parametrize(
    ("versions", "told"), [("1", "version 1"), ("12", "version 12"), ("1-3", "versions 1-3"), ("1, 4", "versions 1, 4")]
)
def test_versions_are_told_with_their_noun(versions: str, told: str) -> None:
    assert numbered(versions) == told
