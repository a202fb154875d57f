"""What everybody buys."""

COSTS = """
    Diesel | Liter | 1.34 | 19 | 60 | Fahrzeug > Kraftstoff/Ladestrom | Tankstelle Nordring
    Super E10 | Liter | 1.41 | 19 | 45 | Fahrzeug > Kraftstoff/Ladestrom | Autohof Bergfelde
    Kopierpapier A4, 500 Blatt | Packung | 4.19 | 19 | 10 | Büro > Bürobedarf | Schreibwaren Öztürk
    Toner schwarz | Stück | 68.90 | 19 | 3 | Büro > Bürobedarf |
    Ordner und Register | Stück | 3.29 | 19 | 20 | Büro > Bürobedarf | Papeterie am Markt
    Briefmarken | Bogen | 9.50 | 0 | 4 | Büro > Porto | Postfiliale im Kaufmarkt
    Fachbuch | Stück | 42.06 | 7 | 2 | Büro > Fachliteratur | Bücherstube Lesbar
    Parkgebühr | Stunde | 2.10 | 19 | 6 | Fahrzeug > Parken und Maut | Parkhaus Rathaus
    Fahrkarte Nahverkehr | Stück | 3.18 | 7 | 4 | Fahrzeug > Öffentliche Verkehrsmittel | Verkehrsbetriebe
    Mittagessen mit Geschäftspartnern | Essen | 24.37 | 19 | 4 | Werbung > Bewirtung | Gasthof Zur Linde & Söhne
    Übernachtung mit Frühstück | Nacht | 89.72 | 7 | 3 | Reisen > Übernachtung Mitarbeiter | Hotel Garni Möwe
    Kaffee und Mineralwasser | Karton | 14.90 | 7 | 5 | Personal > Aufmerksamkeiten an Mitarbeiter | Kaufmarkt Süd
    USB-Ladegerät | Stück | 21.84 | 19 | 3 | EDV > EDV-Zubehör | Technikmarkt Plus
    Anzeige im Stadtblatt | Stück | 185.00 | 19 | 1 | Werbung > Werbung |
    Fahrzeugwäsche | Stück | 10.08 | 19 | 1 | Fahrzeug > Fahrzeugwäsche | Waschpark Süd
    Putz- und Hygienebedarf | Karton | 17.65 | 19 | 4 | Raumkosten > Reinigung | Drogerie Sauber
"""
MONTHLY = """
    Miete Geschäftsräume | Monat | 1450.00 | 19 | 1 | Raumkosten > Miete/Pacht |
    Abschlag Strom | Monat | 210.08 | 19 | 1 | Raumkosten > Strom |
    Telefon und Internet | Monat | 58.82 | 19 | 1 | Telekommunikation > Internet |
    Mobilfunk | Monat | 33.61 | 19 | 2 | Telekommunikation > Mobil |
    Lohn- und Finanzbuchführung | Monat | 240.00 | 19 | 1 | Beratung > Steuerberatung |
    Betriebshaftpflicht | Monat | 96.40 | 0 | 1 | Versicherungen und Beiträge > Versicherungen (betrieblich) |
    Leasingrate Kastenwagen | Monat | 289.00 | 19 | 1 | Fahrzeug > Mietleasing Kfz |
    Software-Abonnement | Monat | 49.90 | 19 | 4 | EDV > Software-Abonnements |
"""
