"""The rules that read a day, one file a kind of day; RULES is the list, the commonest first."""

from bot.due.days import dates, feasts, lunar, ordinals, periods, relative, spans, weeks

RULES = (
    relative.RULES
    + weeks.RULES
    + dates.RULES
    + periods.RULES
    + spans.RULES
    + ordinals.RULES
    + feasts.RULES
    + lunar.RULES
)
