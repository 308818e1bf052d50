"""What can be seen of a sentence without understanding it: does it hold a number, a date, a name?

The reader learns which of these a question asks for ("combien", "when") from the question's vector.
"""

import re

import numpy as np

from index.protocols import Vector

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_QUANTITY = re.compile(r"\d\s?(?:%|€|\$|£)|[€$£]\s?\d|\d\s(?:\w+s\b|mil)", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\s(«\"'’“-])[^\W\d_a-zß-öø-ÿ]\w+")  # a capital that opens no sentence
_QUOTATION = re.compile(r"[«»“”„\"]")
_CAUSE = re.compile(
    r"\b(?:car|parce|afin|pour que|en raison|grâce|because|since|due to|in order|weil|damit|wegen|"
    r"porque|para que|debido|perché|poiché|affinché)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?؟;]\s*[»”\"]?$")

COUNT = 9


def surface(sentence: str) -> Vector:
    """Return what the sentence shows, shape ``(COUNT,)``, each in [0, 1]."""
    names = len(_NAME.findall(sentence))
    length = len(sentence)
    return np.array(
        [
            bool(_DIGIT.search(sentence)),
            bool(_YEAR.search(sentence)),
            bool(_QUANTITY.search(sentence)),
            min(names, 5) / 5,
            bool(_QUOTATION.search(sentence)),
            bool(_CAUSE.search(sentence)),
            bool(_QUESTION.search(sentence)),
            min(length, 400) / 400,
            length < 25,
        ],
        dtype=np.float32,
    )
