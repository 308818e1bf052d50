"""Which countries a text names, by name or by demonym, whatever the language.

The names are those of the Unicode CLDR, through Babel. CLDR has no demonyms: those of the countries
that news speak of most stand here, as beginnings of words, accents folded.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from index.article import Span
from index.words import fold, words

LANGUAGES = ("fr", "en", "de", "es", "it", "pt", "nl", "pl", "uk", "ru", "ar")

# By ISO 3166-1 code: beginnings of words, or whole words after "=".
_DEMONYMS = {
    "AR": "argentin",
    "AT": "autrichien austrian osterreich austriac austriak австрі австри",
    "AU": "australien australian australisch австрал",
    "BE": "belge =belgian belgians belgisch =belga =belgi belgijsk бельгі бельги",
    "BG": "bulgare bulgarian bulgarisch bulgar болгар",
    "BR": "bresilien brazilian brasilian brasilen brasilei бразил",
    "BY": "bielorusse belarusian belarussisch bielorrus bielorus білорус белорус",
    "CA": "canadien canadian kanadisch kanadier canadiens canades kanadyj канад",
    "CH": "=suisse =suisses =swiss schweizer suizo suiza svizzer szwajcar швейцар",
    "CN": "chinois chinese chinesisch =chino =china =chinos cinese cinesi chinsk китай",
    "CY": "chypriote cypriot zypriot chipriot cipriot кіпр кипр",
    "CZ": "tcheque czech tschech =checo =checa =checos ceco =ceca =cechi czesk чеськ чеш чехі чехи",
    "DE": "allemand =german =germans deutsch aleman tedesc niemieck niemc німе немец",
    "DK": "danois danish =danes danisch =danen =dane danes duns данськ датск",
    "EE": "estonien estonian estnisch estoni естон эстон",
    "ES": "espagnol spanish spaniard spanisch espanol spagnol hiszpan іспан испан",
    "FI": "finlandais finnish =finns finnisch finlandes finsk finland фін финск",
    "FR": "francais =french frenchm franzos =frances francesa franceses francese francesi "
    "francusk francuz француз",
    "GB": "britannique british britons britisch =brite =briten britanic britannic brytyjsk британ "
    "=uk",
    "GE": "georgien georgian georgisch georgian gruzin грузин",
    "GR": "=grec =grecs grecque =greek =greeks griechisch =griego =griega greco =greca greck грец "
    "грек",
    "HR": "croate croatian kroatisch croat chorwa хорват",
    "HU": "hongrois hungarian ungarisch hungar ungherese wegiersk wegr угор венгер",
    "IE": "irlandais irish irisch irlandes irlandzk ірланд ирланд",
    "IL": "israelien israeli israelisch israelit izrael ізраїл израил",
    "IN": "=indien =indiens =indienne =indian =indians indisch індійс индийс",
    "IR": "iranien iranian iranisch irani іран иран",
    "IT": "italien italian italienisch wlosk wloch італі италь",
    "JP": "japonais japanese japanisch japones giappones japonsk япон",
    "LT": "lituanien lithuanian litauisch lituan litew литов",
    "LU": "luxembourgeois luxembourger luxemburg",
    "LV": "letton latvian lettisch leton lettone lotew латві латви латыш",
    "MD": "moldave moldovan moldauisch moldav молдав молдов",
    "MX": "mexicain mexican mexikanisch mexican messican meksyk мексик",
    "NL": "neerlandais hollandais =dutch niederland neerlandes holandes olandes holender "
    "нідерланд нидерланд голланд",
    "NO": "norvegien norwegian norwegisch noruego noruega norveges norwes норве",
    "PL": "polonais =polish =poles polnisch =polen =polaco =polaca polacos polacc polsk "
    "=polak polac поль польс",
    "PT": "portugais portuguese portugiesisch portugues portoghes portugal португал",
    "QA": "qatari qatarien katar",
    "RO": "roumain romanian rumanisch rumano rumana rumeno rumena rumun румун румын",
    "RS": "=serbe =serbes serbian serbisch =serbio serbi serbsk серб",
    "RU": "=russe =russes russian russisch =ruso =rusa =rusos =russo =russa =russi rosyjsk rosj "
    "росій российск русск",
    "SA": "saoudien saudi",
    "SE": "suedois swedish =swedes schwedisch =sueco =sueca suecos svedes szwed швед",
    "SI": "slovene slovenian slowenisch esloven sloven slowen словен",
    "SK": "slovaque slovak slowakisch eslovac slovacc slowac словац",
    "SY": "syrien syrian syrisch =sirio =siria syryjsk сирій сирийс",
    "TR": "=turc =turcs turque turkish turkisch =turco =turca turchi tureck турец",
    "TW": "taiwanais taiwanes",
    "UA": "ukrainien ukrainian ukrainisch ucranian ucrain ukrainsk україн украин",
    "US": "americain =american =americans amerikanisch =amerikaner estadounid american statunitens "
    "amerykan американ",
    "VE": "venezuelien venezuelan venezolan",
}  # fmt: skip
# Shorter than CLDR's, or beside them.
_NAMES = {
    "GB": ("Grande-Bretagne", "Great Britain", "Großbritannien", "Gran Bretaña", "Gran Bretagna",
           "Angleterre", "England", "Inglaterra", "Inghilterra", "Vereinigten Königreich"),
    "NL": ("Hollande", "Holland", "Holanda", "Olanda"),
    "CZ": ("République tchèque", "Czech Republic", "Repubblica Ceca", "República Checa"),
    "US": ("USA", "America", "Amérique", "Vereinigten Staaten", "Maison-Blanche", "White House"),
    "RU": ("Kremlin", "Kreml", "Cremlino"),
}  # fmt: skip
_FIRST_NAMES = frozenset({"georgia", "jordan", "chad"})  # people have them more often
_WORD = re.compile(r"\w+")
_LONGEST = 4  # words of a name: République démocratique du Congo
_SHORTEST = 3  # letters of a beginning
# What a question says that asks for countries, folded.
_ASKED = frozenset(
    fold(
        "pays nation nations etats country countries land lander laender staat staaten pais paises "
        "paese paesi nazioni kraj kraje krajow panstwo panstwa країна країни країн "
        "держави страна страны государства دولة دول بلد بلدان الدول البلدان"
    ).split()
)


# The same where it stands behind an interrogative: "Quando è stato scelto?" asks for none.
_ASKED_BEHIND = {
    "states": frozenset(["which", "what"]),
    "stato": frozenset(["quale"]),
    "stati": frozenset(["quali", "quanti"]),
}


def countries(text: str) -> frozenset[str]:
    """Return the ISO 3166-1 codes of the countries that a text names."""
    found = words(text, "fr")  # French elides: l'Italie, d'Ukraine
    return frozenset(code for at in range(len(found)) for code in _named_at(found, at))


def mentions(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each country that a text names and where, in the order of the text."""
    found = list(_WORD.finditer(text))
    free = 0  # the first word that belongs to no mention
    for last in range(len(found)):
        for first in range(last, max(free, last + 1 - _LONGEST) - 1, -1):
            span = Span(found[first].start(), found[last].end())
            if codes := countries(span.of(text)):
                yield min(codes), span
                free = last + 1
                break


@lru_cache(maxsize=1_000)  # it is asked of every sentence that is read
def asks_for_countries(question: str) -> bool:
    """Whether a question asks which countries, in any of the languages of the table.

    A country's own name does not ask: "Que disent les États-Unis ?"
    """
    rest = question
    for _, span in reversed(list(mentions(question))):
        rest = f"{rest[: span.start]} {rest[span.end :]}"
    found = words(rest, "fr")
    return not _ASKED.isdisjoint(found) or any(
        before in _ASKED_BEHIND.get(word, ()) for before, word in pairwise(found)
    )


def _named_at(found: list[str], at: int) -> Iterator[str]:
    """Yield the countries whose name or demonym begins at a word."""
    names, _ = _table()
    for name, named in names.get(found[at], ()):
        if tuple(found[at : at + len(name)]) == name:
            yield named
    yield from _by_beginning(found[at])


@lru_cache(maxsize=50_000)  # a text has the same words again and again
def _by_beginning(word: str) -> tuple[str, ...]:
    _, beginnings = _table()
    shorter = (word[:length] for length in range(_SHORTEST, len(word) + 1))
    return tuple(code for each in shorter if (code := beginnings.get(each)) is not None)


@cache
def _table() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], dict[str, str]]:
    """Return the names by their first word, and the countries by the beginnings of demonyms."""
    from babel import Locale

    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def add(code: str, name: str) -> None:
        key = tuple(words(name, "fr"))
        if key and key[0] not in _FIRST_NAMES:
            names.setdefault(key[0], []).append((key, code))

    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2:
                add(code, name)
    for code, more in _NAMES.items():
        for name in more:
            add(code, name)
    beginnings: dict[str, str] = {}
    for code, row in _DEMONYMS.items():
        for entry in row.split():
            if entry.startswith("="):
                add(code, entry[1:])
            else:
                beginnings[fold(entry)] = code
    return names, beginnings
