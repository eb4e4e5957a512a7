"""How people name days: one module per language, the form they share in `form`."""

from sellerinbox.domain.day_words.chinese import ZH
from sellerinbox.domain.day_words.english import EN
from sellerinbox.domain.day_words.form import DayWords
from sellerinbox.domain.day_words.french import FR
from sellerinbox.domain.day_words.german import DE
from sellerinbox.domain.day_words.spanish import ES

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES, "zh": ZH}

__all__ = ["LANGUAGES", "DayWords"]
