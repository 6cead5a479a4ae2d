"""What the scan of a file says: refusals, kinds of traces in metadata, what to do. None ever shows what stands in it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

TRACES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "author": "le nom d'un auteur, dans les métadonnées",
        "device-serial": "le numéro de série d'un appareil, dans les métadonnées",
        "maker-note": "une note du fabricant de l'appareil, illisible et souvent nominative",
    }
)
"""What stands in metadata beside what the gate looks for in cells."""

VERDICTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "block": "Bloqué : des données personnelles sont visibles. Ne publiez pas ce fichier.",
        "review": "À relire : un doute demeure. La déléguée à la protection des données tranche.",
        "pass": "Rien de personnel n'a été trouvé.",
    }
)
DECISIONS: Final[Mapping[str, str]] = MappingProxyType({"block": "bloqué", "review": "à relire", "pass": "rien trouvé"})
FILE_NAME: Final = "nom du fichier"
_SOMEBODYS: Final = "Si c'est la donnée d'une personne, retirez la colonne. Sinon,"
_NAMED: Final = f"{_SOMEBODYS} dites dans son nom ce qu'elle contient (date de pose, SIRET…)."
CURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "Retirez la colonne, ou remplacez les noms par un service ou un nombre. S'il s'agit d'élus en cette qualité ou d'auteurs d'œuvres, dites-le : --declare 'COLONNE=officials'.",
        "author": "Ouvrez les propriétés du fichier, effacez l'auteur, enregistrez.",
        "position": "Arrondissez ou retirez ces positions ; une image, enregistrez-la sans ses métadonnées (EXIF, XMP).",
        "device-serial": "Enregistrez l'image sans ses métadonnées (EXIF, XMP).",
        "maker-note": "Enregistrez l'image sans ses métadonnées (EXIF, XMP).",
        "unexplained-date": _NAMED,
        "unexplained-life": "Si c'est la situation d'une personne, retirez la colonne. Si ce sont des nombres par situation, "
        "vérifiez qu'aucun n'est assez petit pour la faire reconnaître.",
        "unexplained-name": f"{_SOMEBODYS} dites dans son nom de quoi ce sont les noms (commune, marque, fournisseur…).",
        "unexplained-number": _NAMED,
        "unexplained-position": f"{_SOMEBODYS} gardez à côté ce qui nomme le lieu (nom du site, type d'équipement, SIRET…).",
        "unexplained-street": f"{_SOMEBODYS} nommez-la « adresse » et gardez à côté ce qui nomme le lieu (nom du site, type "
        "d'équipement, SIRET…).",
    }
)
CURE: Final = "Retirez ces valeurs à la source ; si la colonne n'est pas utile, retirez-la."
UNREAD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pages": "Les pages du PDF ne sont pas lues : seules ses métadonnées l'ont été.",
        "picture": "Ce que montre l'image n'est pas regardé : seules ses métadonnées l'ont été.",
        "geometries": "Les géométries binaires ne sont pas lues.",
    }
)

_SAVE_FR: Final = "Enregistrez le tableau en CSV UTF-8, séparé par des points-virgules, ou en XLSX."
_SAVE_EN: Final = "Save the table as CSV in UTF-8, separated by semicolons, or as XLSX."
_AGAIN_FR: Final = "Exportez le fichier à nouveau."
_AGAIN_EN: Final = "Export the file again."

SENTENCES: Final[dict[str, Sentence]] = {
    "scan.binary": Sentence(
        fr="Ce texte contient des octets de commande ou nuls : il ne peut pas être lu à coup sûr.",
        en="This text holds control or null bytes: it cannot be read for sure.",
        cure_fr=_SAVE_FR,
        cure_en=_SAVE_EN,
    ),
    "scan.cell-too-long": Sentence(
        fr="Une cellule ou une ligne dépasse {mib} Mio.",
        en="A cell or a line is longer than {mib} MiB.",
        cure_fr="Vérifiez les guillemets, ou retirez cette cellule.",
        cure_en="Check the quotes, or remove that cell.",
    ),
    "scan.cells": Sentence(
        fr="Des cellules ne peuvent pas être lues comme du texte : le fichier est bloqué.",
        en="Some cells cannot be read as text: the file is blocked.",
        cure_fr="Retirez les colonnes binaires, ou exportez le fichier à nouveau.",
        cure_en="Remove binary columns, or export the file again.",
    ),
    "scan.declared": Sentence(
        fr="Une déclaration s'écrit COLONNE=officials.",
        en="A declaration is written COLUMN=officials.",
        cure_fr="Nommez la colonne comme dans l'en-tête, par exemple « --declare maire=officials » ; « officials » est seul à se déclarer ainsi.",
        cure_en="Name the column as the header does, for instance “--declare maire=officials”; “officials” alone is declared so.",
    ),
    "scan.empty": Sentence(
        fr="Ce fichier est vide : il n'y a rien à analyser.",
        en="This file is empty: there is nothing to scan.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "scan.encoding": Sentence(
        fr="L'encodage de ce texte n'est pas sûr : plusieurs conviennent, ou aucun.",
        en="The encoding of this text is not sure: several fit, or none.",
        cure_fr=_SAVE_FR,
        cure_en=_SAVE_EN,
    ),
    "scan.failed": Sentence(
        fr="L'analyse n'a pas abouti ({error}) : le fichier est bloqué, comme tout ce qui n'a pu être lu.",
        en="The scan did not end ({error}): the file is blocked, as all that could not be read.",
        cure_fr="Signalez-le à l'exploitant, sans joindre le fichier.",
        cure_en="Tell the operator, without the file.",
    ),
    "scan.file-too-large": Sentence(
        fr="Un fichier de cette sorte est lu jusqu'à {mib} Mio.",
        en="A file of this kind is read up to {mib} MiB.",
        cure_fr="Découpez-le, ou exportez le tableau en CSV ou Parquet.",
        cure_en="Cut it, or export the table as CSV or Parquet.",
    ),
    "scan.image": Sentence(
        fr="Les métadonnées de cette image ne peuvent pas être lues à coup sûr.",
        en="The metadata of this picture cannot be read for sure.",
        cure_fr="Enregistrez l'image sans ses métadonnées.",
        cure_en="Save the picture without its metadata.",
    ),
    "scan.lost-cells": Sentence(
        fr="Une feuille contient une cellule en erreur, ou une formule dont le résultat n'est pas enregistré.",
        en="A sheet holds a cell that is an error, or a formula whose result was not kept.",
        cure_fr="Corrigez la cellule, puis enregistrez le classeur depuis un tableur.",
        cure_en="Correct the cell, then save the workbook from a spreadsheet program.",
    ),
    "scan.markup": Sentence(
        fr="C'est une page ou un document XML, HTML ou SVG : l'analyse ne le lit pas.",
        en="This is an XML, HTML or SVG document: the scan does not read it.",
        cure_fr=_SAVE_FR,
        cure_en=_SAVE_EN,
    ),
    "scan.no-file": Sentence(
        fr="Ce fichier ne peut pas être ouvert.",
        en="This file cannot be opened.",
        cure_fr="Vérifiez le chemin et les droits.",
        cure_en="Check the path and the rights.",
    ),
    "scan.no-such-column": Sentence(
        fr="{count} colonne(s) déclarée(s) n'existe(nt) pas dans ce fichier.",
        en="{count} declared column(s) do not exist in this file.",
        cure_fr="Écrivez le nom tel que le rapport le donne.",
        cure_en="Write the name as the report has it.",
    ),
    "scan.old-office": Sentence(
        fr="C'est un ancien document de bureautique (.xls, .doc), ou un classeur sous mot de passe.",
        en="This is an old office document (.xls, .doc), or a workbook under a password.",
        cure_fr="Enregistrez-le en .xlsx, sans mot de passe.",
        cure_en="Save it as .xlsx, without a password.",
    ),
    "scan.packed": Sentence(
        fr="C'est une archive (zip, gzip…) : l'analyse n'ouvre que les classeurs .xlsx.",
        en="This is an archive (zip, gzip…): the scan opens .xlsx workbooks only.",
        cure_fr="Décompressez-la, et analysez chaque fichier.",
        cure_en="Unpack it, and scan each file.",
    ),
    "scan.parquet": Sentence(
        fr="Ce fichier Parquet est abîmé ou démesuré.",
        en="This Parquet file is damaged, or out of all bounds.",
        cure_fr=_AGAIN_FR,
        cure_en=_AGAIN_EN,
    ),
    "scan.parquet-names": Sentence(
        fr="Deux colonnes de ce fichier Parquet portent le même nom, à la casse près.",
        en="Two columns of this Parquet file have one name, case apart.",
        cure_fr="Renommez l'une d'elles.",
        cure_en="Rename one of them.",
    ),
    "scan.pdf": Sentence(
        fr="Les métadonnées de ce PDF ne peuvent pas être lues à coup sûr.",
        en="The metadata of this PDF cannot be read for sure.",
        cure_fr="Exportez-le à nouveau, sans auteur.",
        cure_en="Export it again, without an author.",
    ),
    "scan.pdf-attachment": Sentence(
        fr="Ce PDF contient un fichier joint, que l'analyse n'ouvre pas.",
        en="This PDF holds another file, which is not opened.",
        cure_fr="Détachez ce fichier et analysez-le à part.",
        cure_en="Take that file out, and scan it by itself.",
    ),
    "scan.pdf-locked": Sentence(
        fr="Ce PDF est protégé par un mot de passe ou des restrictions : il ne peut pas être lu.",
        en="This PDF is under a password or restrictions: it cannot be read.",
        cure_fr="Enregistrez-le sans protection.",
        cure_en="Save it without protection.",
    ),
    "scan.pdf-too-large": Sentence(
        fr="Ce PDF se déploie au-delà de {mib} Mio.",
        en="This PDF unpacks to more than {mib} MiB.",
        cure_fr="Exportez-le à nouveau, ou découpez-le.",
        cure_en="Export it again, or cut it.",
    ),
    "scan.quotes": Sentence(
        fr="Un guillemet est mal placé ou n'est pas refermé.",
        en="A quote is out of place, or is never closed.",
        cure_fr=_SAVE_FR,
        cure_en=_SAVE_EN,
    ),
    "scan.ragged": Sentence(
        fr="Cette ligne a {found} cellule(s) là où la première en a {expected}.",
        en="This line has {found} cell(s) where the first has {expected}.",
        cure_fr="Retirez les lignes de titre ou de total, vérifiez séparateur et guillemets.",
        cure_en="Remove lines of title or total, check separator and quotes.",
    ),
    "scan.separator-unsure": Sentence(
        fr="Plusieurs séparateurs conviennent : les colonnes ne sont pas sûres.",
        en="Several separators fit: the columns are not sure.",
        cure_fr=_SAVE_FR,
        cure_en=_SAVE_EN,
    ),
    "scan.too-wide": Sentence(
        fr="Ce tableau a plus de {columns} colonnes, ou des clés qui sont des données, ou il est démesuré.",
        en="This table has more than {columns} columns, or keys that are data, or is out of all bounds.",
        cure_fr="Mettez les clés en lignes, ou découpez le fichier.",
        cure_en="Turn keys into rows, or cut the file.",
    ),
    "scan.unknown": Sentence(
        fr="L'analyse ne sait pas lire cette sorte de fichier.",
        en="The scan does not know how to read this kind of file.",
        cure_fr="Elle lit CSV, JSON, GeoJSON, NDJSON, Parquet, XLSX, les images et les métadonnées des PDF.",
        cure_en="It reads CSV, JSON, GeoJSON, NDJSON, Parquet, XLSX, pictures and the metadata of PDF.",
    ),
    "scan.value-too-long": Sentence(
        fr="Une valeur de ce document JSON dépasse {mib} Mio.",
        en="A value of this JSON document is longer than {mib} MiB.",
        cure_fr="Écrivez un enregistrement par ligne (NDJSON).",
        cure_en="Write one record a line (NDJSON).",
    ),
}
