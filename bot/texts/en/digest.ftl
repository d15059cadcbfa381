# The weekly digest (R1): counts first.
digest-title = { $of } · week { $week }
digest-own = My week { $week }
digest-done = { $n } done
digest-overdue = { $n } overdue
digest-blocked = { $n } blocked
digest-due_next = { $n } due next week
digest-due_soon = { $n } due in the 7 days from tomorrow
digest-reddened = { $n } turned red
digest-waiting = { $n } unaccepted
digest-rate = { $rate }% on time
digest-rates = { $rate }% on time ({ $before }% last week)
digest-trend = Done on time
digest-week = W{ $week }
digest-rest = { "And " }{ $n } more:{ " " }
digest-nothing = Nothing to say this week: there are no open action items
digest-nothing-own = Nothing to say this week: you have no open action items and track none
digest-verify = For me to check: { $n }
digest-tracked = Tracked by me, still open: { $n }
# Minutes that wait to be acknowledged (N4, R1)
digest-unread = minutes to confirm: { $n }
digest-minutes = Minutes not yet confirmed
digest-acknowledged = read by { $n } of { $of }
digest-own-minutes = for you to confirm
