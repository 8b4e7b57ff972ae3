"""Verbs about files and the history: import, export, undo, redo, backup, restore, check."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from orderdesk.cli import documents, outcomes, texts
from orderdesk.cli.context import PROGRESS, Answer, Context, UsageError
from orderdesk.domain.counts import counted
from orderdesk.domain.errors import DamagedError
from orderdesk.exchange.reader import formats
from orderdesk.exchange.records import Question
from orderdesk.services import backups, checks, deliveries, exports, history, imports, orders
from orderdesk.services.import_results import FileResult, ImportOptions, ImportResult
from orderdesk.storage.queries.history import StepsView, step_ids, step_rows


def import_files(context: Context, words: Namespace) -> Answer:
    if words.list:
        known = formats()
        rows = [(each.name, each.kind, each.title) for each in known]
        return Answer([asdict(each) for each in known], texts.table(("Format", "Kind", "What it is"), rows, empty=""))
    if not words.files:
        raise UsageError("Name one or more files, or --list to see what can be imported.")
    options = ImportOptions(words.format, words.currency, words.date_order, words.treat_as_paid, words.encoding, words.supplier)
    paths = list(dict.fromkeys(Path(name) for name in words.files))
    take = imports.preview_import if words.dry_run else imports.import_files
    result = take(context.store, paths, options=options, now=context.now, progress=PROGRESS)
    context.notes += [f"{file.path.name}: {note}" for file in result.files for note in file.notes]
    return Answer(outcomes.imported(result), _text(result, dry_run=words.dry_run), _left_out(result))


def _left_out(result: ImportResult) -> str:
    """The files of which nothing could be taken in, and why; "" for none."""
    unread = [f"{error} {error.remedy}" for error in result.refused]
    of_none = [
        f"Nothing in {file.path.name} could be taken in: {file.skipped[0]}" for file in result.files if file.brings_nothing
    ]
    return " ".join(unread + of_none)


def _text(result: ImportResult, *, dry_run: bool) -> str:
    lines = [line for file in result.files for line in _file_lines(file)]
    lines += texts.shifts(result.gained + result.lost)
    if dry_run:
        lines.append("Nothing was changed: this was a dry run.")
    elif result.import_id is None:
        lines.append("Nothing was new.")
    else:
        lines.append(f"To take it back: orderdesk undo {result.import_id}")
    return "\n".join(lines)


def _file_lines(file: FileResult) -> list[str]:
    counts = f"{file.new} new, {file.changed} changed, {file.unchanged} unchanged, {len(file.skipped)} skipped"
    questions = [f"  {each.text} {_taken_as(each)}" for each in file.open_questions]
    return [f"{file.path.name} ({file.format}): {counts}", *(f"  {row}" for row in file.skipped), *questions, *_unpaid(file)]


def _unpaid(file: FileResult) -> list[str]:
    """How many orders get no stock as nobody has said that they are paid, and how to say so."""
    if not file.unpaid:
        return []
    awaiting = "1 order awaits payment and gets" if file.unpaid == 1 else f"{file.unpaid} orders await payment and get"
    way = "paid ORDER says that one is paid, import --treat-as-paid that all are of which the file says nothing."
    return [f"  {awaiting} no stock: {way}"]


def _taken_as(question: Question) -> str:
    answer_word = f"--{question.id.replace('_', '-')}"
    return f"Taken as {question.assumed}; {answer_word} says otherwise." if question.assumed else f"Say so by {answer_word}."


def export(context: Context, words: Namespace) -> Answer:
    path = Path(words.file)
    rows = exports.export(context.store, words.kind, path)
    return Answer({"file": str(path), "kind": words.kind, "rows": rows}, f"{counted(rows, 'row')} written to {path}.")


def show_history(context: Context, words: Namespace) -> Answer:
    """What was done, the newest first."""
    with context.store.read() as view:
        rows = step_rows(view, step_ids(view, StepsView(words.filter, words.search))[: words.limit])
    cells = [(row.event_id, context.day_of(row.at), row.summary, "undone" if row.undone else "") for row in rows]
    columns = ("Step", "When", "What was done", "State")
    return Answer([documents.event(row) for row in rows], texts.table(columns, cells, empty="Nothing was done."))


def undo(context: Context, words: Namespace) -> Answer:
    if words.letter:
        letter = deliveries.letter_to_hand_over(context.store, orders.find_order(context.store, words.letter))
        step = history.take_back_letters(context.store, [letter], now=context.now)
    else:
        step = history.undo(context.store, event_id=words.import_id, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))


def redo(context: Context, _: Namespace) -> Answer:
    step = history.redo(context.store, now=context.now)
    return Answer(outcomes.step(step), texts.step(step))


def backup(context: Context, words: Namespace) -> Answer:
    path = backups.back_up(context.store, Path(words.file))
    return Answer({"file": str(path)}, f"Backed up to {path}.")


def restore(context: Context, words: Namespace) -> Answer:
    kept = backups.restore(context.data, Path(words.file))
    text = f"Restored from {words.file}." + (f" The shop as it was is kept in {kept}." if kept else "")
    return Answer({"data": str(context.data), "kept": str(kept) if kept else None}, text)


def check(context: Context, _: Namespace) -> Answer:
    try:
        problems = checks.check(context.store)
    except DamagedError as damage:
        problems = [str(damage)]
    refusal = (
        f"{context.data} breaks {counted(len(problems), 'rule')}: {problems[0]} Restore a backup made before." if problems else ""
    )
    return Answer({"ok": not problems, "problems": problems}, "\n".join(problems) or "All is well.", refusal)
