# Home: one look at what waits for its reader, what is theirs, what they have given to others.
home-clear = Nothing waits for you
home-waiting = Waiting for you: { $n }
home-mine = Yours: { $counts }
home-assigned = Given to others: { $counts }
home-page = Page { $page } of { $pages }
home-add = To add one:{ " " }
help-home = all of it at a glance
press-back = First page
press-new = New action item
