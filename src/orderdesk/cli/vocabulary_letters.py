"""The verbs about what is written and printed, and how it leaves, with their words."""

from __future__ import annotations

from orderdesk.cli import verbs_letters, verbs_messages, verbs_printing, verbs_words
from orderdesk.cli.grammar import ORDER, SETTINGS, Verb, whole, word
from orderdesk.documents.labels import LabelForm
from orderdesk.documents.messages import Channel
from orderdesk.documents.wording import LANGUAGES

_COUPON = word("--coupon", action="store_true", help="with the coupon, where the channel takes one")
_PRINTOUT = (
    word("--out", metavar="DIR"),
    word("--print", action="store_true", help="print it instead of making a file"),
    word("--printer", metavar="NAME", help="print it on that one"),
)

LETTERS = (
    Verb(
        "letter",
        "write that the wait is over, or what was canceled",
        verbs_letters.letter,
        (word("order"), word("about", choices=("good_news", "cancellation")), word("--out", metavar="DIR")),
    ),
    Verb("slip", "make a packing slip", verbs_letters.slip, (word("orders", nargs="+"), word("--out", metavar="DIR"))),
    Verb(
        "words",
        "list the words of letters, or put them in your own",
        verbs_words.words,
        (
            word("language", choices=LANGUAGES),
            word("name", nargs="?", metavar="NAME", help="a text's name, such as opening.apology"),
        ),
        (
            word("--set", metavar="TEXT", help="your own words"),
            word("--reset", action="store_true", help="the usual words again"),
        ),
        starts=lambda words: words.set is not None,
    ),
    Verb(
        "message",
        "the letter as a text to copy",
        verbs_messages.message,
        (
            ORDER,
            word(
                "--channel",
                choices=[channel.value for channel in Channel],
                help="where it goes; by default where the order is from",
            ),
            _COUPON,
            word("--copied", action="store_true", help="it is copied there: the customer counts as told"),
        ),
    ),
    Verb(
        "draft",
        "the letter as a draft for your mail program",
        verbs_messages.draft,
        (ORDER, _COUPON, word("--out", metavar="DIR")),
    ),
    Verb(
        "send",
        "e-mail the letter by the shop's mail server",
        verbs_messages.send,
        (ORDER, _COUPON, word("--again", action="store_true", help="although it was e-mailed before")),
    ),
    Verb(
        "left",
        "say whether a letter left whose printing or sending broke off",
        verbs_messages.left,
        (ORDER, word("answer", choices=("yes", "no"))),
    ),
    Verb("mail-password", "keep the mail server's password, read from standard input", verbs_messages.mail_password),
    Verb(
        "print",
        "print letters; their customers count as told",
        verbs_printing.print_letters,
        (
            word("orders", nargs="*", metavar="ORDER"),
            word("--all", action="store_true", help="every letter whose customer was not told"),
            word("--printer", metavar="NAME", help="another printer than the default"),
            word("--copies", type=whole, metavar="N"),
            word("--tray", metavar="NAME"),
        ),
    ),
    Verb(
        "printers",
        "list the printers, or show and set how one is used",
        verbs_printing.printers,
        (word("name", nargs="?", metavar="NAME"), SETTINGS),
    ),
    Verb(
        "labels",
        "make address labels",
        verbs_printing.labels,
        (
            word("orders", nargs="*", metavar="ORDER"),
            word("--customer", action="append", metavar="WHO", help="a customer's handle (#12), key, e-mail address or name"),
            word("--form", choices=[form.value for form in LabelForm], help="the number on the box of labels"),
            word("--first", type=whole, default=1, metavar="N", help="the first label of the sheet that is still there"),
        ),
        one_of=_PRINTOUT,
    ),
    Verb(
        "coupon-sheet",
        "print coupons once more, three to a sheet",
        verbs_printing.coupon_sheet,
        (word("codes", nargs="+", metavar="CODE"),),
        one_of=_PRINTOUT,
    ),
    Verb("calibrate", "make the page that shows by how much a printer is off", verbs_printing.calibrate, one_of=_PRINTOUT),
    Verb(
        "tone",
        "check the words of a letter",
        verbs_letters.tone,
        (
            word("file", help="a text; its first line is the subject where it begins with Subject: or stands above the greeting"),
            word("--language", help="else guessed"),
        ),
    ),
)
