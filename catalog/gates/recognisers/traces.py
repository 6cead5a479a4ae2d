"""Where somebody is or lives, when they were born, and marks that follow them."""

from typing import Final

from catalog.gates.recognisers.numbers import NUMBERED
from catalog.gates.recognisers.recogniser import ANY_LETTER, Decision, Recogniser, folded

PEOPLE: Final = (
    r"abonnee?s?\b", "adherent", "allocataire", "appelante?\b", "beneficiaire", "citoyen", "civilite",
    r"cliente?\b", "conducteur", "conductrice", "contribuable", "declarant", "demandeur", "eleve", "habitant",
    "locataire", r"nom patronymique", "nom naissance", "patient", "plaignant", "prenom", "redevable", "riverain",
    "signalant", "user", "usager", "victime", "voyageur", "driver", "rider", "customer", r"kd\b", "kunde", "mieter",
)  # fmt: skip
"""Beginnings of words that tell of persons: in a column's name, a cell, or the names of the columns beside."""
ONE_OF_PEOPLE: Final = tuple(rf"(?!\w+s\b){stem}" for stem in PEOPLE)
"""Beside a column, one of them in its own: their plural counts them, or says whom a service is for."""
_OF_A_HOME: Final = "(?:arr|arrivee|coord|coordonnees|dep|depart|gps|lat|lon|origine|retour|trajet)"
HOME: Final = (
    "domicil", r"j'?habit", "habite", "habitant", "demeurant", "demeure", r"reside\b", r"chez\b", "mon adresse",
    "son adresse", "adresse connue", "adresse perso",
    r"dern(?:iere)? adresse", r"adresse (?:de |du |de la |des )?(?:famille|foyer|logement|parents?)\b",
    "sonnette", "interphone", "digicode", r"app(?:t|artement)?\.? ?(?:n°?)? ?\d", r"apt\b",
    "residence principale", r"voie logement", r"home\b", "doheem", "wohn", "wunn", "sperrmull", "sperrmell", "abholen",
    "encombrants",
    r"(?:adresse|lieu) (?:de |d')?(?:assignation|correspondance|expulsion|notification|signification)\b",
    rf"{_OF_A_HOME} (?:de |de la |du |a la |au |a )?(?:chez moi|foyer|logement|maison)(?: (?:gps|lat|lon|x\b)|\s*$)",
)  # fmt: skip
HOUSEHOLDS: Final = (
    r"antrag\b", r"bac\b", r"dossier\b", r"famille\b", r"foyer\b", r"haushalt\b", r"menage\b",
    r"num(?:ero)? (?:de )?dossier\b", r"stot\b", r"trajet\b",
)  # fmt: skip
"""Beside a column, what tells of somebody's home or request: only in a column's name, as a cell's foyer is a hall."""
VOIE: Final = (
    r"(?:all(?:ée|ee)?s?|av(?:enue|e)?|b(?:oule)?v(?:ar)?d|bd|bld|car(?:refour)?|ch(?:emin|em|e)?|cit(?:é|e)?|clos|cours?|"
    r"cr(?:s)?|esp(?:lanade)?|f(?:au)?b(?:our)?g|imp(?:asse)?|lot(?:issement)?|mont(?:ée|ee)|pas(?:sage)?|pl(?:ace)?|"
    r"prom(?:enade)?|q(?:uai|u)|qua(?:rtier)?|res(?:idence)?|résidence|route|rte|rue|r|ruelle|sent(?:e|ier)|sq(?:uare)?|"
    r"venelle|villa|voie|stroos|strooss|straße|strasse|op|um)"
)
_NUMBER: Final = r"(?<![\d.,/-])\d{1,4}\s?(?:bis|ter|quater|[a-dA-D])?,?\s{1,3}"
_STREET: Final = rf"(?i:{_NUMBER}(?:,\s?)?{VOIE})\.?\s{{1,3}}[\p{{L}}\d'’ .-]{{2,60}}"
_GERMAN: Final = r"\p{Lu}\p{L}[\p{L} .-]{1,40} \d{1,4}\s?[a-z]?,\s?(?:D-)?\d{5}\s\p{Lu}"
"""A street, its number, a comma, postcode and town: "Am Sonnenhang 3, 54292 Trier"."""
_GERMAN_STREET: Final = (
    r"(?<!\p{L})(?:\p{Lu}[\p{L}.-]{2,30}(?i:str(?:aße|asse|\.)|weg|gasse|platz|allee|ufer|ring|damm|graben)"
    r"|\p{Lu}[\p{L}-]{2,30} (?:Straße|Strasse|Str\.|Weg|Allee|Platz|Ring)"
    r"|(?:Am|Auf|Beim|Im|Zum|Zur|An der|An dem|Auf der|Auf dem|In der|Hinter der|Unter den) \p{Lu}[\p{L}-]{2,30}) "
    r"\d{1,4}(?! ?[\d:€%])"
)
_LUXEMBOURG_ENDS: Final = ("strooss", "gaass", "wee", "plaz", "bierg")
_LUXEMBOURG_STREET: Final = (
    rf"(?<![\d.,/-])\d{{1,3}}\s?[A-Za-z]?,? (?:\p{{L}}{{3,30}}(?:{'|'.join(_LUXEMBOURG_ENDS)})"
    r"|\p{L}{3,30} (?:Strooss|Gaass|Wee)|(?i:an der|am|beim|op der|op dem|um|bei der|hannert der) \p{Lu}\p{L}{2,30})"
)
_AT_THE_END: Final = rf"(?i:(?<!\p{{L}}){VOIE}\.?\s(?:[\p{{L}}'’-]+\s){{1,5}}?n(?:°|o|um[ée]ro)\s?\d{{1,4}})"
"""The number after the street: "rue de la Gare n° 12"."""
_DWELLING: Final = (
    r"(?i:(?<!\p{L})(?:r[ée]s(?:idence)?|b[âa]t(?:iment)?|immeuble|tour)\.?\s[\p{L}\d'’ -]{1,40}(?:, ?)?"
    r"(?:b[âa]t\.?\s\p{L}, ?)?(?:app(?:t|artement)?|apt|porte|esc(?:alier)?|entr[ée]e)\.?\s?(?:n°\s?)?\d{1,4})"
)
"""A home within a building: "Résidence du Parc, bât. C, apt 15"."""
_POSTCODE: Final = r"(?:(?:F-|L-|FR-|LU-)?\d{5}|L-? ?\d{4})\s{1,3}\p{L}"
OF_PLACES: Final = (
    "adress", "address", "voie", "rue", "lieu", "localisation", "siege", "site", "implantation", "anschrift",
    "standort", r"ort\b", "strasse", "strooss", "lage", "uert",
)  # fmt: skip
_GEO: Final = (
    "coord", "geo", "gps", "lat", "lon", r"lng\b", "point", "position", r"pos\b", "wkt", "xy", r"x\b", r"y\b", "shape",
    "emprise", "geom", "spatial", "localisation", "centroid", "bbox", "location", "lieu", "trace", "itineraire",
)  # fmt: skip
_LAT_LON: Final = r"-?\d{1,2}\.\d{4,}"
_PAIR: Final = (
    rf"(?<![\d.])(?:{_LAT_LON}°?[ ,;/]{{1,3}}(?:lon(?:gitude)?|lng|x)?[ :=]{{0,2}}-?\d{{1,3}}\.\d{{4,}})(?![\d.])"
)
_DEGREES: Final = (
    r"\d{1,2}\s?°\s?\d{1,2}\s?['’′]\s?\d{1,2}(?:[.,]\d+)?\s?[\"″”]?\s?[NSEWO]"
    r"|(?<!\p{L})[NSEWO]\s?\d{1,2}\s?°\s?\d{1,2}\s?['’′]\s?\d{1,2}(?!\d)"
)
_PLUS_CODE: Final = r"(?<![\p{L}\d])[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2,3}(?![\p{L}\d])"
"""An Open Location Code: of a few metres."""
MONTH: Final = (
    "[Jj]an|[Ff][eé][bv]|[Mm][aäe]e?r|[Aa][pvb]r|[Mm](?:a[iy]|ee)|[Jj]ui?n|[Jj]ui?l|[Aa]o[uû]t|[Aa]ug|[Ss]ep|[Oo][ck]t"
    "|[Nn]ov|[Dd][eéè][cz]"
)
"""How months begin in French, German, Luxembourgish and English."""
_COMPACT: Final = (
    r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d{2}"
)
DATE: Final = (
    r"(?:(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01]|1er)"
    rf"(?:[-/. ](?:0?[1-9]|1[0-2])[-/. ]|\.?[\s-](?:{MONTH})"
    rf"\p{{L}}{{0,7}}\.?[\s-])(?:19|20)?\d{{2}}|(?:{MONTH})\p{{L}}{{0,7}}\.? \d{{1,2}},? (?:19|20)\d{{2}}|{_COMPACT})"
)
_BORN: Final = (
    r"nees?\b",
    r"nes?\s(?:le\s)?(?:\d|1er\b)",  # « né le 3 mai », never the negation « ne »
    r"nes?\sle\s*(?:date|jour|$)",
    r"ne e\b",
    r"ne\(e\)",
    r"naissance\b",
    r"naiss\b",
    r"da?te? ?(?:de )?nais",
    r"dnais",
    r"dtn(?:aiss?)?\b",
    "birth",
    r"born\b",
    r"geb\.? ?-?(?:am\b|dat|tag|\d)",
    r"geb\s*$",
    r"ddn\b",
    r"dob\b",
    "geburt",
    "geboren",
    "gebuer",
)


