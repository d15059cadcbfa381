# Action items: what things are called, the echo, the answer to each verb, lists, one item, its history.

# --- names (HANDBOOK, Words) ---
state-proposed = waiting for acceptance
state-in_progress = in progress
state-submitted = waiting for verification
state-done = done
state-blocked = blocked
state-postponed = postponed
state-cancelled = cancelled
state-declined = declined

verb-add = add
verb-accept = accept
verb-decline = decline
verb-submit = submit
verb-approve = accept
verb-return = return
verb-block = mark as blocked
verb-unblock = unblock
verb-postpone = postpone
verb-edit = edit
verb-assign = reassign
verb-note = add a note to
verb-snooze = snooze
verb-nudge = send a reminder about
verb-cancel = cancel
verb-reopen = reopen
verb-undo = undo
# Of a deliverable, where "accept" could be the owner's
verb-verify = verify
verb-list = list
verb-show = show
verb-history = see the history of
verb-export = export
verb-help = help

# Somebody did it: Zhang San accepted · Zhang San accepted A-42 at 10:32
did-add = added
did-accept = accepted
did-decline = declined
did-submit = submitted
did-approve = accepted
did-return = returned
did-block = blocked
did-unblock = unblocked
did-postpone = postponed
did-edit = edited
did-assign = reassigned
did-note = commented on
did-snooze = snoozed
did-nudge = sent a reminder about
did-cancel = cancelled
did-reopen = reopened
did-undo = undid the last change of
did-verify = verified

light-red = red
light-yellow = yellow
light-green = green
priority-high = high
priority-normal = normal
priority-low = low
cadence-daily = every working day
cadence-weekly = every week
role-owner = the owner
role-tracker = the tracker
role-assigner = whoever assigned it
role-supporter = a supporter
role-resolver = the resolver
role-head = the department head
role-admin = an admin

role-name = { $role } { $who }

# --- buttons ---
press-add = Add
press-accept = Accept
press-decline = Decline
press-submit = Submit
press-approve = Accept
press-return = Return
press-block = Blocked
press-unblock = Resolved
press-postpone = Postpone
press-edit = Edit
press-assign = Reassign
press-reassign = Reassign
press-note = Add a note
press-snooze = Snooze
press-nudge = Remind
press-cancel = Cancel it
press-reopen = Reopen
press-undo = Undo
press-show = View
press-history = History
press-export = As Excel
press-help = Help
press-settings = Settings
press-more = Next page
press-team = My department's
press-tomorrow = Tomorrow
press-step-in = I'll step in
sure-cancel = Cancel { $action }? Its history is kept.

# What to type where there are no buttons: done A-42
say-add = add
say-list = list
say-show = show
say-accept = accept
say-decline = decline
say-submit = done
say-approve = approve
say-return = return
say-block = block
say-unblock = unblock
say-postpone = postpone
say-edit = edit
say-assign = assign
say-note = note
say-snooze = snooze
say-nudge = nudge
say-cancel = cancel
say-reopen = reopen
say-history = history
say-export = export
say-undo = undo
say-help = help

# --- shared phrases ---
comma = { ", " }
either = { $first } or { $last }
between = { ", " }
criterion-after = { " · Done when: " }
deliverable-before = { "Deliverable: " }
from-meeting = From: { $meeting }, { $who }
from-person = From: { $who }
from-to = { $old } → { $new }
now-before = { "Now: " }
owned-by = { $text } · Owner { $owner }
department-person = { $department }, { $person }
yes = yes
hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
today-at = { $time }
day-at = { $day }, { $time }
day-at-there = { $day }, { $time } ({ $zone })
late = { $days ->
    [0] overdue
    [one] { $days } working day late
   *[other] { $days } working days late
}
so-late = { ", " }{ $late }
ends-today = due today, { $time }
ends-ahead = { $days ->
    [1] due tomorrow ({ $weekday } { $day })
   *[other] due in { $days } days ({ $weekday } { $day })
}
ends-far = due { $day }

# Where an item stands
now-proposed = { $action } waits for { $owner }'s answer, { $day }
now-in_progress = { $action } is in progress with { $owner }, { $day }
now-postponed = { $action } is postponed, with { $owner }, { $day }
now-submitted = { $action } is submitted; { $tracker } checks it
now-done = { $action } is done
now-blocked = { $action } is blocked until { $resolver } resolves it, by { $until }
now-cancelled = { $action } is cancelled
now-declined = { $action } was declined by { $owner }; { $assigner } decides

