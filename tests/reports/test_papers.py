"""The minutes on paper (N6): the same words in the same order as Markdown, Word and PDF, read back by programs that did not
write them; Chinese glyphs embedded where the machine has a face, named where it has none."""

import io
import re
import shutil
from pathlib import Path

import mammoth
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdfium2 import raw

from bot.domain.minutes import MinutesState
from bot.reports.docx import docx
from bot.reports.fonts import NoSuchFace, at_home, cut, faces
from bot.reports.markdown import escaped, markdown
from bot.reports.outline import Bullets, Grid, Heading, Outline, Pairs, Paragraph, file_name, outline
from bot.reports.pdf import pdf
from tests.reports.paper_cast import CHINESE, OF_LANGUAGE
from tests.views.cast import LI, scene

LANGUAGES = ("zh-Hans", "en")
FOUND = faces()
needs_a_face = pytest.mark.skipif(FOUND is None, reason="no Chinese face on this machine")


def paper(language: str = "zh-Hans") -> Outline:
    return outline(scene(LI, language), OF_LANGUAGE[language])


def said(made: Outline) -> list[str]:
    """Every piece of the outline's text, in reading order."""
    pieces = [made.title, *made.under]
    for part in made.parts:
        match part:
            case Heading() | Paragraph():
                pieces.append(part.text)
            case Pairs():
                pieces += [piece for pair in part.pairs for piece in pair]
            case Bullets():
                pieces += part.points
            case Grid():
                pieces += [cell for row in (part.columns, *part.rows) for cell in row if cell]
    return [*pieces, made.foot] if made.foot else pieces


def close(text: str) -> str:
    """Without blanks and hyphens: a line may break anywhere between Chinese characters."""
    return re.sub(r"[\s\u00ad\ufffe-]+", "", text)


def in_order(pieces: list[str], text: str) -> list[str]:
    """The pieces that do not follow in the text, each behind the one before."""
    place, lost = 0, []
    for piece in pieces:
        found = text.find(close(piece), place)
        lost += [piece] if found < 0 else []
        place = max(place, found + len(close(piece)))
    return lost


def test_the_order_is_the_handbooks():
    """N1: basic data, objective, topics with points and conclusion, decisions, actions, parked, next meeting."""
    names = [part.text for part in paper().parts if isinstance(part, Heading) and part.level == 1]
    assert names == ["会议目标", "预期成果", "议题与讨论", "决议", "行动项", "待进一步讨论", "下次会议"]


def test_basic_data_say_who_was_there_and_why_somebody_was_not():
    facts = dict(next(part for part in paper().parts if isinstance(part, Pairs)).pairs)
    assert facts["类型"] == "决策会"
    assert facts["时间"] == "2026年11月20日（周五）14:00–15:05（GMT+8）"
    assert facts["出席"] == "张三、李四、王五"
    assert facts["缺席"] == "赵六（出差）"
    assert "抄送" not in facts, "nothing before noise"
    english = dict(next(part for part in paper("en").parts if isinstance(part, Pairs)).pairs)
    assert english["Absent"] == "Zhao Liu (on a trip; Wang Wu came instead)"
    assert english["Time"] == "Fri 20 Nov 2026, 14:00–15:05 (GMT+8)"


def test_a_draft_says_that_it_is_one_and_a_confidential_paper_who_may_read_it():
    draft = outline(scene(), replace(CHINESE, state=MinutesState.DRAFT, approved_at=None, confidential=True))
    assert draft.under == ("M-7 v2 · 草稿，未经审核", "保密：仅限参会人和指定领导阅读")
    assert draft.foot == ""


def test_a_part_with_nothing_to_say_is_not_there():
    bare = replace(
        CHINESE,
        topics=(),
        decisions=(),
        actions=(),
        parked=(),
        following="",
        objective="",
        expected="",
        absent=(),
        place="",
    )
    assert [type(part) for part in outline(scene(), bare).parts] == [Pairs]


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_has_every_word_in_order(language):
    text = markdown(paper(language))
    assert text.startswith("# ")
    assert in_order(said(paper(language)), close(re.sub(r"\\(?=[^\w\s])", "", text))) == []


