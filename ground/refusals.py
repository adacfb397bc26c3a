"""What an action or a step raises when it will not do what was asked."""


class Refused(Exception):
    """Nothing was done. ``sentence`` says why and what to do, ready to show to the person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
