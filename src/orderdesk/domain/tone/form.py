"""How a letter must not look: loud, unfinished, with dates in figures, to nobody."""

from __future__ import annotations

import re

from orderdesk.domain.tone.patterns import Level, Rule, Words

FORM = (
    Rule(
        "T13",
        Level.ERROR,
        re.compile(
            r"!|[\u2600-\u27bf\U0001f300-\U0001faff]"
            r"|(?<![\w-])(?<!\b[Cc]ode )(?!(?:USPS|ISBN|IKEA|LEGO|HDMI|NASA|YMCA|IBAN|PVC|SKU|SARL|SASU|EURL|SEPA)\b)"
            r"[A-ZÀ-ÖØ-Þ]{4,}(?![\w-])"
        ),
        reads=Words.ALL,
    ),
    Rule(
        "T15",
        Level.ERROR,
        re.compile(
            r"[{}<>\[\]]|\bNone\b(?! of)|\b(?:NaN|nan|TBD|TBA|TBC|N/A|null|undefined|NULL|TODO|lorem ipsum)\b|%\w+%?|"
            r"_{2,}|\?{2,}|#(?:REF|N/A)|"
            r"\b(?:insert|enter|add|your|fill in) (?:\w+ ){0,2}(?<!is )(?<!are )here\b|\b(?:CUSTOMER|FIRST|LAST|ORDER|PRODUCT|"
            r"ITEM) ?(?:NAME|NUMBER|NO)\b|"
            r"\bx{2,}\b|\bX{2,}\b|"
            r"\((?:date|name|amount|number|order|product|item|price|address|time|day|your name|customer|shop)\)|"
            r"\bINSERT\b|\bXYZ\b|\bblah\b|\.{4,}|(?<![\w@./-])[a-z]+_[a-z_]+(?![\w@.])|(?<!\d[ \u00a0\u202f])\$[A-Za-z]\w*"
        ),
        reads=Words.ALL,
    ),
    Rule(
        "T16",
        Level.ERROR,
        re.compile(
            r"(?<![\w$€£¥.,-])(?<![$€£¥][ \u00a0])(?<![A-Z]{3}[ \u00a0])"
            r"(?:\d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d{2}-\d{2}|\d{1,2}-\d{1,2}-\d{2,4})"
            r"(?![\w%-]|[ \u00a0]?€|[ \u00a0]?(?:Uhr|USD|EUR|GBP|cm|mm|m|kg|g|in|inch|inches|oz|lb|ft|qt|l)\b)"
        ),
        reads=Words.ALL,
    ),
    Rule(
        "T18",
        Level.ERROR,
        re.compile(
            r"^(?:dear|hello|hi|hey|greetings,?|good (?:day|morning|afternoon|evening),?) (?:valued |esteemed |dear |"
            r"our |loyal |most )*(?:customer|client|buyer|shopper|"
            r"sirs?|madam|sir/madam|"
            r"friends?|user|member|guest|purchaser|patron|all|account holder|etsy|ebay|amazon|there|everyone|everybody|folks|"
            r"fellow|again\W*$|\w+[- ](?:lover|fan|enthusiast|collector|aficionado|number|holder)s?|"
            r"reader|recipient|ma['’]?am|ladies|gentlem[ae]n|whoever|you|seller|owner)\b|\bto whom(?:ever)? it may concern\b|"
            r"\bdear (?:sirs?|madam)\b|^greetings\b|^(?:to (?:our|the|all|whoever)|attention|attn)\b[^.]*"
            r"\b(?:customers?|buyers?|purchasers?|clients?|ordered)\b",
            re.IGNORECASE,
        ),
        reads=Words.WITH_NAMES,
    ),
)
