"""Stock phrases of what programs and companies put around a mail: data only, in small letters.

A phrase stands here when it is written by a machine for many people; no phrase that a person would write in a letter.
"""

# ruff: noqa: E501
from __future__ import annotations

from .languages import forms

DEVICES = forms(
    "iphon|айфон|ipad|ipod|android|samsung|galaxy|blackberry|huawei|xiaomi|redmi|oppo|vivo|realme|oneplus|nokia|lumia|windows|"
    "outlook|yahoo|gmail|proton|protonmail|mailbird|thunderbird|airmail|bluemail|aquamail|fairemail|k-9|typeapp|superhuman|"
    "zoho|fastmail|tutanota|tuta|gmx|web.de|mail.ru|yandex|яндекс|почт|poczt|libero|laposte|htc|sony|xperia|pixel|lg|motorola|"
    "icloud|nexus|surface|ios|mobile|mobil|móvil|movil|celular|cellulare|smartphone|phone|telefon|telefoon|téléphone|"
    "telefono|teléfono|telemóvel|handy|fairphone|tablet|matkapuhelimesta|puhelimesta|телефон|смартфон|手机|手機|携帯|스마트폰|휴대|"
    "κινητό|הנייד|סמארטפון|هاتفي|الهاتف|موبایل|điện thoại|มือถือ|ponsel|spark|mail app|mail for|hey|canary|newton|edison|"
    "mutt|horde|internet messaging program|squirrelmail|roundcube|webmail|front|missive|naver|네이버|daum|qq|网易|邮箱|mail.com|email.it|tiscali|virgin|orange|sfr|bouygues|o2|vodafone|"
    "mimestream|imp|macbook|imac|mac|cloudmagic|mailspring|shortwave|spike|application|applikation|posteo|mailbox.org|seznam|centrum|wp.pl|onet|interia|komórk|mobiln|mobilu|mobilní|mobilný|telefón|telefonu|"
    "device|mobilgerät|dispositivo|appareil|apparaat|пристрою|устройства|zařízení|zariadenia|urządzenia|uređaja|уређаја|laitteesta|"
    "laitteestani|készülék|cihaz|συσκευή|enhet|enhed|seadmest|ierīces|įrenginio|dispozitiv|מכשיר|جهاز|دستگاه|端末|设备|裝置|기기"
)

BANNERS_OF = {
    language: forms(phrases)
    for language, _, phrases in (
        line.partition(":")
        for line in (
            "en:originated from outside|originated outside|from outside of|outside your organization|outside your organisation|outside of your|"
            "outside the organization|outside the organisation|external email|external sender|external e-mail|external message|"
            "do not click links|don't click links|do not click on links|exercise caution|don't often get email from|"
            "do not often get email from|learn why this is important|this sender is external|came from an external",
            "de:externe e-mail|externer absender|externen absender|von außerhalb|außerhalb ihrer organisation",
            "fr:expéditeur externe|courriel externe|provient de l'extérieur|mail externe|expéditeur externe à",
            "es:correo externo|remitente externo|fuera de la organización|fuera de su organización|email externo",
            "it:email esterna|mittente esterno|proviene dall'esterno",
            "nl:externe afzender|van buiten de organisatie",
            "pt:e-mail externo|remetente externo|fora da organização",
            "sv:extern e-post|extern avsändare|utanför organisationen|utanför vår organisation|utanför din organisation",
            "da:ekstern e-mail|ekstern afsender|uden for organisationen",
            "nb:ekstern avsender|utenfor organisasjonen",
            "fi:ulkopuolinen lähettäjä|organisaation ulkopuolelta|ulkopuoliselta lähettäjältä|ulkoinen lähettäjä|ulkoinen viesti",
            "pl:wiadomość zewnętrzna|spoza organizacji|nadawca zewnętrzny|z zewnątrz organizacji",
            "cs:externí odesílatel|mimo organizaci|externího odesílatele|externí e-mail|externí zpráva|zvenčí organizace",
            "sk:externého odosielateľa|externý e-mail|externá správa|mimo našej organizácie",
            "ru:внешний отправитель|внешнего отправителя|извне организации",
            "uk:зовнішнього відправника|зовнішній відправник|ззовні організації|поза межами організації",
            "bg:външен подател|извън организацията",
            "sr:spoljni pošiljalac|van organizacije|спољни пошиљалац|ван организације",
            "hr:izvan organizacije|vanjski pošiljatelj",
            "sl:zunanji pošiljatelj|zunaj organizacije",
            "hu:külső feladó|szervezeten kívül",
            "ro:din afara organizației|expeditor extern|e-mail extern|mesaj extern|din exteriorul organizației",
            "tr:kurum dışından|kuruluş dışından|harici gönderen|harici e-posta",
            "el:εξωτερικό αποστολέα|εκτός του οργανισμού|αποστολέας εκτός",
            "lt:išorinis siuntėjas|už organizacijos ribų",
            "lv:ārējs sūtītājs|ārpus organizācijas",
            "et:väljastpoolt|väline saatja",
            "ca:remitent extern|fora de l'organització",
            "he:מחוץ לארגון|שולח חיצוני|דואר חיצוני",
            "ar:من خارج المؤسسة|من خارج المنظمة|مرسل خارجي|بريد خارجي|خارج المؤسسة|خارج المنظمة",
            "fa:خارج از سازمان|فرستنده خارجی",
            "hi:संगठन के बाहर|बाहरी प्रेषक",
            "th:ภายนอกองค์กร",
            "vi:bên ngoài tổ chức",
            "id:luar organisasi|pengirim eksternal",
            "zh:外部邮件|外部郵件|组织外部|組織外部|外部发件人|外部寄件者",
            "ja:外部メール|社外から|組織外",
            "ko:외부 메일|외부에서|외부 발신",
        )
    )
}
"""What gateways say above a mail from outside, by language."""

