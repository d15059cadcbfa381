# Minutes: the record as a card, what is told of it, how it is edited, found and refused (N1–N8).

# --- the record ---
minutes-title = Minutes: { $named }
minutes-named = { $title }, { $day }
minutes-named-edition = { $title }, { $day }, version { $edition }
minutes-now-draft = Draft, { $who } to submit by { $due }
minutes-now-submitted = Waiting for { $who } to review
minutes-now-read = Read by { $n } of { $of }
minutes-now-distributed = Sent out
minutes-now-archived = Archived
minutes-now-superseded = Replaced by a newer version
minutes-now-deleted = Content deleted on { $day }, after its years were over
minutes-remarks = Why it came back
minutes-remarks-line = Why it came back: { $text }
minutes-by-itself = Bihuan
minutes-changes = { $minutes } against { $before }
minutes-changes-none = Both say the same.
minutes-counted = { $minutes }: read by { $n } of { $of }
minutes-counted-none = { $minutes }: nobody has to confirm
minutes-waiting = Not yet: { $who }
minutes-waiting-reminded = { $n ->
    [1] Not yet: { $who }; reminded once ({ $at })
   *[other] Not yet: { $who }; each reminded once ({ $at })
}
minutes-waiting-correction = Asked for a correction: { $who }
minutes-waiting-ahead = Not yet: { $who }; to be reminded { $at }
minutes-topic-n = topic { $n }

# --- what is told ---
minutes-drafted = Draft minutes are ready, submit by { $due }: { $title }
minutes-owed = Minutes are due { $due }: { $title }
minutes-overdue = Minutes were due { $due }: { $title }
minutes-late = Minutes are late, due { $due } ({ $who }): { $title }
minutes-submitted = Please review the minutes: { $title }
minutes-returned = Minutes came back, please mend and submit: { $title }
minutes-confirm = Please confirm the minutes: { $named }
minutes-confirm-again = Minutes wait for you: { $named }
minutes-summary = Minutes in short: { $named }
minutes-sent = Minutes sent out: { $named }
minutes-all-read = Minutes read by all, archived: { $named }
minutes-none-to-read = Minutes sent out and archived: { $named }
minutes-correction = { $who } asks to correct { $minutes }
minutes-leaving-notice = { $who } wants to delete these minutes, from { $at } on: { $named }
minutes-leaving-why = Their { $years } years are over. When, who and what was done stay; the content cannot be brought back. To keep it, tell { $who } before, or save it as a file.
minutes-superseded = There is a newer version: { $named }
minutes-n-decisions = { $n ->
    [one] 1 decision
   *[other] { $n } decisions
}
minutes-n-actions = { $n ->
    [one] 1 action
   *[other] { $n } actions
}{ $own ->
    [0] { "" }
   *[other] , { $own } yours
}
minutes-by = by { $due }
minutes-by-passed = was to be confirmed by { $due }; please confirm now
minutes-own-actions = Your actions
minutes-own-parked = Parked, for you to follow up

# --- the answer to each verb ---
minutes-did-draft = The draft of { $minutes } is ready
minutes-did-edit = { $minutes } changed
minutes-did-submit = { $minutes } submitted, { $host } will review it
minutes-did-return = { $minutes } returned, { $recorder } will get your remarks
minutes-did-approve = { $minutes } approved and going out
minutes-did-acknowledge = { $minutes } confirmed (read by { $n } of { $of })
minutes-did-correct = { $recorder } and { $host } have your correction
minutes-did-revise = The draft of { $minutes } is ready; until it is approved the version before holds
minutes-did-delete = The content of { $minutes } is deleted; who did it and when is kept
minutes-did-leave = { $who } will be told first. The content of { $minutes } may be deleted from { $at } on; send this again then
minutes-just-edited = { $who } changed this at { $at }; below is what your change makes of it.

# --- buttons ---
press-minutes-acknowledge = Read, agreed
press-minutes-correct = Correct something
press-minutes-approve = Approve and send
press-minutes-return = Return
press-minutes-submit = Submit for review
press-minutes-edit = Edit
press-minutes-revise = New version
press-minutes-show = Read in full
press-minutes-readers = Who has not
press-minutes-changes = What changed
press-minutes-newest = Newest version
press-minutes-file = Get the file
press-minutes-keep = Save
minutes-leaving = The content of { $minutes } may be deleted from { $at } on; whom it concerns has been told.
press-minutes-open = Open
offer-revise = New version
say-minutes = minutes
say-minutes-acknowledge = acknowledge
say-minutes-correct = correct
say-minutes-approve = approve
say-minutes-return = return
say-minutes-submit = submit
say-minutes-file = file
say-minutes-edit = edit
say-minutes-revise = revise
say-minutes-search = search
say-minutes-show = show
say-minutes-readers = readers
say-minutes-changes = changes

