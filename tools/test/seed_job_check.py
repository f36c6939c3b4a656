"""Runs a compiled seed job over made-up prices and compares what it wrote with pandas.

usage: seed_job_check.py PROGRAM      (with a Python that has pyarrow and pandas)
"""
import datetime
import pathlib
import subprocess
import sys
import tempfile

import pandas
import pyarrow
import pyarrow.parquet


def prices():
    """Twenty tickers, forty days, ten rows a day; one price and one volume in fifty are null."""
    rows = []
    for i in range(20 * 40 * 10):
        ticker, day = f"T{i % 20:02}", datetime.date(2024, 1, 1) + datetime.timedelta(i // 20 % 40)
        rows.append((ticker, day, None if i % 50 == 7 else (i * 7919 % 10007) / 8, None if i % 50 == 9 else i * 31 % 4099))
    schema = pyarrow.schema([("ticker", pyarrow.string()), ("date", pyarrow.date32()),
                             ("close_price", pyarrow.float64()), ("volume", pyarrow.int64())])
    return pyarrow.table([list(column) for column in zip(*rows)], schema=schema)


def main():
    program = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder) / "in", pathlib.Path(folder) / "out"
        source.mkdir()
        table = prices()
        for part in range(4):
            pyarrow.parquet.write_table(table.slice(part * 2000, 2000), source / f"part-{part}.parquet")
        subprocess.run([program, source, target], check=True, timeout=120)
        assert (target / "_SUCCESS").exists(), "no _SUCCESS"
        parts = sorted(target.glob("part-*.parquet"))
        found = pandas.concat([pyarrow.parquet.read_table(part).to_pandas() for part in parts])
        assert found["date"].is_monotonic_increasing, "not ordered by date"
        expected = (table.to_pandas().groupby(["ticker", "date"], as_index=False)
                    .agg(avg_price=("close_price", "mean"), max_volume=("volume", "max")))
        keys = ["date", "ticker"]
        found, expected = (frame.sort_values(keys, ignore_index=True) for frame in (found, expected))
        assert list(found.columns) == list(expected.columns), found.columns
        pandas.testing.assert_frame_equal(found, expected, check_dtype=False, rtol=1e-12)
    assert subprocess.run([program, "/nowhere/in", "/nowhere/out"], capture_output=True).returncode != 0
    print(f"seed job: {len(expected)} rows as expected")


if __name__ == "__main__":
    main()
