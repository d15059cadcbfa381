"""What the sheet marks as unverified, each to be switched: the bot must live with either."""

from dataclasses import dataclass


@dataclass
class Unverified:
    """Defaults are the sheet's own (§12)."""

    redeliver_after: float | None = 60.0
    """Seconds (the simulator's clock) until an unacknowledged robot message comes again; None: never."""
    new_message_id: bool = False
    """Whether a redelivery has another `headers.messageId`."""
    card_exists_is_error: bool = True
    """A used outTrackId: 400 param.cardAlreadyExist, else a success that changes nothing."""
    stopped_refuses_cards: bool = False
    """Whether createAndDeliver refuses a stopped robot's card (400 bot.stopped), or makes it and delivers it to nobody."""
    value_bytes: int = 1024
    """Longest value of a card's variable."""
    union_ids: bool = True
    """Whether inbound messages carry unionIds."""
    staff_ids: bool = True
    """Whether atUsers carry staffIds of colleagues."""
    one_unknown_refuses_all: bool = False
    """Whether batchSend refuses the whole call (400 staffId.notExisted) for one unknown receiver, or only lists them."""
    webhook_counts: bool = True
    ticket_seconds: float = 90.0
    hidden_children_listed: bool = True
    """Whether a department's list of children names those outside the app's contact scope."""
