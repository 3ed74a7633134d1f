"""The Thai language: repair, normalize, words, sentences, dates, numbers and names."""

from pipeline.thai.dates import (
    DateMention,
    FiscalYearMention,
    find_dates,
    find_fiscal_years,
    fiscal_year,
    parse_user_date,
)
from pipeline.thai.names import (
    PROVINCES,
    PersonMention,
    ProvinceMention,
    find_people,
    find_provinces,
)
from pipeline.thai.normalize import normalize
from pipeline.thai.numbers import (
    BahtMention,
    NumberMention,
    arabic_digits,
    find_baht,
    find_numbers,
)
from pipeline.thai.repair import Diagnosis, Study, align, diagnose, repair, study
from pipeline.thai.sentences import sentences
from pipeline.thai.times import TimeMention, find_times
from pipeline.thai.tokenizer import Token, tokenize, words

__all__ = [
    "PROVINCES",
    "BahtMention",
    "DateMention",
    "Diagnosis",
    "FiscalYearMention",
    "NumberMention",
    "PersonMention",
    "ProvinceMention",
    "Study",
    "TimeMention",
    "Token",
    "align",
    "arabic_digits",
    "diagnose",
    "find_baht",
    "find_dates",
    "find_fiscal_years",
    "find_numbers",
    "find_people",
    "find_provinces",
    "find_times",
    "fiscal_year",
    "normalize",
    "parse_user_date",
    "repair",
    "sentences",
    "study",
    "tokenize",
    "words",
]
