"""dcat: the same datasets in four forms, and what would reach out of the payload. Payloads here are synthetic."""

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph

from tests.payloads import as_json, read
from tests.payloads_answers import LINKED

CATALOGUES = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "captures" / "catalogues"
US: dict[str, Any] = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
    "dataset": [{"identifier": "d1", "title": "Écoles", "distribution": [{"downloadURL": "https://x.exemple/a.csv"}]}],
}


def test_a_dataset_has_its_properties_by_their_local_names() -> None:
    water, schools = read("dcat", as_json(LINKED)).rows
    assert (schools["iri"], schools["identifier"], schools["title"]) == ("https://x.exemple/d/1", "d1", "Écoles")
    assert schools["title_by_language"] == {"fr": "Écoles", "en": "Schools"}
    assert schools["keyword"] == ["école"]
    assert schools["publisher"]["name"] == "Commune"  # type: ignore[index]
    assert schools["distribution"] == [{"iri": "d/1/csv", "downloadURL": "https://x.exemple/d/1.csv"}]
    assert (water["iri"], water["title"]) == ("d/2", "Eau")


@pytest.mark.parametrize("form", ["turtle", "xml", "pretty-xml", "nt"])
def test_every_form_says_the_same(form: str) -> None:
    linked = copy.deepcopy(LINKED)
    for node in linked["@graph"]:
        node["@id"] = node["@id"].replace("d/2", "https://x.exemple/d/2").replace("d/1/csv", "https://x.exemple/f")  # type: ignore[index]
    linked["@graph"][0]["dcat:distribution"] = {"@id": "https://x.exemple/f"}  # type: ignore[index]
    payload = Graph().parse(data=as_json(linked), format="json-ld").serialize(format=form).encode()
    assert len(read("dcat", payload).rows) == 2
    assert read("dcat", payload).rows == read("dcat", as_json(linked)).rows


@pytest.mark.parametrize(
    "context",
    ["https://x.invalid/c.jsonld", ["https://x.invalid/c.jsonld"], {"@import": "https://x.invalid/c"},
     {"t": {"@id": "http://x/t", "@context": "https://x.invalid/c"}}, [{}, ["file:///etc/passwd"]]],
)  # fmt: skip
def test_a_context_elsewhere_is_never_fetched(context: object) -> None:
    for document in ({**LINKED, "@context": context}, [{"@graph": [{"@context": context}]}]):
        outcome = read("dcat", as_json(document))
        assert (outcome.code, outcome.rows) == ("payload.dcat-context", [])


def test_a_named_graph_counts_too() -> None:
    assert read("dcat", as_json({"@id": "https://x.exemple/g", **LINKED})).rows == read("dcat", as_json(LINKED)).rows


def test_two_titles_in_one_language_are_both_kept() -> None:
    prefixes = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
    (row,) = read(
        "dcat", (prefixes + '<https://x/d> a dcat:Dataset ; dct:title "B"@fr, "A"@fr, "C"@de .').encode()
    ).rows
    assert (row["title"], row["title_by_language"]) == ("A\nB", {"fr": "A\nB", "de": "C"})


def test_a_series_is_a_dataset() -> None:
    turtle = b"""@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://x.exemple/d/1> a dcat:Dataset ; dct:title "2025" ; dcat:inSeries <https://x.exemple/s> .
<https://x.exemple/s> a dcat:DatasetSeries ; dct:title "Chaque mois" ."""
    assert [(row["iri"], row["title"]) for row in read("dcat", turtle).rows] == [
        ("https://x.exemple/d/1", "2025"),
        ("https://x.exemple/s", "Chaque mois"),
    ]


def test_dcat_us_needs_no_context() -> None:
    rows = read("dcat", as_json(US)).rows
    assert rows == US["dataset"]
    assert read("dcat", as_json({"@type": "Catalog", "catalog": [US]})).rows == rows


def test_a_dataset_that_cannot_be_told_from_another_is_refused() -> None:
    for missing in ("identifier", "title"):
        bare = {key: value for key, value in US["dataset"][0].items() if key != missing}
        assert read("dcat", as_json({"dataset": [bare, 3]})).refused_codes == [
            "payload.dcat-dataset", "payload.not-an-object"
        ]  # fmt: skip
    wrong = {**US["dataset"][0], "distribution": [{"accessURL": "//////x.exemple/"}]}
    assert read("dcat", as_json({"dataset": [wrong]})).refused_codes == ["payload.dcat-address"]
    nameless = b"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n[] a dcat:Dataset .\n"
    assert read("dcat", nameless).refused_codes == ["payload.dcat-dataset"]


