"""Who is speaking: pure functions from evidence to a decision.

`decide` weighs the evidence of one message; `kind_of`, `read_queue` and `joined_name` read automatic texts.
"""

from chatprobe.speaker.decide import decide
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of
from chatprobe.speaker.notices import QueueNotice, joined_name, read_queue
from chatprobe.speaker.rules import Rules, Told
from chatprobe.speaker.wire import WireRule

__all__ = ["Kind", "QueueNotice", "Rules", "Told", "WireRule", "decide", "joined_name", "kind_of", "read_queue"]
