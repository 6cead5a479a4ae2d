"""A small payload of each protocol of services, calendars and catalogues, written by hand with its number of rows."""

import io
import json

import xlsxwriter

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Mairie//Salles//FR
BEGIN:VEVENT
UID:salle-1@mairie.exemple
DTSTAMP:20261101T080000Z
DTSTART;TZID=Europe/Paris:20261006T180000
DTEND;TZID=Europe/Paris:20261006T200000
RRULE:FREQ=WEEKLY;COUNT=5
EXDATE;TZID=Europe/Paris:20261013T180000
SUMMARY:Répétition\\, salle
  des fêtes
END:VEVENT
BEGIN:VEVENT
UID:salle-1@mairie.exemple
RECURRENCE-ID;TZID=Europe/Paris:20261027T180000
DTSTART;TZID=Europe/Paris:20261028T190000
DURATION:PT1H30M
END:VEVENT
BEGIN:VFREEBUSY
UID:court-2
FREEBUSY;FBTYPE=BUSY:20261020T080000Z/PT1H,20261020T100000Z/20261020T113000Z
FREEBUSY;FBTYPE=FREE:20261020T120000Z/20261020T130000Z
END:VFREEBUSY
BEGIN:VAVAILABILITY
UID:piscine
BEGIN:AVAILABLE
UID:piscine-lundi
DTSTART;TZID=Europe/Paris:20261005T090000
DTEND;TZID=Europe/Paris:20261005T120000
RRULE:FREQ=WEEKLY
END:AVAILABLE
END:VAVAILABILITY
END:VCALENDAR
"""


def as_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


FEED_PAGE = {
    "next": "https://reservations.exemple/creneaux?afterChangeNumber=12",
    "items": [
        {"state": "updated", "kind": "Slot", "id": "court-1/9h", "modified": 11,
         "data": {"@type": "Slot", "facilityUse": "Court n° 1", "startDate": "2026-11-22T09:00:00Z",
                  "remainingUses": 1}},
        {"state": "deleted", "kind": "Slot", "id": 7, "modified": 12},
    ],
    "license": "https://creativecommons.org/licenses/by/4.0/",
}  # fmt: skip

LOCATION = {
    "id": "LOC1", "publish": True, "name": "Place de la Mairie", "city": "Rédange", "country": "FRA",
    "coordinates": {"latitude": "49.500000", "longitude": "5.900000"}, "last_updated": "2026-11-22T08:00:00Z",
    "evses": [
        {"uid": "E1", "evse_id": "FR*X*E1", "status": "AVAILABLE", "last_updated": "2026-11-22T08:00:00Z",
         "connectors": [{"id": "1", "standard": "IEC_62196_T2", "max_voltage": 230},
                        {"id": "2", "standard": "DOMESTIC_F", "max_voltage": 230}]},
        {"uid": "E2", "status": "REMOVED", "coordinates": {"latitude": "49.51", "longitude": "5.91"},
         "connectors": [{"id": "1", "standard": "CHADEMO"}]},
    ],
}  # fmt: skip
LOCATIONS = {"status_code": 1000, "timestamp": "2026-11-22T08:00:00Z", "data": [LOCATION]}

CURVE = {
    "meter_reading": {
        "usage_point_id": "00000000000001", "start": "2026-10-25", "end": "2026-10-26", "quality": "BRUT",
        "reading_type": {"measurement_kind": "power", "unit": "W", "aggregate": "average"},
        "interval_reading": [
            {"value": "540", "date": f"2026-10-25 {clock}:00", "interval_length": "PT30M", "measure_type": "B"}
            for clock in ("01:30", "02:00", "02:30", "02:00", "02:30", "03:00")
        ],
    }
}  # fmt: skip

ESTABLISHMENT = {
    "siren": "123456789", "nic": "00012", "siret": "12345678900012", "statutDiffusionEtablissement": "O",
    "trancheEffectifsEtablissement": "NN", "etablissementSiege": True,
    "uniteLegale": {"statutDiffusionUniteLegale": "O", "denominationUniteLegale": "LA RECYCLERIE",
                    "categorieJuridiqueUniteLegale": "9260", "economieSocialeSolidaireUniteLegale": "O"},
    "adresseEtablissement": {"numeroVoieEtablissement": "3", "libelleVoieEtablissement": "DES MINES",
                             "codePostalEtablissement": "57390", "codeCommuneEtablissement": "57038",
                             "libelleCommuneEtablissement": "AUDUN-LE-TICHE"},
    "periodesEtablissement": [
        {"dateFin": "2019-12-31", "dateDebut": "2015-01-01", "etatAdministratifEtablissement": "F",
         "activitePrincipaleEtablissement": "74.1J"},
        {"dateFin": None, "dateDebut": "2020-01-01", "etatAdministratifEtablissement": "A",
         "activitePrincipaleEtablissement": "38.32Z"},
    ],
}  # fmt: skip
PERSON = ESTABLISHMENT | {
    "statutDiffusionEtablissement": "P",
    "uniteLegale": {"statutDiffusionUniteLegale": "P", "categorieJuridiqueUniteLegale": "1000",
                    "nomUniteLegale": "MARTIN", "prenom1UniteLegale": "LÉA"},
}  # fmt: skip
SIRENE = {
    "header": {"statut": 200, "message": "OK", "total": 2, "curseur": "*", "curseurSuivant": "AoE"},
    "etablissements": [ESTABLISHMENT, PERSON],
}

WATER = {
    "count": 3, "first": "https://hubeau.exemple/?page=1", "prev": None, "next": None, "api_version": "1",
    "data": [
        {"code_commune": "57038", "libelle_parametre": "Nitrates", "resultat_alphanumerique": "12,5",
         "resultat_numerique": 12.5, "libelle_unite": "mg/L"},
        {"code_commune": "57038", "libelle_parametre": "Plomb", "resultat_alphanumerique": "<0,5",
         "resultat_numerique": 0.0, "libelle_unite": "µg/L"},
        {"code_commune": "57038", "libelle_parametre": "Odeur", "resultat_alphanumerique": "Aucun changement anormal",
         "resultat_numerique": 0.0},
    ],
}  # fmt: skip

RECORDS = {
    "total_count": 250,
    "results": [
        {"nom_commune": "Rédange", "code_commune": "57565", "conso_mwh": 12.50, "nb_sites": None,
         "geo_point_2d": {"lon": 5.93, "lat": 49.5}},
        {"nom_commune": "Thil", "code_commune": "54521", "conso_mwh": 8, "nb_sites": 12, "geo_point_2d": None},
    ],
}  # fmt: skip

WARNINGS = {
    "product": {
        "warning_type": "vigilance", "type_cdp": "cdp_carte_externe", "version_vigilance": "V6",
        "update_time": "2026-11-22T05:01:05Z", "domain_id": "FRA", "global_max_color_id": "3",
        "periods": [
            {"echeance": "J", "begin_validity_time": "2026-11-22T05:00:00Z",
             "end_validity_time": "2026-11-22T23:00:00Z",
             "timelaps": {"domain_ids": [
                 {"domain_id": "54", "max_color_id": 3, "phenomenon_items": [
                     {"phenomenon_id": "1", "phenomenon_max_color_id": 2, "timelaps_items": [
                         {"begin_time": "2026-11-22T09:00:00Z", "end_time": "2026-11-22T15:00:00Z", "color_id": 2}]},
                     {"phenomenon_id": 4, "phenomenon_max_color_id": "3", "timelaps_items": []}]},
                 {"domain_id": "57", "max_color_id": 1, "phenomenon_items": [
                     {"phenomenon_id": "1", "phenomenon_max_color_id": 1, "timelaps_items": []}]}]}},
        ],
    },
    "meta": {"snapshot_id": "é"},
}  # fmt: skip

REACHES = {
    "type": "FeatureCollection",
    "features": [
        {"type": "Feature", "properties": {"CdEntCru": "RM15", "lbentcru": "Orne aval", "NivInfViCr": 2},
         "geometry": {"type": "MultiLineString", "coordinates": [[[5.9, 49.2], [6.0, 49.3]]]}},
        {"type": "Feature", "properties": {"CdEntCru": "RM16", "lbentcru": "Fensch é", "NivInfViCr": None},
         "geometry": {"type": "LineString", "coordinates": [[700000.0, 6600000.0], [921000.0, 6931000.0]]}},
    ],
}  # fmt: skip

PACKAGES = {
    "help": "https://catalogue.exemple/api/3/action/help_show?name=package_search", "success": True,
    "result": {"count": 40, "results": [
        {"id": "p1", "name": "dechets", "title": "Déchets", "organization": None, "private": False, "state": "active",
         "extras": [{"key": "theme", "value": "a"}, {"key": "theme", "value": "b"}, {"key": "insee", "value": "57038"}],
         "resources": [{"id": "r1", "url": "https://x.exemple/a.csv", "format": "CSV"}]},
        {"id": "p2", "name": "eau", "title": "Eau", "private": True, "state": "deleted", "resources": []},
    ]},
}  # fmt: skip
CATALOGUE_PAGE = {
    "data": [
        {"id": "5e1f", "title": "Écoles", "slug": "ecoles", "license": "lov2", "resources": [], "harvest": None},
        {"id": "5e20", "title": "Copie", "slug": "copie", "license": "odc-odbl", "harvest": {"domain": "x.exemple"}},
    ],
    "next_page": "https://udata.exemple/api/1/datasets/?page=2", "page": 1, "page_size": 2, "previous_page": None,
    "total": 9,
}  # fmt: skip

LINKED = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
                 "foaf": "http://xmlns.com/foaf/0.1/"},
    "@graph": [
        {"@id": "https://x.exemple/d/1", "@type": "dcat:Dataset", "dct:identifier": "d1",
         "dct:title": [{"@language": "en", "@value": "Schools"}, {"@language": "fr", "@value": "Écoles"}],
         "dcat:keyword": "école", "dct:publisher": {"@type": "foaf:Agent", "foaf:name": "Commune"},
         "dcat:distribution": {"@id": "d/1/csv"}},
        {"@id": "d/1/csv", "@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "https://x.exemple/d/1.csv"}},
        {"@id": "d/2", "@type": "dcat:Dataset", "dct:title": "Eau"},
    ],
}  # fmt: skip


def workbook(*rows: tuple[object, ...], sheet: str = "Données") -> bytes:
    """Return a workbook of one sheet, cells as they are."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return target.getvalue()