def test_no_dataset_is_said() -> None:
    for turtle in (b"<https://x.exemple/> <https://x.exemple/p> 1 .", b"<a> <b> <c> .\n"):
        outcome = read("dcat", turtle)
        assert (outcome.code, outcome.rows, outcome.warning_codes) == ("", [], ["payload.dcat-none"])


def test_damaged_rdf_is_refused_with_its_line() -> None:
    outcome = read("dcat", b"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<a> a dcat:Dataset ;;\n dct:title .\n")
    assert (outcome.code, outcome.refusal.place.line) == ("payload.dcat-syntax", 3)  # type: ignore[union-attr]
    wrong = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:li rdf:ID="1 2"/></rdf:RDF>'
    assert read("dcat", wrong).code in {"payload.dcat-syntax", ""}
    assert read("dcat", b"<catalogue/>").code == "payload.dcat-root"
    assert read("dcat", b'{"a": 1}').code == "payload.dcat-root"
    assert read("dcat", b"#" * (6 * 1024 * 1024 + 1)).code == "payload.too-large"


def test_a_value_that_cannot_be_converted_is_not_written_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    odd = (
        b"@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n"
        b'<a> a dcat:Dataset ; dct:title "t" ; dct:modified '
        b'"secret-42"^^<http://www.w3.org/2001/XMLSchema#dateTime> .\n'
    )
    (row,) = read("dcat", odd).rows
    assert row["modified"] == "secret-42"
    assert "42" not in "".join(capsys.readouterr())


@pytest.mark.captures
@pytest.mark.skipif(not CATALOGUES.is_dir(), reason="no captures here: set ECLOR_SHARED to the folder that has them")
def test_turtle_and_json_ld_of_one_example_say_the_same() -> None:
    for example in ("catalogue", "dataset_2_distributions", "dataset_data_service", "dataset_hvd_profile"):
        turtle = read("dcat", (CATALOGUES / f"dcat_ap3_ms_{example}.ttl").read_bytes()).rows
        linked = read("dcat", (CATALOGUES / f"dcat_ap3_ms_{example}.jsonld").read_bytes()).rows
        assert [row["iri"] for row in turtle] == [row["iri"] for row in linked]
        assert [row["title"] for row in turtle] == [row["title"] for row in linked]


def test_what_many_datasets_share_does_not_multiply_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvesters.rdf_datasets.MOST_STATEMENTS", 1_000)
    pages = ", ".join(f"<h{number}>" for number in range(50))
    shared = f"<p> <http://xmlns.com/foaf/0.1/homepage> {pages} ."
    one = "<d{}> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/publisher> <p> ."
    graph = "\n".join([shared, *map(one.format, range(50))])
    assert read("dcat", graph.encode()).code == "payload.dcat-shared"


_DCAT = "http://www.w3.org/ns/dcat#"


@pytest.mark.parametrize("form", ["turtle", "json-ld"])
def test_a_graph_is_refused_while_it_grows_too_large(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harvesters.rdf_datasets.MOST_IN_GRAPH", 100)
    titles = [f"t{number}" for number in range(99)]
    node: dict[str, object] = {
        "@id": "https://a/1",
        "@type": f"{_DCAT}Dataset",
        "http://purl.org/dc/terms/title": titles,
    }
    triples = "".join(f'<https://a/1> <http://purl.org/dc/terms/title> "{title}".\n' for title in titles)
    for more, code in ((0, ""), (1, "payload.dcat-long")):
        node["http://purl.org/dc/terms/license"] = ["x"] * more
        rest = '<https://a/1> <http://purl.org/dc/terms/license> "x".\n' * more
        content = f"<https://a/1> a <{_DCAT}Dataset>.\n{triples}{rest}" if form == "turtle" else json.dumps(node)
        assert read("dcat", content.encode()).code == code


def test_linked_json_is_held_to_less_since_it_stands_beside_its_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps({"@id": "https://a/1", "@type": f"{_DCAT}Dataset", f"{_DCAT}keyword": ["b"] * 1000}).encode()
    assert read("dcat", content).code == ""
    monkeypatch.setattr("harvesters.protocols.dcat._MOST_LINKED", 10_000)
    assert read("dcat", content).code == "payload.too-heavy"
