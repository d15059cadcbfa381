"""Charts: VChart's bar spec as JSON, taken whole or rejected with 200550 (sheet 3.4, 4.5), and the words a reader sees in one."""

import re
from collections.abc import Iterator

from tests.simulators.feishu.errors import CardError
from tests.simulators.feishu.values import Json

MOST = 5
KINDS = frozenset("line area bar pie ring funnel scatter radar progress wordCloud common".split())
RATIOS = frozenset({"1:1", "2:1", "4:3", "16:9"})
THEMES = frozenset("brand complementary converse primary".split())
"""Without `rainbow`, which the official style guide does not allow (sheet 4.8)."""
SPEC = frozenset("type title data xField yField seriesField direction axes legends label bar tooltip".split())
_FIELD = re.compile(r"\{(\w+)(?::[^{}]*)?\}")


def judge_chart(element: Json, path: str) -> None:
    """Raises CardError."""
    if element.get("aspect_ratio", "16:9") not in RATIOS or element.get("color_theme", "brand") not in THEMES:
        raise CardError(200621, "unknown aspect_ratio or color_theme", path)
    if not isinstance(element.get("preview", True), bool):
        raise CardError(200621, "preview is true or false", path)
    spec = element["chart_spec"]
    if not isinstance(spec, dict) or spec.get("type") not in KINDS:
        raise _invalid(path, "type")
    if spec["type"] == "bar":
        _judge_bars(spec, path)


def chart_shown(spec: Json) -> Iterator[str]:
    """The title, then each bar: what stands under it and, where labels are visible, the words on it."""
    if "title" in spec:
        yield str(spec["title"]["text"])
    label = spec.get("label", {})
    for one in spec["data"]["values"]:
        on = _FIELD.sub(lambda found, one=one: str(one[found[1]]), label.get("formatter", f"{{{spec['yField']}}}"))  # type: ignore[misc]
        yield f"{one[spec['xField']]} {on if label.get('visible') else ''}".rstrip()


def _judge_bars(spec: Json, path: str) -> None:
    if set(spec) - SPEC:
        raise _invalid(path, str(sorted(set(spec) - SPEC)))
    data = spec.get("data")
    values = data.get("values") if isinstance(data, dict) else None
    across, up = spec.get("xField"), spec.get("yField")
    if not isinstance(values, list) or not values or not isinstance(across, str) or not isinstance(up, str):
        raise _invalid(path, "data")
    for one in values:
        if (
            not isinstance(one, dict)
            or not isinstance(one.get(across), str)
            or not isinstance(one.get(up), int | float)
        ):
            raise _invalid(path, "values")
    label = spec.get("label", {})
    if not isinstance(label, dict) or set(label) - {"visible", "formatter", "position"}:
        raise _invalid(path, "label")
    if set(_FIELD.findall(label.get("formatter", ""))) - set(values[0]):
        raise _invalid(path, "formatter")


def _invalid(path: str, value: str) -> CardError:
    return CardError(200550, "chart_spec is invalid", path, value)
