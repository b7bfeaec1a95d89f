import pytest

from martyrolog.dates import format_date, format_short


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [
        ("1899-11-12", "12 November 1899", "12 ноября 1899"),
        ("1937-08", "August 1937", "август 1937"),
        ("1937-08-XX", "August 1937", "август 1937"),
        ("1893~", "about 1893", "около 1893"),
        ("1937-08~", "about August 1937", "около августа 1937"),
        ("1922?", "probably 1922", "вероятно, 1922"),
        ("1938-03-02/1938-03-09", "between 2 and 9 March 1938", "между 2 и 9 марта 1938"),
        ("1937-08/1937-10", "between August and October 1937", "между августом и октябрём 1937"),
        ("1938/..", "after 1938", "после 1938"),
        ("../1937-08", "before August 1937", "до августа 1937"),
        ("[1938..]", "1938 or later", "не ранее 1938"),
        ("[..1938-03-02]", "2 March 1938 or earlier", "не позднее 2 марта 1938"),
        ("[1883-09-20,1883-09-23]", "20 or 23 September 1883", "20 или 23 сентября 1883"),
        ("[1890,1891]", "1890 or 1891", "1890 или 1891"),
        ("1937-23", "autumn 1937", "осень 1937"),
        ("193X", "1930s", "1930-е годы"),
        ("XXXX-11-12", "12 November, year unknown", "12 ноября, год неизвестен"),
        ("", "", ""),
    ],
)
def test_dates_in_words(edtf: str, english: str, russian: str) -> None:
    assert (format_date(edtf, "en"), format_date(edtf, "ru")) == (english, russian)


@pytest.mark.parametrize(
    ("edtf", "english", "russian"),
    [
        ("1899-11-12", "12 Nov 1899", "12.11.1899"),
        ("1893~", "c. 1893", "ок. 1893"),
        ("1937/1938", "1937–1938", "1937–1938"),
        ("1937/..", "1937–", "1937–"),
        (None, "", ""),
    ],
)
def test_short_dates(edtf: str | None, english: str, russian: str) -> None:
    assert (format_short(edtf, "en"), format_short(edtf, "ru")) == (english, russian)


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="en, ru"):
        format_date("1938", "de")
