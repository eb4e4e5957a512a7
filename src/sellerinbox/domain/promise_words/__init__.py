"""How sellers promise things: one module per language, the form they share in `form`."""

from sellerinbox.domain.promise_words.english import EN
from sellerinbox.domain.promise_words.form import PromiseWords
from sellerinbox.domain.promise_words.french import FR
from sellerinbox.domain.promise_words.german import DE
from sellerinbox.domain.promise_words.spanish import ES

LANGUAGES = {"en": EN, "de": DE, "fr": FR, "es": ES}

__all__ = ["LANGUAGES", "PromiseWords"]
