"""Frames in a language that puts the verb before the subject: "قالت الوزارة إن …", "… وفقا للوزارة", "نقلت الوكالة عن مصدر …"."""

from __future__ import annotations

from claims_cli.extract.frames import CLOSING, COMMAS, DEFINITE, ENDS, LONGEST_QUALIFIER, LONGEST_SPEAKER, NEAR, OPENING, Frame, Framer
from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

TANWIN = ("\u064b", "\u0627\u064b", "\u064b\u0627")  # the ending of an adverb or object, which no name in a subject has


class VerbFirst(Framer):
    """Finds frames by the subject to the right of a verb."""

    def teller(self, at: int) -> tuple[int, int] | None:
        """Who stands after the verb of "وفق ما أفادت الوزارة"; ``None``: no such clause."""
        if at + 1 >= self.end or self.tokens[at].word.form != "ما" or self.tokens[at + 1].word.entry.verb is None:
            return None
        return self.owner_after(at + 2)

    def owner_of_figures(self, first: int, last: int) -> tuple[int, int] | None:
        """Who made some figures, told by a clause after them: "أرقام كشف عنها المجلس", "تحليل أجرته الوكالة"; ``None``: no such clause."""
        at = next((place for place in range(first, last) if not self.only_figures(first, place)), last + 1)
        if at == first or at >= self.end:
            return None
        word = self.tokens[at].word
        with_pronoun = word.form.endswith(("ته", "تها", "ها")) and not word.prefix and not word.form.startswith("ال")
        return (self.owner_after(at + 1) or (first, last)) if word.entry.verb is not None or with_pronoun else None

    def ends_name_here(self, place: int) -> bool:
        """Whether a number ends the name."""
        return self.tokens[place].kind == NUMBER_KIND

    def made_by(self, first: int, last: int) -> int:  # noqa: ARG002 - other languages look at it
        """A document stands first in its name here, so the name begins where it begins."""
        return first

    def owner_after(self, at: int) -> tuple[int, int] | None:
        """The subject after a verb and its pronoun: "كشف عنها المجلس", "صرح به لوكالة …، المندوب"."""
        while at < self.end - 1 and at in self.dated:
            at += 1
        if at < self.end and self.tokens[at].word.has("resumptive"):
            at += 1
        if at < self.end and self.tokens[at].word.prefix.startswith("ل"):  # to whom it was said
            at = next((place + 1 for place in range(at, min(self.end, at + LONGEST_QUALIFIER)) if self.tokens[place].text in COMMAS), at)
        return self.subject_after(at) if at < self.end else None

    def verb_frame(self, at: int) -> Frame | None:
        """The frame of a verb whose subject follows it; one without a subject goes on for the last speaker."""
        kind = str(self.tokens[at].word.entry.verb)
        begin = at + 1
        if begin >= self.end:
            return None
        if kind == "relay":
            return self.relayed(at)
        content = self.content_after(begin)
        if kind == "noun":
            return self.told_to(at) if self.tokens[at].word.prefix.startswith("ل") else self.told_by_noun(at, content)
        if self.is_heading(at, content):
            return Frame(kind, at, at + 1, self.end - 1, (self.first_word(), at - 1), rules=("subject before verb, in a heading",))
        led = self.tokens[0].word.form == "اما" and self.tokens[at].word.prefix.startswith("ف")
        subject = begin if led else self.after_dates(begin)
        first = self.tokens[begin]
        relative = at > 0 and self.tokens[at - 1].word.has("relative") and not first.word.form.startswith("ال")
        if (
            relative
            or led
            or self.starts_content(begin)
            or first.word.has("adverbial")
            or subject in self.dated
            or self.tells_of_before(at)
            or self.is_object(begin, content)
        ):
            return self.subject_elsewhere(at, kind, content, None if relative else self.subject_left_of(at))
        return self.subject_follows(at, kind, subject)

    def revision_frame(self, at: int) -> Frame | None:
        """The frame of "خفضت الوزارة حصيلة القتلى إلى 213"; ``None`` when something else is revised, or an event does it."""
        counted = next((place for place in range(at + 2, min(self.end, at + 1 + LONGEST_QUALIFIER)) if self.is_count(place)), None)
        subject = None if counted is None else self.subject_after(self.after_day(at + 1))
        if counted is None or subject is None:
            return None
        last = min(subject[1], counted - 1)
        while last > subject[0] and last in self.dated:
            last -= 1
        happened = last < subject[0] or self.tokens[subject[0]].word.has("masdar") or self.is_event(subject[0])
        if happened or any(self.tokens[place].kind != WORD_KIND for place in range(at + 1, counted)):
            return None
        return Frame("revise", at, counted, self.end - 1, (subject[0], last), rules=("subject after a verb of revising",))

    def is_event(self, at: int) -> bool:
        """Whether a word names an event, with its article or without: "الزلزال", "زلزال"."""
        definite = self.pack.lexicon.entries.get(f"{DEFINITE[0]}{self.tokens[at].word.form}")
        return self.tokens[at].word.has("incident") or (definite is not None and "incident" in definite.roles)

    def after_day(self, at: int) -> int:
        """The first place from one on that is no part of a date."""
        return next((place for place in range(at, self.end) if place not in self.dated), at)

    def tells_of_before(self, at: int) -> bool:
        """Whether a verb follows its subject with "قد" between them: "كان الوزير قد اتهم الشركة"; what comes after it is its object."""
        return at > 0 and self.tokens[at - 1].word.form == "قد" and self.subject_left_of(at) is not None

    def after_dates(self, begin: int) -> int:
        """Where the subject stands after a date, "قال الاثنين الرئيس إن"; ``begin`` when no subject comes after one."""
        place = begin
        while place < self.end and place in self.dated:
            place += 1
        if place == self.end or self.starts_content(place) or self.tokens[place].kind != WORD_KIND:
            return begin
        word = self.tokens[place].word
        return begin if word.has("adverbial") or word.has("stop") or self.content_after(place) is None else place

    def first_word(self) -> int:
        """Where the first word of the sentence stands, signs such as those of a heading passed over."""
        return next((place for place, token in enumerate(self.tokens) if token.kind == WORD_KIND), 0)

    def is_heading(self, at: int, content: int | None) -> bool:
        """Whether a short line tells with the verb behind its subject, as headings do: "الوزير يتوقع المزيد"."""
        if at == 0 or content is not None or at - self.first_word() > NEAR or self.tokens[self.end - 1].text in ENDS:
            return False
        first = self.first_word()
        before = self.tokens[first:at]
        return (
            bool(before)
            and all(token.kind == WORD_KIND and not token.word.has("stop") and token.word.entry.verb is None for token in before)
            and (not self.tokens[at].word.prefix and self.tokens[at].word.entry.verb != "noun")
        )

    def subject_elsewhere(self, at: int, kind: str, content: int | None, speaker: tuple[int, int] | None) -> Frame | None:
        """The frame of a verb after which no subject stands: it stands before the verb, or goes on for the last speaker."""
        goes_on = self.tokens[at].word.prefix[:1] in self.pack.joins and any(self.tokens[place].word.entry.verb for place in range(at))
        if speaker is None and kind not in {"add", "forecast"} and content is None and not goes_on:
            return None
        return Frame(kind, at, at + 1, self.end - 1, speaker, rules=("subject before verb" if speaker else "no subject",))

    def subject_follows(self, at: int, kind: str, begin: int) -> Frame | None:
        """The frame of a verb with the subject after it, from ``begin`` on, and with whom that subject cites."""
        speaker = self.subject_after(begin)
        if speaker is None:
            return None
        if self.closes(at, speaker[1]):
            return Frame(kind, at, 0, at - 1, speaker, trailing=True, rules=("verb, subject after what is said",))
        cited = self.cited_in(speaker)
        if cited is not None:
            return Frame(kind, at, cited[1] + 1, self.end - 1, cited, relay=(speaker[0], speaker[1]), rules=("verb, relay, origin",))
        return Frame(kind, at, speaker[1] + 1, self.end - 1, speaker, rules=("verb before subject",))

    def closes(self, at: int, last: int) -> bool:
        """Whether a verb and its subject close a sentence after what is said: "لا قوات في المدينة، قالت الوزارة"."""
        if at == 0 or self.tokens[at].word.prefix or not (self.tokens[at - 1].text in COMMAS or self.tokens[at - 1].text in CLOSING):
            return False
        return all(self.tokens[place].kind == SIGN_KIND or place in self.dated for place in range(last + 1, self.end))

    def told_by_noun(self, at: int, content: int | None) -> Frame | None:
        """The frame of a noun of saying with its subject: "إعلان التحالف أنه …"; only what is said right after makes it one."""
        if content is None or content - at > LONGEST_QUALIFIER or self.is_refused(at):
            return None
        speaker = None if self.tokens[at + 1].word.prefix.startswith("ل") else self.subject_after(at + 1)
        if speaker is None or content - speaker[1] > NEAR:
            return None
        last = next((place - 1 for place in range(content, self.end) if self.tokens[place].text in COMMAS), self.end - 1)
        return Frame("say", at, speaker[1] + 1, last, speaker, rules=("noun of saying",))

    def is_refused(self, at: int) -> bool:
        """Whether a noun of saying is what somebody does not do: "امتنع عن تأكيد", "لا يمكنه تأكيد"."""
        before = self.tokens[max(0, at - NEAR) : at]
        return any(token.word.has("negation") or token.word.form == "عن" for token in before)

    def told_to(self, at: int) -> Frame | None:
        """The frame of a purpose: "انتهز الوزير الفرصة للإعلان عن …": the subject of the sentence tells it."""
        first = next((place for place in range(at) if self.tokens[place].kind == WORD_KIND and place not in self.dated), at)
        speaker = self.subject_after(first + 1) if first + 1 < at else None
        if speaker is None or speaker[1] >= at:
            return None
        return Frame("say", at, at + 1, self.end - 1, speaker, rules=("subject of the sentence, to announce",))

    def is_object(self, at: int, content: int | None) -> bool:
        """Whether an indefinite noun after a verb is what is told and not who tells: "ويتوقع تراجعا", "وتتوقع إرسال"."""
        token = self.tokens[at]
        if content is not None and content - at <= LONGEST_QUALIFIER:
            return False
        if token.text.endswith(TANWIN) or (token.word.has("masdar") and not token.word.prefix):
            return True
        definite = token.word.form.startswith(("ال", "لل")) or (at + 1 < self.end and self.tokens[at + 1].word.form.startswith("ال"))
        return not definite and self.tokens[at - 1].word.entry.verb == "forecast"

    def starts_content(self, at: int) -> bool:
        """Whether what is said begins at a token."""
        token = self.tokens[at]
        return token.word.has("that") or token.text in OPENING or token.text == ":"

    def content_after(self, at: int) -> int | None:
        """Where what is said begins after a verb; ``None`` when no "that", colon or quotation mark follows."""
        for place in range(at, min(self.end, at + 3 * LONGEST_SPEAKER)):
            if self.starts_content(place):
                return place
        return None

    def subject_after(self, begin: int) -> tuple[int, int] | None:
        """The subject that follows a verb, up to what is said; a qualifier in commas is part of it."""
        last, place = begin - 1, begin
        while place < min(self.end, begin + LONGEST_SPEAKER):
            token = self.tokens[place]
            if token.text in COMMAS:
                after = self.after_qualifier(place)
                if after is None:
                    break
                place = after
                continue
            if token.text == "(":
                place = next((at + 1 for at in range(place, min(self.end, place + NEAR + NEAR)) if self.tokens[at].text == ")"), self.end)
                continue
            if self.starts_content(place) and not (token.text in OPENING and self.closes_soon(place)):
                break
            if token.kind == SIGN_KIND and token.text not in OPENING and token.text not in CLOSING and token.text not in "-'/":
                break
            if self.ends_subject(place, begin, last):
                break
            last = place
            place += 1
        if last < begin:
            return None
        maker = self.owner_of_figures(begin, last) if self.tokens[begin].word.has("owner of figures") else None
        return self.maker_after_date(begin, last) or maker or (self.unwrapped(begin, last), last)

    def ends_subject(self, place: int, begin: int, last: int) -> bool:
        """Whether a word ends a subject that begins at ``begin`` and has reached ``last``: a verb, a date, a number, an adverb."""
        token = self.tokens[place]
        word = token.word
        if place > begin and (
            word.entry.verb is not None or word.has("demonstrative") or word.has("negation") or token.text.endswith(TANWIN)
        ):
            return True
        if token.kind == NUMBER_KIND or (word.entry.number is not None and not word.prefix.endswith("ال")):
            return True
        if place > begin and word.has("masdar") and word.prefix in {"", "ب"}:
            return True
        if place > begin and self.is_described(place, begin):
            return True
        if place > begin and place + 1 < self.end and self.tokens[place + 1].word.has("amounting"):  # "أقر البرلمان ميزانية قدرها"
            return True
        inside = place > begin and last - begin < NEAR and self.inside_name(place)
        return place in self.dated or (word.has("adverbial") and not inside)

    def is_described(self, place: int, begin: int) -> bool:
        """Whether a report after the subject of a verb of describing is its object: "وصفت الوزارة الأنباء بأنها كاذبة"."""
        if not self.tokens[place].word.has("report") or begin == 0 or not self.tokens[begin - 1].word.has("describing"):
            return False
        return not self.tokens[place - 1].word.has("medium")  # "وكالة الأنباء" is a name

    def maker_after_date(self, begin: int, last: int) -> tuple[int, int] | None:
        """Who made a document whose verb a date parts from its subject: "تحليل أعدته الاثنين الوكالة"; ``None``: it is not told so."""
        place = last + 1
        while place < self.end and place in self.dated:
            place += 1
        if place == last + 1 or not self.tokens[begin].word.has("owner of figures") or not self.tokens[last].word.form.endswith("ته"):
            return None
        return self.subject_after(place)

    def closes_soon(self, place: int) -> bool:
        """Whether a quotation mark opens a name, "الكونفدرالية "سي جي تي"", and not what is said."""
        return any(self.tokens[at].text in CLOSING for at in range(place + 1, min(self.end, place + NEAR + 1)))

    def after_qualifier(self, comma: int) -> int | None:
        """The place after a qualifier in commas that is part of a subject, when what is said follows; ``None``: none is there."""
        for place in range(comma + 1, min(self.end, comma + LONGEST_QUALIFIER + 1)):
            if self.tokens[place].text in COMMAS:
                following = place + 1
                told = following < self.end and (following in self.dated or self.content_after(following) is not None)
                return following if told else None
            if self.starts_content(place):
                return comma + 1
        return None

    def subject_left_of(self, at: int) -> tuple[int, int] | None:
        """The subject that stands before its verb: "الوزارة أعلنت أن", "كانت الشركة قد قالت إن", "أما الوزير فقال إن"."""
        if self.tokens[0].word.form == "اما" and self.tokens[at].word.prefix.startswith("ف") and 1 < at <= LONGEST_SPEAKER:
            return self.unwrapped(1, at - 1), at - 1
        last = at - 1
        while last >= 0 and (self.tokens[last].word.form in {"قد", "لقد"} or last in self.dated):
            last -= 1
        first = last
        while first >= 0 and last - first < LONGEST_SPEAKER:
            token = self.tokens[first]
            word = token.word
            if token.kind != WORD_KIND or word.has("that") or word.entry.verb is not None or first in self.dated or word.has("linking"):
                break
            first -= 1
        first += 1
        if first <= last and self.tokens[first].word.has("parting"):  # "but the governor said", "لكنها قالت"
            first += 1
        if first > last or self.tokens[at].word.prefix.startswith(("و", "ف")) or last - first > NEAR + NEAR:
            return None
        opening = self.tokens[first - 1] if first > 0 else None
        bare_figures = self.only_figures(first, last) and (first == last or opening is None or not opening.word.has("that"))
        if (
            self.tokens[last].word.has("stop")
            or self.tokens[first].word.has("negation")
            or self.tokens[first].word.has("demonstrative")
            or bare_figures
            or self.tokens[first].word.prefix.startswith("ب")
        ):
            return None
        opens = opening is None or opening.text in COMMAS or any(opening.word.has(role) for role in ("linking", "that", "parting"))
        if not opens:
            return None
        return self.unwrapped(first, last), last

    def cited_in(self, speaker: tuple[int, int]) -> tuple[int, int] | None:
        """Whom a subject cites, in the words after it: "ذكرت الصحيفة عن مصادر"."""
        after = speaker[1] + 1
        if after >= self.end:
            return None
        if self.tokens[after].word.form in {"نقلا", "عن"} and self.tokens[speaker[0]].word.has("medium"):
            begin = after + (2 if self.tokens[after].word.form == "نقلا" else 1)
            return self.name_from(begin) if begin < self.end else None
        return None

    def relayed(self, at: int) -> Frame | None:
        """The frame of "نقلت X عن Y": Y speaks, X passes it on."""
        for place in range(at + 1, min(self.end, at + LONGEST_SPEAKER)):
            if self.tokens[place].word.form == "عن":
                origin = self.subject_after(place + 1)
                if origin is None:
                    return None
                relay = (at + 1, place - 1) if place > at + 1 else None
                return Frame("say", at, origin[1] + 1, self.end - 1, origin, relay=relay, rules=("verb, relay, origin",))
            if self.starts_content(place):
                break
        return None
