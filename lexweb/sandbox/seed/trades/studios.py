"""Agency, architects, photographer, seamstress."""

from lexweb.sandbox.seed.trades.tables import Wares

AGENCY = Wares(
    """
    Konzeption und Strategie | Stunde* | 115.00 | 19
    Grafikdesign | Stunde* | 88.00 | 19
    Text und Redaktion | Stunde* | 92.00 | 19
    Webentwicklung | Stunde* | 98.00 | 19
    Projektleitung | Stunde* | 105.00 | 19
    Betreuung Social Media | Monat* | 1250.00 | 19
    Logo-Entwicklung mit drei Entwürfen | Pauschale* | 2400.00 | 19
    Korrekturlauf | Stück* | 180.00 | 19
    Imagebroschüre 16 Seiten, Layout | Pauschale* | 1890.00 | 19
    Druckabwicklung Plakate A1, 200 Stück | Auflage | 468.00 | 19
    Stockfoto-Lizenz | Stück | 39.00 | 7
    Workshop "Marke & Haltung", ganztägig | Tag* | 1680.00 | 19
""",
    """
    Druck Broschüren | Auflage | 742.00 | 7 | 1 | Fremdleistungen > Fremdleistungen |
    Freie Mitarbeit Illustration | Stunde | 65.00 | 7 | 20 | Fremdleistungen > Freie Mitarbeiter |
    Anzeigenschaltung Suchmaschine | Monat | 860.00 | 19 | 1 | Werbung > Internetwerbung |
    Schriftlizenz Desktop | Stück | 149.00 | 19 | 2 | EDV > Lizenzen und Konzessionen |
    Bildbank, Jahresabo | Abo | 828.00 | 19 | 1 | EDV > Software-Abonnements |
    Webhosting | Monat | 39.90 | 19 | 1 | EDV > Webhosting und Domains |
""",
)
ARCHITECTS = Wares(
    """
    Leistungsphase 1: Grundlagenermittlung | Pauschale* | 2850.00 | 19
    Leistungsphase 2: Vorplanung | Pauschale* | 6400.00 | 19
    Leistungsphase 3: Entwurfsplanung | Pauschale* | 11800.00 | 19
    Leistungsphase 4: Genehmigungsplanung | Pauschale* | 4200.00 | 19
    Leistungsphase 5: Ausführungsplanung | Pauschale* | 18900.00 | 19
    Leistungsphase 8: Objektüberwachung, Abschlag | Pauschale* | 9750.00 | 19
    Stundenhonorar Partner | Stunde* | 128.00 | 19
    Stundenhonorar Bauzeichner | Stunde* | 72.00 | 19
    Brandschutznachweis | Pauschale* | 3150.00 | 19
    Modellbau Maßstab 1:100 | Stück | 1480.00 | 19
    Nebenkosten gemäß § 14 HOAI | Pauschale* | 385.00 | 19
""",
    """
    Großformatplots A0 | Stück | 8.40 | 19 | 40 | Fremdleistungen > Fremdleistungen |
    Tragwerksplanung | Auftrag | 2950.00 | 19 | 1 | Fremdleistungen > Freie Mitarbeiter |
    CAD-Wartungsvertrag | Quartal | 612.00 | 19 | 1 | EDV > Software |
    Architektenkammer, Beitrag | Quartal | 105.00 | 0 | 1 | Versicherungen und Beiträge > Kammerbeiträge |
    Modellbaumaterial | Karton | 27.30 | 19 | 4 | Material/Waren > Material/Waren | Architekturbedarf Modulor & Co.
    Bodengutachten | Auftrag | 1780.00 | 19 | 1 | Fremdleistungen > Fremdleistungen |
""",
)
PHOTOGRAPHER = Wares(
    """
    Hochzeitsreportage, acht Stunden | Pauschale* | 1890.00 | 0
    Familienshooting im Grünen | Pauschale* | 220.00 | 0
    Bewerbungsfotos, drei bearbeitete Bilder | Paket* | 89.00 | 0
    Businessporträt | Person* | 120.00 | 0
    Produktfotos auf Weiß | Bild* | 24.00 | 0
    Zusätzliche Bildbearbeitung | Bild* | 15.00 | 0
    Nutzungsrecht Web, zwölf Monate | Bild* | 35.00 | 0
    Fotobuch, Leinen, 40 Seiten | Stück | 165.00 | 0
    Fahrtkosten | km* | 0.45 | 0
""",
    "Speicherkarte 128 GB | Stück | 34.00 | 19 | 2 | EDV > EDV-Zubehör | Foto Blende 8",
)
SEAMSTRESS = Wares(
    """
    Hose kürzen | Stück* | 14.00 | 0
    Reißverschluss erneuern, Jacke | Stück* | 32.00 | 0
    Brautkleid abstecken und ändern | Pauschale* | 185.00 | 0
    Vorhang nähen mit Faltenband | lfm* | 19.50 | 0
    Sakko enger nähen | Stück* | 38.00 | 0
    Ärmel kürzen, gefüttert | Stück* | 29.00 | 0
    Kissenbezug nach Maß | Stück | 24.90 | 0
    Dirndl-Schürze "Almrausch" | Stück | 59.00 | 0
    Nähkurs für Anfänger | Abend* | 45.00 | 0
    Kunststopfen | Stelle* | 18.00 | 0
""",
    "Nähgarn | Rolle | 2.40 | 19 | 20 | Material/Waren > Material/Waren | Kurzwaren Fadenlauf",
)
