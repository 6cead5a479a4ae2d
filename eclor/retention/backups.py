"""Backups of the keys: a key that was destroyed here and lives on there still opens what a backup of the rows holds."""

from pathlib import Path

from eclor.errors import EclorError
from eclor.world import FileKeyRing, KeyKind


def surviving(backup: Path, ring: FileKeyRing) -> list[str]:
    """Return the keys of a backup, `kind/name`, that the home no longer holds: all of them were destroyed.

    `backup` is a copy of `keys/`, or a folder that holds copies of it at any depth. Refuses (`EclorError`) one in
    which no key is seen: nothing would be known of it.
    """
    found, is_copy = set(), next(backup.rglob("master.key"), None) is not None
    for kind in KeyKind:
        held = set(ring.names(kind))
        for path in backup.rglob(f"{kind}/*.key"):
            is_copy = True
            if path.stem not in held:
                found.add(f"{kind}/{path.stem}")
    if not is_copy:
        raise EclorError("retention.no-backup", folder=backup.name)
    return sorted(found)
