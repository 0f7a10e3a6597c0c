"""What we write to people, in Italian. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

SENTENCES = {
    "hello": "Ciao {name},",
    "hello_all": "Ciao,",
    "sign": "Domande? Scrivi a {owner}, dove legge una persona.",
    "subject_done": "{list}: fatto",
    "subject_told": "{list}: la risposta",
    "subject_help": "{list}: che cosa si può fare per mail",
    "subject_ask": "{list}: conferma, per favore",
    "subject_meant": "{list}: era per noi o per tutti?",
    "undo": "Per tornare indietro, rispondi a questa mail con: {word}",
    "for_all": "Era per tutti? Rispondi con {post} e sarà pubblicato.",
    "muted": "Non ricevi più niente di “{thread}”.",
    "branch_muted": "Non ricevi più niente di quella mail di {author} in “{thread}” né delle sue risposte. Il "
    "resto della "
    "discussione arriva ancora.",
    "unmuted": "“{thread}” arriva di nuovo come il resto della lista: {mode}.",
    "followed": "Ricevi ogni nuovo messaggio di “{thread}”, qualunque cosa tu abbia scelto.",
    "thread_mode": "Di «{thread}» d'ora in poi ricevi {mode}. Il resto della lista arriva come prima.",
    "to_leave": "Per lasciare tutta la lista, rispondi a questa mail con: {word}",
    "mode_set": "{list}: d'ora in poi ricevi {mode}. Finora: {before}.",
    "mode_same": "{list}: niente da cambiare, ricevi {mode}.",
    "not_subscribed": "Non fai parte di {list}. Per iscriverti, scrivi a {address}.",
    "subscribed": "Fai parte di {list} e ricevi {mode}.",
    "left": "Hai lasciato {list} e non ricevi più le sue mail. Per tornare, scrivi a {address}.",
    "away": "Sei in vacanza fino al {day}. Quello che si scrive fino ad allora è raccolto per te e arriva dopo.",
    "back": "La tua vacanza è finita: le mail tornano.",
    "not_away": "Non eri in vacanza; le mail arrivano come prima.",
    "day_form": "“{text}” non è un giorno che sappiamo leggere, quindi niente è cambiato. Scrivi per esempio: "
    "{example}",
    "day_ambiguous": "“{text}” può essere due giorni diversi, quindi niente è cambiato. Scrivi per esempio: "
    "{example}",
    "day_past": "“{text}” è oggi o è passato, quindi niente è cambiato. Scrivi un giorno a venire, per esempio: "
    "{example}",
    "day_far": "“{text}” è fra più di due anni, quindi niente è cambiato. Scrivi per esempio: {example}",
    "who": "{number} persone fanno parte di {list}:",
    "who_not": "Non diciamo chi fa parte di {list}.",
    "more": "e altre {number}",
    "lists": "Le liste qui:",
    "status": "Che cosa ricevi:",
    "status_none": "Non fai parte di nessuna lista.",
    "status_away": "Sei in vacanza fino al {day}.",
    "status_hours": "I riassunti arrivano alle {hour}:00, quelli settimanali di {weekday}; il tuo fuso "
    "orario è {zone}.",
    "status_follow": "Discussioni che segui:",
    "status_mute": "Discussioni silenziate:",
    "status_threads": "Discussioni di cui ricevi {mode}:",
    "kept": "Tutto quello che conteneva la tua mail si vede di nuovo: {link}",
    "kept_nothing": "Non c'è niente di ripiegato in quello che hai scritto in questa discussione.",
    "unmasked": "Tutti vedono il tuo messaggio come l'hai scritto, tranne gli indirizzi di posta: {link}",
    "masked": "Numeri di telefono, indirizzi e link privati del tuo messaggio sono di nuovo nascosti: {link}",
    "masked_nothing": "Non hai scritto niente in questa discussione.",
    "add_asked": "Abbiamo scritto a {address}. Appena quella mail avrà risposta, anche ciò che arriva da lì è suo.",
    "add_own": "{address} è già tuo.",
    "add_not": "{address} non si può aggiungere per mail. Scrivi a {owner}.",
    "add_form": "Scrivi l'indirizzo dopo la parola, per esempio: {example}",
    "relay_off": "Nessuno può più scrivere a te solo tramite noi.",
    "relay_on": "Gli altri possono scrivere a te solo tramite noi; non vedono il tuo indirizzo.",
    "quiet_set": "Niente ti viene mandato dalle {begin}:00 alle {end}:00; quello che arriva allora segue alle "
    "{end}:00.",
    "quiet_off": "Non hai più ore tranquille.",
    "hours_form": "“{text}” qui non si capisce, quindi niente è cambiato. Scrivilo così: {example}",
    "own_on": "Anche i tuoi messaggi ti arrivano.",
    "own_off": "I tuoi messaggi non ti arrivano più.",
    "forgotten": "Quello che sappiamo di te viene cancellato, come hai chiesto. Questa è la nostra ultima mail.",
    "no_thread": "{word} si scrive in risposta a una mail della discussione di cui si tratta.",
    "ask": "Qualcuno, speriamo tu, ci ha chiesto questo:",
    "ask_yes": "Lo vuoi? Allora rispondi a questa mail, anche vuota. Se no, non fare niente: tutto resta com'è.",
    "meant": "A “{thread}” hai risposto solo “{text}”. Se vuoi che lo facciamo ({what}), rispondi {yes}. Se è "
    "la tua risposta "
    "agli altri, rispondi {post} e sarà pubblicata.",
    "unchanged": "Niente è cambiato.",
    "too_old": "La mail di cui si tratta è troppo vecchia o non c'è più. Chiedi di nuovo, per favore.",
    "not_understood": "Non abbiamo trovato nessun comando all'inizio della tua mail, quindi niente è cambiato.",
    "help": "Per scrivere a tutti, scrivi a {list_address}; per rispondere a una mail, rispondi e basta. "
    "Inoltre puoi "
    "mandare una di queste parole a {request_address}, o in risposta a una nostra mail, da sola nella prima riga:",
    "help_page": "Le discussioni si leggono anche su {url}.",
    "yes": "sì",
    "example": "vacanza fino al 31/3/2027",
}

DOES = {
    Verb.SUBSCRIBE: "iscriversi alla lista",
    Verb.UNSUBSCRIBE: "lasciare la lista",
    Verb.STOP: "più niente di questa discussione",
    Verb.EACH: "ogni messaggio in una mail sua",
    Verb.DAILY: "un riassunto al giorno",
    Verb.WEEKLY: "un riassunto alla settimana",
    Verb.MENTIONS: "solo quello che ti menziona",
    Verb.NONE: "nessuna mail",
    Verb.MUTE: "più niente di questa discussione",
    Verb.MUTE_BRANCH: "più niente di questa mail e delle sue risposte",
    Verb.UNMUTE: "la discussione di nuovo, come al solito",
    Verb.FOLLOW: "ogni messaggio di questa discussione",
    Verb.UNFOLLOW: "la discussione come al solito",
    Verb.THREAD_DAILY: "un riassunto di questa discussione al giorno",
    Verb.THREAD_WEEKLY: "un riassunto di questa discussione alla settimana",
    Verb.THREAD_MENTIONS: "di questa discussione solo quello che ti menziona",
    Verb.VACATION: "raccogliere le mie mail fino a quel giorno",
    Verb.BACK: "finire la mia vacanza",
    Verb.WHO: "chi è iscritto",
    Verb.LISTS: "quali liste ci sono",
    Verb.STATUS: "che cosa ho scelto",
    Verb.KEEP: "mostrare quello che è ripiegato nel mio messaggio",
    Verb.UNMASK: "mostrare a tutti numeri, indirizzi e link del mio messaggio",
    Verb.MASK: "nasconderli di nuovo",
    Verb.ADD: "un altro indirizzo proprio, scritto dopo la parola",
    Verb.RELAY_OFF: "nessuna mail di altri solo per me",
    Verb.RELAY_ON: "di nuovo mail solo per me",
    Verb.HOUR: "l'ora dei miei riepiloghi, dopo la parola",
    Verb.WEEKDAY: "il giorno del mio riepilogo settimanale",
    Verb.QUIET: "ore senza mail, come 22-7",
    Verb.ZONE: "il mio fuso orario, come Europe/Rome",
    Verb.OWN_ON: "copie dei miei messaggi",
    Verb.OWN_OFF: "niente copie dei miei messaggi",
    Verb.FORGET_ME: "cancellare tutto quello che sapete di me, i miei messaggi restano senza nome; è definitivo",
    Verb.FORGET_ALL: "cancellare tutto quello che sapete di me e anche i miei messaggi; è definitivo",
    Verb.HELP: "questo aiuto",
}

LETTERS = {
    "about": "“{subject}”",
    "about_none": "senza oggetto",
    "somebody": "Qualcuno",
    "a_member": "Un membro",
    "confirm_subject": "Conferma, per favore: vuoi le mail di {list}?",
    "confirm": "Qualcuno, speriamo tu, ha chiesto che le mail di {list} siano mandate a questo indirizzo.\n\nSe "
    "le vuoi, rispondi a questa mail, anche vuota. Se no, non fare niente: non arriverà niente.",
    "expired": "Hai risposto a una nostra mail di più di {days} giorni fa, quindi non è ancora successo niente. "
    "Eccone una nuova.",
    "welcome_subject": "Benvenuti in {list}",
    "welcome": "Da adesso ricevi le mail di {list}, e quello che scrivi a {address} va a tutti. Per rispondere a "
    "una mail, rispondi e basta.\n\nLe discussioni si leggono anche su {page}.\n\nPer uscire, scrivi a "
    "{leave}, o usa il link in fondo a ogni mail.",
    "leave_subject": "Conferma, per favore: vuoi lasciare {list}?",
    "leave": "Una mail a tuo nome ha chiesto che non ti arrivino più le mail di {list}.\n\nSe è quello che "
    "vuoi, rispondi a questa mail o apri questa pagina: {link}\n\nSe no, non fare niente: tutto resta "
    "com'è.",
    "left_subject": "Hai lasciato {list}",
    "left": "Non ricevi più le mail di {list}. Se è stato un errore, scrivi a {address} e sei di nuovo dentro.",
    "guest_subject": "{member} ti ha messo in copia in una conversazione di {list}",
    "guest": "{member} ti ha mandato una copia di una mail {about}, diretta a {list}, una mailing list e forum "
    "di {site}. Lì non hai un account e non ti serve; questa è l'unica mail di questo genere su quella "
    "conversazione.\n\n- Se rispondi a quella mail con la lista tra i destinatari, o rispondi a "
    "questa, la tua risposta entra nella conversazione con il tuo nome, come ospite; {reads}.{first} "
    "Da allora ricevi quello che gli altri vi scrivono.\n- Se scrivi solo a {member}, la lista non ne "
    "saprà niente.\n- Se non vuoi niente di tutto questo, non fare niente. Per esserne sicuro, "
    "rispondi a questa mail con la sola parola: stop\n  o manda una mail vuota a {stop}; allora non ti "
    "scriveremo più di quello che altri ti mandano in copia.",
    "guest_public": "chiunque può leggerla sul web",
    "guest_members": "la leggono i suoi membri",
    "guest_first": "Prima la guarda un moderatore.",
    "stopped_subject": "Non ricevi più questa conversazione",
    "stopped": "Non ti mandiamo più niente della conversazione {about} di {list}, né avvisi di mail che ti "
    "arrivano in copia. Chi ti mette in copia ti scrive sempre da sé.\n\nÈ stato un errore? Scrivi a "
    "{address} e ricevi tutte le mail della lista.",
    "stop_subject": "Non vuoi più niente da {list}?",
    "stop": "Una mail a tuo nome diceva stop. Se non vuoi più niente della conversazione {about}, rispondi a "
    "questa mail, anche vuota. Se no, non fare niente.",
    "not_passed_subject": "La tua mail non è stata inoltrata",
    "not_passed": "La tua mail {about} a una sola persona non è stata inoltrata, e nessuno l'ha vista.\n\nPerché: "
    "{why}.",
    "lost_subject": "La tua mail a {name} non è arrivata",
    "lost": "Abbiamo inoltrato la tua mail {about} solo a {name}, ma è tornata indietro: non si è potuta "
    "consegnare. {name} non l'ha vista, e non la mandiamo di nuovo.\n\nQuello che scrivi alla lista si "
    "legge sempre sulla pagina.",
    "held_subject": "La tua mail a {list} aspetta un moderatore",
    "held": "La tua mail {about} è arrivata bene, ma una persona la guarda prima che sia "
    "pubblicata.\n\nPerché: {why}.\n\nNon devi fare niente; per favore, non mandarla di nuovo.",
    "refused_subject": "La tua mail a {list} non è stata pubblicata",
    "refused": "La tua mail {about} non è stata pubblicata.\n\nPerché: {why}.",
    "empty_subject": "La tua mail a {list} non aveva parole tue",
    "empty": "La tua mail {about} è arrivata, ma non vi abbiamo trovato parole tue, al massimo il testo citato "
    "di una mail precedente o una firma, quindi non c'era niente da pubblicare. Forse è partita troppo "
    "presto.\n\nRispondi ancora una volta: sopra o sotto il testo citato, o tra le sue righe.",
    "owner_subject": "Qualcuno ha scritto al tuo indirizzo personale di risposta di {list}",
    "owner": "Ogni nostra mail ha un indirizzo di risposta che è solo tuo. {who} ha scritto a uno di questi, "
    "{about}, da un indirizzo che non conosciamo. Tratteniamo quella mail, e niente è stato pubblicato "
    "a tuo nome.\n\n- Eri tu, da un altro indirizzo? Dillo a {owner}, così viene aggiunto al tuo "
    "nome.\n- Hai passato la nostra mail a qualcuno che deve partecipare? Mettilo in copia la prossima "
    "volta che scrivi alla lista: la sua mail comparirà con il suo nome.\n- Non ne sai niente? Allora "
    "non c'è niente da fare.",
    "probe_subject": "Ti arrivano le nostre mail di {list}?",
    "probe": "Diverse nostre mail di {list} a questo indirizzo sono tornate indietro, quindi per un po' abbiamo "
    "smesso di mandarne. Questa è una prova: se arriva, va tutto bene, e le mail riprendono da sole "
    "tra qualche giorno.\n\nRispondi con una parola qualsiasi perché riprendano subito.",
    "which_subject": "Per quale discussione è la tua risposta?",
    "which": "La tua risposta {about} comincia così:\n\n> {words}\n\nÈ arrivata, ma risponde a una mail con più "
    "discussioni, e non sappiamo quale intendi. È al sicuro da noi e non ancora pubblicata.\n\nTocca "
    "la discussione per cui è, e manda la mail che si apre; può essere vuota. O rispondi a questa mail "
    "con il solo numero.\n\n{rows}La prossima volta usa il pulsante sotto la discussione, o tieni "
    "della nostra mail solo quello a cui rispondi.",
    "which_post": "Pubblicala lì",
    "address_subject": "Conferma, per favore: è tuo anche questo indirizzo, {name}?",
    "address": "{name}, che partecipa a {list}, dice che anche questo indirizzo è suo, così che quello che ne "
    "arriva compaia con lo stesso nome.\n\nSe sei tu, rispondi a questa mail, anche vuota. Se no, non "
    "fare niente: non succederà niente.",
    "added_subject": "Un indirizzo in più è tuo",
    "added": "Quello che scrivi da {address} compare adesso con il tuo nome in {list}. Le mail continuano ad "
    "arrivare all'indirizzo che ha ricevuto questa.\n\nSe non l'hai chiesto tu, diccelo subito.",
    "why_unknown-sender": "questo indirizzo non è iscritto alla lista",
    "why_moderated": "un moderatore legge prima tutte le mail a questa lista",
    "why_join": "un moderatore decide chi entra in questa lista",
    "why_guest": "sei un ospite che un membro ha messo in copia",
    "why_no-guests": "la lista non prende mail da chi non ne è membro",
    "why_first-post": "è la tua prima mail a questa lista",
    "why_unauthenticated": "nessun segno sicuro dice che viene dal tuo indirizzo",
    "why_not-owner": "è arrivata all'indirizzo personale di risposta di qualcun altro",
    "why_spam": "un filtro l'ha presa per spam",
    "why_size": "è molto grande",
    "why_encrypted": "è cifrato, e qui nessuno può leggerlo",
    "why_rate": "in un'ora sono arrivate moltissime tue mail",
    "why_repeats": "ripete quello che hai già scritto in questa discussione",
    "why_no-relay": "{name} non prende mail tramite {list}",
    "why_relay-cap": "oggi hai mandato {number} mail di questo genere; domani si può di nuovo",
}

MODERATION = {
    "wait_subject": "Una mail a {list} ti aspetta: {subject}",
    "wait": "Una mail a {list} aspetta la tua decisione.",
    "many_subject": "{n} mail a {list} ti aspettano",
    "many": "{n} mail a {list} aspettano la tua decisione.",
    "says": "Ecco che cosa dice:",
    "from": "Da:",
    "subject": "Oggetto:",
    "came": "Arrivata:",
    "why": "Perché aspetta:",
    "nobody": "nessuno che si possa nominare",
    "none": "(nessuno)",
    "no_subject": "(senza oggetto)",
    "sender": "chi l'ha mandata",
    "refuse": "Per rifiutarla, scrivi a <{address}>.",
    "reason": "Quello che scrivi lì viene mandato a {name} come motivo.",
    "untold": "{name} non lo saprà, perché nessuno garantisce per quell'indirizzo.",
    "let_in": "Per ammettere {name}, scrivi a <{address}>; la mail può essere vuota. Poi {name} dovrà "
    "confermare.",
    "post": "Per pubblicarla, scrivi a <{address}>; la mail può essere vuota. Con la parola “sempre”, {name} può "
    "scrivere qui d'ora in poi.",
    "end": "Se un'altra persona della moderazione è più veloce, lo saprai, e niente succede due volte.",
    "decided": "La mail “{subject}” a {list}: {outcome}.",
    "released": "è pubblicata",
    "always": "è pubblicata, e chi l'ha mandata può scrivere qui d'ora in poi",
    "refused": "è rifiutata",
    "refused_told": "è rifiutata; chi l'ha mandata saprà perché",
    "was_released": "{name} l'ha già pubblicata",
    "was_refused": "{name} l'ha già rifiutata",
    "gone": "non c'è più",
    "waits": "aspetta",
    "other": "è già a posto ({outcome}): nessuno ha dovuto decidere",
    "passed_subject": "Per la moderazione di {list}: {subject}",
    "passed": "Qualcuno ha scritto a {address}; arriva a te e agli altri responsabili.",
    "reply": "Rispondi a questa mail per rispondere a chi l'ha mandata.",
    "whole": "La mail intera è allegata.",
    "too_large": "La mail intera è troppo grande per essere allegata.",
    "lost_subject": "{name} di {list} non è più raggiungibile",
    "lost": "Le mail a {name} <{address}> continuano a tornare indietro, anche l'ultima prova:\n\n> "
    "{answer}\n\nLì non va più niente; l'iscrizione resta, senza mail. Se conosci un altro indirizzo, "
    "aggiungilo con `threadbridge people import`.",
    "policy_subject": "{domain} rifiuta le mail di {list}",
    "policy": "Il sistema di posta di {domain} rifiuta le nostre mail secondo le sue regole. Ha detto:\n\n> "
    "{answer}\n\nQuesto non conta contro nessun membro. Spesso c'è da sistemare SPF, DKIM o DMARC di "
    "{site}, o l'indirizzo del server sta in una lista di blocco; `threadbridge doctor` dice che cosa "
    "vede.",
    "hold_unknown-sender": "il suo indirizzo non è iscritto alla lista",
    "hold_moderated": "la moderazione legge prima tutte le mail a questa lista",
    "hold_join": "il mittente chiede di entrare in una lista riservata ai membri",
    "hold_guest": "viene da un ospite, che un membro ha messo in copia",
    "hold_first-post": "è la prima mail di questo indirizzo alla lista",
    "hold_unauthenticated": "nessun segno affidabile dice che venga da dove dice",
    "hold_not-owner": "è arrivata all'indirizzo di risposta personale di qualcun altro",
    "hold_spam": "il filtro l'ha presa per spam",
    "hold_size": "è molto grande",
    "hold_rate": "in un'ora sono arrivate moltissime mail da questo indirizzo",
    "hold_repeats": "ripete quello che è già stato scritto in questa discussione",
    "hold_bad-token": "il suo indirizzo di risposta non è dei nostri, o il messaggio non c'è più",
    "hold_no-author": "nessuno si può nominare come autore",
    "hold_odd-name": "il nome di chi scrive mescola lettere di più alfabeti",
    "hold_self-greeting": "saluta la persona che l'avrebbe scritta",
    "hold_owner": "è per i responsabili",
    "hold_which-thread": "non sappiamo a quale discussione appartenga",
}

AROUND = {
    "in_reply_to": "In risposta a {name}",
    "forwarded": "Parole di {name}, inoltrate da {author}",
    "guest": "{name} scrive come ospite, non come membro di questa lista",
    "copied": "In copia",
    "more": "{names} e altri {n}",
    "picture": "immagine",
    "attached": "Allegati",
    "answer": "Per rispondere a tutti, basta rispondere a questa mail.",
    "alone": "Rispondi solo a {name}",
    "web": "Leggi sul web",
    "thread": "Tutta la discussione",
    "unsubscribe": "Annulla l'iscrizione",
    "colon": ":",
}

FRAME = {
    "digest": "{title}, riepilogo",
    "post_1": "1 messaggio nuovo",
    "post_n": "{n} messaggi nuovi",
    "thread_1": "1 discussione",
    "thread_n": "{n} discussioni",
    "posts_in": "{posts} in {threads}",
    "new_of_1": "1 nuovo su {size} messaggi",
    "new_of_n": "{n} nuovi su {size} messaggi",
    "new_1": "1 nuovo",
    "new_n": "{n} nuovi",
    "and": " e ",
    "and_more": "{names} e altri {n}",
    "today": "oggi, {clock}",
    "yesterday": "ieri, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} {month}",
    "heading": "{weekday} {day} {month}",
    "since": "da {when}",
    "for": "per {name}",
    "contents": "In questa mail:",
    "to_answer": "Per rispondere a questa discussione, scrivi a:",
    "mentions_you": "ti nomina",
    "guest": "un ospite",
    "words_of": "parole di {name}, inoltrate",
    "attachment_1": "1 allegato",
    "attachment_n": "{n} allegati",
    "in_reply_to": "In risposta a {name}:",
    "word_1": "ancora 1 parola",
    "word_n": "ancora {n} parole",
    "threads_1": "e ancora 1 discussione",
    "threads_n": "e ancora {n} discussioni",
    "answer_one": "Per rispondere, rispondi a questa mail e basta.",
    "answer_many": "Per rispondere, scrivi all'indirizzo sotto una discussione; o rispondi a questa mail e tieni solo "
    "quello a cui rispondi.",
    "on_site": "{site} sul web",
    "unsubscribe": "Disiscriversi da {list}",
    "from": "Da {names}",
    "answer": "Rispondi",
    "answer_to": "Rispondi a {name}",
    "answer_this": "questo",
    "answer_thread": "Rispondi a questa discussione",
    "or_write": "o scrivi a",
    "read_on": "Continua: {more}",
    "on_web": "Sul web",
}
MONTHS = tuple(
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
)
DAYS = tuple("lunedì martedì mercoledì giovedì venerdì sabato domenica".split())
