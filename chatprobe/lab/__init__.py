"""The chat lab: fake casinos with scripted operators on loopback, and the exact truth of what they sent.

>>> async with Lab() as lab:
...     lab.url("lucky"), lab.truth("lucky")

It knows nothing of the rest of chatprobe.
"""

from chatprobe.lab.casino import Casino, Expect
from chatprobe.lab.clock import LabClock
from chatprobe.lab.lab import Lab
from chatprobe.lab.truth import Conversation, Send

__all__ = ["Casino", "Conversation", "Expect", "Lab", "LabClock", "Send"]
