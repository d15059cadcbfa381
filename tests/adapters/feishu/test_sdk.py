"""The fence around lark-oapi: it is the SDK's own code, it is light, and nothing of it is loaded before it is needed."""

import json
import subprocess
import sys

import pytest

from adapters.feishu import sdk
from tests.house.tree import ROOT

LIGHT = """
import json, resource, sys, time
import adapters.feishu
before = [name for name in sys.modules if name.startswith("lark_oapi")]
memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
from adapters.feishu import sdk
sdk.read_frame(sdk.ping(1)); sdk.unsealed("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=")
after = [name for name in sys.modules if name.startswith("lark_oapi")]
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) // 1024
print(json.dumps({"before": len(before), "after": len(after), "mb": grown,
                  "api": any(name.startswith("lark_oapi.api") for name in after), "logs": "lark_oapi.core.log" in after}))
"""
WHOLE = """
import lark_oapi, lark_oapi.ws.client
from adapters.feishu import sdk
frame = sdk.read_frame(sdk.ping(1))
assert sdk._protobuf().Frame is lark_oapi.ws.pb.pbbp2_pb2.Frame
print("same")
"""


def run(script: str) -> str:
    """What a fresh interpreter prints."""
    fresh = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert fresh.returncode == 0, fresh.stderr
    return fresh.stdout


@pytest.mark.slow
def test_importing_the_adapter_loads_nothing_of_it_and_using_it_little():
    """The whole SDK is 11,000 modules and 160 MB (RELIABILITY B6)."""
    found = json.loads(run(LIGHT))
    assert found["before"] == 0
    assert found["after"] < 120
    assert found["mb"] < 60
    assert not found["api"]
    assert not found["logs"], "what logs bodies and tickets is not there"


@pytest.mark.slow
def test_who_has_loaded_the_whole_sdk_gets_the_same_frames():
    assert run(WHOLE).strip() == "same"


def test_the_vector_of_the_sheet():
    assert sdk.unsealed("test key", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk=") == "hello world"


@pytest.mark.parametrize("sealed", ["", "AAAA", "not base64!", "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghl="])
def test_what_this_key_did_not_seal(sealed):
    with pytest.raises(ValueError, match=r".*"):
        sdk.unsealed("another key", sealed)


@pytest.mark.parametrize("data", [b"\xff", b"\x0a\xff\x01", b"x" * 10, b""])
def test_what_is_no_frame(data):
    with pytest.raises(ValueError, match="no frame"):
        sdk.read_frame(data)
