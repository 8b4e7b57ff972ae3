"""What a file cannot say itself: the seller's answers, and the questions left open with what was assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from orderdesk.domain.errors import InvalidValueError
from orderdesk.exchange.dates import day_and_month
from orderdesk.exchange.money_cells import DOLLARS, is_currency
from orderdesk.exchange.records import Question

MONTH_FIRST = "MDY"
DAY_FIRST = "DMY"


class Answers:
    """The answers for one file. Each question is asked once, and only if a cell needs it.

    `currency` and `date_order` are what the seller said, `usual_currency` the shop's own.
    `printed_dates` gives all date cells of the file, to look whether they settle their order themselves.
    """

    def __init__(
        self,
        *,
        currency: str | None,
        date_order: str | None,
        usual_currency: str | None,
        decimal_mark: str,
        printed_dates: Callable[[], Iterable[str]],
    ) -> None:
        if date_order not in (None, MONTH_FIRST, DAY_FIRST):
            raise InvalidValueError("date order", str(date_order), f"{MONTH_FIRST} (month first) or {DAY_FIRST} (day first)")
        if currency is not None and not is_currency(currency):
            raise InvalidValueError("currency", currency, "a currency in use, by its three letters, such as USD")
        self.currency = currency
        self.usual_currency = usual_currency
        self.decimal_mark = decimal_mark
        self.questions: list[Question] = []
        self._date_order = date_order
        self._dollar = currency
        self._printed_dates = printed_dates

    def dollar(self) -> str:
        """The currency that a bare `$` stands for."""
        if self._dollar is None:
            usual = self.usual_currency
            self._dollar = usual if usual in DOLLARS else DOLLARS[0]
            text = "Amounts in this file have only a $ sign. Which dollars are they?"
            self.questions.append(Question("currency", text, DOLLARS, self._dollar))
        return self._dollar

    def date_order(self) -> str:
        """Whether dates in digits have the month or the day first."""
        if self._date_order is None:
            self._date_order = self._evident_order() or self._assumed_order()
        return self._date_order

    def _evident_order(self) -> str | None:
        for printed in self._printed_dates():
            numbers = day_and_month(printed.strip())
            if numbers and max(numbers) > 12:
                return DAY_FIRST if numbers[0] > 12 else MONTH_FIRST
        return None

    def _assumed_order(self) -> str:
        assumed = MONTH_FIRST if self.usual_currency in (None, "USD") else DAY_FIRST
        text = "No day in this file is above 12. Do its dates have the month or the day first?"
        self.questions.append(Question("date_order", text, (MONTH_FIRST, DAY_FIRST), assumed))
        return assumed
