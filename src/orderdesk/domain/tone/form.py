"""How a letter must not look: loud, unfinished, with dates in figures, to nobody."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import Level, Rule, Words

_GREETING = r"(?:dear|hello|hi|hiya|hey|howdy|greetings,?|good (?:day|morning|afternoon|evening),?)"

# The figure of a day or a month.
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

FORM = (
    Rule(
        "T13",
        Level.ERROR,
        re.compile(
            r"[!\u203c\u2049\u2600-\u27bf\u2b50-\u2b55\uff01\U0001f000-\U0001faff]"
            r"|(?<![\w-])(?<!\b[Cc]ode )(?!(?:USPS|SEUR|ISBN|IKEA|LEGO|HDMI|NASA|YMCA|IBAN|PVC|SKU|SARL|SASU|EURL|SEPA)\b)"
            # Letters without a vowel stand for a name.
            r"(?=[B-Z]*[AEIOUYÀ-ÖØ-Þ])[A-ZÀ-ÖØ-Þ]{4,}(?![\w-])"
        ),
        # What is quoted is a title or what to answer.
        reads=Words.WITH_NAMES,
    ),
    Rule(
        "T15",
        Level.ERROR,
        re.compile(
            r"[{}<>\[\]]|\bNone\b(?! of)|\b(?:NaN|nan(?!['’]s)|TBD|TBA|TBC|N/A|null|undefined|NULL|TODO|lorem ipsum)\b|%\w+%?|"
            r"_{2,}|\?{2,}|#(?:REF|N/A)|"
            r"\b(?:insert|enter|add|your|fill in) (?:\w+ ){0,2}(?<!is )(?<!are )here\b|"
            r"\b(?:(?:CUSTOMER|FIRST|LAST|ORDER|PRODUCT|ITEM) ?(?:NAME|NUMBER|NO)|"
            r"(?:[A-Z]+_)+(?:NAME|NUMBER|NO|DATE|CODE|AMOUNT|ADDRESS|ID|TITLE|LINK))\b|"
            r"\bx{2,}\b|(?<!\bMark )(?<!\bMk )(?<!\bPart )(?<!\bType )\bX{2,}\b|"
            r"(?i:\((?:(?:your|the|new|phone|order|tracking|customer|product|item|ship|shipping|delivery|first|last|shop|"
            r"store|refund|e-?mail|full) )*"
            r"(?:date|name|amount|number|order|product|item|price|address|time|day|customer|shop|link|code|email|phone|"
            r"tracking)\))|"
            r"(?i:\b(?:dd|mm|yyyy)(?:[/. -](?:dd|mm|yyyy|yy))+\b)|\b(?:tbd|tba|tbc)\b|\bX (?:days?|weeks?|items?)\b|"
            r"\b(?:[Ff]irst|[Ll]ast) ?[Nn]ame,|#{2,}|"
            # Nothing where a name or a date was to be.
            r"\b(?:the|on|by|of|for|is) (?:\.{3}|…)|(?<=[a-z] )(?:ITEM|DATE|NAME|AMOUNT|PRODUCT|ADDRESS|CUSTOMER|"
            r"NUMBER)\b(?! [A-Z]{2})|"
            r"(?<!\w)@(?:customer|name|first|buyer|order)|"
            r"\b(?:[Dd]ear|[Hh]ello|[Hh]i|on|by|for|your|of|to) +[,.](?!\w)|"
            r"\bINSERT\b|\bXYZ\b|\bblah\b|\.{4,}|(?<![\w@./-])[a-z]+_[a-z_]+(?![\w@.])|(?<!\d[ \u00a0\u202f])\$[A-Za-z]\w*"
        ),
        reads=Words.ALL,
    ),
    Rule(
        "T16",
        Level.ERROR,
        re.compile(
            r"(?<![\w$€£¥.,/-])(?<![$€£¥][ \u00a0])(?<![A-Z]{3}[ \u00a0])(?<!(?i:size) )(?<!(?i:version) )(?!24/7)"
            rf"(?:{_DAY}[/.]{_DAY}(?:[/.]\d{{2,4}})?|\d{{4}}[/.]{_DAY}(?:[/.]{_DAY})?|\d{{4}}-\d{{2}}-\d{{2}}|"
            rf"\d{{1,2}}-\d{{1,2}}-\d{{2,4}}|(?:(?<=\bby )|(?<=\bon )|(?<=\bbefore )|(?<=\buntil )|(?<=\bafter )){_DAY}-{_DAY}"
            r"(?=$|[.,;:)]|,? (?:and|or|at|if|to|we|i|you|please)\b))"
            r"(?![\w%-]|(?<=\b1/2|\b1/4|\b3/4|\b1/3|\b2/3|\b1/8)[ -](?!(?:and|or|at|from|to|with|by|in|we|i|you)\b)[a-z]|"
            r"[ \u00a0]?€|[ \u00a0]?(?:Uhr|USD|EUR|GBP|cm|mm|m|kg|g|in|inch|inches|oz|lb|ft|qt|l|of|cups?|lit(?:er|re)s?|"
            r"hours?|pounds?|kilos?|met(?:er|re)s?|yards?|"
            r"percent|miles?|stars?|ounces?|gallons?|amps?|volts?|feet|foot|x|by \d+|ml|mg|cl)\b)"
        ),
        reads=Words.ALL,
    ),
    Rule(
        "T18",
        Level.ERROR,
        re.compile(
            rf"^{_GREETING} (?:valued |respected |esteemed |dear |"
            r"our |loyal |most |online |recent |new |kind )*(?:customer|client|buyer|shopper|"
            r"sirs?|madam|sir/madam|"
            r"friends?|user|member|guest|purchaser|patron|all|account holder|etsy|ebay|amazon|"
            r"there(?!,? (?-i:[A-Z][a-z]+)(?:[,:]|\W*$))|everyone|everybody|folks|"
            r"fellow|again\W*$|\w+[- ](?:lover|fan|enthusiast|collector|aficionado|number|holder)s?|"
            r"y['’]?all|team|people|supporters?|subscribers?|parents?|neighbou?rs?|mister|miss\W*$|m[rs]s?\.?\W*$|"
            r"reader|recipient|ma['’]?am|ladies|gentlem[ae]n|whoever|you|seller|owner)\b|\bto whom(?:ever)? it may concern\b|"
            r"\bdear (?:sirs?|madam)\b|^greetings\b(?!,? (?-i:[A-Z]))|"
            # Nobody is named: the greeting stands alone, goes on at once or to a word without a capital.
            r"^(?:respected|esteemed|valued|honou?red) (?:sir|madam|customer|client|buyer|patron|member)|^salutations\b|"
            # "Hello," is what a letter says whose customer has no name.
            rf"^(?!hello,$){_GREETING}(?:,? (?:again|to you|there|once more|once again|from \w+)){{0,2}}(?:\W*$|"
            rf"[,.:;–—-]+ (?:i|we|it|"
            rf"this|that|you|your|the|a|an|just|thanks?|here|and|about|my|our|as|some|good|sorry|please)\b)|"
            r"^(?-i:Dear|Hello|Hi|Hey) (?!there\b|again\b|and\b|to you\b|once\b|from\b|old\b|my dear\b|"
            r"dear\b)(?-i:[a-z]{2,})\b|"
            r"^(?:to (?:our|the|all|whoever)|attention|attn)\b[^.]*"
            r"\b(?:customers?|buyers?|purchasers?|clients?|patrons?|supporters?|friends|members|shoppers|owners?|recipients?|"
            r"ordered)\b",
            re.IGNORECASE,
        ),
        reads=Words.WITH_NAMES,
    ),
)
