"""Nothing is named before it is on the disk: what is synced, and when, recorded as it happens."""

import os
from pathlib import Path

import pytest

from tests.unit.catalog.publish.released import Home, places


def test_every_file_is_synced_before_the_version_is_named_and_its_folders_after(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[tuple[str, Path]] = []
    fsync, rename = os.fsync, os.rename

    def synced(descriptor: int) -> None:
        events.append(("sync", Path(f"/proc/self/fd/{descriptor}").resolve()))
        fsync(descriptor)

    def renamed(source: Path, target: Path) -> None:
        events.append(("rename", Path(source)))
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "rename", renamed)
    entry = home.published(places(home))

    (work,) = [path for kind, path in events if kind == "rename" and path.parent == home.catalog.work]
    moment = events.index(("rename", work))
    before = {path for kind, path in events[:moment] if kind == "sync"}
    assert {work / path.name for path in entry.folder.iterdir()} | {work} <= before
    after = {path for kind, path in events[moment:] if kind == "sync"}
    assert {entry.folder.parent, entry.folder.parent.parent, home.catalog.published} <= after

    journal = home.catalog.journal.folder / "entries.jsonl"
    texts = [events.index(("sync", work / path.name)) for path in entry.folder.iterdir() if path.name != "proof.json"]
    last_entry = max(place for place, event in enumerate(events) if event == ("sync", journal))
    assert max(*texts, events.index(("sync", work))) < last_entry < events.index(("sync", work / "proof.json")) < moment