def test_a_number_at_the_front_is_a_list_only_where_markdown_would_make_one_of_it():
    text = markdown(Outline("1. 范围", (), (Heading("1. 范围", 2), Paragraph("1. 范围"), Paragraph("# 范围")), ""))
    assert "### 1. 范围\n" in text
    assert "\n1\\. 范围\n" in text
    assert "\n\\# 范围\n" in text


@given(st.text(max_size=80))
def test_what_people_wrote_is_no_markup(text):
    """What stands escaped reads, without its backslashes, as the words on one line."""
    line = escaped(text)
    assert "\n" not in line
    assert re.sub(r"\\(.)", r"\1", line) == re.sub(r"\\(.)", r"\1", " ".join(text.split()).replace("\\", "\\\\"))
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_<>|`\[\]]", line)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_word_reads_back_by_another_program(language):
    made = docx(paper(language), language)
    html = mammoth.convert_to_html(io.BytesIO(made))
    assert [message.message for message in html.messages if message.type == "error"] == []
    assert html.value.count("<table>") == 2
    assert "<ol>" in html.value, "decisions are numbered"
    assert in_order(said(paper(language)), close(mammoth.extract_raw_text(io.BytesIO(made)).value)) == []


def test_word_names_a_chinese_face_in_every_style_and_repeats_the_tables_heading():
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(docx(paper(), "zh-Hans")))
    fonts = [style.element.rPr.rFonts for style in document.styles if getattr(style, "font", None) is not None]
    assert {one.get(qn("w:eastAsia")) for one in fonts} == {"Microsoft YaHei"}
    heading = document.tables[1].rows[0]._tr.get_or_add_trPr()
    assert heading.find(qn("w:tblHeader")) is not None
    width = document.sections[0].page_width
    assert width is not None
    assert width.mm == pytest.approx(210, abs=0.1)


@pytest.mark.slow
@needs_a_face
@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_reads_back_by_another_program_with_its_glyphs_embedded(language):
    made = pdf(paper(language), language, FOUND)
    document = pypdfium2.PdfDocument(made)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert in_order(said(paper(language)), close(text)) == []
    assert all(_embedded(document)), "every face is in the file"
    assert len(made) < 200_000, "a subset, not the whole font"


@pytest.mark.slow
@needs_a_face
def test_a_page_has_ink_where_the_chinese_words_are():
    """A face without glyphs would extract just as well, and print nothing."""
    page = pypdfium2.PdfDocument(pdf(paper(), "zh-Hans", FOUND))[0]
    words = page.get_textpage()
    picture = page.render(scale=3).to_pil().convert("L")
    height = page.get_height()
    chinese = [n for n in range(words.count_chars()) if "\u4e00" <= words.get_text_range(n, 1) <= "\u9fff"]
    assert len(chinese) > 100
    for n in chinese[::7]:
        left, bottom, right, top = words.get_charbox(n)
        box = tuple(round(3 * one) for one in (left, height - top, right, height - bottom))
        assert picture.crop(box).getextrema()[0] < 128, f"nothing is printed for {words.get_text_range(n, 1)}"


def test_without_a_face_the_pdf_names_adobes_standard_one():
    made = pdf(paper(), "zh-Hans", None)
    assert b"STSong-Light" in made
    document = pypdfium2.PdfDocument(made)
    assert not any(_embedded(document))
    assert b"MSung-Light" in pdf(paper(), "zh-Hant", None)


@pytest.mark.slow
@needs_a_face
def test_a_long_table_goes_on_under_its_heading_and_pages_are_numbered():
    many = tuple(replace(CHINESE.actions[0], label=f"A-{n}") for n in range(80))
    made = pdf(outline(scene(), replace(CHINESE, actions=many)), "zh-Hans", FOUND, lambda n: f"第 {n} 页")
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert len(pages) > 3
    assert all("交付标准" in page for page in pages[1:-1])
    assert [f"第 {n} 页" in page for n, page in enumerate(pages, 1)] == [True] * len(pages)


@pytest.mark.slow
@needs_a_face
def test_a_criterion_as_long_as_it_may_be_goes_on_on_the_next_page():
    """Five hundred characters in the narrowest column are higher than a page; there was no PDF of such minutes."""
    words = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))
    long = replace(CHINESE, actions=(replace(CHINESE.actions[0], criterion=words),))
    pages = pypdfium2.PdfDocument(pdf(outline(scene(), long), "zh-Hans", FOUND))
    assert set(words) <= set("".join(page.get_textpage().get_text_range() for page in pages))


@pytest.mark.slow
@needs_a_face
@settings(max_examples=8, deadline=None)
@given(st.text(min_size=1, max_size=300), st.text(max_size=40))
def test_no_words_break_a_file(text, title):
    """Emoji, control characters, markup, scripts that the face does not have: a file all the same."""
    hostile = replace(CHINESE, title=title, objective=text, actions=(replace(CHINESE.actions[0], text=text),))
    made = outline(scene(), hostile)
    assert len(pypdfium2.PdfDocument(pdf(made, "zh-Hans", FOUND))) >= 1
    assert mammoth.extract_raw_text(io.BytesIO(docx(made, "zh-Hans"))).value


@pytest.mark.slow
@needs_a_face
def test_every_glyph_stands_where_the_face_has_it():
    """A bracket whose side bearing is lost hangs in the word before it."""
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    assert FOUND is not None
    made = TTFont(io.BytesIO(cut(FOUND.regular, "（）。A", "zh-Hans")))
    drawn, names = made.getGlyphSet(), made.getBestCmap()
    for letter in "（）。A":
        pen = BoundsPen(drawn)
        drawn[names[ord(letter)]].draw(pen)
        assert made["hmtx"][names[ord(letter)]][1] == round(pen.bounds[0])


@pytest.mark.slow
@needs_a_face
def test_the_face_of_a_collection_is_the_readers_script():
    assert FOUND is not None
    if FOUND.regular.suffix != ".ttc":
        pytest.skip("this machine's face is no collection")
    assert cut(FOUND.regular, "骨角", "zh-Hans") != cut(FOUND.regular, "骨角", "zh-Hant"), "their glyphs differ"


@pytest.mark.slow
@needs_a_face
def test_who_has_no_home_has_no_fonts_in_it():
    """A container's user may be a mere number."""
    assert at_home("~nobody-of-this-name/fonts") == Path("~nobody-of-this-name/fonts")


def test_a_chosen_file_is_used_and_a_wrong_one_is_named(tmp_path):
    assert FOUND is not None
    mine = tmp_path / f"Mine-Regular{FOUND.regular.suffix}"
    shutil.copy(FOUND.regular, mine)
    chosen = faces(str(mine))
    assert chosen is not None
    assert (chosen.regular, chosen.bold) == (mine, mine)
    wrong = tmp_path / "notes.ttf"
    wrong.write_text("no font")
    for path in (wrong, tmp_path / "nowhere.otf"):
        with pytest.raises(NoSuchFace, match=re.escape(str(path))):
            cut(Path(path), "文", "zh-Hans")


def test_a_file_is_named_by_meeting_edition_and_day():
    """P7."""
    assert file_name(CHINESE, "pdf") == "Q3 产品规划会-v2-20261120.pdf"
    assert file_name(replace(CHINESE, title='a/b\\c:"d"\n'), "docx") == "a_b_c__d__-v2-20261120.docx"
    assert file_name(replace(CHINESE, title="..."), "md") == "7-v2-20261120.md"


def _embedded(document: pypdfium2.PdfDocument) -> list[bool]:
    """Of the face of each piece of text, whether it is in the file."""
    texts = [one for page in document for one in page.get_objects() if one.type == raw.FPDF_PAGEOBJ_TEXT]
    found = [raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(one.raw)) == 1 for one in texts]
    assert len(found) > 20
    return found
