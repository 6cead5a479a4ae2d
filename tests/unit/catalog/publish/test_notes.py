"""Why a version came, in words."""

from datetime import UTC, datetime

import pytest

from catalog.declaration import Kind
from catalog.notes import note_of, period_words
from eclor.names import Period

AT = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)
"""The 24th at five past midnight in Paris."""


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-10", "octobre 2026"),
        ("2026-11-22", "22 novembre 2026"),
        ("2026-W07", "semaine 7 de 2026"),
        ("2026-T4", "trimestre 4 de 2026"),
        ("2026", "2026"),
    ],
)
def test_a_period_is_said_as_people_say_it(period: str, words: str) -> None:
    assert period_words(Period(period)) == words


@pytest.mark.parametrize(
    ("kind", "periods", "former", "policy", "note"),
    [
        (Kind.SERIES, ["2026-09", "2026-10"], ["2026-09"], None, "Octobre 2026"),
        (Kind.SERIES, ["2026-08", "2026-09", "2026-10"], ["2026-08"], None, "De septembre 2026 à octobre 2026"),
        (Kind.SERIES, ["2026-10"], ["2026-10"], None, "Périodes rectifiées"),
        (Kind.SNAPSHOT, [], [], None, "Livraison du 24 novembre 2026"),
        (Kind.LIVE, [], [], None, "État du 24 novembre 2026, 00:05"),
        (Kind.LIVE, [], [], 3, "Nouvelle politique, version 3"),
    ],
)
def test_a_version_says_why_it_came(
    kind: Kind, periods: list[str], former: list[str], policy: int | None, note: str
) -> None:
    assert note_of(kind, periods=periods, former=former, at=AT, new_policy=policy) == note
