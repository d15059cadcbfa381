"""The words in which Block Kit's shapes are written down: a rule looks at a value and yields its faults with their place."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Rule = Callable[[Any, str], Iterator[str]]
"""(value, json-pointer) → one line per fault, in Slack's words."""


def fault(words: str, place: str) -> str:
    return f"{words} [json-pointer:{place}]"


def string(most: int | None = None, least: int = 0, pattern: str = "") -> Rule:
    """Text of `least` to `most` characters."""

    def rule(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", place)
            return
        if len(value) < least:
            yield fault(f"must be more than {least - 1} characters", place)
        if most is not None and len(value) > most:
            yield fault(f"must be less than {most + 1} characters", place)
        if pattern and not re.fullmatch(pattern, value):
            yield fault(f"must match pattern: {pattern}", place)

    return rule


def integer(least: int | None = None, most: int | None = None) -> Rule:
    def rule(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield fault("must be an integer", place)
        elif least is not None and value < least:
            yield fault(f"must be greater than or equal to {least}", place)
        elif most is not None and value > most:
            yield fault(f"must be less than or equal to {most}", place)

    return rule


def boolean(value: Any, place: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", place)


def among(*allowed: str) -> Rule:
    """One of these words."""

    def rule(value: Any, place: str) -> Iterator[str]:
        if value not in allowed:
            yield fault("must be a valid enum value", place)

    return rule


def array(item: Rule, least: int = 0, most: int | None = None) -> Rule:
    """A list of `least` to `most` items."""

    def rule(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must be an array", place)
            return
        if len(value) < least:
            yield fault(f"no less than {least} items allowed", place)
        if most is not None and len(value) > most:
            yield fault(f"no more than {most} items allowed", place)
        for number, one in enumerate(value):
            yield from item(one, f"{place}/{number}")

    return rule


def shape(required: dict[str, Rule] | None = None, /, **optional: Rule) -> Rule:
    """An object with these fields and no other."""
    needed = required or {}
    known = needed | optional

    def rule(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must be an object", place)
            return
        for name in needed:
            if name not in value:
                yield fault(f"missing required field: {name}", place)
        for name, one in value.items():
            if name in known:
                yield from known[name](one, f"{place}/{name}")
            elif name != "type":
                yield fault(f"invalid additional property: {name}", place)

    return rule


def typed(rules: dict[str, Rule]) -> Rule:
    """An object whose `type` says which of these rules holds for it."""

    def rule(value: Any, place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must be an object", place)
        elif "type" not in value:
            yield fault("missing required field: type", place)
        elif value["type"] not in rules:
            yield fault(f"unsupported type: {value['type']}", f"{place}/type")
        else:
            yield from rules[value["type"]](value, place)

    return rule


def both(first: Rule, *others: Rule) -> Rule:
    """All of them; the others only look at what the first has nothing against."""

    def rule(value: Any, place: str) -> Iterator[str]:
        found = list(first(value, place))
        yield from found
        if not found:
            for other in others:
                yield from other(value, place)

    return rule


def one_of(*names: str) -> Rule:
    """At least one of these fields is there."""

    def rule(value: Any, place: str) -> Iterator[str]:
        if not any(name in value for name in names):
            yield fault(f"missing required field: {' or '.join(names)}", place)

    return rule
