"""Words with a full stop that (mostly) does not end a sentence, and words that begin one.

Compiled from the segmentation suppressions of Unicode CLDR (common/segments) and from what the
press of each language writes: titles, ranks, months, units, references.

In ``NEVER_END`` and the two tables after it an entry in lower case matches any case; one with a
capital matches exactly, so that "M. Dupont" is a title and "100 m. Puis" is not.
"""

from dataclasses import dataclass

from index.article import UNDETERMINED

# The word after it belongs to the same sentence, whatever its case.
NEVER_END = {
    "fr": """M MM Mr mme mmes mlle mlles dr drs pr prof me mgr st ste sts stes exc s.exc s.m s.a.r
        gén col cdt cap lt adj av bd boul pl rte imp all chap cf c.-à-d ex p.ex env resp dir éd
        janv févr avr juil sept oct nov déc tél apr min max hab ap vs réf coll trad dept dép hon""",
    "en": """mr mrs ms mx messrs dr drs prof rev revd fr hon st gen col maj capt cpt cmdr cdr lt sgt
        cpl pvt adm brig sen rep reps sens gov pres supt insp amb vs v viz cf e.g i.e eg ie
        approx ca est dept univ assn bros mt ft jan feb aug sept oct nov dec al ave blvd rd""",
    "de": """dr prof hr hrn fr frl dipl ing med phil jur mag st hl sr bzw bspw z.b zb d.h dh u.a ua
        u.ä ca vgl ggf evtl inkl exkl zzgl bzgl sog sogen mind max mio mrd tsd str tel abt bd
        hrsg geb gest verh jan feb aug sept okt nov dez mo di mi do fr sa so evang kath röm
        österr schweiz dt frz engl gen lt obst hptm min sek std i.d.r o.ä u.u z.t z.zt i.v d.j
        n.chr v.chr a.d a.m o.g eigtl insb allg ehem jhd jh n v""",
    "es": """sr sra sres sras srta dr dra drs prof profa d.ª dña d D lic ing arq gral tte cap cnel
        alm sto sta mons hno hna excmo excma ilmo av avda ud uds vd vds pág págs p.ej ej aprox
        tel fdo núm ee ee.uu máx mín ene abr ago sept oct nov dic vs cf""",
    "it": """sig sigg sig.ra sig.na dott dott.ssa dr prof prof.ssa avv ing arch rag geom on sen gen
        col cap ten mons don fra S SS ecc.za es p.es ad.es cfr pag pagg tel ca c.a art.lo via
        v.le p.zza gen feb apr mag giu lug ago sett ott nov dic vs""",
    "pt": """sr sra srs sras srta dr dra drs dras prof profa eng arq d dom exmo exma ilmo gen cel cap
        ten alm pe fr av avda tel p.ex ex aprox máx mín jan fev abr ago set out nov dez sto sta
        vs cf""",
    "nl": """dhr mevr mw mr dr drs prof ir ing ds st gen kol kap lt bijv bv d.w.z dwz m.b.t o.a m.a.w
        nl i.p.v t.a.v t.o.v evt excl incl max min ca jan feb apr aug sept okt nov dec jl zgn
        vgl resp""",
    "pl": """dr prof mgr inż hab lek ks bp abp kard gen płk ppłk mjr kpt por ppor sierż św śp ul al
        pl os woj pow gm tzw tzn tj np m.in ok zob por prok red ws godz tel nt im ur zm wg""",
    "ro": """dl dlui dna dnei dra d-na d-nei d-l d-lui dr prof ing av gen col lt cpt mr str bd bl sc
        ap sf ex p.ex cca aprox nr tel jud com dvs ian feb apr aug sept oct nov dec vs""",
    "tr": """dr prof doç yrd av op sn hz st vb örn bkz alb gen korg tümg tuğg yzb bnb yb müh cad sok
        mah apt no tel yy krş çev haz ör""",
    "vi": "tp ts ths pgs gs bs ks lm đc tx tt mr mrs ms dr",
    "el": "κ κα κκ δρ καθ αγ π.χ δηλ βλ σελ αρ τηλ λεωφ πλ οδ κ.λπ.ε",
    "ru": """г гг ул пр просп пл пер д кв корп стр обл р-н пос дер им проф акад доц канд ген полк
        подп дж св см ср напр т.е т.н т.к т.о т.ч т.д.т тыс млн млрд трлн руб коп долл чел ок ред
        изд тел янв февр апр авг сент окт нояб дек пн вт чт пт сб вс гр""",
    "uk": """м дж вул просп пл пров буд кв корп стор обл р-н ім проф акад доц канд ген полк св див напр
        т.зв т.п тис млн млрд трлн грн коп дол ред вид тел січ лют бер квіт трав черв лип серп
        вер жовт лист груд гр о""",
    "sv": """dr prof hr st t.ex bl.a d.v.s dvs s.k f.d fr.o.m t.o.m ca kl jan feb aug sept okt nov
        dec resp inkl exkl jfr tel""",
    "da": """dr prof hr fr st f.eks bl.a d.v.s dvs s.k ca kl jan feb aug sept okt nov dec inkl ekskl
        jf tlf pga mht ift""",
    "nb": """dr prof hr fr st f.eks bl.a d.v.s dvs s.k ca kl jan feb aug sept okt nov des inkl ekskl
        jf tlf pga mht ift""",
    "fi": "tri prof hra rva st esim ns ts eli n klo puh ym.s vrt",
    "cs": """dr ing mgr bc judr mudr prof doc gen plk pplk kpt por sv tzv tj např ul nám tř tel cca
        resp popř př n.l p r.o mj hl zvl""",
    "sk": "dr ing mgr bc judr mudr prof doc gen plk kpt sv tzv tj napr ul nám tel cca resp príp",
    "hu": "dr prof ifj id özv ill kb pl ún stb.n gen ezr u krt tel",
    "hr": "dr prof mr sv tzv tj npr ul tel gosp gđa gđica ing oko",
    "ca": "sr sra srs sres dr dra prof av avda p.ex ex aprox tel st sta núm",
    "ar": "د أ م ا ص ب ق هـ",
    "fa": "د",
    "he": "פרופ גב",
    "hi": "डॉ प्रो श्री पं",
}

