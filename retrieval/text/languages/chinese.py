"""Chinese, in both scripts."""

from __future__ import annotations

from retrieval.text.languages.grammar import Grammar

CHINESE = Grammar(
    how_many="多少|多久|多大|多长|多長|多高|多远|多遠|[几幾](?=[个個人次天年名条條])",
    other="""什么时候|什麼時候|几时|幾時|何时|何時|哪(?:一)?年|几点|幾點|为什么|為什麼|为何|為何|什么|什麼|甚麼|怎么样|怎麼樣|怎么|怎麼|怎样|怎樣|如何|哪里
        |哪裡|哪裏|哪儿|哪兒|哪个|哪個|哪些|哪|谁|誰|是否|有没有|有沒有|是不是|吗|嗎|呢|吧|请问
        |請問|告诉我|告訴我|(?<!目)的|了(?!解)|是""",
)
