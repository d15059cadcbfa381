"""Who wins: a directory fills in what is empty and changes only what it filled in itself; what people settled stays."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from bot.operations import organisation
from bot.people import Account, Department, Division, Person, Profile
from bot.store import Listing
from tests.operations.bench import Firm


class Company(Firm):
    """The firm, and what directories say of it: 技术部 headed by 王五, 客服部 by nobody, and everybody's account by name."""

    def hears(self, *divisions: Division, messenger: str = "paper") -> int:
        """How many departments are new or changed. What it says changes something must, and the other way round."""
        changes = self.keeps(lambda records: organisation.rearranges(records, messenger, divisions))
        changed = self.keeps(lambda records: organisation.arrange(records, messenger, divisions))
        assert bool(changed) == changes
        return changed

    def sees(self, *profiles: Profile, messenger: str = "paper") -> list[str]:
        """The names of who has left."""
        unsettled = self.keeps(lambda records: organisation.unsettled(records, messenger, profiles))
        gone = self.keeps(
            lambda records: organisation.settle(records, messenger, unsettled, self.workplace, self.now)
        )  # fmt: skip
        return [person.name for person in gone]

    def department(self, name: str) -> Department:
        found = self.keeps(lambda records: records.people.directory().department(name))
        assert found is not None, f"there is no {name}"
        return found

    def departments(self) -> list[Department]:
        return list(self.keeps(lambda records: records.people.directory()).departments.values())

    def headed_by(self, name: str) -> str:
        directory = self.keeps(lambda records: records.people.directory())
        head = self.department(name).head
        return directory.person(head).name if head is not None else ""

    def place(self, who: Person) -> str:
        found = self.keeps(lambda records: records.people.directory().department_of(who.id))
        return found.name if found else ""

    def is_here(self, who: Person) -> bool:
        return self.keeps(lambda records: records.people.directory().person(who.id).active)

    def appoints(self, department: str, who: Person | None) -> None:
        """By hand."""
        kept = replace(self.department(department), head=who.id if who else None)
        self.keeps(lambda records: records.people.save_department(kept))


@pytest.fixture
def company(tmp_path) -> Iterator[Company]:
    company = Company(tmp_path)
    yield company
    company.closes()


def tech(name: str = "平台部", parent: str | None = "", heads: tuple[str, ...] | None = ()) -> Division:
    return Division("paper", "d1", name, parent, heads)


def seen(
    who: Person, division: str | None, *, active: bool = True, messenger: str = "paper", name: str = ""
) -> Profile:
    account = next(one for one in who.accounts if one.messenger == messenger)
    return Profile(account, who.name, department=name, division=division, active=active)


# --- departments ---


def test_a_division_becomes_a_department_with_parent_and_head(company):
    assert company.hears(tech(heads=("孙七",)), Division("paper", "d2", "基础组", "d1")) == 2
    assert company.headed_by("平台部") == "孙七"
    assert company.department("基础组").parent == company.department("平台部").id


def test_the_same_again_changes_nothing(company):
    divisions = (tech(heads=("孙七",)), Division("paper", "d2", "基础组", "d1"))
    company.hears(*divisions)
    before = company.keeps(lambda records: records.people.directory())
    assert company.hears(*divisions[::-1]) == 0
    assert company.keeps(lambda records: records.people.directory()) is before


def test_a_department_of_its_name_is_taken_over_and_keeps_what_it_has(company):
    company.hears(tech("技术部", heads=("孙七",)), Division("paper", "d2", "客服部", "", ("周八",)))
    assert len(company.departments()) == 2
    assert company.headed_by("技术部") == "王五", "the head that was given by hand stays"
    assert company.headed_by("客服部") == "周八", "what was empty is filled in"
    company.hears(tech("研发部", heads=("孙七",)))
    assert company.headed_by("技术部") == "王五"
    assert company.department("技术部").name == "技术部", "its name was given by hand too"


def test_names_meet_whatever_their_case_and_blanks(company):
    company.keeps(lambda records: records.people.save_department(Department(0, "Customer  Care")))
    company.hears(tech("customer care"))
    assert len(company.departments()) == 3


def test_a_rename_is_followed_by_the_messengers_own_id(company):
    company.hears(tech())
    was = company.department("平台部").id
    assert company.hears(tech("基础平台部")) == 1
    assert company.department("基础平台部").id == was
    assert len(company.departments()) == 3


def test_a_move_is_followed(company):
    company.hears(tech(), Division("paper", "d2", "运营部"), Division("paper", "d3", "基础组", "d1"))
    company.hears(tech(), Division("paper", "d2", "运营部"), Division("paper", "d3", "基础组", "d2"))
    assert company.department("基础组").parent == company.department("运营部").id
    company.hears(Division("paper", "d3", "基础组", ""))
    assert company.department("基础组").parent is None


