"""Programs whose paths are in S3, against a server that verifies signatures (tools/setup/s3_server.sh)."""
import pytest

from conftest import run_python
from mission import PROGRAM
from s3_server import SECRET, aws_environment, lacks, s3_server


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3"), "stock-data") as server:
        yield server.url


@pytest.fixture
def aws(endpoint, tmp_path):
    return aws_environment(endpoint, tmp_path)


def run(program, folder, environment):
    done = run_python("from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n" + program,
                      folder=folder, environment=environment)
    assert SECRET not in done.stdout + done.stderr
    return done


def run_well(program, folder, environment):
    done = run(program, folder, environment)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


STOCKS = '''
import datetime
day = datetime.date(2024, 1, 2)
rows = [("A", day, 1.0, 5), ("A", day, 2.0, 7), ("B", day, 10.0, 1)]
df = spark.createDataFrame(rows, "ticker string, date date, close_price double, volume long")
'''


def test_mission_with_its_own_paths(tmp_path, aws):
    run_well(STOCKS + 'df.write.parquet("s3://stock-data/historical/")', tmp_path, aws)
    done = run_python(PROGRAM.format(source="s3://stock-data/historical/", target="s3://stock-data/processed/"),
                      folder=tmp_path, environment=aws)
    assert done.returncode == 0, done.stderr[-3000:]
    out = run_well('''
for row in sorted(spark.read.parquet("s3a://stock-data/processed").collect()): print(*row, sep="|")
''', tmp_path, aws)
    assert out.splitlines() == ["A|2024-01-02|1.5|7", "B|2024-01-02|10.0|1"]


def test_formats_partitions_and_modes(tmp_path, aws):
    out = run_well(STOCKS + '''
root = "s3a://stock-data/formats/"
df.write.csv(root + "csv", header=True, compression="gzip")
df.write.json(root + "json")
df.write.partitionBy("ticker").parquet(root + "parts")
print(spark.read.csv(root + "csv", header=True, inferSchema=True).count())
print(sorted(spark.read.json(root + "json").columns))
print(sorted((r.ticker, r.volume) for r in spark.read.parquet(root + "parts").collect()))
print(spark.read.parquet(root + "parts").where("ticker = 'B'").count())
print(spark.read.parquet(root + "p*/ticker=[A]").count())
spark.conf.set("spark.sql.sources.partitionOverwriteMode", "dynamic")
df.limit(1).write.mode("overwrite").partitionBy("ticker").parquet(root + "parts")
print(sorted((r.ticker, r.volume) for r in spark.read.parquet(root + "parts").collect()))
df.write.mode("append").partitionBy("ticker").parquet(root + "parts")
print(spark.read.parquet(root + "parts").count())
df.write.mode("ignore").parquet(root + "parts")
try:
    df.write.parquet(root + "parts")
except Exception as error:
    print(str(error).split("[")[1].split("]")[0])
spark.conf.set("spark.sql.sources.partitionOverwriteMode", "static")
df.limit(1).write.mode("overwrite").parquet(root + "parts")
print(spark.read.parquet(root + "parts").count())
spark.sql("SELECT count(*) AS n FROM parquet.`s3://stock-data/formats/parts`").show()
''', tmp_path, aws)
    lines = out.splitlines()
    assert lines[:9] == ["3", "['close_price', 'date', 'ticker', 'volume']", "[('A', 5), ('A', 7), ('B', 1)]", "1", "2",
                         "[('A', 5), ('B', 1)]", "5", "PATH_ALREADY_EXISTS", "1"]
    assert "|  1|" in out


def test_settings_of_the_session(tmp_path, aws, endpoint):
    bare = {**aws, "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_ENDPOINT_URL_S3": ""}
    program = f'''
import os
for key, value in {{"access.key": "test", "secret.key": os.environ["THE_SECRET"], "endpoint": "{endpoint}",
                   "path.style.access": "true"}}.items():
    spark.conf.set("spark.hadoop.fs.s3a." + key, value)
spark.range(3).write.mode("overwrite").parquet("s3a://stock-data/settings")
print(spark.read.parquet("s3a://stock-data/settings").count())
'''
    assert run_well(program, tmp_path, {**bare, "THE_SECRET": SECRET}).strip() == "3"
    if lacks("signatures"):
        return
    wrong = run(program, tmp_path, {**bare, "THE_SECRET": "TOPSECRET-wrong"})
    assert wrong.returncode != 0
    assert "SignatureDoesNotMatch" in wrong.stderr and "TOPSECRET" not in wrong.stderr


@pytest.mark.parametrize("change,said", [
    ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "Tried in this order: environment"),
    ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1"}, "No answer from 127.0.0.1:1"),
    ({"AWS_PROFILE": "nobody"}, 'profile "nobody" is neither in'),
])
def test_says_what_is_wrong(tmp_path, aws, change, said):
    done = run('spark.read.parquet("s3://stock-data/historical").count()', tmp_path, {**aws, **change})
    assert done.returncode != 0
    assert said in done.stderr


def test_a_bucket_and_a_path_that_are_not_there(tmp_path, aws):
    done = run('spark.read.parquet("s3://no-such-bucket/x").count()', tmp_path, aws)
    assert done.returncode != 0 and "NoSuchBucket" in done.stderr
    done = run('spark.read.parquet("s3://stock-data/no-such-path").count()', tmp_path, aws)
    assert done.returncode != 0 and "PATH_NOT_FOUND" in done.stderr