# Titles and names of firms keep their form in foreign reports.
_TITLES = "mr mrs ms dr prof rev capt sgt lt st vs"
_FIRMS = "co inc ltd corp jr sr"

# Ends a sentence, unless a number follows: "art. 5", "No. 3" against "He said no. Then".
BEFORE_NUMBER = {
    "fr": "art n no nos nᵒ p pp pg fig vol t ch al par § éd liv tab ann l r d",
    "en": "no nos p pp fig figs vol vols ch chap art sec par para ed eq ver pt op",
    "de": "nr nrn art abs s kap bd abb tab ziff pos lit rn aufl",
    "es": "n no nro núm núms art arts p pp fig vol cap párr inc apdo ley",
    "it": "n nn no art artt p pp fig vol cap par co lett",
    "pt": "n no nº art arts p pp fig vol cap par inc",
    "nl": "nr nrs art p pp blz afb hfst par lid",
    "pl": "nr nry art s str poz pkt ust rozdz rys tab par t",
    "ro": "nr art p pp pag fig vol cap alin lit",
    "ru": "ст п пп рис табл с гл ч № разд",
    "uk": "ст п пп рис табл с гл ч розд",
    "tr": "s md cilt",
    "sv": "nr s kap fig art", "da": "nr s kap fig art", "nb": "nr s kap fig art",
    "cs": "č s čl odst kap obr tab", "sk": "č s čl ods kap obr tab", "hr": "br str čl",
    "el": "αρ σελ άρθρ παρ", "hu": "sz o", "fi": "nro s", "ca": "núm art p pàg",
}  # fmt: skip

