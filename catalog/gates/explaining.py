"""Which words of a column's name, title or description say that what looks personal in it is something else.

Words of what is public, and of what things and events are numbered and dated by. A word that is missing costs the DPO
a question, never a leak: the lists need not be complete.
"""

from typing import Final

from catalog.gates.findings import Context
from catalog.gates.recognisers.numbers import NUMBERED
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.recognisers.roles import KIN
from catalog.gates.recognisers.traces import HOME, HOUSEHOLDS, OF_PLACES, ONE_OF_PEOPLE

_HOLDERS: Final = r"(?:id )?(?:beneficiaire|titulaire)s?(?: id| siret|\s*$)"
"""Of a market or a grant, by the number of a firm; *titulaire du titre de séjour* is somebody."""
_ARTICLES: Final = (r"c?ean\b", "code barre", "ean13", "gencod", "gtin", "isbn", "issn", "sandre")
_NUMBERS_OF_A_FORM: Final = (
    *_ARTICLES, "acheteur", "adjudicataire", "amenageur", "attribuant", "attributaire", r"ban\b", r"bce\b", "cadast",
    r"colou?r\b", "couleur", "cpv", "entreprise", "epci", "etablissement", "fantoir", r"fax\b",
    "fournisseur", "geo", _HOLDERS, "insee", "interop", r"iris\b", r"naf\b", r"nic\b",
    r"osm\b", "parcel", "rcs", "rivoli", r"rna\b", r"rnb\b", r"rne\b", "siege", "siren", "siret",
    r"tel\b", "telecop", "telefon", "telephone", r"tiers\b", r"tva\b", r"uai\b", "wikidata", r"\w*finess",
    "empreinte", r"md5\b", r"sha\d",
)  # fmt: skip
"""What has a number of a form of its own, or bears one: whatever it looks like, it is that."""
_NUMBERS_OF_THINGS: Final = (
    r"acc\b", "accident", "agrement", "arrete", "boamp", r"bss\b", "catnat", r"borne\b",
    r"(?:ref|code|no?|num) art\b", "article", "artikel", "autoris", r"bons?\b", "bordereau", "code hydro", "commande",
    "concession", "conteneur", r"flux\b", r"reseau\b", r"cuve\b", "equip", "fabricant", "facture", "hydrant",
    r"immo(?:bilisation)?s?\b", r"ins(?:tallation)?\b", r"inv\b", "inventaire", "konto", r"lot\b", "machine",
    "mandat", "marche", "merimee", "musee", "mutation", "officine", "ouvrage", r"p[cd]c\b", "permis de construire",
    "prelev", r"serie\b", r"site\b", r"source\b", "station", "telegestion", r"udi\b", "urbanisme", "version",
)  # fmt: skip
"""What has a number of any kind."""
_COUNTS: Final = (
    r"allocataires\b", "anzahl", r"bases\b", r"brut\b", "budget", "capacite", "capital", "conso", "contenance",
    "cout", r"credits?\b", r"debits?\b", "depense", "effectif", "entrees", r"euros?\b", r"h \w", "index", r"km\b",
    "kwh", "leerungen", "loyer", "longueur", r"m[23]\b", r"mesure\b", "montant", r"nb\b", "nombre", "octets",
    r"places\b", "personnes", "population", r"prev\b", "previsi", "prix", "produit", r"pt[ar]c\b", r"pu\b",
    "puissance", "recette", "revenu", "solde", "superficie", "surface", "tarif", "taux", "total", r"tare\b",
    r"tmja?\b", "tonnage", r"t[to]c\b", "valeur", r"ventes?\b", "volume", r"(?:19|20)\d\d\s*$",
)  # fmt: skip
_IDENTIFIES: Final = (r"id\b", r"identifiant", r"no?\b", r"num(?:ero)?\b", r"ref(?:erence)?\b")
"""Beside which a word of a count is of whom or what is counted: *ID_CONSO* is a consumer's."""
_COORDINATES: Final = (
    "breitengrad", "coord", r"est\b", "gps", "laengengrad", "lambert", "langengrad", "lat", "lon", r"lng\b", "luref",
    "nord", r"x\b", r"y\b", r"[xy] l93",
)  # fmt: skip
_EVENTS: Final = (
    "achat", "achev", r"acq\b", "acquis", "actif", "actualis", "adjudic", "agrement", "anschaff", "approbation",
    "arret", "attribution", r"au\b", "audience", "bilan", r"\w*autor", "caduc", "certif", "circul", "classement",
    "clos", "clot", "command", "construct", "contrat", "controle", "convention", "creat", r"cree\b", r"ct\b",
    "curage", r"deb(?:ut)?\b", "decis", "decla", r"ddm\b", "delai", "delib", "demarr", "depart", "depose", "depot",
    "depuis", "derm", "dernier", "diag", r"dispo\b", r"dlc\b", r"dpro\b", r"du\b", r"ech\b", "echeance", "edition",
    "effet", "eingang", "emis", r"end\b", "ende", "engage", r"enl\b", "entree", "entretien", "epand", "essai",
    "evenement", "examine", "expir", "facture", "fermeture", r"fin\b", "frist", "garantie", "gultig", "heure",
    "homolog", "horodat", "inaug", "inbetrieb", "inscription", "inspection", "instal", "instruit", "intervention",
    "kontroll", "limite", r"livr(?:ai|\b)", r"maj\b", "mandat", r"mec\b", r"mes\b", r"mhd\b",
    r"mess(?:datum|tag|ung)", "mesure", r"mise\b", "modif", r"mois\b", "mutation", "notif", r"obs\b", r"\w*ouv",
    "paiement", "parution", "perem", "pesee", "periode", r"plant(?:\b|ation|e)", "pose", r"prel\b", "prelev", "prevu",
    "prochain", "protection", "pub", "recept", "recu", "releve", "renouvel", "repar", "reunion", "revision", "seance",
    "semaine", "service", r"setzung\b", "sign", "sitzung", "sortie", r"stand\b", "start", "termin", "time", "trait",
    "transfert", "transmi", "travaux", "update", "valid", "vente", "verif", "version", "vertrag", "visite", "vote",
    r"vue?\b", "wartung", "zeit",
)  # fmt: skip
_OF_LONG_AGO: Final = (
    "classement", "construct", "delib", "derm", r"dpro\b", "edifi", "inaug", "plant", r"prot(?:ection)?\b",
)  # fmt: skip
"""What is dated to the day over a century."""
_PARTS: Final = frozenset({"jour", "mois", "heure", "semaine", "periode"})
"""Of dates, which say nothing of what happened."""
BARE: Final = frozenset({"da", "dat", "date", "dates", "datum", "day", "du", "jour", "le", "tag"})
"""Names of columns that say of dates no more than that they are dates."""
_STREETS: Final = (
    *OF_PLACES, r"adrs?\b", "batiment", "chantier", "commerce", "compteur", "constat", "desserte", "emplacement",
    "entreprise", "equip", "etablissement", "itineraire", "local", "magasin", "parcours", "situation", "travaux",
)  # fmt: skip
_CALLED_LIKE_PEOPLE: Final = (
    r"achats?\b", "amenageur", "arrondissement", "association", "bailleur", "canton", "circonscription", "club",
    "college", r"comm?\b", "commune", "couleur", "creche", "domaine", "ecole", "editeur", "elementaire", "enseigne",
    "essence", "exploitant", r"fabri[ckq]", "fournisseur", "gemeinde", "gestionnaire", "gymnase", "hersteller",
    "internet", "jour", "langue", r"lien\b", "lycee", "mail", "marke", "marque", "maternelle", "modele", r"mois\b",
    r"mots?\b", "odonym", "operateur", "paroisse", "piscine", "prenom", "produit", "quartier", "salle", "schoul",
    "schule", "secteur", r"site\b", "societe", "sprache", "stade", r"tag\b", "tribunal", r"url\b", "vorname", r"web\b",
    "zone",
)  # fmt: skip
_KINDS: Final = (
    r"abr\w*", r"art\b", "categ", r"cat\b", "class", r"cod\w*", "currency", "devise", "einheit", "etat", "famille",
    "filiere", "form", "genre", r"iso\w*", "jour", "land", "langue", "ligne", "linie", "materiau", r"mat\b",
    "mode", r"mois\b", "nature", "orient", "pays", "plan", "priorite", "regime", "section", "secteur", "sens", "serie",
    "sigle", "statut", "status", "support", "tag", r"\w*type", r"typ\b", "unit", "zon", r"u\b", "energ",
)  # fmt: skip
"""What letters by twos and threes are short for."""
BODIES: Final = (r"rna\b", r"siren\b", r"siret\b", r"waldec\b")
"""Beside such a number, an address is a body's, whoever leads it."""
_THINGS: Final = (
    "appareil", "appellation", "arbre", r"arret\b", "association", "betreiber", "bezeichnung", "circuit",
    r"circulation\b", r"debit\b", "deno", "designation", "ecole", "edifice", "einrichtung", "enseigne",
    "equip(?!ier)", "espece", "etablissement", "exploitant", r"finess\b", "gestionnaire", "haltestelle", "intitule",
    "lampe", r"lib\b", r"libelles?\b", r"lieu\b", "luminaire", "marque", "materiau", "modele", "museum", r"name\b",
    r"noms?\b", r"numm\b", "polluant", r"raison soc", "schoul", "schule", r"sites?\b", "station(?!ne)", r"stop\b",
    "structure", "troncon", r"uai\b", "url",
)  # fmt: skip
"""What says of a row that it is about a thing that has a name and stands somewhere for all, if names vary with it."""
_KINDS_OF_THINGS: Final = (
    r"arbre", "baum", "espece", "essence", r"flux\b", "lampe", "luminaire", "mobilier", "polluant", "troncon",
)  # fmt: skip
"""What says so by itself, however few kinds there are: nobody's own is measured, lit or planted."""
AT_HOME: Final = "logement"
"""What stands for a neighbour that says so by its cells."""
_METERS_OF_HOMES: Final = ("gazpar", "linky")
"""In a column's name, or beside it, a number of a series is that of somebody's meter."""
_KEPT_AT_HOME: Final = (
    *_METERS_OF_HOMES,
    "alarme", "animal", r"bacs?\b", "bailleur", r"bett(?:en)?\b", r"chats?\b", "chaudiere", "chauffage", r"chiens?\b",
    "composteur", r"devis\b", r"dpe\b", "encombrant", "habitable", "haustier", "heizung", r"hund\b", "installateur",
    AT_HOME, r"nb (?:enfants|occupants|pers)", r"pac\b", r"panneaux?\b", "photovolt", "poele",
    "pompe a chaleur", "portage", r"prime\b", "puce", "quotient", r"race\b", "recuperateur", r"repas\b", r"syndic\b",
    "vacan(?:ce|t)", "wohnflache", "wohnung",
)  # fmt: skip
"""Beside which the name of a thing, a make or a model, is that of what somebody has, and its place their home."""
_OF_WHOEVER_IS_THERE: Final = (r"appel\b", r"heure\b", r"motif\b", rf"(?!parent|responsable){NUMBERED}\b")
"""Beside a precise position: somebody was there then, for that. Not *parent_station* nor *responsable* of a site."""
_SHORTENED: Final = r"(?:code|id|no?|num|numero|ref) ?(?:abo|adh|agt|alloc|benef|elev|enf|lect|locat|usag|voyag)(?!ure)"
"""Who is numbered, cut short: a doubt where codes follow, and no explanation, since a reading is *lect* too."""
_SOMEBODY: Final = (
    *ONE_OF_PEOPLE, *HOUSEHOLDS, _SHORTENED, rf"{NUMBERED}\b", rf"(?:{'|'.join(sorted(KIN))})\b", r"age\b",
    r"civilite\b", r"sexe\b", "geschlecht", r"kand\b", r"kind\b", r"matricules?\b", r"mle\b", r"participante?\b",
    r"qf\b", "quotient", "sieste",
)  # fmt: skip


