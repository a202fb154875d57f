"""Sports club; its prices include the tax."""

from lexweb.sandbox.seed.trades.tables import Wares

CLUB = Wares(
    """
    Bandenwerbung, Saison | Stück* | 480.00 | 19
    Anzeige im Stadionheft | Seite* | 140.00 | 19
    Hallennutzung | Stunde* | 28.00 | 19
    Vereinsheim, Miete für Feier | Abend* | 250.00 | 19
    Trikotsponsoring | Saison* | 1190.00 | 19
    Startgeld Stadtlauf | Person* | 12.00 | 7
    Ferienfußballcamp | Kind* | 139.00 | 7
    Vereinsschal "1898" | Stück | 15.00 | 19
    Trainingsanzug Jugend | Stück | 49.90 | 19
""",
    """
    Fußbälle Größe 5 | Stück | 24.90 | 19 | 20 | Material/Waren > Material/Waren |
    Trikotsatz mit Druck | Satz | 468.00 | 19 | 1 | Material/Waren > Material/Waren |
    Schiedsrichterkosten | Spiel | 48.00 | 0 | 4 | Sonstige Ausgaben > Sonstige Ausgaben |
    Rasenpflege | Auftrag | 385.00 | 19 | 1 | Raumkosten > Instandhaltung Raum |
    Verbandsabgaben | Quartal | 312.00 | 0 | 1 | Versicherungen und Beiträge > Verbandsbeiträge |
    Getränke | Kasten | 11.60 | 19 | 30 | Material/Waren > Speisen und Getränke (Wareneinkauf) | Getränke-Eck
    Bratwurst | Karton | 38.40 | 7 | 5 | Material/Waren > Speisen und Getränke (Wareneinkauf) | Fleischerei Kruse
    Busfahrt Auswärtsspiel | Fahrt | 336.00 | 19 | 1 | Reisen > Fahrtkosten Mitarbeiter |
""",
)
