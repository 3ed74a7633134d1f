"""The Thai language: repair, normalize, words, sentences, dates, numbers and names."""

from pipeline.thai.dates import DateMention, find_dates
from pipeline.thai.fiscal_years import FiscalYearMention, find_fiscal_years, fiscal_year
from pipeline.thai.money import BahtMention, find_baht
from pipeline.thai.names import (
    PROVINCES,
    PersonMention,
    ProvinceMention,
    find_people,
    find_provinces,
)
from pipeline.thai.normalize import normalize
from pipeline.thai.numbers import NumberMention, arabic_digits, find_numbers
from pipeline.thai.repair import Diagnosis, Study, align, diagnose, repair, study
from pipeline.thai.sentences import sentences
from pipeline.thai.times import TimeMention, find_times
from pipeline.thai.tokenizer import Token, tokenize, words
from pipeline.thai.user_dates import parse_user_date

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
