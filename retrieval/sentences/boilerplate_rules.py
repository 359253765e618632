"""The shapes and phrases by which boilerplate is recognised, each with its reason."""

from __future__ import annotations

from typing import NamedTuple


class Rule(NamedTuple):
    """One kind of line that pages carry around their articles.

    Attributes:
        reason: The mark that a matching sentence gets.
        why: What gives such lines away.
        pattern: A regular expression for the whole line, where case and kinds of space and
            quotation mark do not matter. Its line ends and indents are layout only. A name in
            braces stands for words of `boilerplate_words`; `{unstopped}` asks that no full stop
            ends the line.
        alone: Whether the line must have its paragraph to itself, because within prose the same
            words may be prose.
    """

    reason: str
    why: str
    pattern: str
    alone: bool = True


RULES = (
    Rule(
        "advertisement",
        "the label of an advertisement, which says nothing",
        r"""
        (?:- ?)?(?:advertisements?|advertising|adverts?|ads?|ads? by \w+|(?:video )?ad feedback)
            (?: ?[-:|]+(?: ?scroll(?: down)? to continue)?)?
        |(?:sponsored|promoted)(?: (?:content|post|by .{2,40}))?
        |(?:paid|partner) (?:content|post|partnership|advertisement)|affiliate links?
        """,
    ),
    Rule(
        "advertisement",
        "leads past an advertisement",
        r"""
        (?:the |this )?(?:story|article|content|post|report) (?:continues|resumes)
            \ (?:below|after)(?: (?:this |the )?(?:ad(?:vert(?:isement)?)?|video|newsletter))?
        |(?:continue reading|scroll(?: down)?)(?: to continue)?(?: reading)?(?: below| for more)?
        |(?:remove|hide|skip|close|report|why am i seeing) (?:this|these|the)? ?ads?\??
        """,
    ),
    Rule(
        "advertisement",
        "discloses what the page earns by its links",
        r"""
        (?:we|this (?:site|{piece})) (?:may |might )?(?:earn|receive|get|contain)s?
            \ (?:an? )?(?:small )?(?:affiliate )?(?:commission|affiliate links).{0,160}
        """,
        alone=False,
    ),
    Rule(
        "navigation",
        "nothing but words of the page's own interface, or an address",
        r"""
        (?=.{1,60}$|{unstopped})(?>{control})(?:[ |/•·»›>,&+:-]++(?:(?:and|or) )?(?>{control}))*+
        |(?=.{1,60}$|{unstopped})(?>{section}|home)(?:[ |/•·»›>,&+-]++(?>{section}))*+
        |(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?
        """,
    ),
    Rule(
        "navigation",
        "tells the reader what to press on the page",
        r"""
        (?:click|tap|press) (?:here|below|the (?:link|button) below|on the (?:link|image))
            (?: .{1,120})?
        |(?:scroll|swipe) (?:down|left|right|up|to) (?:to |for )?(?:read|see|view|more).{0,60}
        """,
        alone=False,
    ),
    Rule(
        "share bar",
        "asks the reader to pass the page on or to follow",
        r"""
        (?:please )?(?:share|spread|tweet) (?:this|the|your) (?:{piece}|word|thoughts)
            (?: .{1,60})?
        |if you (?:enjoyed|liked|found|like|love) (?:this|our|what) .{2,60}(?:share|subscribe|follow
            |consider|support|let us know)\b.{0,60}
        |(?:like|liked|enjoyed|loved?) (?:this|what you(?:'re| are)? read(?:ing)?).{0,60}\?.{0,80}
        |(?:follow|find|like|join|connect with|catch) (?:us|me|@?[\w.' ]{2,40})
            \ on (?:our )?{network}.{0,120}
        """,
    ),
    Rule(
        "log-in notice",
        "the way past a paywall",
        r"""
        (?:please )?(?:log ?in|sign ?in|sign ?up|register|subscribe|join)(?: (?:now|here|today
            |for free))? (?:to|and) (?:continue|read|view|see|access|unlock|keep|comment|leave
            |join|save|follow|enjoy|get)\b.{0,100}
        """,
    ),
    Rule(
        "log-in notice",
        "asks whether the reader has an account",
        r"""
        (?:already|not(?: yet)?)(?: have)? an? (?:subscriber|member|account
            |registered user)\?.{0,60}
        |(?:already|not yet) (?:subscribed|registered)\?.{0,60}
        |(?:don't|do not|already) have an? (?:account|subscription)(?: (?:yet|already))?\?.{0,60}
        """,
        alone=False,
    ),
    Rule(
        "log-in notice",
        "says that the page is held back",
        r"""
        (?:this|the full) {piece} is (?:only )?(?:for|available (?:only )?to|reserved for
            |exclusive to) (?:our |paid |registered |premium )*(?:subscribers|members|readers
            |users)(?: only)?.{0,60}
        |you(?:'ve| have) (?:reached|used|read|hit|\d+)\b.{0,30}\bfree (?:articles?|stories
            |limit)\b.{0,80}
        |(?:subscribe|log ?in|sign ?in|register|unlock)\b.{0,60}\b(?:continue reading
            |this {piece}|unlimited access|full access|the full {piece}).{0,60}
        """,
        alone=False,
    ),
    Rule(
        "newsletter appeal",
        "asks the reader to subscribe, or promises letters",
        r"""
        (?:please )?(?:sign ?up|subscribe|register|join)\b(?: (?:now|here|today|free|for free))?
            (?: (?:for|to|on))? (?:our|the|my|this|a)?.{0,40}(?:{mailing}|channel|podcast|inbox)
            .{0,120}
        |(?:get|receive|have) .{3,100}\b(?:(?:in|to|into) your (?:inbox|e-?mail|mailbox)
            |{mailing})\b.{0,80}
        |{unstopped}sign ?up (?:to|for) .{2,60}|save \d+ ?% (?:on|off) .{2,60}
        |(?:never|don't) miss (?:an?|out on|any|another) (?:story|post|update|scoop|thing).{0,80}
        |stay (?:up to date|informed|updated|in the loop|tuned)\b.{0,80}
        """,
    ),
    Rule(
        "newsletter appeal",
        "offers to write to the reader",
        r"""
        (?:want|would you like) (?:us to )?.{0,40}\b(?:e-?mail(?:ed)?|sen[dt]|delivered|inbox
            |newsletters?)\b.{0,100}\?
        """,
        alone=False,
    ),
    Rule(
        "newsletter appeal",
        "the small print of a subscription",
        r"""
        (?:you can )?unsubscribe (?:at any time|anytime|here).{0,60}
        |(?:no spam|we (?:will )?(?:never|don't) spam).{0,60}
        |by (?:signing up|subscribing|registering|clicking|submitting|entering
            |providing)\b.{0,60}\byou (?:agree|accept|consent|acknowledge|confirm).{0,160}
        """,
        alone=False,
    ),
    Rule(
        "support appeal",
        "asks the reader for money",
        r"""
        (?:please )?(?:support|donate to|help (?:us|fund)|fund)\b.{0,40}\b(?:our (?:journalism
            |work|site|reporting|newsroom|mission)|(?:independent|quality) journalism|us (?:today
            |now|on patreon)).{0,100}
        |(?:please )?consider (?:donating|subscribing|supporting us|making a donation
            |becoming a member).{0,100}
        |{unstopped}support (?:the )?{name}
        |(?:become|be) a (?:member|subscriber|supporter|patron)(?: (?:today|now|for .{1,20}))?
        """,
    ),
    Rule(
        "app appeal",
        "offers the publisher's application",
        r"""
        (?:download|get|install|try|open(?: in)?) (?:our|the|this)(?: [\w.'-]+){0,4} apps?
            (?: .{0,60})?
        |(?:now )?available (?:on|in|from|at) the (?:app store|apple app store|google play).{0,40}
        |(?:download|get it|listen|available) on (?:the )?(?:app store|google play|apple podcasts
            |spotify).{0,60}
        """,
    ),
    Rule(
        "cookie notice",
        "says that the page keeps cookies, or asks for consent",
        r"""
        (?:we|(?:this|our) (?:web ?)?(?:site|service|app)|we and our .{0,12}partners)
            (?: \w+){0,3} (?:uses?|stores?|sets?|access)(?: and \w+)? {cookies}\b
            (?!.*\b(?:said|says|told|wrote)\b).{0,200}
        |we(?:'d| would)(?: also)? like to (?:use|set|store) {cookies}\b.{0,200}
        |we and our .{0,30}(?:partners|vendors)\b.{0,20}\b(?:stor|access|process|us)(?:e|es|ing)?\b
            .{0,60}\b(?:information|(?:personal )?data|identifiers|technolog(?:y|ies))\b.{0,200}
        |(?:accept|reject|allow|decline|manage|refuse|deny|disable|customi[sz]e|hide)
            (?: (?:all|only|my|your|these|the)){0,3} (?:{cookies}|cookie)
            (?: (?:{box}|settings|preferences|policy))?(?: (?:and|&) \w+)?
        |by (?:continuing|using|browsing|closing|clicking|selecting|accepting)\b.{0,60}
            \b(?:cookies|you (?:agree|accept|consent)).{0,120}
        |we (?:value|respect|care about) your privacy.{0,60}
        |you(?:'ve| have)(?: now)? (?:accepted|rejected|declined|refused|allowed)
            (?: (?:all|only|the|these)){0,2} {cookies}.{0,60}
        """,
        alone=False,
    ),
    Rule(
        "cookie notice",
        "a line of the box that asks for consent",
        r"""
        (?:{unstopped}(?:(?:view|read|see|show|open|change|edit|update|review|set|save|choose|manage
            |confirm|hide|close|dismiss)(?: and \w+)?(?: (?:all|our|my|your|the|this)){0,2}\ )?
            (?:cookies?|consent|privacy|tracking|vendor)
            (?: (?:{box}|settings?|preferences?|choices?|options?|cent(?:er|re)|policy|details|list
            |declaration|tool|consent|partners?|vendors?)){1,2})
        |{unstopped}(?:save|confirm|submit)(?: (?:my|your|these))?
            \ (?:choices?|preferences?|settings)(?: (?:and|&) (?:exit|close|continue))?
        |{unstopped}(?:accept|reject|allow|deny|decline|refuse|agree to|consent to)
            (?: (?:all|selected|necessary|optional|additional|essential|only|selection|everything))+
        |(?:continue|proceed)(?: to \w+)? without (?:accepting|agreeing|consent(?:ing)?)
        |(?:i )?(?:do not |don't )?consent|manage (?:options|settings|choices|vendors|partners)
        |{cookies} ?(?:\(?always (?:active|on|enabled)\)?)|always (?:active|enabled)
        |(?:strictly )?{cookie_kind}(?: and {cookie_kind})? (?:cookies|purposes)(?: \(\d+\))?
        |(?:view |show |see |list of |our )*(?:\d+ )?(?:iab |tcf )?(?:third[- ]party )?
            (?:vendors|partners|purposes)(?: ?\(.{1,20}\))?(?: (?:list|only))?
        |{unstopped}cookies (?:on|in|and) (?:this|our|the|your) .{0,30}
            (?:(?:web ?)?sites?|service|page|app|privacy)
        |cookies on [\w-]+(?:\.[\w-]+)+
        """,
    ),
    Rule(
        "cookie notice",
        "a sentence of that box",
        r"""
        you (?:can|may)(?: also)? (?:change|manage|withdraw|update|review|edit|adjust|revoke)
            .{0,40}\b(?:cookies?|consent|privacy|your (?:mind|choices?|preferences))\b.{0,160}
        |(?:to |for )(?:find out|learn|read|know|change|manage|see|more)\b.{0,60}
            \b(?:cookies?|consent|privacy) (?:policy|settings|notice|statement|page|preferences)
            \b.{0,60}
        |(?:learn|find out|read|see)(?: \w+){0,2} more about (?:our|the|how we use)
            (?: use of)? {cookies}.{0,80}
        |(?:these|such|our|some) (?:cookies|trackers|technologies) (?:are (?:strictly
            |always|necessary for (?:the|this|our)|essential (?:for|to) (?:the|this|our)|set by us)
            |(?:also |may )*(?:allow|enable|help|let) us|may be set (?:by|through)).{0,200}
        |(?:some|our)(?: \d+)? (?:partners|vendors)\b.{0,80}\b(?:your consent|legitimate interest
            |(?:your|personal) data)\b.{0,160}
        |(?:please )?(?:choose|select|tell us|let us know) (?:which|whether|if|what).{0,30}
            \bcookies\b.{0,80}
        |(?:do|can|may|will) (?:you|we) (?:accept|allow|agree to|consent to|use|store|set)
            \ (?:our |the |all )*{cookies}\b.{0,60}\?
        |if you (?=.*\b(?:cookies?|consent|track(?:ed|ing)?)\b)(?:continue|click|agree|accept
            |decline|reject|refuse|do not|don't)\b.{0,160}\b(?:you (?:agree|accept|consent)
            |we(?: will|'ll)? (?:use|assume|set|store)|(?:this|our) (?:web ?)?site)\b.{0,100}
        |a single cookie will be (?:used|set|stored).{0,120}
        |{name} uses {cookies}\b.{0,100}\b(?:your (?:\w+ )?experience
            |(?:this|the|our) (?:web ?)?site)\b.{0,100}
        |your (?:cookie|privacy|consent) (?:settings|preferences|choices) (?:have been|were|are)
            \ (?:saved|updated|set|stored).{0,60}
        |(?:store and/or access information on a device|use precise geolocation data
            |(?:actively )?scan device characteristics|personali[sz]ed (?:ads|advertising) and
            \ content|audience research and services development).{0,160}
        """,
    ),
    Rule(
        "link to another article",
        "a label that announces another page, and its headline",
        r"""
        {unstopped}(?:see (?:also|more)|(?:must|what to) read(?: next)?|don't miss|more on this
            |next|related|recommended|you (?:may|might) (?:also )?like|watch|listen(?: now
            | here)?|up next|(?:in )?(?:pictures|photos|video|gallery)|explainer|live updates?
            |further reading|more stories|trending|popular|background) ?[:|»>→] ?.{3,200}
        |(?:also read|read (?:also|more|next|this|here|now)|related (?:article|story|stories)
            |watch (?:now|live|also|more|this)) ?[:|»>→-] ?.{3,200}
        """,
    ),
    Rule(
        "link to another article",
        "points to another page",
        r"""
        read (?:more|the (?:full|original|rest)(?: .{2,40})?) (?:here|about|at|on|from|in
            |of) .{2,100}
        |read (?:more|the (?:full|original|rest)(?: .{2,40})?) here
        |{unstopped}(?:for )?more (?:from|stories (?:like this|from|by)|news from
            |on this (?:story|topic)) .{2,60}
        """,
    ),
    Rule(
        "list of links",
        "the heading of what stands around an article",
        r"""
        (?:most|more) (?:read|popular|viewed|shared|commented)|(?:trending|popular) now
        |(?:top|latest|related|recommended|featured|more|popular|trending)
            (?: {pieces}| headlines| for you)?
        |more(?: {pieces})? (?:on this (?:story|topic)|like this)
        |you (?:may|might)(?: also)? (?:like|be interested in)|editors?'?s? (?:picks?|choice)
        |(?:around|from) the web|from our partners|(?:what to )?read next|up next|now playing
        |(?:on|in) this (?:page|article|story)|table of contents|have your say|what do you think\?
        |join the (?:conversation|discussion)|be the first to (?:comment|reply)
        |comments are (?:closed|off|moderated)
        """,
    ),
    Rule(
        "list of links",
        "a list of labels",
        r"""
        {unstopped}(?:tags?|topics?|filed (?:under|in)|categor(?:y|ies)|posted in|keywords
            |labels) ?: ?.{2,200}
        """,
    ),
    Rule(
        "copyright line",
        "says who owns the page",
        r"""
        (?:copyright(?: ©| \(c\))?|©|\(c\)) ?\d{4}.{0,200}
        |(?:copyright ©|©) ?{capital}.{0,200}
        |all rights reserved(?: (?:by|worldwide)\b.{0,80}|[.,;|©] ?.{0,120})?
        |{unstopped}.{1,120}\ball rights reserved\b.{0,80}
        |(?:no part of )?this (?:material|{piece}|publication) (?:may|must) not be (?:published
            |reproduced|copied|broadcast|republished).{0,160}
        |(?:any )?(?:reproduction|republication|redistribution)\b.{0,80}\b(?:prohibited|forbidden
            |without (?:\w+ )*permission).{0,60}
        """,
        alone=False,
    ),
    Rule(
        "copyright line",
        "says who made the page",
        r"""
        {unstopped}(?:(?:web ?)?site )?(?:developed|designed|built|powered|hosted) by .{2,60}
        |proudly powered by .{2,60}|(?:quotes|(?:market )?data) (?:delayed|provided by) .{2,80}
        """,
    ),
    Rule(
        "photo credit",
        "names who took or owns a picture",
        r"""
        [(\[]?(?:(?:main|lead|file|cover|header|top|featured) )?(?:photo(?:graph)?|image|picture
            |pic|video|graphic|illustration|artwork|credit|source|caption|screen ?(?:shot
            |grab))s?(?: (?:credit|source|courtesy|by|via|from|of))* ?[:/©|] ?.{2,100}
        |{unstopped}[(\[]?(?:photo(?:graph)?|image|picture|video|graphic|illustration)s? (?:by
            |courtesy of|via) .{2,80}
        |{unstopped}[(\[]?(?:.{0,60}[ /,|])?(?:{agency}) ?(?:/|via|photos?|images?
            |file(?: photo)?|pool)\b.{0,60}
        |{unstopped}.{1,80}[ ,|(](?:©|\(c\)) ?(?:{capital}|\d{4}).{0,80}
        """,
    ),
    Rule(
        "caption",
        "ends in its picture's credit",
        r"""
        {unstopped}.{3,250}[(\[](?:[^()\[\]]{2,80}[ /])?(?:{agency})(?:[ /][^()\[\]]{0,60})?[)\]]
        """,
    ),
    Rule(
        "republication note",
        "says where else the page stood",
        r"""
        this (?:{piece}|essay|interview) (?:was |is |has been )?(?:(?:first|originally|previously
            |also) )*(?:published|appeared|posted|republished|adapted|syndicated
            |reprinted)(?: with permission)? (?:on|in|by|at|from|here|as|with)\b.{0,160}
        """,
        alone=False,
    ),
    Rule(
        "disclaimer",
        "says for whom the page does not speak",
        r"""
        (?:disclaimer: ?)?(?:the )?(?:views|opinions)(?: and \w+)? expressed
            \ (?:in this|here|above|are)\b.{0,200}
        |our standards: .{3,80}
        """,
    ),
    Rule(
        "byline",
        "the people behind a page",
        r"""
        {unstopped}(?:(?:written|words|text|story|report|reported|edited|compiled|posted
            |published) )?by:? {name}(?: ?[|/•·,-] ?.{2,60})?
        |[(\[]?(?>(?:additional )?(?:reporting|writing|editing|compiled|translation|graphics?
            |production) by [^.;]{3,80}[.;)\]]* ?)++
        |{unstopped}(?:author|writer|editor|reporter|correspondent|contributor)s?: .{2,80}
        |{unstopped}{name},? (?:(?:staff|contributing) writer
            |senior (?:writer|reporter|correspondent|editor))
        """,
    ),
    Rule(
        "contact line",
        "how to reach the newsroom",
        r"""
        (?:contact|e-?mail|write to|reach|call) (?:us|me|the (?:author|writer|reporter|editor
            |newsroom)|{name}) (?:at|on|via|by|:) ?.{3,100}
        |(?:have|got|do you have) (?:a|any|more) (?:news )?(?:tips?|story|stories|information
            |questions?|comments?)\b.{0,40}\?.{0,120}
        |send (?:us )?(?:your )?(?:news )?(?:tips|feedback|comments|letters|stories) to .{3,80}
        """,
    ),
    Rule(
        "time line",
        "how long or how old the page is",
        r"""
        {unstopped}(?:(?:first|last|originally) )?
            (?:published|updated|posted|modified|edited|created|date|reading time|time to read)
            (?: (?:on|at|date|time))?(?: ?: ?|\ )(?:{day},? )?
            (?:\d|{month}\b|today|yesterday|an? (?:hour|day|minute)).{0,60}
        |\d+[- ]?(?:min|minute|sec|second)s? (?:read|listen|watch|video)
        |(?:about )?(?:\d+|an?) (?:min|minute|hour|day|week|month|year)s? ago
            (?: ?[|•·,-] ?.{1,60})?
        |(?:{day},? )?(?:\d{1,2} {month}|{month} \d{1,2}),? \d{4}
            (?:,?(?: ?[|•·,-]| at)? ?\d{1,2}[:.]\d{2}.{0,30})?
        |this {piece} is (?:more than|over|about) .{1,20} old
        """,
    ),
    Rule(
        "form status",
        "what a form or a player says of itself",
        r"""
        (?:(?>{status})[ .!…:*,]*)++
        """,
    ),
)
"""Every rule; the first that matches gives the reason."""

