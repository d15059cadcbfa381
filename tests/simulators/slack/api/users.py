"""users.*, usergroups.*, bots.*, team.*: who is here."""

from tests.simulators.slack import documents
from tests.simulators.slack.api.asked import Asked, page
from tests.simulators.slack.errors import SlackError
from tests.simulators.slack.values import Json, User


def info(asked: Asked) -> Json:
    return {"user": _shown(asked, asked.user(asked.text("user")))}


def list_(asked: Asked) -> Json:
    everybody = list(asked.workspace.users.values())
    some, more = page(asked, everybody, len(everybody) or 1, 1000)
    stamp = documents.event_time(asked.workspace)
    return {"members": [_shown(asked, one) for one in some], "cache_ts": stamp, "response_metadata": more}


def lookup_by_email(asked: Asked) -> Json:
    """Every miss is users_not_found, with its plural."""
    finds_gone = asked.workspace.unverified.finds_deactivated_by_email
    for one in asked.workspace.users.values():
        if one.email.lower() == asked.text("email").lower() != "" and (finds_gone or not one.deleted):
            return {"user": _shown(asked, one)}
    raise SlackError("users_not_found")


def _shown(asked: Asked, one: User) -> Json:
    email = "users:read.email" in asked.installation.scopes
    locale = asked.flag("include_locale")
    return documents.user(one, asked.workspace.clock.now(), locale=locale, email=email)


def usergroups_list(asked: Asked) -> Json:
    team, groups = asked.workspace.id, asked.workspace.usergroups.values()
    return {"usergroups": [{"id": one.id, "team_id": team, "handle": one.handle, "name": one.name} for one in groups]}


def usergroups_users_list(asked: Asked) -> Json:
    found = asked.workspace.usergroups.get(asked.text("usergroup"))
    if found is None:
        raise SlackError("no_such_subteam")
    return {"users": list(found.users)}


def bots_info(asked: Asked) -> Json:
    if asked.text("bot") not in ("", asked.installation.bot):
        raise SlackError("bot_not_found")
    return {"bot": documents.bot_profile(asked.workspace) | {"user_id": asked.bot}}


def team_info(asked: Asked) -> Json:
    workspace = asked.workspace
    return {"team": {"id": workspace.id, "name": workspace.name, "domain": workspace.domain, "email_domain": ""}}
