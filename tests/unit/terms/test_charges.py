"""Charges: by their article where one is named, and by whole words otherwise."""

import pytest

from martyrolog.terms import code_term, code_terms

CODED = [
    ("в рамках приказа 00447", "not-stated"),
    ("нарушение приказа начальника", "official"),
    ("выселена, эшелон со ст. Белоусовка", None),
    ("контрреволюционное преступление", "counter-revolution"),
    ("контрреволюционное выступление", "counter-revolution"),
    ("слухи о наступлении врага", "anti-soviet-agitation"),
    ("сдача в плен", "treason"),
    ("участие в националистической организации", "counter-revolution"),
    ("националист", "counter-revolution"),
    ("служба у немцев", "treason"),
    ("по нац. признаку", "nationality"),
    ("как лицо немецкой национальности", "nationality"),
    ("7 ч.1 Закона от 25.12.58", "article-other-code"),
    ("ст. 7 Закона от 25.12.1958 г.", "article-other-code"),
    ("к.-р. деятельность", "counter-revolution"),
    ("член РОВС", "counter-revolution"),
    ("служба у белых", "punitive-service"),
    ("54-10 УК УССР", "ua-54-10"),
    ("54-10 ч. 1, 11 УК УССР", "ua-54-10"),
    ("ст. 54-10", "ua-54-10"),
    ("54-10 УК РСФСР", "article-other-code"),
    ("72а, 76 УК БССР - агитация", "by-72"),
    ("63-1 УК Белорусской ССР", "by-63-1"),
    ("24-68 УК БССР", "by-68"),
    ("66 УК БССР", "by-66"),
    ("39 УК БССР - социально опасный элемент", "socially-dangerous"),
    ("39 УК БССР", "code-by"),
    ("66 ч. 1 УК УзССР", "code-uz"),
    ("58-10 ч. 2 УК Грузинской ССР", "code-ge"),
    ("72 ч. 1 УК Азербайджанской ССР", "code-az"),
    ("67 УК АрмССР", "code-am"),
    ("68 ч. 1 УК ТуркССР", "code-tm"),
    ("61 УК Таджикской ССР", "code-tj"),
    ("58-10 УК РСФСР", "58-10"),
    ("58-10 УК РСФСР, 72 УК БССР", "58-10"),
    ("63-1, 76", "article-other-code"),
]


@pytest.mark.parametrize(("text", "term_id"), CODED)
def test_a_charge_is_told_from_those_that_share_its_letters(text: str, term_id: str | None) -> None:
    code = code_term("charge", text)
    assert (code and code.term_id) == term_id


def test_an_article_of_a_republic_is_given_with_its_point_of_article_58() -> None:
    codes = code_terms("charge", "63-1, 65, 72а УК БССР")
    assert [code.term_id for code in codes] == ["by-63-1", "by-65", "by-72"]
    assert codes[0].articles == ("63-1", "65", "72")
    assert codes[0].equivalents == ("58-1", "58-10")
    assert codes[0].label_en == "63-1 Belorussian SSR (58-1 treason)"


def test_an_article_without_a_known_correspondence_keeps_its_code_and_number() -> None:
    code = code_term("charge", "66 ч. 1 УК УзССР")
    assert code is not None
    assert (code.term_id, code.articles, code.equivalents) == ("code-uz", ("66",), ())
