"""What a step raises when its machinery breaks."""


class StepFailed(Exception):
    """The machinery broke on an input that was accepted. ``sentence`` names tool and cause."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
