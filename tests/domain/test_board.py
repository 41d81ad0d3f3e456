"""红黑榜: whoever looks sees what the organisation's switches let him, and nobody is pilloried."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.board import Reader, sight_of
from bot.domain.switches import BlackList, BoardNames, RedList, Switches

ANY_SWITCHES = st.builds(Switches, st.sampled_from(BoardNames), st.sampled_from(RedList), st.sampled_from(BlackList))


@given(ANY_SWITCHES, st.sampled_from([Reader.GROUP, Reader.MEMBER]))
def test_names_under_the_line_are_for_the_responsible_only(switches: Switches, reader: Reader) -> None:
    """Whatever the switches say, neither the group nor a member is told who is under the line."""
    assert not sight_of(switches, reader).under_line


@given(ANY_SWITCHES)
def test_the_responsible_always_see_the_names_of_their_branch(switches: Switches) -> None:
    """They rated these members themselves."""
    assert sight_of(switches, Reader.RESPONSIBLE).names


@given(ANY_SWITCHES)
def test_a_group_never_sees_more_than_a_member(switches: Switches) -> None:
    """What goes to many goes to each of them."""
    group, member = sight_of(switches, Reader.GROUP), sight_of(switches, Reader.MEMBER)
    assert (group.names, group.red_list) <= (member.names, member.red_list)


def test_in_standard_the_ranking_is_full_and_the_black_list_only_for_the_responsible() -> None:
    """The defaults of the scheme."""
    for reader in Reader:
        sight = sight_of(Switches(), reader)
        assert sight.names
        assert sight.red_list
        assert sight.under_line is (reader is Reader.RESPONSIBLE)
