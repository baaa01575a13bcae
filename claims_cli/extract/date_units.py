"""Dates and stretches that count units of time: "three days ago", "last year", "the past six months"; ages and durations."""

from __future__ import annotations

from claims_cli.extract import days
from claims_cli.extract.date_words import AGE, COMMAS, DASHES, DURATION, POINT, SINCE, WITHIN, DateWords, Found
from claims_cli.extract.lexicon import Part as WordPart

GROWN_OLD = 150  # years
STEPS = {"last": -1, "this": 0, "next": 1}


class UnitRules(DateWords):
    """The rules for units of time."""

    def counted_units(self, at: int) -> tuple[int, int, str] | None:
        """So many units of time: the place after them, how many, and the unit: "three days", "يومين", "يوم واحد"."""
        pair = self.named_at(at, "pair ")
        if pair is not None:
            return self.after(at), 2, pair
        numeral = self.numeral_at(at)
        if numeral is not None:
            place = numeral.last + 1
            place += self.is_sign(place, DASHES)
            unit = self.unit_at(place)
            if unit is None or numeral.value != int(numeral.value):
                return None
            return self.after(place), int(numeral.value), unit
        unit = self.unit_at(at)
        if unit is None:
            return None
        end = self.after(at)
        end += self.number_of(end, WordPart.UNIT) == 1
        return end, 1, unit

    def counted_after(self, at: int) -> tuple[int, int, str] | None:
        """Units with their number after them: "الأشهر الثلاثة"."""
        unit = self.unit_at(at)
        numeral = None if unit is None else self.numeral_at(at + 1)
        if unit is None or numeral is None or numeral.digits:
            return None
        return numeral.last + 1, int(numeral.value), unit

    def ago(self, at: int) -> Found | None:
        """As in "three days ago", "قبل يومين", "منذ 3 أيام": counted back from the publication."""
        word = self.kind_at(at)
        if word == "before" and self.pack.source.language.order == "subject first":  # "قبل يومين", and no "before two days"
            return None
        place = self.after(at) if word in {"before", "since"} else at
        hedge = self.pack.hedges_before.at(self.tokens, place) if place < len(self.tokens) else None
        begin = place + (hedge[0] if hedge else 0)
        counted = self.counted_units(begin) if begin < len(self.tokens) else None
        if counted is None or counted[2] == "hour":
            return None
        end, count, unit = counted
        if word in {"before", "since"}:
            if (
                end in self.months
                or end in self.weekdays
                or self.year_number(end) is not None
                or self.kind_at(end) in {"of", "last", "next"}
            ):
                return None
            sense = SINCE if word == "since" else POINT
            return Found(at, end - 1, days.shifted(self.published, -count, unit, about=hedge is not None), ("so long ago",), sense)
        if self.kind_at(end) != "ago":
            return None
        return Found(at, self.after(end) - 1, days.shifted(self.published, -count, unit, about=hedge is not None), ("so long ago",))

    def last_units(self, at: int) -> Found | None:
        """As in "the past three days", "الأيام الثلاثة الماضية", "الـ24 ساعة الماضية": up to the publication."""
        if self.kind_at(at) == "last":
            counted = self.counted_units(self.after(at)) if self.after(at) < len(self.tokens) else None
            if counted is not None and self.tokens[self.after(at)].word.entry.number is None and self.digits_at(self.after(at)) is None:
                counted = None
            return counted and Found(at, counted[0] - 1, days.since_then(self.published, counted[1], counted[2]), ("the last",), WITHIN)
        counted = self.counted_after(at) or self.counted_units(at)
        if counted is None or self.kind_at(counted[0]) != "last" or counted[1] == 1:
            return None
        end = self.after(counted[0])
        return Found(at, end - 1, days.since_then(self.published, counted[1], counted[2]), ("the last",), WITHIN)

    def unit_turned(self, at: int) -> Found | None:
        """As in "last week", "العام الماضي", "this month"."""
        before = self.turned(at)
        place = at if before is None else before[0]
        unit = self.named_at(place, "unit ")
        if unit is None or unit == "hour":
            return None
        end = self.after(place)
        behind = self.turned(end) if before is None else None
        turn = before or behind
        if turn is None:
            return None
        end = end if behind is None else behind[0]
        named = days.around(self.published, unit, STEPS[turn[1]])
        sense = WITHIN if unit == "week" else POINT
        year = named.earliest.year if named.earliest is not None and unit == "year" else None
        return Found(at, end - 1, named, (f"{turn[1]} {unit}",), sense, year)

    def age(self, at: int) -> Found | None:
        """As in "aged 34", "a 45-year-old", "يبلغ من العمر 34 عاما"."""
        if self.kind_at(at) == "aged":
            place = self.after(at)
            numeral = self.numeral_at(place)
            if numeral is None or not 0 < numeral.value < GROWN_OLD:
                return None
            return Found(at, self.past(numeral.last + 1, "unit year") - 1, days.OPEN, ("age",), AGE)
        counted = None if self.numeral_at(at) is None else self.counted_units(at)
        if counted is None or counted[2] not in {"year", "month"}:
            return None
        end = counted[0] + self.is_sign(counted[0], DASHES)
        return Found(at, end, days.OPEN, ("age",), AGE) if self.kind_at(end) == "old" else None

    def duration(self, at: int) -> Found | None:
        """As in "over three months", "لمدة عامين": so long, on no day that is told."""
        if self.kind_at(at) != "duration" or self.after(at) >= len(self.tokens):
            return None
        counted = self.counted_units(self.after(at))
        if counted is None or self.kind_at(counted[0]) == "last":
            return None
        return Found(at, counted[0] - 1, days.OPEN, ("duration",), DURATION)

    def year_after(self, at: int) -> tuple[int, int | None]:
        """The year that follows a day or month, and the place after it; ``None`` and the same place when none does."""
        begin = at + 1 if self.is_sign(at, COMMAS) else at
        begin = self.past(begin, "of", "in")
        spoken = self.past(begin, "unit year", "article word")
        relative = self.year_relative(begin)
        if relative is not None:
            return relative
        number = self.year_number(spoken)
        return (at, None) if number is None else (spoken + 1, number)

    def year_relative(self, at: int) -> tuple[int, int] | None:
        """As in "last year", "من العام الماضي": the place after it and the year."""
        found = self.unit_turned(at)
        if found is None or found.year is None:
            return None
        return found.last + 1, found.year
