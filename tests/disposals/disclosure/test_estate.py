"""The land of the register as a list, and a page for each site."""

import pytest

from disposals.disclosure.estate import listing, page
from disposals.disclosure.fields import Audience
from disposals.errors import NotRecorded
from disposals.register import Register


def refs(register: Register, text: str | None = None, most: int | None = None) -> list[str]:
    lines, _ = listing(register, text, audience=Audience.OFFICER, most=most)
    return [line["reference"] for line in lines]


def test_every_site_has_a_line_with_its_land_and_its_disposals(kent: Register) -> None:
    lines, total = listing(kent, audience=Audience.OFFICER)
    assert total == len(lines) > 5
    steele = next(line for line in lines if line["reference"] == "steele-avenue")
    assert steele == {
        "reference": "steele-avenue",
        "name": "Land south of Steele Avenue, Greenhithe",
        "district": "Dartford",
        "area_hectares": 0.5221,
        "located_by": "boundary",
        "parts": 2,
        "disposals": ["steele-avenue", "steele-avenue/part-1", "steele-avenue/part-2"],
    }


@pytest.mark.parametrize("text", ["greenhithe", "DA9 9AE", "steele", "A206 / St Clements"])
def test_a_site_is_found_by_name_postcode_reference_or_address(kent: Register, text: str) -> None:
    assert refs(kent, text) == ["steele-avenue"]


@pytest.mark.parametrize("text", ["%", "_", "steele%avenue"])
def test_a_wildcard_is_a_character_like_any_other(kent: Register, text: str) -> None:
    assert refs(kent, text) == []


def test_a_long_list_is_cut_and_says_how_long_it_is(kent: Register) -> None:
    lines, total = listing(kent, audience=Audience.OFFICER, most=2)
    assert (len(lines), total) == (2, len(refs(kent)))


def test_a_page_tells_parts_burdens_and_disposals(kent: Register) -> None:
    told = page(kent, "steele-avenue", audience=Audience.OFFICER)
    assert [part["no"] for part in told["parts"]] == [1, 2]
    assert {each["kind"] for each in told["constraints"]} == {"easement", "tunnel"}
    assert "free 30-space car park at the north end" in {o["use"] for o in told["occupations"]}
    assert told["disposals"][0] == {"ref": "steele-avenue", "stage": "in_parts"}


def test_the_public_page_has_the_land_and_no_burdens(kent: Register) -> None:
    told = page(kent, "steele-avenue", audience=Audience.PUBLIC)
    assert told["boundary"]["area_hectares"] == 0.5221
    assert not {"constraints", "occupations", "holding_power", "recorded_by"} & told.keys()


def test_a_site_that_is_not_there_says_where_to_look(kent: Register) -> None:
    with pytest.raises(NotRecorded, match="Did you mean steele-avenue"):
        page(kent, "steel-avenue", audience=Audience.OFFICER)
