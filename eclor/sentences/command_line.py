"""Sentences of: a command that was not typed as it is written."""

from typing import Final

from eclor.sentences.sentence import Sentence

_CURE_FR: Final = "Ce que la commande attend : {help}"
_CURE_EN: Final = "What the command expects: {help}"

SENTENCES: Final[dict[str, Sentence]] = {
    "command.unknown": Sentence(
        fr="« {given} » n'est pas une commande de « {command} ».{meant_fr}",
        en="{given} is no command of {command}.{meant_en}",
        cure_fr="Toutes les commandes : {help}",
        cure_en="All commands: {help}",
    ),
    "settings.unreadable": Sentence(
        fr="Un réglage a une valeur qui ne se lit pas : {names}.",
        en="A setting has a value that cannot be read: {names}.",
        cure_fr="Corrigez cette variable d'environnement ; docs/operator/settings.md dit ce qu'elle prend.",
        cure_en="Correct that environment variable; docs/operator/settings.md says what it takes.",
    ),
    "command.none": Sentence(
        fr="Il manque la commande après « {command} ».",
        en="A command is missing after {command}.",
        cure_fr="Toutes les commandes : {help}",
        cure_en="All commands: {help}",
    ),
    "command.no-option": Sentence(
        fr="L'option « {given} » n'existe pas.{meant_fr}",
        en="There is no option {given}.{meant_en}",
        cure_fr="Toutes les options : {help}",
        cure_en="All options: {help}",
    ),
    "command.no-value": Sentence(
        fr="L'option « {given} » attend une valeur, et n'en a pas.",
        en="Option {given} expects a value and has none.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "command.missing": Sentence(
        fr="Il manque « {given} ».",
        en="{given} is missing.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "command.extra": Sentence(
        fr="Trop de mots après « {command} ».",
        en="Too many words after {command}.",
        cure_fr="Un nom qui contient une espace s'écrit entre guillemets. " + _CURE_FR,
        cure_en="A name with a space in it is written in quotes. " + _CURE_EN,
    ),
    "command.no-file": Sentence(
        fr="« {given} » : « {value} » n'existe pas dans le dossier « {folder} ».",
        en="{given}: {value} does not exist in folder {folder}.",
        cure_fr="Vérifiez le chemin : il part de ce dossier, sauf s'il commence par « / ».",
        cure_en="Check the path: it begins in this folder, unless it begins with a slash.",
    ),
    "command.interrupted": Sentence(
        fr="La commande a été arrêtée (Ctrl-C) avant sa réponse.",
        en="The command was stopped (Ctrl-C) before its answer.",
        cure_fr="Relancez-la si vous attendez encore cette réponse.",
        cure_en="Run it again if you still expect that answer.",
    ),
    "command.no-reply": Sentence(
        fr="La commande a posé une question, et personne ne peut y répondre ici : rien n'a été fait.",
        en="The command asked a question, and nobody can reply to it here: nothing was done.",
        cure_fr="Relancez-la dans un terminal, ou répondez d'avance par ses options : {help}",
        cure_en="Run it again in a terminal, or reply beforehand by its options: {help}",
    ),
    "command.no-room": Sentence(
        fr="Il n'y a plus de place sur le disque pour écrire ce que la commande fait : rien de nouveau n'est laissé.",
        en="There is no room left on the disk to write what the command makes: nothing new is left.",
        cure_fr="Libérez de la place, ou donnez un dossier d'un autre disque, puis relancez.",
        cure_en="Free some room, or give a folder of another disk, then run again.",
    ),
    "command.no-access": Sentence(
        fr="La machine ne laisse ni lire ni écrire « {what} » ({said}).",
        en="The machine lets nobody read or write {what} ({said}).",
        cure_fr="Vérifiez que ce chemin existe, et que vous en avez les droits.",
        cure_en="Check that this path exists, and that you have the rights on it.",
    ),
    "command.read-only": Sentence(
        fr="« {what} » est sur un disque en lecture seule : rien n'y est écrit.",
        en="{what} is on a read-only disk: nothing is written there.",
        cure_fr="Remontez ce disque en écriture (une panne l'a peut-être fermé), ou donnez un autre dossier, puis relancez.",
        cure_en="Mount that disk for writing (a fault may have closed it), or give another folder, then run again.",
    ),
    "command.not-a-folder": Sentence(
        fr="« {given} » : « {value} » est un fichier, un dossier est attendu.",
        en="{given}: {value} is a file, a folder is expected.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "command.not-a-file": Sentence(
        fr="« {given} » : « {value} » est un dossier, un fichier est attendu.",
        en="{given}: {value} is a folder, a file is expected.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "command.not-readable": Sentence(
        fr="« {given} » : vous n'avez pas le droit de lire « {value} ».",
        en="{given}: you may not read {value}.",
        cure_fr="Demandez ce droit à qui tient ce fichier.",
        cure_en="Ask whoever keeps this file for that right.",
    ),
    "command.not-an-instant": Sentence(
        fr="« {given} » : « {value} » n'est pas un instant.",
        en="{given}: {value} is not an instant.",
        cure_fr="Écrivez par exemple 2026-11-29T14:00 : c'est l'heure de Paris, sauf décalage écrit à la fin (+01:00).",
        cure_en="Write for instance 2026-11-29T14:00: it is Paris time, unless an offset ends it (+01:00).",
    ),
    "command.not-a-choice": Sentence(
        fr="« {given} » : « {value} » n'est pas dans la liste.",
        en="{given}: {value} is not in the list.",
        cure_fr="Écrivez l'un de ceux-ci : {choices}.",
        cure_en="Write one of these: {choices}.",
    ),
    "command.not-a-number": Sentence(
        fr="« {given} » attend un nombre, écrit en chiffres.",
        en="{given} expects a number, in digits.",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
    "command.bad-value": Sentence(
        fr="« {given} » n'a pas la forme attendue ({reason}).",
        en="{given} is not of the expected form ({reason}).",
        cure_fr=_CURE_FR,
        cure_en=_CURE_EN,
    ),
}
