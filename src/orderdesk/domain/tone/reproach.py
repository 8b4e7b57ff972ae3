"""What a letter must not reproach its customer with."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, any_of

# What follows "you should have": no thing that the customer is to get.
_NOT_GOODS = r" (?!(?:it|them|these|those|your|the|an?|my|our|everything|both|all|one|another|two|three|four|some|\d+)\b)"

# What the customer sends, beside the order: that it came late is a reproach, that what we send does is none.
_OWN_DEEDS = (
    r"(?:payment|transfer|che(?:ck|que)|bank|card|answer|reply|response|decision|confirmation|choice|request|message|e-?mail|"
    r"letter|note|notice|instructions?|address|details?|measure\w*|number|change)s?"
)
# "You never …" of what was, not "you never pay".
_NEVER_DID = (
    r"you never (?:even |once )?(?:got|came|picked|opened|collected|paid|followed|measured|sent|wrote|specified|updated|signed|"
    r"gave|told|said|mentioned|answered|replied|responded|confirmed|provided|included|left|let|entered|chose|asked|checked|"
    r"noticed|named|set|added|took|made|called)"
)

REPROACH = (
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
            r"leave|let|enter|choose|pick|ask)",
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
            r"all you (?:had|have) to do|any(?:one|body) (?:could|can) (?:see|tell|read)",
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
            r"incomplete|bounced|incorrect|illegible|"
            r"(?<!the )(?<!(?:day|eek|nth|ear) )(?<!(?:days|eeks|nths|ears) )old|no (?:number|street|name))",
            r"(?:awkward|fussy|picky|odd|unusual|difficult|strange|obscure) (?:color|colour|size|choice|request|order|"
            r"customer)",
            r"(?:we|i) (?:wrote|e-?mailed|called|phoned|messaged|asked|tried|rang)\b[^.]*\b(?:never|nobody|no (?:answer|reply)|"
            r"n['’]?t|silence|without|heard nothing|nothing back|no word|in vain)",
            r"you (?:picked|chose|ordered|wanted|asked for)\b[^.]*\b(?:hardly any\w*|nobody|no one|few people)|"
            r"you (?:picked|chose|ordered|wanted|bought|asked for|went for|opted for|settled on)\b[^.]*\b(?:that|which) "
            r"(?:is what |\w+ )?(?:sells? (?:out|fast)|goes fast|runs? out|takes? (?:(?:so |too |very )?long|ages|more time))",
            r"if your (?:\w+ ){1,3}had\b[^.]*\bwould|would\b[^.]*\bif your (?:\w+ ){1,3}had\b",
            r"waiting (?:on|for) you to|"
            r"(?:(?<!no )hurry|impatien|pester|nag|hassl)\w*|rush(?:ing)? (?:me|us)",
            r"(?:it|listing|page|description|email) (?:clearly |plainly )?(?:says|said) (?:so|right|clearly|plainly|in)",
            r"because (?:of )?you(?:r)? (?:waited|gave|changed|late|wrong|took|paid|forgot|did)|"
            r"because you (?:ordered|chose)\b[^.]*\b(?:late|wrong|cheap\w*|slow\w*)",
            r"(?:blame|fault) (?:is |lies )?(?:entirely |partly )?(?:yours|with you)",
            r"your (?:constant|endless|repeated|many|numerous|impatient|angry|frequent) (?:messages?|e-?mails?|calls?|"
            r"questions?|"
            r"notes?)",
            r"(?:address|street|house|apartment|flat|town|city|state|e-?mail|number|size|colou?r|zip(?: code)?|post ?code|"
            r"phone|name) (?:that )?you (?:typed|gave|"
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
            rf"your (?:late|slow|missing|incomplete|unclear|incorrect|hasty) (?:\w+ )?{_OWN_DEEDS}|your (?:hasty|unclear) order|"
            rf"your (?:\w+ ){{0,2}}{_OWN_DEEDS} (?:\w+ )?(?:came|arrived|was|were|got|reached|cleared) (?:\w+ )?(?:\w+ )?"
            r"(?:too late|late(?! (?:on|in the)\b)|slow|after|declined|refused|rejected|turned down|invalid|expired|blocked)|"
            rf"your (?:\w+ )?{_OWN_DEEDS} (?:did not|didn['’]?t) (?:work|go|clear|come|arrive|reach|get|match|say)|"
            r"your (?:\w+ )?(?:bank|card) (?:\w+ )?(?:company |issuer )?(?:refus|reject|declin|block|turn|fail)\w*|"
            r"your order (?:only )?(?:came in|reached us|got to us|was placed) (?:\w+ )?(?:\w+ )?(?:late(?! on\b)|after)|"
            r"you (?:only )?(?:placed|sent|made|put in) (?:your|the|this) (?:order|payment|request) (?:\w+ )?(?:late|after)|"
            r"(?:number|name|code|street|address|size|colou?r) (?:\w+ ){1,2}(?:missing|left out|absent) (?:from|on|in) your|"
            r"cost you your (?:place|turn|spot)|on your (?:end|side|part)|"
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
            rf"{_NEVER_DID}|never heard (?:back )?(?:\w+ )?from you|"
            r"by the time you (?!read|get|see|open|have|receive)|you (?:kept|keep) (?:\w+ )?(?:chang|ask|writ|call|send|"
            r"messag|e-?mail)ing|you changed (?:your mind|it|"
            r"\w+ \w+) ?(?:again|twice|three|so|at the last|after|halfway)|your (?:\w+ ){1,2}only (?:came|arrived|reached|"
            r"cleared|got)",
            # A wrong address, nobody at home.
            r"you (?:gave|entered|typed|provided|sent|supplied|put|wrote|left|picked|selected|filled)\b[^.]*\b(?:wrong\w*|"
            r"incorrect\w*|incomplete|outdated|former|last (?:year|month)['’]s|"
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
            r"you (?:waited|left (?:it|things|this|the order|your order)) (?:(?:\w+ )?late|too|so|to|until|till)|"
            r"not (?:my|our) (?:problem|"
            r"fault)|hardly (?:my|our) (?:problem|"
            r"fault)",
            r"(?:listing|description|policy|policies|terms|faq|shop page|checkout)\b[^.]*\b(?:states?|stated|says|"
            r"clear|clearly|"
            r"explains?|explained|warns?|warned|spells? (?:it |this )?out|in (?:bold|plain|black))",
        ),
    ),
)
