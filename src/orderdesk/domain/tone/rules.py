"""The rules that look at one sentence at a time, as data: what each forbids, and how strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that a sentence must not have; `unless` takes a match back that only looks like one."""

    id: str
    level: Level
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


APOLOGY = _any("sorry", r"apolog\w+", r"regret\w*", r"forgiv\w+", "pardon", "excuse us")

_INTENSE = (
    r"(?:so|very|deeply|deepest|sincere|sincerely|sincerest|truly|terribly|most|extremely|really|profound|profoundly|"
    r"profusely|"
    r"heartfelt|awfully|incredibly|genuinely|wholehearted|wholeheartedly|unreserved|unreservedly|humble|humbly|dreadfully|"
    r"enormously|hugely|immensely|beyond|abject|eternally|thousand|million)"
)
_APOLOGY_WORD = r"(?:sorry|apolog\w+|regret\w*|forgiveness|pardon)"
_SOMEBODY = (
    r"(?:supplier|vendor|manufacturer|wholesaler|distributor|maker|factory|mill|printer|carrier|courier|ups|fedex|usps|"
    r"dhl|hermes|"
    r"post office|postal service|mail|customs|weather|storm|snow|hurricane|flood|pandemic|covid|strike|port|shipper|"
    r"shipping company|"
    r"shipping line|freight|staff|employee|assistant|packer|intern|partner|warehouse|marketplace|platform|system|software|"
    r"website|"
    r"computer|supply chain|shortage|holidays?|rush|demand|others|they)s?"
)
_BLAMED = (
    r"(?:because of|due to|owing to|thanks to|caused by|blame\w*|fault|responsible for|fail(?:s|ed|ing)?|let us down|"
    r"lets us down|"
    r"letting us down|dropped the ball|messed up|mixed up|held (?:it|us|everything|things|your \w+) up|held up|slow\w*|"
    r"lost|misplaced|"
    r"sent us the wrong|kept us waiting|"
    r"(?:is|are|was|were|has been|have been) (?:late|delayed|slow|behind|backed up|overwhelmed|to blame|the reason|"
    r"unreliable|stuck)|"
    r"did not (?:deliver|send|ship|keep|tell|warn|arrive)|didn['’]t (?:deliver|send|ship|keep|tell|warn|arrive)|forgot|"
    r"broke|crashed|"
    r"went down|canceled on us|stopped|out of our hands|made a mess)"
)
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"

