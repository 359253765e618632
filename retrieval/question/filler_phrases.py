"""What leads up to a question or trails after it, and is no part of what is asked.

Tables as in `talk_phrases`: one phrase a line, a regular expression over lower-case words without
apostrophes, short forms written out. A comma, a colon, a bracket or a dash is ",", a mention of a
member or a channel "@". A word in quotation marks never fits.
"""

from __future__ import annotations

PARTS = {
    "people": r"""
(all|every(one|body)|guys|folks|team|mod(erator)?s?|admins?|people|my friends?|friends?|mates?|
buddy|man|dude|bro|bots?|pullquote|yall|chat|sir|madam|community|gang|fam|lads|experts?|staff|
you all|
again|@)""",
    "someone": r"""
((any|some)(one|body)|any one|some one|(any|one|some) of (you|yall)( guys| all| folks)?|you( guys|
 all)?|
yall|the (bot|mods?|admins?)|this (bot|server|channel)|pullquote|@)""",
    "here": r"""
(( ,)? (here|out there|there|on here|in here|please|kindly|possibly|perhaps|maybe|just|quickly|
briefly|
happen to|be able to|by any chance|be so kind as to|be kind enough to|actually|@))*""",
    "tell": r"""
(tell|inform|remind|enlighten|show|give)( (me|us))( please)?""",
    "know": r"""
(know|remember|recall|explain( to (me|us))?|clarify|answer|find out|look up|figure out|
help( (me|us))?( out)?( (to )?(with|find( out)?|understand|figure out|know))?|
let (me|us) know|have (an|any|some) (idea|ideas|clue|knowledge|info|information)|
point me to|shed (some|any) light on)""",
    "about": r"""
( (a bit|a little|more|a bit more|a little more|something|everything|all|anything|what you know))*
( (about|if|whether|as to|regarding))?""",
    "small": r"""
((a|an|the|one|another|just|kind of|really|very|pretty|quick|simple|small|little|short|silly|
stupid|
dumb|random|weird|odd|strange|noob|newbie|basic|beginner|general|serious|genuine|obvious|naive|
brief) )*""",
    "saying": r"""
(say|says|said|state|states|mention|mentions|report|reports|tell us|tells us|write)""",
    "sources": r"""
((the|your|these|those|this|that|our|any of the|all the) (given |above |stored )?
(articles?|sources?|texts?|documents?|documentation|docs?|passages?))""",
    "very": "((very|so|really|truly|terribly|super) )*",
    # Up to a comma, or to what goes on with "but".
    "clause": r"""
(if|for|that|to|about)( (?!(but|so) )[^ ,]+){1,12}?(?= but | so | ,|$)""",
    "words": "( (?!(but|so) )[^ ,]+){1,10}?(?= but | so | ,|$)",
    "folk": "<people>( <people>)*",
    "work": r"""
((school|science|history|english|math|uni|college|my|a|an|the|some) )*
(homework|assignment|essay|class|course|project|presentation|paper|report|exam|test|quiz|thesis|
article|bet|crossword)""",
}

