"""What each recogniser takes and leaves; numbers are published examples, or made by hand."""

import pytest

from catalog.gates.findings import Context
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers.civil import has_matricule_digits
from catalog.gates.recognisers.codes import has_iban_rest, is_company_number
from catalog.gates.recognisers.recogniser import Decision

# The mobile numbers are of the ranges that ARCEP and ILR keep; names are common ones; nobody is meant.
TAKEN = [
    ("nir", "2 69 05 49 588 157 80", ""),
    ("nir", "269054958815780", ""),
    ("nir", "assuré 2.69.05.49.588.157.80.", ""),
    ("nir", "1 99 07 2A 004 015 92", ""),
    ("nir", "199072B00401522", ""),
    ("nir", "2690549588157", "numéro nir"),
    ("matricule", "1985 0812 345 40", ""),
    ("matricule", "matricule:1985081234540", ""),
    ("phone", "06 12 34 56 78", ""),
    ("phone", "tél.06.12.34.56.78 le soir", ""),
    ("phone", "0612345678", ""),
    ("phone", "06-12-34-56-78", ""),
    ("phone", "0612 345 678", ""),
    ("phone", "+33 6 12 34 56 78", ""),
    ("phone", "+33 (0)6 12 34 56 78", ""),
    ("phone", "0033612345678", ""),
    ("phone", "+33 6 12 34 56 78 12h-14h", ""),
    ("phone", "+352 621 123 456 2 fois", ""),
    ("iban", "ref AB12 FR14 2004 1010 0505 0001 3M02 606", ""),
    ("phone", "03 82 12 34 56", ""),
    ("phone", "06\u00a012\u00a034\u00a056\u00a078", ""),
    ("phone", "+352 621 123 456", ""),
    ("phone", "rappel_+352_621_123_456.pdf", ""),
    ("phone", "06 1\U0001f4de2 34 56 78", ""),
    ("phone", "06  12  34  56  78", ""),
    ("phone", "06\n12\n34\n56\n78", ""),
    ("phone", "https://exemple.fr/fiche?tel=06+12+34+56+78", ""),
    ("phone", "MAA2ADEAMgAzADQANQA2ADcAOAA=", ""),
    ("nir", "2  69  05  49  588  157  80", ""),
    ("iban", "FR14 2004\u260e 1010 0505 0001 3M0\U0001f3e6\ufe0f2 606", ""),
    ("iban", "https://exemple.fr/?iban=FR14+2004+1010+0505+0001+3M02+606&x=1", ""),
    ("phone", "00352621123456", ""),
    ("phone", "gsm 621 123 456", ""),
    ("phone", "+32 470 12 34 56", ""),
    ("email", "sophie.martin@exemple.fr", ""),
    ("email", "ecrire a s-martin54@orange.fr merci", ""),
    ("email", "prenom@exemple.lu", ""),
    ("email", "contact.dupont@gmail.com", ""),
    ("iban", "FR14 2004 1010 0505 0001 3M02 606", ""),
    ("iban", "FR1420041010050500013M02606 SVP", ""),
    ("iban", "lu28 0019 4006 4475 0000", ""),
    ("iban", "IBAN DE89 3704 0044 0532 0130 00 (compte)", ""),
    ("plate", "AB-123-CD", ""),
    ("plate", "camion ab-123-cd devant le bac", ""),
    ("plate", "AB 123 CD", ""),
    ("plate", "AB123CD", ""),
    ("plate", "RD938AB", ""),
    ("email", "recu_sophie.martin@orange.fr.pdf", ""),
    ("secret", "475FA02E28C7DEFE7088CDCDB2DEC748", "licence"),
    ("guid", "28d8cde4-2afe-4c23-adc2-a8e1157323ef", "identifiant_personne"),
    ("plate", "1234 AB 54", "plaque relevée"),
    ("plate", "véhicule AB 1234", ""),
    ("delivery-point", "19345678901234", "num_pdl"),
    ("delivery-point", "compteur Linky 19 345 678 901 234", ""),
    ("sole-trader", "auto-entrepreneur 732 829 320", ""),
    ("ip", "vu depuis 88.124.3.9", ""),
    ("ip", "2a01:cb00:8a:5600:1c2d:3e4f:5a6b:7c8d", ""),
    ("mac", "A4:C1:38:0D:5E:7F", ""),
    ("eui", "A8-40-41-00-01-81-C6-3F", ""),
    ("eui", "a840410001 81c63f".replace(" ", ""), "dev_eui"),
    ("person", "M. Lefèvre a appelé", ""),
    ("person", "chez Mme de La Tour", ""),
    ("person", "Signalé par Sophie Martin, voisine", ""),
    ("person", "Voir Jean-Pierre Kieffer au local", ""),
    ("person", "MARTIN Sophie", ""),
    ("person", "Martin Sophie", ""),
    ("person", "Sophie de Oliveira", ""),
    ("person", "devant l'école, Sophie Martin a vu le dépôt", ""),
]
LEFT = [
    ("2 69 05 49 588 157 81", ""),
    ("2690549588157", ""),
    ("1985 0812 345 41", ""),
    ("15, 17, 18 et 112 ; 3237", ""),
    ("0 800 12 34 56", ""),
    ("0899 70 12 34", ""),
    ("2026-05-04T09:00:00+02:00", ""),
    ("01/02/2026 10:00", ""),
    ("5.912345,49.412345", "position"),
    ("54580-05010101-003", ""),
    ("contact@exemple.fr, mairie.saint-martin@wanadoo.fr", ""),
    ("service-dechets@exemple.fr", ""),
    ("@exemple et foo@localhost", ""),
    ("FR14 2004 1010 0505 0001 3M02 607", ""),
    ("RD 938 ZA de la Lande, RD744 RD938", ""),
    ("SS-123-AB", ""),
    ("12 \U0001f6b2 14 \U0001f6b2 16 \U0001f6b2 18", ""),
    ("28d8cde4-2afe-4c23-adc2-a8e1157323ef", "nombre_personnes"),
    ("19345678901234", "identifiant"),
    ("732 829 320", "siren_operateur"),
    ("urn:oid:2.49.0.0.250.0.FR", ""),
    ("127.0.0.1", ""),
    ("26-05-04-09-00-00", ""),
    ("a8404100018 1c63f".replace(" ", ""), "empreinte"),
    ("12 rue Victor Hugo", ""),
    ("École primaire publique Jules Ferry", ""),
    ("Gymnase Nelson Mandela", ""),
    ("Place du Général de Gaulle", ""),
    ("Rue Pierre et Marie Curie", ""),
    ("rue du Docteur Albert Schweitzer", ""),
    ("6018 Pl. Frédéric Mistral", ""),
    ("Écrire à M. le maire", ""),
    ("Rue Madame de Sévigné", ""),
    ("Léo Lagrange", "nom_equipement"),
    ("PUY GUILLAUME", "com_lieu"),
    ("Sainte Sophie", ""),
    ("Verre, papier et carton : Bac Jaune", ""),
    ("Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00", ""),
]


