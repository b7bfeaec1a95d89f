"""The reference of reading profiles is made from the models."""

from martyrolog.read import reference_page
from martyrolog.read.profile import Profile


def test_every_key_of_a_profile_stands_in_the_reference_with_its_meaning() -> None:
    page = reference_page()
    for key, info in Profile.model_fields.items():
        assert info.description, key
        assert f"| `{key}` |" in page
