"""The archive's search: every word in it, in any width, case and script; and not one word to whom it is not for (N7, N8)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.captured import Verdict
from bot.domain.minutes import Absent, Agreed, Decided, Discussed, Left, MinutesState
from bot.store import Search
from tests.contracts.stored.making import DAY, HOUR, NOW, later, minutes

DUE = date(2026, 12, 1)


class SearchContract:
    """bot.store.Archive: search and count."""

    async def test_words_are_found_in_any_width_case_and_script(self, store):
        text = "季度预算，評審后台。供应商A的合同 Budget-Plan café Straße don't 2026 Q3 A-42 100㎡ さくら 서울시 Предложение 𠮷野家"
        await _file(store, minutes(objective=text))
        for words, there in WORDS:
            assert await _found(store, words) == ([1] if there else []), words
            assert await _count(store, words) == there, words

    async def test_every_part_of_the_minutes_is_searched(self, store):
        for number, field in enumerate(PARTS, 1):
            filled = {name: _with(value, "采购合同 purchase") for name, value in field.items()}
            await _file(store, minutes(number, **filled))
        await _file(store, minutes(len(PARTS) + 1))
        for words in ("采购", "purchase", "同", "采购合同"):
            assert sorted(await _found(store, words)) == list(range(1, len(PARTS) + 1)), words

    async def test_words_of_different_parts_do_not_run_together(self, store):
        await _file(store, minutes(title="预", objective="算", topics=(Discussed("年度"), Discussed("预算"))))
        assert await _found(store, "年度预") == []
        assert await _found(store, "算年") == []
        assert await _found(store, "年度 预算 预 算") == [1]

    async def test_a_run_must_stand_as_it_is(self, store):
        await _file(store, minutes(objective="季度预测与年度预算"), minutes(2, objective="季度预算"))
        assert await _found(store, "季度预算") == [2]
        assert await _count(store, "季度预算") == 1

    async def test_signs_are_no_commands(self, store):
        await _file(store, minutes(objective="预备，计算"), minutes(2, confidential=True, readers=(2,)))
        for hostile in HOSTILE:
            found = await _found(store, hostile)
            assert found == ([1] if hostile in HARMLESS else []), hostile
            assert await _count(store, hostile) == len(found), hostile

    async def test_operators_are_words(self, store):
        operators = ["and", "or", "not", "near", "null", "select"]
        await _file(store, *(minutes(n, objective=f"this {one} that") for n, one in enumerate(operators)))
        assert [await _found(store, one.upper()) for one in operators] == [[n] for n in range(len(operators))]

    async def test_blanks_alone_narrow_nothing(self, store):
        await _file(store, minutes(), minutes(2))
        assert await _found(store, " \t\n") == [2, 1]

    async def test_a_search_of_any_length_is_answered(self, store):
        await _file(store, minutes(objective="预算 " * 3000 + "end", title="word" * 500))
        assert await _found(store, "预算 " * 3000) == [1]
        assert await _found(store, "预算" * 3000) == []
        assert await _found(store, " ".join(f"w{number}" for number in range(3000))) == []
        assert await _found(store, "word" * 500) == [1]

    async def test_minutes_are_narrowed_field_by_field(self, store):
        await _file(store, *VARIED)
        for fields, matching in NARROWED:
            assert await _found(store, **fields) == matching, fields
            pages = {name: value for name, value in fields.items() if name not in ("limit", "offset")}
            assert await _count(store, **fields) == len(await _found(store, **pages)), fields

    @pytest.mark.parametrize("state", MinutesState)
    async def test_what_was_not_reviewed_is_found_only_by_its_state_and_superseded_never(self, store, state):
        await _file(store, minutes(state=state))
        reviewed = state in (MinutesState.DISTRIBUTED, MinutesState.ARCHIVED)
        assert await _found(store, "weekly") == ([1] if reviewed else [])
        by_name = await _found(store, "weekly", states=frozenset({state}))
        assert by_name == ([] if state is MinutesState.SUPERSEDED else [1])
        assert await _found(store, states=frozenset(MinutesState)) == by_name

    async def test_minutes_change_their_words_with_their_state(self, store):
        draft = minutes(state=MinutesState.DRAFT)
        await _file(store, draft)
        sent = later(draft, state=MinutesState.DISTRIBUTED)
        await store.write(lambda records: records.archive.save(sent))
        assert await _found(store, "weekly") == [1]
        assert await _found(store, "weekly", states=frozenset({MinutesState.DRAFT})) == []
        await store.write(lambda records: records.archive.save(later(sent, state=MinutesState.SUPERSEDED)))
        assert await _found(store, "weekly") == []

    async def test_the_newest_of_two_zones_is_the_later_day(self, store):
        at = datetime(2026, 12, 31, 17, tzinfo=UTC)
        await _file(store, minutes(1, held_at=at), minutes(2, held_at=at + HOUR, zone="Europe/Berlin"))
        assert await _found(store) == [1, 2]
        assert (await _found(store, year=2027), await _found(store, year=2026)) == ([1], [2])

    @pytest.mark.parametrize("state", [MinutesState.ARCHIVED, MinutesState.DRAFT])
    async def test_what_is_confidential_is_neither_found_nor_counted(self, store, state):
        secret = minutes(2, objective="裁员名单", confidential=True, readers=(4, 14), state=state, kind="decision")
        await _file(store, minutes(state=state, objective="名单"), secret)
        for who, matching in ((4, [2, 1]), (14, [2, 1]), (1, [1]), (3, [1]), (41, [1]), (0, [1]), (-4, [1])):
            hidden = [2] if 2 in matching else []
            for fields, expected in (
                ({}, matching), ({"words": "名"}, matching), ({"words": "名单"}, matching), ({"words": "裁"}, hidden),
                ({"words": "裁员名单"}, hidden), ({"kind": "decision"}, hidden), ({"words": "裁员", "person": 3}, hidden),
            ):  # fmt: skip
                asked: dict[str, Any] = {"reader": who, "states": frozenset({state}), **fields}
                assert await _found(store, **asked) == expected
                assert await _count(store, **asked) == len(expected)

    async def test_who_may_no_longer_read_finds_nothing(self, store):
        secret = minutes(confidential=True, readers=(4, 5))
        await _file(store, secret)
        fewer = later(secret, readers=(4,))
        await store.write(lambda records: records.archive.save(fewer))
        assert [await _found(store, reader=who) for who in (4, 5)] == [[1], []]
        await store.write(lambda records: records.archive.save(later(fewer, confidential=False)))
        assert await _found(store, reader=5) == [1]


WORDS = (
    ("季", True), ("度", True), ("算", True), ("季度", True), ("度预", True), ("预算", True), ("季度预", True),
    ("季度预算", True), ("度预算", True), ("预算季度", False), ("季算", False), ("季度预算表", False),
    ("評審", True), ("评审", True), ("評审", True), ("後臺", True), ("后台", True), ("皇后", False),
    ("供应商", True), ("供应商 合同", True), ("合同 供应商", True), ("供应商合同", False), ("供应商 火箭", False),
    ("budget", True), ("BUDGET", True), ("Ｂｕｄｇｅｔ", True), ("bud", True), ("bud plan", False), ("plan bud", True),
    ("b", False), ("udget", False), ("budgets", False), ("budget plan", True), ("plan budget", True),
    ("cafe", True), ("CAFÉ", True), ("cafe\u0301", True), ("straße", True), ("STRASSE", True), ("don't", True),
    ("2026", True), ("２０２６", True), ("q3", True), ("Q3预算", True), ("a-42", True), ("A-42", True), ("100m2", True), ("100㎡", True),
    ("さくら", True), ("くら", True), ("서울", True), ("предложение", True), ("𠮷", True), ("𠮷野", True),
)  # fmt: skip
PARTS: tuple[dict[str, Any], ...] = (
    {"title": "WORD"}, {"objective": "WORD"}, {"expected": "WORD"}, {"following": "WORD"}, {"more": "WORD"},
    {"topics": (Discussed("WORD"),)}, {"topics": (Discussed("-", points="a\nb WORD\nc"),)},
    {"topics": (Discussed("-"), Discussed("-", conclusion="WORD"))},
    {"decisions": (Decided("WORD", Verdict.AGREED),)}, {"decisions": (Decided("-", Verdict.AGREED, "WORD"),)},
    {"actions": (Agreed("A-1", "WORD", 1, DUE),)}, {"actions": (Agreed("A-1", "-", 1, DUE, 2, "WORD"),)},
    {"actions": (Agreed("WORD", "-", 1, DUE),)}, {"parked": (Left("-"), Left("WORD", 2))},
)  # fmt: skip
HOSTILE = (
    '"', "'", '""', "'; DROP TABLE minutes; --", "\0", "*", "预*", "(", ")", "^", "-", ":", "\\", "%", "_", "预%",
    "AND", "预 AND", "预 OR 算", "NOT 算", "NEAR(预 算)", "words:预", "rowid:1", "§open", "§r2", "预 & !算", "预 | 算",
    "预:*", "{words}:预", "预+算", "<->", "\ud800", "？！", "👩‍👩‍👧‍👦", "$1", "%s", ":match", "?", "\\'",
)  # fmt: skip
HARMLESS = {"预*", "预%", "预:*", "预+算", "预 & !算", "预 | 算"}
NARROWED: tuple[tuple[dict[str, Any], list[int]], ...] = (
    ({}, [5, 4, 3, 1, 2]),
    ({"person": 20}, [2]), ({"person": 21}, [2]), ({"person": 22}, [3]), ({"person": 23}, [4]),
    ({"person": 24}, [4]), ({"person": 3}, [5, 4, 3, 1, 2]), ({"person": 2}, [5, 3, 1, 2]), ({"person": 99}, []),
    ({"since": date(2026, 11, 21)}, [5, 4, 3, 1]), ({"since": date(2026, 11, 22)}, [5, 4, 3]),
    ({"until": date(2026, 11, 20)}, [2]), ({"until": date(2026, 11, 21)}, [1, 2]),
    ({"since": date(2026, 11, 21), "until": date(2026, 11, 21)}, [1]),
    ({"since": date(2026, 11, 22), "until": date(2026, 11, 21)}, []),
    ({"since": date.min, "until": date.max}, [5, 4, 3, 1, 2]),
    ({"year": 2026}, [4, 3, 1, 2]), ({"year": 2027}, [5]), ({"year": 2025}, []), ({"year": 0}, []),
    ({"year": 10_000}, []), ({"year": 2026, "since": date(2026, 11, 22)}, [4, 3]),
    ({"kind": "decision"}, [3]), ({"kind": "décision / 决策 %"}, [1]), ({"kind": "decisio"}, []),
    ({"verdict": Verdict.AGREED}, [4, 3]), ({"verdict": Verdict.MORE_MATERIAL}, [3]),
    ({"verdict": Verdict.REJECTED}, []),
    ({"states": frozenset({MinutesState.DISTRIBUTED})}, [2]),
    ({"states": frozenset({MinutesState.DISTRIBUTED, MinutesState.ARCHIVED})}, [5, 4, 3, 1, 2]),
    ({"limit": 2}, [5, 4]), ({"limit": 2, "offset": 3}, [1, 2]), ({"limit": 0}, []), ({"offset": 9}, []),
    ({"words": "weekly", "kind": "decision", "verdict": Verdict.AGREED, "person": 22, "year": 2026}, [3]),
)  # fmt: skip
VARIED = (
    minutes(1, kind="décision / 决策 %"),
    minutes(2, held_at=NOW - DAY, present=(20,), absent=(Absent(21),), state=MinutesState.DISTRIBUTED),
    minutes(3, held_at=NOW + DAY, kind="decision", absent=(Absent(5, "", 22),),
            decisions=(Decided("a", Verdict.MORE_MATERIAL), Decided("b", Verdict.AGREED))),
    minutes(4, held_at=NOW + 2 * DAY, host=23, actions=(Agreed("A-1", "x", 24, DUE),),
            decisions=(Decided("c", Verdict.AGREED),)),
    minutes(5, held_at=datetime(2026, 12, 31, 16, tzinfo=UTC)),
)  # fmt: skip


def _with(value, words: str):
    """The value with `words` where it says WORD."""
    if isinstance(value, str):
        return value.replace("WORD", words)
    if isinstance(value, tuple):
        return tuple(_with(one, words) for one in value)
    fields = {name: getattr(value, name) for name in value.__slots__}
    return replace(value, **{name: _with(one, words) for name, one in fields.items() if type(one) is str})


async def _file(store, *filed) -> None:
    await store.write(lambda records: [records.archive.add(one) for one in filed])


async def _found(store, words: str = "", reader: int = 9, **fields) -> list[int]:
    search = Search(reader, words, **fields)
    return [one.meeting for one in await store.read(lambda records: records.archive.search(search))]


async def _count(store, words: str = "", reader: int = 9, **fields) -> int:
    search = Search(reader, words, **fields)
    return await store.read(lambda records: records.archive.count(search))
