"""What has the form of something personal is asked about where nothing says what else it is, and nowhere else.

The numbers are drawn by hand; nobody is meant.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from catalog.gates.cells import Cells
from catalog.gates.known_words import KnownWords
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers import Decision
from catalog.gates.scanned import scan
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn
from catalog.gates.unexplained import unexplained_findings
from catalog.gates.unexplained_asked import (
    MAY_TELL,
    TOLD_DATES,
    TOLD_NUMBERS,
    TOLD_PLATES,
    TOLD_STREETS,
)
from catalog.gates.unexplained_numbers import are_codes
from charter.apply import ReleaseColumn

NUMBERS = ["25402318897741", "04771290556318", "38860145720093", "11937260048855"]
FIRMS = ["73282932000074", "55210055400013", "38012986646850", "35600000000048"]
ARTICLES = ["3017620422003", "3274080005003", "3229820129488", "7613036271806"]
PAPERS = ["17FK40931", "20CB77120", "15DD02944", "22AH61573"]
BIRTHS = ["14/02/1931", "03/09/1964", "21/06/1988", "08/12/2001"]
INFANTS = ["14/02/2021", "03/09/2022", "21/06/2021", "08/12/2022"]
HOMES = ["4 rue des Récollets", "18 rue de Metz", "2 bis chemin de la Côte", "31 av. de la Libération"]
POSITIONS = ["49.523310, 5.760121", "49.521187, 5.771002", "49.530044, 5.741876", "49.519821, 5.782345"]
DEGREES = ["49°27'48.8\"N 5°57'41.8\"E", "49°29'46.5\"N 5°53'14.3\"E", "49°29’12″N, 5°51’02″O"]
OTHER = ["a", "b", "a", "c"]
NO_WORDS = KnownWords(lambda _: None)
GEOHASHES = ["u0u2ut1vn", "u0u885fbu", "u0srczr8k", "u0u2k05vz"]
LICENCES = ["20030540283501A", "20180540113802D", "20120570631701E", "20010571907401C"]
ABROAD = ["352621864894", "33639607456", "33789957010", "352621385796"]
MIDNIGHTS = ["1983-10-14T23:00:00.000Z", "1977-08-29T22:00:00.000Z", "2000-06-04T22:00:00.000Z"]
AGES = ["8 ans (05/11/2016)", "7 ans", "6 ans (13/11/2018)", "8 ans"]
CONTRACTS = ["FR-ZEB-C26538595-8", "FR-ZEB-C87346109-7", "LU-CHY-C65505221-9", "FR-ZEB-C00766799-8"]


TOLD = (TOLD_NUMBERS, TOLD_STREETS, TOLD_PLATES, TOLD_DATES)
PIECES = st.sampled_from(
    [
        *["né", "le", "du", "vu", "au", "14", "3 bis", "7,", "rue", "r.", "Chemin de la", "Pasteur", "place", "1er"],
        *["4 mai", "1922", "12.10.1951", "3/4/71", "1951-10-12", "19511012", "06 14", "25402318897741", "17FK 40931"],
        *[
            "17 FK 40931",
            "a4f0c2e19b7d3356",
            "ns412hm",
            "ab.482.cd",
            "2 54 023",
            "188 977 41",
            "123456789AB",
            "(",
            "n°",
        ],
    ]
)


@given(st.lists(PIECES, min_size=2, max_size=8), st.sampled_from([" ", ", ", "  ", " : "]))
def test_what_is_told_in_a_sentence_passes_the_first_look(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    for form in TOLD:
        if regex.fullmatch(form.form, text) and form.holds([text]):
            assert regex.search(MAY_TELL, text)


def doubts(folder: Path, table: Mapping[str, object], known: Sequence[ScannedColumn] = ()) -> dict[str, str]:
    path = folder / "any.parquet"
    pq.write_table(pa.table(table), path)
    columns = [next((each for each in known if each.name == name), ScannedColumn(name)) for name in table]
    with Cells.opened(path, folder) as cells:
        found = [*unexplained_findings(cells, columns, {name: {} for name in table}, NO_WORDS)]
    assert {finding.decision for _, finding, _ in found} <= {Decision.REVIEW}
    return {name: finding.kind.removeprefix("unexplained-") for name, finding, _ in found}


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("quittance", NUMBERS, "number"),
        ("remis", PAPERS, "number"),
        ("enr.", ["ea095lm", "kc122hl", "wb835kf", "yq896jt"], "number"),
        ("N", ["vu", NUMBERS[0], "vu", "vu"], "number"),
        ("N", ["vu", PAPERS[0].lower(), "vu", "vu"], "number"),
        ("N", ["25 402 318 897 741", "04 771 290 556 318"], "number"),
        ("N", ["254-023-1888", "047-712-9055", "388-601-4572", "119-372-6004"], "number"),
        ("N", [f"{first} {'X' * 4} {'X' * 4} 1182" for first in (4970, 5131, 4978)], "number"),
        ("N", ["**** **** **** 1182", "**** **** **** 0040", "**** **** **** 7713"], "number"),
        ("tag", ["04 A3 2F 91 7C", "1B 77 E0 42 D9", "9C 05 6E F1 38"], "number"),
        ("N", ["04 A3 2F 91 7C", "1B 77 E0 42 D9", "9C 05 6E F1 38"], "number"),
        ("N", ["1234 AB 54", "8731 KD 57", "4410 TR 54"], "number"),
        ("N", ["55 12 34", "23 87 61", "52 90 18"], "number"),
        ("agt", ["204417", "198802", "217733", "220145"], "number"),
        ("n° site", NUMBERS, "number"),
        ("lot", PAPERS, "number"),
        ("ref eleve", ["204417", "198802", "217733", "220145"], "number"),
        ("ref", ["a4f0c2e19b7d3356", "90e1b7c4d2f8a601", "7c3d9e0f1a2b4c5d", "e5d4c3b2a1908f7e"], "number"),
        ("DN", INFANTS, "date"),
        ("†", [f"* {each}" for each in BIRTHS], "date"),
        ("date N.", INFANTS, "date"),
        ("J", ["vu", BIRTHS[0], "carte", "vu"], "date"),
        ("J", [f"{each} 00:00" for each in BIRTHS], "date"),
        ("J", ["3. Mee 1951", "12. Mäerz 1964", "1. Juli 1988"], "date"),
        ("date", BIRTHS, "date"),
        ("du", BIRTHS, "date"),
        ("a", HOMES, "street"),
        ("a", ["mairie", HOMES[0], "école", "stade"], "street"),
        ("a", ["rue des Récollets, n° 4", "rue de Metz 18", "Clos Marie, 2"], "street"),
        ("a", ["14 Grand-Rue", "9 Gd'Rue", "2 bis Grande Rue"], "street"),
        ("a", ["73, op der Héicht", "4, an der Gaass", "12, beim Schlass"], "street"),
        ("a", ["BP 281 54350 Longwy", "CS 84612", "Postfach 12"], "street"),
        ("adresse", HOMES, "street"),
        ("vu à", POSITIONS, "position"),
        ("lat", ["49.523310", "49.521187", "49.530044", "49.519821"], "position"),
        ("vu à", [f"POINT({each.replace(',', '')})" for each in POSITIONS], "position"),
        ("vu à", [*DEGREES, "49°28'55\"N 5°54'40\"E"], "position"),
        ("vu à", [f"https://maps.example/?q={each.replace(' ', '')}" for each in POSITIONS], "position"),
        ("vu à", ["917028 / 6936835", "910889 / 6935580", "923834 / 6934765"], "position"),
        ("latitudeE7", ["495039400", "494523830", "495636300"], "position"),
        ("X_L93", ["911561.37", "906506.60", "910262.69", "905990"], "position"),
        ("last_geohash", GEOHASHES, "position"),
        ("N_PERMIS", LICENCES, "number"),
        ("A_NUM", ABROAD, "number"),
        ("contract_id", CONTRACTS, "number"),
        ("MATRIC", ["T00019", "A00266", "T01310", "A00877"], "number"),
        ("matr.", ["A22159", "A06023", "76793", "94485", "14643"], "number"),
        ("Mle agent", ["3803-WA", "5026-HX", "3220-AF", "9678-RE"], "number"),
        ("avis d'impôt", ["2557B902028727", "2357P007274432", "2457R009489219"], "number"),
        ("bday", MIDNIGHTS, "date"),
        ("Âge", AGES, "date"),
        ("id_conso", NUMBERS, "number"),
        ("conso", NUMBERS, "number"),
        ("siret du titulaire", NUMBERS, "number"),
        ("parcelle", NUMBERS, "number"),
        ("ean", NUMBERS, "number"),
        ("uai", ["7402213J", "8874219B", "2910340P", "6017782T"], "number"),
        ("n° de commande", ["10003412276", "10101245537", "10004771209", "10100339125"], "number"),
        ("commande", ["140392123456", "060257987654", "110954332211", "180188120045"], "number"),
        ("commande", ["CK4T7M9P2", "FX0R2N6W1", "H7L3Z9C4K", "J2V8G5T0R"], "number"),
        ("montant", ["4970101234567893", "4970443312078850", "4539578763621486", "4556737586899855"], "number"),
        ("total", ["4970 **** **** 1182", "5131 **** **** 0040", "4978 **** **** 7713"], "number"),
        ("série", ["GI048213", "GI771920", "GI402218", "GI990173"], "number"),
        ("lot", [f"https://eau.example/releves/{each}?an=2024" for each in NUMBERS], "number"),
        ("lien", [f"https://eau.example/releves/{each}?an=2024" for each in NUMBERS], "number"),
        ("lot", [f"PRM-{each}" for each in NUMBERS], "number"),
        ("lot", [f"{each}_HP" for each in NUMBERS], "number"),
        ("nota", ["attestation reçue (alloc. 7109165K)", "sans rdv", "dossier complet", "ok"], "number"),
        ("mise en service", [*BIRTHS, "17/11/1957"], "date"),
        ("dépôt", ["vu", "vu", *BIRTHS, "17/11/1957"], "date"),
        ("inscription", ["03/1931", "09/1964", "06/1988", "12/2001", "11/1957"], "date"),
        ("contrat", ["04/02/1971", "03/09/1984", "21/06/1988", "08/12/1999", "30/01/2002"], "date"),
        ("visite", ["04/02/1931", "03/09/1944", "21/06/1928", "08/12/1939", "30/01/1951"], "date"),
        ("date", ["11368.0", "23623.0", "32315", "37233"], "date"),
        ("montant", POSITIONS, "position"),
        ("total", GEOHASHES, "position"),
        ("lat_lect", NUMBERS, "number"),
        ("Pass", ["LAN45186", "LWC96546", "JNM63196", "JRN07749"], "number"),
        ("nota", ["rappelera, hab. 14 rue Pasteur", "erreur", "RAS", "ok"], "street"),
        ("nota", ["il a le 25402318897741 comme n°", "erreur", "RAS", "ok"], "number"),
        ("nota", ["Clio grise ns412hm mal garée", "erreur", "RAS", "ok"], "number"),
        ("nota", ["cercueil chêne, du 4 mai 1922 à Longwy", "erreur", "RAS", "ok"], "date"),
    ],
)
def test_a_form_that_nothing_explains_is_asked_about(tmp_path: Path, name: str, cells: list[str], kind: str) -> None:
    others = [OTHER[place % len(OTHER)] for place in range(len(cells))]
    assert doubts(tmp_path, {"groupe": others, name: cells}) == {name: kind}


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("siret du titulaire", [f"{each[:9]}0{each[10:]}" for each in NUMBERS]),
        ("ean", [each[:13] for each in NUMBERS]),
        ("parcelle", [f"{each[:5]}000{each[8:]}" for each in NUMBERS]),
        ("UAI", ["0541234A", "0570881K", "0542290C", "0551107D"]),
        ("fax", ["0033387554120", "0033382331907", "0035226543210", "0033383279914"]),
        ("quittance", FIRMS),
        ("quittance", ARTICLES),
        ("quittance", ["20240000000017", "20240000000018", "20230000000411", "20250000000002"]),
        ("quittance", ["54323000000017", "54323000000018", "54323000000411", "54323000000002"]),
        ("quittance", ["BL1737465", "BL1454043", "BL1911107", "BL2200145"]),
        ("Ylat", ["45.954232106707", "45.956598704211", "46.259779410022", "45.961130077314"]),
        ("conso", ["4207718", "3911204", "5520817", "1208843"]),
        ("code", ["ABC45186", "ABC96546", "ABD63196", "ABD07749"]),
        ("code", ["P0123451", "P0198312", "P0114403", "P0170026"]),
        ("base", ["4180000", "2250000", "3991200", "7100500"]),
        ("quittance", [NUMBERS[0]] * 4),
        ("mise en service", [*BIRTHS, "02/09/2016", "14/06/2019", "30/01/2021", "05/10/2023"]),
        ("mise en service", [f"01/01/{year}" for year in (1931, 1948, 1957, 1964, 1972)]),
        ("mise en service", [f"04/05/{year}" for year in (1984, 1991, 1996, 2003, 2011)]),
        ("date de construction", [*BIRTHS, "17/11/1957"]),
        ("lot", ["2403110423", "2404220191", "2403300877", "2405060120"]),
        ("commande", ["240311000423", "240422000191", "240330000877", "240506000120"]),
        ("date", INFANTS),
        ("du", INFANTS),
        ("tag", ["20240311", "20240312", "20240405", "20250118"]),
        ("mercredi", ["9-12 13-18", "07:00-16:30", "fermé", "24/7"]),
        ("fondation", ["1970-1979", "1980-1989", "1990-1999", "1954-1961"]),
        ("réalisé", ["42817", "1108366", "124137", "9120"]),
        ("fabricant", ["24112080", "84358743", "05270926 bis", "RAS"]),
        ("objet", ["avenue du 8 mai 1945", "rue du 4 mai 1922", "place Foch", "quai", "cité"]),
        ("cote", ["3 R 7", "12 S 1", "1 M 12", "2 Fi 344"]),
        ("étape", ["chemin de Compostelle, étape 3", "circuit", "sentier", "boucle"]),
        ("agt", ["204417", "204418", "204419", "204421"]),
        ("agt", ["204", "1988", "21", "220145"]),
        ("site", ["204417", "198802", "217733", "220145"]),
        ("debut", ["20250901"] * 4),
        ("gid", ["100231", "100232", "100233", "100234"]),
        ("nota", ["arrêté du 4 mai 1922 abrogé", "erreur", "RAS", "ok"]),
        ("nota", ["travaux place du 8 mai 1945 ce jour", "erreur", "RAS", "ok"]),
        ("nota", ["Place de la Mairie. Rue du 1er Octobre 1959", "erreur", "RAS", "ok"]),
        ("nota", ["SIRET 73282932000074 radié", "erreur", "RAS", "ok"]),
        ("nota", ["entrée libre : 03 82 25 99 99", "erreur", "RAS", "ok"]),
        ("chantier", ["travaux au 14 rue Pasteur, côté pair", "erreur", "RAS", "ok"]),
        ("association", HOMES),
        ("taux", ["4.58661", "1.92484", "6.18390", "2.11305"]),
    ],
)
def test_what_a_word_or_the_values_explain_is_not(tmp_path: Path, name: str, cells: list[str]) -> None:
    others = [OTHER[place % len(OTHER)] for place in range(len(cells))]
    assert doubts(tmp_path, {"nom": others, name: cells}) == {}


@pytest.mark.parametrize("before", ["NC", "", None])
def test_a_form_is_seen_wherever_it_begins(tmp_path: Path, before: str | None) -> None:
    numbers = [f"{7_919 * place % 10**6:06}{104_729 * place % 10**8:08}" for place in range(1, 4_001)]
    assert doubts(tmp_path, {"quittance": [before] * 2_000 + numbers}) == {"quittance": "number"}
    assert doubts(tmp_path, {"quittance": ["NC"] * 8_000 + numbers[:400]}) == {"quittance": "number"}
    assert doubts(tmp_path, {"quittance": ["NC"] * 8_000 + numbers[:80]}) == {}
    assert doubts(tmp_path, {"quittance": [""] * 80_000 + numbers[:40]}) == {"quittance": "number"}


def test_a_column_is_judged_by_all_of_it_not_by_how_it_begins(tmp_path: Path) -> None:
    numbers = [f"{7_919 * place % 10**6:06}{104_729 * place % 10**8:08}" for place in range(1, 60_001)]
    series = [f"2024{7_919 * place % 10**10:010}" for place in range(1, 60_001)]
    assert doubts(tmp_path, {"quittance": series + numbers}) == {"quittance": "number"}
    assert doubts(tmp_path, {"quittance": series}) == {}


@pytest.mark.parametrize("padding", ["", "x" * 40], ids=["values told", "rows alone"])
def test_some_texts_of_a_column_stand_for_all_of_it(tmp_path: Path, padding: str) -> None:
    often = [f"{place % 30:014}" for place in range(30_000)]
    once = [f"{7_919 * place:x}{padding}" for place in range(30_000)]
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"n": often + once + [None] * 30_000}), path, use_dictionary=not padding)
    with Cells.opened(path, tmp_path) as cells:
        some, are_all = cells.some_texts("n", 1_024)
        assert (cells.values.of("n") is None) == bool(padding)
    stood = [sum(rows for text, rows in some if (text in often) == is_often) for is_often in (True, False)]
    assert stood == [pytest.approx(30_000, rel=0.2)] * 2
    assert len(some) < 2 * 1_024
    assert not are_all


def test_an_address_is_a_things_where_the_table_names_one(tmp_path: Path) -> None:
    assert doubts(tmp_path, {"bac": OTHER, "adresse": HOMES, "levees": OTHER}) == {"adresse": "street"}
    assert doubts(tmp_path, {"nom": OTHER, "adresse": HOMES, "levees": OTHER}) == {}
    assert doubts(tmp_path, {"type d'habitat": OTHER, "adresse": HOMES, "état": OTHER}) == {"adresse": "street"}
    assert doubts(tmp_path, {"siret": FIRMS, "a": HOMES}) == {}


def test_what_comes_back_names_nobody_s_address_and_no_position(tmp_path: Path) -> None:
    homes = [f"{place} rue de Metz" for place in range(2, 12)]
    stays = [f"49.5{place:02}310, 5.7{place:02}121" for place in range(10)]
    for beside, held in (("libellé", ["tarif A", "tarif B"]), ("siret", FIRMS[:2]), ("marque", ["Okofen", "HS"])):
        assert doubts(tmp_path, {beside: held * 5, "adresse": homes}) == {"adresse": "street"}
        assert doubts(tmp_path, {beside: held * 5, "lieu": stays}) == {"lieu": "position"}
    for each in ("espèce", "luminaire"):
        assert doubts(tmp_path, {each: ["a", "b"] * 5, "lieu": stays}) == {}
        assert doubts(tmp_path, {each: ["a", "b"] * 5, "adresse": homes}) == {"adresse": "street"}
    kept = {"nom": [f"objet {place}" for place in range(10)], "chaudière": ["a", "b"] * 5}
    assert doubts(tmp_path, {**kept, "adresse": homes, "lieu": stays}) == {"adresse": "street", "lieu": "position"}
    known = [ScannedColumn("lieu", words="Position du point d'apport")]
    assert doubts(tmp_path, {**kept, "lieu": stays}, known) == {}
    entrances = [f"salle {place // 3}" for place in range(10)]
    assert doubts(tmp_path, {"nom": entrances, "adresse": homes, "lieu": stays}) == {}


def test_beside_people_a_date_is_a_birth_and_a_position_a_stay(tmp_path: Path) -> None:
    assert doubts(tmp_path, {"sexe": OTHER, "date": BIRTHS}) == {"date": "date"}
    assert doubts(tmp_path, {"sexe": OTHER, "date": INFANTS}) == {}
    assert doubts(tmp_path, {"sexe": OTHER, "date": [*INFANTS[1:], "30/09/2017"]}) == {"date": "date"}
    assert doubts(tmp_path, {"nom": OTHER, "date": [*INFANTS[1:], "30/09/2017"]}) == {}
    assert doubts(tmp_path, {"nom": OTHER, "motif": OTHER, "lieu": POSITIONS}) == {"lieu": "position"}
    assert doubts(tmp_path, {"nom": OTHER, "parent_station": OTHER, "lieu": POSITIONS}) == {}


def test_six_digits_that_can_all_be_days_are(tmp_path: Path) -> None:
    days = ["140231", "030964", "210688", "081201"]
    assert doubts(tmp_path, {"nom": OTHER, "J": days}) == {"J": "date"}
    assert doubts(tmp_path, {"nom": OTHER, "J": [each[4:] + each[2:4] + each[:2] for each in days]}) == {"J": "date"}
    assert doubts(tmp_path, {"nom": OTHER, "J": [*days[1:], "141331"]}) == {}


def test_a_short_number_is_asked_about_where_nothing_names_a_thing(tmp_path: Path) -> None:
    table = {"agt": ["204417", "198802", "217733", "220145"]}
    assert doubts(tmp_path, {"h": OTHER, **table}) == {"agt": "number"}
    assert doubts(tmp_path, {"nom": OTHER, **table}) == {}
    assert doubts(tmp_path, {"h": OTHER[:2], "agt": table["agt"][:2]}) == {}
    numbered = [str(each) for each in range(1, 12_000)]
    assert doubts(tmp_path, {"agt": numbered}) == doubts(tmp_path, {"agt": numbered[9_999:]}) == {}


def test_beside_people_what_happened_on_a_day_may_be_a_birth(tmp_path: Path) -> None:
    assert doubts(tmp_path, {"sexe": OTHER, "création": BIRTHS}) == {"création": "date"}
    assert doubts(tmp_path, {"sexe": OTHER, "création": INFANTS}) == {}
    assert doubts(tmp_path, {"sexe": OTHER, "siren": OTHER, "création": BIRTHS}) == {}
    assert doubts(tmp_path, {"groupe": OTHER, "création": BIRTHS}) == {}


def test_days_and_whole_numbers_of_a_file_are_read_and_numbers_with_decimals_are_not(tmp_path: Path) -> None:
    days = pa.array([-14000, -2000, 6000, 11000], pa.date32())
    table = {"groupe": OTHER, "n": days, "k": [*map(int, NUMBERS)], "r": [1.5, 2.5, 3.5, 4.5]}
    assert doubts(tmp_path, table) == {"n": "date", "k": "number"}


def test_what_the_policy_types_lists_or_describes_is_explained(tmp_path: Path) -> None:
    def told(**known: object) -> dict[str, str]:
        column = ScannedColumn("n", **known)  # type: ignore[arg-type]
        return doubts(tmp_path, {"groupe": OTHER, "n": BIRTHS}, [column])

    assert told() == {"n": "date"}
    assert told(of_type=ReleaseColumn("n", "texte", "dimension")) == {"n": "date"}
    assert told(words="jour de mise en service de la borne") == {}
    assert told(closed=True) == told(declared=frozenset({OFFICIALS})) == {}
    assert told(of_type=ReleaseColumn("n", "date", "dimension")) == {}


@pytest.mark.parametrize(
    ("cells", "words", "beside", "name"),
    [
        (BIRTHS, "Date de pose", "groupe", "date de pose"),
        ([f"{each[:9]}0{each[10:]}" for each in NUMBERS], "SIRET de l'exploitant", "groupe", "siret"),
        (HOMES, "Adresse du site", "nom du site", "adresse"),
        (POSITIONS, "Position du banc", "type d'équipement", "position"),
    ],
)
def test_what_the_cures_say_explains(tmp_path: Path, cells: list[str], words: str, beside: str, name: str) -> None:
    assert len(doubts(tmp_path, {"groupe": OTHER, "n": cells})) == 1
    assert doubts(tmp_path, {"groupe": OTHER, "n": cells}, [ScannedColumn("n", words=words)]) == {}
    assert doubts(tmp_path, {beside: OTHER, name: cells}) == {}


def test_one_sentence_among_many_is_enough_and_a_column_is_told_by_a_cell_of_some_thirty(tmp_path: Path) -> None:
    many = [f"lot {each} conforme" for each in range(3_000)]
    told = [*many, *(f"SIRET {FIRMS[0]} lot {each}" for each in range(3_000)), f"c'est {NUMBERS[0]} je crois"]
    assert doubts(tmp_path, {"remarque": told}) == {"remarque": "number"}
    assert doubts(tmp_path, {"quittance": [NUMBERS[0], *["sans objet"] * 40]}) == {}
    assert doubts(tmp_path, {"quittance": [NUMBERS[0], *["sans objet"] * 30]}) == {"quittance": "number"}


@pytest.mark.parametrize("told", [f"c'est {NUMBERS[0]} je crois", f"{'entretien annuel, ' * 300}vu {NUMBERS[0]}"])
def test_the_dpo_is_sent_to_the_first_sentence_that_tells(tmp_path: Path, told: str) -> None:
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"remarque": [f"SIRET {FIRMS[0]} radié", None, told, f" {told}"]}), path)
    with Cells.opened(path, tmp_path) as cells:
        [(_, _, tally)] = unexplained_findings(cells, [ScannedColumn("remarque")], {"remarque": {}}, NO_WORDS)
    assert (tally.rows, tally.first_row) == (2, 3)


def test_codes_are_judged_alike_in_any_order() -> None:
    codes = ["AB12345", "AB98765", "ABC1234", "ABX4321"]
    assert are_codes(codes) == are_codes(codes[::-1])


def test_the_gate_asks_once_of_a_column_and_never_of_what_it_recognises(
    personal_data_gate: PersonalDataGate, tmp_path: Path
) -> None:
    path = tmp_path / "any.parquet"
    pq.write_table(pa.table({"groupe": OTHER, "ddn": BIRTHS, "DN": [None, *BIRTHS[1:]]}), path)
    columns = [ScannedColumn(each) for each in ("groupe", "ddn", "DN")]
    found = scan(personal_data_gate.detector, path, columns, scratch=tmp_path)
    kinds = {
        name: [(finding.kind, tally.rows, tally.first_row) for finding, tally in each.items()]
        for name, each in found.items()
    }
    assert kinds == {"groupe": [], "ddn": [("birth-date", 4, 1)], "DN": [("unexplained-date", 3, 2)]}
