"""What we write to people, in Dutch. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

SENTENCES = {
    "hello": "Hallo {name},",
    "hello_all": "Hallo,",
    "sign": "Vragen? Schrijf naar {owner}, waar een mens leest.",
    "subject_done": "{list}: gedaan",
    "subject_told": "{list}: het antwoord",
    "subject_help": "{list}: wat er per mail kan",
    "subject_ask": "{list}: graag bevestigen",
    "subject_meant": "{list}: was dat voor ons of voor iedereen?",
    "undo": "Om het terug te draaien, beantwoord deze mail met: {word}",
    "for_all": "Was het voor iedereen bedoeld? Antwoord met {post} en het wordt geplaatst.",
    "muted": "Van “{thread}” komt niets meer.",
    "branch_muted": "Van die mail van {author} in “{thread}” en de antwoorden erop komt niets meer. De rest van "
    "het gesprek komt nog.",
    "unmuted": "“{thread}” komt weer zoals de rest van de lijst: {mode}.",
    "followed": "Elk nieuw bericht van “{thread}” komt, wat er verder ook gekozen is.",
    "thread_mode": "Van “{thread}” komt vanaf nu {mode}. De rest van de lijst komt zoals altijd.",
    "to_leave": "Om de hele lijst te verlaten, beantwoord deze mail met: {word}",
    "mode_set": "{list}: vanaf nu komt er {mode}. Tot nu toe was het {before}.",
    "mode_same": "{list}: niets te veranderen, er komt {mode}.",
    "not_subscribed": "U bent niet aangemeld bij {list}. Aanmelden kan bij {address}.",
    "subscribed": "U bent aangemeld bij {list}; er komt {mode}.",
    "left": "U bent afgemeld van {list} en krijgt geen mails meer. Terug kan via {address}.",
    "away": "Vakantie tot {day}. Wat tot dan geschreven wordt, bewaren wij, en het komt daarna.",
    "back": "De vakantie is voorbij: de mails komen weer.",
    "not_away": "Er was geen vakantie; de mails komen zoals voorheen.",
    "day_form": "“{text}” kunnen wij niet als dag lezen, dus er is niets veranderd. Schrijf bijvoorbeeld: "
    "{example}",
    "day_ambiguous": "“{text}” kan twee verschillende dagen zijn, dus er is niets veranderd. Schrijf "
    "bijvoorbeeld: {example}",
    "day_past": "“{text}” is vandaag of voorbij, dus er is niets veranderd. Schrijf een dag die nog komt, "
    "bijvoorbeeld: {example}",
    "day_far": "“{text}” ligt meer dan twee jaar vooruit, dus er is niets veranderd. Schrijf bijvoorbeeld: "
    "{example}",
    "who": "Bij {list} zijn {number} mensen aangemeld:",
    "who_not": "Wie bij {list} is aangemeld, zeggen wij niet.",
    "more": "en nog {number}",
    "lists": "De lijsten hier:",
    "status": "Wat er komt:",
    "status_none": "U bent hier bij geen lijst aangemeld.",
    "status_away": "Vakantie tot {day}.",
    "status_hours": "Overzichten komen om {hour}:00 uur, wekelijkse op {weekday}; de tijdzone is {zone}.",
    "status_follow": "Gesprekken die u volgt:",
    "status_mute": "Gedempte gesprekken:",
    "status_threads": "Gesprekken waarvan {mode} komt:",
    "kept": "Alles wat in uw mail stond, is weer te zien: {link}",
    "kept_nothing": "In wat u in dit gesprek schreef, is niets ingeklapt.",
    "unmasked": "Iedereen ziet uw bericht zoals u het schreef, behalve mailadressen: {link}",
    "masked": "Telefoonnummers, adressen en privélinks in uw bericht zijn weer verborgen: {link}",
    "masked_nothing": "U hebt niets geschreven in dit gesprek.",
    "add_asked": "We hebben naar {address} geschreven. Zodra die mail is beantwoord, is ook wat van daar komt van jou.",
    "add_own": "{address} is al van u.",
    "add_not": "{address} kan niet per mail worden toegevoegd. Schrijf aan {owner}.",
    "add_form": "Schrijf het adres achter het woord, zoals in: {example}",
    "relay_off": "Niemand kan u nog alleen via ons schrijven.",
    "relay_on": "Anderen kunnen u alleen via ons schrijven; ze zien uw adres niet.",
    "quiet_set": "Van {begin}:00 tot {end}:00 wordt u niets gestuurd; wat dan komt, volgt om {end}:00.",
    "quiet_off": "U hebt geen stille uren meer.",
    "hours_form": "“{text}” is hier niet te lezen, dus er is niets veranderd. Schrijf het zoals in: {example}",
    "own_on": "Uw eigen berichten komen ook.",
    "own_off": "Uw eigen berichten komen niet meer.",
    "forgotten": "Wat wij van u weten, wordt verwijderd, zoals u vroeg. Dit is onze laatste mail.",
    "no_thread": "{word} werkt als antwoord op een mail van het gesprek dat u bedoelt.",
    "ask": "Iemand, hopelijk uzelf, heeft ons om dit gevraagd:",
    "ask_yes": "Wilt u dat? Beantwoord dan gewoon deze mail; leeg mag ook. Zo niet, doe dan niets: alles blijft "
    "zoals het is.",
    "meant": "Op “{thread}” was uw antwoord alleen “{text}”. Moeten wij dat doen ({what}), antwoord dan {yes}. "
    "Is het uw "
    "antwoord aan de anderen, antwoord dan {post} en het wordt geplaatst.",
    "unchanged": "Er is niets veranderd.",
    "too_old": "De mail waar het om ging, is te oud of er niet meer. Vraag het graag opnieuw.",
    "not_understood": "Boven in uw mail stond geen opdracht die wij kennen, dus er is niets veranderd.",
    "help": "Om iedereen te schrijven, schrijf naar {list_address}; om te antwoorden, beantwoord gewoon een "
    "mail. Verder "
    "kunt u een van deze woorden sturen naar {request_address}, of als antwoord op een van onze mails, alleen "
    "op de "
    "eerste regel:",
    "help_page": "De gesprekken staan ook op {url}.",
    "yes": "ja",
    "example": "vakantie tot 31-3-2027",
}

DOES = {
    Verb.SUBSCRIBE: "bij de lijst aanmelden",
    Verb.UNSUBSCRIBE: "van de lijst afmelden",
    Verb.STOP: "niets meer van dit gesprek",
    Verb.EACH: "elk bericht in een eigen mail",
    Verb.DAILY: "één overzicht per dag",
    Verb.WEEKLY: "één overzicht per week",
    Verb.MENTIONS: "alleen wat uw naam noemt",
    Verb.NONE: "geen mail",
    Verb.MUTE: "niets meer van dit gesprek",
    Verb.MUTE_BRANCH: "niets meer van deze mail en de antwoorden erop",
    Verb.UNMUTE: "het gesprek weer, zoals gewoonlijk",
    Verb.FOLLOW: "elk bericht van dit gesprek",
    Verb.UNFOLLOW: "het gesprek zoals gewoonlijk",
    Verb.THREAD_DAILY: "één overzicht van dit gesprek per dag",
    Verb.THREAD_WEEKLY: "één overzicht van dit gesprek per week",
    Verb.THREAD_MENTIONS: "van dit gesprek alleen wat uw naam noemt",
    Verb.VACATION: "mijn mails tot die dag bewaren",
    Verb.BACK: "mijn vakantie beëindigen",
    Verb.WHO: "wie er aangemeld is",
    Verb.LISTS: "welke lijsten er zijn",
    Verb.STATUS: "wat ik gekozen heb",
    Verb.KEEP: "tonen wat in mijn bericht is ingeklapt",
    Verb.UNMASK: "telefoonnummers, adressen en links van mijn bericht aan iedereen tonen",
    Verb.MASK: "ze weer verbergen",
    Verb.ADD: "nog een eigen adres, dat achter het woord staat",
    Verb.RELAY_OFF: "geen mail van anderen aan mij alleen",
    Verb.RELAY_ON: "weer mail van anderen aan mij alleen",
    Verb.HOUR: "het uur van mijn overzichten, achter het woord",
    Verb.WEEKDAY: "de dag van mijn weekoverzicht",
    Verb.QUIET: "uren zonder mail, zoals 22-7",
    Verb.ZONE: "mijn tijdzone, zoals Europe/Brussels",
    Verb.OWN_ON: "kopieën van eigen berichten",
    Verb.OWN_OFF: "geen kopieën van eigen berichten",
    Verb.FORGET_ME: "alles over mij verwijderen, mijn berichten blijven zonder naam; dat is voorgoed",
    Verb.FORGET_ALL: "alles over mij verwijderen en ook mijn berichten; dat is voorgoed",
    Verb.HELP: "deze hulp",
}

LETTERS = {
    "about": "“{subject}”",
    "about_none": "zonder onderwerp",
    "somebody": "Iemand",
    "a_member": "Een lid",
    "confirm_subject": "Graag bevestigen: wilt u de mails van {list}?",
    "confirm": "Iemand, hopelijk uzelf, heeft gevraagd de mails van {list} naar dit adres te sturen.\n\nWilt u "
    "ze, beantwoord dan gewoon deze mail; leeg mag ook. Zo niet, doe dan niets: er komt niets.",
    "expired": "U hebt een mail van ons beantwoord van meer dan {days} dagen geleden, dus er is nog niets "
    "gebeurd. Hier is een nieuwe.",
    "welcome_subject": "Welkom bij {list}",
    "welcome": "Vanaf nu krijgt u de mails van {list}, en wat u naar {address} schrijft, gaat naar iedereen daar. "
    "Om te antwoorden, beantwoord gewoon een mail.\n\nDe gesprekken staan ook op {page}.\n\nAfmelden "
    "kan via {leave}, of met de link onder elke mail.",
    "leave_subject": "Graag bevestigen: wilt u {list} verlaten?",
    "leave": "Een mail in uw naam vroeg om u geen mails van {list} meer te sturen.\n\nWilt u dat, beantwoord "
    "dan gewoon deze mail of open deze pagina: {link}\n\nZo niet, doe dan niets: alles blijft zoals "
    "het is.",
    "left_subject": "U bent afgemeld van {list}",
    "left": "U krijgt geen mails van {list} meer. Was dat een vergissing, schrijf dan naar {address} en u bent "
    "terug.",
    "guest_subject": "{member} betrok u in een gesprek van {list}",
    "guest": "{member} stuurde u een kopie van een mail {about}, die naar {list} ging, een mailinglijst en "
    "forum van {site}. U hebt daar geen account en hebt er geen nodig; dit is de enige mail van dit "
    "soort over dat gesprek.\n\n- Beantwoordt u die mail met de lijst onder de ontvangers, of "
    "beantwoordt u deze mail, dan hoort uw antwoord onder uw naam bij het gesprek, als gast; "
    "{reads}.{first} Vanaf dan krijgt u wat anderen daar schrijven.\n- Schrijft u alleen naar "
    "{member}, dan hoort de lijst er niets van.\n- Wilt u hier niets van, doe dan niets. Om zeker te "
    "zijn, beantwoord deze mail met het ene woord: stop\n  of stuur een lege mail naar {stop}; dan "
    "schrijven wij u niet meer over wat anderen u in kopie sturen.",
    "guest_public": "iedereen kan het op het web lezen",
    "guest_members": "de leden lezen het",
    "guest_first": "Eerst kijkt een moderator ernaar.",
    "stopped_subject": "U krijgt niets meer van dit gesprek",
    "stopped": "Wij sturen u niets meer van het gesprek {about} van {list}, en geen berichten over mails die "
    "iemand u in kopie stuurt. Wie u een kopie stuurt, schrijft u nog altijd zelf.\n\nWas dat een "
    "vergissing? Schrijf naar {address} en u krijgt alle mails van de lijst.",
    "stop_subject": "Moeten wij u niets meer van {list} sturen?",
    "stop": "Een mail in uw naam zei stop. Wilt u niets meer van het gesprek {about}, beantwoord dan gewoon "
    "deze mail; leeg mag ook. Zo niet, doe dan niets.",
    "not_passed_subject": "Uw mail is niet doorgegeven",
    "not_passed": "Uw mail {about} aan één persoon alleen is niet doorgegeven, en niemand heeft hem "
    "gezien.\n\nWaarom: {why}.",
    "lost_subject": "Uw mail aan {name} is niet aangekomen",
    "lost": "Uw mail {about} aan {name} alleen hebben wij doorgegeven, maar hij kwam terug: hij kon niet "
    "worden bezorgd. {name} heeft hem niet gezien, en wij sturen hem niet nog eens.\n\nWat u naar de "
    "lijst zelf schrijft, is nog altijd op de pagina te lezen.",
    "held_subject": "Uw mail aan {list} wacht op een moderator",
    "held": "Uw mail {about} is goed aangekomen, maar iemand bekijkt hem voordat hij wordt "
    "geplaatst.\n\nWaarom: {why}.\n\nU hoeft niets te doen; stuur hem alstublieft niet opnieuw.",
    "refused_subject": "Uw mail aan {list} is niet geplaatst",
    "refused": "Uw mail {about} is niet geplaatst.\n\nWaarom: {why}.",
    "empty_subject": "Uw mail aan {list} bevatte geen eigen woorden",
    "empty": "Uw mail {about} kwam aan, maar wij vonden er geen woorden van uzelf in, hooguit de geciteerde "
    "tekst van een eerdere mail of een handtekening, dus er was niets te plaatsen. Misschien ging hij te vroeg "
    "weg.\n\nAntwoord gewoon nog eens: boven of onder het citaat, of tussen de regels.",
    "owner_subject": "Iemand schreef naar uw persoonlijke antwoordadres van {list}",
    "owner": "Elke mail van ons heeft een antwoordadres dat alleen van u is. {who} schreef naar een daarvan, "
    "{about}, vanaf een adres dat wij niet kennen. Wij houden die mail vast, en er is niets in uw naam "
    "geplaatst.\n\n- Was u het zelf, vanaf een ander adres? Meld het aan {owner}, dan komt het bij uw "
    "naam.\n- Gaf u onze mail door aan iemand die mee moet doen? Zet die in kopie als u weer naar de "
    "lijst schrijft: dan verschijnt de mail onder de eigen naam.\n- Weet u er niets van? Dan hoeft u "
    "niets te doen.",
    "probe_subject": "Komen onze mails van {list} bij u aan?",
    "probe": "Verschillende van onze mails van {list} naar dit adres kwamen terug, dus wij sturen er even geen "
    "meer. Deze is een proef: komt hij aan, dan is alles goed, en gaan de mails over een paar dagen "
    "vanzelf verder.\n\nAntwoord met een woord naar keuze om ze meteen verder te laten gaan.",
    "which_subject": "Voor welk gesprek is uw antwoord?",
    "which": "Uw antwoord {about} begint zo:\n\n> {words}\n\nHet kwam aan, maar het beantwoordt een mail met "
    "verschillende gesprekken, en wij weten niet welk u bedoelt. Het is veilig bij ons en nog niet "
    "geplaatst.\n\nTik op het gesprek waar het voor is, en verstuur de mail die opent; leeg mag ook. "
    "Of beantwoord deze mail met alleen het nummer.\n\n{rows}Gebruik de volgende keer de knop onder "
    "het gesprek, of laat van onze mail alleen staan waarop u antwoordt.",
    "which_post": "Daar plaatsen",
    "address_subject": "Graag bevestigen: is dit ook uw adres, {name}?",
    "address": "{name}, die meedoet aan {list}, zegt dat dit adres ook het eigen adres is, zodat wat ervan komt "
    "onder dezelfde naam verschijnt.\n\nBent u dat, beantwoord dan gewoon deze mail; leeg mag ook. Zo "
    "niet, doe dan niets: er gebeurt niets.",
    "added_subject": "Er is een adres van u bij",
    "added": "Wat u vanaf {address} schrijft, verschijnt nu onder uw naam in {list}. Mails blijven komen op het "
    "adres waar deze kwam.\n\nHebt u er niet zelf om gevraagd, meld het ons dan meteen.",
    "why_unknown-sender": "dit adres is niet aangemeld bij de lijst",
    "why_moderated": "een moderator leest eerst alle mails aan deze lijst",
    "why_join": "een moderator beslist wie lid van deze lijst wordt",
    "why_guest": "u bent een gast die een lid in kopie zette",
    "why_no-guests": "de lijst neemt geen mails aan van wie geen lid is",
    "why_first-post": "het is uw eerste mail aan deze lijst",
    "why_unauthenticated": "geen betrouwbaar teken zegt dat hij van uw adres komt",
    "why_not-owner": "hij kwam op het persoonlijke antwoordadres van iemand anders",
    "why_spam": "een filter zag hem voor spam aan",
    "why_size": "hij is erg groot",
    "why_encrypted": "hij is versleuteld, en niemand kan hem hier lezen",
    "why_rate": "er kwamen erg veel mails van u binnen een uur",
    "why_repeats": "hij herhaalt wat u al in dit gesprek hebt geschreven",
    "why_no-relay": "{name} neemt geen mail aan via {list}",
    "why_relay-cap": "u hebt vandaag {number} van zulke mails gestuurd; morgen kan het weer",
}

MODERATION = {
    "wait_subject": "Een mail aan {list} wacht op u: {subject}",
    "wait": "Een mail aan {list} wacht op uw beslissing.",
    "many_subject": "{n} mails aan {list} wachten op u",
    "many": "{n} mails aan {list} wachten op uw beslissing.",
    "says": "Dit staat erin:",
    "from": "Van:",
    "subject": "Onderwerp:",
    "came": "Binnengekomen:",
    "why": "Waarom hij wacht:",
    "nobody": "niemand die te noemen is",
    "none": "(geen)",
    "no_subject": "(geen onderwerp)",
    "sender": "de afzender",
    "refuse": "Schrijf aan <{address}> om hem te weigeren.",
    "reason": "Wat u daar schrijft, gaat als reden naar {name}.",
    "untold": "{name} hoort er niets van, want niemand staat voor dat adres in.",
    "let_in": "Schrijf aan <{address}> om {name} toe te laten; de mail mag leeg zijn. Daarna moet {name} "
    "dat nog bevestigen.",
    "post": "Schrijf aan <{address}> om hem te plaatsen; de mail mag leeg zijn. Met het woord “altijd” mag {name}"
    " hier voortaan schrijven.",
    "end": "Is een andere moderator sneller, dan hoort u het, en er gebeurt niets twee keer.",
    "decided": "De mail “{subject}” aan {list}: {outcome}.",
    "released": "hij is geplaatst",
    "always": "hij is geplaatst, en de afzender mag hier voortaan schrijven",
    "refused": "hij is geweigerd",
    "refused_told": "hij is geweigerd; de afzender hoort waarom",
    "was_released": "{name} heeft hem al geplaatst",
    "was_refused": "{name} heeft hem al geweigerd",
    "gone": "hij is er niet meer",
    "waits": "hij wacht",
    "other": "het is al afgehandeld ({outcome}): niemand hoefde te beslissen",
    "passed_subject": "Voor de moderatie van {list}: {subject}",
    "passed": "Iemand schreef aan {address}; dat bereikt u en de anderen die ervoor zorgen.",
    "reply": "Beantwoord deze mail om de afzender te antwoorden.",
    "whole": "De hele mail is bijgevoegd.",
    "too_large": "De hele mail is te groot om bij te voegen.",
    "lost_subject": "{name} van {list} is niet meer te bereiken",
    "lost": "De mails aan {name} <{address}> komen steeds terug, ook de laatste proef:\n\n> {answer}\n\nEr gaat "
    "niets meer heen; het lidmaatschap blijft, zonder mails. Kent u een ander adres, voeg het dan toe met"
    " `threadbridge people import`.",
    "policy_subject": "{domain} weigert de mails van {list}",
    "policy": "Het mailsysteem van {domain} weigert onze mails volgens zijn regels. Het zei:\n\n> {answer}\n\nDit "
    "telt tegen geen enkel lid. Vaak is SPF, DKIM of DMARC van {site} in orde te brengen, of staat het "
    "adres van de server op een blokkeerlijst; `threadbridge doctor` zegt wat het ziet.",
    "hold_unknown-sender": "het adres is niet bij de lijst aangemeld",
    "hold_moderated": "de moderatie leest eerst alle mails aan deze lijst",
    "hold_join": "de afzender wil lid worden van een lijst die alleen voor leden is",
    "hold_guest": "hij komt van een gast, die een lid in kopie zette",
    "hold_first-post": "het is de eerste mail van dit adres aan de lijst",
    "hold_unauthenticated": "geen betrouwbaar teken zegt dat hij komt waar hij zegt vandaan te komen",
    "hold_not-owner": "hij kwam op het persoonlijke antwoordadres van iemand anders",
    "hold_spam": "het spamfilter hield hem voor spam",
    "hold_size": "hij is heel groot",
    "hold_rate": "er kwamen in een uur heel veel mails van dit adres",
    "hold_repeats": "hij herhaalt wat al in dit gesprek stond",
    "hold_bad-token": "het antwoordadres is niet van ons, of het bericht is er niet meer",
    "hold_no-author": "niemand is als schrijver te noemen",
    "hold_odd-name": "de naam van de afzender mengt letters van verschillende schriften",
    "hold_self-greeting": "hij groet degene die hem geschreven zou hebben",
    "hold_owner": "hij is voor degenen die voor de lijst zorgen",
    "hold_which-thread": "we weten niet bij welk gesprek hij hoort",
}

AROUND = {
    "in_reply_to": "Antwoord aan {name}",
    "forwarded": "Woorden van {name}, doorgestuurd door {author}",
    "guest": "{name} schrijft als gast, niet als lid van deze lijst",
    "copied": "In kopie",
    "more": "{names} en nog {n}",
    "picture": "afbeelding",
    "attached": "Bijlagen",
    "answer": "Om iedereen te antwoorden, beantwoordt u gewoon deze mail.",
    "alone": "Alleen {name} antwoorden",
    "web": "Lezen op het web",
    "thread": "Het hele gesprek",
    "unsubscribe": "Uitschrijven",
    "colon": ":",
}

FRAME = {
    "digest": "{title}, overzicht",
    "post_1": "1 nieuw bericht",
    "post_n": "{n} nieuwe berichten",
    "thread_1": "1 gesprek",
    "thread_n": "{n} gesprekken",
    "posts_in": "{posts} in {threads}",
    "new_of_1": "1 nieuw van {size} berichten",
    "new_of_n": "{n} nieuw van {size} berichten",
    "new_1": "1 nieuw",
    "new_n": "{n} nieuw",
    "and": " en ",
    "and_more": "{names} en nog {n}",
    "today": "vandaag, {clock}",
    "yesterday": "gisteren, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} {month}",
    "heading": "{weekday} {day} {month}",
    "since": "sinds {when}",
    "for": "voor {name}",
    "contents": "In deze mail:",
    "to_answer": "Om in dit gesprek te antwoorden, schrijf naar:",
    "mentions_you": "noemt u",
    "guest": "een gast",
    "words_of": "woorden van {name}, doorgestuurd",
    "attachment_1": "1 bijlage",
    "attachment_n": "{n} bijlagen",
    "in_reply_to": "Antwoord op {name}:",
    "word_1": "nog 1 woord",
    "word_n": "nog {n} woorden",
    "threads_1": "en nog 1 gesprek",
    "threads_n": "en nog {n} gesprekken",
    "answer_one": "Om te antwoorden, beantwoord gewoon deze mail.",
    "answer_many": "Om te antwoorden, schrijf naar het adres onder een gesprek; of beantwoord deze mail en laat ervan "
    "alleen staan waarop u antwoordt.",
    "on_site": "{site} op het web",
    "unsubscribe": "Afmelden van {list}",
    "from": "Van {names}",
    "answer": "Antwoorden",
    "answer_to": "{name} antwoorden",
    "answer_this": "hierop",
    "answer_thread": "In dit gesprek antwoorden",
    "or_write": "of schrijf naar",
    "read_on": "Verder lezen: {more}",
    "on_web": "Op het web",
}
MONTHS = tuple(
    "januari februari maart april mei juni juli augustus september oktober november december".split()
)
DAYS = tuple("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
