"""Names that a source gives to what it sends, as a log or a refusal may say them: such a name may be somebody's."""

import re
from typing import Final

UNSAID: Final = "…"
_NAME: Final = re.compile(r"@?[^\W\d][\w:#-]*(?:@[a-z]{2,3}(?:-\w+)?)?")
_DIGITS: Final = re.compile(r"\d[\d_:-]*\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_MOST_DIGITS: Final = 2


def sayable(path: str) -> str:
    """Return a dotted path, each member that does not read as the name of a field left unsaid.

    A field's name is one word with few digits in a row but a year's: neither a person's name and surname, nor an
    e-mail address, a plate or a number. A table without its header, a member called by what it is about, put such
    things where names are. One surname alone reads as a field's name.
    """
    return ".".join(part if _is_name(part) else UNSAID for part in path.split("."))


def sayable_column(name: str, number: int) -> str:
    """Return a column's name, as far as it is said; where it is not, with its number, by which it can be found."""
    said = sayable(name)
    return f"{said} (n° {number})" if UNSAID in said else said


def _is_name(part: str) -> bool:
    runs = [re.sub(r"\D", "", run) for run in _DIGITS.findall(part)]
    return bool(_NAME.fullmatch(part)) and all(len(run) <= _MOST_DIGITS or _YEAR.fullmatch(run) for run in runs)
