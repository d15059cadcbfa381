# What is said about a due day. M3, T1, T2; VOICE: vague day refused, unpublished holidays.
due-echo = 截止 { $day }
due-at = { $day }{ $time }
due-far = 没有写年份，按下一个算是 { $day }，离今天 { $days } 天。是这一天吗？
due-unconfirmed = 按周末和法定节日推算为 { $day }；{ $year } 年放假安排尚未公布，公布后会自动核对并告诉你。

due-vague = { $why ->
    [two] “{ $phrase }”可能指不止一天。请给出确切日期，例如 { $example }。
    [lunar] “{ $phrase }”是公历还是农历？请给出确切日期，例如 { $example }。
    [open] “{ $phrase }”没有说到哪一天为止。请给出确切日期，例如 { $example }。
    [time] “{ $phrase }”可能指不止一个时刻。请写明上午还是下午，例如 { $example } 15:00。
   *[other] “{ $phrase }”不是一天。请给出确切日期，例如 { $example }。
}
due-invalid = { $why ->
    [weekday] “{ $phrase }”对不上：{ $day } 是{ $weekday ->
        [1] 周一
        [2] 周二
        [3] 周三
        [4] 周四
        [5] 周五
        [6] 周六
       *[other] 周日
    }。请确认是哪一天。
    [no-weekday] 没有“{ $phrase }”这个星期几。请给出确切日期，例如 { $example }。
    [no-time] “{ $phrase }”里的时刻不存在。请用 0:00 到 24:00 之间的时刻，例如 { $example } 15:00。
    [too-far] “{ $phrase }”太远了。请给出十年以内的日期，例如 { $example }。
   *[other] 日历上没有“{ $phrase }”。请给出确切日期，例如 { $example }。
}
due-past = { $why ->
    [ago] “{ $phrase }”说的是已经过去的日子。请给出今天或以后的日期，例如 { $example }。
    [time] “{ $phrase }”这个时刻已经过了。请给出以后的时刻或日期，例如 { $example }。
   *[other] “{ $phrase }”已经过去了。请给出今天或以后的日期，例如 { $example }。
}
due-unknown = 没看懂“{ $phrase }”是哪一天。请给出确切日期，例如 { $example }。

due-offer-tomorrow = 明天
due-offer-monday = 下周一
due-offer-friday = 本周五
due-offer-next-friday = 下周五
due-offer-day = { $day }
# The same where there are no buttons: the days to choose from.
due-choose = { $reason }可选：{ $offers }。
due-choice = { $label }（{ $say }）
