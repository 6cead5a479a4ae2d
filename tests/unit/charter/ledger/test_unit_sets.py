"""Who is in each cell, as the session marks it: against a count by hand."""

import hashlib
import hmac
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from anonymizers.differencing.membership import NO_UNIT
from charter.ledger.records import DraftPeriod
from eclor.world import Secret
from tests.applying import BADGE, HASHED, SITE, Desk, Essay, names, table, visits

KEY = b"a key of the comparison group..."
VOLUME = "volume entier mesure mesure {operation: agreger}"
DAY = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [jour]}"


class OneKey:
    """A ring of one key for everything."""

    def pseudonym_key(self, dataset: str, period: str) -> Secret:
        return Secret(f"{dataset} {period}".encode().ljust(32, b"."))

    def partition_key(self, partition: str) -> Secret:
        raise AssertionError(partition)

    def destroy_partition_key(self, partition: str) -> None:
        raise AssertionError(partition)

    def comparison_key(self, group: str) -> Secret:
        assert group == "source.essais"
        return Secret(KEY)

    def destroy_comparison_key(self, group: str) -> None:
        raise AssertionError(group)

    def ledger_key(self, part: str) -> Secret:
        raise AssertionError(part)

    def destroy_ledger_key(self, part: str) -> None:
        raise AssertionError(part)


def essay(badge: str) -> Essay:
    return table(
        [badge, SITE, DAY, VOLUME],
        dimensions="[site, horodatage]",
        indicators=["{nom: litres, calcul: somme, champ: volume}", "{nom: passages, calcul: comptage-lignes}"],
        margins="[{par: [site]}]",
        changes={"differences": "{comparer_a: [essai], tardifs: reviser}"},
    )


def mark(badge: str) -> int:
    found = hmac.new(KEY, f"foyer\x1f{badge}".encode(), hashlib.sha256).digest()[:8]
    return int.from_bytes(found, "big")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path, keys=OneKey())


@pytest.mark.parametrize("badge", [BADGE, HASHED])
def test_the_sets_are_those_of_the_rows_whatever_the_pseudonyms_are(desk: Desk, badge: str) -> None:
    data = [
        *visits(*names(14), site="nord", volume=3),
        *visits(*names(3), site="nord", at="2026-10-05T17:00:00+02:00", volume=5),
        *visits(*names(12), site="sud", at="2026-10-06T09:00:00+02:00", volume=1),
        *visits("", "", site="sud", at="2026-10-06T09:00:00+02:00", volume=7),
    ]
    release = desk.apply(essay(badge), data, received=datetime(2026, 11, 1, tzinfo=UTC))
    assert release.ledger is not None
    (period,) = release.ledger.periods
    rows = Counter((row["site"], str(row["horodatage"])[:10], row["badge"]) for row in data)
    litres: Counter[tuple[object, ...]] = Counter()
    for row in data:
        litres[row["site"], str(row["horodatage"])[:10], row["badge"]] += int(str(row["volume"]))
    expected = {
        (site, day, mark(str(name)) if name else int(NO_UNIT)): (rows[site, day, name], litres[site, day, name])
        for site, day, name in rows
    }
    assert held(period) == expected
    assert (period.period, period.destroyed_on) == ("2026-10", datetime(2027, 5, 1, tzinfo=UTC))


def held(period: DraftPeriod) -> dict[tuple[object, ...], tuple[int, int]]:
    release = period.kept.release
    (members,) = release.memberships
    keys = [release.cells.keys[cell] for cell in members.cells]
    numbers = zip(keys, members.units.tolist(), members.rows.tolist(), members.amounts[0].tolist(), strict=True)
    return {(*key, unit): (rows, litres) for key, unit, rows, litres in numbers}


def test_rows_of_another_day_are_other_rows_and_those_of_one_day_the_same_in_every_table(desk: Desk) -> None:
    by_month = table(
        [BADGE, SITE, "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"],
        dimensions="[site, horodatage]",
        indicators=["{nom: passages, calcul: comptage-lignes}"],
        changes={"differences": "{comparer_a: [essai], tardifs: reviser}"},
    )
    digests = []
    for at in ("2026-10-05T09:00:00+02:00", "2026-10-05T23:30:00+02:00", "2026-10-06T00:30:00+02:00"):
        ledger = desk.apply(by_month, visits(*names(12), at=at)).ledger
        assert ledger is not None
        (members,) = ledger.periods[0].kept.release.memberships
        digests.append(members.digests)
    assert np.array_equal(digests[0], digests[1])
    assert (digests[0] != digests[2]).all()
