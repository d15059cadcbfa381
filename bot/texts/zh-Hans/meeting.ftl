# Preparing a meeting: the echo, the card, the preview, what people hear, what is refused (P1–P9), recurring ones (P2, A13).

meeting-title = { $meeting } { $title }：{ $start } · { $state }
meeting-when = { $day }{ $start }–{ $end }（{ $zone }）
meeting-secret = { " " }· 保密
# T1: a moment in a room whose people live by several clocks
moment-in-zone = { $at }（{ $zone }）
local-time = 当地时间：
meeting-link-before = 链接：
meeting-state-draft = 草稿
meeting-state-awaiting = 待批准
meeting-state-announced = 已通知
meeting-state-running = 进行中
meeting-state-ended = 已结束
meeting-state-cancelled = 已取消

meeting-fact-title = 名称
meeting-fact-when = 时间
meeting-fact-place = 地点
meeting-fact-link = 链接
meeting-fact-kind = 类型
meeting-fact-objective = 目标
meeting-fact-expected = 预期成果
meeting-fact-host = 主持人
meeting-fact-recorder = 记录人
meeting-fact-people = 参会
meeting-fact-reason = 事由

meeting-people-named = { $more ->
    [0] { $n } 人：{ $names }
   *[other] { $n } 人：{ $names }，另有 { $more } 人
}
meeting-people = { $n } 人：{ $replies }
meeting-people-replies = { $people }（{ $replies }）
reply-count-waiting = 未答复 { $n }
reply-count-accepted = 参加 { $n }
reply-count-declined = 请假 { $n }
reply-count-proxy = 派人代替 { $n }
meeting-absent = 不能来的
absent = { $who } 请假
absent-proxy = { $who } 由 { $proxy } 代替

meeting-agenda = 议程
meeting-proposals = 提议的议题，还没有定
agenda-fits = 议程共 { $n } 分钟，会议 { $length } 分钟
agenda-over = 议程共 { $n } 分钟，比会议的 { $length } 分钟多 { $over } 分钟
n-minutes = { $n } 分钟
outcome-decide = 决策
outcome-align = 达成一致
outcome-inform = 通报
topic-carried = 上次遗留 { $what }
topic-first = 优先
topic-last = 可往后放
material-owed = 等 { $who } 提供
material-yours = 请准备材料：{ $name }

# --- the echo, the preview ---
meeting-recorded = 已建草稿 { $meeting }：{ $title }
meeting-untold = 还是草稿，没有通知任何人。
meeting-lacks = 发通知前还要补：{ $fields }
preview = { $n ->
    [0] { $meeting } 只有你一个人，不会通知别人
   *[other] { $meeting } 将通知 { $n } 人，现在发吗？
}
preview-approval = { $meeting } 要先批准，批准后通知 { $n } 人
preview-incomplete = { $meeting } 还不能发通知
preview-who = 会收到的人：{ $names }
preview-approvers = 批准人：{ $names }
warn-many = 参会 { $n } 人，超过 { $most } 人。只请需要的人，会更有结果。
warn-long-topic = 第 { $n } 项要 { $minutes } 分钟，超过 { $most } 分钟，可以拆开。
warn-short = 临时通知：{ $kind }要提前 { $days } 天发议程。
short-notice = 临时通知，时间较紧。

meeting-did-new = 已建草稿 { $meeting }：{ $title }
meeting-did-edit = { $meeting } 已修改
meeting-did-reschedule = { $meeting } 改到 { $when }
meeting-did-topic-add = 已加入 { $meeting } 的议程，共 { $minutes } 分钟
meeting-did-topic-edit = 议题已修改，议程共 { $minutes } 分钟
meeting-did-topic-order = 议程顺序已调整
meeting-did-topic-drop = 已从 { $meeting } 的议程去掉
meeting-did-topic-carry = 上次遗留的已列入 { $meeting } 的议程
meeting-did-propose = 已向 { $meeting } 的发起人提出
meeting-did-take = 已采纳，议程共 { $minutes } 分钟
meeting-did-drop = 没有采纳，已告诉提议人
meeting-did-material = 材料已附在 { $meeting }
meeting-did-material-owed = 已登记要准备的材料
meeting-did-invite = 已邀请，{ $meeting } 现有 { $n } 人
meeting-did-uninvite = 已移出，{ $meeting } 现有 { $n } 人
meeting-did-announce = { $meeting } 已通知，{ $when } 开会
meeting-did-awaiting = { $meeting } 已交批准人，批准后才通知
meeting-did-approve = { $meeting } 已批准，通知已发出
meeting-did-refuse = { $meeting } 没有批准，退回为草稿
meeting-did-answer-accepted = 已答复参加 { $meeting }，{ $when }
meeting-did-answer-declined = 已为 { $meeting } 请假
meeting-did-answer-proxy = { $meeting } 由别人代你参加
meeting-did-cancel = { $meeting } 已取消
meeting-did-undo = { $meeting } 的上一步已撤销

