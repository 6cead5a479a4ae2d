"""Sentences of: what a file that somebody hands in is held to, beyond a flow's delivery."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "intake.empty-column": Sentence(
        "« {path} » (colonne « {column} ») est vide à toutes les {rows} lignes.",
        "“{path}” (column “{column}”) is empty in all {rows} rows.",
        "Vérifiez l'export : la colonne y est, ses valeurs non. Si la source n'en a pas, ôtez la colonne de la politique, ou dites-la "
        "« facultatif: oui » dans la déclaration que lit « --source ».",
        "Check the export: the column is there, its values are not. If the source has none, remove the column from the policy, or declare "
        "it “facultatif: oui” in the declaration that --source reads.",
    ),
    "intake.mixed-zones": Sentence(
        "« {path} » (colonne « {column} ») mêle des heures avec leur décalage ({zoned} lignes sur {rows} : {zoned_rows}) et sans ({local} : "
        "{local_rows}) : nul ne sait si ces dernières sont de Paris.",
        "“{path}” (column “{column}”) mixes hours with their offset ({zoned} rows of {rows}: {zoned_rows}) and without ({local}: "
        "{local_rows}): nobody knows whether the latter are of Paris.",
        "Écrivez toute la colonne avec un décalage (2026-10-05T09:00:00+02:00) ou « Z », ou bien toute sans, en heure de Paris.",
        "Write the whole column with an offset (2026-10-05T09:00:00+02:00) or “Z”, or else all of it without, in the hour of Paris.",
    ),
    "intake.out-of-range": Sentence(
        "« {path} » (colonne « {column} ») porte une date d'avant {first} ou d'après {last} : {count} lignes sur {rows} ({which}).",
        "“{path}” (column “{column}”) holds a date before {first} or after {last}: {count} rows of {rows} ({which}).",
        "Vérifiez à la source l'horloge et l'export, et que ce n'est pas le numéro de quelqu'un ; une date inconnue se laisse vide.",
        "Check the clock and the export at the source, and that it is nobody's number; a date that is unknown is left empty.",
    ),
}
