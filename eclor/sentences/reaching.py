"""Sentences of: how sources are reached (addresses, pages, tables of a database)."""

from typing import Final

from eclor.sentences.sentence import Sentence

_AGAIN_FR: Final = "Les données déjà reçues restent ; la prochaine visite recommencera."
_AGAIN_EN: Final = "What was received stays; the next visit will begin again."
_TELL_FR: Final = "Prévenez l'exploitant ; les données déjà reçues restent."
_TELL_EN: Final = "Tell the operator; what was received stays."

SENTENCES: Final[dict[str, Sentence]] = {
    "source.private-address": Sentence(
        "{host} mène à {target}, une machine d'un réseau privé que la déclaration ne nomme pas.",
        "{host} leads to {target}, a machine of a private network that the declaration does not name.",
        "Si ce réseau est le vôtre, ajoutez l'option « reseau: interne » à la source ; sinon prévenez l'exploitant.",
        "If the network is yours, add the option “reseau: interne” to the source; else tell the operator.",
        503,
    ),
    "source.tls": Sentence(
        "La connexion chiffrée avec {host} est refusée : certificat périmé, d'un autre nom ou d'une autorité inconnue.",
        "The encrypted connection to {host} is refused: its certificate ended, has another name or an unknown authority.",
        "Prévenez l'exploitant. Une autorité interne s'ajoute par SSL_CERT_FILE, jamais en renonçant à vérifier.",
        "Tell the operator. An authority of your own is added by SSL_CERT_FILE, never by not checking.",
        503,
    ),
    "source.host-busy": Sentence(
        "{host} est déjà visité par d'autres flux, et son tour n'est pas venu.",
        "{host} is being visited by other flows, and its turn did not come.",
        "Rien à faire : la prochaine visite réessaiera. Si cela dure, espacez « toutes_les » des flux de ce serveur.",
        "Nothing to do: the next visit will try again. If it lasts, lengthen “toutes_les” of this server's flows.",
        503,
    ),
    "source.older": Sentence(
        "{host} a répondu avec un état plus ancien que celui qui est déjà reçu : une copie en retard, sur le chemin.",
        "{host} answered with an older state than the one that was received: a late copy, on the way.",
        "Rien à faire : la prochaine visite redemandera. Si cela dure, prévenez l'exploitant ; ce qui est reçu reste.",
        "Nothing to do: the next visit will ask again. If it lasts, tell the operator; what was received stays.",
        503,
    ),
    "source.bomb": Sentence(
        "L'envoi compressé de {host} se déplie au-delà du raisonnable.",
        "The compressed transfer of {host} unpacks beyond reason.",
        _TELL_FR,
        _TELL_EN,
        503,
    ),
    "source.coding": Sentence(
        "{host} a compressé son envoi autrement que demandé (gzip).",
        "{host} compressed its transfer otherwise than asked for (gzip).",
        _TELL_FR,
        _TELL_EN,
        503,
    ),
    "pages.loop": Sentence(
        "{host} renvoie à une page déjà lue.",
        "{host} leads back to a page that was read already.",
        _TELL_FR,
        _TELL_EN,
        503,
    ),
    "pages.too-many": Sentence(
        "{host} donne plus de {limit} pages.",
        "{host} gives more than {limit} pages.",
        "Demandez des pages plus grandes, ou partagez l'adresse en plusieurs flux (par date, par commune).",
        "Ask for larger pages, or split the address into several flows (by date, by commune).",
    ),
    "pages.incomplete": Sentence(
        "{host} annonçait {announced} lignes et en a donné {found}.",
        "{host} announced {announced} rows and gave {found}.",
        f"{_AGAIN_FR} Si l'écart demeure, demandez à l'exploitant ce que compte ce total.",
        f"{_AGAIN_EN} If they still differ, ask the operator what this total counts.",
        503,
    ),
    "pages.no-list": Sentence(
        "La réponse de {host} n'a pas la liste qu'attend « pages: {pages} ».",
        "The answer of {host} lacks the list that “pages: {pages}” expects.",
        "Vérifiez l'adresse et le mot de l'option « pages ».",
        "Check the address and the word of the option “pages”.",
    ),
    "pages.wall": Sentence(
        "{host} annonce {announced} lignes, mais n'en donne pas plus de {limit} page par page.",
        "{host} announces {announced} rows, but gives no more than {limit} page by page.",
        "Partagez l'adresse en plusieurs flux : par date, par commune, par station.",
        "Split the address into several flows: by date, by commune, by station.",
    ),
    "pages.wall-exports": Sentence(
        "{host} annonce {announced} lignes, mais n'en donne pas plus de {limit} page par page.",
        "{host} announces {announced} rows, but gives no more than {limit} page by page.",
        "Prenez l'export entier : remplacez « /records » par « /exports/json » et retirez l'option « pages ».",
        "Take the whole export: replace “/records” by “/exports/json” and remove the option “pages”.",
    ),
    "sql.address": Sentence(
        "Le secret « {name} » n'est pas l'adresse d'une base que l'on sait lire.",
        "The secret “{name}” is no address of a database that can be read.",
        "Écrivez « postgresql://utilisateur:mot de passe@serveur/base » ou « sqlite:////chemin/absolu ».",
        "Write “postgresql://user:password@server/database” or “sqlite:////absolute/path”.",
        503,
    ),
    "sql.no-secret": Sentence(
        "Une base ne se lit qu'avec un secret, qui donne son adresse.",
        "A database is read with a secret only, which gives its address.",
        "Ajoutez « secret: NOM » au flux.",
        "Add “secret: NAME” to the flow.",
    ),
    "sql.table": Sentence(
        "« {table} » n'est pas un nom de table ou de vue.",
        "“{table}” is no name of a table or a view.",
        "Écrivez « table » ou « schema.table » dans « adresse » : aucune requête n'y est permise.",
        "Write “table” or “schema.table” in “adresse”: no query may stand there.",
    ),
    "sql.down": Sentence(
        "La base ne répond pas, ou refuse la connexion.",
        "The database does not answer, or refuses the connection.",
        "Vérifiez le serveur, le compte et son droit de lire ; les données déjà reçues restent.",
        "Check the server, the account and its right to read; what was received stays.",
        503,
    ),
    "sql.no-table": Sentence(
        "La base n'a pas de table ni de vue « {table} » que ce compte puisse lire.",
        "The database has no table or view “{table}” that this account may read.",
        "Corrigez « adresse », ou donnez au compte le droit de lire.",
        "Correct “adresse”, or grant the account the right to read.",
        503,
    ),
    "sql.no-column": Sentence(
        "« {table} » n'a pas de colonne « {path} » (colonne « {column} »).",
        "“{table}” has no column “{path}” (column “{column}”).",
        "Vérifiez avec l'exploitant, puis mettez à jour « colonnes » dans la déclaration de la source.",
        "Check with the operator, then bring “colonnes” of the source's declaration up to date.",
    ),
    "sql.cut": Sentence(
        "La base a interrompu la lecture de « {table} ».",
        "The database interrupted the reading of “{table}”.",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
}
