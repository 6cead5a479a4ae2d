"""The folder that an offline run leaves, written whole or not at all, and read back as `--previous`."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from catalog.export import Table
from catalog.exports import export
from charter.apply import Release
from charter.compile import Plan
from charter.ledger.store import LedgerStore
from eclor.durable import sync_file, sync_folder
from eclor.errors import Place, SettingsRefused
from eclor.leftovers import LOCK, held_folder
from eclor.sentences.doors import UNSIGNED

CSV: Final = "release.csv"
PARQUET: Final = "release.parquet"
PROOF: Final = "proof.json"
PRIVATE: Final = "private"
KEYS: Final = "keys"
LEDGER: Final = "ledger.json"
REPORT: Final = "rapport-interne.json"
SCRATCH: Final = "travail"
"""Plain rows and spilled work of a run, under `private/`, gone before the folder has its name."""

_PRIVATE_MODE: Final = 0o700
_PREFIX: Final = ".eclor-apply-"


@contextmanager
def bundle(out: Path) -> Iterator[Path]:
    """Give a new private folder beside `out`, renamed to it if all goes well, gone if not.

    Refuses (`SettingsRefused`) an `out` that already holds something: a result is never written over. What a killed run
    left beside it, plain rows among them, is removed first.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SettingsRefused("apply.out-exists", place=Place(str(out)))
    out.parent.mkdir(parents=True, exist_ok=True)
    with held_folder(out.parent, _PREFIX) as folder:
        (folder / PRIVATE).mkdir(mode=_PRIVATE_MODE)
        yield folder
        _name(folder, out)


def _name(folder: Path, out: Path) -> None:
    """Give a whole folder its name, and only then let go of its lock: until then a kill leaves it to be swept."""
    shutil.rmtree(folder / PRIVATE / SCRATCH, ignore_errors=True)
    for file in folder.rglob("*"):
        (sync_folder if file.is_dir() else sync_file)(file)
    folder.chmod(0o755)
    if out.exists():
        out.rmdir()
    folder.rename(out)
    (out / LOCK).unlink()
    sync_folder(out)
    sync_folder(out.parent)


def write_results(folder: Path, release: Release, plan: Plan, *, ledger: LedgerStore) -> None:
    """Write the release as CSV and Parquet, its public proof, and its internal report and ledger under `private/`."""
    shutil.copyfile(release.rows.path, folder / PARQUET)
    export("csv").write(Table(release.rows.path, release.columns), folder / CSV)
    files = {name: digest_of(folder / name) for name in (CSV, PARQUET)}
    _write(folder / PROOF, _proof(release, plan, files))
    private = folder / PRIVATE
    _write_private(private / REPORT, release.figures.report(files))
    _write_private(private / LEDGER, {"dataset": release.dataset, "periods": release.periods, "files": files})
    if release.ledger is not None:
        former = ledger.versions(release.dataset)
        number = 1 + max((version.number for version in former), default=0)
        ledger.write(release.ledger, number=number, content=files[CSV])


def _proof(release: Release, plan: Plan, files: Mapping[str, str]) -> Mapping[str, object]:
    """Return what may be said to anyone, under the names that the proof of a published version has."""
    return {
        "format": "eclor-offline-1",
        "dataset": release.dataset,
        "applied_at": release.applied_at.isoformat(),
        "periods": release.periods,
        "rows": release.figures.cells,
        "masked": release.figures.masked,
        "columns": [asdict(column) for column in release.columns],
        "policy": {"digest": plan.policy_digest, "version": plan.policy.version},
        "charter": {"digest": plan.charter_digest, "version": plan.charter.version},
        "roles_digest": plan.roles_digest,
        "catalogue_digest": plan.catalogue_digest,
        "plan_digest": release.plan_digest,
        "operations": plan.operations,
        "signatures": UNSIGNED,
        "guarantees": release.figures.guarantees,
        "files": [{"name": name, "sha256": digest} for name, digest in files.items()],
    }


def _write(path: Path, value: Mapping[str, object]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_private(path: Path, value: Mapping[str, object]) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
