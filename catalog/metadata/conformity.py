"""Whether a document is conformant to DCAT-AP 3.0.1, by shapes of our own writing (`shapes/`).

The tests hold their verdict equal to that of the published shapes. A dataset that declares regulation (EU) 2023/138 is
held to its annex too. What is wrong is said in French, with the key of the declaration that says it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyshacl import validate
from rdflib import RDF, Graph, Namespace, URIRef

from catalog.metadata.authorities import HIGH_VALUE_LAW
from catalog.metadata.dcat_pen import DCAT, DCATAP

SH: Final = Namespace("http://www.w3.org/ns/shacl#")
_FOLDER: Final = Path(__file__).parent / "shapes"
_HIGH_VALUE: Final = "high_value.ttl"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong: in French, and the key of a declaration where it is put right."""

    message: str
    key: str


@dataclass(frozen=True, slots=True)
class _Shapes:
    """Shapes read, and the key that each of their sentences speaks of: the validator renames what has no address."""

    graph: Graph
    keys: Mapping[str, str]


def faults(graph: Graph) -> tuple[Fault, ...]:
    """Return what keeps a document from being conformant; none if it is. The graph is not changed."""
    found = {*_broken(graph, _shapes(high_value=False))}
    lawful = {*graph.subjects(DCATAP.applicableLegislation, URIRef(HIGH_VALUE_LAW))}
    if lawful & {*graph.subjects(RDF.type, DCAT.Dataset)}:
        found |= {*_broken(graph, _shapes(high_value=True))}
    return tuple(sorted(found))


@cache
def _shapes(*, high_value: bool) -> _Shapes:
    """Return the shapes, read once."""
    graph = Graph()
    for file in sorted(_FOLDER.glob("*.ttl")):
        if (file.name == _HIGH_VALUE) is high_value:
            graph.parse(file, format="turtle")
    named = {str(graph.value(shape, SH.message)): str(key) for shape, key in graph.subject_objects(SH.name)}
    return _Shapes(graph, named)


def _broken(graph: Graph, shapes: _Shapes) -> Iterator[Fault]:
    _, report, _ = validate(graph, shacl_graph=shapes.graph, inference="none", meta_shacl=False, inplace=True)
    if not isinstance(report, Graph):
        raise TypeError(report)
    for result in report.objects(None, SH.result):
        if report.value(result, SH.resultSeverity) == SH.Violation:
            message = str(report.value(result, SH.resultMessage))
            yield Fault(message, shapes.keys.get(message, ""))
