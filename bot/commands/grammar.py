"""What was typed → Line: noun, verb and numbers recognised in any width, case and script; the rest kept as written (T5).

Recognition looks at `shadow`, the text in plain width and case, character for character, so a place in the one is a
place in the other. With a slash a line is a command or refused by name; without one (a direct conversation, or when the
bot was called) it is a command only if it begins like one, and small talk (None) otherwise.
"""

import difflib
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.commands.command import LETTERS, Command, Line, Takes
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.pattern import pattern

NOUNS: dict[str, tuple[str, ...]] = {
    "action": ("action", "actions", "行动", "行动项", "行動", "行動項", "行動項目"),
    "meeting": ("meeting", "meetings", "会议", "會議"),
    "minutes": ("minutes", "纪要", "紀要", "会议纪要", "會議紀要"),
    "vote": ("vote", "votes", "投票", "表决", "表決"),
    "series": ("series", "系列", "例会系列", "例會系列"),
    "digest": ("digest", "周报", "週報"),
    "settings": ("settings", "setting", "设置", "設定", "設置"),
    "whoami": ("whoami", "我是谁", "我是誰"),
    "help": ("help", "帮助", "幫助", "說明", "说明", "?"),
}
_ALONE = frozenset({
    "逾期", "已逾期", "超期", "红灯", "紅燈", "黄灯", "黃燈", "绿灯", "綠燈", "待验收", "待驗收", "🔴", "🟡", "🟢", "overdue",
})  # fmt: skip
"""What of the list's own words says the whole line; the others (`red`, `all`, `me`) may answer a question."""
_NUMBERS = {
    letter: pattern(rf"(?P<named>{letter}\s?[-‐‑–—−]\s?|#\s?|{letter})?(?P<digits>[0-9]{{1,9}})(?![0-9])")
    for letter in {one.lower() for one in LETTERS.values()}
}
_ANY_NUMBER = pattern(r"(?P<letter>[amvs])\s?[-‐‑–—−]\s?[0-9]")
_UNITS = pattern(r"\s*(?:[a-z0-9_.:/%-]|小时|小時|分钟|分鐘|天|日|周|週|个|個|号|號|月|年|点|點)")
_UNIT_WORDS = pattern(r"\s*(?:h|hr|hours?|min|minutes?|days?|weeks?|d|w)\b")
_RUNS_ON = frozenset({"延期", "推迟", "推遲", "延后", "延後", "顺延", "順延", "转交", "轉交", "改派"})
_HOW_FAR = pattern(r"[到至给給]|[0-9一二两兩三四五六七八九十半]|[下本这這]|明天|后天|後天")
"""`A-42 延期到下周五`, `A-42 延期两天`, `A-42 转交给李四`: what is written behind these verbs without a blank."""
_BETWEEN = pattern(r"\s+and\s+|[\s,，、;；&和]+")
_LEADING = pattern(r"[\s:：]+")
_OPENING = 60
"""Names and numbers stand within so many characters; the rest of a line is only carried."""
_NEAR = 0.6
_MOST = 4
"""Buttons under one card (VOICE rule 2)."""


def read(text: str, *, bare: bool, commands: Sequence[Command], about: str = "") -> Line | None:
    """The line of a typed text or a button's command; None for small talk. `bare`: a command needs no slash here.
    `about` is what is being talked about (A-42, M-7 …): a verb that several nouns have is then that one's.

    Raises Refusal `command-unknown` (with the nearest, mended) for a slash and something that is no command."""
    text = text.strip()
    mark = shadow(text[:1])
    if mark == "#" and (line := _short(text, commands)) is not None:
        return line
    slashed = mark == "/"
    if not slashed and not bare:
        return None
    _check_one(text, slashed, commands)
    line = _line(text[1:].lstrip() if slashed else text, slashed, commands, about)
    if line is None and slashed and (bare or _nearest(_first_word(text[1:]), list(_openings(commands)))):
        raise _unknown(text[1:].lstrip(), "", commands)
    return line


