"""What a letter must not sell: other goods, itself, or credit in place of money."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, any_of

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
            r"you (?:may|might) also",
            r"new arrivals|new collection|latest collection|best ?sellers?",
            r"while you(?:['’]re| are)? (?:wait|waiting|at it|here)",
            r"our (?:\w+ )?sale",
            r"(?:now|are|is|everything|currently|also|just) on sale",
            r"upgrade",
            r"(?:tell|recommend us to) (?:your )?(?:friends|family)",
            r"shop (?:our|now|with)",
            r"special offers?",
            r"add (?:\w+ ){1,4}to your (?:order|cart|basket)",
            r"rat(?:e|ing) (?:me|us|my|our|this|the)|(?:low|high|five|5|four|gold) stars?|stars",
            r"(?:customers|people|those|buyers|shoppers) who (?:bought|buy|order|ordered|love|like)",
            r"(?:also|simply|just|absolutely) (?:love|adore|enjoy|like|comes? in)",
            r"(?:order|buy|get|grab|pick up|take) (?:two|one|a second|another|a third|more|both|yours)",
            r"(?:finest|best|lowest|cheapest|nicest|top)\b[^.]*\b(?:on the market|in town|anywhere|around|online|prices?)",
            r"only [$€£]\d+|just [$€£]\d+|(?:save|from) [$€£]\d+",
            r"\d+ ?(?:%|percent) off (?:everything|all|our|my|sitewide|the|anything)",
            r"sale (?:ends|runs|starts|is|now)|clearance|bargains?|deals?|flash sale|black friday|cyber monday",
            r"(?:our|my) other|(?:our|my) (?:new|latest|full|whole|entire|spring|summer|autumn|fall|winter|christmas|"
            r"holiday)",
            r"subscri\w+|sign up|mailing list|follow (?:me|my|our)|tag (?:us|me)|hashtag|share (?:a |your |this |it )",
            r"recommend|spread the word|word of mouth|tell (?:all )?(?:your )?(?:friends|everyone)|feedback|thumbs",
            r"stock up|gift ideas?|don[\'’]t miss|limited (?:time|edition|offer)|today only|treat yourself|hurry|last chance",
            r"(?:pair|go|work|look)(?:es|s)? (?:well|nicely|perfectly|great|beautifully|lovely) with|match(?:es|"
            r"ing) \w+|bundle",
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
            r"(?:not|no|cannot|can['’]t|don['’]t) (?:give |offer |issue )?(?:\w+ )?(?:cash )?refunds?,? (?:but|only)",
            r"credit (?:toward|towards|against|with|for|to|in|at)",
            r"(?:store|shop|account|your) (?:balance|wallet)",
            r"to spend (?:here|in|at|with|on)|good for (?:a |your |any )?(?:future|next|later|other)",
            r"exchange (?:only|for any|it for|credit)|may exchange|swap only",
            r"instead of (?:a |your |the |any )?(?:\w+ )?(?:refund|money|cash|payment)|(?:refund|money|cash),? (?:but|only)",
            r"(?:no|never|don[\'’]t|do not|cannot|can[\'’]t|not) (?:\w+ ){0,3}(?:refunds?|refunding|money back|"
            r"give money|cash back)",
            r"credited? (?:\w+ ){0,4}(?:account|store|shop|next|future)|(?:i|we)[\'’]?(?:ve| have)? credited you",
            r"(?:keep|hold|hang on to|carry|roll|apply|put|turn|move|transfer|convert)\b[^.]*\b(?:next|future|another|"
            r"credit|voucher|balance|file)",
            r"(?:voucher|gift card|gift certificate|coupon|token) (?:for|worth|in the amount|to the value|"
            r"covering)\b[^.]*\b(?:paid|price|amount|order|full|refund)",
            r"(?:refund|money|payment)\b[^.]*\b(?:as|into|in the form of|to) (?:a |an )?(?:\w+ )?(?:voucher|gift card|"
            r"credit|coupon|token)",
            r"only (?:able to )?(?:give|offer|issue|provide) (?:you )?(?:a |an )?(?:\w+ )?(?:credit|voucher|exchange|coupon)",
            r"than (?:send|give|return|refund|pay)\b",
        ),
        unless=any_of("credit card"),
    ),
)
