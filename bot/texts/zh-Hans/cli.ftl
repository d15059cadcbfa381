# 命令行对管理员说的话：先说哪里不对，再说应该怎样。

# --- 配置 ------------------------------------------------------------------------------------------------------------
config-unreadable = 读不了 { $key }：{ $reason }。
config-not-utf8 = { $key } 不是 UTF-8 文本，请另存为 UTF-8。
config-not-toml = { $key } 不符合 TOML 格式：{ $reason }。
config-unknown = 没有 { $key } 这个设置项，全部设置项见 config.example.toml。
config-unknown-nearest = 没有 { $key } 这个设置项，是不是 { $nearest }？
config-no-section = { $key } 应当是一节，写作 [{ $key }]，而不是“{ $value }”这个值。
config-missing = 缺少 { $key }，应填写：{ $wants }。
config-wrong = { $key } 写的是“{ $value }”，应为：{ $wants }。
config-wrong-secret = { $key } 不可用（不显示其内容），应为：{ $wants }。
config-needed-by = 缺少 { $key }：填了 { $by }，这一项也要填。
config-mode-needs = 缺少 { $key }：mode 为“{ $mode }”时必须填写。
config-open-host = 缺少 web.access_token：server.host 为“{ $host }”时别人也能访问，而网页工作区没有登录。请设置令牌，或改回 127.0.0.1。
config-no-messenger = { $key } 已关闭，又没有配置任何平台，没有人能用到这个工作区。请至少打开一个。
config-day-twice = { $key } 和 days_worked 里都有 { $days }，请去掉其中一处。
config-remind-first = { $key } 应小于 { $then }（{ $report }）：先提醒，再上报。
wants-words = 1 到 80 个字符的文字
wants-secret = 平台后台显示的那串文字
wants-address = 以 https:// 或 http:// 开头的地址
wants-language = zh-Hans、zh-Hant 或 en
wants-zone = IANA 时区名，如 Asia/Shanghai
wants-calendar = CN（中国工作日）或 none（只分周末）
wants-workday = 工作日和时间，如 "Mon-Fri 09:00-18:00"
wants-quiet = 时间段，如 "20:00-08:30"
wants-years = 年份列表，如 [2027]
wants-dates = 日期列表，如 ["2026-12-24"]
wants-workspaces = 列表，每项是以 T 开头的工作区编号
wants-admins = 列表，每项是邮箱或“平台:账号”
wants-database = sqlite:///文件.db 或 postgresql://用户:密码@主机/库名
wants-host = 主机名或地址，不含端口
wants-port = 1 到 65535 的端口
wants-yesno = true 或 false
wants-hour = 时间，如 "18:00"
wants-weekday = 星期几，如 "Fri" 或 "周五"
wants-days = 0 到 60 的整数（天）
wants-hours = 大于 0、不超过 720 的小时数
wants-minutes = 大于 0、不超过 1440 的分钟数
wants-count = 1 到 60 的整数
wants-letters = 50 到 2000 的整数
wants-times = 1 到 10 的数（倍）
wants-ahead = 1 到 370 的整数（天）
wants-family = regular、special、cross_department、decision 或 training
wants-cadence = daily 或 weekly
wants-kind-name = 小写字母开头的名字，只含字母、数字和下划线
wants-socket-http = "socket" 或 "http"
wants-socket-webhook = "socket" 或 "webhook"
wants-cards = "template"、"public"、"links" 或 "text"
wants-file = 文件名，可带目录
wants-budget = 整数，0 表示不限

# --- 各命令共用 ------------------------------------------------------------------------------------------------------
cli-database = 数据库用不了：{ $reason }。
cli-unreadable = 读不了 { $file }：{ $reason }。
cli-unwritable = 写不了 { $file }：{ $reason }。