# --- what people hear ---
room-notice = 会议通知：{ $title }，{ $start }
invite-notice = 请参加：{ $title }，{ $start }
part-host = 你是主持人。
part-recorder = 你是记录人，记录模板附在后面。
part-proxy = 你代替 { $who } 参加。
part-presenter = 你要讲：{ $topics }
change-start = 改到 { $when }：{ $title }
change-place = 换到 { $place }：{ $title }
change-link = 换了会议链接：{ $title }
change-length = 时长有变：{ $title }
none-before = 未定
none-now = 未定
meeting-why-said = 原因：{ $why }
cancelled-notice = 会议取消：{ $title }（原定 { $when }）
uninvite-notice = 你不用参加了：{ $title }（{ $when }）
approval-notice = 请批准：{ $title }，{ $start }（{ $who } 发起）
approved-notice = { $meeting } 已批准，已通知 { $n } 人：{ $title }
refused-notice = { $meeting } 没有批准：{ $title }
answered-declined = { $who } 请假：{ $title }
answered-proxy = { $who } 请 { $proxy } 代替：{ $title }
topic-proposed = { $who } 提议议题：{ $topic }（{ $title }）
topic-taken-notice = 你的议题已采纳：{ $topic }（{ $title }）
topic-dropped-notice = 你的议题这次没有采纳：{ $topic }（{ $title }）
material-wanted = 请准备材料：{ $title }，{ $start }
agenda-call = 议程还不齐：{ $title }，{ $start }
lead-call = 今天该发通知：{ $title }，{ $start }
soon-call = { $n } 分钟后开会：{ $title }（{ $at }）
not-started-call = 到点未开始：{ $title }（{ $at }）
unheld-call = 没有开成：{ $title }（{ $start }）。改期还是取消？

# --- the record template ---
template-notes = - 讨论要点：
template-decision = - 决议（同意 / 暂缓 / 需补充材料 / 否决），因为：
template-action = - 行动项：做什么 @谁 哪天前 标准：
template-parked = - 待进一步讨论，由谁跟进：

# --- presses ---
meeting-press-announce = 发通知
meeting-press-send = 发出
meeting-press-edit = 补充、修改
meeting-press-topic = 加议题
meeting-press-propose = 提议题
meeting-press-take = 采纳
meeting-press-drop = 不采纳
meeting-press-material = 附材料
meeting-press-invite = 邀请人
meeting-press-uninvite = 移出
meeting-press-approve = 批准
meeting-press-refuse = 不批准
meeting-press-accept = 参加
meeting-press-decline = 请假
meeting-press-proxy = 派人代替
meeting-press-reschedule = 改期
meeting-press-cancel = 取消会议
meeting-press-start = 开始
meeting-press-show = 查看
meeting-press-more = 更多
meeting-send-new = 建草稿
meeting-sure-cancel = 取消 { $meeting } { $title }？

# --- lists ---
meetings-ahead = 我近期的会议
meetings-drafts = 还没有发通知的会议
meetings-past = 我以往的会议
meetings-all = 近期的会议
meetings-none = { $heading }：没有
meetings-none-how = 新建：/meeting new 产品规划会 下周三 15:00
meetings-filter-unknown = 没看懂“{ $typed }”。可以用：我的、草稿、以往、全部。

