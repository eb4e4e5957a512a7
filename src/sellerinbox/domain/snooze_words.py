"""What a seller may type for a snooze, in English, German and Chinese (and what is spelled the same elsewhere)."""

from __future__ import annotations


def _names(spellings: str) -> frozenset[str]:
    return frozenset(spellings.split("|"))


TRACKING = _names(
    "when tracking moves|tracking moves|when tracking|tracking|when the parcel moves|when parcel moves|wenn sich das paket"
    " bewegt|wenn tracking sich bewegt|sendung bewegt sich|物流更新|物流更新时|物流更新時|物流有更新|快递有更新时"
)
"""Until the parcel's tracking says something new."""
NO_ANSWER = (
    r"(?:if\s+)?no\s+(?:answer|reply)\s+(?:in|within|for)\s+",
    r"(?:wenn\s+)?(?:keine\s+antwort|nichts\s+kommt)\s+(?:in|binnen|seit|nach|für)\s+",
    r"(?:如果)?(?=\d{1,4}.{1,4}[内內]?(?:没|沒|无|無|不)(?:有)?回)",
    r"(?:如果)?(?:没|沒|无|無)(?:有)?(?:回复|回覆|答复|答覆)[,，]?\s*",
)
"""Until then, unless the buyer writes before; a span of time follows."""
UNITS = {
    "minutes": "m|min|mins|minute|minutes|minuten|分钟|分鐘|分",
    "hours": "h|hr|hrs|hour|hours|std|stunde|stunden|小时|小時|个小时|個小時",
    "days": "d|day|days|t|tag|tage|tagen|天|日",
    "weeks": "w|wk|week|weeks|wo|woche|wochen|周|週|个星期|個星期|星期",
}
LATER_TODAY = _names("later|later today|später|spaeter|稍后|稍後|待会|待會")
DAYS = {
    "today|heute|今天|今日": 0,
    "tonight|this evening|heute abend|今晚|今天晚上": 0,
    "tomorrow|tmrw|tom|morgen|明天|明日": 1,
    "day after tomorrow|übermorgen|uebermorgen|后天|後天": 2,
}
"""Days from today."""
EVENINGS = _names("tonight|this evening|heute abend|今晚|今天晚上")
WEEKDAYS = (
    "mon|monday|mo|montag|周一|週一|星期一|礼拜一|禮拜一",
    "tue|tues|tuesday|di|dienstag|周二|週二|星期二|礼拜二|禮拜二",
    "wed|wednesday|mi|mittwoch|周三|週三|星期三|礼拜三|禮拜三",
    "thu|thur|thurs|thursday|do|donnerstag|周四|週四|星期四|礼拜四|禮拜四",
    "fri|friday|fr|freitag|周五|週五|星期五|礼拜五|禮拜五",
    "sat|saturday|sa|samstag|sonnabend|周六|週六|星期六|礼拜六|禮拜六",
    "sun|sunday|so|sonntag|周日|周天|週日|星期日|星期天|礼拜天|禮拜天",
)
MONTHS = (
    "jan|january|januar",
    "feb|february|februar",
    "mar|march|mär|maer|märz|maerz|mrz",
    "apr|april",
    "may|mai",
    "jun|june|juni",
    "jul|july|juli",
    "aug|august",
    "sep|sept|september",
    "oct|october|okt|oktober",
    "nov|november",
    "dec|december|dez|dezember",
)
NEXT_WORKING_DAY = _names(
    "next working day|working day|next workday|nächster werktag|naechster werktag|werktag|下个工作日|下個工作日|工作日"
)
NEXT_WEEK = _names("next week|nächste woche|naechste woche|下周|下週|下星期")
LEADS = r"(?:until|till|on|at|am|bis|um|den|next(?!\s+w)|nächsten|kommenden|到)\s+"
"""Small words that may stand in front and say nothing."""
