"""Everything that can be pressed or typed from an answer, wherever it stands in it."""

from collections.abc import Iterator

from bot.cards import Answer, Button, Buttons, Card, Code, Form, Items, Text


def buttons(answer: Answer | None) -> Iterator[Button]:
    """Every button of a card: in rows and under list items."""
    for block in answer.blocks if isinstance(answer, Card) else ():
        if isinstance(block, Buttons):
            yield from block.buttons
        if isinstance(block, Items):
            yield from (button for item in block.items for button in item.buttons)


def rows(answer: Answer | None) -> Iterator[tuple[Button, ...]]:
    """The rows as they stand side by side."""
    for block in answer.blocks if isinstance(answer, Card) else ():
        if isinstance(block, Buttons):
            yield block.buttons
        if isinstance(block, Items):
            yield from (item.buttons for item in block.items)


def typed(answer: Answer | None) -> Iterator[str]:
    """The lines shown for typing."""
    if isinstance(answer, Form) and answer.example:
        yield answer.example
    for block in answer.blocks if isinstance(answer, Card) else ():
        if isinstance(block, Text):
            yield from (span.text for span in block.spans if isinstance(span, Code))


def labels(answer: Answer | None) -> list[str]:
    """The buttons' words, in order."""
    return [button.label for button in buttons(answer)]
