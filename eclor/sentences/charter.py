"""Sentences of: the acts and their signatures (LANGUAGE.md section 10)."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final[dict[str, Sentence]] = {
    "V750": Sentence(
        fr="Cette ligne n'est pas un acte signé que l'on sache lire.",
        en="This line is not a signed act that can be read.",
        cure_fr="Retrouvez le fichier d'actes d'origine : rien ne se publie sur un acte illisible.",
        cure_en="Restore the original file of acts: nothing is published on an unreadable act.",
    ),
    "V751": Sentence(
        fr="La signature de cet acte n'est celle d'aucune personne de « roles.yaml », ou l'acte a été modifié.",
        en="This act is signed by nobody of roles.yaml, or was changed.",
        cure_fr="Faites signer à nouveau l'acte par la personne prévue.",
        cure_en="Have the act signed again by the person foreseen.",
    ),
    "V752": Sentence(
        fr="La chaîne des actes est rompue : cet acte ne suit pas celui de la ligne d'avant.",
        en="The chain of acts is broken: this act does not follow the one before.",
        cure_fr="Retrouvez le fichier d'actes d'origine : une ligne a été retirée, ajoutée ou déplacée.",
        cure_en="Restore the original file of acts: a line was removed, added or moved.",
    ),
    "V753": Sentence(
        fr="« {person} » ne peut pas faire cet acte : rôle, clé ou nom ne sont pas ceux de la politique et de « roles.yaml ».",
        en="{person} may not do this act: role, key or name are not those of the policy and of roles.yaml.",
        cure_fr="L'acte revient à la personne nommée dans « gouvernance ».",
        cure_en="The act belongs to the person named under governance.",
    ),
    "V754": Sentence(
        fr="Acte « {act} » par « {role} » impossible dans l'état « {state} ».",
        en="Act {act} by {role} is not possible in state {state}.",
        cure_fr="L'ordre est : simuler, viser, signer, mettre-en-vigueur.",
        cure_en="The order is: simulate, endorse, sign, enter into force.",
    ),
    "V755": Sentence(
        fr="La date de cet acte ({date}) recule ou tombe dans le futur.",
        en="The date of this act ({date}) goes back or lies in the future.",
        cure_fr="Vérifiez l'horloge, puis faites signer à nouveau.",
        cure_en="Check the clock, then have it signed again.",
    ),
    "V756": Sentence(
        fr="Cet acte porte sur un autre jeu, « {dataset} ».",
        en="This act is about another dataset, {dataset}.",
        cure_fr="Rangez chaque acte dans le fichier de son jeu.",
        cure_en="Keep each act in its dataset's file.",
    ),
    "V757": Sentence(
        fr="La politique n'est pas en vigueur (état : {state}). Rien n'est collecté ni publié.",
        en="The policy is not in force (state: {state}). Nothing is collected or published.",
        cure_fr="Il manque un acte : simulation par le service, visa de la déléguée, signature de la garante, mise en vigueur.",
        cure_en="An act is missing: simulation by the service, visa of the DPO, signature of the garant, entry into force.",
    ),
    "V758": Sentence(
        fr="Aucune politique pour le jeu « {dataset} » : rien n'est collecté ni publié.{meant[fr]}",
        en="No policy for dataset {dataset}: nothing is collected or published.{meant[en]}",
        cure_fr="Si le jeu est nouveau, écrivez « politiques/{dataset}.yaml », puis faites-la viser et signer.",
        cure_en="If the dataset is new, write politiques/{dataset}.yaml, then have it endorsed and signed.",
    ),
    "V759": Sentence(
        fr="Le fichier « {file}.yaml » porte sur le jeu « {dataset} », ou le catalogue ne connaît pas ce jeu.",
        en="File {file}.yaml is about dataset {dataset}, or the catalogue does not know it.",
        cure_fr="Nommez le fichier comme son jeu, et déclarez le jeu dans « catalogue.yaml ».",
        cure_en="Name the file as its dataset, and declare the dataset in catalogue.yaml.",
    ),
}
