"""Flashes of a sentence or two are articles in every script, as plain text and on a page."""

from __future__ import annotations

from typing import Any

import pytest

from tasks.clean import clean_document
from tasks.clean.prose import prose_weight
from tasks.records import Refused

FLASHES = {
    "en": "A fishing boat sank off the northern coast on Tuesday night. All nine crew were rescued, the coastguard said.",
    "de": "Vor der Nordküste ist am Dienstagabend ein Fischerboot gesunken. Alle neun Besatzungsmitglieder wurden gerettet, teilte die Küstenwache mit.",
    "es": "Un barco pesquero se hundió el martes por la noche frente a la costa norte. Los nueve tripulantes fueron rescatados, informó la guardia costera.",
    "ar": "غرق قارب صيد مساء الثلاثاء قبالة الساحل الشمالي. وأعلن خفر السواحل إنقاذ جميع أفراد الطاقم التسعة.",
    "fa": "یک قایق ماهیگیری سه‌شنبه شب در نزدیکی ساحل شمالی غرق شد. گارد ساحلی گفت هر نه سرنشین نجات یافتند.",
    "he": "סירת דיג טבעה ביום שלישי בלילה מול החוף הצפוני. משמר החופים מסר כי כל תשעת אנשי הצוות חולצו.",
    "hi": "मंगलवार रात उत्तरी तट के पास मछली पकड़ने वाली एक नाव डूब गई। तटरक्षक बल ने बताया कि सभी नौ लोगों को बचा लिया गया।",
    "ja": "北部の沖合で火曜日の夜、漁船が沈没した。海上保安庁によると、乗組員9人は全員救助された。",
    "ko": "화요일 밤 북부 해안에서 어선 한 척이 침몰했다. 해경은 선원 9명이 모두 구조됐다고 밝혔다.",
    "zh": "周二晚上，一艘渔船在北部海岸附近沉没。海警表示，九名船员全部获救。",
    "th": "เรือประมงลำหนึ่งจมลงนอกชายฝั่งทางเหนือเมื่อคืนวันอังคาร หน่วยยามฝั่งระบุว่าลูกเรือทั้งเก้าคนได้รับการช่วยเหลือแล้ว",
    "ru": "Во вторник вечером у северного побережья затонуло рыболовное судно. Все девять членов экипажа спасены, сообщила береговая охрана.",
    "el": "Ένα αλιευτικό σκάφος βυθίστηκε το βράδυ της Τρίτης στα βόρεια. Και τα εννέα μέλη του πληρώματος διασώθηκαν, ανακοίνωσε το λιμενικό.",
    "tr": "Salı gecesi kuzey kıyısı açıklarında bir balıkçı teknesi battı. Sahil güvenlik, dokuz mürettebatın tamamının kurtarıldığını bildirdi.",
    "bn": "মঙ্গলবার রাতে উত্তর উপকূলে একটি মাছ ধরার নৌকা ডুবে গেছে। উপকূলরক্ষীরা জানিয়েছে, নয়জন নাবিকের সবাইকে উদ্ধার করা হয়েছে।",
    "ta": "செவ்வாய்க்கிழமை இரவு வடக்குக் கடற்கரையில் ஒரு மீன்பிடி படகு மூழ்கியது. ஒன்பது பேரும் மீட்கப்பட்டதாக கடலோரக் காவல்படை தெரிவித்தது.",
    "ka": "სამშაბათს ღამით ჩრდილოეთ სანაპიროსთან სათევზაო ნავი ჩაიძირა. ეკიპაჟის ცხრავე წევრი გადაარჩინეს.",
    "vi": "Một tàu cá đã chìm ngoài khơi bờ biển phía bắc tối thứ Ba. Cả chín thuyền viên đều được cứu, lực lượng tuần duyên cho biết.",
    "fi": "Kalastusalus upposi tiistai-iltana pohjoisrannikon edustalla. Kaikki yhdeksän miehistön jäsentä pelastettiin, kertoi rannikkovartiosto.",
}


@pytest.mark.parametrize("lang", FLASHES)
def test_a_flash_of_two_sentences_is_kept_whole_with_its_language(clean: Any, lang: str) -> None:
    cleaned = clean(FLASHES[lang])
    assert (cleaned.text(), cleaned.lead.lang) == (FLASHES[lang], lang)


@pytest.mark.parametrize("lang", FLASHES)
def test_a_page_with_a_headline_and_a_flash_keeps_both_and_drops_the_menu(clean: Any, lang: str) -> None:
    menu, title = "<nav><a href='/'>Home</a><a href='/n'>News</a></nav>", FLASHES[lang][:30]
    page = f"{menu}<h1>{title}</h1><p>{FLASHES[lang]}</p><footer>© Coast Times</footer>"
    assert clean(f"<html><body>{page}</body></html>", "text/html").text() == FLASHES[lang]


@pytest.mark.parametrize(
    "menu",
    [
        "الرئيسية\nأخبار\nرياضة\nثقافة\nاقتصاد\nاتصل بنا\n",
        "ホーム\nニュース\nスポーツ\n天気\nログイン\n会社概要\n",
        "होम\nवीडियो\nखेल\nराज्य\nदेश\nविदेश\n",
        "Главная\nНовости\nСпорт\nПогода\nВойти\n",
    ],
)
def test_a_menu_in_any_script_is_refused(parse: Any, menu: str) -> None:
    assert isinstance(clean_document(parse(menu * 5)), Refused)


def test_figures_addresses_and_titles_are_no_prose() -> None:
    lines = ["12.4 13.8 15.1 16.0 17.9 18.2 19.4 20.0 22.1.", "https://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m/n.html",
             "New Ships Ordered For The Northern Harbour Route Before Summer."]  # fmt: skip
    assert [prose_weight(line) for line in lines] == [0.0, 0.0, 0.0]