def test_above_and_below_change_places(company):
    company.hears(tech(), Division("paper", "d2", "运营部", "d1"))
    company.hears(tech(parent="d2"), Division("paper", "d2", "运营部", ""))
    assert company.department("运营部").parent is None
    assert company.department("平台部").parent == company.department("运营部").id


def test_nothing_is_above_itself(company):
    circle = (tech(parent="d2"), Division("paper", "d2", "运营部", "d1"))
    company.hears(*circle)
    above = [one.parent for one in company.departments() if one.name in ("平台部", "运营部")]
    assert above.count(None) == 1
    assert company.hears(*circle) == 0


def test_a_changed_head_is_followed_and_an_empty_chair_too(company):
    for heads, expected in ((("孙七",), "孙七"), (("周八", "孙七"), "周八"), ((), "")):
        assert company.hears(tech(heads=heads)) == 1
        assert company.headed_by("平台部") == expected


def test_what_a_messenger_does_not_say_changes_nothing(company):
    company.hears(tech(heads=("孙七",)), Division("paper", "d2", "基础组", "d1", ("周八",)))
    hidden = (tech("", None, None), Division("paper", "d2", "", None, None), Division("paper", "d3", "", "d1"))
    assert company.hears(*hidden) == 0
    assert company.hears(Division("paper", "d2", "基础组", "not shown", ("周八",))) == 0


def test_a_head_who_is_not_known_is_not_nobody(company):
    company.hears(tech(heads=("孙七",)))
    assert company.hears(tech(heads=("a stranger",))) == 0
    assert company.headed_by("平台部") == "孙七"


def test_by_hand_after_the_directory_wins_for_ever(company):
    company.hears(tech(heads=("孙七",)))
    company.appoints("平台部", company.resolver)
    for heads in (("孙七",), ("赵六",), ()):
        company.hears(tech(heads=heads))
        assert company.headed_by("平台部") == "周八"


def test_by_hand_the_same_is_by_hand_too(company):
    """`bihuan import people` confirmed what the directory had said: from then on it is the import's."""
    company.hears(tech(heads=("孙七",)))
    department = company.department("平台部").id
    company.keeps(lambda records: organisation.by_hand(records, [], [department]))
    company.hears(tech(heads=("赵六",)))
    assert company.headed_by("平台部") == "孙七"


def test_a_head_who_has_left_makes_room_for_the_next(company):
    company.sees(seen(company.head, None, active=False))
    company.hears(tech("技术部", heads=()))
    assert company.headed_by("技术部") == "王五", "nobody is told to follow"
    company.hears(tech("技术部", heads=("王五", "孙七")))
    assert company.headed_by("技术部") == "孙七", "the second of two, because the first has left"


def test_two_messengers_mean_one_department_and_do_not_take_turns(company):
    other = Division("other", "77", "平台部", "1", ("周八",))
    company.hears(tech(heads=("孙七",)))
    company.hears(other, messenger="other")
    company.hears(tech(heads=("孙七",)))
    assert [one.name for one in company.departments()].count("平台部") == 1
    assert company.headed_by("平台部") == "孙七"
    company.hears(tech(heads=("赵六",)))
    assert company.headed_by("平台部") == "赵六"
    assert company.hears(other, messenger="other") == 0


def test_two_divisions_of_one_name_are_two_departments(company):
    east, west = Division("paper", "d2", "销售组", "d1"), Division("paper", "d3", "销售组", "d4")
    company.hears(tech(), Division("paper", "d4", "华西"), east, west)
    found = [one for one in company.departments() if one.name == "销售组"]
    assert {one.parent for one in found} == {company.department("平台部").id, company.department("华西").id}


def test_of_two_departments_of_one_name_the_one_in_the_same_place_is_meant(company):
    company.hears(Division("other", "1", "平台部"), messenger="other")
    parent = company.department("平台部").id
    for above in (None, parent):
        company.keeps(
            lambda records, above=above: records.people.save_department(Department(0, "销售组", parent=above))
        )
    company.hears(tech(), Division("paper", "d2", "销售组", "d1"))
    link = next(one for one in company.keeps(lambda records: records.people.links("paper")) if one.division == "d2")
    assert company.keeps(lambda records: records.people.directory()).departments[link.department].parent == parent


def test_a_division_that_was_dissolved_and_made_anew_is_the_department_it_was(company):
    company.hears(tech())
    company.hears(Division("paper", "d9", "平台部"))
    assert [one.name for one in company.departments()].count("平台部") == 1


def test_nothing_is_deleted(company):
    company.hears(tech(heads=("孙七",)))
    assert company.hears() == 0
    assert company.headed_by("平台部") == "孙七"


# --- who is where ---


def test_somebody_without_a_department_gets_theirs_and_moves_with_it(company):
    company.hears(tech(), Division("paper", "d2", "运营部"))
    who = company.admin
    for division, expected in (("d1", "平台部"), ("d2", "运营部"), (None, "运营部"), ("", ""), ("d1", "平台部")):
        company.sees(seen(who, division))
        assert company.place(who) == expected, division


