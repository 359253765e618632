"""The words of pages' own interface, by which the rules of boilerplate are written."""

from __future__ import annotations

from retrieval.text.closed_classes import MONTHS, SHORT_MONTHS


def _any(*shapes: str) -> str:
    return f"(?:{'|'.join(shapes)})"


# A line of prose ends in a full stop, where a headline, a name or a label has none.
_UNSTOPPED = r"(?!.*[.]$)"

_NETWORK = _any(
    r"facebook(?: messenger)?|twitter|x(?: \(twitter\))?|whats ?app|linkedin|reddit|instagram",
    r"threads|bluesky|mastodon|telegram|pinterest|tumblr|tik ?tok|you ?tube|snapchat|flipboard",
    r"e-?mail|messenger|pocket|google news|apple news|social media",
)

# What a page calls itself.
_PIECE = r"(?:article|story|post|page|piece|column|content|report|video|photo|gallery|link)"
_PIECES = r"(?:articles|stories|posts|pages|pieces|videos|photos|news|topics|content|links|reading)"

_MAILING = _any(
    r"news ?letters?|(?:e-?mail|news|daily|breaking news) (?:alerts?|updates?)|mailing lists?",
    r"daily (?:digests?|briefings?|emails?)|morning briefings?",
)

_AGENCY = _any(
    r"ap|afp|epa|upi|pa|ansa|kcna|tass|ria|xinhua|yonhap|kyodo|dpa|reuters|getty|bloomberg",
    r"shutterstock|alamy|i ?stock|unsplash|pixabay|pexels|flickr|wikimedia|associated press",
    r"press association|agence france-presse|file|handout|courtesy|supplied",
)

_MONTH = _any(*sorted([*MONTHS, *SHORT_MONTHS], key=len, reverse=True))

_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"

_CAPITAL = r"(?-i:[A-Z])"

# Capitalised words, with the small ones that stand in names.
_NAME = (
    rf"{_CAPITAL}[\w.'&-]*(?:,? (?:{_CAPITAL}[\w.'&-]*|and|of|the|for|in|at|de|van|von|&)){{0,9}}"
)

# The buttons, links and menus of a page. The first that matches is taken, so longer ones stand
# before those that they begin with.
_CONTROL = _any(
    rf"share(?: (?:this|via|on|with|to|by))*(?: {_PIECE})?(?: (?:on|via|with|by|to))?"
    rf"(?: {_NETWORK}| friends)?",
    rf"(?:re)?tweet(?: this)?(?: {_PIECE})?|pin (?:it|this)|post(?: this)? (?:on|to) {_NETWORK}",
    rf"(?:follow|find|like|join|add)(?: us)? on {_NETWORK}|follow(?: us| topics| authors?)?",
    rf"e-?mail(?: this)?(?: {_PIECE})?|print(?: this)?(?: {_PIECE})?",
    rf"copy(?: the)?(?: link| url)|link copied|gift(?: this)? {_PIECE}",
    rf"save(?: this)?(?: {_PIECE})?(?: for later)?|bookmark(?: this)?(?: {_PIECE})?",
    rf"listen(?: to this {_PIECE})?|watch(?: now| live| the video)?|play(?: video)?|text size",
    r"(?:view |see |show |hide |all )*comments?(?: ?\(?\d[\d,.k]*\)?)?",
    r"\d[\d,.k]* (?:comments?|shares?|likes?|views?|reads|retweets)",
    r"(?:leave|post|write|add) (?:a|your) (?:comment|reply)|reply|report(?: abuse| this comment)",
    r"log ?in|sign ?in|log ?out|sign ?out|sign ?up|register|my (?:account|profile)",
    r"create(?: an)? account|(?:forgot|reset)(?: your)? password\??|remember me",
    r"subscribe(?: now| today| here)?|join(?: now| us| free)|donate(?: now| today)?",
    r"search(?: (?:this|the) site)?|(?:main )?menu|home ?page|home|close(?: menu)?",
    rf"toggle (?:menu|navigation)|next(?: {_PIECE})?|prev(?:ious)?(?: {_PIECE})?",
    r"(?:back|return|go) to (?:the )?(?:top|home(?: ?page)?)",
    r"(?:skip|jump) (?:to )?(?:the )?(?:main )?(?:content|navigation|menu|ad)",
    rf"(?:read|show|load|view|see|learn|find out|discover) (?:more|less|all)(?: {_PIECES})?|more",
    rf"(?:continue|keep) reading(?: for free)?|read (?:the )?full {_PIECE}|expand|collapse",
    rf"view {_PIECE}|(?:re-?use|re-?publish|cite|rate) this {_PIECE}",
    r"(?:view|enlarge|open|expand|zoom)(?: this)? images?(?: in full ?screen)?|full ?screen",
    r"(?:hide|show|toggle|view) (?:caption|transcript|details|captions)|transcript|photo gallery",
    r"explore more(?: on these topics)?|(?:purchase|buy) (?:licensing rights|reprints)|reprints",
    r"(?:send|give|leave)(?: us)? feedback|(?:report|suggest|submit) an? (?:error|typo|correction)",
    r"(?:i )?(?:accept|agree)(?! all cookies)(?: all)?|got it|ok(?:ay)?|no,? thanks",
    r"dismiss|not now|maybe later",
    r"(?:buy|shop|order|book|apply|try|start) now|add to (?:cart|basket|wish ?list|my list)",
    r"get started|start (?:your|a) free trial|try (?:it|us) (?:for )?free(?: for \d+ \w+)?",
    r"(?:manage|print|digital|gift) (?:my )?subscriptions?|e-?edition|next up|go back",
    rf"(?:back|return|go) to (?:the )?(?:{_PIECE}|results|search)",
    r"terms(?: (?:of (?:service|use|sale)|(?:and|&) conditions))?",
    r"privacy(?: (?:policy|notice|settings|choices))?|legal(?: notice)?|imprint|masthead",
    r"cookies?(?: (?:policy|settings|preferences|notice))?|accessibility(?: statement)?",
    r"(?:your )?(?:ad ?choices|privacy choices)|manage (?:consent|preferences|cookies)",
    r"contact(?: us)?|about(?: us)?|advertise(?: with us)?|careers|help(?: cent(?:er|re))?",
    r"faqs?|feedback|site ?map|rss(?: feed)?|e-?paper",
    r"do not sell(?: or share)? my (?:personal )?info(?:rmation)?",
    _MAILING,
    _NETWORK,
)

