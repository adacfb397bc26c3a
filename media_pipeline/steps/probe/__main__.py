"""The process of its own in which `probe_apart` looks at a file: a question in, an answer out."""

import json
import sys

from .apart import answer

sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
