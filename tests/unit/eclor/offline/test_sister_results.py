"""`eclor apply --previous` with results of two tables of one source."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from eclor.cli import app
from tests.applying import BADGE, SITE, Desk, Essay, as_csv, names, table, visits

NOW = "2027-02-01T00:00:00Z"
MONTH = "horodatage date-heure temps quasi-identifiant {operation: generaliser, niveaux: [mois]}"
COUNT = "{nom: foyers, calcul: comptage-distinct, champ: badge}"
BOTH = {"differences": "{comparer_a: [essai, soeur], tardifs: geler}", "dominance": "{active: non}"}
SISTER = """\
  - jeu: soeur
    source: essais
    colonnes:
      - {nom: badge, categorie: foyer}
      - {nom: horodatage, categorie: temps}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def by_site() -> Essay:
    return table([BADGE, SITE, MONTH], dimensions="[site, horodatage]", indicators=[COUNT], changes=BOTH)


def by_month() -> Essay:
    return table([BADGE, MONTH], dimensions="[horodatage]", indicators=[COUNT], changes=BOTH)


def run(
    desk: Desk, out: str, essay: Essay, data: list[dict[str, object]], *previous: str, sister: str = SISTER
) -> Result:
    folder = desk.folder / "charter"
    desk.territory(by_site())
    catalogue = (folder / "catalogue.yaml").read_text("utf-8")
    (folder / "catalogue.yaml").write_text(catalogue + sister, "utf-8")
    policy, file = desk.folder / "politique.yaml", desk.folder / "data.csv"
    text = essay.policy() if "site" in essay.publication else essay.policy().replace("jeu: essai\n", "jeu: soeur\n")
    policy.write_text(text, "utf-8")
    file.write_text(as_csv(data), "utf-8")
    words = [policy, "--charter", folder, "--input", file, "--out", desk.folder / out, "--now", NOW]
    words += [word for name in previous for word in ("--previous", desk.folder / name)]
    return CliRunner().invoke(app, ["apply", *map(str, words)])


def sites() -> list[dict[str, object]]:
    return [*visits(*names(20)), *visits(*names(15, "C"), site="sud")]


def everyone(more: int) -> list[dict[str, object]]:
    rows = [*sites(), *visits(*names(more, "D"))]
    return [{name: value for name, value in row.items() if name != "site"} for row in rows]


@pytest.mark.parametrize(("more", "shown"), [(4, ",masque"), (11, "46,publie")])
def test_a_total_of_a_sister_result_is_compared_with_its_parts(desk: Desk, more: int, shown: str) -> None:
    assert run(desk, "sites", by_site(), sites()).exit_code == 0
    done = run(desk, "all", by_month(), [*everyone(more), *everyone_in_november()], "sites")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (desk.folder / "all" / "release.csv").read_text().splitlines()[1:] == [
        f"2026-10,{shown}",
        "2026-11,30,publie",
    ]


def everyone_in_november() -> list[dict[str, object]]:
    return [{"badge": badge, "horodatage": "2026-11-05T09:00:00+01:00"} for badge in names(30)]


def test_results_that_share_no_key_are_refused(desk: Desk) -> None:
    assert run(desk, "sites", by_site(), sites()).exit_code == 0
    assert run(desk, "all", by_month(), everyone(30)).exit_code == 0
    refused = run(desk, "again", by_site(), sites(), "sites", "all")
    assert refused.exit_code == 1
    assert "[apply.previous-unlinked]" in refused.stderr
    assert not (desk.folder / "again").exists()


def test_a_sister_of_other_units_stops_the_release_and_is_no_step_that_does_not_hold(desk: Desk) -> None:
    devices = table(
        ["capteur code appareil identifiant-direct {operation: comptage}", MONTH],
        dimensions="[horodatage]",
        indicators=["{nom: capteurs, calcul: comptage-distinct, champ: capteur}"],
        units="{unite: appareil, champs: [capteur], k: %d}",
        changes=BOTH,
    )
    seen: list[dict[str, object]] = [{"capteur": name, "horodatage": "2026-10-05T09:00:00+02:00"} for name in names(30)]
    assert run(desk, "sites", by_site(), sites()).exit_code == 0
    refused = run(
        desk,
        "devices",
        devices,
        seen,
        "sites",
        sister=SISTER.replace("badge, categorie: foyer", "capteur, categorie: appareil"),
    )
    assert refused.exit_code == 1
    assert "[differencing.no-common-unit]" in refused.stderr
    assert not (desk.folder / "devices").exists()
