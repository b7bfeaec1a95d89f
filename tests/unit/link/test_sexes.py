"""The sex of a record."""

from martyrolog.link.sexes import normal_sexes, with_sexes_of_names


def test_words_for_the_sex_become_letters() -> None:
    assert normal_sexes(["Male", " Ж ", "муж.", "?", None]) == ["m", "f", "m", None, None]


def test_the_name_says_it_where_the_file_does_not() -> None:
    names = ["Петрова", "Петрова", None], ["Анна", "Анна", None], [None, None, None]
    assert with_sexes_of_names([None, "m", None], *names) == ["f", "m", None]
