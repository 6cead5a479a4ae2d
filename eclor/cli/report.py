"""What a run says of its walks: a line each as they end, then a table."""

from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from catalog.declaration import DatasetDeclaration
from eclor.names import Slug
from eclor.pipeline import Walk

_MARKS = {
    "published": "●",
    "unchanged": "●",
    "waiting": "◇",
    "refused": "▨",
    "unavailable": "■",
    "failed": "■",
}


def one_line(done: Walk) -> str:
    """Say in one line how a walk ended."""
    mark = _MARKS[done.outcome]
    if done.outcome in {"published", "unchanged"}:
        return f"{mark} {done.dataset}: {done.outcome}, version {done.version}"
    where = f" at door {done.door}" if done.door else ""
    return f"{mark} {done.dataset}: {done.outcome}{where}. {done.message_fr.splitlines()[0] if done.message_fr else ''}"


def report(walks: Iterable[Walk], declarations: Mapping[Slug, DatasetDeclaration]) -> Table:
    """Return the run's table: dataset, rows in, rows out, cells withheld, version, or the reason of a refusal."""
    table = Table(title_justify="left", header_style="bold")
    table.add_column("dataset", no_wrap=True)
    for name in ("rows in", "rows out", "withheld"):
        table.add_column(name, justify="right")
    table.add_column("version, or why not", overflow="fold")
    for done in walks:
        declared = declarations.get(done.dataset)
        simulated = " (simulé)" if declared is not None and declared.simulated == "oui" else ""
        table.add_row(f"{done.dataset}{simulated}", *_figures(done), _ending(done))
    return table


def _figures(done: Walk) -> tuple[str, str, str]:
    rows_in = f"{done.rows_in:,}" if done.rows_in else "–"
    if done.version is None:
        return rows_in, "–", "–"
    return rows_in, f"{done.rows_out:,}", f"{done.masked:,}"


def _ending(done: Walk) -> Text:
    match done.outcome:
        case "published":
            return Text(f"version {done.version}", style="green")
        case "unchanged":
            return Text(f"version {done.version}, unchanged", style="green")
        case "waiting":
            return Text(done.message_fr, style="dim")
        case _:
            return Text(f"{done.outcome}: {done.message_fr}", style="magenta" if done.honest else "red")
