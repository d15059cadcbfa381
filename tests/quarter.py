"""The people and tools of a quarterly planning meeting, for its stories in either language."""

import io
from dataclasses import dataclass

import mammoth
import pypdfium2

from bot.cards import Card, File
from bot.domain.minutes import Minutes
from tests.conversation import Colleague, Office, PaperRoom
from tests.gathering import labels

READERS = {
    "pdf": lambda content: "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)),
    "docx": lambda content: mammoth.extract_raw_text(io.BytesIO(content)).value,
    "md": bytes.decode,
}
"""Who opens each kind of file: nothing of what made it."""


@dataclass
class Quarter:
    """The people of five departments, and the room they plan in."""

    office: Office
    room: PaperRoom
    chen: Colleague
    zhang: Colleague
    wang: Colleague
    li: Colleague
    zhao: Colleague
    sun: Colleague
    zhou: Colleague
    lin: Colleague
    gao: Colleague

    @property
    def minutes(self) -> Minutes:
        """The newest edition of M-2's, as it is kept."""
        found = self.office.runner.run(self.office.store.read(lambda records: records.archive.get(2)))
        assert found is not None
        return found


def card_of(who: Colleague, label: str, press: str) -> Card:
    """The newest message to them about this item that offers the press."""
    return next(one for one in reversed(who.cards) if label in one.title and press in labels(one))


def files(shown: Card) -> list[str]:
    """The names of what is attached."""
    return [block.name for block in shown.blocks if isinstance(block, File)]
