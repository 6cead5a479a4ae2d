"""Sentences of: the protection of tables, the engine, the application of a plan, and what a release may promise."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "apply.no-engine": Sentence(
        fr="Il n'y a pas de moteur « {engine} ».",
        en="There is no engine {engine}.",
        cure_fr="Écrivez « --engine duckdb » ou « --engine spark ».",
        cure_en="Use --engine duckdb or --engine spark.",
    ),
    "apply.no-flow": Sentence(
        fr="Cette déclaration n'a aucun flux du jeu « {dataset} ».",
        en="This declaration has no flow of dataset {dataset}.",
        cure_fr="Donnez à « --source » le fichier de « sources/ » que le catalogue nomme pour ce jeu.",
        cure_en="Give --source the file of sources/ that the catalogue names for this dataset.",
    ),
    "apply.no-instant": Sentence(
        fr="« {option} » n'est pas un instant ISO 8601.",
        en="{option} is not an ISO 8601 instant.",
        cure_fr="Écrivez par exemple 2027-02-01T00:00:00Z.",
        cure_en="Write for instance 2027-02-01T00:00:00Z.",
    ),
    "apply.no-key": Sentence(
        fr="Le fichier de clés n'a pas celle de « {dataset} » pour la rotation « {period} ».",
        en="The file of keys lacks that of {dataset} for the rotation {period}.",
        cure_fr="Ajoutez-la, ou laissez la commande faire des clés neuves.",
        cure_en="Add it, or let the command make new keys.",
    ),
    "apply.not-yet": Sentence(
        fr="Rien à publier encore pour « {dataset} » : la prochaine période, délai compris, est due le {closes}, heure de Paris.",
        en="Nothing to publish yet for {dataset}: the next period, its delay included, is due on {closes}, Paris time.",
        cure_fr="Relancez ce jour-là, ou essayez comme si l'on y était : « --now {closes} ».",
        cure_en="Run again on that day, or try as if it had come: --now {closes}.",
    ),
    "apply.nothing-new": Sentence(
        fr="Rien à publier pour « {dataset} » : aucune période nouvelle ne contient de ligne.",
        en="Nothing to publish for {dataset}: no new period holds a row.",
        cure_fr="Vérifiez les dates du fichier et les périodes déjà publiées.",
        cure_en="Check the file's dates and the periods already published.",
    ),
    "apply.out-exists": Sentence(
        fr="Ce dossier de sortie contient déjà quelque chose : un résultat n'est jamais écrasé.",
        en="This output folder already holds something: a result is never written over.",
        cure_fr="Donnez un autre dossier à « --out », ou videz celui-ci.",
        cure_en="Give another folder to --out, or empty this one.",
    ),
    "apply.previous-apart": Sentence(
        fr="Les résultats donnés par « --previous » ne se suivent pas : aucun ne reprend les périodes de tous.",
        en="The results given by --previous do not follow one another: none holds the periods of all.",
        cure_fr="Donnez la suite complète : chaque résultat a été fait à partir du précédent.",
        cure_en="Give the whole sequence: each result was made from the one before.",
    ),
    "apply.previous-incomplete": Sentence(
        fr="Ce résultat antérieur n'est pas entier : il lui faut release.parquet et private/ledger.json.",
        en="This earlier result is not whole: it needs release.parquet and private/ledger.json.",
        cure_fr="Retrouvez le dossier tel que la commande l'a écrit, « private/ » compris.",
        cure_en="Restore the folder as the command wrote it, private/ included.",
    ),
    "apply.previous-other": Sentence(
        fr="Ce résultat antérieur n'est pas celui de « {dataset} », ou il a été modifié.",
        en="This earlier result is not that of {dataset}, or was changed.",
        cure_fr="Retrouvez le dossier tel que la commande l'a écrit.",
        cure_en="Restore the folder as the command wrote it.",
    ),
    "apply.several-flows": Sentence(
        fr="Plusieurs flux livrent « {dataset} », et ne se lisent pas de la même façon.",
        en="Several flows deliver {dataset}, and they do not read alike.",
        cure_fr="Dites lequel par « --flux » : {known}.",
        cure_en="Say which one with --flux: {known}.",
    ),
    "apply.unknown-ending": Sentence(
        fr="Ce fichier de données n'a pas une fin connue ({known}).",
        en="This data file does not have a known ending ({known}).",
        cure_fr="Donnez un fichier CSV, NDJSON ou Parquet, nommé comme tel ; ou par « --source » la déclaration qui dit comment il se lit.",
        cure_en="Give a CSV, NDJSON or Parquet file, named as such; or with --source the declaration that says how it is read.",
    ),
    "apply.flow-alone": Sentence(
        fr="« --flux » nomme un flux, mais rien ne dit de quelle déclaration.",
        en="--flux names a flow, but nothing says of which declaration.",
        cure_fr="Donnez aussi « --source », le fichier de « sources/ ».",
        cure_en="Give --source too, the file of sources/.",
    ),
    "apply.unknown-flow": Sentence(
        fr="Cette déclaration n'a pas de flux « {named} » de ce jeu.",
        en="This declaration has no flow {named} of this dataset.",
        cure_fr="Écrivez l'un de ceux-ci : {known}.",
        cure_en="Write one of these: {known}.",
    ),
    "apply.unreadable-keys": Sentence(
        fr="Ce fichier de clés ne se lit pas.",
        en="This file of keys cannot be read.",
        cure_fr="Il faut un JSON : « cles », une clé de 64 chiffres hexadécimaux par rotation, ou « cle_hex » pour toutes.",
        cure_en="A JSON is expected: cles, a key of 64 hexadecimal digits a rotation, or cle_hex for all.",
    ),
    "apply.unreadable-parquet": Sentence(
        fr="Ce fichier n'est pas un Parquet que l'on sache lire.",
        en="This file is not a Parquet that can be read.",
        cure_fr="Écrivez-le à nouveau, ou donnez un CSV.",
        cure_en="Write it again, or give a CSV.",
    ),
    "protection.negative-value": Sentence(
        fr="Une mesure a une valeur négative : aucune borne de masquage ne tiendrait.",
        en="A measure holds a negative value: no bound on masked cells would hold.",
        cure_fr="Corrigez la livraison à la source, ou retirez cette mesure de la politique.",
        cure_en="Correct the delivery at its source, or remove this measure from the policy.",
    ),
    "protection.no-pattern": Sentence(
        fr="Aucun choix de cellules à masquer n'empêche de recalculer les cellules protégées.",
        en="No choice of cells to mask keeps the protected ones from being worked out.",
        cure_fr="Publiez moins de totaux, ou ajoutez à l'échelle de la politique un pas plus grossier.",
        cure_en="Publish fewer totals, or add a coarser step to the policy's ladder.",
    ),
    "protection.too-tied": Sentence(
        fr="Les totaux lient trop de cellules entre elles : les protéger dépasserait le travail permis pour un tableau.",
        en="Totals tie too many cells together: protecting them would go past the work that a table may take.",
        cure_fr=(
            "Publiez moins de totaux, ou ne totalisez une dimension (l'EPCI) qu'avec celle qui s'y emboîte (la commune) : "
            "le tableau se protège alors par parts. Ou ajoutez à l'échelle de la politique un pas plus grossier."
        ),
        cure_en=(
            "Publish fewer totals, or add up a dimension (EPCI) only together with the one that nests in it (commune): "
            "the table is then protected by parts. Or add a coarser step to the policy's ladder."
        ),
    ),
    "protection.table-inconsistent": Sentence(
        fr="Le tableau ne s'additionne pas : une marge n'est pas ce que donnent ses parties.",
        en="The table does not add up: a margin is not what its parts make.",
        cure_fr="Rien n'est publié ; signalez ce défaut avec le rapport interne de l'exécution.",
        cure_en="Nothing is published; report this fault with the run's internal report.",
    ),
    "engine.failed": Sentence(
        fr="Le moteur n'a pas pu appliquer la politique ({kind}).",
        en="The engine could not apply the policy ({kind}).",
        cure_fr="Rien n'est publié. Vérifiez la place sur le disque et ECLOR_MEMORY_LIMIT, puis relancez.",
        cure_en="Nothing is published. Check the disk's free space and ECLOR_MEMORY_LIMIT, then run again.",
        status=500,
    ),
    "release.former-differs": Sentence(
        fr="La version précédente n'a pas les colonnes de celle-ci : ses périodes ne peuvent pas être reprises.",
        en="The former version does not have this one's columns: its periods cannot be carried over.",
        cure_fr="Retrouvez la version publiée, ou donnez un autre nom au jeu dont les colonnes ont changé.",
        cure_en="Restore the published version, or give another name to the dataset whose columns changed.",
    ),
    "release.frame-too-large": Sentence(
        fr="« {dataset} » masque ses cellules vides, mais la liste de ses cellules est ouverte ou trop longue à publier.",
        en="{dataset} masks its empty cells, but the list of its cells is open or too long to publish.",
        cure_fr="Réduisez les dimensions, donnez leurs modalités au catalogue, ou écrivez « cellules_vides: publier ».",
        cure_en="Use fewer dimensions, list their values in the catalogue, or publish empty cells.",
    ),
    "release.missing-column": Sentence(
        fr="La livraison de « {dataset} » n'a pas la colonne « {column} » que la politique déclare.",
        en="The delivery of {dataset} lacks the column {column} that the policy declares.",
        cure_fr="Demandez au fournisseur ce qui a changé, puis corrigez la source ou faites signer une politique à jour.",
        cure_en="Ask the provider what changed, then correct the source or have an updated policy signed.",
    ),
    "release.negative": Sentence(
        fr="La mesure « {column} » de « {dataset} » porte un nombre négatif, que les garanties ne savent pas protéger.",
        en="The measure {column} of {dataset} holds a negative number, which the guarantees cannot protect.",
        cure_fr="Corrigez la livraison à la source, ou retirez cette mesure de la politique.",
        cure_en="Correct the delivery at its source, or remove this measure from the policy.",
    ),
    "release.no-outlines": Sentence(
        fr="« {column} » ({dataset}) est une position à ramener au niveau « {level} », dont des contours manquent.",
        en="{column} of {dataset} is a position to bring to the level {level}, of which outlines are missing.",
        cure_fr="Donnez le contour de chaque commune (et de chaque IRIS) dans « zones/ » du territoire.",
        cure_en="Give the outline of each commune (and IRIS) under the territory's zones/.",
    ),
    "release.no-step": Sentence(
        fr="Aucun pas de l'échelle de « {dataset} » ne tient ses garanties sans masquer trop de cellules. Essayés : {steps}.",
        en="No step of the ladder of {dataset} keeps its guarantees without masking too much. Tried: {steps}.",
        cure_fr=(
            "Rien n'est publié. Ajoutez un pas plus grossier, moins de dimensions, ou une période plus longue ; "
            "« eclor policy simulate » dit pourquoi, cellule par cellule."
        ),
        cure_en=(
            "Nothing is published. Add a coarser step, use fewer dimensions, or a longer period; "
            "`eclor policy simulate` says why, cell by cell."
        ),
    ),
    "release.too-tied": Sentence(
        fr=(
            "Aucun pas de l'échelle de « {dataset} » ne tient ; les totaux de ceux-ci lient trop de cellules entre elles "
            "pour le travail permis : {steps}."
        ),
        en="No step of the ladder of {dataset} holds; totals of these tie too many cells for the work allowed: {steps}.",
        cure_fr=(
            "Rien n'est publié. Ajoutez à l'échelle un pas plus grossier, publiez moins de totaux, ou ne totalisez une "
            "dimension (l'EPCI) qu'avec celle qui s'y emboîte (la commune) : le tableau se protège alors par parts."
        ),
        cure_en=(
            "Nothing is published. Add a coarser step to the ladder, publish fewer totals, or add up a dimension (EPCI) "
            "only together with the one that nests in it (commune): the table is then protected by parts."
        ),
    ),
    "release.no-zones": Sentence(
        fr="Le territoire n'a pas la table de zones du niveau « {level} » que demande « {dataset} ».",
        en="The territory lacks the table of zones for the level {level} that {dataset} asks for.",
        cure_fr="Ajoutez-la dans « zones/ » du territoire.",
        cure_en="Add it under the territory's zones/.",
    ),
    "release.nothing-shown": Sentence(
        fr="Aucune cellule de « {dataset} » ne peut être montrée : toutes passent sous les garanties de la politique.",
        en="No cell of {dataset} can be shown: all of them fall under the policy's guarantees.",
        cure_fr="Rien n'est publié. Choisissez des niveaux plus grossiers ou une période plus longue.",
        cure_en="Nothing is published. Choose coarser levels or a longer period.",
    ),
    "release.policy-ended": Sentence(
        fr="La politique de « {dataset} », ou une dérogation qu'elle porte, a pris fin avant la publication.",
        en="The policy of {dataset}, or a derogation in it, ended before the publication.",
        cure_fr="Rien n'est publié. Faites signer une politique dont les dates courent encore.",
        cure_en="Nothing is published. Have a policy signed whose dates still run.",
    ),
    "release.reserved-label": Sentence(
        fr="La colonne « {column} » porte la valeur « {label} », réservée aux totaux.",
        en="Column {column} holds the value {label}, which is reserved for totals.",
        cure_fr="Demandez au fournisseur un autre mot pour cette valeur.",
        cure_en="Ask the provider for another word for this value.",
    ),
    "release.retyped-column": Sentence(
        fr="La colonne « {column} » de « {dataset} » n'est pas livrée avec le type que la politique déclare.",
        en="Column {column} of {dataset} is not delivered with the type that the policy declares.",
        cure_fr="Accordez la source et la politique sur le type de cette colonne.",
        cure_en="Make the source and the policy agree on the type of this column.",
    ),
    "release.too-early": Sentence(
        fr="La colonne « {column} » de « {dataset} » porte une date d'avant {first}, ou une année qui n'en est pas une.",
        en="Column {column} of {dataset} holds a date before {first}, or a year that is none.",
        cure_fr="Vérifiez à la source l'horloge et l'export, et que ce n'est pas le numéro de quelqu'un ; rien d'aussi ancien ne se publie ici.",
        cure_en="Check the clock and the export at the source, and that it is nobody's number; nothing that old is published here.",
    ),
    "release.too-large": Sentence(
        fr="Un nombre de cette mesure est trop grand : il dépasse 9 007 199 254 740 991, au-delà duquel rien ne se vérifie exactement.",
        en="A number of this measure is too large: it exceeds 9,007,199,254,740,991, past which nothing can be checked exactly.",
        cure_fr="Vérifiez à la source que ce n'est pas le numéro de quelqu'un ; sinon, choisissez une unité plus grande pour cette mesure.",
        cure_en="Check at the source that it is nobody's number; else choose a larger unit for this measure.",
    ),
    "release.undeclared-column": Sentence(
        fr="La livraison de « {dataset} » a une colonne que la politique ne déclare pas : « {column} ».",
        en="The delivery of {dataset} has a column that the policy does not declare: {column}.",
        cure_fr="Faites retirer la colonne à la source, ou déclarez-la dans une politique signée.",
        cure_en="Have the column removed at the source, or declare it in a signed policy.",
    ),
    "release.unlisted-value": Sentence(
        fr="La colonne « {column} » porte une valeur que ni la politique ni les listes du territoire ne prévoient.",
        en="Column {column} holds a value that neither the policy nor the territory's lists foresee.",
        cure_fr="{cure[fr]}",
        cure_en="{cure[en]}",
    ),
    "zones.unreadable": Sentence(
        fr="Cette table de zones ne se lit pas : il faut un GeoJSON dont chaque objet porte son « code ».",
        en="This table of zones cannot be read: a GeoJSON is expected whose features each bear their code.",
        cure_fr="Corrigez le fichier : propriétés « code » et, pour une commune, « epci ».",
        cure_en="Correct the file: properties code and, for a commune, epci.",
    ),
}

PROMISES: Final[dict[str, str]] = {
    "minimum-count": "Chaque cellule publiée parle d'au moins {k} {units}.",
    "dominance-of-one": "Aucune valeur publiée ne vient à plus de {percent} % d'un seul contributeur.",
    "dominance-of-several": "Aucune valeur publiée ne vient à plus de {percent} % de {contributors} contributeurs.",
    "diversity": "Dans chaque groupe, au moins {least} valeurs de « {column} », aucune à plus de {percent} % du groupe.",
    "populations-masked": "Une zone de moins de {threshold} habitants n'est pas montrée.",
    "populations-merged": "Une zone de moins de {threshold} habitants est comptée avec d'autres, sous le code qui les réunit.",
    "complementary": "Une cellule masquée ne se recalcule pas à partir des totaux : au moins {percent} % d'incertitude.",
    "rounding": "Les nombres sont arrondis au multiple de {base} le plus proche.",
    "closed-periods": "Seules paraissent des périodes terminées depuis {delay} au moins.",
    "delivery-waits": "Rien ne paraît moins de {delay} après avoir été reçu.",
    "frozen": "Une période publiée ne change plus, quoi qu'il arrive en retard.",
    "revised": "Une période publiée ne change qu'à une parution suivante, et jamais pour un groupe sous le seuil.",
    "empty-masked": "Une cellule vide est masquée comme une cellule trop petite.",
    "no-person": "Aucune colonne ne parle d'une personne : seules paraissent des colonnes techniques.",
    "no-person-but-reviewed": "Hors des textes relus, aucune colonne ne parle d'une personne.",
    "reviewed": "Chaque texte de « {column} » est relu par la déléguée à la protection des données avant de paraître.",
    "bins": "« {column} » paraît par tranches, jamais en valeur exacte.",
}
"""What a release may promise to anyone, by the guarantee that holds; no figure but those of the policy."""

UNITS: Final[dict[str, str]] = {
    "personne": "personnes",
    "foyer": "foyers",
    "appareil": "appareils",
    "point-de-livraison": "points de livraison",
    "trajet": "trajets",
    "entreprise": "entreprises",
}
"""The units of the language, several of them."""

UNSIGNED: Final = "Non demandées : cette commande applique une politique hors ligne, sans ses actes."
"""What the proof of an offline run says of signatures."""

READ_BY_FLOW: Final = "par la déclaration {file}, flux {flow}, comme à la collecte"
READ_BY_NAMES: Final = "par les noms de colonnes de la politique, sans déclaration"
"""How the rows of a file were read, after « lu » or « lues »."""
AS_DELIVERED: Final = "Un fichier tel que la source le livre se lit par sa déclaration : ajoutez « --source {file} »."
"""What helps where a file that does not read by the policy's names stands beside a declaration of its dataset."""

SOURCE_HELP: Final = "La déclaration de la source (sources/S.yaml) : le fichier est lu tel qu'elle le livre."
FLOW_HELP: Final = "Le flux de --source, par son identifiant, quand plusieurs du jeu se lisent autrement."
"""What the options that say how a file is read are for."""
