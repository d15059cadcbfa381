"""What the sections of config.toml that are the handbook's hold: the workplace, its reminders, its meetings."""

from datetime import time
from typing import Annotated

from msgspec.structs import replace
from pydantic import Field

from bot.calendar import Quiet
from bot.choices import (
    Admins,
    Ahead,
    CadenceName,
    Count,
    Country,
    Dates,
    Days,
    FamilyName,
    Hour,
    Hours,
    KindName,
    Language,
    Letters,
    Minutes,
    QuietHours,
    Section,
    Times,
    Wants,
    Weekday,
    Words,
    Workday,
    WorkdayHours,
    Years,
    YesNo,
    Zone,
)  # fmt: skip
from bot.domain.action import Cadence
from bot.domain.kinds import KINDS, Family, Kind


class WorkplaceSection(Section):
    """Who we are, and when we work. `days_off` and `days_worked` are the workplace's own (T2); `years_complete` are those
    whose every day off and make-up day stands in them, typed in from a notice that no package knows yet."""

    name: Words = "闭环"
    language: Language = "zh-Hans"
    timezone: Zone = "Asia/Shanghai"
    calendar: Country = "CN"
    workday: WorkdayHours = Workday()
    quiet: QuietHours = Quiet()
    days_off: Dates = ()
    days_worked: Dates = ()
    years_complete: Years = ()
    admins: Admins = ()

    @property
    def off_and_worked(self) -> str:
        """The days that stand in both lists, of which nobody knows which was meant."""
        return ", ".join(day.isoformat() for day in sorted({*self.days_off} & {*self.days_worked}))


class RemindersSection(Section):
    """The handbook's numbers; `morning` and `due_time` unset are the workday's begin and end."""

    due_time: Annotated[Hour | None, Wants("hour")] = None
    morning: Annotated[Hour | None, Wants("hour")] = None
    before_days: Days = 2
    yellow_days: Days = 2
    unaccepted_remind_hours: Hours = 20
    unaccepted_report_hours: Hours = 24
    risk_days: Days = 3
    postponements: Count = 3
    verify_days: Days = 2
    nudge_pause_hours: Hours = 4
    undo_within_hours: Hours = 24
    question_stays_minutes: Minutes = 30
    digest_weekday: Weekday = 4
    digest_time: Hour = time(16)
    text_limit: Letters = 500


class OwnKind(Section):
    """One kind of meeting, `[meetings.kinds.<name>]`: a new one, or what is otherwise in one of the handbook's (P1)."""

    zh: Annotated[str, Wants("words")] = ""
    en: Annotated[str, Wants("words")] = ""
    family: FamilyName | None = None
    cadence: CadenceName | None = None
    confidential: YesNo | None = None
    lead_days: Days | None = None
    lead_working: YesNo | None = None
    approval: YesNo | None = None
    keep_years: Count | None = None

    def kind(self, name: str, base: Kind | None) -> Kind:
        """The kind it makes of `base`, or of a plain special meeting where the handbook has none of this name."""
        said = {key: value for key, value in self if key not in ("zh", "en") and value is not None}
        kind = base or Kind(name, Family.SPECIAL)
        called = (self.zh or kind.called[0], self.en or kind.called[1])
        if "family" in said:
            said["family"] = Family(said["family"])
        if "cadence" in said:
            said["cadence"] = Cadence(said["cadence"])
        return replace(kind, called=called, **said)


class MeetingsSection(Section):
    """The handbook's numbers of meetings (P, M, N, R3), who approves unplanned ones (P2), and kinds of one's own (P1)."""

    approvers: Admins = ()
    most_topics: Count = 5
    topic_minutes: Count = 15
    topic_longest: Count = 20
    carried_minutes: Count = 5
    many_invitees: Count = 10
    start_reminder_minutes: Minutes = 15
    late_start_minutes: Minutes = 5
    left_running: Times = 2
    draft_remind_hours: Hours = 20
    draft_within_hours: Hours = 24
    acknowledge_remind_hours: Hours = 20
    acknowledge_within_hours: Hours = 24
    delete_notice_hours: Hours = 72
    ratings_shown: Count = 3
    sessions_ahead: Ahead = 45
    font: Annotated[str, Wants("words")] = ""
    kinds: dict[KindName, OwnKind] = Field(default={})

    def all_kinds(self) -> tuple[Kind, ...]:
        """The handbook's, as they are here, then the workplace's own."""
        known = {kind.name: kind for kind in KINDS}
        return tuple({**known, **{name: own.kind(name, known.get(name)) for name, own in self.kinds.items()}}.values())
