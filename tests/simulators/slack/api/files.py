"""files.*: the upload in three steps (sheet 4.5)."""

import re
import secrets

from tests.simulators.slack import documents
from tests.simulators.slack.api import content
from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.errors import SlackError, invalid
from tests.simulators.slack.values import Conversation, File, Json, Message

_PLACE = re.compile(r"^[CGDZ][A-Z0-9]{8,}$")


def get_upload_url_external(asked: Asked) -> Json:
    if not asked.text("filename"):
        raise invalid("invalid_arguments", ["missing required field: filename"])
    length = asked.number("length", 0)
    if length <= 0:
        raise invalid("invalid_arguments", ["must be greater than 0 [json-pointer:/length]"])
    workspace = asked.workspace
    file = File(workspace.slack.ids.next("F"), workspace.id, asked.text("filename"), length, secrets.token_hex(8))
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.slack.url}/upload/v1/{file.secret}", "file_id": file.id}


def complete_upload_external(asked: Asked) -> Json:
    """Once per file, and only what has arrived whole. Shared where the bot is a member."""
    files = _given(asked)
    places = [_place(asked, id) for id in [*_ids(asked)]]
    blocks = content.blocks(asked)
    for file in files:
        file.done = True
        file.shared_in += [place.id for place in places]
    for place in places:
        message = Message(
            "", asked.bot, asked.text("initial_comment"), blocks or [], asked.installation.bot, subtype="file_share"
        )
        message.files, message.thread_ts = files, content.thread(asked, place)
        asked.workspace.says(place, message)
    return {"files": [documents.file(asked.workspace, file) for file in files]}


def _given(asked: Asked) -> list[File]:
    given = asked.json("files")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) and "id" in one for one in given):
        raise invalid("invalid_arguments", ["missing required field: files"])
    found = [asked.workspace.files.get(one["id"]) for one in given]
    files = [one for one in found if one is not None and one.content is not None and not one.done]
    if len(files) < len(given):
        raise SlackError("file_not_found")
    for file, one in zip(files, given, strict=True):
        file.title = one.get("title", "")
    return files


def _ids(asked: Asked) -> list[str]:
    many = [id for id in asked.text("channels").split(",") if id]
    return many or [id for id in [asked.text("channel_id")] if id]


def _place(asked: Asked, id: str) -> Conversation:
    if not _PLACE.match(id):
        raise invalid("invalid_arguments", [f"must match pattern: {_PLACE.pattern} [json-pointer:/channel_id]"])
    asked.args["channel_id"] = id
    place = asked.inside(asked.conversation("channel_id"))
    if place.archived:
        raise SlackError("is_archived")
    return place


def info(asked: Asked) -> Json:
    asked.needs("files:read")
    found = asked.workspace.files.get(asked.text("file"))
    if found is None or not found.done:
        raise SlackError("file_not_found")
    return {"file": documents.file(asked.workspace, found)}
