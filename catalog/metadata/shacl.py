"""The part of SHACL that our shapes use: read once, then asked of many documents.

Source: SHACL (W3C, 20 July 2017), sections 2 and 4. A word of it that is not known here refuses the shapes (KeyError):
no rule is passed over. Our documents declare no class as another's, so instances of a class are those that say so.
Held by: tests/unit/catalog/metadata/test_conformity.py, to what pySHACL says of the same shapes.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Final

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.paths import AlternativePath, InvPath, Path, SequencePath
from rdflib.term import Node

SH: Final = Namespace("http://www.w3.org/ns/shacl#")
_KINDS: Final[Mapping[Node, tuple[type[Node], ...]]] = {
    SH.IRI: (URIRef,),
    SH.Literal: (Literal,),
    SH.BlankNodeOrIRI: (URIRef, BNode),
}
_NO_RULE: Final = (SH.targetClass, RDF.type)

Holds = Callable[[Graph, Node], bool]
"""Says of a document and a node of it whether the node is as a rule wants it."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong: in French, and the key of a declaration where it is put right."""

    message: str
    key: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of a node, or of what a path leads to from it: how many, which ones, and what each must be."""

    fault: Fault
    path: URIRef | Path | None
    least: float
    most: float
    among: frozenset[Node]
    each: tuple[Holds, ...]
    inside: tuple["Shape", ...]

    def faults(self, document: Graph, focus: Node) -> Iterator[Fault]:
        """Yield what is wrong with a node; nothing if it conforms."""
        values = {focus} if self.path is None else {*document.objects(focus, self.path)}
        counted = self.least <= len(values) <= self.most and self.among <= values
        if not counted or not all(holds(document, value) for value in values for holds in self.each):
            yield self.fault
        for value in values:
            for shape in self.inside:
                yield from shape.faults(document, value)

    def holds(self, document: Graph, node: Node) -> bool:
        """Say whether a node conforms."""
        return next(self.faults(document, node), None) is None


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes read: of each class, those that its instances are held to."""

    by_class: Mapping[Node, tuple[Shape, ...]]

    @classmethod
    def of(cls, graph: Graph) -> "Shapes":
        """Read all shapes of a graph that have a target."""
        targets: dict[Node, tuple[Shape, ...]] = {}
        for shape, target in graph.subject_objects(SH.targetClass):
            targets[target] = (*targets.get(target, ()), _shape(graph, shape))
        return cls(targets)

    def faults(self, document: Graph) -> set[Fault]:
        """Return what is wrong with a document."""
        return {
            fault
            for target, shapes in self.by_class.items()
            for focus in document.subjects(RDF.type, target)
            for shape in shapes
            for fault in shape.faults(document, focus)
        }


def _shape(graph: Graph, node: Node) -> Shape:
    said: dict[Node, list[Node]] = defaultdict(list)
    for word, value in graph.predicate_objects(node):
        said[word].append(value)
    message, key = ("".join(map(str, said.pop(word, []))) for word in (SH.message, SH.name))
    [path] = said.pop(SH.path, [None])
    [least], [most] = said.pop(SH.minCount, [Literal(0)]), said.pop(SH.maxCount, [Literal(inf)])
    among, inside = said.pop(SH.hasValue, []), said.pop(SH.property, [])
    return Shape(
        fault=Fault(message, key),
        path=None if path is None else _path(graph, path),
        least=float(str(least)),
        most=float(str(most)),
        among=frozenset(among),
        each=tuple(
            _RULES[word](graph, value) for word, values in said.items() if word not in _NO_RULE for value in values
        ),
        inside=tuple(_shape(graph, shape) for shape in inside),
    )


def _path(graph: Graph, node: Node) -> URIRef | Path:
    if isinstance(node, URIRef):
        return node
    said = dict(graph.predicate_objects(node))
    if RDF.first in said:
        return SequencePath(*_paths(graph, node))
    [(word, value)] = said.items()
    match word:
        case SH.alternativePath:
            return AlternativePath(*_paths(graph, value))
        case SH.inversePath:
            return InvPath(_path(graph, value))
        case _:
            raise KeyError(word)


def _paths(graph: Graph, members: Node) -> Iterator[URIRef | Path]:
    return (_path(graph, member) for member in graph.items(members))


def _class(_: Graph, wanted: Node) -> Holds:
    return lambda document, node: (node, RDF.type, wanted) in document


def _kind(_: Graph, wanted: Node) -> Holds:
    kinds = _KINDS[wanted]
    return lambda _, node: isinstance(node, kinds)


def _datatype(_: Graph, wanted: Node) -> Holds:
    """Hold a literal to a type, and to how this writes it: `ill_typed` is unknown of a type that has no rule."""
    return lambda _, node: isinstance(node, Literal) and node.datatype == wanted and not node.ill_typed


def _in(graph: Graph, members: Node) -> Holds:
    words = frozenset(graph.items(members))
    return lambda _, node: node in words


def _pattern(_: Graph, wanted: Node) -> Holds:
    matching = re.compile(str(wanted))
    return lambda _, node: not isinstance(node, BNode) and matching.search(str(node)) is not None


def _node(graph: Graph, wanted: Node) -> Holds:
    return _shape(graph, wanted).holds


def _or(graph: Graph, members: Node) -> Holds:
    shapes = [_shape(graph, member) for member in graph.items(members)]
    return lambda document, node: any(shape.holds(document, node) for shape in shapes)


_RULES: Final[Mapping[Node, Callable[[Graph, Node], Holds]]] = {
    SH["class"]: _class,
    SH.nodeKind: _kind,
    SH.datatype: _datatype,
    SH["in"]: _in,
    SH.pattern: _pattern,
    SH.node: _node,
    SH["or"]: _or,
}
"""Word → how it is read: from the shapes' graph and what stands beside the word, to what holds of a node."""
