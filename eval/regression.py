"""Fits the logistic regressions of ``qa.regression``."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qa.regression import ByLanguage, Regression

Table = npt.NDArray[np.floating]
Flags = npt.NDArray[np.bool_]


def by_language(names: Sequence[str], table: Table, right: Flags, same: Flags) -> ByLanguage:
    """Fit the rows that share the question's language, and those that do not, each alone."""
    return ByLanguage(
        same=logistic(names, table[same], right[same]),
        across=logistic(names, table[~same], right[~same]),
    )


def logistic(names: Sequence[str], table: Table, right: Flags) -> Regression:
    """Fit ``right`` to the columns of ``table``, shape ``(rows, len(names))``.

    They are brought to one scale before, with an L2 penalty of 1, and the weights hold for them as
    they were.
    """
    from sklearn.linear_model import LogisticRegression

    deviation = table.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(table / deviation, right)
    weights = (fitted.coef_[0] / deviation).round(6).tolist()
    return Regression(
        weights=dict(zip(names, weights, strict=True)),
        bias=round(float(fitted.intercept_[0]), 6),
    )
