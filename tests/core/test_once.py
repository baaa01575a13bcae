"""What repeats is worked out once, and the answers stand in the order of the questions."""

from __future__ import annotations

from claims_cli.core.once import once_alike, once_each


def test_equal_values_are_asked_for_once_in_order_of_appearance() -> None:
    asked: list[str] = []

    def upper(word: str) -> str:
        asked.append(word)
        return word.upper()

    assert once_alike(upper, ["b", "a", "b", "b", "a"]) == ["B", "A", "B", "B", "A"]
    assert asked == ["b", "a"]


def test_values_that_mostly_differ_have_their_answers_all_the_same() -> None:
    assert once_alike(str, [3, 1, 2, 3]) == ["3", "1", "2", "3"]
    assert once_alike(str, []) == []


def test_rows_of_the_very_same_objects_are_asked_for_once() -> None:
    one, other = [1], [1]
    asked: list[tuple[list[int], int]] = []

    def length(values: list[int], more: int) -> int:
        asked.append((values, more))
        return len(values) + more

    assert once_each(length, [one, other, one, one], [5, 5, 5, 6]) == [6, 6, 6, 7]
    assert [values is one for values, _ in asked] == [True, False, True]
    assert once_each(len, [one, other, one]) == [1, 1, 1]
    assert once_each(len, []) == []