ON_THIS_PAGE = r"""
    already an? (?:\w+ )?(?:subscriber|member)\?
    |(?:view|see|read|access|unlock)(?:ing)? (?:this|the (?:full|rest of the)) {piece}
    |(?:to|and) (?:continue|keep) reading
    |this {piece} is (?:only )?(?:for|available to|reserved for) .{0,20}(?:subscribers|members)
    |(?:free|remaining) (?:articles?|stories) (?:left|remaining|this month|per month)
"""
"""Phrases by which a log-in notice speaks of the page that it stands on.

A guide to some other account ("Log into your account and open Settings") has none of them.
"""

OF_ACCOUNTS = r"""
    \b(?:account|log(?:ged|ging)?[- ]?(?:in|into|on)|sign(?:ed|ing)?[- ]?(?:in|up|into)|password
        |subscri(?:be|bers?|ptions?|bing)|member(?:ship)?|register(?:ed|ing)?|card on file
        |payment|billing|free trial|paywall|customer (?:service|support)|browser|cookies|cache)\b
"""
"""What the other sentences of such a notice are about."""

ACCOUNT_WORDS = tuple(
    "account log sign password subscri member regist card payment billing trial paywall customer "
    "browser cookies cache".split()
)
"""One of them stands, casefolded, in whatever `OF_ACCOUNTS` matches: most texts have none."""

TO_THE_READER = r"\b[Yy]ou(?:rs?|'re|'ve)?\b|\b[Pp]lease\b|\?$"
"""How they address the reader."""

REQUESTS = r"""
    (?:make sure|click|try|check|contact|log|sign|subscribe|enter|use|reset|update|visit|call
        |e-?mail|choose|refresh|clear)\b
"""
"""Or how they begin, where they ask something of the reader."""

FRONT_MATTER = r"""
    (?P<fence>---|\+\+\+)[ \t]*\r?\n
    (?P<fields>
        (?:[ \t\r]*(?:\#[^\n]*)?\n)*+            # blank lines and comments
        {field}\n
        (?:(?:{field}|[ \t#\r\]}}][^\n]*|-[ \t][^\n]*|\[[^\n]*\][ \t]*\r?|)\n)*+
    )
    (?:(?P=fence)|\.\.\.)[ \t]*(?:\r?\n|\Z)
""".format(field=r"""["']?[\w-]+(?:[ .][\w-]+)?["']?[ \t]*(?::(?=\s)|=)[^\n]*""")
"""The fields with which a Markdown file may begin, in YAML or TOML: of the file, not of its text.

Its first line is a field, and so is every other that is no comment, list or continuation of one:
prose between two rules is none.
"""
