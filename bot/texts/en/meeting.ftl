# Preparing a meeting: the echo, the card, the preview, what people hear, what is refused (P1–P9), recurring ones (P2, A13).

meeting-title = { $meeting } { $title }: { $start } · { $state }
meeting-when = { $day }, { $start }–{ $end } ({ $zone })
meeting-secret = { " " }· confidential
# T1: a moment in a room whose people live by several clocks
moment-in-zone = { $at } ({ $zone })
local-time = Local time:{ " " }
meeting-link-before = Link:{ " " }
meeting-state-draft = draft
meeting-state-awaiting = awaiting approval
meeting-state-announced = announced
meeting-state-running = running
meeting-state-ended = ended
meeting-state-cancelled = cancelled

meeting-fact-title = Name
meeting-fact-when = When
meeting-fact-place = Place
meeting-fact-link = Link
meeting-fact-kind = Type
meeting-fact-objective = Objective
meeting-fact-expected = Expected outcome
meeting-fact-host = Host
meeting-fact-recorder = Recorder
meeting-fact-people = Invited
meeting-fact-reason = Why now

meeting-people-named = { $more ->
    [0] { $n }: { $names }
   *[other] { $n }: { $names } and { $more } more
}
meeting-people = { $n }: { $replies }
meeting-people-replies = { $people } ({ $replies })
reply-count-waiting = { $n } yet to answer
reply-count-accepted = { $n } coming
reply-count-declined = { $n } not coming
reply-count-proxy = { $n } sending somebody
meeting-absent = Not coming
absent = { $who }
absent-proxy = { $who }; { $proxy } comes instead

meeting-agenda = Agenda
meeting-proposals = Proposed, not decided
agenda-fits = { $n } minutes of topics in a { $length }-minute meeting
agenda-over = { $n } minutes of topics: { $over } too many for a { $length }-minute meeting
n-minutes = { $n } min
outcome-decide = decide
outcome-align = align
outcome-inform = inform
topic-carried = left open: { $what }
topic-first = first
topic-last = if time allows
material-owed = waiting for { $who }
material-yours = Please bring: { $name }

# --- the echo, the preview ---
meeting-recorded = { $meeting } drafted: { $title }
meeting-untold = A draft: nobody has been told.
meeting-lacks = Before it can go out: { $fields }
preview = { $n ->
    [0] { $meeting }: only you are invited
    [one] { $meeting } goes to one person. Send it?
   *[other] { $meeting } goes to { $n } people. Send it?
}
preview-approval = { $n ->
    [one] { $meeting } needs approval, then goes to one person
   *[other] { $meeting } needs approval, then goes to { $n } people
}
preview-incomplete = { $meeting } cannot go out yet
preview-who = Who will hear: { $names }
preview-approvers = Who approves: { $names }
warn-many = { $n } people are invited; more than { $most } seldom decide. Invite who is needed.
warn-long-topic = Topic { $n } takes { $minutes } minutes; above { $most }, splitting it helps.
warn-short = { $days ->
    [one] Short notice: the agenda of this type ({ $kind }) goes out a day ahead.
   *[other] Short notice: the agenda of this type ({ $kind }) goes out { $days } days ahead.
}
short-notice = Called at short notice.

meeting-did-new = { $meeting } drafted: { $title }
meeting-did-edit = { $meeting } is changed
meeting-did-reschedule = { $meeting } is now { $when }
meeting-did-topic-add = On the agenda of { $meeting }: { $minutes } minutes in all
meeting-did-topic-edit = Topic changed: { $minutes } minutes in all
meeting-did-topic-order = The agenda is in its new order
meeting-did-topic-drop = Off the agenda of { $meeting }
meeting-did-topic-carry = What was left open is on the agenda of { $meeting }
meeting-did-propose = Proposed to the organizer of { $meeting }
meeting-did-take = Taken: { $minutes } minutes in all
meeting-did-drop = Not taken; whoever proposed it will hear
meeting-did-material = The material is with { $meeting }
meeting-did-material-owed = Noted as a material to bring
meeting-did-invite = Invited; { $meeting } now has { $n } people
meeting-did-uninvite = Off the list; { $meeting } now has { $n } people
meeting-did-announce = { $meeting } is announced for { $when }
meeting-did-awaiting = { $meeting } waits for approval; nobody is invited before
meeting-did-approve = { $meeting } is approved and announced
meeting-did-refuse = { $meeting } is not approved; it is a draft again
meeting-did-answer-accepted = You are coming to { $meeting }, { $when }
meeting-did-answer-declined = You are not coming to { $meeting }
meeting-did-answer-proxy = Somebody comes to { $meeting } for you
meeting-did-cancel = { $meeting } is cancelled
meeting-did-undo = The last step on { $meeting } is taken back