def is_described(context: Context) -> bool:
    """Tell whether somebody signs for what the column holds, in a title or a description."""
    return context.words.strip() != context.name


def speaks_of_one_person(words: str) -> bool:
    """Tell whether names of columns say that a row is about somebody, or about who lives in a home."""
    return has_word(_SOMEBODY, words)


def is_of_a_home(context: Context) -> bool:
    """Tell whether a column's own name says that it is about somebody, or somebody's home."""
    return has_word(HOME, context.name) or speaks_of_one_person(context.name)


def explains_a_number(context: Context) -> bool:
    """Tell whether a column says that a long number in it is public, a coordinate, or a count."""
    measures = counts(context) or has_word(_COORDINATES, context.name)
    of_a_home = has_word(_METERS_OF_HOMES, f"{context.name} {context.beside}")
    of_a_thing = has_word(_NUMBERS_OF_THINGS, context.words) and not of_a_home
    return measures or of_a_thing or explains_any_number(context)


def explains_any_number(context: Context) -> bool:
    """Tell whether it says so of a number that has the form of a person's too: no count has fourteen digits."""
    return has_word(_NUMBERS_OF_A_FORM, context.words)


def explains_an_article(context: Context) -> bool:
    """Tell whether a column says that a number in it is that of what is sold, or of a work on the water."""
    return has_word(_ARTICLES, context.words)


