"""What people type as Feishu sends it: keys become names, ours is a call, rich text becomes lines."""

import json

import pytest

from adapters.feishu.entities import Spoken, spoken

BOT = "ou_bot"


def mention(number: int, id: str, name: str) -> dict:
    return {"key": f"@_user_{number}", "id": {"open_id": id, "union_id": "on", "user_id": ""}, "name": name}


MENTIONS = [
    mention(1, BOT, "闭环"),
    mention(2, "ou_li", "李四"),
    *(mention(n, f"ou_{n}", f"人{n}") for n in range(3, 12)),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大家早", Spoken("大家早")),
        ("@_user_1 新增 评估", Spoken("新增 评估", called=True)),
        ("@_user_1，新增", Spoken("新增", called=True)),
        ("@_user_1：\u3000新增", Spoken("新增", called=True)),
        ("新增 评估 @_user_1", Spoken("新增 评估", called=True)),
        ("@_user_1", Spoken("", called=True)),
        ("@_user_1 评估 @_user_2 周五 @_user_2", Spoken("评估 @李四 周五 @李四", ("ou_li",), called=True)),
        ("@_user_11 和 @_user_10", Spoken("@人11 和 @人10", ("ou_11", "ou_10"))),
        ("@_all 开会", Spoken("@所有人 开会")),
        ("  前后 ", Spoken("  前后 ")),
        ("@_user_99 是谁", Spoken("@_user_99 是谁")),
    ],
)
def test_keys(text, expected):
    assert spoken("text", json.dumps({"text": text}), MENTIONS, BOT) == expected


def test_a_name_that_pretends_to_be_the_bot_is_no_call():
    found = spoken("text", json.dumps({"text": "@_user_2 新增"}), [mention(2, "ou_eve", "闭环")], BOT)
    assert (found.called, found.mentions) == (False, ("ou_eve",))


@pytest.mark.parametrize("id", [None, "", {"open_id": None}, {"open_id": ""}, {}, "ou_old_shape"])
def test_a_mention_without_an_id_is_a_name(id):
    found = spoken("text", json.dumps({"text": "@_user_2 好"}), [{"key": "@_user_2", "id": id, "name": "李四"}], BOT)
    assert found == Spoken("@李四 好")


def test_rich_text():
    content = {
        "title": "题目",
        "content": [
            [{"tag": "at", "user_id": "@_user_1", "user_name": "闭环"}, {"tag": "text", "text": " 新增 评估 "},
             {"tag": "at", "user_id": "@_user_2"}],
            [{"tag": "a", "href": "https://x.example", "text": "链接"}, {"tag": "a", "href": "https://y.example", "text": ""},
             {"tag": "emotion", "emoji_type": "OK"}],
            [{"tag": "img", "image_key": "img_v3_1"}, {"tag": "unheard_of", "x": 1}],
        ],
    }  # fmt: skip
    found = spoken("post", json.dumps(content), MENTIONS, BOT)
    assert found.text == "题目\n新增 评估 @李四\n链接 https://x.examplehttps://y.example[OK]"
    assert found == Spoken(found.text, ("ou_li",), called=True, files=("img_v3_1",))


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        ("file", {"file_key": "file_v3_1", "file_name": "流程.docx"}, "流程.docx"),
        ("image", {"image_key": "img_v3_1"}, "img_v3_1"),
        ("audio", {"file_key": "file_v3_2", "duration": 2000}, "file_v3_2"),
    ],
)
def test_a_file_is_a_message_without_words(kind, content, name):
    assert spoken(kind, json.dumps(content), [], BOT) == Spoken("", files=(name,))


@pytest.mark.parametrize("content", ["", "no json", "[]", '"text"', "null"])
def test_content_that_is_none(content):
    with pytest.raises(ValueError, match=r".*"):
        spoken("text", content, [], BOT)


@pytest.mark.parametrize("content", ["{}", '{"text": null}', '{"content": null}', '{"content": [], "title": null}'])
def test_content_without_words(content):
    for kind in ("text", "post"):
        assert spoken(kind, content, [], BOT) == Spoken("")
