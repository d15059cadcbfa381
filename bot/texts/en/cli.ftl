# What the command line says, to whoever runs the workplace. Sentences first say what is wrong, then what is expected.

# --- the configuration -----------------------------------------------------------------------------------------------
config-unreadable = { $key } cannot be read: { $reason }.
config-not-utf8 = { $key } is not UTF-8 text. Save it as UTF-8.
config-not-toml = { $key } is not TOML: { $reason }.
config-unknown = { $key } is not a setting. config.example.toml lists them all.
config-unknown-nearest = { $key } is not a setting. Did you mean { $nearest }?
config-no-section = { $key } must be a section, written [{ $key }], not the value "{ $value }".
config-missing = { $key } is missing; it must be { $wants }.
config-wrong = { $key } is "{ $value }", but must be { $wants }.
config-wrong-secret = { $key } cannot be used (its value is not shown); it must be { $wants }.
config-needed-by = { $key } is missing: { $by } does not work without it.
config-mode-needs = { $key } is missing: mode "{ $mode }" does not work without it.
config-open-host = web.access_token is missing: server.host "{ $host }" can be reached by others, and the web workplace has no login. Set a token, or go back to 127.0.0.1.
config-no-messenger = { $key } is off and no messenger has a section: nobody could talk to the workplace. Turn one of them on.
config-day-twice = { $key } has { $days }, and days_worked has the same: take one of the two away.
config-remind-first = { $key } must be less than { $then } ({ $report }): the reminder comes before the report.
wants-words = 1 to 80 characters of text
wants-secret = the text that the messenger's console shows
wants-address = an address that begins with https:// or http://
wants-language = zh-Hans, zh-Hant or en
wants-zone = a time zone by its IANA name, such as Asia/Shanghai
wants-calendar = CN (China's working days), or none (weekends only)
wants-workday = days and hours such as "Mon-Fri 09:00-18:00"
wants-quiet = hours such as "20:00-08:30"
wants-years = a list of years such as [2027]
wants-dates = a list of days such as ["2026-12-24"]
wants-workspaces = a list of workspace ids that begin with T
wants-admins = a list of e-mail addresses or messenger:id
wants-database = sqlite:///file.db or postgresql://user:password@host/name
wants-host = a host name or address, without port
wants-port = a port from 1 to 65535
wants-yesno = true or false
wants-hour = an hour such as "18:00"
wants-weekday = a day of the week such as "Fri"
wants-days = a whole number of days from 0 to 60
wants-hours = a number of hours above 0, at most 720
wants-minutes = a number of minutes above 0, at most 1440
wants-count = a whole number from 1 to 60
wants-letters = a whole number from 50 to 2000
wants-times = a number of times from 1 to 10
wants-ahead = a number of days from 1 to 370
wants-family = regular, special, cross_department, decision or training
wants-cadence = daily or weekly
wants-kind-name = a name of small letters, digits and underscores
wants-socket-http = "socket" or "http"
wants-socket-webhook = "socket" or "webhook"
wants-cards = "template", "public", "links" or "text"
wants-file = the name of a file, with its folder or without
wants-budget = a whole number, 0 for no limit

# --- every command ---------------------------------------------------------------------------------------------------
cli-database = The database cannot be used: { $reason }.
cli-unreadable = { $file } cannot be read: { $reason }.
cli-unwritable = { $file } cannot be written: { $reason }.

# --- run, demo -------------------------------------------------------------------------------------------------------
demo-started = { $name }, a sample workplace: { $address }
demo-started-elsewhere = { $name }, a sample workplace: { $address } (port { $port } is taken)
demo-host = The sample workplace has no login, so it listens on this machine only; "{ $host }" can be reached by others. For a workplace that others use: bihuan run, with [web] access_token.
demo-runs = This sample workplace is being served already, at { $address }. Stop that process first (Ctrl+C where it runs).
demo-homeless = Whoever runs this has no home folder on this machine. Say where the sample workplace is to be kept: bihuan demo --data FOLDER
demo-broken = The sample workplace is damaged ({ $reason }). bihuan demo --reset makes it anew.
run-started = { $name }: { $address }
run-started-elsewhere = { $name }: { $address } (port { $port } is taken)
run-started-headless = { $name } is running, the web workplace is off; health at { $address }/readyz
run-stop = Ctrl+C stops it.
run-runs = This database is being served already, at { $address }. One process serves a SQLite file; stop that one first, or use PostgreSQL for several.
run-port = Nothing can listen on { $host }:{ $port }: { $reason }. Choose another [server] port, or stop what has this one.

# --- check -----------------------------------------------------------------------------------------------------------
check-fine = Everything is in order.
check-config = { $faults ->
    [one] 1 fault in the configuration.
   *[other] { $faults } faults in the configuration.
}
check-host = server.host: this machine has no address { $host } ({ $reason }). Take 127.0.0.1, 0.0.0.0 or one of its own.
check-privilege = server.port: { $port } needs a privilege that this user has not ({ $reason }). Choose one above 1023, and let a proxy answer on { $port }.
check-port = server.port: nothing can listen on { $host }:{ $port }: { $reason }. (Is the workplace itself running?)
check-variable = { $name } in the environment is not read. Did you mean { $meant }?
check-new = A new, empty database was made: { $file }
check-calendar = The working days of { $year } are not published yet; days in it are reckoned from weekends and statutory holidays and marked as unconfirmed.
check-no-admin = workplace.admins is empty: nobody hears of what cannot be delivered.
check-font = meetings.font: this file cannot be used as a font: { $reason }
check-no-face = This machine has no Chinese font: PDFs name the reader's standard one and print differently everywhere. Install Noto CJK (Debian: fonts-noto-cjk), or set meetings.font to a font file.
check-messenger-token = { $name }: { $key } is not accepted: { $reason }.
check-messenger-away = { $name } cannot be reached: { $reason }.
check-messenger-scopes = { $name }: the token lacks { $scopes }. Add them to the app and install it again.
check-messenger-permissions = { $name }: the app lacks { $scopes }. Add them in the developer console, publish a version, and have it approved.
check-messenger-app = { $name }: the app cannot act as a bot ({ $reason }). Add the bot capability and publish a version.
check-messenger-socket = { $name }: no long connection ({ $reason }). Choose it under Events, and check that domain fits the app.
check-messenger-nobody = { $name } shows the app nobody: widen the contact range and the availability of the app, and publish a version.
check-messenger-unseen = { $name } does not tell whether card callbacks are set. If a button answers with code 200340, add card.action.trigger in the Callbacks tab and publish a version.
check-messenger-groups = { $heard ->
    [all] { $name }: every message of the bot's groups is heard; short forms in a meeting need no mention.
   *[mentions] { $name }: in groups only what mentions the bot is heard. In a meeting, mention it before #decision or #action.
}
check-messenger-met = { $name }: connected to { $where }.
check-messenger-lost = { $name }: the app is no longer accepted there ({ $reason }). Install it again at { $page } of Bihuan's own address, while `bihuan run` is up.
check-messenger-uninstalled = { $name }: admitted, but the app is not installed there. The page for it is { $page } at Bihuan's own address, while `bihuan run` is up.
check-messenger-nowhere = { $name }: no workspace has installed the app yet. The page for it is { $page } at Bihuan's own address, while `bihuan run` is up.
check-cut-off = { $name } was last found cut off, since { $since } ({ $reason }).
check-messenger-apply = { $name }: the app lacks the permission { $scopes }. Apply for it at { $url }
check-messenger-closed = { $name }: the stream does not open ({ $reason }). Publish a version of the app, choose Stream mode for the robot, and leave the list of outgoing addresses empty or correct.
check-messenger-address = { $name } takes no calls from this machine's address ({ $reason }). Empty the list of outgoing addresses in the console's security settings, or enter the address.
check-messenger-robot = { $name }: robot_code is not this app's, or the robot is not published ({ $reason }).
check-messenger-template = { $name }: card_template_id cannot be used ({ $reason }). Publish the template and bind it to this app; until then cards are shown one rung lower.
check-messenger-sight = { $name }: the app may not see the organisation's people ({ $reason }). Widen its contact scope in the console.
check-messenger-rung = { $rung ->
    [template] { $name }: cards are shown by the workplace's own template.
    [public] { $name }: cards are shown by DingTalk's public template; nobody promises that it stays.
    [links] { $name }: no cards; one-to-one messages have links that write the words for you.
   *[text] { $name }: no cards; every message says what to reply.
}
check-messenger-memory = { $name }: the file of memory, { $file }, cannot be used ({ $reason }).
check-messenger-month = { $name }: { $calls } of { $most } API calls used this month.
hidden-everybody = { $name } does not show the whole organisation ({ $why }). Whom it keeps back is known here only once they write to the bot.
hidden-departments = { $places ->
    [none] { $name } does not show the departments, or not by name ({ $why }): people belong to none, and no head hears of what is at risk.
   *[some] { $name } does not show what is below { $where } ({ $why }).
}
hidden-heads = { $name } does not show who heads a department and what is below what ({ $why }). Until it does, no head hears of what is at risk, unless you import them.
hidden-places = { $name } does not show who is in which department ({ $why }). Until it does, people belong to none, unless you import it.
hidden-people = { $places ->
    [none] { $name } does not show some people ({ $why }).
   *[some] { $name } does not show the people of { $where } ({ $why }).
}
hidden-names = { $name } does not show what people are called ({ $why }).
hidden-emails = { $name } does not show e-mail addresses ({ $why }). People whom you import are not recognised without.
hidden-leavers = { $name } does not show who has left ({ $why }). It is noticed only when the messenger says so at that moment.

# --- due -------------------------------------------------------------------------------------------------------------
due-language = "{ $value }" is no language here. There are { $known }.
due-zone = "{ $value }" is no time zone. A zone is named like Asia/Shanghai.
due-now = "{ $value }" is no moment. Write it like 2026-11-20T10:30 or 2026-11-20T10:30+08:00.

# --- export ----------------------------------------------------------------------------------------------------------
export-format = There is no format "{ $value }". There are { $known }.
export-screen = A spreadsheet is nothing to read on a screen; please name a file, as in --to items.xlsx.
export-done = { $count ->
    [one] 1 action item written to { $file }.
   *[other] { $count } action items written to { $file }.
}
export-bar = Writing action items
export-person = There is nobody called "{ $value }"; please give the full name.
column-number = Number
column-light = Light
column-status = Status
column-action = Action
column-owner = Owner
column-department = Department
column-supporters = Supporters
column-tracker = Tracker
column-assigner = Assigned by
column-due = Due day
column-due-time = Due hour
column-first-due = First due day
column-postponements = Postponed
column-criterion = Done when
column-place = Place
column-source = From
column-priority = Priority
column-created = Recorded
column-finished = Finished
column-deliverables = Deliverable
column-remarks = Remarks

# --- import people ---------------------------------------------------------------------------------------------------
import-counts = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}: { $new } new, { $changed } changed, { $same } as they are.
import-more = … and { $more } more rows.
import-row = Row
import-column-name = Name
import-column-email = E-mail
import-column-department = Department
import-column-head = Head
import-column-timezone = Time zone
import-column-language = Language
import-column-accounts = Accounts
import-new = new
import-update = changed
import-same = as is
import-yes = yes
import-wrong = Row { $row }{ $column }: { $what }
import-in-column = , column { $column }
import-nothing-written = { $wrong ->
    [one] Nothing was written. Mend this cell and import again.
   *[other] Nothing was written. Mend these { $wrong } cells and import again.
}
import-no-change = Everybody is there already; nothing to write.
import-ask = Write this?
import-not-confirmed = Nothing was written. To write without being asked: --yes
import-written = { $people ->
    [one] 1 person written, { $new } of them new.
   *[other] { $people } people written, { $new } of them new.
}
import-empty = { $file } is empty. The first row names the columns: name, email, department, head, timezone, language, accounts.
import-nobody = { $file } names nobody: there is no row below the headings.
import-no-name = { $file } has no column "name" (or 姓名) in its first row.
import-encoding = { $file } is no text in UTF-8, GB18030, Big5 or UTF-16. Save it as "CSV UTF-8".
import-not-csv = { $file } is not CSV: a quotation mark is not closed. Save it as "CSV UTF-8" from a spreadsheet.
import-column-twice = this column comes twice. Keep one.
import-column-unknown = there is no such column. Did you mean { $nearest }?
import-too-many-cells = { $cells } cells under { $columns } headings. A comma inside a cell needs quotation marks around it.
import-too-long = longer than { $limit } characters. Shorten it.
import-nameless = the name is missing.
import-email = "{ $value }" is no e-mail address.
import-zone = "{ $value }" is no time zone. A zone is named like Asia/Shanghai.
import-language = "{ $value }" is no language here. Write zh-Hans, zh-Hant or en.
import-account = "{ $value }" is no account. Write messenger:id, several with ; between them; messengers are { $messengers }.
import-head-of-nothing = a head needs a department in the same row.
import-twice = the same as in row { $row }. Keep one of them.
import-namesakes = several people are called { $name }. Give the e-mail address, so that it is clear who is meant.
import-account-taken = { $account } belongs to { $name }. Take it from one of them.
import-head-unknown = nobody is called "{ $value }", in this file or in the workplace.
import-head-namesakes = several people are called "{ $value }". Write "yes" in the row of the one who heads the department.
import-two-heads = { $department } already has { $other } as its head in this file. A department has one.

