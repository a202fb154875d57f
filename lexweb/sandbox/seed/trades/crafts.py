"""Joinery and electricians."""

from lexweb.sandbox.seed.trades.tables import Wares

JOINERY = Wares(
    """
    Arbeitszeit Tischlermeister | Stunde* | 68.00 | 19
    Arbeitszeit Geselle | Stunde* | 54.00 | 19
    Anfahrt bis 25 km | Pauschale* | 45.00 | 19
    Aufmaß vor Ort | Pauschale* | 95.00 | 19
    Innentür Eiche furniert, Röhrenspan | Stück | 389.00 | 19
    Wohnungseingangstür Klimaklasse III, RC 2 | Stück | 1180.00 | 19
    Zarge Weißlack, Wandstärke 145 mm | Stück | 162.50 | 19
    Einbauschrank nach Maß, Birke Multiplex | lfm | 940.00 | 19
    Küchenarbeitsplatte Eiche massiv, geölt, 40 mm | lfm | 268.00 | 19
    Fensterbank innen, Eiche, 300 mm tief | lfm | 74.90 | 19
    Treppenstufe Buche massiv, keilgezinkt | Stück | 118.00 | 19
    Handlauf Esche rund, 42 mm | lfm | 36.80 | 19
    Terrassendielen Lärche, geriffelt | m² | 79.50 | 19
    Parkett schleifen und dreimal versiegeln | m²* | 38.00 | 19
    Türschließer einstellen und warten | Stück* | 39.00 | 19
    Entsorgung Altmaterial | Pauschale* | 120.00 | 19
    Empfangstresen, HPL "Anthrazit", mit Kabeldurchführung | Stück | 4350.00 | 19
""",
    """
    Multiplexplatte Birke 18 mm | m² | 41.20 | 19 | 30 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Schnittholz Eiche besäumt | m³ | 1490.00 | 19 | 2 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Türbänder, Schlösser, Drücker | Garnitur | 38.70 | 19 | 24 | Material/Waren > Material/Waren |
    Möbelscharniere, gedämpft | Stück | 3.85 | 19 | 100 | Material/Waren > Material/Waren |
    Schleifpapier und Leim | Karton | 46.30 | 19 | 4 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe | Holz & Farbe
    Schärfdienst Kreissägeblätter | Stück | 19.50 | 19 | 8 | Instandhaltung > Wartung |
    Schrauben und Dübel | Karton | 23.90 | 19 | 6 | Material/Waren > Material/Waren | Eisenwaren Groß
    Lackierarbeiten außer Haus | Auftrag | 680.00 | 19 | 1 | Fremdleistungen > Subunternehmer |
    Containerentsorgung Altholz | Container | 265.00 | 19 | 1 | Raumkosten > Müllentsorgung |
""",
)
ELECTRICIAN = Wares(
    """
    Elektromonteur, Regelarbeitszeit | Stunde* | 62.50 | 19
    Elektromeister, Messung und Abnahme | Stunde* | 78.00 | 19
    Notdienstpauschale | Pauschale* | 89.00 | 19
    Anfahrt Zone 1 | Pauschale* | 32.00 | 19
    E-Check Wohnung bis 90 m² | Pauschale* | 249.00 | 19
    Wallbox 11 kW, montiert und angemeldet | Stück | 1290.00 | 19
    Zählerschrank eHZ, dreifeldrig | Stück | 845.00 | 19
    FI/LS-Schalter B16, 30 mA | Stück | 48.90 | 19
    Mantelleitung NYM-J 5x2,5 mm² | m | 2.85 | 19
    Steckdose Unterputz, reinweiß | Stück | 9.40 | 19
    LED-Panel 62x62, 36 W, neutralweiß | Stück | 58.60 | 19
    Rauchwarnmelder, 10-Jahres-Batterie | Stück | 29.90 | 19
    Türsprechanlage "Video", zwei Teilnehmer | Set | 612.00 | 19
    Netzwerkdose Cat. 6A, aufgelegt und gemessen | Stück | 42.00 | 19
    KNX-Programmierung | Stunde* | 92.00 | 19
    Wartung Sicherheitsbeleuchtung | Pauschale* | 340.00 | 19
""",
    """
    Installationsmaterial laut Lieferschein | Lieferung | 486.00 | 19 | 2 | Material/Waren > Material/Waren |
    Mantelleitung NYM-J 3x1,5 mm² | m | 0.78 | 19 | 500 | Material/Waren > Material/Waren |
    Leitungsschutzschalter B16 | Stück | 2.45 | 19 | 100 | Material/Waren > Material/Waren |
    Wallbox 11 kW | Stück | 538.00 | 19 | 4 | Material/Waren > Wareneinkauf |
    Kabelkanal und Befestigung | Karton | 31.70 | 19 | 10 | Material/Waren > Material/Waren | Elektromarkt Volt
    Kalibrierung Installationstester | Stück | 129.00 | 19 | 2 | Instandhaltung > Wartung |
    Sicherheitsschuhe S3 | Paar | 72.27 | 19 | 3 | Personal > Arbeitskleidung | Arbeitskleidung Stein
    Hubarbeitsbühne | Tag | 165.00 | 19 | 3 | Instandhaltung > Miete für Geräte |
""",
)
