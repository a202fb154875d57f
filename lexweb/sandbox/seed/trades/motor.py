"""Car dealer with a garage."""

from lexweb.sandbox.seed.trades.tables import Wares

GARAGE = Wares(
    """
    Arbeitswerte Mechanik | Stunde* | 98.00 | 19
    Arbeitswerte Elektronik | Stunde* | 112.00 | 19
    Inspektion mit Ölwechsel | Pauschale* | 189.00 | 19
    Hauptuntersuchung, Durchführung | Stück* | 94.00 | 19
    Bremsscheiben und Beläge Vorderachse | Satz | 214.50 | 19
    Motoröl 5W-30 | Liter | 17.80 | 19
    Ölfilter | Stück | 14.60 | 19
    Zahnriemensatz mit Wasserpumpe | Satz | 268.00 | 19
    Winterkomplettrad 205/55 R16 | Stück | 178.00 | 19
    Räderwechsel | Satz* | 29.41 | 19
    Reifeneinlagerung je Saison | Satz* | 41.18 | 19
    Starterbatterie 70 Ah | Stück | 129.00 | 19
    Klimaservice | Pauschale* | 89.00 | 19
    Ersatzwagen | Tag* | 29.00 | 19
    Kleinwagen, Vorführwagen | Stück | 14280.00 | 19
    Überführung und Zulassung | Pauschale* | 690.00 | 19
    Smart-Repair Stoßfänger | Stück* | 165.00 | 19
""",
    """
    Ersatzteile laut Lieferschein | Lieferung | 318.00 | 19 | 3 | Material/Waren > Wareneinkauf |
    Reifen 205/55 R16 | Stück | 64.00 | 19 | 24 | Material/Waren > Wareneinkauf |
    Motoröl, Fass 208 l | Fass | 864.00 | 19 | 2 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Neufahrzeug | Stück | 17950.00 | 19 | 1 | Material/Waren > Wareneinkauf |
    Lackierarbeiten | Auftrag | 540.00 | 19 | 2 | Fremdleistungen > Subunternehmer |
    Altölentsorgung | Abholung | 74.00 | 19 | 1 | Raumkosten > Müllentsorgung |
    Prüfgebühren Hauptuntersuchung | Stück | 68.00 | 19 | 20 | Fremdleistungen > Fremdleistungen |
    Kennzeichen | Paar | 18.40 | 19 | 4 | Material/Waren > Material/Waren | Schilder Blitz
""",
)
