"""Occupations by their major group: the post before what qualifies it and before the employer."""

import pytest

from martyrolog.terms import code_term

CODED = [
    ("старший инженер треста", "engineering"),
    ("старший бухгалтер", "clerk"),
    ("старший научный сотрудник", "academic"),
    ("консультант наркомата", "clerk"),
    ("генеральный консул", "party-state"),
    ("атташе полпредства в Германии", "party-state"),
    ("торгпред в Испании", "party-state"),
    ("находился в распоряжении комиссии", None),
    ("представитель компартии в Коминтерне", "party-state"),
    ("доктор химических наук, профессор", "academic"),
    ("хлебопашец", "peasant"),
    ("рядовой колхозник", "peasant"),
    ("рядовой 5-го полка", "military"),
    ("Н-лаг НКВД, заключенный", "prisoner"),
    ("Н-лаг НКВД", None),
    ("Н-лаг НКВД, врач", "health"),
    ("тюрьма № 3, заключенный", "prisoner"),
    ("начальник отделения УНКВД, ранее заключенный", "state-security"),
    ("гастроном № 5: уборщица", "guard-service"),
    ("гастроном № 5", None),
    ("техникум, сторож", "guard-service"),
    ("вчитель", "education"),
    ("сторож церкви", "guard-service"),
    ("завхоз школы", "management"),
    ("завод, слесарь", "worker"),
    ("пом. бухгалтера", "clerk"),
    ("помощник машиниста", "transport"),
    ("зам. директора", "management"),
    ("старший", "management"),
    ("ученик слесаря", "worker"),
    ("ученик школы", "student"),
    ("секретарь комбината", "clerk"),
    ("секретарь райкома ВКП(б)", "party-state"),
    ("член колхоза", "peasant"),
    ("капитан парохода", "transport"),
    ("робітник заводу", "worker"),
    ("селянин", "peasant"),
    ("nauczyciel", "education"),
    ("металлургический завод, чернорабочий", "worker"),
    ("колхоз «Пограничник», плотник", "worker"),
    ("строительство завода: инженер", "engineering"),
]


@pytest.mark.parametrize(("text", "term_id"), CODED)
def test_the_post_decides_the_group_of_an_occupation(text: str, term_id: str | None) -> None:
    code = code_term("occupation", text)
    assert (code and code.term_id) == term_id
