"""The invented publishers: names, quotation style, navigation and standing teasers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Publisher:
    """One publisher; ``teasers`` are headlines that its pages show beside the article."""

    name: str
    domain: str
    quotes: str
    nav: tuple[str, ...]
    teasers: tuple[tuple[str, str], ...]
    comments: tuple[tuple[str, str], ...] = ()
    lang: str = "en"


PUBLISHERS: dict[str, Publisher] = {
    "harborledger": Publisher(
        "Harbor Ledger",
        "www.harborledger.example",
        "curly",
        ("Local", "State", "Sports", "Business", "Opinion", "Obituaries", "Weather", "E-Edition"),
        (
            ("Calder library trims Sunday hours", "Budget cuts take effect February 22, 2026."),
            ("Letters: Leave the sea wall alone", "Readers answer our February 27 editorial."),
            ("Photos: Winter swim draws 400 to Eastmere beach", "The hardy ran in on Sunday, March 1."),
            ("Crab season opens late again", "Boats waited for the third year in a row."),
            ("Recipe: Skerry fish pie", "It takes an hour and all the butter you have."),
        ),
        (
            ("tidewatcher", "Third time this has happened in my memory and nobody at the top ever pays for it."),
            ("Lorna P.", "Thank you to everybody who helped. Proud of this town today."),
            ("notfromhere88", "Can the Ledger please stop putting three ads in one story? Asking for my phone."),
        ),
    ),
    "meridianwire": Publisher(
        "Meridian Wire",
        "www.meridianwire.example",
        "plain",
        ("Top stories", "World", "Business", "Science", "Sports", "Video", "For members"),
        (
            ("Halden University names first woman president", "February 26, 2026"),
            ("Orchard & Lane to close 14 stores", "March 1, 2026"),
            ("Grain prices ease for a fourth week", "February 28, 2026"),
        ),
    ),
    "caldercourier": Publisher(
        "The Calder Courier",
        "www.caldercourier.example",
        "single",
        ("News", "Islands", "Farming", "Letters", "Notices", "Tide tables"),
        (
            ("Council defers decision on beach huts", "27/02/2026"),
            ("Ploughing match goes to the wire", "28/02/2026"),
            ("Nostalgia: the winter the harbour froze", "01/03/2026"),
        ),
    ),
    "inlandtribune": Publisher(
        "Inland Tribune",
        "inlandtribune.example",
        "plain",
        ("Front page", "City", "Region", "Prep sports", "Classifieds", "Obituaries", "Subscribe"),
        (
            ("Mill Road to be repaved in May", "City"),
            ("Tarn Valley growers fear early bloom", "Region"),
            ("Spelling champion, 11, beats the mayor", "City"),
            ("Police log, week of March 1", "City"),
        ),
    ),
    "dailyprospect": Publisher(
        "Daily Prospect",
        "dailyprospect.example",
        "curly",
        ("Live", "News", "Science", "Politics", "Programs", "Podcasts"),
        (
            ("What We Know About Automated Cranes", "Explainer"),
            ("The Woman Who Counts The Gannets", "Feature"),
            ("Podcast: Nine Years Without A Satellite", "Listen"),
        ),
    ),
    "newshopper": Publisher(
        "NewsHopper",
        "newshopper.example",
        "flat-single",
        ("For you", "Headlines", "Local", "Markets", "Sports", "Ask Hop AI"),
        (
            ("7 soups that forgive everything", "Partner content"),
            ("Your March horoscope", "Partner content"),
        ),
    ),
    "kuestenbote": Publisher(
        "Küstenbote",
        "www.kuestenbote.example",
        "plain",
        ("Startseite", "Norderhafen", "Wirtschaft", "Sport", "Kultur", "Anzeigen", "Abo"),
        (
            ("Deichschau: Vier Mängel am Westdeich", "27. Februar 2026"),
            ("Handball: Norderhafen verliert knapp", "1. März 2026"),
            ("Fischbrötchen wird teurer", "28. Februar 2026"),
        ),
        (("Käpt’n Blaubeer", "Schön, dass die alten Zeichnungen noch da sind."),),
        "de",
    ),
    "elfaro": Publisher(
        "El Faro de Valdemora",
        "www.elfarodevaldemora.example",
        "plain",
        ("Portada", "Sucesos", "Sociedad", "Campo", "Deportes", "Opinión", "Hemeroteca"),
        (
            ("El cerezo se adelanta dos semanas", "28 de febrero de 2026"),
            ("La feria del queso bate su récord", "1 de marzo de 2026"),
            ("Cortes de agua en Robledal", "2 de marzo de 2026"),
        ),
        (("vecina_1960", "Gracias a los bomberos, que no pararon en toda la noche."),),
        "es",
    ),
    "marketlantern": Publisher(
        "Market Lantern",
        "marketlantern.example",
        "plain",
        ("Markets", "Companies", "Bonds", "Commodities", "Calculators", "Newsletters"),
        (
            ("Five dividend stocks for patient people", "Sponsored"),
            ("What is a yield curve, again?", "Explainer"),
            ("Pell & Rowe cuts its outlook for retailers", "Companies"),
        ),
    ),
    "touchline": Publisher(
        "Touchline Weekly",
        "touchline.example",
        "plain",
        ("Scores", "Coastal League", "Reports", "Transfers", "Youth", "Shop"),
        (
            ("Ranked: every kit in the Coastal League", "Gallery"),
            ("Nyland: 'I never liked penalties'", "Interview"),
            ("Skerry Town postpone again as boats stay in port", "News"),
        ),
        (
            ("gale_street_gull", "harken is worth twice what we paid"),
            ("northstand", "ref had a shocker as usual"),
        ),
    ),
    "tarnweather": Publisher(
        "Tarn Valley Weather Desk",
        "tarnweather.example",
        "plain",
        ("Today", "Ten days", "Marine", "Pollen", "Radar", "Archive"),
        (),
    ),
    "quarrypost": Publisher(
        "The Quarry Post",
        "quarrypost.example",
        "curly",
        ("Home", "About", "Town hall", "Walks", "Contact"),
        (
            ("Lost: one grey cat, answers to Senator", "February 2026"),
            ("Town hall notes: potholes, pigeons, parking", "February 2026"),
            ("Walk of the month: up Hangman’s Lane", "January 2026"),
        ),
        (("Edda", "I will cross for the haircut. Benno knows my ears."),),
    ),
    "radiowestmark": Publisher(
        "Radio Westmark",
        "radiowestmark.example",
        "plain",
        ("Listen live", "Schedule", "News", "Music", "Traffic", "Donate"),
        (
            ("Pledge drive: 212 new members", "Station news"),
            ("Traffic: Mill Road slow in both directions", "Traffic"),
        ),
    ),
}
