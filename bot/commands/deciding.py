"""Verbs that need at most words: accept 接受, decline 谢绝, submit 提交, approve 验收, return 退回, unblock 解除, note 备注,
cancel 取消, reopen 重开, nudge 催办, undo 撤销. What people write is taken as written (T5)."""

import re
from collections.abc import Callable, Sequence

from bot.cards import Answer
from bot.commands import answers, tokens
from bot.commands.asking import Asking
from bot.commands.cleaning import worded
from bot.commands.command import Line
from bot.domain.action import Deliverable, Verb
from bot.domain.facts import Changed
from bot.operations import actions
from bot.operations.undoing import undo as undone
from bot.pattern import pattern

_URL = pattern(r"https?://[^\s<>\"“”「」，。；、）)]+", re.IGNORECASE)
_LABELLED = {
    field: pattern(rf"^(?:{'|'.join(map(re.escape, tokens.LABELS[field]))})\s*[:：]\s*", re.IGNORECASE)
    for field in ("why", "deliverable")
}

Reasoned = Callable[[Asking, Sequence[int], str], list[Changed]]


def accept(asking: Asking, line: Line) -> Answer:
    """M6."""
    return answers.told(asking, actions.accept(asking, answers.meant(asking, line)))


def nudge(asking: Asking, line: Line) -> Answer:
    """Throttled."""
    return answers.told(asking, actions.nudge(asking, answers.meant(asking, line)))


def approve(asking: Asking, line: Line) -> Answer:
    """A3; a word is welcome, not needed."""
    return answers.told(asking, actions.approve(asking, answers.meant(asking, line), words(asking, line, "why")))


def unblock(asking: Asking, line: Line) -> Answer:
    """A5; a word is welcome, not needed."""
    return answers.told(asking, actions.unblock(asking, answers.meant(asking, line), words(asking, line, "why")))


def decline(asking: Asking, line: Line) -> Answer:
    """M6: with a reason."""
    return _reasoned(asking, line, Verb.DECLINE, actions.decline)


def return_(asking: Asking, line: Line) -> Answer:
    """A3: with what is missing."""
    return _reasoned(asking, line, Verb.RETURN, actions.return_)


def cancel(asking: Asking, line: Line) -> Answer:
    """A2: with a reason."""
    return _reasoned(asking, line, Verb.CANCEL, actions.cancel)


def reopen(asking: Asking, line: Line) -> Answer:
    """With a reason."""
    return _reasoned(asking, line, Verb.REOPEN, actions.reopen)


def note(asking: Asking, line: Line) -> Answer:
    """A7: the last word about it."""
    return _reasoned(asking, line, Verb.NOTE, actions.note, "text")


def submit(asking: Asking, line: Line) -> Answer:
    """A3: words, a link, or the files that came along."""
    numbers = answers.meant(asking, line)
    delivered = (*_delivered(words(asking, line, "deliverable")), *_attached(asking))
    if not delivered:
        return answers.missing(asking, Verb.SUBMIT, numbers, {}, ("deliverable",), {}, _said(line, numbers))
    return answers.told(asking, actions.submit(asking, numbers, delivered))


def undo(asking: Asking, line: Line) -> Answer:
    """The item's last change, or without a number the asker's own last one."""
    about = line.numbers or tuple(int(subject[2:]) for subject in asking.subjects[:1] if len(asking.subjects) == 1)
    return answers.told(asking, [undone(asking, about[0] if about else None)])


def words(asking: Asking, line: Line, field: str) -> str:
    """What was said: the form's value, else the line's words, without a label that names them.

    Raises Refusal `text-too-long`."""
    said = asking.values.get(field, line.rest)
    label = _LABELLED.get(field)
    return worded(label.sub("", said.strip()) if label else said, asking.workplace.rules.text_limit, field)


def _reasoned(asking: Asking, line: Line, verb: Verb, does: Reasoned, field: str = "why") -> Answer:
    """A verb that needs one reason, asked for when it is missing."""
    numbers = answers.meant(asking, line)
    why = words(asking, line, field)
    if not why:
        return answers.missing(asking, verb, numbers, {}, (field,), {}, _said(line, numbers))
    return answers.told(asking, does(asking, numbers, why))


def _said(line: Line, numbers: Sequence[int]) -> str:
    return " ".join((line.head, *(f"A-{number}" for number in numbers)))


def _delivered(said: str) -> tuple[Deliverable, ...]:
    link = _URL.search(said)
    return (Deliverable(said, link.group() if link else ""),) if said else ()


def _attached(asking: Asking) -> tuple[Deliverable, ...]:
    attachments = asking.said.attachments if asking.said else ()
    return tuple(Deliverable(one.name, one.url) for one in attachments)
