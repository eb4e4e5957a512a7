"""How buyers say thank you: one module per language, the form they share in `form`."""

from sellerinbox.domain.thanks_words.dutch import NL
from sellerinbox.domain.thanks_words.english import EN
from sellerinbox.domain.thanks_words.form import ThanksWords
from sellerinbox.domain.thanks_words.french import FR
from sellerinbox.domain.thanks_words.german import DE
from sellerinbox.domain.thanks_words.italian import IT
from sellerinbox.domain.thanks_words.spanish import ES

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES, "it": IT, "nl": NL}

__all__ = ["LANGUAGES", "ThanksWords"]