# --- what people hear ---
room-notice = Meeting: { $title }, { $start }
invite-notice = Please come: { $title }, { $start }
part-host = You are the host.
part-recorder = You are the recorder; the record template is attached.
part-proxy = You come in place of { $who }.
part-presenter = You present: { $topics }
change-start = Moved to { $when }: { $title }
change-place = Now at { $place }: { $title }
change-link = Another link: { $title }
change-length = Another length: { $title }
none-before = not set
none-now = not set
meeting-why-said = Why: { $why }
cancelled-notice = Cancelled: { $title } (was { $when })
uninvite-notice = You need not come: { $title } ({ $when })
approval-notice = Approve? { $title }, { $start } (called by { $who })
approved-notice = { $n ->
    [one] { $meeting } is approved; one person is invited: { $title }
   *[other] { $meeting } is approved; { $n } people are invited: { $title }
}
refused-notice = { $meeting } was not approved: { $title }
answered-declined = { $who } cannot come: { $title }
answered-proxy = { $who } sends { $proxy }: { $title }
topic-proposed = { $who } proposes a topic: { $topic } ({ $title })
topic-taken-notice = Your topic was taken: { $topic } ({ $title })
topic-dropped-notice = Your topic was not taken this time: { $topic } ({ $title })
material-wanted = Material wanted: { $title }, { $start }
agenda-call = Agenda incomplete: { $title }, { $start }
lead-call = To be announced today: { $title }, { $start }
soon-call = { $n ->
    [one] In a minute: { $title } ({ $at })
   *[other] In { $n } minutes: { $title } ({ $at })
}
not-started-call = Not started: { $title }, planned for { $at }
unheld-call = Not held: { $title }, { $start }. Another time, or cancel?

# --- the record template ---
template-notes = - Points:
template-decision = - Decision (agreed / deferred / needs more material / rejected), because:
template-action = - Action: what @who by when, done when:
template-parked = - Parked, followed up by:

# --- presses ---
meeting-press-announce = Announce
meeting-press-send = Send
meeting-press-edit = Complete, edit
meeting-press-topic = Add a topic
meeting-press-propose = Propose a topic
meeting-press-take = Take it
meeting-press-drop = Not this time
meeting-press-material = Add material
meeting-press-invite = Invite
meeting-press-uninvite = Uninvite
meeting-press-approve = Approve
meeting-press-refuse = Do not approve
meeting-press-accept = I'm coming
meeting-press-decline = I can't
meeting-press-proxy = Send somebody
meeting-press-reschedule = Reschedule
meeting-press-cancel = Cancel it
meeting-press-start = Start
meeting-press-show = View
meeting-press-more = More
meeting-send-new = Draft it
meeting-sure-cancel = Cancel { $meeting } { $title }?

# --- lists ---
meetings-ahead = My meetings ahead
meetings-drafts = Meetings nobody was told of yet
meetings-past = My past meetings
meetings-all = Meetings ahead
meetings-none = { $heading }: none
meetings-none-how = A new one: /meeting new Product planning next Wed 15:00
meetings-filter-unknown = I did not understand "{ $typed }". There is: mine, drafts, past, all.

