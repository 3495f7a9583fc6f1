"""The program's version, as the package metadata has it."""

VERSION = "0.1.0"