_BANNERS = tuple(phrase for phrases in BANNERS_OF.values() for phrase in phrases)
BANNERS = tuple(each for each in _BANNERS if not any(other != each and other in each for other in _BANNERS))
"""All of them, but for those that hold another: one thing said counts once."""

HEEDS = forms(
    "sender|link|attach|click|absender|anhang|anhänge|klick|expéditeur|pièces jointes|pièce jointe|liens|cliqu|remitente|enlace|adjunt|"
    "archivo|mittente|allegat|collegament|clicca|cliccare|remetente|anexo|clique|afzender|bijlage|klik|avsändar|bilag|länk|afsender|"
    "avsender|vedlegg|lenke|lähettäj|liite|liittei|linkk|nadawc|załącznik|odesílatel|příloh|odkaz|odosielateľ|príloh|отправител|вложен|"
    "ссылк|відправник|вкладен|посилан|подател|прикач|връзк|pošilj|privit|prilog|пошиљал|прилог|priponk|povezav|feladó|mellékl|"
    "hivatkoz|expeditor|atașament|ataşament|fișiere|gönderen|ek dosya|ekleri|bağlantı|tıkla|αποστολ|συνημμέν|συνδέσμ|siuntėj|pried|"
    "sūtītāj|pielikum|saatja|manus|fitxer|enllaç|שולח|קישור|מצורף|קבצים|المرسل|مرفق|روابط|رابط|فرستنده|پیوست|प्रेषक|संलग्न|लिंक|"
    "ผู้ส่ง|ไฟล์แนบ|ลิงก์|người gửi|liên kết|đính kèm|pengirim|tautan|lampiran|发件人|寄件者|附件|链接|連結|鏈接|点击|點擊|送信者|差出人|"
    "添付|リンク|クリック|발신자|보낸 사람|첨부|링크"
)
"""What a gateway tells one to heed: the sender, links and attached files."""

DAYS = forms(
    "yesterday|this morning|last night|gestern|heute|ce matin| hier |d'hier|aujourd'hui|ayer|anoche|esta mañana|stamattina|di ieri| ieri|"
    "ontem|esta manhã|gisteren|vanochtend|vanmorgen|igår|i går|i morse|i morges|eilen|tänä aamuna|wczoraj|dziś|dzisiaj|včera|dnes|"
    "вчера|сегодня|вчора|сьогодні|днес|jučer|juče|danas|včeraj|јуче|денес|tegnap|ma reggel|aseară|azi |dünkü|dün |bugün|χθες|σήμερα|vakar|"
    "šodien|šiandien|eile|täna|ahir|avui|أمس|اليوم|אתמול|היום|دیروز|امروز|昨天|昨日|今天|今日|今朝|어제|오늘|hôm qua|hôm nay|เมื่อวาน|วันนี้|"
    "kemarin|hari ini|semalam|कल |आज "
)
"""Days that a person names; a gateway's warning is the same each day."""

