"""The pandera schema of a model, without what pandera would do for dask and for hypothesis."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pandera.pandas as pa


@contextmanager
def _taken_for_absent(*names: str) -> Iterator[None]:
    """Let an `import` of these modules within the block fail, where they are not there yet."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None: how Python is told so
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


# Where they are installed pandera imports them, for frames on a cluster and for made-up data. We have
# neither, and they take a second of every process that reads a return. It looks for them once: now.
with _taken_for_absent("dask.dataframe", "hypothesis.strategies"):
    import pandera.strategies.base_strategies
    import pandera.typing.dask  # noqa: F401


def schema_of(model: type[pa.DataFrameModel]) -> pa.DataFrameSchema:
    """The schema that `model` describes; whoever asks here has pandera told first."""
    return model.to_schema()
