"""Reads each line of standard input by another open reader: `python peers.py NAME`, in an environment that has it."""

from __future__ import annotations

import sys
from collections.abc import Callable


def _vinorm() -> Callable[[str], str]:
    from vinorm import TTSnorm

    return lambda line: str(TTSnorm(line))


def _vietnormalizer() -> Callable[[str], str]:
    from vietnormalizer import VietnameseNormalizer

    normalizer = VietnameseNormalizer()
    return lambda line: str(normalizer.normalize(line))


def _sea_g2p() -> Callable[[str], str]:
    from sea_g2p import Normalizer

    normalizer = Normalizer()
    return lambda line: str(normalizer.normalize(line))


PEERS = {"vinorm": _vinorm, "vietnormalizer": _vietnormalizer, "sea-g2p": _sea_g2p}


def main() -> None:
    """One spoken line for each written line."""
    if len(sys.argv) != 2 or sys.argv[1] not in PEERS:
        sys.exit(f"usage: python peers.py {{{'|'.join(PEERS)}}} < lines")
    read = PEERS[sys.argv[1]]()
    for line in sys.stdin.read().split("\n")[:-1]:
        print(" ".join(read(line).split()))


if __name__ == "__main__":
    main()
