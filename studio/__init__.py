"""Phát Thanh Studio: written bulletins in, programmes for loudspeaker stations out."""

__version__ = "0.1.0"
