"""A payload of XML has few names: one that makes a name of each identifier is refused, streamed or held whole."""

from collections.abc import Callable, Iterator

import pytest

from harvesters.xml_names import MOST_NAMES, Names
from tests.payloads import read

DATEX = (
    '<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0"><payloadPublication lang="fr" '
    'xsi:type="SituationPublication" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    '<publicationTime>2026-11-24T10:00:00Z</publicationTime><situation id="s"><situationRecord id="r">{}'
    "</situationRecord></situation></payloadPublication></d2LogicalModel>"
)
SIRI = (
    '<Siri xmlns="http://www.siri.org.uk/siri"><ServiceDelivery><VehicleMonitoringDelivery><VehicleActivity>'
    "<VehicleMonitoringRef>v</VehicleMonitoringRef>{}</VehicleActivity></VehicleMonitoringDelivery></ServiceDelivery></Siri>"
)
NETEX = (
    '<PublicationDelivery xmlns="http://www.netex.org.uk/netex"><dataObjects><SiteFrame id="f"><stopPlaces>'
    '<StopPlace id="p">{}</StopPlace></stopPlaces></SiteFrame></dataObjects></PublicationDelivery>'
)
STREAMED = {"xml": "<a><row>{}</row></a>", "datex2": DATEX, "siri": SIRI, "netex": NETEX}
WHOLE = {"open311": "<service_requests><request>{}</request></service_requests>"}


def elements(count: int) -> Iterator[str]:
    return (f"<n{number}/>" for number in range(count))


def attributes(count: int) -> Iterator[str]:
    return (f'<n a{number}="1"/>' for number in range(count))


@pytest.mark.parametrize(
    ("protocol", "named"),
    [
        *((protocol, elements) for protocol in [*STREAMED, *WHOLE]),
        *(
            (protocol, attributes) for protocol in ["xml", "datex2", "siri", *WHOLE]
        ),  # NeTEx: those of leaves are not read
    ],
)
def test_more_names_than_any_schema_has_are_refused(protocol: str, named: Callable[[int], Iterator[str]]) -> None:
    document = (STREAMED | WHOLE)[protocol]
    few, many = ("".join(named(count)) for count in (MOST_NAMES - 100, MOST_NAMES + 1))
    assert read(protocol, document.format(few).encode()).refusal is None
    refusal = read(protocol, document.format(many).encode()).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("payload.xml-names", {"limit": MOST_NAMES})
    assert refusal.place is not None


def test_names_are_counted_from_one_record_to_the_next() -> None:
    rows = "".join(f"<row><n{number}>1</n{number}></row>" for number in range(MOST_NAMES + 1))
    refusal = read("xml", f"<a>{rows}</a>".encode()).refusal
    assert refusal is not None
    assert refusal.code == "payload.xml-names"


def test_however_many_elements_of_few_names_come_they_are_read() -> None:
    assert len(read("xml", b"<a>" + b"<row><n/></row>" * (MOST_NAMES + 1) + b"</a>").rows) == MOST_NAMES + 1


def test_a_name_is_called_without_its_namespace() -> None:
    names = Names("a.xml")
    assert (names["{http://a}n"], names["n"], len(names)) == ("n", "n", 2)
