"""Sentences of acts: adoption of a charter and roles, signing with one's own key, what the journal knows (V, keys)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "V760": Sentence(
        "{files} a changé sans avoir été adopté : aucun jeu ne se publie. Doivent signer : {who}.",
        "{files} changed without being adopted: no dataset is published. To sign: {who}.",
        "Chacun des deux signe « eclor act adopter », ou l'on remet le texte adopté. Un « eclor run » déjà lancé se relance.",
        "Each of the two signs “eclor act adopter”, or the adopted text is put back. Restart an “eclor run” under way.",
    ),
    "V761": Sentence(
        "Le socle et les rôles de ce territoire n'ont pas été adoptés. Doivent signer : {who}.",
        "This territory's charter and roles were not adopted. To sign: {who}.",
        "Chacun des deux signe « eclor act adopter », une fois, avant toute politique.",
        "Each of the two signs “eclor act adopter”, once, before any policy.",
    ),
    "V762": Sentence(
        "« {person} », ou sa clé, a déjà agi sur cette version comme « {role} ».",
        "{person}, or their key, already acted on this version as {role}.",
        "Personne n'a deux rôles sur une politique : l'acte revient à quelqu'un d'autre.",
        "Nobody has two roles on one policy: the act belongs to somebody else.",
    ),
    "V763": Sentence(
        "« {person} » est « {role} » : l'acte « {act} » ne lui revient pas.",
        "{person} is {role}: act {act} is not theirs.",
        "Peuvent le faire : {who}.",
        "May do it: {who}.",
    ),
    "V764": Sentence(
        "Un acte « {act} » sur « {dataset} » est au journal et n'est plus dans le fichier d'actes.",
        "An act {act} on {dataset} is in the journal and no longer in the file of acts.",
        "Retrouvez le fichier (sauvegarde de « acts/ ») : rien ne se publie sur des actes tronqués.",
        "Restore the file (backup of acts/): nothing is published on acts that were cut short.",
    ),
    "V765": Sentence(
        "« {person} » n'est pas dans les rôles adoptés.",
        "{person} is not in the adopted roles.",
        "Corrigez « --person », ou faites adopter un roles.yaml qui la nomme.",
        "Correct --person, or have a roles.yaml that names them adopted.",
    ),
    "V766": Sentence(
        "Cette clé n'est pas celle de « {person} ».",
        "This key is not that of {person}.",
        "Prenez la clé dont la ligne publique est dans roles.yaml.",
        "Use the key whose public line is in roles.yaml.",
    ),
    "V769": Sentence(
        "Le socle (version {version}) et les rôles sont déjà adoptés.",
        "The charter (version {version}) and the roles are adopted already.",
        "Il n'y a rien à signer.",
        "There is nothing to sign.",
    ),
    "V770": Sentence(
        "La politique est revenue au brouillon : depuis sa signature, ceci a changé : {changed}.",
        "The policy is a draft again: since it was signed, this changed: {changed}.",
        "Remettez le texte signé, ou refaites les quatre actes (simuler, viser, signer, mettre-en-vigueur), sous une "
        "version plus haute si la politique a changé.",
        "Put the signed text back, or do the four acts again (simulate, endorse, sign, enter into force), under a "
        "higher version if the policy changed.",
    ),
    "V771": Sentence(
        "L'acte du {date} a été fait sous un socle ou des rôles qui n'étaient pas adoptés à cette date.",
        "The act of {date} was made under a charter or roles that were not adopted at that date.",
        "Retrouvez le fichier d'origine, ou faites refaire l'acte sous les textes adoptés.",
        "Restore the original file, or have the act done again under the adopted texts.",
    ),
    "V772": Sentence(
        "« {person} » a déjà signé cette adoption pour son rôle.",
        "{person} already signed this adoption for their role.",
        "Il manque l'autre signature : DPO et garant signent chacun une fois.",
        "The other signature is missing: DPO and garant sign once each.",
    ),
    "V773": Sentence(
        "« {act} » est impossible : la version {version} est « {state} ».",
        "{act} is not possible: version {version} is “{state}”.",
        "Cet acte part de « {expected} ». « eclor act list JEU » dit ce qui est attendu et de qui.",
        "This act starts from “{expected}”. “eclor act list JEU” says what is expected and from whom.",
    ),
    "V774": Sentence(
        "Aucun acte sur « {dataset} » pour cette version : il n'y a rien à arrêter, à reprendre ni à révoquer.",
        "No act on {dataset} for this version: there is nothing to stop, resume or revoke.",
        "Vérifiez le jeu et « --version ».",
        "Check the dataset and --version.",
    ),
    "V775": Sentence(
        "La politique est arrêtée (état : {state}). Rien n'est collecté ni publié.",
        "The policy is stopped (state: {state}). Nothing is collected or published.",
        "Pour reprendre, la déléguée et la garante signent chacune « eclor act reprendre » ; sinon, écrivez une nouvelle version.",
        "To resume, the DPO and the garant each sign “eclor act reprendre”; else write a new version.",
    ),
    "V776": Sentence(
        "Cette version de la politique ne revient pas (état : {state}). Rien n'est collecté ni publié sous elle.",
        "This version of the policy does not come back (state: {state}). Nothing is collected or published under it.",
        "Écrivez une version plus haute dans « politiques/ », puis faites-la viser et signer.",
        "Write a higher version in politiques/, then have it endorsed and signed.",
    ),
    "V777": Sentence(
        "Un autre texte a été signé le {date} sous la version {version} : un numéro de version ne nomme qu'un texte.",
        "Another text was signed on {date} as version {version}: a version number names one text only.",
        "Écrivez « version: {next} » dans la politique, ou un numéro plus haut encore s'il est pris, puis « simuler ».",
        "Write “version: {next}” in the policy, or a higher number if that one is taken, then simulate.",
    ),
    "key.exists": Sentence(
        "« {file} » existe déjà.",
        "{file} exists already.",
        "Une clé ne s'écrase pas : donnez un autre nom à « --out ».",
        "A key is never overwritten: give --out another name.",
    ),
    "key.not-written": Sentence(
        "« {file} » ne peut pas être écrit.",
        "{file} cannot be written.",
        "Choisissez un dossier qui existe, à vous, avec de la place.",
        "Choose a folder that exists, is yours and has room.",
    ),
    "key.no-file": Sentence(
        "Il n'y a pas de clé « {file} ».",
        "There is no key {file}.",
        "Vérifiez le chemin donné à « --key » ; la première fois, faites la clé par « eclor key new --out {file} --passphrase ».",
        "Check the path given to --key; the first time, make the key with “eclor key new --out {file} --passphrase”.",
    ),
    "key.unreadable": Sentence(
        "« {file} » n'est pas une clé privée Ed25519 que l'on sache lire, ou sa phrase de passe est fausse.",
        "{file} is not an Ed25519 private key that can be read, or its passphrase is wrong.",
        "Donnez le fichier écrit par « eclor key new », et sa phrase de passe.",
        "Give the file that “eclor key new” wrote, and its passphrase.",
    ),
    "key.open-to-others": Sentence(
        "« {file} » peut être lue par d'autres que vous.",
        "{file} can be read by others than you.",
        "Tapez « chmod 600 {file} » ; si quelqu'un a pu la copier, faites-en une nouvelle et faites adopter les rôles.",
        "Run chmod 600 {file}; if somebody may have copied it, make a new one and have the roles adopted.",
    ),
    "key.no-passphrase": Sentence(
        "La variable d'environnement « {name} » est vide ou absente.",
        "Environment variable {name} is empty or missing.",
        "Mettez-y la phrase de passe de la clé.",
        "Put the key's passphrase in it.",
    ),
    "act.no-report": Sentence(
        "Le rapport de simulation « {file} » ne peut pas être lu, ou est vide.",
        "The simulation report {file} cannot be read, or is empty.",
        "Donnez par « --report » le compte rendu de l'essai, ou retirez l'option : l'essai se fait alors ici.",
        "Give the report of the dry run with --report, or leave it out: the dry run is then made here.",
    ),
}
