"""The minutes of the handbook's own example, in both languages: five departments plan a quarter."""

from datetime import UTC, date, datetime

from msgspec.structs import replace

from bot.domain.captured import Verdict
from bot.domain.minutes import Absent, Acknowledged, Agreed, Decided, Discussed, Left, Minutes, MinutesState
from tests.views.cast import ENGINEERING, LI, SERVICE, WANG, ZHANG, ZHAO

CHINESE = Minutes(
    meeting=7, edition=2, title="Q3 产品规划会", kind="decision",
    held_at=datetime(2026, 11, 20, 6, 0, tzinfo=UTC), ended_at=datetime(2026, 11, 20, 7, 5, tzinfo=UTC), zone="Asia/Shanghai",
    organizer=ZHANG, host=ZHANG, recorder=LI, due_at=datetime(2026, 11, 21, 7, 5, tzinfo=UTC),
    created_at=datetime(2026, 11, 20, 7, 5, tzinfo=UTC), state=MinutesState.DISTRIBUTED, place="三楼会议室",
    objective="确定第三季度的产品范围", expected="一份排好优先级的清单", present=(ZHANG, LI, WANG),
    absent=(Absent(ZHAO, "出差"),), copies=(),
    topics=(
        Discussed("客诉流程", LI, "一级响应要在两小时内\n现有流程没有节点图"),
        Discussed("A 类功能排期", WANG, "等需求评审\n<b>不是标记</b> & *也不是*"),
    ),
    decisions=(
        Decided("上线客诉流程 V2.0", Verdict.AGREED, "投诉量翻倍", 1),
        Decided("自建短信网关", Verdict.REJECTED),
    ),
    actions=(
        Agreed("A-42", "输出《客户投诉处理流程V2.0》", LI, date(2026, 11, 27), SERVICE, "包含一级响应机制"),
        Agreed("A-31", "评估 A 类功能开发周期", WANG, date(2026, 11, 24), ENGINEERING),
    ),
    parked=(Left("是否外包客服夜班", ZHAO),), following="12月18日 14:00", confidential=False,
    must=(LI, WANG), acknowledged=(Acknowledged(LI, datetime(2026, 11, 20, 9, tzinfo=UTC)),),
    approved_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
)  # fmt: skip
ENGLISH = replace(
    CHINESE, title="Q3 product planning", place="Room 3", objective="Settle the scope of the third quarter",
    expected="A list in order of priority", absent=(Absent(ZHAO, "on a trip", WANG),), following="18 Dec, 14:00",
    topics=(Discussed("Complaint procedure", LI, "First answer within two hours", "Follow version 2.0"),),
    decisions=(Decided("Launch the complaint procedure", Verdict.AGREED, "complaints have doubled"),),
    actions=(Agreed("A-42", "Write complaint procedure v2.0", LI, date(2026, 11, 27), SERVICE, "first-level response included"),),
    parked=(Left("Night shift by a contractor", ZHAO),),
)  # fmt: skip
OF_LANGUAGE = {"zh-Hans": CHINESE, "zh-Hant": CHINESE, "en": ENGLISH}
