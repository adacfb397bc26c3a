"""Every kind of question there is, in the order in which authors choose."""

from courses.questions.kind import QuestionKind
from courses.questions.one_answer import ONE_ANSWER
from courses.questions.several_answers import SEVERAL_ANSWERS

KINDS: dict[str, QuestionKind] = {kind.name: kind for kind in (ONE_ANSWER, SEVERAL_ANSWERS)}
