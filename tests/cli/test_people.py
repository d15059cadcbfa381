"""`bihuan import people`: shown first, wrong cells named, all or nothing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.sheet import Unreadable, read
from bot.domain.action import Action, Due, State
from bot.domain.alarms import Timetable, moments
from bot.operations import organisation
from bot.people import Account, Division, Person, Profile

SHEET = """name,email,department,head,timezone,language,accounts
Ann,ann@example.com,Sales,yes,Europe/Berlin,en,web:ann;slack:U1
李四,li@example.com,客服部,,Asia/Shanghai,zh-Hans,
Bo,bo@example.com,客服部,李四,,,
"""
NOW = datetime(2026, 11, 18, 2, tzinfo=UTC)
KNOWN = ("web", "shell", "slack")


def test_a_preview_writes_nothing(shop):
    result = shop.types("import", "people", kept(shop, SHEET))
    assert result.exit_code == 1
    assert "3 rows: 3 new" in result.stdout
    assert "--yes" in result.stderr
    assert shop.people().people == {}


def test_people_departments_and_heads_arrive_together(shop):
    result = shop.types("import", "people", kept(shop, SHEET), "--yes")
    assert (result.exit_code, "3 people written, 3 of them new" in result.stdout) == (0, True)
    directory = shop.people()
    ann, li, bo = (directory.named(name) for name in ("Ann", "李四", "Bo"))
    assert (ann.timezone, ann.language, ann.accounts) == (
        "Europe/Berlin",
        "en",
        (Account("web", "ann"), Account("slack", "U1")),
    )
    assert (bo.timezone, bo.language) == ("Asia/Shanghai", "zh-Hans")
    assert directory.head(ann.department) == ann.id
    assert directory.head(bo.department) == li.id == directory.head(li.department)


def test_the_same_file_again_changes_nothing(shop):
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    before = shop.people()
    result = shop.types("import", "people", kept(shop, SHEET), "--yes")
    assert result.exit_code == 0
    assert "0 new, 0 changed, 3 as they are" in result.stdout
    assert shop.people().people == before.people


def test_an_address_is_the_person_and_an_empty_cell_leaves_what_is_there(shop):
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    result = shop.types("import", "people", kept(shop, "name,email,department\nAnn Bell,ANN@example.com,\n"), "--yes")
    assert "0 new, 1 changed" in result.stdout
    ann = shop.people().by_email("ann@example.com")
    assert (ann.name, ann.timezone, len(ann.accounts)) == ("Ann Bell", "Europe/Berlin", 2)
    assert shop.people().department_of(ann.id).name == "Sales"
    assert len(shop.people().people) == 3


def test_of_headings_alone_only_what_is_wrong_is_said(shop):
    result = shop.types("import", "people", kept(shop, "name,emial\n"))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == ["Row 1, column emial: there is no such column. Did you mean email?"]


def test_one_wrong_cell_and_nobody_is_written(shop):
    result = shop.types("import", "people", kept(shop, SHEET + "Cy,not-an-address,,,,,\n"), "--yes")
    assert result.exit_code == 1
    assert "Row 5, column email" in result.stdout
    assert "Nothing was written" in result.stderr
    assert shop.people().people == {}


@pytest.mark.parametrize(
    ("rows", "where", "sentence"),
    [
        ("name,emial\nA,x", (1, "emial"), "import-column-unknown"),
        ("name,name\nA,B", (1, "name"), "import-column-twice"),
        ("name,email\n,a@b.co", (2, "name"), "import-nameless"),
        ("name,email\nA,a@b", (2, "email"), "import-email"),
        ("name,timezone\nA,Mars/Base", (2, "timezone"), "import-zone"),
        ("name,language\nA,klingon", (2, "language"), "import-language"),
        ("name,accounts\nA,icq:1", (2, "accounts"), "import-account"),
        ("name,accounts\nA,web:", (2, "accounts"), "import-account"),
        ("name,head\nA,yes", (2, "head"), "import-head-of-nothing"),
        ("name\nA,B", (2, ""), "import-too-many-cells"),
        (f"name\n{'x' * 81}", (2, "name"), "import-too-long"),
    ],
)
def test_each_wrong_cell_is_named_by_row_and_column(rows, where, sentence):
    _, wrong = read(rows.encode(), KNOWN)
    assert [(one.row, one.column, one.text) for one in wrong] == [(*where, sentence)]


@pytest.mark.parametrize(
    ("rows", "where"),
    [
        ("Ann,a@b.co,,,\nBo,A@B.co,,,\n", "Row 3, column email: the same as in row 2"),
        ("Ann,,,,web:1\nBo,,,,web:1\n", "Row 3, column accounts: the same as in row 2"),
        ("Ann,,,,\nAnn,,,,\n", "Row 3, column name: the same as in row 2"),
        ("Ann,,Sales,yes,\nBo,,Sales,yes,\n", "Row 3, column head: Sales already has Ann"),
        ("Ann,,Sales,Zed,\n", 'Row 2, column head: nobody is called "Zed"'),
    ],
)
def test_what_contradicts_between_rows(shop, rows, where):
    result = shop.types("import", "people", kept(shop, f"name,email,department,head,accounts\n{rows}"), "--yes")
    assert result.exit_code == 1
    assert where in result.stdout


def test_an_account_is_not_taken_from_somebody_else(shop):
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    result = shop.types("import", "people", kept(shop, "name,email,accounts\n李四,li@example.com,web:ann\n"), "--yes")
    assert "web:ann belongs to Ann" in result.stdout
    assert result.exit_code == 1


def test_namesakes_need_an_address(shop):
    shop.types("import", "people", kept(shop, "name,email\nAnn,a@b.co\nAnn,c@d.co\n"), "--yes")
    assert "several people are called Ann" in shop.types("import", "people", kept(shop, "name\nAnn\n"), "--yes").stdout


def test_a_spreadsheet_is_read_as_it_was_saved():
    """Excel's CSV in Beijing, Taipei and Berlin, its "CSV UTF-8" and its "Unicode Text"."""
    simplified = ("姓名,邮箱,部门", "张三,z@example.com,产品部"), ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    traditional = ("姓名,郵箱,部門", "張三,z@example.com,產品部"), ("utf-8", "gb18030", "big5", "utf-16")
    for lines, encodings in (simplified, traditional):
        for separator in ",;\t":
            for encoding in encodings:
                rows, wrong = read("\r\n".join(lines).replace(",", separator).encode(encoding), KNOWN)
                found = [f"{row.name},{row.email},{row.department}" for row in rows]
                assert (found, wrong) == ([lines[1]], []), (encoding, separator)


