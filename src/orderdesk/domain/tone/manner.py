"""How a letter speaks: no gloom, no stock phrases."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, Words, any_of, in_lowercase

# Not what a shop gives out, nor the number of a magazine.
_ISSUE = r"issues?(?! (?:of|number|no|a|an|the|you|your|\d+)\b)"

MANNER = (
    Rule(
        "T07",
        Level.WARNING,
        in_lowercase(
            *(r"unfortunate(?:ly)?", "sadly", r"regrettabl[ey]", "unable", r"problem\w*", _ISSUE, r"mistake\w*", r"errors?"),
            *(
                r"frustrat\w+",
                r"disappoint\w+",
                r"(?<!you )(?<!need )never",
                r"troubl\w+",
                r"difficult\w*",
                "impossible",
                "bad news",
                "hassle",
            ),
            *(r"annoy\w*", r"upset\w*", "worst", r"terribl[ey]", r"awful\w*", r"fail\w*", r"complain\w*", "nightmare"),
            *(
                "bad news",
                "oh no",
                "oh dear",
                "yikes",
                "oops",
                "whoops",
                "uh-oh",
                "ugh",
                r"(?:is|are|was|were|be)(?: \w+)? no good",
            ),
            *("mess(?:y|ed)?", r"disast\w+", r"catastroph\w+", r"horribl[ey]", "dreadful", "hopeless", "useless", "ruined?"),
            *(r"miser\w+", "alas", "grim", "dire", r"delay(?:ed)? indefinitely", "no longer able", r"stuck", r"snag\w*", "worse"),
            *(
                r"afraid",
                # The day that is not kept or not known is the news itself.
                r"can(?:no|['’])t (?:help|do|offer|supply|fulfil+|fill|complete|meet)",
                r"can(?:no|['’])t give(?! you (?:a date|the date|a day|one\b))",
                r"can(?:no|['’])t (?:send|ship|deliver)(?! (?:\w+ ){0,3}(?:by|before|on|until)\b)",
                "at a loss",
                "not able",
                r"out of luck",
                r"damn\w*",
            ),
            *(r"nothing (?:more )?(?:we|i) can do", r"let (?:me|us|you) down", "dead in the water", r"hates? (?:to|that|having)"),
            *(
                r"w(?:ill not|on['’]?t) be (?:receiving|getting|able|possible)",
                r"bad luck|unluck\w+",
                "fiasco",
                "debacle",
                "shambles",
            ),
            *(
                r"screw(?:s|ed|ing)?(?: \w+)? up|screw-?ups?",
                r"botch\w*",
                r"blunder\w*",
                r"mishaps?",
                r"set-?backs?",
                "crisis",
                r"trag(?:ic|edy)\w*",
                r"suffer\w*",
            ),
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
                (
                    r"g(?:o|oes|one|oing) (?:\w+ )?(?:wrong|awry|sideways|pear-shaped)|went (?:\w+ )?(?:wrong|awry|sideways)|"
                    r"(?:all|badly|terribly|nothing but) wrong"
                ),
                (
                    r"madden\w+|infuriat\w+|exasperat\w+|aggravat\w+|heart-?break\w*|distress\w*|dishearten\w*|discourag\w+|"
                    r"depress\w+|dreaded"
                ),
                (
                    r"headaches?|ordeals?|hardships?|misfortunes?|calamit\w+|wreck(?:ed|s)?|trauma\w*|let-?downs?|grief|bummer|"
                    r"crap\w*|sucks|stinks|drat|darn"
                ),
                (
                    r"fed up|sick of|wits['’] end|in tatters|in ruins|shattered|spoil(?:t|ed|s)|(?:not|isn['’]?t|"
                    r"wasn['’]?t) good enough|given? up|shoddy|sloppy|inadequate"
                ),
                (
                    r"(?:bad|rough|tough|horrid|rotten|hard) (?:\w+ )?(?:day|days|week|weeks|month|months|year|time|times|"
                    r"patch|"
                    r"start|luck|timing|shape|state|way)"
                ),
                r"(?:no|little|lost|any) hope|incapable|backfired|blame|poor (?:service|quality|show|job)|nerve-?wracking",
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
            *(
                r"ridiculous\w*",
                r"chaos|chaotic",
                r"painful\w*",
                "lousy",
                "rotten",
                r"unhappy",
                r"inconvenien\w+",
                r"an? (?:\w+ )?(?:shame|pity)",
            ),
        ),
        unless=any_of(r"never (?:mind|summer)|without fail|come hell|(?:don['’]?t|do not|no need to|nothing to) worry"),
    ),
    Rule(
        "T09",
        Level.WARNING,
        any_of(
            r"valued (?:customer|client|patron|shopper|buyer)s?",
            r"esteemed",
            r"(?:do not|don['’]?t|never) hesitate",
            r"(?:please )?be advised",
            r"kindly",
            r"pursuant",
            r"earliest convenience",
            r"(?:as )?per (?:our|your|the)|as per|rest assured|(?:good|safe|capable) hands|prior to|at the earliest|"
            r"as soon as (?:possible|practicable)",
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
            r"(?:i am|i['’]m|we are|we['’]re) (?:writing|contacting you) to (?:inform|notify|advise|let)",
            r"(?:letter|e-?mail|message|note) is to (?:inform|notify|advise|confirm)",
            r"in (?:the )?light of|current circumstances|current climate",
            r"any (?:\w+ )?inconveniences?|the inconvenience",
            r"thank(?:ing)? you in advance",
            r"yours faithfully|(?:i|we) remain",
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
            r"value your|(?:means (?:a lot|the world|everything)|matters?(?: \w+)?) to (?:us|me)|backorder status",
            r"processed|processing|escalat\w+|resolve (?:this|the) matter|(?:the|this|that|said|your) matter",
            r"hopes? (?:this|that this|my|our|the|all)\b[^.]*\b(?:finds?|well)",
            r"(?:very |extremely |so |of great )?importan(?:t|ce) to (?:us|me)",
            r"(?:truly |really |greatly |sincerely |very much )?(?:value|appreciate) (?:you as|your (?:business|custom|"
            r"patience|"
            r"understanding|loyalty|support|trust))",
            r"hope (?:you are|you['’]re|all is) (?:doing )?(?:well|fine|good)|we hear you|understand your (?:frustration|"
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
            r"it is with (?:\w+ ){0,2}(?:regret|sadness|sorrow|pleasure|delight)|shall be \w+ed|upon (?:receipt|arrival|"
            r"completion|replenishment)|effected|"
            r"fulfil?lment of|(?:questions|queries) or concerns|any (?:further |other )?(?:queries|concerns)|look(?:ed|"
            r"ing)? into (?:this|the matter|it)|"
            r"get to the bottom|on our (?:end|radar)|in the pipeline|as (?:previously|already) (?:\w+ed|stated)|"
            r"keep(?:ing)? you (?:posted|updated|in the loop|abreast|informed)|"
            r"win-win|streamlin\w+|next steps|exceed\w* (?:your |all )?expectations|second to none|peace of mind|"
            r"no stone unturned|above and beyond|extra mile|"
            r"(?:very |extremely )seriously|take (?:\w+ )?pride|high(?:est)? standards|loyal (?:customer|patron|client)s?|"
            r"thank you for (?:contacting|your (?:\w+ )?(?:inquiry|"
            r"enquiry|business|custom|understanding|interest|loyalty|support|cooperation))|bringing (?:this|"
            r"it) to our attention|rectify\w*|ensure|perusal|pertaining|deem(?:ed)?|"
            r"attached (?:please|hereto)|enclosed please|revert (?:back )?to|humbly request|most obedient|beg to|"
            r"we are pleased|it is our (?:\w+ )?(?:pleasure|policy|aim|goal)|"
            r"(?:your|customer) (?:\w+ )?(?:satisfaction|happiness) (?:is|means|remains)|(?:number one|first|main|"
            r"foremost) (?:priority|concern)|be that as it may|needless to say|it goes without saying|as you may be aware|"
            r"we are in receipt|"
            r"trust this (?:finds|meets)",
            r"(?:at|of) (?:your )?(?:service|disposal)|do the needful|the same at the earliest|same shall|"
            r"kind regards and thanks",
        ),
        reads=Words.WITH_NAMES,
    ),
)
