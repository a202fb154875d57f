"""Inn and winery; their prices include the tax."""

from lexweb.sandbox.seed.trades.tables import Wares

INN = Wares(
    """
    Hochzeitsmenü, vier Gänge | Person | 62.00 | 7
    Büfett Firmenfeier | Person | 38.50 | 7
    Getränkepauschale, sechs Stunden | Person | 34.00 | 19
    Saalmiete Königssaal | Abend* | 480.00 | 19
    Sektempfang | Person | 8.90 | 19
    Brotzeitplatte | Person | 16.80 | 7
    Kaffee und Kuchen | Person | 11.50 | 7
    Doppelzimmer mit Frühstück | Nacht* | 118.00 | 7
    Einzelzimmer mit Frühstück | Nacht* | 84.00 | 7
    Tagungspauschale | Person* | 49.00 | 19
    Personal nach Mitternacht | Stunde* | 32.00 | 19
""",
    """
    Rinderbraten, Schweineschulter | kg | 12.40 | 7 | 40 | Material/Waren > Speisen und Getränke (Wareneinkauf) |
    Obst und Gemüse | Lieferung | 138.00 | 7 | 2 | Material/Waren > Speisen und Getränke (Wareneinkauf) |
    Fassbier Hell, 50 l | Fass | 118.00 | 19 | 8 | Material/Waren > Speisen und Getränke (Wareneinkauf) |
    Mineralwasser und Säfte | Kasten | 9.80 | 19 | 30 | Material/Waren > Speisen und Getränke (Wareneinkauf) |
    Semmeln und Brezen | Stück | 0.42 | 7 | 200 | Material/Waren > Speisen und Getränke (Wareneinkauf) | Bäckerei Zöpfl
    Eier, Butter, Sahne | Karton | 32.70 | 7 | 4 | Material/Waren > Speisen und Getränke (Wareneinkauf) | Gastromarkt
    Gewürze und Öle | Karton | 41.10 | 7 | 2 | Material/Waren > Speisen und Getränke (Wareneinkauf) | Gastromarkt
    Tischwäsche, Reinigung | Auftrag | 96.00 | 19 | 1 | Raumkosten > Reinigung |
    Blumenschmuck | Stück | 8.40 | 7 | 12 | Raumkosten > Instandhaltung Raum | Blumen Resi
""",
)
WINERY = Wares(
    """
    Riesling Kabinett feinherb, 0,75 l | Flasche | 9.80 | 19
    Grauburgunder trocken, 0,75 l | Flasche | 10.50 | 19
    Spätburgunder "Alte Reben", Barrique, 0,75 l | Flasche | 18.90 | 19
    Sauvignon Blanc, 0,75 l | Flasche | 11.20 | 19
    Rosé Sommerwein, 0,75 l | Flasche | 7.90 | 19
    Winzersekt brut, 0,75 l | Flasche | 14.50 | 19
    Riesling Beerenauslese, 0,375 l | Flasche | 29.00 | 19
    Traubensaft rot, 1,0 l | Flasche | 4.20 | 19
    Traubengelee | Glas | 4.50 | 7
    Weinbergpfirsich-Konfitüre | Glas | 5.20 | 7
    Walnüsse aus eigener Ernte | kg | 9.60 | 7
    Weinprobe mit sechs Weinen | Person* | 24.00 | 19
    Versandkosten | Paket* | 7.90 | 19
""",
    """
    Bordeauxflaschen 0,75 l | Palette | 412.00 | 19 | 4 | Material/Waren > Verpackungsmaterial |
    Naturkorken | Tausend | 218.00 | 19 | 5 | Material/Waren > Verpackungsmaterial |
    Etikettendruck | Tausend | 96.00 | 19 | 6 | Material/Waren > Verpackungsmaterial |
    Versandkartons, 6er | Stück | 1.38 | 19 | 400 | Material/Waren > Verpackungsmaterial |
    Pflanzenschutz | Kanister | 84.00 | 7 | 5 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Paketmarken | Stück | 5.62 | 19 | 40 | Büro > Versandkosten | Paketshop Weinstraße
    Lesehelfer, Verpflegung | Tag | 68.00 | 7 | 3 | Personal > Aufmerksamkeiten an Mitarbeiter | Metzgerei Hübner
    Traktor, Inspektion | Auftrag | 620.00 | 19 | 1 | Fahrzeug > Kfz-Reparaturen |
""",
)
