"""Values are frozen, and are equal and shown by what they hold."""

from __future__ import annotations

import attrs
import pytest

from archive.values import frozen


@frozen
class Place:
    """A value of two fields."""

    name: str
    span: tuple[int, int] = (0, 1)


@frozen
class Other:
    """A value of another class with the same fields."""

    name: str
    span: tuple[int, int] = (0, 1)


def test_values_of_one_class_are_equal_by_what_they_hold() -> None:
    """Two values with the same fields are equal and have one hash; another field makes another value."""
    assert Place("a") == Place("a", (0, 1))
    assert hash(Place("a")) == hash(Place("a"))
    assert Place("a") != Place("b")
    assert len({Place("a"), Place("a"), Place("b")}) == 2


def test_values_of_two_classes_are_never_equal() -> None:
    """The same fields in another class make another value."""
    assert Place("a") != Other("a")
    assert Place("a") != ("a", (0, 1))


def test_a_value_shows_its_fields_as_attrs_shows_them() -> None:
    """The representation names the class and every field."""
    assert repr(Place("a")) == "Place(name='a', span=(0, 1))"


def test_a_value_cannot_be_changed() -> None:
    """Setting a field is refused, and a value has no room for others."""
    place = Place("a")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        place.name = "b"  # type: ignore[misc]
    assert not hasattr(place, "__dict__")


def test_a_value_is_an_attrs_class() -> None:
    """Values are evolved, listed and written out as those of attrs are."""
    assert attrs.evolve(Place("a"), name="b") == Place("b")
    assert [field.name for field in attrs.fields(Place)] == ["name", "span"]
    assert attrs.asdict(Place("a")) == {"name": "a", "span": (0, 1)}
