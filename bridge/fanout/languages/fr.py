"""What commands are answered with, in French. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

SENTENCES = {
    "hello": "Bonjour {name},",
    "hello_all": "Bonjour,",
    "sign": "Des questions ? Écrivez à {owner}, où quelqu'un vous lit.",
    "subject_done": "{list} : c'est fait",
    "subject_told": "{list} : la réponse",
    "subject_help": "{list} : ce que l'on peut faire par mail",
    "subject_ask": "{list} : merci de confirmer",
    "subject_meant": "{list} : est-ce pour nous ou pour tous ?",
    "undo": "Pour revenir en arrière, répondez à ce mail par : {word}",
    "for_all": "Était-ce destiné à tous ? Répondez par {post}, et ce sera publié.",
    "muted": "Vous ne recevez plus rien de « {thread} ».",
    "branch_muted": "Vous ne recevez plus rien de ce mail de {author} dans « {thread} », ni de ses réponses. Le "
    "reste du fil vient "
    "toujours.",
    "unmuted": "« {thread} » vous revient comme le reste de la liste : {mode}.",
    "followed": "Vous recevez chaque nouveau message de « {thread} », quoi que vous ayez choisi par ailleurs.",
    "to_leave": "Pour quitter toute la liste, répondez à ce mail par : {word}",
    "mode_set": "{list} : vous recevez désormais {mode}. Avant : {before}.",
    "mode_same": "{list} : rien à changer, vous recevez {mode}.",
    "not_subscribed": "Vous n'êtes pas abonné à {list}. Pour vous abonner, écrivez à {address}.",
    "subscribed": "Vous êtes abonné à {list} et recevez {mode}.",
    "left": "Vous avez quitté {list} et ne recevez plus ses mails. Pour revenir, écrivez à {address}.",
    "away": "Vous êtes en vacances jusqu'au {day}. Ce qui s'écrit d'ici là est gardé pour vous et vient ensuite.",
    "back": "Vos vacances sont finies : les mails reviennent.",
    "not_away": "Vous n'étiez pas en vacances ; les mails viennent comme avant.",
    "day_form": "« {text} » n'est pas un jour que nous sachions lire, donc rien n'a changé. Écrivez par exemple "
    ": {example}",
    "day_ambiguous": "« {text} » peut être deux jours différents, donc rien n'a changé. Écrivez par exemple : "
    "{example}",
    "day_past": "« {text} » est aujourd'hui ou passé, donc rien n'a changé. Écrivez un jour à venir, par "
    "exemple : {example}",
    "day_far": "« {text} » est dans plus de deux ans, donc rien n'a changé. Écrivez par exemple : {example}",
    "who": "{number} personnes sont abonnées à {list} :",
    "who_not": "Nous ne disons pas qui est abonné à {list}.",
    "more": "et {number} autres",
    "lists": "Les listes ici :",
    "status": "Ce que vous recevez :",
    "status_none": "Vous n'êtes abonné à aucune liste ici.",
    "status_away": "Vous êtes en vacances jusqu'au {day}.",
    "status_hours": "Les résumés viennent à {hour}:00, ceux de la semaine le jour {weekday} ; votre fuseau "
    "horaire est {zone}.",
    "status_follow": "Les fils que vous suivez :",
    "status_mute": "Les fils que vous ignorez :",
    "kept": "Tout ce que contenait votre mail se voit de nouveau : {link}",
    "kept_nothing": "Rien n'est replié dans ce que vous avez écrit dans ce fil.",
    "unmasked": "Tout le monde voit votre message tel que vous l'avez écrit, sauf les adresses mail : {link}",
    "masked": "Les numéros de téléphone, adresses et liens privés de votre message sont "
    "de nouveau masqués : {link}",
    "masked_nothing": "Vous n'avez rien écrit dans ce fil.",
    "add_asked": "Nous avons écrit à {address}. Dès que ce message aura sa réponse, ce qui vient "
    "de là est aussi de vous.",
    "add_own": "{address} est déjà à vous.",
    "add_not": "{address} ne peut pas être ajoutée par mail. Écrivez à {owner}.",
    "add_form": "Écrivez l'adresse après le mot, par exemple : {example}",
    "relay_off": "Personne ne peut plus vous écrire à vous seul par notre intermédiaire.",
    "relay_on": "Les autres peuvent vous écrire à vous seul par notre intermédiaire, sans voir votre adresse.",
    "forgotten": "Ce que nous savons de vous est effacé, comme vous l'avez demandé. C'est notre dernier mail.",
    "no_thread": "{word} s'écrit en réponse à un mail du fil dont il s'agit.",
    "ask": "Quelqu'un, vous-même nous l'espérons, nous a demandé ceci :",
    "ask_yes": "Le voulez-vous ? Répondez simplement à ce mail, même vide. Sinon, ne faites rien : tout reste "
    "comme avant.",
    "meant": "À « {thread} » vous avez seulement répondu « {text} ». Si vous voulez que nous le fassions "
    "({what}), répondez "
    "{yes}. Si c'est votre réponse aux autres, répondez {post}, et elle sera publiée.",
    "unchanged": "Rien n'a changé.",
    "too_old": "Le mail dont il s'agit est trop ancien ou n'existe plus. Merci de redemander.",
    "not_understood": "Nous n'avons trouvé aucune commande en haut de votre mail, donc rien n'a changé.",
    "help": "Pour écrire à tous, écrivez à {list_address} ; pour répondre à un mail, répondez-y simplement. "
    "Vous pouvez "
    "aussi envoyer l'un de ces mots à {request_address}, ou en réponse à un de nos mails, seul sur la première "
    "ligne "
    ":",
    "help_page": "Les fils se lisent aussi sur {url}.",
    "yes": "oui",
    "example": "vacances jusqu'au 31/3/2027",
}

DOES = {
    Verb.SUBSCRIBE: "s'abonner à la liste",
    Verb.UNSUBSCRIBE: "quitter la liste",
    Verb.STOP: "plus rien de ce fil",
    Verb.EACH: "chaque message dans son mail",
    Verb.DAILY: "un résumé par jour",
    Verb.WEEKLY: "un résumé par semaine",
    Verb.MENTIONS: "seulement ce qui vous mentionne",
    Verb.NONE: "aucun mail",
    Verb.MUTE: "plus rien de ce fil",
    Verb.MUTE_BRANCH: "plus rien de ce mail et de ses réponses",
    Verb.UNMUTE: "le fil de nouveau, comme d'habitude",
    Verb.FOLLOW: "chaque message de ce fil",
    Verb.UNFOLLOW: "le fil comme d'habitude",
    Verb.VACATION: "garder mes mails jusqu'à ce jour",
    Verb.BACK: "finir mes vacances",
    Verb.WHO: "qui est abonné",
    Verb.LISTS: "quelles listes il y a",
    Verb.STATUS: "ce que j'ai choisi",
    Verb.KEEP: "montrer ce qui est replié dans mon message",
    Verb.UNMASK: "montrer à tous les numéros, adresses et liens de mon message",
    Verb.MASK: "les masquer de nouveau",
    Verb.ADD: "une autre adresse à soi, écrite après le mot",
    Verb.RELAY_OFF: "aucun message d'autrui à soi seul",
    Verb.RELAY_ON: "de nouveau les messages à soi seul",
    Verb.FORGET_ME: "effacer tout ce que vous savez de moi ; c'est définitif",
    Verb.HELP: "cette aide",
}
