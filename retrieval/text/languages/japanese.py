"""Japanese."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar

JAPANESE = Grammar(
    how_many="どのくらい|どれくらい|どれだけ|どの程度|いくつ|いくら|何(?:人|個|回|本|枚|度|倍|冊|台|円)",
    other="""いつ|何(?:年|月|日|時|曜日)|教えてください|教えて下さい|教えてほしい|教えて|知りたい|何故|何|誰|どのように|どうやって
        |どうすれば|どうして|どちら|どこ|どれ|どの|どう|どんな|だれ|なぜ|なに|なん|とは|ですか|ますか
        |でしょうか|ください|下さい|について""",
)
