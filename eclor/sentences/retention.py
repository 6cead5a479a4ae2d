"""Sentences of: the retention, its clock, the rights of people."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "retention.clock-went-back": Sentence(
        fr="L'horloge dit {now}, alors qu'il est au moins {last}, d'après ce qui est écrit et le temps écoulé : "
        "rien n'est effacé.",
        en="The clock says {now}, though it is {last} at least, by what is written and the time that went by: "
        "nothing is destroyed.",
        cure_fr="Remettez l'horloge de la machine à l'heure, puis relancez « eclor retention run ».",
        cure_en="Set the machine's clock right, then run eclor retention run again.",
    ),
    "retention.clock-leapt": Sentence(
        fr="L'horloge dit {now} ; le dernier instant connu est {last} et rien n'explique ce bond : rien n'est effacé.",
        en="The clock says {now}; the last known instant is {last} and nothing explains the leap: nothing is destroyed.",
        cure_fr="Comparez avec une autre horloge. Si l'heure est juste (machine restée éteinte), dites-le : "
        "« eclor retention run --confirm-clock ».",
        cure_en="Compare with another clock. If the time is right (the machine was off), say so: "
        "eclor retention run --confirm-clock.",
    ),
    "retention.clock-unreadable": Sentence(
        fr="« {file} » ne peut pas être lu : le dernier instant connu est perdu, rien n'est effacé.",
        en="{file} cannot be read: the last known instant is lost, nothing is destroyed.",
        cure_fr="Vérifiez l'heure de la machine, puis « eclor retention run --confirm-clock ».",
        cure_en="Check the machine's time, then eclor retention run --confirm-clock.",
    ),
    "retention.busy": Sentence(
        fr="Un effacement, une réponse à quelqu'un ou une purge est en cours (processus {process}, depuis {since}) : "
        "rien n'est fait de ce que vous demandez.",
        en="An erasure, an answer to somebody or a purge is under way (process {process}, since {since}): "
        "nothing of what you ask is done.",
        cure_fr="Attendez la fin, puis demandez de nouveau la même chose.",
        cure_en="Wait until it ends, then ask for the same again.",
        status=503,
    ),
    "retention.no-backup": Sentence(
        fr="« {folder} » ne contient aucune copie du dossier « keys » : rien n'y a été vérifié.",
        en="{folder} holds no copy of the folder keys: nothing was checked there.",
        cure_fr="Donnez la copie du dossier « keys » de la maison, ou un dossier qui en contient.",
        cure_en="Give the copy of the home's folder keys, or a folder that holds such copies.",
    ),
    "retention.purge-failed": Sentence(
        fr="Ce qui devait être effacé de « {dataset} » n'a pas pu l'être (depuis {since}) : rien n'est publié.",
        en="What was due to be destroyed of {dataset} could not be (since {since}): nothing is published.",
        cure_fr="« eclor retention run » dit ce qui résiste ; corrigez-le et relancez.",
        cure_en="eclor retention run says what resists; cure it and run it again.",
    ),
    "retention.overdue": Sentence(
        fr="Des lignes de « {dataset} » devaient être effacées le {due} et sont encore là : rien n'est publié.",
        en="Rows of {dataset} were due to be destroyed on {due} and are still here: nothing is published.",
        cure_fr="Lancez « eclor retention run » et lisez ce qu'il refuse.",
        cure_en="Run eclor retention run and read what it refuses.",
    ),
    "retention.former-ended": Sentence(
        fr="La dernière version de « {dataset} » est arrivée à la fin de sa conservation : la suivante ne peut plus lui "
        "être comparée.",
        en="The last version of {dataset} reached the end of its retention: the next can no longer be compared with it.",
        cure_fr="Le délégué décide : publiez la suite sous un nouveau nom de jeu.",
        cure_en="The DPO decides: publish what follows under a new dataset name.",
    ),
    "rights.kind": Sentence(
        fr="« {kind} » n'est pas une unité que l'on recherche.",
        en="{kind} is not a unit that can be looked for.",
        cure_fr="Une de : {known} ; ou, avec un seul --dataset, le nom d'une de ses colonnes.",
        cure_en="One of: {known}; or, with one --dataset, the name of one of its columns.",
    ),
    "rights.units": Sentence(
        fr="La liste des identifiants est vide, trop longue (plus de {most}) ou n'est pas en UTF-8.",
        en="The list of identifiers is empty, too long (over {most}) or not UTF-8.",
        cure_fr="Un identifiant par ligne, dans un fichier en UTF-8 ou sur l'entrée standard (« - »).",
        cure_en="One identifier a line, in a UTF-8 file or on standard input (-).",
    ),
    "rights.no-file": Sentence(
        fr="La liste des identifiants « {file} » ne peut pas être lue : ce fichier n'existe pas, ou n'est pas à vous.",
        en="The list of identifiers {file} cannot be read: there is no such file, or it is not yours.",
        cure_fr="Vérifiez le chemin. Un identifiant par ligne, en UTF-8 ; « - » lit l'entrée standard.",
        cure_en="Check the path. One identifier a line, UTF-8; - reads standard input.",
    ),
    "rights.no-dataset": Sentence(
        fr="« {dataset} » n'est pas un jeu du territoire.",
        en="{dataset} is not a dataset of the territory.",
        cure_fr="Jeux : {known}.",
        cure_en="Datasets: {known}.",
    ),
    "rights.unreadable": Sentence(
        fr="Ce qui est détenu de « {dataset} » n'a pas pu être lu en entier ({cause}) : la demande n'est pas close.",
        en="What is held of {dataset} could not be read whole ({cause}): the request is not closed.",
        cure_fr="Corrigez, puis refaites la même demande : ce qui est déjà fait ne l'est pas deux fois.",
        cure_en="Cure it, then make the same request again: what is done is not done twice.",
    ),
    "rights.out": Sentence(
        fr="« {folder} » ne peut pas recevoir la réponse : elle existe déjà, ou on ne peut pas y écrire.",
        en="{folder} cannot take the answer: it exists already, or cannot be written.",
        cure_fr="Donnez un dossier vide, que vous seul pouvez lire.",
        cure_en="Give an empty folder that only you can read.",
    ),
}