INDEXES = {
    "header": {"codeFlux": "R64", "format": "JSON"},
    "mesures": [{"idPrm": "00000000000001", "contexte": [{"typeReleve": "AQ", "grandeur": [
        {"grandeurMetier": "CONS", "grandeurPhysique": "EA", "unite": "Wh",
         "calendrier": [{"idCalendrier": "DI000003", "libelleGrille": "Distributeur", "classeTemporelle": [
             {"idClasseTemporelle": "HPH", "libelleClasseTemporelle": "Heures pleines", "codeCadran": "1", "valeur": [
                 {"d": "2026-11-01T00:00:00+01:00", "v": 100, "iv": 0},
                 {"d": "2026-11-02T00:00:00+01:00", "v": 110}]}]}],
         "cadranTotalisateur": {"codeCadran": "TOT", "valeur": [{"d": "2026-11-02", "v": "420"}]}}]}]}],
}  # fmt: skip
CONTRACTS = """<?xml version="1.0" encoding="UTF-8"?>
<m:marches xmlns:m="urn:marches" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <m:marche uid="1"><m:id>2026-01</m:id><m:objet>Voirie &amp; réseaux</m:objet>
    <m:montant devise="EUR">1200.50</m:montant>
    <m:titulaires><m:titulaire><m:id>1</m:id></m:titulaire></m:titulaires><m:fin xsi:nil="true"/></m:marche>
  <m:concession><m:id>2026-02</m:id></m:concession>
</m:marches>
"""
ANSWERS: dict[str, tuple[bytes, int]] = {
    "ckan": (as_json(PACKAGES), 2),
    "dcat": (as_json(LINKED), 2),
    "enedis": (as_json(CURVE), 6),
    "enedis-index": (as_json(INDEXES), 3),
    "entreprises": (as_json(SIRENE), 2),
    "hubeau": (as_json(WATER), 3),
    "icalendar": (CALENDAR.encode(), 4),
    "ocpi": (as_json(LOCATIONS), 3),
    "opendatasoft": (as_json(RECORDS), 2),
    "openactive": (as_json(FEED_PAGE), 2),
    "udata": (as_json(CATALOGUE_PAGE), 2),
    "vigicrues": (as_json(REACHES), 2),
    "vigilance": (as_json(WARNINGS), 3),
    "xlsx": (workbook(("nom", "note"), ("École", 12.5), ("Mairie", "")), 2),
    "xml": (CONTRACTS.encode(), 2),
}
"""Protocol: payload, rows."""
