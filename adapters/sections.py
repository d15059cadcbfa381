"""The messengers' sections of config.toml, each a table that is there or not: what it holds, and what shows only when several of
its keys are seen together. A messenger is on when its section is there.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, SecretStr

from bot.choices import Address, Budget, FileName, MaybeSecret, MaybeWords, Secret, Wants, Words, Workspaces, YesNo
from bot.sections import Fault, Section

_TOGETHER = (
    ("client_id", "client_secret", "secret"), ("client_id", "workspaces", "workspaces"),
    ("client_secret", "client_id", "words"), ("workspaces", "client_id", "words"),
)  # fmt: skip


class SlackSection(Section):
    """Slack; `socket` needs app_token, `http` needs signing_secret. With client_id and client_secret it may be installed
    into the `workspaces` that are admitted; then bot_token may be absent."""

    mode: Annotated[Literal["socket", "http"], Wants("socket-http")] = "socket"
    bot_token: MaybeSecret = SecretStr("")
    client_id: MaybeWords = ""
    client_secret: MaybeSecret = SecretStr("")
    workspaces: Workspaces = ()
    app_token: MaybeSecret = SecretStr("")
    signing_secret: MaybeSecret = SecretStr("")
    api_url: Address = "https://slack.com/api"

    @classmethod
    def strange(cls, given: Mapping[str, Any]) -> Iterator[Fault]:
        """One workspace by its token, or those that are admitted by an app that can be installed; both is allowed."""
        yield from _needed(given, {"socket": "app_token", "http": "signing_secret"})
        said = {key for key in ("bot_token", "client_id", "client_secret", "workspaces") if _given(given.get(key))}
        if not said & {"bot_token", "client_id"}:
            yield Fault("bot_token", "config-missing", "secret")
        for key, needs, wants in _TOGETHER:
            if key in said and needs not in said:
                yield Fault(needs, "config-needed-by", wants, {"by": f"slack.{key}"})


class FeishuSection(Section):
    """Feishu; `webhook` needs encrypt_key, without which anybody could send events. `urgent`: what may disturb rings."""

    mode: Annotated[Literal["socket", "webhook"], Wants("socket-webhook")] = "socket"
    domain: Address = "https://open.feishu.cn"
    app_id: Words
    app_secret: Secret
    encrypt_key: MaybeSecret = SecretStr("")
    verification_token: MaybeSecret = SecretStr("")
    urgent: YesNo = False

    @classmethod
    def strange(cls, given: Mapping[str, Any]) -> Iterator[Fault]:
        return _needed(given, {"webhook": "encrypt_key"})


class DingtalkSection(Section):
    """DingTalk, by its stream protocol. `cards` is the rung that its cards begin on, `memory` the file of what DingTalk
    does not tell twice; `monthly_…` is what the organisation may use (0: without limit). `urgent`: what may disturb rings."""

    client_id: Words
    client_secret: Secret
    robot_code: Words
    card_template_id: Annotated[str, Wants("words")] = ""
    cards: Annotated[Literal["template", "public", "links", "text"], Wants("cards")] = "template"
    memory: FileName = "bihuan-dingtalk.db"
    monthly_calls: Budget = 5_000
    monthly_pushes: Budget = 3_000
    urgent: YesNo = False
    api_url: Address = "https://api.dingtalk.com"
    oapi_url: Address = "https://oapi.dingtalk.com"


class Messengers(BaseModel):
    """The part of the configuration that is the messengers': the line of one here is what connects it, by the package
    adapters.<name>."""

    model_config = Section.model_config

    slack: SlackSection | None = None
    feishu: FeishuSection | None = None
    dingtalk: DingtalkSection | None = None


MESSENGERS = tuple(Messengers.model_fields)


def _needed(given: Mapping[str, Any], by_mode: Mapping[str, str]) -> Iterator[Fault]:
    """The key that the chosen mode needs and that is not there."""
    mode = given.get("mode", "socket")
    key = by_mode.get(str(mode), "")
    if given and key and not str(given.get(key, "")).strip():
        yield Fault(key, "config-mode-needs", "secret", {"mode": str(mode)})


def _given(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)
