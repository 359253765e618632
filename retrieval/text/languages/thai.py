"""Thai."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar

THAI = Grammar(
    how_many="เท่าไร|เท่าไหร่|กี่",
    other="เมื่อไร|เมื่อไหร่|ปีไหน|วันไหน|ปีใด|อะไร|ใคร|ที่ไหน|ทำไม|อย่างไร|ยังไง|หรือไม่|หรือเปล่า|ไหม|ครับ|ค่ะ|คะ",
)
