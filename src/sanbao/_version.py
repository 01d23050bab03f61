"""The version of the library: 版本."""

__version__ = "0.2.0"