@pytest.mark.parametrize(("kind", "text", "named"), TAKEN)
def test_it_is_taken(personal_data_gate: PersonalDataGate, kind: str, text: str, named: str) -> None:
    found = personal_data_gate.detector.by_pattern(text, Context.of(named or "texte"))
    assert {finding.kind for finding in found} == {kind}


@pytest.mark.parametrize(("text", "named"), LEFT)
def test_it_is_left(personal_data_gate: PersonalDataGate, text: str, named: str) -> None:
    assert personal_data_gate.detector.by_pattern(text, Context.of(named or "texte")) == frozenset()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("03 82 12 34 56", "telephone_operateur"),
        ("cap-pac@exemple.fr", "emetteur"),
        ("bureau42@exemple.fr", "courriel_contact"),
    ],
)
def test_a_service_may_be_reached_where_the_column_is_for_it(
    personal_data_gate: PersonalDataGate, text: str, named: str
) -> None:
    assert personal_data_gate.detector.by_pattern(text, Context.of(named)) == frozenset()
    assert personal_data_gate.detector.by_pattern(text, Context.of("remarque")) != frozenset()


@pytest.mark.parametrize("text", ["06 12 34 56 78", "sophie.martin@exemple.fr"])
def test_a_person_is_not_reached_even_there(personal_data_gate: PersonalDataGate, text: str) -> None:
    assert personal_data_gate.detector.by_pattern(text, Context.of("contact_operateur")) != frozenset()


def test_a_name_beside_an_address_is_taken(personal_data_gate: PersonalDataGate) -> None:
    address = Context.of("adresse", category="lieu")
    [finding] = personal_data_gate.detector.by_pattern("12 rue de la Gare, Sophie Martin", address)
    assert (finding.kind, finding.decision) == ("person", Decision.BLOCK)
    assert personal_data_gate.detector.by_pattern("12 rue Émile Bravet, Ambérieu", address) == frozenset()


def test_only_a_sole_trader_s_company_number_asks_for_a_review(personal_data_gate: PersonalDataGate) -> None:
    [finding] = personal_data_gate.detector.by_pattern("732 829 320", Context.of("siren_entrepreneur_individuel"))
    assert finding.decision is Decision.REVIEW


def test_checks_agree_with_published_examples() -> None:
    assert has_matricule_digits("1893120105732")  # the European Commission's example of a Luxembourg number
    assert not has_matricule_digits("1893120105742")
    assert has_iban_rest("BE68 5390 0754 7034")
    assert not has_iban_rest("ZZ68 5390 0754 7034")
    assert is_company_number("73282932000074")
    assert is_company_number("35600000049837")  # a site of La Poste: its digits add up to 45
    assert not is_company_number("73282932000075")