RULES = (
    Rule(
        "T03",
        Level.ERROR,
        _any(
            rf"{_INTENSE}(?: \w+){{0,2}} {_APOLOGY_WORD}",
            rf"{_APOLOGY_WORD} (?:\w+ )?(?:deeply|sincerely|profusely|unreservedly|wholeheartedly|humbly|again and again|"
            rf"a thousand times)",
            r"mortified",
            r"ashamed",
            r"embarrass\w+",
            r"inexcusabl[ey]",
            r"unforgivabl[ey]",
            r"unacceptabl[ey]",
            r"beg(?:ging)?",
            r"(?:we|i) feel (?:\w+ )?(?:terrible|awful|horrible|dreadful|bad|sick|wretched)",
            r"let(?:ting)? you down",
            r"fail(?:ed|ing)? you",
            r"heartbroken",
            r"devastated",
            r"(?:can['’]t|cannot|can not) apologi[sz]e enough",
            r"words can(?:not|['’]t)",
            r"disgrace\w*",
            r"hang our heads",
        ),
    ),
    Rule(
        "T04",
        Level.ERROR,
        _any(
            rf"{_APOLOGY_WORD},? (?:if|but)",
            rf"{_APOLOGY_WORD}(?: that)? you (?:feel|felt|think|are upset|were upset|find|found)",
            rf"{_APOLOGY_WORD} for (?:any|whatever)",
            r"any (?:\w+ )?(?:inconvenience|trouble|hassle|disappointment|confusion|frustration|upset)",
            r"(?:may|might|could) have (?:been )?(?:caused|upset|inconvenienced|disappointed|led)",
            r"(?:may|might|could) (?:cause|be causing)",
            r"inconveniences?",
            r"regret(?:s|fully)? to (?:inform|say|tell|announce|advise|report|let)",
            r"mistakes were made",
            r"if (?:this|that|it|we) (?:has |have )?(?:caused|upset|offended|disappointed|inconvenienced)\w*",
        ),
    ),
    Rule(
        "T05",
        Level.ERROR,
        re.compile(
            rf"\b(?:{_SOMEBODY}\b.*\b{_BLAMED}|{_BLAMED}\b.*\b{_SOMEBODY})\b"
            r"|\b(?:(?:beyond|outside|out of) our control|out of our hands|unforeseen|unexpected circumstances|"
            r"circumstances|not our fault|"
            r"no fault of ours|through no fault|force majeure|act of god|not (?:up to|because of) us|nothing we could do)\b",
            re.IGNORECASE,
        ),
        unless=_any(r"(?:has|have) run out of"),
    ),
    Rule(
        "T06",
        Level.ERROR,
        _any(
            r"you (?:really )?(?:should have|should['’]ve|could have|failed|forgot|neglected|must have|overlooked|misread|"
            r"ignored|"
            r"missed|waited too long|ordered (?:too |so )?late)",
            r"you (?:did not|didn['’]t|never) (?:read|check|notice|provide|give|answer|respond|reply|tell|say|mention|"
            r"include|confirm|"
            r"leave|enter|choose|pick|ask)",
            r"(?:had you|if you had|if you['’]d|if only you) \w+",
            r"you (?:gave|entered|typed|provided|sent|supplied) (?:us )?(?:a|an|the) (?:wrong|incorrect|incomplete|old)",
            r"your (?:own )?(?:mistake|error|fault|oversight|failure|impatience|delay in)",
            r"as (?:was )?(?:clearly )?(?:stated|mentioned|explained|noted|written|described) (?:in|on|when|at)",
            r"you (?:were|have been) (?:warned|told before|not (?:at )?home)",
            r"you are (?:partly |also )?(?:to blame|responsible)",
        ),
    ),
    Rule(
        "T07",
        Level.WARNING,
        _any(
            *(r"unfortunate(?:ly)?", "sadly", "regrettabl[ey]", "unable", r"problem\w*", r"issues?", r"mistake\w*", r"errors?"),
            *(r"frustrat\w+", r"disappoint\w+", "never", r"troubl\w+", r"difficult\w*", "impossible", "bad news", "hassle"),
            *(r"annoy\w*", r"upset\w*", "wrong", "worst", "terrible", "awful", r"fail\w*", r"complain\w*", "nightmare", "mess"),
        ),
    ),
    Rule(
        "T08",
        Level.ERROR,
        _any(
            r"guarantee\w*",
            r"never again",
            r"always",
            r"rest assured",
            r"(?:do|be) better",
            r"(?:will not|won['’]t|never|not going to) (?:ever )?happen(?: \w+)? ?(?:again)?",
            r"(?:we|i) (?:can )?(?:promise|swear|vow)",
            r"(?:you have|it is|on) (?:my|our) (?:word|promise|honor)",
            r"(?:100|one hundred|a hundred) ?(?:%|percent)",
            r"no matter what",
            r"without fail",
            r"every single time",
            r"(?:you can be|be) (?:assured|certain|sure) that",
            r"last time (?:this|it)",
        ),
    ),
    Rule(
        "T09",
        Level.WARNING,
        _any(
            r"valued (?:customer|client|patron|shopper|buyer)s?",
            r"esteemed",
            r"(?:do not|don['’]t|never) hesitate",
            r"(?:please )?be advised",
            r"kindly",
            r"pursuant",
            r"earliest convenience",
            r"as per",
            r"herewith",
            r"hereby",
            r"please find",
            r"aforementioned",
            r"aforesaid",
            r"going forward",
            r"touch base",
            r"reach out",
            r"in regards? to",
            r"with regards? to",
            r"we (?:strive|pride ourselves|value your business|appreciate your business)",
            r"utmost",
            r"(?:highest|top) priority",
            r"your satisfaction is",
            r"(?:patience and )?understanding in this matter",
            r"for your records",
            r"it has come to our attention",
            r"please note that",
            r"at this (?:point in )?time",
        ),
    ),
    Rule(
        "T10",
        Level.ERROR,
        _any(
            r"soon(?:er)?",
            r"a\.?s\.?a\.?p",
            r"shortly",
            r"near future",
            r"(?:a )?(?:few|couple|handful|several|some)(?: of)?(?: \w+)? (?:days|weeks|months)",
            rf"(?:about|around|roughly|approximately|nearly|almost|some|up to|another) {_COUNT}(?: (?:to|"
            rf"or) \w+)? (?:days?|weeks?|months?)",
            rf"in {_COUNT}(?:(?: to | or |-| – )\w+)? (?:days?|weeks?|months?)",
            r"(?:early|mid|late|later|end of|beginning of|start of|middle of|sometime|some time|some point)[ -](?:in |"
            r"this |next |the )*"
            rf"(?:week|month|year|spring|summer|fall|autumn|winter|{_MONTHS})",
            r"(?:next|this) (?:week|month|year|spring|summer|fall|autumn|winter|season)",
            rf"{_COUNT} (?:days?|weeks?|months?) (?:from now|or so|or two|at most|at the latest)",
            r"fortnight",
            r"due course",
            r"momentarily",
            r"before long",
            r"any (?:day|time|moment) now",
            r"some ?(?:point|time|day)",
            r"eventually",
            r"(?:coming|following) (?:days|weeks|months)",
            r"in no time",
            r"as quickly as",
            r"a (?:little|bit|short) while",
            r"around (?:the )?(?:christmas|easter|thanksgiving|holidays|new year)",
            r"when(?:ever)? (?:it|they|we) can",
        ),
        unless=_any(r"sooner than we wrote", r"no sooner than"),
    ),
    Rule(
        "T11",
        Level.ERROR,
        _any(
            r"(?:leave|write|give|post|rate)(?: us)?(?: \w+){0,3} (?:reviews?|ratings?|feedback|stars?)",
            r"(?:positive|five[- ]star|5[- ]star|good|kind) (?:review|feedback|rating)s?",
            r"rate us",
            r"(?:follow|like|find|join) us (?:on|at)",
            r"facebook|instagram|tiktok|pinterest",
            r"newsletter",
            r"check out",
            r"take a look at (?:our|the)",
            r"browse",
            r"(?:you|she|he) (?:may|might|will|would) (?:also )?(?:like|love|enjoy) our",
            r"you (?:may|might) also",
            r"new arrivals|new collection|latest collection|best ?sellers?",
            r"while you(?:['’]re| are)? (?:wait|waiting|at it|here)",
            r"our (?:\w+ )?sale",
            r"on sale",
            r"upgrade",
            r"(?:tell|recommend us to) (?:your )?(?:friends|family)",
            r"shop (?:our|now|with)",
            r"special offers?",
            r"add (?:\w+ ){1,4}to your (?:order|cart|basket)",
        ),
    ),
    Rule(
        "T12",
        Level.ERROR,
        _any(
            r"store credit",
            r"shop credit",
            r"credit (?:note|voucher)",
            r"(?:in place|instead|in lieu) of (?:a |your |the |any )?(?:\w+ )?(?:refund|money)",
            r"credit (?:to|on|toward|towards|for|with) (?:your |a |the |us |our )?(?:next|future|account|store|shop|order|"
            r"purchase)?",
            r"rather than (?:a |your )?(?:refund|money)",
            r"refund(?:ed)? (?:\w+ )?(?:as|in(?: the form of)?|by way of) (?:a |an )?(?:\w+ )?(?:credit|voucher|gift card|"
            r"coupon)",
            r"(?:not|no|cannot|can['’]t|don['’]t) (?:give |offer |issue )?(?:\w+ )?(?:cash )?refunds?,? (?:but|only)",
        ),
        unless=_any("credit card"),
    ),
    Rule("T13", Level.ERROR, re.compile(r"!|[\u2600-\u27bf\U0001f300-\U0001faff]|(?<![\w-])[A-Z]{4,}(?![\w-])")),
    Rule(
        "T15",
        Level.ERROR,
        re.compile(
            r"[{}<>\[\]]|\bNone\b(?! of)|\b(?:NaN|nan|TBD|TBA|TBC|N/A|null|undefined|NULL|TODO|lorem ipsum)\b|%s|%d|_{3,}|"
            r"\bx{2,}\b|\bX{2,}\b"
        ),
    ),
    Rule(
        "T16",
        Level.ERROR,
        re.compile(
            r"(?<![\w-])\d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\w%-])|(?<![\w-])\d{4}-\d{2}-\d{2}(?![\w-])|"
            r"(?<![\w-])\d{1,2}-\d{1,2}-\d{2,4}(?![\w-])"
        ),
        unless=re.compile(r"[$€£¥]\s?\d+\.\d{2}(?!\.)|\d+\.\d{2} (?:USD|EUR|GBP)"),
    ),
    Rule(
        "T18",
        Level.ERROR,
        re.compile(
            r"^(?:dear|hello|hi|greetings,?) (?:valued |esteemed |dear |our |loyal )*(?:customer|client|buyer|shopper|"
            r"sirs?|madam|sir/madam|"
            r"friend|user|member|guest|purchaser|patron|all|account holder|etsy|ebay|amazon)\b|\bto whom it may concern\b|"
            r"\bdear sirs?\b|^greetings\b",
            re.IGNORECASE,
        ),
    ),
)
