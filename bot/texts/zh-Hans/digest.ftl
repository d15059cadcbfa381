# The weekly digest (R1): counts first.
digest-title = { $of } · 第 { $week } 周
digest-own = 我的一周 · 第 { $week } 周
digest-done = 完成 { $n }
digest-overdue = 逾期 { $n }
digest-blocked = 受阻 { $n }
digest-due_next = 下周到期 { $n }
digest-due_soon = 明天起 7 天内到期 { $n }
digest-reddened = 新变红 { $n }
digest-waiting = 待确认 { $n }
digest-rate = 按期率 { $rate }%
digest-rates = 按期率 { $rate }%（上周 { $before }%）
digest-trend = 按期率
digest-week = { $week }周
digest-rest = 还有 { $n } 项：
digest-nothing = 本周没有需要说的：没有未完成的行动项
digest-nothing-own = 本周没有需要说的：自己负责的、跟踪的都没有未完成的
digest-verify = 待我验收 { $n } 项
digest-tracked = 我跟踪的，还没完成 { $n } 项
# Minutes that wait to be acknowledged (N4, R1)
digest-unread = 纪要待确认 { $n }
digest-minutes = 等待确认的纪要
digest-acknowledged = 已阅 { $n }/{ $of }
digest-own-minutes = 等你确认