SCANNERS = forms(
    "virus-free|virenfrei|checked for viruses|scanned for viruses|scanned by|has been scanned|scanned for spam|report this email as spam|report this message as spam|auf viren geprüft|avast|avg.com|"
    "sans virus|libre de virus|privo di virus|priva di virus|virusvrij|не содержит вирусов|checked by avg|no virus found|mailscanner|"
    "sophos|mimecast|symantec|messagelabs|mcafee|eset|kaspersky|bitdefender|"
    "consider the environment|before printing|think before you print|save paper|denken sie an die umwelt|"
    "bevor sie diese|avant d'imprimer|pensez à l'environnement|pensez à l'environnement|antes de imprimir|"
    "medio ambiente|prima di stampare|denk aan het milieu|meio ambiente|tänk på miljön|skriv kun ut|före utskrift|before you print|vor dem ausdrucken|voordat u deze|innan du skriver ut|przed wydrukowaniem|"
    "før du printer|før du skriver ut|ennen tulostamista|перед печатью|před vytištěním|vor dem drucken|prije ispisa|abans d'imprimir|"
    "înainte de a imprima|nyomtatás előtt|mielőtt kinyomtat"
)

FOOTERS = forms(
    "you received this message because you are subscribed to|you are receiving this because|you're receiving this because|"
    "to unsubscribe from this group|to unsubscribe from this list|to unsubscribe send|to unsubscribe, |unsubscribe:|"
    "to unsubscribe click|to unsubscribe from|unsubscribe from this|view this discussion|view this message online|"
    "visit this group at|for more options, visit|to post to this group|to view this discussion|"
    "reply to this email directly|reply to this email to|visit topic or reply|visit topic to respond|or reply to this email to respond|"
    "visit message or reply|groups.io links|-=-=-=-=-|you receive all messages sent to this group|"
    "powered by topicbox|mailman/listinfo|/mailman3/lists/|mailing list --|mailing list -- |"
    "click here to unsubscribe|manage your subscription|change your email preferences|email preferences|"
    "sent to you because you|you have been invited to reply|view it on github|view it on loomio|"
    "reply to this email directly or view|if you don't want to receive|to stop receiving|click here to view|"
    "yahoo groups links|diese nachricht wurde gesendet, weil|um sich von dieser gruppe abzumelden|sie erhalten diese nachricht, weil|"
    "vous recevez ce message|pour vous désabonner|pour se désabonner|pour vous désinscrire|has recibido este mensaje porque|"
    "recibiste este mensaje porque|para cancelar la suscripción|hai ricevuto questo messaggio perché|"
    "você recebeu essa mensagem porque|você está recebendo|je ontvangt dit bericht omdat|"
    "u ontvangt dit bericht omdat|du har fått det här meddelandet|вы получили это сообщение, поскольку|"
    "otrzymujesz tę wiadomość"
)

TOLD_WHY = forms(
    "sie erhalten diese |du erhältst diese |du bekommst diese |vous recevez cet|vous recevez ce c|tu reçois cet|recibes este |has recibido este |"
    "recibe este |recibiste este |ricevi questa |ricevi questo |hai ricevuto quest|ha ricevuto quest|recebeu este |recebe este |você recebe|"
    "você recebeu est|u ontvangt deze |je ontvangt deze |u ontvangt dit |du får det här |du får detta |du modtager denne |du mottar denne |"
    "saat tämän |sait tämän |otrzymujesz te|otrzymujesz tę |otrzymał|dostáváte t|tento e-mail jste |tuto zprávu |dostávate t|ezt az e-mailt |"
    "azért kap|primiți acest |ați primit acest |primești acest |bu e-postayı |bu iletiyi |вы получили это |вы получаете это |ви отримали ц|"
    "ви отримуєте ц|получавате това |λάβατε αυτό |λαμβάνετε αυτό |您收到此|您收到這|您收到这|您之所以收到|你收到|このメールは|본 메일은|이 메일은|"
    "이 메시지는|anda menerima |bạn nhận được |คุณได้รับ|لقد تلقيت |تتلقى هذ|وصلتك هذه |קיבלת |שלחנו לך |شما این |you received this |you get this |"
    "rebeu aquest |has rebut aquest |heu rebut aquest |primate ov|primili ste ov|примате ов|примили сте ов|to sporočilo |"
    "jūs gaunate š|gavote š|jūs saņemat š|jūs saņēmāt š|saite selle |saad selle |þú færð þennan |þú fékkst þennan "
)
"""How newsletters begin to say why one gets them; a person may too, so a way out must follow."""

