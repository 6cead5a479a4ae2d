"""Sentences of: settings, the territory's card, the run."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "territory.no-identity": Sentence(
        fr="« {file} » manque : ce dossier n'est pas celui d'un territoire.",
        en="{file} is missing: this folder is not a territory's.",
        cure_fr="Donnez le dossier d'un territoire par ECLOR_TERRITORY ou --territory.",
        cure_en="Name a territory's folder with ECLOR_TERRITORY or --territory.",
    ),
    "territory.identity-shape": Sentence(
        fr="La clé « {key} » de la fiche du territoire manque, est inconnue ou n'a pas la forme attendue.",
        en="Key {key} of the territory's card is missing, unknown or not of the expected form.",
        cure_fr="Comparez avec la fiche d'un autre territoire : mêmes clés, textes entre guillemets.",
        cure_en="Compare with another territory's card: same keys, texts in quotes.",
    ),
    "territory.no-dataset": Sentence(
        fr="Le jeu « {dataset} » a une politique mais pas de fiche « datasets/{dataset}.yaml ».",
        en="Dataset {dataset} has a policy but no datasets/{dataset}.yaml.",
        cure_fr="Écrivez la fiche du jeu : titre, description, colonnes, attentes.",
        cure_en="Write the dataset's card: title, description, columns, expectations.",
    ),
    "territory.no-source": Sentence(
        fr="Aucune source ne livre le jeu « {dataset} ».",
        en="No source delivers dataset {dataset}.",
        cure_fr="Déclarez un flux pour ce jeu dans « sources/ ».",
        cure_en="Declare a flow for this dataset under sources/.",
    ),
    "territory.collected-anyway": Sentence(
        fr="Le jeu « {dataset} » est dit non collecté, et pourtant une politique ou une source le porte.",
        en="Dataset {dataset} is said not to be collected, yet a policy or a source has it.",
        cure_fr="Retirez sa politique et son flux, ou écrivez la fiche d'un jeu collecté.",
        cure_en="Remove its policy and its flow, or write the card of a dataset that is collected.",
    ),
    "territory.collected-before": Sentence(
        fr="Le jeu « {dataset} » est dit non collecté, et pourtant des versions en ont été publiées.",
        en="Dataset {dataset} is said not to be collected, yet versions of it were published.",
        cure_fr="Révoquez sa politique pour qu'il ne sorte plus, et annoncez le refus sous un autre nom de jeu.",
        cure_en="Revoke its policy so that it leaves no more, and announce the refusal under another name.",
    ),
    "run.busy": Sentence(
        fr="Une autre exécution travaille déjà dans « {home} » (processus {pid}).",
        en="Another run is already at work in {home} (process {pid}).",
        cure_fr="Attendez sa fin, arrêtez-la, ou donnez un autre ECLOR_HOME.",
        cure_en="Wait for it, stop it, or name another ECLOR_HOME.",
        status=409,
    ),
    "run.sources-not-started": Sentence(
        fr="Les systèmes simulés du territoire n'ont pas démarré : {reason}.",
        en="The territory's simulated systems did not start: {reason}.",
        cure_fr="Lisez « {log} ».",
        cure_en="Read {log}.",
    ),
    "run.server-ended": Sentence(
        fr="Le serveur s'est arrêté au démarrage (code {status}).",
        en="The server ended while it started (exit status {status}).",
        cure_fr="Lisez la fin de « {log} ».",
        cure_en="Read the end of {log}.",
    ),
    "run.port-taken": Sentence(
        fr="Le port {port} est déjà pris.",
        en="Port {port} is already taken.",
        cure_fr="Choisissez-en un autre : PORT=8001 make run.",
        cure_en="Choose another: PORT=8001 make run.",
    ),
    "run.clock-went-back": Sentence(
        fr="L'horloge recule : le dernier passage date du {last}.",
        en="The clock went back: the last walk was at {last}.",
        cure_fr="Remettez l'horloge à l'heure ; rien n'est publié d'ici là.",
        cure_en="Set the clock right; nothing is published until then.",
    ),
    "run.clock-leapt": Sentence(
        fr="L'horloge dit {now} ; d'après le temps écoulé depuis que la machine tourne, il est {expected}.",
        en="The clock says {now}; by the time that went by since the machine started, it is {expected}.",
        cure_fr="Rien n'est collecté ni publié. Remettez l'horloge à l'heure ; si elle l'est (machine virtuelle mise en "
        "pause), dites-le : « eclor retention run --confirm-clock ».",
        cure_en="Nothing is collected nor published. Set the clock right; if it is (a virtual machine was paused), say "
        "so: eclor retention run --confirm-clock.",
    ),
    "run.no-period": Sentence(
        fr="Aucune période close n'attend d'être publiée.",
        en="No closed period waits to be published.",
    ),
    "run.period-open": Sentence(
        fr="Rien de neuf : la prochaine période se publie à partir du {day}.",
        en="Nothing new: the next period may be published from {day} on.",
    ),
    "run.not-begun": Sentence(
        fr="La politique de « {dataset} » est signée et vaut à partir du {day} : rien n'est demandé à la source avant.",
        en="The policy of {dataset} is signed and holds from {day} on: nothing is asked of its source before.",
    ),
    "run.failed": Sentence(
        fr="Panne interne à la porte « {door} » ({kind}) : rien n'est publié, la version précédente reste.",
        en="Internal failure at door {door} ({kind}): nothing is published, the former version stays.",
        cure_fr="Transmettez le journal technique à l'équipe ; les autres jeux continuent.",
        cure_en="Hand the technical log to the team; the other datasets go on.",
        status=500,
    ),
}
