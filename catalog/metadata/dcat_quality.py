"""What the catalogue measures of a version, in the Data Quality Vocabulary (W3C DQV, sections 4.3 to 4.6)."""

from typing import Final

from rdflib import XSD, Literal, URIRef
from rdflib.namespace import SKOS

from catalog.metadata.dcat_pen import DQV, Pen
from catalog.metadata.record import Record, Texts
from eclor.sentences.metadata import METRICS

_DIMENSION: Final = "http://www.w3.org/2016/05/ldqd#completeness"
METRIC_PATH: Final = "/docs#qualite-"


def quality(pen: Pen, dataset: URIRef, record: Record) -> None:
    """State how full the version's rows are, how many of them are shown, and where the whole sheet stands."""
    if record.measures is None:
        return
    values = {"completeness": record.measures.completeness, "published": record.measures.published}
    for name, value in values.items():
        node = pen.blank(f"{record.slug}-quality-{name}", DQV.QualityMeasurement)
        pen.add(
            node,
            (DQV.isMeasurementOf, _metric(pen, name, METRICS[name])),
            (DQV.value, Literal(f"{value:.4f}", datatype=XSD.decimal, normalize=False)),
            (DQV.computedOn, dataset),
        )
        pen.add(dataset, (DQV.hasQualityMeasurement, node))


def _metric(pen: Pen, name: str, words: Texts) -> URIRef:
    metric = pen.typed(pen.iri(f"{METRIC_PATH}{name}"), DQV.Metric)
    pen.texts(metric, SKOS.definition, words)
    pen.add(metric, (DQV.expectedDataType, XSD.decimal), (DQV.inDimension, _completeness(pen)))
    return metric


def _completeness(pen: Pen) -> URIRef:
    dimension = pen.typed(URIRef(_DIMENSION), DQV.Dimension)
    pen.texts(dimension, SKOS.prefLabel, METRICS["dimension"])
    return dimension