# --- forms ---
form-meeting = A new meeting
form-meeting-rest = Nearly there: { $title }
form-meeting-edit = { $meeting } { $title }
form-meeting-reschedule = When should { $meeting } be?
form-meeting-topic = A topic for { $meeting }
form-meeting-propose = Propose a topic for { $meeting }
form-meeting-material = A material for { $meeting }
form-meeting-invite = Whom to invite to { $meeting }?
form-meeting-uninvite = Who need not come to { $meeting }?
form-meeting-decline = Why can you not come to { $meeting }?
form-meeting-proxy = Who comes to { $meeting } for you?
form-meeting-refuse = Why not { $meeting }?
form-meeting-cancel = Why cancel { $meeting }?
meeting-field-title = Name
meeting-field-start = When
meeting-field-ending = End
meeting-field-length = Length (minutes)
meeting-field-kind = Type
meeting-field-host = Host
meeting-field-recorder = Recorder
meeting-field-invitees = Invitees
meeting-field-copies = Copies
meeting-field-leaders = Leaders
meeting-field-objective = Objective
meeting-field-expected = Expected outcome
meeting-field-place = Place
meeting-field-link = Link
meeting-field-reason = Why now
meeting-field-topic = Topic
meeting-field-presenter = Presenter
meeting-field-minutes = Minutes
meeting-field-brings = What it is to bring
meeting-field-priority = Priority
meeting-field-confidential = Confidential
meeting-field-repeat = Repeats
meeting-field-why = Why
meeting-field-proxy = Who comes
meeting-hint-start = such as next Wed 15:00
meeting-hint-length = 60 if you say nothing
meeting-hint-invitees = people or departments
meeting-hint-expected = what there will be afterwards, and how one will know
meeting-hint-objective = why meet at all
meeting-hint-presenter = you, if you say nothing
meeting-hint-minutes = 15 if you say nothing
choice-yes = yes
choice-no = no
meeting-part-title = Product planning
meeting-part-start = next Wed 15:00
meeting-part-objective = objective: settle the direction for Q4
meeting-part-expected = expected: three features chosen
meeting-part-host = host: @{ $who }
meeting-part-recorder = recorder: @{ $who }
meeting-part-invitees = @{ $who }
meeting-part-topic = topic: complaint procedure 15min @{ $who } decide
meeting-part-reason = reason: the client wants an answer this week
meeting-part-proxy = @{ $who }
meeting-part-link = https://example.com/material
part-between = { " " }
example-meeting-edit = /meeting edit { $meeting } place: room 3
example-meeting-reschedule = /meeting reschedule { $meeting } next Thu 15:00

# --- refusals ---
meeting-past = { $at } is over. Which later time?
meeting-end-first = The end, { $ends }, is not after the start, { $at }. Correct it, or say how long: 60 minutes.
meeting-ending = "{ $value }" is no hour of the clock, such as 16:30.
meeting-length = A meeting takes 1 to 1440 minutes; you wrote { $minutes }.
meeting-length-unclear = "{ $value }" is no length, such as 60 minutes or 1.5h.
meeting-incomplete = { $meeting } still needs { $lacking } before it can go out.
meeting-over = { $n ->
    [one] The agenda of { $meeting } is one minute too long. Lengthen the meeting or drop a topic.
   *[other] The agenda of { $meeting } is { $n } minutes too long. Lengthen the meeting or drop a topic.
}
meeting-no-approver = { $meeting } needs approval, but nobody may approve. An admin can name somebody in [meetings] approvers.
meeting-left = { $left } left, so { $meeting } cannot go out. Uninvite or replace them first.
meeting-edit-nothing = { $meeting } is as it was: nothing is different.
meeting-edit-what = I did not understand what to change: "{ $words }". Name the field, such as place: room 3.
kind-unknown = There is no meeting type "{ $value }". There is: { $kinds }.
invite-everybody = "{ $name }" is nobody in particular. Name people, or a department, such as @Service.
invited-already = They are invited to { $meeting } already.
not-invited = They are not invited to { $meeting }.
uninvite-role = { $who } is the { $role } of { $meeting }. Name somebody else first.
role-host = host
role-recorder = recorder
role-organizer = organizer
proxy-invited = { $who } is invited to { $meeting } already. Who else could come?
topic-sixth = { $meeting } has { $n } topics, and { $most } are the most for one meeting. Add it all the same?
topics-many = That is { $n } topics, and { $most } are the most for one meeting. Draft it first, then decide about more.
topic-empty = A topic needs its name, such as complaint procedure 15min decide.
topic-minutes = A topic takes 1 to { $most } minutes.
topic-unknown = { $meeting } has no topic number { $number }; it may have been dropped.
topic-taken = "{ $title }" is on the agenda of { $meeting } already.
topic-too-late = { $meeting } has begun; topics can no longer be proposed.
topic-order = Write the topics' places in their new order.
which-topic = { $n ->
    [0] { $meeting } has no such topic yet.
   *[other] { $meeting } has { $n }. Which one? Write its place.
}
which-prepared = Which meeting? ({ $deed }) Write its number.
no-prepared = There is no meeting for you to do that with ({ $deed }).

