"""What an acknowledgement does on the screen: a command's answer, a form's faults, and Slack's own words for a failure."""

from typing import TYPE_CHECKING, Any

from tests.simulators.slack.courier import Delivery
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.kit import views as kit
from tests.simulators.slack.kit.elements import OPTION
from tests.simulators.slack.kit.rules import array
from tests.simulators.slack.values import SLACKBOT, Hook, Json, Message, User, View

if TYPE_CHECKING:
    from tests.simulators.slack.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def to_command(workspace: "Workspace", hook: Hook, delivery: Delivery) -> None:
    """Shows what the app answered, else `failed with the error …` (sheet 1.3)."""
    reply, name = delivery.tries[-1], delivery.payload["command"]
    if not reply.acknowledged or reply.status != 200:
        late = reply.reason in ("timeout", "http_timeout")
        error = "operation_timeout" if late else "dispatch_failed"
        _slackbot(workspace, hook.conversation, hook.user, f'{name} failed with the error "{error}"')
    elif reply.body:
        _shows(workspace, hook, delivery)


def _shows(workspace: "Workspace", hook: Hook, delivery: Delivery) -> None:
    given = delivery.body if isinstance(delivery.body, dict) else {"text": delivery.body}
    if given.get("response_type") == "in_channel":
        _echoes(workspace, hook, delivery.payload)
        if not given.get("text") and not given.get("blocks"):
            return
    try:
        workspace.hooks.does(hook, {name: value for name, value in given.items() if name != "replace_original"})
    except SlackError as refused:
        workspace.complaints.append(f"the answer to {delivery.payload['command']}: {refused.body}")
        words = f'{delivery.payload["command"]} failed with the error "dispatch_failed"'
        _slackbot(workspace, hook.conversation, hook.user, words)


def _echoes(workspace: "Workspace", hook: Hook, payload: Json) -> None:
    """An answer in_channel shows everybody the command that was typed."""
    text = f"{payload['command']} {payload['text']}".rstrip()
    workspace.says(workspace.conversations[hook.conversation], Message("", hook.user, text))


def to_press(workspace: "Workspace", who: User, delivery: Delivery) -> None:
    """A press, a shortcut or a closing is acknowledged with nothing; where it is not, the client shows trouble."""
    reply = delivery.tries[-1]
    if reply.acknowledged and reply.status == 200:
        if reply.body:
            workspace.complaints.append(f"nobody sees the answer to {delivery.name}: {reply.body}")
        return
    channel = delivery.payload.get("channel")
    _slackbot(workspace, channel["id"] if channel else workspace.direct(who).id, who.id, TROUBLE)


def to_submission(workspace: "Workspace", who: User, view: View, delivery: Delivery) -> None:
    """Closes, shows faults at their fields, or puts another view there (sheet 2.3)."""
    reply, screens = delivery.tries[-1], workspace.screens
    stack = screens.stacks.get(who.id, [])
    if not reply.acknowledged or reply.status != 200:
        view.errors = {"": TROUBLE}
    elif view not in stack:
        return
    elif not reply.body:
        stack.remove(view)
        if not stack:
            screens.clears(who.id)
    elif not isinstance(reply.body, dict) or not _responds(workspace, who, view, reply.body):
        workspace.complaints.append(f"the answer to {view.sent.get('callback_id')}: {reply.body}")
        view.errors = {"": TROUBLE}


def _responds(workspace: "Workspace", who: User, view: View, given: Json) -> bool:
    """False for an answer that Slack can do nothing with."""
    match given.get("response_action"):
        case "errors":
            return _faults(view, given.get("errors"))
        case "update" if _sound(given.get("view")):
            workspace.screens.replaces(view, given["view"])
        case "push" if _sound(given.get("view")) and len(workspace.screens.stacks[who.id]) < 3:
            workspace.screens.pushes(who, given["view"])
        case "clear":
            workspace.screens.clears(who.id)
        case _:
            return False
    return True


def _faults(view: View, errors: Any) -> bool:
    """Only at input blocks that are in the view (sheet 2.3; what else happens is unverified, so it is wrong here)."""
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        return False
    view.errors = {name: str(words) for name, words in errors.items()}
    return True


def _sound(view: Any) -> bool:
    return isinstance(view, dict) and not kit.faults(view, "modal") and not kit.too_large(view)


def to_search(delivery: Delivery) -> list[Json]:
    """The options that came; none when the answer is no list of at most a hundred."""
    given = delivery.body if isinstance(delivery.body, dict) else {}
    options = [
        *given.get("options", ()),
        *(one for group in given.get("option_groups", ()) for one in group["options"]),
    ]
    return [] if list(array(OPTION, 0, 100)(options, "/options")) else options


def _slackbot(workspace: "Workspace", place: str, reader: str, words: str) -> None:
    workspace.records(workspace.conversations[place], Message("", SLACKBOT, words, only_for=reader))
