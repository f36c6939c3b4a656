"""Encodes Arrow columns as the lossless JSON cells of tests/golden (see tests/golden/README.md)."""

import ctypes
import decimal

import numpy
import pyarrow as pa
from pyspark.sql import types as T

MICROS_PER_DAY = 86_400_000_000


def encode_columns(table, schema):
    """Rows of cells of a pyarrow.Table that Spark says has this StructType. Names are never used:
    Spark allows duplicates."""
    if "month_interval" in str(table.schema):
        table = months_as_integers(table)
    columns = []
    for index, field in enumerate(schema.fields):
        cells = []
        for chunk in table.column(index).chunks:
            cells.extend(encode(chunk, field.dataType))
        columns.append(cells)
    return [list(row) for row in zip(*columns)] if columns else [[] for _ in range(table.num_rows)]


class ArrowSchema(ctypes.Structure):
    """The struct of the Arrow C data interface."""


ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64), ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowSchema))),
    ("dictionary", ctypes.POINTER(ArrowSchema)), ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p)]


def months_as_integers(table):
    """The table with its year-month intervals as int32: pyarrow carries them but has no class for
    their arrays, so the format letters are changed on the way through the C data interface."""

    def change(node):
        if node.format == b"tiM":
            node.format = b"i"
        for index in range(node.n_children):
            change(node.children[index].contents)

    batches = []
    for batch in table.to_batches():
        schema, array = ArrowSchema(), (ctypes.c_int64 * 10)()
        batch._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
        change(schema)
        batches.append(pa.RecordBatch._import_from_c(ctypes.addressof(array),
                                                     ctypes.addressof(schema)))
    return pa.Table.from_batches(batches) if batches else table


def encode(array, data_type):
    valid = array.is_valid().to_pylist()
    cells = encode_values(array, data_type)
    return [cell if ok else None for cell, ok in zip(cells, valid)]


def encode_values(array, data_type):
    """One cell per slot; what it gives for a null slot is discarded by encode()."""
    if isinstance(data_type, T.NullType):
        return [None] * len(array)
    if isinstance(data_type, T.ArrayType):
        items = encode(array.values, data_type.elementType)
        offsets = array.offsets.to_pylist()
        return [items[a:b] for a, b in zip(offsets, offsets[1:])]
    if isinstance(data_type, T.MapType):
        keys = encode(array.keys, data_type.keyType)
        values = encode(array.items, data_type.valueType)
        offsets = array.offsets.to_pylist()
        return [[[k, v] for k, v in zip(keys[a:b], values[a:b])]
                for a, b in zip(offsets, offsets[1:])]
    if isinstance(data_type, T.StructType):
        fields = [encode(array.field(i), f.dataType) for i, f in enumerate(data_type.fields)]
        return [list(row) for row in zip(*fields)] if fields else [[] for _ in range(len(array))]
    if isinstance(data_type, (T.BooleanType, T.IntegralType, T.YearMonthIntervalType)):
        return array.to_pylist()
    if isinstance(data_type, (T.FloatType, T.DoubleType)):
        bits = numpy.float32 if isinstance(data_type, T.FloatType) else numpy.float64
        return [None if value is None else float_text(bits(value)) for value in array.to_pylist()]
    if isinstance(data_type, T.DecimalType):
        return [None if value is None else decimal_text(value) for value in array.to_pylist()]
    if isinstance(data_type, (T.StringType, T.CharType, T.VarcharType)):
        return array.to_pylist()
    if isinstance(data_type, T.BinaryType):
        return [None if value is None else "hex:" + value.hex() for value in array.to_pylist()]
    if isinstance(data_type, T.DateType):
        return [None if d is None else date_text(d) for d in array.cast(pa.int32()).to_pylist()]
    if isinstance(data_type, (T.TimestampType, T.TimestampNTZType)):
        suffix = "Z" if isinstance(data_type, T.TimestampType) else ""
        micros = array.cast(pa.int64()).to_pylist()
        return [None if m is None else timestamp_text(m) + suffix for m in micros]
    if isinstance(data_type, T.DayTimeIntervalType):
        return array.cast(pa.int64()).to_pylist()
    if isinstance(data_type, T.CalendarIntervalType):
        return [None if v is None else [v.months, v.days, v.nanoseconds // 1000]
                for v in array.to_pylist()]
    raise NotImplementedError(f"no cell encoding for the type '{data_type.simpleString()}'")


def float_text(value):
    if numpy.isnan(value):
        return "NaN"
    if numpy.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return str(value)


def decimal_text(value):
    assert isinstance(value, decimal.Decimal)
    return format(value, "f")


def date_text(days):
    """Proleptic Gregorian date of a day number; Python's own dates end at the year 9999."""
    era_days = days + 719_468
    era, day_of_era = divmod(era_days, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524
                   - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_index = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * month_index + 2) // 5 + 1
    month = month_index + 3 if month_index < 10 else month_index - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"


def timestamp_text(micros):
    days, rest = divmod(micros, MICROS_PER_DAY)
    seconds, fraction = divmod(rest, 1_000_000)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    return f"{date_text(days)}T{hours:02d}:{minutes:02d}:{seconds:02d}.{fraction:06d}"
