"""`/meeting list` 列表, `show` 查看, `calendar` 日历: what is ahead, one meeting, and its entry for a calendar."""

from datetime import timedelta

from msgspec.structs import replace

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.meeting import which
from bot.domain.meeting import Meeting, MeetingState, MeetingVerb
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.operations.sessions import load
from bot.pattern import pattern
from bot.reports.invitation import invitation
from bot.store import Sessions
from bot.views import meeting as views

_AHEAD = frozenset({MeetingState.DRAFT, MeetingState.AWAITING, MeetingState.ANNOUNCED, MeetingState.RUNNING})
_ENDED = frozenset({MeetingState.ENDED})
_HELD = timedelta(hours=12)
"""What began so recently is still of today."""
_FILTERS = {
    "ahead": ("", "mine", "ahead", "upcoming", "我的", "近期"),
    "drafts": ("draft", "drafts", "草稿"),
    "past": ("past", "held", "以往", "过去", "過去", "已结束"),
    "all": ("all", "everyone", "全部", "所有"),
}
_PAGE = pattern(r"\s*(?:page|第)\s*(?P<page>\d{1,4})\s*页?$")


def list_(asking: Asking, line: Line) -> Answer:
    """Mine that are ahead, soonest first; or drafts, past ones, everybody's that I may see."""
    page = _PAGE.search(line.rest)
    words = line.rest[: page.start()] if page else line.rest
    name = _filter(words)
    number = max(1, int(page["page"])) if page else 1
    found = _found(asking, _sessions(asking, name, number), name)
    more = f"/meeting list {name} page {number + 1}" if len(found) > views.SHOWN else ""
    heading = asking.words(f"meetings-{name}")
    return views.listing(scene(asking), found[: views.SHOWN], heading, more)


def show(asking: Asking, line: Line) -> Answer:
    """Everything about one meeting; refused to who may not see it (N8)."""
    number = which.meant(asking, line, MeetingVerb.ANSWER, "meeting-show")
    return views.detail(scene(asking), load(asking, number))


def calendar(asking: Asking, line: Line) -> Answer:
    """The entry as it stands, also for who lost it."""
    meeting = load(asking, which.meant(asking, line, MeetingVerb.ANSWER, "meeting-show"))
    cancelled = meeting.state is MeetingState.CANCELLED
    content = invitation(meeting, asking.directory, asking.now, method="CANCEL" if cancelled else "REQUEST")
    return views.file(meeting, content)


def _filter(words: str) -> str:
    low = " ".join(shadow(words).split())
    found = next((name for name, said in _FILTERS.items() if low in said), None)
    if found is None:
        raise Refusal("meetings-filter-unknown", typed=words.strip())
    return found


def _found(asking: Asking, wanted: Sessions, name: str) -> list[Meeting]:
    """Past is also what was begun early and has ended: of those whose planned hour is still to come there are few."""
    find = asking.records.meetings.find
    if name != "past":
        return find(wanted)
    early = find(replace(wanted, since=asking.now, states=_ENDED, limit=None, offset=0))
    shown = early[wanted.offset :][: views.SHOWN + 1]
    rest = views.SHOWN + 1 - len(shown)
    offset = max(0, wanted.offset - len(early))
    return shown + (find(replace(wanted, before=asking.now, limit=rest, offset=offset)) if rest else [])


def _sessions(asking: Asking, name: str, page: int) -> Sessions:
    """One more than is shown says whether there are more."""
    wanted = Sessions(reader=asking.by.id, limit=views.SHOWN + 1, offset=views.SHOWN * (page - 1))
    since = asking.now - _HELD
    if name == "past":
        return replace(wanted, person=asking.by.id, newest=True)
    if name == "drafts":
        drafts = frozenset({MeetingState.DRAFT, MeetingState.AWAITING})
        return replace(wanted, person=asking.by.id, states=drafts, since=since)
    wanted = replace(wanted, states=_AHEAD, since=since)
    return wanted if name == "all" else replace(wanted, person=asking.by.id)
