"""auth.*: who the token is, and its end."""

from tests.simulators.slack.api.asked import Asked
from tests.simulators.slack.values import Json


def test(asked: Asked) -> Json:
    workspace = asked.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.users[asked.bot].name,
        "team_id": workspace.id,
        "user_id": asked.bot,
        "bot_id": asked.installation.bot,
        "is_enterprise_install": False,
    }


def revoke(asked: Asked) -> Json:
    """The token dies; the app is told of it as of any revocation."""
    if asked.flag("test"):
        return {"revoked": False}
    asked.workspace.revokes("token_revoked")
    return {"revoked": True}
