"""Backups of the keys: a key that was destroyed here and lives on there still opens what a backup of the rows holds."""

from pathlib import Path

from eclor.world import FileKeyRing, KeyKind


def surviving(backup: Path, ring: FileKeyRing) -> list[str]:
    """Return the keys of a backup, `kind/name`, that the home no longer holds: all of them were destroyed.

    `backup` is a copy of `keys/`, or a folder that holds copies of it at any depth.
    """
    found = set()
    for kind in KeyKind:
        held = set(ring.names(kind))
        for path in backup.rglob(f"{kind}/*.key"):
            if path.stem not in held:
                found.add(f"{kind}/{path.stem}")
    return sorted(found)
