# Who somebody is here, and the first words.
whoami = 你是{ $who }
person-department = 部门
person-head = 部门负责人
person-email = 电子邮件
person-timezone = 时区
person-language = 语言
person-accounts = 账号
person-admin = 管理员
person-not-active = 你的账号在这里已停用，请联系管理员。
language-zh-Hans = 简体中文
language-zh-Hant = 繁体中文
language-en = English
welcome = { $workplace }：在这里记行动项
welcome-what = 写一句话，就会记下谁在哪天前做什么，到期前提醒，做完请人验收。
welcome-room = 在这里记行动项
welcome-room-what = 写一句话，就会记下谁在哪天前做什么；每周在这里汇总一次。
no-longer-shown = 这里的内容已不再向你显示
