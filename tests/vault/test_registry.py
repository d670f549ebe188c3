"""A number belongs to one column, and a column has one number: both keep a case renewable as a whole."""

from dataclasses import replace

import pytest

from madobe.vault.registry import (
    NumberIsTaken,
    grant_columns,
    register_column,
    register_grant,
    sealed_columns,
)

from .letters import BODY, SLIP, TITLE, registered


def test_what_is_registered_again_is_registered_once():
    with registered():
        assert register_column(BODY) == BODY
        assert sealed_columns() == (BODY, TITLE)


@pytest.mark.parametrize(
    "other", [replace(TITLE, number=BODY.number, column="name"), replace(BODY, number=9003)]
)
def test_another_column_does_not_get_the_number_nor_the_column_another(other):
    with registered():
        with pytest.raises(NumberIsTaken):
            register_column(other)
        assert sealed_columns() == (BODY, TITLE)


def test_a_table_may_hold_two_columns_of_grants():
    with registered():
        second = register_grant(replace(SLIP, public="public_two", blob="blob_two"))
        assert grant_columns() == (SLIP, second)
