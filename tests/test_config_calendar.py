"""The calendar from the settings: a wrong country or zone is named, never taken for "no holidays"."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo

import pytest

from sellerinbox.config.calendar import build_calendar, local_zone
from sellerinbox.config.holidays import check_holidays, holidays_in
from sellerinbox.domain.errors import ConfigError

ASK = """
import sys
from datetime import date
from sellerinbox.config.calendar import build_calendar
calendar = build_calendar("UTC", holidays="GB-ENG")
before = "holidays" in sys.modules
print(before, calendar.working(date(2026, 12, 25)), "holidays" in sys.modules)
"""


def test_the_holidays_of_a_part_of_a_country_are_closed_days() -> None:
    bavaria, berlin = (build_calendar("Europe/Berlin", holidays=place) for place in ("DE-BY", "DE-BE"))
    epiphany_eve = datetime(2027, 1, 5, 12, tzinfo=UTC)
    assert bavaria.next_working_day(epiphany_eve) == date(2027, 1, 7)
    assert berlin.next_working_day(epiphany_eve) == date(2027, 1, 6)


def test_the_library_is_loaded_when_a_day_is_asked_about_and_not_before() -> None:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


@pytest.mark.parametrize("place", ["de", "Germany", "", "DE-", "DE BY", "DE-BAVARIA", "../DE"])
def test_what_cannot_be_a_place_is_refused_at_once(place: str) -> None:
    with pytest.raises(ConfigError, match=r"calendar\.holidays"):
        holidays_in(place)


@pytest.mark.parametrize(("place", "hint"), [("XX", "no country is called XX"), ("DE-XX", "DE has the parts BB, BE")])
def test_a_place_that_nobody_knows_is_never_a_place_without_holidays(place: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=rf"calendar\.holidays.*{hint}"):
        check_holidays(place)
    with pytest.raises(ConfigError, match=r"calendar\.holidays"):
        build_calendar("UTC", holidays=place).next_working_day(datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("calendar.timezone", {"timezone": "Berlin/Europe"}),
        ("calendar.timezone", {"timezone": "../../etc/passwd"}),
        ("calendar.closed", {"closed": ["saturday"]}),
        ("calendar.closed", {"closed": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}),
        ("calendar.days_off", {"days_off": ["24.12.2026"]}),
        ("calendar.promise_hour", {"promise_hour": 24}),
    ],
)
def test_a_mistake_names_its_key(key: str, values: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match=key.replace(".", r"\.")):
        build_calendar(**values)  # type: ignore[arg-type]


def test_days_off_and_closed_days_hold() -> None:
    calendar = build_calendar("Europe/Berlin", ("sun",), None, ("2026-11-21",))
    assert calendar.next_working_day(datetime(2026, 11, 20, 12, tzinfo=UTC)) == date(2026, 11, 23)


def test_the_machines_zone_changes_its_clocks(tmp_path: Path) -> None:
    zone = next(Path(folder) / "Europe/Berlin" for folder in TZPATH if (Path(folder) / "Europe/Berlin").exists())
    linked, copied = tmp_path / "linked", tmp_path / "copied"
    linked.symlink_to(zone)
    copied.write_bytes(zone.read_bytes())
    assert local_zone({"TZ": "Asia/Tokyo"}, linked) == ZoneInfo("Asia/Tokyo")
    for found in (local_zone({}, linked), local_zone({"TZ": "nonsense"}, copied)):
        offsets = [datetime(2026, month, 1, tzinfo=found).utcoffset() for month in (1, 7)]
        assert [str(offset) for offset in offsets] == ["1:00:00", "2:00:00"]
    assert local_zone({}, tmp_path / "missing") is UTC
