"""What is said of the files themselves that a parser is given, before anything of their content."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final = {
    "payload.other-file": Sentence(
        fr="Le fichier n'est pas un texte en UTF-8 : il est en {found}.",
        en="The file is no text in UTF-8: it is {found}.",
        cure_fr="Décompressez d'abord un gzip ou un zip ; dans un tableur, enregistrez en « CSV UTF-8 » ; faites retirer une image ou un PDF de ce que la source envoie.",
        cure_en="Unpack a gzip or a zip first; in a spreadsheet, save as “CSV UTF-8”; have a picture or a PDF taken out of what the source sends.",
    ),
    "payload.xml-no-rows": Sentence(
        fr="Aucun élément du document ne s'appelle « {names} ».",
        en="No element of the document is called “{names}”.",
        cure_fr="Corrigez l'option « lignes » de la source : ce sont les noms des éléments, sans préfixe.",
        cure_en="Correct the option “lignes” of the source: these are the names of elements, without a prefix.",
    ),
    "payload.xml-for-json": Sentence(
        fr="C'est du XML, alors que ce protocole attend ici du JSON.",
        en="This is XML, where this protocol wants JSON.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.json-for-xml": Sentence(
        fr="C'est du JSON, alors que ce protocole attend du XML.",
        en="This is JSON, where this protocol wants XML.",
        cure_fr="Vérifiez l'adresse ou le protocole de la source.",
        cure_en="Check the address or the protocol of the source.",
    ),
    "payload.option-shape": Sentence(
        fr="Une option s'écrit « nom=valeur ».",
        en="An option is written “name=value”.",
        cure_fr="Écrivez par exemple « --option encodage=cp1252 ».",
        cure_en="Write for instance “--option encodage=cp1252”.",
    ),
    "payload.no-file": Sentence(
        fr="Le fichier ne peut pas être ouvert.",
        en="The file cannot be opened.",
        cure_fr="Vérifiez son chemin et ses droits.",
        cure_en="Check its path and its rights.",
    ),
    "payload.option-unknown": Sentence(
        fr="Ce protocole n'a pas d'option « {option} ». Options connues : {known}.",
        en="This protocol has no option “{option}”. Known options: {known}.",
        cure_fr="Prenez une de celles-ci : chaque protocole a les siennes.",
        cure_en="Take one of these: each protocol has its own.",
    ),
    "payload.file-directory": Sentence(
        fr="C'est un dossier.",
        en="This is a directory.",
        cure_fr="Nommez ses fichiers, un par un ou par « dossier/* ».",
        cure_en="Name its files, one by one or by “directory/*”.",
    ),
    "payload.file-address": Sentence(
        fr="C'est une adresse, alors que « eclor parse » lit des fichiers.",
        en="This is an address, while “eclor parse” reads files.",
        cure_fr="Enregistrez d'abord la réponse : « curl -o reponse ADRESSE ».",
        cure_en="Save the answer first: “curl -o answer ADDRESS”.",
    ),
    "payload.files-missing": Sentence(
        fr="Il manque le protocole, ou un fichier à lire.",
        en="The protocol is missing, or a file to read.",
        cure_fr="Écrivez « eclor parse PROTOCOLE FICHIER ». Protocoles : {known}.",
        cure_en="Write “eclor parse PROTOCOL FILE”. Protocols: {known}.",
    ),
    "payload.ttn-error": Sentence(
        fr="The Things Stack a répondu par une erreur, au lieu des messages ou au milieu d'eux.",
        en="The Things Stack answered with an error, instead of the messages or amid them.",
        cure_fr="Vérifiez l'application et la clé, ou demandez une période plus courte ; ce qui était tenu reste.",
        cure_en="Check the application and the key, or ask for a shorter period; what was held stays.",
    ),
    "payload.enedis-table": Sentence(
        fr="Ce sont des mesures d'Enedis en tableau (CSV).",
        en="These are readings of Enedis as a table (CSV).",
        cure_fr="Demandez le format JSON, ou lisez-les avec le protocole « csv ».",
        cure_en="Ask for them in JSON, or read them with the protocol “csv”.",
    ),
}