def test_who_was_put_somewhere_by_hand_stays(company):
    company.hears(tech())
    company.sees(seen(company.owner, "d1"))
    assert company.place(company.owner) == "技术部"


def test_who_was_put_by_hand_where_they_were_is_there_by_hand(company):
    company.hears(tech(), Division("paper", "d2", "运营部"))
    company.sees(seen(company.admin, "d1"))
    company.keeps(lambda records: organisation.by_hand(records, [company.admin], []))
    company.sees(seen(company.admin, "d2"))
    assert company.place(company.admin) == "平台部"


def test_a_name_will_do_where_there_is_no_id(company):
    company.sees(seen(company.admin, None, name="客服部"))
    assert company.place(company.admin) == "客服部"
    company.sees(seen(company.admin, "unknown", name="nowhere"))
    assert company.place(company.admin) == "客服部"


def test_two_messengers_do_not_move_somebody_to_and_fro(company):
    both = (*company.admin.accounts, Account("other", "wu"))
    who = company.keeps(lambda records: records.people.save(replace(company.admin, accounts=both)))
    company.hears(tech())
    company.hears(Division("other", "1", "运营部"), messenger="other")
    for _ in range(2):
        company.sees(seen(who, "d1"))
        company.sees(seen(who, "1", messenger="other"), messenger="other")
        assert company.place(who) == "平台部"


def test_what_a_scope_kept_back_when_they_were_met_is_filled_in(company):
    """An address, by which imports and `[workplace] admins` know people, and a name instead of an account."""
    met = company.keeps(
        lambda records: records.people.save(
            Person(0, "ou_7", "Asia/Shanghai", "en", accounts=(Account("paper", "ou_7"),))
        )
    )
    told = Profile(met.accounts[0], "钱八", "qian@example.com")
    for _ in range(2):
        company.sees(told)
        person = company.keeps(lambda records: records.people.directory().person(met.id))
        assert (person.name, person.email) == ("钱八", "qian@example.com")
    company.sees(replace(told, name="小钱", email="other@example.com"))
    assert company.keeps(lambda records: records.people.directory().person(met.id)) == person


def test_an_address_that_is_somebody_elses_is_not_filled_in(company):
    company.keeps(lambda records: records.people.save(Person(0, "钱八", "Asia/Shanghai", "en", "qian@example.com")))
    met = company.keeps(
        lambda records: records.people.save(
            Person(0, "小钱", "Asia/Shanghai", "en", accounts=(Account("paper", "ou_7"),))
        )
    )
    company.sees(Profile(met.accounts[0], "小钱", "Qian@example.com"))
    assert company.keeps(lambda records: records.people.directory().person(met.id)).email == ""


def test_settling_twice_changes_nothing(company):
    company.hears(tech())
    profiles = [seen(company.admin, "d1"), seen(company.owner, "d1"), seen(company.nobody, None, active=False)]
    company.sees(*profiles)
    assert company.keeps(lambda records: organisation.unsettled(records, "paper", profiles)) == []


# --- who is here ---


def test_who_leaves_is_inactive_and_who_comes_back_is_not(company):
    assert company.sees(seen(company.nobody, None, active=False)) == ["郑十"]
    assert company.sees(seen(company.nobody, None, active=False)) == []
    assert not company.is_here(company.nobody)
    company.sees(seen(company.nobody, None))
    assert company.is_here(company.nobody)


def test_who_is_shown_by_another_messenger_has_not_left(company):
    both = (*company.nobody.accounts, Account("other", "zheng"))
    who = company.keeps(lambda records: records.people.save(replace(company.nobody, accounts=both)))
    company.sees(seen(who, None, messenger="other"), messenger="other")
    assert company.sees(seen(who, None, active=False)) == []
    assert company.sees(seen(who, None, active=False, messenger="other"), messenger="other") == ["郑十"]


def test_an_account_that_no_directory_shows_keeps_nobody(company):
    """The web workplace gives everybody one."""
    both = (*company.nobody.accounts, Account("web", "p7"))
    who = company.keeps(lambda records: records.people.save(replace(company.nobody, accounts=both)))
    assert company.sees(seen(who, None, active=False)) == ["郑十"]


def test_two_accounts_of_one_person_in_one_reading(company):
    both = (*company.nobody.accounts, Account("paper", "zheng2"))
    who = company.keeps(lambda records: records.people.save(replace(company.nobody, accounts=both)))
    company.hears(tech())
    second = Profile(Account("paper", "zheng2"), who.name, division="d1", active=False)
    assert company.sees(seen(who, "d1", active=False), second) == ["郑十"]


def test_out_of_sight_is_not_gone(company):
    company.sees(seen(company.nobody, None))
    company.keeps(lambda records: organisation.out_of_sight(records, "paper", ["郑十", "somebody"]))
    listings = company.keeps(lambda records: records.people.listings("paper"))
    assert listings == {"郑十": Listing(Account("paper", "郑十"), here=False)}
    assert company.is_here(company.nobody)
