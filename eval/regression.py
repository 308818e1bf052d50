"""Logistic regression whose weights are written down by name."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def logistic(
    names: Sequence[str], table: npt.NDArray[np.floating], right: npt.NDArray[np.bool_]
) -> tuple[dict[str, float], float]:
    """Return the weight of each column of ``table``, shape ``(rows, len(names))``, and the bias.

    The columns are brought to one scale before they are fitted, with an L2 penalty of 1, and the
    weights hold for the columns as they were.
    """
    from sklearn.linear_model import LogisticRegression

    deviation = table.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=1.0, max_iter=2000).fit(table / deviation, right)
    weights = (fitted.coef_[0] / deviation).round(6).tolist()
    return dict(zip(names, weights, strict=True)), round(float(fitted.intercept_[0]), 6)
