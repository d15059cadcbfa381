"""Moments ahead are replaced with their subject; what rang stays rung; what waits for the sweep stays as it is."""

from bot.domain.alarms import Alarm
from tests.contracts.stored.making import DAY, HOUR, MINUTE, NOW, alarm

LATE = NOW + 30 * DAY


class AlarmsContract:
    """bot.store.Alarms."""

    async def test_alarms_are_due_from_their_instant_on(self, store):
        await self.set(store, alarm("due:1", HOUR), alarm("due:2", 2 * HOUR))
        assert await self.due(store, NOW + HOUR - MINUTE) == []
        assert await self.due(store, NOW + HOUR) == [alarm("due:1", HOUR)]
        assert await self.due(store, NOW + DAY) == [alarm("due:1", HOUR), alarm("due:2", 2 * HOUR)]

    async def test_those_of_something_new_are_set(self, store):
        await store.write(lambda records: records.alarms.add([alarm("due:1", HOUR), alarm("risk:1", 2 * HOUR)]))
        assert await self.due(store, LATE) == [alarm("due:1", HOUR), alarm("risk:1", 2 * HOUR)]
        await store.write(lambda records: records.alarms.add([]))

    async def test_what_is_not_among_the_new_ones_goes(self, store):
        await self.set(store, alarm("due:1"), alarm("risk:1"))
        await self.set(store, alarm("risk:1"), alarm("due:2", 2 * DAY))
        assert await self.due(store, LATE) == [alarm("risk:1"), alarm("due:2", 2 * DAY)]

    async def test_an_empty_set_clears_what_is_ahead(self, store):
        await self.set(store, alarm("due:1"))
        await self.set(store)
        assert await self.due(store, LATE) == []

    async def test_another_instant_or_person_replaces(self, store):
        await self.set(store, alarm("due:1"), alarm("risk:1"))
        moved, handed = alarm("due:1", 3 * DAY), alarm("risk:1", person=5)
        await self.set(store, moved, handed)
        assert await self.due(store, LATE) == [handed, moved]

    async def test_other_subjects_are_left_alone(self, store):
        other = alarm("due:1", of="A-11")
        await store.write(lambda records: records.alarms.replace({"A-11": [other]}, NOW))
        await self.set(store, alarm("due:1"))
        await self.set(store)
        assert await self.due(store, LATE) == [other]

    async def test_what_rang_stays_rung(self, store):
        await self.set(store, alarm("due:1", HOUR))
        await self.ring(store, alarm("due:1", HOUR))
        assert await self.due(store, LATE) == []
        await self.set(store, alarm("due:1", 2 * DAY), now=NOW + DAY)
        assert await self.due(store, LATE) == []

    async def test_what_waits_for_the_sweep_is_not_touched(self, store):
        await self.set(store, alarm("due:1", HOUR), alarm("risk:1", HOUR), alarm("ask:1", 2 * HOUR))
        await self.set(store, alarm("due:1", 5 * DAY), now=NOW + HOUR)
        assert await self.due(store, LATE) == [alarm("due:1", HOUR), alarm("risk:1", HOUR)]

    async def test_an_alarm_set_in_the_past_is_due_at_once(self, store):
        await self.set(store, alarm("due:1", -HOUR))
        assert await self.due(store, NOW) == [alarm("due:1", -HOUR)]

    async def test_the_limit_takes_the_oldest(self, store):
        mine = [alarm("due:1", HOUR, of=f"A-{person}", person=person) for person in range(1, 6)]
        await self.set_each(store, *reversed(mine))
        assert await self.due(store, LATE, limit=2) == mine[:2]

    async def test_a_person_comes_whole_even_past_the_limit(self, store):
        first, rest = alarm("before:1", HOUR), [alarm(f"due:{day}", DAY, of=f"A-{day}") for day in range(2, 6)]
        other, tomorrow = alarm("due:1", 2 * HOUR, of="A-9", person=2), alarm("due:9", 3 * DAY, of="A-8")
        await self.set_each(store, first, other, tomorrow, *rest)
        assert await self.due(store, NOW + 2 * DAY, limit=1) == [first, *rest]

    async def test_ringing_twice_or_what_is_not_there_does_nothing(self, store):
        await self.set(store, alarm("due:1", HOUR))
        for _ in range(2):
            await self.ring(store, alarm("due:1", HOUR), alarm("due:7", of="A-7"))
        assert await self.due(store, LATE) == []

    async def test_ringing_one_leaves_the_others(self, store):
        await self.set(store, alarm("due:1", HOUR), alarm("risk:1", HOUR))
        await self.ring(store, alarm("risk:1", HOUR))
        assert await self.due(store, LATE) == [alarm("due:1", HOUR)]

    async def test_the_next_moment_is_the_earliest_unrung(self, store):
        assert await self.next_at(store) is None
        await self.set(store, alarm("due:1", HOUR), alarm("risk:1", DAY))
        assert await self.next_at(store) == NOW + HOUR
        await self.ring(store, alarm("due:1", HOUR))
        assert await self.next_at(store) == NOW + DAY

    async def test_only_old_rung_ones_are_forgotten(self, store):
        await self.set(store, alarm("due:1", HOUR), alarm("risk:1", HOUR), alarm("ask:1", HOUR))
        await self.ring(store, alarm("due:1", HOUR), now=NOW + HOUR)
        await self.ring(store, alarm("risk:1", HOUR), now=NOW + DAY)
        assert await store.write(lambda records: records.alarms.forget(NOW + 2 * HOUR)) == 1
        assert await self.due(store, LATE) == [alarm("ask:1", HOUR)]
        await self.set(store, alarm("risk:1", 2 * DAY), now=NOW + DAY)
        assert await self.due(store, LATE) == [alarm("ask:1", HOUR)]

    async def test_looking_takes_nothing(self, store):
        await self.set(store, alarm("due:1", HOUR))
        assert await store.read(lambda records: records.alarms.due(LATE, 10)) == [alarm("due:1", HOUR)]
        assert await self.due(store, LATE) == [alarm("due:1", HOUR)]

    async def set(self, store, *alarms: Alarm, now=NOW) -> None:
        await store.write(lambda records: records.alarms.replace({"A-1": alarms}, now))

    async def set_each(self, store, *alarms: Alarm) -> None:
        for one in alarms:
            await store.write(lambda records, one=one: records.alarms.replace({one.subject: [one]}, NOW - DAY))

    async def ring(self, store, *alarms: Alarm, now=NOW) -> None:
        await store.write(lambda records: records.alarms.rung(alarms, now))

    async def due(self, store, now, limit: int = 100) -> list[Alarm]:
        return await store.write(lambda records: records.alarms.due(now, limit))

    async def next_at(self, store):
        return await store.read(lambda records: records.alarms.next_at())
