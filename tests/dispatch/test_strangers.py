"""Who somebody is: met once through their messenger, known by address in the next one, welcomed, and gone (T4, A14)."""

from msgspec.structs import replace

from bot.cards import plain
from bot.errors import Undeliverable
from bot.messenger import Attachment, Incoming, Joined, Said
from bot.people import Account, Person, Place, Profile, Room
from tests.paper import PaperMessenger


def says(office, account, what, room=None):
    id = f"x{next(office.numbers)}"
    return office.receives(Incoming(id, office.clock.now(), Place("paper", room), account, what))


def knows(office, **profile):
    """The messenger knows an account that the workplace has not met."""
    account = Account("paper", f"new{next(office.numbers)}")
    office.paper.profiles[account.user_id] = Profile(account, **profile)
    return account


def kept(office, person):
    """Somebody whom no messenger has told of."""
    return office.runner.run(office.store.write(lambda records: records.people.save(person)))


def named(office, name):
    found = [person for person in office.people() if person.name == name]
    assert len(found) == 1, found
    return found[0]


def test_a_new_face_is_introduced_by_its_messenger(office, cast):
    account = knows(
        office, name="Anna", email="anna@example.com", department="技术部", timezone="Europe/Berlin", language="en-GB"
    )
    answer = says(office, account, Said("/whoami"))
    assert answer.title == "You are Anna"
    anna = named(office, "Anna")
    assert (anna.timezone, anna.language, anna.department) == ("Europe/Berlin", "en", cast.li.person.department)
    assert not anna.admin


def test_a_known_address_joins_the_person(office, cast):
    """Who was imported, or comes from another messenger, is not made twice."""
    kept(office, Person(0, "钱八", "Asia/Shanghai", "zh-Hans", "qian@example.com"))
    account = knows(office, name="钱八（微信名）", email="qian@example.com")
    says(office, account, Said("/whoami"))
    assert named(office, "钱八").accounts == (account,)
    assert len(office.people()) == 4


def test_what_the_messenger_does_not_say_is_the_workplaces(office, cast):
    says(office, knows(office, name="钱八"), Said("/whoami"))
    person = named(office, "钱八")
    assert (person.timezone, person.language) == ("Asia/Shanghai", "zh-Hans")


def test_who_it_is_cannot_be_known_now(office, cast):
    """Nothing is done in a name that was guessed; the next try succeeds."""
    account = knows(office, name="钱八")
    office.paper.silent = True
    assert "没有记录成功" in plain(says(office, account, Said("/whoami")))
    assert "钱八" not in [one.name for one in office.people()]
    office.paper.silent = False
    assert says(office, account, Said("/whoami")).title == "你是钱八"


def test_nobody_known_by_that_id_is_called_by_it(office, cast):
    assert says(office, Account("paper", "ghost"), Said("/whoami")).title == "你是 ghost"


def test_an_admin_of_the_configuration_is_one(office, cast):
    says(office, knows(office, name="管理员", email="admin@example.com"), Said("/whoami"))
    assert named(office, "管理员").admin


def test_an_admin_is_known_by_their_address_however_it_is_written(office, cast):
    says(office, knows(office, name="管理员", email="Admin@Example.com"), Said("/whoami"))
    assert named(office, "管理员").admin


def test_an_imported_person_whom_the_configuration_names_is_an_admin_when_they_come(office, cast):
    kept(office, Person(0, "管理员", "Asia/Shanghai", "zh-Hans", "admin@example.com"))
    says(office, knows(office, name="管理员", email="admin@example.com"), Said("/whoami"))
    assert named(office, "管理员").admin


def test_a_name_that_reads_like_an_address_gets_nobodys_account(office, cast):
    """Everybody chooses their own name in a messenger; whose address it is does not follow from it."""
    says(office, knows(office, name="qian@example.com"), Said("/whoami"))
    account = knows(office, name="钱八", email="qian@example.com")
    says(office, account, Said("/whoami"))
    assert named(office, "钱八").accounts == (account,)


