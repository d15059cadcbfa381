"""A meeting as a calendar entry (RFC 5545, RFC 5546): what calendars of every make understand, made by icalendar.

REQUEST invites and moves, CANCEL takes away; both name the same UID, and a later SEQUENCE wins. Times stand in the
meeting's own zone with its rules, so that a change of clocks on the way is the calendar's to know.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from bot.directory import Directory
from bot.domain.meeting import Invitee, Meeting, Reply
from bot.people import Person

if TYPE_CHECKING:
    from icalendar import Event, Timezone, vCalAddress

Method = Literal["REQUEST", "CANCEL"]

_PRODUCT = "-//Bihuan//Meetings//EN"
_NO_ADDRESS = "invalid:nomail"
"""What other calendars write for somebody without an address; it is a URI, as the standard asks."""
_STATES = {
    Reply.WAITING: "NEEDS-ACTION",
    Reply.ACCEPTED: "ACCEPTED",
    Reply.DECLINED: "DECLINED",
    Reply.PROXY: "DELEGATED",
}


def invitation(
    meeting: Meeting, directory: Directory, now: datetime, *, method: Method = "REQUEST", to: Iterable[int] = ()
) -> bytes:
    """The .ics of a meeting. `to`: whom it names (a CANCEL to one person names nobody else); empty: everybody invited.

    SEQUENCE is the meeting's version, which rises with every change."""
    from icalendar import Calendar  # waits for the first notice

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, directory, now, method, frozenset(to)))
    for zone in calendar.get_missing_tzids():
        calendar.subcomponents.insert(0, _rules(zone, meeting.start.year))
    return bytes(calendar.to_ical())


def uid(meeting: Meeting) -> str:
    """The entry's name for ever, whatever is changed: number and the second it was made, which no other workplace has."""
    return f"{meeting.label.lower()}-{meeting.created_at:%Y%m%dT%H%M%S}@bihuan"


@lru_cache(maxsize=64)
def _rules(zone: str, year: int) -> "Timezone":
    """The zone's changes of clocks from the year before to the year after: nobody needs those of 1980. To find that there
    are none in China takes 13 ms, all the rest of an invitation 0.6; the next meeting's are the same."""
    from icalendar import Timezone

    return Timezone.from_tzid(zone, first_date=date(year - 1, 1, 1), last_date=date(year + 2, 1, 1))


def _event(meeting: Meeting, directory: Directory, now: datetime, method: Method, to: frozenset[int]) -> "Event":
    from icalendar import Event

    zone = ZoneInfo(meeting.zone)
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.version)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.start.astimezone(zone))
    event.add("dtend", meeting.end.astimezone(zone))
    event.add("summary", meeting.title)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if meeting.confidential:
        event.add("class", "CONFIDENTIAL")
    for name, value in (("location", meeting.place or meeting.link), ("description", _description(meeting))):
        if value:
            event.add(name, value)
    event.add("organizer", _address(directory.person(meeting.organizer)), encode=False)
    for one in meeting.invitees:
        if not to or {one.person, one.proxy} & to:
            event.add("attendee", _attendee(one, meeting, directory), encode=False)
    return event


def _description(meeting: Meeting) -> str:
    """Objective, outcome, agenda and link, as they were written (T5)."""
    agenda = [f"{n}. {topic.title} ({topic.minutes} min)" for n, topic in enumerate(meeting.agenda, 1)]
    parts = (meeting.objective, meeting.expected, *agenda, meeting.link)
    return "\n".join(part for part in parts if part)


def _attendee(one: Invitee, meeting: Meeting, directory: Directory) -> "vCalAddress":
    """Whoever comes: the proxy where there is one."""
    person = directory.person(one.proxy if one.proxy is not None else one.person)
    address = _address(person)
    state = _STATES[Reply.WAITING] if one.proxy is not None else _STATES[one.reply]
    role = "CHAIR" if meeting.host == one.person else "REQ-PARTICIPANT"
    for name, value in (("partstat", state), ("role", role), ("rsvp", "TRUE")):
        address.params[name] = value
    return address


def _address(person: Person) -> "vCalAddress":
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}" if person.email else _NO_ADDRESS)
    address.params["cn"] = person.name
    return address
