"""The tables for slack_sdk's stores are the ones that it expects, and it can use them in both databases."""

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import MetaData, Table

from storage import beside, open_store
from storage.installed import BOTS, INSTALLATIONS, STATES

INSTALLED = Installation(
    app_id="A1", team_id="T1", team_name="Acme", bot_token="xoxb-1", bot_id="B1", bot_user_id="U1", user_id="U2"
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(request, tmp_path) -> str:
    """The URL of a database that is ready."""
    return request.getfixturevalue("database") if request.param == "postgres" else f"sqlite:///{tmp_path / 'shop.db'}"


def expected() -> list[Table]:
    metadata, kept = MetaData(), SQLAlchemyInstallationStore
    return [
        kept.build_bots_table(metadata, "slack_bots"),
        kept.build_installations_table(metadata, "slack_installations"),
        SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, "slack_oauth_states"),
    ]


@pytest.mark.parametrize(("ours", "theirs"), list(zip((BOTS, INSTALLATIONS, STATES), expected(), strict=True)))
def test_the_tables_are_slack_sdks_own(ours, theirs):
    assert columns(ours) == columns(theirs)
    assert indexes(ours) == indexes(theirs)


async def test_its_stores_keep_what_they_are_given_in_our_database(anywhere):
    await open_store(anywhere).close()
    engine = beside(anywhere)
    store, states = SQLAlchemyInstallationStore("app", engine), SQLAlchemyOAuthStateStore(600, engine)
    store.save(INSTALLED)
    found = store.find_bot(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.bot_token == "xoxb-1"
    state = states.issue()
    assert (states.consume(state), states.consume(state)) == (True, False)
    store.delete_all(enterprise_id=None, team_id="T1")
    assert store.find_bot(enterprise_id=None, team_id="T1") is None


def columns(table: Table) -> list[tuple[str, str, bool, bool]]:
    return [(one.name, repr(one.type), bool(one.nullable), one.primary_key) for one in table.columns]


def indexes(table: Table) -> list[tuple[str | None, list[str]]]:
    return [(str(one.name), [column.name for column in one.columns]) for one in table.indexes]
