"""Software house."""

from lexweb.sandbox.seed.trades.tables import Wares

SOFTWARE = Wares(
    """
    Nutzungsgebühr Disposition, je Arbeitsplatz | Monat* | 29.00 | 19
    Nutzungsgebühr Lagerverwaltung | Monat* | 189.00 | 19
    Wartung und Pflege | Monat* | 240.00 | 19
    Entwicklung nach Aufwand | Stunde* | 118.00 | 19
    Beratung und Einführung | Tag* | 1120.00 | 19
    Schulung im Haus | Tag* | 980.00 | 19
    Schnittstelle Warenwirtschaft | Pauschale* | 3400.00 | 19
    Datenübernahme | Pauschale* | 1850.00 | 19
    Bereitschaft außerhalb der Servicezeit | Monat* | 390.00 | 19
    Mobilterminal, robust | Stück | 845.00 | 19
    Reisekosten nach Beleg | Pauschale* | 146.50 | 19
""",
    """
    Rechenzentrum, virtuelle Server | Monat | 1240.00 | 19 | 1 | EDV > Webhosting und Domains |
    Entwicklungsumgebung, Lizenz | Stück | 199.00 | 19 | 6 | EDV > Lizenzen und Konzessionen |
    Notebook 14 Zoll | Stück | 1349.00 | 19 | 2 | Anschaffungen > Computer |
    Monitor 27 Zoll | Stück | 228.00 | 19 | 4 | Anschaffungen > Geringwertige Wirtschaftsgüter bis 250 € |
    Freie Entwicklung | Stunde | 82.00 | 19 | 60 | Fremdleistungen > Freie Mitarbeiter |
    Messestand | Auftrag | 3850.00 | 19 | 1 | Werbung > Messen und Ausstellungen |
    Konferenzteilnahme | Ticket | 540.00 | 19 | 2 | Fortbildung > Seminare und Kongresse |
    Stellenanzeige | Stück | 795.00 | 19 | 1 | Personal > Personalsuche |
""",
)
