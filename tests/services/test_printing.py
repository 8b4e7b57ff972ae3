"""Letters to paper: one job, each letter recorded once the spooler has it, on the printer and tray that the seller chose."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from typing_extensions import override

from orderdesk.domain.errors import InvalidValueError, NothingToDoError, RefusedError, StoreError, UnknownOutcomeError
from orderdesk.domain.printers import PrinterSettings, Queue
from orderdesk.services import cups, history
from orderdesk.services.apologies import apologize, orders_to_tell
from orderdesk.services.checks import check
from orderdesk.services.coupons import void_coupon
from orderdesk.services.cups import CupsPrinter
from orderdesk.services.deliveries import unanswered
from orderdesk.services.printing import letters_to_print, print_letters, printer_settings, save_printer
from orderdesk.services.printouts import calibration_page, print_printout
from orderdesk.storage.queries.history import history_of_order
from tests.builders import NOW, Shop
from tests.reading import codes_in, text_of
from tests.services import cups_server


@dataclass
class Tray:
    """A printer that keeps what came out; `refuses` is what its spooler says."""

    sheets: list[bytes] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    known: list[Queue] = field(default_factory=list)
    settings: list[PrinterSettings] = field(default_factory=list)
    refuses: str = ""

    def queues(self) -> list[Queue]:
        return self.known

    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        if self.refuses:
            raise StoreError(self.refuses)
        self.sheets.append(path.read_bytes())
        self.titles.append(title)
        self.settings.append(settings)


class Killed(Tray):
    """A printer at which the program is stopped; `left` is what it was to print."""

    left: tuple[Path, ...] = ()

    @override
    def print_pdf(self, path: Path, title: str, settings: PrinterSettings) -> None:
        super().print_pdf(path, title, settings)
        self.left = (path,)
        raise KeyboardInterrupt


def letters(shop: Shop, count: int = 3) -> list[int]:
    shop.stock("LAMP", 0)
    for number in range(count):
        shop.order(f"10{number}", ("LAMP", 1), customer=f"Dana Whitfield {number}")
    run = apologize(shop.store, orders_to_tell(shop.store, now=shop.now), now=NOW)
    assert run.refused == ()
    return [made.notice_id for made in run.apologies]


def told(shop: Shop) -> list[bool]:
    with shop.store.read() as view:
        return [row[0] is not None for row in view.all("SELECT told_at FROM notice ORDER BY id")]


def issued(shop: Shop) -> list[str]:
    """The codes of all coupons, in the order of their letters."""
    with shop.store.read() as view:
        return [code for (code,) in view.all("SELECT code FROM coupon ORDER BY notice_id")]


def deliveries(shop: Shop) -> list[tuple[int, str, str]]:
    with shop.store.read() as view:
        return view.all("SELECT notice_id, way, detail FROM delivery ORDER BY id")


def test_several_letters_leave_as_one_job_and_each_is_recorded_once(shop: Shop) -> None:
    ids, tray = letters(shop), Tray()
    assert print_letters(shop.store, ids, tray, now=shop.tick(), name="Desk") == 3
    assert tray.titles == ["3 letters"]
    assert len(pypdfium2.PdfDocument(tray.sheets[0])) == 3
    assert deliveries(shop) == [(notice_id, "printed", "Desk") for notice_id in ids]
    assert told(shop) == [True] * 3
    assert unanswered(shop.store) == []
    assert check(shop.store) == []


def test_what_a_crash_left_of_a_print_lies_in_the_shops_folder_until_the_next_one(shop: Shop) -> None:
    ids, tray = letters(shop), Killed()
    with pytest.raises(KeyboardInterrupt):
        print_letters(shop.store, ids, tray, now=shop.tick())
    (left,) = tray.left
    assert left.parent == shop.store.folder
    assert not left.exists()  # it was no crash
    left.write_bytes(b"Dana Whitfield")  # but had it been one
    calibration = calibration_page(shop.store, now=shop.now)
    print_printout(shop.store, calibration, Tray())
    assert left.exists()  # another OrderDesk may still be printing it
    os.utime(left, (0, 0))
    print_printout(shop.store, calibration, Tray())
    assert not left.exists()


def test_a_second_print_is_recorded_and_tells_nobody_again(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray()
    print_letters(shop.store, ids, tray, now=shop.tick())
    with shop.store.read() as view:
        first = view.value("SELECT told_at FROM notice")
    print_letters(shop.store, ids, tray, now=shop.tick())
    with shop.store.read() as view:
        assert view.value("SELECT told_at FROM notice") == first
        assert [row.kind for row in history_of_order(view, shop.orders["100"])][:2] == ["printed", "printed"]
    assert tray.sheets[0] == tray.sheets[1]  # the same letter, the same code
    assert len(deliveries(shop)) == 2


def test_the_systems_default_printer_is_used_as_it_was_set_by_its_name(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray(known=[Queue("Desk"), Queue("Hall")])
    kept = PrinterSettings("Desk", tray="Lower", copies=2, right_um=1500)
    save_printer(shop.store, kept, now=shop.tick())
    print_letters(shop.store, ids, tray, now=shop.tick())
    assert tray.settings == [kept]


@pytest.mark.parametrize("kept", [True, False])
def test_a_tray_that_the_printer_lacks_is_refused_before_anybody_counts_as_told(shop: Shop, kept: bool) -> None:
    """The spooler takes any name. Of a printer whose trays the system does not list, nobody can say so."""
    ids, tray = letters(shop, 1), Tray(known=[Queue("Desk", ("Upper", "Lower")), Queue("Hall")])
    if kept:
        save_printer(shop.store, PrinterSettings("Desk", tray="Nope"), now=shop.tick())
    asked = None if kept else "Nope"
    with pytest.raises(InvalidValueError, match="'Nope' can't be the tray"):
        print_letters(shop.store, ids, tray, tray=asked, now=shop.tick())
    assert (tray.sheets, told(shop), unanswered(shop.store)) == ([], [False], [])
    if kept:
        with pytest.raises(InvalidValueError, match="'Nope' can't be the tray"):
            print_printout(shop.store, calibration_page(shop.store, now=shop.now), tray)
    print_letters(shop.store, ids, tray, tray="Lower", now=shop.tick())
    print_letters(shop.store, ids, tray, name="Hall", tray="Nope", now=shop.tick())
    assert [each.tray for each in tray.settings] == ["Lower", "Nope"]


def test_no_copies_at_all_are_refused(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray()
    with pytest.raises(InvalidValueError, match="copies"):
        print_letters(shop.store, ids, tray, copies=0, now=shop.tick())
    assert tray.sheets == []


def test_a_spooler_that_refuses_leaves_everybody_untold(shop: Shop) -> None:
    ids = letters(shop)
    with pytest.raises(StoreError, match="out of paper"):
        print_letters(shop.store, ids, Tray(refuses="out of paper"), now=shop.tick())
    assert told(shop) == [False] * 3
    assert deliveries(shop) == []
    assert unanswered(shop.store) == []


def test_a_letter_about_what_has_come_in_since_is_not_among_those_to_print(shop: Shop) -> None:
    ids = letters(shop)
    shop.receive("LAMP", 1)  # for the first of the three
    assert letters_to_print(shop.store, now=shop.now).notice_ids == ids[1:]
    shop.receive("LAMP", 2)
    with pytest.raises(NothingToDoError, match="no letter to print"):
        letters_to_print(shop.store, now=shop.now)


def test_a_letter_that_may_not_go_out_is_named_and_keeps_no_other_in(shop: Shop) -> None:
    ids, codes = letters(shop), issued(shop)
    void_coupon(shop.store, codes[1], "Promised by mistake", now=shop.tick())
    to_print = letters_to_print(shop.store, now=shop.now)
    assert to_print.notice_ids == [ids[0], ids[2]]
    (why,) = to_print.left_out
    assert "coupon in the letter to" in why
    for code in (codes[0], codes[2]):
        void_coupon(shop.store, code, "Promised by mistake", now=shop.tick())
    with pytest.raises(NothingToDoError, match="was voided"):
        letters_to_print(shop.store, now=shop.now)


def test_one_letter_that_may_not_go_out_keeps_the_whole_job_in(shop: Shop) -> None:
    ids, tray = letters(shop), Tray()
    history.undo(shop.store, now=shop.tick())  # the last letter was taken back
    with pytest.raises(RefusedError, match="taken back"):
        print_letters(shop.store, ids, tray, now=shop.tick())
    assert tray.sheets == []
    assert unanswered(shop.store) == []


def test_tray_copies_and_offset_are_kept_for_each_printer(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray()
    kept = PrinterSettings("Desk", "Lower", 2, right_um=1_500, down_um=-500)
    save_printer(shop.store, kept, now=shop.tick())
    assert printer_settings(shop.store, "Hall") == PrinterSettings("Hall")
    print_letters(shop.store, ids, tray, now=shop.tick(), name="Desk")
    print_letters(shop.store, ids, tray, now=shop.tick(), name="Desk", copies=5, tray="Upper")
    assert tray.settings == [kept, replace(kept, copies=5, tray="Upper")]
    history.undo(shop.store, now=shop.tick())


@pytest.mark.parametrize("wrong", [{"copies": 0}, {"copies": 100}, {"right_um": 26_000}, {"down_um": -26_000}])
def test_settings_that_no_printer_has_are_refused(shop: Shop, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValueError):
        save_printer(shop.store, replace(PrinterSettings("Desk"), **wrong), now=NOW)  # type: ignore[arg-type]


def ink(pdf: bytes) -> tuple[int, int]:
    """Where the topmost and leftmost ink of the first page is, in tenths of a millimeter."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=254 / 72, grayscale=True).to_pil()
    left, top, _, _ = picture.point(lambda light: 255 if light < 200 else 0).getbbox()
    return left, top


