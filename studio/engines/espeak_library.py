"""The espeak-ng library by ctypes: load, set a voice, turn one text into samples, unload.

Declarations follow espeak-ng's public header `speak_lib.h` (API revision 12).
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from studio.errors import MissingPartError, VoiceError

RATE_HZ = 22_050
_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples by callback, the call returns when all are there
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: missing data is an answer, not the end of the process
_PHONEME_EVENTS = 0x0001  # espeakINITIALIZE_PHONEME_EVENTS: when each sound begins
_POSITION_CHARACTER = 1
_CHARS_UTF8 = 1  # no SSML, no phoneme input
_BUFFER_MS = 1_000
_RANDOM_SEED = 1

# espeak_PARAMETER
_RATE, _VOLUME, _PITCH, _RANGE, _WORD_GAP = 1, 2, 3, 4, 7

_ONE_AT_A_TIME = threading.Lock()

# espeak_EVENT_TYPE
_NO_MORE, _WORD, _PHONEME = 0, 1, 7


class _Sound(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_void_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Sound),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, slots=True)
class Parameters:
    """What espeak-ng is set to, in its own units."""

    words_per_minute: int
    pitch: int
    pitch_range: int
    volume: int
    word_gap: int


@dataclass(frozen=True, slots=True)
class Onset:
    """When something begins: a word of the text (`position` counts its characters from 0), or a sound by its name.

    `frame` counts from the start of the text's samples; a word's `length` is in characters, a sound has none.
    """

    frame: int
    position: int
    length: int = 0
    sound: str = ""


@cache
def data_folder() -> Path:
    """Where the wheel keeps espeak-ng's data; raises MissingPartError."""
    return _wheel_folder() / "espeak-ng-data"


@cache
def library_version() -> str:
    """Version of the wheel and of the library in it, proved to start; raises MissingPartError, VoiceError."""
    from importlib.metadata import version

    with _ONE_AT_A_TIME:
        library = _load(_library_path())
        try:
            _initialize(library)
            own_version = library.espeak_Info(None).decode()
        finally:
            library.espeak_Terminate()
            _unload(library)  # left loaded, it would keep the state of every later line alive
    return f"espeakng-loader {version('espeakng-loader')}, espeak-ng {own_version}"


@cache
def _wheel_folder() -> Path:
    try:
        import espeakng_loader
    except ImportError as error:
        raise _not_installed() from error
    return Path(espeakng_loader.__file__).parent


@cache
def _library_path() -> str:
    folder = _wheel_folder()
    import espeakng_loader

    return str(folder / Path(espeakng_loader.get_library_path()).name)


class EspeakLibrary:
    """One fresh load of the library with one voice set; a context that unloads it at its end.

    One at a time in a process: the library's state belongs to the process. Raises VoiceError
    `voice.engine_in_use` where something else in the process holds the library loaded.
    """

    def __init__(self, voice: str, parameters: Parameters) -> None:
        self._voice = voice
        self._parameters = parameters
        self._pieces: list[bytes] = []
        self.onsets: list[Onset] = []
        """Words and sounds of the last text in order."""

    def __enter__(self) -> Self:
        _ONE_AT_A_TIME.acquire()
        try:
            self._library = _load(_library_path())
        except BaseException:
            _ONE_AT_A_TIME.release()
            raise
        self._callback = _Callback(self._receive)  # kept: the library calls it later
        try:
            self._start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def speak(self, text: str) -> NDArray[np.int16]:
        """int16 (frames,) of plain text without NUL; raises VoiceError `voice.engine_failed`."""
        self._pieces.clear()
        self.onsets.clear()
        content = text.encode()
        _check(
            "espeak_Synth",
            self._library.espeak_Synth(content, len(content) + 1, 0, _POSITION_CHARACTER, 0, _CHARS_UTF8, None, None),
        )
        return np.frombuffer(b"".join(self._pieces), np.int16)

    def _start(self) -> None:
        library, parameters = self._library, self._parameters
        _initialize(library)
        library.espeak_SetSynthCallback(self._callback)
        _check("espeak_SetVoiceByName", library.espeak_SetVoiceByName(self._voice.encode()))
        for parameter, value in (
            (_RATE, parameters.words_per_minute),
            (_VOLUME, parameters.volume),
            (_PITCH, parameters.pitch),
            (_RANGE, parameters.pitch_range),
            (_WORD_GAP, parameters.word_gap),
        ):
            _check("espeak_SetParameter", library.espeak_SetParameter(parameter, value, 0))
        library.espeak_ng_SetRandSeed(_RANDOM_SEED)

    def _receive(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, count * 2))
        index = 0
        while events and events[index].type != _NO_MORE:
            event = events[index]
            if event.type == _WORD:
                self.onsets.append(Onset(event.sample, event.text_position - 1, event.length))
            elif event.type == _PHONEME:
                name = bytes(event.id.string).decode("utf-8", "replace")
                self.onsets.append(Onset(event.sample, event.text_position - 1, sound=name))
            index += 1
        return 0

    def _end(self) -> None:
        try:
            self._library.espeak_Terminate()
            _unload(self._library)
        finally:
            _ONE_AT_A_TIME.release()


def _initialize(library: ctypes.CDLL) -> None:
    """Points the library at its data; raises VoiceError `voice.path_too_long`, `voice.engine_failed`."""
    data = os.fsencode(_shortest(data_folder()))
    rate_hz = library.espeak_Initialize(_SYNCHRONOUS, _BUFFER_MS, data, _DONT_EXIT | _PHONEME_EVENTS)
    used = ctypes.c_char_p()
    library.espeak_Info(ctypes.byref(used))
    # A path too long for it is not refused: it looks for data elsewhere on the machine.
    if used.value != data:
        raise VoiceError("voice.path_too_long", engine="espeak", path=str(data_folder()))
    if rate_hz != RATE_HZ:
        _check("espeak_Initialize", rate_hz)


def _check(call: str, status: int) -> None:
    if status != 0:
        raise VoiceError("voice.engine_failed", engine="espeak", call=call, status=status)


def _shortest(folder: Path) -> str:
    """The folder from the root or from here: espeak-ng keeps at most some 150 bytes of it."""
    try:
        ways = [str(folder), os.path.relpath(folder)]
    except (OSError, ValueError):  # the working folder is gone, or on another drive
        return str(folder)
    return min(ways, key=lambda way: len(os.fsencode(way)))


def _load(path: str) -> ctypes.CDLL:
    if _is_loaded(path):
        raise VoiceError("voice.engine_in_use", engine="espeak", path=path)
    try:
        library = ctypes.CDLL(path)
    except OSError as error:
        raise _not_installed() from error
    library.espeak_Info.argtypes = [ctypes.c_void_p]
    library.espeak_Info.restype = ctypes.c_char_p
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    ]
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    return library


def _is_loaded(path: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetModuleHandleW(path))
    try:
        # Answers only for a library that is loaded; the handle is one more to let go of.
        _unload(ctypes.CDLL(path, mode=os.RTLD_NOW | os.RTLD_NOLOAD))
    except OSError:
        return False
    return True


def _unload(library: ctypes.CDLL) -> None:
    import _ctypes  # the standard library's only way to unload a library

    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


def _not_installed() -> MissingPartError:
    remedy = "run python3 scripts/studio again so that it installs"
    return MissingPartError("engine.not_installed", engine="espeak", part="espeakng-loader", remedy=remedy)
