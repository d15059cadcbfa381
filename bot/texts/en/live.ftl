# A meeting while it is held, and just after. In the room the card is the echo; what went wrong is said to one alone.

# --- its course ---
live-started = Meeting started: { $meeting } ({ $time })
live-late = { $n ->
    [1] Started 1 minute later than planned.
   *[other] Started { $n } minutes later than planned.
}
live-objective = Objective: { $text }
live-topic = Topic { $place } of { $of }: { $topic } ({ $who }{ $n } min, until { $until })
live-presenter = { $who },{ " " }
live-present = { $n } of { $of } here
live-resumed = Meeting goes on: { $meeting }
live-through = The agenda is through
live-topic-end = { $n } minutes are over for "{ $topic }"
live-planned-end = It is { $time }, the planned end of "{ $meeting }"
live-topics-ahead = { $n ->
    [1] One topic has not been discussed.
   *[other] { $n } topics have not been discussed.
}
live-left = "{ $meeting }" is still running. End it?
live-left-how-long = { $lasted } minutes so far, { $planned } were planned. If it goes on, leave this.
live-ended = Meeting ended: { $meeting } ({ $time })
live-cancelled = Meeting cancelled: { $meeting }

# --- what is taken down ---
live-note = Note: { $text }{ $label }
live-decision-agreed = Decision · agreed: { $text }
live-decision-deferred = Decision · deferred: { $text }
live-decision-more_material = Decision · needs more material: { $text }
live-decision-rejected = Decision · rejected: { $text }
live-parked = Parked: { $text }{ $label }
live-action = { $label } Action: { $text }
live-because = Because: { $why }
live-no-why = No reason given yet
live-follower = { $who } follows it up
live-no-follower = Nobody follows it up yet
live-no-criterion = No criterion yet
live-by = Taken down by { $who }
live-withdrawn = This line was withdrawn

# --- the end ---
live-read-back = { $meeting } ended: { $decisions ->
    [1] 1 decision
   *[other] { $decisions } decisions
}, { $actions ->
    [1] 1 action
   *[other] { $actions } actions
}
live-over = { $n ->
    [1] 1 minute longer than planned.
   *[other] { $n } minutes longer than planned.
}
live-decisions = Decisions
live-actions = Actions
live-parked-topics = Parked
live-incomplete = Still incomplete
live-unsettled = { $n ->
    [1] One thing to settle in "{ $meeting }"
   *[other] { $n } things to settle in "{ $meeting }"
}
live-settled = Nothing left to settle in "{ $meeting }"
live-gap-conclusion = "{ $text }" has no conclusion{ $label }
live-gap-why = The decision "{ $text }" has no reason{ $label }
live-gap-follower = Nobody follows up "{ $text }"{ $label }
live-gap-criterion = { $label } "{ $text }" has no criterion
live-rate = How was "{ $meeting }"?
live-rate-how = Anonymous, one tap: 5 is best, 1 worst.
live-ratings = "{ $meeting }": { $mean } on average ({ $n } answers)
live-ratings-few = "{ $meeting }" has fewer than { $n } answers; nothing is shown yet

# --- votes ---
live-vote = Please vote, { $vote }: { $question }
live-vote-closed = { $vote } is closed. { $result }
live-vote-over = Vote closed, { $vote }: { $question }
live-vote-elsewhere = { $n ->
    [0] Nobody voted.
    [1] 1 has voted; the result is in a later message.
   *[other] { $n } have voted; the result is in a later message.
}
live-vote-void = Vote void, { $vote }: { $question }
live-vote-uncounted = The meeting was cancelled, so this vote is not counted.
live-vote-how = How
live-vote-open = Open
live-vote-secret = Secret
live-vote-one = One choice
live-vote-many = Several choices
live-vote-until = until { $time }
live-voted = { $n ->
    [1] 1 has voted
   *[other] { $n } have voted
}
live-vote-nobody = Nobody voted.
live-vote-majority = "{ $choice }" has the majority, { $n } of { $of }.
live-vote-most = "{ $choice }" leads with { $n } of { $of }, without a majority.
live-vote-tie = A tie: { $choices }, { $n } each.
live-vote-decided = It has become a decision
live-voted-openly = { $vote }: you chose { $choices }. You may change it until it closes.
live-voted-nothing = { $vote }: your vote is taken back.
live-voted-secretly = { $vote }: counted, without your name. It cannot be changed.
vote-why = { $vote }: { $n } of { $of } votes
vote-usual-for = For
vote-usual-against = Against
vote-usual-abstain = Abstain

