"""Each word of SHACL that is read, on a node that keeps to it and on one that does not: as another reader says."""

import pytest
from pyshacl import validate
from rdflib import Graph

from catalog.metadata.shacl import Fault, Shapes

PREFIXES = """
@prefix : <urn:t#> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPE = """:S a sh:NodeShape ; sh:targetClass :T ; sh:property [ sh:path %s ; %s ; sh:message "faux" ; sh:name "clé" ] .
:Known sh:in ( :one "deux"@fr 3 ) . :Inner sh:property [ sh:path :q ; sh:minCount 1 ] ."""


@pytest.mark.parametrize(
    ("rule", "kept", "broken"),
    [
        ("sh:minCount 1", ":p 1", ":q 1"),
        ("sh:maxCount 1", ":p 1", ":p 1, 2"),
        ("sh:nodeKind sh:IRI", ":p :a", ":p []"),
        ("sh:nodeKind sh:BlankNodeOrIRI", ":p [], :a", ':p :a, "a"'),
        ("sh:nodeKind sh:Literal", ':p "a", 1', ":p :a"),
        ("sh:class :C", ":p :c", ":p :c, :d"),
        ("sh:class :C", ":p :c", ':p "a"'),
        ("sh:datatype xsd:date", ':p "2026-01-31"^^xsd:date', ':p "2026-01-32"^^xsd:date'),
        ("sh:datatype xsd:duration", ':p "P1D"^^xsd:duration', ':p "P1D"'),
        ("sh:datatype xsd:hexBinary", ':p "0aff"^^xsd:hexBinary', ':p "zz"^^xsd:hexBinary'),
        ("sh:hasValue :a", ":p :a, :b", ":p :b"),
        ('sh:pattern "^urn:t#[ab]$"', ":p :a, :b", ":p :c"),
        ('sh:pattern "."', ":p :a", ":p []"),
        ("sh:node :Known", ':p :one, "deux"@fr, 3', ':p "deux"'),
        ("sh:node :Inner", ":p [ :q 1 ]", ":p [ :r 1 ]"),
        ("sh:or ( [ sh:class :C ] [ sh:nodeKind sh:Literal ] )", ":p :c, 1", ":p :d"),
    ],
)
def test_a_rule_is_kept_or_broken(rule: str, kept: str, broken: str) -> None:
    assert [_faults(rule, ":p", said) for said in (kept, broken)] == [set(), {Fault("faux", "clé")}]


@pytest.mark.parametrize(
    ("path", "kept", "broken"),
    [
        ("[ sh:inversePath :serves ]", ":serves :it", ":p :it"),
        ("( :p :q )", ":z 1 . :it :p [ :q 1 ]", ":q [ :p 1 ]"),
        ("[ sh:alternativePath ( [ sh:inversePath :serves ] ( :p :q ) ) ]", ":serves :it", ":z :it"),
    ],
)
def test_a_path_leads_to_values(path: str, kept: str, broken: str) -> None:
    assert [bool(_faults("sh:minCount 1", path, said, about=":x")) for said in (kept, broken)] == [False, True]


def test_a_word_that_is_not_known_refuses_the_shapes() -> None:
    with pytest.raises(KeyError, match="minLength"):
        Shapes.of(_graph(SHAPE % (":p", "sh:minLength 3")))
    with pytest.raises(KeyError, match="zeroOrMorePath"):
        Shapes.of(_graph(SHAPE % ("[ sh:zeroOrMorePath :p ]", "sh:minCount 1")))


def _faults(rule: str, path: str, said: str, *, about: str = ":it") -> set[Fault]:
    shapes, document = _graph(SHAPE % (path, rule)), _graph(f":it a :T . :c a :C . {about} {said} .")
    found = Shapes.of(shapes).faults(document)
    assert validate(document, shacl_graph=shapes, inference="none")[0] is not bool(found)
    return found


def _graph(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")
