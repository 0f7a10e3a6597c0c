"""The lines around a quote, as mail programs write them in many languages."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from bridge.mail.parse import bare
from bridge.reply.clean import clean
from bridge.reply.parts import Kind

ATTRIBUTIONS = {
    "it": "Il giorno lun 3 nov 2025 alle ore 18:40 Jo Brook <jo@mail.example> ha\nscritto:",
    "es": "El lun, 3 nov 2025 a las 18:40, Jo Brook (<jo@mail.example>) escribió:",
    "pt-br": "Em seg., 3 de nov. de 2025 às 18:40, Jo Brook <jo@mail.example>\nescreveu:",
    "ro": "În lun., 3 nov. 2025 la 18:40, Jo Brook <jo@mail.example> a scris:",
    "da": "Den man. 3. nov. 2025 kl. 18.40 skrev Jo Brook <jo@mail.example>:",
    "nb": "man. 3. nov. 2025 kl. 18:40 skrev Jo Brook <jo@mail.example>:",
    "hr": "pon, 3. stu 2025. u 18:40 Jo Brook <jo@mail.example> napisao je:",
    "sr": "пон, 3. нов 2025. у 18:40 Jo Brook <jo@mail.example> је написао/ла:",
    "sl": "V V pon., 3. nov. 2025 ob 18:40 je oseba Jo Brook <jo@mail.example> napisala:",
    "sk": "po 3. 11. 2025 o 18:40 Jo Brook <jo@mail.example> napísal(a):",
    "bg": "На пн, 3.11.2025 г. в 18:40 Jo Brook <jo@mail.example> написа:",
    "et": "Kuupäev E, 3. november 2025 kell 18:40 kirjutas Jo Brook\n<jo@mail.example>:",
    "lv": "pirmd., 2025. g. 3. nov., plkst. 18:40 — lietotājs Jo Brook (<jo@mail.example>) rakstīja:",
    "lt": "2025-11-03, pr, 18:40 Jo Brook <jo@mail.example> rašė:",
    "fa": "در تاریخ دوشنبه ۳ نوامبر ۲۰۲۵،\u200f ۱۸:۴۰ Jo Brook <jo@mail.example> نوشت:",
    "th": "ในวันที่ จ. 3 พ.ย. 2025 เวลา 18:40 น. Jo Brook <jo@mail.example> เขียนว่า:",
    "id": "Pada tanggal Sen, 3 Nov 2025 pukul 18.40 Jo Brook <jo@mail.example>\nmenulis:",
    "hi": "सोम, 3 नव॰ 2025 को 6:40 pm बजे को Jo Brook <jo@mail.example> ने लिखा:",
    "ca": "Missatge de Jo Brook <jo@mail.example> del dia dl., 3 de nov. 2025 a les\n18:40:",
    "eu": "Jo Brook <jo@mail.example> igorleak hau idatzi du (2025 aza. 3, al. 18:40):",
    "is": "Þann mán., 3. nóv. 2025 kl. 18:40 skrifaði Jo Brook <jo@mail.example>:",
    "zh-tw": "Jo Brook <jo@mail.example> 於 2025年11月3日 週一 下午6:40寫道：",
    "zh-apple": "在 2025年11月3日，18:40，Jo Brook <jo@mail.example> 写道：",
    "ja-apple": "2025/11/03 18:40、Jo Brook <jo@mail.example>のメール:",
    "ko-apple": "2025. 11. 3. 오후 6:40, Jo Brook <jo@mail.example> 작성:",
    "de-apple": "Am 03.11.2025 um 18:40 schrieb Jo Brook <jo@mail.example>:",
    "fr-apple": "Le 3 nov. 2025 à 18:40, Jo Brook <jo@mail.example> a écrit :",
    "sv-apple": "3 nov. 2025 kl. 18:40 skrev Jo Brook <jo@mail.example>:",
    "ru-apple": "3 нояб. 2025 г., в 18:40, Jo Brook <jo@mail.example> написал(а):",
    "pl-apple": "Wiadomość napisana przez Jo Brook <jo@mail.example> w dniu 3 lis 2025, o godz. 18:40:",
    "nl-apple": "Op 3 nov 2025, om 18:40 heeft Jo Brook <jo@mail.example> het volgende geschreven:",
    "fi-apple": "Jo Brook <jo@mail.example> kirjoitti 3.11.2025 kello 18.40:",
    "tr-apple": "Jo Brook <jo@mail.example> şunları yazdı (3 Kas 2025 18:40):",
    "cs-tb": "Dne 03.11.2025 v 18:40 Jo Brook napsal(a):",
    "hu-tb": "2025. 11. 03. 18:40 keltezéssel, Jo Brook írta:",
    "el-tb": "Στις 3/11/2025 6:40 μ.μ., ο/η Jo Brook έγραψε:",
    "uk-tb": "03.11.25 18:40, Jo Brook пише:",
    "it-tb": "Il 03/11/2025 18:40, Jo Brook ha scritto:",
    "gl": "O luns, 3 nov 2025 ás 18:40, Jo Brook (<jo@mail.example>) escribiu:",
    "kmail": "On Monday, 3 November 2025 18:40:11 CET Jo Brook wrote:",
    "kmail-de": "Am Montag, 3. November 2025, 18:40:11 CET schrieb Jo Brook:",
    "evolution": "On Mon, 2025-11-03 at 18:40 +0100, Jo Brook wrote:",
    "gnus": "Jo Brook <jo@mail.example> writes:",
    "pine": "On Mon, 3 Nov 2025, Jo Brook wrote:",
    "alpine": "On Mon, Nov 03, 2025 at 06:40:11PM +0100, Jo Brook wrote:",
    "hey": "On November 3, 2025, Jo Brook <jo@mail.example> wrote:",
    "superhuman": "On Mon, Nov 03, 2025 at 6:40 PM, Jo Brook < jo@mail.example > wrote:",
    "zoho": "---- On Mon, 03 Nov 2025 18:40:11 +0100 Jo Brook <jo@mail.example> wrote ---",
    "zoho-de": "---- Am Mo., 03 Nov. 2025 18:40:11 +0100 Jo Brook <jo@mail.example> schrieb ----",
    "fastmail": "On Mon, Nov 3, 2025, at 18:40, Jo Brook wrote:",
    "tutanota": "3. Nov. 2025, 18:40 von jo@mail.example:",
    "spark": "On 3 Nov 2025 at 18:40 +0100, Jo Brook <jo@mail.example>, wrote:",
    "mailspring": "On Nov 3 2025, at 6:40 pm, Jo Brook <jo@mail.example> wrote:",
    "gmx": 'Gesendet: Montag, 03. November 2025 um 18:40 Uhr\nVon: "Jo Brook" <jo@mail.example>\nAn: list@x.example\nBetreff: Äpfel',
    "groupwise": ">>> Jo Brook <jo@mail.example> 11/3/2025 6:40 PM >>>",
    "sogo": "Monday, November 3, 2025 18:40 CET, Jo Brook <jo@mail.example> wrote:",
    "horde": "Zitat von Jo Brook <jo@mail.example>:",
    "horde-en": "Quoting Jo Brook <jo@mail.example>:",
    "rspamd": "Jo Brook schrieb am 03.11.2025 um 18:40:",
    "maillist": "Jo Brook via Apples <apples@lists.example> wrote:",
}
NEEDS_MARKS = frozenset(("horde-en", "horde", "pine", "hey", "maillist", "rspamd", "gnus", "tutanota"))
LABELS = {
    "it": ("Da", "Inviato", "A", "Oggetto"),
    "es": ("De", "Enviado", "Para", "Asunto"),
    "pt": ("De", "Enviado", "Para", "Assunto"),
    "nl": ("Van", "Verzonden", "Aan", "Onderwerp"),
    "sv": ("Från", "Skickat", "Till", "Ämne"),
    "da": ("Fra", "Sendt", "Til", "Emne"),
    "nb": ("Fra", "Sendt", "Til", "Emne"),
    "fi": ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    "cs": ("Od", "Odesláno", "Komu", "Předmět"),
    "sk": ("Od", "Odoslané", "Komu", "Predmet"),
    "hu": ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    "ro": ("De la", "Trimis", "Către", "Subiect"),
    "ru": ("От", "Отправлено", "Кому", "Тема"),
    "uk": ("Від", "Надіслано", "Кому", "Тема"),
    "el": ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    "tr": ("Kimden", "Gönderildi", "Kime", "Konu"),
    "ja": ("差出人", "送信日時", "宛先", "件名"),
    "ko": ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    "zh": ("寄件者", "寄件日期", "收件者", "主旨"),
    "he": ("מאת", "נשלח", "אל", "נושא"),
    "ar": ("من", "تم الإرسال", "إلى", "الموضوع"),
    "hr": ("Šalje", "Poslano", "Prima", "Predmet"),
    "et": ("Saatja", "Saadetud", "Adressaat", "Teema"),
    "lv": ("No", "Nosūtīts", "Kam", "Tēma"),
    "lt": ("Nuo", "Išsiųsta", "Kam", "Tema"),
    "vi": ("Từ", "Đã gửi", "Đến", "Chủ đề"),
    "th": ("จาก", "ส่ง", "ถึง", "เรื่อง"),
    "id": ("Dari", "Dikirim", "Kepada", "Subjek"),
    "bg": ("От", "Изпратено", "До", "Относно"),
    "sl": ("Od", "Poslano", "Za", "Zadeva"),
    "ca": ("De", "Enviat el", "Per a", "Assumpte"),
}
FORMS = ("{}: {}", "*{}:* {}", "{} : {}", "{}：{}", "{}:\n{}")
OLD = "Old words here.\nMore old words."


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_attribution_above_marks(name: str) -> None:
    quoted = "\n".join("> " + line for line in OLD.split("\n"))
    reply = clean(bare(text=f"My answer.\n\n{ATTRIBUTIONS[name]}\n\n{quoted}\n", html=None))
    assert reply.text == "My answer."
    assert [part.kind for part in reply.parts] == [Kind.WORDS, Kind.QUOTE]


@pytest.mark.parametrize("name", sorted(set(ATTRIBUTIONS) - NEEDS_MARKS))
def test_attribution_above_unmarked_text(name: str) -> None:
    assert clean(bare(text=f"My answer.\n\n{ATTRIBUTIONS[name]}\n\n{OLD}\n", html=None)).text == "My answer."


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LABELS)
def test_header_block(language: str, form: str) -> None:
    values = ("Jo Brook <jo@mail.example>", "3 11 2025 18:40", "Apples; Pears", "Apples")
    block = "\n".join(form.format(name, value) for name, value in zip(LABELS[language], values, strict=True))
    assert clean(bare(text=f"My answer.\n\n{block}\n\n{OLD}\n", html=None)).text == "My answer."
