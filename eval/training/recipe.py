"""The numbers of the recipe, in one place."""

from eval.fit import HELD_OUT, PARALLEL

# How often a question of a set is asked in an epoch; and the language of the set.
SETS = {
    "piaf": (2.0, "fr"),
    "afriqa.fr": (2.0, "fr"),
    "squad-es": (1.0, "es"),
    "squad-it": (1.0, "it"),
    "norquad-news": (1.0, "nb"),
    "norquad-wiki": (0.7, "nb"),
    "fairytaleqa": (0.6, "en"),
    "torque": (1.0, "en"),
    "qamr": (0.25, "en"),
    "clapnq": (1.5, "en"),
    "selqa": (1.0, "en"),
    "afriqa.en": (1.0, "en"),
    "covidqa": (1.0, "en"),
    "faquad": (1.0, "pt"),
    "arcd": (1.0, "ar"),
    **{f"xquad.{language}": (1.3, language) for language in PARALLEL},
}
WATCHED = ("piaf", "xquad.en", "xquad.de", "xquad.es")  # whose dev parts are looked at meanwhile

PASSAGE_TOKENS = 192
PLAIN_FRENCH, PLAIN_OTHERS = 0.35, 0.12  # share of texts that are read without accents as well
ACCENTED = ("es", "it", "pt", "ro", "de")

NEAR, NEAREST = 30, 6  # wrong texts are drawn from so many, half of them from the nearest
WRONG = 2  # texts a question, beside the one that answers
UNANSWERED = 0.12  # share of the questions whose answering text is withheld
ACROSS = 0.65  # of XQuAD's questions are asked of another language, drawn evenly
STRANGE = 0.3  # of XQuAD's groups have a wrong text in a third language

GROUPS = 10  # questions a step
RATE, WARM_UP, CLIP, DECAY = 2e-4, 150, 1.0, 0.01
DROPOUT = 0.1
WEIGHTS = {"span": 0.6, "sentence": 1.0, "sentences": 0.3, "text": 0.4, "texts": 0.4}
NULL_WEIGHT = 0.4  # of the span loss of a text that does not answer

__all__ = ["HELD_OUT"]
