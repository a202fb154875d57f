"""Wholesale of sanitary ware, and books; the bookshop's prices include the tax."""

from lexweb.sandbox.seed.trades.tables import Wares

SANITARY = Wares(
    """
    Waschtisch Keramik weiß | Stück | 89.40 | 19
    Wand-WC spülrandlos | Stück | 142.80 | 19
    WC-Sitz mit Absenkautomatik | Stück | 38.60 | 19
    Vorwandelement | Stück | 168.00 | 19
    Betätigungsplatte | Stück | 34.20 | 19
    Einhebelmischer Waschtisch | Stück | 76.90 | 19
    Thermostatbatterie Dusche | Stück | 124.50 | 19
    Duschwanne superflach | Stück | 236.00 | 19
    Duschabtrennung Echtglas | Stück | 418.00 | 19
    Badewanne Acryl | Stück | 289.00 | 19
    Kupferrohr | m | 7.85 | 19
    Pressfitting Bogen 90° | Stück | 4.62 | 19
    Pressfitting T-Stück | Stück | 6.18 | 19
    Mehrschichtverbundrohr | m | 2.94 | 19
    HT-Rohr | Stück | 3.15 | 19
    Kugelhahn Messing | Stück | 8.70 | 19
    Eckventil | Stück | 5.95 | 19
    Heizkörper Typ 22 | Stück | 138.40 | 19
    Thermostatkopf | Stück | 14.20 | 19
    Umwälzpumpe Hocheffizienz | Stück | 196.00 | 19
    Warmwasserspeicher | Stück | 684.00 | 19
    Rohrisolierung | m | 1.86 | 19
    Silikon sanitärgrau | Kartusche | 4.35 | 19
    Frachtpauschale | Pauschale* | 24.50 | 19
    Mindermengenzuschlag | Pauschale* | 9.90 | 19
""",
    """
    Wareneingang Keramik laut Lieferschein | Lieferung | 2840.00 | 19 | 3 | Material/Waren > Wareneinkauf |
    Wareneingang Armaturen | Lieferung | 1960.00 | 19 | 4 | Material/Waren > Wareneinkauf |
    Rohre und Fittings | Palette | 735.00 | 19 | 6 | Material/Waren > Wareneinkauf |
    Heizkörper | Stück | 84.00 | 19 | 60 | Material/Waren > Wareneinkauf |
    Spedition Stückgut | Sendung | 118.00 | 19 | 5 | Material/Waren > Bezugsnebenkosten |
    Stretchfolie und Kartonagen | Karton | 52.40 | 19 | 12 | Material/Waren > Verpackungsmaterial |
    Staplerwartung | Auftrag | 318.00 | 19 | 1 | Instandhaltung > Wartung |
    Europaletten | Stück | 11.90 | 19 | 60 | Material/Waren > Verpackungsmaterial |
""",
)
BOOKS = Wares(
    """
    Roman, gebunden | Stück | 24.00 | 7
    Taschenbuch | Stück | 13.00 | 7
    Bilderbuch | Stück | 16.00 | 7
    Kochbuch | Stück | 32.00 | 7
    Reiseführer | Stück | 19.95 | 7
    Sachbuch | Stück | 26.00 | 7
    Schulbuch | Stück | 23.50 | 7
    Kinderhörspiel | Stück | 9.99 | 19
    Kalender | Stück | 17.95 | 7
    Notizbuch Leinen | Stück | 14.90 | 19
    Grußkarte | Stück | 3.50 | 19
    Gesellschaftsspiel | Stück | 34.99 | 19
    Lesung mit Buffet | Person* | 12.00 | 19
""",
    """
    Barsortiment, Sammelrechnung | Lieferung | 412.00 | 7 | 3 | Material/Waren > Wareneinkauf |
    Verlagsauslieferung, Novitäten | Lieferung | 286.00 | 7 | 3 | Material/Waren > Wareneinkauf |
    Spiele und Papeterie | Lieferung | 148.00 | 19 | 2 | Material/Waren > Wareneinkauf |
    Geschenkpapier und Tüten | Karton | 38.90 | 19 | 3 | Material/Waren > Verpackungsmaterial |
    Bücherwagendienst | Monat | 62.00 | 19 | 1 | Material/Waren > Bezugsnebenkosten |
    Kassenrollen | Karton | 18.20 | 19 | 2 | Büro > Bürobedarf | Bürowelt Kühn
    Honorar Lesung | Auftritt | 350.00 | 7 | 1 | Fremdleistungen > Fremdleistungen |
""",
)
