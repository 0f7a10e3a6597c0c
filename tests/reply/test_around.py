"""What stands below the words: contact blocks, legal notices, client lines; and mails passed on."""

# ruff: noqa: E501
from __future__ import annotations

import pytest

from bridge.mail.parse import bare
from bridge.reply.clean import clean
from bridge.reply.parts import Credit, Kind

WORDS = "See you on Saturday."
CARDS = (
    (
        "it",
        "Cordiali saluti,\nGiulia Conti",
        "Responsabile acquisti\nFrutteto Srl\nVia Roma 12, 20100 Milano\nTel. +39 02 5550 1234\nCell. 333 1234567",
        "Giulia Conti",
        "g@x.example",
    ),
    (
        "es",
        "Un saludo,\n\nNuria Vidal",
        "Coordinadora\nHuerto Común\nC/ Mayor 3, Madrid\nTfno: 91 555 01 23\nwww.huerto.example",
        "Nuria Vidal",
        "n@x.example",
    ),
    (
        "pl",
        "Pozdrawiam\nMarek Zieliński",
        "Kierownik działu\nSady Sp. z o.o.\nul. Sadowa 5\ntel. 22 555 01 23",
        "Marek Zieliński",
        "m@x.example",
    ),
    (
        "ru",
        "С уважением,\nОлег Сомов",
        "Менеджер\nООО «Сад»\n+7 495 555-01-23\noleg@sad.example",
        "Олег Сомов",
        "o@x.example",
    ),
    (
        "ja",
        "よろしくお願いします。",
        "——————————\n田中ゆき\n株式会社りんご\n〒100-0001 東京都千代田区1-1\nTEL: 03-5550-1234\nMail: yuki@ringo.example",
        "田中ゆき",
        "y@x.example",
    ),
    ("zh", "祝好！\n林梅", "果园合作社\n电话：010-5550-1234\n邮箱：lin@guo.example", "林梅", "l@x.example"),
    (
        "nl",
        "Met vriendelijke groet,\n\nSanne Bakker",
        "Projectleider\nFruitkring BV\nT 020 555 01 23\nM 06 1234 5678",
        "Sanne Bakker",
        "s@x.example",
    ),
    (
        "sv",
        "Med vänlig hälsning\nElsa Lindqvist",
        "Ordförande, Aldern\n070-123 45 67",
        "Elsa Lindqvist",
        "e@x.example",
    ),
    (
        "en pronouns",
        "Best,\nJo",
        "Jo Brook (she/her)\nHead of Trees\nOrchard Co-op Ltd\n07700 900123 | jo@mail.example\nLinkedIn | Mastodon",
        "Jo Brook",
        "jo@mail.example",
    ),
    (
        "en nosign",
        "Jo Brook",
        "Orchard Co-op | 07700 900123 | https://orchard.example",
        "Jo Brook",
        "jo@mail.example",
    ),
    ("en role", "Kind regards\n\nJo Brook", "Head of Trees | Orchard Co-op", "Jo Brook", "jo@mail.example"),
    ("hashes", "Cheers,\nJo", "## Orchard co-op\n# 07700 900123\n#######", "Jo Brook", "jo@mail.example"),
)
"""Name of the case, what stays, what is folded, and the writer."""
NOTICES = {
    "es": "Este mensaje y sus archivos adjuntos son confidenciales y se dirigen exclusivamente a su destinatario. Si lo ha recibido por error, le rogamos que lo comunique y proceda a eliminarlo.",
    "it": "Le informazioni contenute in questo messaggio sono riservate e destinate esclusivamente al destinatario. Qualora lo abbiate ricevuto per errore, siete pregati di cancellarlo e darne comunicazione al mittente.",
    "pt": "Esta mensagem é confidencial e destina-se ao seu destinatário. Se a recebeu por engano, por favor apague-a e avise o remetente.",
    "nl": "Dit bericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. Indien u dit bericht ten onrechte ontvangt, verzoeken wij u de afzender te informeren en het bericht te verwijderen.",
    "pl": "Niniejsza wiadomość zawiera informacje poufne przeznaczone wyłącznie dla adresata. Jeżeli otrzymali ją Państwo przez pomyłkę, prosimy o niezwłoczne usunięcie wiadomości.",
    "ru": "Это сообщение содержит конфиденциальную информацию и предназначено только для адресата. Если вы получили его по ошибке, уведомите отправителя и удалите сообщение.",
    "ja": "このメールには機密情報が含まれている場合があります。誤って受信された場合は、送信者にお知らせくださいますとともに、速やかに本メールを削除してくださいますようお願い申し上げます。",
    "zh": "本邮件及其附件含有保密信息，仅限于收件人使用。如您错误地收到了本邮件，请您立即通知发件人并删除本邮件，禁止任何其他人以任何形式使用本邮件中的信息，谢谢合作，敬请注意保密规定。",
    "sv": "Detta meddelande är konfidentiellt och endast avsett för mottagaren. Om du har fått meddelandet av misstag, radera det och meddela avsändaren.",
    "da": "Denne e-mail kan indeholde fortrolige oplysninger. Hvis du har modtaget den ved en fejl, bedes du underrette afsenderen og slette den.",
    "nb": "Denne e-posten kan inneholde konfidensiell informasjon. Dersom du har mottatt den ved en feil, vennligst slett den og varsle avsender.",
    "fi": "Tämä viesti on luottamuksellinen ja tarkoitettu vain vastaanottajalle. Jos olet saanut viestin vahingossa, ilmoittakaa lähettäjälle ja poistakaa viesti.",
    "cs": "Tato zpráva je důvěrná a je určena pouze adresátovi. Pokud jste ji obdrželi omylem, informujte prosím odesílatele a zprávu smažte.",
    "tr": "Bu e-posta gizlidir ve yalnızca alıcısı için gönderilmiştir. Yanlışlıkla aldıysanız lütfen göndereni bilgilendiriniz ve mesajı siliniz.",
    "hu": "Ez az üzenet bizalmas, kizárólag a címzettje részére szól. Ha tévedésből kapta meg, kérjük, értesítse a feladót és törölje az üzenetet.",
    "el": "Το παρόν μήνυμα είναι εμπιστευτικό και απευθύνεται μόνο στον παραλήπτη. Εάν το λάβατε κατά λάθος, ενημερώστε τον αποστολέα και διαγράψτε το.",
    "ko": "이 메일은 기밀 정보를 포함할 수 있습니다. 잘못 수신하신 경우 발신인에게 알려 주시고 즉시 메일을 삭제하여 주시기 바라며 무단 사용 및 공개는 금지되어 있습니다. 감사합니다. 메일 보안 안내문입니다.",
    "green": "Please consider the environment before printing this e-mail.",
    "avast": "Virus-free. www.avast.com",
    "uk-monitor": "This email has been scanned for viruses by MailScanner and is believed to be clean.",
}
CLIENTS = (
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from Yahoo Mail for iPhone",
    "Sent from Outlook for Android",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Sent from Mail for Windows",
    "Von meinem iPhone gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Envoyé de mon iPhone",
    "Envoyé depuis mon appareil mobile",
    "Envoyé à partir d’Outlook pour Android",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Inviato dal mio dispositivo mobile",
    "Verstuurd vanaf mijn iPhone",
    "Verzonden vanaf mijn Samsung-apparaat",
    "Skickat från min iPhone",
    "Sendt fra min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone’a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Отправлено из мобильной Яндекс Почты",
    "Надіслано з iPhone",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
    "נשלח מה-iPhone שלי",
    "أرسلت من الـ iPhone",
    "Στάλθηκε από το iPhone μου",
    "Trimis de pe iPhone-ul meu",
    "Elküldve az iPhone-omról",
    "Đã gửi từ iPhone của tôi",
    "Dikirim dari iPhone saya",
    "Sent from Proton Mail for iOS",
    "Sent with Proton Mail secure email.",
    "Sent from my Galaxy",
    "Sent via Superhuman",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Sent with Spark",
    "Gesendet mit der mobilen Mail App",
    "Sent from Gmail Mobile",
    "Poslano sa iPhone-a",
)
FORWARDS = {
    "gmail-es": "---------- Forwarded message ---------\nDe: Jo Brook <jo@mail.example>\nDate: lun, 3 nov 2025 a las 18:40\nSubject: Apples\nTo: <x@y.example>\n\n\n",
    "gmail-fr": "---------- Forwarded message ---------\nDe : Jo Brook <jo@mail.example>\nDate: lun. 3 nov. 2025 à 18:40\nSubject: Apples\nTo: <x@y.example>\n\n\n",
    "apple-de": "> Anfang der weitergeleiteten Nachricht:\n> \n> Von: Jo Brook <jo@mail.example>\n> Betreff: Äpfel\n> Datum: 3. November 2025 um 18:40:11 MEZ\n> An: x@y.example\n> \n> ",
    "apple-ja": "転送されたメッセージ:\n\n差出人: Jo Brook <jo@mail.example>\n日時: 2025年11月3日 18:40:11 JST\n宛先: x@y.example\n件名: Apples\n\n",
    "apple-fr": "Début du message transféré :\n\n> De: Jo Brook <jo@mail.example>\n> Objet: Pommes\n> Date: 3 novembre 2025 à 18:40:11 UTC+1\n> À: x@y.example\n> \n> ",
    "tb-fr": "-------- Message transféré --------\nSujet : \tPommes\nDate : \tMon, 3 Nov 2025 18:40:11 +0100\nDe : \tJo Brook <jo@mail.example>\nPour : \tx@y.example\n\n\n\n",
    "yahoo": '   ----- Forwarded Message ----- From: "Jo Brook" <jo@mail.example>To: "x@y.example" <x@y.example>Sent: Monday, November 3, 2025 at 06:40:11 PM GMTSubject: Apples\n',
    "yahoo2": '   ----- Forwarded Message -----\n  From: Jo Brook <jo@mail.example>\n To: "x@y.example" <x@y.example> \n Sent: Monday, November 3, 2025 at 06:40:11 PM GMT\n Subject: Apples\n   \n',
    "outlook": "________________________________\nFrom: Jo Brook <jo@mail.example>\nSent: Monday, November 3, 2025 6:40:11 PM\nTo: x@y.example\nSubject: Apples\n\n",
    "proton": "------- Forwarded Message -------\nFrom: Jo Brook <jo@mail.example>\nDate: On Monday, November 3rd, 2025 at 18:40\nSubject: Apples\nTo: x@y.example\n\n\n",
    "zoho": "============ Forwarded message ============\nFrom: Jo Brook <jo@mail.example>\nTo: <x@y.example>\nDate: Mon, 03 Nov 2025 18:40:11 +0100\nSubject: Apples\n============ Forwarded message ============\n\n",
    "mailru": "-------- Пересылаемое сообщение --------\nОт: Jo Brook <jo@mail.example>\nКому: x@y.example\nДата: понедельник, 3 ноября 2025, 18:40 +03:00\nТема: Apples\n\n",
    "mutt": "----- Forwarded message from Jo Brook <jo@mail.example> -----\n\nDate: Mon, 3 Nov 2025 18:40:11 +0100\nFrom: Jo Brook <jo@mail.example>\nTo: x@y.example\nSubject: Apples\n\n",
    "lotus": "----- Forwarded by Al Fin/ORG on 03/11/2025 18:41 -----\n\nFrom: Jo Brook <jo@mail.example>\nTo: x@y.example\nDate: 03/11/2025 18:40\nSubject: Apples\n\n",
}


