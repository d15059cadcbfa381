"""Modals and Home tabs: triggers, stacks, hashes, and input that survives an update."""

import pytest

from tests.simulators.slack.conftest import modal, question, section

pytestmark = pytest.mark.slow

FORM = modal(question("行动", {"type": "plain_text_input"}), notify_on_close=True)
HOME = {"type": "home", "blocks": [section("等我处理")]}


def trigger(office):
    return office.workspace.screens.trigger(office.ann.user).id


async def opened(office, view=FORM):
    return (await office.client.views_open(trigger_id=trigger(office), view=view))["view"]


async def test_a_trigger_opens_one_modal(office):
    id = trigger(office)
    await office.client.views_open(trigger_id=id, view=FORM)
    assert office.ann.sees() == "新增\n行动\n[保存]"
    assert await office.refused("views.open", trigger_id=id, view=FORM) == "exchanged_trigger_id"
    assert await office.refused("views.open", trigger_id="1.2.3", view=FORM) == "invalid_trigger_id"
    assert await office.refused("views.open", trigger_id="", view=FORM) == "invalid_trigger_id"


@pytest.mark.parametrize(("seconds", "error"), [(1.5, ""), (3.1, "expired_trigger_id")])
async def test_a_trigger_lasts_three_seconds(office, seconds, error):
    id = trigger(office)
    await office.workspace.advance(seconds=seconds)
    if error:
        assert await office.refused("views.open", trigger_id=id, view=FORM) == error
    else:
        await office.client.views_open(trigger_id=id, view=FORM)


async def test_a_trigger_is_also_late_by_the_clock_on_the_wall(office):
    id = trigger(office)
    office.workspace.screens.triggers[id].started -= 3.1
    assert await office.refused("views.open", trigger_id=id, view=FORM) == "expired_trigger_id"


async def test_a_bad_view_does_not_spend_its_trigger(office):
    id = trigger(office)
    refusal = await office.refusal("views.open", trigger_id=id, view=FORM | {"blocks": []})
    assert refusal["error"] == "invalid_arguments"
    assert refusal["response_metadata"]["messages"] == [
        "[ERROR] no less than 1 items allowed [json-pointer:/view/blocks]"
    ]
    await office.client.views_open(trigger_id=id, view=FORM)


async def test_a_view_of_a_quarter_megabyte_is_too_large(office):
    large = modal(*[section("字" * 3000) for _ in range(28)])
    assert await office.refused("views.open", trigger_id=trigger(office), view=large) == "view_too_large"


async def test_three_views_are_the_deepest_stack(office):
    root = await opened(office)
    second = (await office.client.views_push(trigger_id=trigger(office), view=FORM))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (root["id"], root["id"])
    await office.client.views_push(trigger_id=trigger(office), view=FORM)
    assert await office.refused("views.push", trigger_id=trigger(office), view=FORM) == "push_limit_reached"


async def test_an_update_keeps_what_was_typed_where_ids_stay(office):
    fields = [question(name, {"type": "plain_text_input"}) for name in ("行动", "原因")]
    view = await opened(office, modal(*fields))
    office.ann.modal.values["行动"]["v"]["value"] = "评估"
    office.ann.modal.values["原因"]["v"]["value"] = "等需求"
    other = question("原因", {"type": "plain_text_input"}, "原因-2")
    answer = await office.client.views_update(view_id=view["id"], view=modal(fields[0], other))
    values = answer["view"]["state"]["values"]
    assert values["行动"]["v"]["value"] == "评估"
    assert values["原因-2"]["v"]["value"] is None


async def test_a_stale_hash_is_a_conflict(office):
    view = await opened(office)
    await office.client.views_update(view_id=view["id"], view=FORM, hash=view["hash"])
    stale = {"view_id": view["id"], "view": FORM, "hash": view["hash"]}
    assert await office.refused("views.update", **stale) == "hash_conflict"
    await office.client.views_update(view_id=view["id"], view=FORM)


async def test_a_view_by_the_apps_own_name(office):
    await opened(office, FORM | {"external_id": "meeting-7"})
    await office.client.views_update(external_id="meeting-7", view=FORM | {"external_id": "meeting-7"})
    named = {"trigger_id": office.workspace.screens.trigger(office.bo.user).id, "view": FORM}
    named["view"] = FORM | {"external_id": "meeting-7"}
    assert await office.refused("views.open", **named) == "duplicate_external_id"


async def test_a_closed_view_is_not_found(office):
    view = await opened(office)
    await office.ann.closes()
    assert await office.refused("views.update", view_id=view["id"], view=FORM) == "not_found"


async def test_a_home_is_published_and_found_by_its_hash(office):
    first = (await office.client.views_publish(user_id=office.ann.id, view=HOME))["view"]
    assert office.ann.sees_home() == "等我处理"
    assert office.bo.sees_home() == ""
    second = (await office.client.views_publish(user_id=office.ann.id, view=HOME, hash=first["hash"]))["view"]
    assert (second["id"], second["hash"] == first["hash"]) == (first["id"], False)
    stale = {"user_id": office.ann.id, "view": HOME, "hash": first["hash"]}
    assert await office.refused("views.publish", **stale) == "hash_conflict"


async def test_a_home_that_cannot_be(office):
    assert await office.refused("views.publish", user_id="U0SIM99999", view=HOME) == "user_not_found"
    assert await office.refused("views.publish", user_id=office.ann.id, view=FORM) == "invalid_arguments"
    office.workspace.app.home_tab = False
    assert await office.refused("views.publish", user_id=office.ann.id, view=HOME) == "not_enabled"
