"""What countries are called beside their names in the Unicode CLDR, and what is none.

CLDR has no demonyms, no cases, and one name a language; the codes are those of ISO 3166-1.
"""

import re

from index.words import fold

# Accents folded: beginnings of words, or whole words after "=". They count in lower case too,
# unless they have a capital here: "dane" are data in Polish.
DEMONYMS = {
    "AE": "emirati эмират емірат",
    "AF": "afghan afgan афган",
    "AL": "albanais albanian albanisch albanes albansk албан",
    "AM": "armenien armenian armenisch armeni =armeno =armena ormian вірмен армян армен",
    "AR": "argentin",
    "AT": "autrichien austrian osterreich austriac austriak австрі австри",
    "AU": "australien australian australisch австрал",
    "AZ": "azeri azerbaidjan azerbaijan aserbaidschan azerbaiyan azerbaigian azerbejdz азерб",
    "BA": "bosni босн",
    "BD": "bangladais bangladesh",
    "BE": "belge =belgian belgians belgisch =belga =belgi belgijsk бельгі бельги",
    "BF": "burkinab",
    "BG": "bulgare bulgarian bulgarisch bulgar болгар",
    "BO": "bolivien bolivian",
    "BR": "bresilien brazilian brasilian brasilen brasilei бразил",
    "BY": "bielorusse belarusian belarussisch bielorrus bielorus білорус белорус",
    "CA": "canadien canadian kanadisch kanadier canadiens canades kanadyj канад",
    "CD": "congolais congolese kongoles congolen congoles конголез",
    "CH": "=suisse =suisses =swiss schweizer suizo suiza svizzer szwajcar швейцар",
    "CI": "ivoirien ivorian ivorisch",
    "CL": "chilien chilean chilen cilen chilij чилийск чилійськ",
    "CM": "cameroun cameroon kamerun",
    "CN": "chinois chinese chinesisch =chino =china =chinos cinese cinesi chinsk китай",
    "CO": "colombien colombian kolumbian kolumbij колумб",
    "CU": "cubain cuban =kubaner kubanisch kubansk кубинськ кубинск",
    "CY": "chypriote cypriot zypriot chipriot cipriot кіпр кипр",
    "CZ": "tcheque czech tschech =checo =checa =checos ceco =ceca =cechi czesk чеськ чеш чехі "
    "чехи",
    "DE": "allemand =german =germans deutsch aleman tedesc niemiec niemc німець німц німеч "
    "немец немц",
    "DK": "danois danish =danes danisch =Danen =Dane danes dunsk данськ датск",
    "DZ": "algerien algerian algerisch =algerier argelin algerin algiersk алжир",
    "EC": "equatorien ecuadorian ecuatorian",
    "EE": "estonien estonian estnisch estoni естон эстон",
    "EG": "egyptien egyptian agypt egipci egizian =egizio =egizia =egizi =egizie egipsk egipc "
    "егип єгип",
    "ES": "espagnol spanish spaniard spanisch espanol spagnol hiszpan іспан испан",
    "ET": "ethiopien ethiopian athiop etiop эфиоп ефіоп",
    "FI": "finlandais finnish =Finns finnisch finlandes finsk finland фінлянд фінськ =фіни "
    "=фінів финлянд финск =финны",
    "FR": "francais =french frenchm franzos =frances francesa franceses francese francesi "
    "francusk francuz француз",
    "GB": "britannique british britons britisch =Brite =Briten brytani britanic britannic "
    "brytyjsk британ",
    "GE": "georgien georgian georgisch gruzin грузин",
    "GH": "ghaneen ghanaian ghanais ghanes",
    "GN": "guineen guinean",
    "GR": "=grec =grecs grecque =greek =greeks griechisch =griego =griega greco =greca greck "
    "грец грек",
    "HR": "croate croatian kroatisch croat chorwa хорват",
    "HT": "haitien haitian",
    "HU": "hongrois hungarian ungarisch hungar ungherese wegier wegr угор венгер",
    "ID": "indones indonez индонез індонез",
    "IE": "irlandais irish irisch irlandes irlandzk ірланд ирланд",
    "IL": "israelien israeli israelisch israelit izrael ізраїл израил",
    "IN": "=indien =indiens =indienne =indian =indians indisch індійс индийс",
    "IQ": "iraki irakien iraqi iraqu irachen irack іракськ иракск",
    "IR": "iranien iranian iranisch irani іран иран",
    "IS": "islandais icelandic islandisch islandes islandzk ісланд исланд",
    "IT": "italien italian italienisch wlosk wloch wlosz італі италь",
    "JO": "jordanien jordanian jordanisch =jordano =jordana giordan йордан иордан",
    "JP": "japonais japanese japanisch japones giappones japonsk япон",
    "KE": "kenyan kenian keniota кенийск кенійськ",
    "KG": "kirghiz kyrgyz kirgis киргиз",
    "KH": "cambodgien cambodian kambodschan",
    "KP": "nordcoreen nordkorean norcorean nordcorean",
    "KR": "coreen korean corean koreansk sudkorean sudcoreen surcorean sudcorean корейськ "
    "корейск",
    "KW": "koweitien kuwait",
    "KZ": "kazak kasach kazaj kazac kazach казах",
    "LB": "libanais lebanese libanes libansk ліванськ ливанск",
    "LT": "lituanien lithuanian litauisch lituan litew литов",
    "LU": "luxembourgeois luxembourger luxemburg",
    "LV": "letton latvian lettisch leton lettone lotew латві латви латыш",
    "LY": "libyen libyan libysch =libio =libia libic libijsk лівійськ ливийск",
    "MA": "marocain moroccan marok marroqui marocchin марокк",
    "MC": "monegasque",
    "MD": "moldave moldovan moldauisch moldav молдав молдов",
    "ME": "montenegri czarnogor чорногор черногор",
    "MK": "macedon mazedon македон",
    "ML": "malien malian malisch малийск малійськ",
    "MM": "birman burmes",
    "MN": "mongol монгол",
    "MT": "maltais maltes",
    "MX": "mexicain mexican mexikanisch messican meksyk мексик",
    "MY": "malaisien malaysian",
    "NE": "nigerien",
    "NG": "nigerian нигерийск нігерійськ",
    "NL": "neerlandais hollandais =dutch niederland neerlandes holandes olandes holender "
    "нідерланд нидерланд голланд",
    "NO": "norvegien norwegian norwegisch noruego noruega norveges norwes норве",
    "NP": "nepal непал",
    "NZ": "neuseeland neozeland новозеланд",
    "PE": "peruvien peruvian peruan peruwian перуан",
    "PH": "philippin filipin filippin филиппин філіппін",
    "PK": "pakistan пакистан",
    "PL": "polonais =polish =Poles polnisch =polaco =polaca polacos polacc polsk polsc =Polak "
    "polac польщ польськ польсь польш польск поляк",
    "PS": "palestin palasti palesty палестин",
    "PT": "portugais portuguese portugiesisch portugues portoghes portugal португал",
    "PY": "paraguay",
    "QA": "qatari qatarien katarisch katars katarczy катарськ катарск",
    "RO": "roumain romanian rumanisch rumano rumana rumeno rumena rumun румун румын",
    "RS": "=serbe =serbes serbian serbisch =serbio serbi serbsk серб",
    "RU": "=russe =russes russian russisch =ruso =rusa =rusos =russo =russa =russi rosyjsk rosj "
    "росій российск русск",
    "RW": "rwandais rwandan ruand",
    "SA": "saoudien saudi",
    "SD": "soudanais sudanes суданськ суданск",
    "SE": "suedois swedish =Swedes schwedisch =sueco =sueca suecos svedes szwed швед",
    "SI": "slovene slovenian slowenisch esloven sloven slowen словен",
    "SK": "slovaque slovak slowakisch eslovac slovacc slowac словац",
    "SN": "senegal сенегал",
    "SO": "somali сомалийск сомалійськ",
    "SS": "sudsoudanais sudsudanes",
    "SY": "syrien syrian syrisch =sirio =siria syryjsk сирій сирийс",
    "TD": "tchadien chadian tschadisch ciadian",
    "TH": "thailand =thai таиланд тайськ",
    "TJ": "tadjik tajik tadschik таджик",
    "TM": "turkmen туркмен",
    "TN": "tunisien tunisian tunes tunecin tunisin tunezyj тунис туніс",
    "TR": "=turc =turcs turque turkish turkisch =turco =turca turchi tureck турец",
    "TW": "taiwanais taiwanes",
    "UA": "ukrainien ukrainian ukrainisch ucranian ucrain ukrain україн украин",
    "UG": "ougandais ugandan",
    "US": "americain =american =americans amerikanisch amerikaner estadounid american "
    "statunitens amerykan американ",
    "UY": "uruguay",
    "UZ": "ouzbek uzbek usbek узбек",
    "VE": "venezuelien venezuelan venezolan",
    "VN": "vietnam wietnam вьетнам",
    "XK": "kosov kosow косовар косовськ косовск",
    "YE": "yemen jemen йемен ємен",
    "ZA": "sudafrikan sudafrican",
}  # fmt: skip
# In Arabic the whole words, without article and ending.
ARABIC_DEMONYMS = {
    "AE": "إماراتي", "AF": "أفغاني", "AT": "نمساوي", "AU": "أسترالي", "BE": "بلجيكي",
    "BR": "برازيلي", "CA": "كندي", "CH": "سويسري", "CN": "صيني", "CU": "كوبي", "DE": "ألماني",
    "DK": "دنماركي دانماركي", "DZ": "جزائري", "EG": "مصري", "ES": "إسباني", "FI": "فنلندي",
    "FR": "فرنسي", "GB": "بريطاني", "GR": "يوناني", "HU": "مجري", "IL": "إسرائيلي", "IN": "هندي",
    "IQ": "عراقي", "IR": "إيراني", "IT": "إيطالي", "JO": "أردني", "JP": "ياباني", "KR": "كوري",
    "KW": "كويتي", "LB": "لبناني", "LT": "ليتواني", "LY": "ليبي", "MA": "مغربي", "MX": "مكسيكي",
    "NL": "هولندي", "NO": "نرويجي", "PK": "باكستاني", "PL": "بولندي", "PS": "فلسطيني",
    "PT": "برتغالي", "QA": "قطري", "RO": "روماني", "RS": "صربي", "RU": "روسي", "SA": "سعودي",
    "SD": "سوداني", "SE": "سويدي", "SY": "سوري", "TN": "تونسي", "TR": "تركي", "UA": "أوكراني",
    "US": "أمريكي أميركي", "YE": "يمني",
}  # fmt: skip
ARABIC_ENDINGS = ("", "ة", "ون", "ين", "ان", "تين", "تان", "ات")
# Demonyms of two words.
TWO_WORDS = {
    "KP": ("nord-coréen", "nord-coréenne", "nord-coréens", "nord-coréennes", "North Korean",
           "North Koreans"),
    "KR": ("sud-coréen", "sud-coréenne", "sud-coréens", "sud-coréennes", "South Korean",
           "South Koreans"),
    "NZ": ("néo-zélandais", "néo-zélandaise", "néo-zélandaises", "New Zealander",
           "New Zealanders"),
    "SS": ("sud-soudanais", "sud-soudanaise", "sud-soudanaises", "South Sudanese"),
    "ZA": ("sud-africain", "sud-africaine", "sud-africains", "sud-africaines", "South African",
           "South Africans"),
}  # fmt: skip
# Shorter than CLDR's, or beside them.
NAMES = {
    "AE": ("Émirats", "Emiraten", "Emiratos", "Emirati Arabi"),
    "BA": ("Bosnia", "Bosnia and Herzegovina", "Bosnie"),
    "BY": ("Weißrussland", "Bélarus", "Bielorussia", "Белоруссия"),
    "CD": ("Congo", "Kongo", "République démocratique du Congo", "Конго", "الكونغو",
           "Democratic Republic of the Congo", "Democratic Republic of Congo",
           "Demokratische Republik Kongo", "Repubblica Democratica del Congo"),
    "CG": ("République du Congo", "Republic of the Congo"),
    "CI": ("Ivory Coast", "Elfenbeinküste", "Costa de Marfil", "Wybrzeże Kości Słoniowej"),
    "CN": ("Chin",),
    "CV": ("Cape Verde", "Cap-Vert", "Kap Verde", "Capo Verde"),
    "CZ": ("République tchèque", "Czech Republic", "Repubblica Ceca", "República Checa"),
    "DM": ("la Dominique",),
    "GB": ("Grande-Bretagne", "Great Britain", "Großbritannien", "Gran Bretaña", "Gran Bretagna",
           "Angleterre", "England", "Inglaterra", "Inghilterra", "Vereinigten Königreich",
           "Britain", "Northern Ireland", "Irlande du Nord", "Nordirland", "Irlanda del Norte",
           "Irlanda del Nord", "Wielkiej Brytanii", "Великої Британії", "Великій Британії",
           "Велику Британію", "Великою Британією", "Großbritanniens"),
    "IN": ("Indii", "Indiach", "Indiom", "Indiami"),
    "KP": ("Північної Кореї", "Північній Кореї", "Северной Кореи", "Северной Корее",
           "Северная Корея", "Korei Północnej"),
    "KR": ("Korea", "Corée", "Corea", "Coreia", "Корея"),
    "MD": ("Moldau", "Молдавия"),
    "MK": ("Macedonia", "Macédoine", "Mazedonien"),
    "MM": ("Burma", "Birmanie", "Birmania", "Birma", "Birmânia", "Бирма", "Бірма", "بورما"),
    "MU": ("île Maurice",),
    "NL": ("Hollande", "Holland", "Holanda", "Olanda"),
    "PS": ("Palestine", "Palestina", "Palästina", "Palestyna", "Палестина", "فلسطين"),
    "RU": ("Kremlin", "Kreml", "Cremlino"),
    "SV": ("le Salvador", "au Salvador", "du Salvador"),
    "SZ": ("Swaziland",),
    "TR": ("Turkey",),
    "US": ("USA", "America", "Amérique", "Vereinigten Staaten", "Vereinigter Staaten",
           "Maison-Blanche", "White House", "Stanów Zjednoczonych", "Stanach Zjednoczonych",
           "Stanom Zjednoczonym", "Stanami Zjednoczonymi", "Сполучених Штатів",
           "Сполучених Штатах", "Сполученим Штатам", "Сполученими Штатами", "Соединенных Штатов",
           "Соединенных Штатах", "Соединенным Штатам", "Соединенными Штатами"),
    "VA": ("Vatican", "Vatikan", "Vaticano"),
    "VN": ("Vietnam",),
}  # fmt: skip
# Written like this alone: "us" is a word. Dots between the letters may be there or not.
ABBREVIATIONS = {
    "AE": "UAE ОАЭ ОАЕ", "CD": "RDC DRC", "CN": "КНР", "GB": "UK", "KP": "DPRK КНДР",
    "RU": "РФ", "US": "US USA EEUU США",
}  # fmt: skip
# What holds the name of a country and is none, or is somewhere else.
NO_COUNTRIES = (
    "New Mexico", "Nouveau-Mexique", "Nuevo México", "Nuovo Messico", "Novo México", "New Jersey",
    "Gulf of Mexico", "golfe du Mexique", "golfo de México", "golfo del Messico",
    "Golf von Mexiko", "South China Sea", "China Sea", "mer de Chine", "mar de China",
    "Indian Ocean", "océan Indien", "océano Índico", "Oceano Indiano", "Indischer Ozean",
    "Christmas Island", "Coney Island", "Easter Island", "Ellis Island", "Long Island",
    "Rhode Island", "Snake Island", "Staten Island", "Three Mile Island", "Latin America",
    "South America", "North America", "Central America", "Amérique latine", "Amérique du Sud",
    "Amérique du Nord", "Amérique centrale", "América Latina", "América del Sur", "América Central",
    "América del Norte", "América do Sul", "America Latina", "America Centrale",
    "America del Sud", "the Americas",
    "Latin American", "Latin Americans", "South American", "South Americans", "North American",
    "Central American", "latino-américain", "latino-américaine", "latino-américains",
    "latino-américaines", "sud-américain", "sud-américaine", "sud-américains", "sud-américaines",
    "nord-américain", "nord-américaine", "nord-américains", "nord-américaines",
)  # fmt: skip
# Unknown regions, and territories that are called like what news speaks of more often.
LEFT_OUT = frozenset({"BL", "CX", "JE", "MF", "MS", "NF", "QO", "RE", "SX", "XA", "XB", "ZZ"})
# Alone no names of a country, for people have them more often, or they are other words: Granada is
# in Spain, "того" is "that", مالي is "financial".
FIRST_NAMES = frozenset(
    {"georgia", "jordan", "chad", "dominique", "maurice", "mauricio", "salvador"}
)
OTHER_WORDS = frozenset(fold("grenade granada того мали малі مالي بنين").split())
# Only with a capital, however the text is written.
COMMON_WORDS = frozenset(
    fold("mali dania danii dane czad malta perú перу chin indie куба guinea").split()
)
# What a case makes of the end of a name: Francja, Francji; Frankreich, Frankreichs.
SLAVIC = ("pl", "uk", "ru")
CASES = {
    language: tuple((re.compile(end), endings.split()) for end, endings in rows)
    for language, rows in {
        "de": [(r"(?<![sxz])$", "s")],
        "nl": [(r"(?<![sxz])$", "s")],
        "pl": [
            (r"a$", "y ie i e a o"),
            (r"y$", "ow ach om ami"),
            (r"(?<=[bcdfghjklmnprstwz])$", "u a em iem ie owi"),
        ],
        "uk": [
            (r"я$", "ї і ю єю ею"),
            (r"а$", "и і у ою ею"),
            (r"(?<=[бвгґджзклмнпрстфхцчшщ])$", "у а і ом ові"),
        ],
        "ru": [
            (r"я$", "и е ю ей"),
            (r"а$", "ы и е у ой ей"),
            (r"(?<=[бвгджзклмнпрстфхцчшщ])$", "а у е ом"),
        ],
    }.items()
}
