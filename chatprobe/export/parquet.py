"""Parquet: typed columns, compressed, each with what the codebook says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet as pq

from chatprobe.export.writing import Columns
from chatprobe.store.codebook import Column, Kind, Relation
from chatprobe.times import epoch_ms

ROW_GROUP = 120_000
"""Rows of a row group, about: what readers take at once."""
_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.JSON: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.REAL: pa.float64(),
    Kind.BOOLEAN: pa.bool_(),
    Kind.TIME: pa.timestamp("ms", tz="UTC"),
}


class Parquet:
    """One Parquet file."""

    def __init__(self, path: Path, relation: Relation, about: Mapping[str, str]) -> None:
        """Write the schema: the codebook's words stand in the metadata of file and columns."""
        fields = [pa.field(one.name, _TYPES[one.kind], metadata=_metadata(one)) for one in relation.columns]
        self._schema = pa.schema(fields, {"table": relation.name, "description": relation.meaning, **about})
        self._kinds = [column.kind for column in relation.columns]
        self._file = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd", store_decimal_as_integer=False)
        # Compressing takes as long as reading, and leaves Python free meanwhile.
        self._worker = ThreadPoolExecutor(1, "parquet")
        self._writing: Future[None] | None = None
        self._waiting: list[pa.RecordBatch] = []
        self.damaged = 0

    def write(self, _relation: Relation, columns: Columns) -> None:
        """Add rows."""
        arrays = [self._array(kind, values) for kind, values in zip(self._kinds, columns, strict=True)]
        self._waiting.append(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        if sum(batch.num_rows for batch in self._waiting) >= ROW_GROUP:
            self._hand_over()

    def close(self) -> None:
        """Finish."""
        try:
            self._hand_over()
            self._settle()
            self._writer.close()
        finally:
            self._worker.shutdown()
            self._file.close()

    def discard(self) -> None:
        """Let go of the file."""
        self._worker.shutdown(cancel_futures=True)
        self._writer.is_open = False  # or it would try to finish the file when it is collected
        self._file.close()

    def _hand_over(self) -> None:
        self._settle()
        table, self._waiting = pa.Table.from_batches(self._waiting, self._schema), []
        if table.num_rows:
            self._writing = self._worker.submit(self._writer.write_table, table, row_group_size=table.num_rows)

    def _settle(self) -> None:
        """Wait for what is being written; raises what that raised."""
        if self._writing:
            self._writing.result()
            self._writing = None

    def _array(self, kind: Kind, values: Sequence[Any]) -> pa.Array:
        try:
            return _CONVERT[kind](values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError, OverflowError, UnicodeError):
            kept = [_fitting(kind, value) for value in values]
            self.damaged += sum(one is None and value is not None for one, value in zip(kept, values, strict=True))
            return _CONVERT[kind](kept)


def _metadata(column: Column) -> dict[str, str]:
    told = {"description": column.meaning, "unit": column.unit, "values": ", ".join(column.values)}
    return {name: text for name, text in told.items() if text}


def _times(values: Sequence[Any]) -> pa.Array:
    return pa.array(values, pa.string()).cast(_TYPES[Kind.TIME])


def _booleans(values: Sequence[Any]) -> pa.Array:
    numbers = pa.array(values, pa.int8())
    if not pc.all(pc.is_in(numbers, pa.array([0, 1, None], pa.int8()))).as_py():
        raise pa.ArrowInvalid("neither 0 nor 1")
    return numbers.cast(pa.bool_())


def _integers(values: Sequence[Any]) -> pa.Array:
    if not {*map(type, values)} <= {int, type(None)}:
        raise pa.ArrowInvalid("no integer")  # Arrow would cut off what stands behind the point
    return pa.array(values, _TYPES[Kind.INTEGER])


def _plain(kind: Kind) -> Callable[[Sequence[Any]], pa.Array]:
    return lambda values: pa.array(values, _TYPES[kind])


_CONVERT: dict[Kind, Callable[[Sequence[Any]], pa.Array]] = {
    **{kind: _plain(kind) for kind in (Kind.TEXT, Kind.JSON, Kind.REAL)},
    Kind.INTEGER: _integers,
    Kind.TIME: _times,
    Kind.BOOLEAN: _booleans,
}


def _fitting(kind: Kind, value: Any) -> Any:
    """`value` where a column of this kind can hold it; else None."""
    try:
        if kind in (Kind.TEXT, Kind.JSON):
            text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
            return None if value is None else text.encode("utf-8", "replace").decode()
        if kind is Kind.TIME:
            return value if isinstance(value, str) and epoch_ms(value) is not None and _times([value]) else None
        return value if _CONVERT[kind]([value]) else None
    except (pa.ArrowException, ValueError, OverflowError, TypeError):
        return None
