"""Whom a letter must not blame: anybody but the shop."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, Words, any_of

# A thing that breaks in one of these is told of, and nobody blamed.
_MADE_IN = r"(?<!\bin the )(?<!\bin our )(?<!\bin my )(?:kiln|machine|workshop|studio|forge|press|lab|nursery)"
_SOMEBODY = (
    r"(?:supplier|vendor|manufacturer|wholesaler|distributor|maker|factory|mill|printer|carrier|courier|ups|fedex|usps|"
    r"dhl|hermes|"
    r"post office|postal service|mail|customs|weather|(?:hail|snow|thunder)?storm|snow|hurricane|flood|pandemic|covid|strike|"
    r"port|shipper|"
    r"shipping company|"
    r"shipping line|freight|staff|evri|yodel|dpd|gls|purolator|parcelforce|la poste|deutsche post|australia post|japan post|"
    r"india post|employee|assistant|packer|intern|partner|warehouse|marketplace|platform|system|software|"
    r"website|tannery|foundry|weaver|potter|importer|broker|depot|hub|driver|truck|van|container|(?:cargo|container|"
    r"the|a|that) ship|boat|canal|"
    r"rain|heat|ice|fog|fire|tariffs?|war|brexit|app|plugin|sync|server|bug|glitch|outage|bank|paypal|etsy|ebay|amazon|"
    r"shopify|"
    r"royal mail|canada post|australia post|helper|nephew|temp|bookkeeper|guys?|people|folks|company|"
    r"computer|supply chain|shortage|holidays?|rush|demand|others|airline|airport|railway|dockworker|trucker|postman|"
    r"mailman|postal worker|letter carrier|delivery (?:guy|man|driver|company|firm)|seamstress|grower|farmer|farm|dyer|"
    rf"{_MADE_IN}|"
    r"engraver|roaster|roastery|publisher|record label|pressing plant|plant|contractor|agency|agent|logistics|"
    r"fulfil?lment (?:center|centre|house)|internet|wi-?fi|power company|inflation|government|lockdown|season|winter|monsoon|"
    r"heat ?wave|wildfire|earthquake|typhoon|cyclone|blizzard|(?<!your )(?:cat|dog|kid|husband|wife|son|daughter|sister|"
    r"brother|cousin)|"
    r"(?<!your )(?:mother|father)|roommate|neighbor|neighbour|accountant|"
    r"\w+ing (?:firm|service|team|house|outfit)|someone|somebody|seaway|truckers|middleman|forwarder|"
    r"stockist|"
    r"lad|(?<!your )(?:kids?|girl|boy|mate|friend|niece|uncle|aunt|cousin)|(?:brother|sister|mother|father)-in-law|"
    r"pottery|"
    r"source|factories|suppliers|folks|china|fedex|usps|whoever|shipping (?:folks|people|guys)|mail people|the post|"
    r"bakery|brewery|smithy|mint|vineyard|dealer|trader|seller|agent|clerk|spreadsheet|scanner|barcode|"
    r"printer|plug-?in|glitch|gremlins?|algorithm|marketplace|traffic|roadworks|airmail|sorting office|mailroom|(?:dye|iron|"
    r"glass|metal|print|pottery)[ -]?works|tailor|framer|joiner|carpenter|jeweler|goldsmith|blacksmith|bindery|"
    r"knitter|spinner|designer|apprentice|trainee|secretary|co-?worker|colleague|manager|landlord|electrician|council|"
    r"officials?|"
    r"crew|captain|pilot|cargo|drought|hail|frost|gale|landslide|power cut|blackout|flu|mice|red tape|bureaucracy|paperwork)s?"
)
# What two words say that a thing may stand between: "messed up", "got the dates wrong".
_THING = r"(?:(?:it|this|that|them|us|me|things|everything|all|both|(?:the|my|our|your|an?|half|\d+) (?:\w+ ){0,2}\w+) )"
_UNDONE = (
    rf"(?:mess(?:ed|es)|mixed|screw(?:ed|s)|mucked|fouled|tripped|slipped|held) {_THING}?up|"
    rf"g(?:ot|ets?|etting) {_THING}wrong|turned {_THING}(?:away|back)|"
    rf"(?:held|left|parked) {_THING}.{{1,20}}\b(?:days|weeks|months)"
)
_BLAMED = (
    r"(?:(?:did|had|would|could|was|were)n['’]?t|not (?:bother\w*|answer\w*|tell|told|keep|kept|send|sent|ship\w*|read|"
    r"scan\w*|deliver\w*)|(?<!if )nobody|nowhere|"
    r"flaked|stiffed|lied|goofed|hosed|no[- ]show\w*|never showed|shut down|short-?staffed|understaffed|called in sick|"
    r"no good|bother\w*|somebody else['’]s|someone else['’]s|(?:its|their|his|her|the \w+['’]s) doing|wander\w*|"
    r"muddl\w*|showed \w+ (?:\w+ )?where|supposed to|meant to|(?:should|ought to) have (?!(?:it|them|your|the|an?)\b)|was told|"
    r"swore|"
    r"assured|sworn|because of|"
    r"mis(?:handl|treat|rout|sort|direct|deliver|address|label|read|count|plac|laid|pack|print|spell|calculat|fil|shipp|inform)\w*|useless|hopeless|rubbish|"
    r"delay(?:s|ed|ing) (?:us|me|our|my|your|the|it|this|them|everything|all)|"
    r"(?:kept|keeps|stopp?(?:s|ed)|prevent(?:s|ed)|hinder(?:s|ed)) (?:us|me|our|my|your|the|it|them) (?:\w+ )?from|"
    r"due to (?!arrive|come|be|land|ship|leave|dock|go|reach|get)|owing to|thanks to|caused by|blame\w*|fault|responsible for|"
    r"fail(?:s|ed|ing)?|let us down|"
    r"lets us down|"
    r"letting us down|dropped the ball|slow\w*|(?:went|gone) (?:\w+ )?wrong|"
    rf"{_UNDONE}|"
    r"lost|"
    r"sent us the wrong|kept us waiting|"
    r"(?:is|are|was|were|has been|have been) (?:late|delayed|slow|behind|backed up|overwhelmed|to blame|the reason|"
    r"unreliable|stuck)|"
    r"did not (?:deliver|send|ship|keep|tell|warn|arrive)|didn['’]?t (?:deliver|send|ship|keep|tell|warn|arrive)|forgot|"
    r"broke|crashed|"
    r"went down|canceled on us|stopped (?!(?:mak|produc|sell|stock|"
    r"weav|knitt|print|publish|grow|brew|bak|cast|carv|import|carry|offer)ing)|out of our hands|made a mess|went (?:quiet|"
    r"silent)|ghosted|"
    r"done (?:its|their|his|her) job|drag\w+ (?:its|their|his|her) (?:feet|heels)|sat on|snowed in|jammed|broke down|"
    r"snarled|backlog|swamped|short-?shipped|shorted|botched|bungled|never (?:sent|shipped|came|told)|"
    r"sitting on|fumbled|mangled|t(?:ook|aking) (?:its|their|his|her) (?:own |sweet )?time|the reason|the culprit|to thank for|"
    r"at fault|derailed|held hostage|hostage|ran late|running late|overslept|oversold|miscounted|undercounted|"
    r"double[- ](?:sold|booked)|on strike|walked out|quit(?: on us| on me)?|vanished|disappeared|took (?:forever|ages|"
    r"weeks|months)|"
    r"takes? (?:forever|ages)|can(?:not|['’]?t) (?:be bothered|seem to|keep up|count|read|be trusted|tell|make up|find|spell|"
    r"manage|organi\w+)|"
    r"(?:wo|does|do|has|have|is)n['’]?t (?:\w+ )?(?:answer\w*|tell|told|say|said|send|sent|shipp?\w*|deliver\w*|keep|kept|"
    r"bother\w*|"
    r"repl\w+|call\w*|pick\w*|return\w*|help\w*|releas\w+|let|care|budge|know what|listen\w*|shown?|turned|done|been near)|"
    r"(?:ship|send|sent|deliver|give|gave|bring|brought)\w* (?:us |me )?(?:only |just |less |fewer |half|the wrong|too few)|"
    r"half of what|(?:error|mistake|blunder|carelessness|mix-?up|doing)s?|(?:did|does|done|doing) nothing|(?:seized|impounded|"
    r"detained|confiscated|"
    r"kept|opened|returned) (?:it|the \w+|your \w+)|out of business|closed down|folded|walked away|to the wrong|(?:sent|"
    r"shipped|gave|made|cut|dyed|printed) (?:us |me )?the wrong|"
    r"(?:keeps?|kept) (?:\w+ )?(?:push|chang|mov|putt|promis|los|mess|forgett|say|tell|delay|post|cancel|stall|dodg|send|"
    r"break)\w*ing|"
    r"(?:took|wiped|washed|knocked|burned|burnt) (?:\w+ ){0,3}(?:out|away|down)|destroyed|ruined|wrecked|smashed|flooded|"
    r"killed|froze|spoiled|spoilt|damaged|crushed|"
    r"(?:entered|typed|wrote|counted|packed|labeled|labelled|booked|logged|listed|read|cut|sewed|printed|copied|"
    r"addressed) .{1,30} (?:twice|wrong\w*|instead|upside|double)|"
    r"(?:and|but) then (?:nothing|silence|nobody)|(?:comes?|came|lies?|rests?|stems?|sits?) (?:from|with) .{1,30} not|"
    r"not (?:from|with) (?:us|me)|"
    r"(?:shows?|showed|claims?|claimed|says|insists?|insisted) .{1,30} (?:n['’]?t|not|never|no longer)|without (?:a word|"
    r"warning|telling|asking)|raised|demand(?:s|ed) more|"
    r"had (?:the|my|our) .{1,20} (?:done|kept|sent|not|been|told)|shut (?:\w+ )?down|"
    r"what can (?:i|we)|nothing (?:i|we) can do|(?:said|told \w+|promised|swore) .{1,30} (?:and|but|then) (?:sent|"
    r"gave|it|then|never|delivered|shipped)|str(?:ung|inging) (?:us|me|everybody|everyone) along|in (?:its|their|his|"
    r"her) wisdom|strikes? again|"
    r"lets? \w+ (?:get|sit|rot|slip)|(?:put|stuck|left|dumped|threw|sent) \w+ (?:\w+ ){0,4}(?:wrong|somebody|someone|in a|"
    r"elsewhere)|"
    r"(?:is|are|was|were|has been|have been|being) (?:a|an|such a|an absolute|a total|a complete) (?:\w+ )?(?:mess|nightmare|"
    r"disaster|joke|shambles|circus|bottleneck)|incompeten\w+|careless\w*|negligen\w+|unreliab\w+|let (?:everyone|"
    r"all of us) down|"
    r"pulled out|backed out|went (?:bust|under|bankrupt|on (?:strike|holiday|vacation))|chewed|ate|knocked|hijacked|"
    r"promised (?:me|us)|wrong (?:box|item|batch|color|size)|on (?:them|him|her)(?! \w)|too (?:busy|slow)|refus\w+|left (?:me|"
    r"us))"
)

BLAME = (
    Rule(
        "T05",
        Level.ERROR,
        any_of(
            rf"(?:{_SOMEBODY}\b.*\b{_BLAMED}|{_BLAMED}\b.*\b{_SOMEBODY}|they (?:\w+ ){{0,3}}{_BLAMED}|"
            rf"if (?:the|my|our|that) {_SOMEBODY} had)",
            r"(?:(?:beyond|outside|out of) our control|out of our hands|unforeseen|unexpected circumstances|"
            r"circumstances|not our fault|"
            r"no fault of (?:ours|mine)|through no fault|force majeure|act of god|not (?:up to|because of) (?:us|me)|"
            r"nothing (?:we|i) could do|"
            r"(?:beyond|outside|out of) my (?:control|hands)|not (?:my|mine|our|ours)(?: own)? (?:fault|doing|mistake)|"
            r"(?:their|his|her) (?:fault|mistake|error|failure|negligence|doing)|blame (?:it )?(?:on )?the|"
            r"(?:was|were|been|got) let down by|(?:let|left|leaves?) (?:me|us) (?:down|hanging|waiting|in the lurch|stranded)|"
            r"(?:unprecedented|unusual|exceptional|unexpected|overwhelming|crazy|record|extraordinary) (?:\w+ )?(?:demand|"
            r"volumes?|"
            r"orders|weather|circumstances|season)|you know what \w+ is like|blame (?:\w+ )?(?:on|for)|"
            r"['’]s (?:doing|fault|blunder|mistake|error|mess),? not|(?:his|hers|theirs|fault|mistake|error|doing|"
            r"blame)\b[^.]*\bnot ours|thank (?:the|my|our) \w+ for|"
            r"all (?:down to|because(?: of)?|due to|owing to|thanks to|on account of|the fault of)|"
            r"(?<!\bi )(?<!\bwe )(?:dropped the ball|messed (?:us|me)|botched|bungled|ghosted|dragg\w+ (?:its|their|his|"
            r"her) (?:feet|heels)|"
            r"str(?:ung|inging) (?:us|me) along|stood (?:us|me) up|(?:take|taken) it up with|couldn['’]?t care less))",
        ),
        unless=any_of(
            r"(?:has|have|is|are) (?:now )?(?:run out|sold out|out) of",
            r"(?:has|have) (?:no|none|not a single)\b[^.]*\b(?:left|more)",
            r"(?:does|do)(?:n['’]?t| not) (?:have|make|stock|sell|carry)\b[^.]*\b(?:any ?more|left|now|any longer)|no longer",
            r"(?:hasn['’]?t|has not|haven['’]?t|have not) (?:been )?(?:charged|asked|billed)",
        ),
        reads=Words.WITH_NAMES,
    ),
)
