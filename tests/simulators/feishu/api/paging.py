"""Pages, as Feishu gives them: short ones too, and only `has_more` says whether more come."""

from typing import Any

from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.values import Json


def page(query: Json, items: list[Any], most: int, size: int = 0) -> Json:
    """The page that was asked for; `size`: what the tenant gives at most, 0 for what is asked."""
    asked = int(query.get("page_size", 20))
    if not 1 <= asked <= most:
        raise FeishuError(99992402, "field validation failed", field_violations=[{"field": "page_size"}])
    start = int(query.get("page_token") or 0)
    end = start + (min(asked, size) if size else asked)
    more = end < len(items)
    return {"items": items[start:end], "has_more": more, "page_token": str(end) if more else ""}
