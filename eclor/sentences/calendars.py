"""What is said of the calendars of bookings: iCalendar."""

from typing import Final

from eclor.sentences.sentence import Sentence

SENTENCES: Final = {
    "payload.icalendar-root": Sentence(
        fr="Ce n'est pas un calendrier iCalendar : il ne commence pas par « BEGIN:VCALENDAR ».",
        en="This is no iCalendar: it does not begin with “BEGIN:VCALENDAR”.",
        cure_fr="Vérifiez l'adresse : c'est celle d'un fichier .ics qu'il faut.",
        cure_en="Check the address: it must be that of an .ics file.",
    ),
    "payload.icalendar-cut": Sentence(
        fr="Le calendrier s'arrête avant la fin de « {component} ».",
        en="The calendar ends before “{component}” is closed.",
        cure_fr="Redemandez la livraison : elle a été coupée.",
        cure_en="Ask for the payload again: it was cut short.",
    ),
    "payload.icalendar-nesting": Sentence(
        fr="Un composant du calendrier est fermé sans avoir été ouvert.",
        en="A component of the calendar is closed that is not open.",
        cure_fr="Vérifiez l'export de la source à cette ligne.",
        cure_en="Check the export of the source at this line.",
    ),
    "payload.icalendar-too-many": Sentence(
        fr="Le calendrier en contient trop (plus de {limit}).",
        en="The calendar holds too many of them (more than {limit}).",
        cure_fr="Réduisez la fenêtre, ou demandez le calendrier par périodes.",
        cure_en="Narrow the window, or ask for the calendar period by period.",
    ),
    "payload.icalendar-window": Sentence(
        fr="L'option « fenetre » n'est pas un intervalle de {days} jours au plus.",
        en="The option “fenetre” is no interval of {days} days at most.",
        cure_fr="Écrivez deux jours : « 2026-11-01/2026-12-01 ».",
        cure_en="Write two days: “2026-11-01/2026-12-01”.",
    ),
    "payload.icalendar-unannounced": Sentence(
        fr="Aucune liste d'heures prises (VFREEBUSY) ne dit de quand à quand elle vaut : « fenetre: annoncee » n'a pas de fenêtre.",
        en="No list of busy times (VFREEBUSY) says from when to when it holds: “fenetre: annoncee” has no window.",
        cure_fr="Écrivez deux jours (« 2026-11-01/2026-12-01 »), ou demandez à la source DTSTART et DTEND.",
        cure_en="Write two days (“2026-11-01/2026-12-01”), or ask the source for DTSTART and DTEND.",
    ),
    "payload.icalendar-line": Sentence(
        fr="La ligne ne suit pas la règle d'iCalendar (nom;paramètre=valeur:valeur).",
        en="The line does not follow the rule of iCalendar (name;parameter=value:value).",
        cure_fr="Exportez l'agenda à nouveau, sans passer par un éditeur de texte qui coupe les lignes longues.",
        cure_en="Export the calendar again, not by way of a text editor, which may cut long lines.",
    ),
    "payload.icalendar-empty": Sentence(
        fr="Le composant n'a ni identifiant ni début.",
        en="The component has neither an identifier nor a start.",
        cure_fr="Faites corriger l'export de l'agenda : chaque composant a un identifiant (UID) ou un début (DTSTART).",
        cure_en="Have the calendar's export corrected: each component has an identifier (UID) or a beginning (DTSTART).",
    ),
    "payload.icalendar-time": Sentence(
        fr="Le composant porte une date ou une heure qu'iCalendar ne connaît pas.",
        en="The component has a date or a time that iCalendar does not know.",
        cure_fr="Corrigez-le dans l'agenda ; un jour s'écrit 20261231, une heure 20261231T140500 (avec Z : de Greenwich), de 1601 à 9899.",
        cure_en="Correct it in the calendar; a day is written 20261231, an hour 20261231T140500 (with Z: of Greenwich), from 1601 to 9899.",
    ),
    "payload.icalendar-duration": Sentence(
        fr="Le composant porte une durée illisible ou démesurée.",
        en="The component has a duration that cannot be read, or is out of all measure.",
        cure_fr="Corrigez la durée dans l'agenda, ou donnez une fin (DTEND) ; une durée s'écrit PT1H30M ou P2D, cent ans au plus.",
        cure_en="Correct the duration in the calendar, or give an end (DTEND); a duration is written PT1H30M or P2D, a hundred years at most.",
    ),
    "payload.icalendar-period": Sentence(
        fr="Le composant finit avant de commencer, ou mêle des jours et des heures.",
        en="The component ends before it begins, or mixes days and times.",
        cure_fr="Corrigez-le dans l'agenda : une fin après le début, les deux en jours ou les deux en heures.",
        cure_en="Correct it in the calendar: an end after the beginning, both of days or both of hours.",
    ),
    "payload.icalendar-zone": Sentence(
        fr="Le composant nomme un fuseau horaire que rien ne définit.",
        en="The component names a time zone that nothing defines.",
        cure_fr="Exportez l'agenda avec ses fuseaux (VTIMEZONE), sous leur nom usuel (Europe/Paris), ou en heure de Greenwich (Z).",
        cure_en="Export the calendar with its time zones (VTIMEZONE), by their usual name (Europe/Paris), or in the hour of Greenwich (Z).",
    ),
    "payload.icalendar-rule": Sentence(
        fr="La règle de récurrence est illisible, plus fréquente que chaque jour, ou ne tombe jamais.",
        en="The recurrence rule cannot be read, repeats more often than each day, or never falls.",
        cure_fr="Corrigez la répétition dans l'agenda : au plus une fois par jour, sur des jours qui existent.",
        cure_en="Correct the repetition in the calendar: once a day at most, on days that exist.",
    ),
    "payload.icalendar-component": Sentence(
        fr="Des composants « {component} » ({count}) ne donnent pas de ligne.",
        en="Components “{component}” ({count}) give no row.",
    ),
}
