"""The languages that a text of a card may be given in, and which of them a reader's client shows (sheet 4.8)."""

from typing import Any

from tests.simulators.feishu.errors import CardError
from tests.simulators.feishu.values import Json

CODES = frozenset(
    "zh_cn en_us zh_hk zh_tw ja_jp ko_kr id_id vi_vn th_th pt_br es_es de_de fr_fr it_it ru_ru ms_my".split()
)
BESIDE = {"i18n_content": "content", "i18n_default_value": "default_value"}
"""Each stands beside the text that it says in other languages."""


def shown(text: Json, language: str, beside: str = "i18n_content") -> str:
    """In the reader's language; where that is missing another one that is there, else the text itself."""
    found = text.get(beside) or {}
    return str(found.get(language) or next(iter(found.values()), "") or text.get(BESIDE.get(beside, "content"), ""))


def judge_languages(tree: Any, path: str = "ROOT") -> None:
    """Every translation in it: of a text that is there, by codes that Feishu has, in words."""
    if isinstance(tree, list):
        for place, inner in enumerate(tree):
            judge_languages(inner, f"{path} -> [{place}]")
        return
    if not isinstance(tree, dict):
        return
    for name, inner in tree.items():
        if name in BESIDE:
            _judge(tree, name, f"{path} -> {name}")
        elif name not in ("value", "chart_spec", "rows"):
            judge_languages(inner, f"{path} -> {name}")


def _judge(text: Json, name: str, path: str) -> None:
    said = text[name]
    if not isinstance(said, dict) or not said or not isinstance(text.get(BESIDE[name]), str):
        raise CardError(200621, "a translation of nothing, or none", path)
    for code, words in said.items():
        if code not in CODES:
            raise CardError(200621, f"unknown property, property: {code}, path: {path}", path)
        if not isinstance(words, str):
            raise CardError(200621, "parse card json err", path)