def test_a_chinese_spreadsheet_becomes_people(shop):
    table = [["姓名", "邮箱", "部门", "负责人", "语言"], ["张三", "zhang@example.com", "产品部", "是", "简体中文"]]
    path = shop.folder / "people.csv"
    path.write_bytes("\r\n".join(",".join(row) for row in table).encode("gb18030"))
    assert shop.types("import", "people", str(path), "--yes").exit_code == 0
    person = shop.people().by_email("zhang@example.com")
    assert (person.name, person.language, shop.people().head(person.department)) == ("张三", "zh-Hans", person.id)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xff\xff", b'name\n"open', b"email\na@b.co\n", b"name,email\n,\n"]
)
def test_what_is_no_table_of_people(content):
    with pytest.raises(Unreadable):
        read(content, KNOWN)


@given(st.binary(max_size=200))
def test_whatever_the_file_holds_it_is_read_or_refused(content):
    try:
        rows, wrong = read(b"name,email,head\n" + content, KNOWN)
    except Unreadable:
        return
    assert all(row.name or any(one.row == row.number for one in wrong) for row in rows)


@given(st.text(max_size=30))
def test_characters_that_hide_or_turn_words_do_not_come_in(name):
    rows, _ = read(f'name\nBo\n"{name.replace(chr(34), "")}"'.encode("utf-8", "ignore"), KNOWN)
    assert not any(sign in row.name for row in rows for sign in "\0\x07\u200b\u202e\u2066")


def test_an_admin_of_the_configuration_is_one_from_the_start(shop):
    shop.configures('workplace.admins = ["Ann@example.com"]')
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    assert [person.admin for person in shop.people().people.values()] == [True, False, False]


def test_an_import_makes_an_admin_of_whom_the_configuration_names_by_now_and_of_nobody_else(shop):
    shop.configures('workplace.admins = ["ann@example.com"]')
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    shop.configures('workplace.admins = ["li@example.com"]')
    shop.types("import", "people", kept(shop, SHEET.replace("Sales", "Marketing").replace("客服部", "客服")), "--yes")
    assert {person.name: person.admin for person in shop.people().people.values()} == {
        "Ann": False, "李四": True, "Bo": False,
    }  # fmt: skip


def test_a_new_zone_moves_open_days_with_their_alarms(shop):
    """A4 row 14: the same day and hour, by the new clock."""
    shop.types("import", "people", kept(shop, SHEET), "--yes")
    owner = shop.people().named("Ann").id
    due = datetime(2030, 11, 27, 17, tzinfo=UTC)  # 18:00 in Berlin
    now = datetime(2030, 11, 1, tzinfo=UTC)

    def record(records):
        action = records.actions.add(
            Action("x", owner, owner, owner, Due(due.date(), due), due.date(), now, now, state=State.IN_PROGRESS)
        )
        core = core_of(shop)
        table = Timetable(records.people.directory(), core.calendar, core.rules)
        records.alarms.replace({action.label: moments(action, now, table)}, now)
        return action.number, records.alarms.next_at()

    number, alarm = shop.reads(record)
    moved = SHEET.replace("Europe/Berlin", "America/New_York")
    assert shop.types("import", "people", kept(shop, moved), "--yes").exit_code == 0
    action, later = shop.reads(lambda records: (records.actions.get(number), records.alarms.next_at()))
    assert action.due.at == datetime(2030, 11, 27, 23, tzinfo=UTC)
    assert later > alarm


@pytest.mark.parametrize(
    "sheet", ["name,department,head\nAnn,Sales,yes\n", "name,department,head\nAnn,Sales,Bo\nBo,,\n"]
)
def test_what_a_file_says_is_no_directorys_any_more(shop, sheet):
    """Also when it says what the directory had said: then there is nothing to write, and yet it is settled."""

    def directory_says(division: str, head: str):
        def work(records):
            divisions = [Division("paper", "d1", "Sales", heads=(head,)), Division("paper", "d2", "Board")]
            organisation.arrange(records, "paper", divisions)
            profile = Profile(Account("paper", "ann"), "Ann", division=division)
            organisation.settle(records, "paper", [profile], core_of(shop), NOW)

        shop.reads(work)

    for name in ("ann", "bo"):
        whom = Person(0, name.title(), "UTC", "en", accounts=(Account("paper", name),))
        shop.reads(lambda records, whom=whom: records.people.save(whom))
    head, other = ("ann", "bo") if "yes" in sheet else ("bo", "ann")
    directory_says("d1", head)
    before = shop.people()
    result = shop.types("import", "people", kept(shop, sheet), "--yes")
    assert result.exit_code == 0, result.stderr
    directory_says("d2", other)
    after = shop.people()
    assert (after.people, after.departments) == (before.people, before.departments)


def core_of(shop):
    from bot.config import load

    return load(shop.config).core()


def kept(shop, text: str) -> str:
    path = shop.folder / "people.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)
