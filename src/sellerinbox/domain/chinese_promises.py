"""Promises in Chinese, simplified and traditional: one sentence at a time, clause by clause between its commas.

A clause promises when it names what will be done (退款, 回复, 核实…) and says that we do it for the buyer: by a
subject (我, 我们, 客服), by 给您, or by a word for "will" or "at once".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sellerinbox.domain.calendar import Calendar
from sellerinbox.domain.day_phrases import Phrase, phrases
from sellerinbox.domain.found_promises import Found

KINDS = {
    "refund": re.compile("退款|退还|退還|退钱|退錢|赔偿|賠償|补偿|補償|退给您|返还|返還|打款"),
    "send": re.compile(
        "补发|補發|重发|重發|重新发货|发货|發貨|寄出|寄给|寄給|发出|發出|补寄|補寄|换货|換貨|更换|更換|寄送|重寄|发给|發給|换一|"
        "換一|(?:就|再|先|能)[发發](?![现現票生错錯])"
    ),
    "check": re.compile(
        "查(?!收|看收|看[：:])|(?<![请請])[问問](?![题題候您])|核实|核實|核查|联系[^您]{0,6}(?:快递|物流|公司|厂|仓)|聯[繫絡]|确认|"
        "確認|催|跟进|跟進|沟通|溝通|了解|调查|調查|反馈|反饋|检查|檢查"
    ),
    "answer": re.compile(
        "回复|回復|回覆|答复|答覆|回答|联系您|联系你|通知|告知|回信|满意|滿意|消息|结果|結果|说法|說法|交代|告诉您|告訴您"
    ),
    "do": re.compile("处理|處理|解决|解決|安排|负责|負責|办理|辦理|维修|維修|修好|取消|联系"),
}
"""What is promised → its words."""
_WE = re.compile("我(?!的|想|觉得|認為|认为)|本店|客服|小二|同事|团队|團隊|咱")
_FOR_YOU = re.compile(
    "(?:给|給|为|為|帮|幫|替|向|跟|和)(?:您|你|亲|親)|(?:告诉|告訴|回复|回覆|回復|答复|答覆|通知|联系|聯繫|告知)(?:您|你)"
)
_WILL = re.compile(
    "(?<![不机學学社约聚])(?:会|會)(?!员|員|计|計|议|議)|将(?!就)|將|马上|馬上|立即|立刻|立马|尽快|盡快|这就|這就|第一时间|"
    "第一時間|一定|保证|保證|承诺|承諾|稍后|稍後|争取|爭取|继续|繼續|去(?:查|问|核)"
)
_SURELY = re.compile("一定|第一[时時][间間]")
_NOT = re.compile(
    "已经|已經|已(?:为|為|给|給|于|安排|退|补|補|发|發|寄|联|通|处|處|反|核|查|回)|昨|前天|刚刚|剛剛|刚才|剛才|不会|不會|无法|"
    "無法|不能|没法|沒法|没办法|不再|不给|可以|能够(?!.*一定)|是否|要不要|能否|可否|希望|想要|需要您|过了|不(?:发|發|退|处|處|"
    "回|补|補)|或者|看您|一般|通常|平时|平時|每[天周週]|只(?:发|發|退|补)|(?:支持|享受)\\d"
)
_SOMEBODY_ELSE = re.compile(
    "^[\\s\\W]*(?:那|但|但是|而且|然后|所以)?(?:请(?!放心|您放心|稍|耐心|允许|相信|给我|原谅|谅解)|請(?!放心|您放心|稍|耐心|"
    "允許|相信|給我|原諒|諒解)|麻烦|麻煩|您(?!的(?:退款|问题|問題|订单|訂單|货款))|你(?!的)|快递|快遞|包裹|物流|商品|货物|貨物|"
    "dhl|ups|邮政|郵政|买家|平台|顺丰|谢谢|感谢|謝謝|祝)"
)
_ONLY_IF = re.compile(
    "如果|若|要是|假如|的话|的話|只要|一旦|万一|收到(?:您|你|退|货|貨|商品|包裹)[^，,]{0,8}[后後]|等(?:您|你|货|貨|退)|(?:退回|"
    "寄回|退货|退貨)[^，,]{0,4}[后後]|待(?:您|收)|确认收货后"
)
_NOT_ARRIVED = re.compile("(?:如果|若|要是).{0,30}(?:没|沒|未|不)")
_ASKS = re.compile("[吗嗎呢么麼]?[？?]\\s*$|[吗嗎]\\s*[。.!！]?$|好不好|行不行|看您|您(?:更|比较|比較)?(?:选|選|喜欢|喜歡)")
_DONE = re.compile("了[。！!.~～\\s]*$")
_CLAUSE = re.compile("[^，,、；;:：]+")
_LEFT_OVER = 4
"""Signs that may stand beside a day in a clause of its own: 最晚周一，…"""


def promises(low: str, now: datetime, calendar: Calendar) -> tuple[Found, ...]:
    """The promises in one sentence."""
    if _ASKS.search(low):
        return ()
    days = phrases(low, "zh", now, calendar)
    if not _ONLY_IF.search(low):
        return _merged(_clauses(low, days))
    named = next((day.due_at for day in days), None)
    if named is None or not _NOT_ARRIVED.search(low):
        return ()
    # "If it is not there by Wednesday, we send another": on Wednesday he has to look.
    return _merged(found._replace(due_at=found.due_at or named) for found in _clauses(low, days))


def _clauses(low: str, days: tuple[Phrase, ...]) -> Iterator[Found]:
    waiting: Phrase | None = None  # a day in a clause of its own belongs to the next one
    index = 0
    for clause in _CLAUSE.finditer(low):
        own: Phrase | None = None
        while index < len(days) and days[index].start < clause.end():
            own = days[index] if own is None or own.due_at is None else own
            index += 1
        kind = _kind(clause[0])
        if kind is not None and _promises(clause[0], kind, own, waiting):
            day = own or waiting
            start = min(clause.start(), day.start) if day is not None else clause.start()
            yield Found(*_bare(low, start, clause.end()), kind, day.due_at if day is not None else None)
        waiting = own if own is not None and _stands_alone(clause[0], own) and not _SOMEBODY_ELSE.search(clause[0]) else None


def _kind(clause: str) -> str | None:
    hits = [(match.start(), kind) for kind, pattern in KINDS.items() if (match := pattern.search(clause))]
    return min(hits)[1] if hits else None


def _promises(clause: str, kind: str, own: Phrase | None, waiting: Phrase | None) -> bool:
    """Whether we are to do it, and it is not done, denied, offered or asked for."""
    ours, day = bool(_WE.search(clause)), own or waiting
    if _NOT.search(clause) or (day is not None and day.due_at is None) or (_SOMEBODY_ELSE.search(clause) and not ours):
        return False
    will = bool(_WILL.search(clause))
    if "了" in clause and not will and (own is None or _DONE.search(clause)):
        return False
    if day is not None:
        return True
    for_you = bool(_FOR_YOU.search(clause))
    return (will and (ours or for_you or bool(_SURELY.search(clause)))) or (ours and (for_you or kind == "check"))


def _stands_alone(clause: str, day: Phrase) -> bool:
    return len(re.sub(r"\W", "", clause)) - (day.end - day.start) <= _LEFT_OVER


def _bare(low: str, start: int, end: int) -> tuple[int, int]:
    piece = low[start:end]
    start += len(piece) - len(piece.lstrip(" \n，,。"))
    return start, start + len(piece.strip(" \n，,。！!.~～"))


def _merged(found: Iterable[Found]) -> tuple[Found, ...]:
    """One promise for clauses that follow one another without a day of their own."""
    merged: list[Found] = []
    for one in found:
        if merged and (one.due_at is None or one.due_at == merged[-1].due_at):
            merged[-1] = merged[-1]._replace(end=one.end)
        elif merged and merged[-1].due_at is None:
            merged[-1] = one._replace(start=merged[-1].start)
        else:
            merged.append(one)
    return tuple(merged)
