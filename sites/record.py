"""What every table of a register shares: named constraints, aware moments, words for choices."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import DateTime, Dialect, MetaData, String, TypeDecorator
from sqlmodel import Field, SQLModel

K = TypeVar("K", bound=StrEnum)


class Record(SQLModel):
    """The base of every table in a register: one metadata, every constraint named."""

    # Rows that are read are not validated; a class that only reads need not build its validator.
    # A blank is no authority, no reason and no name.
    model_config = {
        "defer_build": True, "str_strip_whitespace": True, "allow_inf_nan": False,
    }  # fmt: skip

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """A moment in time, aware; kept in UTC, also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC."""
        if value is not None and value.tzinfo is None:
            message = "a moment without a time zone can't be kept"
            raise ValueError(message)
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


@cache
def choice(kind: type[K]) -> type[TypeDecorator[K]]:
    """A column that keeps the words of an enumeration as they are read, not its Python names."""

    class Choice(TypeDecorator[K]):
        impl = String
        cache_ok = True

        def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
            return None if value is None else kind(value).value

        def process_result_value(self, value: Any, dialect: Dialect) -> K | None:  # noqa: ARG002
            return None if value is None else kind(value)

    return Choice


class Known(StrEnum):
    """Three answers: unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Recorded(Record):
    """Who entered a record, and when (aware, UTC)."""

    recorded_by: str = Field(min_length=1)
    recorded_at: datetime = Field(sa_type=Moment)
