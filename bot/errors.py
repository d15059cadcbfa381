"""The three families of errors: what a person may be told, what delivery must settle, and (anything else) our bugs."""

from msgspec import Struct


class Offer(Struct, frozen=True):
    """A way out of a refusal: a press that sends `command`, labelled by the catalogue entry `label`.

    `label` may take the values in `args`. `say` is the shorter form to type where there are no buttons."""

    label: str
    command: str
    say: str = ""
    args: tuple[tuple[str, str], ...] = ()


class Refusal(Exception):
    """A person may be told: catalogue entry `text` with `args`, then the ways out. Nothing was changed.

    `mended` is the line to send instead, ready to copy; `field` names the form field the refusal is about."""

    def __init__(
        self, text: str, /, *, offers: tuple[Offer, ...] = (), mended: str = "", field: str = "", **args: object
    ) -> None:
        super().__init__(text)
        self.text = text
        self.args_: dict[str, object] = args
        self.offers = offers
        self.mended = mended
        self.field = field

    def __str__(self) -> str:
        return f"{self.text} {self.args_}" if self.args_ else self.text


class Several(Refusal):
    """Of several things that one line names `each` of these is refused, by its label, so none was changed; `rest` are the
    labels of the others."""

    def __init__(self, each: dict[str, Refusal], rest: tuple[str, ...]) -> None:
        super().__init__("several-refused", n=len(each), rest=len(rest), of=len(each) + len(rest))
        self.each = each
        self.rest = rest


class Delivery(Exception):
    """What a messenger may raise from `post` and `update`; nothing of an SDK's passes the port."""


class TryLater(Delivery):
    """Nothing was shown; the same call may be made again after `seconds`. `unclear`: it may have been shown all the same,
    and whoever makes the next try finds out first. `well`: the messenger is in no trouble, only this has to wait (for a
    turn at its pace, for one workspace of several), so the others go on."""

    def __init__(self, seconds: float, reason: str = "", *, unclear: bool = False, well: bool = False) -> None:
        super().__init__(reason or f"try again in {seconds:g} s")
        self.seconds = seconds
        self.unclear = unclear
        self.well = well


class Undeliverable(Delivery):
    """It will never arrive there (left, blocked, archived, too old to update); trying again is useless."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Uncertain(Delivery):
    """It may have arrived and the messenger cannot say; it is never sent a second time blindly."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