# The same, to the one whose turn it is
now-proposed-own = { $action } waits for your answer, { $day }
now-in_progress-own = { $action } is in progress, { $day }
now-postponed-own = { $action } is postponed, { $day }
now-submitted-own = { $action } is submitted; please check it
now-blocked-own = { $action } is blocked until you resolve it, by { $until }
now-declined-own = { $action } was declined by { $owner }; it is your turn

# --- the echo of a new item ---
recorded = { $action } recorded
recorded-line = Owner { $owner } · by { $due }
owner-away = { $owner } is away until { $day }.
criterion-missing = No criterion yet: how will one know it is done? Add it with Edit.

# --- the answer to each verb ---
did-well-add = { $action } recorded
did-well-accept = { $action } accepted, due { $day }
did-well-decline = { $action } declined; { $who } gets your reason
did-well-decline-self = { $action } declined
did-well-submit = { $action } submitted; { $who } will check it
did-well-closed = { $action } is done
did-well-approve = { $action } is verified and done
did-well-return = { $action } returned; { $who } gets your remark
did-well-block = { $action } is blocked; { $who } resolves it by { $until }
did-well-unblock = { $action } is unblocked, due { $day }
did-well-postpone = { $action } postponed to { $day }
did-well-edit = { $action } edited
did-well-assign = { $action } handed to { $who }, who is asked to accept
did-well-assign-self = { $action } is yours now
did-well-note = Note added to { $action }
did-well-snooze = { $action }: next reminder { $until }
did-well-nudge = { $who } gets a reminder about { $action }
did-well-cancel = { $action } cancelled
did-well-reopen = { $action } reopened, due { $day }
did-well-undo = Undone: { $verb } { $action }

# --- lists ---
list-title = { $heading }: { $counts }
list-page = Page { $page } of { $pages }, { $total } items
list-empty = { $heading }: no action items
list-empty-add = { "To add one: " }
count-closed = { $n } closed
list-mine = My items
list-team = The team's items
list-assigned = Items I assigned
list-verify = Waiting for my check
list-everything = All items
list-red = red
list-yellow = yellow
list-green = green
list-overdue = overdue
list-blocked = blocked
list-done = done
list-open = open
many-accept = { $n } accepted
many-decline = { $n } declined
many-submit = { $n } submitted
many-approve = { $n } accepted as delivered
many-return = { $n } returned
many-block = { $n } blocked
many-unblock = { $n } unblocked
many-postpone = { $n } postponed
many-edit = { $n } edited
many-assign = { $n } handed over
many-note = Note added to { $n }
many-snooze = { $n } snoozed
many-nudge = Reminders sent about { $n }
many-cancel = { $n } cancelled
many-reopen = { $n } reopened
many-undo = { $n } undone
hand-over = From { $giver } to { $taker }
press-accept-all = Accept all { $n }
hand-over-press = Hand over { $n }
hand-over-rest = { $n ->
    [1] 1 more is not yours to give and stays.
   *[other] { $n } more are not yours to give and stay.
}

# --- one item ---
fact-text = Action
fact-owner = Owner
fact-department = Department
fact-due = Due
fact-first_due = First due
fact-criterion = Done when
fact-supporters = Supporters
fact-tracker = Tracker
fact-assigner = Assigned by
fact-priority = Priority
fact-cadence = Asked about
fact-place = Place
fact-meeting = Meeting
fact-block = Blocked
fact-snoozed = Snoozed until
fact-remarks = Last word
postponed-times = { $times ->
    [one] { $day }, postponed once
   *[other] { $day }, postponed { $times } times
}
block-line = { $reason } · { $who } · by { $until }
note-line = { $note } · { $day }

# --- history, too late ---
history = History of { $action }
history-line = { $who } { $did } it
history-refused = { $who } tried to { $verb } it (not allowed)
history-calendar = The holidays are published; the due day was checked
sentences = { $one }. { $other }
the-bot = the check of the published calendar
nobody-known = somebody unknown
stale = { $action } has just changed; this step was not taken
first = { $who } { $did } { $action } at { $at }. Nothing left to do.
