"""Public endpoints: the demonstration's are declared in a way that their parsers take, and the page tells them all."""

import re
from pathlib import Path

import pytest

from eclor.errors import DeclarationRefused
from harvesters import protocols
from harvesters.declaration import INTAKE_OPTIONS
from harvesters.public_points import FOLDER, read_point
from harvesters.transport.http import TRANSPORT

ROOT = Path(__file__).parents[4]
TOWN = ROOT / "policies" / "ccphva"
FILES = sorted((TOWN / FOLDER).glob("*.yaml"))
PAGE = (ROOT / "docs" / "territory" / "points-publics.md").read_text("utf-8")

POINT = """\
point: canal
titre: Canal
exploitant: Service des eaux
adresse: https://eaux.invalid/v1
protocole: json
jeux: []
licence: Licence Ouverte 2.0
quota: inconnu
connu: rien
verifie: rien
"""


def _refusal(folder: Path, text: str) -> DeclarationRefused:
    (folder / "canal.yaml").write_text(text, "utf-8")
    with pytest.raises(DeclarationRefused) as refused:
        read_point(folder / "canal.yaml")
    return refused.value


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_point_of_the_demonstration_is_one_that_its_parser_takes(file: Path) -> None:
    point = read_point(file)
    known = {*protocols.load(point.protocol).options, *TRANSPORT.options, *INTAKE_OPTIONS}
    assert point.address.startswith("https://")
    assert set(point.options) <= known
    assert {*point.datasets} <= {each.stem for each in (TOWN / "datasets").glob("*.yaml")}


def test_the_page_tells_every_point_with_its_protocol_and_its_datasets() -> None:
    told = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| `([a-z0-9-]+)` \| ([^|]+) \|", PAGE, re.MULTILINE)
    found = [read_point(file) for file in FILES]
    assert [(name, protocol, re.findall(r"`([a-z-]+)`", datasets)) for name, protocol, datasets in told] == [
        (point.point, point.protocol, point.datasets) for point in found
    ]


def test_a_point_that_cannot_be_used_is_refused_with_its_place_and_the_cure(tmp_path: Path) -> None:
    (tmp_path / "canal.yaml").write_text(POINT, "utf-8")
    assert read_point(tmp_path / "canal.yaml").datasets == []
    misspelt = _refusal(tmp_path, POINT.replace("quota:", "quotas:"))
    assert (misspelt.code, misspelt.facts["near"]) == ("declaration.unknown-key-near", "quota")
    protocol = _refusal(tmp_path, POINT.replace("json", "jsn"))
    assert (protocol.code, protocol.facts["near"]) == ("declaration.unknown-protocol-near", "json")
    assert _refusal(tmp_path, POINT.replace("point: canal", "point: rigole")).code == "point.other-name"
    assert _refusal(tmp_path, POINT.replace("https:", "ftp:")).code == "declaration.wrong-value"
    signed = _refusal(tmp_path, POINT.replace("//eaux", "//agent:mot-de-passe@eaux"))
    assert (signed.code, "mot-de-passe@" in str(signed.facts)) == ("declaration.wrong-value", False), "it is public"
    assert _refusal(tmp_path, POINT.replace("licence: Licence Ouverte 2.0\n", "")).code == "declaration.missing-key"
