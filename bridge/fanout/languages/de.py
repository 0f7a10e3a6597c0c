"""What commands are answered with, in German. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

SENTENCES = {
    "hello": "Hallo {name},",
    "hello_all": "Hallo,",
    "sign": "Fragen? Unter {owner} liest ein Mensch.",
    "subject_done": "{list}: erledigt",
    "subject_told": "{list}: die Antwort",
    "subject_help": "{list}: was per Mail geht",
    "subject_ask": "{list}: bitte bestätigen",
    "subject_meant": "{list}: für uns oder für alle?",
    "undo": "Rückgängig machen: auf diese Mail antworten mit: {word}",
    "for_all": "War das für alle im Thema gedacht? Dann mit {post} antworten, und es wird veröffentlicht.",
    "muted": "Von „{thread}“ kommt nichts mehr.",
    "branch_muted": "Von der Mail von {author} in „{thread}“ und den Antworten darauf kommt nichts mehr. Das "
    "übrige Thema kommt "
    "weiter.",
    "unmuted": "„{thread}“ kommt wieder wie die übrige Liste: {mode}.",
    "followed": "Jeder neue Beitrag von „{thread}“ kommt, was auch sonst gewählt ist.",
    "to_leave": "Um die ganze Liste zu verlassen, auf diese Mail antworten mit: {word}",
    "mode_set": "{list}: von nun an kommt {mode}. Bisher war es {before}.",
    "mode_same": "{list}: es bleibt dabei, es kommt {mode}.",
    "not_subscribed": "Für {list} besteht keine Anmeldung. Anmelden kann man sich bei {address}.",
    "subscribed": "Die Anmeldung bei {list} besteht; es kommt {mode}.",
    "left": "Die Abmeldung von {list} ist erledigt, es kommen keine Mails mehr. Zurück geht es über {address}.",
    "away": "Urlaub bis {day}. Was bis dahin geschrieben wird, sammeln wir, und es kommt danach.",
    "back": "Der Urlaub ist zu Ende: die Mails kommen wieder.",
    "not_away": "Es war kein Urlaub eingetragen; die Mails kommen wie bisher.",
    "day_form": "„{text}“ können wir nicht als Tag lesen, also bleibt alles, wie es ist. Zum Beispiel so: "
    "{example}",
    "day_ambiguous": "„{text}“ könnten zwei verschiedene Tage sein, also bleibt alles, wie es ist. Zum Beispiel "
    "so: {example}",
    "day_past": "„{text}“ ist heute oder vorbei, also bleibt alles, wie es ist. Bitte einen künftigen Tag, zum "
    "Beispiel: "
    "{example}",
    "day_far": "„{text}“ liegt mehr als zwei Jahre voraus, also bleibt alles, wie es ist. Zum Beispiel so: "
    "{example}",
    "who": "Bei {list} sind {number} Menschen angemeldet:",
    "who_not": "Wer bei {list} angemeldet ist, wird nicht mitgeteilt.",
    "more": "und {number} weitere",
    "lists": "Die Listen hier:",
    "status": "Was kommt:",
    "status_none": "Es besteht hier keine Anmeldung.",
    "status_away": "Urlaub bis {day}.",
    "status_hours": "Zusammenfassungen kommen um {hour}:00 Uhr, wöchentliche am Tag {weekday} der Woche; die "
    "Zeitzone ist {zone}.",
    "status_follow": "Gefolgte Themen:",
    "status_mute": "Stumme Themen:",
    "kept": "Alles, was die Mail enthielt, ist wieder zu sehen: {link}",
    "kept_nothing": "In den eigenen Beiträgen dieses Themas ist nichts eingeklappt.",
    "unmasked": "Der Beitrag ist öffentlich zu lesen, wie er geschrieben wurde, nur ohne Mailadressen: {link}",
    "masked": "Telefonnummern, Anschriften und private Links des Beitrags sind öffentlich wieder verborgen: {link}",
    "masked_nothing": "In diesem Thema gibt es keinen eigenen Beitrag.",
    "add_asked": "Wir haben an {address} geschrieben. Sobald diese Mail beantwortet ist, gehört auch "
    "das dir, was von dort kommt.",
    "add_own": "{address} gehört dir schon.",
    "add_not": "{address} lässt sich nicht per Mail hinzufügen. Schreib bitte an {owner}.",
    "add_form": "Schreib die Adresse hinter das Wort, wie in: {example}",
    "relay_off": "Niemand kann dir mehr über uns allein schreiben.",
    "relay_on": "Andere können dir über uns allein schreiben; deine Adresse sehen sie nicht.",
    "forgotten": "Was wir wissen, wird wie gewünscht entfernt. Dies ist unsere letzte Mail.",
    "no_thread": "{word} geht nur als Antwort auf eine Mail des Themas, das gemeint ist.",
    "ask": "Jemand, hoffentlich der Empfänger selbst, hat uns um dies gebeten:",
    "ask_yes": "Ist es so gewollt? Dann einfach auf diese Mail antworten, auch leer. Wenn nicht, ist nichts zu "
    "tun: alles "
    "bleibt, wie es ist.",
    "meant": "Die Antwort auf „{thread}“ war nur „{text}“. Sollen wir das ausführen ({what}), dann mit {yes} "
    "antworten. War "
    "es die Antwort an die anderen, dann mit {post}, und sie wird veröffentlicht.",
    "unchanged": "Es hat sich nichts geändert.",
    "too_old": "Die Mail, um die es ging, ist zu alt oder nicht mehr da. Bitte noch einmal fragen.",
    "not_understood": "Oben in der Mail stand kein Befehl, den wir kennen, also hat sich nichts geändert.",
    "help": "Wer allen schreiben will, schreibt an {list_address}; wer antworten will, antwortet einfach auf "
    "eine Mail. "
    "Außerdem gehen diese Wörter, an {request_address} oder als Antwort auf eine unserer Mails, allein in der "
    "ersten "
    "Zeile:",
    "help_page": "Die Themen stehen auch unter {url}.",
    "yes": "ja",
    "example": "urlaub bis 31.3.2027",
}

DOES = {
    Verb.SUBSCRIBE: "bei der Liste anmelden",
    Verb.UNSUBSCRIBE: "von der Liste abmelden",
    Verb.STOP: "nichts mehr von diesem Thema",
    Verb.EACH: "jeder Beitrag als eigene Mail",
    Verb.DAILY: "eine Zusammenfassung am Tag",
    Verb.WEEKLY: "eine Zusammenfassung in der Woche",
    Verb.MENTIONS: "nur, was den eigenen Namen nennt",
    Verb.NONE: "keine Mail",
    Verb.MUTE: "nichts mehr von diesem Thema",
    Verb.MUTE_BRANCH: "nichts mehr von dieser Mail und ihren Antworten",
    Verb.UNMUTE: "das Thema wieder wie üblich",
    Verb.FOLLOW: "jeder Beitrag dieses Themas",
    Verb.UNFOLLOW: "das Thema wie üblich",
    Verb.VACATION: "bis zu diesem Tag alles sammeln",
    Verb.BACK: "den Urlaub beenden",
    Verb.WHO: "wer angemeldet ist",
    Verb.LISTS: "welche Listen es gibt",
    Verb.STATUS: "was gewählt ist",
    Verb.KEEP: "Eingeklapptes im eigenen Beitrag zeigen",
    Verb.UNMASK: "Telefonnummern, Anschriften und Links des eigenen Beitrags öffentlich zeigen",
    Verb.MASK: "sie wieder verbergen",
    Verb.ADD: "eine weitere eigene Adresse, sie steht hinter dem Wort",
    Verb.RELAY_OFF: "keine Mail von anderen an mich allein",
    Verb.RELAY_ON: "wieder Mail von anderen an mich allein",
    Verb.FORGET_ME: "alles über mich entfernen; das ist endgültig",
    Verb.HELP: "diese Hilfe",
}
