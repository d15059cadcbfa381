"""DingTalk's own Python client (dingtalk-stream) as an echo bot, a process of its own: `official.py CLIENT_ID SECRET TEMPLATE`.

It reads DINGTALK_OPENAPI_ENDPOINT once, when it is imported; so the endpoint is given by the environment.
"""

import logging
import sys

import dingtalk_stream
import websockets.exceptions  # noqa: F401  (without it 0.24.3 trips over websockets 15: sheet 2.6)
from dingtalk_stream import AckMessage


class Echo(dingtalk_stream.ChatbotHandler):
    """Answers words by the session webhook, "card" by a card with a button."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.template = template

    async def process(self, callback: dingtalk_stream.CallbackMessage) -> tuple[int, str]:
        incoming = dingtalk_stream.ChatbotMessage.from_dict(callback.data)
        words = incoming.text.content.strip()
        if words == "card":
            button = '{"msgButtons":[{"text":"确认","color":"blue","id":"confirm:A12","request":true}]}'
            replier = dingtalk_stream.CardReplier(self.dingtalk_client, incoming)
            values = {"title": "确认?", "markdown": "**A12**", "sys_full_json_obj": button}
            replier.create_and_deliver_card(self.template, values, callback_type="STREAM")
        elif words == "fail":
            raise RuntimeError("a handler that fails: no ack at all")
        else:
            self.reply_text(f"收到 {words}", incoming)
        return AckMessage.STATUS_OK, "OK"


class Clicks(dingtalk_stream.CallbackHandler):
    """Marks the card for whoever clicked."""

    async def process(self, callback: dingtalk_stream.CallbackMessage) -> tuple[int, dict[str, object]]:
        click = dingtalk_stream.CardCallbackMessage.from_dict(callback.data)
        title = f"{click.user_id} 已确认"
        return AckMessage.STATUS_OK, {"cardData": {"cardParamMap": {"title": title}}}


class Events(dingtalk_stream.EventHandler):
    """Hears of everything."""

    async def process(self, event: dingtalk_stream.EventMessage) -> tuple[int, str]:
        return AckMessage.STATUS_OK, "OK"


def main() -> None:
    client_id, secret, template = sys.argv[1:]
    client = dingtalk_stream.DingTalkStreamClient(
        dingtalk_stream.Credential(client_id, secret), logging.getLogger("official")
    )
    client.register_callback_handler(dingtalk_stream.ChatbotMessage.TOPIC, Echo(template))
    client.register_callback_handler(dingtalk_stream.CallbackHandler.TOPIC_CARD_CALLBACK, Clicks())
    client.register_all_event_handler(Events())
    client.start_forever()


if __name__ == "__main__":
    main()
