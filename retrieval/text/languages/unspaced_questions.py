"""What only asks in a question of letters that are read two by two: it names nothing.

"首席执行官是谁" asks for 首席执行官, "ライセンスは何ですか" for ライセンス. A word that asks parts
the letters around it, as a space does elsewhere.
"""

from __future__ import annotations

import re
from functools import cache

from retrieval.text.unspaced import HIRAGANA, KATAKANA, has_letters
from retrieval.values import Place, primary

_CHINESE = """
为什么 為什麼 为何 為何 什么时候 什麼時候 什么 什麼 甚麼 怎么样 怎麼樣 怎么 怎麼 怎样 怎樣
如何 多少 多久 多大 多长 多長 多高 多远 多遠 几时 幾時 何时 何時 哪里 哪裡 哪裏 哪儿 哪兒
哪个 哪個 哪些 哪年 哪 谁 誰 是否 有没有 有沒有 是不是 吗 嗎 呢 吧 请问 請問 告诉我 告訴我
(?<!目)的 了(?!解) 是
"""
_JAPANESE = """
教えてください 教えて下さい 教えてほしい 教えて 知りたい 何故 何 誰 どのくらい どれくらい
どの程度 どのように どうやって どうすれば どうして どちら どこ どれ どの どう どんな いつ だれ
なぜ なに なん いくつ いくら とは ですか ますか でしょうか ください 下さい について
"""
_KOREAN = r"""
무엇 뭐 뭔가요 뭔지 누구 누가 언제 어디 왜 어떻게 어떤 어느 얼마나 얼마 몇 무슨 대해서 대해
대한 알려줘 알려주세요 가르쳐주세요 주세요
(?:입니까|인가요|나요|까요|습니까|합니까|됩니까|ㅂ니까|은가요|는가요)(?![가-힣])
"""
_THAI = """
อะไร ใคร เมื่อไร เมื่อไหร่ ที่ไหน ทำไม อย่างไร ยังไง เท่าไร เท่าไหร่ กี่ หรือไม่ หรือเปล่า ไหม
ครับ ค่ะ คะ
"""
_KANA = re.compile(f"[{HIRAGANA}{KATAKANA}]")


def asking_places(text: str, language: str) -> list[Place]:
    """Where a question's words stand that only ask, in order.

    Args:
        text: Any text.
        language: In which it is read; where kana stand in it, it is Japanese whatever this says.
    """
    if not has_letters(text):
        return []
    japanese = primary(language) == "ja" or _KANA.search(text) is not None
    return [found.span() for found in _words(japanese=japanese).finditer(text)]


@cache
def _words(*, japanese: bool) -> re.Pattern[str]:
    written = " ".join([_JAPANESE if japanese else _CHINESE, _KOREAN, _THAI]).split()
    return re.compile("|".join(sorted(written, key=len, reverse=True)))