# --- forms ---
form-meeting = 新建会议
form-meeting-rest = 还差一点：{ $title }
form-meeting-edit = { $meeting } { $title }
form-meeting-reschedule = { $meeting } 改到什么时候？
form-meeting-topic = 给 { $meeting } 加议题
form-meeting-propose = 给 { $meeting } 提一个议题
form-meeting-material = { $meeting } 的材料
form-meeting-invite = { $meeting } 邀请谁？
form-meeting-uninvite = { $meeting } 移出谁？
form-meeting-decline = 为什么不能参加 { $meeting }？
form-meeting-proxy = { $meeting } 由谁代你参加？
form-meeting-refuse = 为什么不批准 { $meeting }？
form-meeting-cancel = 为什么取消 { $meeting }？
meeting-field-title = 会议名称
meeting-field-start = 时间
meeting-field-ending = 结束时间
meeting-field-length = 时长（分钟）
meeting-field-kind = 类型
meeting-field-host = 主持人
meeting-field-recorder = 记录人
meeting-field-invitees = 参会人
meeting-field-copies = 抄送
meeting-field-leaders = 可见领导
meeting-field-objective = 目标
meeting-field-expected = 预期成果
meeting-field-place = 地点
meeting-field-link = 链接
meeting-field-reason = 事由
meeting-field-topic = 议题
meeting-field-presenter = 主讲人
meeting-field-minutes = 分钟
meeting-field-brings = 要达到什么
meeting-field-priority = 优先级
meeting-field-confidential = 保密
meeting-field-repeat = 重复
meeting-field-why = 原因
meeting-field-proxy = 谁来
meeting-hint-start = 例如 下周三 15:00
meeting-hint-length = 不填是 60
meeting-hint-invitees = 人或部门，可以多个
meeting-hint-expected = 开完会要有什么，怎么算有结果
meeting-hint-objective = 为什么要开
meeting-hint-presenter = 不填就是你
meeting-hint-minutes = 不填是 15
choice-yes = 是
choice-no = 否
meeting-part-title = 产品规划会
meeting-part-start = 下周三 15:00
meeting-part-objective = 目标：定下四季度的产品方向
meeting-part-expected = 预期：选出三个要做的功能
meeting-part-host = 主持人：@{ $who }
meeting-part-recorder = 记录人：@{ $who }
meeting-part-invitees = @{ $who }
meeting-part-topic = 议题：客诉流程 15分钟 @{ $who } 决策
meeting-part-reason = 事由：客户要求本周答复
meeting-part-proxy = @{ $who }
meeting-part-link = https://example.com/材料
part-between = { " " }
example-meeting-edit = /meeting edit { $meeting } 地点：3 楼会议室
example-meeting-reschedule = /meeting reschedule { $meeting } 下周四 15:00

# --- refusals ---
meeting-past = { $at } 已经过去了。请给出以后的时间。
meeting-end-first = 结束 { $ends } 不晚于开始 { $at }。请写对结束时间，或写时长，例如 60分钟。
meeting-ending = “{ $value }”不是几点几分，例如 16:30。
meeting-length = 一次会议要在 1 到 1440 分钟之间，你写的是 { $minutes } 分钟。
meeting-length-unclear = “{ $value }”不是时长，例如 60分钟 或 1.5小时。
meeting-incomplete = { $meeting } 还缺{ $lacking }，补上才能发通知。
meeting-over = { $meeting } 的议程比会议长 { $n } 分钟。加长会议，或减少议题。
meeting-no-approver = { $meeting } 要先批准，但还没有设批准人。请管理员在 [meetings] approvers 里写上。
meeting-left = { $left }已经离开，{ $meeting } 不能通知。请先移出或换人。
meeting-edit-nothing = { $meeting } 没有改动：内容和原来一样。
meeting-edit-what = 没看懂要改什么：“{ $words }”。请写上是哪一项，例如 地点：3 楼会议室。
kind-unknown = 没有“{ $value }”这类会议。可以用：{ $kinds }。
invite-everybody = “{ $name }”不是确切的人。请写名字，或写部门，例如 @客服部。
invited-already = 他们已经在 { $meeting } 的参会人里了。
not-invited = { $meeting } 的参会人里没有这个人。
uninvite-role = { $who }是 { $meeting } 的{ $role }，不能移出。请先换人。
role-host = 主持人
role-recorder = 记录人
role-organizer = 发起人
proxy-invited = { $who }本来就要参加 { $meeting }，请换一位。
topic-sixth = { $meeting } 已有 { $n } 个议题，一次会议最多 { $most } 个。还要加吗？
topics-many = 写了 { $n } 个议题，一次会议最多 { $most } 个。先建会议，再决定要不要加。
topic-empty = 议题要写上名称，例如 客诉流程 15分钟 @李四 决策。
topic-minutes = 一个议题要在 1 到 { $most } 分钟之间。
topic-unknown = { $meeting } 没有编号 { $number } 的议题，可能已经去掉了。
topic-taken = “{ $title }”已经在 { $meeting } 的议程里了。
topic-too-late = { $meeting } 已经开始，不能再提议题了。
topic-order = 请按新顺序写上各项的序号。
which-topic = { $n ->
    [0] { $meeting } 还没有这样的议题。
   *[other] { $meeting } 有 { $n } 个，是哪一个？请写序号。
}
which-prepared = 要{ $deed }的是哪一个？请写上编号。
no-prepared = 现在没有你可以{ $deed }的会议。

