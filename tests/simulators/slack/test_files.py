"""Files: three steps, each with its own refusal."""

import aiohttp
import pytest

pytestmark = pytest.mark.slow


async def begun(office, content=b"A-42"):
    return (await office.client.files_getUploadURLExternal(filename="行动项.csv", length=len(content))).data


async def uploaded(office, content=b"A-42"):
    """The first two steps; the file's id."""
    begin = await begun(office, content)
    async with aiohttp.ClientSession() as session, session.post(begin["upload_url"], data=content) as answer:
        assert (answer.status, await answer.text()) == (200, f"OK - {len(content)}")
    return begin["file_id"]


async def test_the_sdk_does_all_three(office):
    await office.client.files_upload_v2(
        filename="行动项.csv", content="A-42,评估", channel=office.product.id, initial_comment="清单"
    )
    assert office.bo.sees(office.product) == "清单\n[行动项.csv]\nA-42,评估"


async def test_a_length_is_more_than_nothing(office):
    for length in (0, -1, "long"):
        refused = await office.refused("files.getUploadURLExternal", filename="a", length=length)
        assert refused == "invalid_arguments"


async def test_the_bytes_are_as_many_as_promised_and_come_once(office):
    begin = await begun(office)
    async with aiohttp.ClientSession() as session:
        for content, status in ((b"A-4", 400), (b"A-42", 200), (b"A-43", 404)):
            async with session.post(begin["upload_url"], data=content) as answer:
                assert answer.status == status


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (lambda office: office.ann.id, "invalid_arguments"),
        (lambda office: "C0SIM99999", "channel_not_found"),
        (lambda office: office.workspace.channel("open", office.ann, bot=False).id, "not_in_channel"),
    ],
    ids=["a person", "unknown", "not a member"],
)
async def test_where_it_may_be_shared(office, place, error):
    files = [{"id": await uploaded(office)}]
    refused = await office.refused("files.completeUploadExternal", files=files, channel_id=place(office))
    assert refused == error
    await office.client.files_completeUploadExternal(files=files, channel_id=office.product.id)


async def test_a_second_completion_fails(office):
    files = [{"id": await uploaded(office), "title": "清单"}]
    done = await office.client.files_completeUploadExternal(files=files, channel_id=office.product.id)
    assert done["files"][0]["title"] == "清单"
    refused = await office.refused("files.completeUploadExternal", files=files, channel_id=office.product.id)
    assert refused == "file_not_found"


async def test_what_was_never_sent_cannot_be_completed(office):
    files = [{"id": (await begun(office))["file_id"]}]
    refused = await office.refused("files.completeUploadExternal", files=files, channel_id=office.product.id)
    assert refused == "file_not_found"


async def test_without_a_place_it_stays_with_the_bot(office):
    await office.client.files_completeUploadExternal(files=[{"id": await uploaded(office)}])
    assert office.product.messages == []
