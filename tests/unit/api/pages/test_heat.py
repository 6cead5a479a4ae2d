"""A heat table is made of published values alone."""

from hypothesis import given
from hypothesis import strategies as st

from api.pages.heat import MOST_LINES, heat
from tests.unit.api.pages.dataset import HEAT, names, row


def test_cells_have_their_class_their_veil_or_nothing() -> None:
    rows = [
        row("AUD", "2026-10-01", 0),
        row("AUD", "2026-10-02", None),
        row("VIL", "2026-10-01", 40),
        row("VIL", "ensemble", 900),
        row("VIL", "ensemble 2026-10", 800),
    ]
    made = heat(rows, names(vue=HEAT, etiquettes={"site": {"AUD": "Audun"}}))
    assert made is not None
    assert made.columns == ("Audun", "VIL")
    assert [(line.title, [(one.text, one.style) for one in line.cells]) for line in made.lines] == [
        ("jeu. 1 oct. 2026", [("0", "k0"), ("40", "k1")]),
        ("ven. 2 oct. 2026", [("masqué", "veiled"), ("", "absent")]),
    ]
    assert made.legend == (("k0", "jusqu'à 0"), ("k1", "plus de 0"))
    assert (made.masked, made.absent, made.cut) == (True, True, False)


def test_only_the_last_lines_are_shown_and_it_is_said() -> None:
    rows = [row("AUD", f"2026-{month:02d}-{day:02d}", day) for month in (8, 9, 10) for day in range(1, 29)]
    made = heat(rows, names(vue=HEAT))
    assert made is not None
    assert made.cut
    assert len(made.lines) == MOST_LINES
    assert made.lines[-1].title == "mer. 28 oct. 2026"


def test_nothing_published_is_no_table() -> None:
    assert heat([row("AUD", "2026-10-01", None)], names(vue=HEAT)) is None
    assert heat([], names(vue=HEAT)) is None
    assert heat([row("AUD", "2026-10-01", 5)], names()) is None


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=60))
def test_classes_rise_with_their_values_and_the_legend_names_each(values: list[int]) -> None:
    rows = [row(f"S{rank:02d}", "2026-10-01", value) for rank, value in enumerate(values)]
    made = heat(rows, names(vue=HEAT))
    assert made is not None
    styles = [one.style for one in made.lines[0].cells]
    ranked = [style for _, style in sorted(zip(values, styles, strict=True))]
    assert ranked == sorted(ranked)
    assert set(styles) <= {style for style, _ in made.legend}
    assert len(made.legend) <= 6