def _check_one(text: str, slashed: bool, commands: Sequence[Command]) -> None:
    """Several lines that are each a command, pasted as one message: the second would be the first one's title. Raises Refusal
    `several-commands` with each, to be sent by itself; what only goes on over several lines is one."""
    if "\n" not in text:
        return
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    opening = _first_word(lines[0])
    each = [line for line in lines if (shadow(line[:1]) == "/" if slashed else _first_word(line) == opening)]
    if len(each) < 2 or len(each) < len(lines) or not all(_known_line(line, slashed, commands) for line in each):
        return
    offers = tuple(Offer("offer-line", line, args=(("line", line),)) for line in each[:_MOST])
    raise Refusal("several-commands", n=len(each), offers=offers)


def _known_line(line: str, slashed: bool, commands: Sequence[Command]) -> bool:
    try:
        return _line(line[1:].lstrip() if slashed else line, slashed, commands, "") is not None
    except Refusal:
        return False


def named(text: str, commands: Sequence[Command]) -> tuple[Command, str] | None:
    """The command whose verb (or, without verbs, noun) the text begins with, and what follows."""
    low = shadow(text[:_OPENING])
    names = _by_opening(tuple(commands)).get(low[:1], ())
    found = [(len(name), command) for name, command in names if _begins(low, name, False)]
    if not found:
        return None
    length, command = max(found, key=lambda pair: pair[0])
    return command, text[length:]


@lru_cache(maxsize=64)
def _by_opening(commands: tuple[Command, ...]) -> dict[str, list[tuple[str, Command]]]:
    """Every name of the commands by its first character: a line is held against three or four and not against all 140."""
    found: dict[str, list[tuple[str, Command]]] = {}
    for command in commands:
        for name in command.names:
            found.setdefault(_known(name)[:1], []).append((name, command))
    return found


def _short(text: str, commands: Sequence[Command]) -> Line | None:
    """`#决议 同意 …`: what is taken down as people talk (M2)."""
    low = shadow(text[:_OPENING])
    found = [(len(name), command) for command in commands for name in command.short if _begins(low, name, True)]
    if not found:
        return None
    length, command = max(found, key=lambda pair: pair[0])
    return Line(command.noun, command.verb, _behind(text[length:]))


def _line(text: str, slashed: bool, commands: Sequence[Command], about: str) -> Line | None:
    noun, rest = _noun(text, slashed)
    rest = rest.lstrip().lstrip(":：").lstrip() if noun else rest
    if noun == "help":
        return Line("help", "", _helped(rest, commands))
    if noun and noun not in LETTERS:
        return Line(noun, "", rest.strip())
    if noun:
        return _of(noun, rest, True, slashed, commands)
    return _bare(rest, slashed, commands, about)


def _bare(text: str, slashed: bool, commands: Sequence[Command], about: str) -> Line | None:
    """No noun: the number that is named says which it is, else what is talked about, else the first that has the verb."""
    if shadow(text) in _ALONE:
        return Line("action", "list", text)
    named = _ANY_NUMBER.search(shadow(text[:_OPENING]))
    letter = named["letter"].upper() if named else about[:1]
    mine = [noun for noun in LETTERS if LETTERS[noun] == letter]
    mine = mine[::-1] if " v" in about else mine
    nouns = [*mine, *(noun for noun in LETTERS if noun not in mine)]
    found = ((noun, _of(noun, text, False, slashed, commands)) for noun in nouns)
    return next((line for noun, line in found if line is not None and (slashed or _meant(line, noun, mine))), None)


def _meant(line: Line, noun: str, mine: Sequence[str]) -> bool:
    """Whether a verb without slash and noun is one: `next Friday` and `end of May` are answers, `next` alone moves a
    meeting on. Verbs of items have always been taken with words behind them."""
    return noun == "action" or noun in mine or not line.rest


