"""`python -m chatprobe`."""

from chatprobe.cli import main

if __name__ == "__main__":
    main()
