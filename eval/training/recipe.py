"""The numbers of the recipe, in one place."""

from eval.fit import PARALLEL

# How often a question of a set is asked in an epoch; and the language of the set.
SETS = {
    "piaf": (8.0, "fr"),
    "afriqa.fr": (2.0, "fr"),
    "squad-es": (1.5, "es"),
    "squad-it": (1.5, "it"),
    "norquad-news": (0.8, "nb"),
    "norquad-wiki": (0.5, "nb"),
    "fairytaleqa": (0.4, "en"),
    "torque": (0.5, "en"),
    "qamr": (0.1, "en"),
    "clapnq": (1.5, "en"),
    "selqa": (1.0, "en"),
    "afriqa.en": (1.0, "en"),
    "covidqa": (1.0, "en"),
    "faquad": (1.0, "pt"),
    "arcd": (1.0, "ar"),
    **{f"xquad.{language}": (2.0, language) for language in PARALLEL},
}
# Translations of one set, whose questions have the same id in every language.
FAMILY = ("squad-es", "squad-it", *(f"xquad.{language}" for language in PARALLEL))
# Our own questions: few, of the kind that is asked here; each once more in other languages.
OWN, OWN_WEIGHT = "samples.train", 10.0
# Our own texts: see eval.training.own_texts.
OWN_TEXTS = {"positions": 3.0, "news": 1.5, "reference": 2.0}

PASSAGE_TOKENS = 192
PLAIN_FRENCH, PLAIN_OTHERS = 0.35, 0.12  # share of texts that are read without accents as well
ACCENTED = ("es", "it", "pt", "ro", "de")

NEAR, NEAREST = 30, 6  # wrong texts are drawn from so many, half of them from the nearest
WRONG = 2  # texts a question, beside the one that answers
UNANSWERED = 0.12  # share of the questions whose answering text is withheld
SWAPPED = 0.15  # share of the public questions asked once more with another name or number
SWAPPED_SEED = 3
BEREFT = 0.5  # share that have, for a wrong one, that text without the sentences that answer
HEADED = 0.8  # share of the questions whose texts are read under their titles, if they have any
ACROSS = 0.75  # of the questions of the family are asked of a language drawn evenly

GROUPS = 10  # questions a step
RATE, WARM_UP, CLIP, DECAY = 2e-4, 150, 1.0, 0.01
DROPOUT = 0.1
WEIGHTS = {"span": 1.0, "sentence": 1.0, "sentences": 0.3, "text": 0.4, "texts": 0.4}
NULL_WEIGHT = 0.4  # of the span loss of a text that does not answer


def learnt(number: int) -> bool:
    """Whether the reader learns from a question of our own: ten of every twenty.

    The others fit how its words are weighed (``eval.weigh``). Questions that ask the same stand
    next to each other.
    """
    return number // 10 % 2 == 0
