"""The sample shop without a window: its backorders, the letters, the coupons."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from orderdesk.cli import outcomes
from orderdesk.cli.context import PROGRESS, Answer, Context
from orderdesk.domain.counts import counted
from orderdesk.domain.errors import RefusedError
from orderdesk.services import apologies
from orderdesk.services.apologies import ApologyRun
from orderdesk.services.sample import make_sample_shop
from orderdesk.storage.queries.backorders import BackorderRow, backordered_lines


def demo(context: Context, words: Namespace) -> Answer:
    folder = Path(words.out).absolute() if words.out else Path.cwd() / f"orderdesk-demo-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    # Always a fresh file: the seller's own shop is no place for a sample, even where the environment names it.
    context.data = Path(words.data).absolute() if words.data else folder / "sample.orderdesk"
    if context.data.exists():
        raise RefusedError(f"{context.data} is there already.", "Name another folder with --out, or another file with --data.")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_sample_shop(context.store, now=context.now, progress=PROGRESS)
    with context.store.read() as view:
        short = backordered_lines(view, today=context.today)
    waiting = apologies.orders_to_tell(context.store, now=context.now)
    run = apologies.apologize(context.store, waiting, now=context.now, folder=folder, batch=True, progress=PROGRESS)
    document = {
        "data": str(context.data),
        "backordered_lines": len(short),
        "orders": len({(row.channel, row.order_number) for row in short}),
        "customers": len({row.customer_id for row in short}),
        "units_short": sum(row.backordered for row in short),
        **outcomes.files_of(run),
    }
    return Answer(document, _text(context, short, run), "; ".join(each.reason for each in run.refused))


def _text(context: Context, short: list[BackorderRow], run: ApologyRun) -> str:
    to_hear = {number for made in run.apologies for number in made.order_numbers}
    lines = [f"{counted(len(short), 'order line')} can't be filled:"]
    for row in short:
        again = ", and has to hear again" if row.order_number in to_hear else ""
        known = f"was told{again}" if row.told_at else "was not told"
        lines.append(f"  {row.backordered} of {row.ordered} × {row.title}, order {row.order_number}: {row.customer} {known}")
    lines += ["", "Letters for all who have something to hear, each with the coupon that it brings:"]
    for made in run.apologies:
        lines.append(f"  {made.customer} ({', '.join(made.order_numbers)})")
        lines += [f"    {path}" for path in (made.letter, made.coupon) if path]
    return "\n".join([*lines, "", f"All letters in one file: {run.batch}", f"The sample shop: {context.data}"])
