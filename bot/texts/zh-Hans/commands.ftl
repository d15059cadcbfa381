# What completion says of the commands that are no verbs (those stand in help.ftl).
help-digest = 本周情况
help-settings = 语言、时区、周报时间
help-whoami = 我在这里的身份

# A nudge that would go to whoever sends it
nudge-own = { $action } 现在轮到你自己，不用催办。