# Ends a sentence when a word follows that usually begins one, or, for the second part, any capital.
MAY_END = {
    "fr": "cie sté éts jr sr ltd inc corp",
    "en": "inc ltd corp co jr sr bros plc llc a.m p.m ph.d b.a m.a u.s u.k u.n",
    "de": "co ltd inc jr sen jun uhr.o",
    "es": "cía ltda s.a jr inc ltd a.c d.c",
    "it": "s.p.a spa s.r.l jr inc ltd a.c d.c",
    "pt": "cia ltda s.a jr inc ltd a.c d.c",
    "nl": "n.v b.v jr sr inc ltd",
    "ru": "г.г н.э", "pl": "r w n.e p.n.e", "tr": "ltd şti a.ş",
    "cs": "s.r.o a.s", "sk": "s.r.o a.s",
}  # fmt: skip

# What most often begins a sentence of the language: function words, never names.
STARTERS = {
    "fr": """le la les l' un une des de du d' il elle ils elles on nous vous je j' ce c' cet cette
        ces cela ça ceux celle celui en dans pour par sur sous avec sans mais et ou or donc car
        si s' quand lorsque lorsqu' alors après avant pendant depuis dès selon à au aux aucun
        aucune autre plus moins tout tous toute toutes son sa ses leur leurs notre nos mon ma
        mes qui que qu' quoi où comment pourquoi quel quelle quels quelles y n' ne pas plusieurs
        chaque certains parmi entre vers chez contre malgré grâce enfin ainsi aussi cependant
        toutefois pourtant puis ensuite parallèlement face lors afin comme même a apres ca""",
    "en": """the a an he she it they we i you this that these those there here his her its their our
        my your in on at by for from with without of to as and but or so yet if when while where
        who what why how which after before during since until although though because however
        then thus also some many most all each every several other another no not one two both
        according despite""",
    "de": """der die das den dem des ein eine einer einem einen er sie es wir ihr ich man dieser
        diese dieses diesen diesem jener in im an am auf aus bei beim mit nach von vom vor zu
        zum zur über unter für durch gegen ohne um und aber oder doch denn wenn als ob dass weil
        da dann so auch nur noch schon sein seine seiner ihre ihrer wer was wie wo warum kein
        keine alle viele einige während trotz wegen laut seit bis nun jetzt dort hier damit
        dabei danach allerdings jedoch""",
    "es": """el la los las lo un una unos unas él ella ellos ellas yo nosotros usted ustedes este
        esta esto estos estas ese esa eso esos aquel aquella en de del al a con sin por para
        según sobre entre desde hasta tras durante contra y e o u pero sino aunque si cuando
        donde como que quien qué cuál cómo su sus mi nuestro no también además así entonces
        después antes mientras todo todos todas cada otro otra muchos muchas algunos según se le
        les ya más""",
    "it": """il lo la i gli le l' un uno una un' egli ella esso essa loro lui lei noi voi io questo
        questa questi queste quello quella in nel nella nei nelle nell' di del della dei delle
        dell' d' a al alla ai agli alle all' da dal dalla con per su sul sulla tra fra senza
        secondo dopo prima durante contro e ed o ma però se quando dove come che chi cosa perché
        suo sua suoi non anche inoltre così poi mentre tutto tutti ogni altri altre molti molte
        alcuni si ci c' è""",
    "pt": """o a os as um uma uns umas ele ela eles elas eu nós você este esta isto estes estas esse
        essa isso aquele aquela em no na nos nas de do da dos das ao à aos às com sem por pelo
        pela para segundo sobre entre desde até após durante contra e ou mas porém embora se
        quando onde como que quem qual seu sua seus suas não também além assim então depois
        antes enquanto todo todos cada outro outra muitos muitas alguns""",
    "nl": """de het een hij zij ze wij we ik u jij je dit dat deze die er in op aan bij met van voor
        door naar uit over onder tegen zonder om tot na en maar of want dus als toen wanneer
        omdat hoewel zijn haar hun onze ons wie wat waar hoe waarom welke niet ook nog alle veel
        enkele volgens tijdens sinds""",
    "pl": """w we na z ze do od po przez dla o u za przed pod nad bez i a ale lecz oraz jednak jeśli
        gdy kiedy gdzie jak że kto co czy ten ta to te ci on ona ono oni jego jej ich nie tak
        także według podczas""",
    "ro": """în la pe de din cu fără pentru prin după înainte și dar însă sau dacă când unde cum că
        cine ce acest această acesta aceasta acești aceste el ea ei ele un o unii nu a al ai ale""",
    "tr": """bu şu o bir ve ama fakat ancak ise çünkü için daha en her bazı çok de da ben sen biz siz
        onlar bunun onun""",
    "ru": """в во на с со к ко у о об от до по из за для при без над под и а но или если когда где
        как что кто чтобы он она оно они мы вы я это этот эта эти тот его её их не также по
        после однако так там все""",
    "uk": """в у на з із зі до від по за для при без над під і й та а але або якщо коли де як що хто
        щоб він вона воно вони ми ви я це цей ця ці той його її їх не також після однак так там""",
    "sv": """den det de en ett han hon vi jag ni du i på av för med till från om under efter och men
        eller när där som att detta denna dessa""",
    "da": """den det de en et han hun vi jeg i du på af for med til fra om under efter og men eller
        når der som at dette denne disse""",
    "nb": """den det de en et ei han hun vi jeg dere du i på av for med til fra om under etter og men
        eller når der som at dette denne disse""",
    "el": """ο η το οι τα του της των στο στη στην στον στις στα με για από και αλλά ή αν όταν που
        πως ένας μια ένα αυτός αυτή αυτό αυτοί δεν""",
    "cs": """v ve na s se z ze do od po pro při bez i a ale nebo když kde jak že kdo co ten ta to ti
        on ona ono oni jeho její jejich""",
    "sk": """v vo na s so z zo do od po pre pri bez i a ale alebo keď kde ako že kto čo ten tá to tí
        on ona ono oni jeho jej ich""",
    "hu": "a az egy és de vagy ha amikor hol hogy ki mi ez ő ők nem is",
    "fi": "ja mutta tai jos kun hän he se ne tämä nämä minä me te on ei",
    "hr": "u na s sa iz do od po za i a ali ili ako kad gdje kako da tko što taj ta to on ona oni",
    "ca": "el la els les l' un una en a al amb per de del d' i però o si quan on com que aquest aquesta",
}  # fmt: skip

