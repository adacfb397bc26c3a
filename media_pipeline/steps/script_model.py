"""A language model of one script, so that a recogniser hears the words that were to be said.

Beside the script's words it holds every single sound as a word of its own: what is said beyond the
script is then heard as a string of sounds, and not as words of the script that were never said.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log10
from pathlib import Path

DISCOUNT = 0.4  # taken off every count seen and given to what was not seen
UTTERANCE_END = 0.05  # chance that an utterance ends after any word
STRAY = 0.5  # chance of something else than a word of the script, where nothing is known
PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W "
    "Y Z ZH"
)
STRAYS = {f"~{phone.lower()}": phone for phone in PHONES.split()}

Gram = tuple[str, ...]


def write_model(words: Sequence[str], target: Path) -> None:
    """Write a trigram model of ``words`` (spoken words in order) in ARPA format to ``target``."""
    counts: list[Counter[Gram]] = [
        Counter(zip(*(words[n:] for n in range(size)), strict=False)) for size in (1, 2, 3)
    ]
    levels = [_unigrams(counts[0])]
    for seen in counts[1:]:
        levels.append(_discounted(seen, levels[-1]))
    back_off = [_back_offs(levels[0], levels[1]), _back_offs(levels[1], levels[2]), {}]
    lines = ["\\data\\", *(f"ngram {n + 1}={len(level)}" for n, level in enumerate(levels))]
    for n, level in enumerate(levels):
        lines += ["", f"\\{n + 1}-grams:"]
        for gram in sorted(level):
            weight = f"\t{back_off[n].get(gram, 0.0):.4f}" if n < 2 else ""
            lines.append(f"{log10(level[gram]):.4f}\t{' '.join(gram)}{weight}")
    target.write_text("\n".join([*lines, "", "\\end\\", ""]), encoding="utf-8")


def _unigrams(counts: Mapping[Gram, int]) -> dict[Gram, float]:
    total = sum(counts.values()) + len(counts)
    share = 1 - UTTERANCE_END - STRAY
    level = {gram: share * (n + 1) / total for gram, n in counts.items()}
    level |= {(stray,): STRAY / len(STRAYS) for stray in STRAYS}
    return level | {("<s>",): 1e-9, ("</s>",): UTTERANCE_END}


def _discounted(counts: Mapping[Gram, int], below: Mapping[Gram, float]) -> dict[Gram, float]:
    """Absolute discounting, interpolated with the level below."""
    totals, kinds = _by_history(counts)
    return {
        gram: (n - DISCOUNT + DISCOUNT * kinds[gram[:-1]] * below[gram[1:]]) / totals[gram[:-1]]
        for gram, n in counts.items()
    }


def _by_history(counts: Mapping[Gram, int]) -> tuple[dict[Gram, int], dict[Gram, int]]:
    totals: dict[Gram, int] = defaultdict(int)
    kinds: dict[Gram, int] = defaultdict(int)
    for gram, n in counts.items():
        totals[gram[:-1]] += n
        kinds[gram[:-1]] += 1
    return totals, kinds


def _back_offs(level: Mapping[Gram, float], above: Mapping[Gram, float]) -> dict[Gram, float]:
    """log10 of the weight each history gives to the level below, so that all sums to one."""
    seen: dict[Gram, float] = defaultdict(float)
    seen_below: dict[Gram, float] = defaultdict(float)
    for gram, chance in above.items():
        seen[gram[:-1]] += chance
        seen_below[gram[:-1]] += level[gram[1:]]
    return {
        gram: log10(max(1e-6, 1 - seen[gram]) / max(1e-6, 1 - seen_below[gram])) for gram in seen
    }
