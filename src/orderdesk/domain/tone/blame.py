"""Whom a letter must not blame: anybody else, or the customer."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import Level, Rule, any_of

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
    r"went down|canceled on us|stopped|out of our hands|made a mess|went (?:quiet|silent)|ghosted|"
    r"done (?:its|their|his|her) job|drag\w+ (?:its|their|his|her) (?:feet|heels)|sat on|snowed in|jammed|broke down|"
    r"snarled|backlog|swamped|short-?shipped|shorted|messes up|screwed up|botched|bungled|never (?:sent|shipped|came|told)|"
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
            r"(?:let|left|leaves?) (?:me|us) (?:down|hanging|waiting|in the lurch|stranded))\b",
            re.IGNORECASE,
        ),
        unless=any_of(r"(?:has|have) run out of"),
    ),
    Rule(
        "T06",
        Level.ERROR,
        any_of(
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
            r"(?:it|listing|page|description|email) (?:clearly |plainly )?(?:says|said) (?:so|right|clearly|plainly|in)",
            r"because (?:of )?you(?:r)? (?:waited|ordered|chose|gave|changed|late|wrong|took|paid|forgot|did)",
            r"(?:blame|fault) (?:is |lies )?(?:entirely |partly )?(?:yours|with you)",
        ),
    ),
)
