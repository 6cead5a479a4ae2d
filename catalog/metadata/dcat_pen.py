"""Writes statements of a DCAT document: every value of a vocabulary is typed in the document that uses it.

Blank nodes have names made of what they describe, so that the same record gives the same bytes in any process.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from rdflib import RDF, RDFS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS
from rdflib.term import Node

from catalog.metadata.authorities import Term
from catalog.metadata.record import Texts, absolute

ADMS: Final = Namespace("http://www.w3.org/ns/adms#")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
"""Version 3: the library's own knows version 2 only."""
DCATAP: Final = Namespace("http://data.europa.eu/r5r/")
DQV: Final = Namespace("http://www.w3.org/ns/dqv#")
ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
GSP: Final = Namespace("http://www.opengis.net/ont/geosparql#")
HYDRA: Final = Namespace("http://www.w3.org/ns/hydra/core#")
SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
VCARD: Final = Namespace("http://www.w3.org/2006/vcard/ns#")
PREFIXES: Final = {
    "adms": ADMS,
    "dcat": DCAT,
    "dcatap": DCATAP,
    "dct": DCTERMS,
    "dqv": DQV,
    "eli": ELI,
    "foaf": FOAF,
    "gsp": GSP,
    "hydra": HYDRA,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "spdx": SPDX,
    "vcard": VCARD,
    "xsd": XSD,
}
_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
"""Characters that an address keeps: one space or accent in it would break a whole page."""


@dataclass(frozen=True, slots=True)
class Pen:
    """A graph under way, and the origin that its paths are given."""

    graph: Graph
    origin: str

    @classmethod
    def on_a_new_page(cls, origin: str) -> "Pen":
        """Return a pen on an empty graph, with the prefixes of all our documents."""
        graph = Graph("SimpleMemory", bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, Namespace(str(namespace)))
        return cls(graph, origin)

    def iri(self, path: str) -> URIRef:
        """Return a path under the origin, or an address as it is, percent-encoded where it must be."""
        return URIRef(quote(absolute(self.origin, path), safe=_SAFE))

    def add(self, about: Node, *said: tuple[Node, Node]) -> None:
        """State properties of a node."""
        for predicate, value in said:
            self.graph.add((about, predicate, value))

    def texts(self, about: Node, predicate: Node, words: Texts) -> None:
        """State the same words in each language that has them."""
        self.add(about, *((predicate, Literal(text, lang=code)) for code, text in words.items()))

    def typed(self, node: URIRef, *classes: URIRef) -> URIRef:
        """Say of what classes a node is; give it back."""
        self.add(node, *((RDF.type, one) for one in classes))
        return node

    def document(self, path: str) -> URIRef:
        """Return a page, typed."""
        return self.typed(self.iri(path), FOAF.Document)

    def term(self, term: Term) -> URIRef:
        """Return a word of a vocabulary, typed, with its labels and its table."""
        concept = self.typed(URIRef(term.iri), SKOS.Concept)
        self.texts(concept, SKOS.prefLabel, term.labels)
        self.add(concept, (SKOS.inScheme, URIRef(term.scheme)))
        return concept

    def blank(self, name: str, *classes: URIRef) -> BNode:
        """Return a node without an address, typed; `name` is its own in the whole catalogue."""
        node = BNode(name)
        self.add(node, *((RDF.type, one) for one in classes))
        return node


def instant(moment: datetime) -> Literal:
    """Return an instant with its time zone: strict readers refuse one without."""
    return Literal(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=XSD.dateTime, normalize=False)
