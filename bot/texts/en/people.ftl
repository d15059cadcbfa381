# Who somebody is here, and the first words.
whoami = You are { $who }
person-department = Department
person-head = Head
person-email = E-mail
person-timezone = Time zone
person-language = Language
person-accounts = Accounts
person-admin = Admin
person-not-active = Your account is not active here. Please ask your admin.
language-zh-Hans = 简体中文
language-zh-Hant = 繁體中文
language-en = English
welcome = Action items of { $workplace }
welcome-what = Write one line: who does what by which day. It is kept, its owner is reminded, and somebody verifies it.
welcome-room = Action items are kept here
welcome-room-what = Write one line: who does what by which day. Once a week this room gets the summary.
no-longer-shown = What stood here is no longer shown to you
