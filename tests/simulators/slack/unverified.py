"""What no trustworthy source says (sheet 11), in one place: strict by default, and every value can be changed."""

from dataclasses import dataclass


@dataclass
class Unverified:
    """Guesses about Slack that a test may turn the other way."""

    used_url: tuple[int, str] = (404, "used_url")
    """Status and body of a response_url after its fifth use."""
    expired_url: tuple[int, str] = (404, "expired_url")
    """The same after thirty minutes."""
    metadata_bytes: int = 16_384
    """Above it: metadata_too_large."""
    nested_metadata: bool = False
    """False: an event_payload holds words, numbers and booleans only."""
    escaped_slash_text: bool = True
    """Whether & < > in a slash command's text arrive as entities."""
    smart_quotes: bool = False
    """Whether a phone turned " into “ ” in what was typed."""
    ticket_seconds: float = 30.0
    """How long a Socket Mode URL is good for its one use."""
    open_without_socket_mode: str = "forbidden_team"
    """apps.connections.open while Socket Mode is switched off."""
    most_members: int = 1000
    """Hard maximum of conversations.members' limit."""
    fourth_view: str = "push_limit_reached"
    """views.push on a stack of three."""
    user_agent: str = "Slackbot 1.0 (+https://api.slack.com/robots)"
    private_channel_name: str = "privategroup"
    """channel_name of a slash command typed in a private channel."""
    finds_deactivated_by_email: bool = False
    post_to_deactivated: str = "user_disabled"
    """chat.postMessage into the direct conversation with somebody who has left."""
    blocks_budget: int = 13_200
    """Above it: msg_blocks_too_long. Not documented; reported at 13,297 characters of text (slackapi/bolt-js#2509), and
    at 11,341 in many blocks (#2867), with "a buffer for block containers": so each object with a type weighs too."""
    weight_of_an_object: int = 25
    edit_counts_bytes: bool = True
    """Whether chat.update's 4,000 are bytes of UTF-8, as bots that write Chinese have met, or characters."""
    edits_after_leaving: bool = False
    """Whether chat.update still works in a channel that the bot was put out of."""
    posts_in_a_burst: int = 4
    """Messages into one channel at once before 1/s is enforced ("short bursts ok")."""
    resend_after: tuple[float, ...] = (0.0, 60.0, 300.0)
    """Seconds from one try of an event to the next (sheet 5.3); Socket Mode's spacing is not documented."""
