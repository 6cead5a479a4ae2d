"""Sentences of: api."""

from typing import Final

from eclor.sentences.sentence import Sentence

_DOCS_FR: Final = "La page /docs décrit chaque adresse."
_DOCS_EN: Final = "The page /docs describes every address."

SENTENCES: Final[dict[str, Sentence]] = {
    "pages.not-built": Sentence(
        fr="Les feuilles de style et scripts des pages n'ont pas été construits dans « {folder} ».",
        en="The pages' style sheets and scripts have not been built in {folder}.",
        cure_fr="Lancez « make install », qui les construit.",
        cure_en="Run make install, which builds them.",
        status=500,
    ),
    "api.no-page": Sentence(
        fr="Il n'y a rien à cette adresse.",
        en="There is nothing at this address.",
        cure_fr=_DOCS_FR,
        cure_en=_DOCS_EN,
        status=404,
    ),
    "api.method": Sentence(
        fr="Cette adresse ne se demande pas avec cette méthode.",
        en="This address does not take that method.",
        cure_fr="L'en-tête « Allow » dit lesquelles.",
        cure_en="The “Allow” header says which.",
        status=405,
    ),
    "api.no-dataset": Sentence(
        fr="Aucun jeu de données ne porte ce nom.",
        en="No dataset has that name.",
        cure_fr="« /api/v1/datasets » donne tous les noms.",
        cure_en="“/api/v1/datasets” gives every name.",
        status=404,
    ),
    "api.not-published": Sentence(
        fr="Le jeu « {dataset} » n'a encore aucune version publiée.",
        en="The dataset “{dataset}” has no published version yet.",
        cure_fr="Sa page en dit la raison ; son fil annonce la première version.",
        cure_en="Its page says why; its feed announces the first version.",
        status=404,
    ),
    "api.no-version": Sentence(
        fr="Le jeu « {dataset} » n'a pas de version de ce numéro.",
        en="The dataset “{dataset}” has no version of that number.",
        cure_fr="« /api/v1/datasets/{dataset} » donne la version en cours.",
        cure_en="“/api/v1/datasets/{dataset}” gives the current version.",
        status=404,
    ),
    "api.no-file": Sentence(
        fr="Le jeu « {dataset} » n'existe pas dans ce format.",
        en="The dataset “{dataset}” does not exist in that format.",
        cure_fr="Formats de cette version : {formats}.",
        cure_en="Formats of this version: {formats}.",
        status=404,
    ),
    "api.withdrawn": Sentence(
        fr="La version {version} du jeu « {dataset} » est retirée. Raison : {reason}",
        en="Version {version} of the dataset “{dataset}” is withdrawn. Reason, in French: {reason}",
        cure_fr="Le lien « successor-version » de la réponse, s'il est là, mène à celle qui la remplace.",
        cure_en="The answer's “successor-version” link, if there, leads to the one that takes its place.",
        status=410,
    ),
    "api.register-incomplete": Sentence(
        fr="Le registre ne peut pas être donné en entier : les textes de {count} jeu(x) de données sont illisibles.",
        en="The register cannot be given whole: the texts of {count} dataset(s) cannot be read.",
        cure_fr="Lisez la page du registre, qui nomme ce qui manque, ou réessayez plus tard.",
        cure_en="Read the register's page, which names what is missing, or try again later.",
        status=503,
    ),
    "api.bytes-missing": Sentence(
        fr="Le fichier est momentanément illisible.",
        en="The file cannot be read at the moment.",
        cure_fr="Réessayez dans une minute.",
        cure_en="Try again in a minute.",
        status=503,
    ),
    "api.precondition": Sentence(
        fr="Ce n'est plus la représentation que « If-Match » attend.",
        en="This is no longer the representation that “If-Match” expects.",
        cure_fr="Demandez-la sans « If-Match » pour avoir l'étiquette d'aujourd'hui.",
        cure_en="Ask without “If-Match” to get today's tag.",
        status=412,
    ),
    "api.range": Sentence(
        fr="La plage demandée commence après la fin du fichier.",
        en="The range asked for begins after the end of the file.",
        cure_fr="L'en-tête « Content-Range » donne la taille.",
        cure_en="The “Content-Range” header gives the size.",
        status=416,
    ),
    "api.not-acceptable": Sentence(
        fr="Aucun des formats acceptés n'existe ici.",
        en="None of the accepted formats exists here.",
        cure_fr="Formats : {formats}.",
        cure_en="Formats: {formats}.",
        status=406,
    ),
    "api.unknown-column": Sentence(
        fr="Le jeu « {dataset} » n'a pas de colonne « {column} ».{guess_fr}",
        en="The dataset “{dataset}” has no column “{column}”.{guess_en}",
        cure_fr="Colonnes : {columns}.",
        cure_en="Columns: {columns}.",
        status=400,
    ),
    "api.unknown-operator": Sentence(
        fr="« {operator} » n'est pas une comparaison connue.",
        en="“{operator}” is not a known comparison.",
        cure_fr="Comparaisons : {operators}.",
        cure_en="Comparisons: {operators}.",
        status=400,
    ),
    "api.bad-value": Sentence(
        fr="La valeur donnée pour « {column} » n'est pas du type de la colonne ({type}).",
        en="The value given for “{column}” is not of the column's type ({type}).",
        cure_fr="Donnez un nombre écrit en chiffres, un point pour les décimales.",
        cure_en="Give a number in digits, with a point for decimals.",
        status=400,
    ),
    "api.bad-parameter": Sentence(
        fr="Le paramètre « {parameter} » n'est pas utilisable.",
        en="The parameter “{parameter}” cannot be used.",
        cure_fr="Attendu : {expected}.",
        cure_en="Expected: {expected}.",
        status=400,
    ),
    "api.bad-cursor": Sentence(
        fr="Ce curseur ne vient pas de cette question.",
        en="This cursor does not come from this question.",
        cure_fr="Reprenez sans « cursor », ou suivez le lien « next » tel qu'il est.",
        cure_en="Start again without “cursor”, or follow the “next” link as it is.",
        status=400,
    ),
    "api.too-slow": Sentence(
        fr="Cette question demande trop de calcul.",
        en="This question takes too much computing.",
        cure_fr="Filtrez davantage, ou téléchargez le fichier entier.",
        cure_en="Filter more, or download the whole file.",
        status=503,
    ),
    "api.not-live": Sentence(
        fr="Le jeu « {dataset} » n'est pas suivi en direct.",
        en="The dataset “{dataset}” is not a live one.",
        cure_fr="Jeux en direct : {live}. Pour les autres, le fil « /dataset/{dataset}/feed.atom » annonce les versions.",
        cure_en="Live datasets: {live}. For others, the feed “/dataset/{dataset}/feed.atom” announces versions.",
        status=404,
    ),
    "api.too-many-listeners": Sentence(
        fr="Trop de lecteurs suivent déjà le direct ici.",
        en="Too many readers already follow live datasets here.",
        cure_fr="Réessayez dans une minute.",
        cure_en="Try again in a minute.",
        status=503,
    ),
    "api.unavailable": Sentence(
        fr="Le catalogue ne répond pas en ce moment.",
        en="The catalogue does not answer at the moment.",
        cure_fr="Réessayez dans une minute.",
        cure_en="Try again in a minute.",
        status=503,
    ),
    "api.failed": Sentence(
        fr="Le serveur a échoué. Ce n'est pas votre demande qui est en cause.",
        en="The server failed. Your request is not the cause.",
        cure_fr="Réessayez ; si cela dure, prévenez le service du territoire.",
        cure_en="Try again; if it lasts, tell the territory's service.",
        status=500,
    ),
    "api.other": Sentence(
        fr="Cette demande ne peut pas recevoir de réponse.",
        en="This request cannot be answered.",
        cure_fr=_DOCS_FR,
        cure_en=_DOCS_EN,
        status=400,
    ),
}
