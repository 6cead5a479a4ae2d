"""Sentences of: catalog."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "catalog.database-url": Sentence(
        fr="ECLOR_DATABASE_URL ne nomme pas une base utilisable.",
        en="ECLOR_DATABASE_URL names no usable database.",
        cure_fr="Écrivez « sqlite:///FICHIER » ou « postgresql+psycopg://UTILISATEUR@HÔTE/BASE ».",
        cure_en='Write "sqlite:///FILE" or "postgresql+psycopg://USER@HOST/DATABASE".',
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
        fr="L'horloge de la machine a reculé : le journal refuse une date antérieure à sa dernière entrée.",
        en="The machine's clock went back: the journal refuses a date before its last entry.",
        cure_fr="Remettez la machine à l'heure, puis relancez.",
        cure_en="Set the machine's clock right, then run again.",
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
    ),
    "journal.broken": Sentence(
        fr="La chaîne du journal est rompue à l'entrée n° {index}.",
        en="The journal's chain is broken at entry {index}.",
    ),
    "journal.torn": Sentence(
        fr="La dernière ligne de {file} est incomplète.",
        en="The last line of {file} is not whole.",
        cure_fr="Après un arrêt brutal, « eclor run » la retire et le consigne ; sinon, le journal a été altéré.",
        cure_en='After a kill, "eclor run" removes it and records that; otherwise the journal was altered.',
    ),
    "journal.cut-short": Sentence(
        fr="Le journal a perdu des entrées : une tête signée nomme l'entrée n° {index}, qui n'y est plus.",
        en="The journal lost entries: a signed head names entry {index}, which is gone.",
    ),
    "journal.no-entry": Sentence(
        fr="Le journal n'a pas d'entrée n° {index}.",
        en="The journal has no entry {index}.",
    ),
    "journal.head-unreadable": Sentence(
        fr="Une tête signée du journal ne se lit pas : elle a été altérée.",
        en="A signed head of the journal cannot be read: it was altered.",
    ),
    "journal.head-differs": Sentence(
        fr="La tête signée n° {index} ne parle pas de l'entrée qui est là : le journal a été réécrit.",
        en="Signed head {index} does not speak of the entry that is there: the journal was rewritten.",
    ),
    "journal.head-signature": Sentence(
        fr="La signature de la tête n° {index} du journal est fausse.",
        en="The signature of the journal's head {index} is wrong.",
    ),
    "journal.segment-unreadable": Sentence(
        fr="Le segment de journal de la preuve ne se lit pas.",
        en="The proof's segment of the journal cannot be read.",
    ),
    "journal.key-unreadable": Sentence(
        fr="La clé publique du journal ne se lit pas.",
        en="The journal's public key cannot be read.",
    ),
}
