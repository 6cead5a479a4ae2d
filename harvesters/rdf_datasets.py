"""Datasets of an RDF graph (DCAT 1 to 3, and its profiles) to rows, by the local names of their properties."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from xml.sax import SAXException

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.exceptions import Error as RdfError
from rdflib.plugins.parsers.jsonld import to_rdf
from rdflib.plugins.stores.memory import SimpleMemory
from rdflib.term import Node

from eclor.errors import PayloadRefused, Place
from harvesters.parsing import Row
from harvesters.xml_rows import by_language

_DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
_READ: Final = (
    "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://purl.org/dc/elements/1.1/",
    "http://data.europa.eu/r5r/", "http://www.w3.org/ns/adms#", "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/2006/vcard/ns#", "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/locn#",
    "http://www.w3.org/2002/07/owl#", "http://schema.org/", "http://www.w3.org/2000/01/rdf-schema#",
    "http://spdx.org/rdf/terms#", "http://www.w3.org/ns/prov#", "http://www.w3.org/ns/odrl/2/",
)  # fmt: skip
_BASE: Final = "https://relative.invalid/"
"""What relative addresses are resolved against, and taken off again: where they came from is not known here."""
_LISTED: Final = frozenset({
    "keyword", "theme", "language", "conformsTo", "applicableLegislation", "hvdCategory", "distribution",
    "contactPoint", "spatial", "temporal", "creator", "isPartOf", "source", "sample", "inSeries",
})  # fmt: skip
"""Properties that may stand several times: a list, however few they are."""
_TEXTS: Final = ("title", "description", "name")
"""Properties in several languages: the one that is read first, and all of them by language."""
_LANGUAGES: Final = ("fr", "", "en", "de", "lb")
_DEPTH: Final = 2
MOST_STATEMENTS: Final = 100_000
"""That may be read of a graph: a node that many datasets share is read with each."""
MOST_IN_GRAPH: Final = 60_000
"""Statements: each takes up to 1.3 KB, blank nodes the most."""
_NAME_END: Final = re.compile(r"[#/]")
_FAULTS: Final = (RdfError, SAXException, SyntaxError, ValueError, TypeError, AttributeError, LookupError,
                  AssertionError, RecursionError, ArithmeticError)  # fmt: skip
"""What rdflib's readers raise on damaged text."""

logging.getLogger("rdflib").setLevel(logging.CRITICAL)
"""It writes what it cannot convert, values and all."""


def read_graph(content: bytes, *, form: str, name: str) -> Graph:
    """Return the graph of a payload in `xml` or `turtle`; refuse (`PayloadRefused`) one that is none."""
    with _refusing(name) as graph:
        graph.parse(data=content, format=form, publicID=_BASE)
    return graph


def graph_of(document: object, *, name: str) -> Graph:
    """Return the graph of a JSON-LD document, named graphs with the others; refuse (`PayloadRefused`) what is none."""
    with _refusing(name) as graph:
        to_rdf(document, graph, base=_BASE)
    return graph


@contextmanager
def _refusing(name: str) -> Iterator[Graph]:
    graph = Graph(store=_Counted(name), bind_namespaces="none")
    try:
        yield graph
    except PayloadRefused:
        _let_go(graph)
        raise
    except _FAULTS as error:
        _let_go(graph)
        line = getattr(error, "lines", None)
        place = Place(name, line + 1) if isinstance(line, int) else Place(name)
        raise PayloadRefused("payload.dcat-syntax", place=place) from error


class _Counted(SimpleMemory):
    """Holds the statements of a graph, up to a bound."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._left = MOST_IN_GRAPH

    def add(self, triple: tuple[Node, Node, Node], context: Graph, quoted: bool = False) -> None:  # noqa: FBT001, FBT002 - rdflib's
        """Take a statement; refuse the first too many."""
        self._left -= 1
        if self._left < 0:
            raise PayloadRefused("payload.dcat-long", place=Place(self._name), limit=MOST_IN_GRAPH)
        super().add(triple, context, quoted)


def _let_go(graph: Graph) -> None:
    """Let go of its statements: a graph and its parts hold each other, and stay until Python looks for such rings."""
    vars(graph.store).clear()


def datasets(graph: Graph, *, name: str) -> Iterator[Row]:
    """Yield the row of each dataset, or series of them, in the order of their addresses, else of their titles.

    Refuses (`PayloadRefused`) a graph whose datasets say more than 100,000 things, what they share counted each time.
    """
    reading = _Reading(graph, name, MOST_STATEMENTS)
    found = {node for kind in (_DCAT.Dataset, _DCAT.DatasetSeries) for node in graph.subjects(RDF.type, kind)}
    try:
        rows = [reading.node(node, depth=0) for node in found]
    finally:
        _let_go(graph)
    yield from sorted(rows, key=lambda row: (str(row.get("iri") or "\uffff"), str(row.get("title")), str(row)))


@dataclass(slots=True)
class _Reading:
    """Reads nodes of a graph, up to a bound."""

    graph: Graph
    name: str
    left: int

    def node(self, node: Node, *, depth: int) -> Row:
        row: Row = {"iri": _text(node) if isinstance(node, URIRef) else None}
        values: dict[str, list[Node]] = {}
        for predicate, value in self.graph.predicate_objects(node):
            self._spend()
            if str(predicate).startswith(_READ) and predicate != RDF.type:
                values.setdefault(_NAME_END.split(str(predicate))[-1], []).append(value)
        for name, nodes in sorted(values.items()):
            if name in _TEXTS:
                row |= _in_languages(name, nodes)
                continue
            said = sorted((self._value(value, name=name, depth=depth) for value in nodes), key=str)
            row[name] = said if name in _LISTED or len(said) > 1 else said[0]
        return row

    def _spend(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise PayloadRefused("payload.dcat-shared", place=Place(self.name), limit=MOST_STATEMENTS)

    def _value(self, node: Node, *, name: str, depth: int) -> object:
        """Return a literal's text, an address, or what the graph says of a node: a blank one, or a distribution."""
        if isinstance(node, Literal):
            return str(node)
        is_nested = isinstance(node, BNode) or name in {"distribution", "publisher", "contactPoint"}
        if depth < _DEPTH and is_nested:
            return self.node(node, depth=depth + 1)
        return _text(node) if isinstance(node, URIRef) else None


def _in_languages(name: str, nodes: list[Node]) -> Row:
    texts = by_language(
        (node.language or "" if isinstance(node, Literal) else "", _text(node)) for node in sorted(nodes, key=str)
    )
    first = next((language for language in (*_LANGUAGES, *sorted(texts)) if language in texts), "")
    return {name: texts.get(first), f"{name}_by_language": texts}


def _text(node: Node) -> str:
    return str(node).removeprefix(_BASE)
