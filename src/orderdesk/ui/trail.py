"""Where the seller has been: back and forward through the pages."""

from __future__ import annotations


class Trail:
    """Names of pages in the order they were visited."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._place = -1

    def visit(self, name: str) -> None:
        """Go on from here; what lay ahead is forgotten."""
        if self._place < 0 or self._names[self._place] != name:
            self._names = [*self._names[: self._place + 1], name][-50:]
            self._place = len(self._names) - 1

    def before(self, name: str) -> str | None:
        """The page that was left for the one of that name; None at the beginning."""
        return next((each for each in reversed(self._names[: self._place + 1]) if each != name), None)

    @property
    def can_go_back(self) -> bool:
        return self._place > 0

    @property
    def can_go_forward(self) -> bool:
        return self._place + 1 < len(self._names)

    def back(self) -> str | None:
        """One step back; None at the beginning."""
        if not self.can_go_back:
            return None
        self._place -= 1
        return self._names[self._place]

    def forward(self) -> str | None:
        """One step on; None at the end."""
        if not self.can_go_forward:
            return None
        self._place += 1
        return self._names[self._place]
