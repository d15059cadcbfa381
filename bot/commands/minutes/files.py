"""`/minutes file` 文件: the record to print and to keep, as PDF, Word or Markdown (N6)."""

from collections.abc import Callable

from bot.cards import File
from bot.commands.answers import scene
from bot.commands.asking import Asking
from bot.commands.command import Line
from bot.commands.later import Later
from bot.commands.minutes.meant import meant
from bot.due.phrase import shadow
from bot.errors import Refusal
from bot.logs import get_logger
from bot.operations import minutes as operations
from bot.reports.markdown import markdown
from bot.reports.outline import Outline, file_name, outline
from bot.texts import Words
from bot.views import minutes as views

log = get_logger()

KINDS = {
    "pdf": ("pdf", ""),
    "docx": ("docx", "doc", "word"),
    "md": ("md", "markdown", "text", "文本", "文字"),
}
"""Endings, and what else one may say for them; PDF where nothing is said."""
ENDINGS = tuple(KINDS)
"""Each is a name of the command, too: `/minutes pdf M-7`."""


def file(asking: Asking, line: Line) -> Later:
    """Of what the asker may read. Raises Refusal `choice-unknown` for another kind of file."""
    about = meant(asking, line)
    kind = next((kind for kind, names in KINDS.items() if shadow(about.rest.strip()) in names), "")
    if not kind:
        raise Refusal("choice-unknown", value=about.rest)
    minutes = operations.shown(asking, operations.latest(asking, about.meeting, about.edition))
    eye = scene(asking)
    paper, name = outline(eye, minutes), file_name(minutes, kind)
    write, font = _WRITE[kind], asking.workplace.font
    return Later(lambda: write(paper, name, eye.words, font), views.filed(eye, minutes, kind))


def _pdf(paper: Outline, name: str, words: Words, font: str) -> File:
    """In the chosen face, else the machine's: somebody who wants to print is not told of a font file that has gone."""
    from bot.reports.fonts import NoSuchFace, faces
    from bot.reports.pdf import MEDIA_TYPE, pdf  # reportlab, wanted by whoever asks for a file

    def numbered(page: int) -> str:
        return words("paper-page", page=str(page))

    try:
        return File(name, MEDIA_TYPE, pdf(paper, words.language, faces(font), numbered))
    except NoSuchFace as fault:
        log.warning("the configured face cannot be used", reason=str(fault))
        return File(name, MEDIA_TYPE, pdf(paper, words.language, faces(), numbered))


def _docx(paper: Outline, name: str, words: Words, font: str) -> File:
    del font  # Word knows faces by name
    from bot.reports.docx import MEDIA_TYPE, docx

    return File(name, MEDIA_TYPE, docx(paper, words.language))


def _markdown(paper: Outline, name: str, words: Words, font: str) -> File:
    del words, font
    return File(name, "text/markdown", markdown(paper).encode())


_WRITE: dict[str, Callable[[Outline, str, Words, str], File]] = {"pdf": _pdf, "docx": _docx, "md": _markdown}
