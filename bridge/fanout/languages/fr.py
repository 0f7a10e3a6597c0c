"""What we write to people, in French. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

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
    "thread_mode": "De « {thread} », vous recevez désormais {mode}. Le reste de la liste arrive comme avant.",
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
    "status_hours": "Les résumés viennent à {hour}:00, ceux de la semaine le {weekday} ; votre fuseau "
    "horaire est {zone}.",
    "status_follow": "Les fils que vous suivez :",
    "status_mute": "Les fils que vous ignorez :",
    "status_threads": "Fils dont vous recevez {mode} :",
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
    "quiet_set": "Rien ne vous est envoyé de {begin}:00 à {end}:00 ; ce qui vient alors suit à {end}:00.",
    "quiet_off": "Vous n'avez plus d'heures calmes.",
    "hours_form": "« {text} » ne se lit pas ici, donc rien n'a changé. Écrivez par exemple : {example}",
    "own_on": "Vos propres messages vous viennent aussi.",
    "own_off": "Vos propres messages ne vous viennent plus.",
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
    Verb.THREAD_DAILY: "un résumé de ce fil par jour",
    Verb.THREAD_WEEKLY: "un résumé de ce fil par semaine",
    Verb.THREAD_MENTIONS: "de ce fil, seulement ce qui vous mentionne",
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
    Verb.HOUR: "l'heure de mes résumés, après le mot",
    Verb.WEEKDAY: "le jour de mon résumé de la semaine",
    Verb.QUIET: "des heures sans mail, comme 22-7",
    Verb.ZONE: "mon fuseau horaire, comme Europe/Paris",
    Verb.OWN_ON: "une copie de mes propres messages",
    Verb.OWN_OFF: "pas de copie de mes propres messages",
    Verb.FORGET_ME: "effacer tout ce que vous savez de moi, mes messages restent sans nom ; c'est définitif",
    Verb.FORGET_ALL: "effacer tout ce que vous savez de moi, et mes messages aussi ; c'est définitif",
    Verb.HELP: "cette aide",
}

LETTERS = {
    "about": "« {subject} »",
    "about_none": "sans objet",
    "somebody": "Quelqu'un",
    "a_member": "Un membre",
    "confirm_subject": "Merci de confirmer : voulez-vous les mails de {list} ?",
    "confirm": "Quelqu'un, vous-même nous l'espérons, a demandé que les mails de {list} soient envoyés à cette "
    "adresse.\n\nSi vous les voulez, répondez simplement à ce mail, même vide. Sinon, ne faites rien : "
    "rien ne viendra.",
    "expired": "Vous avez répondu à un mail que nous avions envoyé il y a plus de {days} jours, donc rien n'a "
    "encore été fait. En voici un nouveau.",
    "welcome_subject": "Bienvenue dans {list}",
    "welcome": "Désormais vous recevez les mails de {list}, et ce que vous écrivez à {address} va à tous ses "
    "membres. Pour répondre à un mail, répondez-y simplement.\n\nLes fils se lisent aussi sur "
    "{page}.\n\nPour partir, écrivez à {leave}, ou suivez le lien au bas de chaque mail.",
    "leave_subject": "Merci de confirmer : voulez-vous quitter {list} ?",
    "leave": "Un mail en votre nom a demandé que vous ne receviez plus les mails de {list}.\n\nSi c'est ce que "
    "vous voulez, répondez simplement à ce mail, ou ouvrez cette page : {link}\n\nSinon, ne faites "
    "rien : tout reste comme avant.",
    "left_subject": "Vous avez quitté {list}",
    "left": "Vous ne recevez plus les mails de {list}. Si c'était une erreur, écrivez à {address} pour revenir.",
    "guest_subject": "{member} vous a mis en copie d'une conversation de {list}",
    "guest": "{member} vous a envoyé une copie d'un mail {about}, adressé à {list}, une liste de diffusion et "
    "forum de {site}. Vous n'y avez pas de compte et n'en avez pas besoin ; c'est le seul mail de ce "
    "genre sur cette conversation.\n\n- Si vous répondez à ce mail en gardant la liste parmi les "
    "destinataires, ou si vous répondez au présent mail, votre réponse rejoint la conversation sous "
    "votre nom, comme invité ; {reads}.{first} Ensuite vous recevez ce que les autres y écrivent.\n- "
    "Si vous écrivez à {member} seulement, la liste n'en saura rien.\n- Si vous ne voulez rien de tout "
    "cela, ne faites rien. Pour en être sûr, répondez à ce mail par le seul mot : stop\n  ou envoyez "
    "un mail vide à {stop} ; nous ne vous écrirons plus au sujet de ce que d'autres vous mettent en "
    "copie.",
    "guest_public": "tout le monde peut la lire sur le web",
    "guest_members": "les membres la lisent",
    "guest_first": "Un modérateur la lit d'abord.",
    "stopped_subject": "Vous ne recevez plus cette conversation",
    "stopped": "Nous ne vous envoyons plus rien de la conversation {about} de {list}, ni de mots sur les mails où "
    "l'on vous met en copie. Ceux qui vous mettent en copie vous écrivent toujours "
    "eux-mêmes.\n\nC'était une erreur ? Écrivez à {address} pour recevoir tous les mails de la liste.",
    "stop_subject": "Faut-il ne plus rien vous envoyer de {list} ?",
    "stop": "Un mail en votre nom disait stop. Si vous ne voulez plus rien de la conversation {about}, "
    "répondez simplement à ce mail, même vide. Sinon, ne faites rien.",
    "not_passed_subject": "Votre mail n'a pas été transmis",
    "not_passed": "Votre mail {about} à une seule personne n'a pas été transmis, et personne ne l'a vu.\n\nPourquoi "
    ": {why}.",
    "lost_subject": "Votre mail à {name} n'est pas arrivé",
    "lost": "Votre mail {about} à {name} en particulier a été transmis, mais il est revenu : il n'a pas pu "
    "être remis. {name} ne l'a pas vu, et nous ne le renvoyons pas.\n\nCe que vous écrivez à la liste "
    "elle-même peut toujours se lire sur la page.",
    "held_subject": "Votre mail à {list} attend un modérateur",
    "held": "Votre mail {about} est bien arrivé, mais quelqu'un le lit avant qu'il soit publié.\n\nPourquoi : "
    "{why}.\n\nVous n'avez rien à faire ; merci de ne pas le renvoyer.",
    "refused_subject": "Votre mail à {list} n'a pas été publié",
    "refused": "Votre mail {about} n'a pas été publié.\n\nPourquoi : {why}.",
    "empty_subject": "Votre mail à {list} ne contenait aucun mot de vous",
    "empty": "Votre mail {about} est arrivé, mais nous n'y avons trouvé aucun mot de vous, tout au plus le texte "
    "cité d'un mail précédent ou une signature : il n'y avait rien à publier. Peut-être est-il parti trop "
    "tôt.\n\nRépondez simplement encore une fois : au-dessus ou au-dessous du texte cité, ou entre ses "
    "lignes.",
    "owner_subject": "Quelqu'un a écrit à votre adresse de réponse personnelle de {list}",
    "owner": "Chacun de nos mails a une adresse de réponse qui n'est qu'à vous. {who} a écrit à l'une d'elles, "
    "{about}, depuis une adresse que nous ne connaissons pas. Nous retenons ce mail, et rien n'a été "
    "publié en votre nom.\n\n- Était-ce vous, depuis une autre adresse ? Dites-le à {owner}, pour "
    "qu'elle soit ajoutée à votre nom.\n- Avez-vous transmis notre mail à quelqu'un qui doit "
    "participer ? Mettez cette personne en copie la prochaine fois que vous écrivez à la liste : son "
    "mail paraîtra sous son propre nom.\n- Vous n'en savez rien ? Alors il n'y a rien à faire.",
    "probe_subject": "Nos mails de {list} vous arrivent-ils ?",
    "probe": "Plusieurs de nos mails de {list} à cette adresse sont revenus, et nous avons cessé d'en envoyer "
    "pour un temps. Celui-ci est un essai : s'il arrive, tout va bien, et les mails reprennent "
    "d'eux-mêmes dans quelques jours.\n\nRépondez-y d'un mot pour qu'ils reprennent tout de suite.",
    "which_subject": "À quel fil répondez-vous ?",
    "which": "Votre réponse {about} commence ainsi :\n\n> {words}\n\nElle est arrivée, mais elle répond à un "
    "mail de plusieurs fils, et nous ne savons pas lequel vous voulez dire. Elle est en sûreté chez "
    "nous, et pas encore publiée.\n\nTouchez le fil auquel elle répond, et envoyez le mail qui "
    "s'ouvre, même vide. Ou répondez à ce mail par le numéro seul.\n\n{rows}La prochaine fois, prenez "
    "le bouton sous le fil, ou ne gardez de notre mail que ce à quoi vous répondez.",
    "which_post": "Publier là",
    "address_subject": "Merci de confirmer : cette adresse est-elle aussi à vous, {name} ?",
    "address": "{name}, qui participe à {list}, dit que cette adresse est aussi la sienne, pour que ce qui en "
    "vient paraisse sous le même nom.\n\nSi c'est vous, répondez simplement à ce mail, même vide. "
    "Sinon, ne faites rien : rien ne se passera.",
    "added_subject": "Une adresse de plus est à vous",
    "added": "Ce que vous écrivez depuis {address} paraît désormais sous votre nom dans {list}. Les mails "
    "continuent d'arriver à l'adresse qui a reçu celui-ci.\n\nSi vous ne l'avez pas demandé, "
    "dites-le-nous tout de suite.",
    "why_unknown-sender": "cette adresse n'est pas abonnée à la liste",
    "why_moderated": "un modérateur lit d'abord tous les mails à cette liste",
    "why_join": "un modérateur décide qui rejoint cette liste",
    "why_guest": "vous êtes un invité qu'un membre a mis en copie",
    "why_no-guests": "la liste ne prend pas de mail de personnes qui n'en sont pas membres",
    "why_first-post": "c'est votre premier mail à cette liste",
    "why_unauthenticated": "aucun signe fiable ne dit qu'il vient de votre adresse",
    "why_not-owner": "il est venu à l'adresse de réponse personnelle de quelqu'un d'autre",
    "why_spam": "un filtre l'a pris pour du spam",
    "why_size": "il est très grand",
    "why_encrypted": "il est chiffré, et personne ne peut le lire ici",
    "why_rate": "beaucoup de mails de vous sont venus en une heure",
    "why_repeats": "il répète ce que vous avez déjà écrit dans ce fil",
    "why_no-relay": "{name} ne prend pas de mail par {list}",
    "why_relay-cap": "vous avez envoyé {number} mails de ce genre aujourd'hui ; demain vous pourrez de nouveau",
}

MODERATION = {
    "wait_subject": "Un mail à {list} vous attend : {subject}",
    "wait": "Un mail à {list} attend votre décision.",
    "many_subject": "{n} mails à {list} vous attendent",
    "many": "{n} mails à {list} attendent votre décision.",
    "says": "Voici ce qu'il dit :",
    "from": "De :",
    "subject": "Objet :",
    "came": "Arrivé :",
    "why": "Pourquoi il attend :",
    "nobody": "personne que l'on puisse nommer",
    "none": "(aucun)",
    "no_subject": "(sans objet)",
    "sender": "l'expéditeur",
    "refuse": "Pour le refuser, écrivez à <{address}>.",
    "reason": "Ce que vous y écrivez est envoyé à {name} comme raison.",
    "untold": "{name} n'en sait rien, car personne ne répond de cette adresse.",
    "let_in": "Pour admettre {name}, écrivez à <{address}> ; le mail peut être vide. Ensuite, {name} "
    "devra confirmer.",
    "post": "Pour le publier, écrivez à <{address}> ; le mail peut être vide. Avec le mot « toujours », {name} "
    "peut désormais écrire ici.",
    "end": "Si une autre personne de la modération est plus rapide, vous l'apprenez, et rien n'arrive deux fois.",
    "decided": "Le mail « {subject} » à {list} : {outcome}.",
    "released": "il est publié",
    "always": "il est publié, et son expéditeur peut désormais écrire ici",
    "refused": "il est refusé",
    "refused_told": "il est refusé ; son expéditeur apprend pourquoi",
    "was_released": "{name} l'a déjà publié",
    "was_refused": "{name} l'a déjà refusé",
    "gone": "il n'est plus là",
    "waits": "il attend",
    "other": "c'est déjà réglé ({outcome}) : personne n'a eu à décider",
    "passed_subject": "Pour la modération de {list} : {subject}",
    "passed": "Quelqu'un a écrit à {address} ; cela vous parvient, ainsi qu'aux autres responsables.",
    "reply": "Répondez à ce mail pour répondre à l'expéditeur.",
    "whole": "Le mail entier est joint.",
    "too_large": "Le mail entier est trop grand pour être joint.",
    "lost_subject": "{name} de {list} n'est plus joignable",
    "lost": "Les mails à {name} <{address}> reviennent sans cesse, le dernier essai aussi :\n\n> {answer}\n\nPlus"
    " aucun mail n'y va ; l'inscription reste, sans mails. Si vous connaissez une autre adresse, ajoutez-"
    "la avec `threadbridge people import`.",
    "policy_subject": "{domain} refuse les mails de {list}",
    "policy": "Le système de mail de {domain} refuse nos mails selon ses règles. Il a dit :\n\n> {answer}\n\nCela "
    "ne compte contre aucun membre. Souvent, SPF, DKIM ou DMARC de {site} sont à corriger, ou l'adresse "
    "du serveur figure sur une liste de blocage ; `threadbridge doctor` dit ce qu'il voit.",
    "hold_unknown-sender": "son adresse n'est pas inscrite à la liste",
    "hold_moderated": "la modération lit d'abord tous les mails à cette liste",
    "hold_join": "son expéditeur demande à rejoindre une liste réservée aux membres",
    "hold_guest": "il vient d'une personne invitée, qu'un membre a mise en copie",
    "hold_first-post": "c'est le premier mail de cette adresse à la liste",
    "hold_unauthenticated": "aucun signe fiable ne dit qu'il vient d'où il le prétend",
    "hold_not-owner": "il est arrivé à l'adresse de réponse personnelle de quelqu'un d'autre",
    "hold_spam": "le filtre l'a pris pour du spam",
    "hold_size": "il est très grand",
    "hold_rate": "de très nombreux mails de cette adresse sont arrivés en une heure",
    "hold_repeats": "il répète ce qui a déjà été écrit dans ce fil",
    "hold_bad-token": "son adresse de réponse n'est pas des nôtres, ou le message n'existe plus",
    "hold_no-author": "personne ne peut être nommé comme auteur",
    "hold_odd-name": "le nom de l'expéditeur mélange des lettres de plusieurs écritures",
    "hold_self-greeting": "il salue la personne qui l'aurait écrit",
    "hold_owner": "il est pour les responsables",
    "hold_which-thread": "nous ne savons pas à quel fil il appartient",
}

AROUND = {
    "in_reply_to": "En réponse à {name}",
    "forwarded": "Propos de {name}, transférés par {author}",
    "guest": "{name} écrit en invité, sans être membre de cette liste",
    "copied": "En copie",
    "more": "{names} et {n} autres",
    "picture": "image",
    "attached": "Pièces jointes",
    "answer": "Pour répondre à tout le monde, répondez simplement à ce mail.",
    "alone": "Répondre à {name} seulement",
    "web": "Lire sur le web",
    "thread": "Tout le fil",
    "unsubscribe": "Se désabonner",
    "colon": "\u00a0:",
}

FRAME = {
    "digest": "{title}, résumé",
    "post_1": "1 nouveau message",
    "post_n": "{n} nouveaux messages",
    "thread_1": "1 fil",
    "thread_n": "{n} fils",
    "posts_in": "{posts} dans {threads}",
    "new_of_1": "1 nouveau sur {size} messages",
    "new_of_n": "{n} nouveaux sur {size} messages",
    "new_1": "1 nouveau",
    "new_n": "{n} nouveaux",
    "and": " et ",
    "and_more": "{names} et {n} autres",
    "today": "aujourd'hui, {clock}",
    "yesterday": "hier, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} {month}",
    "heading": "{weekday} {day} {month}",
    "since": "depuis {when}",
    "for": "pour {name}",
    "contents": "Dans ce mail :",
    "to_answer": "Pour répondre à ce fil, écrivez à :",
    "mentions_you": "vous mentionne",
    "guest": "un invité",
    "words_of": "mots de {name}, transférés",
    "attachment_1": "1 pièce jointe",
    "attachment_n": "{n} pièces jointes",
    "in_reply_to": "En réponse à {name} :",
    "word_1": "encore 1 mot",
    "word_n": "encore {n} mots",
    "threads_1": "et encore 1 fil",
    "threads_n": "et encore {n} fils",
    "answer_one": "Pour répondre, répondez simplement à ce mail.",
    "answer_many": "Pour répondre, écrivez à l'adresse sous un fil ; ou répondez à ce mail en n'y gardant que ce à "
    "quoi vous répondez.",
    "on_site": "{site} sur le web",
    "unsubscribe": "Se désabonner de {list}",
    "from": "De {names}",
    "answer": "Répondre",
    "answer_to": "Répondre à {name}",
    "answer_this": "ceci",
    "answer_thread": "Répondre à ce fil",
    "or_write": "ou écrivez à",
    "read_on": "Lire la suite : {more}",
    "on_web": "Sur le web",
}
MONTHS = tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split())
DAYS = tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split())
