"""Private folders that a killed run left, removed by the next run of the same person: one that lives holds its lock."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from eclor.errors import Busy
from harvesters.locks import holding

LOCK: Final = "lock"
"""The file that a run holds in its folder while it lives."""


def sweep(beside: Path, prefix: str) -> None:
    """Remove from `beside` what killed runs of this person left; a folder just made has no lock yet, and is left."""
    for left in beside.glob(f"{prefix}*"):
        with suppress(OSError, Busy):
            if left.stat().st_uid == os.getuid() and (left / LOCK).exists():
                with holding(left / LOCK, what=left.name):
                    shutil.rmtree(left, ignore_errors=True)
