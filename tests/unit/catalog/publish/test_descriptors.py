"""The descriptors of a version, judged by frictionless and by the published profiles."""

import json
import os
from pathlib import Path

import pytest
from frictionless import Package, validate

from catalog.licences import LICENCES
from charter.vocabulary import Licence
from tests.unit.catalog.publish.released import Home, passages, places

PROFILES = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "standards" / "datapackage-v2"


@pytest.mark.parametrize("make", [passages, places])
def test_frictionless_accepts_the_package_where_it_stands(home: Home, make: object) -> None:
    folder = home.published(make(home)).folder
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["message"])
    (resource,) = Package(str(folder / "datapackage.json")).resources
    assert resource.path == "data.csv"


def test_frictionless_sees_a_changed_byte(home: Home, tmp_path: Path) -> None:
    folder = home.published(passages(home)).folder
    for name in ("datapackage.json", "data.csv"):
        (tmp_path / name).write_bytes((folder / name).read_bytes().replace(b"60,45", b"60,50"))
    assert not validate(str(tmp_path / "datapackage.json")).valid


def test_the_package_says_what_the_catalogue_says(home: Home) -> None:
    entry = home.published(passages(home))
    package = json.loads((entry.folder / "datapackage.json").read_bytes())
    (csv,) = [file for file in entry.files if file.name == "data.csv"]
    (resource,) = package["resources"]
    assert (resource["bytes"], resource["hash"]) == (csv.size_bytes, f"sha256:{csv.sha256}")
    assert (package["version"], package["created"], package["simulated"]) == ("1", "2026-11-24T05:12:07Z", True)
    assert resource["schema"] == json.loads((entry.folder / "schema.json").read_bytes())


@pytest.mark.captures
@pytest.mark.skipif(not PROFILES.exists(), reason="the profiles stand in the folder named by ECLOR_SHARED")
def test_the_descriptors_keep_the_data_package_v2_profiles(home: Home) -> None:
    from jsonschema import Draft7Validator  # noqa: PLC0415 - only where the profiles are

    folder = home.published(places(home)).folder
    for name, profile in (("datapackage.json", "datapackage.json"), ("schema.json", "tableschema.json")):
        schema = json.loads((PROFILES / profile).read_bytes())
        errors = [
            error.message for error in Draft7Validator(schema).iter_errors(json.loads((folder / name).read_bytes()))
        ]
        assert errors == []


def test_every_licence_of_the_language_has_its_terms() -> None:
    assert set(LICENCES) == set(Licence)
