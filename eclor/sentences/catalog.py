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
}
