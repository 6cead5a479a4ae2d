"""What the gates noted of a version, kept beside it for when the next one is judged, and gone with it.

It is drawn from what is published, and lost without harm: a gate then reads the version itself.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pydantic import JsonValue, TypeAdapter, ValidationError

from eclor.durable import write_whole

_NAME: Final = "gates.json"
Notes = Mapping[str, Mapping[str, JsonValue]]
"""What each gate noted (`Verdict.kept`), by the gate's name."""
_NOTES: Final[TypeAdapter[Notes]] = TypeAdapter(Notes)


def keep(folder: Path, notes: Notes) -> None:
    """Write them in the folder of what is derived from a version. Raises (`OSError`) what the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / _NAME, json.dumps(notes).encode(), mode=0o600)


def noted(folder: Path) -> Notes:
    """Return them; nothing where they are lost."""
    try:
        return _NOTES.validate_json((folder / _NAME).read_bytes())
    except (OSError, ValidationError):
        return {}
