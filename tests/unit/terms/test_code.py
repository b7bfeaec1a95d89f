from importlib.resources import files

import pytest

from martyrolog.terms import VOCABULARIES, code_term, code_terms, label, vocabulary
from martyrolog.terms.articles import codes
from martyrolog.yaml_text import parse_yaml

CODED = [
    ("sentencing_body", "Тройка при УНКВД по Омской обл. 31 октября 1937 г.", "nkvd-troika"),
    ("sentencing_body", "особая тройка при ПП ОГПУ по Запсибкраю", "ogpu-troika"),
    ("sentencing_body", "Чистопольская райтройка", "mass-operation-district-troika"),
    ("sentencing_body", "ВКВС СССР", "military-collegium"),
    (
        "sentencing_body",
        "выездной сессией Военной коллегии Верховного суда СССР",
        "military-collegium",
    ),
    ("sentencing_body", "Верховный суд ТАССР", "supreme-court"),
    ("sentencing_body", "ОСО при НКВД СССР", "special-council"),
    ("sentencing_body", "Особым отделом НКВД 305-й дивизии", "state-security"),
    ("sentencing_body", "Комиссия НКВД СССР и Прокурора СССР", "dvoika"),
    ("sentencing_body", "Коллегией ОГПУ", "ogpu-collegium"),
    ("sentencing_body", "Военный трибунал ЛВО", "military-tribunal"),
    ("sentencing_body", "Омский губревтрибунал", "revolutionary-tribunal"),
    ("sentencing_body", "Куйбышевский облсуд", "regional-court"),
    ("sentencing_body", "Актанышский РИК в 1932 г.", "executive-committee"),
    ("sentencing_body", "в сентябре 1941 г.", "not-stated"),
    (
        "sentencing_body",
        "Military Collegium of the Supreme Court of the USSR",
        "military-collegium",
    ),
    ("sentencing_body", "regional troikas of NKVD", "nkvd-troika"),
    ("rehabilitating_body", "16 января 1995 г. МВД Республики Адыгея", "interior-ministry"),
    ("rehabilitating_body", "Прокуратура Смоленской обл.", "prosecutors-office"),
    ("rehabilitating_body", "военной прокуратурой ЗабВО", "military-prosecutor"),
    ("rehabilitating_body", "сведений о реабилитации нет", "none-known"),
    ("arresting_body", "УНКВД по ДВК", "nkvd"),
    ("arresting_body", 'ОКР "Смерш" 49 армии', "smersh"),
    ("sentence", "ВМН", "death"),
    ("sentence", "расстрел с заменой на 10 лет ИТЛ", "death-commuted"),
    ("sentence", "10 лет ИТЛ", "camp"),
    ("sentence", "10 л. л. с.", "imprisonment"),
    ("sentence", "3 года ссылки в Казахстан", "exile"),
    ("sentence", "раскулачены и выселены", "dekulakisation-exile"),
    ("sentence", "дело прекращено за отсутствием состава преступления", "case-dropped"),
    ("sentence", "death", "death"),
    ("charge", "по ст. 58-10 ч.1 УК РСФСР", "58-10"),
    ("charge", "58", "58"),
    ("charge", "АСА", "anti-soviet-agitation"),
    ("charge", "КРТД", "trotskyist"),
    ("charge", "как ЧСИР", "family-member"),
    ("charge", "шпионаж", "espionage"),
    ("charge", "54-6 УК УССР", "ua-54-6"),
    ("fate", "executed", "executed"),
    ("fate", "executed 1953-56", "executed-1953-56"),
    ("fate", "расстрелян 23 декабря 1953 г.", "executed-1953-56"),
    ("fate", "расстрелян 12.06.1937, реабилитирован в 1956 г.", "executed"),
    ("fate", "расстрелян 12 июня 1937 г. и в 1956 г. реабилитирован", "executed"),
    ("fate", "shot after verdict", "executed"),
    ("fate", "died in custody", "died-in-custody"),
    ("fate", "killed in Tobolsk prison on NKVD orders", "killed-in-prison"),
    ("fate", "died in office (natural)", "natural"),
    ("fate", "natural or suicide (disputed)", "unknown"),
    ("fate", "murdered abroad", "murdered-abroad"),
    ("fate", "assassinated", "assassinated"),
    ("fate", "suicide", "suicide"),
    ("fate", "survived", "survived"),
    ("nationality", "латышка", "latvian"),
    ("nationality", "Latvian", "latvian"),
    ("nationality", "русская", "russian"),
    ("nationality", "русский", "russian"),
    ("nationality", "крымский татарин", "crimean-tatar"),
    ("party", "б/п", "none"),
    ("party", "член ВКП(б) с 1927", "communist"),
    ("party", "бывший член ВКП(б)", "former-communist"),
    ("party", "party member since 1917", "communist"),
    ("party", "not a party member", "none"),
    ("party", "кандидат в члены ВКП(б)", "candidate"),
    ("party", "член КП Германии", "foreign-communist"),
    ("occupation", "слесарь завода № 24", "worker"),
    ("occupation", "завод № 24: главный инженер", "engineering"),
    ("occupation", "зам. наркома земледелия СССР", "party-state"),
    ("occupation", "президент Всесоюзной академии наук", "academic"),
    ("occupation", "приёмщик Союзутиля", "trade-crafts"),
    ("occupation", "правление кустпромсоюза", "trade-crafts"),
    ("occupation", "начальник отдела УНКВД", "state-security"),
    ("occupation", "домохозяйка", "housewife"),
    ("occupation", "священник", "clergy"),
    ("sentence", "освобождён", "released"),
    ("sentence", "лишение права проживания", "exile"),
    ("sentence", "розстріляний", "death"),
    ("sentence", "ВМП", "death"),
    ("sentence", "расстраляны", "death"),
    ("sentence", "kara śmierci", "death"),
    ("sentence", "10 років ВТТ", "camp"),
    ("sentence", "10 гадоў ППЛ", "camp"),
    ("sentence", "10 lat łagru", "camp"),
    ("sentence", "8 років позбавлення волі", "imprisonment"),
    ("sentencing_body", "Политбюро ЦК ВКП(б)", "party-committee"),
    ("sentencing_body", "уездное политбюро", "cheka"),
    ("sentencing_body", "Трійка УНКВД", "nkvd-troika"),
    ("sentencing_body", "Особлива трійка", "troika"),
    ("sentencing_body", "Kolegium OGPU", "ogpu-collegium"),
    ("rehabilitating_body", "по Закону «О реабилитации жертв репрессий»", "law-1991"),
    ("rehabilitating_body", "комиссия по правам жертв репрессий", "commission"),
    ("rehabilitating_body", "Указом Президиума Верховного Совета СССР", "decree-1989"),
    ("rehabilitating_body", "Президиумом Верховного Суда РСФСР", "supreme-court"),
    ("charge", "побег за границу", "treason"),
    ("charge", "ст. 82 (побег)", "article-other-code"),
    ("charge", "шпигунство", "espionage"),
    ("charge", "антирадянська агітація", "anti-soviet-agitation"),
    ("charge", "закон от 7 августа", "economic"),
    ("fate", "помер у таборі", "died-in-custody"),
    ("fate", "памёр у лагеры", "died-in-custody"),
    ("fate", "zmarł w łagrze", "died-in-custody"),
    ("fate", "звільнений", "survived"),
    ("role", "victim", "victim"),
    ("role", "office holder", "office holder"),
]


