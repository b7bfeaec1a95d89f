"""Explanations name what in two values makes them agree or not."""

import pytest

from martyrolog.levels import FIELDS, explain, level_label


@pytest.mark.parametrize(
    ("field", "left", "right", "english", "russian"),
    [
        ("surname", "Jeschow", "Ежов", "Jeschow = Ежов: German spelling",
         "Jeschow = Ежов: немецкое написание"),
        ("surname", "Петрова", "Петров",
         "Петрова = Петров: the masculine and the feminine form of one surname",
         "Петрова = Петров: мужская и женская форма одной фамилии"),
        ("surname", "Jeschow", "Yezhov",
         "Jeschow = Yezhov: German spelling and English spelling",
         "Jeschow = Yezhov: немецкое написание и английское написание"),
        ("surname", "Петров", "Попов", "Петров ≠ Попов: different surnames",
         "Петров ≠ Попов: разные фамилии"),
        ("surname", "Тухачевский", "Тухочевский", "Тухачевский ≈ Тухочевский: 1 letter differs",
         "Тухачевский ≈ Тухочевский: отличается 1 буква"),
        ("given_name", "Johann", "Иван", "Johann = Иван: Johann is the German form of Иван",
         "Johann = Иван: Johann — немецкая форма имени Иван"),
        ("given_name", "Ваня", "Иван", "Ваня = Иван: Ваня is short for Иван",
         "Ваня = Иван: Ваня — краткая форма имени Иван"),
        ("given_name", "П.", "Иван", "П. ≠ Иван: the initial does not agree",
         "П. ≠ Иван: инициал не совпадает"),
        ("patronymic", "Ив-ч", "Иванович", "Ив-ч ≈ Иванович: a contraction",
         "Ив-ч ≈ Иванович: сокращение"),
        ("patronymic", "Ивановна", "Ильич", "Ивановна ≠ Ильич: the fathers are Иван and Илья",
         "Ивановна ≠ Ильич: имена отцов — Иван и Илья"),
        ("birth_date", "1899-11-12", "1900", "born 12 Nov 1899 and 1900: one year apart",
         "рождение: 12.11.1899 и 1900: разница в 1 год"),
        ("birth_date", "1899-11-12", "12 ноября 1899 г.",
         "born 12 Nov 1899 and «12 ноября 1899 г.»: the same",
         "рождение: 12.11.1899 и «12 ноября 1899 г.»: даты совпадают"),
        ("birth_date", "1880-01-01", "1880-01-13",
         "born 1 Jan 1880 and 13 Jan 1880: 12 days apart, as the old and the new style are",
         "рождение: 01.01.1880 и 13.01.1880: разница в 12 дней, как между старым и новым стилем"),
        ("death_date", "1937-12-30", "1938-01-02", "died 30 Dec 1937 and 2 Jan 1938: 3 days apart",
         "смерть: 30.12.1937 и 02.01.1938: разница в 3 дня"),
        ("birth_place", "г. Тифлис", "Тбилиси",
         "г. Тифлис = Тбилиси: one town under two names",
         "г. Тифлис = Тбилиси: один город под двумя названиями"),
        ("birth_place", "Рига", "Киев",
         "Рига ≠ Киев: Livland guberniya and Kiev guberniya are different provinces",
         "Рига ≠ Киев: Лифляндская губерния и Киевская губерния — разные губернии или области"),
        ("birth_place", "Латвия", "Латвия", "Латвия = Латвия: the same in both",
         "Латвия = Латвия: совпадает"),
        ("residence", "ул. Петровка, д.26, кв.110", "Можайское ш., д.61, кв.24",
         "ул. Петровка, д.26, кв.110 ≠ Можайское ш., д.61, кв.24: different addresses",
         "ул. Петровка, д.26, кв.110 ≠ Можайское ш., д.61, кв.24: разные адреса"),
        ("occupation", "слесарь", "токарь",
         "слесарь ≈ токарь: both name worker",
         "слесарь ≈ токарь: в обоих названо «рабочий»"),
        ("nationality", "немка", "немец", "немка = немец: both mean German",
         "немка = немец: оба значат «немец»"),
        ("sex", "m", "f", "male ≠ female: they differ", "мужской ≠ женский: различаются"),
    ],
)  # fmt: skip
def test_an_explanation_says_in_both_languages_what_makes_the_level(
    field: str, left: str, right: str, english: str, russian: str
) -> None:
    assert explain(field, left, right) == english
    assert explain(field, left, right, "ru") == russian


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_value_says_nothing_else(field: str) -> None:
    assert (
        explain(field, None, "1937") == explain(field, "1937", " ") == "missing in one of the two"
    )


@pytest.mark.parametrize("name", ["alias", "swapped"])
def test_a_level_that_other_fields_make_is_said_in_its_own_words(name: str) -> None:
    level = FIELDS["surname"].number(name)
    label = level_label("surname", level)
    assert explain("surname", "Ленин", "Ульянов", level=level) == f"Ленин and Ульянов: {label}"
    assert "different surnames" in explain("surname", "Ленин", "Ульянов")
