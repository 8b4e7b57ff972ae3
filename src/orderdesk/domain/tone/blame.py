"""Whom a letter must not blame: anybody else, or the customer."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, Words, any_of

_SOMEBODY = (
    r"(?:supplier|vendor|manufacturer|wholesaler|distributor|maker|factory|mill|printer|carrier|courier|ups|fedex|usps|"
    r"dhl|hermes|"
    r"post office|postal service|mail|customs|weather|(?:hail|snow|thunder)?storm|snow|hurricane|flood|pandemic|covid|strike|"
    r"port|shipper|"
    r"shipping company|"
    r"shipping line|freight|staff|evri|yodel|dpd|gls|purolator|parcelforce|la poste|deutsche post|australia post|japan post|"
    r"india post|employee|assistant|packer|intern|partner|warehouse|marketplace|platform|system|software|"
    r"website|tannery|foundry|weaver|potter|workshop|importer|broker|depot|hub|driver|truck|van|container|(?:cargo|container|"
    r"the|a|that) ship|boat|canal|"
    r"rain|heat|ice|fog|fire|tariffs?|war|brexit|app|plugin|sync|server|bug|glitch|outage|bank|paypal|etsy|ebay|amazon|"
    r"shopify|"
    r"royal mail|canada post|australia post|helper|nephew|temp|bookkeeper|guys?|people|folks|company|"
    r"computer|supply chain|shortage|holidays?|rush|demand|others|airline|airport|railway|dockworker|trucker|postman|"
    r"mailman|postal worker|letter carrier|delivery (?:guy|man|driver|company|firm)|seamstress|grower|farmer|farm|dyer|kiln|"
    r"machine|engraver|roaster|roastery|publisher|record label|pressing plant|plant|contractor|agency|agent|logistics|"
    r"fulfil?lment (?:center|centre|house)|internet|wi-?fi|power company|inflation|government|lockdown|season|winter|monsoon|"
    r"heat ?wave|wildfire|earthquake|typhoon|cyclone|blizzard|(?<!your )(?:cat|dog|kid|husband|wife|son|daughter|sister|"
    r"brother|cousin)|"
    r"(?<!your )(?:mother|father)|roommate|neighbor|neighbour|accountant|someone|somebody|seaway|truckers|middleman|forwarder|"
    r"stockist|"
    r"lad|(?<!your )(?:kids?|girl|boy|mate|friend|niece|uncle|aunt|cousin)|(?:brother|sister|mother|father)-in-law|studio|"
    r"pottery|nursery|"
    r"source|factories|suppliers|folks|china|fedex|usps|whoever|shipping (?:folks|people|guys)|mail people|the post|"
    r"bakery|brewery|smithy|forge|mint|press|lab|vineyard|dealer|trader|seller|agent|clerk|spreadsheet|scanner|barcode|"
    r"printer|plug-?in|glitch|gremlins?|algorithm|marketplace|traffic|roadworks|airmail|sorting office|mailroom|(?:dye|iron|"
    r"glass|metal|print|pottery)[ -]?works|tailor|framer|joiner|carpenter|jeweler|goldsmith|blacksmith|bindery|"
    r"knitter|spinner|designer|apprentice|trainee|secretary|co-?worker|colleague|manager|landlord|electrician|council|"
    r"officials?|"
    r"crew|captain|pilot|cargo|drought|hail|frost|gale|landslide|power cut|blackout|flu|mice|red tape|bureaucracy|paperwork)s?"
)
_BLAMED = (
    r"(?:(?:did|had|would|could|was|were)n['’]?t|not (?:bother\w*|answer\w*|tell|told|keep|kept|send|sent|ship\w*|read|"
    r"scan\w*|deliver\w*)|(?<!if )nobody|nowhere|"
    r"flaked|stiffed|lied|goofed|hosed|no[- ]show\w*|never showed|shut down|short-?staffed|understaffed|called in sick|"
    r"no good|bother\w*|somebody else['’]s|someone else['’]s|(?:its|their|his|her|the \w+['’]s) doing|wander\w*|"
    r"muddl\w*|showed \w+ (?:\w+ )?where|supposed to|meant to|(?:should|ought to) have (?!(?:it|them|your|the|an?)\b)|was told|"
    r"swore|"
    r"assured|sworn|because of|mishandl\w+|mistreat\w+|useless|hopeless|rubbish|"
    r"delay(?:s|ed|ing) (?:us|me|our|my|your|the|it|this|them|everything|all)|"
    r"(?:kept|keeps|stopp?(?:s|ed)|prevent(?:s|ed)|hinder(?:s|ed)) (?:us|me|our|my|your|the|it|them) (?:\w+ )?from|"
    r"due to (?!arrive|come|be|land|ship|leave|dock|go|reach|get)|owing to|thanks to|caused by|blame\w*|fault|responsible for|"
    r"fail(?:s|ed|ing)?|let us down|"
    r"lets us down|"
    r"letting us down|dropped the ball|messed up|mixed up|held (?:it|us|everything|things|your \w+) up|held up|slow\w*|"
    r"lost|misplaced|"
    r"sent us the wrong|kept us waiting|"
    r"(?:is|are|was|were|has been|have been) (?:late|delayed|slow|behind|backed up|overwhelmed|to blame|the reason|"
    r"unreliable|stuck)|"
    r"did not (?:deliver|send|ship|keep|tell|warn|arrive)|didn['’]?t (?:deliver|send|ship|keep|tell|warn|arrive)|forgot|"
    r"broke|crashed|"
    r"went down|canceled on us|stopped (?!making|producing|selling|stocking)|out of our hands|made a mess|went (?:quiet|"
    r"silent)|ghosted|"
    r"done (?:its|their|his|her) job|drag\w+ (?:its|their|his|her) (?:feet|heels)|sat on|snowed in|jammed|broke down|"
    r"snarled|backlog|swamped|short-?shipped|shorted|messes up|screwed up|botched|bungled|never (?:sent|shipped|came|told)|"
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
    r"lets? \w+ (?:get|sit|rot|slip)|(?:put|stuck|left|dumped|threw|sent) \w+ (?:\w+ ){0,2}(?:wrong|somebody|someone|in a|"
    r"elsewhere)|"
    r"(?:is|are|was|were|has been|have been|being) (?:a|an|such a|an absolute|a total|a complete) (?:\w+ )?(?:mess|nightmare|"
    r"disaster|joke|shambles|circus|bottleneck)|incompeten\w+|careless\w*|negligen\w+|unreliab\w+|let (?:everyone|"
    r"all of us) down|"
    r"pulled out|backed out|went (?:bust|under|bankrupt|on (?:strike|holiday|vacation))|chewed|ate|knocked|hijacked|"
    r"promised (?:me|us)|wrong (?:box|item|batch|color|size)|on (?:them|him|her)(?! \w)|too (?:busy|slow)|refus\w+|left (?:me|"
    r"us))"
)

# What follows "you should have": no thing that the customer is to get.
_NOT_GOODS = r" (?!(?:it|them|these|those|your|the|an?|my|our|everything|both|all|one|another|two|three|four|some|\d+)\b)"

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
            r"(?:let|left|leaves?) (?:me|us) (?:down|hanging|waiting|in the lurch|stranded)|"
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
    Rule(
        "T06",
        Level.ERROR,
        any_of(
            rf"you (?:really )?(?:(?:should|could|must|ought to|might) have{_NOT_GOODS}|should['’]ve|"
            r"failed|forgot|neglected|overlooked|misread|"
            r"ignored|"
            r"missed|waited too long|ordered (?:too |so )?late)",
            r"you (?:did not|didn['’]?t|never) (?:read|check|notice|provide|give|answer|respond|reply|tell|say|mention|"
            r"include|confirm|"
            r"leave|enter|choose|pick|ask)",
            r"(?:had you|if you had|if only you) ?(?!hoped|wanted|planned|meant|counted|no\b)\w+|if you['’]d (?:only |just |"
            r"simply |not |at least )?(?:\w+ed(?<!need)|"
            r"been|had|read|told|given|chosen|"
            r"put|left|let|paid|taken|said|sent|got|gotten|gone|written|bought|done|seen|known|made|kept|thought|come|set)",
            r"you (?:gave|entered|typed|provided|sent|supplied) (?:us )?(?:a|an|the) (?:wrong|incorrect|incomplete|old)",
            r"your (?:own )?(?:mistake|error|fault|oversight|failure|impatience|delay in)",
            r"as (?:was )?(?:clearly )?(?:stated|mentioned|explained|noted|written|described) (?:in|on|when|at)",
            r"you (?:were|have been) (?:warned|told before|not (?:at )?home)",
            r"you are (?:partly |also )?(?:to blame|responsible)",
            r"you (?:never|did not|didn['’]?t) (?:even )?(?:bother\w*|trouble\w*|think|look|care)",
            r"you (?:knew|agreed to|insisted|chose to|simply|clearly|obviously)",
            r"(?:next time|in (?:the )?future),? (?:please |kindly )?(?:do )?(?:read|check|order|allow|make sure|look|"
            r"double[- ]check)",
            r"(?:please|kindly) (?:read|check|look at) (?:\w+ ){1,6}(?:before (?:you|\w+ing|your)|next time|more carefully|"
            r"properly)",
            r"more care(?:ful\w*)?|very carefully",
            r"(?:if|since|because) you (?:were|are|had|did|didn['’]?t) (?:\w+ )?(?:so |too |in such|not )\w+",
            r"all you (?:had|have) to do",
            r"would have (?:known|avoided|seen|noticed)",
            r"(?:clearly|plainly|already) (?:stated|says?|said|marked|written|told|explained|warned)",
            r"(?:like|as) i (?:said|told|wrote|mentioned|explained)(?! (?:you )?(?:on \w+day|yesterday|today)\b)|"
            r"be patient|calm down|plan ahead|not how (?:it|this) works|"
            r"stop (?:e-?mailing|messaging|writing|asking|calling)|"
            r"you(?:['’]re| are) the (?:(?:only )?one|first(?: \w+)? (?:to (?!get|have|receive|hear|know)|who))|"
            r"right there (?:in|on)|"
            r"order(?:ed|ing)? (?:it |them )?(?:earlier|sooner)|you (?:really )?should know (?:that|better|by now|how)|"
            r"you people|read the (?:listing|"
            r"fine print)",
            r"you did (?:choose|pick|ask|say|want|order|know|click|agree|leave|buy|see)|not (?:our|the|my) only (?:customer|"
            r"order|"
            r"one)|bear in mind that you|remember that you|once you finally|finally (?:confirm|answer|tell|reply|pay|send|"
            r"decide)\w*",
            r"your (?:\w+[- ]?){1,3}(?:had|has|have|was|were|is|contained|came with)\b[^.]*\b(?:mistake|typo|wrong|error|"
            r"missing|"
            r"incomplete|bounced|incorrect|illegible|(?<!the )old|no (?:number|street|name))",
            r"(?:awkward|fussy|picky|odd|unusual|difficult|strange|obscure) (?:color|colour|size|choice|request|order|"
            r"customer)",
            r"(?:we|i) (?:wrote|e-?mailed|called|phoned|messaged|asked|tried|rang)\b[^.]*\b(?:never|nobody|no (?:answer|reply)|"
            r"n['’]?t|silence|without)",
            r"waiting (?:on|for) you to|"
            r"(?:(?<!no )hurry|impatien|pester|nag|hassl)\w*|rush(?:ing)? (?:me|us)",
            r"(?:it|listing|page|description|email) (?:clearly |plainly )?(?:says|said) (?:so|right|clearly|plainly|in)",
            r"because (?:of )?you(?:r)? (?:waited|gave|changed|late|wrong|took|paid|forgot|did)|"
            r"because you (?:ordered|chose)\b[^.]*\b(?:late|wrong|cheap\w*|slow\w*)",
            r"(?:blame|fault) (?:is |lies )?(?:entirely |partly )?(?:yours|with you)",
            r"your (?:constant|endless|repeated|many|numerous|impatient|angry|frequent) (?:messages?|e-?mails?|calls?|"
            r"questions?|"
            r"notes?)",
            r"(?:address|e-?mail|number|size|colou?r|zip(?: code)?|post ?code|phone|name) (?:that )?you (?:typed|gave|"
            r"entered|put|"
            r"provided|picked|chose|sent|supplied|left)[^.]*\b(?:wrong|incorrect\w*|incomplete|missing|old|not|n['’]?t)",
            r"you can(?:not|['’]?t) (?:really |seriously |possibly |reasonably )?(?:expect|complain|blame|be surprised)",
            r"you (?:chose|picked|opted for|went (?:for|with)|paid for|selected|took) (?:the|our|my) (?:cheap|slow|wrong|"
            r"free|economy|"
            r"budget|basic)\w*",
            r"(?:you['’]d|you would) (?:already )?have (?:it|had|gotten|got|seen|known|been|received)|(?:you['’]d|"
            r"you would) (?:already )?(?:know|be \w+ing)",
            r"as (?:you|anyone|everyone|any \w+|most \w+) (?:surely |should |would |will |must |well |no doubt )+(?:know|"
            r"be aware|"
            r"understand|realize)|surely you|you surely",
            r"(?:i|we) did (?:tell|warn|ask|mention|say|write|e-?mail|explain|post|note)",
            r"(?:i|we)(?:['’]ve| have|['’]d| had)? (?:(?:warned|reminded) you|"
            r"told you (?:so|that|about|when|before|already|twice|not|it|this))",
            r"(?:would|could) have (?:helped|spared|shown|told|warned|prevented|saved|been (?:easier|quicker|faster|sooner|"
            r"avoided|prevented|simpler))",
            r"it helps (?:if|when) (?:you|buyers|customers|people)|(?:if|when) (?:people|buyers|customers) (?:only |"
            r"would )?(?:read|"
            r"ordered|wait)",
            r"(?:last|eleventh)[- ](?:minute|hour) (?:order|purchase|request|change|shopp\w+)|(?:order|"
            r"leav)\w* (?:it )?(?:so|this|too) late",
            r"you (?:were|are|have been|['’]re|['’]ve been) (?:a bit |rather |too |quite |very |being |a little )?(?:late|slow|"
            r"impatient|unclear|vague|mistaken|confused|hasty|unreasonable|demanding|wrong)",
            r"(?:answer|reply|respond|get back) to (?:my|our) (?:\w+ )?(?:e-?mail|message|question|note)s?,? (?:so|which|"
            r"and that)",
            r"(?:didn['’]?t|did not|never|failed to) (?:even )?(?:answer|reply|respond|read|get back)",
            r"your (?:late|slow|missing|incomplete|unclear|incorrect|hasty) \w+|on your (?:end|side|part)|"
            r"your (?:unrealistic |high |own )?expectations?",
            # What people who know better do.
            r"(?:most|other|some|many|sensible|wise) (?:people|buyers|customers|shoppers|folks?)\b[^.]*\b(?:order|check|read|"
            r"ask|allow|plan|wait|"
            r"know|understand|leave|manage)\w*|(?:people|those|buyers|customers|anyone|anybody|folks|everyone) who (?:need|"
            r"want|plan|read|"
            r"wait|leave|care|order)\w*\b[^.]*\b(?:generally|usually|normally|should|tend|ought|must|orders?|knows?|asks?|"
            r"manages?)",
            r"(?:handmade|hand-?made|good|quality|fine) (?:things|work|items|stuff|goods) takes? time|come to those who wait|"
            r"what did you expect|"
            r"(?:common|good) sense|it pays to|(?:wise|best|advisable|smart\w*|sensible) to (?:read|order|check|ask|plan|"
            r"allow)|worth (?:reading|checking)|"
            r"(?:(?<!a )little|bit of|some|more|a little|your lack of) patience(?! you)|patience (?:is a|please|would)|(?:try|"
            r"learn) to be patient|rome was\w*",
            # What was said before.
            r"(?:does|did) (?:\w+ )?(?:say|state|mention|explain|warn)\b[^.]*\b(?:listing|page|description|site|terms|policy|"
            r"e-?mail|confirmation|so)|"
            r"(?:listing|page|description|site|terms|policy|confirmation) (?:does|did) (?:\w+ )?(?:say|state|mention|explain|"
            r"warn)|"
            r"it(?:['’]s| is| was)(?: all| right| clearly| plainly)* (?:there|written|printed|stated|explained|spelled out|"
            r"set out)\b[^.]*\b(?:listing|"
            r"page|description|site|terms|policy|e-?mail|confirmation|read|see)|if one (?:scrolls?|looks?|reads?)|"
            r"you(?:['’]ll| will| may| might| must| should)? (?:surely |no doubt )?(?:remember|recall) (?:that )?(?:i|we|it|"
            r"my|our|agreeing|you)|"
            r"(?:i|we) told you (?:in|back|more|several|many|clearly|last)|(?:two|three|four|several|many|repeated|"
            r"countless) reminders|"
            r"despite (?:my|our|the|several|two|three|repeated|all)\b[^.]*\b(?:e-?mails?|reminders?|requests?|messages?|"
            r"warnings?|notes?)|"
            r"(?:scroll|read|look|check|go back)\w*\b[^.]*\b(?:listing|description|terms|polic\w+|faq|confirmation|"
            r"fine print)\b[^.]*\byou(?:['’]d|['’]ll| will| would)",
            # Too many messages, or none.
            r"(?:\w+|\d+) (?:e-?mails|messages|calls|letters|notes) (?:in|within|over|since) (?:\w+ )?(?:days?|hours?|week|"
            r"weekend|minutes|row)|"
            r"(?:every|each|another|one more) (?:day|hour|e-?mail|message|call)\b[^.]*\b(?:slows?|only|just|keeps?|won['’]?t|"
            r"doesn['’]?t|time)|"
            r"(?:writ|ask|call|phon|ring|messag|e-?mail)ing\b[^.]*(?:n['’]?t| not) (?:make|speed|bring|help|change|get|move)|"
            r"(?:won['’]?t|will not|doesn['’]?t|does not|can['’]?t|cannot) (?:make|speed|get|bring|help)\b[^.]*\b(?:faster|"
            r"sooner|quicker|any earlier)|"
            r"you (?:did not|didn['’]?t|failed to) (?:even |once )?(?:get|come|pick|open|collect|pay|follow|measure|send|write|"
            r"specify|update|sign)|"
            r"you never (?:even |once )?(?:got|came|picked|opened|collected|paid|followed|measured|sent|wrote|specified|updated|"
            r"signed)|never heard (?:back )?(?:\w+ )?from you|"
            r"by the time you (?!read|get|see|open|have|receive)|you (?:kept|keep) (?:\w+ )?(?:chang|ask|writ|call|send|"
            r"messag|e-?mail)ing|you changed (?:your mind|it|"
            r"\w+ \w+) ?(?:again|twice|three|so|at the last|after|halfway)|your (?:\w+ ){1,2}only (?:came|arrived|reached|"
            r"cleared|got)",
            # A wrong address, nobody at home.
            r"you (?:gave|entered|typed|provided|sent|supplied|put|wrote|left|picked|selected|filled)\b[^.]*\b(?:wrong\w*|"
            r"incorrect\w*|incomplete|outdated|"
            r"missing|nonexist\w+|by mistake|no such|address without|(?:address|name|number|code|form|label) without|(?:off|"
            r"out) (?:the|your) (?:\w+ )?(?:number|name|code))|"
            r"without (?:a|an|the|your|any) (?:\w+ )?(?:number|street|post ?code|zip|surname)|you (?:were|['’]re) (?:out|"
            r"not in|away)|you (?:weren|aren)['’]?t (?:in|home|at home|there)|"
            r"(?:can['’]?t|cannot) help (?:it )?(?:if|when)|(?:nobody|no one|no other \w+|everyone) (?:else )?(?:has |is |"
            r"have |seems? (?:to )?)?(?:complain|mind|object|understood)\w*|"
            r"you (?:\w+ )?(?:took|needed|waited) .{1,25} to (?:answer|reply|pay|decide|confirm|write|tell|respond)|"
            r"you only (?:answered|paid|replied|decided|confirmed|wrote|ordered|told)|"
            r"your own (?:\w+ )?(?:measure\w*|figures?|doing|words?|instructions?|request|typing|handwriting|decision|making|"
            r"hurry|spelling)|"
            r"would(?:n['’]?t| not| never) have (?:happened|come back|been (?:late|lost|sent|returned|necessary|needed))|"
            r"you (?:might|may) want to (?:check|read|double|look|order|allow)\w*|"
            r"no (?:flat|house|apartment|unit|street|phone|suite|door|floor) (?:number|name)|(?:not|n['’]?t|"
            r"hardly) (?:\w+ )?(?:reasonable|realistic)|unreasonable|unrealistic|"
            r"you (?:signed off|ticked|approved|accepted|confirmed|picked|chose|set|wrote|typed|entered|"
            r"clicked)\b[^.]*\byourself|"
            r"(?:buyers?|customers?|people|anyone|everyone|everybody|anybody|one|those)\b[^.]*\b(?:should|must|ought to|"
            r"has to|have to|needs? to) (?:expect|know|read|order|allow|check|plan|wait|accept)|"
            r"(?:nobody|no one) (?:was )?(?:at )?(?:home|answered the (?:door|bell))|you (?:refused|turned (?:it|"
            r"the \w+) away|sent (?:it|the parcel) back)|"
            r"(?:(?:that|this|it)(?:['’]s| is)|is) (?:\w+ )?(?:on|down to) you(?! to| whether| which| if| how)|you (?:must|"
            r"have to|need to) (?:understand|realize|realise|accept|learn|appreciate)|"
            r"if (?:it|this|that|the \w+) (?:was|were) (?:really |so |that |all that )(?:urgent|important)|if it mattered",
            r"you (?:waited|left (?:it|things|this|the order|your order)) (?:too|so|to|until|till)|not (?:my|our) (?:problem|"
            r"fault)|hardly (?:my|our) (?:problem|"
            r"fault)",
            r"(?:listing|description|policy|policies|terms|faq|shop page|checkout)\b[^.]*\b(?:states?|stated|says|"
            r"clear|clearly|"
            r"explains?|explained|warns?|warned|spells? (?:it |this )?out|in (?:bold|plain|black))",
        ),
    ),
)
