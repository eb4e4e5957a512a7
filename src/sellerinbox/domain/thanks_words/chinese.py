"""Thank-yous in Chinese, sign by sign; traditional signs are read as the simplified ones below."""

from __future__ import annotations

ZH_THANKS = (
    "谢谢您 谢谢你 谢谢你们 谢谢啦 谢谢了 谢谢 谢啦 谢了 多谢您 多谢你 多谢了 多谢 太感谢了 太谢谢了 非常感谢 十分感谢"
    " 万分感谢 感谢您 感谢你 感谢 感激不尽 辛苦了 辛苦您了 辛苦你了 谢 3q thx"
)
"""Chinese: longest first, sign by sign; traditional signs are read as the simplified ones below."""
ZH_BESIDE = """
        好的 好 麻烦您了 麻烦你了 麻烦了 好吧 好滴 好哒 好呀 嗯 嗯嗯 哦 噢 行 行的 没问题 没事 没事的 没关系 不急 不着急 收到 收到了
        已收到 已收到货 收到货了 货收到了 已收货 东西收到了 包裹收到了 退款收到了 收到退款了 钱收到了 明白 明白了 知道了 我知道了 了解
        了解了 懂了 太好了 太棒了 很好 非常好 真好 不错 棒 完美 满意 很满意 非常满意 解决了 已解决 问题解决了 可以用了 能用了 您 你 您的
        你的 你们 你们的 老板 卖家 亲 亲爱的 客服 店家 小姐姐 先生 女士 您好 你好 早上好 下午好 晚上好 祝 祝您 祝你 周末愉快 生活愉快
        生意兴隆 工作顺利 一切顺利 身体健康 节日快乐 新年快乐 愉快 大卖 生意 好运 早安 晚安 再见 拜拜 回头见 拜 您也是 你也是 也 那 那么
        就 那就 等 我等 我等您 我等你 等您 等你 等您消息 等你消息 我等您消息 我等您的消息 等您的消息 等待 我会等 慢慢来 到时候 再 再联系
        见 再说 真的 真是 非常 十分 太 很 了 啦 呀 哈 哈哈 啊 的 哦哦 呢
    """
ZH_GIFTS = "回复 及时回复 快速回复 及时 耐心 帮助 解答 服务 支持 理解 配合 处理 告知 提醒 关照"
"""What one is thankful for; only behind a thank-you, in the same breath."""
ZH_DAYS = "周一 周二 周三 周四 周五 周六 周日 周天 星期一 星期二 星期三 星期四 星期五 星期六 星期日 下周 下周一 明天 后天 今天"
"""Only beside one of `ZH_UNTIL`."""
ZH_UNTIL = frozenset("见等那再")
ZH_SIMPLE = str.maketrans(
    "謝謝請為幫給覆復愉樂興順週禮後闆賣親們沒關係現問題決滿愛務應時間麼東錢貨備還別節輕鬆嗎說來會個見聯繫頓晚請辛萬歡極讚隨緩開誠過這樣點進對動點體",
    "谢谢请为帮给复复愉乐兴顺周礼后板卖亲们没关系现问题决满爱务应时间么东钱货备还别节轻松吗说来会个见联系顿晚请辛万欢极赞随缓开诚过这样点进对动点体",
)
