"""The release of this library, as records of runs name it."""

VERSION = "0.1.0"
