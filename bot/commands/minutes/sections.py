"""What people write of minutes, read back into them: `决议1: …`, `要点2: …`, `议题1结论: …`, a form's sections (N1).

Labels and marks of both languages are understood whoever writes; what stands behind them is kept as written (T5).
"""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.commands import naming
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.domain.captured import Verdict
from bot.domain.minutes import Absent, Decided, Discussed, Left, Minutes
from bot.due.phrase import shadow
from bot.errors import Offer, Refusal
from bot.pattern import pattern
from bot.views.minutes_text import decided, written

LIMIT = 3000
"""Most characters of one section; longer is refused, never cut."""

LABELS: dict[str, tuple[str, ...]] = {
    "objective": ("目标", "目標", "会议目标", "會議目標", "objective", "goal"),
    "expected": ("预期成果", "預期成果", "expected", "expected outcome"),
    "place": ("地点", "地點", "place", "where"),
    "present": ("出席", "参会人", "參會人", "到会", "present", "attendees"),
    "absent": ("缺席", "缺席人", "请假", "請假", "absent", "absentees"),
    "points": ("要点", "要點", "讨论要点", "討論要點", "points", "notes", "note"),
    "conclusion": ("结论", "結論", "conclusion"),
    "topic": ("议题", "議題", "topic"),
    "decisions": ("决议", "決議", "decisions", "decision"),
    "parked": ("搁置", "擱置", "待讨论", "待進一步討論", "待进一步讨论", "parked"),
    "following": ("下次会议", "下次會議", "下次", "next meeting", "next"),
    "more": ("补充", "補充", "其他", "more", "remarks"),
}
"""What each section is called, its own names first."""

VERDICTS: dict[Verdict, tuple[str, ...]] = {
    Verdict.AGREED: ("同意", "agreed", "agree"),
    Verdict.DEFERRED: ("暂缓", "暫緩", "deferred", "defer"),
    Verdict.MORE_MATERIAL: ("需补充材料", "需補充材料", "needs more material", "more material"),
    Verdict.REJECTED: ("否决", "否決", "rejected", "reject"),
}
_NAMES = {shadow(name): key for key, names in LABELS.items() for name in names}
_ALTERNATIVES = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_LABEL = pattern(
    rf"(?P<name>{_ALTERNATIVES})\s*(?P<n>\d{{1,3}})?\s*(?P<sub>结论|結論|要点|要點|conclusion|points)?\s*[:：]\s*"
)
_WHY = pattern(r"\s*[,，;；]?\s+(?:(?:因为|因為)\s*|because\s+)|[,，;；]\s*(?:因为|因為|because)\s*", re.IGNORECASE)
"""What stands between a decision and its reason: in Chinese a blank before it is enough, as while people talk (M2)."""
_TOPIC = pattern(r"\s*[(（]\s*(?:议题|議題|topic)\s*(?P<n>\d{1,3})\s*[)）]\s*$", re.IGNORECASE)
_FOLLOWER = pattern(r"\s*[@＠](?P<who>[^@＠]+)$")
_CONCLUSION = pattern(rf"^\s*(?:{'|'.join(LABELS['conclusion'])})\s*[:：]\s*", re.IGNORECASE)
_PEOPLE = pattern(r"[、,，;；\n]+|\s+and\s+")
_REMOVED = frozenset({"-", "—", "删除", "刪除", "无", "無", "delete", "none"})


class Said(Struct, frozen=True):
    """One labelled piece of an edit: `决议2: …` → decisions, 2. `number` None: one more, or a section that is one."""

    key: str
    number: int | None
    text: str


def said(rest: str) -> list[Said]:
    """The labelled pieces of a line, one beginning wherever a line does. Raises Refusal `minutes-section-unknown`."""
    found: list[Said] = []
    for line in rest.strip().split("\n"):
        match = _LABEL.match(shadow(line))
        if match:
            found.append(_piece(match, line[match.end() :]))
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text}\n{line}")
        else:
            raise Refusal("minutes-section-unknown", typed=line[:40])
    return found


