"""A territory started by the guide publishes; every key of its files is in the guide, and no other."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from pydantic import BaseModel

from catalog.declaration import Constraints, DatasetDeclaration, Kind, Theme, ViewKind, read_datasets
from charter.voted import CatalogueEntry, Person
from eclor.house import open_house
from eclor.identity import Identity
from eclor.names import Slug
from eclor.opening import open_home
from eclor.pipeline import Walk, walk
from eclor.sentences import SENTENCES
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemRandomness, World
from harvesters.declaration import INTAKE_OPTIONS
from harvesters.declared import KEYS
from harvesters.transport import TRANSPORTS, load
from tests.unit.docs.pages import EXAMPLE, blocks, page, quoted, section, table

TEXT = page("territory/nouveau-territoire.md")
WHERE = "/srv/depots/velos"
FOUND = datetime(2028, 6, 1, 12, tzinfo=UTC)
"""Later than when the test writes its files, so that none may still be being written; the policy is in force."""


class SetClock:
    """A clock that shows what it was set to."""

    def __init__(self, instant: datetime) -> None:
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


def told_by(script: str) -> str:
    """What the guide's script prints."""
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def walks(tmp_path_factory: pytest.TempPathFactory) -> list[Walk]:
    """The guide's steps: copy, drop a month, walk; walk again; drop the next month, walk when it is closed."""
    base = tmp_path_factory.mktemp("pays")
    drop, territory = base / "depot", base / "mon-pays"
    drop.mkdir()
    shutil.copytree(EXAMPLE, territory)
    source = territory / "sources" / "velos-gestionnaire.yaml"
    assert source.read_text("utf-8").count(WHERE) == 1
    source.write_text(source.read_text("utf-8").replace(WHERE, str(drop)), "utf-8")
    (script,) = blocks(TEXT, "python")
    clock, randomness = SetClock(datetime(2027, 2, 1, 12, tzinfo=UTC)), SystemRandomness()
    world = World(clock, randomness, FileKeyRing(base / "var" / "keys", randomness))
    settings = Settings(territory=territory, home=base / "var")
    october = told_by(script)
    with open_house(settings, endpoints={}, world=world) as house:
        open_home(house)
        (drop / "prets-2026-10.csv").write_text(october, "utf-8")
        clock.instant = FOUND
        done = [walk(Slug("velos-prets"), house, run_id="un", at_door=lambda _: None)]
        done += [walk(Slug("velos-prets"), house, run_id="deux", at_door=lambda _: None)]
        november = re.sub(r".*2026-10-31.*\n", "", october).replace("2026-10-", "2026-11-")
        (drop / "prets-2026-11.csv").write_text(november, "utf-8")
        done += [walk(Slug("velos-prets"), house, run_id="trois", at_door=lambda _: None)]
        _check_october_stands(house.catalog.version_folder(Slug("velos-prets"), 1).parent)
    return done


def _check_october_stands(versions: Path) -> None:
    first, second = ((versions / number / "data.csv").read_text("utf-8").splitlines() for number in "12")
    days = [line for line in first if "2026-10-" in line]
    assert days
    assert days == [line for line in second if "2026-10-" in line]


def test_the_guide_leads_to_a_published_version(walks: list[Walk]) -> None:
    first, again, later = walks
    assert first.outcome == "published", first.message_fr
    said = (
        f"published, version {first.version} ({first.rows_in:,} rows in, {first.rows_out} out, {first.masked} withheld)"
    )
    assert f"● velos-prets: {said}" in TEXT
    assert (again.outcome, later.outcome, later.version) == ("unchanged", "published", 2)


def test_what_may_happen_has_a_code_that_exists() -> None:
    told = {word for row in table(TEXT, "ce qui arrive", "pourquoi, et quoi faire") for word in quoted(row[0])}
    assert told - {"gates.…"} <= set(SENTENCES)
    assert any(code.startswith("gates.") for code in SENTENCES)


def keys_of(model: type[BaseModel]) -> set[str]:
    return {str(field.alias or name) for name, field in model.model_fields.items()}


def told_keys(text: str) -> list[set[str]]:
    """The first cells of each table « clé | vaut »."""
    found = re.findall(r"^\| clé \| vaut \|\n\|[^\n]*\n((?:\|[^\n]*\n)+)", text, re.MULTILINE)
    return [{word for row in part.splitlines() for word in quoted(row.split("|")[1])} for part in found]


def test_the_keys_of_the_territory_are_those_of_its_card() -> None:
    assert told_keys(section(TEXT, "`territoire.yaml`")) == [keys_of(Identity)]


def test_the_keys_of_roles_and_catalogue_are_those_of_the_language() -> None:
    assert told_keys(section(TEXT, "`charter/`")) == [keys_of(Person), keys_of(CatalogueEntry)]


def test_the_keys_of_a_source_are_those_that_are_read() -> None:
    assert told_keys(section(TEXT, "`sources/SOURCE.yaml`")) == [set(KEYS[""]), set(KEYS["flux"])]
    told = set(quoted(section(TEXT, "`sources/SOURCE.yaml`")))
    assert {*KEYS["colonnes"], *KEYS["garder"]} <= told


def test_the_keys_of_a_dataset_are_those_of_its_card() -> None:
    part = section(TEXT, "`datasets/JEU.yaml`")
    assert told_keys(part) == [keys_of(DatasetDeclaration)]
    assert keys_of(Constraints) <= set(quoted(part))


@pytest.mark.parametrize("enumeration", [Kind, Theme, ViewKind])
def test_every_word_of_a_dataset_is_in_the_guide(enumeration: type[StrEnum]) -> None:
    assert {str(word) for word in enumeration} <= set(quoted(section(TEXT, "`datasets/JEU.yaml`")))


def test_every_access_is_there_with_its_options() -> None:
    told = {quoted(row[0])[0]: sorted(quoted(row[2])) for row in table(TEXT, "accès", "va chercher", "options")}
    assert told == {name: sorted(load(name).options) for name in TRANSPORTS}
    words = " ".join(quoted(section(TEXT, "`sources/SOURCE.yaml`")))
    assert all(option in words for option in INTAKE_OPTIONS)


def test_the_example_has_the_files_that_the_guide_lists() -> None:
    listed = re.findall(r"^  (\S+\.yaml)", blocks(TEXT, "text")[0], re.MULTILINE)
    names = [name.replace("SOURCE", "velos-gestionnaire").replace("JEU", "velos-prets") for name in listed]
    assert [name for name in names if not (EXAMPLE / name).is_file()] == []
    assert set(read_datasets(EXAMPLE / "datasets")) == {"velos-prets"}
