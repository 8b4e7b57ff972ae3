"""Statuses as icon and word: declared once for every table, pane and legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from orderdesk.domain.coupons import CouponState, CouponStatus
from orderdesk.domain.listings import Advice
from orderdesk.domain.orders import LineStatus, OrderStatus
from orderdesk.domain.products import ProductStatus
from orderdesk.domain.purchases import PurchaseStatus
from orderdesk.ui.colors import DARK, LIGHT
from orderdesk.ui.icons import paint_icon
from orderdesk.ui.theme import FONT_FAMILY, Theme
from orderdesk.ui.words import marked, tr

HEIGHT = 22
_ICON = 14
_PAD = 8
_GAP = 5


@dataclass(frozen=True, slots=True)
class Badge:
    """What a pill says: a role of the palette, an icon, a word."""

    role: str
    icon: str
    word: str


OVERDUE = Badge("danger", "triangle-alert", marked("Overdue"))
OVER_ALLOCATED = Badge("danger", "triangle-alert", marked("Over-allocated"))
# What money goes back for: the order itself may be ready, as only some of its units were canceled.
FOR_CANCELED_UNITS = Badge("neutral", "wallet", marked("For canceled units"))
LESS_THAN_PAID = Badge("neutral", "wallet", marked("Paid too much"))
TOLD = Badge("told", "mail", marked("Told"))
NOT_TOLD = Badge("backordered", "mail", marked("Not told"))
VOID = Badge("neutral", "ban", marked("Void"))
NOT_NEEDED = Badge("neutral", "ban", marked("Not needed now"))
# Where rows are many: whether each may still go out is not looked into.
LETTER_MADE = Badge("info", "mail-check", marked("Letter made"))
LETTER_READY = Badge("info", "mail-check", marked("Letter ready"))
LETTER_OVERTAKEN = Badge("backordered", "triangle-alert", marked("Letter out of date"))
REFUND_LETTER_READY = Badge("danger", "mail-check", marked("Refund letter ready"))
ORDER = {
    OrderStatus.AWAITING_PAYMENT: Badge("neutral", "wallet", marked("Awaiting payment")),
    OrderStatus.ON_HOLD: Badge("neutral", "pause", marked("On hold")),
    OrderStatus.BACKORDERED: Badge("backordered", "hourglass", marked("Backordered")),
    OrderStatus.PARTLY_READY: Badge("info", "circle-dot-dashed", marked("Partly ready")),
    OrderStatus.READY: Badge("ok", "circle-check", marked("Ready")),
    OrderStatus.AWAITING_SUPPLIER: Badge("info", "package", marked("Awaiting supplier")),
    OrderStatus.PENDING: Badge("info", "clipboard-list", marked("Count first")),
    OrderStatus.SHIPPED: Badge("neutral", "truck", marked("Shipped")),
    OrderStatus.CANCELED: Badge("neutral", "ban", marked("Canceled")),
}
# Of those that are late: what can't be filled is still seen beside what can go at once.
LATE_ORDER = {
    OrderStatus.BACKORDERED: Badge("danger", "hourglass", marked("Backordered, overdue")),
    OrderStatus.PARTLY_READY: Badge("danger", "circle-dot-dashed", marked("Partly ready, overdue")),
    OrderStatus.READY: Badge("danger", "circle-check", marked("Ready, overdue")),
    OrderStatus.AWAITING_SUPPLIER: Badge("danger", "package", marked("Awaiting supplier, overdue")),
    OrderStatus.PENDING: Badge("danger", "clipboard-list", marked("Count first, overdue")),
}
LINE = {
    LineStatus.READY: ORDER[OrderStatus.READY],
    LineStatus.PARTLY_BACKORDERED: Badge("backordered", "hourglass", marked("Partly backordered")),
    LineStatus.BACKORDERED: ORDER[OrderStatus.BACKORDERED],
    LineStatus.AWAITING_SUPPLIER: ORDER[OrderStatus.AWAITING_SUPPLIER],
    LineStatus.PART_SHIPPED: Badge("info", "truck", marked("Part shipped")),
    LineStatus.SHIPPED: ORDER[OrderStatus.SHIPPED],
    LineStatus.CANCELED: ORDER[OrderStatus.CANCELED],
    LineStatus.RETURNED: Badge("neutral", "undo-2", marked("Returned")),
    LineStatus.PENDING: Badge("info", "clipboard-list", marked("Pending")),
}
ADVICE = {
    Advice.KEEP: Badge("ok", "circle-check", marked("Keep")),
    Advice.REDUCE: Badge("backordered", "triangle-alert", marked("Reduce to {}")),
    Advice.SHORTEN: Badge("info", "calendar", marked("End by {}")),
    Advice.END: Badge("danger", "ban", marked("End now")),
    Advice.ENDED: Badge("neutral", "circle-check", marked("Ended")),
}
PURCHASE = {
    PurchaseStatus.DRAFT: Badge("neutral", "pencil", marked("Draft")),
    PurchaseStatus.SENT: Badge("info", "truck", marked("Under way")),
    PurchaseStatus.PARTLY_RECEIVED: Badge("info", "package-plus", marked("Partly received")),
    PurchaseStatus.RECEIVED: Badge("ok", "package-check", marked("Received")),
    PurchaseStatus.CANCELED: ORDER[OrderStatus.CANCELED],
}
PRODUCT = {
    ProductStatus.OK: Badge("ok", "circle-check", marked("OK")),
    ProductStatus.LOW: Badge("backordered", "triangle-alert", marked("Low")),
    ProductStatus.OUT: Badge("danger", "package-x", marked("Out")),
    ProductStatus.COUNT_ME: Badge("info", "clipboard-list", marked("Count me")),
    ProductStatus.KIT: Badge("neutral", "boxes", marked("Kit")),
    ProductStatus.UNTRACKED: Badge("neutral", "tag", marked("Not tracked")),
    ProductStatus.DISCONTINUED: Badge("neutral", "ban", marked("Discontinued")),
}
SLIPPED = Badge("danger", "triangle-alert", marked("Date slipped"))
WORD_DUE = Badge("danger", "calendar", marked("Word promised"))
NO_ANSWER = Badge("danger", "triangle-alert", marked("No answer"))
OLD_SUPPLY = Badge("backordered", "hourglass", marked("Older than a day"))
# By what is stored, and by where it stands on a day; a voided one is that in both.
COUPON: dict[str, Badge] = {
    CouponStatus.ISSUED: Badge("ok", "ticket", marked("Open")),
    CouponState.OPEN: Badge("ok", "ticket", marked("Open")),
    CouponState.NOT_GIVEN: Badge("neutral", "mail", marked("Not given out")),
    CouponStatus.REDEEMED: Badge("neutral", "ticket-check", marked("Redeemed")),
    CouponState.USED: Badge("neutral", "ticket-check", marked("Redeemed")),
    CouponState.VOIDED: Badge("neutral", "ticket-x", marked("Void")),
    CouponState.EXPIRED: Badge("neutral", "history", marked("Expired")),
}


def badge_font() -> QFont:
    font = QFont(FONT_FAMILY)
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def badge_width(badge: Badge) -> int:
    return 2 * _PAD + _ICON + _GAP + QFontMetrics(badge_font()).horizontalAdvance(tr(badge.word))


@lru_cache(maxsize=256)
def badge_pixmap(badge: Badge, colors_dark: bool, right_to_left: bool, scale: float, room: int) -> QPixmap:
    """The pill, at most `room` wide, drawn once for each theme, direction and scale."""
    from_theme = (DARK if colors_dark else LIGHT).badges[badge.role]
    width = min(badge_width(badge), max(room, 2 * _PAD + _ICON))
    pixmap = QPixmap(QSize(round(width * scale), round(HEIGHT * scale)))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(from_theme.fill))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(0, 0, width, HEIGHT), HEIGHT / 2, HEIGHT / 2)
    icon_x = width - _PAD - _ICON if right_to_left else _PAD
    paint_icon(painter, badge.icon, from_theme.text, QRect(icon_x, (HEIGHT - _ICON) // 2, _ICON, _ICON))
    painter.setFont(badge_font())
    painter.setPen(QColor(from_theme.text))
    text_width = width - 2 * _PAD - _ICON - _GAP
    text = QFontMetrics(badge_font()).elidedText(tr(badge.word), Qt.TextElideMode.ElideRight, text_width + 1)
    text_x = _PAD if right_to_left else _PAD + _ICON + _GAP
    painter.drawText(
        QRect(text_x, 0, text_width + 2, HEIGHT), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, text
    )
    painter.end()
    return pixmap


class BadgeLabel(QWidget):
    """A pill as a widget, for panes."""

    def __init__(self, badge: Badge, theme: Theme) -> None:
        super().__init__()
        self._badge = badge
        self._theme = theme
        self.setAccessibleName(tr(badge.word))
        self.setFixedSize(self.sizeHint())

    @override
    def sizeHint(self) -> QSize:
        return QSize(badge_width(self._badge), HEIGHT)

    @override
    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawPixmap(
            0, 0, badge_pixmap(self._badge, self._theme.colors.dark, mirrored, self.devicePixelRatioF(), self.width())
        )
