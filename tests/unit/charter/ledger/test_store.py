"""The ledger on the disk: private, read back as it was, silent once destroyed."""

import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymizers.cells import EmptyCellRule, Kind, Rules
from charter.ledger.plain import Columns, flattened, rebuilt
from charter.ledger.records import Draft, Kept, PastVersion
from charter.ledger.store import LedgerStore
from eclor.errors import Busy
from tests.applying import BADGE, SITE, Desk, names, table, visits

GROUP = "source.essais"
RECEIVED = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def draft(desk: Desk) -> Draft:
    essay = table(
        [BADGE, SITE, "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"],
        dimensions="[site, horodatage]",
        indicators=["{nom: passages, calcul: comptage-lignes}"],
        margins="[{par: []}]",
        changes={"differences": "{comparer_a: [essai], tardifs: reviser}"},
    )
    data = [*visits(*names(14)), *visits(*names(3), site="sud"), *visits(*names(20), site="est")]
    found = desk.apply(essay, data, received=RECEIVED).ledger
    assert found is not None
    return found


def store_of(desk: Desk) -> LedgerStore:
    return LedgerStore(desk.folder / "ledger", desk.world)


def kept_of(store: LedgerStore, version: PastVersion) -> Kept | None:
    return store.kept(version, version.periods[0], group=GROUP)


def test_what_is_read_back_is_what_was_written(desk: Desk, draft: Draft) -> None:
    written = store_of(desk).write(draft, number=1, content="abc")
    assert store_of(desk).versions("essai") == (written,)
    kept, meant = kept_of(store_of(desk), written), draft.periods[0].kept
    assert kept is not None
    assert (kept.marks, kept.dated, kept.release.rules) == (meant.marks, meant.dated, meant.release.rules)
    assert (kept.release.cells.keys, kept.release.units) == (meant.release.cells.keys, meant.release.units)
    for one, other in zip(kept.release.memberships, meant.release.memberships, strict=True):
        for name in ("starts", "units", "rows", "digests"):
            assert np.array_equal(getattr(one, name), getattr(other, name))
        assert all(np.array_equal(*pair) for pair in zip(one.amounts, other.amounts, strict=True))
    for path in [desk.folder / "ledger", *(desk.folder / "ledger").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_no_name_of_a_unit_and_no_count_stands_in_clear(desk: Desk, draft: Draft) -> None:
    store_of(desk).write(draft, number=1, content="abc")
    for path in [*(desk.folder / "ledger").rglob("*.enc"), *(desk.folder / "ledger").rglob("*.json")]:
        content = path.read_bytes()
        assert not any(name.encode() in content for name in names(20))
        if path.suffix == ".json":
            assert b"nord" not in content


def test_it_says_nothing_once_destroyed_due_or_under_another_key(desk: Desk, draft: Draft) -> None:
    written = store_of(desk).write(draft, number=1, content="abc")
    assert store_of(desk).kept(written, written.periods[0], group="source.autre") is None
    desk.now = RECEIVED + timedelta(days=182)
    assert kept_of(store_of(desk), written) is None
    desk.now = RECEIVED + timedelta(days=100)
    assert kept_of(store_of(desk), written) is not None
    desk.world.keys.destroy_comparison_key(GROUP)
    assert kept_of(store_of(desk), written) is None
    with pytest.raises(Busy):
        store_of(desk).write(draft, number=2, content="abd")


def test_a_damaged_half_counts_as_destroyed(desk: Desk, draft: Draft) -> None:
    written = store_of(desk).write(draft, number=1, content="abc")
    (units,) = (desk.folder / "ledger").rglob("*.units.enc")
    units.write_bytes(units.read_bytes()[:-1])
    assert kept_of(store_of(desk), written) is None
    (text,) = (desk.folder / "ledger").rglob("*.json")
    text.write_text("{")
    assert store_of(desk).versions("essai") == ()


def test_a_number_written_again_and_halves_without_a_text_leave_nothing(desk: Desk, draft: Draft) -> None:
    first = store_of(desk).write(draft, number=1, content="abc")
    second = store_of(desk).write(draft, number=1, content="abd")
    assert store_of(desk).versions("essai") == (second,)
    assert kept_of(store_of(desk), first) is None
    (text,) = (desk.folder / "ledger").rglob("*.json")
    text.unlink()
    store_of(desk).sweep()
    assert [path for path in (desk.folder / "ledger").rglob("*") if path.is_file()] == []
    assert list((desk.folder / "keys" / "ledgers").iterdir()) == []


def test_what_a_text_that_is_not_read_for_a_moment_names_is_not_swept(desk: Desk, draft: Draft) -> None:
    written = store_of(desk).write(draft, number=1, content="abc")
    (text,) = (desk.folder / "ledger").rglob("*.json")
    said = text.read_bytes()
    text.write_bytes(said[:-1])
    store_of(desk).sweep()
    text.write_bytes(said)
    store_of(desk).sweep()
    assert kept_of(store_of(desk), written) is not None


@given(
    ks=st.lists(st.integers(1, 99)).map(tuple),
    zones=st.lists(st.frozensets(st.text(max_size=3), max_size=3), max_size=2).map(tuple),
    kind=st.sampled_from(Kind),
)
def test_rules_are_read_back_whatever_they_are(
    ks: tuple[int, ...], zones: tuple[frozenset[str], ...], kind: Kind
) -> None:
    rules = Rules(ks, None, None, EmptyCellRule.MASKED, None)
    value = (replace(rules, small_zones=zones), {("a", "b"): ks}, kind)
    columns: Columns = {}
    assert rebuilt(flattened(value, columns), columns) == value