# --- run、demo -------------------------------------------------------------------------------------------------------
demo-started = { $name } 示例工作区：{ $address }
demo-started-elsewhere = { $name } 示例工作区：{ $address }（{ $port } 端口已被占用）
demo-host = 示例工作区没有登录，只在本机开放；“{ $host }”别人也能访问。要给大家用，请运行 bihuan run，并设置 [web] access_token。
demo-runs = 这个示例工作区已经在运行：{ $address }。请先停止那个进程（在它的窗口按 Ctrl+C）。
demo-homeless = 运行命令的用户在本机没有主目录，请指定示例工作区放在哪里：bihuan demo --data 文件夹
demo-broken = 示例工作区已损坏（{ $reason }）。运行 bihuan demo --reset 可重新生成。
run-started = { $name }：{ $address }
run-started-elsewhere = { $name }：{ $address }（{ $port } 端口已被占用）
run-started-headless = { $name } 正在运行，网页工作区已关闭；健康检查：{ $address }/readyz
run-stop = 按 Ctrl+C 停止。
run-runs = 这个数据库已有进程在用：{ $address }。一个 SQLite 文件只能由一个进程服务，请先停止它；需要多个进程时请用 PostgreSQL。
run-port = 无法监听 { $host }:{ $port }：{ $reason }。请换一个 [server] port，或停止占用它的程序。

# --- check -----------------------------------------------------------------------------------------------------------
check-fine = 一切正常。
check-config = 配置有 { $faults } 处错误。
check-host = server.host：本机没有 { $host } 这个地址（{ $reason }）。请用 127.0.0.1、0.0.0.0，或本机自己的地址。
check-privilege = server.port：当前用户没有使用 { $port } 端口的权限（{ $reason }）。请换成 1023 以上的端口，再让反向代理监听 { $port }。
check-port = server.port：无法监听 { $host }:{ $port }：{ $reason }。（是不是工作区自己正在运行？）
check-variable = 环境变量 { $name } 没有生效，是不是想写 { $meant }？
check-new = 新建了一个空数据库：{ $file }
check-calendar = { $year } 年放假安排尚未公布；其中的日期按周末和法定节日推算，并注明“未确认”。
check-no-admin = workplace.admins 为空：消息送不到时没有人会知道。
check-font = meetings.font：这个字体文件不能用：{ $reason }
check-no-face = 本机没有中文字体：PDF 会用阅读器自带的标准宋体，各处打印效果不同。可安装 Noto CJK（Debian：fonts-noto-cjk），或在 meetings.font 里写字体文件的路径。
check-messenger-token = { $name }：{ $key } 不被接受（{ $reason }）。
check-messenger-away = 连不上 { $name }：{ $reason }。
check-messenger-scopes = { $name }：令牌缺少权限 { $scopes }。请在应用里加上，再重新安装一次。
check-messenger-permissions = { $name }：应用缺少权限 { $scopes }。请在开发者后台加上，发布版本，并由管理员审核通过。
check-messenger-app = { $name }：应用还不能作为机器人使用（{ $reason }）。请添加“机器人”能力并发布版本。
check-messenger-socket = { $name }：建不起长连接（{ $reason }）。请在“事件配置”里选择长连接，并核对 domain 与应用所在的站点一致。
check-messenger-nobody = { $name } 没有向应用开放任何人：请扩大通讯录权限范围和应用可用范围，再发布版本。
check-messenger-unseen = { $name } 不会告诉我卡片回调是否配好。如果按钮提示错误码 200340，请在“回调配置”页添加 card.action.trigger 并发布版本。
check-messenger-groups = { $heard ->
    [all] { $name }：群里的消息都收得到，会议中的短指令不用 @ 机器人。
   *[mentions] { $name }：群里只收得到 @ 机器人的消息；会议中先 @ 机器人，再写 #决议、#行动。
}
check-messenger-met = { $name }：已连到 { $where }。
check-messenger-lost = { $name }：那边不再接受这个应用（{ $reason }）。`bihuan run` 运行时，请在闭环自己地址下的 { $page } 重新安装。
check-messenger-uninstalled = { $name }：已允许接入，但还没有安装应用。`bihuan run` 运行时，安装页在闭环自己地址下的 { $page }。
check-messenger-nowhere = { $name }：还没有任何工作区安装这个应用。`bihuan run` 运行时，安装页在闭环自己地址下的 { $page }。
check-cut-off = { $name } 上次看到时是断开的：自 { $since } 起（{ $reason }）。
check-messenger-apply = { $name }：应用缺少权限 { $scopes }，请到这里申请：{ $url }
check-messenger-closed = { $name }：Stream 连接打不开（{ $reason }）。请发布一个版本，把机器人的消息接收模式设为 Stream，并检查出口 IP 名单（留空或填对）。
check-messenger-address = { $name }：本机地址不在允许的名单里（{ $reason }）。请在控制台的「安全设置」里清空出口 IP 名单，或者填上本机的出口地址。
check-messenger-robot = { $name }：robot_code 不是这个应用的，或者机器人还没有发布（{ $reason }）。
check-messenger-template = { $name }：card_template_id 用不了（{ $reason }）。请发布这个模板并关联到本应用；在那之前卡片按下一级的方式显示。
check-messenger-sight = { $name }：应用看不到组织里的同事（{ $reason }）。请在后台扩大通讯录权限范围。
check-messenger-rung = { $rung ->
    [template] { $name }：卡片用本单位自己的模板显示。
    [public] { $name }：卡片用钉钉的公共模板显示，不保证它一直可用。
    [links] { $name }：没有卡片；单聊消息里有点一下就替你发出的链接。
   *[text] { $name }：没有卡片；每条消息都写明怎么回复。
}
check-messenger-memory = { $name }：memory 指的文件 { $file } 不能用（{ $reason }）。
check-messenger-month = { $name }：本月已用 { $calls } 次接口调用，上限 { $most } 次。
hidden-everybody = { $name } 没有开放整个通讯录（{ $why }）。范围之外的同事，要等他们给机器人发过消息才认得。
hidden-departments = { $places ->
    [none] { $name } 没有开放部门，或不给出部门名称（{ $why }）：同事不属于任何部门，风险也没有部门负责人可以通知。
   *[some] { $name } 没有开放 { $where } 下面的部门（{ $why }）。
}
hidden-heads = { $name } 没有开放部门负责人和上下级关系（{ $why }）。在此之前，除非导入，否则风险没有部门负责人可以通知。
hidden-places = { $name } 没有开放同事所在的部门（{ $why }）。在此之前，除非导入，否则同事不属于任何部门。
hidden-people = { $places ->
    [none] { $name } 没有开放部分同事（{ $why }）。
   *[some] { $name } 没有开放 { $where } 的同事（{ $why }）。
}
hidden-names = { $name } 没有开放同事的姓名（{ $why }）。
hidden-emails = { $name } 没有开放邮箱（{ $why }）。没有邮箱，就认不出你导入过的同事。
hidden-leavers = { $name } 没有开放离职状态（{ $why }）。只有在它当时发来通知时，才知道谁离职了。

