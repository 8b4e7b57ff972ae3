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
            rf"{_INTENSE}(?: \w+){{0,2}} {_APOLOGY_WORD}",
            rf"{_APOLOGY_WORD} (?:\w+ )?(?:deeply|sincerely|profusely|unreservedly|wholeheartedly|humbly|again and again|"
            rf"a thousand times)",
            r"mortified",
            r"ashamed",
            r"embarrass\w+",
            r"inexcusabl[ey]",
            r"unforgivabl[ey]",
            r"unacceptabl[ey]",
            r"beg(?:ging)?",
            r"(?:we|i) feel (?:\w+ )?(?:terrible|awful|horrible|dreadful|bad|sick|wretched)",
            r"let(?:ting)? you down",
            r"fail(?:ed|ing)? you",
            r"heartbroken",
            r"devastated",
            r"(?:can['’]t|cannot|can not) apologi[sz]e enough",
            r"words can(?:not|['’]t)",
            r"disgrace\w*",
            r"hang our heads",
            r"so+,? so+,? sorry|soo+ sorry|such an? (?:\w+ )?(?:idiot|fool|mess|failure|screw-?up|dope|klutz)|"
            r"can(?:not|[’']t) (?:tell|express|say|believe) (?:you )?how|(?:ever )?forgive (?:me|us)|hang(?:ing|s)? (?:my|"
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
            r"(?:i am|i[\'’]m|we are|we[\'’]re|i feel|we feel) (?:\w+ ){0,2}(?:awful|sick|wretched|gutted|crushed|guilty|"
            r"distraught|shattered)",
            r"mortif\w+|shame\w*|appall\w+|humiliat\w+|heartsick|abject\w*|atone\w*|make amends|mercy|groveling|"
            r"there is no excuse|no excuse",
            r"(?:weigh(?:s|ed|ing)? on|kept|keeps|keeping) (?:me|us|my|our)(?: \w+)? (?:up|awake|mind|conscience|heart)|"
            r"break(?:s|ing)? (?:my|our) heart",
            r"(?:don[\'’]t|do not) deserve (?:you|your|such|customers?)|hang (?:my|our) head|throw (?:myself|ourselves)|"
            r"not worthy",
            r"sick (?:about|over|to (?:my|our) stomach)",
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
            rf"{_APOLOGY_WORD}(?: that)? you (?:feel|felt|think|are upset|were upset|find|found)",
            rf"{_APOLOGY_WORD} for (?:any|whatever)",
            r"any (?:\w+ )?(?:inconvenience|trouble|hassle|disappointment|confusion|frustration|upset)",
            r"(?:may|might|could) have (?:been )?(?:caused|upset|inconvenienced|disappointed|led)",
            r"(?:may|might|could) (?:cause|be causing)",
            r"inconveniences?",
            r"regret(?:s|fully)? to (?:inform|say|tell|announce|advise|report|let)",
            r"mistakes were made",
            r"(?:a )?(?:pity|shame) (?:that )?you",
            r"if (?:this|that|it|we) (?:has |have )?(?:caused|upset|offended|disappointed|inconvenienced)\w*",
            rf"{_APOLOGY_WORD} (?:that )?you (?:see|saw|take|took|got|are|were|had|have had|expected|believe|consider|"
            rf"did not|didn[\'’]t)",
            rf"{_APOLOGY_WORD}\b[^.;:]*\b(?:if|in case) (?:you (?:feel|felt|were|are|found|find|have)|the|this|that|it|"
            rf"my|our|any\w*)",
            rf"(?:if|in case|should) (?:you (?:feel|felt|were|are|found|find|have)|the|this|that|it|my|our|"
            rf"any\w*)\b[^.;:]*\b{_APOLOGY_WORD}",
            r"(?:anyone|anybody|those|whoever|customers) (?:who )?(?:may|might|was|were|felt|feels?)",
            r"to (?:the|whatever) extent",
            r"(?:may|might) (?:have )?(?:felt?|feel|find|found|seemed?)",
            r"(?:it is )?(?:regrettable|unfortunate) that",
        ),
    ),
)
