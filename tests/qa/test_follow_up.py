"""Whether a question is a follow-up, and what shows it."""

import pytest

from qa.follow_up import Lack, lack_of
from qa.wording import Wording


def lack(question: str) -> Lack:
    return lack_of(Wording.of(question))


@pytest.mark.parametrize(
    "question",
    [
        "And the price?",
        "what about Poland?",
        "et la part de la France ?",
        "Mais pourquoi ?",
        "Und was kostet die Überfahrt?",
        "¿Y qué pasa con Italia?",
        "E come sono arrivati?",
    ],
)
def test_a_question_that_begins_with_and_is_a_follow_up(question: str) -> None:
    assert lack(question) is Lack.OPENED


@pytest.mark.parametrize(
    "question",
    [
        "Why did they refuse the whole offer?",
        "What did he bring them in the morning?",
        "Quand a-t-elle présenté sa démission au roi ?",
        "Que propose-t-il aux marins grévistes ?",
        "Warum hat er den Vertrag abgelehnt?",
        "What did the mayor say about it?",
        "Was Zelensky there?",
        "Which of these museums accepted the loan?",
        "Qui a voté contre cette loi ?",
        "In his speech, what did he say about Ukraine?",
        "In his speech, what was said about Macron?",
        "Dans son discours, qu'a-t-il dit de Macron ?",
        "Who is his successor in Paris?",
    ],
)
def test_a_pronoun_without_its_noun_makes_a_follow_up(question: str) -> None:
    assert lack(question) is Lack.REFERENT


@pytest.mark.parametrize(
    "question",
    [
        "when?",
        "Combien ?",
        "Who voted against?",
        "Wer hat abgelehnt?",
        "Poland?",
        "Keir Starmer ?",
        "How many people died?",
        "what did Tusk say?",
        "Qu'a dit Meloni ?",
        "¿Por qué?",
        "Quando?",
        "为什么?",
        "Combien de temps à Paris ?",
        "Quel temps fait-il ?",
    ],
)
def test_a_question_with_hardly_a_word_of_its_own_is_a_follow_up(question: str) -> None:
    assert lack(question) is Lack.SUBJECT


@pytest.mark.parametrize(
    "question",
    [
        "Why did Sweden say that it would not send soldiers?",
        "longueur de la deviation kersaliou",
        "Combien y a-t-il d'écoles publiques à Montréval ?",
        "Is it true that the Pope resigned?",
        "Quel est le prix du litre de gazole cette semaine ?",
        "Who won?!" * 20,
        "When was the lighthouse lit?",
        "Qui est Giorgia Meloni ?",
        "In his speech, what did Macron say about Ukraine?",
        "In its report, why did Amnesty accuse them?",
        "Dans son discours, qu'a dit Macron sur l'Ukraine ?",
        "Avec ses alliés, que va faire la France ?",
        "In seiner Rede, was sagte Macron über die Ukraine?",
        "En su discurso, ¿qué dijo Macron sobre Ucrania?",
        "Quel temps fait-il à Paris ?",
        "Quel temps fera-t-il à Nice demain ?",
        "¿Qué tiempo hace en París?",
        "Che tempo fa a Parigi?",
        "?!",
        "",
        "Warum wollen die Gewerkschaften keine neun statt elf Mann Besatzung auf den Fähren?",
    ],
)
def test_a_question_with_a_subject_of_its_own_is_none(question: str) -> None:
    assert lack(question) is Lack.NOTHING
