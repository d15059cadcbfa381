"""Every number of the handbook that the rules use, as one frozen value; `config.toml` may change each."""

from datetime import time, timedelta

from msgspec import Struct


class Rules(Struct, frozen=True):
    """The handbook's numbers. Hours of the day are local to the person (T1)."""

    due_time: time = time(18, 0)
    """T1: when a due day ends unless a time was given."""
    morning: time = time(9, 0)
    """A6: when a day's reminders are sent."""
    before_days: int = 2
    """A6: the first reminder comes this many days before the due day, moved earlier to a working day."""
    yellow_days: int = 2
    """A11: due within this many days is yellow."""
    unaccepted_remind: timedelta = timedelta(hours=20)
    """M6: silence is reminded once after this long."""
    unaccepted_report: timedelta = timedelta(hours=24)
    """M6, A11: then it is reported to whoever assigned it, and yellow."""
    risk_days: int = 3
    """A7: overdue by more than this many working days warns the head and the tracker."""
    postponements: int = 3
    """A4: this postponement (and each later one) goes to the department head."""
    verify_days: int = 2
    """The tracker is reminded once when a submission has waited this many working days."""
    nudge_pause: timedelta = timedelta(hours=4)
    """Nudging: one item is nudged at most once in this time."""
    undo_within: timedelta = timedelta(hours=24)
    """A change can be undone this long by whoever made it, while it is the last one."""
    question_stays: timedelta = timedelta(minutes=30)
    """How long a shown form waits for a plain message to answer it."""
    digest_weekday: int = 4
    """R1: the weekly digest's day, Monday = 0."""
    digest_time: time = time(16, 0)
    """R1: the weekly digest's hour, in the room's zone (the workplace's)."""
    text_limit: int = 500
    """Most characters of an action, a reason or a criterion; longer is refused, never cut."""
    most_topics: int = 5
    """P4: a topic more needs an explicit override."""
    topic_minutes: int = 15
    """P4: a topic's planned minutes unless others were given."""
    topic_longest: int = 20
    """P4: a topic planned for longer is warned about."""
    carried_minutes: int = 5
    """A13: the planned minutes of an action that the last session left open."""
    many_invitees: int = 10
    """P8: more are warned about."""
    start_reminder: timedelta = timedelta(minutes=15)
    """P9: the reminder before the start."""
    late_start: timedelta = timedelta(minutes=5)
    """M1: starting later than this counts as late."""
    left_running: float = 2.0
    """A meeting that still runs after so many times its planned length is asked about."""
    draft_remind: timedelta = timedelta(hours=20)
    """N1: the recorder is reminded so long after the end."""
    draft_within: timedelta = timedelta(hours=24)
    """N1: then the host hears of it."""
    acknowledge_remind: timedelta = timedelta(hours=20)
    """N4: who has not acknowledged is reminded once, so long after the distribution."""
    acknowledge_within: timedelta = timedelta(hours=24)
    """N4: then recorder and host see who has not."""
    delete_notice: timedelta = timedelta(hours=72)
    """N7: who wrote and led minutes hears so long before their content may be deleted."""
    ratings_shown: int = 3
    """R3: fewer answers are not shown."""
    sessions_ahead: int = 45
    """P2: a series' sessions are made so many days ahead."""
