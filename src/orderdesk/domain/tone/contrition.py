"""How an apology goes wrong: too much of it, or none at all."""

from __future__ import annotations

from orderdesk.domain.tone.patterns import Level, Rule, any_of

_INTENSE = (
    r"(?:so|very|deeply|deepest|sincere|sincerely|sincerest|truly|terribly|most|extremely|really|profound|profoundly|"
    r"profusely|"
    r"heartfelt|awfully|incredibly|genuinely|wholehearted|wholeheartedly|unreserved|unreservedly|humble|humbly|dreadfully|"
    r"enormously|hugely|immensely|beyond|abject|eternally|thousand|million)"
)
_APOLOGY_WORD = r"(?:sorry|apolog\w+|regret\w*|forgiveness|pardon)"

CONTRITION = (
    Rule(
        "T03",
        Level.ERROR,
        any_of(
            rf"{_INTENSE}(?: \w+){{0,2}} {_APOLOGY_WORD}|more (?:\w+ly )?(?:sorry|apologetic)|"
            r"(?!(?:only|simply|merely|hardly|family|early)\b)\w+ly sorry|"
            rf"{_APOLOGY_WORD}\b[^.;]*\b(?:beyond (?:words|measure|belief)|(?:knows?|has|have) no (?:bounds|end|limits?))",
            rf"{_APOLOGY_WORD} (?:\w+ )?(?:deeply|sincerely|profusely|unreservedly|wholeheartedly|humbly|again and again|"
            rf"a thousand times)",
            r"mortified",
            r"ashamed",
            r"embarrass\w+",
            r"inexcusabl[ey]",
            r"unforgivabl[ey]",
            r"unacceptabl[ey]",
            r"beg(?:ging)?(?! your pardon)",
            r"(?:we|i) feel (?:\w+ )?(?:terrible|awful|horrible|dreadful|bad|sick|wretched|rotten|lousy|miserable)",
            r"let(?:ting)? you (?:(?:\w+ly|so|very|all|both|right|and your \w+) )*down",
            r"(?:can(?:not|['’]?t)|could(?: not|n['’]?t)|hardly|hard to) bear to",
            r"fail(?:ed|ing)? you",
            r"heartbroken",
            r"devastated",
            r"(?:can['’]?t|cannot|can not) apologi[sz]e enough",
            r"words can(?:not|['’]?t)",
            r"disgrace\w*",
            r"hang our heads",
            r"so+,? so+,? sorry|soo+ sorry|such an? (?:\w+ )?(?:idiot|fool|mess|failure|screw-?up|dope|klutz)|"
            r"can(?:not|['’]?t) (?:tell|express|say|believe) (?:you )?how|ever (?:\w+ )?forgive|hang(?:ing|s)? (?:my|"
            r"our) head|bended knee|please,? please|i really do|we really do|find it in your heart|"
            r"plain and simple",
            r"(?:foolish|stupid|silly|useless|hopeless) (?:old |little )?(?:me|man|woman|seller|shop\w*|book\w*|fool|idiot)",
            r"(?:idiot|moron|numpty|fool)s?|egg on (?:my|our) face|red[- ]faced|blush\w*|cringe\w*|squirm\w*|tail between",
            r"(?:sorry|apologies)(?: \w+)?,? (?:and )?(?:sorry|again,? and again|once more)",
            r"how (?:\w+ )?sorry",
            r"(?:implore|plead|grovel\w*|on (?:my|our) knees|pray (?:that )?you)",
            r"(?:we|i) (?:have |had )?failed (?:\w+ )?(?:you|miserably|completely)",
            r"(?:forgive|live with) (?:myself|ourselves)",
            r"(?:kick|hat)(?:e|ing) (?:myself|ourselves)",
            r"(?:lose|lost|losing) sleep",
            r"(?:worst|terrible|awful|lousy|horrible) (?:seller|shop|shopkeeper|person|human)",
            r"(?:i|we) (?:cried|wept|cringed?|winced?)",
            r"(?:owe|owed) you (?:a (?:thousand|million|huge|big|massive)|more than)|from the bottom of|beside (?:myself|"
            r"ourselves)",
            r"(?:thousand|million) (?:times|apologies|pardons)|deserved? (?:so much |far |much )?better",
            r"(?:i am|i['’]m|we are|we['’]re|i feel|we feel) (?:\w+ ){0,2}(?:awful|sick|wretched|gutted|crushed|guilty|"
            r"distraught|shattered)",
            r"mortif\w+|shame\w*|appall\w+|humiliat\w+|heartsick|abject\w*|atone\w*|make amends|mercy|groveling|"
            r"there is no excuse|no excuse|(?:nothing|never|cannot|can['’]?t)\b[^.]*\bmake up for",
            r"(?:weigh(?:s|ed|ing)? on|kept|keeps|keeping) (?:me|us|my|our)(?: \w+)? (?:up|awake|mind|conscience|heart)|"
            r"(?:break|broke|tear|tore)(?:s|ing)? (?:my|our) hearts?|"
            r"(?:it|this|that) (?:\w+ )?(?:pain|griev|hurt|sadden|kill|gut|crush|shame|upset)(?:e?s|ed) (?:me|us)|"
            r"it(?:['’]s| is| was) (?:killing|eating) (?:at )?(?:me|us)",
            r"(?:don['’]?t|do not) deserve (?:you|your|such|customers?)|hang (?:my|our) head|throw (?:myself|ourselves)|"
            r"not worthy",
            r"sick (?:about|over|to (?:my|our) stomach|with)",
            r"(?:could|want to|wanted to|going to|about to|nearly|almost|started|made \w+) (?:\w+ )?(?:cry|cried|weep|wept|"
            r"scream|die|died|sob|sink)|in tears|"
            r"tears (?:in|to|came|are|were|well)\w*|sobb\w+|(?:haven['’]?t|have not|can['’]?t|cannot|couldn['’]?t|didn['’]?t|"
            r"not|hardly|barely) (?:\w+ )?(?:sleep|slept|eat|eaten)|"
            r"swallow (?:me|us)|crawl (?:\w+ )?(?:under|into)|hide (?:my|our) face|show (?:my|our) face|look (?:you|myself|"
            r"ourselves) in the|(?:my|our) heart(?:s)? (?:sank|sinks|aches?|ached|"
            r"bleeds?|is|are|goes)|heavy hearts?|all (?:my|our) heart|guilt(?:y|-ridden)?|remorse\w*|anguish\w*|torment\w*|"
            r"haunt(?:s|ed|ing) (?:me|us)|sorrier|"
            r"(?:sorry|apology|apologies|sorrys?|words?) (?:\w+ )?(?:isn['’]?t|is not|aren['’]?t|are not|doesn['’]?t|does not|"
            r"don['’]?t|do not|never|fail|hardly|barely|cannot|can['’]?t) ?(?:enough|"
            r"begin|cover|cut|express|do|say|describe|me|us)|(?:sorry|apologi[sz]e) (?:often )?enough|no words|cannot begin|"
            r"can['’]?t begin|(?:feel|feeling|felt) like (?:a|an|the) (?:\w+ )?(?:heel|jerk|"
            r"fraud|failure|monster|fool|idiot|worm|villain|criminal|liar|worst|rat|thief)|humble pie|every (?:right|"
            r"reason) to (?:be|hate|never|shout)|sack ?cloth|(?:we|i) (?:have )?(?:broken|broke|betrayed|"
            r"abused) your (?:trust|faith)|what (?:a|kind of) (?:idiot|fool|shop|person|seller|disgrace)|unpardonabl[ey]|"
            r"indefensibl[ey]|despicabl[ey]",
        ),
    ),
    Rule(
        "T04",
        Level.ERROR,
        any_of(
            rf"{_APOLOGY_WORD},? (?:if|but|although|though|even though|however|except)",
            r"sorry to (?:say|inform|tell you|report|advise|announce|let you know)",
            r"(?:sorry|apolog\w+|regret) (?:about|for) (?:how|the way|what) (?:you|it|this|that|things|may|might)",
            r"(?:perceived|apparent|alleged|possible|potential|so-called) (?:delay|inconvenience|lateness|slowness|trouble)",
            r"whatever (?:trouble|inconvenience|bother|upset|frustration|worry|hassle)",
            r"any (?:\w+ )?(?:bother|annoyance|distress|worry|irritation|unpleasantness|misunderstanding|offense|offence|"
            r"delay)",
            r"(?:apolog\w+|sorry) (?:to (?:anyone|those|all|everyone|any)|on behalf of|in advance)",
            r"(?:owe|consider|take|call) (?:you |this |it |that )?(?:as )?(?:an apology|a sorry)[^.]*\b(?:if|though|"
            r"although|perhaps)",
            rf"{_APOLOGY_WORD}(?: that)? you (?:feel|felt|think|find|found)|(?:sorry|apolog\w+) to (?:hear|learn|see|"
            rf"read) (?:that )?(?:you|about your)",
            rf"{_APOLOGY_WORD} for (?:any|whatever)",
            r"any (?:\w+ )?(?:inconvenience|trouble|hassle|disappointment|confusion|frustration|upset)",
            r"(?:may|might|could) have (?:been )?(?:caused|upset|inconvenienced|disappointed|led)",
            r"(?:may|might|could) (?:cause|be causing)",
            r"inconveniences?",
            r"regret(?:s|fully)? (?:having )?to (?:have to )?(?:inform|say|tell|announce|advise|report|let|write)",
            r"mistakes were made",
            r"(?:a )?(?:pity|shame) (?:that )?you",
            r"if (?:this|that|it|we) (?:has |have )?(?:caused|upset|offended|disappointed|inconvenienced)\w*",
            rf"{_APOLOGY_WORD} (?:that )?you(?: |(?=['’]))(?:see|saw|take|took|expected|believe|consider|seem|perceive|"
            rf"misunderst\w+|had to (?:see|take|feel|find)|"
            rf"(?:are|were|had been|have been) (?:expecting|hoping|counting|led|under)|"
            rf"(?:are|were|got|have been|['’]re|feel|felt) (?:\w+ )?(?:upset|unhappy|disappointed|annoyed|offended|angry|"
            rf"cross|bothered|not happy|dissatisfied|"
            rf"put out|put off|frustrated|confused|inconvenienced|of the opinion|under the|let down|hurt|so \w+|that \w+)|"
            rf"(?:did not|didn['’]?t) (?:like|see|read|understand|reali[sz]e|find|enjoy|notice|expect|check|know|appreciate)|"
            rf"had (?:the (?:impression|feeling|wrong)|expected|hoped|other|different|a (?:bad|poor|wrong)))",
            rf"{_APOLOGY_WORD}\b[^.;:]*(?<!and )(?<!but )\b(?:should (?!be|have|arrive|reach|ship|go|come|get)|if |"
            rf"in case )(?:(?:you|we|i) (?:feel|felt|were|are|found|find|have|had|gave|made|caused|seem\w*|let|upset|led|did)|"
            rf"there|anything|anyone|anybody|plans|the|this|that|it|"
            rf"my|our|any\w*)",
            rf"(?:if|in case|should) (?:(?:you|we|i) (?:feel|felt|were|are|found|find|have|had|gave|made|caused|seem\w*|let|"
            rf"upset|led|did)|the|this|that|it|my|our|there|plans|"
            rf"any\w*)\b[^.;:]*\b{_APOLOGY_WORD}",
            r"(?:anyone|anybody|those|whoever|customers) (?:who )?(?:may|might|was|were|felt|feels?)",
            r"to (?:the|whatever) (?:extent|degree)|in ?so ?far as|(?:sorry|apolog\w+)[^.;:]*\b(?:if|where|as) (?:needed|"
            r"necessary|required|so|at all|warranted|appropriate|due)",
            r"with (?:\w+ )?regret (?:that|to)|it is with (?:\w+ ){0,2}(?:regret|sadness|sorrow)|regrets? (?:is|"
            r"are) (?:extended|expressed)|much to (?:my|our) regret",
            # Taken back in the same breath.
            rf"{_APOLOGY_WORD}\b[^.;:]*\b(?:though|although|mind you|in fairness|to be fair|then again|in (?:my|"
            rf"our) defen[cs]e|i guess|i suppose|we guess|we suppose|not sorry)",
            rf"{_APOLOGY_WORD}\b[^.;:]*,? but (?:you|that|these|those|things|what|honest\w*|frankly|really|to be|as|such|"
            rf"nobody|no one|everyone|not|it(?:['’]s| is| was) (?:not|hardly|normal|only|just)|"
            rf"(?:i|we) (?:did|can(?:no|['’]?)t|don['’]?t|never|only)|please|[^.;:]*\b(?:takes? time|normal|usual|common)|"
            rf"\w+ (?:days|weeks|months) (?:is|isn['’]?t))",
            rf"{_APOLOGY_WORD}\b[^.;]*\b(?:that['’]?s (?:just |simply )?(?:how|the way|life|what)|these things (?:happen|"
            rf"take)|(?:stuff|things|life|it) happens?|such is|what can (?:i|we|you)|please everyone)",
            r"(?:i|we) (?:suppose|guess|imagine) [^.]*\b(?:sorry|apolog\w+)|(?:i|we)(?:['’]d| would| might|"
            r" could) (?:perhaps |even |maybe |almost )?apologi[sz]e|if (?:it|that) makes you feel|"
            r"apolog(?:y|ies) (?:is|are) (?:hereby |herewith |of course )?(?:offered|extended|tendered)|apolog(?:y|"
            r"ies) (?:where|if|as) \w+",
            r"(?:sorry|apolog\w+|regret)\b[^.]*\b(?:some (?:customers|people|buyers|of you)|as you (?:put|see|call)|"
            r"in your (?:eyes|view|opinion)|what you (?:call|see|perceive)|you seem)",
            r"(?:sorry|apolog\w+) for your (?:\w+ )?(?:misunderstanding|confusion|disappointment|frustration|feelings|"
            r"annoyance|upset)",
            r"(?:may|might) (?:have )?(?:felt?|feel|find|found|seemed?)",
            r"(?:it is )?(?:regrettable|unfortunate) that",
        ),
    ),
)
