"""Sentences of: catalog."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

NOTES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "delivery": "Livraison du {day}",
        "periods": "De {first} à {last}",
        "policy": "Nouvelle politique, version {version}",
        "quarter": "trimestre {number} de {year}",
        "revision": "Périodes rectifiées",
        "state": "État du {at}",
        "week": "semaine {number} de {year}",
    }
)
"""Why a version came."""

TROUBLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unavailable": "La source n'a pas répondu au dernier passage. Ce qui était publié le reste.",
        "failed": "Le dernier passage s'est arrêté sur une panne interne. Ce qui était publié le reste.",
        "paused": "La collecte est en pause, par décision d'une personne. Ce qui était publié le reste.",
    }
)
"""What a page says of a walk that ended badly without a refusal: where a source stands is nobody's business."""

HOW_TO_VERIFY: Final = (
    "Téléchargez ce dossier (les fichiers de « files », et proof.json), puis lancez « eclor verify DOSSIER ». "
    "À la main : le SHA-256 de chaque fichier est celui de « files » ; la forme RFC 8785 de ce document sans « journal » "
    "a pour SHA-256 le « digest » de la première entrée du journal ; chaque entrée porte dans « precedent » le SHA-256 "
    "de celle d'avant ; « head » signe la dernière (Ed25519, enveloppe DSSE). La clé « journal.key » doit être celle que "
    "le territoire affiche sur la page du journal. Les actes d'actes.jsonl sont signés par les clés de roles.yaml."
)
"""What a proof tells its reader to do."""

CHECKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "files": "{files} fichiers : chacun est, à l'octet près, celui de la preuve.",
        "journal": "Entrée n° {index} du journal : elle parle de cette preuve ; sa chaîne est signée par {key}.",
        "texts": "Politique version {policy_version}, charte, rôles et catalogue : mis en vigueur par {people}.",
        "lignes": "{rows} lignes dans chaque format.",
        "tableau": "{rows} lignes, dont {masked} masquées : vides dans tous les formats, et aucun comptage sous le seuil.",
    }
)
"""What a verification checked."""

_JOURNAL_FR: Final = (
    "Si c'est le journal de cette installation, ne publiez plus rien avant de l'avoir restauré d'une sauvegarde ; si c'est celui d'une "
    "version téléchargée, téléchargez-la à nouveau."
)
_JOURNAL_EN: Final = (
    "If it is the journal of this installation, publish nothing before it is restored from a backup; if it is that of a downloaded "
    "version, download it again."
)
_AGAIN_FR: Final = "Téléchargez la version à nouveau ; si rien ne change, prévenez le territoire : elle n'est pas celle qui fut publiée."
_AGAIN_EN: Final = (
    "Download the version again; if nothing changes, tell the territory: it is not the one that was published."
)

