"""A small payload of each protocol of traffic and transport, written by hand with its number of rows."""

import json

from google.protobuf import text_format
from google.transit.gtfs_realtime_pb2 import FeedMessage

SITUATION = """<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
<d2LogicalModel xmlns="http://datex2.eu/schema/2/2_0" modelBaseVersion="2"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <exchange><subscription><updateMethod>snapshot</updateMethod></subscription></exchange>
  <payloadPublication xsi:type="SituationPublication" lang="fr">
    <publicationTime>2026-11-22T08:06:04+01:00</publicationTime>
    <situation id="s1" version="3">
      <headerInformation><confidentiality>noRestriction</confidentiality><informationStatus>{status}</informationStatus>
      </headerInformation>
      <situationRecord xsi:type="MaintenanceWorks" id="s1-1" version="2">
        <validity><validityStatus>{validity}</validityStatus><validityTimeSpecification>
          <overallStartTime>2026-11-22T08:00:00+01:00</overallStartTime></validityTimeSpecification></validity>
        <generalPublicComment><comment><values><value lang="de">Baustelle</value><value lang="fr">Travaux</value>
        </values></comment></generalPublicComment>
        <groupOfLocations xsi:type="Point"><pointByCoordinates><pointCoordinates>
          <latitude>49.47</latitude><longitude>5.93</longitude></pointCoordinates></pointByCoordinates>
          <pointAlongLinearElement><linearElement><roadNumber>A30</roadNumber></linearElement></pointAlongLinearElement>
        </groupOfLocations>
        <roadMaintenanceType>roadworks</roadMaintenanceType>
      </situationRecord>
      <situationRecord xsi:type="RoadOrCarriagewayOrLaneManagement" id="s1-2" version="2">
        <groupOfLocations xsi:type="Linear"><alertCLinear><alertCLocationTableNumber>32</alertCLocationTableNumber>
        </alertCLinear></groupOfLocations>
      </situationRecord>
    </situation>
  </payloadPublication>
</d2LogicalModel></soap:Body></soap:Envelope>
"""

FEED_TEXT = """
header { gtfs_realtime_version: "2.0" timestamp: 1795334400 }
entity { id: "1" trip_update { trip { trip_id: "T1" start_date: "20261122" }
  stop_time_update { stop_sequence: 3 arrival { delay: -30 time: 1795334460 } } } }
entity { id: "2" vehicle { trip { trip_id: "T1" } vehicle { id: "bus-7" }
  position { latitude: 49.47123 longitude: 5.93456 } timestamp: 1795334390 } }
entity { id: "3" alert { cause: CONSTRUCTION informed_entity { stop_id: "P1" }
  header_text { translation { text: "Baustelle" language: "de" } translation { text: "Travaux" language: "fr" } } } }
"""

BIKES = {
    "last_updated": 1795334400,
    "ttl": 60,
    "version": "2.3",
    "data": {
        "bikes": [
            {"bike_id": "x1", "lat": 49.4701, "lon": 5.93, "is_reserved": False, "is_disabled": False,
             "vehicle_type_id": "v", "last_reported": 1795334390},
            {"bike_id": "x2", "station_id": "086", "is_reserved": False, "is_disabled": True, "vehicle_type_id": "v"},
        ]
    },
}  # fmt: skip

PASSAGES = """<?xml version="1.0" encoding="UTF-8"?>
<Siri xmlns="http://www.siri.org.uk/siri" version="2.0"><ServiceDelivery>
  <ResponseTimestamp>2026-11-22T08:00:00Z</ResponseTimestamp><ProducerRef>AOM</ProducerRef><Status>{status}</Status>
  <StopMonitoringDelivery version="2.0">
    <ResponseTimestamp>2026-11-22T08:00:00Z</ResponseTimestamp><Status>{status}</Status>
    <ValidUntil>2026-11-22T08:01:00Z</ValidUntil>
    <MonitoredStopVisit>
      <RecordedAtTime>2026-11-22T07:59:30Z</RecordedAtTime><MonitoringRef>STIF:StopPoint:Q:1:</MonitoringRef>
      <MonitoredVehicleJourney><LineRef>L1</LineRef><DestinationName xml:lang="FR">Gare</DestinationName>
        <MonitoredCall><ExpectedDepartureTime>2026-11-22T09:02:00+01:00</ExpectedDepartureTime></MonitoredCall>
      </MonitoredVehicleJourney>
    </MonitoredStopVisit>
    <MonitoredStopVisitCancellation><MonitoringRef>STIF:StopPoint:Q:1:</MonitoringRef><LineRef>L2</LineRef>
    </MonitoredStopVisitCancellation>
  </StopMonitoringDelivery>
</ServiceDelivery></Siri>
"""

NETWORK = """<?xml version="1.0" encoding="UTF-8"?>
<PublicationDelivery xmlns="http://www.netex.org.uk/netex" xmlns:gml="http://www.opengis.net/gml/3.2"
  version="1.1:FR-NETEX_ARRET-2.2-1.0">
  <PublicationTimestamp>2026-11-22T06:00:00Z</PublicationTimestamp><ParticipantRef>AOM</ParticipantRef>
  <dataObjects><GeneralFrame id="AOM:GeneralFrame:NETEX_ARRET:" version="any">
    <TypeOfFrameRef ref="FR:TypeOfFrame:NETEX_ARRET:"/>
    <members>
      <Quay id="FR:54580:Quay:1:AOM" version="any"><keyList><KeyValue><Key>accès</Key><Value>plain-pied</Value>
        </KeyValue></keyList><Name>Mairie</Name>
        <Centroid><Location><gml:pos srsName="EPSG:2154">912345.6 6933333.3</gml:pos>
        </Location></Centroid></Quay>
      <ServiceJourney id="AOM:ServiceJourney:7:" version="any"><LineRef ref="AOM:Line:1:"/><passingTimes>
        <TimetabledPassingTime><StopPointInJourneyPatternRef ref="AOM:SPJP:1:"/><DepartureTime>00:10:00</DepartureTime>
          <DepartureDayOffset>1</DepartureDayOffset></TimetabledPassingTime>
        <TimetabledPassingTime id="AOM:TimetabledPassingTime:2:"><ArrivalTime>00:20:00</ArrivalTime>
        </TimetabledPassingTime></passingTimes></ServiceJourney>
    </members>
  </GeneralFrame></dataObjects>
</PublicationDelivery>
"""


def feed(text: str) -> bytes:
    """Return a feed written as text in its binary form."""
    return bytes(text_format.Parse(text, FeedMessage()).SerializeToString())


MOBILITY: dict[str, tuple[bytes, int]] = {
    "datex2": (SITUATION.format(status="real", validity="active").encode(), 2),
    "gbfs": (json.dumps(BIKES, indent=1).encode(), 2),
    "gtfs-rt": (feed(FEED_TEXT), 3),
    "netex": (NETWORK.encode(), 3),
    "siri": (PASSAGES.format(status="true").encode(), 2),
}