def test_an_offset_moves_the_page_right_and_down_by_just_that_much(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray()
    print_letters(shop.store, ids, tray, now=shop.tick(), name="Hall")
    save_printer(shop.store, PrinterSettings("Desk", right_um=2_000, down_um=3_000), now=shop.tick())
    print_letters(shop.store, ids, tray, now=shop.tick(), name="Desk")
    (left, top), (moved_left, moved_top) = map(ink, tray.sheets)
    assert moved_left - left == pytest.approx(20, abs=1)
    assert moved_top - top == pytest.approx(30, abs=1)


def test_the_same_pages_moved_by_the_same_offset_are_the_same_bytes(shop: Shop) -> None:
    ids, tray = letters(shop, 1), Tray()
    for down_um in (3_000, 3_000, 4_000):
        save_printer(shop.store, PrinterSettings("Desk", right_um=2_000, down_um=down_um), now=shop.tick())
        print_letters(shop.store, ids, tray, now=shop.tick(), name="Desk")
    once, again, lower = tray.sheets
    assert once == again != lower
    assert len({re.findall(rb"/ID\[.*?\]", sheet)[-1] for sheet in (once, lower)}) == 2


# -- CUPS


@pytest.fixture
def spooler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Puts a program of that name and shell text first on the path; it writes its words to the file that is returned."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")

    def install(name: str, text: str) -> Path:
        said = tmp_path / f"{name}.said"
        program = programs / name
        program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{said}"\n{text}\n', "utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return said

    return install


