"""The shapes and phrases by which page furniture is recognised, one rule a row with its reason."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One kind of line that pages carry around their articles.

    Attributes:
        reason: The mark that a matching sentence gets.
        pattern: A regular expression for the whole line, in which case and kinds of space and
            quotation mark do not matter; `(?-i:[A-Z])` asks for a capital letter. `{network}` and
            its like stand for the word lists below.
        why: What gives the line away.
        alone: Whether it must be the whole paragraph, because the same words within prose may
            be prose.
    """

    reason: str
    pattern: str
    why: str
    alone: bool = True


_WORDS = {
    # A social network, or a service by which one shares.
    "network": r"(?:facebook(?: messenger)?|twitter|x(?: \(twitter\))?|whats ?app|linkedin|reddit|"
    r"instagram|threads|bluesky|mastodon|telegram|pinterest|tumblr|tik ?tok|you ?tube|snapchat|"
    r"flipboard|e-?mail|messenger|pocket|google news|apple news|social media)",
    # What the page calls itself.
    "piece": r"(?:article|story|post|page|piece|column|content|report|video|photo|gallery|link)",
    # What is sent to subscribers.
    "mailing": r"(?:news ?letters?|(?:e-?mail|news|daily|breaking news) (?:alerts?|updates?)|"
    r"mailing lists?|daily (?:digests?|briefings?|emails?)|morning briefing|e-?mails? alerts?)",
    # An agency or a stock of photographs.
    "agency": r"(?:ap|afp|epa|upi|pa|ansa|kcna|tass|ria|xinhua|yonhap|kyodo|dpa|reuters|getty|"
    r"bloomberg|shutterstock|alamy|i ?stock|unsplash|pixabay|pexels|flickr|wikimedia|"
    r"associated press|press association|agence france-presse|file|handout|courtesy|supplied)",
    # A month's name.
    "month": r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)",
    # A name: capitalised words with the small ones that stand in names.
    "name": r"(?-i:[A-Z][\w.'&-]*)(?:,? (?:(?-i:[A-Z][\w.'&-]*)|and|of|the|for|in|at|de|van|von|&)){0,9}",
}

_CONTROLS = (
    r"share(?: (?:this|via|on|with|to|by))*(?: {piece})?(?: (?:on|via|with|by|to))?(?: {network}| friends)?",
    r"(?:re)?tweet(?: this)?(?: {piece})?|pin(?: it| this)|post(?: this)? (?:on|to) {network}",
    r"(?:follow|find|like|join|add)(?: us)? on {network}|follow(?: us)?",
    r"e-?mail(?: this)?(?: {piece})?|print(?: this)?(?: {piece})?|copy(?: the)?(?: link| url)|link copied",
    r"save(?: this)?(?: {piece})?(?: for later)?|bookmark(?: this)?(?: {piece})?|gift(?: this)? {piece}",
    r"listen(?: to this {piece})?|watch(?: now| live| the video)?|play(?: video)?|text size",
    r"(?:view |see |show |hide |all )?comments?(?: ?\(?\d[\d,.k]*\)?)?|\d[\d,.k]* comments?",
    r"\d[\d,.k]* (?:shares?|likes?|views?|reads|retweets)",
    r"(?:leave|post|write|add) (?:a|your) (?:comment|reply)|reply|report(?: abuse| this comment)",
    r"log ?in|sign ?in|log ?out|sign ?out|sign ?up|register|my (?:account|profile)|create(?: an)? account",
    r"subscribe(?: now| today| here)?|join(?: now| us| free)|donate(?: now| today)?|become a member",
    r"(?:forgot|reset)(?: your)? password\??|remember me",
    r"search(?: (?:this|the) site)?|(?:main )?menu|home ?page|home|close(?: menu)?|toggle (?:menu|navigation)",
    r"next(?: {piece})?|prev(?:ious)?(?: {piece})?|(?:back|return|go) to (?:the )?(?:top|home(?: ?page)?)",
    r"skip (?:to )?(?:the )?(?:main )?(?:content|navigation|menu|ad)|jump to (?:content|navigation)",
    r"(?:read|show|load|view|see|learn|find out|discover) (?:more|less|all)(?: {piece}s?)?|more",
    r"(?:continue|keep) reading|read (?:the )?full {piece}|expand|collapse|view {piece}",
    r"terms(?: (?:of (?:service|use|sale)|(?:and|&) conditions))?|privacy(?: (?:policy|notice|settings))?",
    r"cookies?(?: (?:policy|settings|preferences|notice))?|accessibility(?: statement)?|legal(?: notice)?",
    r"contact(?: us)?|about(?: us)?|advertise(?: with us)?|careers|help(?: cent(?:er|re))?|faqs?|feedback",
    r"site ?map|rss(?: feed)?|{mailing}|e-?paper|do not sell(?: or share)? my (?:personal )?info(?:rmation)?",
    r"(?:your )?(?:ad ?choices|privacy choices)|manage (?:consent|preferences|cookies)|imprint|masthead",
    r"{network}",
)
"""Words of a page's own interface; a line of nothing else is navigation or a share bar."""

