"""Keys stand apart from what they protect, each in its own file, and each dies alone."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from eclor.errors import Busy, SettingsRefused
from eclor.names import Period, Slug
from eclor.world import FileKeyRing, Secret

VISITS = Slug("visits")


def _partition_key(folder: Path) -> bytes:
    return FileKeyRing(folder).partition_key("p").reveal()


def test_a_key_is_the_same_from_one_start_to_the_next(tmp_path: Path) -> None:
    key = FileKeyRing(tmp_path / "keys").partition_key("p1").reveal()
    assert len(key) == 32
    assert FileKeyRing(tmp_path / "keys").partition_key("p1").reveal() == key


def test_every_key_is_another_one(tmp_path: Path) -> None:
    ring = FileKeyRing(tmp_path / "keys")
    keys = {
        ring.partition_key("p1").reveal(),
        ring.partition_key("p2").reveal(),
        ring.pseudonym_key(VISITS, Period("2026-10")).reveal(),
        ring.pseudonym_key(VISITS, Period("2026-11")).reveal(),
        ring.pseudonym_key(Slug("other"), Period("2026-11")).reveal(),
    }
    assert len(keys) == 5


def test_only_their_owner_may_read_them(tmp_path: Path) -> None:
    ring = FileKeyRing(tmp_path / "keys")
    ring.partition_key("p1")
    ring.pseudonym_key(VISITS, Period("2026-W47"))
    for path in (tmp_path / "keys", *(tmp_path / "keys").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_a_key_stands_nowhere_in_the_clear(tmp_path: Path) -> None:
    key = FileKeyRing(tmp_path / "keys").partition_key("p1").reveal()
    assert all(key not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_destroyed_key_never_comes_back_and_dies_alone(tmp_path: Path) -> None:
    ring = FileKeyRing(tmp_path / "keys")
    dead, alive = ring.partition_key("p1").reveal(), ring.partition_key("p2").reveal()
    pseudonym = ring.pseudonym_key(VISITS, Period("2026-11")).reveal()
    ring.destroy_partition_key("p1")
    assert not list((tmp_path / "keys").rglob("*p1*"))
    assert ring.partition_key("p1").reveal() != dead
    assert ring.partition_key("p2").reveal() == alive
    assert ring.pseudonym_key(VISITS, Period("2026-11")).reveal() == pseudonym
    ring.destroy_pseudonym_key(VISITS, Period("2026-11"))
    assert ring.pseudonym_key(VISITS, Period("2026-11")).reveal() != pseudonym
    ring.destroy_partition_key("never-made")


def test_no_file_stands_in_for_another(tmp_path: Path) -> None:
    ring = FileKeyRing(tmp_path / "keys")
    ring.partition_key("p1")
    ring.partition_key("p2")
    folder = tmp_path / "keys" / "partitions"
    (folder / "p2.key").write_bytes((folder / "p1.key").read_bytes())
    with pytest.raises(SettingsRefused, match="damaged"):
        ring.partition_key("p2")


@pytest.mark.parametrize(("left", "refusal"), [(bytes(60), Busy), (b"", SettingsRefused)])
def test_a_key_that_is_being_destroyed_is_not_said_to_be_damaged(
    tmp_path: Path, left: bytes, refusal: type[Busy | SettingsRefused]
) -> None:
    ring = FileKeyRing(tmp_path / "keys")
    ring.partition_key("p1")
    (tmp_path / "keys" / "partitions" / "p1.key").write_bytes(left)
    with pytest.raises(refusal):
        ring.partition_key("p1")


def test_another_master_key_opens_nothing(tmp_path: Path) -> None:
    FileKeyRing(tmp_path / "keys").partition_key("p1")
    (tmp_path / "keys" / "master.key").write_bytes(bytes(32))
    with pytest.raises(SettingsRefused, match="master"):
        FileKeyRing(tmp_path / "keys").partition_key("p1")


def test_processes_that_make_a_key_at_once_hold_the_same_one(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as processes:
        keys = set(processes.map(_partition_key, [tmp_path / "keys"] * 16))
    assert len(keys) == 1


@pytest.mark.parametrize("name", ["../escape", "", "a/b", "é", ".hidden"])
def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        FileKeyRing(tmp_path / "keys").partition_key(name)


def test_a_secret_never_shows() -> None:
    secret = Secret(b"MARKER")
    assert "MARKER" not in f"{secret!r}{secret!s}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
