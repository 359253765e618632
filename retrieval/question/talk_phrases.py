"""Phrases of greeting, of thanks and about the bot itself: what asks nothing of a library.

A table holds one phrase a line: a regular expression over lower-case words without apostrophes, one
space between them, short forms written out ("what is" for "what's"). `<name>` stands for a part,
and every plain group is one that captures nothing. The first phrase that fits a stretch of words
takes it, so of two that begin alike the longer stands first.
"""

from __future__ import annotations

PARTS = {
    "language": """\
arabic|bengali|chinese|czech|danish|dutch|english|finnish|french|german|greek|hebrew|hindi|
hungarian|indonesian|italian|japanese|korean|latin|malay|mandarin|norwegian|persian|polish|
portuguese|romanian|russian|spanish|swahili|swedish|tamil|thai|turkish|ukrainian|urdu|vietnamese""",
    "for_help": """\
 for ((your|the|all|all your|all the|any) )?((quick|fast|good|great) )?
(help(ing)?|answers?|time|info|information|that|this|it|everything|reply|trying|asking)
( me| us)?""",
    "very": "(very|so|really|pretty|super|quite|not) ",
    "you": "you|this bot|pullquote",
    "being": "<kind>|<state>",
    "kind": """\
((an?|the|really|even|just|only|still|some kind of|real|actual|human|ai|smart|new) )*
(bots?|chatbot|robot|machine|computer|program|ai|human|person|man|woman|boy|girl|llm|gpt|chatgpt|
language model|assistant|siri|alexa)( being)?""",
    "state": """\
((still|even|really|always|so|very|not|the|too) )*
(real|alive|sentient|conscious|there|here|online|offline|awake|sure|smart|clever|intelligent|stupid|
dumb|useless|broken|down|working|listening|busy|single|married|happy|sad|free|kidding|joking|
serious|funny|great|awesome|cool|nice|cute|amazing|helpful|best|good|bad|wrong|right|mean|boring|
annoying|crazy|slow|lying)""",
    "feats": """\
((an?|some|any) )?(poems?|poetry|songs?|jokes?|story|stories|essays?|code|pictures?|images?|music|
games?|chess|cats?|videos?)""",
}

# Beside a phrase they change nothing; alone they say nothing.
FILLERS = """
please|there|everyone|everybody|all|guys|folks|my friend|friends?|buddy|mate|man|dude|bro|sir|madam
dear|team|yall|pullquote|bots?|you
so|well|oh|ah|um|h+m+|and|but|also|just|really|too|though|again|then|btw|exactly|very much
today|tonight|right now|now|for me|for us
"""

GREETINGS = """
hi+|hello+|he+y+|hiya|howdy|greetings|yo(?! yo)|sup|wassup|gday|welcome( back)?
good (morning|afternoon|evening|day|night)|goodnight|morning|long time no see
bye( bye)?|goodbye|cya|farewell|take care|see (you|ya)( (later|soon|tomorrow|around))?
what is (up|new|good)|how do you do|how you doing
how (are|have) (you|things)( all)?( been| doing| feeling| going)?|are you (ok|okay|well)
how (is|was) (it going|everything|life)
how (is|was) your (day|weekend|morning|evening|night|week)( going| so far)*
((it is|it was) )?(nice|good|great|pleased|lovely) (to meet|to see|meeting|seeing) you
(merry|happy) (christmas|xmas|new year|easter|holidays)
(have|enjoy) ((an?|your|the) )?((nice|good|great|lovely) )?(day|weekend|evening|night|one)
i am (back|here|new here|fine|good|ok|okay|well|bored|sad|happy|tired)
"""

