"""The seller's settings and where everything is kept. No secrets, no store."""

from sellerinbox.config.accounts import check_account
from sellerinbox.config.changing import add_account, remove_account
from sellerinbox.config.files import make_private, open_to_others, private_folder, write_private
from sellerinbox.config.loading import load
from sellerinbox.config.paths import Paths, paths
from sellerinbox.config.settings import CalendarSettings, ClockSettings, Config, SavedView, SnoozeSetting, SyncSettings

__all__ = [
    "CalendarSettings",
    "ClockSettings",
    "Config",
    "Paths",
    "SavedView",
    "SnoozeSetting",
    "SyncSettings",
    "add_account",
    "check_account",
    "load",
    "make_private",
    "open_to_others",
    "paths",
    "private_folder",
    "remove_account",
    "write_private",
]
