"""What a run says of its walks: a line each as they end, then a table."""

from collections.abc import Sequence
from typing import Final

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from charter.demonstration import holds_demonstration_key
from charter.vocabulary import YesNo
from eclor.house import House
from eclor.pipeline import Walk

_MARKS = {
    "published": "●",
    "unchanged": "●",
    "waiting": "◇",
    "paused": "◇",
    "refused": "▨",
    "unavailable": "■",
    "failed": "■",
}

_SIMULATED: Final = "Sources are simulated (données simulées)."
_KNOWN_KEYS: Final = "Signatures are demonstration keys."


def one_line(done: Walk) -> str:
    """Say in one line how a walk ended."""
    mark = _MARKS[done.outcome]
    if done.outcome in {"published", "unchanged"}:
        figures = f"{done.rows_in:,} rows in, {done.rows_out:,} out, {done.masked:,} withheld"
        return f"{mark} {done.dataset}: {done.outcome}, version {done.version} ({figures})"
    where = f" at door {done.door}" if done.door else ""
    return f"{mark} {done.dataset}: {done.outcome}{where}"


def report(walks: Sequence[Walk], house: House) -> Group:
    """Return the run's table (dataset, rows in, rows out, cells withheld, version or refusal), then each reason."""
    table = Table(header_style="bold", box=box.SIMPLE_HEAD, caption=_caption(walks, house), caption_justify="left")
    table.add_column("dataset", no_wrap=True)
    for name in ("rows in", "rows out", "withheld"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("version")
    for done in walks:
        table.add_row(done.dataset, *_figures(done), _ending(done))
    reasons = [Text(f"{done.dataset}\n{_reason(done)}\n") for done in walks if done.message_fr]
    return Group(table, *reasons)


def _caption(walks: Sequence[Walk], house: House) -> str | None:
    """Say what is simulated, and apart from it whether anybody signs with keys that everybody can compute."""
    declared = [house.declarations[done.dataset] for done in walks if done.dataset in house.declarations]
    simulated = any(declaration.simulated is YesNo.YES for declaration in declared)
    known = any(holds_demonstration_key(person) for person in house.territory.roles.people)
    said = [_SIMULATED] * simulated + [_KNOWN_KEYS] * known
    return " ".join(said) or None


def _reason(done: Walk) -> str:
    return "\n".join(f"  {line}" for line in done.message_fr.splitlines())


def _figures(done: Walk) -> tuple[str, str, str]:
    if done.version is None:
        return f"{done.rows_in:,}" if done.rows_in else "–", "–", "–"
    return f"{done.rows_in:,}", f"{done.rows_out:,}", f"{done.masked:,}"


def _ending(done: Walk) -> Text:
    if done.failed:
        return Text(f"{done.outcome} at door {done.door}, see below", style="red")
    match done.outcome:
        case "published":
            said, style = f"version {done.version}", "green"
        case "unchanged":
            said, style = f"version {done.version}, unchanged", "green"
        case "waiting":
            said, style = "nothing new yet", "dim"
        case "paused":
            said, style = "paused by a person", "dim"
        case "unavailable":
            said, style = "source unreachable, see below", "yellow"
        case outcome:
            said, style = f"{outcome} by the charter, see below", "magenta"
    return Text(said, style=style)