def test_meeting_somebody_is_part_of_the_same_event(office, cast):
    """The first thing they say is done, not only that they are known now."""
    account = knows(office, name="钱八", department="技术部")
    says(office, account, Said("/action add 输出流程 @李四 下周五"))
    assert office.action(1).assigner == named(office, "钱八").id


def test_a_refused_first_word_is_still_a_first_meeting(office, cast):
    account = knows(office, name="钱八")
    assert says(office, account, Said("/action accept A-9")).title.startswith("没有 A-9")
    assert named(office, "钱八").accounts == (account,)


def test_the_first_words(office, cast):
    assert cast.li.opens_chat().startswith("Office：在这里记行动项")
    room = Room("paper", "r9", "产品")
    assert says(office, cast.li.account, Joined(), room).title == "在这里记行动项"
    assert room in office.runner.run(office.store.read(lambda records: records.people.directory())).rooms


def test_somebody_whose_account_was_closed_does_nothing_here(office, cast):
    cast.zhang.types("/action add 输出流程 @李四 下周五")
    gone = replace(cast.li.person, active=False)
    office.runner.run(office.store.write(lambda records: records.people.save(gone)))
    assert cast.li.types("/action accept A-1").startswith("你的账号在这里已停用，请联系管理员。")
    assert cast.li.types("/action list").startswith("你的账号在这里已停用")
    assert office.action(1).version == 1


def test_a_messenger_that_cannot_say_who_it_is_does_not_lose_the_event(office, cast):
    class Silent(PaperMessenger):
        async def person(self, user_id):
            raise Undeliverable("not in the scope of this app")

    office.dispatch.messengers = {"paper": Silent()}
    assert says(office, Account("paper", "u77"), Said("/action add 输出流程 @李四 下周五")).title == "已记录 A-1"


# --- names that somebody else wrote: a messenger's profile, a room's title, a file ---

CUT = "小明\ud83d"
"""A name that was cut in the middle of an emoji."""


def test_a_name_is_kept_as_words_are_whatever_the_messenger_gives(office, cast):
    says(office, knows(office, name=f"\u202e{CUT}\x00\n"), Said("/whoami"))
    assert named(office, "小明\ufffd")


def test_who_looks_like_somebody_is_a_namesake_and_told_apart(office, cast):
    """Zero-width marks made another of them, whose cards read as the first one's."""
    for name in ("李\u200b四", "李\u200d四\u2060", "\u200c李四"):
        says(office, knows(office, name=name), Said("/whoami"))
    assert len({person.id for person in office.people() if person.name == "李四"}) == 4
    assert "不止一位" in cast.zhang.types("/action add 输出流程 @李四 下周五")


def test_a_family_in_a_name_stays_together(office, cast):
    says(office, knows(office, name="👨\u200d👩\u200d👧 می\u200cخواهم"), Said("/whoami"))
    assert named(office, "👨\u200d👩\u200d👧 می\u200cخواهم")


def test_a_name_that_no_eye_sees_is_the_accounts(office, cast):
    account = knows(office, name="\u200b")
    assert says(office, account, Said("/whoami")).title == f"你是 {account.user_id}"


def test_a_rooms_name_is_cleaned_and_its_newest(office, cast):
    for name in ("产品\ud83d", "产品规划", "产品规划\x00", ""):
        says(office, cast.li.account, Said("/action add 输出流程 @李四 下周五"), Room("paper", "r9", name))
    known = office.runner.run(office.store.read(lambda records: records.people.directory())).rooms
    assert [(room.id, room.name) for room in known] == [("r9", "产品规划")]
    assert office.action(1).room.name == "产品\ufffd"


def test_a_files_name_is_cleaned(office, cast):
    says(office, cast.li.account, Said("/action add 输出流程 @李四 下周五"))
    said = Said("完成 A-1", attachments=(Attachment(f"{CUT}.pdf", "https://files.example/1"),))
    answer = says(office, cast.li.account, said)
    assert "没有记录成功" not in plain(answer)
    assert office.record(1) == ["李四 add", "李四 submit"]
