"""The words around a day or time: by, before, 截止到 … 前, 之内, 后. They are taken off and say how the day is bounded."""

from collections.abc import Iterator

from bot.due.asked import Bound
from bot.due.pattern import pattern

_LEADS = (
    (
        Bound.WITHIN,
        pattern(r"(?:due )?(?:(?:at some point |some ?time )?with(?:in)?|inside(?: of)?)(?: the)?(?: coming| next)? "),
    ),
    (Bound.IN, pattern(r"(?:due )?(?:in|over)(?: the)?(?: coming| next)? ")),
    (Bound.AFTER, pattern(r"(?:after|since|from|later than) (?:the )?")),
    (Bound.BEFORE, pattern(r"(?:due )?(?:before|prior to|ahead of) (?:the )?")),
    (
        Bound.ON,
        pattern(
            r"(?:(?:is )?due(?: date| by| on| at)?|deadline(?: is)?|ddl|eta)?[: ]*(?:(?:no|not) later than|by|on|until|till?|at|latest(?: by)?|"
            r"(?:at the )?latest by)? ?(?:the )?"
        ),
    ),
    (
        Bound.ON,
        pattern(
            r"(?:请|须|需|要|应|应该|必须|务必)*(?:于|在)?(?:截止(?:日期?|时间)?(?:是|为|到|至|在|于)?|截至|期限(?:是|为|到|至)?|到期日?(?:是|为)?|"
            r"最[晚迟](?:到|在|于|是)?|不[晚迟]于|赶?在|于|到|至)?[: ]*"
        ),
    ),
)
_TAIL = pattern(
    r"(?P<core>.+?)(?:(?P<before>[之以]?前(?:截止|完成)?)|(?P<within>[之以]?内(?:完成)?|之中|里面?)|(?P<after>[之以过]?后)"
    r"|(?P<on>为?止|截止|到期|当天|当日|那天|这天|(?:,? (?:at the )?latest| or (?:sooner|earlier|before)| deadline| please)))"
)
_FINISHED = "结束"
SOURCES = (_FINISHED, _TAIL.pattern, *(row.pattern for _, row in _LEADS))


def bounded(text: str) -> Iterator[tuple[str, Bound]]:
    """The text as it stands, then without the words after it, then without those before it: (core, bound) each."""
    yield text, Bound.ON
    yield from _without_tail(text, Bound.ON)
    for bound, lead in _LEADS:
        match = lead.match(text)
        if match and match.end():
            core = text[match.end() :].strip(" ")
            yield core, bound
            yield from _without_tail(core, bound)


def _without_tail(text: str, otherwise: Bound) -> Iterator[tuple[str, Bound]]:
    match = _TAIL.fullmatch(text)
    if not match:
        return
    core, bound = match["core"], Bound(match.lastgroup)
    yield core, otherwise if bound is Bound.ON else bound
    if core.endswith(_FINISHED):
        yield core.removesuffix(_FINISHED), Bound.ON
