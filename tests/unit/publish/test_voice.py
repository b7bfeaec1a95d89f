"""A language of the site: labels of terms."""

import pytest

from martyrolog.publish.voice import Voice
from martyrolog.terms import label, vocabulary


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_fate_class_has_the_label_of_the_vocabulary(language: str) -> None:
    voice = Voice(language)
    for term_id in vocabulary("fate"):
        assert voice.term("fate", term_id.replace("-", " ")) == label("fate", term_id, language)


def test_a_fate_class_with_years_is_known_by_its_written_form() -> None:
    assert Voice("en").term("fate", "executed 1953-56") == "executed after Stalin's death"
    assert Voice("ru").term("fate", "executed 1953-56") == "казнь после смерти Сталина"


def test_what_a_list_says_in_its_own_words_stays_as_it_is() -> None:
    assert Voice("en").term("fate", "Расстрелян в Ленинграде") == "Расстрелян в Ленинграде"
    assert Voice("en").term("fate", None) == ""
