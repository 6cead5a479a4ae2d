"""Whether a document is conformant to DCAT-AP 3.0.1, by shapes of our own writing (`shapes/`).

The tests hold their verdict equal to that of the published shapes. A dataset that declares regulation (EU) 2023/138 is
held to its annex too. What is wrong is said in French, with the key of the declaration that says it.
"""

from functools import cache
from pathlib import Path
from typing import Final

from rdflib import RDF, Graph, URIRef

from catalog.metadata.authorities import HIGH_VALUE_LAW
from catalog.metadata.dcat_pen import DCAT, DCATAP
from catalog.metadata.shacl import Fault, Shapes

_FOLDER: Final = Path(__file__).parent / "shapes"
_HIGH_VALUE: Final = "high_value.ttl"


def faults(graph: Graph) -> tuple[Fault, ...]:
    """Return what keeps a document from being conformant; none if it is."""
    found = _shapes(high_value=False).faults(graph)
    lawful = {*graph.subjects(DCATAP.applicableLegislation, URIRef(HIGH_VALUE_LAW))}
    if lawful & {*graph.subjects(RDF.type, DCAT.Dataset)}:
        found |= _shapes(high_value=True).faults(graph)
    return tuple(sorted(found))


@cache
def _shapes(*, high_value: bool) -> Shapes:
    """Return the shapes, read once."""
    return Shapes.of(shapes_graph(high_value=high_value))


def shapes_graph(*, high_value: bool) -> Graph:
    """Return what the files of the shapes say."""
    graph = Graph()
    for file in sorted(_FOLDER.glob("*.ttl")):
        if (file.name == _HIGH_VALUE) is high_value:
            graph.parse(file, format="turtle")
    return graph
