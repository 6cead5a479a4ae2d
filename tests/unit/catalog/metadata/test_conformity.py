"""Our shapes and the published ones give one verdict, on the record as it is and on the record broken in many ways."""

from collections.abc import Callable

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF

from catalog.metadata.conformity import faults
from catalog.metadata.dcat_catalog import whole_graph
from catalog.metadata.dcat_pen import DCAT, VCARD
from catalog.metadata.record import Record
from tests.unit.catalog.metadata.recorded import ORIGIN, high_value
from tests.unit.catalog.metadata.verdicts import STANDARDS, differing, mutations, violations

published = pytest.mark.skipif(not STANDARDS.is_dir(), reason="ECLOR_SHARED names no folder with the published shapes")
SAMPLED = 13
"""One broken record in so many: `make soak` tries them all."""


@pytest.fixture(scope="module")
def made(records: dict[str, Record]) -> Callable[[], Graph]:
    record = high_value(records)
    return lambda: whole_graph(record, ORIGIN)


@published
def test_every_record_is_conformant_by_both(records: dict[str, Record]) -> None:
    for record in (*records.values(), high_value(records)):
        graph = whole_graph(record, ORIGIN)
        assert faults(graph) == ()
        assert violations(graph) == []


@published
def test_a_broken_record_gets_one_verdict(made: Callable[[], Graph]) -> None:
    tried = [*mutations(made)][::SAMPLED]
    verdicts = {name: (bool(faults(graph)), bool(violations(graph))) for name, graph in tried}
    assert {name: verdict for name, verdict in verdicts.items() if verdict[0] is not verdict[1]} == {}
    assert {ours for ours, _ in verdicts.values()} == {True, False}


def test_another_reader_of_shacl_says_the_same_of_our_shapes(made: Callable[[], Graph]) -> None:
    assert differing([*mutations(made)][::SAMPLED]) == {}


@pytest.mark.parametrize(
    ("broken", "key", "said"),
    [
        (lambda graph, node: graph.remove((node, DCTERMS.title, None)), "titre", "Le titre : un texte"),
        (lambda graph, node: graph.remove((node, DCTERMS.description, None)), "description", "La description"),
        (lambda graph, node: graph.set((node, DCAT.contactPoint, Literal("mairie"))), "contact", "Le contact"),
        (
            lambda graph, node: graph.add((node, DCTERMS.publisher, _agent(graph))),
            "nom",
            "L'éditeur : un nœud, pas un texte, une fois au plus",
        ),
        (
            lambda graph, node: graph.set((node, DCTERMS.language, URIRef("http://id.loc.gov/vocabulary/iso639-1/fr"))),
            "langues",
            "La langue",
        ),
        (
            lambda graph, _: graph.set((graph.value(None, RDF.type, VCARD.Kind), VCARD.hasURL, Literal("ici"))),
            "contact",
            "La page de contact",
        ),
    ],
)
def test_a_fault_is_told_in_french_with_the_key_that_cures_it(
    made: Callable[[], Graph], broken: Callable[[Graph, URIRef], object], key: str, said: str
) -> None:
    graph = made()
    broken(graph, next(graph.subjects(RDF.type, DCAT.Dataset)))
    found = faults(graph)
    assert not STANDARDS.is_dir() or violations(graph)
    assert any(fault.key == key and fault.message.startswith(said) for fault in found), found


def _agent(graph: Graph) -> URIRef:
    agent = URIRef("https://exemple.invalid/autre")
    graph.add((agent, RDF.type, FOAF.Agent))
    graph.add((agent, FOAF.name, Literal("Autre")))
    return agent