@pytest.mark.parametrize(("name", "text", "term_id"), CODED)
def test_a_phrase_is_coded_to_its_term(name: str, text: str, term_id: str) -> None:
    code = code_term(name, text)
    assert code is not None
    assert (code.vocabulary, code.term_id) == (name, term_id)


def test_a_code_carries_what_else_the_phrase_says() -> None:
    code = code_term("sentencing_body", "Тройка при УНКВД по Омской обл. 31 октября 1937 г.")
    assert code is not None
    assert code.date is not None
    assert (code.date.edtf, code.rest.split()) == (
        "1937-10-31", ["Тройка", "при", "УНКВД", "по", "Омской", "обл."]
    )  # fmt: skip
    assert code.detail == "1937-10-31"


def test_all_articles_of_a_charge_are_given() -> None:
    codes = code_terms("charge", "по ст. 58-2, 10 ч.1, 11 УК РСФСР")
    assert [code.term_id for code in codes] == ["58-2", "58-10", "58-11"]
    assert codes[0].detail == "58-2, 58-10, 58-11"


def test_both_nationalities_of_a_doubtful_one_are_given_in_the_order_of_the_text() -> None:
    codes = code_terms("nationality", "русский (по другим данным - еврей)")
    assert [code.term_id for code in codes] == ["russian", "jewish"]


@pytest.mark.parametrize("text", ["", "   ", "ъъъ"])
def test_what_matches_no_term_has_no_code(text: str) -> None:
    assert code_term("nationality", text) is None


def test_an_unknown_vocabulary_is_refused_by_name() -> None:
    with pytest.raises(KeyError, match="colour"):
        code_term("colour", "red")


@pytest.mark.parametrize("name", VOCABULARIES)
def test_every_term_has_a_label_in_both_languages_and_something_to_match(name: str) -> None:
    articles = [prefix for code in codes() for prefix in (f"{code}-", f"code-{code}")]
    for term in vocabulary(name).values():
        assert label(name, term.term_id, "en")
        assert any("а" <= letter <= "я" for letter in label(name, term.term_id, "ru").lower())
        is_article = name == "charge" and term.term_id.startswith(("58", *articles))
        assert term.words or term.pattern or is_article, term.term_id


@pytest.mark.parametrize("name", [*VOCABULARIES, "articles"])
def test_no_label_is_cut_at_its_comma(name: str) -> None:
    """Unquoted within a flow mapping, a comma ends the label and makes a key of what follows."""
    folder = "" if name == "articles" else "vocabularies/"
    path = files("martyrolog.terms").joinpath(f"{folder}{name}.yaml")
    entries = parse_yaml(path.read_text(encoding="utf-8"))
    for entry in entries.values() if isinstance(entries, dict) else entries:
        assert entry.keys() <= {"id", "en", "ru", "match", "otherwise", "dated", "words"}, entry
    assert label("sentencing_body", "regional-court", "ru").endswith("окружной суд")


def test_no_nationality_word_stands_for_two() -> None:
    words = [word for term in vocabulary("nationality").values() for word in term.words]
    assert sorted(words) == sorted(set(words))
