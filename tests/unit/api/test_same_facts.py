"""One dataset tells the same facts in every description of it: title, licence, dates, version, sizes, digests."""

import json
import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS
from starlette.testclient import TestClient

from catalog.licences import LICENCES
from catalog.metadata.dcat_pen import DCAT, SPDX
from charter.public_terms import LICENCE_TEXTS
from charter.vocabulary import Licence
from tests.serving import POINTS, SERIES
from tests.unit.api.conftest import ORIGIN

Facts = dict[str, object]
NAMES: Mapping[str, Licence] = {
    name: licence
    for licence, terms in LICENCES.items()
    for name in (terms.spdx, terms.url, f"https://spdx.org/licenses/{terms.spdx}", LICENCE_TEXTS[licence])
}
"""Every name by which a description calls a licence."""
COMMON = {"title", "licence", "version", "description", "modified"}
"""What every description tells."""


def of_dcat(text: str, slug: str) -> Facts:
    graph = Graph().parse(data=text)
    node = URIRef(f"{ORIGIN}/dataset/{slug}")
    files = {}
    for file in graph.objects(node, DCAT.distribution):
        digest = graph.value(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        assert isinstance(digest, Literal)
        name = str(graph.value(file, DCAT.downloadURL)).rpartition("/")[2]
        files[name] = (int(str(graph.value(file, DCAT.byteSize))), str(digest).lower())
    (licence,) = {*graph.objects(None, DCTERMS.license)}
    period = graph.value(node, DCTERMS.temporal)
    return {
        "title": french(graph, node, DCTERMS.title),
        "description": french(graph, node, DCTERMS.description),
        "keywords": {
            str(word)
            for word in graph.objects(node, DCAT.keyword)
            if isinstance(word, Literal) and word.language == "fr"
        },
        "licence": NAMES[str(licence)],
        "publisher": str(graph.value(graph.value(node, DCTERMS.publisher), URIRef("http://xmlns.com/foaf/0.1/name"))),
        "issued": str(graph.value(node, DCTERMS.issued))[:10],
        "modified": str(graph.value(node, DCTERMS.modified))[:10],
        "version": str(graph.value(node, DCAT.version)),
        "temporal": f"{graph.value(period, DCAT.startDate)}/{graph.value(period, DCAT.endDate)}",
        "files": files,
    }


def french(graph: Graph, node: URIRef, predicate: URIRef) -> str:
    (found,) = (
        str(text) for text in graph.objects(node, predicate) if isinstance(text, Literal) and text.language == "fr"
    )
    return found


def of_schema_org(text: str, _slug: str) -> Facts:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return {**_linked(json.loads(block)), "files": _files(json.loads(block))}


def of_croissant(text: str, _slug: str) -> Facts:
    told = json.loads(text)
    return {**_linked(told), "version": told["version"].removesuffix(".0.0"), "files": _files(told)}


def _linked(told: Mapping[str, Any]) -> Facts:
    return {
        "title": told["name"],
        "description": told["description"],
        "keywords": {*told["keywords"]},
        "licence": NAMES[told["license"]],
        "publisher": told["publisher"]["name"],
        "issued": told["datePublished"][:10],
        "modified": told["dateModified"][:10],
        "version": told["version"],
        "temporal": told["temporalCoverage"],
    }


def _files(told: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    return {
        file["contentUrl"].rpartition("/")[2]: (int(file["contentSize"].removesuffix(" B")), file["sha256"])
        for file in told["distribution"]
    }


def of_datapackage(text: str, _slug: str) -> Facts:
    told = json.loads(text)
    (licence,) = told["licenses"]
    return {
        "title": told["title"],
        "description": told["description"],
        "keywords": {*told["keywords"]},
        "licence": NAMES[licence["path"]],
        "modified": told["created"][:10],
        "version": told["version"],
        "files": {file["path"]: (file["bytes"], file["hash"].removeprefix("sha256:")) for file in told["resources"]},
    }


def of_csvw(text: str, _slug: str) -> Facts:
    told = json.loads(text)
    words = {
        name: [one["@value"] for one in told[name] if one["@language"] == "fr"]
        for name in ("dc:title", "dc:description", "dcat:keyword")
    }
    return {
        "title": words["dc:title"][0],
        "description": words["dc:description"][0],
        "keywords": {*words["dcat:keyword"]},
        "licence": NAMES[told["dc:license"]["@id"]],
        "publisher": told["dc:publisher"]["@value"],
        "modified": told["dc:modified"]["@value"][:10],
        "version": told["schema:version"],
    }


DESCRIPTIONS: Mapping[str, tuple[str, Callable[[str, str], Facts]]] = {
    "schema.org": ("", of_schema_org),
    "Croissant": ("/croissant.json", of_croissant),
    "Data Package": ("/datapackage.json", of_datapackage),
    "CSVW": ("/csvw.json", of_csvw),
}


@pytest.mark.parametrize("slug", [SERIES, POINTS])
@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_a_description_tells_what_dcat_tells(client: TestClient, slug: str, name: str) -> None:
    dcat = of_dcat(client.get(f"/dataset/{slug}.ttl").text, slug)
    path, read = DESCRIPTIONS[name]
    told = read(client.get(f"/dataset/{slug}{path}").text, slug)
    files = told.get("files", {})
    assert isinstance(files, dict)
    assert isinstance(dcat["files"], dict)
    assert files.items() <= dcat["files"].items()
    assert {key: value for key, value in told.items() if key != "files"} == {
        key: value for key, value in dcat.items() if key in told and key != "files"
    }
    assert told.keys() >= COMMON


@pytest.mark.parametrize("slug", [SERIES, POINTS])
def test_what_is_told_of_a_file_is_true_of_its_bytes(client: TestClient, slug: str) -> None:
    files = of_dcat(client.get(f"/dataset/{slug}.ttl").text, slug)["files"]
    assert isinstance(files, dict)
    for name, (size, digest) in files.items():
        sent = client.get(f"/dataset/{slug}/{name}", headers={"Accept-Encoding": "identity"}).content
        assert (len(sent), sha256(sent).hexdigest()) == (size, digest)
    assert {"data.csv", "data.json", "data.ndjson", "data.parquet"} <= files.keys()