# These ask: what follows is the question, whatever it begins with.
FRAMES = """
((please|kindly|hopefully|maybe|perhaps) )*(can|could|would|will|does|do|might) <someone><here> \
(please )?<tell><about>
((please|kindly|hopefully|maybe|perhaps) )*(can|could|would|will|does|do|might) <someone><here> \
<know>( please)?<about>
is there <someone><here>( (who|that))? (can|could|would|knows?|might)<here>( (<tell>|\
<know>))?<about>
((please|kindly) )*<tell><about>
(what do )?you know about
what do you know about
<someone><here> knows?<about>
<someone><here> (have|has|got) (an|any) (idea|ideas|clue|info|information|thoughts)( (on|\
of))?<about>
((do|would) you )?(have )?any(one|body)?( (have|got|has))?( an| any)? (idea|ideas|clue|info|\
information|thoughts)( (on|of))?<about>
(i|we) (am|are|was|were|been|have been)( just| also| really| currently)* (wondering|curious|\
interested|asking|asking myself)<about>
(i|we) (just |also )?(wonder|wondered)<about>
(just |only |was |been |also )*(wondering|curious)( to know)?( about| if| whether|(?= <wh>| ,))
(i|we) (am |are |was |were |have been )?(just |only |also |really |still )*(want|wanted|need|\
needed|would like|would love|like|love|trying|hoping|hope|looking|wish|dying)( (just|really|\
also))* to (know|find out|ask|learn|understand|hear|figure out|work out)( (you|everyone|you all|\
you guys))?<about>
(i|we) (do not|dont|did not|didnt|cannot|cant|could not|couldnt) (quite |really |fully |even \
)?(know|understand|remember|recall|figure out|work out|find( out)?|get)<about>(?= <wh>)
(i am|we are|im) (not (quite |really |too )?sure|unsure|confused|clueless|having trouble (finding|\
understanding))( about| as to| of)?(?= <wh>)
(so )?(my|the|a|here is (my|a|the)|another) <small>(question|query)( ((for|to) (you|everyone|the \
bot)( all| guys)?|is( this)?|would be|about this|here))*( ,)?
question( is| ,| about)
what (i|we) (want|need|would like|am trying) to (know|ask|find out) is
(let me|may i|can i|could i|might i) ask( you)?( all| guys| everyone| something| this)*<about>( ,)?
(my|a|our) (little |older |younger |best |good )?(friend|son|daughter|kids?|wife|husband|partner|\
boss|teacher|colleague|mum|mom|dad|brother|sister|flatmate|roommate|client|neighbou?r)s? (just |\
keeps |is |was |has |are )*(asked|asks|asking|wants? to know|wanted to know|wondering|wonders|\
wondered)( (me|us))?<about>(?! (this|that|it)( |$))
(what )?(do|does) <sources> (have to )?<saying>( anything| something| much)?( (about|on|of|\
regarding|concerning))
(anything|something) (in <sources> )?(about|on)
(so )?((is|was) (it|this) |it is |it was )?(really |actually |indeed |in fact )*(true|\
correct|right|a fact|the case|accurate)( ,)? that
(is it )?(true|right|fact|real|correct)( ,)? or( ,)? (false|not|wrong|fake|fiction|myth|\
incorrect) ,( that)?
"""

# No one asks about these at the start of a sentence.
CERTAIN = """
@|lol+|lmf?ao+|rofl|omg|btw|tbh|ngl|imh?o|fwiw|afaik|fyi|ha(ha)+|pls+|plz|thx|um+|uh+|erm+|hm+
"""

