"""What a captured line says: a decision's verdict and why, a parked topic's follower; the words kept as written (M2, T5)."""

from msgspec import Struct

from bot.commands import naming
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.domain.captured import Verdict
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.pattern import pattern

VERDICTS: dict[Verdict, tuple[str, ...]] = {
    Verdict.AGREED: ("同意", "通过", "通過", "批准", "agreed", "agree", "approved"),
    Verdict.DEFERRED: ("暂缓", "暫緩", "deferred", "defer"),
    Verdict.MORE_MATERIAL: (
        "需补充材料", "需補充材料", "补充材料", "補充材料", "needs more material", "need more material", "more material",
    ),
    Verdict.REJECTED: ("否决", "否決", "不同意", "rejected", "reject"),
}  # fmt: skip
"""How people say a conclusion, its own word first."""

GLUED = ("同意", "暂缓", "暫緩", "需补充材料", "需補充材料", "否决", "否決", "不同意")
"""These are often written without a blank behind them (`同意采用方案A`); then they stay in the words as well."""

_BLANKS = " \t\n\u3000\xa0,，:：;；-–—"
_BECAUSE = pattern(
    r"[\s,，;；。]*(?:因为|因為|(?:理由|原因)\s*:|(?<![a-z])because(?![a-z])(?:\s+of(?![a-z]))?\s*:?|(?<![a-z])(?:why|reason)\s*:)\s*"
)


class Decision(Struct, frozen=True):
    """`verdict` None: not said."""

    verdict: Verdict | None
    text: str
    why: str


def decision(asking: Asking, rest: str) -> Decision:
    """`同意 采用方案A 因为成本低`. Raises Refusal `text-too-long`."""
    limit = asking.workplace.rules.text_limit
    verdict, said = _verdict(rest.strip())
    because = _BECAUSE.search(shadow(said))
    text, why = (said[: because.start()], said[because.end() :]) if because is not None else (said, "")
    return Decision(verdict, worded(text.strip(_BLANKS), limit, "text"), worded(why.strip(_BLANKS), limit, "why"))


def verdict(value: str) -> Verdict:
    """A form's or a vote's word. Raises Refusal `choice-unknown`."""
    low = " ".join(shadow(value).split())
    for one, names in VERDICTS.items():
        if low in (str(one), *names):
            return one
    raise Refusal("choice-unknown", value=value, field="verdict")


def parked(asking: Asking, rest: str) -> tuple[str, int | None]:
    """`海外定价 @王五`: the words, and who follows it up. Raises Refusal `one-person`, and for a name that nobody has."""
    limit = asking.workplace.rules.text_limit
    found: list[int] = []
    while (place := max(rest.rfind("@"), rest.rfind("＠"))) >= 0:
        who, length = naming.who(asking, rest[place + 1 :])
        found.append(naming.one_person(asking, who, "follower"))
        rest = f"{rest[:place].rstrip(_BLANKS)} {rest[place + 1 + length :].strip(_BLANKS)}"
    people = tuple(dict.fromkeys((*found, *(one.id for one in naming.mentioned(asking)))))
    if len(people) > 1:
        raise Refusal("one-person", n=len(people), field="follower")
    return worded(rest.strip(_BLANKS), limit, "text"), people[0] if people else None


def _verdict(said: str) -> tuple[Verdict | None, str]:
    low = shadow(said)
    found = [(len(name), one, name) for one, names in VERDICTS.items() for name in names if low.startswith(name)]
    for length, one, name in sorted(found, reverse=True):
        after = low[length : length + 1]
        if not after or after in _BLANKS:
            return one, said[length:].lstrip(_BLANKS)
        if name in GLUED:
            return one, said
    return None, said