_SECTIONS = (
    r"world|news|politics|business|sports?|opinion|culture|tech(?:nology)?|science|health|arts?"
    r"|entertainment|life ?style|travel|weather|video|money|education|environment|royals|celebrity"
    r"|breaking(?: news)?|exclusive|local|national|international|uk|us|europe|asia|africa|americas"
    r"|middle east|asia[- ]pacific|world news|latest|live"
)
"""The names of a newspaper's sections."""

_STATUS = (
    r"(?:message |form |comment )?(?:submitting|sending|loading|processing|please wait|buffering)",
    r"(?:message|form|comment|submission|e-?mail)(?: was| has been)?(?: successfully)? (?:sent|submitted|received)",
    r"thank(?:s| you) for (?:waiting|subscribing|signing up|registering|your (?:message|feedback|"
    r"comment|submission|patience))",
    r"(?:an error (?:has )?occurred|something went wrong|oops)(?:,? please try again(?: later)?)?",
    r"please (?:try again(?: later)?|wait|enter a valid .{3,30}|fill (?:in|out) .{3,40})",
    r"(?:this|required) field(?: is required)?|invalid (?:e-?mail|password|address)(?: address)?",
    r"(?:please )?(?:enter|type) your (?:e-?mail(?: address)?|name|password|comment|zip code|postcode).{0,20}",
    r"your (?:e-?mail address|privacy|information) (?:will not be published|is safe with us).{0,60}",
    r"(?:please )?(?:enable|turn on) javascript.{0,60}|(?:this video|your browser) (?:can ?not|does not|is not).{3,60}",
    r"you (?:are|have been|have) (?:now )?(?:logged (?:in|out)|subscribed|signed (?:up|in|out)).{0,30}",
    r"check your (?:inbox|e-?mail)(?: (?:to|for) .{3,60})?",
)
"""What forms and players say of themselves."""