# --- sync people -----------------------------------------------------------------------------------------------------
sync-read = { $name }: { $people ->
    [one] 1 person
   *[other] { $people } people
} and { $departments ->
    [one] 1 department
   *[other] { $departments } departments
} read. { $new ->
    [0] Nobody is new
    [one] 1 person is new
   *[other] { $new } people are new
}, { $gone ->
    [0] nobody has left
    [one] 1 has left
   *[other] { $gone } have left
}, { $arranged ->
    [0] no department has changed
    [one] 1 department has changed
   *[other] { $arranged } departments have changed
}.
sync-away = { $name }: nothing was read, and nothing changed: { $reason }
sync-nobody = No messenger with a directory is configured; there is nothing to read. People come from a file by `bihuan import people`.

# --- migrate, backup, restore ----------------------------------------------------------------------------------------
migrate-done = { $steps ->
    [0] The database was at this version already.
    [one] The database is at this version now, after 1 step.
   *[other] The database is at this version now, after { $steps } steps.
}
backup-done = { $file } written, { $size } MB.
backup-exists = { $file } is there already and is not overwritten. Choose another name.
backup-server = Backup and restore are for SQLite. For PostgreSQL use pg_dump and pg_restore.
no-database = There is no database { $file }. A file in database.url is looked for in the folder where the command is run: run it where the workplace runs.
backup-bar = Copying the database
restore-ask = Replace { $file } by the backup? The present file is kept beside it.
restore-not-confirmed = Nothing was changed. To replace without being asked: --yes
restore-done = { $file } is restored. What was there is kept as { $before }
restore-done-new = { $file } is restored.
restore-runs = The workplace is running, at { $address }. Stop it before restoring.
restore-unusable = Nothing was changed: { $reason }.

# --- chat ------------------------------------------------------------------------------------------------------------
chat-begin = Type as in any chat, for example help or /action. /as NAME changes who speaks, /in ROOM where, /time +1d the demo's clock; Ctrl+D ends it.
chat-nobody = Nobody is exactly "{ $name }". There are: { $people }.
