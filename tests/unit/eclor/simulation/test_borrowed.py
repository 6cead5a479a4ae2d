"""The keys of a dry run: the home's are read where they are, no key is made, pseudonyms are of nowhere else."""

from pathlib import Path

import pytest

from eclor.names import Period, Slug
from eclor.simulation.borrowed import BorrowedKeys
from eclor.world import FileKeyRing, SystemRandomness

AIR, MAY = Slug("air"), Period("2026-05")


@pytest.fixture
def home(tmp_path: Path) -> FileKeyRing:
    return FileKeyRing(tmp_path / "keys")


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def borrowed(home: FileKeyRing) -> BorrowedKeys:
    return BorrowedKeys(home, SystemRandomness())


def test_keys_that_the_home_holds_are_its_own(home: FileKeyRing, tmp_path: Path) -> None:
    partition, group, part = home.partition_key("p"), home.comparison_key("g"), home.ledger_key("l")
    before, keys = files(tmp_path), borrowed(home)
    assert keys.partition_key("p").reveal() == partition.reveal()
    assert keys.comparison_key("g").reveal() == group.reveal()
    assert keys.ledger_key("l").reveal() == part.reveal()
    assert files(tmp_path) == before


def test_no_key_is_made_in_the_home_and_one_is_the_same_all_along(home: FileKeyRing, tmp_path: Path) -> None:
    keys = borrowed(home)
    for ask in (keys.partition_key, keys.comparison_key, keys.ledger_key):
        assert ask("none").reveal() == ask("none").reveal()
    assert not (tmp_path / "keys").exists()


def test_a_pseudonym_of_a_dry_run_can_be_joined_with_no_release(home: FileKeyRing) -> None:
    ours = home.pseudonym_key(AIR, MAY).reveal()
    keys = borrowed(home)
    assert keys.pseudonym_key(AIR, MAY).reveal() == keys.pseudonym_key(AIR, MAY).reveal() != ours
    assert borrowed(home).pseudonym_key(AIR, MAY).reveal() != keys.pseudonym_key(AIR, MAY).reveal()


def test_nothing_of_the_home_is_destroyed(home: FileKeyRing, tmp_path: Path) -> None:
    home.pseudonym_key(AIR, MAY), home.partition_key("p"), home.comparison_key("g"), home.ledger_key("l")
    before, keys = files(tmp_path), borrowed(home)
    keys.pseudonym_key(AIR, MAY)
    keys.destroy_partition_key("p")
    keys.destroy_comparison_key("g")
    keys.destroy_ledger_key("l")
    assert files(tmp_path) == before
