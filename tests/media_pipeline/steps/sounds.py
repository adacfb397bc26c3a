"""Sounds in which nobody speaks."""

import numpy

SECONDS = 60
CLOCK = numpy.arange(SECONDS * 16_000) / 16_000
SHORT = CLOCK[: 16_000 * 12]  # plucked strings pass for speech at first, and take their time
CHANCE = numpy.random.default_rng(11)


def coloured(slope: float) -> numpy.ndarray:
    """Noise whose strength falls with the frequency: pink at 0.5, brown at 1."""
    spectrum = numpy.fft.rfft(CHANCE.normal(0, 1, len(CLOCK)))
    spectrum /= numpy.maximum(1, numpy.arange(len(spectrum))) ** slope
    noise = numpy.fft.irfft(spectrum, len(CLOCK))
    return 3000 * noise / noise.std()


NOTHING_SAID = {
    "silence": CLOCK * 0,
    "faint hiss": CHANCE.normal(0, 4, len(CLOCK)),
    "tone": 8000 * numpy.sin(2 * numpy.pi * 440 * CLOCK),
    "white noise": CHANCE.normal(0, 3000, len(CLOCK)),
    "pink noise": coloured(0.5),
    "brown noise": coloured(1.0),
    "beeps": 8000 * numpy.sin(2 * numpy.pi * 700 * CLOCK) * (CLOCK % 1 < 0.4),
    "wavering noise": CHANCE.normal(0, 3000, len(CLOCK)) * (0.5 + 0.5 * numpy.sin(25 * CLOCK)),
    "chords": sum(3000 * numpy.sin(2 * numpy.pi * f * SHORT) for f in (220, 277, 330))
    * numpy.exp(-3 * (SHORT % 0.5)),
}
