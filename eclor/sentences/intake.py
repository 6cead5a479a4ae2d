"""Sentences of: door 2 (sources, intake, the raw store, the keys)."""

from typing import Final

from eclor.sentences.sentence import Sentence

_AGAIN_FR: Final = "Les données déjà reçues restent ; la prochaine visite réessaiera."
_AGAIN_EN: Final = "What was received stays; the next visit will try again."
_MAP_FR: Final = "Vérifiez avec l'exploitant, puis mettez à jour « colonnes » dans la déclaration de la source."
_MAP_EN: Final = "Check with the operator, then bring “colonnes” of the source's declaration up to date."
_RESTORE_FR: Final = "Rétablissez le fichier depuis une sauvegarde, ou faites livrer à nouveau ces données."
_RESTORE_EN: Final = "Restore the file from a backup, or have these data delivered again."

_SOURCE: Final[dict[str, Sentence]] = {
    "source.down": Sentence("{host} ne répond pas.", "{host} does not answer.", _AGAIN_FR, _AGAIN_EN, 503),
    "source.slow": Sentence(
        "{host} a mis trop de temps à répondre.", "{host} took too long to answer.", _AGAIN_FR, _AGAIN_EN, 503
    ),
    "source.too-slow": Sentence(
        "L'envoi n'a pas fini dans le temps imparti.",
        "The transfer did not end in time.",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
    "source.truncated": Sentence(
        "{host} a coupé l'envoi avant la fin, ou menti sur sa longueur.",
        "{host} cut the transfer before its end, or lied about its length.",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
    "source.status": Sentence(
        "{host} a répondu par une erreur (HTTP {status}).",
        "{host} answered with an error (HTTP {status}).",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
    "source.asked-to-wait": Sentence(
        "{host} demande d'attendre {seconds} secondes.",
        "{host} asks to wait {seconds} seconds.",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
    "source.not-allowed": Sentence(
        "{host} refuse l'accès (HTTP {status}).",
        "{host} refuses access (HTTP {status}).",
        "Vérifiez le secret de la source et ses droits auprès de l'exploitant.",
        "Check the source's secret and its rights with the operator.",
        503,
    ),
    "source.not-found": Sentence(
        "{host} ne trouve rien à cette adresse (HTTP {status}).",
        "{host} finds nothing at this address (HTTP {status}).",
        "Corrigez « adresse » dans la déclaration ; si elle est juste, dites à la source qu'il manque une page ou un fichier qu'elle annonce.",
        "Correct “adresse” in the declaration; if it is right, tell the source that a page or a file that it announces is missing.",
        503,
    ),
    "source.address": Sentence(
        "L'adresse de la source n'est pas une adresse web.",
        "The source's address is no web address.",
        "Écrivez « http:// » ou « https:// », puis un nom de serveur.",
        "Write “http://” or “https://”, then a server's name.",
    ),
    "source.redirects": Sentence(
        "{host} renvoie d'adresse en adresse.",
        "{host} redirects again and again.",
        "Mettez l'adresse finale dans la déclaration.",
        "Put the final address in the declaration.",
        503,
    ),
    "source.redirected": Sentence(
        "{host} renvoie vers un autre serveur, {target}.",
        "{host} redirects to another server, {target}.",
        "S'il est légitime, ajoutez-le à l'option « hotes » de la source.",
        "If it is legitimate, add it to the option “hotes” of the source.",
        503,
    ),
    "source.html": Sentence(
        "{host} a envoyé une page au lieu de données.",
        "{host} sent a page instead of data.",
        "Ouvrez l'adresse dans un navigateur : page de connexion, d'erreur ou de maintenance ?",
        "Open the address in a browser: a login, error or maintenance page?",
        503,
    ),
    "source.too-big": Sentence(
        "L'envoi dépasse {limit_mib} Mio.",
        "The transfer exceeds {limit_mib} MiB.",
        "Si un envoi si grand est juste, écrivez-en la taille en Mio (option « taille_max » du flux) ; sinon, voyez avec l'exploitant.",
        "If so large a transfer is right, write its size in MiB (the flow's option “taille_max”); else see the operator.",
    ),
    "source.datapackage": Sentence(
        "Le descripteur du Data Package ne se lit pas.",
        "The Data Package's descriptor cannot be read.",
        "Prévenez l'exploitant : « datapackage.json » doit être du JSON avec « resources ».",
        "Tell the operator: “datapackage.json” must be JSON with “resources”.",
    ),
    "source.datapackage-resource": Sentence(
        "Le Data Package offre {found} ressources possibles ; il en faut une, avec un chemin.",
        "The Data Package offers {found} possible resources; one is needed, with a path.",
        "Nommez-la dans l'option « ressource ».",
        "Name it in the option “ressource”.",
    ),
    "source.licence-changed": Sentence(
        "La source n'annonce pas, ou plus, la licence déclarée (« {declared} ») : rien n'en est pris.",
        "The source does not state the declared licence (“{declared}”), or no more: nothing of it is taken.",
        "Lisez ses conditions, décidez, puis mettez à jour « licence » de la source et « licence_source » du jeu. Un fichier "
        "seul n'en annonce pas : ôtez alors « licence ».",
        "Read its terms, decide, then bring “licence” of the source and “licence_source” of the dataset up to date. A file "
        "alone states none: remove “licence” then.",
    ),
    "source.licence-undeclared": Sentence(
        "La source annonce une licence que sa déclaration ne nomme pas : rien n'en est pris.",
        "The source states a licence that its declaration does not name: nothing of it is taken.",
        "Lisez-la, puis écrivez son nom dans l'option « licence » du flux.",
        "Read it, then write its name in the option “licence” of the flow.",
    ),
    "source.not-as-described": Sentence(
        "Le fichier n'a pas la taille ou l'empreinte annoncée.",
        "The file has not the announced size or digest.",
        _AGAIN_FR,
        _AGAIN_EN,
        503,
    ),
    "source.too-many-entities": Sentence(
        "{host} annonce plus de {limit} entités.",
        "{host} announces more than {limit} entities.",
        "Précisez l'option « type » ou « filtre ».",
        "Narrow the option “type” or “filtre”.",
    ),
    "source.no-folder": Sentence(
        "Le dossier de dépôt « {folder} » n'existe pas.",
        "The drop folder “{folder}” does not exist.",
        "Créez-le, ou corrigez « adresse ».",
        "Create it, or correct “adresse”.",
        503,
    ),
    "source.file-changed": Sentence(
        "Ce fichier a changé après avoir été pris, ou pendant sa lecture.",
        "This file changed after it was taken, or while it was read.",
        "Déposez toute correction sous un nouveau nom, d'un seul coup (renommage).",
        "Drop any correction under a new name, at once (by renaming).",
    ),
    "source.no-credential": Sentence(
        "Le secret « {name} » n'est nulle part.",
        "The secret “{name}” is nowhere.",
        "Donnez-le par la variable {variable} ou par le fichier des secrets.",
        "Give it by the variable {variable} or by the secrets file.",
        503,
    ),
    "source.secrets-file": Sentence(
        "Le fichier des secrets « {file} » ne se lit pas.",
        "The secrets file “{file}” cannot be read.",
        "C'est un objet JSON, nom : texte, lisible par eclor seul.",
        "It is a JSON object, name: text, ours alone.",
        503,
    ),
    "source.login-refused": Sentence(
        "Le courtier {host} refuse l'identifiant ou le mot de passe.",
        "The broker {host} refuses the user or the password.",
        "Corrigez le secret de la source (« utilisateur:mot de passe »).",
        "Correct the source's secret (“user:password”).",
        503,
    ),
    "source.broker-refused": Sentence(
        "Le courtier {host} refuse la connexion.",
        "The broker {host} refuses the connection.",
        "Regardez son journal ; essayez un autre « identifiant ».",
        "See its log; try another “identifiant”.",
        503,
    ),
    "source.topic-refused": Sentence(
        "Le courtier {host} refuse l'abonnement.",
        "The broker {host} refuses the subscription.",
        "Vérifiez l'option « sujet » et les droits de lecture.",
        "Check the option “sujet” and the read rights.",
        503,
    ),
    "source.not-subscribed": Sentence(
        "Le courtier {host} n'a pas pris l'abonnement.",
        "The broker {host} did not take the subscription.",
        "Vérifiez le droit de s'abonner et l'adresse ; d'ici là la source est interrogée.",
        "Check the right to subscribe and the address; until then the source is polled.",
        503,
    ),
    "source.no-way-back": Sentence(
        "Le courtier {host} ne peut pas nous joindre, ou le jeton voyagerait en clair.",
        "The broker {host} cannot reach us, or the token would travel in clear.",
        "Donnez ECLOR_NOTIFY_URL, une adresse https que le courtier joint, et l'adresse du courtier en https ; "
        "d'ici là la source est interrogée.",
        "Set ECLOR_NOTIFY_URL, an https address that the broker reaches, and the broker's address in https; "
        "until then the source is polled.",
        500,
    ),
    "source.weak-token": Sentence(
        "Le jeton « {name} » de l'abonnement se devine.",
        "The subscription's token “{name}” can be guessed.",
        "Il faut de 32 à 200 lettres, chiffres, « - » ou « _ », tirés au hasard.",
        "It must be 32 to 200 letters, digits, “-” or “_”, drawn at random.",
        500,
    ),
    "source.lost": Sentence(
        "La liaison avec le courtier est tombée.",
        "The connection to the broker fell.",
        "Rien n'est perdu : ce qui n'était pas acquitté sera redit.",
        "Nothing is lost: what was not acknowledged will be said again.",
        503,
    ),
    "source.nothing-yet": Sentence(
        "Rien n'a encore été reçu pour « {dataset} ».",
        "Nothing was received yet for “{dataset}”.",
        "Attendez la première livraison de « {source} ».",
        "Wait for the first delivery of “{source}”.",
        503,
    ),
}

_INTAKE: Final[dict[str, Sentence]] = {
    "intake.busy": Sentence(
        "Une autre collecte de « {what} » est en cours.",
        "Another harvest of “{what}” is going on.",
        "Attendez qu'elle finisse.",
        "Wait until it ends.",
        409,
    ),
    "intake.column-unmapped": Sentence(
        "La politique de « {dataset} » attend la colonne « {column} », que ce flux ne donne pas.",
        "The policy of “{dataset}” expects the column “{column}”, which this flow does not give.",
        "Ajoutez-la à « colonnes » avec son chemin.",
        "Add it to “colonnes” with its path.",
    ),
    "intake.column-not-in-policy": Sentence(
        "La politique de « {dataset} » ne dit rien de la colonne « {column} ».",
        "The policy of “{dataset}” says nothing of the column “{column}”.",
        "Retirez-la de « colonnes », ou déclarez-la dans la politique et le catalogue.",
        "Remove it from “colonnes”, or declare it in the policy and the catalogue.",
    ),
    "intake.undeclared-column": Sentence(
        "La livraison contient la colonne « {path} », que personne n'a déclarée ({count} sur {columns}).",
        "The delivery holds the column “{path}”, which nobody declared ({count} of {columns}).",
        "Rien n'a été gardé. Demandez à l'exploitant de la retirer, ou déclarez-la.",
        "Nothing was kept. Ask the operator to leave it out, or declare it.",
    ),
    "intake.not-collected": Sentence(
        "La livraison contient « {path} » : la politique interdit de collecter « {column} » (collecte: non).",
        "The delivery holds “{path}”: the policy forbids collecting “{column}” (collecte: non).",
        "Rien n'a été gardé. Demandez à l'exploitant de ne plus l'envoyer.",
        "Nothing was kept. Ask the operator to send it no longer.",
    ),
    "intake.missing-column": Sentence(
        "« {path} » (colonne « {column} ») manque dans la livraison.",
        "“{path}” (column “{column}”) is missing from the delivery.",
        _MAP_FR,
        _MAP_EN,
    ),
    "intake.missing-column-near": Sentence(
        "« {path} » (colonne « {column} ») manque dans la livraison ; « {near} », nouvelle, lui ressemble : renommée ?",
        "“{path}” (column “{column}”) is missing from the delivery; “{near}”, new, looks like it: renamed?",
        "Demandez à l'exploitant ; si oui, écrivez « chemin: {near} » dans la déclaration de la source.",
        "Ask the operator; if so, write “chemin: {near}” in the source's declaration.",
    ),
    "intake.to-come": Sentence(
        "« {path} » (colonne « {column} ») dit un jour à venir, ce qu'elle ne peut pas : {count} lignes sur {rows}, dès la {first}.",
        "“{path}” (column “{column}”) says a day to come, which it cannot: {count} rows of {rows}, from row {first}.",
        "Vérifiez avec l'exploitant comment la date s'écrit : l'ordre du jour et du mois, le siècle (« annees »). Une naissance n'est jamais à venir ; "
        "si la colonne peut l'être (une naissance attendue), écrivez « passe: non ».",
        "Check with the operator how the date is written: the order of day and month, the century (“annees”). A birth is never to come; if "
        "the column may be (a birth that is expected), write “passe: non”.",
    ),
    "intake.century-over": Sentence(
        "Les cent années de la colonne « {column} » finissent en {last} : une date de cette année se lirait cent ans trop tôt.",
        "The hundred years of column “{column}” end in {last}: a date of this year would be read a hundred years too early.",
        "Faites livrer des années de quatre chiffres ; ou avancez « annees » dans la déclaration, si la source n'a plus de date aussi ancienne.",
        "Have years of four digits delivered; or move “annees” on in the declaration, if the source has no date as old any more.",
    ),
    "intake.axes-exchanged": Sentence(
        "« {path} » (colonne « {column} ») donne la latitude avant la longitude : {count} lignes sur {rows}, dès la {first}, tombent hors du "
        "cadre déclaré, et dedans une fois les deux nombres échangés.",
        "“{path}” (column “{column}”) gives the latitude before the longitude: {count} rows of {rows}, from row {first}, lie outside the "
        "declared box, and inside once the two numbers are exchanged.",
        "Vérifiez « cadre » (ouest, sud, est, nord), puis échangez les deux chemins de la colonne, ou faites corriger la source.",
        "Check “cadre” (west, south, east, north), then exchange the two paths of the column, or have the source corrected.",
    ),
    "intake.retyped-column": Sentence(
        "« {path} » (colonne « {column} ») n'est pas du type « {expected} » : {count} lignes sur {rows}, dès la {first}.",
        "“{path}” (column “{column}”) is not of type “{expected}”: {count} rows of {rows}, from row {first}.",
        "{written[fr]} " + _MAP_FR,
        "{written[en]} " + _MAP_EN,
    ),
    "intake.unit-changed": Sentence(
        "« {path} » ne dit plus « {expected} » : l'unité de « {column} » a changé.",
        "“{path}” no longer says “{expected}”: the unit of “{column}” changed.",
        "Corrigez « unite », « multiplier » et « diviser » après accord de l'exploitant.",
        "Correct “unite”, “multiplier” and “diviser” once the operator agrees.",
    ),
    "intake.unit-changed-known": Sentence(
        "« {path} » dit « {found} » et non plus « {expected} » : l'unité de « {column} » a changé.",
        "“{path}” says “{found}” and no longer “{expected}”: the unit of “{column}” changed.",
        "Corrigez « unite », « multiplier » et « diviser » après accord de l'exploitant.",
        "Correct “unite”, “multiplier” and “diviser” once the operator agrees.",
    ),
    "intake.code-list-changed": Sentence(
        "« {path} » (colonne « {column} ») porte à la ligne {first} un code qui n'est pas de sa liste : {expected}.",
        "“{path}” (column “{column}”) holds in row {first} a code that is not of its list: {expected}.",
        "Faites corriger le code s'il désigne quelqu'un ; sinon, demandez à l'exploitant sa nouvelle liste, puis complétez « valeurs » dans "
        "la déclaration de la source.",
        "Have the code corrected if it names somebody; else ask the operator for the new list, then complete “valeurs” in the "
        "source's declaration.",
    ),
    "intake.key-twice": Sentence(
        "{count} lignes répètent une clé ({key}) déjà présente dans la livraison.",
        "{count} rows repeat a key ({key}) that the delivery already holds.",
        "Rien n'a été gardé. Demandez une livraison sans doublon.",
        "Nothing was kept. Ask for a delivery without duplicates.",
    ),
    "intake.maybe-cut": Sentence(
        "La dernière ligne n'a pas de fin : le fichier est peut-être coupé.",
        "The last line has no end: the file may be cut.",
        "Si l'exploitant écrit toujours ainsi, ajoutez l'option « fin_de_ligne: facultative ».",
        "If the operator always writes so, add the option “fin_de_ligne: facultative”.",
    ),
    "intake.append-needs-key": Sentence(
        "Ce flux redonne les mêmes lignes à chaque visite, et « {dataset} » les ajoute.",
        "This flow gives the same rows at each visit, and “{dataset}” adds them.",
        "Ajoutez l'option « cle » (les colonnes qui distinguent une ligne), ou « livraison: complete » au catalogue.",
        "Add the option “cle” (the columns that tell rows apart), or “livraison: complete” to the catalogue.",
    ),
}

_STORE: Final[dict[str, Sentence]] = {
    "store.missing": Sentence(
        "Un fichier de la zone brute manque.", "A file of the raw store is missing.", _RESTORE_FR, _RESTORE_EN, 500
    ),
    "store.damaged": Sentence(
        "Un fichier de la zone brute est abîmé, ou sa clé n'est plus la sienne.",
        "A file of the raw store is damaged, or its key is no longer its own.",
        _RESTORE_FR,
        _RESTORE_EN,
        500,
    ),
    "store.column-changed": Sentence(
        "La colonne « {column} » de « {dataset} » a changé de type entre deux livraisons gardées.",
        "The column “{column}” of “{dataset}” changed its type between two deliveries that are held.",
        "Purgez les anciennes livraisons, ou rétablissez le type.",
        "Purge the older ones, or restore the type.",
        500,
    ),
    "store.no-room": Sentence(
        "Plus de place sur le disque pour « {dataset} ».",
        "No room left on the disk for “{dataset}”.",
        "Libérez de la place : rien n'est perdu, la prochaine visite reprendra.",
        "Free some room: nothing is lost, the next visit will go on.",
        507,
    ),
    "store.busy": Sentence(
        "La zone brute de « {folder} » change sans arrêt.",
        "The raw store of “{folder}” keeps changing.",
        "Réessayez dans un instant.",
        "Try again in a moment.",
        503,
    ),
    "keys.ending": Sentence(
        "Cette clé est détruite en ce moment même : ce qu'elle ouvrait vient d'être remplacé.",
        "This key is being destroyed at this very moment: what it opened has just been replaced.",
        "Rien à faire : le prochain passage lira ce qui le remplace.",
        "Nothing to do: the next run reads what replaces it.",
        503,
    ),
    "keys.damaged": Sentence(
        "Cette clé est abîmée, ou la clé maîtresse n'est plus la même.",
        "This key is damaged, or the master key is no longer the same.",
        "Rétablissez le dossier des clés depuis sa sauvegarde.",
        "Restore the keys' folder from its backup.",
        500,
    ),
}

SENTENCES: Final[dict[str, Sentence]] = _SOURCE | _INTAKE | _STORE