RULES = (
    Rule(
        "advertisement",
        r"(?:- ?)?(?:advertisements?|advertising|adverts?|ads?|sponsored(?: content| post| by .{2,40})?|"
        r"promoted(?: content| by .{2,40})?|paid (?:content|post|partnership|advertisement)|"
        r"partner content|affiliate links?|ads? by \w+|ad feedback|report (?:this )?ad)(?: ?-)?",
        "the label of an advertisement, with nothing said",
    ),
    Rule(
        "advertisement",
        r"(?:the |this )?(?:story|article|content|post|scroll down|report)s? (?:continues?|resumes?)"
        r"(?: reading)? (?:below|after|following)(?: (?:this |the )?(?:ad(?:vert(?:isement)?)?|video|promotion|"
        r"newsletter))?|(?:continue reading|scroll(?: down)?)(?: to continue)? (?:below|after|for more)?.{0,20}|"
        r"(?:remove|hide|skip|why am i seeing|close)(?: this| these| the)? ads?\??",
        "points past an advertisement",
    ),
    Rule(
        "advertisement",
        r"(?:we|this (?:site|page|post|{piece})) (?:may |might )?(?:earn|receive|get|contains?)s? "
        r"(?:an? )?(?:small )?(?:affiliate )?(?:commission|affiliate links).{0,160}",
        "discloses what the page earns by its links",
        alone=False,
    ),
    Rule(
        "navigation",
        r"(?>{control})(?:[ |/•·»›>,&+:-]++(?:(?:and|or) )?(?>{control}))*+",
        "nothing but words of the page's own interface",
    ),
    Rule("navigation", r"(?:{section})(?: ?[|/•·»›>,&+-] ?(?:{section}))*", "a section's name"),
    Rule(
        "navigation",
        r"(?:click|tap|press) (?:here|below|the (?:link|button) below|on the (?:link|image|button))"
        r"(?: .{1,120})?|(?:scroll|swipe) (?:down|left|right|up|to) (?:to |for )?(?:read|see|view|more|continue).{0,60}",
        "tells the reader what to press on the page",
        alone=False,
    ),
    Rule(
        "share bar",
        r"(?:please )?(?:share|spread|tweet)(?: (?:this|the|your|our))? (?:{piece}|word|thoughts)"
        r"(?: .{1,60})?|(?:like|enjoyed|loved|love) (?:this|what you(?:'re| are)? read(?:ing)?).{0,80}\?.{0,80}|"
        r"(?:follow|find|like|join|connect with|catch) (?:us|me|our {piece}s?|@?[\w.' ]{2,40}) on "
        r"(?:our )?{network}.{0,120}",
        "asks the reader to pass the page on or to follow",
    ),
    Rule(
        "log-in notice",
        r"(?:please )?(?:log ?in|sign ?in|sign ?up|register|subscribe|join)(?: (?:now|here|today|for free))? "
        r"(?:to|and) (?:continue|read|view|see|access|unlock|keep|comment|leave|join|save|follow|enjoy|get).{0,100}",
        "the way past a paywall or a log-in",
    ),
    Rule(
        "log-in notice",
        r"(?:already|not(?: yet)?)(?: have)? an? (?:subscriber|member|account|registered user)\?.{0,60}|"
        r"(?:already|not yet) (?:subscribed|registered)\?.{0,60}|"
        r"(?:don't|do not|already) have (?:an account|a subscription)(?: (?:yet|already))?\?.{0,60}",
        "asks whether the reader has an account",
        alone=False,
    ),
    Rule(
        "log-in notice",
        r"(?:this|the full) (?:{piece}|content) is (?:only )?(?:for|available (?:only )?to|reserved for|exclusive to) "
        r"(?:our |paid |registered |premium )*(?:subscribers|members|readers|users)(?: only)?.{0,80}|"
        r"you(?:'ve| have) (?:reached|used|read|hit|\d+)\b.{0,30}\b(?:free )?(?:articles?|stories|limit)\b.{0,80}|"
        r"(?:subscribe|log ?in|sign ?in|register|unlock)\b.{0,60}\b(?:continue reading|unlimited access|full access|"
        r"the full {piece}|this {piece}).{0,60}",
        "says that the page is held back",
        alone=False,
    ),
    Rule(
        "newsletter appeal",
        r"(?:please )?(?:sign ?up|subscribe|register|join)\b(?: (?:now|here|today|free|for free))?"
        r"(?: (?:for|to|on))? (?:our|the|my|this|a)?.{0,40}(?:{mailing}|channel|podcast|inbox|community).{0,120}",
        "asks the reader to subscribe",
    ),
    Rule(
        "newsletter appeal",
        r"(?:want|would you like) (?:us to )?.{0,40}\b(?:e-?mail(?:ed)?|sent?|delivered|inbox|newsletters?)\b.{0,100}\?",
        "offers to write to the reader",
        alone=False,
    ),
    Rule(
        "newsletter appeal",
        r"(?:get|receive|have) .{3,100}\b(?:(?:in|to|into) your (?:inbox|e-?mail|mailbox)|{mailing})\b.{0,80}|"
        r"(?:never|don't) miss (?:a|an|out on|any|another) (?:story|post|update|scoop|thing|our|the|news).{0,80}|"
        r"stay (?:up to date|informed|updated|in the loop|tuned).{0,80}",
        "promises the reader letters",
    ),
    Rule(
        "newsletter appeal",
        r"(?:you can )?unsubscribe (?:at any time|anytime|here).{0,60}|(?:no spam|we (?:will )?(?:never|don't) spam).{0,60}|"
        r"by (?:signing up|subscribing|registering|clicking|submitting|entering|providing).{0,60}\byou "
        r"(?:agree|accept|consent|acknowledge|confirm).{0,160}",
        "the small print of a subscription",
        alone=False,
    ),
    Rule(
        "support appeal",
        r"(?:please )?(?:support|donate to|help (?:us|fund)|fund)\b.{0,40}\b(?:our (?:journalism|work|site|reporting|"
        r"newsroom|mission)|independent journalism|quality journalism|us (?:today|now|on patreon)).{0,100}|"
        r"(?:please )?consider (?:donating|subscribing|supporting us|making a donation|becoming a member).{0,100}|"
        r"(?:become|be) a (?:member|subscriber|supporter|patron)(?: (?:today|now|for .{1,20}))?",
        "asks the reader for money",
    ),
    Rule(
        "app appeal",
        r"(?:download|get|install|try|use|open(?: in)?) (?:our|the|this)(?: [\w.'-]+){0,4} apps?(?: .{0,60})?|"
        r"(?:now )?available (?:on|in|from|at) the (?:app store|apple app store|google play).{0,40}|"
        r"(?:download|get it|listen|available) on (?:the )?(?:app store|google play|apple podcasts|spotify).{0,60}",
        "offers the publisher's application",
    ),
    Rule(
        "cookie notice",
        r"(?:we|this (?:web ?)?site|our (?:web ?)?site|we and our (?:\d+ )?partners)(?: \w+)? (?:uses?|store|set)s? "
        r"(?:our own |essential |third[- ]party |necessary |and |other )*cookies\b.{0,200}|"
        r"(?:accept|reject|allow|decline|manage)(?: all| only)?(?: (?:necessary|essential|optional))? ?cookies.{0,20}|"
        r"by (?:continuing|using|browsing|closing)\b.{0,60}\b(?:cookies|you (?:agree|accept|consent)).{0,120}|"
        r"we (?:value|respect|care about) your privacy.{0,60}",
        "asks for consent",
        alone=False,
    ),
    Rule(
        "link to another article",
        r"(?:also read|read (?:also|more|next|this|here|now)|(?:must|what to) read(?: next)?|don't miss|more on this|"
        r"see (?:also|more)|related(?: (?:article|story|stories|news|link|reading|coverage))?s?|"
        r"recommended(?: reading)?|you (?:may|might) (?:also )?like|watch(?: (?:now|live|also|more|this))?|"
        r"listen(?: (?:now|here))?|up next|next|(?:in )?(?:pictures|photos|video|gallery)|explainer|live updates?|"
        r"further reading|more stories|trending|popular|background) ?[:|»>→] ?.{3,200}(?<![.])",
        "a label that announces another page, and its headline",
    ),
    Rule(
        "link to another article",
        r"(?:also read|read (?:also|more|next)|related (?:article|story|stories)s?|watch(?: now)?) ?[:|»>→-] ?.{3,200}|"
        r"read (?:more|the (?:full|original|rest))(?: .{2,40})? (?:here|about|at|on|from|in|of) .{2,100}|"
        r"(?:for )?more (?:from|stories (?:like this|from|by)|news from|by|on this (?:story|topic)|about) .{2,60}(?<![.])",
        "points to another page",
    ),
    Rule(
        "list of links",
        r"(?:most (?:read|popular|viewed|shared|commented)|trending(?: now)?|top (?:stories|news|headlines)|"
        r"latest (?:news|stories|headlines|posts)|related(?: (?:articles?|stories|topics|posts|content|news|links))?|"
        r"recommended(?: (?:for you|stories|reading|articles))?|you (?:may|might)(?: also)? (?:like|be interested in)|"
        r"more (?:stories|news|articles|on this (?:story|topic)|like this)|editors?'?s? (?:picks?|choice)|"
        r"(?:on|in) this (?:page|article|story)|around the web|from (?:around )?the web|from our partners|"
        r"what to read next|read next|up next|now playing|featured(?: stories)?|table of contents|popular(?: now)?|"
        r"share your thoughts|join the (?:conversation|discussion)|be the first to (?:comment|reply)|"
        r"comments are (?:closed|off|moderated)|have your say|what do you think\?)",
        "the heading of what stands around an article",
    ),
    Rule(
        "list of links",
        r"(?:tags?|topics?|filed (?:under|in)|categor(?:y|ies)|posted in|keywords|labels) ?: ?.{2,200}(?<![.])",
        "a list of labels",
    ),
    Rule(
        "photo credit",
        r"[(\[]?(?:(?:main |lead |file |cover |header |top )?(?:photo(?:graph)?|image|picture|pic|video|graphic|"
        r"illustration|artwork|credit|source|caption|screen ?(?:shot|grab))s?)"
        r"(?: (?:credit|source|courtesy|by|via|from|of))*(?: ?[:/©|] ?| (?:by|courtesy of|via) ).{2,100}",
        "names who took or owns a picture",
    ),
    Rule(
        "photo credit",
        r"[(\[]?(?:.{0,60}[ /,|])?(?:{agency}) ?(?:/|via|photos?|images?|file(?: photo)?|pool)\b.{0,60}(?<![.])",
        "an agency and its photographer, and nothing else",
    ),
    Rule(
        "photo credit",
        r".{0,80}(?:©|\(c\)) ?(?-i:[A-Z]|\d{4}).{0,80}(?<![.])",
        "a mark of ownership on a short line",
    ),
    Rule(
        "caption",
        r".{3,250}[(\[](?:[^()\[\]]{2,80}[ /])?(?:{agency})(?:[ /][^()\[\]]{0,60})?[)\]]",
        "a line that ends in its picture's credit and no full stop",
    ),
    Rule(
        "copyright line",
        r"(?:copyright(?: ©| \(c\))?|©|\(c\)) ?(?:\d{4}|by|(?-i:[A-Z])).{0,200}|"
        r"(?:.{0,120}\b)?all rights reserved\b.{0,120}|"
        r"(?:no part of )?this (?:material|{piece}|publication) (?:may|must) not be "
        r"(?:published|reproduced|copied|broadcast|republished).{0,160}|"
        r"(?:any )?(?:reproduction|republication|redistribution)\b.{0,80}\b(?:prohibited|forbidden|permission).{0,60}",
        "says who owns the page",
        alone=False,
    ),
    Rule(
        "copyright line",
        r"(?:(?:web ?site )?(?:developed|designed|built|powered|hosted) by|proudly powered by) .{2,60}|"
        r"(?:quotes|market data|data) (?:delayed|provided by) .{2,80}",
        "says who made the page",
    ),
    Rule(
        "republication note",
        r"this (?:{piece}|essay|interview) (?:was |is |has been )?(?:first |originally |previously |also )*"
        r"(?:published|appeared|posted|republished|adapted|syndicated|reprinted)(?: with permission)?"
        r" (?:on|in|by|at|from|here|as|with)\b.{0,160}",
        "says where else the page stood",
        alone=False,
    ),
    Rule(
        "byline",
        r"(?:written |words |text |story |report(?:ed|ing)? |edited |compiled |posted |published )?by:? {name}"
        r"(?: ?[|/•·,-] ?.{2,80})?(?<![.])",
        "an author's name",
    ),
    Rule(
        "byline",
        r"[(\[]?(?>(?:additional )?(?:reporting|writing|editing|compiled|translation|graphics?|production) by "
        r"[^.;]{3,80}[.;)\]]* ?)++|(?:author|writer|editor|reporter|correspondent|contributor)s?: .{2,80}(?<![.])|"
        r"{name},? (?:staff writer|senior (?:writer|reporter|correspondent|editor)|contributing writer)",
        "the people behind a page",
    ),
    Rule(
        "contact line",
        r"(?:contact|e-?mail|write to|reach|call) (?:us|me|the (?:author|writer|reporter|editor|newsroom)|"
        r"{name}) (?:at|on|via|by|:) ?.{3,100}|(?:have|got|do you have) (?:a|any|more) "
        r"(?:news )?(?:tips?|story|stories|information|questions?|comments?)\b.{0,40}\?.{0,120}|"
        r"send (?:us )?(?:your )?(?:news )?(?:tips|feedback|comments|letters|stories) to .{3,80}",
        "how to reach the newsroom",
    ),
    Rule(
        "time line",
        r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|edited|created|issued)"
        r"(?: (?:on|at|date|time))?|date|reading time|time to read) ?:? ?(?:on |at )?(?:\w+,? )?"
        r"(?:\d|{month}\b|today|yesterday|an? (?:hour|day|minute)).{0,60}(?<![.])",
        "when the page was made",
    ),
    Rule(
        "time line",
        r"(?:about |approx\.? )?\d+[- ]?(?:min(?:ute)?s?|sec(?:ond)?s?)(?: (?:read|listen|watch|video))|"
        r"(?:about )?(?:\d+|an?) (?:min(?:ute)?|hour|day|week|month|year)s? ago(?: ?[|•·,-] ?.{1,60})?|"
        r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?(?:\d{1,2} {month}|{month} \d{1,2}),? "
        r"\d{4},?(?: ?[|•·,-]| at)? ?\d{1,2}[:.]\d{2}.{0,30}",
        "how long or how old the page is",
    ),
    Rule(
        "form status",
        r"(?:(?>{status})[ .!…:*]*+)++",
        "what a form or a player says of itself",
    ),
)
"""Every rule; the first that matches gives the reason."""

