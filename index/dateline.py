"""Lines that only say when an article was published: "Publié le 7 janvier 2026 à 10:32"."""

import re

_LEAD = re.compile(
    r"(?:publie|mis a jour|modifie|published|(?:last )?updated|posted|veroffentlicht|aktualisiert"
    r"|stand|publicado|publicada|actualizado|atualizado|pubblicato|aggiornato|opublikowano"
    r"|aktualizacja|gepubliceerd|bijgewerkt)\b"
)
_CLOCK = re.compile(r"[\d:./h,+-]*\d[\d:./h,+-]*(?:am|pm|st|nd|rd|th|er)?")
_HOUR = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")

# Folded; in the order French, English, German, Spanish, Italian, Portuguese.
_WORDS = """
    publie mis mise a jour modifie le et | - / · •
    published updated posted last on at and
    veroffentlicht aktualisiert stand am um uhr und
    publicado publicada actualizado el las de del y h
    pubblicato aggiornato il alle ore e
    atualizado em as
    am pm gmt utc cet cest et est
    hier aujourd'hui yesterday today heute gestern hoy ayer oggi ieri hoje ontem
    lundi mardi mercredi jeudi vendredi samedi dimanche
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lunes martes miercoles jueves viernes sabado domingo
    lunedi martedi mercoledi giovedi venerdi
    janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar februar marz juni juli oktober dezember
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
    janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro"""
_TIME = frozenset(_WORDS.split())


def is_dateline(folded: str) -> bool:
    """Tell whether a folded line is the time of publication and no more.

    It begins with a word such as "updated", or it has a year and an hour: "7 janvier" alone may be
    a heading of the article.
    """
    if not (_LEAD.match(folded) or (_YEAR.search(folded) and _HOUR.search(folded))):
        return False
    words = (word.strip(",:.()") for word in folded.split())
    return all(not word or word in _TIME or _CLOCK.fullmatch(word) for word in words)
