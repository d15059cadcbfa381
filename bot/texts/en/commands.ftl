# What completion says of the commands that are no verbs (those stand in help.ftl).
help-digest = the week so far
help-settings = language, time zone, digest hours
help-whoami = who I am here

# A nudge that would go to whoever sends it
nudge-own = { $action } is waiting for you; there is nobody to remind.
