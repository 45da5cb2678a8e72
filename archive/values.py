"""Values: frozen attrs classes that share what attrs would else write and compile anew for each of them.

A run makes some seventy such classes before it reads its first byte; compiling their comparisons and representations
took more time than reading an article does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen
else:

    def frozen(cls: type) -> type:
        """Return the class as `attrs.frozen` makes it: slots, equal and hashed by its values."""
        cls.__eq__, cls.__hash__, cls.__repr__ = _is_equal, _hash, _representation
        return attrs.frozen(cls, eq=False, repr=False)


__all__ = ["frozen"]


def _values(value: Any) -> tuple[Any, ...]:
    return tuple([getattr(value, field.name) for field in value.__attrs_attrs__])


def _is_equal(one: Any, other: object) -> bool:
    return _values(one) == _values(other) if other.__class__ is one.__class__ else NotImplemented


def _hash(value: Any) -> int:
    return hash((value.__class__, _values(value)))


def _representation(value: Any) -> str:
    fields = ", ".join(f"{field.name}={getattr(value, field.name)!r}" for field in value.__attrs_attrs__)
    return f"{value.__class__.__name__}({fields})"