# These only stand around; one of them alone may also be asked about.
AROUND = """
(i )?(have|got) (absolutely |really )?no (clue|idea)( (about this|here|at all))?
<small>one( (for|on) (a|you|this|the|everyone|anyone)( \\w+){0,3})?
(hi+|hello+|he+y+|hiya|howdy|greetings)( to)?( there)?( <folk>)?|yo+|hola|sup
good (morning|afternoon|evening|day)|morning|evening|gday|dear <people>
<people>
so+|ok|okay|well|right|alright|anyways?|now|um+|uh+|hm+|er+m*|oh|ah|like|also|and|but|then
first( of all| off)?|lastly|finally|next( question)?|listen|look
thanks( (a lot|again|so much|for <clause>))*|thank you( (so much|very much|again|for <clause>))*
cheers|many thanks|please|kindly
<small>(question|query|q)( (here|for (you|yall|everyone|the \\w+)( all| guys)?|about this|time|\
please|from a (newbie|noob|beginner)))*
(i|we) (have|had|got|have got) <small>(question|query)( (here|for (you|yall|everyone|the \\w+)( \
all| guys)?|about this|that (has been )?bugs?(ging)? me))*
long ?time (lurker|reader|listener)( here)?( ,)?( first time (poster|caller|asker))?
first time (poster|caller|asker)( here)?
(i am |we are )?(completely |totally |very |fairly |quite )?new (here|to (this|the|your) \\w+|to \
this|to all this)|(total )?(newbie|noob|beginner)( here)?|as a (newbie|noob|beginner)
(i am )?<very>sorry( again)?( (to (bother|disturb|trouble|ask|bug|interrupt)( (you|everyone|yall|\
anyone))?( all| guys| again)?( with (this|that|a \\w+ question))?|<clause>))?
(my |with )?(sincere )?apologies( in advance)?( <clause>)?
(i )?apologi[sz]e( in advance)?( <clause>)?|(excuse|pardon|forgive) (my|the|any)( \\w+){1,2}
excuse me( <clause>)?|pardon me( <clause>)?
forgive me( <clause>)?|pardon my ignorance|forgive my ignorance
(i know )?(this|it|that) (is|was|might|may|could|will|would|probably|must|sounds?|seems?)( (be|is|\
sound|seem|probably|well|a bit|have been|been))* <small>(question|asked( (here )?(before|already|\
a lot|a million times))?|obvious|silly|stupid|dumb|basic)
(i am )?not sure (if|whether|that) (this|it|anyone|here|i am)<words>
(i )?(have )?(already )?(searched|googled|looked|checked|tried( searching| googling)?)( \
(everywhere|around|online|it( up)?|for it|google|already|a lot|for ages|hard))*( ,)?( (and|\
but))?( i)? (could not|couldnt|cannot|cant|can not|did not|didnt)( seem to)? (find|figure|get)( \
(it|this|that|out|anything|an answer|the answer|much))*
(just )?(out of|for) (sheer |pure |idle |my own )?(curiosity|interest)
just (checking|asking|curious)|no (rush|hurry|pressure)
just (to be|so i am) (sure|clear|safe|certain)|(simply )?(to be )?(honest|frank)
to be (honest|clear|fair|sure)|tbh|ngl|imh?o|fwiw|afaik|honestly|seriously|basically|btw|by the way
fyi|for real|on a side note|side note|off ?topic|random thought|lol|lmao|omg|ha(ha)+|guess what
here goes|here it is|here we go
(this is |it is )?(asking )?for (a friend|<work>|my (son|daughter|kids?|boss|students?)( who \
\\w+ \\w+)?)
in <sources>|according to <sources>|(based|going) on <sources>|from <sources>
(i )?hope (you|everyone|yall|this|that|all)( are| is)?( all)?<words>
(can|could|would|will) <someone><here> help( (me|us))?( out)?( (with (this|that|something|a \
\\w+( question)?)|here|please|on this))*
(i )?(just )?(could )?(really )?(need|use|want) (some |a little |a bit of |your )?help( (with \
(this|that|something)|here|please))*|help( (me|us))?( out)?( please)?
does any(one|body) (here )?know( this| that)?
"""

