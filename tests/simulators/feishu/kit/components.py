"""Which properties each component of a schema 2.0 card has (sheet 4.3); anything else rejects the whole card."""

COMMON = frozenset({"tag", "element_id", "margin"})
ACTING = frozenset({"name", "disabled", "behaviors", "confirm", "required", "value"})


def _of(words: str, *more: frozenset[str]) -> frozenset[str]:
    return frozenset(words.split()).union(COMMON, *more)


_INSIDE = "elements direction padding vertical_spacing horizontal_spacing vertical_align horizontal_align"
PROPERTIES: dict[str, frozenset[str]] = {
    "markdown": _of("content i18n_content text_align text_size icon href"),
    "div": _of("text icon fields width"),
    "hr": _of(""),
    "img": _of("img_key i18n_img_key alt title scale_type size corner_radius preview transparent"),
    "img_combination": _of("combination_mode img_list corner_radius"),
    "person": _of("user_id size show_avatar show_name style"),
    "person_list": _of("persons size lines show_name show_avatar drop_invalid_user_id"),
    "column_set": _of("columns flex_mode horizontal_spacing horizontal_align background_style action"),
    "column": _of(f"{_INSIDE} width weight background_style action"),
    "form": _of(f"{_INSIDE} name"),
    "interactive_container": _of(
        f"{_INSIDE} width height background_style has_border border_color corner_radius spacing hover_tips disabled_tips",
        ACTING,
    ),
    "collapsible_panel": _of(f"{_INSIDE} header expanded border background_color"),
    "table": _of("columns rows page_size row_height freeze_first_column header_style"),
    "chart": _of("chart_spec aspect_ratio color_theme height preview"),
    "button": _of("text icon type size width hover_tips disabled_tips form_action_type", ACTING),
    "input": _of(
        "default_value i18n_default_value placeholder max_length input_type rows auto_resize max_rows show_icon label "
        "label_position width",
        ACTING,
    ),
    "select_static": _of("options initial_option initial_index placeholder type width", ACTING),
    "multi_select_static": _of("options selected_values placeholder type width", ACTING),
    "select_person": _of("options initial_option placeholder type width", ACTING),
    "multi_select_person": _of("options selected_values placeholder type width", ACTING),
    "date_picker": _of("initial_date placeholder width", ACTING),
    "picker_time": _of("initial_time placeholder width", ACTING),
    "picker_datetime": _of("initial_datetime placeholder width", ACTING),
    "overflow": _of("options width", ACTING),
    "checker": _of("checked text overall_checkable checked_style button_area padding", ACTING),
    "select_img": _of("options multi_select layout aspect_ratio", ACTING),
}
"""Components. Their parts (texts, options, icons) are in PARTS."""
REQUIRED = {
    "markdown": ("content",), "img": ("img_key", "alt"), "form": ("name", "elements"), "table": ("columns", "rows"),
    "interactive_container": ("elements",), "chart": ("chart_spec",), "select_static": (), "column_set": ("columns",),
    "person": ("user_id",), "person_list": ("persons",),
}  # fmt: skip
PARTS: dict[str, frozenset[str]] = {
    "plain_text": frozenset("tag content i18n_content text_size text_color text_align lines".split()),
    "lark_md": frozenset("tag content i18n_content text_size text_color text_align lines".split()),
    "standard_icon": frozenset("tag token color size".split()),
    "custom_icon": frozenset("tag img_key size".split()),
    "text_tag": frozenset("tag element_id text color".split()),
}
GONE = frozenset({"action", "note"})
INTERACTIVE = frozenset(
    "button input select_static multi_select_static select_person multi_select_person date_picker picker_time "
    "picker_datetime overflow checker select_img".split()
)
CONFIG = frozenset("update_multi width_mode enable_forward enable_forward_interaction locales summary style streaming_mode "
                   "streaming_config".split())  # fmt: skip
SUMMARY = frozenset({"content", "i18n_content"})
HEADER = frozenset(
    "title subtitle template icon text_tag_list i18n_text_tag_list padding".split()
)  # the sheet's denylist names header.tag
BODY = frozenset(f"{_INSIDE}".split())
ROOT = frozenset("schema config card_link header body".split())
TEMPLATES = frozenset("blue wathet turquoise green yellow orange red carmine violet purple indigo grey default".split())
TAG_COLOURS = frozenset(
    "neutral blue turquoise lime orange violet indigo wathet green yellow red purple carmine".split()
)
BUTTON_TYPES = frozenset(
    "default primary danger text primary_text danger_text primary_filled danger_filled laser".split()
)
WIDTHS = frozenset({"default", "compact", "fill"})
