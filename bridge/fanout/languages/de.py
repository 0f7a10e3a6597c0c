"""What we write to people, in German. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

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
    "thread_mode": "Von „{thread}“ kommt von nun an {mode}. Der Rest der Liste kommt wie bisher.",
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
    "status_hours": "Zusammenfassungen kommen um {hour}:00 Uhr, wöchentliche am {weekday}; die "
    "Zeitzone ist {zone}.",
    "status_follow": "Gefolgte Themen:",
    "status_mute": "Stumme Themen:",
    "status_threads": "Themen, von denen {mode} kommt:",
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
    "quiet_set": "Von {begin}:00 bis {end}:00 Uhr kommt nichts; was dann anfällt, folgt um {end}:00 Uhr.",
    "quiet_off": "Ruhestunden gibt es nicht mehr.",
    "hours_form": "„{text}“ können wir hier nicht lesen, also bleibt alles, wie es ist. Zum Beispiel so: {example}",
    "own_on": "Die eigenen Beiträge kommen auch.",
    "own_off": "Die eigenen Beiträge kommen nicht mehr.",
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
    Verb.THREAD_DAILY: "eine Zusammenfassung dieses Themas am Tag",
    Verb.THREAD_WEEKLY: "eine Zusammenfassung dieses Themas in der Woche",
    Verb.THREAD_MENTIONS: "von diesem Thema nur, was den eigenen Namen nennt",
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
    Verb.HOUR: "die Stunde meiner Zusammenfassungen, sie steht hinter dem Wort",
    Verb.WEEKDAY: "der Wochentag meiner wöchentlichen Zusammenfassung",
    Verb.QUIET: "Stunden ohne Mail, etwa 22-7",
    Verb.ZONE: "meine Zeitzone, etwa Europe/Berlin",
    Verb.OWN_ON: "Kopien der eigenen Beiträge",
    Verb.OWN_OFF: "keine Kopien der eigenen Beiträge",
    Verb.FORGET_ME: "alles über mich entfernen, meine Beiträge bleiben ohne Namen; das ist endgültig",
    Verb.FORGET_ALL: "alles über mich entfernen und meine Beiträge auch; das ist endgültig",
    Verb.HELP: "diese Hilfe",
}

LETTERS = {
    "about": "„{subject}“",
    "about_none": "ohne Betreff",
    "somebody": "Jemand",
    "a_member": "Ein Mitglied",
    "confirm_subject": "Bitte bestätigen: Sollen die Mails von {list} kommen?",
    "confirm": "Jemand, hoffentlich du selbst, hat darum gebeten, dass die Mails von {list} an diese Adresse "
    "gehen.\n\nWenn du sie möchtest, antworte einfach auf diese Mail, auch leer. Wenn nicht, ist "
    "nichts zu tun: dann kommt nichts.",
    "expired": "Deine Antwort gilt einer Mail von uns, die mehr als {days} Tage alt ist; darum ist noch nichts "
    "geschehen. Hier ist eine neue.",
    "welcome_subject": "Willkommen bei {list}",
    "welcome": "Von nun an bekommst du die Mails von {list}, und was du an {address} schreibst, geht an alle "
    "dort. Um zu antworten, antworte einfach auf eine Mail.\n\nDie Themen stehen auch unter "
    "{page}.\n\nZum Abmelden schreib an {leave}, oder nimm den Link unten in jeder Mail.",
    "leave_subject": "Bitte bestätigen: Abmelden von {list}?",
    "leave": "Eine Mail in deinem Namen bat darum, dass keine Mails von {list} mehr kommen.\n\nWenn du das "
    "möchtest, antworte einfach auf diese Mail oder öffne diese Seite: {link}\n\nWenn nicht, ist "
    "nichts zu tun: alles bleibt, wie es ist.",
    "left_subject": "Abgemeldet von {list}",
    "left": "Von {list} kommen keine Mails mehr. War das ein Versehen, dann schreib an {address}, und du bist "
    "wieder dabei.",
    "guest_subject": "{member} hat dich in ein Gespräch von {list} einbezogen",
    "guest": "{member} hat dir eine Kopie einer Mail {about} geschickt, die an {list} ging, eine Mailingliste "
    "mit Forum von {site}. Du hast dort kein Konto und brauchst keines; dies ist die einzige Mail "
    "dieser Art zu diesem Gespräch.\n\n- Wenn du jene Mail beantwortest und die Liste unter den "
    "Empfängern lässt, oder wenn du auf diese Mail antwortest, gehört deine Antwort unter deinem Namen "
    "als Gast zum Gespräch; {reads}.{first} Von da an bekommst du, was andere dort schreiben.\n- Wenn "
    "du nur an {member} schreibst, erfährt die Liste nichts davon.\n- Wenn du nichts davon möchtest, "
    "ist nichts zu tun. Wer sichergehen will, antwortet auf diese Mail mit dem einen Wort: stop\n  "
    "oder schickt eine leere Mail an {stop}; dann schreiben wir dir nicht mehr, wenn dir jemand eine "
    "Kopie schickt.",
    "guest_public": "jeder kann sie im Web lesen",
    "guest_members": "ihre Mitglieder lesen sie",
    "guest_first": "Zuerst sieht sie jemand von der Moderation.",
    "stopped_subject": "Von diesem Gespräch kommt nichts mehr",
    "stopped": "Wir schicken dir nichts mehr vom Gespräch {about} von {list} und auch keine Hinweise mehr auf "
    "Mails, die dir jemand in Kopie schickt. Wer dir eine Kopie schickt, schreibt dir weiterhin "
    "selbst.\n\nWar das ein Versehen? Schreib an {address}, und du bekommst alle Mails der Liste.",
    "stop_subject": "Sollen wir dir nichts mehr von {list} schicken?",
    "stop": "Eine Mail in deinem Namen sagte stop. Wenn du vom Gespräch {about} nichts mehr möchtest, antworte "
    "einfach auf diese Mail, auch leer. Wenn nicht, ist nichts zu tun.",
    "not_passed_subject": "Deine Mail wurde nicht weitergegeben",
    "not_passed": "Deine Mail {about} an eine Person allein wurde nicht weitergegeben, und niemand hat sie "
    "gesehen.\n\nWarum: {why}.",
    "lost_subject": "Deine Mail an {name} ist nicht angekommen",
    "lost": "Deine Mail {about} an {name} allein haben wir weitergegeben, aber sie kam zurück: sie ließ sich "
    "nicht zustellen. {name} hat sie nicht gesehen, und wir schicken sie nicht noch einmal.\n\nWas du "
    "an die Liste selbst schreibst, ist weiterhin auf der Seite zu lesen.",
    "held_subject": "Deine Mail an {list} wartet auf die Moderation",
    "held": "Deine Mail {about} ist gut angekommen, aber ein Mensch sieht sie sich an, bevor sie "
    "veröffentlicht wird.\n\nWarum: {why}.\n\nDu musst nichts tun; bitte schick sie nicht noch einmal.",
    "refused_subject": "Deine Mail an {list} wurde nicht veröffentlicht",
    "refused": "Deine Mail {about} wurde nicht veröffentlicht.\n\nWarum: {why}.",
    "empty_subject": "Deine Mail an {list} enthielt keine eigenen Worte",
    "empty": "Deine Mail {about} ist angekommen, aber wir fanden darin keine eigenen Worte, höchstens den "
    "zitierten Text einer früheren Mail oder eine Signatur; es gab also nichts zu veröffentlichen. Vielleicht "
    "ging sie zu früh ab.\n\nAntworte einfach noch einmal: über oder unter dem Zitat oder zwischen seinen "
    "Zeilen.",
    "owner_subject": "Jemand schrieb an deine persönliche Antwortadresse von {list}",
    "owner": "Jede unserer Mails an dich hat eine Antwortadresse, die nur dir gehört. {who} hat an eine davon "
    "geschrieben, {about}, von einer Adresse, die wir nicht kennen. Wir halten die Mail zurück, und "
    "nichts wurde in deinem Namen veröffentlicht.\n\n- Warst du es selbst, von einer anderen Adresse? "
    "Schreib es an {owner}, dann kommt sie zu deinem Namen.\n- Hast du unsere Mail jemandem "
    "weitergegeben, der mitreden soll? Setz ihn in Kopie, wenn du das nächste Mal an die Liste "
    "schreibst: dann erscheint seine Mail unter seinem Namen.\n- Weißt du nichts davon? Dann ist "
    "nichts zu tun.",
    "probe_subject": "Kommen unsere Mails von {list} an?",
    "probe": "Mehrere unserer Mails von {list} an diese Adresse kamen zurück; darum haben wir vorerst keine "
    "mehr geschickt. Diese hier ist ein Versuch: kommt sie an, ist alles gut, und in ein paar Tagen "
    "geht es von selbst weiter.\n\nAntworte mit irgendeinem Wort, dann geht es sofort weiter.",
    "which_subject": "Für welches Thema ist deine Antwort?",
    "which": "Deine Antwort {about} beginnt so:\n\n> {words}\n\nSie ist angekommen, aber sie antwortet auf eine "
    "Mail mit mehreren Themen, und wir wissen nicht, welches du meinst. Sie ist bei uns sicher und "
    "noch nicht veröffentlicht.\n\nTippe auf das Thema, zu dem sie gehört, und schick die Mail ab, die "
    "sich öffnet; sie darf leer sein. Oder antworte auf diese Mail mit der Nummer "
    "allein.\n\n{rows}Nimm das nächste Mal den Knopf unter dem Thema, oder lass von unserer Mail nur "
    "stehen, worauf du antwortest.",
    "which_post": "Dort veröffentlichen",
    "address_subject": "Bitte bestätigen: Ist das auch deine Adresse, {name}?",
    "address": "{name} nimmt an {list} teil und sagt, auch diese Adresse sei die eigene; was von ihr kommt, soll "
    "unter demselben Namen erscheinen.\n\nBist du das, dann antworte einfach auf diese Mail, auch "
    "leer. Wenn nicht, ist nichts zu tun: es geschieht nichts.",
    "added_subject": "Eine Adresse mehr gehört dir",
    "added": "Was du von {address} schreibst, erscheint in {list} jetzt unter deinem Namen. Mails kommen "
    "weiterhin an die Adresse, an die auch diese kam.\n\nHast du nicht selbst darum gebeten, dann sag "
    "uns gleich Bescheid.",
    "why_unknown-sender": "diese Adresse ist bei der Liste nicht angemeldet",
    "why_moderated": "alle Mails an diese Liste liest zuerst die Moderation",
    "why_join": "ein Moderator entscheidet, wer dieser Liste beitritt",
    "why_guest": "du bist Gast, ein Mitglied hat dich in Kopie gesetzt",
    "why_no-guests": "die Liste nimmt keine Mails von Leuten, die nicht Mitglied sind",
    "why_first-post": "es ist deine erste Mail an diese Liste",
    "why_unauthenticated": "kein verlässliches Zeichen sagt, dass sie von deiner Adresse kommt",
    "why_not-owner": "sie ging an die persönliche Antwortadresse von jemand anderem",
    "why_spam": "ein Spamfilter hielt sie für Spam",
    "why_size": "sie ist sehr groß",
    "why_encrypted": "sie ist verschlüsselt, und hier kann sie niemand lesen",
    "why_rate": "in einer Stunde kamen sehr viele Mails von dir",
    "why_repeats": "sie wiederholt, was du in diesem Thema schon geschrieben hast",
    "why_no-relay": "{name} nimmt über {list} keine Mail an",
    "why_relay-cap": "du hast heute {number} solche Mails geschickt; morgen geht es wieder",
}

MODERATION = {
    "wait_subject": "Eine Mail an {list} wartet auf dich: {subject}",
    "wait": "eine Mail an {list} wartet auf deine Entscheidung.",
    "many_subject": "{n} Mails an {list} warten auf dich",
    "many": "{n} Mails an {list} warten auf deine Entscheidung.",
    "says": "Das steht darin:",
    "from": "Von:",
    "subject": "Betreff:",
    "came": "Eingegangen:",
    "why": "Warum sie wartet:",
    "nobody": "niemand, der sich nennen lässt",
    "none": "(keiner)",
    "no_subject": "(ohne Betreff)",
    "sender": "der Absender",
    "refuse": "Um sie abzulehnen, schreib an <{address}>.",
    "reason": "Was du dort schreibst, geht als Begründung an {name}.",
    "untold": "{name} erfährt es nicht, denn niemand bürgt für die Adresse.",
    "let_in": "Um {name} aufzunehmen, schreib an <{address}>; die Mail darf leer sein. Danach wird {name} "
    "um Bestätigung gebeten.",
    "post": "Um sie zu veröffentlichen, schreib an <{address}>; die Mail darf leer sein. Steht das Wort „immer“ "
    "darin, darf {name} hier von nun an schreiben.",
    "end": "Ist jemand anders aus der Moderation schneller, erfährst du es, und nichts geschieht zweimal.",
    "decided": "die Mail „{subject}“ an {list}: {outcome}.",
    "released": "sie ist freigegeben",
    "always": "sie ist freigegeben, und wer sie schrieb, darf hier von nun an schreiben",
    "refused": "sie ist abgelehnt",
    "refused_told": "sie ist abgelehnt; wer sie schrieb, erfährt warum",
    "was_released": "{name} hat sie schon freigegeben",
    "was_refused": "{name} hat sie schon abgelehnt",
    "gone": "sie ist nicht mehr da",
    "waits": "sie wartet",
    "other": "sie ist schon erledigt ({outcome}): niemand musste entscheiden",
    "passed_subject": "Für die Moderation von {list}: {subject}",
    "passed": "jemand schrieb an {address}; das erreicht dich und die anderen, die sich darum kümmern.",
    "reply": "Antworte auf diese Mail, um dem Absender zu antworten.",
    "whole": "Die ganze Mail hängt an.",
    "too_large": "Die ganze Mail ist zu groß zum Anhängen.",
    "lost_subject": "{name} von {list} ist nicht mehr zu erreichen",
    "lost": "die Mails an {name} <{address}> kommen immer wieder zurück, auch der letzte Versuch:\n\n> "
    "{answer}\n\nEs gehen keine mehr dorthin; die Mitgliedschaft bleibt, ohne Mails. Ist eine andere "
    "Adresse bekannt, kommt sie mit `threadbridge people import` dazu.",
    "policy_subject": "{domain} weist die Mails von {list} ab",
    "policy": "das Mailsystem von {domain} weist unsere Mails nach seinen Regeln ab. Es sagte:\n\n> {answer}\n\nDas"
    " zählt gegen kein Mitglied. Oft ist SPF, DKIM oder DMARC von {site} in Ordnung zu bringen, oder die "
    "Adresse des Servers steht auf einer Sperrliste; `threadbridge doctor` sagt, was zu sehen ist.",
    "hold_unknown-sender": "ihre Adresse ist bei der Liste nicht angemeldet",
    "hold_moderated": "alle Mails an diese Liste liest zuerst die Moderation",
    "hold_join": "ihr Absender möchte einer Liste nur für Mitglieder beitreten",
    "hold_guest": "sie kommt von einem Gast, den ein Mitglied in Kopie gesetzt hat",
    "hold_first-post": "es ist die erste Mail dieser Adresse an die Liste",
    "hold_unauthenticated": "kein verlässliches Zeichen sagt, dass sie von dort kommt, wo sie herkommen will",
    "hold_not-owner": "sie ging an die persönliche Antwortadresse von jemand anderem",
    "hold_spam": "der Spamfilter hielt sie für Spam",
    "hold_size": "sie ist sehr groß",
    "hold_rate": "in einer Stunde kamen sehr viele Mails von dieser Adresse",
    "hold_repeats": "sie wiederholt, was in diesem Thema schon stand",
    "hold_bad-token": "ihre Antwortadresse ist keine von unseren, oder den Beitrag gibt es nicht mehr",
    "hold_no-author": "niemand lässt sich als Absender nennen",
    "hold_odd-name": "der Name des Absenders mischt Buchstaben mehrerer Schriften",
    "hold_self-greeting": "sie grüßt die Person, die sie geschrieben haben soll",
    "hold_owner": "sie ist für die Leute, die sich um die Liste kümmern",
    "hold_which-thread": "wir wissen nicht, zu welchem Thema sie gehört",
}

AROUND = {
    "in_reply_to": "Antwort an {name}",
    "forwarded": "Worte von {name}, weitergeleitet von {author}",
    "guest": "{name} schreibt als Gast, nicht als Mitglied dieser Liste",
    "copied": "In Kopie",
    "more": "{names} und {n} weitere",
    "picture": "Bild",
    "attached": "Angehängt",
    "answer": "Um allen zu antworten, antworte einfach auf diese Mail.",
    "alone": "Nur {name} antworten",
    "web": "Im Web lesen",
    "thread": "Das ganze Thema",
    "unsubscribe": "Abmelden",
    "colon": ":",
}

FRAME = {
    "digest": "{title}, Zusammenfassung",
    "post_1": "1 neuer Beitrag",
    "post_n": "{n} neue Beiträge",
    "thread_1": "1 Thema",
    "thread_n": "{n} Themen",
    "posts_in": "{posts} in {threads}",
    "new_of_1": "1 neu von {size} Beiträgen",
    "new_of_n": "{n} neu von {size} Beiträgen",
    "new_1": "1 neu",
    "new_n": "{n} neu",
    "and": " und ",
    "and_more": "{names} und {n} weitere",
    "today": "heute, {clock}",
    "yesterday": "gestern, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day}. {month}",
    "heading": "{weekday}, {day}. {month}",
    "since": "seit {when}",
    "for": "für {name}",
    "contents": "In dieser Mail:",
    "to_answer": "Um in diesem Thema zu antworten, schreib an:",
    "mentions_you": "nennt dich",
    "guest": "ein Gast",
    "words_of": "Worte von {name}, weitergeleitet",
    "attachment_1": "1 Anhang",
    "attachment_n": "{n} Anhänge",
    "in_reply_to": "Antwort an {name}:",
    "word_1": "1 weiteres Wort",
    "word_n": "{n} weitere Wörter",
    "threads_1": "und 1 weiteres Thema",
    "threads_n": "und {n} weitere Themen",
    "answer_one": "Um zu antworten, antworte einfach auf diese Mail.",
    "answer_many": "Um zu antworten, schreib an die Adresse unter einem Thema; oder antworte auf diese Mail und lass "
    "davon nur stehen, worauf du antwortest.",
    "on_site": "{site} im Web",
    "unsubscribe": "Von {list} abmelden",
    "from": "Von {names}",
    "answer": "Antworten",
    "answer_to": "{name} antworten",
    "answer_this": "darauf",
    "answer_thread": "In diesem Thema antworten",
    "or_write": "oder schreib an",
    "read_on": "Weiterlesen: {more}",
    "on_web": "Im Web",
}
MONTHS = tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split())
DAYS = tuple("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split())