def _of(noun: str, text: str, said: bool, slashed: bool, commands: Sequence[Command]) -> Line | None:
    """A line about items of one noun: `verb numbers rest`, `numbers verb rest`, numbers alone, or nothing at all."""
    verbs = _verbs(noun, tuple(commands))
    if not text:
        return Line(noun, "list") if said else None
    line = _verb_first(text, slashed, verbs) or _number_first(text, noun, said, verbs)
    if line is None and said:
        at_number = _NUMBERS[LETTERS[noun].lower()].match(shadow(text[:_OPENING]))
        raise _said_of(text) if at_number and noun == "action" else _unknown(text, f"{noun} ", verbs)
    return line


@lru_cache(maxsize=64)
def _verbs(noun: str, commands: tuple[Command, ...]) -> tuple[Command, ...]:
    return tuple(command for command in commands if command.noun == noun)


def _verb_first(text: str, slashed: bool, verbs: Sequence[Command]) -> Line | None:
    found = named(text, verbs) or (_glued(text, verbs) if slashed else None)
    if found is None:
        return None
    command, rest = found
    again = shadow(rest[:1]) == "!"
    rest = _with_name(command, text, rest, rest[1:] if again else rest)
    numbers, rest = _numbers(rest, command.takes, LETTERS[command.noun])
    return Line(command.noun, command.verb, _behind(rest), numbers, again)


def _glued(text: str, verbs: Sequence[Command]) -> tuple[Command, str] | None:
    """`/行动 新增写报告 @李四`: what is new is often written without a blank."""
    add = [command for command in verbs if command.verb in ("add", "new")]
    for name in (name for command in add for name in command.names if not name.isascii()):
        if shadow(text[:_OPENING]).startswith(_known(name)):
            return add[0], text[len(name) :]
    return None


def _number_first(text: str, noun: str, said: bool, verbs: Sequence[Command]) -> Line | None:
    """`A-42 完成`, `#42 done`; the number alone shows the item. What stands behind a vote's and is no verb is a choice: `V-3 A`."""
    letter = LETTERS[noun]
    match = _NUMBERS[letter.lower()].match(shadow(text[:_OPENING]))
    if not match or not (said or (match["named"] and (letter == "A" or "#" not in match["named"]))):
        return None
    numbers, rest = _numbers(text, Takes.SEVERAL, letter)
    if numbers and not rest.strip():
        return Line(noun, "show", "", numbers)
    found = named(rest.lstrip(), verbs) if numbers else None
    if found is None:
        return Line(noun, "cast", _behind(rest), numbers) if noun == "vote" and match["named"] and numbers else None
    rest = _with_name(found[0], rest.lstrip(), found[1], found[1])
    return Line(noun, found[0].verb, _behind(rest), numbers)


def _with_name(command: Command, text: str, behind: str, rest: str) -> str:
    """The words behind the name, and the name itself where it says something."""
    said = shadow(text.removesuffix(behind)).strip() if command.kept else ""
    return f"{rest} {said}" if said in command.kept else rest


def _numbers(text: str, takes: Takes, letter: str = "A") -> tuple[tuple[int, ...], str]:
    """The numbers at the start, and what follows. A bare number counts only as the first, so `A-1 3 pages` is one."""
    found: list[int] = []
    while takes is not Takes.NONE and (takes is Takes.SEVERAL or not found):
        start = (_BETWEEN if found else _LEADING).match(text)
        begun = text[start.end() :] if start else text
        low = shadow(begun[:_OPENING])
        match = _NUMBERS[letter.lower()].match(low)
        if not match or not _alone(low[match.end() :], match["named"] or "", bool(found)):
            break
        found.append(int(match["digits"]))
        text = begun[match.end() :]
    return tuple(dict.fromkeys(found)), text


