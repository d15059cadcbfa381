"""A month that goes on past its limit: ten people whose December takes more calls than they have. From 95 % on messages are
merged, niceties and changes left out, and every request, reminder and digest arrives all the same.

Each Tuesday and Thursday everybody is given two items by their lead, accepts them, and delivers one. The same month is lived
twice, with calls without end and with too few.
"""

import sqlite3
from collections import Counter
from datetime import date, timedelta

import pytest

from bot.outbox.sparing import NICETIES
from tests.adapters.dingtalk.company import company

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TEAM, EACH = 10, 2
DAYS = [date(2026, 12, day) + timedelta(weeks=week) for week in range(5) for day in (1, 3)]
MONTH = "2026-12"
SHORT = 0.97
"""What they have of what they would need: at 95 % of that, a good twelfth of the month is still to come."""


@pytest.mark.parametrize("rung", ["template", "links"])
async def test_past_the_limit_requests_reminders_and_digests_still_arrive(tmp_path, rung):
    plenty, scarce = tmp_path / "plenty", tmp_path / "scarce"
    for folder in (plenty, scarce):
        folder.mkdir()
    async with company(plenty, rung, calls=0, pushes=0) as office:
        office.organisation.quota.limit_calls = office.organisation.quota.limit_pushes = None
        people, needed = await lives(office), office.organisation.quota.calls[MONTH]
    limit = round(needed * SHORT)
    async with company(scarce, rung, calls=limit, pushes=0) as office:
        office.organisation.quota.limit_calls, office.organisation.quota.limit_pushes = limit, None
        people, used = await lives(office), office.organisation.quota.calls[MONTH]
        assert office.messenger.spares
        missed = [
            (row["moment"], row["fate"], row["key"])
            for row in rows(scarce)
            if row["moment"] not in NICETIES and not told(office, row)
        ]
        merged = sum("另有" in one.title for person in people for one in person.messages())
    all_, kept = Counter(fates(plenty)), Counter(fates(scarce))
    print(rung, f"{needed} calls needed, {limit} to be had, {used} used, {merged} messages hold several", dict(kept))
    assert missed == []
    assert used <= limit < needed
    assert merged > 0
    assert {key for key in all_ if key[0] not in NICETIES} == {key for key in kept if key[0] not in NICETIES}
    assert {fate for moment, fate in kept if moment not in NICETIES} == {"posted"}
    assert ("informed", "moot") in kept, "what asks nothing was left out"


async def lives(office):
    """December; who lived it."""
    people = [office.hires(f"p{number}", f"同事{number}") for number in range(TEAM)]
    lead, room = people[0], office.group("产品", *people)
    await office.meets()
    number = 0
    for day in DAYS:
        await office.until(f"{day} 10:00")
        for owner, helper in zip(people, [*people[1:], lead], strict=True):
            for _ in range(EACH):
                number += 1
                await lead.says(f"@闭环 新增 第{number}件事 @{owner.name} 下周一 配合：{helper.name}", room)
                await office.organisation.gateway.settled()
        await office.until(f"{day} 10:10")
        for mine in range(number - TEAM * EACH + 1, number + 1):
            await people[(mine - 1) // EACH % TEAM].says(f"接受 A-{mine}")
            await office.organisation.gateway.settled()
        await office.until(f"{day} 17:00")
        for mine in range(number - TEAM * EACH + 1, number + 1, EACH):
            await people[(mine - 1) // EACH % TEAM].says(f"完成 A-{mine} https://example.com/{mine}")
            await office.organisation.gateway.settled()
        await office.until(f"{day} 17:30")
    await office.until("2026-12-31 18:00")
    return people


def rows(folder):
    with sqlite3.connect(folder / "office.db") as file:
        file.row_factory = sqlite3.Row
        return file.execute("SELECT * FROM outbox WHERE person IS NOT NULL").fetchall()


def fates(folder):
    return [(row["moment"], row["fate"]) for row in rows(folder)]


def told(office, row):
    """Whether what this row stands for is really in its reader's conversation, alone or with others."""
    memory = office.messenger.memory
    post = memory.post(row["posted_id"] or "") or memory.post(memory.whole(row["posted_id"] or ""))
    return post is not None and any(
        one.key == post.pqk and one.place == post.conversation for one in office.organisation.messages
    )
