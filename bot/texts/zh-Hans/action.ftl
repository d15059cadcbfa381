# Action items: what things are called, the echo, the answer to each verb, lists, one item, its history.

# --- names (HANDBOOK, Words) ---
state-proposed = 待确认
state-in_progress = 进行中
state-submitted = 待验收
state-done = 已完成
state-blocked = 受阻
state-postponed = 延期
state-cancelled = 已取消
state-declined = 已谢绝

verb-add = 新增
verb-accept = 接受
verb-decline = 谢绝
verb-submit = 提交
verb-approve = 验收
verb-return = 退回
verb-block = 标记受阻
verb-unblock = 解除受阻
verb-postpone = 延期
verb-edit = 修改
verb-assign = 转交
verb-note = 备注
verb-snooze = 稍后提醒
verb-nudge = 催办
verb-cancel = 取消
verb-reopen = 重开
verb-undo = 撤销
verb-verify = 验收
verb-list = 列表
verb-show = 查看
verb-history = 记录
verb-export = 导出
verb-help = 帮助

# Somebody did it: 张三 验收通过 · 已由张三于 10:32 验收通过
did-add = 新增
did-accept = 接受
did-decline = 谢绝
did-submit = 提交
did-approve = 验收通过
did-return = 退回
did-block = 标记受阻
did-unblock = 解除受阻
did-postpone = 延期
did-edit = 修改
did-assign = 转交
did-note = 备注
did-snooze = 设为稍后提醒
did-nudge = 催办
did-cancel = 取消
did-reopen = 重开
did-undo = 撤销上一步
did-verify = 验收通过

light-red = 红灯
light-yellow = 黄灯
light-green = 绿灯
priority-high = 高
priority-normal = 普通
priority-low = 低
cadence-daily = 每个工作日跟进
cadence-weekly = 每周跟进
role-owner = 负责人
role-tracker = 跟踪人
role-assigner = 分派人
role-supporter = 配合方
role-resolver = 解决人
role-head = 部门负责人
role-admin = 管理员

role-name = { $role }{ $who }

# --- buttons ---
press-add = 新增
press-accept = 接受
press-decline = 谢绝
press-submit = 提交成果
press-approve = 通过
press-return = 退回
press-block = 受阻
press-unblock = 已解决
press-postpone = 延期
press-edit = 修改
press-assign = 转交
press-reassign = 改派
press-note = 备注
press-snooze = 稍后
press-nudge = 催办
press-cancel = 取消
press-reopen = 重开
press-undo = 撤销
press-show = 查看
press-history = 记录
press-export = 导出 Excel
press-help = 帮助
press-settings = 设置
press-more = 下一页
press-team = 本部门的
press-tomorrow = 明早再说
press-step-in = 了解，我来协调
sure-cancel = 确定取消 { $action }？记录会保留。

# What to type where there are no buttons: 完成 A-42
say-add = 新增
say-list = 列表
# In two pieces, so that it stays 查看 in Traditional Chinese: that is what one can type there.
say-show = 查{ "看" }
say-accept = 接受
say-decline = 谢绝
say-submit = 完成
say-approve = 验收
say-return = 退回
say-block = 受阻
say-unblock = 解除
say-postpone = 延期
say-edit = 修改
say-assign = 转交
say-note = 备注
say-snooze = 稍后
say-nudge = 催办
say-cancel = 取消
say-reopen = 重开
say-history = 记录
say-export = 导出
say-undo = 撤销
say-help = 帮助

# --- shared phrases ---
comma = 、
either = { $first }或{ $last }
between = 、
criterion-after = { " · 标准：" }
deliverable-before = 成果：
from-meeting = 来自：{ $meeting }，{ $who }
from-person = 来自：{ $who }
from-to = { $old } → { $new }
now-before = 现在：
owned-by = { $text } · 负责人 { $owner }
department-person = { $department } { $person }
yes = 是
hours = { $n } 小时
today-at = { $time }
day-at = { $day }{ $time }
day-at-there = { $day }{ $zone } { $time }
late = { $days ->
    [0] 已逾期
   *[other] 已逾期 { $days } 个工作日
}
so-late = ，{ $late }
ends-today = 今天 { $time } 到期
ends-ahead = { $days ->
    [1] 明天到期（{ $day } { $weekday }）
    [2] 后天到期（{ $day } { $weekday }）
   *[other] { $days } 天后到期（{ $day } { $weekday }）
}
ends-far = { $day }到期

# Where an item stands
now-proposed = { $action } 待{ $owner }确认，{ $day }
now-in_progress = { $action } 进行中，{ $owner }负责，{ $day }
now-postponed = { $action } 已延期，{ $owner }负责，{ $day }
now-submitted = { $action } 已提交，等{ $tracker }验收
now-done = { $action } 已完成
now-blocked = { $action } 受阻，等{ $resolver }在 { $until }前解决
now-cancelled = { $action } 已取消
now-declined = { $action } 被{ $owner }谢绝，等{ $assigner }处理

