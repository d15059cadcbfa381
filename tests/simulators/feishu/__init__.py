"""A strict local Feishu: open API, long connection, encrypted webhook, people who type and press; `python -m tests.simulators.feishu`."""

from tests.simulators.feishu.app import App
from tests.simulators.feishu.errors import Barred
from tests.simulators.feishu.people import Colleague, Group
from tests.simulators.feishu.tenant import Tenant

__all__ = ["App", "Barred", "Colleague", "Group", "Tenant"]
