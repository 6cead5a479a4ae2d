"""Tables as local governments publish them, and notes as agents write them, typed by hand before the gate was read.

`*_tables.txt`, `*_leaks.txt` and `*_texts.txt` hold parts that begin with "# " and a name; a table's first line names
its columns, "|" parts cells, and "!" marks a column of authors or what leaks, which is to be flagged. Those of
`stranger` were written by another hand, later, those of `newcomer` by a third; those of `roundsman` (a road
agent's tablet, a canteen's clerk) were worked at, those of `bailiff` (a bailiff, a commuter's form) once they had been
measured blind twice; so were those of `sexton` (a cemetery's register, a crèche, a mayor's secretary, a switchboard) and
of `messenger` (who carries the papers of every office of a town hall), of `almoner` (who exports what the software of a
town and of its neighbours holds), of `surveyor` (who takes from offices, syndicates and vendors each export as it is) and
of `archivist` (who takes in what forty years of offices leave in files), read since. Those of `registrar` (who publishes
what each service of a group of communes hands over), of `forester` (who gathers exports of every vendor from many
communes) and of `purser` (whom finance and social services made a data officer; the bar's kinds alone up to `context
025`) were measured blind, and read since; so were those of `ferryman` (syndicates, social landlords, départements),
`steward` (old shares, forms and platforms of a group of communes), `lamplighter` (secretaries of rural communes),
`verger` (who audits drafts of portals) and `bursar` (the shared desk of thirty communes), and those of `tinker`,
`saddler` and `glazier`, in the worst headers that they could think of too. Those of `toller` (a region of France),
`chandler` (the border region), `miller` (rural communes, syndicates, landlords), `cooper` (a large city), `tanner` (a
département) and `weaver` (a communauté de communes at the border) were written as such files come, neither hard on
purpose nor easy; all were measured blind, the last two with rules that no hand made after. From the messenger on,
tables have up to 30 rows.
A leak called `place` stands in a column whose name says that it holds places, beside nothing that says whose: such a
column may hold that.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.personal_corpora.clean_tables import Table

_HERE = Path(__file__).parent
PUBLISHED: Final = "published"
HANDS: Final = (
    "stranger",
    "newcomer",
    "roundsman",
    "bailiff",
    "sexton",
    "messenger",
    "almoner",
    "surveyor",
    "archivist",
    "registrar",
    "forester",
    "purser",
    "ferryman",
    "steward",
    "lamplighter",
    "verger",
    "bursar",
    "tinker",
    "toller",
    "chandler",
    "miller",
    "cooper",
    "saddler",
    "tanner",
    "weaver",
    "glazier",
)


def published_tables(hand: str = PUBLISHED) -> dict[str, Table]:
    """Return each table of a hand, without its columns of authors."""
    return {
        name: {column: cells for column, cells in _columns(lines).items() if not column.startswith("!")}
        for name, lines in _parts(f"{hand}_tables.txt")
    }


def leaking_tables(hand: str) -> Iterator[tuple[str, Table, tuple[str, ...]]]:
    """Yield tables that leak: the family that tells their bar, the table, and the columns of which one is flagged."""
    for name, lines in _parts(f"{hand}_leaks.txt"):
        columns = _columns(lines)
        table = {column.removeprefix("!"): cells for column, cells in columns.items()}
        yield name.partition(" ")[0], table, tuple(column[1:] for column in columns if column.startswith("!"))


def agents_texts(file: str = "agents_texts.txt") -> dict[str, list[str]]:
    """Return the texts that name somebody, `named`, and those that do not, `unnamed`."""
    return dict(_parts(file))


def _parts(file: str) -> Iterator[tuple[str, list[str]]]:
    for part in (_HERE / file).read_text("utf-8").removeprefix("# ").split("\n# "):
        name, *lines = part.splitlines()
        yield name, [line for line in lines if line.strip()]


def _columns(lines: list[str]) -> Table:
    header, *rows = ([cell.replace("\0", "|") for cell in line.replace(r"\|", "\0").split("|")] for line in lines)
    names = [f"{name}column{place}" if name in {"", "!"} else name for place, name in enumerate(header)]
    return {name: list(cells) for name, cells in zip(names, zip(*rows, strict=True), strict=True)}
