"""Names, streets and places the contacts are made of."""


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


WOMEN = _split("""
    Anna Petra Sabine Claudia Julia Katharina Lena Sophie Marie Birgit Heike Monika Gabriele Ingrid Renate
    Ursula Christine Andrea Nicole Stefanie Melanie Jasmin Leonie Hannah Emma Mia Ayşe Zeynep Olga Svetlana
    Agnieszka Fatma Bärbel Käthe Jördis Françoise
""")
MEN = _split("""
    Thomas Michael Andreas Stefan Peter Klaus Jürgen Wolfgang Matthias Sebastian Florian Tobias Jan Lukas
    Felix Jonas Leon Paul Finn Ole Hinnerk Günther Jörg Björn Sören Uwe Dieter Heinz Mehmet Ali Murat Piotr
    Tomasz Dragan Milan René
""")
SURNAMES = _split("""
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter
    Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause
    Meier Lehmann Köhler Maier Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß
    Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke
    Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer
    Groß Seidel Heinrich Brandt Haas Schreiber Graf Dietrich Ziegler Kuhn Pohl Engel Horn Busch Bergmann
    Thomas Voigt Sauer Arnold Pfeiffer Yılmaz Kaya Nowak Kowalski Nguyen Petrović Ivanova Öztürk Strauß
    Geßner
""")
STREETS = (
    "Hauptstraße",
    "Bahnhofstraße",
    "Gartenstraße",
    "Schulstraße",
    "Lindenallee",
    "Am Markt",
    "Kirchplatz",
    "Goethestraße",
    "Schillerstraße",
    "Mozartweg",
    "Industriestraße",
    "Gewerbepark Süd",
    "Zum Alten Hafen",
    "Mühlenweg",
    "Ringstraße",
    "Rosenweg",
    "Birkenweg",
    "Bergstraße",
    "Friedrich-Ebert-Straße",
    "Konrad-Adenauer-Ring",
    "Werkstraße",
    "Kastanienallee",
    "Lessingstraße",
    "Am Stadtpark",
    "Weinbergstraße",
    "Münsterplatz",
    "Untere Gasse",
    "Neue Straße",
)
SUPPLEMENTS = (
    "Hinterhaus",
    "2. OG",
    "Gebäude C",
    "c/o Hausverwaltung Stein",
    "Tor 4",
    "Aufgang B",
    "Postfach 12 34",
)

