"""The colors of the window, light and dark, in one place; nothing else names a color."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A text color and what it stands on, as #RRGGBB."""

    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class Colors:
    """One palette, as #RRGGBB. `badges` by role: ok, backordered, danger, info, neutral, told."""

    dark: bool
    window: str
    surface: str
    alternate: str
    text: str
    muted: str
    hairline: str
    border: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    selected_text: str
    tint: str
    badges: Mapping[str, Pair]

    @property
    def bar(self) -> str:
        """The bar at the leading edge of a backordered row."""
        return self.badges["backordered"].text


LIGHT = Colors(
    dark=False,
    window="#F6F7F9",
    surface="#FFFFFF",
    alternate="#FAFBFC",
    text="#1B2430",
    muted="#55606E",
    hairline="#D9DDE3",
    border="#808A98",
    accent="#1F5FBF",
    accent_hover="#184F9F",
    on_accent="#FFFFFF",
    selection="#DCE8FB",
    selected_text="#1B2430",
    tint="#FFF6EC",
    badges={
        "ok": Pair("#17633A", "#DDF3E4"),
        "backordered": Pair("#8A3B00", "#FFE8D1"),
        "danger": Pair("#A31621", "#FDE3E4"),
        "info": Pair("#1D4E9E", "#E1ECFB"),
        "neutral": Pair("#454F5B", "#E9ECEF"),
        "told": Pair("#5B3A9E", "#ECE5FA"),
    },
)
DARK = Colors(
    dark=True,
    window="#1A1D21",
    surface="#212529",
    alternate="#252A2F",
    text="#E8EAED",
    muted="#A9B2BC",
    hairline="#3A4149",
    border="#7D8794",
    accent="#7FB0FF",
    accent_hover="#9CC4FF",
    on_accent="#0B1A33",
    selection="#2A456F",
    selected_text="#FFFFFF",
    tint="#2E2417",
    badges={
        "ok": Pair("#8FE0AC", "#173A26"),
        "backordered": Pair("#FFB873", "#46290A"),
        "danger": Pair("#FF9EA3", "#4A171B"),
        "info": Pair("#9CC4FF", "#16305A"),
        "neutral": Pair("#C6CDD5", "#343A41"),
        "told": Pair("#CDB6FF", "#35245C"),
    },
)
