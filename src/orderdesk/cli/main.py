"""The front door: reads the words, runs the verb, prints the answer or one line that says what is wrong and what to do."""

from __future__ import annotations

import json
import os
import platform
import sys
import traceback
from argparse import Namespace
from collections.abc import Generator, Iterator, Sequence
from importlib import metadata
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType
from typing import Any

from orderdesk.cli import texts
from orderdesk.cli.arguments import parser
from orderdesk.cli.context import Answer, Context, UsageError
from orderdesk.domain.errors import CanceledError, NotOwedError, OrderDeskError, SentBeforeError, StillOwedError
from orderdesk.services.places import is_named, shop_path

# What is refused unless it is said to be meant: by this word.
_ALL_THE_SAME: dict[type[OrderDeskError], str] = {
    NotOwedError: "--although-not-owed",
    StillOwedError: "--although-owed",
    SentBeforeError: "--again",
}
_DONE, _REFUSED, _WRONG_USAGE = 0, 1, 2


def run(words: Sequence[str]) -> int:
    """Run one command line; its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    try:
        _require_text(words)
        parsed = parser().parse_args(words)
        if parsed.verb is None:
            raise UsageError("Name a verb.")
    except SystemExit as ended:  # argparse has said what is wrong, or has shown the help
        _flush()
        return int(ended.code or 0)
    except BrokenPipeError:  # whoever asked for help has seen enough
        _stop_printing()
        return _DONE
    except UsageError as error:
        return _misused(error)
    must_be_there = is_named(parsed.data) and not parsed.starts(parsed)
    context = Context(shop_path(parsed.data), parsed.today, must_be_there)
    try:
        answer: Answer = parsed.run(context, parsed)
        return _tell(answer, context, parsed)
    except UsageError as error:
        return _misused(error, parsed.verb)
    except (KeyboardInterrupt, CanceledError):
        return _refuse("Stopped. What was under way has been taken back; what was finished stays.")
    except OrderDeskError as error:
        return _refuse(f"{error} {error.remedy}{_all_the_same(error)}")
    except OSError as error:
        return _refuse(
            f"{error.filename or 'The disk'}: {error.strerror}. Nothing was changed; check the folder, then try again."
        )
    finally:
        context.close()


def _all_the_same(error: OrderDeskError) -> str:
    """How to do what the seller may mean in spite of the refusal, "" for no way."""
    word = _ALL_THE_SAME.get(type(error))
    return f" To do it all the same, add {word}." if word else ""


def report_fault(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """What is said of a mistake of the program itself: its kind and place, without any value of the shop's."""
    if issubclass(kind, KeyboardInterrupt):
        _refuse("Stopped.")
        return
    places = traceback.extract_tb(trace)
    place = f" at {Path(places[-1].filename).name}:{places[-1].lineno} {places[-1].name}" if places else ""
    system = f"OrderDesk {_version()}, Python {platform.python_version()}, {platform.system()}"
    _refuse(
        f"OrderDesk made a mistake ({kind.__name__}{place}; {system}). "
        "Every finished step is in the shop's file; please report this line."
    )


def _version() -> str:
    try:
        return metadata.version("orderdesk")
    except metadata.PackageNotFoundError:
        return "from its source"


def _require_text(words: Sequence[str]) -> None:
    """Names that are no text can be neither stored nor printed."""
    for word in words:
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            raise UsageError(f"{word.encode(errors='replace').decode()!r} is not written in UTF-8: rename it, or type it anew.")


def _tell(answer: Answer, context: Context, parsed: Namespace) -> int:
    for note in context.notes:
        print(texts.plain(note), file=sys.stderr)
    pieces = _json(answer.document) if parsed.json else [texts.plain(answer.text)]
    try:
        # A path of other bytes than UTF-8 is printed as the escape that JSON has for it.
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        for piece in pieces:
            print(piece, end="")
        print(end="\n" if parsed.json or answer.text else "", flush=True)
    except BrokenPipeError:  # whoever read us has seen enough
        _stop_printing()
    except OSError as error:
        _stop_printing()
        return _refuse(f"The answer can't be written: {error.strerror}. What was asked for has been done.")
    finally:
        if isinstance(answer.document, Generator):
            answer.document.close()
    return _refuse(answer.refusal) if answer.refusal else _DONE


def _json(document: Any) -> Iterator[str]:
    """One JSON document in pieces: a list an element a line, however long it is."""
    if not isinstance(document, (list, Iterator)):
        yield json.dumps(document, ensure_ascii=False, indent=2)
        return
    before = "["
    for element in document:
        yield f"{before}\n{json.dumps(element, ensure_ascii=False)}"
        before = ","
    yield "[]" if before == "[" else "\n]"


def _flush() -> None:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_printing()


def _stop_printing() -> None:
    """Nothing more can be written there, not even when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _misused(error: UsageError, verb: str | None = None) -> int:
    program = f"orderdesk {verb}" if verb else "orderdesk"
    print(texts.complaint(f"{program}: {error} See {program} --help."), file=sys.stderr)
    return _WRONG_USAGE


def _refuse(sentence: str) -> int:
    print(texts.complaint(sentence), file=sys.stderr)
    return _REFUSED
