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
            r"(?:sorry|apologies)(?: \w+)?,? (?:and )?(?:sorry|again,? and again|once more)",
            r"how (?:\w+ )?sorry",
            r"(?:implore|plead|grovel\w*|on (?:my|our) knees|pray (?:that )?you)",
            r"(?:we|i) (?:have |had )?failed (?:\w+ )?(?:you|miserably|completely)",
            r"(?:forgive|live with) (?:myself|ourselves)",
            r"(?:kick|hat)(?:e|ing) (?:myself|ourselves)",
            r"(?:lose|lost|losing) sleep",
            r"sick (?:about|over|to (?:my|our) stomach)",
        ),
    ),
    Rule(
        "T04",
        Level.ERROR,
        any_of(
            rf"{_APOLOGY_WORD},? (?:if|but)",
            rf"{_APOLOGY_WORD}(?: that)? you (?:feel|felt|think|are upset|were upset|find|found)",
            rf"{_APOLOGY_WORD} for (?:any|whatever)",
            r"any (?:\w+ )?(?:inconvenience|trouble|hassle|disappointment|confusion|frustration|upset)",
            r"(?:may|might|could) have (?:been )?(?:caused|upset|inconvenienced|disappointed|led)",
            r"(?:may|might|could) (?:cause|be causing)",
            r"inconveniences?",
            r"regret(?:s|fully)? to (?:inform|say|tell|announce|advise|report|let)",
            r"mistakes were made",
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