# zip, city: they belong together
PLACES = (
    ("10115", "Berlin"),
    ("10969", "Berlin"),
    ("12043", "Berlin"),
    ("13353", "Berlin"),
    ("20095", "Hamburg"),
    ("20457", "Hamburg"),
    ("21073", "Hamburg"),
    ("22765", "Hamburg"),
    ("80331", "München"),
    ("80799", "München"),
    ("81667", "München"),
    ("50667", "Köln"),
    ("50823", "Köln"),
    ("51065", "Köln"),
    ("60311", "Frankfurt am Main"),
    ("60594", "Frankfurt am Main"),
    ("70173", "Stuttgart"),
    ("70565", "Stuttgart"),
    ("40213", "Düsseldorf"),
    ("44135", "Dortmund"),
    ("45127", "Essen"),
    ("04109", "Leipzig"),
    ("04229", "Leipzig"),
    ("28195", "Bremen"),
    ("01067", "Dresden"),
    ("01307", "Dresden"),
    ("30159", "Hannover"),
    ("90402", "Nürnberg"),
    ("47051", "Duisburg"),
    ("44787", "Bochum"),
    ("42103", "Wuppertal"),
    ("33602", "Bielefeld"),
    ("53111", "Bonn"),
    ("48143", "Münster"),
    ("76133", "Karlsruhe"),
    ("68159", "Mannheim"),
    ("86150", "Augsburg"),
    ("65183", "Wiesbaden"),
    ("38100", "Braunschweig"),
    ("24103", "Kiel"),
    ("09111", "Chemnitz"),
    ("39104", "Magdeburg"),
    ("79098", "Freiburg im Breisgau"),
    ("23552", "Lübeck"),
    ("99084", "Erfurt"),
    ("18055", "Rostock"),
    ("34117", "Kassel"),
    ("55116", "Mainz"),
    ("66111", "Saarbrücken"),
    ("14467", "Potsdam"),
    ("26122", "Oldenburg"),
    ("49074", "Osnabrück"),
    ("69117", "Heidelberg"),
    ("64283", "Darmstadt"),
    ("93047", "Regensburg"),
    ("97070", "Würzburg"),
    ("89073", "Ulm"),
    ("37073", "Göttingen"),
    ("78462", "Konstanz"),
    ("72070", "Tübingen"),
    ("54290", "Trier"),
    ("07743", "Jena"),
    ("03046", "Cottbus"),
    ("24937", "Flensburg"),
    ("83022", "Rosenheim"),
    ("94032", "Passau"),
    ("21335", "Lüneburg"),
    ("31134", "Hildesheim"),
    ("63739", "Aschaffenburg"),
    ("67433", "Neustadt an der Weinstraße"),
)
# country, zip, city, street
ABROAD = (
    ("AT", "1010", "Wien", "Graben 12"),
    ("AT", "5020", "Salzburg", "Linzer Gasse 31"),
    ("AT", "6020", "Innsbruck", "Museumstraße 8"),
    ("AT", "8010", "Graz", "Herrengasse 5"),
    ("CH", "8001", "Zürich", "Rennweg 17"),
    ("CH", "4051", "Basel", "Freie Strasse 44"),
    ("CH", "3011", "Bern", "Kramgasse 9"),
    ("FR", "67000", "Strasbourg", "12 Rue des Orfèvres"),
    ("FR", "75011", "Paris", "48 Rue de la Roquette"),
    ("NL", "1012 JS", "Amsterdam", "Damrak 70"),
    ("PL", "50-101", "Wrocław", "Rynek 22"),
    ("IT", "39100", "Bozen", "Laubengasse 30"),
    ("DK", "6200", "Aabenraa", "Storegade 15"),
    ("LI", "9490", "Vaduz", "Städtle 21"),
    ("ES_CN", "35001", "Las Palmas", "Calle Mayor de Triana 3"),
)
# name, key of the region for the Leitweg-ID, zip, city
AUTHORITIES = (
    ("Landeshauptstadt Kiel, Amt für Bauordnung", "01002000", "24103", "Kiel"),
    ("Stadt Nürnberg, Hochbauamt", "09564000", "90402", "Nürnberg"),
    ("Freie und Hansestadt Hamburg, Bezirksamt Altona", "02000000", "22765", "Hamburg"),
    ("Stadt Freiburg im Breisgau, Schulverwaltung", "08311000", "79098", "Freiburg im Breisgau"),
    ("Stadt Kassel, Zentrale Vergabestelle", "06611000", "34117", "Kassel"),
    ("Landeshauptstadt Potsdam, Jugendamt", "12054000", "14467", "Potsdam"),
    ("Stadt Osnabrück, Eigenbetrieb Grün & Hafen", "03404000", "49074", "Osnabrück"),
    ("Stadt Trier, Amt für Denkmalpflege", "07211000", "54290", "Trier"),
)
# Names that break careless code: entities, quotes, wildcards of the search, accents, length.
SPECIAL_COMPANIES = (
    'Müller & Söhne "Die Maler" GmbH',
    "Café Größenwahn – Inh. Zoë Çelik e. Kfr.",
    "O'Brien & Partner Übersetzungen",
    "100% Natur Biohandel GmbH",
    "Druck_Werk Offset & Digital UG (haftungsbeschränkt)",
    "A < B Vergleichsportal GmbH",
    "Gesellschaft zur Förderung des Straßenbahnwesens in Mitteldeutschland und Umgebung gemeinnützige GmbH",
)
NOTES = (
    "Rechnungen bitte per E-Mail.",
    "Zahlt immer pünktlich, 2 % Skonto vereinbart.",
    "Nur nachmittags anrufen.",
    "Lieferung über den Hof, Tor links.\nSchlüssel beim Hausmeister.",
    "Ansprechpartner wechselt zum Jahresende.",
    "Stammkunde seit 2009.",
    "Bestellnummer auf jeder Rechnung angeben!",
)
TRADES = (
    "Haustechnik",
    "Metallbau",
    "Dachdeckerei",
    "Malerbetrieb",
    "Sanitär- und Heizungsbau",
    "Gartenbau",
    "Immobilien",
    "Logistik",
    "Gebäudereinigung",
    "Textilpflege",
    "Fensterbau",
    "Bäderstudio",
    "Elektrotechnik",
    "Bürobedarf",
    "Feinkost",
    "Veranstaltungstechnik",
    "Medizintechnik",
    "Fliesen",
    "Bauunternehmung",
    "Hausverwaltung",
    "Solartechnik",
    "Ingenieurbüro",
    "Catering",
    "Kältetechnik",
)
LEGAL_FORMS = ("GmbH", "GmbH & Co. KG", "e. K.", "OHG", "KG", "GbR", "UG (haftungsbeschränkt)", "AG", "")
