# Refusals, by name: what is wrong, then the way out (VOICE rule 5). Each private, none a reproach.

apology = That was not recorded. Please try again in a moment. (Ref { $ref }, for your admin)
busy = It cannot be saved right now; nothing was changed. Please send it again in a little while.
given-up = Left as it was; nothing was recorded.
not-understood = I did not follow that. A new action item can be written like this:
nearly-add = Shall I add this as an action item?
nearly-note = Shall I leave this as a note on { $action }?

# --- an item's state, and who may ---
wrong-state = You cannot { $verb } { $action } now: it is { $state }.
wrong-state-can = Possible now: { $verbs }.
may-not = Only { $who } can { $verb } { $action }.
may-not-remind = Shall I remind { $first }?
several-refused = { $rest ->
    [0] None of the { $of } can be done; nothing was changed:
   *[other] None of the { $of } was changed; { $n } of them cannot be done:
}
changed-meanwhile = { $action } has just been changed; this step was not taken. Look at it as it is now, then try again.
needs-reason = To { $verb } { $action }, say why.
submit-needs-deliverable = To submit { $action }, add what you deliver: words, a link or a file.
block-until-past = That day is over. By which day, from today on, will it be resolved?
postpone-needs-later = The new day has to be later than { $day }.
edit-is-postpone = { $action } was accepted, so moving it to { $day } is a postponement; please say why.
edit-nothing = { $action } stays as it is: nothing in it was different.
edit-is-assign = A new owner is asked to accept; that is what reassigning does.
tracker-own = { $action } is yours to do, so you cannot make yourself the one who verifies it; { $who } can.
assign-same-owner = { $action } is with { $who } already.
snooze-past = That time is over. Give a later one, for example tomorrow 09:00.
nudge-too-soon = A reminder about { $action } went out a short while ago; the next is possible from { $again }.
undo-nothing = There is nothing to undo.
undo-too-late = It is too late to undo that. To correct something, use Edit.
undo-sent = The reminder about { $action } has been sent already; it cannot be called back.
undo-undone = The last step on { $action } was an undo already; that cannot be undone.
undo-not-yours = The last step on { $action } was taken by { $who }; they or an admin can undo it.
undo-changed-since = Since then, { $who } changed { $action } ({ $verb }), so it cannot be undone.
hand-over-nothing = { $person } has no open action items.

# --- who, when, what ---
due-over = Where the owner is, { $day } { $time } is over. Give a later day or time.
owner-collective = "{ $name }" is not one person. An action has one owner; name them, for example { $someone }.
owner-department = "{ $name }" is a department; an action is owned by one person. Name them, for example { $someone }; the department can be a supporter.
one-person = One person is needed here; you named { $n }. Write one name.
one-owner = { $n ->
    [2] One action has one owner; you named two. Who owns it? The other will be a supporter.
    [3] One action has one owner; you named three. Who owns it? The others will be supporters.
   *[other] One action has one owner; you named { $n }. Who owns it? The others will be supporters.
}
person-unknown = There is no "{ $name }" here. Pick somebody with @, or write the full name.
person-ambiguous = More than one person is called "{ $name }". Which one?
department-unknown = There is no department "{ $name }". Did you mean { $departments }?
department-none = There are no departments here yet.
no-department = You belong to no department yet, so it has no list.
choice-unknown = "{ $value }" is not one of the choices.
supporters-many = { $n } supporters would all be told; the most is { $limit }. Name a department instead: its head is told.
text-too-long = That is { $length } characters; the most is { $limit }. Please shorten it; details fit in a link or a file.
number-unknown = There is no { $number }.
list-filter-unknown = I do not know "{ $typed }" in a list. Known are: mine, team, assigned, verify, all, overdue, blocked, done, red, yellow, green.
which-item = Which item do you want to { $verb }? Add its number.
which-item-none = I found no item that you can { $verb } now. Add its number.
needs-text = { $action } has to say what is to be done; that cannot be empty.
add-twin = The same was recorded a moment ago: { $action }. Record another one?
hand-over-who = Name two people: first from whom, then to whom.

# --- commands ---
several-commands = One command a message; here are { $n }. Please send them one by one:
command-unknown = There is no { $typed }.
command-unknown-near = There is no { $typed }. Did you mean { $near }?
near-alone = { $near }
near-with = { $near } ({ $what })

# --- settings, admins ---
setting-unknown = There is no setting "{ $key }".
setting-invalid = "{ $value }" cannot be the value of "{ $key }". { $expects }
expects-language = It can be English, 简体中文 or 繁體中文.
expects-timezone = Write a city or a zone's name, for example Berlin or Asia/Shanghai.
expects-messenger = It can be one in which you have an account.
expects-digest = It can be on or off.
expects-digest-day = Write a day of the week, for example Friday.
expects-digest-time = Write an hour, for example 16:00.
not-admin = Only an admin can do that.

# --- ways out ---
offer-nudge = Send a reminder
offer-nudge-who = Remind { $first }
offer-list = My items
offer-show = View
offer-history = History
offer-line = { $line }
offer-person = { $who }
offer-item = { $item } { $text }
offer-again = Record another
offer-rest = { $n ->
    [1] Do the other one
   *[other] Do the other { $n }
}
offer-edit-rest = Change the rest
offer-far = Yes, { $day }
offer-pick-day = Pick a day
# Between a sentence and the question after it
and-then = { " " }
