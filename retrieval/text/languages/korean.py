"""Korean."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar

KOREAN = Grammar(
    how_many="얼마나|얼마|몇",
    other="""언제|몇 ?(?:년|월|일|시)|무엇|뭐|뭔가요|뭔지|누구|누가|어디|왜|어떻게|어떤|어느|무슨
        |대해서|대해|대한|알려줘|알려주세요|가르쳐주세요|주세요
        |(?:입니까|인가요|나요|까요|습니까|합니까|됩니까|은가요|는가요)(?![가-힣])""",
)
