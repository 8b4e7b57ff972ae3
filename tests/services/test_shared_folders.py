"""A folder that others save to as well: the shop makes its own files anew there, and leaves alone what is not its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from orderdesk.domain.errors import StoreError
from orderdesk.services.apologies import Apology, apologize, revise_apology
from orderdesk.services.apology_letter import Wishes
from orderdesk.services.checks import check
from orderdesk.services.history import take_back_letters
from orderdesk.services.letters import files_of
from orderdesk.services.messages import draft_letter
from orderdesk.services.purchases import draft_purchase
from orderdesk.services.slips import save_packing_slip, save_purchase
from tests.builders import Shop, make_shop


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Shop, Shop]]:
    """Two shops in which the same number of order waits, and can be sent in part."""
    made = make_shop(tmp_path / "one"), make_shop(tmp_path / "two")
    for shop in made:
        shop.stock("LAMP", 1)
        shop.order("1", ("LAMP", 2))
    yield made
    for shop in made:
        shop.store.close()


def write(shop: Shop, folder: Path, wishes: Wishes | None = None) -> Apology:
    run = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), folder=folder, wishes=wishes or Wishes(), batch=True)
    assert run.batch is not None
    return run.apologies[0]


def saved(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.iterdir()}


def test_no_shop_writes_over_what_another_has_saved(two: tuple[Shop, Shop], out: Path) -> None:
    for shop in two:
        before = saved(out) if out.exists() else {}
        made = write(shop, out)
        save_packing_slip(shop.store, shop.orders["1"], now=shop.tick(), folder=out)
        draft_purchase(shop.store, "Acme", {shop.products["LAMP"]: 3}, now=shop.tick())
        save_purchase(shop.store, 1, folder=out)
        assert {path: pdf for path, pdf in saved(out).items() if path in before} == before
        assert len(saved(out)) == len(before) + 5
    theirs = saved(out).keys() - before.keys()
    assert {made.letter, made.coupon} <= theirs
    take_back_letters(two[1].store, [made.notice_id], now=two[1].tick())
    assert {path: pdf for path, pdf in saved(out).items() if path in before} == before
    batches = {path for path in theirs if path.name.startswith("letters-")}
    assert theirs - saved(out).keys() == {made.letter, made.coupon, *batches}
    assert [check(shop.store) for shop in two] == [[], []]


def test_a_draft_is_saved_beside_another_shops(two: tuple[Shop, Shop], out: Path) -> None:
    drafts = []
    for shop in two:
        made = write(shop, shop.store.folder)
        with shop.store.begin("test", "An address", now=shop.tick()) as transaction:
            transaction.execute("UPDATE customer SET email = 'dana@example.com'")
        before = saved(out) if out.exists() else {}
        drafts.append(draft_letter(shop.store, made.notice_id, folder=out, now=shop.tick()).path)
        assert {path: mail for path, mail in saved(out).items() if path in before} == before
    assert [path.name for path in drafts] == ["1-1-mail.eml", "1-1-mail_2.eml"]


def test_what_the_shop_has_saved_before_is_made_anew_in_its_place(two: tuple[Shop, Shop], out: Path) -> None:
    shop = two[0]
    made = write(shop, out)
    for folder, day in ((out, 9), (out.with_name("copies"), 14)):
        write(shop, folder)
        before = saved(folder)
        revise_apology(shop.store, made.notice_id, wishes=Wishes(new_date=date(2026, 12, day)), now=shop.tick())
        write(shop, folder)
        assert saved(folder).keys() == before.keys()
        assert saved(folder) != before


def test_what_took_the_place_of_a_letter_is_neither_printed_nor_written_over(two: tuple[Shop, Shop], out: Path) -> None:
    shop, other = two
    made = write(shop, out)
    for path in (made.letter, made.coupon):
        assert path is not None
        path.unlink()
    batches = saved(out).keys()
    theirs = write(other, out)
    assert theirs.letter == made.letter
    before = saved(out)
    with pytest.raises(StoreError, match="somebody else's lies there"):
        files_of(shop.store, made.notice_id)
    take_back_letters(shop.store, [made.notice_id], now=shop.tick())
    assert saved(out) == {path: pdf for path, pdf in before.items() if path not in batches}


def test_a_letter_that_was_written_on_is_not_thrown_away(two: tuple[Shop, Shop], out: Path) -> None:
    made = write(two[0], out)
    notes = b"% June: called them" + made.letter.read_bytes()
    made.letter.write_bytes(notes)
    take_back_letters(two[0].store, [made.notice_id], now=two[0].tick())
    assert made.letter.read_bytes() == notes
    assert made.coupon is not None
    assert not made.coupon.exists()


@pytest.mark.parametrize("where", ["the shop's folder", "another folder"])
@pytest.mark.parametrize("then", ["made again", "taken back"])
def test_what_shows_a_letter_as_it_was_is_thrown_away(shop: Shop, out: Path, where: str, then: str) -> None:
    shop.stock("LAMP", 0)
    for number, customer in (("1", "Dana Whitfield"), ("2", "Erin Vale"), ("3", "Ines Roth")):
        shop.order(number, ("LAMP", 1), customer=customer)
    folder = shop.store.folder if where == "the shop's folder" else out
    run = apologize(shop.store, [shop.orders["1"], shop.orders["2"]], now=shop.tick(), folder=folder, batch=True)
    other = apologize(shop.store, [shop.orders["3"]], now=shop.tick(), folder=folder, batch=True)
    drafts = [draft_for(shop, each) for each in (*run.apologies, *other.apologies)]
    assert run.batch is not None and other.batch is not None
    made = run.apologies[1]
    if then == "made again":
        revise_apology(shop.store, made.notice_id, wishes=Wishes(new_date=date(2026, 12, 9)), now=shop.tick())
    else:
        take_back_letters(shop.store, [made.notice_id], now=shop.tick())
    assert not run.batch.exists()
    assert [draft.exists() for draft in drafts] == [True, folder == out, True], (
        "in another folder a draft does not say whose it is"
    )
    assert other.batch.exists()
    assert made.letter.exists() == (then == "made again")


@pytest.mark.parametrize("where", ["the shop's folder", "another folder"])
def test_only_a_batch_of_the_shop_s_own_is_thrown_away_with_what_it_shows(shop: Shop, out: Path, where: str) -> None:
    shop.stock("LAMP", 0)
    shop.order("1", ("LAMP", 1))
    folder = shop.store.folder if where == "the shop's folder" else out
    folder.mkdir(exist_ok=True)
    theirs = [folder / "letters-1-to-9-summer.pdf", folder / "letters-1-to-9-abcdef.pdf"]
    for path in theirs:
        path.write_bytes(b"%PDF-1.4 letters of my own")
    run = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), folder=folder, batch=True)
    assert run.batch is not None
    if folder == out:
        run.batch.write_bytes(b"%PDF-1.4 in its place")
        theirs.append(run.batch)
        run = apologize(shop.store, [shop.orders["1"]], now=shop.tick(), folder=folder, batch=True)
        assert run.batch is not None and run.batch.name.endswith("_2.pdf")
    revise_apology(shop.store, run.apologies[0].notice_id, wishes=Wishes(new_date=date(2026, 12, 9)), now=shop.tick())
    assert not run.batch.exists()
    assert [path.exists() for path in theirs] == [True] * len(theirs)


def draft_for(shop: Shop, made: Apology) -> Path:
    with shop.store.begin("test", "An address", now=shop.tick()) as transaction:
        transaction.execute("UPDATE customer SET email = 'dana@example.com'")
    path = draft_letter(shop.store, made.notice_id, now=shop.tick()).path
    assert path is not None
    return path
