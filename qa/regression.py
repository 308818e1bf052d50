"""Logistic regressions with named weights: what was fitted by ``eval``, as it is shipped."""

from collections.abc import Mapping

import msgspec


class Regression(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The logit of something, from signs that have names."""

    weights: dict[str, float]
    bias: float

    def logit(self, signs: Mapping[str, float]) -> float:
        """Return the logit. Raises KeyError without one of the signs."""
        return self.bias + sum(weight * signs[name] for name, weight in self.weights.items())


class ByLanguage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One regression where question and sentence share a language, and one where they do not.

    Across languages words tell little, cosines are lower, and the trained reader has seen less.
    """

    same: Regression
    across: Regression

    def logit(self, signs: Mapping[str, float]) -> float:
        """Return the logit by the one that the sign ``same_language`` asks for."""
        fitting = self.same if signs["same_language"] > 0.5 else self.across
        return fitting.logit(signs)