_SECTION = _any(
    r"world news|world|news|politics|business|sports?|opinion|culture|tech(?:nology)?|science",
    r"health|arts?|entertainment|life ?style|travel|weather|video|money|education|environment",
    r"royals|celebrity|breaking(?: news)?|exclusive|local|national|international|uk|us|europe",
    r"asia[- ]pacific|asia|africa|americas|middle east|latest|live",
)

# What forms and players say of themselves.
_STATUS = _any(
    r"loading (?:comments|more|content|video|player|image)s?|you need to enable javascript.{0,60}",
    r"(?:(?:message|form|comment) )?(?:submitting|sending|loading|processing|buffering)",
    r"(?:your )?(?:message|form|comment|submission|e-?mail)(?: was| has been)?(?: successfully)?"
    r" (?:sent|submitted|received)",
    r"thank(?:s| you) for (?:waiting|subscribing|signing up|registering)",
    r"thank(?:s| you) for your (?:message|feedback|comment|submission|patience)",
    r"(?:an error (?:has )?occurred|something went wrong|oops)",
    r"please (?:try again(?: later)?|wait|enter a valid .{3,30}|fill (?:in|out) .{3,40})",
    r"(?:this|required) field(?: is required)?|invalid (?:e-?mail|password|address)(?: address)?",
    r"(?:please )?(?:enter|type) your (?:e-?mail(?: address)?|name|password|zip ?code|post ?code)",
    r"your (?:e-?mail address|privacy|information) (?:will not be published|is safe with us)",
    r"(?:please )?(?:enable|turn on) javascript.{0,60}",
    r"(?:this video|your browser) (?:can ?not|does not|is not).{3,60}",
    r"you (?:are|have been) (?:now )?(?:logged (?:in|out)|subscribed|signed (?:up|in|out))",
    r"(?:first|last|full|your) name|\* ?(?:indicates )?required(?: fields?)?|remaining time.{0,12}",
    rf"was this {_PIECE} (?:helpful|useful)\??(?: yes| no| /)*|what's your reaction\??",
    r"(?:slide |image |photo |page )?\d+ ?(?:of|/) ?\d+",
    r"check your (?:inbox|e-?mail)(?: (?:to|for) .{3,60})?",
)

_COOKIE_KIND = _any(
    r"essential|necessary|functional|functionality|performance|analytics?|analytical|statistics?",
    r"marketing|advertising|targeting|optional|additional|preferences?|tracking|technical|social",
    r"social media|third[- ]party|first[- ]party|unclassified|non-essential|non-necessary|required",
)

# Cookies as a page speaks of its own.
_COOKIES = rf"(?:(?:our own|some|strictly|other|similar|session|{_COOKIE_KIND}|and|or|,) ?)*cookies"

_BOX = r"(?:message|banner|notice|box|bar|pop-?up|dialog(?:ue)?|warning|alert)"

_WORDS = {
    "unstopped": _UNSTOPPED,
    "network": _NETWORK,
    "piece": _PIECE,
    "pieces": _PIECES,
    "mailing": _MAILING,
    "agency": _AGENCY,
    "month": _MONTH,
    "day": _DAY,
    "capital": _CAPITAL,
    "name": _NAME,
    "control": _CONTROL,
    "section": _SECTION,
    "status": _STATUS,
    "cookie_kind": _COOKIE_KIND,
    "cookies": _COOKIES,
    "box": _BOX,
}


def fill(pattern: str) -> str:
    """A rule's pattern without its layout, and with the words in place of their names."""
    pattern = "".join(line.strip() for line in pattern.splitlines())
    for name, words in _WORDS.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern
