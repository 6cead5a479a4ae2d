"""The verdict of the published shapes on a document, and documents broken in every way that their rules speak of."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from pyshacl import validate
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from catalog.metadata.authorities import HIGH_VALUE_LAW
from catalog.metadata.conformity import faults, shapes_graph
from catalog.metadata.dcat_pen import DCAT, DCATAP
from catalog.metadata.shacl import SH

STANDARDS = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "standards"
PROFILES = ("shapes", "range", "mdr-vocabularies", "full", "hvd")
"""The published files of which a violation is a fault; the other two only advise."""
WITH_VOCABULARIES = {"mdr-vocabularies", "hvd"}


@cache
def published(profile: str) -> Graph:
    return Graph().parse(STANDARDS / "dcat-ap" / f"{profile}.ttl")


@cache
def vocabularies() -> Graph:
    graph = Graph()
    for file in sorted((STANDARDS / "vocab").glob("*.ttl")):
        graph.parse(file)
    return graph


def violations(graph: Graph) -> list[str]:
    """What the published shapes refuse of a document; the high-value annex where a dataset declares it."""
    profiles = [profile for profile in PROFILES if profile != "hvd" or is_high_value(graph)]
    return [found for profile in profiles for found in _of(graph, profile)]


def is_high_value(graph: Graph) -> bool:
    lawful = {*graph.subjects(DCATAP.applicableLegislation, URIRef(HIGH_VALUE_LAW))}
    return bool(lawful & {*graph.subjects(RDF.type, DCAT.Dataset)})


def said_by_pyshacl(graph: Graph) -> set[str]:
    """The sentences of our own shapes that another reader of SHACL says of a document."""
    asked = (False, True) if is_high_value(graph) else (False,)
    reports = [_report(graph, _own_shapes(high_value=one)) for one in asked]
    told = ((report, result) for report in reports for result in report.objects(None, SH.result))
    return {str(report.value(result, SH.resultMessage)) for report, result in told}


def differing(tried: Iterable[tuple[str, Graph]]) -> dict[str, set[str]]:
    """The sentences that only one of the two says, by name of the document."""
    found = {name: {fault.message for fault in faults(graph)} ^ said_by_pyshacl(graph) for name, graph in tried}
    return {name: sentences for name, sentences in found.items() if sentences}


@cache
def _own_shapes(*, high_value: bool) -> Graph:
    return shapes_graph(high_value=high_value)


def _report(graph: Graph, shapes: Graph) -> Graph:
    whole = Graph()  # in the only kind of store that this reader knows
    whole += graph
    _, report, _ = validate(whole, shacl_graph=shapes, inference="none", inplace=True)
    assert isinstance(report, Graph)
    return report


def _of(graph: Graph, profile: str) -> Iterator[str]:
    report = _report(_merged(graph) if profile in WITH_VOCABULARIES else graph, published(profile))
    own = {*graph.subjects()}
    for result in report.objects(None, SH.result):
        focus = report.value(result, SH.focusNode)
        if focus in own and report.value(result, SH.resultSeverity) == SH.Violation:
            yield f"{profile}: {focus} {report.value(result, SH.resultPath)}"


def _merged(graph: Graph) -> Graph:
    """The document with what the vocabularies say of the words that it uses."""
    merged, words = Graph(), vocabularies()
    used = {value for value in graph.objects() if isinstance(value, URIRef)}
    for statement in graph:
        merged.add(statement)
    for term in used | {*words.subjects(RDF.type, SKOS.ConceptScheme)}:
        for statement in words.triples((term, None, None)):
            merged.add(statement)
    return merged


def mutations(made: Callable[[], Graph]) -> Iterator[tuple[str, Graph]]:
    """Each property of each node dropped, doubled, and given values of another kind; each type taken away."""
    graph = made()
    for node, predicate in sorted({(s, p) for s, p, _ in graph}, key=str):
        values = sorted(graph.objects(node, predicate), key=str)
        for what, others in _changed(predicate, values):
            broken = made()
            broken.remove((node, predicate, None))
            for value in others:
                broken.add((node, predicate, value))
            yield f"{what}: {node} {predicate}", broken


def _changed(predicate: Node, values: list[Node]) -> Iterator[tuple[str, list[Node]]]:
    if predicate == RDF.type:
        for one in values:
            yield f"not a {one}", [value for value in values if value != one]
        return
    yield "missing", []
    yield "one more", [*values, _another(values[0])]
    if isinstance(values[0], Literal):
        yield "an address", [URIRef("http://exemple.invalid/a")]
        yield "a plain text", [Literal("zz")]
        yield "a French text", [Literal("zz", lang="fr")]
    else:
        yield "a text", [Literal("zz")]
        yield "an unknown word", [URIRef("http://publications.europa.eu/resource/authority/language/QQQ")]
        yield "nowhere", [BNode("zzz")]


def _another(value: Node) -> Node:
    if not isinstance(value, Literal):
        return URIRef(f"{value}2")
    if value.datatype in {XSD.date, XSD.dateTime}:
        return Literal("2020-01-01", datatype=XSD.date)
    return Literal("77", datatype=value.datatype)