# --- short words after a press ---
did-meeting-start = { $meeting } has started: { $title }
did-meeting-next = { $meeting } is on the next topic
did-meeting-end = { $meeting } has ended: { $title }
did-meeting-resume = { $meeting } goes on: { $title }
did-meeting-here = { $meeting }: { $who } marked as here
did-meeting-capture = Taken down in { $meeting }
did-meeting-withdraw = Withdrawn: { $text }
did-meeting-correct = { $meeting }: corrected
did-meeting-settle = { $meeting }: settled
did-meeting-rate = Your rating of { $meeting } is in, without your name
did-vote-new = { $vote } is open
did-vote-close = { $vote } is closed. { $result }
did-vote-decide = { $vote } has become a decision
withdrawn-why = withdrawn in meeting { $meeting }

press-meeting-here = I'm here
press-meeting-next = Next topic
press-meeting-end = End meeting
press-meeting-correct = Correct
press-meeting-withdraw = Withdraw
press-meeting-settle = Settle
press-meeting-comment = Say more
press-score-1 = 1 poor
press-score-2 = 2 weak
press-score-3 = 3 fair
press-score-4 = 4 good
press-score-5 = 5 very good
press-vote-close = Close vote
press-vote-decide = Make it a decision
press-vote-result = See the result
press-vote-cast = Vote
press-vote-this = Vote { $n }
say-meeting-here = here
say-meeting-next = next
say-meeting-end = end
say-vote-close = close
sure-vote-close = Close vote { $vote } now?
sure-meeting-end = End "{ $meeting }" now?

# --- forms ---
form-live-note = Take down a note
form-live-decide = Take down a decision
form-live-park = Park a topic
form-live-action = Correct the action
form-live-settle-why = Why was it decided so?
form-live-settle-follower = Who follows it up?
form-live-settle-criterion = How will one know it is done?
form-live-settle-conclusion = The topic's conclusion
form-live-vote = Open a vote
form-live-cast = Which ones?
form-live-rate = How was the meeting?
send-live-note = Take down
send-live-decide = Take down
send-live-park = Take down
send-live-action = Correct
send-live-settle-why = Settle
send-live-settle-follower = Settle
send-live-settle-criterion = Settle
send-live-settle-conclusion = Settle
send-live-vote = Open
send-live-cast = Vote
send-live-rate = Send
field-live-text = Words
field-live-verdict = Conclusion
field-live-why = Why
field-live-follower = Who follows it up
field-live-owner = Owner
field-live-due = Due day
field-live-criterion = Criterion
field-live-question = Question
field-live-choices = Choices
field-live-numbers = Which ones
field-live-secret = Open or secret
field-live-many = One or several
field-live-deadline = Deadline
field-live-score = Score
field-live-comment = In your words
hint-live-choices = one a line; none: for, against, abstain
hint-live-numbers = their numbers, for example 1 3
hint-live-deadline = e.g. 15:30, 30 min; empty: the host closes it
example-live-note = Customers care most about response time
example-live-decide = agreed class A first because customers wait for it
example-live-park = pricing abroad @{ $who }
example-live-action = @{ $who } by next Friday std: passed review
example-live-settle-why = customers wait for it
example-live-settle-follower = @{ $who }
example-live-settle-criterion = passed review
example-live-settle-conclusion = agreed class A first because customers wait for it
example-live-vote = Which plan? | Plan A | Plan B | secret | until 30 min
example-live-cast = 1 3
example-live-rate = 4 well prepared

