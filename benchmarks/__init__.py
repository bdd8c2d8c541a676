"""How exact and how heavy chatprobe is, beside the script one would write instead: `make bench`."""