# --- due -------------------------------------------------------------------------------------------------------------
due-language = 没有“{ $value }”这种语言，可选 { $known }。
due-zone = 没有“{ $value }”这个时区，请写成 Asia/Shanghai 这样。
due-now = “{ $value }”不是一个时刻，请写成 2026-11-20T10:30 或 2026-11-20T10:30+08:00。

# --- export ----------------------------------------------------------------------------------------------------------
export-format = 没有“{ $value }”这种格式，可选 { $known }。
export-screen = 电子表格没法在屏幕上看，请写明文件，例如 --to items.xlsx。
export-done = 已将 { $count } 个行动项写入 { $file }。
export-bar = 正在写行动项
export-person = 没有“{ $value }”这个人，请写全名。
column-number = 编号
column-light = 灯
column-status = 状态
column-action = 行动项
column-owner = 负责人
column-department = 部门
column-supporters = 配合方
column-tracker = 跟踪人
column-assigner = 指派人
column-due = 截止日
column-due-time = 截止时间
column-first-due = 最初截止日
column-postponements = 延期次数
column-criterion = 交付标准
column-place = 地点
column-source = 来源
column-priority = 优先级
column-created = 记录时间
column-finished = 完成时间
column-deliverables = 交付成果
column-remarks = 备注

# --- import people ---------------------------------------------------------------------------------------------------
import-counts = 共 { $rows } 行：新增 { $new }，有改动 { $changed }，不变 { $same }。
import-more = ……另有 { $more } 行。
import-row = 行
import-column-name = 姓名
import-column-email = 邮箱
import-column-department = 部门
import-column-head = 负责人
import-column-timezone = 时区
import-column-language = 语言
import-column-accounts = 账号
import-new = 新增
import-update = 改动
import-same = 不变
import-yes = 是
import-wrong = 第 { $row } 行{ $column }：{ $what }
import-in-column = “{ $column }”列
import-nothing-written = 什么都没有写入。请改好这 { $wrong } 处再导入。
import-no-change = 这些人都已在库，无需写入。
import-ask = 要写入吗？
import-not-confirmed = 什么都没有写入。不想逐次确认请加 --yes
import-written = 已写入 { $people } 人，其中新增 { $new } 人。
import-empty = { $file } 是空的。第一行应为列名：姓名、邮箱、部门、负责人、时区、语言、账号。
import-nobody = { $file } 里没有人：列名下面一行也没有。
import-no-name = { $file } 的第一行没有“姓名”（或 name）这一列。
import-encoding = { $file } 不是 UTF-8、GB18030、Big5 或 UTF-16 文本，请另存为“CSV UTF-8”。
import-not-csv = { $file } 不符合 CSV 格式：有引号没有配对。请用电子表格另存为“CSV UTF-8”。
import-column-twice = 这一列出现了两次，请保留一列。
import-column-unknown = 没有这一列，是不是“{ $nearest }”？
import-too-many-cells = 列名有 { $columns } 个，这一行却有 { $cells } 格。格内有逗号时请加引号。
import-too-long = 超过 { $limit } 个字符，请缩短。
import-nameless = 缺少姓名。
import-email = “{ $value }”不是邮箱地址。
import-zone = 没有“{ $value }”这个时区，请写成 Asia/Shanghai 这样。
import-language = 没有“{ $value }”这种语言，请写 zh-Hans、zh-Hant 或 en。
import-account = “{ $value }”不是账号，请写“平台:账号”，多个用分号隔开；平台有 { $messengers }。
import-head-of-nothing = 部门负责人所在行必须写部门。
import-twice = 与第 { $row } 行相同，请保留一行。
import-namesakes = 有多人叫{ $name }，请填写邮箱，以便确定是谁。
import-account-taken = { $account } 已属于{ $name }，请先从其中一人去掉。
import-head-unknown = 文件和工作区里都没有“{ $value }”这个人。
import-head-namesakes = 有多人叫“{ $value }”，请在部门负责人自己那一行写“是”。
import-two-heads = { $department }在本文件中已有负责人{ $other }，一个部门只有一位。

