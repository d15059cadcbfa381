BEGIN TRANSACTION;
CREATE TABLE accounts (
	messenger TEXT NOT NULL, 
	user_id TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	place INTEGER NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (messenger, user_id)
)
 WITHOUT ROWID

;
INSERT INTO "accounts" VALUES('web','Zhang',1,0);
INSERT INTO "accounts" VALUES('web','李四',2,0);
CREATE TABLE actions (
	number INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	text TEXT NOT NULL, 
	owner INTEGER NOT NULL, 
	assigner INTEGER NOT NULL, 
	tracker INTEGER NOT NULL, 
	department INTEGER, 
	due_day DATE NOT NULL, 
	due_at BIGINT NOT NULL, 
	due_time TIME, 
	due_reckoned TEXT, 
	first_due DATE NOT NULL, 
	created_at BIGINT NOT NULL, 
	asked_at BIGINT NOT NULL, 
	supporters TEXT NOT NULL, 
	criterion TEXT NOT NULL, 
	place TEXT NOT NULL, 
	source TEXT NOT NULL, 
	meeting TEXT NOT NULL, 
	room_messenger TEXT, 
	room_id TEXT, 
	room_name TEXT, 
	priority TEXT NOT NULL, 
	cadence TEXT NOT NULL, 
	postponements INTEGER NOT NULL, 
	block TEXT, 
	deliverables TEXT NOT NULL, 
	note TEXT NOT NULL, 
	note_at BIGINT, 
	submitted_at BIGINT, 
	finished_at BIGINT, 
	snoozed_until BIGINT, 
	nudged_at BIGINT, 
	changed_at BIGINT, 
	CONSTRAINT pk_actions PRIMARY KEY (number)
);
INSERT INTO "actions" VALUES(1,2,'blocked','写季度报告',1,2,3,1,'2026-11-25',1795600800000000,NULL,NULL,'2026-11-25',1795253400000000,1795253400000000,'[{"person":2}]','','','{"meeting":"Weekly","topic":"Budget","quote":"as said","quoted_from":"Li","url":"https://x.cn/1"}','Weekly','web','product','Product','normal','weekly',0,'{"reason":"no budget","resolver":2,"until":"2026-12-01"}','[{"text":"draft","url":"https://x.cn/2"}]','soon',1795253400000000,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "actions" VALUES(2,1,'done','Done',1,2,3,NULL,'2026-11-25',1795600800000000,NULL,'{"phrase":"5个工作日","at":"2026-11-21T09:30:00Z","zone":"Asia/Shanghai"}','2026-11-25',1795253400000000,1795253400000000,'[]','','','{}','',NULL,NULL,NULL,'normal','weekly',0,NULL,'[]','',NULL,NULL,1795253400000000,NULL,NULL,NULL);
CREATE TABLE alarms (
	subject TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	due_at BIGINT NOT NULL, 
	person INTEGER NOT NULL, 
	rung_at BIGINT, 
	CONSTRAINT pk_alarms PRIMARY KEY (subject, occasion)
)
 WITHOUT ROWID

;
INSERT INTO "alarms" VALUES('A-1','due:2026-11-25',1795339800000000,1,NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE departments (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	head INTEGER, 
	parent INTEGER, 
	room_messenger TEXT, 
	room_id TEXT, 
	room_name TEXT, 
	CONSTRAINT pk_departments PRIMARY KEY (id)
);
INSERT INTO "departments" VALUES(1,'产品部',1,NULL,'web','product','Product');
CREATE TABLE history (
	id INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	"by" INTEGER NOT NULL, 
	verb TEXT NOT NULL, 
	why TEXT NOT NULL, 
	"before" TEXT, 
	"after" TEXT, 
	refused BOOLEAN NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id)
);
INSERT INTO "history" VALUES(1,'A-1',1795253400000000,1,'add','',NULL,'{"text":"写季度报告","owner":1,"assigner":2,"tracker":3,"due":{"day":"2026-11-25","at":"2026-11-25T10:00:00Z"},"first_due":"2026-11-25","created_at":"2026-11-21T09:30:00Z","asked_at":"2026-11-21T09:30:00Z","number":1,"department":1,"supporters":[{"person":2}],"source":{"meeting":"Weekly","topic":"Budget","quote":"as said","quoted_from":"Li","url":"https://x.cn/1"},"room":{"messenger":"web","id":"product","name":"Product"},"block":{"reason":"no budget","resolver":2,"until":"2026-12-01"},"deliverables":[{"text":"draft","url":"https://x.cn/2"}],"note":"soon","note_at":"2026-11-21T09:30:00Z"}',0);
INSERT INTO "history" VALUES(2,'A-1',1795253400000000,1,'block','no
budget','{"text":"写季度报告","owner":1,"assigner":2,"tracker":3,"due":{"day":"2026-11-25","at":"2026-11-25T10:00:00Z"},"first_due":"2026-11-25","created_at":"2026-11-21T09:30:00Z","asked_at":"2026-11-21T09:30:00Z","number":1,"department":1,"supporters":[{"person":2}],"source":{"meeting":"Weekly","topic":"Budget","quote":"as said","quoted_from":"Li","url":"https://x.cn/1"},"room":{"messenger":"web","id":"product","name":"Product"},"block":{"reason":"no budget","resolver":2,"until":"2026-12-01"},"deliverables":[{"text":"draft","url":"https://x.cn/2"}],"note":"soon","note_at":"2026-11-21T09:30:00Z"}','{"text":"写季度报告","owner":1,"assigner":2,"tracker":3,"due":{"day":"2026-11-25","at":"2026-11-25T10:00:00Z"},"first_due":"2026-11-25","created_at":"2026-11-21T09:30:00Z","asked_at":"2026-11-21T09:30:00Z","number":1,"state":"blocked","version":2,"department":1,"supporters":[{"person":2}],"source":{"meeting":"Weekly","topic":"Budget","quote":"as said","quoted_from":"Li","url":"https://x.cn/1"},"room":{"messenger":"web","id":"product","name":"Product"},"block":{"reason":"no budget","resolver":2,"until":"2026-12-01"},"deliverables":[{"text":"draft","url":"https://x.cn/2"}],"note":"soon","note_at":"2026-11-21T09:30:00Z"}',0);
INSERT INTO "history" VALUES(3,'A-2',1795253400000000,2,'approve','',NULL,NULL,1);
CREATE TABLE inbox (
	messenger TEXT NOT NULL, 
	id TEXT NOT NULL, 
	at BIGINT NOT NULL, 
	answer TEXT, 
	CONSTRAINT pk_inbox PRIMARY KEY (messenger, id)
);
INSERT INTO "inbox" VALUES('web','e1',1795253400000000,NULL);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	person INTEGER, 
	room_messenger TEXT, 
	room_id TEXT, 
	room_name TEXT, 
	moment TEXT NOT NULL, 
	subjects TEXT NOT NULL, 
	args TEXT NOT NULL, 
	urgent BOOLEAN NOT NULL, 
	not_before BIGINT NOT NULL, 
	fate TEXT NOT NULL, 
	due_at BIGINT, 
	token TEXT, 
	attempts INTEGER NOT NULL, 
	first_tried_at BIGINT, 
	wanted INTEGER NOT NULL, 
	made INTEGER NOT NULL, 
	posted_messenger TEXT, 
	posted_conversation TEXT, 
	posted_id TEXT, 
	posted_at BIGINT, 
	settled_at BIGINT, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
INSERT INTO "outbox" VALUES(1,'k',1,NULL,NULL,NULL,'request','["A-1"]','{}',0,1795253400000000,'pending',1795253400000000,NULL,0,NULL,0,0,NULL,NULL,NULL,NULL,NULL,'');
CREATE TABLE outbox_subjects (
	subject TEXT NOT NULL, 
	notice INTEGER NOT NULL, 
	CONSTRAINT pk_outbox_subjects PRIMARY KEY (subject, notice)
)
 WITHOUT ROWID

;
INSERT INTO "outbox_subjects" VALUES('A-1',1);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	timezone TEXT NOT NULL, 
	language TEXT NOT NULL, 
	email TEXT NOT NULL, 
	department INTEGER, 
	prefers TEXT NOT NULL, 
	active BOOLEAN NOT NULL, 
	admin BOOLEAN NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id)
);
INSERT INTO "people" VALUES(1,'Zhang San','Asia/Shanghai','zh-Hans','',1,'',1,0);
INSERT INTO "people" VALUES(2,'李四','Asia/Shanghai','zh-Hans','',1,'',1,0);
CREATE TABLE questions (
	person INTEGER NOT NULL, 
	place TEXT NOT NULL, 
	room_name TEXT NOT NULL, 
	form TEXT NOT NULL, 
	asked_at BIGINT NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY (person, place)
);
CREATE TABLE rooms (
	messenger TEXT NOT NULL, 
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_rooms PRIMARY KEY (messenger, id)
);
INSERT INTO "rooms" VALUES('web','product','Product');
CREATE TABLE settings (
	scope TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (scope, "key")
);
INSERT INTO "settings" VALUES('workplace','a','kept through it all');
CREATE TABLE stamps (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_stamps PRIMARY KEY (name)
);
INSERT INTO "stamps" VALUES('people','de91cc6e7fd9f6c6');
CREATE INDEX ix_accounts_person ON accounts (person);
CREATE INDEX ix_actions_assigner ON actions (assigner, due_at);
CREATE INDEX ix_actions_department ON actions (department, due_at);
CREATE INDEX ix_actions_owner ON actions (owner, due_at);
CREATE INDEX ix_actions_room ON actions (room_id, due_at);
CREATE INDEX ix_actions_tracker ON actions (tracker, due_at);
CREATE INDEX ix_actions_due ON actions (due_at);
CREATE INDEX ix_actions_reckoned ON actions (due_at) WHERE due_reckoned IS NOT NULL;
CREATE INDEX ix_alarms_due ON alarms (due_at, person) WHERE rung_at IS NULL;
CREATE INDEX ix_alarms_rung ON alarms (rung_at) WHERE rung_at IS NOT NULL;
CREATE INDEX ix_history_by ON history ("by", id);
CREATE INDEX ix_history_subject ON history (subject, id);
CREATE INDEX ix_inbox_at ON inbox (at);
CREATE INDEX ix_outbox_due ON outbox (urgent, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX ix_outbox_posted ON outbox (posted_id) WHERE posted_id IS NOT NULL;
COMMIT;
