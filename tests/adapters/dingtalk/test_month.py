"""The quota of a team of fifty: a whole December with the real core, counted by DingTalk's rules (platform sheet 8.1).

Five teams of ten. Each Tuesday every person is given an item by their lead in the team's group, accepts it by the button,
delivers it before it is due and has it approved; every fifth delivers a day late. Twice a week everybody asks for their list.
Reminders, overdue notes and the weekly digests come by themselves. Everybody works on cards of the workplace's own template.
"""

from datetime import date, timedelta

import pytest

from tests.adapters.dingtalk.company import company

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TEAMS, TEAM = 5, 10
TUESDAYS = [date(2026, 12, 1) + timedelta(weeks=week) for week in range(5)]
MONTH = "2026-12"


async def test_a_month_of_fifty_people_stays_below_the_free_quota(tmp_path):
    async with company(tmp_path, "template") as office:
        office.organisation.quota.limit_calls = office.organisation.quota.limit_pushes = None
        teams = [[office.hires(f"{team}{one:03}", f"同事{team}{one}") for one in range(TEAM)] for team in range(TEAMS)]
        groups = [office.group(f"第{team}组", *people) for team, people in enumerate(teams)]
        await office.meets()
        items = 0
        for tuesday in TUESDAYS:
            await office.until(f"{tuesday} 10:00")
            given = []
            for people, group in zip(teams, groups, strict=True):
                for owner in people:
                    items += 1
                    given.append((items, owner, people[0]))
                    await people[0].says(f"@闭环 新增 本周第{items}件事 @{owner.name} 下周一", group)
                    await office.organisation.gateway.settled()
            await office.delivers()
            for number, owner, lead in given:
                if owner is not lead:
                    await owner.presses("接受")
                await works(office, owner, number)
            await lists(office, teams)
            monday = tuesday + timedelta(days=6)
            if monday.month == tuesday.month:
                await office.until(f"{tuesday + timedelta(days=3)} 16:30")
                await lists(office, teams)
                await office.until(f"{monday} 09:30")
                for number, owner, lead in given:
                    if number % 5:
                        await delivers_item(office, owner, lead, number)
                await office.until(f"{monday + timedelta(days=1)} 09:15")
                for number, owner, lead in given:
                    if not number % 5:
                        await delivers_item(office, owner, lead, number)
        await office.until("2026-12-31 18:00")
        quota = office.organisation.quota
        calls, pushes = quota.calls[MONTH], quota.pushes[MONTH]
        print(f"{items} items: {calls} calls, {pushes} pushes", dict(quota.by_path))
        assert items == TEAMS * TEAM * len(TUESDAYS)
        assert office.messenger.quota.used("calls") == calls, "our own count is DingTalk's"
        assert calls < 5_000
        assert pushes < 3_000


async def works(office, owner, number):
    """A card that was pressed is changed in place before the next one is looked at."""
    await office.organisation.gateway.settled()
    await office.delivers()
    assert (await office.action(number)).owner is not None, owner.name


async def lists(office, teams):
    for people in teams:
        for one in people:
            await one.says("列表")
    await office.organisation.gateway.settled(5)


async def delivers_item(office, owner, lead, number):
    await owner.says(f"完成 A-{number} https://example.com/{number}")
    await office.delivers()
    if owner is not lead:
        await lead.says(f"通过 A-{number}")
        await office.delivers()
