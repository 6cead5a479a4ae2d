"""The screening for an impact assessment, as JSON under French keys."""

from charter.export import Export, Subject, as_json
from charter.screening import FROM, screening_of
from eclor.sentences.register import REGISTER


def text(subject: Subject) -> str:
    """Return the nine criteria, how many are met, the decision and its reference."""
    policy, screening = subject.policy, screening_of(subject.policy)
    return as_json(
        {
            "jeu": policy.dataset,
            "titre": policy.title,
            "politique": {"version": policy.version, "etat": subject.state.value, "empreinte": subject.digest},
            "donnees_personnelles": policy.processing_record.personal_data.value,
            "mineurs": policy.processing_record.minors.value,
            "criteres": [
                {"critere": one.key, "libelle": one.words, "present": "oui" if one.met else "non"}
                for one in screening.criteria
            ],
            "presents": len(screening.met),
            "sur": len(screening.criteria),
            "seuil": FROM,
            "decision": screening.decision,
            "decision_libelle": screening.decision_words,
            "reference": screening.reference,
            "regle": REGISTER["screening"],
        }
    )


EXPORT = Export("aipd.json", "application/json", text)
