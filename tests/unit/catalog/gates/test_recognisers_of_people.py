"""Identifiers that need a word beside them, secrets, traces: what is taken, and their false friends, which are left."""

import pytest

from catalog.gates.findings import Context
from catalog.gates.personal_data import PersonalDataGate

# Numbers are made by hand with their keys; nobody is meant.
TAKEN = [
    ("tax-number", "3968404695157", "numero_fiscal"),
    ("tax-number", "SPI : 39 68 404 695 157", "note"),
    ("family-allowance", "9002287", "num_allocataire"),
    ("identity-document", "66VF27652", "passeport"),
    ("identity-document", "carte d'identité 602775363780", "note"),
    ("identity-document", "P<FRASCHMITT<<SOPHIE<<<<<<<<<<<<<<<<<<<<<<<<", "x"),
    ("health-professional", "10996528997", "rpps"),
    ("payment-card", "carte bancaire 4539 1488 0343 6467", "note"),
    ("payment-card", "4970 1000 0000 0063", "reference"),
    ("payment-card", "4970100000000063", "bon"),
    ("address", "habite au 12 rue de la Gare", "note"),
    ("address", "12 bis, av. des Lilas 54190 Villerupt", "note"),
    ("position", "vu à 49.715049, 5.225921", "commentaire"),
    ("birth-date", "usager né le 17/12/1941", "note"),
    ("birth-date", "1960-08-08", "date_naissance"),
    ("birth-date", "1960-08-08", "ne_le"),
    ("birth-date", "nés le 1er mai 1990", "note"),
    ("guid", "fd9d1dc9-eb74-4ff0-aee0-645ff911a2b3", "id_usager"),
    ("secret", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.c2lnbmF0dXJl", "x"),
    ("secret", "AKIAO3YRJGLMK6M47GBM", "x"),
    ("secret", "-----BEGIN PRIVATE KEY-----", "x"),
    ("secret", "1bbdcbb7ea5ebb5de8b5ca6277c44219", "app_key"),
    ("secret", "mot de passe : Villa2026", "x"),
    ("mac", "a4c1380d5e7f", "bluetooth"),
    ("phone", "612345678", "telephone"),
    ("plate", "1234 AB 54", "texte"),
    ("person", "dépôt vu par sophie martin", "note"),
    ("person", "LEFEVRE SOPHIE", "agent"),
    ("person", "contacter S. Kieffer", "note"),
    ("person", "Den Här Quettier wunnt zu Esch", "note"),
    ("person", "Jean Weber sa voisine", "note"),
    ("person", "garage : Sophie Martin", "note"),
    ("person", "Sophie Martin", "entreprise"),
    ("person", "Colas France", "titulaire"),
    ("person", "Madame Bovary", "titre"),
    ("phone", "vu à la mairie, joindre l'usager au 03 82 23 45 67", "note"),
    ("phone", "+352 621 123 456", "Telefon"),
    ("person", '{"nom": "Brouillard", "prenom": "Astrid"}', "payload"),
]
LEFT = [
    ("2026-11-24, ne se dit que le lendemain", "note"),
    ("3968404695158", "redevable"),
    ("3968404695157", "reference"),
    ("9002287", "numero"),
    ("66VF27652", "reference"),
    ("602775363780", "code"),
    ("10996528996", "medecin"),
    ("4539 1488 0343 6467", "reference"),
    ("4970 1000 0000 0064", "reference"),
    ("0497 0100 0000 0063 1", "reference"),
    ("12 rue de la Gare, 54190 Villerupt", "adresse"),
    ("Travaux au 12 rue de la Gare", "note"),
    ("49.715049, 5.225921", "coordonnees"),
    ("17/12/2026", "date"),
    ("réunion le 17/12/2026", "note"),
    ("fd9d1dc9-eb74-4ff0-aee0-645ff911a2b3", "id_station"),
    ("1bbdcbb7ea5ebb5de8b5ca6277c44219", "empreinte"),
    ("a4c1380d5e7f", "empreinte"),
    ("612345678", "volume"),
    ("12 BIS 54", "texte"),
    ("Jean Jaurès", "arret"),
    ("Prix Simone Veil", "titre"),
    ("petit bac plein, marche nord", "note"),
    ("Marine Nationale", "organisme"),
    ("Colas France", "fournisseur"),
    ("SARL Sophie Martin", "note"),
    ("Sophie Martin SAS", "note"),
    ("Den Här Buergermeeschter", "note"),
    ("Mairie de Thil, tél. 03 82 23 45 67", "note"),
    ("Renseignements au 03 82 23 45 67", "note"),
    ("+352 24 11 22", "Telefon"),
    ("rue Sophie Martin", "Strooss"),
    ("03 82 23 45 67", "tel1"),
    ("Jean Weber Est", "entreprise"),
    ("Madame Meilland", "variete"),
    ("5ad9bc45eb35e95ac853abb0e7be7a7e keyline", "note"),
    ("Tournoi Sophie Martin", "objet"),
    ("ed64fabb-47bb-47b1-bf0b-af0482203380", "revision_id"),
    ("772P0772007945", "id"),
    ("id=99731bb0369848169d98f31ce83fb0e2", "note"),
    ("-83.7284,42.2809,-82.9241,42.7937", "spatial"),
]
TAKEN += [
    ("delivery-point", "LU0000010960700000000000000123456", "reference"),
    ("delivery-point", "DE 00056266802AO6G56M11SN51G21M24S", "x"),
    ("delivery-point", "GI123456", "n_pce"),
    ("delivery-point", "541448860012345678", "code EAN"),
    ("tax-number", "3968404695158", "numero_fiscal"),
    ("tax-number", "24A1234567890", "ref_avis"),
    ("tax-number", "Steuer-ID 12 345 678 901", "Notiz"),
    ("family-allowance", "123456", "num allocataire"),
    ("family-allowance", "allocataire n° 12345678", "note"),
    ("identity-document", "C12X34T56", "Reisepassnummer"),
    ("identity-document", "12AB34567", "permis_num"),
    ("identity-document", "9912345678", "n° étranger"),
    ("identity-document", "L12X34T564", "Personalausweis-Nr."),
    ("identity-document", "B123RRE2I45", "Führerscheinnummer"),
    ("health-professional", "10996528996", "rpps"),
    ("eui", "353412345678901", "IMEI"),
    ("plate", "VF3ABCDEFGH123456", "vin"),
    ("mac", "a4c1.380d.5e7f", "hw addr"),
    ("personal-number", "1234567890A", "INE"),
    ("personal-number", "250 26 9123 456 789", "puce"),
    ("personal-number", "A3F09B12", "uid_badge"),
    ("personal-number", "dossier MDPH 54123456 complet", "note"),
    ("address", "Bahnhofstr. 12", "Wohnort"),
    ("address", "12 Haaptstrooss", "Wunneng"),
    ("address", "12 rue de la Gare, 54400 Longwy", "home_address"),
    ("address", "12 rue de la Gare", "adresse personnelle"),
    ("address", "habite rue de la Gare n° 12", "note"),
    ("address", "Résidence du Parc, bât C, apt 15", "logement"),
    ("position", "victime à N 49°31'12\"", "note"),
    ("position", "8FX7GQ2C+4RX", "note"),
    ("position", "49,523412", "latitude_domicile"),
    ("birth-date", "17/12/1941", "né(e) le"),
    ("birth-date", "17/12/1941", "Date de naiss."),
    ("birth-date", "19411217", "dt_naiss"),
    ("birth-date", "17. März 1941", "Geb.-Datum"),
    ("birth-date", "March 17, 1941", "born"),
    ("birth-date", "geb. 17.12.1941, Rollstuhl", "Notiz"),
    ("person", "mme poirier repasse", "note"),
    ("person", "MR LORRAIN REPASSE", "note"),
    ("person", "Dhr Quettier ass net do", "note"),
]
TAKEN += [
    ("delivery-point", "76703209497253", "pt livr."),
    ("delivery-point", "76703209497253", "cpteur elec"),
    ("delivery-point", "76703209497253", "Ref ERDF"),
    ("family-allowance", "6773305", "dossier C.A.F."),
    ("nir", "2 85 03 54 123 456", "immat. s.s."),
    ("tax-number", "1968404695157", "n° fisc. déclarant"),
    ("identity-document", "890454300123", "no permis C"),
    ("birth-date", "17/12/1941", "dt naissanse"),
    ("plate", "ab 482 cd", "imat."),
    ("plate", "ab482cd", "vl"),
    ("plate", "berline grise ab.482.cd sur trottoir", "note"),
    ("plate", "utilitaire AB/482/CD", "note"),
    ("personal-number", "482915", "mat. agent"),
    ("personal-number", "4829150AB", "ident. élève"),
    ("personal-number", "4829", "Kunde-Nr"),
    ("personal-number", "48291", "client n°"),
    ("phone", "06.12-34.56 78", "tel maman"),
    ("phone", "appeler 06*12*34*56*78", "note"),
    ("phone", "rappeler le 06 123 456 78", "note"),
    ("phone", "6 12 34 56 78", "port."),
    ("position", "49.52341", "lat_dom"),
    ("position", "49.52341", "position élève"),
    ("person", "porter à monsieur N'Diaye", "note"),
]
LEFT += [
    ("76703209497253", "pt de vente"),
    ("76703209497253", "compte"),
    ("6773305", "dossier C.F.A."),
    ("890454300123", "no permis de construire"),
    ("17/12/1941", "dt depot"),
    ("ab 482 cd", "materiel"),
    ("v1.ab.482.cd", "note"),
    ("482915", "agents"),
    ("aucun agent n'a vu le bon 482915", "note"),
    ("55204459900018", "idBeneficiaire"),
    ("0681-95 40 50", "Telefon"),
    ("482915", "nb agents matricule"),
    ("06, 07, 08, 09, 10", "mois"),
    ("06*07*08*09*10", "mois"),
    ("49.52341", "lat_dominante"),
    ("porter à monsieur l'adjoint", "note"),
    ("GI123456", "reference"),
    ("541448860012345678", "code"),
    ("DE00056266802", "reference"),
    ("24A1234567890", "reference"),
    ("12345678901", "Rechnung"),
    ("150000", "nb_allocataires_caf"),
    ("123456", "allocataires"),
    ("12AB34567", "lot"),
    ("353412345678901", "telephone"),
    ("VF3ABCDEFGH123456", "reference"),
    ("Pinot noir 2019", "vin"),
    ("a4c1.380d.5e7f", "empreinte"),
    ("1234567890A", "reference"),
    ("12450", "nb_badges"),
    ("2024-05-12", "date_badge"),
    ("rouge", "badge"),
    ("marché aux puces, 12450 visiteurs", "note"),
    ("Bahnhofstr. 12", "Standort"),
    ("12 rue de la Gare", "adresse"),
    ("salle du 2e étage, 120 places", "note"),
    ("49,523412", "latitude"),
    ("19411217", "date"),
    ("17. März 1941", "Datum"),
    ("Geb. 12", "Standort"),
    ("mme veut un rdv", "note"),
    ("mr le maire est prévenu", "note"),
    ("120 m. environ", "note"),
    ("mme rappelle demain", "note"),
]
LEFT += [
    ("E.H.P.A.D Françoise Gauthier", "libelle"),
    ("M.P.T. Michel Gauthier", "libelle"),
    ("40-10-Salle de sports Albert Marchal", "libelle"),
    ("Plateaux Sportifs Albert Marchal", "libelle"),
    ("Association socioculturelle Frédéric Marchal", "libelle"),
    ("fermées (rues J. Marchal, G. Marchal, Jeanne Perrin et allées Perrin)", "note"),
    ("ISIDORE GIRARD", "NOMVOI"),
    ("04.67.42.54.64", "NUMTEL"),
]
TAKEN += [
    ("person", "Mme Émilie a appelé", "note"),
    ("address", "75 rue Émile Zola", "domicile"),
    ("person", "L'école signale Jean Dupont absent", "note"),
    ("person", "La mairie rappelle Jean Dupont", "note"),
    ("person", "Les rues sont sales et Sophie Marchal se plaint", "note"),
    ("person", "la demande d'Hélène Lehucher", "note"),
    ("person", "il paraît qu'Hélène Lehucher refuse", "note"),
    ("person", "Refus de Karim B. de signer", "note"),
    ("person", "- Laurent Lehucher,", "note"),
    ("phone", "06.67.42.54.64", "NUMTEL"),
]
LEFT += [
    ("Nelly Marchal Schoul", "nom"),
    ("Jean-Pierre Marchal-Strooss", "numm"),
    ("Schoul Sophie Marchal", "nom"),
    ("Mme la Directrice demande deux tables", "note"),
    ("Le CHRU Sophie Marchal est ouvert", "note"),
    ("Fanfare Prince Guillaume Marchal", "note"),
    ("Malus 'Kaiser Wilhelm'", "gattung"),
    ("JEAN LOUIS DAVID", "enseigne1Etablissement"),
    ("CERCLE D'ESCRIME JEANNE D'ARC", "titre"),
    ("+49 6831 71234", "Telefon"),
    ("ecole.sophie-marchal@orange.fr", "note"),
    ("ab123cd", "code"),
    ("TR-XY 123", "code"),
    ("Quettier Sophie", "libelle"),
]
TAKEN += [
    ("person", "le mail d'Isabelle Marchal du 4", "note"),
    ("person", "Beschwerde von Herrn Quettier", "note"),
    ("person", "Quettier Sophie", "plaignant"),
    ("person", "Mme Marchal", "variete"),
    ("person", "planté par Sophie Marchal en mai", "variete"),
    ("plate", "VL immat. ab123cd", "note"),
    ("plate", "Kennzeichen TR-XY 123", "note"),
    ("address", "22 av. des Lilas, appt 34, 54190 Villerupt", "note"),
]
TAKEN += [
    ("person", "A. Boucher - 2 bacs", "note"),
    ("person", "livré chez D. Lehucher", "note"),
    ("person", "MONSIEUR PASCAL QUETTIER", "denomination"),
    ("person", "MARCHAL SOPHIE ELODIE", "denomination"),
    ("person", 'courrier "Sophie Marchal" reçu', "note"),
    ("person", "signé 'Sophie Marchal'", "note"),
    ("person", "vu par « Sophie Marchal »", "note"),
    ("address", "habitant : Am Sonnenhang 3, 54292 Trier", "note"),
    ("address", "Kirchstraße 14a, 54317 Kasel", "note"),
    ("phone", "0176 22334455", "Mobil"),
    ("phone", "0151/23456789", "Handynummer"),
    ("phone", "0478/12.34.56", "GSM"),
    ("person", "J. Quettier", "responsable"),
    ("person", "Quettier S.", "redacteur"),
    ("person", "Marius", "gardien"),
    ("person", "Quettier Sophie", "Kassier"),
    ("person", "Termin mit Hr. Quettier", "note"),
]
LEFT += [
    ("dépôt à A. Marchais, 2 bacs", "note"),
    ("0176 22334455", "reference"),
    ("04 78 12 34 56", "tel"),
    ("0478123456", "tel"),
    ("Mairie", "responsable"),
    ("Nancy Charles III, fond urbain", "note"),
    ("kita.sophie-marchal@bistum-trier.de", "note"),
    ("Marius", "prenom"),
    ("Nancy", "responsable"),
    ("Quettier", "responsable"),
    ("MARCHAL SOPHIE FLEURS", "denomination"),
    ("MADAME LA DIRECTRICE", "note"),
    ("Judo Club Sophie Marchal", "nom"),
    ('Tournage du film "Madame de Sévigné"', "note"),
    ("rosier 'Pierre de Ronsard', rosier 'Madame Alfred Carrière'", "note"),
    ("Sankt Martin Lehucher", "note"),
    ("Am Sonnenhang 3, 54292 Trier", "standort"),
    ("Saal 3, 54 Plätze", "note"),
    ("Contrat Pierre Fabre", "note"),
]
TAKEN += [
    ("person", "J-P MARCHAL a rappelé", "note"),
    ("person", "facture de M.-C. Kieffer", "note"),
    ("person", "usager (KIEFFER J-P) à bloquer", "note"),
    ("person", "scan_CNI_Sophie-Kieffer.pdf", "piece"),
    ("person", "vu avec quettier mourad, 2 chaises", "note"),
    ("person", "M Marchal absent", "note"),
    ("person", "M QUETTIER dit n'habiter plus là", "note"),
    ("person", "appeler Rose Kieffer", "note"),
    ("person", "tondeuse prêtée à Sophie Marchal", "note"),
    ("person", "Kowalczyk, Zbigniew", "note"),
    ("person", "Zdravko Jankovic", "note"),
    ("phone", "https://wa.me/33612345098", "lien"),
    ("person", "cap-0042-sophie-kieffer", "capteur"),
]
LEFT += [
    ("taille M MARCHAL", "note"),
    ("M QUETTIER", "note"),
    ("S-M MARCHE", "note"),
    ("M LE MAIRE est là", "note"),
    ("Peter Pan", "note"),
    ("rose Madame Meilland et rosiers Pierre Marchal", "note"),
    ("balayeuse Sophie Marchal 2000", "note"),
    ("plan_ecole_Sophie-Kieffer.pdf", "piece"),
    ("Jack Russell", "race"),
    ("Bushaltestelle Sophie Marchal", "note"),
    ("https://exemple.fr/n/33612345098", "lien"),
    ("ecole-sophie-kieffer-2", "slug"),
    ("villers-la-montagne", "slug"),
    ("vu avec une pelle mecanique", "note"),
]
BESIDE = [
    ("Marius Lehucher", "libelle", "code_voie"),
    ("Sophie Marchal", "titre", "distributeur"),
    ("Club Marius Lehucher", "nom", "rna"),
    ("Colas France", "nomBeneficiaire", "rnaBeneficiaire"),
    ("Madame Bovary", "titre", "isbn"),
    ("Sophie Marchal", "titre", "isbn"),
    ("12 rue de la Gare", "lieu", "nombre_eleves"),
    ("Marius Lehucher", "name", "osm_id"),
]
HIDDEN = [
    ("phone", "https://exemple.fr/f?tel=06%2012%2034%2056%2078&x=1"),
    ("phone", "dGVsIDA2MTIzNDU2Nzg="),
    ("phone", "tel O6 12 34 56 78"),
    ("phone", "06😀12😀34😀56😀78"),
    ("email", "sophie point marchal arobase gmail point com"),
    ("email", "sophie-marchal AT wanadoo DOT fr"),
    ("email", "s.marchal (a) free . fr"),
    ("email", "ecrire a s.marchal (at) free.fr . Merci"),
    ("phone", "０６ １２ ３４ ５６ ７８"),
    ("phone", "06\u200b12\u200b34\u200b56\u200b78"),
    ("nir", "\u202e269054958815780\u202c"),
    (
        "nir",
        "\\u0032\\u0036\\u0039\\u0030\\u0035\\u0034\\u0039\\u0035\\u0038\\u0038\\u0031\\u0035\\u0037\\u0038\\u0030",
    ),
    ("person", "vu par Sоphіе Mаrtin"),
    ("email", "sophie.martin (at) exemple.fr"),
]


@pytest.mark.parametrize(("kind", "text", "named"), TAKEN)
def test_it_is_taken(personal_data_gate: PersonalDataGate, kind: str, text: str, named: str) -> None:
    found = personal_data_gate.detector.by_pattern(text, Context.of(named))
    assert kind in {finding.kind for finding in found}


@pytest.mark.parametrize(("text", "named"), LEFT)
def test_its_false_friend_is_left(personal_data_gate: PersonalDataGate, text: str, named: str) -> None:
    assert personal_data_gate.detector.by_pattern(text, Context.of(named)) == frozenset()


@pytest.mark.parametrize(("text", "named", "beside"), BESIDE)
def test_what_stands_beside_tells_names_of_firms_and_works(
    personal_data_gate: PersonalDataGate, text: str, named: str, beside: str
) -> None:
    context = Context.of(named, beside=[beside])
    assert personal_data_gate.detector.by_pattern(text, context) == frozenset()
    assert personal_data_gate.detector.by_pattern("Mme Sophie Martin", context) != frozenset()


def test_beside_a_mark_of_vehicles_an_old_plate_needs_no_word(personal_data_gate: PersonalDataGate) -> None:
    detector, text = personal_data_gate.detector, "ex 4827 QX 54 du garage"
    assert detector.by_pattern(text, Context.of("note", beside=["critair"])) != frozenset()
    assert detector.by_pattern(text, Context.of("note", beside=["parcelle"])) == frozenset()


def test_what_stands_beside_a_name_of_people_is_no_feature(personal_data_gate: PersonalDataGate) -> None:
    context = Context.of("nom", beside=["uai", "prenom"])
    assert personal_data_gate.detector.by_pattern("Marius Lehucher", context) != frozenset()


@pytest.mark.parametrize(
    ("text", "named", "beside", "other"),
    [
        ("7 rue des Mésanges", "adresse", "dossier", "gymnase"),
        ("Am Sonnenhang 3, 54292 Trier", "Adresse", "Antrag", "Turnhalle"),
        ("49.3211874, 6.1188412", "coordonnees", "foyer", "nom_station"),
    ],
)
def test_beside_a_household_or_a_request_it_is_a_home(
    personal_data_gate: PersonalDataGate, text: str, named: str, beside: str, other: str
) -> None:
    detector = personal_data_gate.detector
    assert detector.by_pattern(text, Context.of(named, beside=[beside])) != frozenset()
    assert detector.by_pattern(text, Context.of(named, beside=[other])) == frozenset()


@pytest.mark.parametrize(("kind", "text"), HIDDEN)
def test_what_is_hidden_is_taken(personal_data_gate: PersonalDataGate, kind: str, text: str) -> None:
    assert kind in {finding.kind for finding in personal_data_gate.detector.by_pattern(text, Context.of("texte"))}
