"""The sample workplace of the demo: its people, departments, rooms, and what they have said to the bot so far.

The story is told in working days from the day of the first start (0); every line is a command somebody typed, and goes
through the core like any other, at its own moment.
"""

from msgspec import Struct

from bot.people import Account, Person, Profile, Room

NAME = "闭环 Bihuan"
LANGUAGE, ZONE = "zh-Hans", "Asia/Shanghai"
WEB, SHELL = "web", "shell"


class Colleague(Struct, frozen=True):
    """Somebody of the sample workplace; `id` is their account's in the web workplace and the terminal alike."""

    id: str
    name: str
    department: str
    head: bool = False
    language: str = LANGUAGE
    zone: str = ZONE

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{self.id}@bihuan.example"

    @property
    def profile(self) -> Profile:
        """As the web workplace knows them."""
        return Profile(Account(WEB, self.id), self.name, self.email, self.department, self.zone, self.language)

    def person(self, department: int) -> Person:
        """As the workplace knows them, before they have a number."""
        accounts = (Account(WEB, self.id), Account(SHELL, self.id))
        admin = self is PEOPLE[0]
        return Person(0, self.name, self.zone, self.language, self.email, department, accounts, admin=admin)


PEOPLE = (
    Colleague("zhangsan", "张三", "产品部", head=True),
    Colleague("chenjing", "陈静", "产品部"),
    Colleague("emma", "Emma Clarke", "产品部", language="en"),
    Colleague("wangwu", "王五", "技术部", head=True),
    Colleague("zhouhang", "周航", "技术部"),
    Colleague("david", "David Miller", "技术部", language="en", zone="Europe/Berlin"),
    Colleague("lisi", "李四", "客服部", head=True),
    Colleague("zhaoliu", "赵六", "客服部"),
    Colleague("sunqi", "孙七", "客服部"),
    Colleague("linmeiling", "林美玲", "客服部", language="zh-Hant", zone="Asia/Taipei"),
    Colleague("wumin", "吴敏", "市场部", head=True),
    Colleague("zhengkai", "郑凯", "市场部"),
)

PRODUCT, CARE, ALL = Room(WEB, "product", "产品规划"), Room(WEB, "care", "Customer care"), Room(WEB, "all", "全员")
ROOMS: tuple[tuple[Room, tuple[str, ...]], ...] = (
    (PRODUCT, ("zhangsan", "chenjing", "emma", "wangwu", "zhouhang", "david", "lisi")),
    (CARE, ("lisi", "zhaoliu", "sunqi", "linmeiling", "emma", "zhangsan")),
    (ALL, tuple(one.id for one in PEOPLE)),
)
ROOM_OF = {"产品部": PRODUCT, "客服部": CARE}


class Line(Struct, frozen=True):
    """`by` types `text` on working day `day` (0 = the first start) at `at`, in `room` (None: to the bot directly).

    `{+3}` in the text is the third working day after the first start, `{-5}` the fifth before it, as an ISO day.
    `chat`: said among people, not to the bot."""

    day: int
    at: str
    by: str
    text: str
    room: Room | None = None
    chat: bool = False


