"""What the page around an article says, line by line, in French, English, German, Spanish, Italian.

Every pattern is held against a whole line, folded: lower case, no accents, single spaces. When in
doubt a line is the article's: a stray button costs a reader less than a lost sentence.
"""

import re
import unicodedata

LONGEST = 300  # characters; no button, credit or notice is longer
PROSE = 200  # characters; no headline is longer

_BAR_WORDS = """
    newsletter newsletters events evenements podcast podcasts video videos africanews live replay
    direct menu home accueil startseite inicio loader loading chargement search recherche suche
    partager partage share teilen compartir condividi discussion close button fermer schliessen
    cerrar chiudi imprimer print drucken imprimir stampa email e-mail facebook twitter x whatsapp
    linkedin telegram bluesky instagram tiktok copier copy lien link login connexion anmelden
    s'abonner abonnez-vous subscribe abonnieren suscribirse suscribete abbonati suivez-nous
    commentaires comments kommentare comentarios commenti publicite advertisement anzeige werbung
    publicidad pubblicita | / - · • >"""
_BAR = frozenset(_BAR_WORDS.split())
_TIME_LEAD = re.compile(
    r"(?:publie|mis a jour|modifie|published|updated|posted|veroffentlicht|aktualisiert|publicado"
    r"|actualizado|pubblicato|aggiornato)\b"
)
_TIME_WORDS = """
    publie mis mise a jour modifie le published updated posted last on at am um uhr el las il
    alle ore veroffentlicht aktualisiert stand publicado actualizado pubblicato aggiornato pm gmt
    cet cest utc de del et and und y e - | / · • janvier fevrier mars avril mai juin juillet aout
    septembre octobre novembre decembre january february march april may june july august september
    october november december januar februar marz juni juli oktober dezember enero febrero
    marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio
    aprile maggio giugno luglio settembre ottobre dicembre"""
_TIME = frozenset(_TIME_WORDS.split())
_CLOCK = re.compile(r"[\d:./h,+-]*\d[\d:./h,+-]*")
_RIGHTS = (
    r"(?:tous droits reserves|all rights reserved|alle rechte vorbehalten"
    r"|todos los derechos reservados|tutti i diritti riservati)"
)
_AGENCY = r"(?:ap|afp|reuters|getty(?: images)?|epa|dpa|ansa|efe|europa press|lapresse|pa|tass)"
_BUTTON = re.compile(
    r"acceder aux raccourcis d'accessibilite|skip to (?:main )?content|aller au contenu"
    r"|zum inhalt springen|saltar al contenido|vai al contenuto|follow us(?: on .{1,30})?"
    r"|suivez-nous sur .{1,40}|folgen sie uns|siguenos(?: en .{1,30})?|seguici(?: su .{1,30})?"
    r"|partager (?:cet article|sur .{1,30})|share (?:this article|on .{1,30})|artikel teilen"
    r"|compartir (?:este articulo|en .{1,30})|condividi (?:questo articolo|su .{1,30})"
    r"|(?:tags|mots[- ]cles|schlagworter|etiquetas|etichette) ?:.{0,250}"
    r"|(?:accepter|accept|alle|aceptar|accetta) (?:tous les |all |todas las |tutti i )?cookies"
    r"(?: akzeptieren)?"
    rf"|(?:credits? )?(?:photo|foto|image|bild) ?[:©].{{1,100}}|{_AGENCY}(?: photo)? ?/.{{1,60}}"
    rf"|{_AGENCY} (?:photo|images)|copyright {_AGENCY}\b.{{0,60}}|copyright"
)
# These end with a full stop as often as not.
_NOTICE = re.compile(
    rf"{_RIGHTS}\.?(?: [^.!?]{{0,80}})?|(?:copyright )?(?:©|\(c\)).{{1,120}}"
    r"|copyright \d{4}.{0,120}"
    rf"|copyright .{{1,80}}{_RIGHTS}\.?"
    r"|(?:nous utilisons|(?:ce|notre) site utilise|we use|(?:this|our) (?:web)?site uses"
    r"|wir verwenden|diese (?:web)?seite verwendet|utilizamos|(?:este|nuestro) sitio (?:web )?"
    r"(?:usa|utiliza)|utilizziamo|(?:questo|il nostro) sito (?:web )?(?:usa|utilizza))"
    r" (?:des |los |i |las )?cookies?\b.{0,250}"
)
_CREDIT_END = re.compile(
    rf"(?:^|\s){_RIGHTS}\.?(?: {_AGENCY}\b[^.!?]{{0,60}}|[^.!?]{{0,40}}/.{{1,40}})$"
)
_RELATED = re.compile(
    r"(?:a decouvrir (?:egalement|aussi)|(?:a )?(?:lire|voir) (?:aussi|egalement)"
    r"|sur le meme (?:sujet|theme)|read (?:also|more|next)|also read|see also"
    r"|related (?:articles|stories)|you (?:may|might) also like|lesen sie auch|auch interessant"
    r"|mehr zum thema|siehe auch|(?:te|le) (?:puede|podria) interesar|(?:lea|lee|ver) tambien"
    r"|noticias relacionadas|leggi anche|vedi anche|potrebbe interessarti(?: anche)?"
    r"|articoli correlati)(?P<rest>.*)"
)
_NAME = r"(?:(?:de|du|van|von|der|la|le|di|del|da) ){0,2}[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_BYLINE = re.compile(
    rf"(?i:par|by|von|por|di) {_NAME}(?: {_NAME}){{1,3}}"
    rf"(?:(?: (?:&|et|and|und|y|e|avec|with|con|mit|/|\|)|,) {_NAME}(?: {_NAME}){{0,3}}){{0,4}}"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'»”’“)\]\s]*$")
_STATEMENT_END = re.compile(r"[.!…][\"'»”’“)\]\s]*$")


def fold(line: str) -> str:
    """Return ``line`` in lower case, without accents, with plain apostrophes and single spaces."""
    line = line.replace("’", "'").replace("\ufeff", "")
    if not line.isascii():
        parts = unicodedata.normalize("NFKD", line)
        line = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(line.casefold().split())


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
    if _NOTICE.fullmatch(folded) or _CREDIT_END.search(folded):
        return True
    if _SENTENCE_END.search(line[-20:]):
        return False
    words = folded.split()
    return (
        all(word in _BAR for word in words)
        or _BUTTON.fullmatch(folded) is not None
        or _is_timestamp(folded, words)
        or _BYLINE.fullmatch(" ".join(line.split())) is not None
    )


def is_related_heading(line: str) -> bool:
    """Tell whether ``line`` only announces other articles: "Read also", "À lire aussi :"."""
    found = _RELATED.fullmatch(fold(line)) if len(line) <= PROSE else None
    return found is not None and found["rest"].strip() in {"", ":", ">", "»"}


def is_related_line(line: str) -> bool:
    """Tell whether ``line`` announces another article and names it: "Read also: Bridge closed"."""
    if len(line) > PROSE or is_prose(line):
        return False
    found = _RELATED.fullmatch(fold(line))
    return found is not None and re.match(r" ?[:>|»–-]", found["rest"]) is not None


def _is_timestamp(folded: str, words: list[str]) -> bool:
    """Tell whether a folded line is "Published on 7 January 2026 at 10:32" and no more."""
    return _TIME_LEAD.match(folded) is not None and all(
        word.strip(",:.()") in _TIME or _CLOCK.fullmatch(word.strip("()")) for word in words
    )