def said_into(asking: Asking, minutes: Minutes, piece: Said) -> tuple[str, str]:
    """The section that a piece changes, and that whole section as text with the piece in it."""
    key = piece.key
    if key in ("topic", "points", "conclusion"):
        return _into_topic(asking, minutes, piece)
    if key not in ("decisions", "parked"):
        return key, "" if piece.text.strip() in _REMOVED else piece.text
    there = _grouped(written(scene(asking), minutes, key))
    if key == "decisions" and piece.number is not None and 1 <= piece.number <= len(there):
        piece = replace(piece, text=_on_its_topic(piece.text, there[piece.number - 1]))
    return key, "\n".join("\n ".join(one.splitlines()) for one in _placed(there, piece, key))


def put(asking: Asking, minutes: Minutes, key: str, text: str) -> Minutes:
    """The minutes with this section as it was written. Raises Refusal: too long, nobody of that name."""
    text = worded(text, LIMIT, key)
    if key.startswith("topic-"):
        return _put_topic(asking, minutes, int(key.removeprefix("topic-")), text)
    match key:
        case "present":
            return _attended(minutes, tuple(dict.fromkeys(_people(asking, text))))
        case "absent":
            return replace(minutes, absent=tuple(_absent(asking, minutes, line) for line in _grouped(text)))
        case "decisions":
            return replace(minutes, decisions=tuple(_decided(minutes, line) for line in _grouped(text)))
        case "parked":
            return replace(minutes, parked=tuple(_parked(asking, line) for line in _grouped(text)))
        case "objective":
            return replace(minutes, objective=text)
        case "expected":
            return replace(minutes, expected=text)
        case "place":
            return replace(minutes, place=text)
        case "following":
            same = text == written(scene(asking), minutes, key)
            return minutes if same else replace(minutes, following=text, following_at=None)
        case _:
            return replace(minutes, more=text)


def value(minutes: Minutes, key: str) -> object:
    """What a section holds, in no language: two of them are equal when they say the same."""
    if key.startswith("topic-"):
        return minutes.topics[int(key.removeprefix("topic-")) - 1]
    return minutes.following or minutes.following_at if key == "following" else getattr(minutes, key)


def _piece(match: re.Match[str], text: str) -> Said:
    key = _NAMES[match["name"]]
    if key == "topic" and match["sub"]:
        key = _NAMES[match["sub"]]
    return Said(key, int(match["n"]) if match["n"] else None, text)


def _into_topic(asking: Asking, minutes: Minutes, piece: Said) -> tuple[str, str]:
    """`要点2: …` changes what was said of topic 2, `结论2: …` what came of it, `议题2: …` both."""
    number = _place(minutes, piece.number or (1 if len(minutes.topics) == 1 else 0))
    topic = minutes.topics[number - 1]
    text = "" if piece.text.strip() in _REMOVED else piece.text
    if piece.key == "points":
        topic = replace(topic, points=text)
    elif piece.key == "conclusion":
        topic = replace(topic, conclusion=text)
    else:
        return f"topic-{number}", text
    with_it = replace(minutes, topics=(*minutes.topics[: number - 1], topic, *minutes.topics[number:]))
    return f"topic-{number}", written(scene(asking), with_it, f"topic-{number}")


def _place(minutes: Minutes, number: int, field: str = "") -> int:
    """Raises Refusal `minutes-topic-unknown`."""
    if not 1 <= number <= len(minutes.topics):
        raise Refusal("minutes-topic-unknown", n=number, count=len(minutes.topics), field=field)
    return number


def _placed(there: list[str], piece: Said, key: str) -> Iterator[str]:
    """Each with one of them new or gone; without a number, one more. Raises Refusal `minutes-number-unknown`."""
    number = len(there) + 1 if piece.number is None else piece.number
    if not 1 <= number <= len(there) + 1:
        raise Refusal("minutes-number-unknown", n=number, count=len(there), section=key)
    yield from there[: number - 1]
    if piece.text.strip() and piece.text.strip() not in _REMOVED:
        yield piece.text.strip()
    yield from there[number:]


def _grouped(text: str) -> list[str]:
    """The things of a section; a line that begins with a blank belongs to the one before."""
    found: list[str] = []
    for line in text.split("\n"):
        if line[:1].isspace() and found:
            found[-1] = f"{found[-1]}\n{line.strip()}"
        elif line.strip():
            found.append(line.strip())
    return found


def _on_its_topic(text: str, before: str) -> str:
    """A decision in other words is still the conclusion of its topic, unless another is named."""
    mark = _TOPIC.search(before)
    kept = mark is not None and bool(text.strip()) and text.strip() not in _REMOVED and not _TOPIC.search(text)
    return f"{text.rstrip()}{mark.group()}" if mark is not None and kept else text


