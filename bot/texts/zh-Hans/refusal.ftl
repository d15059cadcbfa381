# Refusals, by name: what is wrong, then the way out (VOICE rule 5). Each private, none a reproach.

apology = 没有记录成功，请稍后再试。（编号 { $ref }，管理员可据此查日志）
busy = 现在存不进去，什么都没有改动。请过一会儿再发一次。
not-understood = 没看懂这句话。要新增行动项，可以这样写：

# --- an item's state, and who may ---
wrong-state = { $action } 现在是“{ $state }”，不能{ $verb }。
may-not = 只有{ $who }可以{ $verb } { $action }。
may-not-remind = 需要我提醒{ $first }吗？
changed-meanwhile = { $action } 刚刚被改动了，这一步没有执行。看过现在的情况再做一次。
needs-reason = { $verb } { $action } 需要写原因。
submit-needs-deliverable = 提交 { $action } 要附上成果：文字、链接或文件。
block-until-past = 解决日期已经过去了。请给出今天或以后的一天。
postpone-needs-later = 新的截止日要晚于 { $day }。
edit-is-postpone = { $action } 已被接受，改到 { $day } 属于延期，请写上原因。
edit-nothing = { $action } 没有改动：内容和原来一样。
assign-same-owner = { $action } 本来就由这位负责。
snooze-past = 这个时间已经过了。请给出以后的时间，例如 明天 09:00。
nudge-too-soon = { $action } 刚催办过，{ $again } 之后可以再催。
undo-nothing = 没有可以撤销的操作。
undo-too-late = 已经过了可以撤销的时间。需要更正的话，用“修改”。
undo-changed-since = 在你之后，{ $who }已对 { $action } 做了“{ $verb }”，不能再撤销。
hand-over-nothing = { $person }名下没有未完成的行动项。

# --- who, when, what ---
due-over = 在负责人那里，{ $day } { $time } 已经过了。请给出以后的日期或时间。
owner-collective = “{ $name }”不是一个人。一个行动项要有一位负责人，请写上名字，例如 @李四。
owner-department = “{ $name }”是部门，一个行动项要由一个人负责。请写上名字，部门可以作为配合方。
one-owner = 一个行动项只能有一位负责人，你提到了 { $n } 位。谁来负责？其余人会记为配合方。
person-unknown = 这里没有“{ $name }”。请用 @ 选择，或写全名。
person-ambiguous = “{ $name }”不止一位。是哪一位？
department-unknown = 没有“{ $name }”这个部门。
text-too-long = 写了 { $length } 个字，最多 { $limit } 个。请精简一下，细节可以放在链接或文件里。
number-unknown = 没有 { $number }。
list-filter-unknown = 没有“{ $typed }”这种列表。可以用：我的、团队、部门、逾期、受阻、红、黄、绿。
reply-without-item = 这条回复没有对应的行动项。请写上编号，例如 完成 A-42。
form-nothing-open = 现在没有等你回答的问题。

# --- commands ---
command-unknown = 没有“{ $typed }”这个命令。
command-unknown-near = 没有“{ $typed }”。你是想用 { $near } 吗？
near-with = { $near }（{ $what }）

# --- settings, admins ---
setting-unknown = 没有“{ $key }”这项设置。
setting-invalid = “{ $value }”不能作为“{ $key }”的值。
not-admin = 只有管理员可以这样做。

# --- ways out ---
offer-nudge = 催办
offer-nudge-who = 提醒{ $first }
offer-list = 我的行动项
offer-show = 查看
offer-history = 记录
offer-line = { $line }
# Between a sentence and the question after it
and-then = { "" }
