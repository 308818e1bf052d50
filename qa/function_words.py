"""The small words that questions are made with, one language a row: what carries no subject.

They tell what a question says by itself, what it points back to, and which of its words a
follow-up replaces. Written as ``qa.wording`` cuts words, without apostrophe and hyphen ("qu en est
il"); accents and capitals do not matter. A word may be in several places.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property

from index.words import fold, folded_set


@dataclass(frozen=True, kw_only=True)
class FunctionWords:
    """The function words of one language by what they do; phrases are divided by semicolons."""

    openers: str  # phrases that join a question to what was said: "what about"
    impersonal: str  # phrases whose pronoun stands for nothing: "is it true"
    adverbs: str  # interrogatives of which one may take the other's place: "when"
    choosers: str  # interrogatives that a noun follows: "which"
    amounts: str  # interrogatives that a number answers: "how many"
    askers: str  # interrogatives that a person or thing answers: "who"
    quantities: str  # what makes an amount of "how": "many"
    measures: str  # what may follow an interrogative and be no verb: "long"
    persons: str  # pronouns that may stand for somebody who was named
    things: str  # other words that stand for what was said
    demonstratives: str  # do so with the noun after them: "these museums"
    now: str  # unless it is one of these: "this week"
    determiners: str
    contracted: str  # preposition and determiner in one: "du"
    prepositions: str
    copulas: str
    auxiliaries: str  # verbs that help, or say as little: "do", "happen"
    others: str

    @cached_property
    def opening_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The openers, each a tuple of words, the longest first."""
        return tuple(sorted(_phrases(self.openers), key=len, reverse=True))

    @cached_property
    def impersonal_phrases(self) -> tuple[tuple[str, ...], ...]:
        """The impersonal phrases, each a tuple of words."""
        return tuple(_phrases(self.impersonal))

    @cached_property
    def by_kind(self) -> dict[str, frozenset[str]]:
        """The single words, by the name of their field."""
        kinds = (field.name for field in fields(self) if field.name not in PHRASES)
        return {kind: folded_set(getattr(self, kind)) for kind in kinds}

    @cached_property
    def all(self) -> frozenset[str]:
        """Every word that carries no subject."""
        return frozenset().union(*(words for kind, words in self.by_kind.items() if kind != "now"))


PHRASES = frozenset(["openers", "impersonal"])


def _phrases(text: str) -> Iterator[tuple[str, ...]]:
    return (tuple(fold(phrase).split()) for phrase in text.split(";"))


