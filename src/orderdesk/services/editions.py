"""PDFs in folders that others use too: the shop writes its own anew in their place, and leaves all else that lies there alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from orderdesk.documents.identity import is_edition_of, is_intact, made_edition_of
from orderdesk.services.saving import save_file
from orderdesk.storage.queries.notices import coupon_path, draft_path, letter_path


def edition(pdf: bytes, home: Path, name: str) -> bytes:
    """The PDF marked as that which the shop at `home` calls by that name, whatever it says by now."""
    return made_edition_of(_document(home, name), pdf)


def is_others(path: Path, home: Path) -> bool:
    """Whether a file lies there that the shop at `home` has not made under that name; in its own folder all files are its own."""
    return not _is_own_folder(path.parent, home) and path.exists() and not is_edition_of(_document(home, path.name), path)


def may_be_taken_away(path: Path, home: Path) -> bool:
    """Whether the file is the shop's, and in a folder that others use too as the shop has made it."""
    return _is_own_folder(path.parent, home) or (path.exists() and not is_others(path, home) and is_intact(path))


def is_as_made(path: Path, home: Path, name: str) -> bool:
    """Whether the file is what the shop at `home` has made and calls by that name; in its own folder, which may have been moved
    since, whatever this program has made.
    """
    return is_intact(path) and (_is_own_folder(path.parent, home) or is_edition_of(_document(home, name), path))


def free_stem(folder: Path, home: Path, stem: str) -> str:
    """What the files of a letter can be called in a folder: `stem`, unless others have files of that name there."""
    paths = (letter_path, coupon_path, draft_path)
    return next(name for name in _names(stem) if not any(is_others(path(folder, name), home) for path in paths))


def save_beside(path: Path, pdf: bytes, home: Path, *, called: str = "", remedy: str = "Choose another folder.") -> Path:
    """Save a PDF in the place of its earlier edition, or beside what others have there; where it lies. Raises StoreError."""
    marked = edition(pdf, home, path.name)
    document = _document(home, path.name)
    free = next(place for place in _places(path) if _is_own_folder(place.parent, home) or _takes(place, document))
    return save_file(free, marked, called=called, remedy=remedy)


def free_place(path: Path, home: Path) -> Path:
    """Where a file can be saved that does not say whose it is: there, or beside what lies in a folder that others use too."""
    return next(place for place in _places(path) if not is_others(place, home))


def _takes(place: Path, document: str) -> bool:
    return not place.exists() or is_edition_of(document, place)


def _is_own_folder(folder: Path, home: Path) -> bool:
    return folder.resolve() == home.resolve()


def _document(home: Path, name: str) -> str:
    return str(home.resolve() / name)


def _places(path: Path) -> Iterator[Path]:
    return (path.with_stem(name) for name in _names(path.stem))


def _names(stem: str) -> Iterator[str]:
    """No file of the shop's is called by an underscore otherwise."""
    yield stem
    yield from (f"{stem}_{number}" for number in count(2))
