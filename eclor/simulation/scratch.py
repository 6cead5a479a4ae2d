"""The private folder of a dry run, outside any home: plain rows and throwaway keys, gone at the end.

A folder that a killed run left is removed by the next one of the same person: one that still lives holds its lock.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from eclor.durable import NO_ROOM
from eclor.errors import SettingsRefused
from eclor.leftovers import LOCK, sweep
from harvesters.locks import holding

PREFIX: Final = "eclor-simulation-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a private folder (0700) of the machine's temporary folder; it goes with all that it holds.

    Refuses (`SettingsRefused`) a temporary folder without room, and a file that the machine does not let us read.
    """
    sweep(Path(tempfile.gettempdir()), PREFIX)
    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        with holding(folder / LOCK, what=folder.name):
            yield folder
    except OSError as error:
        if error.errno in NO_ROOM or folder is None:
            raise SettingsRefused("simulate.no-room") from error
        raise SettingsRefused("simulate.unreadable", reason=error.strerror) from error
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