def explains_initials(context: Context) -> bool:
    """Tell whether a column says of what kind its letters are, or somebody signs for it."""
    return is_described(context) or context.of_names or has_word(_KINDS, context.name)


def explains_a_date(context: Context) -> bool:
    """Tell whether a column says what happened on its dates."""
    return has_word(_EVENTS, context.words)


def explains_old_dates(context: Context) -> bool:
    """Tell whether it says so of what happened over a lifetime, or somebody signs for it."""
    return has_word(_OF_LONG_AGO, context.words) or (is_described(context) and explains_a_date(context))


def explains_a_part_of_a_date(context: Context) -> bool:
    """Tell whether a column says what happened on a day of which it holds the day, the month or the year."""
    return has_word(_EVENTS, " ".join(word for word in context.words.split() if word not in _PARTS))


def names_a_thing(words: str) -> bool:
    """Tell whether names of columns say that a row is about a thing."""
    return has_word((*_THINGS, *BODIES), words)


def explains_a_street(context: Context, naming: str) -> bool:
    """Tell whether a column holds addresses of places or bodies.

    `naming`: names of the neighbours that vary as it does. A firm's number says so, or its own name or words; in a
    table in which nothing names a thing, a name alone does not: whose *adresse* is it?
    """
    if has_word(BODIES, naming) or context.of_bodies or context.of_works:
        return True
    if not is_described(context) and (has_word(_KEPT_AT_HOME, context.beside) or is_of_a_home(context)):
        return False
    is_named = context.of_places or has_word(_STREETS, context.words)
    return is_named and (is_described(context) or has_word(_THINGS, naming))


