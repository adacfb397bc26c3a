"""From a fact to the picture and the words that people share: pure, without Django or database."""

from library.sharing.drawing import SIZES, Card, alt_text, draw
from library.sharing.wording import LIMITS, Limit, length, words_for

__all__ = ["LIMITS", "SIZES", "Card", "Limit", "alt_text", "draw", "length", "words_for"]