# --- refusals ---
no-sitting = No meeting is running here.
no-meeting = No meeting fits ({ $deed }). Name it by number, for example M-7.
which-meeting = Which meeting? ({ $deed })
which-line = Which line? Press Correct on its card, or name it by number.
which-vote = Which vote? Name it by number, for example V-3.
room-busy = { $other } is still running here; a room holds one meeting at a time.
start-early = { $meeting } is planned for { $at }. Start it now all the same?
no-more-topics = The agenda is through.
no-such-topic = The agenda has { $most } topics; there is no number { $place }.
topic-which = "{ $typed }" names no topic. The next one is said like this; for another add "topic 2".
topic-is-on = "{ $topic }" is the topic now.
topic-moved-on = { $meeting } is no longer on that topic; nothing was changed.
here-already = { $who } was marked as here already.
minutes-reviewed = The minutes of { $meeting } are under review or sent; ask for a correction there.
decision-verdict = Which conclusion is it?
capture-unknown = { $meeting } has no line { $number }.
capture-withdrawn = That line was withdrawn.
capture-changed = That line has just changed, so nothing was done: { $line }
capture-same = Nothing to change: it says the same.
capture-empty = The words cannot be empty. To take the line back, withdraw it.
capture-twin = The same line was taken down a moment ago.
withdraw-nothing = You have taken down nothing in { $meeting } that could be withdrawn.
settle-nothing = That is settled in { $meeting }, or was never open.
settle-conclusion = A conclusion of "{ $topic }" needs two things: agreed, deferred, needs more material or rejected; and what.
settle-words = This cannot be empty.
vote-unknown = There is no vote { $number }.
vote-none = This meeting has had no vote.
vote-choices = A vote has { $least } to { $most } choices; this has { $n }.
vote-same-choice = The choice "{ $choice }" stands twice.
vote-deadline-past = The deadline { $at } has passed.
vote-deadline = "{ $phrase }" is not a moment. Write 15:30 or 30 min.
vote-closed = { $vote } is closed and takes no more votes.
vote-open = { $vote } is still open.
vote-tie = { $vote } is a tie: { $choices }. Without a majority there is no decision.
vote-no-majority = No choice of { $vote } has a majority, so there is no decision.
vote-decided = { $vote } has become a decision already.
vote-choice-unknown = The choices of { $vote } are 1 to { $most }.
vote-one-choice = { $vote } takes one choice.
vote-secret-once = { $vote } is secret; you have voted, and it cannot be changed.
vote-secret-typed = { $vote } is secret, so not in the room: press its button, or tell me directly.
vote-same = { $vote }: you voted so already: { $choices }.
vote-changed = Somebody voted at the same moment and yours was not counted. Please press again.
rate-not-ended = { $meeting } has not ended.
rate-not-there = Only who was there can rate { $meeting }.
rate-already = You have rated { $meeting }; it counts once.
rate-score = A score is 1 to 5.
rate-typed = Ratings are anonymous, so not in the room: press the button, or tell me directly.
ratings-may-not = Only host and organizer see how { $meeting } was rated.

offer-end = End meeting
offer-end-other = End { $meeting }
offer-add-without = Add it without a meeting
offer-start-now = Start now
offer-start-meeting = Start { $item } { $text }
offer-resume-meeting = Go on with { $item } { $text }
offer-close-vote = Close vote
offer-show-vote = See the result

# --- help ---
help-meeting-start = start the meeting
help-meeting-next = go to the next topic
help-meeting-here = mark me as here
help-meeting-end = end it; decisions and actions are read back
help-meeting-resume = ended too early: go on
help-meeting-note = take down a note, or type #note
help-meeting-decide = take down a decision, or type #decision
help-meeting-act = take down an action, or type #action
help-meeting-park = park a topic, or type #park
help-meeting-withdraw = take back your last line, or type #undo
help-meeting-correct = put a line right
help-meeting-settle = add missing conclusions, reasons, names
help-meeting-rate = rate it, anonymously
help-meeting-ratings = how it was rated (host, organizer)
help-vote-new = open a vote: question | choice | choice
help-vote-list = the last vote
help-vote-cast = vote
help-vote-close = close a vote
help-vote-decide = make the majority's choice a decision
help-vote-show = see a vote
