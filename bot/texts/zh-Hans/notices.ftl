# What people hear unasked. The title says what and by when; it is all a phone's notification shows.

request = 请确认：{ $action } 由你负责，{ $day }到期{ $late }
requests = { $n } 项行动由你负责，请确认
informed-tracker = { $action } 由你跟踪验收，{ $day }到期
informed-supporter = { $action } 请你配合{ $owner }，{ $day }到期
verify = { $action } 已提交，请验收
verify-whose = { $text } · 负责人 { $owner }
blocked = { $action } 受阻，请在 { $until }前解决：{ $why }
edited = { $by }修改了 { $action }
unanswered = { $action } 已过 { $hours } 小时，{ $owner }还没有确认
postponed-often = { $action } 第 { $times } 次延期，现到 { $day }
undeliverable = 消息送不到：{ $who }
undeliverable-why = 原因：{ $reason }
unreached-left = 已不在这里
unreached-no-account = 没有能收消息的账号
unreached-messenger-off = 所在的平台没有接入
cut-off = { $name } 断开了
cut-off-what = 恢复之前，那边的同事说的话收不到；发给他们的消息先留着，恢复后补发。
cut-off-deaf = 恢复之前，那边的同事说的话收不到；闭环自己的消息照常发送。
mend-token = 恢复办法：把有效的令牌写进配置的 { $about }，再重启。
mend-install = 恢复办法：在浏览器打开闭环自己地址下的 { $about }，重新安装一次，不用重启。
mend-setting = 恢复办法：把配置的 { $about } 改对，再重启。
mend-socket = 恢复办法：到 { $about } 看应用的 Socket Mode 是否开着，没开就打开，不用重启。
mend-app = 恢复办法：到 { $about } 看应用是否已启用、最新版本是否已发布、是否允许这台机器连接。改好后不用重启。
connected = { $name } 恢复了
connected-what = 期间留下的消息现在补发。那边的同事这段时间说的话可能没收到，没得到答复的请再说一遍。
abandoned = { $action } 需要换人：{ $who }已不在这里
away-open = 你有 { $n } 项没完成，要别人接手的可以现在转交：
abandoned-many = { $who }已不在这里：{ $n } 项需要换人

title-why = { $title }：{ $why }
handed-all = { $n } 项已转交{ $owner }，不再由你负责
told-handed-over = { $action } 已转交{ $owner }，不再由你负责
told-declined = { $action } 被{ $owner }谢绝
told-approved = { $action } 验收通过
told-returned = { $action } 被退回
returned-rest = 补齐后再提交即可，截止日不变：{ $day }{ $late }。
told-blocked = { $action } 受阻
resolver-left = { $action } 受阻，要解决它的{ $who }已不在这里：{ $why }
blocked-rest = 等{ $who }在 { $until }前解决。
told-unblocked = { $action } 已解除受阻，{ $day }到期{ $late }
told-postponed = { $action } 延期到 { $day }
postponed-rest = 原来是 { $day }，这是第 { $times } 次延期。
told-cancelled = { $action } 已取消
told-reopened = { $action } 已重开，{ $day }到期{ $late }

nudged-deliver = { $by }提醒你：{ $action } { $day }
nudged-accept = { $by }提醒你确认：{ $action }，{ $day }
nudged-verify = { $by }提醒你：{ $action } 等你验收
nudged-resolve = { $by }提醒你：{ $action } 等你解决
nudged-declined = { $by }提醒你：{ $action } 被谢绝，等你处理

# --- the morning's message: one item, or one line of several ---
remind-one-due = { $action } { $due }
remind-one-accept = { $action } 等你确认，{ $due }
remind-one-unanswered = { $action } { $owner }还没有确认，{ $due }
remind-one-verify = { $action } 等你验收
remind-one-resolve = { $action } 等你在 { $until }前解决
remind-line-due = { $due }
remind-line-accept = 等你确认，{ $due }
remind-line-unanswered = { $owner }还没有确认，{ $due }
remind-line-verify = 等你验收
remind-line-resolve = 等你在 { $until }前解决
remind-line-risk = { $due }
line-text = { $said }：{ $text }
blocked-reason = 受阻：{ $reason }（等{ $who }解决）
resolve-reason = 卡在：{ $reason }

comma-counts = ，
count-due = 今天有 { $n } 项要交
count-overdue = { $n } 项已逾期
count-risk = { $n } 项逾期风险
count-resolve = { $n } 项等你解决
count-verify = { $n } 项等你验收
count-accept = { $n } 项等你确认
count-unanswered = { $n } 项对方还没有确认
count-soon = { $n } 项快到期
count-ask = { $n } 项进行中
all-settled = 这些都已处理

# --- risk, to the head ---
risk = 🔴 风险：{ $action } { $late }（{ $who }）
risks = 🔴 { $n } 项逾期风险
was-due = { $text }，原定 { $day }。
was-postponed = { $text }，原定 { $first }，延期到 { $day }。
last-word = 最近一次更新：{ $day }，“{ $note }”。

# --- a year's holidays are published, and a day reckoned before is another one (T2) ---
recounted = { $action } 截止日应为 { $day }
recounted-why = “{ $phrase }”当时按周末和法定节日推算为 { $was }；放假安排已经公布，应为 { $day }。截止日没有改动。
recounted-press = 改到 { $day }
recounted-reason = 放假安排公布后核对
