"""A strict local DingTalk: both hosts, the Stream gateway, and people at their clients. The truth is the platform sheet.

    organisation = Organisation()                                 # or Organisation(clock, App(...))
    ann, bo = organisation.hires("0456ann", "安娜"), organisation.hires("0123bo", "薄一")
    weekly = organisation.group("项目周会", ann, bo)
    async with organisation.serving() as url:                     # the bot: f"{url}/api", f"{url}/oapi", organisation.app
        await organisation.gateway.connected()
        await ann.says("@闭环 /action add 输出流程 @薄一 周五", weekly)
        await bo.presses("接受")
        organisation.faults.next("/v1.0/robot/oToMessages/batchSend", faults.records_then_closes(), faults.qps())
        await organisation.advance(minutes=2)                     # redelivery, expiries
        assert "已接受" in ann.sees(weekly)
    assert organisation.complaints == []                          # nothing that DingTalk could do nothing with
    print(organisation.quota.calls, organisation.quota.pushes)

people, eyes and payloads are the client; organisation and values what DingTalk keeps; wire, api and quota the two hosts;
gateway the socket; faults and unverified what can be set. By hand: `python -m tests.simulators.dingtalk`.
"""

from tests.simulators.dingtalk.errors import Barred
from tests.simulators.dingtalk.organisation import Organisation
from tests.simulators.dingtalk.people import Colleague
from tests.simulators.dingtalk.values import App, Group

__all__ = ["App", "Barred", "Colleague", "Group", "Organisation"]
