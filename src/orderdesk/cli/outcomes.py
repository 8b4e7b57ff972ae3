"""What a verb did, as JSON documents: whose units moved, what was imported, which letters were made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from orderdesk.cli import documents
from orderdesk.cli.documents import Document
from orderdesk.domain.changes import AllocationShift
from orderdesk.services.apologies import Apology, ApologyRun
from orderdesk.services.import_results import FileResult, ImportResult
from orderdesk.services.steps import Step
from orderdesk.storage.queries.made_letters import Said


def shifts(moved: Iterable[AllocationShift]) -> list[Document]:
    return [{"order_number": shift.order_number, "sku": shift.sku, "from": shift.before, "to": shift.after} for shift in moved]


def step(made: Step) -> Document:
    return {"gained": shifts(made.gained), "lost": shifts(made.lost), "over_allocated": made.over_allocated}


def imported(result: ImportResult) -> Document:
    return {
        "files": [_imported_file(file) for file in result.files],
        "lost": shifts(result.lost),
        "gained": shifts(result.gained),
        "import_id": result.import_id,
    }


def _imported_file(file: FileResult) -> Document:
    return {
        "file": str(file.path),
        "format": file.format,
        "kind": file.kind,
        "new": file.new,
        "changed": file.changed,
        "unchanged": file.unchanged,
        "skipped": [asdict(row) for row in file.skipped],
        "questions": [asdict(question) for question in file.open_questions],
    }


def apology_run(run: ApologyRun) -> Document:
    return {
        "apologies": [_apology(made) for made in run.apologies],
        "batch": str(run.batch) if run.batch else None,
        "refused": [{"order_number": each.order_number, "reason": each.reason} for each in run.refused],
    }


def _apology(made: Apology) -> Document:
    """A letter and its coupon. What holds for all of its orders stands above, else null there and by order below."""
    laws = [_law(said) for said in made.said]
    orders = [
        {"order_number": number, "new_date": documents.iso(said.new_date), **law}
        for number, said, law in zip(made.order_numbers, made.said, laws, strict=True)
    ]
    return {
        "order_numbers": list(made.order_numbers),
        "customer": made.customer,
        **_paths(made),
        "coupon_code": made.coupon_code,
        "offer": documents.offer(made.offer),
        "valid_through": documents.iso(made.valid_through),
        "new_date": documents.iso(made.new_date),
        "notice": made.kind.value,
        "told_at": documents.iso(made.told_at),
        **{key: laws[0][key] if all(law == laws[0] for law in laws) else None for key in laws[0]},
        "orders": orders,
    }


def _law(said: Said) -> Document:
    return {
        "silence_means": said.silence,
        "answer_by": documents.iso(said.answer_by),
        "refund_by": documents.iso(said.refund_by),
    }


def files_of(run: ApologyRun) -> Document:
    """Just where the letters, the coupons and the one file with all letters are."""
    paths = [_paths(made) for made in run.apologies]
    return {
        "letters": [each["letter"] for each in paths],
        "coupons": [each["coupon"] for each in paths if each["coupon"]],
        "batch": str(run.batch) if run.batch else None,
    }


def _paths(made: Apology) -> Document:
    return {"letter": str(made.letter), "coupon": str(made.coupon) if made.coupon else None}