# At the end, however they are joined to what stands before.
TAILS = """
(i )?would (really )?(love|like|appreciate|welcome) (some|any|your|a bit of) \
(help|advice|input|pointers)( (here|please|on this|with this|guys))*
(?<!they )(?<!you )(?<!we )(?<!i )please|pretty please
thanks( (a lot|again|so much|all|guys|everyone|a (million|bunch|ton)|for <clause>|in advance|@|\
mate))*|thank you( (so much|very much|again|all|everyone|for <clause>|in advance|guys))*
thx( in advance| all| a lot)?|ty(sm)?|tia|cheers( (all|guys|mate|in advance))?
many thanks( in advance)?|much appreciated
(i )?(would )?(really |greatly )?appreciate (it|that|any help|your help|the help|any info\\w*)( \
(a lot|very much|so much))?
any help( (is|would be|will be))?( (much|greatly|really|very))* (appreciated|welcome)
(does )?(any|some)(one|body)( (here|there))?( (knows?|remembers?|has (any|an) ideas?|(got )?any \
ideas?|have (any|an) ideas?))( this| that)?( please)?
any (ideas?|thoughts?|clues?|suggestions?|guess(es)?|takes?|pointers?)( (anyone|anybody|guys|\
folks|please|on this|everyone|welcome|@))*
lol+|lmf?ao+|rofl|xd|jk|btw|tbh|ngl|imh?o|fr|smh|idk|asap|fyi|afaik|omg|wtf|(ha|he){2,}h?
by the way|to be honest|just (curious|wondering|asking|checking)
i am (just |only |simply |really |super )*(curious|wondering)|just (curious|wondering)
(just )?(out of|for) (sheer |pure |idle |my own )?(curiosity|interest)
asking for (a friend|my \\w+)
(for|it is for|this is for|need it for|i need (it|this) for) <work>( (tomorrow|today|tonight|\
next week|tonight))?
((i )?(just )?(do not|dont|cannot|cant|can not) (know|remember|recall|find (it|this|that|\
anything)|figure (it|this) out|seem to find (it|this|that))( (anywhere|myself|anymore))?)
(i am )?<very>sorry( (for|if)<words>)?
if (you|any(one|body)|some(one|body)|yall)( (all|guys|here))*( (do not|dont) mind( me asking)?| \
knows?( it| that| this)?| can| could( please)?| have (time|a (moment|minute|second|sec))| has an \
idea| please)( (tell|help)( me)?)?
if (that is|it is|it is not|this is)( not)? (ok|okay|possible|alright|allowed|too much (trouble|\
to ask))|if possible|if i may ask|if i may|may i ask|might i ask
(can|could|would|will|does|do) <someone><here> (help|know|tell|explain|answer)( (me|us|this|that|\
it))*( (out|please))*
please (tell|help|explain|answer|let|advise|respond|reply|assist)( (me|us|to me))*( (know|out|\
asap|this))*|let me know( (please|thanks|asap))?|help( me| us)?( out)? please
(help|need)( me)? asap
(i )?(really )?(need|want|would like|would love) to know( (this|that|it|please|asap|now))*
it is (really |very |super |kind of )?(urgent|important)( please)?
(it |this |that )?(is |has been |keeps )?(really |always |been )*(bugging|bothering|puzzling|\
confusing) me( (all day|for (days|ages|weeks)|since \\w+|a lot))?
(have|hope you have) an? (nice|good|great|lovely|wonderful) (day|one|evening|weekend|night)( (all|\
everyone))?
in (simple|plain|short|layman|laymans|easy) (terms|words|english|language)|in a nutshell|eli5
(like|as if) i am (five|5)( years old)?|for dummies
(in|with) (a few|one or two|short) (words|sentences?)
or (something|anything|whatever)( (like that|of that sort|of the sort|similar))?|or so
(and )?(stuff|things) like that
according to <sources>|(in|from) <sources>
@
"""

# At the end, where a comma or the like stands before: else they may be what is asked about.
PAUSED_TAILS = """
no (rush|hurry|pressure|worries|problem|stress)( if<words>)?
<folk>|any(one|body)( here)?|some(one|body)|right|ok|okay|eh|huh|innit|yeah|then|now|tho(ugh)?
anyway|actually|exactly|precisely|again|seriously|honestly|kind regards|regards
best( (regards|wishes))?|sorry|question|quick question|kindly|for me|for us|help( me| us)?( out)?
(do|would) you know|you know|or what|love you( all| guys)?|bye
"""

# What only asks whether what was said is so: behind a pause, or a sentence of its own.
WHETHER_SO = """
(really |actually |indeed )?(true|correct|accurate|a fact|right)
((is|was|are|were|isnt|wasnt|arent) )?(that|this|it|these|those|they|all that|all this)( not)?( \
(really|actually|indeed|even|all|still))* (true|correct|right|so|accurate|real|the case|a fact)
(true|right|yes|fact|real|correct)( ,)? or( ,)? (false|not|no|wrong|fake|fiction|myth|\
incorrect|untrue)
can (that|this|it) (really )?be (true|right|correct)
"""
