"""A drop folder: whole files, each once, in order, never touched."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest

from eclor.errors import PayloadRefused, SourceUnavailable
from harvesters.raw_store import RawStore
from harvesters.source import Source
from tests.harvesting import NOON, SteppingClock, column, drop, flow, harvested, rows_of, store_at

HEAD = "badge,poids"


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOON + timedelta(days=36500))


@pytest.fixture
def store(tmp_path: Path, clock: SteppingClock) -> RawStore:
    return store_at(tmp_path, clock)


def _source(tmp_path: Path, options: str = "{}") -> Source:
    (tmp_path / "in").mkdir(exist_ok=True)
    return flow(tmp_path, column("badge"), column("poids", "entier"), address=str(tmp_path / "in"), options=options)


def _badges(tmp_path: Path, source: Source, store: RawStore) -> list[object]:
    return [row["badge"] for row in rows_of(harvested(source, store), store, tmp_path / "work")]


def test_files_are_taken_in_the_order_of_their_names(tmp_path: Path, store: RawStore) -> None:
    for name in ("2026-10-02.csv", "2026-10-01.csv", "2026-10-03.csv"):
        drop(tmp_path / "in", name, [HEAD, f"{name[8:10]},1"])
    assert _badges(tmp_path, _source(tmp_path), store) == ["01", "02", "03"]


def test_unfinished_and_hidden_files_are_left(tmp_path: Path, store: RawStore) -> None:
    for name in ("a.csv.part", ".b.csv", "c.tmp", "d.csv.filepart", "e.csv.sha256"):
        drop(tmp_path / "in", name, [HEAD, "X,1"])
    (tmp_path / "in" / "folder").mkdir()
    drop(tmp_path / "in", "z.csv", [HEAD, "Z,1"])
    assert _badges(tmp_path, _source(tmp_path), store) == ["Z"]


def test_a_file_that_just_changed_waits(tmp_path: Path, store: RawStore, clock: SteppingClock) -> None:
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    growing = drop(tmp_path / "in", "b.csv", [HEAD, "B,1"])
    source = _source(tmp_path)
    now_s = clock.now().timestamp()
    os.utime(growing, (now_s - 1, now_s - 1))
    assert _badges(tmp_path, source, store) == ["A"]
    clock.instant += timedelta(seconds=3)
    assert _badges(tmp_path, source, store) == ["A", "B"]


def test_a_file_cut_in_the_middle_is_refused_until_it_is_whole(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", b"badge,poids\nA,1\nB")
    source = _source(tmp_path)
    with pytest.raises(PayloadRefused):
        harvested(source, store)
    assert not store.has(source.dataset, source.name)
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1", "B,2"])
    assert _badges(tmp_path, source, store) == ["A", "B"]


def test_the_same_bytes_under_another_name_are_not_taken_twice(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    source = _source(tmp_path)
    harvested(source, store)
    drop(tmp_path / "in", "a-bis.csv", [HEAD, "A,1"])
    assert _badges(tmp_path, source, store) == ["A"]


def test_a_touched_file_is_not_taken_twice(tmp_path: Path, store: RawStore) -> None:
    path = drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    source = _source(tmp_path)
    harvested(source, store)
    os.utime(path, (0, 0))
    assert _badges(tmp_path, source, store) == ["A"]


def test_a_taken_file_that_changes_is_refused(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    source = _source(tmp_path)
    harvested(source, store)
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1", "B,2"])
    with pytest.raises(SourceUnavailable) as refused:
        harvested(source, store)
    assert refused.value.code == "source.file-changed"
    assert store.held(source.dataset, source.name).rows == 1


def test_files_are_still_known_when_the_declaration_changes(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    harvested(_source(tmp_path), store)
    changed = _source(tmp_path, '{motif: "*.csv"}')
    assert _badges(tmp_path, changed, store) == ["A"]


def test_only_names_that_match_are_taken(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "passages-1.csv", [HEAD, "A,1"])
    drop(tmp_path / "in", "readme.txt", ["hello"])
    assert _badges(tmp_path, _source(tmp_path, '{motif: "passages-*.csv"}'), store) == ["A"]


def test_with_manifests_a_file_waits_for_its_own(tmp_path: Path, store: RawStore) -> None:
    path = drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    source = _source(tmp_path, "{manifeste: oui}")
    with pytest.raises(SourceUnavailable, match="Nothing was received"):
        harvested(source, store)
    manifest = path.with_name("a.csv.sha256")
    manifest.write_text("0" * 64 + "  a.csv\n")
    with pytest.raises(SourceUnavailable, match="announced"):
        harvested(source, store)
    manifest.write_text(hashlib.sha256(path.read_bytes()).hexdigest() + "  a.csv\n")
    assert _badges(tmp_path, source, store) == ["A"]


def test_the_folder_is_left_as_it_was(tmp_path: Path, store: RawStore) -> None:
    path = drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    harvested(_source(tmp_path), store)
    assert [(item.read_bytes(), item.stat().st_mtime_ns) for item in (tmp_path / "in").iterdir()] == [before]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, store: RawStore) -> None:
    source = flow(tmp_path, column("badge"), address=str(tmp_path / "none"))
    with pytest.raises(SourceUnavailable) as refused:
        harvested(source, store)
    assert refused.value.code == "source.no-folder"


def test_whole_files_before_a_refused_one_stay(tmp_path: Path, store: RawStore) -> None:
    drop(tmp_path / "in", "a.csv", [HEAD, "A,1"])
    drop(tmp_path / "in", "b.csv", ["badge,poids,nom", "B,1,x"])
    drop(tmp_path / "in", "c.csv", [HEAD, "C,1"])
    source = _source(tmp_path)
    with pytest.raises(PayloadRefused, match="nom"):
        harvested(source, store)
    assert store.held(source.dataset, source.name).rows == 1