def explains_a_name(context: Context) -> bool:
    """Tell whether a column says that the names in it are those of places, bodies, works, makes or addresses online.

    Or given names, which alone are counted, not borne: beside a surname they are told by other rules.
    """
    return context.of_names or has_word((*_STREETS, *_CALLED_LIKE_PEOPLE), context.words)


def explains_a_position(context: Context, naming: str) -> bool:
    """Tell whether a position is a thing's, and nothing beside says who was there, or what for.

    `naming`: names of the neighbours that vary as it does.
    """
    named = names_a_thing(naming) or has_word(_KINDS_OF_THINGS, context.beside)
    is_of_a_thing = is_described(context) or (named and not has_word(_KEPT_AT_HOME, context.beside))
    return is_of_a_thing and not has_word(_OF_WHOEVER_IS_THERE, context.beside)


def explains_an_axis(context: Context, naming: str) -> bool:
    """Tell whether half a position is, or is none: prices and rates have four decimals too."""
    return (counts(context) and not is_a_coordinate(context)) or explains_a_position(context, naming)


def is_a_coordinate(context: Context) -> bool:
    """Tell whether a column says that a number with decimals in it is a coordinate."""
    return has_word(_COORDINATES, context.name)


def counts(context: Context) -> bool:
    """Tell whether a column's name is that of what is counted or measured, and of nobody who is numbered."""
    return has_word(_COUNTS, context.name) and not has_word(_IDENTIFIES, context.name)
