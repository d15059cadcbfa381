"""`/whoami` 我是谁 and `/help` 帮助: who the asker is here, and what can be said."""

from bot.cards import Answer
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.views import help as help_views
from bot.views import people


def whoami(asking: Asking, line: Line) -> Answer:
    """Name, department, zone, language, accounts, rights."""
    del line
    return people.whoami(scene(asking), asking.by)


def help_(asking: Asking, line: Line) -> Answer:
    """Everything on one screen, a noun's own screen, or one verb with a line that works."""
    topic = line.rest or ("" if line.noun in ("help", "action") else line.noun)
    return help_views.about(scene(asking), topic) if topic else help_views.overview(scene(asking))
