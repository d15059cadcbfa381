"""The words a due phrase is made of, in both scripts and in English: the tables the rules read, and nothing that thinks."""

from bot.due.pattern import pattern

TRADITIONAL = str.maketrans(
    "後週禮兩個內號點時鐘鍾間這節慶農曆歷臘舊開過幾盡儘馬隨會陽陰閏聖誕勞動兒婦雙現從還還當結終歲啟驚蟄穀處種滿遲於務為聽淩國萬"
    "裡裏須選給說邊達應該趕緊賬頭請盤掃樹師軍黨長來爲○",
    "后周礼两个内号点时钟钟间这节庆农历历腊旧开过几尽尽马随会阳阴闰圣诞劳动儿妇双现从还还当结终岁启惊蛰谷处种满迟于务为听凌国万"
    "里里须选给说边达应该赶紧账头请盘扫树师军党长来为〇",
)

WEEKDAYS_ZH = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
WEEKDAYS_ZH |= {str(number + 1): number for number in range(6)}

WEEKDAYS_EN = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
MONTHS_EN = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
COUNTS_EN = {
    name: number
    for number, name in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "ninety": 90}
ORDINALS_EN = {
    name: number
    for number, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
} | {"fifteenth": 15, "twentieth": 20, "thirtieth": 30}

N = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百廿卅]{1,6})"
WEEK = "(?:周|星期|礼拜)"
WEEKDAY_EN = "(?:" + "|".join(sorted(WEEKDAYS_EN, key=len, reverse=True)) + ")"
MONTH_EN = "(?:" + "|".join(sorted(MONTHS_EN, key=len, reverse=True)) + r")\.?"
COUNT_EN = r"(?:\d{1,4}|" + "|".join(sorted(COUNTS_EN, key=len, reverse=True)) + ")"
ORDINAL_EN = "(?:" + "|".join(sorted(ORDINALS_EN, key=len, reverse=True)) + ")"
# one, this and the other week, month …: 本 0, 下 1, 下下 2, 上 -1
SHIFT = r"(?:上{1,3}|下{1,3}|本|这一|这|今|当)"
YEAR = r"(?:(?P<y>\d{4}|\d{2}|[〇零一二三四五六七八九]{4}|今|本|明|后|去|前|民国(?:\d{2,3}|[一二三四五六七八九十百]{1,5}))年的?)"

_VAGUE_ZH = (
    r"尽[快早速](?:完成|处理|给|吧)?|早日|越快越好|近期|近日|最近|近来|马上|立刻|立即|即刻|赶紧|赶快|抓紧(?:时间)?|快点|早点|早些",
    r"(?:再?过)?(?:几|两|些|好几|若干|数)[天日](?:内|后|之内|之后|以内|以后)?|[这那][几两]天|半天(?:内|后)?",
    r"[一两二三四五六七八][两三四五六七八九]个?(?:天|日|周|星期|礼拜|月|工作日)(?:内|后)?",
    r"(?:几|若干|数)个?(?:周|星期|礼拜|月|小时|工作日)(?:内|后|之内|之后)?|改[天日]|回头|择日|不日",
    r"有空(?:的?时候?|再说|时|吧)?|方便的?时候?|稍后|稍晚|晚点|晚些(?:时候)?|一会儿?|待会儿?|等会儿?|随时|以后|之后|将来|日后",
    r"到时候?(?:再说)?|再说|待定|未定|不急|不限",
    (
        r"(?:上+|下+|本|这|今)个?(?:周|星期|礼拜|月|季度)(?:初|中|前|上旬|中旬|下旬)?(?:左右|前后)?"
        r"(?: ?(?:上午|下午|晚上|早上|中午)? ?\d{1,2}(?::\d{2}|点半?|时))?"
    ),
    r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})?月份?|[今明后]?年)(?:初|中|上旬|中旬|下旬)(?:左右|前后)?|年[前后]|节[前后]",
)
_VAGUE_EN = (
    r"a\.?s\.?a\.?p\.?|soon(?:est|ish)?|(?:a bit )?later|shortly|eventually",
    r"(?:some ?(?:time|day)|any ?time)(?: (?:this|next|in|soon).{0,20})?",
    r"(?:when|if|as soon as|as early as) (?:possible|convenient|ready|you can|able|you have time)|whenever(?: .{1,20})?",
    r"(?:at your )?(?:earliest )?convenience|tb[dac]|immediately|urgent(?:ly)?|right (?:away|now)|at once|in due course|no rush",
    r"(?:in |within )?(?:the )?(?:next )?(?:a )?(?:few|couple(?: of)?|several|some) (?:more )?(?:hour|day|week|month)s?",
    r"(?:in |by )?(?:the )?(?:early|mid|middle of|later?|(?:beginning|start) of)[ -](?:the |this |next )*[a-z]{3,9}",
    (
        r"(?:in |by )?(?:this|next|the following) (?:week|month|quarter|year)(?:(?: at)? \d{1,2}(?::\d{2}(?: ?[ap]m)?| ?[ap]m))?"
        r"|(?:in |by )?(?:the )?week after next|one of these days"
    ),
)
_VAGUE_ALONE = (
    r"周|星期|礼拜|月|年|季度|[明今后]年|(?:(?:\d{2,4}|[明今后])年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[上中下]旬|[上下]半[月年]|q[1-4]|第?[一二三四]季度",
    r".{1,12}(?:左右|前后|上下|期间|假期)|(?:大概|大约|约|差不多)在?.{1,12}",
    r"n/?a|now|(?:around|about|approximately|roughly|circa) .{1,24}|.{1,24} or so|.{1,24}[- ]?ish",
)
# speaks of time and says no day, also beside other words; alone: only where nothing else is asked
VAGUE = pattern("|".join(_VAGUE_ZH + _VAGUE_EN))
VAGUE_ALONE = pattern("|".join(_VAGUE_ALONE))
# two days, or a span: 周五或周六, 12月3日到5日, Mon or Tue, 3-5 Dec
BETWEEN = pattern(r"[或到至~—–/、,]|还是|(?:\b(?:or|to|and|through)\b)| - ")