def is_address_of_people(text: str) -> bool:
    """Tell whether it is more than a number before a unit: a street's kind and its name, or both in one word."""
    words = folded(text).split()
    return len(words) >= 3 or text[:1].isalpha() or words[-1].endswith(_LUXEMBOURG_ENDS)  # noqa: PLR2004 - number, kind, name


ADDRESS: Final = Recogniser(
    kind="address",
    pattern=rf"{_STREET}(?:,[^,;\n]{{2,30}})?[\s,]{{0,4}}{_POSTCODE}|{_GERMAN}",
    prefilter=rf"[0-9](?s:.)*[0-9]{{4,5}}[\s\v]+{ANY_LETTER}",
    check=is_address_of_people,
    public_in=OF_PLACES,
    decision=Decision.REVIEW,
)
HOME_ADDRESS: Final = Recogniser(
    kind="address",
    pattern=rf"{_STREET}|{_GERMAN}|{_GERMAN_STREET}|{_LUXEMBOURG_STREET}|{_AT_THE_END}|{_DWELLING}",
    prefilter=(
        rf"[0-9](?s:.)*[\s\v],?(?:[0-9]|{ANY_LETTER})|[\s\v][0-9]{{1,4}}(?:[^0-9]|$)"
        r"|(?i:n(?:°|o|um[ée]ro)|app(?:t|artement)?|apt|porte|esc(?:alier)?|entr[ée]e)\.?[\s\v]?(?:(?i:n°)[\s\v]?)?[0-9]"
    ),
    check=is_address_of_people,
    context=(*HOME, *PEOPLE),
    beside=(*ONE_OF_PEOPLE, *HOUSEHOLDS),
    decision=Decision.REVIEW,
)
POSITION: Final = Recogniser(
    kind="position",
    pattern=rf"{_PAIR}|{_DEGREES}|{_PLUS_CODE}",
    prefilter=(
        r"[0-9]\.[0-9]{4}(?s:.)*[0-9]\.[0-9]{4}|[0-9]\s?°\s?[0-9]{1,2}\s?['’′]"
        r"|[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2}"
    ),
    public_in=(*_GEO, "plus code", "pluscode", r"olc\b"),
    decision=Decision.REVIEW,
)
PERSONAL_POSITION: Final = Recogniser(
    kind="position",
    pattern=rf"{_PAIR}|{_DEGREES}|{_PLUS_CODE}|(?<![\d.,])-?\d{{1,2}}[.,]\d{{4,}}(?![\d.,])",
    prefilter=(r"[0-9][.,][0-9]{4}|[0-9]\s?°\s?[0-9]{1,2}\s?['’′]|[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2}"),
    context=(*HOME, *PEOPLE, rf"(?:lat|lon|lng|pos|position|trace) (?:d'|de l'|de |du )?{NUMBERED}\b"),
    beside=(*ONE_OF_PEOPLE, *HOUSEHOLDS),
    decision=Decision.REVIEW,
)
_LIKE_A_DATE: Final = r"[0-9](?s:.){1,16}[0-9]{2}"
_FOUR_OR_FIVE_DIGITS: Final = r"^\W*[1-9][0-9]{3,4}(?:\.0+)?\W*$"
BIRTH_DATE: Final = Recogniser(
    kind="birth-date",
    pattern=rf"(?<!\d){DATE}(?!\d)",
    prefilter=_LIKE_A_DATE,
    context=_BORN,
)
BIRTH_SERIAL: Final = Recogniser(
    kind="birth-date",
    pattern=r"\A(?:[3-9]\d{3}|[1-4]\d{4})(?:\.0+)?\Z",
    prefilter=_FOUR_OR_FIVE_DIGITS,
    context=(
        r"d(?:a?te?)? (?:de )?nais(?:s|sance)?\b", r"date?naiss", r"dtn(?:aiss?)?\b", r"ddn\b", r"dob\b",
        r"birth ?date", "date of birth", r"nee? le\b", "geburtsdatum", "gebuertsdatum", r"naissance\s*$",
    ),
    public_in=("annee", r"code\b", "commune", "departement", "insee", "lieu", r"nb\b", "nombre", "pays", "ville"),
    decision=Decision.REVIEW,
)  # fmt: skip
"""A day as spreadsheets count it from 1900, which fills a cell; a year is a smaller number."""
BIRTHDAY: Final = Recogniser(
    kind="birth-date",
    pattern=rf"(?<!\d){DATE}(?!\d)",
    prefilter=_LIKE_A_DATE,
    context=(r"anniv(?:ersaire)?\b", r"da?te? ?n\s*$"),
    public_in=("abonnement", "adhesion", "bail", "contrat", "convention", "licence", "marche", "police"),
    decision=Decision.REVIEW,
)
"""Where a birthday may be meant: contracts and associations have theirs too."""
BIRTH_YEAR: Final = Recogniser(
    kind="birth-date",
    pattern=r"\A(?:19|20)\d\d(?:\.0+)?\Z",
    prefilter=_FOUR_OR_FIVE_DIGITS,
    context=("annee de naissance du",),
    public_in=(r"\A(?!(?:.* )?(?:(?:an|annee|year)(?: de| of)? ?(?:nais|birth)|geburtsjahr|birth ?year))",),
    beside=(
        r"jours?\b(?=.*\bmois\b)", r"mois\b(?=.*\bjours?\b)", r"day\b(?=.*\bmonth\b)", r"month\b(?=.*\bday\b)",
        r"tag\b(?=.*\bmonat\b)", r"monat\b(?=.*\btag\b)",
    ),
    decision=Decision.REVIEW,
)  # fmt: skip
"""The year of a birth whose day and month stand in columns of their own; a year alone tells of nobody."""
GUID: Final = Recogniser(
    kind="guid",
    pattern=r"(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z])",
    prefilter="[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",
    context=(
        *PEOPLE,
        r"personne\b",
        r"idfa\b",
        "gaid",
        "adid",
        "advertising",
        "visiteur",
        "visitor",
        "session",
        "telephone",
        "badge",
        "cookie",
    ),
    decision=Decision.REVIEW,
)
