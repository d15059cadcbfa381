# What completion says of the commands that are no verbs (those stand in help.ftl).
help-digest = the week so far
help-settings = language, time zone, digest hours
help-whoami = who I am here