# --- sync people -----------------------------------------------------------------------------------------------------
sync-read = { $name }：读到 { $people } 人、{ $departments } 个部门。新增 { $new } 人，离开 { $gone } 人，变动 { $arranged } 个部门。
sync-away = { $name }：没有读到，什么也没有改：{ $reason }
sync-nobody = 没有配置带通讯录的消息平台，没有可读的。可以用 `bihuan import people` 从文件导入同事。

# --- migrate、backup、restore ---------------------------------------------------------------------------------------
migrate-done = { $steps ->
    [0] 数据库已是当前版本，无需升级。
   *[other] 数据库已升级到当前版本，共 { $steps } 步。
}
backup-done = 已写入 { $file }，{ $size } MB。
backup-exists = { $file } 已存在，不会覆盖，请换个名字。
backup-server = 备份和恢复只用于 SQLite；PostgreSQL 请用 pg_dump 和 pg_restore。
no-database = 没有数据库 { $file }。database.url 里的文件是在运行命令的文件夹里找的，请到工作区运行的文件夹里执行这条命令。
backup-bar = 正在复制数据库
restore-ask = 要用备份替换 { $file } 吗？现有文件会保留在旁边。
restore-not-confirmed = 什么都没有改动。不想确认请加 --yes
restore-done = 已恢复 { $file }，原来的文件保留为 { $before }
restore-done-new = 已恢复 { $file }。
restore-runs = 工作区正在运行：{ $address }。请先停止再恢复。
restore-unusable = 什么都没有改动：{ $reason }。

# --- chat ------------------------------------------------------------------------------------------------------------
chat-begin = 像平时聊天一样输入即可，例如 帮助 或 /action。/as 姓名 换人说话，/in 群名 换地方，/time +1d 拨快示例的时钟，Ctrl+D 结束。
chat-nobody = 没有完全叫“{ $name }”的人。现有：{ $people }。
