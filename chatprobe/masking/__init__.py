"""Names of people inside texts: found by how they are introduced or because the page displayed them, and masked."""

from chatprobe.masking.mask import MASK, Masks, forms, masked

__all__ = ["MASK", "Masks", "forms", "masked"]
