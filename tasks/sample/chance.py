"""Chance that repeats: one random stream a purpose, and totals shared out without remainder."""

from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


def stream(seed: int, purpose: str) -> np.random.Generator:
    """The random stream of `purpose`; a new purpose never shifts the numbers of another."""
    return np.random.default_rng([seed, crc32(purpose.encode())])


def apportion(total: int, weights: NDArray[np.floating[Any]], floor: int = 0) -> NDArray[np.int64]:
    """Share `total` out in proportion to `weights`, at least `floor` each, by the largest remainder.

    Raises ValueError when `total` is less than the floors need.
    """
    spare = total - floor * len(weights)
    if spare < 0:
        raise ValueError(f"{total} cannot be shared among {len(weights)} with at least {floor} each")
    exact = spare * weights / weights.sum()
    shares = np.floor(exact).astype(np.int64)
    largest = np.argsort(shares - exact, kind="stable")[: spare - int(shares.sum())]
    shares[largest] += 1
    return np.asarray(shares + floor)