def _alone(after: str, named: str, further: bool) -> bool:
    """Whether digits are an item's number and not part of a word, an amount or a day."""
    if "-" in named or "#" in named or re.search(r"[‐‑–—−]", named):
        return not re.match(r"[a-z0-9_]", after)
    if further and not named:
        return False
    return not _UNITS.match(after[:1]) and not _UNIT_WORDS.match(after) and not re.match(r"[^\W\d_]", after[:1])


def _noun(text: str, slashed: bool) -> tuple[str, str]:
    """The noun at the start ("" for none) and what follows. A slash lets a Chinese verb follow without a blank."""
    low = shadow(text[:_OPENING])
    names = _nouns_by_opening().get(low[:1], ())
    length, noun = max(((len(name), noun) for name, noun in names if _begins(low, name, slashed)), default=(0, ""))
    return noun, text[length:] if noun else text


@cache
def _nouns_by_opening() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for noun, names in NOUNS.items():
        for name in names:
            found.setdefault(_known(name)[:1], []).append((name, noun))
    return found


def _begins(low: str, name: str, loosely: bool) -> bool:
    """Whether the words begin with this name as a word of its own."""
    if not low.startswith(_known(name)):
        return False
    after = low[len(name) : len(name) + 1]
    if loosely and not name.isascii():
        return True
    if name in _RUNS_ON and _HOW_FAR.match(low, len(name)):
        return True
    return (
        not after or not (after.isalnum() or after in "-_'") or (not name.isascii() and _item_follows(low[len(name) :]))
    )


def _item_follows(after: str) -> bool:
    matches = (pattern.match(after) for pattern in _NUMBERS.values())
    return any(
        match and match["named"] and _alone(after[match.end() :], match["named"], further=False) for match in matches
    )


def _behind(rest: str) -> str:
    return rest.strip().lstrip(":：，,").strip()


def _helped(rest: str, commands: Sequence[Command]) -> str:
    """The command that help is wanted about, by its name in the catalogues, or the noun; as written when there is none."""
    noun, rest = _noun(rest.strip().removeprefix("/"), slashed=True) if rest.strip() else ("", "")
    found = named(rest.strip(), [command for command in commands if command.verb and noun in ("", command.noun)])
    return found[0].key if found else rest.strip() or ("" if noun == "action" else noun)


def _unknown(text: str, noun: str, commands: Sequence[Command]) -> Refusal:
    """The nearest commands by their own names, each as the line mended."""
    word = _first_word(text)
    names = _openings(commands)
    near = list(dict.fromkeys(names[one] for one in _nearest(word, list(names))))
    rest = text[len(word) :].strip()
    offers = tuple(Offer("offer-line", f"{line} {rest}".strip(), args=(("line", line),)) for line in near)
    mended = offers[0].command if offers else ""
    return Refusal("command-unknown", typed=f"/{noun}{word}", nearest=tuple(near), offers=offers, mended=mended)


def _said_of(text: str) -> Refusal:
    """`/action A-42 going well`: a number and words that are no verb can be left as a note."""
    numbers, rest = _numbers(text, Takes.ONE)
    command = f"/action note A-{numbers[0]}" if numbers else "/action note"
    offer = Offer("offer-line", f"{command} {rest.strip()}", args=(("line", command),))
    word = _first_word(rest) or _first_word(text)
    return Refusal(
        "command-unknown", typed=f"/action {word}", nearest=("/action note",), offers=(offer,), mended=offer.command
    )


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0][:40] if text.strip() else ""


def _nearest(word: str, names: Sequence[str]) -> list[str]:
    return difflib.get_close_matches(shadow(word), names, n=3, cutoff=_NEAR)


def _openings(commands: Sequence[Command]) -> dict[str, str]:
    """Every name a line can begin with → the line it stands for."""
    nouns = {name: f"/{noun}" for noun, names in NOUNS.items() for name in names}
    verbs = {name: f"/{one.noun} {one.verb}" for one in reversed(commands) if one.verb for name in one.names}
    return verbs | nouns  # `action` is a noun before it is what a meeting takes down


@cache
def _known(name: str) -> str:
    return shadow(name)
