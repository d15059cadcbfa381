# Minutes: the record as a card, what is told of it, how it is edited, found and refused (N1–N8).

# --- the record ---
minutes-title = 会议纪要：{ $named }
minutes-named = { $title }（{ $day }）
minutes-named-edition = { $title }（{ $day }，第 { $edition } 版）
minutes-now-draft = 草稿，{ $who }请在 { $due } 前提交
minutes-now-submitted = 等{ $who }审核
minutes-now-read = 已阅 { $n }/{ $of }
minutes-now-distributed = 已分发
minutes-now-archived = 已归档
minutes-now-superseded = 已有新版
minutes-now-deleted = 内容已于 { $day }按保存期限删除
minutes-remarks = 退回意见
minutes-remarks-line = 退回意见：{ $text }
minutes-by-itself = 闭环
minutes-changes = { $minutes } 与 { $before } 的差异
minutes-changes-none = 两版内容相同。
minutes-counted = { $minutes }：已阅 { $n }/{ $of }
minutes-counted-none = { $minutes }：没有人需要确认
minutes-waiting = 未确认：{ $who }
minutes-waiting-reminded = { $n ->
    [1] 未确认：{ $who }，已在 { $at } 提醒一次
   *[other] 未确认：{ $who }，已在 { $at } 各提醒一次
}
minutes-waiting-correction = 已提出更正：{ $who }
minutes-waiting-ahead = 未确认：{ $who }，{ $at } 提醒
minutes-topic-n = 议题 { $n }

# --- what is told ---
minutes-drafted = 纪要草稿已备好，请在 { $due } 前提交：{ $title }
minutes-owed = 纪要请在 { $due } 前提交：{ $title }
minutes-overdue = 纪要该在 { $due } 前提交，已经过了：{ $title }
minutes-late = 纪要已过 { $due } 还没提交（{ $who }）：{ $title }
minutes-submitted = 请审核会议纪要：{ $title }
minutes-returned = 纪要被退回，请修改后再提交：{ $title }
minutes-confirm = 请确认会议纪要：{ $named }
minutes-confirm-again = 会议纪要等你确认：{ $named }
minutes-summary = 会议纪要摘要：{ $named }
minutes-sent = 会议纪要已分发：{ $named }
minutes-all-read = 会议纪要全部已阅，已归档：{ $named }
minutes-none-to-read = 会议纪要已分发并归档：{ $named }
minutes-correction = { $who }请求更正 { $minutes }
minutes-leaving-notice = { $who }要删除纪要内容，{ $at } 起：{ $named }
minutes-leaving-why = 保存期 { $years } 年已满。时间、参会人和记录会留下，内容删除后找不回来。要留下内容，请在这之前告诉{ $who }，或先存一份文件。
minutes-superseded = 已有新版，请看新版：{ $named }
minutes-n-decisions = 决议 { $n } 条
minutes-n-actions = { $own ->
    [0] 行动项 { $n } 项
   *[other] 行动项 { $n } 项，其中你负责 { $own } 项
}
minutes-by = 请在 { $due } 前确认
minutes-by-passed = 已过确认时限（{ $due }），请现在确认
minutes-own-actions = 你负责的行动项
minutes-own-parked = 待进一步讨论，由你跟进

# --- the answer to each verb ---
minutes-did-draft = { $minutes } 的草稿已备好
minutes-did-edit = 已修改 { $minutes }
minutes-did-submit = 已提交 { $minutes }，等{ $host }审核
minutes-did-return = 已退回 { $minutes }，{ $recorder }会收到你的意见
minutes-did-approve = { $minutes } 已通过，正在分发
minutes-did-acknowledge = 已确认 { $minutes }（已阅 { $n }/{ $of }）
minutes-did-correct = 已把你的更正告诉{ $recorder }和{ $host }
minutes-did-revise = { $minutes } 的草稿已备好，通过之前仍以上一版为准
minutes-did-delete = { $minutes } 的内容已删除，谁在何时删除已记录
minutes-did-leave = 已先告诉{ $who }。{ $minutes } 的内容从 { $at } 起可以删除，到时再发一次
minutes-just-edited = { $who }在 { $at } 刚改过这里，下面是两人之间的差异。

