"""What the person receives: in French, with counts and dates, and never the identifier itself."""

from datetime import datetime
from typing import Final

from anonymizers.times import PARIS
from eclor.house import House
from eclor.names import Slug
from eclor.retention.signed_terms import terms_for
from eclor.rights.asked import Right
from eclor.rights.erasing import Answer, Done

_TITLES: Final = {Right.ERASURE: "Effacement", Right.OBJECTION: "Opposition"}


def receipt_text(answer: Answer, house: House) -> str:
    """Return the receipt of an erasure or of an objection as a letter."""
    controller = house.territory.charter.controller
    parts = [
        f"{_TITLES[answer.right]} : reçu {answer.reference}",
        "",
        f"Exécuté le {day(answer.at)} par {controller.name}.",
        f"Recherché : {answer.units} identifiant(s) de type « {answer.kind} », dans {len(answer.done)} jeu(x).",
        "",
    ]
    for done in answer.done:
        parts += [*_of_dataset(done, house), ""]
    if not any(done.rows or done.waiting or done.versions for done in answer.done):
        parts += [nothing("Nous ne détenions rien", looked_at=len(answer.done)), ""]
    parts += [*_after(answer), "", f"Une question, une réclamation : {controller.dpo_contact} (délégué à la protection"]
    parts += [f"des données), puis {controller.authority}.", ""]
    return "\n".join(parts)


def nothing(held: str, *, looked_at: int) -> str:
    """Return the line of who was not found: no dataset that names such a unit is no search, and is not told as one."""
    if not looked_at:
        return "Aucun jeu visé ne désigne quelqu'un par une unité de ce type : rien n'a été recherché."
    return f"{held} sous ces identifiants."


def receipt_plain(answer: Answer, house: House) -> dict[str, object]:
    """Return the receipt as a map, for whoever answers by a form: the same facts, no partition, no identifier."""
    return {
        "recu": answer.reference,
        "droit": answer.right.value,
        "execute_le": answer.at.astimezone(PARIS).isoformat(timespec="seconds"),
        "unite": answer.kind,
        "identifiants": answer.units,
        "jeux": [
            {
                "jeu": done.dataset,
                "titre": title(done.dataset, house),
                "lignes_effacees": done.rows,
                "recues_depuis": done.since or None,
                "messages_en_attente": done.waiting,
                "ecarte_a_l_avenir": done.screened,
                "opposition_non_applicable": done.refused,
                "versions_retirees": done.versions,
            }
            for done in answer.done
        ],
        "contact": house.territory.charter.controller.dpo_contact,
    }


def _of_dataset(done: Done, house: House) -> list[str]:
    name = f"- {title(done.dataset, house)} ({done.dataset})"
    if done.refused:
        return [f"{name} : la loi qui fonde ce traitement n'admet pas l'opposition ; rien n'est changé."]
    found = [
        f"{name} : {done.rows} ligne(s) effacée(s)" + (f", reçues depuis le {_since(done)}." if done.rows else ".")
    ]
    if done.waiting:
        found.append(f"  {done.waiting} ligne(s) de messages en attente seront laissées de côté à leur rangement.")
    if done.versions:
        found.append(f"  {len(done.versions)} version(s) publiée(s) retirée(s) ; une version rectifiée les remplace.")
    if done.screened:
        found.append("  Ces identifiants seront écartés de ce que la source enverra désormais.")
    kept = terms_for(Slug(done.dataset), house).raw_store
    return [*found, f"  Les lignes de ce jeu sont de toute façon effacées {kept} après leur réception."]


def _after(answer: Answer) -> list[str]:
    lines = [
        "Les statistiques déjà publiées ne changent pas : elles ne permettent pas de vous retrouver, et les corriger",
        "après coup vous désignerait. Les périodes suivantes ne compteront plus ces lignes.",
        "Une marque chiffrée, sans identifiant, sert à vérifier les publications ; elle finit avec la zone brute.",
        "Nous ne tenons pas de résumés (« sketches ») où une personne pourrait rester comptée.",
    ]
    if answer.right is Right.ERASURE:
        lines += [
            "Si l'organisme d'origine détient encore ces données et les envoie de nouveau, elles seront reprises :",
            "adressez-lui aussi votre demande, ou demandez-nous l'opposition.",
        ]
    return lines


def title(dataset: str, house: House) -> str:
    """Return a dataset's title for people, its identifier if it has none any more."""
    declaration = house.declarations.get(Slug(dataset))
    return declaration.title.fr if declaration else dataset


def day(instant: datetime) -> str:
    """Return a day as a letter says it."""
    return f"{instant.astimezone(PARIS):%d/%m/%Y}"


def _since(done: Done) -> str:
    return day(datetime.fromisoformat(done.since))
