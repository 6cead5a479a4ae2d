"""The report of a simulation as the text of a terminal, in French, in aligned columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from charter.simulation.causes import Cause, Reason
from charter.simulation.cells import CellFound, Fate, Lost, PeriodFound
from charter.simulation.changes import CellChange, Change
from charter.simulation.report import NOTHING_HELD, Report, Rows
from eclor.sentences.notice import HEADINGS
from eclor.sentences.simulation import BLANK, CAUSES, COMPUTED, DIRECTIONS, FATES, INTERVALS, OUTCOMES, RULES, VERDICTS
from eclor.sentences.written import columns_told

MOST_LINES: Final = 200
"""How many cells of a list are shown; the JSON report holds them all."""
_SHOWN: Final = frozenset({HEADINGS["leaves"], HEADINGS["stays"], HEADINGS["durations"]})
_PARIS: Final = ZoneInfo("Europe/Paris")


def text_of(report: Report) -> str:
    """Return the whole report."""
    parts = [
        *summary_lines(report),
        "",
        *_rows(report.rows),
        *_steps(report),
        *(line for period in report.periods for line in _period(period)),
        *_change(report),
        *_notice(report),
    ]
    return "\n".join(parts) + "\n"


def summary_lines(report: Report) -> list[str]:
    """Return its first lines: that it is internal, what was tried, how it ends, one line a period."""
    when = datetime.fromisoformat(report.simulated_at).astimezone(_PARIS)
    text, ending = report.text, report.ending
    lines = [
        report.internal,
        f"Essai de « {text.title} » (jeu {text.dataset}, version {text.version}), le {when:%Y-%m-%d %H:%M}",
        f"empreinte de la politique : {text.policy_digest}",
        VERDICTS[ending.verdict.value].format(rows=ending.published_rows),
        *([ending.reason] if ending.reason else []),
        *([BLANK] if ending.blank and report.rows.origin != NOTHING_HELD else []),
    ]
    return lines + [f"  {_counts(period)}" for period in report.periods]


def _counts(period: PeriodFound) -> str:
    name = period.period or "livraison"
    return (
        f"{name} : cellules publiées {period.count(Fate.PUBLISHED)}, masquées {period.count(Fate.MASKED)}, "
        f"tues {period.count(Fate.UNSAID)}, gardées {period.count(Fate.KEPT)} ; "
        f"zones regroupées {len(period.merged)}"
    )


def _rows(rows: Rows) -> list[str]:
    if rows.origin == NOTHING_HELD:
        return []
    others = rows.held - rows.taken - rows.without_time
    refused = columns_told(rows.reasons)
    return [
        "LIGNES",
        *_aligned(
            [
                *([("lues", rows.read_by)] if rows.read_by else []),
                ("détenues", str(rows.held)),
                ("prises", str(rows.taken)),
                ("sans temps", str(rows.without_time)),
                ("d'une autre période (ouverte, ou déjà publiée)", str(max(others, 0))),
                ("écartées à l'entrée", f"{rows.refused}{f' ({refused})' if refused else ''}"),
                ("laissées par la déclaration (garder, cadre)", str(rows.left_out)),
                ("à une heure qui n'existe pas", str(rows.no_such_hour)),
            ]
        ),
        *([f"  {rows.hint}"] if rows.hint else []),
        *(f"  Avertissement : {odd}" for odd in rows.odd),
        "",
    ]


def _steps(report: Report) -> list[str]:
    if not report.steps:
        return []
    tried = [(_levels(step.levels) or "—", OUTCOMES[step.outcome], _share(step.loss_percent)) for step in report.steps]
    precision = [
        f"  {one.dimension} : {one.taken}"
        + ("" if one.taken == one.finest else f", au lieu de {one.finest} (précision perdue)")
        for one in report.precision
    ]
    return ["PAS DE L'ÉCHELLE", *_aligned([("pas", "issue", "perte"), *tried]), "PRÉCISION", *precision, ""]


def _period(period: PeriodFound) -> list[str]:
    lost = dict.fromkeys(map(_lost, period.lost))  # an indicator that counts the unit says what the unit's line said
    merged = [f"  zone {zone}, comptée avec {label}" for zone, label in period.merged]
    hidden = [cell for cell in period.cells if cell.fate is not Fate.PUBLISHED]
    return [
        f"PÉRIODE {period.period or '(livraison)'}",
        *merged,
        "  INFORMATION PERDUE",
        *_aligned([("", "caché", "total", "part"), *lost]),
        *(["  POURQUOI, CELLULE PAR CELLULE", *_aligned(_why(period, hidden[:MOST_LINES]))] if hidden else []),
        *_more(len(hidden)),
        "",
    ]


def _lost(one: Lost) -> tuple[str, ...]:
    """Say what is not shown of a number, in the unit that it is published in."""
    return (one.what, *(_unscaled(number, one.decimals) for number in (one.hidden, one.total)), _share(one.percent))


def _unscaled(number: int | Decimal, decimals: int) -> str:
    return f"{Decimal(number).scaleb(-decimals):f}".replace(".", ",")


def _why(period: PeriodFound, cells: Sequence[CellFound]) -> Iterator[tuple[str, ...]]:
    units = [one.what for one in period.lost[: len(cells[0].units)]]
    decimals = {one.what: one.decimals for one in period.lost}
    placed = [" ; ".join(told_of(cell, decimals)) for cell in cells]
    yield (*period.dimensions, "sort", *units, "lignes", "raison", COMPUTED if any(placed) else "")
    for cell, told in zip(cells, placed, strict=True):
        why = " ; ".join(said_of(reason) for reason in cell.reasons)
        yield (*cell.key, FATES[cell.fate.value], *map(str, cell.units), str(cell.rows), why, told)


def told_of(cell: CellFound, decimals: Mapping[str, int]) -> Iterator[str]:
    """Say from where to where a reader of what would be published can place each indicator of a masked cell.

    `decimals` are those of each indicator, whose numbers are scaled.
    """
    for bound in cell.bounds:
        low, high = (_at_most_two(end, decimals[bound.indicator]) for end in (bound.low, bound.high))
        code = "no-end" if bound.high is None else "exact" if bound.low == bound.high else "between"
        yield INTERVALS[code].format(indicator=bound.indicator, low=low, high=high)
    for name in cell.bounds_missing:
        yield INTERVALS["missing"].format(indicator=name)


def _at_most_two(end: float | None, decimals: int) -> str:
    """Write an end in the unit that is published; two decimals more at most, where it is not whole in the smallest."""
    return "" if end is None else _unscaled(round(Decimal(end), 0 if end.is_integer() else 2), decimals)


def said_of(reason: Reason) -> str:
    """Say why a cell is not shown."""
    facts: Mapping[str, str | int] = reason.facts
    code = reason.cause.value
    if reason.cause is Cause.COMPLEMENTARY and not facts["protects"]:
        code = "complementary-unknown"
    if reason.cause is Cause.DOMINANCE and facts["contributors"] == 1:
        code = "dominance-alone"
    if reason.cause is Cause.DIFFERENCING:
        if facts["rule"] == "before":
            code = "differencing-before"
        else:
            facts = {**facts, "rule": RULES[str(facts["rule"])]}
    return CAUSES[code].format(**facts)


def _change(report: Report) -> list[str]:
    head = "CHANGEMENT PAR RAPPORT À L'AUTRE POLITIQUE"
    if report.change is None:
        return [head, f"  {report.no_change}", ""] if report.no_change else []
    found = report.change
    return [
        head,
        f"  version {found.version}, empreinte {found.policy_digest} ; les deux essayées à blanc sur les mêmes lignes",
        *([f"  {found.refusal}"] if found.refusal else []),
        *_changed_cells(found),
        *(f"  colonne gagnée : {name}" for name in found.columns_gained),
        *(f"  colonne perdue : {name}" for name in found.columns_lost),
        *_moves(found),
        "",
    ]


def _changed_cells(found: Change) -> list[str]:
    if not found.comparable:
        return ["  les dimensions diffèrent : aucune cellule de l'une n'est une cellule de l'autre"]
    lines = [
        *(("paraît", change) for change in found.appeared),
        *(("disparaît", change) for change in found.vanished),
        *(("change", change) for change in found.changed),
    ]
    counts = (
        f"  cellules qui paraissent {len(found.appeared)}, disparaissent {len(found.vanished)}, "
        f"changent {len(found.changed)}, restent {found.same}"
    )
    return [counts, *_aligned(_changed(word, change) for word, change in lines[:MOST_LINES]), *_more(len(lines))]


def _changed(word: str, change: CellChange) -> tuple[str, ...]:
    before, after = (
        ", ".join(f"{name} {value}" for name, value in one.items()) for one in (change.before, change.after)
    )
    return (*change.key, word, before or "—", "→", after or "—")


def _moves(found: Change) -> list[str]:
    if not found.moves:
        return ["  aucune garantie ne change"]
    moved = [
        (move.key, move.before or "—", "→", move.after or "—", DIRECTIONS[move.direction.value]) for move in found.moves
    ]
    return ["  GARANTIES QUI CHANGENT", *_aligned(moved)]


def _notice(report: Report) -> list[str]:
    lines = ["NOTICE (entière : eclor policy notice)"]
    for heading, sentences in report.notice:
        if heading not in _SHOWN:
            continue
        lines += [f"  {heading}", *(f"    {sentence}" for sentence in sentences)]
    return lines


def _levels(levels: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {level}" for name, level in levels)


def _share(percent: float | None) -> str:
    return "" if percent is None else f"{percent:.1f} %".replace(".", ",")


def _more(count: int) -> list[str]:
    return [f"  et {count - MOST_LINES} autres : voyez le rapport JSON (--json)"] if count > MOST_LINES else []


def _aligned(lines: Iterable[tuple[str, ...]]) -> list[str]:
    """Return lines whose columns are aligned, indented, without trailing spaces."""
    rows = list(lines)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(f"{c:<{w}}" for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
