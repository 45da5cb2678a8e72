"""Printed dates in many languages and forms, dates in numbers whose order is open, and what a document tells of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.reader import months, read
from provenance.reader.dates import DAY_FIRST, MONTH_FIRST, find_date, find_dates, numeric_order

# The 18th of October 2016 was a Tuesday, the 20th a Thursday.
FORMS = [
    ("en", "October 18, 2016", "2016-10-18"), ("en", "18th of October 2016", "2016-10-18"), ("en", "Tuesday, Oct. 18, 2016", "2016-10-18"),
    ("de", "Dienstag, 18. Oktober 2016", "2016-10-18"), ("de", "5. Jänner 2016", "2016-01-05"), ("fr", "1er août 2016", "2016-08-01"),
    ("fr", "mardi 18 octobre 2016", "2016-10-18"), ("es", "18 de octubre de 2016", "2016-10-18"), ("es", "18 de octubre del 2016", "2016-10-18"),
    ("pt", "18 de outubro de 2016", "2016-10-18"), ("pt", "terça-feira, 18 de outubro de 2016", "2016-10-18"), ("it", "18 ottobre 2016", "2016-10-18"),
    ("nl", "18 oktober 2016", "2016-10-18"), ("nl", "3 maart 2016", "2016-03-03"), ("ca", "18 d’octubre de 2016", "2016-10-18"),
    ("ru", "18 октября 2016 г.", "2016-10-18"), ("ru", "вторник, 18 октября 2016", "2016-10-18"), ("uk", "18 жовтня 2016", "2016-10-18"),
    ("be", "18 кастрычніка 2016", "2016-10-18"), ("pl", "18 października 2016", "2016-10-18"), ("pl", "15 listopada 2016", "2016-11-15"),
    ("hr", "15. listopada 2016.", "2016-10-15"), ("hr", "3. srpnja 2016.", "2016-07-03"), ("cs", "18. října 2016", "2016-10-18"),
    ("cs", "15. listopadu 2016", "2016-11-15"), ("cs", "3. července 2016", "2016-07-03"), ("sk", "18. októbra 2016", "2016-10-18"),
    ("hu", "2016. október 18.", "2016-10-18"), ("hu", "2016. október 18., kedd", "2016-10-18"), ("ro", "18 octombrie 2016", "2016-10-18"),
    ("bg", "18 октомври 2016", "2016-10-18"), ("sr", "18. октобар 2016", "2016-10-18"), ("sr", "18. oktobra 2016.", "2016-10-18"),
    ("sl", "18. oktobra 2016", "2016-10-18"), ("el", "18 Οκτωβρίου 2016", "2016-10-18"), ("el", "18 ΟΚΤΩΒΡΙΟΥ 2016", "2016-10-18"),
    ("tr", "18 Ekim 2016", "2016-10-18"), ("tr", "20 AĞUSTOS 2016", "2016-08-20"), ("tr", "20 KASIM 2016", "2016-11-20"),
    ("az", "18 oktyabr 2016", "2016-10-18"), ("sv", "den 18 oktober 2016", "2016-10-18"), ("da", "18. oktober 2016", "2016-10-18"),
    ("nb", "18. desember 2016", "2016-12-18"), ("fi", "18. lokakuuta 2016", "2016-10-18"), ("is", "18. október 2016", "2016-10-18"),
    ("et", "18. oktoober 2016", "2016-10-18"), ("lv", "2016. gada 18. oktobrī", "2016-10-18"), ("lt", "2016 m. spalio 18 d.", "2016-10-18"),
    ("sq", "18 tetor 2016", "2016-10-18"), ("ar", "18 أكتوبر 2016", "2016-10-18"), ("ar", "18 تشرين الأول 2016", "2016-10-18"),
    ("ar", "١٨ أكتوبر ٢٠١٦", "2016-10-18"), ("ar", "18 تشرين الأول/أكتوبر 2016", "2016-10-18"), ("fa", "۱۸ اکتبر ۲۰۱۶", "2016-10-18"),
    ("ur", "18 اکتوبر 2016", "2016-10-18"), ("he", "18 באוקטובר 2016", "2016-10-18"), ("he", "ב-18 באוקטובר 2016", "2016-10-18"),
    ("hi", "18 अक्टूबर 2016", "2016-10-18"), ("hi", "१८ अक्टूबर २०१६", "2016-10-18"), ("bn", "18 অক্টোবর 2016", "2016-10-18"),
    ("id", "18 Oktober 2016", "2016-10-18"), ("ms", "18 Ogos 2016", "2016-08-18"), ("sw", "18 Oktoba 2016", "2016-10-18"),
    ("vi", "18 tháng 10 năm 2016", "2016-10-18"), ("hy", "18 հոկտեմբերի 2016", "2016-10-18"), ("ka", "18 ოქტომბერი 2016", "2016-10-18"),
    ("zh", "2016年10月18日", "2016-10-18"), ("zh", "本报2016年10月18日讯", "2016-10-18"), ("ja", "2016年10月18日（火）", "2016-10-18"),
    ("ko", "2016년 10월 18일", "2016-10-18"), ("ko", "2016년 10월 18일 (화)", "2016-10-18"), ("-", "18.10.2016", "2016-10-18"),
    ("-", "2016/10/18", "2016-10-18"), ("-", "18-Oct-2016", "2016-10-18"), ("-", "2016 October 18", "2016-10-18"),
]  # fmt: skip
WEEKDAYS = [
    ("Tuesday, October 18, 2016", 1), ("Dienstag, 18. Oktober 2016", 1), ("mardi 18 octobre 2016", 1), ("jueves, 20 de octubre de 2016", 3),
    ("вторник, 18 октября 2016", 1), ("2016年10月18日（火）", 1), ("2016年10月20日 星期四", 3), ("2016년 10월 18일 (화)", 1),
    ("2016. október 20., csütörtök", 3), ("20 Ekim 2016 Perşembe", 3), ("الثلاثاء 18 أكتوبر 2016", 1), ("tirsdag den 18. oktober 2016", 1),
    ("The Sun, 18 October 2016", None), ("18 October 2016 Sunday Times", None), ("18 October 2016", None), ("Chapter 18 October 2016", None),
]  # fmt: skip
NO_DATES = [
    "Chapter 12 2016", "in May 2016 the", "room 18 at 2016 Oak Street", "18 Foobar 2016", "31 February 2016", "32 October 2016", "18 มกราคม 2559",
    "۱۸ مهر ۱۳۹۵", "平成28年10月18日", "18 October 1216", "1.2.3.2016", "10/18", "version 2016.13.45", "18 אוקטובר 20161",
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "day"), FORMS)
def test_dates_of_many_languages(language: str, text: str, day: str) -> None:
    """A date is read as its language prints it: its words, its digits, its order."""
    printed = find_date(text, 0, len(text))
    assert printed is not None
    assert str(printed.date) == day


def test_there_are_more_than_twenty_five_languages() -> None:
    """The forms above are of more than twenty-five languages, and the table of months has all that need one."""
    tested = {language for language, _, _ in FORMS}
    assert len(tested) >= 25
    assert tested - {"-", "vi", "zh", "ja", "ko"} <= set(months.languages())


@pytest.mark.parametrize(("text", "weekday"), WEEKDAYS)
def test_weekdays_beside_dates(text: str, weekday: int | None) -> None:
    """The weekday that is printed with a date is read in its language; a paper's name is none."""
    printed = find_date(text, 0, len(text))
    assert printed is not None
    assert printed.weekday == weekday


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    """Numbers in other words, days that no calendar has, and years of other calendars are no dates."""
    assert find_date(text, 0, len(text)) is None