# Thanks, and whatever else answers to an answer: "ok", "wow", "no thanks".
THANKS = """
(many )?thanks( a (lot|bunch|million|ton)| so much|<for_help>)*
thank you( (so|very) much| a lot| kindly|<for_help>)*
thx|thanx|thnx|tysm|ty|cheers|much appreciated|i (really )?appreciate (it|that|your help)
ok|okay|okey|kk|alright|great|cool|awesome|perfect|excellent|amazing|wonderful|brilliant|interesting
wow|omg|lol|lmao|rofl|(ha|he){2,}|congrats|congratulations|well done|nice (one|job|work|try)
(good|great|bad) (job|work|bot|answer|one|point|to know)
<very>(good|nice|cool|helpful|useful|funny|interesting)|good|helpful
got it|gotcha|i (see|understand|know|agree|give up)|understood|makes sense|fair enough|sounds good
(that|this|it) (helps|helped)( me)?( (a lot|a bit|so much))?|(that|this|it) (will do|makes sense)
(that|this|it) (is|was) <very>?(helpful|useful|funny|great|good|cool|nice|awesome|amazing)
(that|this|it) (is|was) <very>?(all|fine|right|wrong|bad|true|enough|interesting)
no (problem|worries)|yes|yep|yeah|yup|no|nope|nah|sure|of course|np|never ?mind|nvm
(i am )?sorry|my bad|oops|i (do not|dont) care|you are (most )?welcome
"""

ABOUT_THE_BOT = """
what (are|is) <you> (good at|good for|capable of|able to do)
(who|what) (the (hell|heck) )?(are|is) <you>( (for|called|made of|about|doing|up to))?
what is (your|this bots?) ((real|full) )?(name|purpose|job|function|version|age|gender|problem)
what is (your|this bots?) (source code|model|(system )?prompt|favou?rite \\w+)
do you have an? (name|girlfriend|boyfriend|soul|body|brain|memory|life|family)
(who|what) (made|created|built|programmed|designed|trained|owns|runs|wrote|powers|developed) <you>
who (is|are) your (creators?|owners?|makers?|developers?|authors?|boss|masters?|parents)
what (can|do|does) <you> (do|know|say|think|want|answer)( for (me|us))?
what (can|should|may) i ask( you)?( about)?
(what|which) (kind|sort|type) of (bot|ai|model) are you
what (kind|sort|type)s? of questions can (you answer|i ask( you)?)
(which|what) ((ai|language|llm) )*(model|llm|version|ai|bot|engine) are <you>( using| based on)?
(which|what) ((ai|language|llm) )*(model|llm|version|ai|engine) do(es)? <you> (use|run on)
(which|what) languages (can|do) you (speak|know|understand)
how (do|does) (<you>|this) work|how (do|can) i (use|talk to) <you>|how do i use this
how do i ask (you )?(an? )?questions?|i have a question( for you)?
(can|could|may) i ask (you )?(something|(an? )?questions?)
how can <you> help( me| us)?|how do you (feel|know (that|this)|know)
how (old|smart|big|tall|fast|intelligent) are you|are you (smarter|better|older) than \\w+
where are you( (from|located|hosted|based))?|where do you (live|come from)
where do you get your (information|info|data|answers|knowledge)( from)?
when (were|was) you (born|made|created|trained|built)|when is your birthday
(are you|you are|you) <being>( or <being>)?|you (suck|rock|lie)
is this (an? bot|an ai|a robot|working|on)|(is )?(anyone|anybody|someone) (here|there|home)
do you ((really|even) )?(speak|know|understand) (any )?(<language>|other languages)
do you ((really|even|ever) )?(work( (offline|online))?|sleep|eat|dream|think|learn|exist)
do you ((really|even|ever) )?(understand|remember|know|love|hate|like|trust|miss|hear|see) me
do you (understand( (this|that))?|have (any )?(feelings|emotions|friends|opinions|hobbies|memory))
do you use (ai|an? llm|chatgpt|gpt|the internet)
(can|could) you (speak|understand|read|answer in|talk in) <language>
(can|could|will|would) you (please )?(hear|see|understand|read|answer|love|remember|marry) (me|this)
(can|could|will|would) you (please )?(help|talk to)( (me|us))?( out)?( with (something|a question))?
can you (hear|see|talk|speak|think|feel|sing|dance|draw|code|write|rap|learn)
can you (write|compose|tell|draw|make|generate|create|play|sing) (me )?<feats>
(tell (me|us) ((more|something) )?about|describe|introduce) yourself
help( (me|us))?( out)?|i need ((some|your) )?help
i (really )?(love|hate|like|miss|want|trust) <you>|marry me|what is this bot
"""
