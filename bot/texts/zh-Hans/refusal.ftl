# Refusals, by name: what is wrong, then the way out (VOICE rule 5). Each private, none a reproach.

apology = 没有记录成功，请稍后再试。（编号 { $ref }，管理员可据此查日志）
busy = 现在存不进去，什么都没有改动。请过一会儿再发一次。
given-up = 好，先不填了，什么都没有记录。
not-understood = 没看懂这句话。要新增行动项，可以这样写：
nearly-add = 要新增这项行动吗？
nearly-note = 要把这句话备注到 { $action } 吗？

# --- an item's state, and who may ---
wrong-state = { $action } 现在是“{ $state }”，不能{ $verb }。
wrong-state-can = 这时可以：{ $verbs }。
may-not = 只有{ $who }可以{ $verb } { $action }。
may-not-remind = 需要我提醒{ $first }吗？
several-refused = { $rest ->
    [0] { $of } 项都办不了，没有改动：
   *[other] { $of } 项都没有改动，有 { $n } 项办不了：
}
changed-meanwhile = { $action } 刚刚被改动了，这一步没有执行。看过现在的情况再做一次。
needs-reason = { $verb } { $action } 需要写原因。
submit-needs-deliverable = 提交 { $action } 要附上成果：文字、链接或文件。
block-until-past = 解决日期已经过去了。请给出今天或以后的一天。
postpone-needs-later = 新的截止日要晚于 { $day }。
edit-is-postpone = { $action } 已被接受，改到 { $day }属于延期，请写上原因。
edit-nothing = { $action } 没有改动：内容和原来一样。
edit-is-assign = 换负责人要用“转交”，对方会收到确认请求。
tracker-own = { $action } 由你负责，验收的人不能由你改成自己；这要请{ $who }来改。
assign-same-owner = { $action } 本来就由{ $who }负责。
snooze-past = 这个时间已经过了。请给出以后的时间，例如 明天 09:00。
nudge-too-soon = { $action } 刚催办过，{ $again } 之后可以再催。
undo-nothing = 没有可以撤销的操作。
undo-too-late = 已经过了可以撤销的时间。需要更正的话，用“修改”。
undo-sent = { $action } 的催办提醒已经发出，收不回来了。
undo-undone = { $action } 的上一步已经是撤销，不能再撤销它。
undo-not-yours = { $action } 的上一步是{ $who }做的，要由本人或管理员撤销。
undo-changed-since = 在这之后，{ $who }已对 { $action } 做了“{ $verb }”，不能再撤销。
hand-over-nothing = { $person }名下没有未完成的行动项。

# --- who, when, what ---
due-over = 在负责人那里，{ $day } { $time } 已经过了。请给出以后的日期或时间。
owner-collective = “{ $name }”不是一个人。一个行动项要有一位负责人，请写上名字，例如 { $someone }。
owner-department = “{ $name }”是部门，一个行动项要由一个人负责。请写上名字，例如 { $someone }；部门可以作为配合方。
one-person = 这里只能是一个人，你提到了 { $n } 位。请只写一个名字。
one-owner = 一个行动项只能有一位负责人，你提到了 { $n } 位。谁来负责？其余人会记为配合方。
person-unknown = 这里没有“{ $name }”。请用 @ 选择，或写全名。
person-ambiguous = “{ $name }”不止一位。是哪一位？
department-unknown = 没有“{ $name }”这个部门。你是指{ $departments }吗？
department-none = 这里还没有部门。
no-department = 你还没有分到部门，看不到部门的列表。
choice-unknown = “{ $value }”不在可选的范围内。
supporters-many = 配合方写了 { $n } 个，每一个都会收到通知，最多 { $limit } 个。人多时请写部门，由部门负责人安排。
text-too-long = 写了 { $length } 个字，最多 { $limit } 个。请精简一下，细节可以放在链接或文件里。
number-unknown = 没有 { $number }。
list-filter-unknown = 没看懂“{ $typed }”。可以用：我的、团队、我布置的、待验收、全部、逾期、受阻、已完成、红、黄、绿。
which-item = 要{ $verb }哪一项？请写上编号。
which-item-none = 没有找到你现在可以{ $verb }的行动项，请写上编号。
needs-text = { $action } 要写清楚做什么，不能留空。
add-twin = 刚刚已经记录过同样的一项：{ $action }。要再记一项吗？
hand-over-who = 请写上两个人：先写从谁，再写给谁。

# --- commands ---
several-commands = 一条消息写一条命令，这里有 { $n } 条。请逐条发送：
command-unknown = 没有“{ $typed }”这个命令。
command-unknown-near = 没有“{ $typed }”。你是想用 { $near }吗？
near-alone = { $near }{ " " }
near-with = { $near }（{ $what }）

# --- settings, admins ---
setting-unknown = 没有“{ $key }”这项设置。
setting-invalid = “{ $value }”不能作为“{ $key }”的值。{ $expects }
expects-language = 可选：简体中文、繁體中文、English。
expects-timezone = 请写城市或时区名，例如 北京、Europe/Berlin。
expects-messenger = 只能选你有账号的平台。
expects-digest = 可选：开、关。
expects-digest-day = 请写星期几，例如 周五。
expects-digest-time = 请写几点，例如 16:00。
not-admin = 只有管理员可以这样做。

# --- ways out ---
offer-nudge = 催办
offer-nudge-who = 提醒{ $first }
offer-list = 我的行动项
offer-show = 查看
offer-history = 记录
offer-line = { $line }
offer-person = { $who }
offer-item = { $item } { $text }
offer-again = 再记一项
offer-rest = 其余 { $n } 项照办
offer-edit-rest = 其余照改
offer-far = 是，{ $day }
offer-pick-day = 选日期
# Between a sentence and the question after it
and-then = { "" }
