"""What the live tests share."""
import os

import pytest


@pytest.fixture(scope="session")
def spark_url():
    """The real Spark Connect server that judges. Without one the tests fail: none is passed over for want of it."""
    url = os.environ.get("EMBER_SPARK_URL")
    assert url, "EMBER_SPARK_URL names no real Spark Connect server: tools/spark/server.py start"
    return url
