"""The commands of a meeting that is held, and of its votes (M1–M6, R3), joined into the list of commands."""

from bot.commands import about
from bot.commands.command import Command, Takes
from bot.commands.live import capturing, correcting, rating, sitting, voting

LIVE = (
    Command("meeting", "start", ("start", "begin", "开始", "开会", "開始", "開會"), sitting.start, Takes.ONE),
    Command("meeting", "next", ("next", "下一议题", "下一議題", "下一个", "下一個", "下一项"), sitting.next_, Takes.ONE),
    Command("meeting", "here", ("here", "present", "到场", "到場", "签到", "簽到", "我到了"), sitting.here, Takes.ONE),
    Command("meeting", "end", ("end", "finish", "结束", "散会", "結束", "散會"), sitting.end, Takes.ONE),
    Command("meeting", "resume", ("resume", "continue", "继续", "繼續"), sitting.resume, Takes.ONE),
    Command("meeting", "note", ("note", "要点", "要點"), capturing.note,
            short=("#要点", "#要點", "#note")),
    Command("meeting", "decide", ("decide", "decision", "决议", "決議"), capturing.decide,
            short=("#决议", "#決議", "#decision")),
    Command("meeting", "act", ("act", "action", "行动", "行動"), capturing.act,
            short=("#行动", "#行動", "#行动项", "#行動項", "#行動項目", "#action")),
    Command("meeting", "park", ("park", "搁置", "擱置"), capturing.park, short=("#搁置", "#擱置", "#park")),
    Command("meeting", "withdraw", ("withdraw", "撤回"), capturing.withdraw, Takes.ONE,
            short=("#撤回", "#撤销", "#撤銷", "#undo", "#withdraw")),
    Command("meeting", "correct", ("correct", "更正"), correcting.correct, Takes.ONE),
    Command("meeting", "settle", ("settle", "补齐", "補齊"), correcting.settle, Takes.ONE),
    Command("meeting", "rate", ("rate", "评分", "評分"), rating.rate, Takes.ONE),
    Command("meeting", "ratings", ("ratings", "satisfaction", "满意度", "滿意度"), rating.ratings, Takes.ONE),
    Command("vote", "new", ("new", "open", "add", "发起", "發起", "新建"), voting.new),
    Command("vote", "list", ("list", "列表"), voting.list_),
    Command("vote", "cast", ("cast", "投", "投票", "选", "選"), voting.cast, Takes.ONE),
    Command("vote", "close", ("close", "end", "结束", "結束"), voting.close, Takes.ONE),
    Command("vote", "decide", ("decide", "形成决议", "形成決議"), voting.decide, Takes.ONE),
    Command("vote", "show", ("show", "查看"), voting.show, Takes.ONE),
    Command("vote", "help", ("help", "帮助", "幫助"), about.help_),
)  # fmt: skip
"""Order as people meet them."""