WAYS_OUT = forms(
    "unsubscribe|abmelden|abbestellen|austragen|désabonn|désinscri|cancelar la sus|darse de baja|darte de baja|dar de baja|disiscri|"
    "annulla l'iscri|cancellarti|cancelar a ins|cancelar inscri|descadastr|anular a sub|afmeld|uitschrijv|avprenumerera|avsluta pren|frameld|"
    "avmeld|peruuta tila|peruuttaa tila|poistu list|wypis|rezygnacj|zrezygnow|odhlás|odhlásenie|leiratkoz|dezabon|abonelikten|aboneliğ|"
    "отписа|отпис|відписа|διαγραφ|退订|退訂|取消订阅|取消訂閱|配信停止|登録解除|수신거부|수신 거부|구독 취소|berhenti berlangganan|"
    "hủy đăng ký|ยกเลิก|إلغاء الاشتراك|להסרה|לבטל את|לביטול|لغو اشتراک|donar-vos de baixa|donar-te de baixa|odjav|одјав|"
    "atsisakyti|atteikties|abonēšanu|tühista|loobu|afskrá"
)
"""How they name the way out."""

CONTACT_LABELS = forms(
    "tel|tel.|tél|tél.|t|ph|phone|telephone|mobile|mob|mob.|m|cell|c|fax|f|office|direct|direct line|e|email|e-mail|mail|web|"
    "website|w|www|skype|linkedin|twitter|x|facebook|instagram|whatsapp|signal|mastodon|telegram|telefon|mobil|handy|"
    "téléphone|portable|téléphone portable|courriel|site|teléfono|móvil|movil|celular|correo|correo electrónico|cellulare|"
    "telefono|cell.|sito|telefone|telemóvel|celular|telefoon|mobiel|puhelin|puh|puh.|tlf|tlf.|kom|kom.|mobiltelefon|komórka|"
    "адрес|address|adresse|dirección|тел|тел.|моб|моб.|телефон|电话|電話|手机|手機|携帯|전화|휴대폰|전화번호|τηλ|τηλ.|κιν|טלפון|نايد|"
    "هاتف|جوال|điện thoại|đt|โทร|telp|hp|twitter|vat|ust-id|iban|siret|company no|calendar|book a meeting|pgp|gpg|key id"
)

ROLES = forms(
    "manager|director|engineer|developer|officer|president|founder|co-founder|cofounder|consultant|coordinator|secretary|"
    "treasurer|professor|lecturer|researcher|designer|assistant|administrator|analyst|architect|editor|partner|specialist|"
    "representative|chair|chairman|chairwoman|chairperson|ceo|cto|cfo|coo|vp|head of|lead|adviser|advisor|trustee|"
    "geschäftsführer|geschäftsführerin|leiter|leiterin|vorstand|referent|referentin|projektleiter|sachbearbeiter|"
    "directeur|directrice|responsable|chargé|chargée|ingénieur|gérant|présidente|président|chef de|"
    "gerente|ingeniero|ingeniera|jefe|jefa|directora|presidente|coordinador|coordinadora|"
    "direttore|responsabile|ingegnere|diretor|diretora|engenheiro|directeur|medewerker|adviseur|bestuurslid|"
    "chef|ordförande|projektledare|handläggare|leder|rådgiver|konsulent|kierownik|dyrektor|specjalista|prezes|"
    "ředitel|jednatel|vedoucí|директор|менеджер|инженер|руководитель|специалист|müdür|koordinatör|"
    "部长|经理|主任|工程师|部長|課長|代表取締役|担当|팀장|대표|과장|부장|librarian|clerk|warden|organiser|"
    "organizer|convenor|registrar|headteacher|geschäftsstelle|bibliothekar|bibliothécaire|"
    "secrétaire|trésorier|trésorière|secretario|secretaria|tesorero|tesorera|bibliotecario|bibliotecaria|"
    "segretario|segretaria|tesoriere|secretário|secretária|tesoureiro|tesoureira|"
    "secretaris|penningmeester|sekreterare|kassör|sekretær|kasserer|skarbnik|sekretarz|tajemník|"
    "účetní|секретарь|бухгалтер|заведующий|заведующая|председатель|начальник|завідувач|завідувачка|"
    "голова правління|бухгалтерка|координатор|координаторка|управител|ръководител|секретар|председател|mühendis|müdürü|sekreter|"
    "başkan|διευθυντής|διευθύντρια|υπεύθυνος|υπεύθυνη|γραμματέας|προϊστάμενος|coordonator|coordonatoare|inginer|"
    "secretară|igazgató|titkár|koordinátor|vadovas|vadovė|direktorius|direktorė|vadītājs|vadītāja|direktors|"
    "voditelj|voditeljica|direktorica|tajnik|tajnica|manajer|direktur|koordinator|sekretaris|ketua|giám đốc|trưởng phòng|kế toán|"
    "điều phối viên|ผู้จัดการ|ผู้อำนวยการ|หัวหน้า|วิศวกร|เลขานุการ|مدير|مديرة|مهندس|مهندسة|منسق|منسقة|رئيس|מנהל|מנהלת|רכז|רכזת|מזכיר|מזכירת|"
    "مدیر|مهندس|कार्यालय|प्रबंधक|निदेशक|सचिव|समन्वयक"
)

