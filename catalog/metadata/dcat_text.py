"""Graphs as text in the three writings of DCAT. A document is its fragments, one a graph, under one head.

So a dataset is written once for its own address and for its page of the catalogue. A statement that two fragments
make is made twice, which says the same; names of blank nodes are unique in the whole catalogue.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, assert_never
from xml.sax.saxutils import escape, quoteattr

from orjson import OPT_APPEND_NEWLINE, OPT_SORT_KEYS, Fragment, dumps, loads
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from catalog.metadata.dcat_pen import PREFIXES
from catalog.metadata.writings import Writing

_CONTEXT: Final = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
_TURTLE_HEAD: Final = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in _CONTEXT.items())
_XML_HEAD: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF\n'
    + "\n".join(f'  xmlns:{prefix}="{address}"' for prefix, address in _CONTEXT.items())
    + ">\n"
)
_LOCAL: Final = re.compile("[A-Za-z][A-Za-z0-9_-]*")
"""Names that stand behind a prefix as they are."""
_XML_CANNOT: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold, escaped or not (XML 1.0, section 2.2)."""
_KEPT: Final = {"\r": "&#13;"}
_XML_FOOT: Final = "</rdf:RDF>\n"


def fragment(graph: Graph, writing: Writing) -> bytes:
    """Return a graph without the head and the foot of a document; the same bytes for the same graph."""
    match writing:
        case Writing.TURTLE:
            return "\n\n".join(_statements(graph, about) for about in _subjects(graph)).encode()
        case Writing.JSON_LD:
            return b",".join(dumps(node, option=OPT_SORT_KEYS) for node in _nodes(graph))
        case Writing.RDF_XML:
            return "\n".join(_description(graph, about) for about in _subjects(graph)).encode()
        case _:
            assert_never(writing)


def document(fragments: Sequence[bytes], writing: Writing) -> bytes:
    """Return a whole document of fragments in the same writing."""
    match writing:
        case Writing.TURTLE:
            return _TURTLE_HEAD.encode() + b"\n" + b"\n\n".join(fragments) + b"\n"
        case Writing.JSON_LD:
            nodes = Fragment(b"[" + b",".join(part for part in fragments if part) + b"]")
            return dumps({"@context": _CONTEXT, "@graph": nodes}, option=OPT_APPEND_NEWLINE)
        case Writing.RDF_XML:
            return _XML_HEAD.encode() + b"\n".join(fragments) + b"\n" + _XML_FOOT.encode()
        case _:
            assert_never(writing)


def _nodes(graph: Graph) -> list[dict[str, object]]:
    """Return the nodes of a graph as JSON-LD with our prefixes, in the order of their names."""
    made = loads(graph.serialize(format="json-ld", context=_CONTEXT))
    nodes: list[dict[str, object]] = made.get("@graph", [made])
    return sorted((_ordered(node) for node in nodes), key=lambda node: str(node.get("@id", "")))


def _ordered(node: dict[str, object]) -> dict[str, object]:
    """Return a node with its lists of values in an order of their own: a graph has none."""
    return {
        name: sorted(value, key=lambda one: dumps(one, option=OPT_SORT_KEYS)) if isinstance(value, list) else value
        for name, value in node.items()
        if name != "@context"
    }


def _subjects(graph: Graph) -> list[Node]:
    return sorted({*graph.subjects()}, key=str)


def _said(graph: Graph, about: Node) -> list[tuple[Node, Node]]:
    """Return what is said of one node, in an order of its own."""
    return sorted(graph.predicate_objects(about), key=lambda pair: tuple(map(_sortable, pair)))


def _statements(graph: Graph, about: Node) -> str:
    """Return what is said of one node (RDF 1.1 Turtle, section 2.2), its classes first."""
    values: dict[Node, list[str]] = {RDF.type: []}
    for predicate, value in _said(graph, about):
        values.setdefault(predicate, []).append(_term(value))
    classes = values.pop(RDF.type)
    lines = [f"a {', '.join(classes)}"] if classes else []
    lines += [f"{_term(predicate)} {', '.join(said)}" for predicate, said in values.items()]
    return f"{_term(about)} " + " ;\n    ".join(lines) + " ."


def _term(node: Node) -> str:
    """Return a node as Turtle says it, under a prefix of ours where it has one."""
    match node:
        case URIRef():
            return _named(node)
        case Literal(datatype=URIRef() as kind):
            return node.n3().removesuffix(f"<{kind}>") + _named(kind)
        case _:
            return _sortable(node)


@lru_cache(maxsize=4_096)
def _named(address: URIRef) -> str:
    for prefix, namespace in _CONTEXT.items():
        if address.startswith(namespace) and _LOCAL.fullmatch(address, len(namespace)):
            return f"{prefix}:{address[len(namespace) :]}"
    return address.n3()


def _description(graph: Graph, about: Node) -> str:
    """Return what is said of one node (RDF 1.1 XML Syntax, section 2.2)."""
    lines = [_property(graph.qname(str(predicate)), value) for predicate, value in _said(graph, about)]
    return "\n".join((f"<rdf:Description {_name('about', about)}>", *lines, "</rdf:Description>"))


def _property(name: str, value: Node) -> str:
    if not isinstance(value, Literal):
        return f"  <{name} {_name('resource', value)}/>"
    kind = f" xml:lang={quoteattr(value.language)}" if value.language else ""
    if value.datatype is not None:
        kind = f" rdf:datatype={quoteattr(str(value.datatype))}"
    text = escape(_XML_CANNOT.sub("\N{REPLACEMENT CHARACTER}", value), _KEPT)
    return f"  <{name}{kind}>{text}</{name}>"


def _name(role: str, node: Node) -> str:
    return f"rdf:nodeID={quoteattr(str(node))}" if isinstance(node, BNode) else f"rdf:{role}={quoteattr(str(node))}"


def _sortable(node: Node) -> str:
    return node.n3() if isinstance(node, BNode | Literal | URIRef) else str(node)