# --- editing ---
form-minutes-edit = Edit { $minutes }
form-minutes-return = Return { $minutes }: what should change?
form-minutes-correct = Correct { $minutes }: what is wrong, and what is right?
form-minutes-revise = Revise { $minutes }: why?
field-minutes-return = Remarks
field-minutes-correct = Correction
field-minutes-revise = Reason
example-minutes-edit = /minutes edit { $minutes } decision 1: agreed Web first because most users are there
example-minutes-return = /minutes return { $minutes } say who carries out decision 2
example-minutes-correct = /minutes correct { $minutes } decision 2 was deferred
example-minutes-revise = /minutes revise { $minutes } add why decision 2 was taken
hint-minutes-topic = one point a line; what came of it after "Conclusion:", unless it was decided (see Decisions)
hint-minutes-decisions = one a line: agreed, deferred, needs more material or rejected, then what; the reason after "because"; last, (topic 1): whose conclusion it is
hint-minutes-parked = one a line, who follows it up after an @
hint-minutes-present = separated by commas
hint-minutes-absent = one person a line, the reason after a colon
minutes-actions-elsewhere = Actions are edited as items; the minutes take them as they stand when approved.
minutes-why-mark = because
minutes-topic-mark = { " " }(topic { $n })
minutes-absent-line = { $who }: { $why }
minutes-clash = Somebody changed the same part after you opened it, so nothing is saved yet. All you wrote is below; check the marked parts and save again.
minutes-unkept = Nothing is saved yet. All you wrote is below; correct the marked parts and save again.
minutes-clash-at = { $who } made it:{ " " }

# --- the archive ---
minutes-archive = { $n ->
    [one] Archive: 1 set of minutes
   *[other] Archive: { $n } sets of minutes
}
minutes-archive-empty = No minutes in the archive that you can read yet
minutes-drafts = Not sent out yet ({ $n })
minutes-unread = For you to confirm ({ $n })
minutes-shelves = By year and type
minutes-count = { $n ->
    [one] 1 set
   *[other] { $n } sets
}
minutes-search-how = Search like this:{ " " }
minutes-found = { $n ->
    [one] "{ $asked }": 1 found
   *[other] "{ $asked }": { $n } found
}
minutes-found-none = Nothing found for "{ $asked }"
minutes-page = Page { $page } of { $pages }
example-minutes-search = /minutes search complaint 2026 decision: agreed

# --- refused ---
minutes-may-not = Only { $who } can { $deed } ({ $minutes }).
minutes-wrong-state = The minutes ({ $minutes }) { $stage }; you cannot { $deed } now.
minutes-changed = { $minutes } was just changed, so nothing was done. Look at it as it is now and try again.
minutes-edit-nothing = Nothing changed in { $minutes }: it says the same as before.
minutes-acknowledged = You have confirmed { $minutes } already. Nothing left to do.
minutes-need-not = { $minutes } does not need your confirmation.
minutes-approved = { $minutes } is approved and cannot be edited. A new version can be made, reviewed and sent again.
minutes-old-edition = { $minutes } was replaced by { $newest }, so nothing was done. Read the newer version and confirm that.
minutes-first-edition = { $minutes } is the first version; there is none before it.
minutes-no-edition = There is no { $minutes }.
minutes-none = { $meeting_label } has no minutes yet: they are drafted when the meeting ends.
minutes-not-yet = { $minutes } has not been sent out; you will get it once it is approved.
minutes-readers-may-not = Only { $who } can see who has confirmed { $minutes } and who has not.
minutes-keep = { $minutes } is kept for { $years } years and cannot be deleted before { $day }.
minutes-deleted = The content of { $minutes } was deleted already.
minutes-which = Which minutes? Please add the number.
minutes-section-unknown = It is not clear what "{ $typed }" changes. Name the part and its number, as in decision 1: …, points 2: …, conclusion 2: …, parked 1: …, objective: ….
minutes-topic-unknown = There is no topic { $n }; this meeting had { $count }.
minutes-conclusion-decided = The conclusion of topic { $n } is what was decided on it, and stands in one place: change decision { $numbers }.
offer-decision = Change decision { $n }
offer-minutes-form = Open the form
minutes-number-unknown = There is no number { $n }, only { $count }; leave the number out to add one.
minutes-decision-empty = "{ $typed }" is a conclusion without what was decided.
minutes-search-what = What to look for? Words, @somebody, a year or days, a type, a decision.
minutes-search-person = One person at a time.
minutes-search-day = There is no day "{ $typed }".
confidential-item = { $action } belongs to a confidential meeting: only its attendees and named leaders may see it.
undo-not-item = The last step was not on an action item ({ $subject }), so undo cannot take it back. Edit it instead.
minutes-history-line = { $who } { $did }
minutes-history-refused = { $who } tried to { $deed } (not allowed)
did-minutes-draft = drafted them
did-minutes-edit = edited them
did-minutes-submit = submitted them
did-minutes-return = returned them
did-minutes-approve = approved them
did-minutes-acknowledge = confirmed them
did-minutes-correct = asked for a correction
did-minutes-revise = revised them
did-minutes-delete = deleted their content
did-minutes-leave = gave notice of deleting their content
deed-minutes-draft = draft the minutes
deed-minutes-delete = delete the minutes

help-minutes-list = the archive by year and type, and what waits for me
help-minutes-show = the minutes in full
help-minutes-search = by words, people, days, type, decision
help-minutes-edit = edit the draft, by section or in a form
help-minutes-submit = to the host for review
help-minutes-approve = approve and send out
help-minutes-return = return it, and why
help-minutes-acknowledge = read and agreed
help-minutes-correct = ask for a correction
help-minutes-revise = make a new version
help-minutes-changes = what this version changed
help-minutes-readers = who has confirmed, who has not
help-minutes-history = who did what, when
help-minutes-delete = delete the content after its years; whom it concerns hears first
help-minutes-file = as a PDF, Word or Markdown file
