"""Whom a letter must not blame: anybody else, or the customer."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import Level, Rule, Words, any_of

_SOMEBODY = (
    r"(?:supplier|vendor|manufacturer|wholesaler|distributor|maker|factory|mill|printer|carrier|courier|ups|fedex|usps|"
    r"dhl|hermes|"
    r"post office|postal service|mail|customs|weather|storm|snow|hurricane|flood|pandemic|covid|strike|port|shipper|"
    r"shipping company|"
    r"shipping line|freight|staff|employee|assistant|packer|intern|partner|warehouse|marketplace|platform|system|software|"
    r"website|tannery|foundry|weaver|potter|workshop|importer|broker|depot|hub|driver|truck|van|container|ship|boat|canal|"
    r"rain|heat|ice|fog|fire|tariffs?|war|brexit|app|plugin|sync|server|bug|glitch|outage|bank|paypal|etsy|ebay|amazon|"
    r"shopify|"
    r"royal mail|canada post|australia post|helper|nephew|temp|bookkeeper|guys?|people|folks|company|"
    r"computer|supply chain|shortage|holidays?|rush|demand|others|they|airline|airport|railway|dockworker|trucker|postman|"
    r"mailman|postal worker|letter carrier|delivery (?:guy|man|driver|company|firm)|seamstress|grower|farmer|farm|dyer|kiln|"
    r"machine|engraver|roaster|roastery|publisher|record label|pressing plant|plant|contractor|agency|agent|logistics|"
    r"fulfil?lment (?:center|centre|house)|internet|wi-?fi|power company|inflation|government|lockdown|season|winter|monsoon|"
    r"heat ?wave|wildfire|earthquake|typhoon|cyclone|blizzard|cat|dog|kid|husband|wife|son|daughter|sister|brother|cousin|"
    r"mother|father|roommate|neighbor|neighbour|accountant|someone|somebody|seaway|truckers|middleman|forwarder|stockist|"
    r"lad|kids?|girl|boy|mate|friend|niece|uncle|aunt|cousin|(?:brother|sister|mother|father)-in-law|studio|pottery|nursery|"
    r"source|factories|suppliers|folks|china|fedex|usps|whoever|shipping (?:folks|people|guys)|mail people|the post|"
    r"bakery|brewery|smithy|forge|mint|press|lab|vineyard|dealer|trader|seller|agent|clerk|spreadsheet|scanner|barcode|"
    r"printer|plug-?in|glitch|gremlins?|algorithm|marketplace|traffic|roadworks|airmail|sorting office|mailroom)s?"
)
_BLAMED = (
    r"(?:\w+n['’]t|not (?:bother\w*|answer\w*|tell|told|keep|kept|send|sent|ship\w*|read|scan\w*|deliver\w*)|nobody|nowhere|"
    r"flaked|stiffed|lied|goofed|hosed|no[- ]show\w*|never showed|shut down|short-?staffed|understaffed|called in sick|"
    r"no good|bother\w*|somebody else['’]s|someone else['’]s|(?:its|their|his|her|the \w+['’]s) doing|wander\w*|"
    r"muddl\w*|showed \w+ (?:\w+ )?where|supposed to|meant to|should have|ought to|was told|swore|assured|sworn|because of|"
    r"due to|owing to|thanks to|caused by|blame\w*|fault|responsible for|fail(?:s|ed|ing)?|let us down|"
    r"lets us down|"
    r"letting us down|dropped the ball|messed up|mixed up|held (?:it|us|everything|things|your \w+) up|held up|slow\w*|"
    r"lost|misplaced|"
    r"sent us the wrong|kept us waiting|"
    r"(?:is|are|was|were|has been|have been) (?:late|delayed|slow|behind|backed up|overwhelmed|to blame|the reason|"
    r"unreliable|stuck)|"
    r"did not (?:deliver|send|ship|keep|tell|warn|arrive)|didn['’]t (?:deliver|send|ship|keep|tell|warn|arrive)|forgot|"
    r"broke|crashed|"
    r"went down|canceled on us|stopped|out of our hands|made a mess|went (?:quiet|silent)|ghosted|"
    r"done (?:its|their|his|her) job|drag\w+ (?:its|their|his|her) (?:feet|heels)|sat on|snowed in|jammed|broke down|"
    r"snarled|backlog|swamped|short-?shipped|shorted|messes up|screwed up|botched|bungled|never (?:sent|shipped|came|told)|"
    r"sitting on|fumbled|mangled|t(?:ook|aking) (?:its|their|his|her) (?:own |sweet )?time|the reason|the culprit|to thank for|"
    r"at fault|derailed|held hostage|hostage|ran late|running late|overslept|oversold|miscounted|undercounted|"
    r"double[- ](?:sold|booked)|on strike|walked out|quit(?: on us| on me)?|vanished|disappeared|took (?:forever|ages|"
    r"weeks|months)|"
    r"takes? (?:forever|ages)|can(?:not|['’]t) (?:be bothered|seem to|keep up|count|read|be trusted)|"
    r"(?:is|are|was|were|has been|have been|being) (?:a|an|such a|an absolute|a total|a complete) (?:\w+ )?(?:mess|nightmare|"
    r"disaster|joke|shambles|circus|bottleneck)|incompeten\w+|careless\w*|negligen\w+|unreliab\w+|let (?:everyone|"
    r"all of us) down|"
    r"pulled out|backed out|went (?:bust|under|bankrupt|on (?:strike|holiday|vacation))|chewed|ate|knocked|hijacked|"
    r"promised (?:me|us)|wrong (?:box|item|batch|color|size)|on (?:them|him|her)|too (?:busy|slow)|refus\w+|left (?:me|us))"
)

BLAME = (
    Rule(
        "T05",
        Level.ERROR,
        re.compile(
            rf"\b(?:{_SOMEBODY}\b.*\b{_BLAMED}|{_BLAMED}\b.*\b{_SOMEBODY})\b"
            r"|\b(?:(?:beyond|outside|out of) our control|out of our hands|unforeseen|unexpected circumstances|"
            r"circumstances|not our fault|"
            r"no fault of (?:ours|mine)|through no fault|force majeure|act of god|not (?:up to|because of) (?:us|me)|"
            r"nothing (?:we|i) could do|"
            r"(?:beyond|outside|out of) my (?:control|hands)|not (?:my|mine|our|ours)(?: own)? (?:fault|doing|mistake)|"
            r"(?:their|his|her) (?:fault|mistake|error|failure|negligence|doing)|blame (?:it )?(?:on )?the|"
            r"(?:let|left|leaves?) (?:me|us) (?:down|hanging|waiting|in the lurch|stranded)|"
            r"(?:unprecedented|unusual|exceptional|unexpected|overwhelming|crazy|record|extraordinary) (?:\w+ )?(?:demand|"
            r"volumes?|"
            r"orders|weather|circumstances|season)|you know what \w+ is like|blame (?:\w+ )?(?:on|for)|"
            r"[’']s (?:doing|fault|blunder|mistake|error|mess),? not|not ours)\b",
            re.IGNORECASE,
        ),
        unless=any_of(
            r"(?:has|have|is|are) (?:now )?(?:run out|sold out|out) of",
            r"(?:has|have) (?:no|none|not a single)\b[^.]*\b(?:left|more)",
            r"(?:does|do)(?:n[’']t| not) (?:have|make|stock|sell|carry)\b[^.]*\b(?:any ?more|left|now|any longer)|no longer",
            r"(?:hasn[’']t|has not|haven[’']t|have not) (?:been )?(?:charged|asked|billed)",
        ),
        reads=Words.WITH_NAMES,
    ),
    Rule(
        "T06",
        Level.ERROR,
        any_of(
            r"you (?:really )?(?:should have (?!it|them|your|the|a|an|everything|both|all|one|another)|should['’]ve|"
            r"could have|failed|forgot|neglected|must have|overlooked|misread|"
            r"ignored|"
            r"missed|waited too long|ordered (?:too |so )?late)",
            r"you (?:did not|didn['’]t|never) (?:read|check|notice|provide|give|answer|respond|reply|tell|say|mention|"
            r"include|confirm|"
            r"leave|enter|choose|pick|ask)",
            r"(?:had you|if you had|if only you|if you['’]d (?!like|rather|prefer|love|want)) ?\w+",
            r"you (?:gave|entered|typed|provided|sent|supplied) (?:us )?(?:a|an|the) (?:wrong|incorrect|incomplete|old)",
            r"your (?:own )?(?:mistake|error|fault|oversight|failure|impatience|delay in)",
            r"as (?:was )?(?:clearly )?(?:stated|mentioned|explained|noted|written|described) (?:in|on|when|at)",
            r"you (?:were|have been) (?:warned|told before|not (?:at )?home)",
            r"you are (?:partly |also )?(?:to blame|responsible)",
            r"you (?:never|did not|didn[\'’]t) (?:even )?(?:bother\w*|trouble\w*|think|look|care)",
            r"you (?:ought to|might) have",
            r"you (?:knew|agreed to|insisted|chose to|simply|clearly|obviously)",
            r"(?:next time|in (?:the )?future),? (?:please |kindly )?(?:do )?(?:read|check|order|allow|make sure|look|"
            r"double[- ]check)",
            r"(?:please|kindly) (?:read|check|look at) (?:\w+ ){1,6}(?:before|next time|more carefully|properly)",
            r"(?:more|very) carefully",
            r"(?:if|since|because) you (?:were|are|had|did|didn[\'’]t) (?:\w+ )?(?:so |too |in such|not )\w+",
            r"all you (?:had|have) to do",
            r"would have (?:known|avoided|seen|noticed)",
            r"(?:clearly|plainly|already) (?:stated|says?|said|marked|written|told|explained|warned)",
            r"(?:like|as) i (?:said|told|wrote|mentioned|explained)|be patient|calm down|plan ahead|not how (?:it|this) works|"
            r"stop (?:e-?mailing|messaging|writing|asking|calling)|you(?:[’']re| are) the (?:one|only one|first)|"
            r"right there (?:in|on)|"
            r"order(?:ed|ing)? (?:it |them )?(?:earlier|sooner)|you (?:really )?should know|you people|read the (?:listing|"
            r"fine print)",
            r"you did (?:choose|pick|ask|say|want|order|know|click|agree|leave|buy|see)|not (?:our|the|my) only (?:customer|"
            r"order|"
            r"one)|bear in mind that you|remember that you|once you finally|finally (?:confirm|answer|tell|reply|pay|send|"
            r"decide)\w*",
            r"your (?:\w+[- ]?){1,3}(?:had|has|have|was|were|is|contained|came with)\b[^.]*\b(?:mistake|typo|wrong|error|"
            r"missing|"
            r"incomplete|bounced|incorrect|illegible|old|no (?:number|street|name))",
            r"(?:awkward|fussy|picky|odd|unusual|difficult|strange|obscure) (?:color|colour|size|choice|request|order|"
            r"customer)",
            r"(?:we|i) (?:wrote|e-?mailed|called|phoned|messaged|asked|tried|rang)\b[^.]*\b(?:never|nobody|no (?:answer|reply)|"
            r"n[’']t|silence|without)",
            r"if you (?:had|['’]d) (?:only |just )?\w+|had you (?:only |just )?\w+ed|waiting (?:on|for) you to|"
            r"(?:hurry|impatien|pester|nag|hassl)\w*",
            r"(?:it|listing|page|description|email) (?:clearly |plainly )?(?:says|said) (?:so|right|clearly|plainly|in)",
            r"because (?:of )?you(?:r)? (?:waited|ordered|chose|gave|changed|late|wrong|took|paid|forgot|did)",
            r"(?:blame|fault) (?:is |lies )?(?:entirely |partly )?(?:yours|with you)",
            r"your (?:constant|endless|repeated|many|numerous|impatient|angry|frequent) (?:messages?|e-?mails?|calls?|"
            r"questions?|"
            r"notes?)",
            r"(?:address|e-?mail|number|size|colou?r|zip(?: code)?|post ?code|phone|name) (?:that )?you (?:typed|gave|"
            r"entered|put|"
            r"provided|picked|chose|sent|supplied|left)[^.]*\b(?:wrong|incorrect\w*|incomplete|missing|old|not|n['’]t)",
            r"you can(?:not|['’]t) (?:really |seriously |possibly |reasonably )?(?:expect|complain|blame|be surprised)",
            r"you (?:chose|picked|opted for|went (?:for|with)|paid for|selected|took) (?:the|our|my) (?:cheap|slow|wrong|"
            r"free|economy|"
            r"budget|basic)\w*",
            r"(?:you['’]d|you would) (?:already )?have (?:it|had|gotten|got|seen|known|been|received)",
            r"as (?:you|anyone|everyone|any \w+|most \w+) (?:surely |should |would |will |must |well |no doubt )+(?:know|"
            r"be aware|"
            r"understand|realize)|surely you|you surely",
            r"(?:i|we) did (?:tell|warn|ask|mention|say|write|e-?mail|explain|post|note)",
            r"(?:i|we)(?:['’]ve| have|['’]d| had)? (?:(?:warned|reminded) you|"
            r"told you (?:so|that|about|when|before|already|twice|not|it|this))",
            r"(?:would|could) have (?:helped|saved|been (?:easier|quicker|faster|sooner|avoided|prevented|simpler))",
            r"it helps (?:if|when) (?:you|buyers|customers|people)|(?:if|when) (?:people|buyers|customers) (?:only |"
            r"would )?(?:read|"
            r"ordered|wait)",
            r"(?:last|eleventh)[- ](?:minute|hour) (?:order|purchase|request|change|shopp\w+)|(?:order|"
            r"leav)\w* (?:it )?(?:so|this|too) late",
            r"you (?:were|are|have been|['’]re|['’]ve been) (?:a bit |rather |too |quite |very |being |a little )?(?:late|slow|"
            r"impatient|unclear|vague|mistaken|confused|hasty|unreasonable|demanding|wrong)",
            r"(?:answer|reply|respond|get back) to (?:my|our) (?:\w+ )?(?:e-?mail|message|question|note)s?,? (?:so|which|"
            r"and that)",
            r"(?:didn['’]t|did not|never|failed to) (?:even )?(?:answer|reply|respond|read|get back)",
            r"your (?:late|slow|missing|incomplete|unclear|incorrect|hasty) \w+|on your (?:end|side|part)|"
            r"your (?:unrealistic |high |own )?expectations?",
            r"you (?:waited|left it) (?:too|so|until|till)|not (?:my|our) (?:problem|fault)|hardly (?:my|our) (?:problem|"
            r"fault)",
            r"(?:listing|description|policy|policies|terms|faq|shop page|checkout)\b[^.]*\b(?:states?|stated|says|said|"
            r"clear|clearly|"
            r"explains?|explained|warns?|warned|spells? (?:it |this )?out|in (?:bold|plain|black))",
        ),
    ),
)
