"""The sets of packages: which files name them, and what they weigh."""

from __future__ import annotations

from dataclasses import dataclass

CORE = "core"
MEASURED_ON = "22 November 2026, Linux x86-64, Python 3.11"


@dataclass(frozen=True, slots=True)
class PackageSet:
    """One set; sizes in megabytes beyond the core's, as measured. `note` says when they differ."""

    name: str
    requirements: str
    what: str
    download_mb: int
    installed_mb: int
    note: str = ""


SETS = {
    item.name: item
    for item in (
        PackageSet(CORE, "requirements.txt", "page, command line, built-in voice", 240, 870),
        PackageSet("piper", "requirements-piper.txt", "Piper's voices, without torch", 60, 170),
        PackageSet(
            "neural",
            "requirements-neural.txt",
            "torch, Coqui TTS, VieNeu",
            435,
            1740,
            # Linux wheels of torch bring NVIDIA's libraries unless pip is pointed at the CPU's.
            " with torch for the CPU; 2980 MB and 5760 MB with NVIDIA's libraries, as torch comes on Linux",
        ),
        PackageSet("cluster", "requirements-cluster.txt", "Ray, a booth of many machines", 80, 265),
        PackageSet(
            "ocr",
            "requirements-ocr.txt",
            "reading of scans; Tesseract with Vietnamese data is the system's",
            4,
            10,
            " besides Tesseract's own",
        ),
        PackageSet("audit", "requirements-audit.txt", "audits of voices by Praat's pitch", 11, 37),
        PackageSet("dev", "requirements-dev.txt", "format, lint, types, floors, tests", 85, 290),
    )
}


def in_order(names: frozenset[str]) -> tuple[PackageSet, ...]:
    """The named sets and the core, the core first."""
    return tuple(item for name, item in SETS.items() if name == CORE or name in names)


def size_line(item: PackageSet) -> str:
    """The size of a set in words."""
    return f"{item.download_mb} MB to download, {item.installed_mb} MB on disk{item.note}"
