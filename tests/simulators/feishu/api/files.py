"""Uploads: multipart, with the limits of sheet 3.1."""

from typing import TYPE_CHECKING

from tests.simulators.feishu.errors import FeishuError
from tests.simulators.feishu.values import Json, Upload
from tests.simulators.feishu.wire import Call

if TYPE_CHECKING:
    from tests.simulators.feishu.tenant import Tenant

MOST_IMAGE, MOST_FILE = 10 * 1024 * 1024, 30 * 1024 * 1024
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")
_KINDS = frozenset("opus mp4 pdf doc xls ppt stream".split())


def image(tenant: "Tenant", call: Call) -> Json:
    content = _content(call, "image", MOST_IMAGE)
    if call.body.get("image_type") != "message":
        raise FeishuError(234001, "Invalid request param.")
    if not content.startswith(_PICTURES):
        raise FeishuError(234011, "Can't recognize the image format.")
    key = tenant.ids.next("img_v3")
    tenant.images[key] = Upload(key, "", content)
    return {"image_key": key}


def file(tenant: "Tenant", call: Call) -> Json:
    content = _content(call, "file", MOST_FILE)
    if call.body.get("file_type") not in _KINDS or not call.body.get("file_name"):
        raise FeishuError(234001, "Invalid request param.")
    key = tenant.ids.next("file_v3")
    tenant.files[key] = Upload(key, str(call.body["file_name"]), content)
    return {"file_key": key}


def _content(call: Call, name: str, most: int) -> bytes:
    if name not in call.files:
        raise FeishuError(234001, "Invalid request param.")
    content = call.files[name]
    if not content:
        raise FeishuError(234010, "File's size can't be 0.")
    if len(content) > most:
        raise FeishuError(234006, "The file size exceed the max value.")
    return content