offer-complete = 补上
offer-longer = 会议加长 { $n } 分钟
offer-another-time = 换个时间
offer-an-hour = 改结束时间
offer-another-host = 换主持人
offer-another-recorder = 换记录人
offer-uninvite = 移出
offer-topic = { $title }
offer-topic-anyway = 还是要加
offer-new-meeting = 新建会议
offer-series = 系列会议

# --- recurring ---
series-recorded = 已建系列 { $series }：{ $title }
series-title = { $series } { $title }{ $state }
series-over = { " " }· 已结束
series-fact-rhythm = 周期
series-fact-next = 下一次
series-sessions = 已建的会议
series-left = 已通知、仍然照开的
series-drafts = 每次会议都先是草稿，发通知前会提醒你。
series-list = 系列会议
series-none = 没有系列会议
series-none-how = 新建：/meeting new 周例会 每周一 10:00
series-holiday = { $title } { $day }放假：顺延还是跳过？
series-holiday-line = { $day }放假，那次会议还没有建。要顺延到 { $to }，还是跳过？
series-holiday-made = { $meeting } 已经排在这一天，不处理就照常开。
series-asked = 等你决定的放假日：{ $days }
series-press-move = 顺延到 { $to }
series-press-skip = 跳过这次
series-press-first = 补充第一次
series-press-end = 结束系列
series-sure-end = 结束 { $series } { $title }？以后不再建会议。
series-did-move = { $series } { $day }那次改在 { $when }，已建草稿
series-did-move-told = { $series } { $day }那次改在 { $when }，已通知的人会收到改期
series-did-skip = { $series } { $day }那次不开了
series-did-edit = { $series } { $title } 已改：{ $at }
series-edited-told = 已通知的 { $n } 次会告诉大家改了什么
series-edited-drafts = 草稿 { $n } 个已改好
series-edited-made = 新建草稿 { $n } 个
series-edited-gone = 取消 { $n } 次
series-press-edit = 修改
series-press-invite = 邀请
series-press-uninvite = 移出
series-hint-repeat = 现在是{ $rhythm }，不改就不填
form-series-edit = 修改 { $series } { $title }，以后每次都这样
form-series-invite = { $series } { $title } 以后还请谁？
form-series-uninvite = { $series } { $title } 以后不再请谁？
meeting-field-hour = 几点开始
meeting-field-room = 聊天
example-rhythm = 每周二 10:00
series-edit-nothing = { $series } 没有改动：内容和原来一样。
series-edit-day = 要改 { $series } 以后每次的时间，请写周期；只改一次的，请改那次会议。
series-no-room = 这里是私聊。请到以后开会要用的聊天里发这一句。
series-did-end = { $n ->
    [0] { $series } { $title } 已结束
   *[other] { $series } { $title } 已结束，取消草稿 { $n } 个
}
rhythm-weekly = { $n ->
    [1] 每{ $days } { $at }
   *[other] 每 { $n } 周的{ $days } { $at }
}
rhythm-monthly = { $n ->
    [1] 每月 { $day } 日 { $at }
   *[other] 每 { $n } 个月的 { $day } 日 { $at }
}
rhythm-monthly-last = { $n ->
    [1] 每月最后一天 { $at }
   *[other] 每 { $n } 个月的最后一天 { $at }
}
rhythm-quarter-end = 每季度最后一天 { $at }
rhythm-nth = { $place ->
    [-1] 最后一个
    [1] 第一个
    [2] 第二个
    [3] 第三个
    [4] 第四个
   *[other] 第五个
}
rhythm-quarter-nth = 每季度{ $nth }{ $day } { $at }
rhythm-quarter-first-nth = 每季度首月{ $nth }{ $day } { $at }
rhythm-quarter-middle-nth = 每季度第二个月的{ $nth }{ $day } { $at }
rhythm-quarter-last-nth = 每季度末月{ $nth }{ $day } { $at }
rhythm-months-nth = 每年{ $months }的{ $nth }{ $day } { $at }
rhythm-quarter-first = 每季度首月 { $day } 日 { $at }
rhythm-quarter-middle = 每季度第二个月的 { $day } 日 { $at }
rhythm-quarter-last = 每季度末月 { $day } 日 { $at }
rhythm-months = 每年{ $months }的 { $day } 日 { $at }
rhythm-monthly-nth = { $n ->
    [1] 每月{ $nth }{ $day } { $at }
   *[other] 每 { $n } 个月的{ $nth }{ $day } { $at }
}
rhythm-daily = { $n ->
    [1] 每天 { $at }
   *[other] 每 { $n } 天 { $at }
}
rhythm-rule = { $rule }，{ $at }
rhythm-until = { $rhythm }，到 { $day } 为止
rhythm-times = { $rhythm }，共 { $n } 次
series-rule = “{ $rule }”不是可用的周期。例如 每周一、每月15日，或 RRULE:FREQ=WEEKLY;BYDAY=MO。
series-empty = “{ $rule }”以后没有任何一次会议。
series-unknown = 没有 { $number } 这个系列。
series-ended = { $series } 已经结束了。
series-changed = { $series } 刚刚被改动了，这一步没有执行。看过现在的情况再做一次。
series-not-asked = { $series } 在 { $day }没有等你决定的会议，可能已经处理过了。
series-no-session = { $series } 在 { $day }没有会议。
series-which-day = { $series } 是哪一天的？
which-series = 是哪一个系列？