SENTENCES: Final[dict[str, Sentence]] = {
    "catalog.database-url": Sentence(
        fr="ECLOR_DATABASE_URL ne nomme pas une base utilisable.",
        en="ECLOR_DATABASE_URL names no usable database.",
        cure_fr="Écrivez « sqlite:///FICHIER » ou « postgresql+psycopg://UTILISATEUR@HÔTE/BASE ».",
        cure_en='Write "sqlite:///FILE" or "postgresql+psycopg://USER@HOST/DATABASE".',
    ),
    "catalog.no-database": Sentence(
        fr="La base des métadonnées ne répond pas ou ne se lit pas ({cause}).",
        en="The metadata database does not answer or cannot be read ({cause}).",
        cure_fr="Vérifiez ECLOR_DATABASE_URL, la place libre et que le disque n'est pas en lecture seule, ou restaurez "
        "« catalog.sqlite » depuis la sauvegarde.",
        cure_en="Check ECLOR_DATABASE_URL, the free room and that the disk is not read-only, or restore catalog.sqlite "
        "from the backup.",
        status=503,
    ),
    "catalog.newer-database": Sentence(
        fr="La base des métadonnées vient d'une version d'eclor plus récente : elle en est à la migration {migration}, celle-ci s'arrête à {newest}.",
        en="The metadata database comes from a newer version of eclor: it is at migration {migration}, this one ends at {newest}.",
        cure_fr="Relancez avec cette version plus récente, ou restaurez la sauvegarde faite avant la mise à jour. Rien n'a été changé.",
        cure_en="Start that newer version again, or restore the backup made before the update. Nothing was changed.",
        status=503,
    ),
    "catalog.storage-url": Sentence(
        fr="ECLOR_STORAGE_URL est réglé, mais cette version d'eclor ne publie que dans un dossier local.",
        en="ECLOR_STORAGE_URL is set, but this version of eclor publishes to a local folder only.",
        cure_fr="Retirez ce réglage : les versions vont sous ECLOR_HOME/published.",
        cure_en="Remove that setting: versions go under ECLOR_HOME/published.",
    ),
    "catalog.no-room": Sentence(
        fr="Il n'y a plus de place sur le disque pour écrire {what} : rien n'est publié, la version précédente reste.",
        en="There is no room left on the disk to write {what}: nothing is published, the former version stays.",
        cure_fr="Libérez de la place sous ECLOR_HOME, puis relancez.",
        cure_en="Free some room under ECLOR_HOME, then run again.",
        status=507,
    ),
    "catalog.not-written": Sentence(
        fr="Impossible d'écrire {what} : rien n'est publié, la version précédente reste.",
        en="{what} cannot be written: nothing is published, the former version stays.",
        cure_fr="Vérifiez les droits et le disque d'ECLOR_HOME, puis relancez.",
        cure_en="Check the rights and the disk of ECLOR_HOME, then run again.",
        status=500,
    ),
    "journal.clock-went-back": Sentence(
        fr="L'horloge de la machine dit {now}, avant la dernière entrée du journal ({last}) : il n'en prend pas d'autre.",
        en="The machine's clock says {now}, before the journal's last entry ({last}): it takes no other.",
        cure_fr="Remettez la machine à l'heure, puis relancez. Si elle l'est, une horloge avançait quand cette entrée fut "
        "écrite : attendez cette date, ou reprenez la sauvegarde d'avant.",
        cure_en="Set the machine's clock right, then run again. If it is, a clock was ahead when that entry was written: "
        "wait for that date, or go back to the backup from before.",
        status=500,
    ),
    "journal.key-lost": Sentence(
        fr="La clé du journal (ECLOR_HOME/keys/journal.key) manque ou n'est pas celle avec laquelle il a été ouvert.",
        en="The journal's key (ECLOR_HOME/keys/journal.key) is missing or is not the one it was begun with.",
        cure_fr="Restaurez cette clé depuis la sauvegarde ; sans elle, rien ne se publie.",
        cure_en="Restore that key from the backup; nothing is published without it.",
        status=500,
    ),
    "journal.unreadable": Sentence(
        fr="L'entrée n° {index} du journal ne se lit pas : elle a été altérée.",
        en="Entry {index} of the journal cannot be read: it was altered.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.broken": Sentence(
        fr="La chaîne du journal est rompue à l'entrée n° {index}.",
        en="The journal's chain is broken at entry {index}.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.torn": Sentence(
        fr="La dernière ligne de {file} est incomplète.",
        en="The last line of {file} is not whole.",
        cure_fr="Après un arrêt brutal, « eclor run » la retire et le consigne ; sinon, le journal a été altéré.",
        cure_en='After a kill, "eclor run" removes it and records that; otherwise the journal was altered.',
    ),
    "journal.cut-short": Sentence(
        fr="Le journal a perdu des entrées : une tête signée ou les actes disent qu'il allait à l'entrée n° {index}.",
        en="The journal lost entries: a signed head or the acts say that it went up to entry {index}.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.forked": Sentence(
        fr="Ce journal n'est pas celui dont vient la tête n° {index} : deux copies ont continué chacune de leur côté.",
        en="This journal is not the one that head {index} comes from: two copies went on apart.",
        cure_fr="Gardez celle dont les versions sont publiées ; l'autre ne doit plus écrire.",
        cure_en="Keep the one whose versions are published; the other must write no more.",
    ),
    "journal.no-entry": Sentence(
        fr="Le journal n'a pas d'entrée n° {index}.",
        en="The journal has no entry {index}.",
    ),
    "journal.head-unreadable": Sentence(
        fr="Une tête signée du journal ne se lit pas : elle a été altérée.",
        en="A signed head of the journal cannot be read: it was altered.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.head-differs": Sentence(
        fr="La tête signée n° {index} ne parle pas de l'entrée qui est là : le journal a été réécrit.",
        en="Signed head {index} does not speak of the entry that is there: the journal was rewritten.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.head-signature": Sentence(
        fr="La signature de la tête n° {index} du journal est fausse.",
        en="The signature of the journal's head {index} is wrong.",
        cure_fr=_JOURNAL_FR,
        cure_en=_JOURNAL_EN,
    ),
    "journal.segment-unreadable": Sentence(
        fr="Le segment de journal de la preuve ne se lit pas.",
        en="The proof's segment of the journal cannot be read.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "journal.key-unreadable": Sentence(
        fr="La clé publique du journal ne se lit pas.",
        en="The journal's public key cannot be read.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "catalog.busy": Sentence(
        fr="Une autre publication est en cours (processus {process}, depuis {since}).",
        en="Another publication is under way (process {process}, since {since}).",
        cure_fr="Attendez qu'elle finisse, ou arrêtez ce processus.",
        cure_en="Wait until it ends, or stop that process.",
        status=503,
    ),
    "catalog.not-recorded": Sentence(
        fr="La version {version} de « {dataset} » est écrite mais la base ne répond pas : elle sera servie au retour.",
        en='Version {version} of "{dataset}" is written but the database does not answer: it will be served once back.',
        cure_fr="Rétablissez la base ; le prochain passage termine la publication.",
        cure_en="Bring the database back; the next run ends the publication.",
        status=503,
    ),
    "verify.unreadable": Sentence(
        fr="{file} ne se lit pas : il manque ou a été altéré.",
        en="{file} cannot be read: it is missing or was altered.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.other-texts": Sentence(
        fr="La politique, la charte, les rôles ou le catalogue ne sont pas ceux que la preuve nomme.",
        en="The policy, the charter, the roles or the catalogue are not those that the proof names.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.acts": Sentence(
        fr="Les actes de la politique ne tiennent pas : {reason}",
        en="The policy's acts do not hold: {reason}",
        cure_fr="Si ce sont les vôtres, restaurez-les depuis une sauvegarde. D'une version téléchargée, ne faites rien avant de l'avoir reprise ; si cela demeure, prévenez le territoire.",
        cure_en="If they are yours, restore them from a backup. Of a version that you downloaded make no use before you have taken it again; if it remains, tell the territory.",
    ),
    "verify.not-in-force": Sentence(
        fr="La politique n'est pas en vigueur : ses actes la disent « {state} ».",
        en='The policy is not in force: its acts say "{state}".',
        cure_fr="Si elle est la vôtre, « eclor act status » dit quel acte elle attend. D'une version téléchargée, ne faites rien : rien ne devait paraître sous elle ce jour-là. Prévenez le territoire.",
        cure_en="If it is yours, “eclor act status” says which act it waits for. Make no use of a version that you downloaded: nothing was to be published under it that day. Tell the territory.",
    ),
    "verify.altered": Sentence(
        fr="{file} a été altéré : ce n'est pas, à l'octet près, le fichier publié.",
        en="{file} was altered: it is not, to the byte, the published file.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.stranger": Sentence(
        fr="{file} est dans le dossier, mais la preuve ne le nomme pas.",
        en="{file} is in the folder, but the proof does not name it.",
        cure_fr="Retirez-le, ou téléchargez le dossier à nouveau.",
        cure_en="Remove it, or download the folder again.",
    ),
    "verify.other-entry": Sentence(
        fr="L'entrée n° {index} du journal ne parle pas de cette preuve : la preuve a été altérée.",
        en="Entry {index} of the journal does not speak of this proof: the proof was altered.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.signatories": Sentence(
        fr="Les signataires de la preuve ne sont pas ceux des actes.",
        en="The proof's signatories are not those of the acts.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.counts": Sentence(
        fr="{file} n'a pas autant de lignes, ou de lignes masquées, que la preuve le dit.",
        en="{file} has not as many rows, or masked rows, as the proof says.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.promise": Sentence(
        fr="{file} montre une ligne que la politique interdit : masquée mais remplie, ou sous le seuil.",
        en="{file} shows a row that the policy forbids: masked but filled, or under the threshold.",
        cure_fr="N'en faites pas usage, et prévenez le territoire.",
        cure_en="Make no use of it, and tell the territory.",
    ),
    "verify.other-key": Sentence(
        fr="La preuve est signée par {found}, pas par la clé attendue {expected}.",
        en="The proof is signed by {found}, not by the expected key {expected}.",
        cure_fr="Demandez sa clé au territoire par une autre voie : si ce n'est pas {found}, la version n'est pas la sienne.",
        cure_en="Ask the territory for its key by another way: if it is not {found}, the version is not its own.",
    ),
    "verify.not-there": Sentence(
        fr="{target} n'est ni un dossier, ni une adresse http(s) qui réponde.",
        en="{target} is neither a folder nor an http(s) address that answers.",
        cure_fr="Donnez le dossier d'une version, ou son adresse : …/dataset/JEU/versions/N.",
        cure_en="Give a version's folder, or its address: …/dataset/NAME/versions/N.",
    ),
    "verify.too-long": Sentence(
        fr="{file} est plus long que la preuve ne le dit.",
        en="{file} is longer than the proof says.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "verify.other-journal": Sentence(
        fr="La version {version} de « {dataset} » porte une entrée n° {index} que le journal n'a pas ainsi.",
        en='Version {version} of "{dataset}" holds an entry {index} that the journal does not have so.',
        cure_fr="L'un des deux a été réécrit : restaurez celui qui diffère de la sauvegarde ou de la version que d'autres ont téléchargée.",
        cure_en="One of the two was rewritten: restore the one that differs from the backup, or from the version that others downloaded.",
    ),
}
