"""What a step raises: a refusal for the author, or a failure for whoever runs the site."""


class Refused(Exception):
    """The input cannot be used. ``sentence`` is plain English, ready to show to the author."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class StepFailed(Exception):
    """The machinery broke on an input that was accepted. ``sentence`` names tool and cause."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