FUNCTION_WORDS = {
    "fr": FunctionWords(
        openers="""et qu en est il de; et qu en est il du; et qu en est il des; qu en est il de;
            qu en est il du; qu en est il des; et quid de; et quid du; et quid des; quid de;
            quid du; quid des; et pour; et concernant; et du cote de; et sinon; et alors; et puis;
            et aussi; et; mais; alors; sinon; puis; donc""",
        impersonal="""il y a; y a t il; il y avait; y avait il; y aura t il; il y aura; y a;
            il faut; faut il; faudra t il; s agit il; il s agit; il fait; fait il; il pleut;
            est il possible; est il vrai; est ce; ceux qui; celui qui; celle qui; celles qui;
            que s est il""",
        adverbs="quand où pourquoi comment",
        choosers="quel quelle quels quelles lequel laquelle lesquels lesquelles",
        amounts="combien",
        askers="qui que qu quoi",
        quantities="",
        measures="temps fois",
        persons="il elle ils elles lui leur leurs eux celui celle ceux celles son sa ses",
        things="cela ça ceci y dedans dessus",
        demonstratives="ce cet cette ces",
        now="""semaine mois année an matin soir nuit été hiver printemps automne jour jours
            moment fois saison week""",
        determiners="le la les l un une tout toute tous toutes chaque quelques",
        contracted="du des au aux",
        prepositions="""de d à a en dans sur sous par pour avec sans chez vers entre depuis jusqu
            jusque pendant durant avant après contre parmi selon dès malgré hors lors""",
        copulas="est sont était étaient sera seront",
        auxiliaries="""ai as avons avez ont avait avaient aura auront aurait es sommes êtes serait
            été être avoir eu va vont allait aller ira faire fait font fera faut doit doivent
            devait devra peut peuvent pouvait pourra pourrait veut veulent dit disent dire dira
            passe arrive""",
        others="""ne n pas plus non oui si très aussi encore déjà donc t c j s m tu je on nous
            vous moi toi se et ou mais comme ainsi même autre autres exactement précisément
            seulement environ dont""",
    ),
    "en": FunctionWords(
        openers="""and what about; and how about; what about; how about; and what of; what of;
            and for; and also; and then; and; but; so; then; also; or""",
        impersonal="""is it true; is it possible; it takes; does it take; did it take; will it
            take; does it cost; did it cost; will it cost; it is; is it; is there; are there;
            was there; were there; there is; there are; will there be; has there been; those who""",
        adverbs="when where why",
        choosers="which what",
        amounts="how",
        askers="who whom whose what",
        quantities="many much",
        measures="long far often old big large soon time times late early fast",
        persons="he she they him her them his hers their theirs",
        things="it its there this these those ones",
        demonstratives="this these those such",
        now="""week month year morning evening night summer winter spring autumn season time day
            days weekend""",
        determiners="the a an some any all each every no both another other",
        contracted="",
        prepositions="""of in on at by for with from to into about since until till during before
            after against between under over through as per within without""",
        copulas="is are was were",
        auxiliaries="""be been being am do does did doing done has have had having will would shall
            should can could may might must going go goes went happen happened happens say says
            said get gets got""",
        others="""not n t s re ll ve d that i you we me us my your our or if than too also still
            yet ever exactly only just more most please tell same else and but so then one""",
    ),
    "de": FunctionWords(
        openers="""und was ist mit; was ist mit; und wie ist es mit; wie ist es mit; und wie sieht
            es mit; und wie steht es um; wie steht es um; und; aber; oder; also; dann""",
        impersonal="gibt es; gab es; es gibt; es gab; ist es; war es; wird es; geht es; es geht",
        adverbs="wann wo wohin woher warum wieso weshalb wie",
        choosers="welche welcher welches welchem welchen",
        amounts="wie wieviel wieviele",
        askers="wer wen wem wessen was",
        quantities="viel viele",
        measures="lange oft weit hoch groß alt",
        persons="""er sie ihn ihm ihnen ihr ihre ihrer ihren ihrem sein seine seiner seinen seinem
            deren dessen""",
        things="es dort da dabei damit dazu davon darüber dafür dagegen daran darin",
        demonstratives="dieser diese dieses diesen diesem jener jene jenes dies",
        now="woche jahr monat tag morgen abend sommer winter herbst saison",
        determiners="""der die das den dem des ein eine einen einem einer eines kein keine keinen
            alle jeder jede jedes""",
        contracted="im am zum zur vom beim ins ans",
        prepositions="""in an auf aus bei mit nach von vor zu für gegen über unter um durch ohne
            seit bis ab zwischen während wegen""",
        copulas="ist sind war waren",
        auxiliaries="""bin bist sein gewesen hat haben hatte hatten habe wird werden wurde wurden
            worden kann können konnte soll sollen sollte muss müssen musste darf dürfen will
            wollen wollte passiert geschieht geht gehen sagt sagte sagen tut""",
        others="""nicht und oder aber auch noch schon nur denn doch mal ja nein genau so sich ich
            du wir man mich mir uns als wenn dass ob eigentlich etwa""",
    ),
    "es": FunctionWords(
        openers="""y qué hay de; qué hay de; y qué pasa con; qué pasa con; y qué tal; y para; y en
            cuanto a; y; e; pero; entonces; o""",
        impersonal="lo que; los que",
        adverbs="cuándo dónde adónde cómo",
        choosers="qué cuál cuáles",
        amounts="cuánto cuánta cuántos cuántas",
        askers="quién quiénes qué",
        quantities="",
        measures="tiempo veces",
        persons="ella ellos ellas lo le les su sus suyo",
        things="eso esto ello allí allá ahí",
        demonstratives="este esta estos estas ese esa esos esas aquel aquella",
        now="semana mes año mañana noche tarde verano invierno temporada vez día días",
        determiners="el la las los un una unos unas cada todo toda todos todas",
        contracted="del al",
        prepositions="""de en a por para con sin sobre entre desde hasta durante contra según tras
            ante bajo hacia""",
        copulas="es son era eran fue fueron será serán",
        auxiliaries="""ser está están estaba estar estuvo ha han había habían hay hubo habrá haber
            va van iba ir hace hacen hizo hacer puede pueden debe deben dice dijo dicen pasa pasó
            ocurrió""",
        others="""no sí se me te nos y e o u que si más muy también aún ya solo exactamente otro
            otra""",
    ),
    "it": FunctionWords(
        openers="""e che dire di; che dire di; e che ne è di; che ne è di; e cosa dire di; e per
            quanto riguarda; e per; e invece; e; ma; invece; allora; quindi; o""",
        impersonal="ci sono; ci saranno; ci sarà; ci furono",
        adverbs="quando dove perché come",
        choosers="quale quali qual che",
        amounts="quanto quanta quanti quante",
        askers="chi che cosa cos",
        quantities="",
        measures="tempo volte",
        persons="egli lui lei essi esse loro lo suo sua suoi sue",
        things="ciò ci ne",
        demonstratives="questo questa questi queste quest quel quello quella quei quelle quell",
        now="settimana mese anno mattina sera notte estate inverno stagione volta giorno",
        determiners="il la i le gli lo l un uno una ogni tutto tutti tutte",
        contracted="""del della dello dei degli delle dell al alla allo ai agli alle all dal dalla
            dai dalle nel nella nei nelle nell sul sulla sui sulle""",
        prepositions="di d a da in con su per tra fra contro durante dopo prima fino sotto sopra",
        copulas="è sono era erano sarà saranno",
        auxiliaries="""essere stato stata stati state ha hanno aveva avevano avrà avere fa fanno
            fare fatto va vanno andare può possono deve devono dice dicono detto disse succede
            successo""",
        others="non sì si mi ti vi c s e o ma se più anche ancora già solo esattamente altro altra",
    ),
}