def test_every_name_has_its_month_and_its_weekday() -> None:
    """No name of the tables is given to two months or two weekdays, but for the one that Poles and Croats share."""
    for rows, lookup, first in (
        (months._MONTHS, months.month_of, 1),
        (months._WEEKDAYS, months.weekday_of, 0),
    ):
        for row in rows.values():
            forms = row.split("|")
            assert len(forms) == (12 if first else 7)
            for number, names in enumerate(forms, first):
                assert [lookup(name.replace("_", " ")) for name in names.split()] == [number] * len(
                    names.split()
                )
    assert months.month_of("listopada") == 11
    assert months.month_of("listopada", dotted_day=True) == 10


def test_names_that_contradict_each_other_are_no_month() -> None:
    """Two names for a month must name the same one."""
    assert months.month_of("أيلول/سبتمبر") == 9
    assert months.month_of("أيلول/أكتوبر") is None


def test_numbers_have_both_readings() -> None:
    """A date in numbers that could be two days has two readings, and is no date for those who ask for one."""
    (both,) = find_dates("07/08/2019", 0, 10, both=True)
    assert (str(both.date), str(both.other)) == ("2019-08-07", "2019-07-08")
    assert find_date("07/08/2019", 0, 10) is None
    assert [str(p.date) for p in find_dates("07/08/2019", 0, 10, order=DAY_FIRST)] == ["2019-08-07"]
    assert [str(p.date) for p in find_dates("07/08/2019", 0, 10, order=MONTH_FIRST)] == ["2019-07-08"]
    assert [str(p.date) for p in find_dates("13/08/2019 08/13/2019 08/08/2019", 0, 32)] == [
        "2019-08-13",
        "2019-08-13",
        "2019-08-08",
    ]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("07/08/2019 and 25/08/2019", DAY_FIRST),
        ("07/08/2019 and 08/25/2019", MONTH_FIRST),
        ("07/08/2019", None),
        ("25/08/2019 and 08/25/2019", None),
        ("1/25/2019/3", MONTH_FIRST),
        ("no date", None),
    ],
)
def test_a_document_tells_its_order(text: str, order: str | None) -> None:
    """Dates that only one order makes possible tell the order of the others; both kinds tell nothing."""
    assert numeric_order(text, 0, len(text)) == order


