"""The commands that need no client: `ember sql`, `ember init` and what they say of wrong input."""
import signal
import subprocess
import time

import pytest
from conftest import ember_binary


def ember(*arguments, cwd=None, text=""):
    return subprocess.run([ember_binary(), *arguments], cwd=cwd, input=text, capture_output=True, text=True, timeout=60)


def test_sql_runs_several_statements(tmp_path):
    text = "SELECT 1 AS a; -- one; still one\nCREATE TEMP VIEW v AS SELECT ';' AS s /* ; */;\nSELECT s || \";\" AS t FROM v;\n;"
    done = ember("sql", cwd=tmp_path, text=text)
    assert (done.returncode, done.stderr) == (0, "")
    assert "|1  |" in done.stdout and "|;;" in done.stdout
    (tmp_path / "report.sql").write_text(text)
    assert ember("sql", "--file", "report.sql", cwd=tmp_path).stdout == done.stdout
    assert ember("sql", text, cwd=tmp_path).stdout == done.stdout


def test_sql_names_the_wrong_statement(tmp_path):
    done = ember("sql", "SELECT 1 AS a", "SELECT nope; SELECT 3", cwd=tmp_path)
    assert done.returncode == 1
    assert "statement 2 of 3: " in done.stderr and "UNRESOLVED_COLUMN" in done.stderr


def test_sql_without_a_statement(tmp_path):
    done = ember("sql", cwd=tmp_path, text="  -- nothing\n ;;")
    assert done.returncode == 2 and "there is no statement" in done.stderr
    assert ember("sql", "--file", "nope.sql", cwd=tmp_path).returncode == 2


def test_sql_ends_lines(tmp_path):
    done = ember("sql", "SELECT * FROM range(30)", "-n", "2", cwd=tmp_path)
    assert done.stdout.endswith("only showing top 2 rows\n")


@pytest.mark.parametrize("output", ["table", "json"])
def test_sql_is_interrupted(tmp_path, output):
    statement = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.id * b.id % 7 = 3"
    process = subprocess.Popen([ember_binary(), "sql", "--format", output, statement], cwd=tmp_path, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130


def test_commands_that_are_not_there(tmp_path):
    done = ember("rnu", cwd=tmp_path)
    assert done.returncode == 2 and "no command 'rnu'" in done.stderr and "run" in done.stderr
    done = ember("python", "nope.py", cwd=tmp_path)
    assert done.returncode == 2 and "no program 'nope.py'" in done.stderr


FILES = {
    "german": ("Datum;Schlusskurs;Stück;Symbol;Notiz\n31.12.2023;1.234,50;10;AAA;\"a;b\"\n02.01.2024;12,5;20;BBB;\n",
               [("AAA", "2023-12-31", "1234.5", "10"), ("BBB", "2024-01-02", "12.5", "20")]),
    "american": ("\"Trade Date\",\"Px Last\",Sym,Vol\n1/2/2024,\"1,234.50\",A,10\n12/31/2023,7,B,20\n",
                 [("A", "2024-01-02", "1234.5", "10"), ("B", "2023-12-31", "7.0", "20")]),
    "british": ("date,close,ticker,volume\n31/12/2023,1.5,A,10\n02/01/2024,2,B,20\n",
                [("A", "2023-12-31", "1.5", "10"), ("B", "2024-01-02", "2.0", "20")]),
    "compact": ("symbol|day|last|volume\nA|20240102|1.5|10\nB|20231231|2|20\n",
                [("A", "2024-01-02", "1.5", "10"), ("B", "2023-12-31", "2.0", "20")]),
}


@pytest.mark.parametrize("name", sorted(FILES))
def test_init_fits_unfamiliar_files(tmp_path, name):
    text, expected = FILES[name]
    (tmp_path / "prices.csv").write_text(text, encoding="utf-8")
    done = ember("init", "mine", "--data", "prices.csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = ember("run", "--quiet", "mine/pipeline.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    done = ember("sql", "SELECT concat_ws(' ', ticker, date, avg_price, max_volume) AS r FROM "
                 "parquet.`mine/out/daily` ORDER BY ticker", "--format", "json", cwd=tmp_path)
    assert done.stdout.splitlines() == ['{"r":"%s"}' % " ".join(row) for row in expected], done.stderr


@pytest.mark.parametrize("text", ["AAA,2024-01-02,1.5\nBBB,2024-01-03,2.5\n", "x,y\na,b\n", "only\n"])
def test_init_writes_what_runs(tmp_path, text):
    (tmp_path / "prices.csv").write_text(text)
    assert ember("init", "mine", "--data", "prices.csv", cwd=tmp_path).returncode == 0
    done = ember("run", "--quiet", "mine/pipeline.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_init_refuses_what_is_no_text(tmp_path):
    (tmp_path / "prices.csv").write_bytes("Kürs,b\n1,2\n".encode("latin-1"))
    done = ember("init", "mine", "--data", "prices.csv", cwd=tmp_path)
    assert done.returncode == 2 and "no UTF-8 text" in done.stderr and not (tmp_path / "mine").exists()