# --- buttons ---
press-minutes-acknowledge = 已阅，无异议
press-minutes-correct = 提出更正
press-minutes-approve = 通过并分发
press-minutes-return = 退回
press-minutes-submit = 提交审核
press-minutes-edit = 修改
press-minutes-revise = 修订新版
press-minutes-show = 查看全文
press-minutes-readers = 谁还没确认
press-minutes-changes = 看改动
press-minutes-newest = 看新版
press-minutes-file = 取文件
press-minutes-keep = 保存
minutes-leaving = { $minutes } 的内容 { $at } 起才可以删除，已经通知过相关的人。
press-minutes-open = 打开
offer-revise = 修订新版
say-minutes = 纪要
say-minutes-acknowledge = 已阅
say-minutes-correct = 更正
say-minutes-approve = 通过
say-minutes-return = 退回
say-minutes-submit = 提交
say-minutes-file = 文件
say-minutes-edit = 修改
say-minutes-revise = 修订
say-minutes-search = 搜索
# In two pieces, so that it stays 查看 in Traditional Chinese: that is what one can type there.
say-minutes-show = 查{ "看" }
say-minutes-readers = 谁已阅
say-minutes-changes = 改动

# --- editing ---
form-minutes-edit = 修改 { $minutes }
form-minutes-return = 退回 { $minutes }：要改什么？
form-minutes-correct = 更正 { $minutes }：哪里不对，应是什么？
form-minutes-revise = 修订 { $minutes }：为什么？
field-minutes-return = 退回意见
field-minutes-correct = 更正内容
field-minutes-revise = 修订原因
example-minutes-edit = /纪要 修改 { $minutes } 决议1：同意 先上线网页版 因为 用户最多
example-minutes-return = /纪要 退回 { $minutes } 第二条决议写明由谁执行
example-minutes-correct = /纪要 更正 { $minutes } 决议 2 应是“暂缓”
example-minutes-revise = /纪要 修订 { $minutes } 补上第二条决议的理由
hint-minutes-topic = 一行一个要点；没有决议的议题，结论写在“结论：”后面
hint-minutes-decisions = 一行一条：同意、暂缓、需补充材料或否决，然后是内容，理由写在“因为”后面；末尾的（议题 1）表示它是哪个议题的结论
hint-minutes-parked = 一行一项，跟进人写在 @ 后面
hint-minutes-present = 用顿号隔开
hint-minutes-absent = 一行一人，原因写在冒号后面
minutes-actions-elsewhere = 行动项直接在各项里修改，纪要通过时按当时的内容写入。
minutes-why-mark = 因为
minutes-topic-mark = （议题 { $n }）
minutes-absent-line = { $who }：{ $why }
minutes-clash = 你打开之后有人改过同一处，还没有保存。你写的都在下面，标出的地方请核对后再保存。
minutes-unkept = 还没有保存。你写的都在下面，标出的地方请改好后再保存。
minutes-clash-at = { $who }已改成：

# --- the archive ---
minutes-archive = 纪要归档：{ $n } 份
minutes-archive-empty = 归档里还没有你可以看的纪要
minutes-drafts = 还没分发（{ $n }）
minutes-unread = 等你确认（{ $n }）
minutes-shelves = 按年份和类型
minutes-count = { $n } 份
minutes-search-how = 这样搜索：
minutes-found = “{ $asked }”：{ $n } 份纪要
minutes-found-none = 没有找到“{ $asked }”
minutes-page = 第 { $page }/{ $pages } 页
example-minutes-search = /纪要 搜索 客诉 2026年 决议：同意

