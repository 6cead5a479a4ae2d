"""What a scan says to the DPO, in French: a table of what was found, then what to do."""

from collections.abc import Iterator
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from catalog.scanning.report import Found, ScanReport, Verdict
from eclor.sentences.gates import KINDS
from eclor.sentences.scanning import CURE, CURES, DECISIONS, FILE_NAME, TRACES, UNREAD, VERDICTS

_STYLES: Final = {Verdict.BLOCK: "red", Verdict.REVIEW: "yellow", Verdict.PASS: "green"}
_MARKS: Final = {Verdict.BLOCK: "■", Verdict.REVIEW: "◇", Verdict.PASS: "●"}


def told(report: ScanReport) -> None:
    """Write the report on standard output."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(f"{_shown(report.file)} : {len(report.columns)} colonne(s) lue(s), toutes les lignes."))
    if any(True for _ in _lines(report)):
        console.print(_table(report))
    clean = [column.name for column in report.columns if column.decision is Verdict.PASS]
    if clean and report.decision is not Verdict.PASS:
        console.print(Text(f"Rien trouvé dans : {', '.join(map(_shown, clean))}."))
    for kind in dict.fromkeys(found.kind for _, found in _lines(report)):
        console.print(Text(f"  {_named(kind)} : {CURES.get(kind, CURE)}"))
    for code in report.unread:
        console.print(Text(UNREAD[code], style="dim"))
    decision = report.decision
    console.print(Text(f"{_MARKS[decision]} {VERDICTS[decision.value]}", style=_STYLES[decision]))


def _lines(report: ScanReport) -> Iterator[tuple[str, Found]]:
    yield from ((FILE_NAME, found) for found in report.findings)
    for column in report.columns:
        yield from ((column.name, found) for found in column.findings)


def _table(report: ScanReport) -> Table:
    table = Table(header_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("colonne")
    table.add_column("décision", no_wrap=True)
    table.add_column("ce qui s'y trouve")
    table.add_column("cellules", justify="right", no_wrap=True)
    for place, found in _lines(report):
        decision = Text(DECISIONS[found.decision.value], style=_STYLES[found.decision])
        table.add_row(Text(_shown(place)), decision, _named(found.kind), f"{found.count:,}".replace(",", " "))
    return table


def _named(kind: str) -> str:
    return TRACES[kind] if kind in TRACES else KINDS[kind][0]


def _shown(name: str) -> str:
    """Return a name without what would command the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in name)