NOTES = forms(
    "not|note|nota|notiz|noot|notat|huom|märkus|poznámka|notatka|megj|примечание|примітка|забележка|напомена|napomena|opomba|pastaba|piezīme|notă|σημείωση|"
    "ps|btw|by the way|übrigens|au fait|por cierto|a proposito|trouwens|förresten|forresten|ملاحظة|ملحوظة|הערה|یادداشت|catatan|lưu ý|หมายเหตุ|備註|备注|비고|참고"
)
"""How a note below the name begins, with a colon behind it."""

EXTENSIONS = forms(
    "ext|extension|interno|int|durchwahl|dw|poste|interne|extensión|anexo|ramal|extensão|toestel|anknytning|lokalnummer|linka|klapka|"
    "wewnętrzny|wew|доб|внутр|вн|вътр|mellék|dahili|interior|εσωτ|內線|内線|分機|分机|내선|שלוחה|تحويلة|داخلی|داخلي"
)
"""What stands before the number of a telephone within a house."""

DENSE_ROLES = forms(
    "经理|經理|主任|工程师|工程師|志愿者|志工|义工|義工|秘书|秘書|会计|會計|主管|总监|總監|部长|部長|課長|課长|係長|室長|所長|会長|會長|會计|"
    "理事長|理事长|事務局|担当|取締役|팀장|대표|과장|부장|대리|차장|실장|간사|총무|이사|회장"
)

HOURS = forms(
    "working days|working hours|office hours|business hours|i work part|opening hours|out of hours|i don't expect|i do not expect|"
    "arbeitszeiten|arbeitstage|bürozeiten|sprechzeiten|erreichbar|teilzeit|jours de travail|jours de présence|"
    "horaires d'ouverture|temps partiel|horario de atención|horario de oficina|días laborables|orario di ufficio|orari di|"
    "horário de|werkdagen|aanwezig op|bereikbaar|arbetsdagar|arbetstider|arbejdsdage|arbeidsdager|kontortid|työpäiväni|"
    "työajat|godziny pracy|pracuję w|pracovní doba|úřední hodiny|рабочие дни|часы работы|çalışma saatleri|勤務時間|営業時間|工作时间|근무시간"
)
"""What a card says of the hours of the one who wrote it."""

ROLE_ENDINGS = forms(
    "päällikkö|johtaja|mestari|sihteeri|asiantuntija|hoitaja|leiter|leiterin|meister|meisterin|vorsitzende|vorsitzender|"
    "führer|führerin|beauftragte|beauftragter|sprecher|sprecherin|verwalter|pfleger|chef|ledare|leder|mästare|mester|"
    "förare|formand|fører|ansvarig|ansvarlig|leider|meester|voorzitter|beheerder|vezető|igazgató|elnök|titkár|felelős|juhataja|juht"
)
"""How names of roles end in languages that join words: Satamamestari, Schriftführer."""

COMPANIES = forms(
    "ltd|ltd.|limited|inc|inc.|llc|gmbh|ag|e.v.|ev|kg|ohg|ug|sarl|sas|sa|s.a.|s.l.|sl|srl|s.r.l.|spa|s.p.a.|bv|b.v.|nv|ab|as|"
    "a/s|aps|oy|oyj|sp.|z.o.o.|s.r.o.|a.s.|d.o.o.|kft|kft.|cic|plc|corp|corp.|corporation|company|co.|co-op|coop|cooperative|"
    "university|universität|université|universidad|università|universiteit|institute|institut|department|dept|dept.|"
    "foundation|stiftung|fondation|fundación|association|genossenschaft|verein|ооо|оао|ао|株式会社|有限会社|有限公司|주식회사"
)

