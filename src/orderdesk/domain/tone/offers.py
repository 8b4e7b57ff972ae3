"""What a letter must not sell: other goods, itself, or credit in place of money."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, any_of

_TOKEN = (
    r"(?:(?:store |shop |house |merchandise )?credits?(?! card)|credit notes?|(?:gift )?vouchers?|(?:coupons? )?codes?|coupons?|"
    r"gift cards?|gift certificates?|tokens?|points|ious?)"
)
_MONEY = (
    r"(?:money|cash|refunds?|payment|amount|sum|balance|deposit|what you (?:paid|spent)|"
    r"(?:[$€£₹]|rs\.? ?)\d|\d (?:dollars|euros|pounds|rupees)|\d[€£])"
)
# What follows in the sentence; the point of an amount does not end it.
_REST = r"(?:[^.]|\.(?=\d)){0,160}"

OFFERS = (
    Rule(
        "T11",
        Level.ERROR,
        any_of(
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
            r"you (?:may|might) also (?:like|love|enjoy|want|be|care|fancy)",
            r"worth (?:the|every) (?:wait|penny|cent)|no (?:finer|better|nicer|cheaper)|flew off|mad (?:for|about)|survey|"
            r"questionnaire|"
            r"tag (?:the|our|my) (?:shop|store)|have a look (?:at|around|round)|look around|brand[- ]new (?:range|line|"
            r"collection|"
            r"batch)|treat yourself|add a (?:second|third|further)|free on the lot|(?:simply|absolutely) (?:gorgeous|stunning|"
            r"divine|lovely)|everyone (?:loves|wants|raves|is)|you(?:['’]ll|['’]d| will| would) (?:also )?(?:love|adore)|"
            r"did you know|"
            r"(?:we|i) (?:also|now) (?:make|sell|carry|stock|offer)|(?:take|have) a (?:peek|gander|browse)|stars on|"
            r"rave about",
            r"my other (?:items|listings|things|stuff|designs|colou?rs|pieces)|(?:pop|swing|stop|come) (?:in|by|over|"
            r"back) (?:to|and|for)|"
            r"buy (?:one|two|three|\d)|get one free|new stuff|new things|just (?:listed|added|got in)|eye out for|"
            r"new arrivals|new collection|latest collection|best ?sellers?",
            r"while you(?:['’]re| are)? (?:at it|here)|(?:why not|browse|look|shop|read|watch)\b[^.]*\bwhile you wait",
            r"our (?:\w+ )?sale",
            r"(?:now|are|is|everything|currently|also|just) on sale",
            r"(?<!free )upgrade(?!(?: you| it| your \w+)? to (?:express|priority|first|air|fast|the fast))",
            r"(?:tell|recommend us to) (?:your )?(?:friends|family)",
            r"shop (?:our|now|with)",
            r"special offers?",
            r"add (?:\w+ ){1,4}to your (?:order|cart|basket)",
            r"rat(?:e|ing) (?:me|us|my|our|this|the)|(?:low|high|five|5|four|gold) stars?",
            r"(?:customers|people|those|buyers|shoppers|fans) who (?:bought|buy|order(?:ed)?|love|like|have|own)\b[^.]*\b"
            r"(?:also|often|usually|tend to|love|like|enjoy|adore|swear by|go for|come back|can['’]?t get enough)",
            r"(?:few|kind|nice|good|short|warm) (?:\w+ )?(?:words?|lines?) (?:on|about|for|in) (?:our|my|us|me|"
            r"the (?:shop|site|page))",
            r"(?:also|simply|just|absolutely) (?:love|adore|enjoy|like|comes? in)",
            r"(?:order|buy|grab|pick up) (?:two|one|a second|another|a third|more|both|yours)|(?<!you )(?<!will )get (?:two|"
            r"a second|"
            r"another|a third|yours)",
            r"(?:finest|best|lowest|cheapest|nicest|top)\b[^.]*\b(?:on the market|in town|anywhere|around|online|prices?)",
            r"only [$€£]\d+|just [$€£]\d+|(?:save|from) [$€£]\d+",
            r"\d+ ?(?:%|percent) off (?:everything|all|our|my|sitewide|the|anything|until|till|this (?:week\w*|month|season)|"
            r"today|now)",
            r"(?:going|selling) fast|(?:almost|nearly) gone|before (?:they|it)(?:['’]re| are| is|['’]s) (?:all )?gone",
            r"(?:pass|hand|give) (?:on )?(?:our|my) (?:name|card|address|link)|(?:mention|name) (?:us|me|the shop|our shop) to",
            r"sale (?:ends|runs|starts|is|now)|clearance|bargains?|(?:great|good|big|best|special|hot|our|of) deals?|deals on|"
            r"flash sale|black friday|cyber monday",
            r"(?:our|my) other|(?:our|my) (?:new|latest) (?!(?:\w+ )?(?:batch|date|address|stock|suppl\w+|maker|helper|lad|"
            r"girl|boy|assistant|courier|carrier|kiln|oven|"
            r"machine|number|phone|workshop|delivery|shipment|estimate|premises|computer|printer|van))|(?:our|my) (?:full|"
            r"whole|entire|spring|summer|autumn|fall|winter|christmas|"
            r"holiday)",
            r"subscri\w+|sign up|mailing list|follow (?:me|my|our)|tag (?:us|me)|hashtag|share (?:your |this |it )",
            r"recommend|spread the word|word of mouth|tell (?:all )?(?:your )?(?:friends|everyone)|feedback|thumbs",
            r"stock up|gift ideas?|don['’]?t miss|limited (?:time|edition|offer)|today only|treat yourself|(?<!no )hurry|"
            r"last chance",
            r"have you (?:seen|tried|heard|met|considered|checked)|fly(?:ing)? off|sell(?:ing)? (?:out|like)|"
            r"hot(?:test)? (?:seller|items?)",
            r"(?:just|newly) (?:launched|released|dropped|added|restocked)|why not (?:try|add|treat|pick|get|have|take)",
            r"(?:leav|drop|post|writ|giv|put)\w* (?:\w+ ){0,4}(?:review|testimonial|rating)s?|testimonials?|trustpilot|"
            r"yelp|google review",
            r"(?:a|your|kind|good|honest|nice|quick|glowing) (?:\w+ )?reviews?|"
            r"(?:see|view|browse|find|look at) (?:the rest|all|more) of (?:my|our)|"
            r"(?:rest of|all of) (?:my|our) (?:shop|"
            r"range|collection|line)",
            r"(?:explore|discover|check) (?:my|our|the (?:shop|store|site|website|full|new|whole|rest))",
            r"free (?:shipping|delivery) (?:on|for|over) (?:orders|everything|all|purchases)|two for|three for|bogo|half price",
            r"(?:perfect|ideal|great|lovely|wonderful) (?:gift|present|companion|match|addition|complement)|prices? (?:go|"
            r"goes|going) up",
            r"while (?:stocks?|supplies) lasts?|don['’]?t forget to|giveaway|raffle|loyalty (?:program|club|points|card)|"
            r"referral|refer a",
            r"(?:my|our) (?:channel|blog|podcast|insta\w*|youtube)|youtube|twitter|favou?rite (?:my|our|the) shop|membership",
            r"(?:pair|go|work|look)(?:es|s)? (?:well|nicely|perfectly|great|beautifully|lovely) with|bundle (?:and|deal|offer|"
            r"up)|bundles? of",
        ),
    ),
    Rule(
        "T12",
        Level.ERROR,
        any_of(
            r"store credit",
            r"shop credit",
            r"credit (?:note|voucher)",
            r"(?:in place|instead|in lieu) of (?:a |your |the |any )?(?:\w+ )?(?:refund|money)",
            r"credit (?:to|on|toward|towards|for|with) (?:your |a |the |us |our )?(?:next|future|account|store|shop|order|"
            r"purchase)?",
            r"rather than (?:a |your )?(?:refund|money)",
            r"refund(?:ed)? (?:\w+ )?(?:as|in(?: the form of)?|by way of) (?:a |an )?(?:\w+ )?(?:credit|voucher|gift card|"
            r"coupon)",
            r"(?:not|no|cannot|can['’]?t|don['’]?t) (?:give |offer |issue )?(?:\w+ )?(?:cash )?refunds?,? (?:but|only)",
            r"credit (?:toward|towards|against|with|for|to|in|at)",
            r"(?:take|keep|have|accept) (?:the |your |some |our )?points|rather than (?:sending|giving|paying|handing) (?:it|"
            r"that|"
            r"you|the money|your)|(?:voucher|credit|coupon|token|card)s? (?:to|over|rather than|instead of|not) (?:cash|"
            r"money|refund\w*)",
            r"(?:shop|store) credits?|credit (?:instead|rather|only)|voucher (?:instead|only)|no cash(?! value)|"
            r"can(?:not|['’]?t) (?:really )?(?:do|give|offer|issue|process) (?:you )?(?:a |any )?(?:cash )?refunds?|"
            r"put (?:it|that|the money|your money|what you paid) (?:toward|towards|against|(?:on|into) (?:your |the |a |"
            r"an )?(?:\w+ )?(?:account|file|credit|voucher|something|anything))",
            r"refunds? (?:are|is|would be) (?:such |so |too |a )|turn (?:that|the|your|this) (?:money|payment|refund|sum|"
            r"amount)",
            r"(?:store|shop|account|your) (?:balance|wallet)",
            r"to spend (?:here|in|at|with|on)|good for (?:a |your |any )?(?:future|next|later|other)",
            r"exchange (?:only|for any|credit)|swap only",
            r"instead of (?:a |your |the |any )?(?:\w+ )?(?:refund|money|cash|payment)|(?:refund|money|cash),? (?:but|only)",
            r"(?:no|never|don['’]?t|do not|cannot|can['’]?t|not) (?!replace|affect|touch|change|reduce|"
            r"lower)(?:\w+ ){0,3}(?:refunds?|refunding|money back|"
            r"give money|cash back)",
            r"credited? (?:\w+ ){0,4}(?:account|store|shop|next|future)|(?:i|we)['’]?(?:ve| have)? credited you",
            rf"(?:keep|kept|hold|hang on to|carry|roll|apply|applied|put|turn|move|transfer|convert|set|leave|"
            rf"left)\w*\b{_REST}(?:{_MONEY}){_REST}\b(?:next|future|another|later|nicer|points|"
            r"credit|voucher|balance|file)",
            r"(?:voucher|gift card|gift certificate|coupon|token) (?:for|worth|in the amount|to the value|"
            r"covering)\b[^.]*\b(?:paid|price|amount|(?:this|your|the) order|full|refund)",
            r"(?:refund|money|payment)\b[^.]*\b(?:as|into|in the form of|to) (?:a |an )?(?:\w+ )?(?:voucher|gift card|"
            r"credit|coupon|token)",
            # So much money comes as a piece of paper, or a piece of paper for so much money.
            rf"(?:{_MONEY}|issued|returned|refunded|repaid){_REST}\b(?:as|into|in the form of|by way of|by means of|"
            rf"by) (?:an? )?(?:\w+ )?{_TOKEN}",
            rf"{_TOKEN} (?:for|of|to|in|covering|at|with|worth|equal to) (?:the |that |an? |its |all |every )?(?:same|full|"
            rf"equal|whole|entire|equivalent|exact|total) \w+",
            rf"{_TOKEN} (?:for|of|worth|covering|to the value of|to the tune of) (?:what|whatever|everything|all|the (?:sum|"
            rf"amount|price|money)|your (?:money|payment)|(?:the )?[$€£₹]\d[\d.,]*(?: that)? you (?:paid|spent))",
            rf"{_TOKEN} (?:will|would|should|has to|is all|is what|only)\b[^.]*\b(?:do|instead|cover|offer|replace)|(?:only|"
            rf"just) (?:in|by|as|via|with) (?:an? )?{_TOKEN}",
            rf"(?:instead of|rather than|in place of|in lieu of|not|no|n['’]?t) (?:\w+ ){{0,3}}(?:refund\w*|cash|"
            rf"money(?: back)?|paying (?:it|you) back)\b[^.]*\b{_TOKEN}",
            rf"(?:rather|sooner|prefer\w*)\b[^.]*\b{_TOKEN}\b[^.]*\bthan (?:\w+ ){{0,2}}(?:refund\w*|cash|money)",
            rf"{_TOKEN}\b[^.]*\b(?:instead of|rather than|in place of|in lieu of|not) (?:\w+ ){{0,2}}(?:refund\w*|cash|money|"
            rf"paying|sending)",
            r"only (?:able to )?(?:give|offer|issue|provide) (?:you )?(?:a |an )?(?:\w+ )?(?:credit|voucher|exchange|coupon)s?",
            rf"(?:{_MONEY}){_REST}\b(?:put|counts?|counted|go|goes|appl\w+|used?|set) (?:toward|towards|against)",
            r"than (?:refund|pay|(?:send|give|return)(?: (?:you|it|the|your|that|any)){0,2} (?:back|money|cash|refund|payment|"
            r"sum|amount))\b",
            r"(?:becomes?|turns? into|convert\w* (?:in)?to|goes? (?:in)?to|(?:comes?|came) (?:back )?as|paid (?:back |"
            r"out )?(?:as|in)|"
            r"returned as|given as) (?:\w+ ){0,3}(?:points|credits?|vouchers?|tokens?|coupons?|gift cards?|balance)",
            r"(?:held|kept|saved|banked|parked|stays?|remains?|sits?|sitting|waiting) (?:\w+ ){0,3}(?:on (?:file|account|"
            r"the books)|"
            r"for (?:whatever|your next|next time|a future|another|later)|with (?:us|me)|in (?:the|my|our) (?:till|shop|"
            r"books))",
            r"(?:all|best|most) (?:that )?(?:i|we) (?:can|could) (?:do|offer|give|manage) is\b[^.]*\b(?:credit|voucher|"
            r"coupon|exchange|"
            r"gift card|swap|token)",
            r"(?:use|spend|redeem) (?:it|that|the (?:money|amount|sum|value)) (?:on|at|in|for|toward\w*) (?:anything|"
            r"something|another|"
            r"your next|whatever|the shop)",
            r"in exchange for (?:a |the |your )?(?:refund|money)|refunds? (?:are|is) (?:not|only|never)|no[- ]refunds?|"
            r"non-?refundable",
            r"(?:choose|pick|select) (?:something|anything|another|other)\b[^.]*\b(?:value|amount|worth|for the (?:money|"
            r"price|sum))",
            r"(?:equal|same|equivalent) value|(?:voucher|gift card|credit|token)s? (?:instead|rather)|shop points|"
            r"reward points",
            r"(?:issu|giv|add|load|put)(?:ed|en|ing)? (?:you |it )?(?:as )?(?:a |an )?(?:\w+ ){0,2}(?:store |"
            r"shop )?(?:credit|balance)",
        ),
        unless=any_of("credit card"),
    ),
)
