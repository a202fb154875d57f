"""
What each of the organizations sells, and what it buys.

The tables are text, one thing a line, columns separated by ``|``: prices in EUR are net, except in organizations that
quote gross prices or charge no tax.
"""

from collections.abc import Mapping
from functools import cache

from lexweb.sandbox.seed.trades import club, crafts, health, hospitality, motor, office, shops, software, studios
from lexweb.sandbox.seed.trades.tables import Cost, Good, Wares, costs, goods

TABLES: Mapping[str, Wares] = {
    "tischlerei-brandt": crafts.JOINERY,
    "elektro-schroeder": crafts.ELECTRICIAN,
    "hanse-sanitaer": shops.SANITARY,
    "lesezeichen": shops.BOOKS,
    "zahnarzt-yildiz": health.DENTIST,
    "physio-nowak": health.PHYSIO,
    "lindenblatt": studios.AGENCY,
    "petersen-voss": studios.ARCHITECTS,
    "fotografie-adler": studios.PHOTOGRAPHER,
    "naehstuebchen-winter": studios.SEAMSTRESS,
    "goldener-hirsch": hospitality.INN,
    "weingut-steigerhof": hospitality.WINERY,
    "autohaus-koenig": motor.GARAGE,
    "softwareschmiede": software.SOFTWARE,
    "tsv-bergfelde": club.CLUB,
}


@cache
def sold(slug: str) -> tuple[Good, ...]:
    """What an organization sells."""
    return goods(TABLES[slug].goods)


@cache
def bought(slug: str) -> tuple[Cost, ...]:
    """What an organization buys now and then, for its trade and like everybody."""
    return costs(TABLES[slug].costs) + costs(office.COSTS)


@cache
def monthly() -> tuple[Cost, ...]:
    """What every organization pays each month."""
    return costs(office.MONTHLY)