offer-complete = Complete it
offer-longer = { $n } minutes longer
offer-another-time = Another time
offer-an-hour = Another end
offer-another-host = Another host
offer-another-recorder = Another recorder
offer-uninvite = Uninvite
offer-topic = { $title }
offer-topic-anyway = Add it all the same
offer-new-meeting = New meeting
offer-series = Recurring meetings

# --- recurring ---
series-recorded = { $series } begins: { $title }
series-title = { $series } { $title }{ $state }
series-over = { " " }· ended
series-fact-rhythm = Rhythm
series-fact-next = Next
series-sessions = Sessions made
series-left = Announced, and still on
series-drafts = Each session is a draft first; you are reminded before it should go out.
series-list = Recurring meetings
series-none = No recurring meetings
series-none-how = A new one: /meeting new Weekly sync every Mon 10:00
series-holiday = { $title }: { $day } is a holiday. Move it or skip it?
series-holiday-line = { $day } is a holiday; that session is not made yet. Move it to { $to }, or skip it?
series-holiday-made = { $meeting } is planned for that day; it is held unless you say otherwise.
series-asked = Holidays you have yet to decide on: { $days }
series-press-move = Move to { $to }
series-press-skip = Skip it
series-press-first = Complete the first
series-press-end = End the series
series-sure-end = End { $series } { $title }? No more sessions are made.
series-did-move = { $series }: the session of { $day } is now { $when }, as a draft
series-did-move-told = { $series }: the session of { $day } is now { $when }; who was told hears of it
series-did-skip = { $series }: no session on { $day }
series-did-edit = { $series } { $title } is changed: { $at }
series-edited-told = { $n ->
    [one] one announced session, whose people hear what changed
   *[other] { $n } announced sessions, whose people hear what changed
}
series-edited-drafts = { $n ->
    [one] one draft is changed
   *[other] { $n } drafts are changed
}
series-edited-made = { $n ->
    [one] one new draft
   *[other] { $n } new drafts
}
series-edited-gone = { $n ->
    [one] one is cancelled
   *[other] { $n } are cancelled
}
series-press-edit = Edit
series-press-invite = Invite
series-press-uninvite = Take off the list
series-hint-repeat = now { $rhythm }; leave it empty to keep it
form-series-edit = Edit { $series } { $title }, for all sessions to come
form-series-invite = Who comes to { $series } { $title } from now on?
form-series-uninvite = Who no longer comes to { $series } { $title }?
meeting-field-hour = Start
meeting-field-room = Room
example-rhythm = every Tuesday 10:00
series-edit-nothing = Nothing changed in { $series }: it was so already.
series-edit-day = To move all sessions of { $series }, say how often it is held; to move one, change that meeting.
series-no-room = This is a direct conversation. Send the line in the room that the meeting is to use.
series-did-end = { $n ->
    [0] { $series } { $title } has ended
    [one] { $series } { $title } has ended; one draft is cancelled
   *[other] { $series } { $title } has ended; { $n } drafts are cancelled
}
rhythm-weekly = { $n ->
    [one] every { $days }, { $at }
   *[other] every { $n } weeks on { $days }, { $at }
}
rhythm-monthly = { $n ->
    [one] monthly on day { $day }, { $at }
   *[other] every { $n } months on day { $day }, { $at }
}
rhythm-monthly-last = { $n ->
    [one] on the last day of every month, { $at }
   *[other] every { $n } months on the last day, { $at }
}
rhythm-quarter-end = on the last day of every quarter, { $at }
rhythm-nth = { $place ->
    [-1] last
    [1] first
    [2] second
    [3] third
    [4] fourth
   *[other] fifth
}
rhythm-quarter-nth = the { $nth } { $day } of every quarter, { $at }
rhythm-quarter-first-nth = the { $nth } { $day } of every quarter's first month, { $at }
rhythm-quarter-middle-nth = the { $nth } { $day } of every quarter's second month, { $at }
rhythm-quarter-last-nth = the { $nth } { $day } of every quarter's last month, { $at }
rhythm-months-nth = the { $nth } { $day } of { $months }, { $at }
rhythm-quarter-first = day { $day } of every quarter's first month, { $at }
rhythm-quarter-middle = day { $day } of every quarter's second month, { $at }
rhythm-quarter-last = day { $day } of every quarter's last month, { $at }
rhythm-months = day { $day } of { $months }, { $at }
rhythm-monthly-nth = { $n ->
    [one] every { $nth } { $day } of the month, { $at }
   *[other] every { $n } months on the { $nth } { $day }, { $at }
}
rhythm-daily = { $n ->
    [one] every day, { $at }
   *[other] every { $n } days, { $at }
}
rhythm-rule = { $rule }, { $at }
rhythm-until = { $rhythm }, until { $day }
rhythm-times = { $n ->
    [one] { $rhythm }, once
   *[other] { $rhythm }, { $n } times
}
series-rule = "{ $rule }" is no rhythm I can use. Such as: every Monday, monthly on the 15th, or RRULE:FREQ=WEEKLY;BYDAY=MO.
series-empty = "{ $rule }" has no session ahead.
series-unknown = There is no { $number }.
series-ended = { $series } has ended.
series-changed = { $series } was changed a moment ago, so nothing was done. Look at it and try again.
series-not-asked = { $series } has nothing to decide on { $day }; it may be settled already.
series-no-session = { $series } has no session on { $day }.
series-which-day = { $series }: which day?
which-series = Which series?

