"""What was examined as one Parquet file a submission: a row, in which each frame is a list of structures."""

import io
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.form.form import Form
from schemas.form.sheet import DTYPE, Reader
from tasks.batch import PLACE, Batch
from tasks.examine import Examined
from tasks.findings import as_shown

_OF_BATCH = ("submissions", "sheets", "rows", "placed")
_ARROW = {Reader.COUNT: pa.int64(), Reader.DECIMAL: pa.float64(), Reader.DATE: pa.timestamp("us")}
# Of what is no value of the form: all else is text.
_PLAIN = {
    **dict.fromkeys(("source_row", "row", "rows_in_file", "size_bytes"), pa.int64()),
    **dict.fromkeys(("is_simulated", "has_declared_no_petitions", "is_readable"), pa.bool_()),
}


def to_parquet(examined: Examined) -> bytes:
    """One submission's frames. What the office wrote is kept as text, as findings show it."""
    columns = {name: _nested(frame, types) for name, frame, types in _frames(examined)}
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def from_parquet(parts: list[bytes], form: Form) -> Examined:
    """The frames of all those submissions, which are of one form, one below the other in the order given."""
    tables = [pq.read_table(io.BytesIO(part)) for part in parts]
    frames = {name: _frame(tables, name) for name in tables[0].column_names}
    typed = {sheet.table: frames[f"typed.{sheet.table}"] for sheet in form.sheets}
    for sheet in form.sheets:
        dtypes = {column.name: DTYPE[column.reader] for column in sheet.columns}
        typed[sheet.table] = typed[sheet.table].astype(dtypes)
    batch = Batch(
        **{name: frames[name].infer_objects() for name in _OF_BATCH},
        raw={sheet.table: frames[f"written.{sheet.table}"] for sheet in form.sheets},
        totals={},
        findings=frames["findings"],
        form=form,
    )
    return Examined(batch, typed, frames["findings"], frames["repairs"])


def _frames(examined: Examined) -> Iterator[tuple[str, pd.DataFrame, dict[str, Any]]]:
    for name in _OF_BATCH:
        yield name, getattr(examined.batch, name), _PLAIN
    yield "findings", examined.findings, _PLAIN
    yield "repairs", examined.repairs, _PLAIN
    for sheet in examined.batch.form.sheets:
        of_form = {c.name: _ARROW.get(c.reader, pa.string()) for c in sheet.columns}
        yield f"typed.{sheet.table}", examined.typed[sheet.table], _PLAIN | of_form
        written = examined.batch.raw[sheet.table].copy()
        names = [column.name for column in sheet.columns]
        written[names] = written[names].map(as_shown)
        yield f"written.{sheet.table}", written, {name: _PLAIN.get(name, pa.string()) for name in PLACE}


def _nested(frame: pd.DataFrame, types: dict[str, Any]) -> pa.Array:
    fields = [
        pa.array(frame[name], type=types.get(name, pa.string()), from_pandas=True) for name in frame.columns
    ]
    rows = pa.StructArray.from_arrays(fields, names=list(frame.columns))
    return pa.ListArray.from_arrays([0, len(frame)], rows)


def _frame(tables: list[pa.Table], name: str) -> pd.DataFrame:
    columns = [field.name for field in tables[0].schema.field(name).type.value_type]
    rows = chain.from_iterable(table.column(name)[0].as_py() for table in tables)
    return pd.DataFrame(([row[column] for column in columns] for row in rows), columns=columns, dtype=object)
