# What people hear unasked. The title says what and by when; it is all a phone's notification shows.

request = { $action } is yours, due { $day }{ $late }. OK?
requests = { $n ->
    [1] 1 action item is yours. OK?
   *[other] { $n } action items are yours. OK?
}
informed-tracker = { $action } is yours to verify, due { $day }
informed-supporter = { $action }: please support { $owner }, due { $day }
verify = { $action } is delivered; please check it
verify-whose = { $text } · Owner { $owner }
blocked = { $action } is blocked; please resolve it by { $until }: { $why }
edited = { $by } edited { $action }
unanswered = { $action }: no answer from { $owner } in { $hours } hours
postponed-often = { $action } postponed { $times } times, now to { $day }
undeliverable = Messages do not reach { $who }
undeliverable-why = Reason: { $reason }
unreached-left = no longer here
unreached-no-account = no account that can be written to
unreached-messenger-off = that messenger is not connected
cut-off = { $name } is cut off
cut-off-what = Nobody there is heard until it works again. What waits for them is kept and goes out then.
cut-off-deaf = Nobody there is heard until it works again. The bot's own messages are still sent.
mend-token = The way out: put a valid token into { $about } of the configuration, and restart.
mend-install = The way out: open { $about } at Bihuan's own address and install the app there again. No restart is needed.
mend-setting = The way out: correct { $about } in the configuration, and restart.
mend-socket = The way out: see at { $about } whether Socket Mode is switched on for the app. No restart is needed.
mend-app = The way out: see at { $about } whether the app is switched on and its latest version is published, and whether this machine may connect to it. No restart is needed.
connected = { $name } works again
connected-what = What was kept meanwhile goes out now. What people wrote there meanwhile may not have arrived; whoever got no answer should write again.
abandoned = { $action } needs a new owner: { $who } is no longer here
away-open = { $n ->
    [one] One action item of yours is open; hand it over if somebody else is to do it:
   *[other] { $n } action items of yours are open; hand over what somebody else is to do:
}
abandoned-many = { $who } is no longer here: { $n ->
    [1] 1 item needs
   *[other] { $n } items need
 } a new owner

title-why = { $title }: { $why }
handed-all = { $n ->
    [1] 1 item
   *[other] { $n } items
} went to { $owner }; no longer yours
told-handed-over = { $action } went to { $owner }; it is no longer yours
told-declined = { $owner } declined { $action }
told-approved = { $action } is verified and done
told-returned = { $action } came back
returned-rest = Add it and submit again; still due { $day }{ $late }.
told-blocked = { $action } is blocked
resolver-left = { $action } is blocked, and { $who }, who was to resolve it, is no longer here: { $why }
blocked-rest = { $who } resolves it by { $until }.
told-unblocked = { $action } is unblocked, due { $day }{ $late }
told-postponed = { $action } is postponed to { $day }
postponed-rest = { $times ->
    [1] It was due { $day }; this is the first postponement.
   *[other] It was due { $day }; this is postponement number { $times }.
}
told-cancelled = { $action } is cancelled
told-reopened = { $action } is open again, due { $day }{ $late }

nudged-deliver = { $by } reminds you: { $action } is { $day }
nudged-accept = { $by } waits for your answer: { $action }, { $day }
nudged-verify = { $by } reminds you: { $action } waits for your check
nudged-resolve = { $by } reminds you: { $action } waits until you resolve it
nudged-declined = { $by } reminds you: { $action } was declined; it is your turn

# --- the morning's message: one item, or one line of several ---
remind-one-due = { $action } is { $due }
remind-one-accept = { $action } waits for your answer, { $due }
remind-one-unanswered = { $action }: { $owner } has not answered, { $due }
remind-one-verify = { $action } waits for your check
remind-one-resolve = { $action } waits until you resolve it, by { $until }
remind-line-due = { $due }
remind-line-accept = waits for your answer, { $due }
remind-line-unanswered = { $owner } has not answered, { $due }
remind-line-verify = waits for your check
remind-line-resolve = waits until you resolve it, by { $until }
remind-line-risk = { $due }
line-text = { $said }: { $text }
blocked-reason = Blocked: { $reason } (until { $who } resolves it)
resolve-reason = In the way: { $reason }

comma-counts = { ", " }
count-due = { $n } due today
count-overdue = { $n } overdue
count-risk = { $n } at risk
count-resolve = { $n } to resolve
count-verify = { $n } to verify
count-accept = { $n } to accept
count-unanswered = { $n } unanswered
count-soon = { $n } due soon
count-ask = { $n } in progress
all-settled = All of these are settled

# --- risk, to the head ---
risk = 🔴 At risk: { $action } is { $late } ({ $who })
risks = 🔴 { $n } at risk
was-due = { $text }; was due { $day }.
was-postponed = { $text }; was due { $first }, postponed to { $day }.
last-word = { " " }Last word, { $day }: "{ $note }".

# --- a year's holidays are published, and a day reckoned before is another one (T2) ---
recounted = { $action } should be due { $day }
recounted-why = "{ $phrase }" came to { $was } by weekends and statutory days. The holidays are published now and make it { $day }. The due day has not been changed.
recounted-press = Move to { $day }
recounted-reason = checked against the published holidays
