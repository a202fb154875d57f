"""Dentist and physiotherapy: free of tax, § 4 Nr. 14 UStG."""

from lexweb.sandbox.seed.trades.tables import Wares

DENTIST = Wares(
    """
    Professionelle Zahnreinigung | Behandlung* | 98.50 | 0
    Kompositfüllung, mehrflächig, Mehrkosten | Zahn* | 112.40 | 0
    Keramikinlay, dreiflächig | Zahn* | 528.00 | 0
    Vollkeramikkrone, Eigenanteil | Zahn* | 684.30 | 0
    Wurzelkanalbehandlung, maschinelle Aufbereitung | Kanal* | 176.90 | 0
    Implantat Regio 36, Eigenanteil | Stück* | 1420.00 | 0
    Bleaching, beide Kiefer | Behandlung* | 349.00 | 0
    Knirscherschiene, adjustiert | Stück* | 289.60 | 0
    Digitale Volumentomographie | Aufnahme* | 134.06 | 0
    Lachgassedierung | Sitzung* | 120.00 | 0
    Material- und Laborkosten laut Beleg | Pauschale* | 212.75 | 0
""",
    """
    Fremdlabor: Kronen und Brücken | Auftrag | 612.00 | 7 | 2 | Fremdleistungen > Fremdleistungen |
    Komposit, Spritze 4 g | Stück | 38.40 | 19 | 12 | Material/Waren > Material/Waren |
    Einmalhandschuhe Nitril, 100 Stück | Packung | 6.90 | 19 | 30 | Material/Waren > Material/Waren |
    Anästhetikum, 50 Zylinderampullen | Packung | 41.80 | 19 | 6 | Material/Waren > Material/Waren |
    Desinfektionsmittel, 5 l | Kanister | 47.30 | 19 | 6 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Wartung Behandlungseinheit | Auftrag | 389.00 | 19 | 1 | Instandhaltung > Wartung |
    Abrechnungsgesellschaft, Gebühren | Monat | 184.20 | 19 | 1 | Fremdleistungen > Dienstleister |
    Fortbildung Endodontie | Teilnahme | 420.00 | 0 | 1 | Fortbildung > Fortbildung |
""",
)
PHYSIO = Wares(
    """
    Krankengymnastik, 20 Minuten | Behandlung* | 31.90 | 0
    Manuelle Therapie | Behandlung* | 38.40 | 0
    Manuelle Lymphdrainage, 45 Minuten | Behandlung* | 52.60 | 0
    Krankengymnastik am Gerät | Behandlung* | 57.30 | 0
    Hausbesuch, Zuschlag | Besuch* | 24.80 | 0
    Warmpackung | Anwendung* | 16.90 | 0
    Befundbericht | Stück* | 18.00 | 0
    Zuzahlung zur Verordnung | Pauschale* | 22.74 | 0
    Elektrotherapie | Anwendung* | 9.20 | 0
""",
    """
    Kinesiologisches Tape | Rolle | 7.10 | 19 | 24 | Material/Waren > Material/Waren | Sanitätshaus Vital
    Massageöl, 5 l | Kanister | 39.90 | 19 | 3 | Material/Waren > Material/Waren |
    Papierauflage für Liegen | Karton | 44.20 | 19 | 4 | Material/Waren > Roh-, Hilfs- und Betriebsstoffe |
    Wäscheservice Handtücher | Monat | 118.00 | 19 | 1 | Fremdleistungen > Dienstleister |
    Abrechnungszentrum, Gebühren | Monat | 96.70 | 19 | 1 | Fremdleistungen > Dienstleister |
    Fortbildung Lymphdrainage | Teilnahme | 690.00 | 0 | 1 | Fortbildung > Fortbildung |
""",
)