# "6. Januar", "3. místo": a full stop after a number makes it an ordinal.
_ORDINAL = """
    de da nb nn no fi cs sk pl hu hr sr bs sl et lv tr is fo eu"""
ORDINAL_LANGUAGES = frozenset(_ORDINAL.split())

# Ends a sentence before any capital.
_AND_SO_ON = """
    etc usw usf ecc itd itp atd ş.a vb vs.b enz κ.λπ κλπ т.д т.п др пр m.m osv jne stb"""
AND_SO_ON = frozenset(_AND_SO_ON.split())

_SAME_AS = {"nn": "nb", "no": "nb", "sr": "hr", "bs": "hr", "gl": "es", "lb": "de", "be": "ru"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """What one language does with a full stop."""

    never_end: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    starters: frozenset[str]
    ordinals: bool


def _words(table: dict[str, str], language: str) -> frozenset[str]:
    if language == UNDETERMINED:
        return frozenset(word for words in table.values() for word in words.split())
    return frozenset(table.get(language, "").split())


def _load(language: str) -> Abbreviations:
    key = _SAME_AS.get(language, language)
    return Abbreviations(
        never_end=_words(NEVER_END, key) | frozenset(_TITLES.split()),
        before_number=_words(BEFORE_NUMBER, key),
        may_end=_words(MAY_END, key) | frozenset(_FIRMS.split()),
        starters=_words(STARTERS, key),
        ordinals=language in ORDINAL_LANGUAGES,
    )


_KNOWN = {
    language: _load(language)
    for language in {*NEVER_END, *STARTERS, *_SAME_AS, *ORDINAL_LANGUAGES, UNDETERMINED}
}


def abbreviations(language: str) -> Abbreviations:
    """Return the lists of a language; those of all languages together for one without a list."""
    return _KNOWN.get(language.split("-", 1)[0].lower(), _KNOWN[UNDETERMINED])