# --- refused ---
minutes-may-not = 只有{ $who }可以{ $deed }（{ $minutes }）。
minutes-wrong-state = { $minutes } { $stage }，不能{ $deed }。
minutes-changed = { $minutes } 刚刚被改动了，这一步没有执行。看过现在的内容再做一次。
minutes-edit-nothing = { $minutes } 没有改动：内容和原来一样。
minutes-acknowledged = 你已经确认过 { $minutes }，无需再操作。
minutes-need-not = { $minutes } 不需要你确认。
minutes-approved = { $minutes } 已经审核通过，不能直接修改。可以修订出新的一版，重新审核和分发。
minutes-old-edition = { $minutes } 已被 { $newest } 取代，这一步没有执行。请看新版后再确认。
minutes-first-edition = { $minutes } 是第一版，没有上一版可以比较。
minutes-no-edition = 没有 { $minutes } 这一版。
minutes-none = { $meeting_label } 还没有纪要：会议结束后会自动起草。
minutes-not-yet = { $minutes } 还没有分发，审核通过后你会收到。
minutes-readers-may-not = 谁已确认、谁还没有，只有{ $who }可以看（{ $minutes }）。
minutes-keep = { $minutes } 要保存 { $years } 年，{ $day }之前不能删除。
minutes-deleted = { $minutes } 的内容已经删除了。
minutes-which = 是哪一份纪要？请写上编号。
minutes-section-unknown = 没看懂“{ $typed }”要改哪里。请写上部分和编号，例如 决议1：…、要点2：…、结论2：…、搁置1：…、目标：…。
minutes-topic-unknown = 没有第 { $n } 个议题，这次会议有 { $count } 个。
minutes-conclusion-decided = 议题 { $n } 的结论就是在它下面定的决议，只写一处：请改决议 { $numbers }。
offer-decision = 改决议 { $n }
offer-minutes-form = 打开表单
minutes-number-unknown = 没有第 { $n } 条，现在有 { $count } 条；要新增就不写编号。
minutes-decision-empty = “{ $typed }”只有结论，没有写决定了什么。
minutes-search-what = 要搜什么？词语、@某人、年份或日期、类型、决议都可以。
minutes-search-person = 一次只能按一个人搜索。
minutes-search-day = 没有“{ $typed }”这一天。
confidential-item = { $action } 是保密会议的行动项，只有参会人和指定领导可以看。
undo-not-item = 你的上一步是对 { $subject } 做的，不是行动项，不能这样撤销。用“修改”更正即可。
minutes-history-line = { $who }{ $did }
minutes-history-refused = { $who }想{ $deed }（未允许）
did-minutes-draft = 起草
did-minutes-edit = 修改
did-minutes-submit = 提交审核
did-minutes-return = 退回
did-minutes-approve = 审核通过
did-minutes-acknowledge = 已阅
did-minutes-correct = 请求更正
did-minutes-revise = 修订
did-minutes-delete = 删除内容
did-minutes-leave = 预告删除内容
deed-minutes-draft = 起草纪要
deed-minutes-delete = 删除纪要

help-minutes-list = 归档：按年份和类型，等我确认的
help-minutes-show = 看纪要全文
help-minutes-search = 按词语、人、日期、类型、决议搜索
help-minutes-edit = 修改草稿，逐段或用表单
help-minutes-submit = 提交主持人审核
help-minutes-approve = 审核通过并分发
help-minutes-return = 退回，写明要改什么
help-minutes-acknowledge = 已阅，无异议
help-minutes-correct = 请求更正
help-minutes-revise = 修订出新的一版
help-minutes-changes = 这一版改了什么
help-minutes-readers = 谁已确认、谁还没有
help-minutes-history = 谁在什么时候做了什么
help-minutes-delete = 过了保存期后删除内容，先通知相关的人
help-minutes-file = PDF、Word 或 Markdown 文件
