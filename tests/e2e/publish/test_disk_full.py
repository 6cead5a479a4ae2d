"""A disk that fills up at any moment of a publication: a clear refusal, and the former version stays."""

import subprocess
from collections.abc import Iterator
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from catalog.database import reading
from catalog.reading import current_version
from catalog.verify import verify_folder
from eclor.errors import PublicationFailed
from tests.e2e.publish.publisher import assert_nothing_torn, opened, places_of, publish_under_limit
from tests.unit.catalog.publish.released import Home

NO_ROOM = {"catalog.no-room", "catalog.not-written", "catalog.not-recorded"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(mounted)], check=False, capture_output=True
    )
    if made.returncode != 0:
        pytest.skip("mounting a small disk needs root; the limit on file sizes is tried instead")
    yield mounted
    subprocess.run(["umount", "-l", str(mounted)], check=True)


def fill(disk: Path, *, but_kb: int) -> None:
    """Leave so many kilobytes free."""
    (disk / "ballast").unlink(missing_ok=True)
    free = int(subprocess.run(["stat", "-f", "-c", "%a", str(disk)], check=True, capture_output=True).stdout) * 4096
    (disk / "ballast").write_bytes(bytes(max(0, free - but_kb * 1024)))


def test_a_full_disk_refuses_and_the_former_version_stays(small_disk: Path) -> None:
    home = Home(small_disk / "home")
    home.published(places_of(home, 2))
    made = places_of(home, 3000)
    outcomes = {}
    for but_kb in range(0, 1500, 125):
        home.clock.move(minutes=10)
        fill(small_disk, but_kb=but_kb)
        try:
            outcomes[but_kb] = home.published(made).version
            break
        except PublicationFailed as refused:
            outcomes[but_kb] = refused.code
            assert not home.catalog.work.exists() or list(home.catalog.work.iterdir()) == []
        with reading(home.catalog.engine) as session:
            current = current_version(session, "points-de-collecte")
        assert current is not None
        assert verify_folder(home.catalog.published / current.folder).version == current.number == 1
    (small_disk / "ballast").unlink()
    *refusals, last = outcomes.values()
    assert set(refusals) <= NO_ROOM, outcomes
    assert "catalog.no-room" in refusals
    assert last.isdigit(), outcomes
    assert_nothing_torn(home)


def test_a_refusal_for_lack_of_room_says_its_cure(small_disk: Path) -> None:
    home = Home(small_disk / "home")
    home.published(places_of(home, 2))
    made = places_of(home, 3000)
    fill(small_disk, but_kb=300)
    with pytest.raises(PublicationFailed) as refused:
        home.publish(made)
    assert "Libérez de la place sous ECLOR_HOME" in refused.value.french()
    assert refused.value.status == 507


@pytest.mark.parametrize("limit_kb", [40, 100, 200])
def test_a_limit_on_file_sizes_refuses_and_the_former_version_stays(
    processes: ForkServerContext, folder: Path, limit_kb: int
) -> None:
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=publish_under_limit, args=(folder, there, limit_kb * 1024))
    process.start()
    process.join()
    assert here.recv() in NO_ROOM
    home = opened(folder)
    assert_nothing_torn(home)
    with reading(home.catalog.engine) as session:
        current = current_version(session, "points-de-collecte")
    assert current is not None
    assert current.number == 1
