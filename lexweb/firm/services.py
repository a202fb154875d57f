"""Changing what belongs to a person."""

from lexweb.firm.models import Staff


def prefer(staff: Staff, *, theme: str = "", density: str = "", language: str = "") -> None:
    """Remember how the person wants to see pages; an empty value leaves that choice as it is."""
    chosen = {"theme": theme, "density": density, "language": language}
    for name, value in chosen.items():
        if value:
            setattr(staff, name, value)
    staff.save(update_fields=list(chosen))
