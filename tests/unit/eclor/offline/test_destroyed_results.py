"""`eclor apply --previous` with results of a table without time of which the unit sets are destroyed."""

from pathlib import Path

from typer.testing import CliRunner, Result

from eclor.cli import app
from tests.applying import BADGE, SITE, Desk, as_csv, names, table, visits

NOW = "2027-02-01T00:00:00Z"
ESSAY = table(
    [BADGE, SITE],
    dimensions="[site]",
    indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
    changes={"differences": "{comparer_a: [essai], tardifs: geler}", "dominance": "{active: non}"},
)


def run(desk: Desk, out: str, households: int, *previous: str) -> Result:
    desk.territory(ESSAY)
    policy, file = desk.folder / "politique.yaml", desk.folder / "data.csv"
    policy.write_text(ESSAY.policy(), "utf-8")
    rows = [{"badge": row["badge"], "site": row["site"]} for row in visits(*names(households))]
    file.write_text(as_csv(rows), "utf-8")
    words = [policy, "--charter", desk.folder / "charter", "--input", file, "--out", desk.folder / out, "--now", NOW]
    words += [word for name in previous for word in ("--previous", desk.folder / name)]
    return CliRunner().invoke(app, ["apply", *map(str, words)])


def test_what_is_shown_again_after_its_newest_unit_sets_are_destroyed_is_written(tmp_path: Path) -> None:
    """Of what the newest result shows nothing is known any more: what the one before it showed is said again."""
    desk = Desk(tmp_path)
    assert run(desk, "one", 20).exit_code == 0
    assert run(desk, "two", 40, "one").exit_code == 0
    for half in (tmp_path / "two").rglob("*.enc"):
        half.unlink()
    third = run(desk, "three", 60, "one", "two")
    assert (third.exit_code, third.stderr) == (0, "")
    assert (tmp_path / "three" / "release.csv").read_text().splitlines() == ["site,foyers,statut", "nord,20,publie"]
    assert [path.name for path in (tmp_path / "three").rglob("3.json")] == []


def test_what_is_shown_again_while_its_newest_unit_sets_live_is_what_they_show(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert run(desk, "one", 20).exit_code == 0
    assert run(desk, "two", 40, "one").exit_code == 0
    assert run(desk, "three", 60, "one", "two").exit_code == 0
    assert "nord,60,publie" in (tmp_path / "three" / "release.csv").read_text()
