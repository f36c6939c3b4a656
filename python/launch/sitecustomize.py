"""Found by Python at its start because `ember python` puts this folder in front of PYTHONPATH."""
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(_here))
import ember_launch  # noqa: E402

sys.path.pop(0)
ember_launch.install()


def _run_next_sitecustomize():
    """The system's or the user's own, which this one hides."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    rest = [entry for entry in sys.path if os.path.abspath(entry or ".") != _here]
    spec = PathFinder.find_spec("sitecustomize", rest)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


_run_next_sitecustomize()
