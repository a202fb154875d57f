"""Made-up values for every field: what people could type and Lexware Office would take."""

from typing import Any

from hypothesis import strategies as st

from lexweb.contacts import fields

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=12)
NOTHING = st.just("")
SPECIAL: dict[str, st.SearchStrategy[str]] = {
    "cp_salutation": st.sampled_from(["", "Frau", "Herr"]),
    "salutation": st.sampled_from(["", "Frau", "Herr"]),
    **{f"{kind}_country": st.sampled_from(["DE", "AT", "ES_CN"]) for kind in ("billing", "shipping")},
}


def _value(field: fields.Field) -> st.SearchStrategy[Any]:
    if field.kind is bool:
        return st.booleans()
    return SPECIAL.get(field.name, NOTHING | WORDS)


ANY = st.fixed_dictionaries({field.name: _value(field) for field in fields.FIELDS})


def _valid(values: dict[str, Any]) -> dict[str, Any]:
    """What our own form insists on."""
    values = values | {"customer": values["customer"] or not values["vendor"]}
    values |= {"company_name": values["company_name"] or "Ahrens", "last_name": values["last_name"] or "Ahrens"}
    if any(values[f"cp_{part}"] for part in ("salutation", "first_name", "email", "phone")):
        values["cp_last_name"] = values["cp_last_name"] or "Quandt"
    if values["leitweg_id"]:
        values["vendor_number_there"] = values["vendor_number_there"] or "K-1"
    return values


VALUES = ANY.map(_valid)


def kinds(values: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """A kind and the values that belong to it."""
    return st.tuples(st.sampled_from(["company", "person"]), values).map(
        lambda case: (case[0], fields.of_kind(case[1], company=case[0] == "company"))
    )


def stranger(document: Any) -> Any:
    """The document with members that no field knows, in every object."""
    if isinstance(document, list):
        return [stranger(entry) for entry in document]
    if isinstance(document, dict):
        return {name: stranger(part) for name, part in document.items() if name != "neu"} | {
            "neu": {"leer": {}, "nichts": "", "liste": [1, ""]}
        }
    return document
