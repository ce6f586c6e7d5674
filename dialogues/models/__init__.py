"""Who owes a dialogue, the dialogue, what was asked and what was promised there: one file for each."""

from dialogues.models.commitment import Commitment, CommitmentNote, ExtensionLine
from dialogues.models.dialogue import Dialogue
from dialogues.models.obligation import DialogueObligation
from dialogues.models.question import Question, QuestionAsker

__all__ = ["Commitment", "CommitmentNote", "Dialogue", "DialogueObligation", "ExtensionLine", "Question", "QuestionAsker"]
