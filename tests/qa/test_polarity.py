"""Texts that say no."""

import pytest

from qa.polarity import asks_for_refusals, noes, says_no


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Giorgia Meloni a réitéré le refus italien.", "fr"),
        ("Leurs pays ne fourniraient pas de troupes.", "fr"),
        ("La Suede n'en enverra aucun.", "fr"),
        ("Which countries won't send troops?", "en"),
        ("Welche Länder weigern sich?", "de"),
        ("Berlin lehnt das ab.", "de"),
        ("¿Qué países se niegan a enviar tropas?", "es"),
        ("Quali paesi rifiutano?", "it"),
        ("Które kraje odmawiają?", "pl"),
        ("Які країни відмовляються?", "uk"),
        ("ما هي الدول التي ترفض ذلك؟", "ar"),
        ("“I cannot accept this,” said Meloni.", "en"),  # "I" is "and" in Polish alone
        ("Italy can't send troops.", "en"),
        ("Italy won’t send troops.", "en"),
        ("It doesnt send any.", "en"),
        ("Rome rules out sending troops.", "en"),
        ("Poland hesitates and cannot decide.", "en"),
        ("La France n'enverra en aucun cas des troupes.", "fr"),
        ("La France n’enverra plus de troupes.", "fr"),
        ("La France n'enverra pas plus tard.", "fr"),
        ("Il n'y en a plus.", "fr"),
        ("Personne ne veut y aller.", "fr"),
        ("L'accident n'a blessé personne.", "fr"),
        ("En ningún caso España enviará tropas.", "es"),
        ("España negó el envío.", "es"),
        ("Portugal nega o envio.", "pt"),
        ("Nederland en geen ander land.", "nl"),
        ("Berlin will nicht noch mehr Truppen schicken.", "de"),
        ("L'Italia parteciperà al vertice e non invierà truppe.", "it"),
        ("España estará en la cumbre y no enviará tropas.", "es"),
        ("Polska popiera misję i nie wyśle wojsk.", "pl"),
        ("وترفض فرنسا", "ar"),
        ("ورفضت إيطاليا", "ar"),
        ("ولن ترسل قوات", "ar"),
        ("Немає жодних планів.", "uk"),
        ("Туди ніхто не поїде.", "uk"),
    ],
)
def test_a_refusal_says_no(text: str, language: str) -> None:
    assert says_no(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("La France s'est déclarée prête à envoyer des troupes en mai.", "fr"),
        ("Which countries send troops?", "en"),
        ("Deutschland schickt im Mai Soldaten.", "de"),
        ("Elles seraient dans un pays voisin et non en Ukraine.", "fr"),
        ("They are in a neighbouring country and not in Ukraine.", "en"),
        ("Dans un pays voisin et non pas en Ukraine.", "fr"),
        ("L'Égypte et le Maroc n'ont pas encore répondu.", "fr"),
        ("Egypt hasn't answered yet.", "en"),
        ("Kairo hat noch nicht geantwortet.", "de"),
        ("L'Egitto non ha ancora risposto.", "it"),
        ("Egipto todavía no ha respondido.", "es"),
        ("Egipt jeszcze nie odpowiedział.", "pl"),
        ("In einem Nachbarland und nicht in der Ukraine.", "de"),
        ("En un país vecino y no en Ucrania.", "es"),
        ("In un paese vicino e non in Ucraina.", "it"),
        ("W sąsiednim kraju, a nie w Ukrainie.", "pl"),
        ("W sąsiednim kraju i nie w Ukrainie.", "pl"),
        ("في بلد مجاور وليس في أوكرانيا", "ar"),
        ("Macron won the election.", "en"),
        ("Don Lemon interviewed the minister.", "en"),
        ("The court ruled that the law is valid.", "en"),
        ("Une personne a été blessée.", "fr"),
        ("L'exclusivité de l'accord.", "fr"),
        ("Les hostilités ont repris.", "fr"),
        ("La France enverra plus de troupes.", "fr"),
        ("La France n'enverra que plus tard des troupes.", "fr"),
        ("Las negociaciones siguen.", "es"),
        ("As negociações continuam.", "pt"),
        ("Il test è negativo.", "it"),
        ("Sie fahren ausschließlich mit Batterien.", "de"),
        ("", "fr"),
        ("ـ", "ar"),  # a stroke that folds to nothing
        ("Ei tule kysymykseen.", "fi"),  # no list
    ],
)
def test_anything_else_does_not(text: str, language: str) -> None:
    assert not says_no(text, language)


@pytest.mark.parametrize(
    ("text", "language", "refusing"),
    [
        ("which countries refuse to send troops?", "en", True),
        ("Welche Länder weigern sich?", "de", True),
        ("Who has not decided yet?", "en", False),  # says no, and asks for no refusal
        ("who said no to the plan", "en", True),
        ("Qui a dit non ?", "fr", True),
        ("Wer sagt Nein?", "de", True),
        ("Who said nothing?", "en", False),
        ("Quels pays enverront des troupes ?", "fr", False),
        ("Quels pays n'enverront pas de troupes ?", "fr", True),
        ("Pourquoi l'Italie refuse-t-elle ?", "fr", False),
        ("And why did Poland refuse?", "en", False),
        ("How many countries refused?", "en", False),
        ("¿Por qué se niega Polonia?", "es", False),
        ("Dlaczego Polska odmówiła wysłania wojsk?", "pl", False),
        ("Kiedy Polska odmówiła?", "pl", False),
        ("Чому Угорщина відмовилася?", "uk", False),
        ("Когда Венгрия отказалась?", "ru", False),
        ("لماذا رفضت إيطاليا؟", "ar", False),
        ("Por que a Polônia recusou?", "pt", False),
        ("En quelle année la France a-t-elle refusé ?", "fr", False),
        ("In what year did France refuse?", "en", False),
        ("In welchem Jahr weigerte sich Polen?", "de", False),
        ("¿En qué año se negó España?", "es", False),
        ("In che anno l'Italia ha rifiutato?", "it", False),
        ("W którym roku Polska odmówiła?", "pl", False),
        ("Which country won the cup?", "en", False),
        ("Who leads the opposition?", "en", False),
        ("Which court ruled on the case?", "en", False),
        ("Who ruled out sending troops?", "en", True),
        ("Which countries can’t send troops?", "en", True),
        ("Qui dirige l'opposition ?", "fr", False),
        ("Qui a obtenu l'exclusivité ?", "fr", False),
        ("Quelle personne dirige le pays ?", "fr", False),
        ("qui refuse d'envoyer des troupes", "fr", True),
        ("quels États ont exclu d'envoyer des soldats", "fr", True),
        ("Quels pays n'enverront plus de troupes ?", "fr", True),
        ("¿Quién dirige las negociaciones?", "es", False),
        ("Qué países se niegan a enviar tropas", "es", True),
        ("Quem lidera as negociações?", "pt", False),
        ("Quali paesi si rifiutano di inviare truppe?", "it", True),
        ("Które kraje odmawiają wysłania wojsk na Ukrainę?", "pl", True),
        ("Які країни відмовляються надсилати війська?", "uk", True),
        ("أي دولة ترفض ذلك؟", "ar", True),
    ],
)
def test_a_question_for_refusals_is_known(text: str, language: str, refusing: bool) -> None:
    assert asks_for_refusals(text, language) is refusing


def test_a_contracted_no_is_found_whole() -> None:
    text = "Italy won't go: Rome refuses."
    assert [(span.of(text), refuses) for span, refuses in noes(text, "en")] == [
        ("won't", False),
        ("refuses", True),
    ]
