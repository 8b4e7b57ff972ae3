"""What a letter must not promise: more than anybody can keep."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, any_of

PROMISES = (
    Rule(
        "T08",
        Level.ERROR,
        any_of(
            r"guarantee\w*",
            r"never again",
            # Of a shop, not of what clay does.
            r"(?:(?:we|i|you|they|orders?|parcels?|deliver\w+|will|shall|can|have|must)(?: \w+)?|['’](?:ll|ve|re|m)|and|"
            r"but) always|"
            r"always (?:be|on|in|here|there|ship|deliver|keep|do|get|have|arrive|come|a|the|your|my|our)",
            r"rest assured",
            r"(?:do|be) better",
            r"(?:will not|won['’]?t|never|not going to) (?:ever )?happen(?: \w+)? ?(?:again)?",
            r"(?:we|i) (?:can )?(?:promise|swear|vow)",
            r"(?:you have|it is|on) (?:my|our) (?:word|promise|honor)",
            r"scout['’]?s honou?r|you won['’]?t be (?:sorry|disappointed)|trust me|no worries|don['’]?t (?:you )?worry|"
            r"not to worry|for certain|"
            r"(?:i|we)(?:['’]ll| will) make sure|make sure (?:this|it|that) (?:never|doesn|does not)|(?:100|one hundred|"
            r"a hundred) ?(?:%|percent|per cent)|no ifs|not ever|(?:nothing|nobody|no one|"
            r"no \w+)\b[^.]*\bever",
            r"no matter what",
            r"without fail",
            r"(?:won['’]?t|will not|never) be (?:another|any more|a second) (?:delay|wait|slip|late|time|surprise|change)\w*",
            r"no (?!(?:longer|more)\b)\w+\b[^.,;]*\bwill\b[^.,;]*\bagain|(?:is|are|['’]s|['’]re) sure to",
            r"every single time",
            r"(?:you can be|be) (?:assured|certain|sure) that",
            r"last time (?:this|it)",
            r"make (?:it|this|that) up to you",
            r"mark my words",
            r"(?:cross|hand on) my heart",
            r"(?:definitely|certainly|absolutely (?!mortified|no need|free|fine)|undoubtedly|surely|for sure|without (?:a |"
            r"any )?doubt|beyond doubt)",
            r"(?:count|depend|rely|bank|bet) on (?:it|this|that|me|us)",
            r"(?:ever again|once and for all)|from (?:now|here) on(?: out)?,? (?:we|i|your?|all|every|nothing|no|each|it)",
            r"in (?:the )?future,? (?:we|i|you|all|every|this|there|my|our)",
            r"under no circumstances",
            r"(?:will|shall) (?:never|forever)",
            r"(?:every|each) (?:single )?(?:order|parcel|time|customer)\b[^.]*\bwill",
            r"nothing (?:will|can|could) (?!be (?:charged|billed|taken|shipped|sent))(?!be until)",
            r"(?:zero|no) (?:chance|risk|way)",
            r"learn(?:ed|t) (?:my|our|a|the) lesson",
            r"flawless(?:ly)?|foolproof|perfect (?:record|service|delivery|from)",
            r"(?:give|have) you my word|you have my (?:word|promise)",
            r"won['’]?t (?:ever|let) ",
            r"(?:whatever|all) it takes|(?:everything|all) in (?:my|our) power|day (?:or|and) night|mov(?:e|"
            r"ing) (?:heaven|mountains)",
            r"come (?:rain|hell|what may)|ironclad|iron-?clad|rock[- ]solid|bullet-?proof|watertight|sure thing|set in stone",
            r"a certainty|certain to|bound to|no doubt|solemn\w*|pledge\w*|vow\w*|oath|swear|sworn|without exception|"
            r"positively",
            r"(?:put|putting|set|setting) (?:\w+ ){0,3}(?:measures|systems|procedures|safeguards|checks)(?: \w+)? in place",
            r"(?:you|this|that|such a thing)(?:['’]ll| will| shall| need| are| is)? ?(?:not|won['’]?t|never|needn['’]?t|"
            r"aren['’]?t|isn['’]?t)\b[^.]*\b(?:again|ever|a second time|twice)|"
            r"(?:we|i)(?:['’]ll| will| shall)? ?(?:not|won['’]?t|never) (?:\w+ )?(?:let|keep|make you|miss|be late|slip|"
            r"do (?:this|that|it)|disappoint|fail)\b|"
            r"(?:i|we|and|can|do|let me) assure you|take it from (?:me|us)|cast-iron|(?:come|happen)s? what may|from this day|"
            r"fail-?safe|no exceptions|(?:each and every|every) time|"
            r"no more (?:delays|late|waits?|waiting|surprises|slip|excuses)|see to it that|(?:i|we)(?:['’]ll| will) (?:ensure|"
            r"make certain|make sure)|to the minute|on the dot|"
            r"(?:you can|you may|can) (?:be (?:sure|certain|confident)|trust|rely|depend|bank)|hope to die|for life|"
            r"till the end of|nothing to (?:fear|worry)|not a chance|one hundred per ?cent",
            r"(?:this|that|it)(?: kind of thing)? (?:will not|won['’]?t|can['’]?t|cannot|isn['’]?t going to|shall not) (?:be )?"
            r"(?:repeat\w*|recur|occur|happen)",
            r"(?:the|first and) last time|as long as (?:i|we) live|forever|eternally|all (?:of )?your future orders",
            r"(?:every|each|any|your) (?:future|next|coming) (?:order|parcel|purchase)s? (?:will|is going|are going|shall)",
            r"not (?:one|a single|a) (?:day|hour|minute|moment) (?:later|more|longer)|at (?:any|all) costs?|hold (?:me|us) to",
            r"(?:you['’]ll|you will|we['’]ll|i['’]ll) (?:never|always)|can never|could never|stake (?:my|our) |"
            r"my hand to god",
            r"(?:has|have) been (?:permanently |completely |totally )?(?:fixed|solved|sorted) (?:for good|permanently|"
            r"forever)|for good,",
        ),
        unless=any_of(
            r"(?:as|are|is) always|guarantees? (?:card|slip|certificate|booklet|period|form|papers?)|"
            r"guarantees? (?:of|for) \w+ (?:years|months)|years['’]? guarantee|always (?:be )?(?:reach|"
            r"write|call|contact|reply|ask|cancel|welcome|happy|yours)"
        ),
    ),
)