def _decided(minutes: Minutes, line: str) -> Decided:
    """A verdict in front, a reason behind, then its topic; without a verdict it was agreed."""
    mark = _TOPIC.search(line)
    topic = _place(minutes, int(mark["n"]), "decisions") if mark else None
    line = line[: mark.start()].strip() if mark else line
    low = shadow(line)
    known = [(name, verdict) for verdict, names in VERDICTS.items() for name in names if low.startswith(shadow(name))]
    name, verdict = max(known, key=lambda pair: len(pair[0]), default=("", Verdict.AGREED))
    rest = line[len(name) :].lstrip(" :：,，")
    text, *why = _WHY.split(rest, maxsplit=1)
    if not text.strip():
        raise Refusal("minutes-decision-empty", typed=line[:40], field="decisions")
    return Decided(text.strip(), verdict, why[0].strip() if why else "", topic)


def _parked(asking: Asking, line: str) -> Left:
    named = _FOLLOWER.search(line)
    if not named:
        return Left(line)
    who = naming.one_person(asking, naming.value(asking, named["who"]), "parked")
    return Left(line[: named.start()].strip(), who)


def _people(asking: Asking, text: str) -> Iterator[int]:
    for name in _PEOPLE.split(text):
        if name.strip():
            yield _person(asking, name, "present")


def _person(asking: Asking, name: str, field: str) -> int:
    """Who has left since was there all the same."""
    found = naming.value(asking, name)
    return found.person if found.person is not None else naming.one_person(asking, found, field)


def _attended(minutes: Minutes, present: tuple[int, ...]) -> Minutes:
    """N4, N8: who was there has to acknowledge, is no longer absent, and may read it."""
    must = tuple(one for one in present if one not in (minutes.host, minutes.recorder))
    absent = tuple(one for one in minutes.absent if one.person not in present)
    readers = tuple(sorted({*minutes.readers, *present})) if minutes.confidential else ()
    return replace(minutes, present=present, absent=absent, must=must, readers=readers)


def _absent(asking: Asking, minutes: Minutes, line: str) -> Absent:
    name, _, why = line.replace("：", ":", 1).partition(":")
    person = _person(asking, name, "absent")
    known = next((one for one in minutes.absent if one.person == person), Absent(person))
    return replace(known, why=why.strip())


def _put_topic(asking: Asking, minutes: Minutes, number: int, text: str) -> Minutes:
    """Points until the label of the conclusion, if there is one. Raises Refusal `minutes-conclusion-decided`: what was decided
    on a topic is its conclusion, and stands in one place."""
    points: list[str] = []
    conclusion: list[str] | None = None
    for line in text.split("\n"):
        mark = _CONCLUSION.match(line)
        if mark:
            conclusion, line = [], line[mark.end() :]
        (points if conclusion is None else conclusion).append(line.strip())
    old = minutes.topics[number - 1]
    topic = Discussed(old.title, old.presenter, "\n".join(points).strip(), "\n".join(conclusion or ()).strip())
    if topic.conclusion and topic.conclusion != old.conclusion and minutes.decided(number):
        raise _as_decided(asking, minutes, number, topic.conclusion)
    return replace(minutes, topics=(*minutes.topics[: number - 1], topic, *minutes.topics[number:]))


def _as_decided(asking: Asking, minutes: Minutes, number: int, said: str) -> Refusal:
    """With each decision that could be meant as a line ready to send, in the words that were to be the conclusion; where they
    are more than one line, with the form."""
    decisions = minutes.decided(number)
    head = f"/minutes edit M-{minutes.meeting}"
    offers = tuple(
        Offer("offer-decision", f"{head} decision {one}: {_other_words(asking, minutes, one, said)}", args=(("n", str(one)),))
        for one in decisions[:4]
    )  # fmt: skip
    return Refusal(
        "minutes-conclusion-decided", n=number, numbers=tuple(map(str, decisions)), field=f"topic-{number}",
        offers=(Offer("offer-minutes-form", head),) if "\n" in said else offers,
    )  # fmt: skip


def _other_words(asking: Asking, minutes: Minutes, number: int, said: str) -> str:
    """The decision as somebody would type it, with these words instead of its own."""
    return " ".join(decided(scene(asking), replace(minutes.decisions[number - 1], text=said)).split())
