"""Who is in each cell, as the session marks it: against a count by hand."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

import charter.arrivals
import charter.memberships
from anonymizers.cells import CellTable
from anonymizers.differencing.membership import NO_UNIT, Memberships
from charter.arrivals import UnitReader
from charter.due import DuePeriod
from charter.ledger.records import DraftPeriod
from charter.memberships import UnitSets
from charter.unit_rows import Layout
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
    assert held(period) == counted(data)
    assert (period.period, period.destroyed_on) == ("2026-10", datetime(2027, 5, 1, tzinfo=UTC))


def test_the_sets_are_the_same_whatever_comes_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Row by row: numbers of each width, labels that come at once or later, two periods, units that come twice."""
    whole = charter.memberships.read_unit_sets

    def by_row(answer: Iterable[pa.RecordBatch], layout: Layout) -> UnitSets:
        return whole((batch.slice(row, 1) for batch in answer for row in range(batch.num_rows)), layout)

    october = [
        *visits(*names(12), site="nord", volume=3),
        *visits(*names(12), site="nord", volume=300),
        *visits(*names(13), site="sud", volume=70_000),
        *visits(*names(11), "", site="sud", at="2026-10-06T09:00:00+02:00", volume=5_000_000_000),
    ]
    september = visits(*names(15), site="est", at="2026-09-06T09:00:00+02:00", volume=40_000)
    for read in (whole, by_row):
        monkeypatch.setattr(charter.arrivals, "read_unit_sets", read)
        release = desk.apply(essay(BADGE), [*october, *september], received=datetime(2026, 11, 1, tzinfo=UTC))
        assert release.ledger is not None
        assert [held(period) for period in release.ledger.periods] == [counted(september), counted(october)]


def test_texts_of_one_unit_are_one_unit(desk: Desk) -> None:
    data = [*visits(*names(12), volume=200), *visits(*(f"{name} " for name in names(12)), volume=100)]
    release = desk.apply(essay(BADGE), data, received=datetime(2026, 11, 1, tzinfo=UTC))
    assert release.ledger is not None
    assert list(held(release.ledger.periods[0]).values()) == [(2, 300)] * 12


def test_who_is_in_a_period_is_read_again_where_it_is_asked_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, asked: list[int]
) -> None:
    read, told = UnitReader.memberships, list[list[int]]()

    def twice(reader: UnitReader, cells: CellTable, due: DuePeriod) -> Memberships:
        for _ in range(2):
            ((members,),) = [read(reader, cells, due)]
            told.append(members.units.tolist())
        return (members,)

    monkeypatch.setattr(UnitReader, "memberships", twice)
    desk.apply(essay(BADGE), visits(*names(12), volume=1), received=datetime(2026, 11, 1, tzinfo=UTC))
    assert told[0] == told[1] != []
    assert asked == [1, 1]


def counted(data: Sequence[Mapping[str, object]]) -> dict[tuple[object, ...], tuple[int, int]]:
    rows = Counter((row["site"], str(row["horodatage"])[:10], row["badge"]) for row in data)
    litres: Counter[tuple[object, ...]] = Counter()
    for row in data:
        litres[row["site"], str(row["horodatage"])[:10], row["badge"]] += int(str(row["volume"]))
    return {
        (site, day, mark(str(name)) if name else int(NO_UNIT)): (rows[site, day, name], litres[site, day, name])
        for site, day, name in rows
    }


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
