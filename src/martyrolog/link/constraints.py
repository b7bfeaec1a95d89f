"""What two records of one person cannot be: the constraints that clusters obey.

Always holds: a constraint is about two records, whatever their match weight. Two records are kept
apart by a human 'different'; by two days of death, both known to the day, that neither a slip of
the pen nor a day of sentence written for that of death explains; by standing in one list that
names nobody twice; by contradicting patronymics together with different dates of birth (father and
son, brothers).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.dates import MISSING_DAY
from martyrolog.levels import FIELDS
from martyrolog.link.columns import NO_VALUE, Codes, Records
from martyrolog.link.comparing_dates import compare_date_columns
from martyrolog.link.comparing_names import compare_patronymics

REASONS = ("judged_different", "duplicate_free_list", "two_deaths", "other_father")
"""What can keep two records apart; the message ``explain.apart_REASON`` says it in words."""


@dataclass(frozen=True)
class Constraints:
    """The constraints of one linkage.

    Attributes:
        records: Encoded records.
        different: Judged pairs of two persons, as ``smaller * records + larger``, sorted.
        lists: Code of the list of a record where that list names nobody twice, else ``NO_VALUE``.
    """

    records: Records
    different: NDArray[np.int64]
    lists: Codes

    def contradict(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        """Which pairs of records cannot be one person.

        Args:
            left: Numbers of records.
            right: Numbers of records, as many.
        """
        apart = self._judged(left, right)
        apart |= self._one_list(left, right)
        apart |= self._two_deaths(left, right)
        return apart | self._other_father(left, right)

    def reasons(self, left: int, right: int) -> tuple[str, ...]:
        """Why two records cannot be one person: of ``REASONS`` those that hold; none, they may.

        Args:
            left: Number of a record.
            right: Number of another.
        """
        one, other = np.array([left], np.int32), np.array([right], np.int32)
        checks = (self._judged, self._one_list, self._two_deaths, self._other_father)
        return tuple(
            reason for reason, holds in zip(REASONS, checks, strict=True) if holds(one, other)[0]
        )

    def signatures(self) -> NDArray[np.int64]:
        """A number for each record; records of one number are kept apart from the same others."""
        dates = self.records.dates
        judged = np.unique(np.concatenate(np.divmod(self.different, max(self.records.count, 1))))
        alone = self.lists != NO_VALUE
        alone[judged] = True
        number = np.arange(self.records.count, dtype=np.int64)
        death, birth, sentence = dates["death_date"], dates["birth_date"], self.records.sentences
        patronymic = self.records.texts["patronymic"].codes
        fathered = patronymic != NO_VALUE  # births alone keep nobody apart
        columns = (
            np.where(death.exact, death.earliest, MISSING_DAY),
            np.where(death.exact & sentence.exact, sentence.earliest, MISSING_DAY),
            patronymic,
            np.where(fathered, birth.earliest, NO_VALUE),
            np.where(fathered, birth.latest, NO_VALUE),
        )
        signature = np.where(alone, number, NO_VALUE)
        for column in columns:
            # numbers of distinct rows so far, column by column: sorting whole rows takes far longer
            packed = signature << 32 | column.astype(np.int64) & 0xFFFFFFFF
            signature = pa.array(packed).dictionary_encode().indices.to_numpy().astype(np.int64)
        return signature

    def _judged(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        low, high = np.minimum(left, right).astype(np.int64), np.maximum(left, right)
        judged: NDArray[np.bool_] = np.isin(low * self.records.count + high, self.different)
        return judged

    def _one_list(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        known: NDArray[np.bool_] = self.lists[left] != NO_VALUE
        known &= self.lists[left] == self.lists[right]
        return known

    def _two_deaths(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        column = self.records.dates["death_date"]
        exact = column.exact[left] & column.exact[right]
        levels = compare_date_columns(column, left, right)
        number = FIELDS["death_date"].number
        apart: NDArray[np.bool_] = exact & ~np.isin(levels, (number("equal"), number("slip")))
        apart[apart] = ~self._sentence_for_death(left[apart], right[apart])
        return apart

    def _sentence_for_death(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        """Which pairs may be of one sentence, whose day one record gives as the day of death.

        Lists write the day of the sentence for that of the execution. Two exact days of sentence
        that differ are two sentences.
        """
        sentence = self.records.sentences
        deaths = self.records.dates["death_date"].earliest
        days = np.where(sentence.exact, sentence.earliest, MISSING_DAY)
        one, other = days[left], days[right]
        shared = np.where(one == MISSING_DAY, other, one)
        known: NDArray[np.bool_] = shared != MISSING_DAY
        known &= (one == MISSING_DAY) | (other == MISSING_DAY) | (one == other)
        known &= (deaths[left] == shared) | (deaths[right] == shared)
        return known

    def _other_father(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        born = compare_date_columns(self.records.dates["birth_date"], left, right)
        number = FIELDS["birth_date"].number
        different = [number(name) for name in ("contradicted", "years_contradicted", "near",
                                                    "years_near", "same_year")]  # fmt: skip
        apart = np.isin(born, different)
        patronymic = self.records.texts["patronymic"].codes
        apart[apart] = self._patronymics_contradict(patronymic[left[apart]],
                                                    patronymic[right[apart]])  # fmt: skip
        return apart

    def _patronymics_contradict(self, left: Codes, right: Codes) -> NDArray[np.bool_]:
        used = np.unique(np.concatenate([left, right]))
        used = used[used != NO_VALUE]
        values = self.records.texts["patronymic"].values
        compare = compare_patronymics([values[code] for code in used.tolist()])
        number = FIELDS["patronymic"].number
        known: NDArray[np.bool_] = (left != NO_VALUE) & (right != NO_VALUE)
        first, second = (np.searchsorted(used, side[known]) for side in (left, right))
        levels = compare(first.astype(np.int32), second.astype(np.int32))
        known[known] = np.isin(levels, (number("contradicted"), number("initial_contradicted")))
        return known


def make_constraints(records: Records, different: Sequence[tuple[int, int]]) -> Constraints:
    """The constraints of these records.

    Args:
        records: Encoded records.
        different: Pairs of records that people judged to be two persons.
    """
    packed = sorted({min(pair) * records.count + max(pair) for pair in different})
    known = np.append(records.duplicate_free, False)
    lists = np.where(known[records.lists], records.lists, NO_VALUE).astype(np.int32)
    return Constraints(records, np.array(packed, dtype=np.int64), lists)
