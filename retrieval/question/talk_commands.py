"""Commands that no quote can carry out: for new text, a picture, a deed, another manner.

Tables as in `talk_phrases`. A verb that may ask for what the library holds ("list", "describe",
"tell me about", "show me", "write down", "summarise") commands nothing here.
"""

from __future__ import annotations

PARTS = {
    "asked": """\
((i (want|need|would like|would love)|(can|could|would|will) you|you (must|should))
( please| kindly| just| to| you to)* )?""",
    # "Can you write a will without a lawyer?" asks what one can do; a command is for someone.
    "for_someone": r"(?!(can|could|would|will) you (?!.*\b(me|us|my|please)\b))",
    # Up to three words that describe an object; none begins another part of the sentence.
    "words": r"""
((?!(in|of|on|at|for|to|with|and|or|by|from|about|into|role|part|that|which|who|is|was) )
[\w-]+ ){0,3}""",
    "a": r"((me|us) )?((an?|the|my|our|this|some|another|one|two|three|\d+) )?",
    "for_me": "(me|us) (an?|some|another)",
    "text": """\
(poem|poetry|haiku|limerick|sonnet|ode|verse|song|rap|lyrics|lullaby|story|stories|tale|novel|joke|
pun|riddle|rhyme|essay|speech|script|screenplay|e-?mail|letter|tweet|caption|slogan|blog post|
resume|cv|dialogue|roast|prayer)s?""",
    "told": "(poem|haiku|limerick|song|rap|lullaby|story|tale|joke|pun|riddle)s?",
    "program": "(code|program|function|script|query|regex|app|website|bot|game|algorithm)s?",
    "picture": """\
(image|picture|pic|photo|drawing|painting|sketch|logo|meme|gif|wallpaper|avatar|icon|poster|cartoon|
animation|portrait|comic)s?""",
    "role": """\
assistant|expert|teacher|tutor|coach|guide|agent|translator|developer|programmer|writer|poet|
comedian|therapist|doctor|lawyer|chef|pirate|character|terminal|chatbot|ai|bot|person|girlfriend|
boyfriend""",
    # What is asked for by these names may well stand in the library.
    "not_knowledge": """\
(?!<a><words>(list|table|summary|overview|timeline|chronology|comparison|outline|synopsis|quotes?|
description|explanation|digest|breakdown|names?|answers?|facts?)( |$))""",
    "not_a_picture": r"""
(?! (\w+ )?(conclusions?|lines?|distinctions?|parallels?|comparisons?|lessons?|blank|crowds?|bath|
breath|bow|sword|gun|weapon|pension|salary)\b)""",
    "bot_rules": """\
instructions?|prompts?|rules|programming|guidelines|orders|commands|training|messages?""",
    # Anything may follow, but no question of its own.
    "whatever": r"""
\b(?!.*[.!?…\n]+ ((and|but|no|so|also|then) )*(who|whom|whose|what|which|when|where|why|how|did|
does|do|is|are|was|were|has|have|can)\b).*""",
    "open": r"""
(write|compose|draft|invent|generate|come up with) <not_knowledge>
(<for_me>|<a><words>(<text>|<program>))|
(make|create|generate|produce|design|build) <not_knowledge>(<for_me>|<a><words>(<text>|<picture>))|
(code|program|create|build|develop) (me )?(an?|some|my) <words><program>|
(draw|paint) ((me|us)|(an?|some|my|something)<not_a_picture>)|rap about|
(tell|give|sing|read) ((me|us) )?(an?|another|some|your best) <words><told>|
translate (this|that|it|these|the following|my|your)|
(ignore|forget|disregard|override|bypass) ((all|any|the|of|every) )*
((your|my|previous|prior|above|earlier|system|these|preceding|initial) )+<bot_rules>|
(forget|ignore) everything (you|above|before)|
(print|reveal|show|repeat|tell|give|output)( (me|us))? your (\w+ )?
(prompt|instructions|rules|source code|training data|token|password)|
act (like you|as (if you|though you|my|an? (\w+ ){0,2}<role>))|role-?play as|from now on you|
pretend ((that )?you are|to be (an?|my))|you are now (an?|my|free|dan)|
(speak|talk|answer|reply|respond)( to me)? like (an?|you)|
set (me )?(an?|the|my|another) <words>(reminder|alarm|timer|countdown)|
remind (me|us|everyone) (to|tomorrow|later|tonight|at (\d+|noon|midnight))|
remind (me|us|everyone) in (an?|\d+|one|two|five|ten|half)|wake me up (at|tomorrow)|
(order|buy|bring|cook|bake) (me|us) (an?|some|my)|
book ((me|us) )?(an?|the) (\w+ )?(flight|table|hotel|taxi|ticket|cab)|
send (me|us|him|her|them|everyone) (an?|some|your) (\w+ )?
(message|e-?mail|dm|text|picture|photo|pics?)|
(do|finish|solve|fix|debug|correct|check|help me with) my (\w+ )?
(homework|assignment|essay|taxes|code|grammar|spelling|exam)""",
    "closed": r"""
sing( (me|us|it|something|louder|happy birthday))?|
play ((me|us) )?(an?|some|another|the next|my) <words>(songs?|music|tracks?|tunes?|playlist|game|
video)( (by|called) .*| with me)?|
(let us )?play (music|chess|a game|hangman|with me|truth or dare)( with me)?|
let us (play|chat|talk|dance|be friends)|do you want to (play|chat|talk|hear a joke)|
translate .* (in|into|to) <language>|say \w+( \w+)? in <language>|
(?<!can you )(?<!could you )(speak|talk|answer|reply|respond)( to me| only)*( in)? <language>|
roll ((an?|the|some|two|\d+) )?(dices?|die|d\d+|\d+d\d+)|(flip|toss) (a|the) coin|
(pick|choose|guess|think of|say|give me) (an?|any|some) (random )?(number|card|colou?r|word|letter)
( (between|from) \w+ (and|to) \w+)?|
count (to|from) \w+( to \w+)?|repeat (after me|that|this|yourself)|
say (hi|hello|something|that again|cheese|my name|please|sorry|goodbye|thank you)( to \w+)?|
shut (the \w+ )?up|go away|be quiet|stop (it|that|talking)|leave me alone|get lost|
try again|do it( again)?|hurry up|entertain me|surprise me|cheer me up|
make me (laugh|smile|happy)|tell (me|us) (something funny|another( one)?)|
(kick|ban|mute|unmute|kill) (him|her|them|me|everyone)|
(delete|clear) (this|that|the|all|my)( \w+)? (messages?|chat|channel)|
turn (on|off) the (lights?|tv|music|radio|heating)""",
}

# Commands with any object after them.
ANY_OBJECT = """
<for_someone><asked><open><whatever>
"""

# Commands that take no more words, and questions after this moment, which no library knows.
WHOLE = """
<asked><closed>(?= |$)
what time is it|what is the time|tell me the time|do you (have|know) the time
do you know what time it is|what is todays date|what is (the )?date today
what (day|date|year|month)( of the week)? is (it|today)
"""
