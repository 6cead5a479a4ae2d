"""The territory of recorded deliveries: its three layers agree, and each delivery gives the rows its notice says."""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.declaration import read_datasets
from charter.compile import check
from charter.model import Policy
from charter.reader import read as read_policy
from charter.shape import shape
from charter.territory import load as load_territory
from harvesters.declaration import read_declaration
from tests.payloads import Outcome, read

TERRITORY = Path(__file__).parents[4] / "policies" / "captures"
CAPTURES = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures"
CLOCKS = {
    "alertes-meteo": datetime(2012, 5, 2, 23, 30, tzinfo=UTC),
    "arrets-transport": datetime(2018, 9, 1, 10, tzinfo=UTC),
}
CLOCK = datetime(2026, 6, 1, 10, tzinfo=UTC)
DATASETS = sorted(file.stem for file in (TERRITORY / "politiques").glob("*.yaml"))
SOURCES = [
    source
    for file in sorted((TERRITORY / "sources").glob("*.yaml"))
    for source in read_declaration(file, endpoints={"captures": str(CAPTURES)})
]
NOTICE = {
    f"{CAPTURES}/{file}": int(rows.replace("\u202f", "").replace(" ", "")) if rows != "–" else -1
    for file, rows in re.findall(
        r"^\| (?:`[\w-]+` )?\| `(\S+)` \| \S+ \| ([\d ]+|–) \|", (TERRITORY / "LISEZMOI.md").read_text(), re.MULTILINE
    )
}
"""Delivery: rows read, as LISEZMOI.md says; -1 where it is refused."""


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_policy_compiles_at_its_hour(dataset: str) -> None:
    territory = load_territory(TERRITORY / "charter")
    document = read_policy(TERRITORY / "politiques" / f"{dataset}.yaml")
    assert check(document, territory, now=CLOCKS.get(dataset, CLOCK)) == []


@pytest.mark.parametrize("dataset", DATASETS)
def test_sources_policy_and_dataset_name_the_same_columns(dataset: str) -> None:
    policy, _ = shape(read_policy(TERRITORY / "politiques" / f"{dataset}.yaml"), Policy)
    assert policy is not None
    entry = load_territory(TERRITORY / "charter").entry(dataset)
    assert entry is not None
    collected = {field.name for field in policy.fields if field.collected.value == "oui"}
    sources = [source for source in SOURCES if source.dataset == dataset]
    assert {source.name for source in sources} == {entry.source}
    assert all({column.name for column in source.columns} == collected for source in sources)
    publication = policy.publication
    measures = [measure.name for measure in publication.measures or ()]
    published = [*(publication.columns or publication.dimensions or ()), *measures]
    assert [column.name for column in read_datasets(TERRITORY / "datasets")[dataset].columns] == published  # type: ignore[index]


def test_every_delivery_stands_in_the_notice() -> None:
    assert sorted(NOTICE) == sorted(source.endpoint for source in SOURCES)


def _delivered(endpoint: str) -> Outcome:
    source = next(source for source in SOURCES if source.endpoint == endpoint)
    return read(source.protocol, Path(endpoint).read_bytes(), **source.options)


@pytest.mark.captures
@pytest.mark.skipif(not CAPTURES.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them")
@pytest.mark.parametrize("endpoint", sorted(NOTICE))
def test_a_delivery_gives_the_rows_of_the_notice(endpoint: str) -> None:
    outcome = _delivered(endpoint)
    if NOTICE[endpoint] < 0:
        assert outcome.code == "payload.overpass-remark"
    else:
        assert (outcome.code, len(outcome.rows), outcome.refused) == ("", NOTICE[endpoint], [])
