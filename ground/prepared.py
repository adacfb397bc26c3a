"""Queries whose SQL is written once in a process and then only asked (docs/prepared.md).

Django writes the SQL of a queryset each time it is evaluated, which takes several times as long as
the database takes to answer. A prepared query is an ordinary queryset in which stand-ins hold the
places of what differs between one request and the next: a key, a day, a word.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.expressions import Expression

Row = TypeVar("Row")
Value = int | str | datetime.date
A_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # as SQLite is told days and moments


class Given(Expression):
    """The place of a value that is given when a prepared query is asked."""

    def __init__(self, name: str, output_field: models.Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list["Given"]]:  # type: ignore[override]  # it stands among the parameters until it is known
        return "%s", [self]


def key(name: str) -> Given:
    """Stand for the key of a row."""
    return Given(name, models.BigIntegerField())


def day(name: str) -> Any:  # whatever asks for a day takes it for one
    """Stand for a day."""
    return Given(name, models.DateField())


def word(name: str) -> Given:
    """Stand for a piece of text, compared as it is."""
    return Given(name, models.CharField())


class Prepared(Generic[Row]):
    """A queryset with stand-ins, built when it is first asked. None of them may be null.

    Asking returns the rows as a list, related objects and prefetched ones included, and neither
    keeps them nor lets anybody narrow them further.
    """

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._written: tuple[Any, Any, str, tuple[Any, ...]] | None = None

    def __call__(self, **given: Value) -> list[Row]:
        """Return the rows for these values; raises KeyError where a stand-in has none."""
        queryset, compiler, sql, places = self._in_sql()
        connection = connections[queryset.db]
        values = tuple(
            place.output_field.get_db_prep_value(given[place.name], connection)
            if isinstance(place, Given)
            else place
            for place in places
        )
        asked = _alike(compiler)
        asked.connection = connection
        asked.as_sql = lambda *_args, **_kwargs: (sql, values)
        query = _alike(queryset.query)
        query.get_compiler = lambda *_args, **_kwargs: asked
        rows = _alike(queryset)
        rows._query = query
        return list(rows)

    def first(self, **given: Value) -> Row | None:
        """Return the first row for these values, or None; the queryset says how many it reads."""
        return next(iter(self(**given)), None)

    def _in_sql(self) -> tuple[Any, Any, str, tuple[Any, ...]]:
        """Return the queryset, its compiler once it has written the SQL, that SQL, its places."""
        if self._written is None:
            queryset = self._build()
            compiler = queryset.query.get_compiler(using=queryset.db)
            sql, places = compiler.as_sql()
            if any(isinstance(p, datetime.date) or A_DAY.match(str(p)) for p in places):
                raise ValueError("A prepared query would ask for today’s date for ever; give it.")
            fields = [column[0] for column in compiler.select[: compiler.col_count]]
            converters = compiler.get_converters(fields)
            compiler.get_converters = lambda _fields: converters
            self._written = queryset, compiler, sql, tuple(places)
        return self._written


def _alike(thing: Any) -> Any:
    """Return another object with the same attributes, without asking the class for a copy."""
    other = object.__new__(type(thing))
    other.__dict__.update(thing.__dict__)
    return other
