"""What somebody is, and what is called by a family's name: words that tell that the name beside them is a person's."""

from typing import Final

import regex

from catalog.gates.recognisers.foreign import ROLES_ELSEWHERE

ROLES: Final = frozenset(
    """abbe adherent adherente adjoint adjointe adjudant ado adolescent adolescente agent agente aine ainee allocataire
    ami amie ancetre animateur animatrice appelant appelante apprenti apprentie aspirant assistant assistante assmat
    asvp atsem avocat avocate avs bapteme bebe benef beneficiaire boucher bouchere boulanger boulangere brigadier
    cadet cadette camarade candidat candidate cantonnier capitaine caporal caveau certain certaine chauffeur client
    cliente coloc colonel commandant commissaire compagne compagnon concierge concubin concubine conducteur
    conductrice conjoint conjointe conseiller conseillere consorts copain copine couple cousin cousine couvreur
    cultivateur curateur curatrice cure dame defunt defunte demoiselle depute deputee dessinateur directeur
    directrice docteur docteure domestique dr eboueur educateur educatrice electricien eleve enfants enterrement
    epouse epoux expert facteur factrice fam familie famille femme feu fille fils fossoyeur fratrie frere freres
    fromager fromagere gamin gamine gamins garde gardien gardienne gendarme general gerant gerante gosse gosses
    heritiers hoirs huissier individu indivision infirmier infirmiere ingenieur inspecteur inspectrice instit
    instituteur institutrice jardinier jardiniere juge jumeaux jumelles kine lecteur lectrice lieutenant
    lieutenant-colonel livreur livreuse loc locataire macon maire maitre maman mamie mamy maraicher maraichere
    marechal mari mariage marin marraine me medecin menage menuisier mere mgr mineur mineure ministre miss
    monseigneur nageur nageuse nee neveu niece nomme nommee notaire nounou nourrice obseques occupant occupante
    oncle ouvrier papa papi papy parrain pasteur patient patiente patron patronne peintre pere placier plaignant
    plaignante plombier poissonnier poissonniere pompier pr prefet prefete prenomme prenommee president presidente
    principal prof professeur professeure proprietaire proprio proviseur rapporteur redacteur remplacant remplacante
    requerant requerante resident residente retraite retraitee riverain riveraine sdf secretaire senateur senatrice
    senhor senhora sepulture sergent serrurier sieur signataire signor signora signore soeur soeurs soldat squatteur
    stagiaire succession surveillant surveillante sœur sœurs tante tata tatie technicien technicienne temoin tombe
    tonton toubib tresorier tresoriere tuteur tutrice usager usagere veuf veuve vict victime voisin voisine voisins
    vve""".split()  # noqa: SIM905 - words to be read
)
"""What somebody is, or what is called by a family's name, in front of a name; folded.

In front of anything else a lower-case word follows."""
KIN: Final = frozenset(
    """aine ainee ami amie beau-frere belle-soeur cadet cadette compagne compagnon concubin concubine conjoint conjointe
    copain copine cousin cousine debiteur debitrice epouse epoux fiance fiancee fille fils frere gardien gardienne
    locataire mamie maman marraine mari mere neveu niece nounou occupant occupante oncle papa papi parrain pere
    plaignant plaignante soeur tante temoin tuteur tutrice veuf veuve vict victime voisin voisine""".split()  # noqa: SIM905 - words to be read
)
"""What nobody is for a firm: who is called so is a person, whatever the name."""
_SHORTENED: Final = frozenset(
    """anim clt clte denomme denommee educ stag surnomme surnommee""".split()  # noqa: SIM905 - words to be read
)
"""More of what somebody is, cut as notes cut it, or called."""
APPOSITIONS: Final = ROLES | frozenset(
    """agriculteur agricultrice animateur animatrice artisan benevole bourgmestre chef comptable coordinateur
    coordinatrice cuisinier cuisiniere delegue deleguee echevin echevine eleveur employe employee entraineur
    entraineuse eveque habitant habitante livreur membre procureur procureure referent referente releveur responsable
    retraite retraitee vicaire""".split()  # noqa: SIM905 - words to be read
)
"""What somebody is, after a name and a comma; before a name some of these say what a thing is for."""
TRADE: Final = regex.compile(r"\p{L}{2,}[cdgnrt]ien(?:ne)?|(?!.*[lp]iste)\p{L}{3,}iste")
"""The same by its ending: of what ends so, people alone are called by a name."""
HOUSES: Final = frozenset({"consorts", "epoux", "famill", "famille", "heritiers", "indivision", "veuf", "veuve", "vve"})
"""After one, a capital is enough, in no sentence too: "caveau famille Quettier"."""
PAPERS: Final = frozenset(
    """absence appel bail concession conges courriel courrier demande dossier facture impaye impayes loyer mail message
    pai plainte rdv reclamation relance tutelle visite""".split()  # noqa: SIM905 - words to be read
)
"""What is kept, held or asked by somebody: before a known name alone ("dossier Benali incomplet")."""
ASKED: Final = frozenset(
    """accompagner aider appeler attendre avertir contacter convoquer demander excuser informer joindre prevenir
    rappeler recevoir relancer remercier remplacer rencontrer voir vu vue""".split()  # noqa: SIM905 - words to be read
)
"""Right after one, a given name needs no sentence: "Vu Karim"."""
FIRMS: Final = frozenset(
    """bosch boulanger citroen colas dalkia dell fayat hager kaercher leclerc legrand mercedes mercier michelin peugeot
    philips picard renault schneider siemens thales toyota volvo""".split()  # noqa: SIM905 - words to be read
)
"""Surnames and the like that are rather a firm's: in capitals nothing tells which."""
SAYS_ENOUGH: Final = ASKED | frozenset(
    """avec cc cf chez copie dixit merci ok remis selon signature suivi tel transmis""".split()  # noqa: SIM905 - words to be read
)
"""Right after one, a known name needs no sentence: "suivi Karim"."""
CLOSINGS: Final = frozenset(
    """avance cdlt cdt cordialement greiss gruess gruesse gruss grusse journee merci mfg salutations vous""".split()  # noqa: SIM905 - words to be read
)
"""The last words, folded, of what stands before the given name that signs a note."""


def is_role(word: str) -> bool:
    """Tell whether a folded word says what somebody is."""
    listed = word.rpartition("-")[2] in ROLES or word in ROLES_ELSEWHERE or word in _SHORTENED
    return listed or TRADE.fullmatch(word) is not None