PROSE = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive there."


def document(date: str, *, tail: str = "", head: str = "Wall To Be Repaired") -> bytes:
    """Return a plain text whose date line is this."""
    return f"{head}\n{date}\n\n{PROSE}\n\n{PROSE}{tail}\n".encode()


@pytest.mark.parametrize(
    ("tail", "captured", "day", "codes"),
    [
        ("", None, None, ["date.day-month-open"]),
        (" The next vote is on 25/09/2019.", None, "2019-08-07", []),
        (" The next vote is on 09/25/2019.", None, "2019-07-08", []),
        ("", "2019-07-20T10:00:00Z", "2019-07-08", []),
        ("", "2019-09-20T10:00:00Z", None, ["date.day-month-open"]),
    ],
)
def test_open_dates_are_settled_or_kept_open(
    tail: str, captured: str | None, day: str | None, codes: list[str]
) -> None:
    """Another date of the document or the capture settles an open date; without them both readings are kept, and no value."""
    (article,) = read(document("07/08/2019", tail=tail), captured_at=captured, name="x.txt").articles
    assert (str(article.published) if article.published else None) == day
    assert [f.code for f in article.findings if f.code == "date.day-month-open"] == codes
    if day is None:
        assert [str(e.value) for e in article.fields.published.conflicts] == ["2019-08-07", "2019-07-08"]


def test_the_language_of_a_page_settles_an_open_date() -> None:
    """Who writes German writes the day first; who writes English writes either."""
    page = "<html lang='{}'><body><article><h1>Die Mauer wird gebaut</h1><p>07/08/2019</p><p>{}</p></article></body></html>"
    (german,) = read(page.format("de", PROSE).encode(), name="x.html").articles
    (english,) = read(page.format("en", PROSE).encode(), name="x.html").articles
    assert str(german.published) == "2019-08-07"
    assert english.published is None


@pytest.mark.parametrize(
    ("captured", "codes"),
    [("2016-10-10T00:00:00Z", ["date.after-capture"]), ("2016-10-17T12:00:00Z", []), (None, [])],
)
def test_dates_after_the_capture(captured: str | None, codes: list[str]) -> None:
    """An article dated more than a day after its capture is warned of; a day is what zones can make."""
    (article,) = read(document("October 18, 2016"), captured_at=captured, name="x.txt").articles
    assert str(article.published) == "2016-10-18"
    assert [f.code for f in article.findings if f.code == "date.after-capture"] == codes


@given(st.text(alphabet="0123456789/.- ,OctoberMai年月日 Tuesday", max_size=80))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    """Whatever a text holds, dates lie in it, in order, and are days of the calendar."""
    position = 0
    for printed in find_dates(text, 0, len(text), both=True):
        assert position <= printed.start < printed.end <= len(text)
        assert printed.date.day_date is not None
        position = printed.end