ON_THIS_PAGE = (
    r"already an? (?:\w+ )?(?:subscriber|member)\?|"
    r"(?:view|see|read|access|unlock|continue reading)(?:ing)? (?:this|the (?:full|rest of the)) {piece}|"
    r"(?:to|and) (?:continue|keep) reading|"
    r"this {piece} is (?:only )?(?:for|available to|reserved for) .{0,20}(?:subscribers|members)|"
    r"(?:free|remaining) (?:articles?|stories) (?:left|remaining|this month|per month)"
)
"""Phrases by which a log-in notice speaks of the page that it stands on.

A guide to some other account ("Log into your account and open Settings") has none of them.
"""

OF_ACCOUNTS = (
    r"\b(?:account|log(?:ged|ging)?[- ]?(?:in|into|on)|login|sign(?:ed|ing)?[- ]?(?:in|up|into)|password|"
    r"subscri(?:be|ber|bers|ption|ptions|bing)|member(?:ship)?|register(?:ed|ing)?|card on file|"
    r"payment|billing|free trial|paywall|customer (?:service|support)|browser|cookies|cache)\b"
)
"""What the other sentences of such a notice are about."""

TO_THE_READER = (
    r"\b(?:you|your|yours|you're|you've)\b|\?$|^(?:please|make sure|click|try|check|contact|log|sign|"
    r"subscribe|enter|use|reset|update|visit|call|e-?mail|choose|refresh|clear)\b"
)
"""How they address the reader."""


_LISTS = {
    "control": "|".join(_CONTROLS),
    "section": _SECTIONS,
    "status": "|".join(_STATUS),
    **_WORDS,  # last, because the others use them
}


def fill(pattern: str) -> str:
    """A rule's pattern with the word lists in place of their names."""
    for name, words in _LISTS.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern
