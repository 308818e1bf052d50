"""What the page around an article says, told line by line.

Every pattern is held against a whole line, folded: lower case, no accents, single spaces. When in
doubt a line is the article's: a stray button costs a reader less than a lost sentence. The words
of each language are in ``index/page_phrases.py``.
"""

import re
import unicodedata

from index.dateline import is_dateline
from index.page_phrases import BUTTONS, RELATED, SECTIONS

LONGEST = 300  # characters; no button, credit or notice is longer
PROSE = 200  # characters; no headline is longer

_ORNAMENT = " \t.:…»«<>|/→›•·*-–—▶►■[]()\"'"


def fold(line: str) -> str:
    """Return ``line`` in lower case, without accents, with plain apostrophes and single spaces."""
    line = line.replace("’", "'").replace("\ufeff", "").replace("\u200b", "")
    if not line.isascii():
        line = unicodedata.normalize("NFKD", line).translate(_NO_ACCENTS)
    return " ".join(line.casefold().split())


_NO_ACCENTS = dict.fromkeys(range(0x300, 0x370))


def _phrases(*tables: dict[str, str]) -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(word.strip(_ORNAMENT) for word in fold(phrase).split())
        for table in tables
        for phrases in table.values()
        for phrase in phrases.split(";")
    )


_RELATED_PHRASES = _phrases(RELATED)
_BUTTONS = _phrases(BUTTONS) | _RELATED_PHRASES
_WORDS_OF_A_PHRASE = range(1, 8)
_SECTIONS = frozenset(fold(SECTIONS).split()) | {" ".join(p) for p in _BUTTONS if len(p) == 1}
_ALSO = frozenset(
    ["aussi", "egalement", "also", "auch", "tambien", "anche", "tambem", "ook", "tez", "takze"]
)

_AGENCY = r"(?:ap|afp|reuters|getty(?: images)?|epa|dpa|ansa|efe|europa press|lapresse|pa|tass)"
_RIGHTS = (
    r"(?:tous droits reserves|all rights reserved|alle rechte vorbehalten"
    r"|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados)"
)
_BUTTON = re.compile(
    r"(?:follow us on|suivez-nous sur|folgen sie uns auf|siguenos en|seguici su|partager sur"
    r"|share on|teilen auf|compartir en|condividi su|lire la suite (?:sur|de)|continue reading on"
    r"|read more (?:at|on)|weiterlesen auf|leer mas en) .{1,40}"
    r"|(?:abonnez-vous|inscrivez-vous) a .{0,30}newsletter.{0,60}"
    r"|(?:sign up|subscribe) (?:for|to) .{0,30}newsletter.{0,60}"
    r"|(?:tags?|mots[- ]cles|themes?|topics?|schlagworter|etiquetas|etichette) ?:.{0,250}"
    r"|(?:\d+ )?(?:commentaires?|comments?|kommentare?|comentarios?|commenti|reactions?)"
    r"(?: ?\(?\d+\)?)?"
    r"|(?:temps de )?lecture ?:? \d+ ?min(?:utes?)?|\d+ min(?:utes?)? (?:read|de lecture)"
    r"|(?:reading time|lesezeit|tiempo de lectura|tempo di lettura) ?:? \d+ ?min[a-z]*"
    r"|il y a \d+ (?:minutes?|heures?|jours?)|(?:updated )?\d+ (?:minutes?|hours?|days?) ago"
    r"|vor \d+ (?:minuten?|stunden?|tagen?)|hace \d+ (?:minutos?|horas?|dias?)"
    r"|\d+ (?:minuti|ore|giorni) fa"
    rf"|(?:credits? )?(?:photo|foto|image|bild)s? ?[:©].{{1,100}}|{_AGENCY}(?: photo)? ?/.{{1,60}}"
    rf"|\(?(?:photo|foto) (?:by|par|von|de|di) .{{1,60}}/ ?{_AGENCY}.{{0,40}}"
    rf"|image source, .{{1,60}}|(?:photo|foto) {_AGENCY}|(?:avec|with|mit|con|source ?:) {_AGENCY}"
    rf"|\(?{_AGENCY}\)?|{_AGENCY} (?:photo|images)|copyright {_AGENCY}\b.{{0,60}}|copyright"
    # What else a converter leaves: agency initials, embedded players, a line of hidden characters.
    r"|[a-z]{2,5}(?:-[a-z]{2,5})*(?:/[a-z]{2,6}(?:-[a-z]{2,6})*){2,}|\[embed .*|https?://\S+"
    r"|window\.\w+ ?=.*|[-–—_*=~.…·•|]*"
)
# These end with a full stop as often as not.
_NOTICE = re.compile(
    rf"{_RIGHTS}\.?(?: [^.!?]{{0,80}})?|(?:copyright )?(?:©|\(c\)).{{1,120}}"
    r"|copyright (?:© )?\d{4}.{0,120}"
    rf"|copyright .{{1,80}}{_RIGHTS}\.?"
    r"|il vous reste \d.{0,20} de cet article a lire\b.{0,60}"
    r"|(?:nous utilisons|(?:ce|notre) site utilise|we use|(?:this|our) (?:web)?site uses"
    r"|wir verwenden|diese (?:web)?seite verwendet|utilizamos|(?:este|nuestro) sitio (?:web )?"
    r"(?:usa|utiliza)|utilizziamo|(?:questo|il nostro) sito (?:web )?(?:usa|utilizza)|usamos)"
    r" (?:des |los |i |las |os )?cookies?\b.{0,250}"
)
_CREDIT_END = re.compile(
    rf"(?:^|\s){_RIGHTS}\.?(?: {_AGENCY}\b[^.!?]{{0,60}}|[^.!?]{{0,40}}/.{{1,40}})$"
)
_NAME = r"(?:(?:de|du|van|von|der|la|le|di|del|da) ){0,2}[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_BYLINE = re.compile(
    rf"(?:Par|By|Von|Por|Di|PAR|BY|VON|POR|DI) {_NAME}(?: {_NAME}){{1,3}}"
    rf"(?:(?: (?:&|et|and|und|y|e|avec|with|con|mit|/|\|)|,) {_NAME}(?: {_NAME}){{0,3}}){{0,4}}"
    rf"|{_NAME} {_NAME}(?: {_NAME}){{0,2}} \((?:avec|with|mit|con) [A-Z]{{2,7}}\)"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’“)\]\s]*$")
_STATEMENT_END = re.compile(r"[.!…][\"'»”’“)\]\s]*$")


def is_prose(line: str) -> bool:
    """Tell whether ``line`` can only be running text: long, or closed by a full stop.

    A question mark does not count, since headlines ask.
    """
    return len(line) > PROSE or _STATEMENT_END.search(line[-20:]) is not None


def is_hashtags(line: str) -> bool:
    """Tell whether more than half of the words of ``line`` are hashtags."""
    if "#" not in line:
        return False
    words = line.split()
    return 2 * sum(len(word) > 1 and word[0] == "#" for word in words) > len(words)


def is_chrome(line: str) -> bool:
    """Tell whether ``line``, taken by itself, belongs to the page and not to the article."""
    if is_hashtags(line):
        return True
    if len(line) > LONGEST:
        return False
    folded = fold(line)
    if _NOTICE.fullmatch(folded) or _CREDIT_END.search(folded) or _is_bar(folded):
        return True
    if _BUTTON.fullmatch(folded):
        return True
    if _SENTENCE_END.search(line[-20:]):
        return False
    return is_dateline(folded) or _BYLINE.fullmatch(" ".join(line.split())) is not None


def is_related_heading(line: str) -> bool:
    """Tell whether ``line`` only announces other articles: "Read also", "À lire aussi :"."""
    if len(line) > PROSE:
        return False
    words = tuple(word for w in fold(line).split() if (word := w.strip(_ORNAMENT)))
    return words in _RELATED_PHRASES


def is_related_line(line: str) -> bool:
    """Tell whether ``line`` announces another article and names it: "Read also: Bridge closed".

    The mark between the two may be missing where the phrase says "also" and a capital follows.
    """
    if len(line) > PROSE or is_prose(line):
        return False
    words = line.replace("\ufeff", "").strip(_ORNAMENT).split()
    for length in reversed(_WORDS_OF_A_PHRASE):
        head, rest = words[:length], " ".join(words[length:])
        phrase = tuple(fold(word).strip(_ORNAMENT) for word in head)
        while phrase and not phrase[-1]:  # "Lire aussi : Le pont"
            phrase = phrase[:-1]
        if rest and phrase in _RELATED_PHRASES:
            return _names_another(head[-1], rest, phrase)
    return False


def _names_another(last: str, rest: str, phrase: tuple[str, ...]) -> bool:
    if last[-1] in ":>|»–-" or rest[0] in ":>|»–-":
        return True
    title = rest.lstrip("\"'«“„ ")
    return not _ALSO.isdisjoint(phrase) and title[:1].isupper()


def _is_bar(folded: str) -> bool:
    """Tell whether a line is made of buttons and announcements, or of the sections of a site."""
    words = [word for w in folded.split() if (word := w.strip(_ORNAMENT))]
    if len(words) >= 4 and all(word in _SECTIONS for word in words):
        return True
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            reached |= {
                start + length
                for length in _WORDS_OF_A_PHRASE
                if tuple(words[start : start + length]) in _BUTTONS
            }
    return bool(words) and len(words) in reached
