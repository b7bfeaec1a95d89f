"""Why two names agree or not, in words."""

import pytest

from martyrolog.names import explain_given_names, explain_patronymics, explain_surnames


@pytest.mark.parametrize(
    ("left", "right", "english"),
    [
        ("Іванівна", "Ивановна", "Іванівна = Ивановна: forms of one patronymic"),
        ("Ивановича", "Иванович", "Ивановича = Иванович: forms of one patronymic"),
        ("Ивановны", "Иванович",
         "Ивановны = Иванович: the son's and the daughter's form of one patronymic"),
        ("Мордко-Янкелевич", "Янкелевич",
         "Мордко-Янкелевич ≈ Янкелевич: one of the two names agrees"),
        ("не указано", "Иванович", "missing in one of the two"),
    ],
)  # fmt: skip
def test_what_two_forms_of_a_patronymic_are_to_each_other(
    left: str, right: str, english: str
) -> None:
    assert explain_patronymics(left, right) == english


def test_a_given_name_that_is_said_to_be_unknown_is_missing() -> None:
    assert explain_given_names("неизвестно", "Иван") == "missing in one of the two"


@pytest.mark.parametrize(
    ("latin", "english", "russian"),
    [
        ("Iwanoff", "German spelling", "немецкое написание"),
        ("Ivanovs", "Latvian spelling", "латышское написание"),
        ("Ivanov", "a Latin spelling", "написание латиницей"),
    ],
)
def test_a_spelling_is_called_after_its_convention_or_after_none(
    latin: str, english: str, russian: str
) -> None:
    assert explain_surnames(latin, "Иванов") == f"{latin} = Иванов: {english}"
    assert explain_surnames("Иванов", latin, "ru") == f"Иванов = {latin}: {russian}"
