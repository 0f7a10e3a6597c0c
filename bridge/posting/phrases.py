"""What people write to have something done, in seven languages: a table, and nothing else.

    PHRASES[language][verb] = "phrase | phrase | ..."

Phrases stand here as one would write them; case, accents, hyphens and apostrophes do not count when they are compared,
and German umlauts may be written ae, oe, ue. A phrase that two languages share is taken for the first one's here,
unless a word of courtesy beside it says which is meant. Pure.
"""

from __future__ import annotations

from .verbs import Verb

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")

PHRASES: dict[str, dict[Verb, str]] = {
    "en": {
        Verb.SUBSCRIBE: "subscribe | subscribe me | join | sign me up | sign up",
        Verb.UNSUBSCRIBE: "unsubscribe | unsubscribe me | unsubscribe me from this list | leave | leave list | "
        "remove me | "
        "remove me from this list | remove me from the list | take me off this list | sign off | signoff | "
        "cancel subscription | cancel my subscription",
        Verb.STOP: "stop | stop it | stop this | stop mails | stop emails | stop sending mails",
        Verb.CONFIRM: "confirm | confirmed | i confirm",
        Verb.HELP: "help | help me | commands | info",
        Verb.EACH: "each | each mail | each post | every mail | every post | all mails | all posts | instant | "
        "mode each",
        Verb.DAILY: "daily | daily digest | digest | digest daily | daily summary | once a day | mode daily",
        Verb.WEEKLY: "weekly | weekly digest | digest weekly | weekly summary | once a week | mode weekly",
        Verb.MENTIONS: "mentions | mentions only | only mentions | mode mentions",
        Verb.NONE: "none | no mail | no mails | nomail | no email | no emails | web only | mode none",
        Verb.MUTE: "mute | mute this | mute thread | mute this thread | mute conversation | "
        "mute this conversation | this thread none | thread none | none thread | "
        "this conversation none",
        Verb.MUTE_BRANCH: "mute branch | mute this branch | mute the branch",
        Verb.UNMUTE: "unmute | unmute this | unmute thread | unmute this thread | unmute conversation",
        Verb.FOLLOW: "follow | follow this | follow thread | follow this thread | "
        "follow conversation | this thread each | thread each | each thread | "
        "this conversation each",
        Verb.UNFOLLOW: "unfollow | unfollow this | unfollow thread | unfollow this thread | "
        "this thread as usual | thread as usual | follow the list again | "
        "this thread as the list | as the list",
        Verb.THREAD_DAILY: "this thread daily | thread daily | daily thread | "
        "daily for this thread | this conversation daily | follow daily",
        Verb.THREAD_WEEKLY: "this thread weekly | thread weekly | weekly thread | "
        "weekly for this thread | this conversation weekly | follow weekly",
        Verb.THREAD_MENTIONS: "this thread mentions | thread mentions | mentions thread | "
        "this thread mentions only | mentions for this thread | "
        "this conversation mentions",
        Verb.VACATION: "vacation | vacation until | vacation till | vacation for | on vacation until | holiday | "
        "holiday until | "
        "on holiday until | holidays until | away until | away for | i am away until | i am on vacation until",
        Verb.BACK: "vacation off | vacation end | vacation over | end vacation | no vacation | holiday over | "
        "end holiday",
        Verb.WHO: "who | who is here | who is on this list | members",
        Verb.LISTS: "lists | show lists | which lists",
        Verb.STATUS: "status | my status | settings | my settings",
        Verb.KEEP: "keep | keep all | keep it all | keep everything | restore",
        Verb.UNMASK: "unmask | unmask it | unmask this | unmask my post",
        Verb.MASK: "mask | mask it | mask this | mask my post",
        Verb.ADD: "add | add address | add my address | add the address",
        Verb.RELAY_OFF: "no private mails | no private mail | relay off",
        Verb.RELAY_ON: "private mails | private mail | relay on",
        Verb.HOUR: "hour | digest hour",
        Verb.WEEKDAY: "weekday | digest day",
        Verb.QUIET: "quiet | quiet hours",
        Verb.ZONE: "timezone | time zone",
        Verb.OWN_ON: "own posts | my own posts",
        Verb.OWN_OFF: "no own posts | not my own posts",
        Verb.FORGET_ME: "forget me | erase me | delete me | delete my data | delete my account | erase my data",
        Verb.FORGET_ALL: "forget me and my posts | delete me and my posts | delete my posts | erase my posts",
        Verb.POST: "post | post it | post this",
    },
    "de": {
        Verb.SUBSCRIBE: "abonnieren | anmelden | eintragen | beitreten",
        Verb.UNSUBSCRIBE: "abmelden | abbestellen | austragen | kündigen | abmeldung | melde mich ab | "
        "melden sie mich ab | mich abmelden | von der liste abmelden | newsletter abbestellen | liste abbestellen",
        Verb.STOP: "stopp | stop | keine mails mehr",
        Verb.CONFIRM: "bestätigen | bestätige | ich bestätige | bestätigt",
        Verb.HELP: "hilfe | befehle",
        Verb.EACH: "jede | jede mail | jeden beitrag | einzeln | sofort | alle mails | alle beiträge",
        Verb.DAILY: "täglich | tägliche zusammenfassung | zusammenfassung täglich | zusammenfassung | einmal am tag | "
        "jeden tag",
        Verb.WEEKLY: "wöchentlich | wöchentliche zusammenfassung | zusammenfassung wöchentlich | "
        "einmal die woche | jede woche",
        Verb.MENTIONS: "erwähnungen | nur erwähnungen",
        Verb.NONE: "keine | keine mail | keine mails | keine e-mails",
        Verb.MUTE: "stumm | stummschalten | stumm schalten | thema stummschalten | "
        "faden stummschalten | dieses thema stummschalten | thema stumm | dieses thema keine | thema keine",
        Verb.MUTE_BRANCH: "zweig stumm | zweig stummschalten | ast stummschalten",
        Verb.UNMUTE: "nicht stumm | nicht mehr stumm | stumm aus | stummschaltung aufheben | laut",
        Verb.FOLLOW: "folgen | folge | thema folgen | diesem thema folgen | dieses thema einzeln | thema einzeln",
        Verb.UNFOLLOW: "entfolgen | nicht folgen | nicht mehr folgen | diesem thema nicht mehr folgen | "
        "dieses thema wie üblich | "
        "thema wie üblich | wie die liste",
        Verb.THREAD_DAILY: "dieses thema täglich | thema täglich | täglich dieses thema | "
        "diesen thread täglich | thread täglich",
        Verb.THREAD_WEEKLY: "dieses thema wöchentlich | thema wöchentlich | "
        "wöchentlich dieses thema | diesen thread wöchentlich | "
        "thread wöchentlich",
        Verb.THREAD_MENTIONS: "dieses thema erwähnungen | thema erwähnungen | "
        "dieses thema nur erwähnungen | thread erwähnungen",
        Verb.VACATION: "urlaub | urlaub bis | im urlaub bis | ferien | ferien bis | abwesend bis | "
        "ich bin im urlaub bis",
        Verb.BACK: "urlaub aus | urlaub ende | urlaub beenden | ende urlaub | urlaub vorbei | ferien vorbei",
        Verb.WHO: "wer | wer ist dabei | mitglieder",
        Verb.LISTS: "listen | listen zeigen | welche listen",
        Verb.STATUS: "status | einstellungen | meine einstellungen",
        Verb.KEEP: "behalten | alles behalten | wiederherstellen",
        Verb.UNMASK: "demaskieren | nichts verbergen | unmaskiert zeigen",
        Verb.MASK: "maskieren | wieder verbergen",
        Verb.ADD: "hinzufügen | adresse hinzufügen | meine adresse hinzufügen",
        Verb.RELAY_OFF: "keine privaten mails | keine privaten nachrichten",
        Verb.RELAY_ON: "private mails | private nachrichten",
        Verb.HOUR: "stunde | uhrzeit",
        Verb.WEEKDAY: "wochentag",
        Verb.QUIET: "ruhe | ruhezeit",
        Verb.ZONE: "zeitzone",
        Verb.OWN_ON: "eigene beiträge | eigene beiträge auch",
        Verb.OWN_OFF: "keine eigenen beiträge | eigene beiträge nicht",
        Verb.FORGET_ME: "vergiss mich | vergesst mich | vergessen sie mich | lösche mich | löschen sie mich | "
        "meine daten löschen | löscht meine daten",
        Verb.FORGET_ALL: "vergiss mich und meine beiträge | lösche mich und meine beiträge | meine beiträge löschen | "
        "vergessen sie mich und meine beiträge",
        Verb.POST: "posten | beitrag | veröffentlichen",
    },
    "fr": {
        Verb.SUBSCRIBE: "abonner | s'abonner | m'abonner | abonnement | abonnez-moi | inscrire | inscription | "
        "m'inscrire | "
        "inscrivez-moi",
        Verb.UNSUBSCRIBE: "désabonner | se désabonner | me désabonner | désabonnement | désabonnez-moi | "
        "désinscrire | "
        "me désinscrire | désinscription | désinscrivez-moi | me désinscrire de la liste | "
        "me désabonner de la liste | retirez-moi de la liste",
        Verb.STOP: "stop | arrêt | arrêter | arrêtez",
        Verb.CONFIRM: "confirmer | je confirme | confirmé",
        Verb.HELP: "aide | commandes",
        Verb.EACH: "chaque | chaque message | chaque courriel | chaque mail | tous les messages | immédiat",
        Verb.DAILY: "quotidien | quotidienne | résumé quotidien | résumé | chaque jour | tous les jours | "
        "une fois par jour",
        Verb.WEEKLY: "hebdomadaire | résumé hebdomadaire | hebdo | chaque semaine | toutes les semaines | "
        "une fois par semaine",
        Verb.MENTIONS: "mentions | mentions seulement | seulement les mentions | uniquement les mentions",
        Verb.NONE: "aucun | aucun message | aucun courriel | aucun mail | pas de mails | pas de courriels",
        Verb.MUTE: "muet | muette | couper le son | rendre muet | mettre en sourdine | "
        "sourdine | silencieux | silence sur ce fil | ignorer ce fil | ce fil aucun | fil aucun",
        Verb.MUTE_BRANCH: "branche muette | ignorer cette branche | branche en sourdine",
        Verb.UNMUTE: "fin de sourdine | plus muet | ne plus ignorer | ne plus ignorer ce fil | rétablir",
        Verb.FOLLOW: "suivre | suivre ce fil | suivre le fil | suivre cette discussion | ce fil chaque | fil chaque",
        Verb.UNFOLLOW: "ne plus suivre | ne plus suivre ce fil | ne pas suivre | ce fil comme d'habitude | "
        "fil comme d'habitude | comme la liste",
        Verb.THREAD_DAILY: "ce fil quotidien | fil quotidien | ce fil par jour | ce fil chaque jour",
        Verb.THREAD_WEEKLY: "ce fil hebdomadaire | fil hebdomadaire | ce fil par semaine | ce fil chaque semaine",
        Verb.THREAD_MENTIONS: "ce fil mentions | fil mentions | ce fil mentions seulement",
        Verb.VACATION: "vacances | vacances jusqu'au | vacances jusqu'à | en vacances jusqu'au | absent jusqu'au | "
        "absente jusqu'au | congé jusqu'au | congés jusqu'au | vacances pendant | vacances pour",
        Verb.BACK: "fin des vacances | vacances fin | vacances finies | fin vacances",
        Verb.WHO: "qui | qui est là | membres",
        Verb.LISTS: "listes | quelles listes",
        Verb.STATUS: "statut | état | mes réglages | réglages | mes paramètres | paramètres",
        Verb.KEEP: "garder | tout garder | conserver | tout conserver | restaurer",
        Verb.UNMASK: "démasquer | ne rien masquer | ne rien cacher",
        Verb.MASK: "masquer | masquer de nouveau",
        Verb.ADD: "ajouter | ajouter adresse | ajouter l'adresse",
        Verb.RELAY_OFF: "pas de messages privés | aucun message privé",
        Verb.RELAY_ON: "messages privés",
        Verb.HOUR: "heure | heure du résumé",
        Verb.WEEKDAY: "jour de la semaine",
        Verb.QUIET: "heures calmes | calme",
        Verb.ZONE: "fuseau horaire | fuseau",
        Verb.OWN_ON: "mes propres messages | mes messages",
        Verb.OWN_OFF: "sans mes messages | pas mes messages",
        Verb.FORGET_ME: "oubliez-moi | oublie-moi | effacez-moi | effacez mes données | supprimez mes données | "
        "supprimer mes données",
        Verb.FORGET_ALL: "oubliez-moi avec mes messages | effacez-moi avec mes messages | supprimer mes messages | "
        "effacez mes messages | oubliez-moi et mes messages",
        Verb.POST: "publier | publiez",
    },
    "es": {
        Verb.SUBSCRIBE: "suscribir | suscribirme | suscribirse | suscripción | suscríbeme | apuntarme | alta | "
        "darme de alta",
        Verb.UNSUBSCRIBE: "desuscribir | desuscribirme | darme de baja | dar de baja | baja | cancelar suscripción | "
        "cancelar la suscripción | cancelar mi suscripción | anular suscripción | borrarme de la lista",
        Verb.STOP: "stop | parar | detener | no más correos",
        Verb.CONFIRM: "confirmar | confirmo | confirmado",
        Verb.HELP: "ayuda | comandos | órdenes",
        Verb.EACH: "cada | cada mensaje | cada correo | todos los mensajes | todos los correos | inmediato",
        Verb.DAILY: "diario | resumen diario | resumen | diariamente | cada día | todos los días | "
        "una vez al día",
        Verb.WEEKLY: "semanal | resumen semanal | semanalmente | cada semana | una vez por semana",
        Verb.MENTIONS: "menciones | solo menciones | solo las menciones",
        Verb.NONE: "ninguno | ningún mensaje | ningún correo | sin correos | sin mensajes",
        Verb.MUTE: "silenciar | silenciar hilo | silenciar este hilo | "
        "silenciar conversación | este hilo ninguno | hilo ninguno",
        Verb.MUTE_BRANCH: "silenciar rama | silenciar esta rama",
        Verb.UNMUTE: "dejar de silenciar | no silenciar | quitar silencio",
        Verb.FOLLOW: "seguir | seguir hilo | seguir este hilo | seguir conversación | "
        "este hilo cada mensaje | hilo cada mensaje",
        Verb.UNFOLLOW: "dejar de seguir | dejar de seguir este hilo | no seguir | "
        "este hilo como siempre | hilo como siempre | como la lista",
        Verb.THREAD_DAILY: "este hilo diario | hilo diario | este hilo cada día",
        Verb.THREAD_WEEKLY: "este hilo semanal | hilo semanal | este hilo cada semana",
        Verb.THREAD_MENTIONS: "este hilo menciones | hilo menciones | este hilo solo menciones",
        Verb.VACATION: "vacaciones | vacaciones hasta | vacaciones hasta el | de vacaciones hasta el | "
        "de vacaciones hasta | "
        "ausente hasta el | ausente hasta | vacaciones por | vacaciones durante",
        Verb.BACK: "fin de vacaciones | fin de las vacaciones | vacaciones fin | terminar vacaciones",
        Verb.WHO: "quién | quiénes | quién está | miembros",
        Verb.LISTS: "listas | qué listas",
        Verb.STATUS: "estado | ajustes | mis ajustes | mi estado",
        Verb.KEEP: "conservar | conservar todo | guardar todo | mantener | restaurar",
        Verb.UNMASK: "desenmascarar | no ocultar nada",
        Verb.MASK: "enmascarar | ocultar de nuevo",
        Verb.ADD: "añadir | añadir dirección | agregar | agregar dirección",
        Verb.RELAY_OFF: "sin mensajes privados | ningún mensaje privado",
        Verb.RELAY_ON: "mensajes privados",
        Verb.HOUR: "hora | hora del resumen",
        Verb.WEEKDAY: "día de la semana",
        Verb.QUIET: "horas tranquilas | horas de silencio",
        Verb.ZONE: "zona horaria",
        Verb.OWN_ON: "mis propios mensajes | mis mensajes",
        Verb.OWN_OFF: "sin mis mensajes",
        Verb.FORGET_ME: "olvídame | olvídenme | olvidadme | bórrame | borrar mis datos | eliminar mis datos",
        Verb.FORGET_ALL: "olvídame con mis mensajes | olvídame y mis mensajes | borrar mis mensajes | "
        "eliminar mis mensajes",
        Verb.POST: "publicar | publícalo",
    },
    "it": {
        Verb.SUBSCRIBE: "iscrivimi | iscrivi | iscrizione | iscrivermi | iscrivetemi | abbonami",
        Verb.UNSUBSCRIBE: "disiscrivi | disiscrivimi | disiscrizione | disiscrivermi | cancellami | cancellatemi | "
        "cancellami dalla lista | cancella iscrizione | annulla iscrizione",
        Verb.STOP: "stop | ferma | fermare | basta mail",
        Verb.CONFIRM: "conferma | confermo | confermato",
        Verb.HELP: "aiuto | comandi",
        Verb.EACH: "ogni | ogni messaggio | ogni mail | tutti i messaggi | tutte le mail | immediato",
        Verb.DAILY: "giornaliero | quotidiano | riassunto giornaliero | riassunto | ogni giorno | "
        "tutti i giorni | una volta al giorno",
        Verb.WEEKLY: "settimanale | riassunto settimanale | ogni settimana | una volta alla settimana",
        Verb.MENTIONS: "menzioni | solo menzioni | solo le menzioni",
        Verb.NONE: "nessuno | nessuna | nessun messaggio | nessuna mail | niente mail",
        Verb.MUTE: "silenzia | silenziare | silenzia discussione | "
        "silenzia questa discussione | muto | questa discussione nessuno | "
        "discussione nessuno",
        Verb.MUTE_BRANCH: "silenzia ramo | silenzia questo ramo",
        Verb.UNMUTE: "non silenziare | togli silenzio | riattiva | riattivare",
        Verb.FOLLOW: "segui | seguire | segui discussione | segui questa discussione | "
        "questa discussione ogni messaggio | discussione ogni messaggio",
        Verb.UNFOLLOW: "non seguire | non seguire più | smetti di seguire | non seguire questa discussione | "
        "questa discussione come al solito | discussione come al solito | "
        "come la lista",
        Verb.THREAD_DAILY: "questa discussione quotidiana | discussione quotidiana | questa discussione ogni giorno",
        Verb.THREAD_WEEKLY: "questa discussione settimanale | discussione settimanale | "
        "questa discussione ogni settimana",
        Verb.THREAD_MENTIONS: "questa discussione menzioni | discussione menzioni | questa discussione solo menzioni",
        Verb.VACATION: "vacanza | vacanze | vacanza fino al | vacanze fino al | ferie | ferie fino al | "
        "in ferie fino al | "
        "in vacanza fino al | assente fino al | vacanza per | ferie per",
        Verb.BACK: "fine vacanza | fine vacanze | fine ferie | vacanza finita | ferie finite",
        Verb.WHO: "chi | chi c'è | membri | iscritti",
        Verb.LISTS: "liste | elenchi | quali liste",
        Verb.STATUS: "stato | impostazioni | le mie impostazioni",
        Verb.KEEP: "mantieni | mantenere | tieni tutto | conserva | ripristina",
        Verb.UNMASK: "smascherare | non nascondere nulla",
        Verb.MASK: "mascherare | nascondere di nuovo",
        Verb.ADD: "aggiungi | aggiungere | aggiungi indirizzo",
        Verb.RELAY_OFF: "niente messaggi privati | nessun messaggio privato",
        Verb.RELAY_ON: "messaggi privati",
        Verb.HOUR: "ora | ora del riepilogo",
        Verb.WEEKDAY: "giorno della settimana",
        Verb.QUIET: "ore tranquille | ore di silenzio",
        Verb.ZONE: "fuso orario",
        Verb.OWN_ON: "i miei messaggi",
        Verb.OWN_OFF: "senza i miei messaggi",
        Verb.FORGET_ME: "dimenticami | dimenticatemi | cancella i miei dati | cancellate i miei dati | "
        "elimina i miei dati",
        Verb.FORGET_ALL: "dimenticami con i miei messaggi | dimenticami e i miei messaggi | "
        "cancella i miei messaggi | elimina i miei messaggi",
        Verb.POST: "pubblica | pubblicare",
    },
    "pt": {
        Verb.SUBSCRIBE: "subscrever | inscrever | inscrever-me | inscreva-me | inscrição | assinar",
        Verb.UNSUBSCRIBE: "cancelar subscrição | cancelar inscrição | cancelar a inscrição | cancelar assinatura | "
        "desinscrever | desinscrever-me | sair | sair da lista | remover-me | remova-me",
        Verb.STOP: "stop | parar | pare | chega de mails",
        Verb.CONFIRM: "confirmar | confirmo | confirmado",
        Verb.HELP: "ajuda | comandos",
        Verb.EACH: "cada | cada mensagem | todas as mensagens | cada e-mail | imediato",
        Verb.DAILY: "diário | resumo diário | resumo | diariamente | todos os dias | uma vez por dia",
        Verb.WEEKLY: "semanal | resumo semanal | semanalmente | todas as semanas | uma vez por semana",
        Verb.MENTIONS: "menções | só menções | apenas menções | somente menções",
        Verb.NONE: "nenhum | nenhuma | nenhuma mensagem | nenhum e-mail | sem mensagens",
        Verb.MUTE: "silenciar | silenciar conversa | silenciar esta conversa | "
        "esta conversa nenhuma | conversa nenhuma",
        Verb.MUTE_BRANCH: "silenciar ramo | silenciar este ramo",
        Verb.UNMUTE: "deixar de silenciar | não silenciar | reativar",
        Verb.FOLLOW: "seguir | seguir conversa | seguir esta conversa | "
        "esta conversa cada mensagem | conversa cada mensagem",
        Verb.UNFOLLOW: "deixar de seguir | deixar de seguir esta conversa | não seguir | esta conversa como sempre | "
        "conversa como sempre | como a lista",
        Verb.THREAD_DAILY: "esta conversa diária | conversa diária | esta conversa todos os dias",
        Verb.THREAD_WEEKLY: "esta conversa semanal | conversa semanal | esta conversa todas as semanas",
        Verb.THREAD_MENTIONS: "esta conversa menções | conversa menções | esta conversa só menções",
        Verb.VACATION: "férias | férias até | férias até ao | férias até o | de férias até | de férias até ao | "
        "de férias até o | ausente até | ausente até ao | ausente até o | férias por | férias durante",
        Verb.BACK: "fim das férias | fim de férias | férias fim | terminar férias",
        Verb.WHO: "quem | quem está | membros",
        Verb.LISTS: "listas | que listas | quais listas",
        Verb.STATUS: "estado | situação | definições | configurações | as minhas definições | minhas configurações",
        Verb.KEEP: "manter | manter tudo | guardar tudo | conservar | restaurar",
        Verb.UNMASK: "desmascarar | não esconder nada",
        Verb.MASK: "mascarar | esconder de novo",
        Verb.ADD: "adicionar | adicionar endereço",
        Verb.RELAY_OFF: "sem mensagens privadas | nenhuma mensagem privada",
        Verb.RELAY_ON: "mensagens privadas",
        Verb.HOUR: "hora do resumo | hora",
        Verb.WEEKDAY: "dia da semana",
        Verb.QUIET: "horas calmas | horas de silêncio",
        Verb.ZONE: "fuso horário",
        Verb.OWN_ON: "as minhas mensagens",
        Verb.OWN_OFF: "sem as minhas mensagens",
        Verb.FORGET_ME: "esqueça-me | esqueçam-me | esquece-me | apagar os meus dados | apagar meus dados | "
        "apague-me",
        Verb.FORGET_ALL: "esqueça-me com as minhas mensagens | apagar as minhas mensagens | "
        "apagar minhas mensagens",
        Verb.POST: "publicar | publique",
    },
    "nl": {
        Verb.SUBSCRIBE: "abonneren | aanmelden | inschrijven | meld me aan | schrijf me in",
        Verb.UNSUBSCRIBE: "afmelden | uitschrijven | opzeggen | afmelding | meld me af | schrijf me uit",
        Verb.STOP: "stop | stoppen | geen mails meer",
        Verb.CONFIRM: "bevestigen | bevestig | ik bevestig | bevestigd",
        Verb.HELP: "hulp | help | opdrachten",
        Verb.EACH: "elke | elke mail | elk bericht | alle berichten | alle mails | meteen",
        Verb.DAILY: "dagelijks | dagelijks overzicht | overzicht | elke dag | een keer per dag",
        Verb.WEEKLY: "wekelijks | wekelijks overzicht | elke week | een keer per week",
        Verb.MENTIONS: "vermeldingen | alleen vermeldingen",
        Verb.NONE: "geen | geen mail | geen mails | geen berichten",
        Verb.MUTE: "dempen | demp | gesprek dempen | demp dit gesprek | dit gesprek dempen | "
        "dit gesprek geen | gesprek geen",
        Verb.MUTE_BRANCH: "tak dempen | demp deze tak | deze tak dempen",
        Verb.UNMUTE: "niet dempen | niet meer dempen | dempen opheffen | demping opheffen",
        Verb.FOLLOW: "volgen | volg | gesprek volgen | volg dit gesprek | dit gesprek volgen | "
        "dit gesprek elke mail | gesprek elke mail",
        Verb.UNFOLLOW: "ontvolgen | niet volgen | niet meer volgen | dit gesprek niet meer volgen | "
        "dit gesprek zoals altijd | "
        "gesprek zoals altijd | zoals de lijst",
        Verb.THREAD_DAILY: "dit gesprek dagelijks | gesprek dagelijks | dagelijks dit gesprek",
        Verb.THREAD_WEEKLY: "dit gesprek wekelijks | gesprek wekelijks | wekelijks dit gesprek",
        Verb.THREAD_MENTIONS: "dit gesprek vermeldingen | gesprek vermeldingen | dit gesprek alleen vermeldingen",
        Verb.VACATION: "vakantie | vakantie tot | op vakantie tot | met vakantie tot | afwezig tot | vakantie voor",
        Verb.BACK: "vakantie uit | vakantie einde | einde vakantie | vakantie voorbij",
        Verb.WHO: "wie | wie is er | leden",
        Verb.LISTS: "lijsten | welke lijsten",
        Verb.STATUS: "status | instellingen | mijn instellingen",
        Verb.KEEP: "behouden | alles behouden | bewaren | herstellen",
        Verb.UNMASK: "ontmaskeren | niets verbergen",
        Verb.MASK: "maskeren | weer verbergen",
        Verb.ADD: "toevoegen | voeg toe | adres toevoegen",
        Verb.RELAY_OFF: "geen privéberichten | geen privémails",
        Verb.RELAY_ON: "privéberichten | privémails",
        Verb.HOUR: "uur | uur van het overzicht",
        Verb.WEEKDAY: "weekdag",
        Verb.QUIET: "rust | stille uren",
        Verb.ZONE: "tijdzone",
        Verb.OWN_ON: "eigen berichten",
        Verb.OWN_OFF: "geen eigen berichten",
        Verb.FORGET_ME: "vergeet mij | vergeet me | verwijder mij | verwijder mijn gegevens | wis mijn gegevens",
        Verb.FORGET_ALL: "vergeet mij en mijn berichten | verwijder mijn berichten | wis mijn berichten",
        Verb.POST: "plaatsen | plaats",
    },
}
