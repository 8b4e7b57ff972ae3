"""The command line's grammar: the words before and after a verb, what wrong usage says."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, RawDescriptionHelpFormatter
from typing import Any, NoReturn

from typing_extensions import override

from orderdesk.cli import texts
from orderdesk.cli.grammar import day, file_name
from orderdesk.cli.vocabulary import VERBS


class _Parser(ArgumentParser):
    """Wrong usage in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        self.exit(2, texts.complaint(f"{self.prog}: {message}. See {self.prog} --help.") + "\n")

    @override
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """For a word that is just "--" argparse gives an empty list, whatever the word is for."""
        parsed, rest = super().parse_known_args(args, namespace)
        missing = [action for action in self._actions if action.nargs is None and getattr(parsed, action.dest, None) == []]
        if missing:
            self.error(f"the following arguments are required: {missing[0].metavar or missing[0].dest}")
        return parsed, rest


def parser() -> ArgumentParser:
    """The whole command line. No abbreviations: every word that works today must work in the next release."""
    top = _Parser(prog="orderdesk", description="OrderDesk. Without a verb it opens the window.", allow_abbrev=False)
    _common(top, defaults=True)
    verbs = top.add_subparsers(dest="verb", metavar="VERB")
    for verb in VERBS:
        each = verbs.add_parser(
            verb.name,
            help=verb.help,
            description=verb.help.capitalize() + ".",
            epilog=verb.more,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        _common(each, defaults=False)
        for names, options in verb.words:
            each.add_argument(*names, **options)
        if verb.one_of:
            choice = each.add_mutually_exclusive_group()
            for names, options in verb.one_of:
                choice.add_argument(*names, **options)
        each.set_defaults(run=verb.run, starts=verb.starts)
    return top


def _common(of: ArgumentParser, *, defaults: bool) -> None:
    """Words that may stand before or after the verb."""
    absent: dict[str, Any] = {} if defaults else {"default": SUPPRESS}
    of.add_argument("--data", type=file_name, metavar="FILE", help="the shop's file", **absent)
    of.add_argument("--today", type=day, metavar="DATE", help="act as if it were that day", **absent)
    of.add_argument("--json", action="store_true", help="print one JSON document", **absent)