needs_shell = pytest.mark.skipif(os.name == "nt", reason="CUPS is not on Windows")


def page(path: Path, width: float = 612, height: float = 792) -> Path:
    """A file with one empty page of that size in points."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(width, height)
    document.save(path)
    return path


@needs_shell
@pytest.mark.parametrize(("size", "media"), [((612, 792), "Letter"), ((595.28, 841.89), "A4")])
def test_cups_gets_the_file_its_paper_printer_tray_and_copies(
    spooler: Callable[[str, str], Path], tmp_path: Path, size: tuple[float, float], media: str
) -> None:
    said = spooler("lp", "exit 0")
    path = page(tmp_path / "-letter.pdf", *size)
    CupsPrinter().print_pdf(path, "Letter to\nDana", PrinterSettings("-x", "Lower", 3))
    words = said.read_text("utf-8").splitlines()
    assert words == [
        "-d-x",
        "-n",
        "3",
        "-t",
        "Letter toDana",
        "-o",
        "print-scaling=none",
        "-o",
        f"media={media}",
        "-o",
        "InputSlot=Lower",
        "--",
        str(path),
    ]


@needs_shell
def test_a_spooler_that_refuses_says_why(spooler: Callable[[str, str], Path], tmp_path: Path) -> None:
    spooler("lp", 'echo "lp: Error - unsupported document-format." >&2; exit 1')
    with pytest.raises(StoreError, match=r"refused the job: Error - unsupported document-format\.$") as refused:
        CupsPrinter().print_pdf(page(tmp_path / "letter.pdf"), "Letter", PrinterSettings())
    assert refused.value.remedy


@needs_shell
def test_a_computer_without_a_printer_says_so(spooler: Callable[[str, str], Path], tmp_path: Path) -> None:
    spooler("lp", 'echo "lp: Error - no default destination available." >&2; exit 1')
    with pytest.raises(StoreError, match="There is no printer to print on") as refused:
        CupsPrinter().print_pdf(page(tmp_path / "letter.pdf"), "Letter", PrinterSettings())
    assert "Printers" in refused.value.remedy


@needs_shell
def test_a_spooler_that_never_answers_leaves_it_open_whether_the_letter_left(
    shop: Shop, spooler: Callable[[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    spooler("lp", "exec sleep 60")
    monkeypatch.setattr(cups, "_SECONDS", 0.3)
    ids = letters(shop, 1)
    with pytest.raises(UnknownOutcomeError, match="has not said"):
        print_letters(shop.store, ids, CupsPrinter(), now=shop.tick(), name="Desk")
    assert [notice_id for notice_id, _ in unanswered(shop.store)] == ids
    with pytest.raises(RefusedError, match="on its way out already") as refused:
        print_letters(shop.store, ids, CupsPrinter(), now=shop.tick(), name="Desk")
    assert "orderdesk left 100 yes, or no." in refused.value.remedy


def test_printers_are_listed_with_their_trays_the_default_first(spooler: Callable[[str, str], Path]) -> None:
    spooler("lpstat", 'case "$1" in -e) echo Attic; echo Desk;; -d) echo "system default destination: Desk";; esac')
    spooler("lpoptions", 'echo "PageSize/Media Size: *A4 Letter"; echo "InputSlot/Media Source: *Auto Upper Lower"')
    assert CupsPrinter().queues() == [Queue("Desk", ("Auto", "Upper", "Lower")), Queue("Attic", ("Auto", "Upper", "Lower"))]


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], set[Path]]]:
    """A real queue, and what has come out of it."""
    if not cups_server.is_here():
        pytest.skip("no CUPS with a printer that writes PDF files (cups-pdf) on this computer")
    import pwd  # not on Windows

    folder = Path(pwd.getpwuid(os.geteuid()).pw_dir) / "PDF"
    before = set(folder.glob("*.pdf"))

    def finished() -> set[Path]:
        return {path for path in set(folder.glob("*.pdf")) - before if path.read_bytes().rstrip().endswith(b"%%EOF")}

    with cups_server.cups_server() as address:
        monkeypatch.setenv("CUPS_SERVER", address)
        cups_server.add_pdf_queue()
        yield finished
    for path in set(folder.glob("*.pdf")) - before:
        path.unlink()


def test_a_real_queue_prints_every_page_and_word(shop: Shop, printed: Callable[[], set[Path]]) -> None:
    ids = letters(shop)
    print_letters(shop.store, ids, CupsPrinter(), now=shop.tick(), name=cups_server.QUEUE)
    assert cups_server.until(lambda: bool(printed()))
    (file,) = printed()
    document = pypdfium2.PdfDocument(file)
    sizes = [document.get_page_size(number) for number in range(len(document))]
    document.close()
    assert sizes == [(612, 792)] * 3, "whatever paper the queue takes for usual"
    text = text_of(file)
    for number in range(3):
        assert f"Dana Whitfield {number}" in text
    assert text.count("We are sorry for the delay.") == 3
    assert {code for _, code in codes_in(file)} == set(issued(shop))
    assert told(shop) == [True] * 3


def test_a_real_queue_prints_a_moved_page_moved(shop: Shop, printed: Callable[[], set[Path]]) -> None:
    ids, seen, places = letters(shop, 1), set[Path](), []
    for right_um, down_um in ((0, 0), (4_000, 6_000)):
        settings = PrinterSettings(cups_server.QUEUE, right_um=right_um, down_um=down_um)
        save_printer(shop.store, settings, now=shop.tick())
        print_letters(shop.store, ids, CupsPrinter(), now=shop.tick(), name=cups_server.QUEUE)
        assert cups_server.until(lambda: printed() > seen)
        (sheet,) = printed() - seen
        seen.add(sheet)
        places.append(ink(sheet.read_bytes()))
    (left, top), (moved_left, moved_top) = places
    assert moved_left - left == pytest.approx(40, abs=1)
    assert moved_top - top == pytest.approx(60, abs=1)
