"""The front door: reads the words, runs the verb, prints the answer or one line that says what is wrong and what to do."""

from __future__ import annotations

import json
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from orderdesk.cli.arguments import parser
from orderdesk.cli.context import Answer, Context
from orderdesk.domain.errors import CanceledError, OrderDeskError
from orderdesk.services.places import shop_path


def run(words: Sequence[str]) -> int:
    """Run one command line; its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    try:
        parsed = parser().parse_args(words)
    except SystemExit as wrong_usage:
        return int(wrong_usage.code or 0)
    if parsed.verb is None:
        print("There is no display to open the window on. See orderdesk --help for what works without one.", file=sys.stderr)
        return 1
    context = Context(shop_path(parsed.data), parsed.today)
    try:
        answer: Answer = parsed.run(context, parsed)
    except (KeyboardInterrupt, CanceledError):
        return _refuse("Stopped; what was under way has been taken back.")
    except OrderDeskError as error:
        return _refuse(f"{error} {error.remedy}")
    except OSError as error:
        return _refuse(
            f"{error.filename or 'The disk'}: {error.strerror}. Nothing was changed; check the folder, then try again."
        )
    finally:
        context.close()
    _print(answer, context, parsed)
    return 0 if answer.done else 1


def _print(answer: Answer, context: Context, parsed: Namespace) -> None:
    for note in context.notes:
        print(note, file=sys.stderr)
    text = json.dumps(answer.document, ensure_ascii=False, indent=2) if parsed.json else answer.text
    try:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(text, flush=True)
    except BrokenPipeError:  # whoever read us has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 1
