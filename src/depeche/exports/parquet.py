"""Every table of a record as a Parquet file, for DuckDB, pandas, Polars, R's arrow."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pyarrow.parquet
from sqlalchemy import BigInteger, Boolean, Column, Float, Integer

from depeche.exports.choosing import ALL, Chosen
from depeche.exports.files import folder, new_file
from depeche.exports.tables import outgoing
from depeche.exports.words import Text, Veil
from depeche.store.filters import Filter
from depeche.store.store import Store


def write(store: Store, path: Path, text: Text = "evidence", filter: Filter = ALL) -> dict[str, int]:
    """A folder with a file for each table; how many rows each has."""
    into, chosen, counts = folder(path), Chosen(store, filter), {}
    with store.reading() as connection:
        veil = Veil(connection, text)
        for table in outgoing(text):
            schema = pyarrow.schema([pyarrow.field(c.name, _type(c)) for c in table.columns])
            counts[table.name] = 0
            with new_file(into / f"{table.name}.parquet") as unfinished, pyarrow.parquet.ParquetWriter(unfinished, schema, compression="zstd") as file:
                for rows in table.batches(connection, chosen, veil):
                    columns = [pyarrow.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
                    file.write_batch(pyarrow.record_batch(columns, schema=schema))
                    counts[table.name] += len(rows)
    return counts


def _type(column: Column) -> pyarrow.DataType:
    if isinstance(column.type, Boolean):
        return pyarrow.bool_()
    if isinstance(column.type, Float):
        return pyarrow.float64()
    return pyarrow.int64() if isinstance(column.type, Integer | BigInteger) else pyarrow.string()
