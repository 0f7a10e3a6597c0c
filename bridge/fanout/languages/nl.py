"""What commands are answered with, in Dutch. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

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
    "status_hours": "Overzichten komen om {hour}:00 uur, wekelijkse op dag {weekday} van de week; de tijdzone "
    "is {zone}.",
    "status_follow": "Gesprekken die u volgt:",
    "status_mute": "Gedempte gesprekken:",
    "kept": "Alles wat in uw mail stond, is weer te zien: {link}",
    "kept_nothing": "In wat u in dit gesprek schreef, is niets ingeklapt.",
    "unmasked": "Iedereen ziet uw bericht zoals u het schreef, behalve mailadressen: {link}",
    "masked": "Telefoonnummers, adressen en privélinks in uw bericht zijn weer verborgen: {link}",
    "masked_nothing": "U hebt niets geschreven in dit gesprek.",
    "add_asked": "We hebben naar {address} geschreven. Zodra die mail is beantwoord, is ook wat van daar komt van jou.",
    "add_own": "{address} is al van jou.",
    "add_not": "{address} kan niet per mail worden toegevoegd. Schrijf aan {owner}.",
    "add_form": "Schrijf het adres achter het woord, zoals in: {example}",
    "relay_off": "Niemand kan je nog alleen via ons schrijven.",
    "relay_on": "Anderen kunnen je alleen via ons schrijven; ze zien je adres niet.",
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
    Verb.FORGET_ME: "alles over mij verwijderen; dat is voorgoed",
    Verb.HELP: "deze hulp",
}
