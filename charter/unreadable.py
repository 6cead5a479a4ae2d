"""Why a text is no YAML (L100): what the library found becomes a cause in the words of who wrote the text."""

import re
from typing import Final, NamedTuple

from ruamel.yaml.error import MarkedYAMLError, StreamMark

_NO_BREAK: Final = re.compile("[\u00a0\u202f]")
_SECOND_COLON: Final = re.compile(r"\s*(?:- )?[^\s:#][^:#]*: +\S")
_BLOCK_ENDS: Final = "expected <block end>, but found "


class Cause(NamedTuple):
    """A wording of L100, and where what must be mended stands: line and column, from one."""

    wording: str
    line: int
    column: int
    character: str = ""


def cause_of(error: MarkedYAMLError, text: str) -> Cause | None:
    """Return why a text cannot be read any further, or none where the library gives no place."""
    met = error.problem_mark or error.context_mark
    if met is None:
        return None
    lines = text.split("\n")
    wording = _wording(str(error.problem), str(error.context), lines[: met.line + 1], met.column)
    begun = wording in {"colon", "unclosed-flow", "unclosed-quote"} and error.context_mark
    mark: StreamMark = error.context_mark if begun else met
    line = lines[mark.line] if mark.line < len(lines) else ""
    return Cause(wording, mark.line + 1, mark.column + 1, line[mark.column : mark.column + 1])


def _wording(problem: str, context: str, above: list[str], column: int) -> str:
    if problem == "mapping values are not allowed here":
        return _of_mapping(above, column)
    if problem == "could not find expected ':'":
        return "colon"
    if problem.startswith(_BLOCK_ENDS):
        return _of_block(problem.removeprefix(_BLOCK_ENDS).strip("'"), above[-1][:column].rstrip())
    if "quoted scalar" in context:
        return "escape" if "escape" in problem else "unclosed-quote"
    if "flow" in context:
        return "unclosed-flow"
    return "start" if "cannot start any token" in problem else "other"


def _of_mapping(above: list[str], column: int) -> str:
    """Return why a “: ” stands where it cannot: a false space, a second one on the line, a key out of line."""
    if any(_NO_BREAK.search(line) for line in above[-2:]):
        return "no-break"
    return "second-colon" if _SECOND_COLON.match(above[-1][:column]) else "indentation"


def _of_block(found: str, before: str) -> str:
    match found:
        case "<scalar>" if before.endswith(("]", "}")):
            return "after-list"
        case "-" | "<block sequence start>":
            return "item"
        case "<scalar>":
            return "after-quote"
        case "}" | "]":
            return "unopened"
        case "?":
            return "dash"
        case _:
            return "indentation"
