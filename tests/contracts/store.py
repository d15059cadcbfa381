"""The contract of bot.store, word for word: what every implementation passes whole.

A test class inherits it and brings the fixtures: `store`, an empty store whose fallback zone is Europe/Berlin, and `beside`,
a second one on the same database, as another process would have it.
"""

from tests.contracts.stored.actions import ActionsContract
from tests.contracts.stored.alarms import AlarmsContract
from tests.contracts.stored.captures import CapturesContract
from tests.contracts.stored.history import HistoryContract
from tests.contracts.stored.meetings import MeetingsContract
from tests.contracts.stored.minutes import MinutesContract
from tests.contracts.stored.outbox import OutboxContract
from tests.contracts.stored.people import PeopleContract
from tests.contracts.stored.ratings import RatingsContract
from tests.contracts.stored.refreshing import RefreshingContract
from tests.contracts.stored.search import SearchContract
from tests.contracts.stored.series import SeriesContract
from tests.contracts.stored.together import TogetherContract
from tests.contracts.stored.transactions import TransactionsContract
from tests.contracts.stored.votes import VotesContract
from tests.contracts.stored.withdrawing import WithdrawingContract
from tests.contracts.stored.words import InboxContract, QuestionsContract, SettingsContract


class StoreContract(
    ActionsContract, HistoryContract, AlarmsContract, OutboxContract, RefreshingContract, InboxContract, PeopleContract,
    SettingsContract, QuestionsContract, TransactionsContract, WithdrawingContract, MeetingsContract, CapturesContract,
    VotesContract, SeriesContract, RatingsContract, MinutesContract, SearchContract, TogetherContract,
):  # fmt: skip
    """A store that several processes may use at once."""
