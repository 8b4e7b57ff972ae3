"""How a letter speaks: no gloom, no promises nobody can keep, no stock phrases, no vague time."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import MONTHS, Level, Rule, Words, any_of, in_lowercase

_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+)"

MANNER = (
    Rule(
        "T07",
        Level.WARNING,
        in_lowercase(
            *(r"unfortunate(?:ly)?", "sadly", r"regrettabl[ey]", "unable", r"problem\w*", r"issues?", r"mistake\w*", r"errors?"),
            *(r"frustrat\w+", r"disappoint\w+", "never", r"troubl\w+", r"difficult\w*", "impossible", "bad news", "hassle"),
            *(r"annoy\w*", r"upset\w*", "wrong", "worst", r"terribl[ey]", r"awful\w*", r"fail\w*", r"complain\w*", "nightmare"),
            *("bad news", "oh no", "oh dear", "yikes", "oops", "whoops", "uh-oh", "ugh", "no good"),
            *("mess(?:y|ed)?", r"disast\w+", r"catastroph\w+", r"horribl[ey]", "dreadful", "hopeless", "useless", "ruined?"),
            *(r"miser\w+", "alas", "grim", "dire", r"delay(?:ed)? indefinitely", "no longer able", r"stuck", r"snag\w*", "worse"),
            *(r"afraid", r"can(?:no|['’])t (?:help|do|send|ship|give|offer|supply)", "not able", r"out of luck", r"damn\w*"),
            *(r"nothing (?:more )?(?:we|i) can do", r"let (?:me|us|you) down", "dead in the water", r"hates? (?:to|that|having)"),
            *(
                r"w(?:ill not|on['’]t) be (?:receiving|getting|able|possible)",
                r"bad luck|unluck\w+",
                "fiasco",
                "debacle",
                "shambles",
            ),
            *(r"screw\w*", r"botch\w*", r"blunder\w*", r"mishaps?", r"set-?backs?", "crisis", r"trag(?:ic|edy)\w*", r"suffer\w*"),
            *(
                r"worr(?:y|ied|ying)",
                r"burdens?",
                r"irritat\w+",
                "angry",
                "furious",
                r"disgust\w*",
                "hell",
                r"dread\w*",
                r"doom\w*",
            ),
            *(
                "lost cause",
                r"fell (?:through|apart)",
                r"falls? short",
                r"reject\w*",
                r"den(?:y|ied)",
                r"bleak|dismal|gloomy",
                "cursed",
            ),
            *(
                r"unavoidabl[ey]",
                r"unfair\w*",
                r"jinx\w*",
                r"stressful|stressed",
                r"struggl\w+",
                r"agon(?:y|izing)",
                "plague[ds]?",
            ),
            *(r"ridiculous\w*", r"chaos|chaotic", r"painful\w*", "lousy", "rotten", r"unhappy", r"inconvenien\w+", "a shame"),
        ),
        unless=any_of(r"never (?:mind|summer)|without fail|come hell"),
    ),
    Rule(
        "T08",
        Level.ERROR,
        any_of(
            r"guarantee\w*",
            r"never again",
            r"always",
            r"rest assured",
            r"(?:do|be) better",
            r"(?:will not|won['’]t|never|not going to) (?:ever )?happen(?: \w+)? ?(?:again)?",
            r"(?:we|i) (?:can )?(?:promise|swear|vow)",
            r"(?:you have|it is|on) (?:my|our) (?:word|promise|honor)",
            r"scout[’']?s honou?r|you won[’']t be (?:sorry|disappointed)|trust me|no worries|don[’']t (?:you )?worry|"
            r"not to worry|for certain|"
            r"(?:i|we)(?:[’']ll| will) make sure|make sure (?:this|it|that) (?:never|doesn|does not)|(?:100|one hundred|"
            r"a hundred) ?(?:%|percent|per cent)|no ifs|not ever|(?:nothing|nobody|no one|"
            r"no \w+)\b[^.]*\bever",
            r"no matter what",
            r"without fail",
            r"every single time",
            r"(?:you can be|be) (?:assured|certain|sure) that",
            r"last time (?:this|it)",
            r"make (?:it|this|that) up to you",
            r"mark my words",
            r"(?:cross|hand on) my heart",
            r"(?:definitely|certainly|absolutely|undoubtedly|surely|for sure|without (?:a |any )?doubt|beyond doubt)",
            r"(?:count|depend|rely|bank|bet) on (?:it|this|that|me|us)",
            r"(?:ever again|once and for all)|from (?:now|here) on,? (?:we|i|you|all|every)",
            r"in (?:the )?future,? (?:we|i|you|all|every|this|there|my|our)",
            r"under no circumstances",
            r"(?:will|shall) (?:never|forever)",
            r"(?:every|each) (?:single )?(?:order|parcel|time|customer)\b[^.]*\bwill",
            r"nothing (?:will|can|could) (?!be (?:charged|billed|taken|shipped|sent))(?!be until)",
            r"(?:zero|no) (?:chance|risk|way)",
            r"learn(?:ed|t) (?:my|our|a|the) lesson",
            r"(?:flawless|foolproof|perfect)(?:ly)?",
            r"(?:give|have) you my word|you have my (?:word|promise)",
            r"won[\'’]t (?:ever|let) ",
            r"(?:whatever|all) it takes|(?:everything|all) in (?:my|our) power|day (?:or|and) night|mov(?:e|"
            r"ing) (?:heaven|mountains)",
            r"come (?:rain|hell|what may)|ironclad|iron-?clad|rock[- ]solid|bullet-?proof|watertight|sure thing|set in stone",
            r"a certainty|certain to|bound to|no doubt|solemn\w*|pledge\w*|vow\w*|oath|swear|sworn|without exception|"
            r"positively",
            r"(?:put|putting|set|setting) (?:\w+ ){0,3}(?:measures|systems|procedures|safeguards|checks)(?: \w+)? in place",
            r"(?:this|that|it)(?: kind of thing)? (?:will not|won[\'’]t|can[\'’]t|cannot|isn[\'’]t going to|shall not) (?:be )?"
            r"(?:repeat\w*|recur|occur|happen)",
            r"(?:the|first and) last time|as long as (?:i|we) live|forever|eternally|all (?:of )?your future orders",
            r"(?:every|each|any|your) (?:future|next|coming) (?:order|parcel|purchase)s? (?:will|is going|are going|shall)",
            r"not (?:one|a single|a) (?:day|hour|minute|moment) (?:later|more|longer)|at (?:any|all) costs?|hold (?:me|us) to",
            r"(?:you[\'’]ll|you will|we[\'’]ll|i[\'’]ll) (?:never|always)|can never|could never|stake (?:my|our) |"
            r"my hand to god",
            r"(?:has|have) been (?:permanently |completely |totally )?(?:fixed|solved|sorted) (?:for good|permanently|"
            r"forever)|for good,",
        ),
        unless=any_of(r"always (?:be )?(?:reach|write|call|contact|reply|ask|cancel|welcome|happy|yours)"),
    ),
    Rule(
        "T09",
        Level.WARNING,
        any_of(
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
            r"(?:i am|i[\'’]m|we are|we[\'’]re) (?:writing|contacting you) to (?:inform|notify|advise|let)",
            r"(?:letter|e-?mail|message|note) is to (?:inform|notify|advise|confirm)",
            r"in (?:the )?light of|current circumstances|current climate",
            r"any (?:\w+ )?inconveniences?|the inconvenience",
            r"thank(?:ing)? you in advance",
            r"yours (?:faithfully|truly)|(?:i|we) remain",
            r"(?:in )?due course|due to high demand|high volume",
            r"cooperation|continued (?:support|patience|patronage|loyalty|custom)|patronage",
            r"patience and understanding|bear with (?:us|me)",
            r"at your (?:earliest )?convenience|feel free to",
            r"should you (?:have|require|wish|need)",
            r"further (?:to|notice|assistance|information|queries|questions)",
            r"(?:be|stand) (?:duly )?informed|duly|henceforth|heretofore|thereof|therein",
            r"above[- ]mentioned|undersigned|said (?:item|order|product)",
            r"in the event (?:that|of)|with reference to|in reference to|in respect of|with respect to",
            r"we (?:wish|beg|would like) to (?:inform|advise|take|thank|extend|express)",
            r"look(?:ing)? forward to (?:your|hearing|serving|receiving)",
            r"(?:work\w*|endeavor\w*) (?:hard|diligently|tirelessly|around the clock)|best (?:efforts|endeavors)",
            r"(?:we|i) (?:are|remain) committed|commitment to|world[- ]class|customer (?:experience|satisfaction|journey)",
            r"take this opportunity|circle back|loop (?:you )?in|synerg\w+|solutions?|leverage\w*|proactive\w*|reaching out",
            r"value your|means (?:a lot|the world|everything) to (?:us|me)|backorder status",
            r"processed|processing|escalat\w+|resolve (?:this|the) matter|matter",
            r"hopes? (?:this|that this|my|our|the|all)\b[^.]*\b(?:finds?|well)",
            r"(?:very |extremely |so |of great )?importan(?:t|ce) to (?:us|me)",
            r"(?:truly |really |greatly |sincerely |very much )?(?:value|appreciate) (?:you as|your (?:business|custom|"
            r"patience|"
            r"understanding|loyalty|support|trust))",
            r"hope (?:you are|you[’']re|all is) (?:doing )?(?:well|fine|good)|we hear you|understand your (?:frustration|"
            r"concern|disappointment)|"
            r"moving forward|without further ado|please be patient|one team|valued|(?:greatly|much|highly|"
            r"duly) (?:appreciated|noted|obliged)|at the end of the day|rest easy",
            r"(?:prompt|kind|swift|immediate) (?:attention|response|reply|consideration|action)",
            r"please (?:be (?:assured|aware|informed)|accept (?:my|our|this)|allow (?:me|us)|rest|bear)",
            r"(?:pleased|happy|glad|delighted) to (?:inform|advise|announce|be of)|(?:our|my) (?:pleasure|policy|aim|goal|"
            r"mission) (?:is|to)",
            r"strive\w*|pride (?:ourselves|myself)|customers? (?:is|are|comes?) (?:king|first|number one|always|at the heart)",
            r"every effort|on behalf of|in (?:accordance|compliance|line) with|subject to (?:availability|change)",
            r"in (?:connection|relation) (?:with|to)|acknowledge receipt|receipt of (?:your|this|the same)",
            r"(?:inform|advise|notify) you (?:that|of)|expedit\w+|facilitat\w+|commenc\w+|endeavou?r\w*|utiliz\w+|"
            r"ascertain|remit\w*",
            r"be that as it may|needless to say|it goes without saying|as you may be aware|we are in receipt|"
            r"trust this (?:finds|meets)",
            r"(?:at|of) (?:your )?(?:service|disposal)|do the needful|the same at the earliest|same shall|"
            r"kind regards and thanks",
        ),
        reads=Words.WITH_NAMES,
    ),
    Rule(
        "T10",
        Level.ERROR,
        any_of(
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
            rf"(?:week|month|year|spring|summer|fall|autumn|winter|{MONTHS})",
            r"(?:next (?:season|week|month|year|spring|summer|fall|autumn|winter)|this (?:week|month|year|spring|summer|"
            r"fall|autumn|winter))",
            rf"{_COUNT} (?:days?|weeks?|months?) (?:from now|or so|or two|at most|at the latest)",
            r"(?:around|before|after|by|till|until) (?:the )?(?:holidays?|christmas|xmas|easter|thanksgiving|new year\w*|"
            r"summer|winter|"
            r"spring|autumn|weekend)|fortnight|soonish|at some (?:stage|point)|before (?:too )?long|(?:this|next) quarter|"
            r"any (?:time|moment) now|"
            r"one of these days|"
            r"in (?:a )?(?:while|bit|jiffy|no time)|turn up|down the (?:road|line)|one fine day|presently|by and by",
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
            r"before you know it|in (?:a|next to no) (?:bit|jiffy|flash|while|moment|little while|time)",
            r"(?:once|until|when|as soon as) (?:i|we) (?:know|have|hear|learn|find out|get)",
            r"(?:almost|nearly) (?:here|there|ready|done|finished|carved|complete)",
            r"not (?:be )?(?:much |too )?long(?:er)?(?: now)?|won[\'’]t be (?:much |too )?long(?:er)?|much longer",
            r"longer than (?:usual|expected|normal|planned|we|i)",
            r"(?:earliest|first) (?:convenience|opportunity)|first chance",
            r"down the (?:road|line|track)|one of these days|sooner or later",
            r"(?:over|during|within|in) the (?:next|coming) (?:few |couple of |several )?\w+",
            r"(?:around|about|roughly|towards?) (?:the )?(?:\d+(?:st|nd|rd|th)|middle|mid|end|beginning|start|weekend)",
            rf"(?:around|about|roughly|towards?) {MONTHS}",
            r"(?:weeks?|months?|days?) (?:away|out|or so)|a week or (?:two|three|so)",
            r"(?:next|this coming) (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:by|over|after|this) the weekend|"
            r"this weekend",
            r"whenever|when (?:stock|supplies|time) (?:allows?|permits?|arrives?|comes?)|as (?:time|stock) permits",
            r"(?:the )?(?:other side of|after) (?:the )?(?:holidays?|christmas|easter|summer|winter)",
            r"a (?:good )?(?:while|spell)|quick(?:ly)? as|fast as|later on",
            rf"{_COUNT} more (?:business |working )?(?:days?|weeks?|months?)",
            r"a (?:little|bit|touch|tad|smidge|wee bit) (?:late|later|longer|delayed|behind|more time)",
            r"(?:before|by|until|till) (?:the |this )?(?:end of (?:the |this )?)?(?:week|month|year|season|"
            r"quarter)(?:[\'’]s end| is| comes| "
            r"ends?)?(?: over| out| up)?",
            r"next (?:shipment|delivery|batch|restock|run|truck|truckload|load|container|harvest|roast|firing|print run|"
            r"dye lot)",
            r"(?:second|first|last|latter|back|early|late|final) (?:half|part|weeks?|days) of",
            r"(?:sometime|somewhere) (?:in|around|between|near|next|after|before|this|toward)|in (?:good|the fullness of) time",
            r"when (?:it|they|the \w+) (?:arrives?|comes?|lands?|gets? (?:here|in)|turns? up|shows? up)",
            rf"(?:give|allow|need|takes?|taking|want)s? (?:it |me |us |them )?(?:about |another |maybe |perhaps |up to |"
            rf"at least )?"
            rf"{_COUNT} (?:more )?(?:business |working )?(?:days?|weeks?|months?)",
            rf"{_COUNT}(?: (?:to|or) |-to-|-|–){_COUNT} (?:business |working )?(?:days?|weeks?|months?)",
            r"hold tight|hang (?:tight|on|in there)|stay tuned|not far (?:off|away)|around the corner|imminent\w*|"
            r"any (?:day|week|minute)",
            r"(?:give or take|or thereabouts|ish|-ish|if all goes (?:well|to plan)|with (?:a bit of |any )?luck|"
            r"fingers crossed)",
            r"(?:days|weeks|months) rather than (?:days|weeks|months)|(?:a )?matter of (?:days|weeks)|"
            r"at your end of the (?:week|month)",
        ),
        # A day that one can be held to makes up for it, but not the day of the order.
        unless=re.compile(
            rf"^(?!.*\b(?:ordered|placed|bought|paid|wrote|told)\b).*\b(?:{MONTHS} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|"
            rf"th)? (?:of )?{MONTHS})\b"
            r"|\bno sooner than\b",
            re.IGNORECASE,
        ),
    ),
)