# The same, to the one whose turn it is
now-proposed-own = { $action } 等你确认，{ $day }
now-in_progress-own = { $action } 进行中，{ $day }
now-postponed-own = { $action } 已延期，{ $day }
now-submitted-own = { $action } 已提交，等你验收
now-blocked-own = { $action } 受阻，等你在 { $until }前解决
now-declined-own = { $action } 被{ $owner }谢绝，等你处理

# --- the echo of a new item ---
recorded = 已记录 { $action }
recorded-line = 负责人 { $owner } · { $due } 前
owner-away = { $owner }外出，{ $day }回来。
criterion-missing = 还没有交付标准：做到什么样算完成？用“修改”补上。

# --- the answer to each verb ---
did-well-add = 已记录 { $action }
did-well-accept = 已接受 { $action }，{ $day }到期
did-well-decline = 已谢绝 { $action }，{ $who }会收到你的理由
did-well-decline-self = 已谢绝 { $action }
did-well-submit = 已提交 { $action }，等{ $who }验收
did-well-closed = { $action } 已完成
did-well-approve = { $action } 验收通过
did-well-return = 已退回 { $action }，{ $who }会收到你的意见
did-well-block = { $action } 已标记受阻，等{ $who }在 { $until }前解决
did-well-unblock = { $action } 已解除受阻，{ $day }到期
did-well-postpone = { $action } 已延期到 { $day }
did-well-edit = 已修改 { $action }
did-well-assign = 已把 { $action } 转交{ $who }，等对方确认
did-well-assign-self = { $action } 现在由你负责
did-well-note = 已备注 { $action }
did-well-snooze = { $action } 到 { $until } 再提醒你
did-well-nudge = 已催办 { $action }，{ $who }会收到提醒
did-well-cancel = 已取消 { $action }
did-well-reopen = 已重开 { $action }，{ $day }到期
did-well-undo = 已撤销 { $action } 的“{ $verb }”

# --- lists ---
list-title = { $heading }：{ $counts }
list-page = 第 { $page }/{ $pages } 页，共 { $total } 项
list-empty = { $heading }：没有行动项
list-empty-add = 这样新增一项：
count-closed = 已结束 { $n }
list-mine = 我的行动项
list-team = 团队的行动项
list-assigned = 我布置的行动项
list-verify = 待我验收
list-everything = 全部行动项
list-red = 红灯
list-yellow = 黄灯
list-green = 绿灯
list-overdue = 已逾期
list-blocked = 受阻
list-done = 已完成
list-open = 未完成
many-accept = 已接受 { $n } 项
many-decline = 已谢绝 { $n } 项
many-submit = 已提交 { $n } 项
many-approve = 已验收通过 { $n } 项
many-return = 已退回 { $n } 项
many-block = { $n } 项已标记受阻
many-unblock = { $n } 项已解除受阻
many-postpone = { $n } 项已延期
many-edit = 已修改 { $n } 项
many-assign = 已转交 { $n } 项
many-note = 已备注 { $n } 项
many-snooze = { $n } 项已设为稍后提醒
many-nudge = 已催办 { $n } 项
many-cancel = 已取消 { $n } 项
many-reopen = 已重开 { $n } 项
many-undo = 已撤销 { $n } 步
hand-over = 从{ $giver }转交给{ $taker }
press-accept-all = 全部接受（{ $n } 项）
hand-over-press = 全部转交（{ $n } 项）
hand-over-rest = 另有 { $n } 项不归你转交，不在其中。

# --- one item ---
fact-text = 行动
fact-owner = 负责人
fact-department = 部门
fact-due = 截止日
fact-first_due = 原定
fact-criterion = 交付标准
fact-supporters = 配合方
fact-tracker = 跟踪人
fact-assigner = 分派人
fact-priority = 优先级
fact-cadence = 跟进
fact-place = 地点
fact-meeting = 会议
fact-block = 受阻
fact-snoozed = 稍后提醒
fact-remarks = 最近更新
postponed-times = { $day }，已延期 { $times } 次
block-line = { $reason } · { $who } · { $until }前
note-line = { $note } · { $day }

# --- history, too late ---
history = { $action } 的记录
history-line = { $who } { $did }
history-refused = { $who } 想{ $verb }（未允许）
history-calendar = 放假安排已公布，截止日已核对
sentences = { $one }。{ $other }
the-bot = 放假安排的核对
nobody-known = 未知人员
stale = { $action } 刚刚有变动，这一步没有执行
first = { $action } 已由{ $who }于 { $at } { $did }，无需再操作。
