"""What nobody could look up about the real Feishu (sheet 9.4): each a switch, so that tests can hold both ways."""

from dataclasses import dataclass


@dataclass
class Unverified:
    duplicate_is_answered: bool = True
    """A second try with one uuid is answered with the first one's message; else with an empty `data`."""
    emptied_fields_are_sent: bool = True
    """A form's optional field that is empty comes as "", else not at all."""
    redelivered_after: tuple[float, ...] = (15.0, 300.0, 3_600.0, 21_600.0)
    """Seconds between tries of an event that was not acknowledged."""
    card_frames: bool = False
    """Card callbacks come in frames of type `card`, else `event`."""
    old_cards_react: bool = True
    """The buttons of a card that is too old to be changed still send something (sheet 4.1 gives both fourteen days)."""
    resigned_are_listed: bool = True
    """A department's list still holds who has resigned, with that status."""
    resigned_are_told: bool = True
    """Who has resigned can still be looked up, with that status; else nobody is found."""
