# 首页：一眼看到等我处理的、我负责的、我布置给别人的。
home-clear = 没有事情等你处理
home-waiting = 等你处理 { $n } 项
home-mine = 你负责：{ $counts }
home-assigned = 你布置给别人：{ $counts }
home-page = 第 { $page } / { $pages } 页
home-add = 新增可以这样写：
help-home = 一眼看全
press-back = 回到首页
press-new = 新增行动项
