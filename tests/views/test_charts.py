"""A chart as lines of text: the longest bar ten signs, a percent by its hundred, nothing drawn for nothing."""

import pytest

from bot.cards import Bar, Chart, charted


@pytest.mark.parametrize(
    ("figures", "unit", "lengths"),
    [
        ((3, 10, 0), "", (3, 10, 0)),
        ((1, 100), "", (1, 10)),  # what is there is seen
        ((50, 40), "%", (5, 4)),
        ((100, 1), "%", (10, 1)),
        ((0, 0), "", (0, 0)),
        ((), "", ()),
    ],
)
def test_bars(figures: tuple[int, ...], unit: str, lengths: tuple[int, ...]) -> None:
    lines = charted(Chart("t", tuple(Bar(f"W{place}", figure) for place, figure in enumerate(figures)), unit))
    assert tuple(line.count("█") for line in lines) == lengths
    assert all(line.endswith(f"{figure}{unit}") for line, figure in zip(lines, figures, strict=True))
