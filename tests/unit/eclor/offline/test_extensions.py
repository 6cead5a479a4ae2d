"""A package of somebody else, installed beside eclor, seen by `eclor apply`: it masks more, or nothing is published."""

import json
import os
import subprocess
import sys
from pathlib import Path

import ibis
import pytest

from anonymizers.guarantees import judges
from anonymizers.kit import check_guarantee, sample_tables
from anonymizers.treatments import treated
from eclor.errors import GuaranteeBroken
from tests.applying import BADGE, Desk, Essay, as_csv, names, table

SITE = "site code nomenclature(nord,sud) quasi-identifiant {operation: agreger}"
EVEN = """
import numpy as np
from anonymizers.guarantees.verdict import Verdict


def judge(cells, rules):
    counted = cells.units[0] if cells.units else cells.rows
    odd = counted % 2 == 1
    exposed = np.tile(odd, (len(cells.indicators), 1))
    return Verdict(odd, exposed, np.zeros(exposed.shape, dtype=np.int64))
"""
ALONE = ("even_counts", "[eclor.guarantees]\neven = even_counts:judge\n")


def install(folder: Path, *, source: str = EVEN, points: str = ALONE[1], version: str = "1.2") -> Path:
    """Lay a package out as an installer does: a module, and a dist-info that names its entry points."""
    site = folder / "site-packages"
    info = site / f"acme_even-{version}.dist-info"
    info.mkdir(parents=True)
    (site / f"{ALONE[0]}.py").write_text(source)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: acme-even\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(points)
    return site


def essay() -> Essay:
    return table(
        [BADGE, SITE],
        dimensions="[site]",
        indicators=["{nom: foyers, calcul: comptage-distinct, champ: badge}"],
        frequency="annee",
    )


ROWS = [{"badge": badge, "site": "nord"} for badge in names(20)] + [
    {"badge": badge, "site": "sud"} for badge in names(21, "S")
]


def applied(tmp_path: Path, *sites: Path) -> subprocess.CompletedProcess[str]:
    """Run the real command in a process whose import path holds the packages."""
    Desk(tmp_path).territory(essay())
    (tmp_path / "politique.yaml").write_text(essay().policy(), "utf-8")
    (tmp_path / "entree.csv").write_text(as_csv(ROWS), "utf-8")
    words = ["apply", "politique.yaml", "--charter", "charter", "--input", "entree.csv", "--out", "out"]
    path = os.pathsep.join([str(site) for site in sites] + [str(Path.cwd())])
    environment = {**os.environ, "PYTHONPATH": path}
    program = "from eclor.cli import main; main()"
    command = [sys.executable, "-c", program, *words, "--now", "2027-02-01T00:00:00Z"]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def release(tmp_path: Path) -> str:
    return (tmp_path / "out" / "release.csv").read_text("utf-8")


def test_an_installed_guarantee_masks_more_and_is_named_in_the_plan(tmp_path: Path) -> None:
    done = applied(tmp_path, install(tmp_path))
    assert (done.returncode, done.stdout) == (0, "Appliqué.\n"), done.stderr
    assert release(tmp_path) == "site,foyers,statut\nnord,20,publie\nsud,,masque\n"
    report = json.loads((tmp_path / "out" / "private" / "rapport-interne.json").read_text("utf-8"))
    assert "extension even (acme-even 1.2)" in report["plan"]
    assert report["periods"][0]["causes"]["even"] == 1


BROKEN = {
    "extension.unloadable": {"source": "raise RuntimeError('no')"},
    "extension.no-function": {"points": "[eclor.guarantees]\neven = even_counts:np.__name__\n"},
    "extension.failed": {"source": "def judge(cells, rules):\n    raise ValueError(cells.units)\n"},
    "extension.no-verdict": {"source": EVEN.replace("Verdict(odd,", "Verdict(odd[:-1],")},
    "extension.shadows": {"points": "[eclor.guarantees]\nminimum_count = even_counts:judge\n"},
}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_one_refuses_and_nothing_is_written(tmp_path: Path, code: str) -> None:
    done = applied(tmp_path, install(tmp_path, **BROKEN[code]))
    assert (done.returncode, done.stdout) == (1, "Refusé.\n")
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_two_packages_that_add_one_name_refuse(tmp_path: Path) -> None:
    one, other = install(tmp_path / "one"), install(tmp_path / "other")
    (other / "acme_even-1.2.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.2\n")
    (other / "acme_even-1.2.dist-info").rename(other / "other-1.2.dist-info")
    done = applied(tmp_path, one, other)
    assert (done.returncode, "[extension.twice]" in done.stderr) == (1, True)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This process, with the package on its import path; its modules are forgotten after."""
    site = install(tmp_path / "beside", points=f"{ALONE[1]}\n[eclor.treatments]\nhalved = even_counts:halved\n")
    (site / f"{ALONE[0]}.py").write_text(f"{EVEN}\n\ndef halved(column):\n    return column // 2\n")
    monkeypatch.setattr(sys, "path", [str(site), *sys.path])
    monkeypatch.delitem(sys.modules, ALONE[0], raising=False)
    return site


def test_one_that_writes_into_what_diversity_counts_is_refused(beside: Path) -> None:
    loosened = EVEN.replace(
        "    counted =", "    cells.wholes.update(dict.fromkeys(cells.wholes, (99,)))\n    counted ="
    )
    (beside / f"{ALONE[0]}.py").write_text(loosened)
    cells, rules = next((cells, rules) for cells, rules in sample_tables() if cells.wholes)
    wholes = dict(cells.wholes)
    with pytest.raises(GuaranteeBroken) as refused:
        judges()["even"](cells, rules)
    assert (refused.value.code, cells.wholes) == ("extension.failed", wholes)


def test_the_digest_of_a_plan_says_which_extension_took_part_and_a_plan_is_bound_to_it(
    tmp_path: Path, beside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    with_it = desk.plan(essay())
    monkeypatch.setattr(sys, "path", sys.path[1:])
    without = desk.plan(essay())
    monkeypatch.setattr(sys, "path", [str(install(tmp_path / "newer", version="1.3")), *sys.path])
    newer = desk.plan(essay())
    assert len({with_it.digest, without.digest, newer.digest}) == 3
    with pytest.raises(GuaranteeBroken) as refused:
        desk.apply(essay(), as_csv(ROWS), changed=without)
    assert refused.value.code == "extension.changed"


def test_a_treatment_is_reached_by_python_and_the_kit_judges_what_is_installed(beside: Path) -> None:
    raw = ibis.table({"value": "int64"}, name="raw")
    assert treated("halved", raw.value).equals(raw.value // 2)
    check_guarantee(judges()["even"])