# --- history and undo ---
meeting-history-line = { $who } { $did }
meeting-history-refused = { $who } tried to { $deed } (not allowed)
past-series-new = began the series
past-series-edit = changed it
past-series-invite = invited for all that is to come
past-series-uninvite = took off the list of what is to come
past-series-move = moved a session
past-series-skip = skipped a session
past-series-end = ended the series
past-meeting-new = made the draft
past-meeting-edit = changed it
past-meeting-topic-add = added a topic
past-meeting-topic-edit = changed a topic
past-meeting-topic-order = put the agenda in another order
past-meeting-topic-drop = took a topic off the agenda
past-meeting-topic-carry = brought in what was left open
past-meeting-propose = proposed a topic
past-meeting-take = took a topic onto the agenda
past-meeting-drop = declined a topic
past-meeting-material = brought material
past-meeting-material-owed = asked for material
past-meeting-invite = invited
past-meeting-uninvite = took off the list
past-meeting-announce = sent the notice
past-meeting-approve = approved it
past-meeting-refuse = did not approve it
past-meeting-answer-accepted = will come
past-meeting-answer-declined = will not come
past-meeting-answer-proxy = sends somebody else
past-meeting-reschedule = changed time or place
past-meeting-cancel = cancelled it
past-meeting-start = began the meeting
past-meeting-next = went on to the next topic
past-meeting-here = noted who is there
past-meeting-note = took down a point
past-meeting-decide = took down a decision
past-meeting-act = took down an action
past-meeting-park = parked a topic
past-meeting-correct = corrected a line
past-meeting-withdraw = withdrew a line
past-meeting-end = ended the meeting
past-meeting-resume = went on with the meeting
past-meeting-settle = settled what was open
past-meeting-undo = took back the last step
meeting-undo-told = Others were told of this step on { $meeting } ({ $deed }), so it cannot be taken back. Change it again and they hear of that.
meeting-undo-otherwise = The last step on { $meeting } ({ $deed }) cannot be taken back this way.
meeting-undo-not-yours = The last step on { $meeting } was taken by { $who }; they or an admin can take it back.
meeting-undo-itself = The last step on { $meeting } was automatic and cannot be taken back.
meeting-undo-undone = The last step on { $meeting } was an undo already; that cannot be undone.
meeting-undo-too-late = The last step on { $meeting } was { $at }; it is too late to take it back. Change it instead.
undo-not-meeting = Your last step was not on a meeting. Which meeting's should be taken back? Name it by number.
offer-undo-meeting = Undo it on the meeting
offer-meeting-back = Back to the old time and place
offer-meeting-reschedule = Reschedule
offer-meeting-cancel = Cancel meeting
offer-meeting-accept = I'll come
offer-meeting-decline = I can't come
offer-meeting-edit = Edit meeting
offer-meeting-end = End meeting
offer-meeting-resume = Go on
offer-meeting-invite = Invite again
offer-meeting-uninvite = Take off the list
