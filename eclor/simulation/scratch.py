"""The private folder of a dry run, outside any home: plain rows and throwaway keys, gone at the end.

A folder that a killed run left is removed by the next one of the same person: one that still lives holds its lock.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from eclor.durable import NO_ROOM
from eclor.errors import SettingsRefused
from eclor.leftovers import held_folder

PREFIX: Final = "eclor-simulation-"


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a private folder (0700) of the machine's temporary folder; it goes with all that it holds.

    Refuses (`SettingsRefused`) a temporary folder without room, and a file that the machine does not let us read.
    """
    folder: Path | None = None
    try:
        with held_folder(Path(tempfile.gettempdir()), PREFIX) as folder:
            yield folder
    except OSError as error:
        if error.errno in NO_ROOM or folder is None:
            raise SettingsRefused("simulate.no-room") from error
        raise SettingsRefused("simulate.unreadable", reason=error.strerror) from error
