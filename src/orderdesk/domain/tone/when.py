"""When something comes: on a day, not soon."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import MONTHS, Level, Rule, any_of

_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"

# These name no time at all, and a date beside them does not make them one.
_NO_TIME = (
    r"(?<!as )soon|soonish|sooner (?:or|rather)|a\.?s\.?a\.?p|shortly|momentarily|eventually|presently|by and by|near future|"
    r"due course|before (?:too )?long|at some (?:stage|point)|down the (?:road|line|track)|any (?:day|time|moment) now|"
    r"one of these days|in (?:a )?(?:while|bit|jiffy|no time)|in (?:good|the fullness of) time"
)

# How old something is, and how long ago, is no time to come.
_NOT_AGE = r"(?![ -](?:old|ago|of age)\b)"

# Words of a sentence that says what is still to come.
_AHEAD = (
    r"told|said|promised|will|won['’]?t|['’]ll|shall|should|would|could|can|may|might|ships?|sends?|comes?|goes|arrives?|is|are|"
    r"expect\w*|due|takes?|needs?|here|hear|ready|later"
)

# How a parcel goes out, now or later.
_GOES = (
    r"(?:to|we|i|will|['’]ll|shall|can|could|should|may|might|orders?|parcels?) (?:\w+ )?"
    r"(?:ship|send|post|mail|dispatch|deliver|leave|go|come|arrive|be (?:sent|shipped|posted|delivered)|get (?:\w+ ){0,3}to you)"
)

WHEN = (
    Rule(
        "T10",
        Level.ERROR,
        any_of(
            _NO_TIME,
            # What the customer does, or what has happened, is a time of its own.
            r"as soon(?! as (?:you|(?:i|we|it|they)(?: have|['’]ve| has)? (?:had|got|came|left|leaves?|shipp?(?:s|ed)|saw)\b))|"
            r"sooner than",
            rf"(?:a )?(?:few|couple|handful|several|some)(?: of)?(?: \w+)? (?:days|weeks|months){_NOT_AGE}",
            rf"(?:about|around|roughly|approximately|nearly|almost|some|up to|another) {_COUNT}(?: (?:to|"
            rf"or) \w+)? (?:days?|weeks?|months?){_NOT_AGE}",
            rf"(?<!times )in {_COUNT}(?:(?: to | or |-| – )\w+)? (?:days?|weeks?|months?)",
            r"(?:early|mid|late|later|end of|beginning of|start of|middle of|sometime|some time|some point)[ -](?:in |"
            r"this |next |the )*"
            rf"(?:week|month|year|spring|summer|fall|autumn|winter|{MONTHS})",
            r"(?<!of )(?:next (?:season|week|month|year|spring|summer|fall|autumn|winter)|this (?:week|month|year|spring|summer|"
            r"fall|autumn|winter))",
            rf"{_COUNT} (?:days?|weeks?|months?) (?:from now|or so|or two|at most|at the latest)(?! of\b)",
            r"(?<!days )(?<!weeks )(?:around|before|after|by|till|until) (?:the )?(?:holidays?|christmas|xmas|easter|"
            r"thanksgiving|new year\w*|"
            r"summer|winter|"
            r"spring|autumn|weekend)|fortnight|(?:this|next) quarter|turn up|one fine day",
            r"another (?:day or two|week|month)",
            r"some ?(?:point|time|day)",
            # What is made or picked in a season is so each year.
            r"(?:will|['’]ll|shall|should|may|might|hop\w+|expect\w*|ships?|due|again|back|until|till)\b[^.,;:]* "
            r"(?:in|by|over|during|until|till) "
            r"(?:the )?(?:spring|summer|fall|autumn|winter)",
            r"(?:coming|following) (?:days|weeks|months)",
            r"as quickly as",
            rf"{_GOES}\b[^.,;:]*\b(?:quickly|promptly|swiftly|speedily|rapidly|fast(?! \w))",
            r"a (?:little|bit|short) while",
            r"around (?:the )?(?:christmas|easter|thanksgiving|holidays|new year)",
            r"when(?:ever)? (?:it|they|we) can",
            r"the (?:moment|minute|second|instant) (?:that )?(?:it|they|we|i|one|stock|(?:the|our|my) \w+)",
            r"before you know it|in (?:a|next to no) (?:bit|jiffy|flash|while|moment|little while|time)",
            r"(?:once|until|when|as soon as) (?:i|we) (?:know|have|hear|learn|find out|get)",
            r"(?:almost|nearly) (?:here|there|ready|done|finished|carved|complete)",
            r"not (?:be )?(?:much |too )?long(?:er)?(?: now)?|won['’]?t be (?:much |too )?long(?:er)?|much longer",
            r"(?<!took )longer than (?:usual|expected|normal|planned|we|i)",
            r"(?:earliest|first) (?:convenience|opportunity)|first chance",
            r"(?:over|during|within|in) the (?:next|coming) (?:few |couple of |several )?\w+",
            r"(?:around|about|roughly|towards?) (?:the )?(?:\d+(?:st|nd|rd|th)|middle|mid|end|beginning|start|weekend)",
            rf"(?:around|about|roughly|towards?) {MONTHS}",
            r"(?:weeks?|months?|days?) (?:away|out|or so)|a week or (?:two|three|so)",
            r"(?:next|this coming) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|over|after|this) the weekend|"
            r"this weekend",
            r"whenever|when (?:stock|supplies|time) (?:allows?|permits?|arrives?|comes?)|as (?:time|stock) permits",
            r"(?:the )?(?:other side of|after) (?:the )?(?:holidays?|christmas|easter|summer|winter)",
            r"a (?:good )?(?:while|spell)|quick(?:ly)? as|fast as|later on",
            rf"{_COUNT} more (?:weeks?|months?)",
            r"a (?:little|bit|touch|tad|smidge|wee bit) (?:late|later|longer|delayed|behind|more time)",
            r"(?:before|by|until|till) (?:the |this )?(?:end of (?:the |this )?)?(?:week|month|year|season|"
            r"quarter)(?:['’]s end| is| comes| "
            r"ends?)?(?: over| out| up)?",
            r"(?:in|with|on|from|until|till|by|after|part of|to) (?:the|our|my|their|his|her|its) next (?:shipment|delivery|"
            r"batch|restock|run|truck|truckload|load|container|harvest|roast|firing|print run|"
            r"dye lot)",
            r"(?:second|first|last|latter|back|early|late|final) (?:half|part|weeks?|days) of",
            r"(?:sometime|somewhere) (?:in|around|between|near|next|after|before|this|toward)",
            r"(?:ship|send|post|mail|go|goes|dispatch|have|get|be|know)\b[^.,]*\bwhen (?:it|they|the \w+) (?:arrives?|comes?|"
            r"lands?|gets? (?:here|in)|turns? up|shows? up)",
            rf"(?:give|allow)s? (?:it |me |us |them )?(?:about |another |maybe |perhaps |up to |"
            rf"at least )?"
            rf"{_COUNT} (?:more )?(?:business |working )?(?:days?|weeks?|months?)",
            rf"{_COUNT}(?: (?:to|or) |-to-|-|–){_COUNT} (?:business |working )?(?:days?|weeks?|months?)",
            r"hold tight|hang (?:tight|on|in there)|stay tuned|not far (?:off|away)|around the corner|imminent\w*|"
            r"any (?:day|week|minute)",
            r"(?:give or take|or thereabouts|ish|-ish|if all goes (?:well|to plan)|with (?:a bit of |any )?luck|"
            r"fingers crossed)",
            rf"(?:will|may|might|could|can|['’]ll) (?:take|be) (?:about |another |maybe |perhaps |up to |"
            rf"at least )?{_COUNT} (?:more )?(?:weeks?|months?)",
            rf"(?:take|need)s? {_COUNT} more days?|(?:need|want)s? (?:about |another |maybe |perhaps |up to |"
            rf"at least )?{_COUNT} (?:more )?(?:weeks?|months?)|"
            r"(?:once|when) (?:i['’]?m|we['’]re|i am|we are|(?:i|we) get) (?:back|home|ready|done|over|through)",
            r"(?:once|when) (?:it|they|the \w+)(?:['’]s| is| are|['’]re) (?:ready|dry|done|finished|back|here)|within (?:days|"
            r"weeks|months|the (?:week|month))",
            r"in (?:the )?new year|(?:month|year|week)['’]s end|the not too distant|(?:any|one) (?:of these )?(?:morning|"
            r"evening|afternoon)s?(?: now)|mid-\w+",
            r"(?:days|weeks|months) rather than (?:days|weeks|months)|(?:a )?matter of (?:days|weeks)|"
            r"at your end of the (?:week|month)",
        ),
        # A day that one can be held to makes up for it, but not the day of the order. And who tells only of what has been, or of
        # what the customer wished for, names no time.
        unless=re.compile(
            rf"^(?!.*\b(?:ordered|placed|bought|paid|wrote|told|{_NO_TIME})\b).*\b(?:{MONTHS} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|"
            rf"th)? (?:of )?{MONTHS})\b"
            rf"|^(?!.*\b(?:{_NO_TIME})\b).*\b(?:on|by|before|until) the (?:\d{{1,2}}(?:st|nd|rd|th)|same day)\b"
            rf"|^(?!.*\b(?:{_NO_TIME}|{_AHEAD})\b).*\b(?:you (?:\w+ )?(?:want|need|wish|hop|plan|ask|count|mean)(?:ed|t|ing)?|"
            r"was|were|had|took|came|sold|sent|brought|bought)\b"
            r"|\bthe same day\b|\bno sooner than\b",
            re.IGNORECASE,
        ),
    ),
)