STORY = (
    Line(-8, "09:40", "zhangsan", "大家早，Q3 产品规划会的行动项我会直接记在这里。", PRODUCT, chat=True),
    Line(-8, "09:45", "zhangsan", "/action add 评估 A 类功能开发周期 @王五 {-5} 标准：按模块给出人日", PRODUCT),
    Line(-8, "09:47", "zhangsan", "/action add 更新常见问题 20 条 @孙七 {-2} 标准：客服主管抽查 5 条通过", PRODUCT),
    Line(-8, "09:52", "sunqi", "/action accept A-2"),
    Line(-8, "10:05", "wangwu", "/action accept A-1"),
    Line(-7, "11:10", "lisi", "Morning! Emma and I will bring every complaint that needs an owner here.", CARE, chat=True),
    Line(-7, "11:12", "lisi", "/action add 建立 VIP 客户回访名单 @林美玲 {-1} 标准：含最近一次联系日期", CARE),
    Line(-7, "11:30", "linmeiling", "/action accept A-3"),
    Line(-6, "15:00", "wangwu", "/action note A-1 等需求评审"),
    Line(-5, "10:20", "zhangsan", "/action add 输出《客户投诉处理流程V2.0》 @李四 {+2} 标准：包含一级响应机制", PRODUCT),
    Line(-5, "10:31", "lisi", "/action accept A-4"),
    Line(-5, "14:00", "zhangsan", "/action add 整理 Q3 用户访谈结论 @陈静 {+1} 标准：每条结论附原话", PRODUCT),
    Line(-5, "14:08", "chenjing", "/action accept A-5"),
    Line(-4, "10:00", "wangwu", "/action add 打通客服工单系统的单点登录 @周航 {+4} 标准：客服无需二次登录", PRODUCT),
    Line(-4, "10:02", "zhouhang", "/action accept A-6"),
    Line(-3, "16:10", "sunqi", "/action submit A-2 常见问题 20 条，已发布到帮助中心"),
    Line(-3, "17:00", "zhangsan", "/action approve A-2"),
    Line(-3, "17:20", "zhangsan", "/meeting new 客诉流程专项会 {-2} 14:00-14:40 @李四 @王五 @赵六 @陈静 类型：专项会 主持人：张三 记录人：陈静 地点：二楼会议室 "
         "目标：定下客诉处理流程；预期：一份可执行的流程和一个启用日；议题：一级响应 15分钟 @李四 决策；议题：工单系统接口 15分钟 @王五 对齐"),
    Line(-3, "17:22", "zhangsan", "/meeting announce! M-1"),
    Line(-3, "17:30", "lisi", "/meeting accept M-1"),
    Line(-3, "17:31", "wangwu", "/meeting accept M-1"),
    Line(-3, "17:34", "chenjing", "/meeting accept M-1"),
    Line(-3, "17:40", "zhaoliu", "/meeting decline M-1 值班，由李四转述"),
    Line(-2, "11:00", "linmeiling", "/action postpone A-3 {+3} 等 CRM 匯出名單"),
    Line(-2, "14:00", "zhangsan", "/meeting start M-1", PRODUCT),
    Line(-2, "14:01", "zhangsan", "/meeting here @李四 @王五 @陈静", PRODUCT),
    Line(-2, "14:06", "lisi", "#要点 一级响应现在平均六小时，客户最不满的是没人回话", PRODUCT),
    Line(-2, "14:12", "zhangsan", "#决议 同意 一级响应定为两小时 因为投诉量比上季翻倍", PRODUCT),
    Line(-2, "14:16", "zhangsan", "/meeting next", PRODUCT),
    Line(-2, "14:20", "wangwu", "#要点 接口已有草案，差客服的字段清单", PRODUCT),
    Line(-2, "14:26", "wangwu", "#行动 列出工单字段清单 @李四 {+4} 标准：每个字段注明来源", PRODUCT),
    Line(-2, "14:34", "lisi", "#搁置 夜间值班怎么排 @李四", PRODUCT),
    Line(-2, "14:38", "zhangsan", "/meeting end", PRODUCT),
    Line(-2, "14:50", "lisi", "/action accept A-7"),
    Line(-2, "15:20", "emma", "/action add Record a demo of the new search @David Miller {+6} std: five minutes, with captions", PRODUCT),
    Line(-2, "16:30", "david", "/action accept A-8"),
    Line(-1, "10:20", "chenjing", "/minutes submit M-1"),
    Line(-1, "10:30", "zhangsan", "/minutes approve M-1"),
    Line(-1, "10:40", "zhouhang", "/action block A-6 等对方开通测试账号 @王五 {+1}"),
    Line(-1, "11:00", "lisi", "/minutes acknowledge M-1"),
    Line(-1, "14:30", "lisi", "/action add 统一客服报价单模板 @赵六 {+9} 标准：三种套餐各一页", CARE),
    Line(-1, "14:36", "zhaoliu", "/action accept A-9"),
    Line(-1, "16:00", "chenjing", "/action submit A-5 访谈结论.docx，共 14 条"),
    Line(-1, "16:10", "zhangsan", "/meeting new 季度规划会 {+2} 15:00-16:30 @陈静 @王五 @周航 @李四 @Emma Clarke @David Miller 主持人：张三 记录人：陈静 地点：三楼会议室 "
         "目标：定下一季度做什么；预期：排好优先级的三个项目；议题：客诉流程落地 20分钟 @李四 决策；议题：短信网关 20分钟 @王五 决策；议题：搜索上线 15分钟 @Emma Clarke 对齐"),
    Line(-1, "16:15", "zhangsan", "/meeting announce! M-2"),
    Line(-1, "16:20", "wangwu", "/meeting accept M-2"),
    Line(-1, "16:45", "wumin", "各位好，市场部的事也开始用闭环记录。", ALL, chat=True),
    Line(-1, "16:50", "wumin", "/action add 准备年终活动页文案 @郑凯 {+5} 标准：中英文各一版", ALL),
)  # fmt: skip
