"""What is published is true, and says no more than it may: counted again from the sources, attacked from outside."""

import json
from datetime import datetime
from pathlib import Path

import httpx
import pandas as pd
import pytest

from tests.e2e.main_job.conftest import LIGHTING, Job
from tests.e2e.main_job.recount import (
    HALF_BASE,
    TOTAL,
    counted,
    drop_of,
    last_closed_month,
    messages_counted,
    narrowed,
)

pytestmark = [pytest.mark.broker, pytest.mark.xdist_group("main-job"), pytest.mark.timeout(600)]
VISITS = "dechetteries-passages"
K = 11


@pytest.fixture(scope="module")
def published(job: Job) -> pd.DataFrame:
    return pd.read_csv(f"{job.url}/dataset/{VISITS}/data.csv")


@pytest.fixture(scope="module")
def true(job: Job, published: pd.DataFrame) -> pd.DataFrame:
    proof = json.loads((job.newest(VISITS) / "proof.json").read_text("utf-8"))
    month = last_closed_month(datetime.fromisoformat(str(proof["published_at"])))
    return counted(drop_of(job.second.home), month, published["horodatage"])


def test_every_row_of_the_drop_folder_came_in(job: Job) -> None:
    assert job.first.table[VISITS].rows_in == len(drop_of(job.second.home))


def test_every_shown_count_is_the_true_one_rounded(published: pd.DataFrame, true: pd.DataFrame) -> None:
    shown = published[published["statut"] == "publie"].set_index(["site", "horodatage"])
    assert len(shown) > 50
    for key, row in shown.iterrows():
        found = true.loc[key] if key in true.index else pd.Series({"passages": 0, "foyers": 0})
        for name in ("passages", "foyers"):
            assert row[name] % 5 == 0, key
            assert abs(row[name] - found[name]) <= HALF_BASE, key


def test_every_moment_with_visits_is_there_shown_or_masked(published: pd.DataFrame, true: pd.DataFrame) -> None:
    keys = set(zip(published["site"], published["horodatage"], strict=True))
    assert set(true.index) <= keys
    assert len(keys) == len(published)


def test_a_moment_with_too_few_households_is_masked_and_empty(published: pd.DataFrame, true: pd.DataFrame) -> None:
    status = published.set_index(["site", "horodatage"])["statut"]
    few = true.index[true["foyers"] < K]
    assert len(few) > 0, "the demonstration has moments to mask"
    assert set(status.loc[few]) == {"masque"}
    masked = published[published["statut"] == "masque"]
    assert masked[["passages", "foyers"]].isna().all(axis=None)


def test_no_masked_moment_is_computable_from_its_site_s_total(published: pd.DataFrame, true: pd.DataFrame) -> None:
    attacked = 0
    for site, rows in published.groupby("site"):
        for moment, (least, most) in narrowed(rows).items():
            real = int(true.loc[(site, moment), "foyers"])
            assert least <= real <= most, "the attacker's model holds the truth"
            assert most - least >= max(2, real / 10), (site, moment)
            attacked += 1
    assert attacked == (published["statut"] == "masque").sum() > 0


def test_the_attacker_narrows_what_can_be_narrowed() -> None:
    shown = [("2026-10-01", 0, 0, "publie"), ("2026-10-02", None, None, "masque"), (TOTAL, 15, 15, "publie")]
    found = narrowed(pd.DataFrame(shown, columns=["horodatage", "passages", "foyers", "statut"]))
    assert found == {"2026-10-02": (13, 17)}


def test_a_total_is_given_for_each_site(published: pd.DataFrame) -> None:
    totals = published[published["horodatage"] == TOTAL]
    assert sorted(totals["site"]) == sorted(published["site"].unique())
    assert (totals["statut"] == "publie").all()


def test_lamps_are_counted_whole_and_their_energy_is_that_of_the_messages(job: Job) -> None:
    (file,) = (job.second.home / "simulateurs" / "eclairage").glob("uplinks-*")
    true = messages_counted(file)
    rows = json.loads((job.newest(LIGHTING) / "data.json").read_text("utf-8"))
    shown = {(row["commune"], row["horodatage"]): row for row in rows if row["statut"] == "publie"}
    assert len(true) > 150
    assert set(true) <= set(shown)
    for key, (lamps, watt_hours) in true.items():
        assert abs(shown[key]["luminaires"] - lamps) <= 5, key
        assert abs(shown[key]["energie_wh"] - watt_hours) <= 5, key


def test_a_count_of_vehicles_is_nowhere(job: Job) -> None:
    endpoints = json.loads((job.second.home / "endpoints.json").read_text("utf-8"))
    asked = f"{endpoints['simulateurs']}/ngsi-ld/v1/entities?type=RecyclingCentreQueue"
    assert b"vehiclesPresent" in httpx.get(asked, trust_env=False).content, "the source has it"
    for file in _files(job.published):
        content = file.read_bytes().lower()
        assert b"vehiclespresent" not in content, file
        assert b"vehicules_presents" not in content or file.name == "politique.yaml", file
    row = json.loads((job.newest("dechetteries-attente") / "data.json").read_text("utf-8"))[0]
    assert set(row) == {"site", "attente_min", "observe_a"}


def _files(published: Path) -> list[Path]:
    return [file for file in published.rglob("*") if file.is_file()]
