"""What commands are answered with, in Italian. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

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
    "status_hours": "I riassunti arrivano alle {hour}:00, quelli settimanali il giorno {weekday} della "
    "settimana; il tuo fuso orario "
    "è {zone}.",
    "status_follow": "Discussioni che segui:",
    "status_mute": "Discussioni silenziate:",
    "kept": "Tutto quello che conteneva la tua mail si vede di nuovo: {link}",
    "kept_nothing": "Non c'è niente di ripiegato in quello che hai scritto in questa discussione.",
    "unmasked": "Tutti vedono il tuo messaggio come l'hai scritto, tranne gli indirizzi di posta: {link}",
    "masked": "Numeri di telefono, indirizzi e link privati del tuo messaggio sono di nuovo nascosti: {link}",
    "masked_nothing": "Non hai scritto niente in questa discussione.",
    "add_asked": "Abbiamo scritto a {address}. Appena quella mail avrà risposta, anche ciò che arriva da lì è suo.",
    "add_own": "{address} è già suo.",
    "add_not": "{address} non si può aggiungere per mail. Scriva a {owner}.",
    "add_form": "Scriva l'indirizzo dopo la parola, per esempio: {example}",
    "relay_off": "Nessuno può più scriverle da solo tramite noi.",
    "relay_on": "Gli altri possono scriverle da soli tramite noi; non vedono il suo indirizzo.",
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
    Verb.FORGET_ME: "cancellare tutto quello che sapete di me; è definitivo",
    Verb.HELP: "questo aiuto",
}