# --- history and undo ---
meeting-history-line = { $who }{ $did }
meeting-history-refused = { $who }想{ $deed }（未允许）
past-series-new = 建系列
past-series-edit = 修改
past-series-invite = 以后每次邀请
past-series-uninvite = 以后不再邀请
past-series-move = 顺延
past-series-skip = 跳过
past-series-end = 结束系列
past-meeting-new = 建草稿
past-meeting-edit = 修改
past-meeting-topic-add = 加议题
past-meeting-topic-edit = 改议题
past-meeting-topic-order = 调整议程顺序
past-meeting-topic-drop = 去掉议题
past-meeting-topic-carry = 列入上次遗留的
past-meeting-propose = 提议题
past-meeting-take = 采纳议题
past-meeting-drop = 没有采纳议题
past-meeting-material = 附材料
past-meeting-material-owed = 请人准备材料
past-meeting-invite = 邀请
past-meeting-uninvite = 移出
past-meeting-announce = 发通知
past-meeting-approve = 批准
past-meeting-refuse = 不批准
past-meeting-answer-accepted = 答复参加
past-meeting-answer-declined = 请假
past-meeting-answer-proxy = 派人代替
past-meeting-reschedule = 改时间或地点
past-meeting-cancel = 取消
past-meeting-start = 开始会议
past-meeting-next = 进入下一议题
past-meeting-here = 记到场
past-meeting-note = 记要点
past-meeting-decide = 记决议
past-meeting-act = 记行动项
past-meeting-park = 搁置议题
past-meeting-correct = 更正记录
past-meeting-withdraw = 撤回记录
past-meeting-end = 结束会议
past-meeting-resume = 继续会议
past-meeting-settle = 补全记录
past-meeting-undo = 撤销上一步
meeting-undo-told = { $meeting } 的“{ $deed }”已经告诉了别人，不能当作没发生。再改一次，他们会收到新的。
meeting-undo-otherwise = { $meeting } 的上一步是“{ $deed }”，不能这样撤销。
meeting-undo-not-yours = { $meeting } 的上一步是{ $who }做的，要由本人或管理员撤销。
meeting-undo-itself = { $meeting } 的上一步是自动做的，不能撤销。
meeting-undo-undone = { $meeting } 的上一步已经是撤销，不能再撤销它。
meeting-undo-too-late = { $meeting } 的上一步在 { $at }，已经过了可以撤销的时间。请直接修改。
undo-not-meeting = 你的上一步不是对会议做的。要撤销哪个会议的？请写上编号。
offer-undo-meeting = 撤销会议的这一步
offer-meeting-back = 改回原来的时间地点
offer-meeting-reschedule = 改期
offer-meeting-cancel = 取消会议
offer-meeting-accept = 参加
offer-meeting-decline = 请假
offer-meeting-edit = 修改会议
offer-meeting-end = 结束会议
offer-meeting-resume = 继续会议
offer-meeting-invite = 再邀请
offer-meeting-uninvite = 移出
