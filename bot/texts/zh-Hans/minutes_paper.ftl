# The minutes as a paper: one layout as card, Markdown, DOCX and PDF (N6).

kind-regular = 例会
kind-special = 专项会
kind-kick_off = 启动会
kind-retrospective = 复盘会
kind-improvement = 改进会
kind-cross_department = 跨部门协调会
kind-decision = 决策会
kind-training = 培训会

verdict-agreed = 同意
verdict-deferred = 暂缓
verdict-more_material = 需补充材料
verdict-rejected = 否决

paper-title = 会议纪要：{ $title }
paper-number = { $label } · { $state }
paper-state-draft = 草稿，未经审核
paper-state-submitted = 待主持人审核
paper-state-distributed = 已分发
paper-state-archived = 已归档
paper-state-superseded = 已有新版
paper-confidential = 保密：仅限参会人和指定领导阅读
paper-kind = 类型
paper-time = 时间
paper-span = { $day }{ $from }–{ $to }（{ $zone }）
paper-place = 地点
paper-organizer = 发起人
paper-host = 主持人
paper-recorder = 记录人
paper-present = 出席
paper-absent = 缺席
paper-absent-why = { $who }（{ $why }）
paper-absent-proxy = { $who }（{ $proxy }代）
paper-absent-both = { $who }（{ $why }，{ $proxy }代）
paper-copies = 抄送
paper-objective = 会议目标
paper-expected = 预期成果
paper-topics = 议题与讨论
paper-topic = { $n }. { $title }
paper-topic-presenter = { $n }. { $title }（{ $presenter }）
paper-conclusion = 结论：{ $text }
paper-concluded = 结论：{ $text }（{ $verdict ->
    [agreed] 同意
    [deferred] 暂缓
    [more_material] 需补充材料
   *[rejected] 否决
}）
paper-decisions = 决议
paper-decision = { $verdict }：{ $text }
paper-decision-why = { $verdict }：{ $text }。理由：{ $why }
paper-decision-why-asked = { $verdict }：{ $text } 理由：{ $why }
paper-actions = 行动项
paper-column-number = 编号
paper-column-action = 行动
paper-column-owner = 负责人
paper-column-department = 部门
paper-column-due = 截止日
paper-column-criterion = 交付标准
paper-parked = 待进一步讨论
paper-left = { $text }（{ $who }跟进）
paper-following = 下次会议
paper-more = 其他
paper-approved = { $host }于 { $at } 审核通过
paper-page = 第 { $page } 页
