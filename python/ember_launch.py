"""What `ember python` changes in PySpark, so that a program written for a local Spark runs as it is.

Spark Connect refuses a few things that such programs do before their first query: choosing a master,
setting the log level through `spark.sparkContext`. They have no meaning here and pass. Everything else of
`sparkContext` raises an error that names it. Nothing is imported from PySpark before the program does.
"""
import sys
from importlib.machinery import PathFinder

_IGNORED_OPTIONS = ("spark.master", "spark.submit.deployMode")
_LOG_LEVELS = ("ALL", "DEBUG", "ERROR", "FATAL", "INFO", "OFF", "TRACE", "WARN")


class LocalSparkContext:
    """Stands in for SparkContext where a program only looks at it or sets the log level."""

    def __init__(self, session):
        self._session = session

    def setLogLevel(self, logLevel):
        """Checked and ignored: there is no JVM that logs."""
        if str(logLevel).upper() not in _LOG_LEVELS:
            from pyspark.errors import IllegalArgumentException

            raise IllegalArgumentException(
                message=f"Supplied level {logLevel} did not match one of: {', '.join(_LOG_LEVELS)}"
            )

    @property
    def appName(self):
        return self._session.conf.get("spark.app.name", "Ember")

    @property
    def applicationId(self):
        return "ember-" + self._session.client._session_id

    @property
    def version(self):
        return self._session.version

    @property
    def master(self):
        return "local[*]"

    @property
    def defaultParallelism(self):
        import os

        return int(self._session.conf.get("spark.default.parallelism", str(os.cpu_count() or 1)))

    def stop(self):
        self._session.stop()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        from pyspark.errors import PySparkAttributeError

        raise PySparkAttributeError(
            errorClass="JVM_ATTRIBUTE_NOT_SUPPORTED",
            messageParameters={"attr_name": f"sparkContext.{name}"},
        )


def _patch_builder(module):
    """SparkSession.builder of `from pyspark.sql import SparkSession`: a master is no contradiction."""
    builder = module.SparkSession.Builder
    check = builder._validate_startup_urls

    def validate(self):
        for key in _IGNORED_OPTIONS:
            self._options.pop(key, None)
        check(self)

    builder._validate_startup_urls = validate
    builder.master = lambda self, master: self


def _patch_session(module):
    """Sessions of Spark Connect: `sparkContext` is there; Hive support is what the warehouse gives."""
    module.SparkSession.sparkContext = property(LocalSparkContext)
    module.SparkSession.Builder.enableHiveSupport = lambda self: self


_PATCHES = {
    "pyspark.sql.session": _patch_builder,
    "pyspark.sql.connect.session": _patch_session,
}


class _PatchingLoader:
    """Loads a module as its own loader does, then patches it."""

    def __init__(self, loader, patch):
        self._loader = loader
        self._patch = patch

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._patch(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _PatchingFinder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        patch = _PATCHES.get(name)
        if patch is None:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _PatchingLoader(spec.loader, patch)
        return spec


def install():
    """Called once, when Python starts (launch/sitecustomize.py)."""
    import warnings

    # Options that a JVM would have taken at its start are not settings of a running session.
    warnings.filterwarnings("ignore", message=r"Failed to set .* CANNOT_MODIFY_CONFIG", category=UserWarning)
    sys.meta_path.insert(0, _PatchingFinder)