@pytest.mark.parametrize(("case", "stays", "folded", "name", "address"), CARDS, ids=lambda value: value[:12])
def test_contact_block(case: str, stays: str, folded: str, name: str, address: str) -> None:
    reply = clean(bare(text=f"{WORDS}\n\n{stays}\n{folded}\n", html=None, sender=f'"{name}" <{address}>'))
    assert reply.text == f"{WORDS}\n\n{stays}"
    assert [part.kind for part in reply.folded] == [Kind.SIGNATURE], case


@pytest.mark.parametrize("name", NOTICES)
def test_notice(name: str) -> None:
    assert clean(bare(text=f"{WORDS}\n\n{NOTICES[name]}\n", html=None)).text == WORDS


@pytest.mark.parametrize("line", CLIENTS)
def test_client_line_above_a_quote(line: str) -> None:
    quote = "On Mon, 3 Nov 2025 at 18:40, Jo <jo@mail.example> wrote:\n> Shall we?"
    assert clean(bare(text=f"{WORDS}\n\n{line}\n\n{quote}", html=None)).text == WORDS


@pytest.mark.parametrize("comment", ("", "My comment.\n\n"))
@pytest.mark.parametrize("name", FORWARDS)
def test_forward(name: str, comment: str) -> None:
    message = bare(text=f"{comment}{FORWARDS[name]}Words passed on.\n", html=None, subject="Fwd: Apples")
    reply = clean(message)
    assert reply.text == f"{comment}Words passed on."
    assert reply.credit == Credit("Jo Brook", "jo@mail.example")


def test_a_notice_of_a_firm_of_one_speaks_of_its_writer() -> None:
    card = "Kind regards\n\nMira Vane\n\nGlass for houses and boats\n\nTel: 01632 960123"
    notice = (
        "This email and any attachment may be confidential or legally privileged and is intended only for the intended "
        "recipient. If you have received it in error, please tell me and delete it. Any unauthorised disclosure or copying "
        "is prohibited. I accept no liability for what I wrote; the views are my own."
    )
    told = clean(
        bare(text=f"{WORDS}\n\n{card}\n\n{notice}", html=None, sender="Mira Vane <mira@vane.example>")
    )
    assert told.text == f"{WORDS}\n\nKind regards\n\nMira Vane"
    mine = "What I tell you here is confidential and intended only for you: I was told so by my doctor."
    assert mine in clean(bare(text=f"{WORDS}\n\n{mine}", html=None)).text