SHOUTS = forms(
    "caution|warning|external|ext|this email|this message|you don't|some people|attention|achtung|vorsicht|warnung|extern|"
    "diese e-mail|ce message|ce courriel|mail externe|este |correo|precaución|questa|attenzione|atención|atenção|let op|"
    "deze|obs|varning|advarsel|uwaga|upozornění|внимание|【|外部|注意|[외부|외부|e-mail ext|denne|huom|vigtig|viktig|警告|外部|提醒|увага|figyelem|dikkat|προσοχή|pozor|oprez|atenție|תשומת|זהירות|تنبيه|تحذير|주의|경고|cảnh báo|chú ý|"
    "perhatian|peringatan|tähelepanu|uzmanību|dėmesio|obs:|detta|bu e-posta|to sporočilo|ez az|"
    "توجه|هشدار|सावधान|चेतावनी|คำเตือน|โปรดระวัง|שים לב|שימו לב|upozorenje|pažnja|упозорење|пажња|avertisment|varoitus|atenció|"
    "advertència|precaució|viðvörun|varúð|ostrzeżenie|brīdinājums|įspėjimas|hoiatus|tato zpráva|táto správa|acest e-mail|acest mesaj|"
    "ten e-mail|ta wiadomość|tämä viesti|этот |това |цей лист|αυτό το|このメール|此邮件|此郵件|이 메일"
)

HEADINGS = frozenset(
    forms(
        "disclaimer|confidentiality notice|confidentiality|confidentiality statement|email disclaimer|e-mail disclaimer|legal notice|"
        "legal disclaimer|privacy notice|important notice|notice|haftungsausschluss|vertraulichkeitshinweis|hinweis|"
        "rechtlicher hinweis|datenschutzhinweis|avis de confidentialité|confidentialité|avertissement|clause de confidentialité|"
        "aviso legal|aviso de confidencialidad|confidencialidad|protección de datos|aviso de confidencialidade|confidencialidade|"
        "avviso di riservatezza|nota di riservatezza|avvertenza|avvertenze|riservatezza|vertrouwelijkheid|konfidentialitet|"
        "klauzula poufności|poufność|upozornění|уведомление о конфиденциальности|конфиденциальность|gizlilik|gizlilik bildirimi|"
        "yasal uyarı|εμπιστευτικότητα|免责声明|保密声明|免責聲明|免責事項|주의사항"
    )
)
"""Headings above a legal notice; alone they say nothing."""

VIRUS = forms(
    "virus-free|virenfrei|virusfrei|sans virus|libre de virus|privo di virus|priva di virus|virusvrij|virusfri|livre de vírus|sem vírus|"
    "bez wirusów|bez virů|без вирусов|вірусів|vírusmentes"
)
"""What a short line of a scanner says."""

PRINT = forms(
    "before printing|before you print|antes de imprimir|avant d'imprimer|prima di stampare|bevor sie diese|vor dem ausdrucken|"
    "voordat u deze|före utskrift|innan du skriver ut|przed wydrukowaniem|før du printer|før du skriver ut|ennen tulostamista|"
    "перед печатью|před vytištěním|vor dem drucken|prije ispisa|abans d'imprimir|înainte de a imprima|nyomtatás előtt|mielőtt kinyomtat|"
    "nie drukuj tej|nie drukuj tego|netiskněte tento|netiskněte tuto|netlačte t|ne nyomtassa ki ezt|do not print this e|"
    "do not print this m|don't print this e|don't print this m|n'imprimez ce m|n'imprimez ce c|n'imprimez pas ce m|"
    "n'imprimez pas ce c|drucken sie diese e|drucken sie diese m|drucken sie diese n|no imprima este c|no imprima este m|"
    "non stampare questa e|non stampare questo m|não imprima este e|não imprima esta m|print deze e|print deze m|print dit b|"
    "skriv inte ut det|skriv ikke ut denne|udskriv ikke denne|älä tulosta tätä|не распечатывайте это|не друкуйте цей|"
    "yazdırmadan önce|πριν εκτυπώσετε"
)
LETTERS = forms(
    "mail|this message|courriel|este mensaje|esta mensagem|questo messaggio|diese nachricht|dit bericht|wiadomoś|correo|"
    "meddelande|viesti|письм|zpráv|správ|correu|лист|levél|üzenet|ileti|e-posta|μήνυμα|mesaj|besked|melding"
)
"""A plea not to print, and what is not to be printed."""
