"""All fake casinos, by what happens to their visitor."""

from chatprobe.lab.casino import Casino
from chatprobe.lab.casinos import announced, answered, automatic, passed, posing, shifts, shut, special, tricky, waiting

_GROUPS = (answered, announced, automatic, passed, posing, waiting, shut, shifts, tricky, special)

CASINOS: tuple[Casino, ...] = tuple(
    sorted((casino for group in _GROUPS for casino in group.CASINOS), key=lambda casino: not casino.in_demo)
)
