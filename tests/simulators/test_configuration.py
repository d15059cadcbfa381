"""What each simulator prints can be written into config.toml as it is, and its keys are the simulator's own."""

import pytest

from bot.config import load
from tests.simulators.dingtalk import Organisation
from tests.simulators.dingtalk.__main__ import configuration as dingtalk
from tests.simulators.feishu.__main__ import configuration as feishu
from tests.simulators.feishu.tenant import Tenant
from tests.simulators.slack.__main__ import configuration as slack
from tests.simulators.slack.__main__ import workspace

URL = "http://127.0.0.1:9000"


def read(folder, text):
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load(file)


@pytest.mark.parametrize(("socket", "mode"), [(True, "socket"), (False, "http")])
def test_slacks(tmp_path, socket, mode):
    acme = workspace("")
    acme.app.socket_mode = socket
    section = read(tmp_path, slack(acme, URL)).slack
    assert section is not None
    assert (section.mode, section.api_url) == (mode, f"{URL}/api")
    assert section.bot_token.get_secret_value() == acme.token


@pytest.mark.parametrize(("socket", "mode"), [(True, "socket"), (False, "webhook")])
def test_feishus(tmp_path, socket, mode):
    acme = Tenant()
    acme.app.socket = socket
    section = read(tmp_path, feishu(acme, URL)).feishu
    assert section is not None
    assert (section.mode, section.domain, section.app_id) == (mode, URL, acme.app.id)
    assert section.app_secret.get_secret_value() == acme.app.secret


def test_dingtalks(tmp_path):
    organisation = Organisation()
    section = read(tmp_path, dingtalk(organisation, URL)).dingtalk
    assert section is not None
    assert (section.api_url, section.oapi_url) == (f"{URL}/api", f"{URL}/oapi")
    assert section.card_template_id in organisation.app.templates
    assert section.client_secret.get_secret_value() == organisation.app.client_secret
