"""What buttons and modals carry comes back as it was, within Slack's space, and rubbish is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.carried import Errand, button_value, metadata, read_button, read_metadata
from adapters.slack.limits import METADATA, VALUE, wide


@given(st.text(max_size=3_000), st.integers(0, 10**6))
def test_a_button_gives_back_its_line_and_version(line, version):
    value = button_value(line, version)
    assert wide(value) <= VALUE
    assert value == "" or read_button(value) == (line, version)


@given(
    st.builds(
        Errand, st.text(max_size=2_000), st.integers(0, 99), st.just("C0123456789"), st.text("0123456789.", max_size=17)
    )
)
def test_a_modal_gives_back_its_errand(errand):
    kept = metadata(errand)
    assert wide(kept) <= METADATA
    assert kept == "" or read_metadata(kept) == errand


@pytest.mark.parametrize("length", [1_998, 1_999, 5_000])
def test_ordinary_long_lines_are_packed_when_they_must(length):
    line = ("/action add 写报告 " * 1_000)[:length]
    value = button_value(line, 7)
    assert read_button(value) == (line, 7)
    assert value.startswith("7:" if length == 1_998 else "7z")


@pytest.mark.parametrize(
    "value", ["", "x", ":/action list", "-1:/x", "1.5:/x", "7z!!!", "7zAAAA", "x:/action list", "٣:/x"]
)
def test_no_button_of_ours(value):
    if value == "٣:/x":  # digits of another script are digits; what they say is asked of the grammar
        assert read_button(value) == ("/x", 3)
        return
    with pytest.raises(ValueError):
        read_button(value)


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"z": "!"}', '{"c": "/x", "v": "many"}'])
def test_no_modal_of_ours(text):
    with pytest.raises(ValueError):
        read_metadata(text)


def test_a_packed_line_cannot_unfold_without_end():
    import base64
    import zlib

    bomb = base64.b85encode(zlib.compress(b"a" * 10_000_000, 9)).decode()
    with pytest.raises(ValueError, match="part"):
        read_metadata(json.dumps({"z": bomb}))
