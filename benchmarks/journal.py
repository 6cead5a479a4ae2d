"""Claim: a journal of a million entries with 10,000 signed heads is checked whole in 20 CPU seconds at most.

Entries are those of acts and publications, linked and signed by the code that a run uses. What a check costs beside the
writing of the same file is said too. `python -m benchmarks.journal`.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalog.witnesses import verify_journal
from charter.chain import Entry, Kind, key_text, new_entry, sign_head
from charter.journal import Journal
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World

ENTRIES: Final = 1_000_000
BETWEEN_HEADS: Final = 100
TARGET_S: Final = 20.0
_FACTS: Final[dict[Kind, dict[str, str | int]]] = {
    Kind.ACT: {"act": "signer", "person": "p-garant", "role": "garant", "digest": "c" * 64},
    Kind.PUBLICATION: {"digest": "a" * 64, "policy_digest": "b" * 64, "policy_version": 1},
}


def chained(key: Ed25519PrivateKey) -> Iterator[Entry]:
    """Give the entries of a journal, each after the one before."""
    instant = datetime(2026, 1, 1, tzinfo=UTC)
    entry = new_entry(None, kind=Kind.OPENING, instant=instant, facts={"key": key_text(key.public_key())})
    yield entry
    for number in range(1, ENTRIES):
        kind = Kind.ACT if number % BETWEEN_HEADS else Kind.PUBLICATION
        facts = {"dataset": "passages", "version": number, **_FACTS[kind]}
        entry = new_entry(entry, kind=kind, instant=instant + timedelta(seconds=number), facts=facts)
        yield entry


def write(folder: Path) -> None:
    """Write the journal's two files."""
    key = Ed25519PrivateKey.generate()
    with (folder / "entries.jsonl").open("wb") as entries, (folder / "heads.jsonl").open("wb") as heads:
        for entry in chained(key):
            entries.write(entry.line + b"\n")
            if entry.kind is Kind.PUBLICATION:
                heads.write(sign_head(entry, key).line + b"\n")


def main() -> int:
    """Write, check, compare with the target."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "journal"
        folder.mkdir()
        began = time.process_time()
        write(folder)
        written = time.process_time()
        world = World(SystemClock(), SystemRandomness(), FileKeyRing(Path(home) / "keys"))
        held = verify_journal(Journal(folder, world), Path(home) / "published")
        spent = time.process_time() - written
    print(
        f"{held.entries:,} entries: written in {written - began:.1f} CPU s, checked in {spent:.1f} (at most {TARGET_S})"
    )
    return int(spent > TARGET_S or held.entries != ENTRIES)


if __name__ == "__main__":
    raise SystemExit(main())
