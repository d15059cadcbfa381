"""Which version this is: asked by the command line and the metrics."""

from importlib.metadata import PackageNotFoundError, version


def release() -> str:
    """The installed version; "source" when the code runs from a folder that was never installed."""
    try:
        return version("bihuan")
    except PackageNotFoundError:
        return "source"
