"""What we write to people, in Spanish. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

SENTENCES = {
    "hello": "Hola {name}:",
    "hello_all": "Hola:",
    "sign": "¿Preguntas? Escriba a {owner}, donde lee una persona.",
    "subject_done": "{list}: hecho",
    "subject_told": "{list}: la respuesta",
    "subject_help": "{list}: lo que se puede hacer por correo",
    "subject_ask": "{list}: por favor, confirme",
    "subject_meant": "{list}: ¿era para nosotros o para todos?",
    "undo": "Para deshacerlo, responda a este correo con: {word}",
    "for_all": "¿Era para todos? Responda con {post} y se publicará.",
    "muted": "Ya no recibe nada de «{thread}».",
    "branch_muted": "Ya no recibe nada de ese correo de {author} en «{thread}» ni de sus respuestas. El resto "
    "del hilo sigue "
    "llegando.",
    "unmuted": "«{thread}» vuelve a llegar como el resto de la lista: {mode}.",
    "followed": "Recibe cada mensaje nuevo de «{thread}», haya elegido lo que haya elegido.",
    "thread_mode": "De «{thread}» desde ahora recibe {mode}. El resto de la lista llega como antes.",
    "to_leave": "Para dejar toda la lista, responda a este correo con: {word}",
    "mode_set": "{list}: desde ahora recibe {mode}. Hasta ahora: {before}.",
    "mode_same": "{list}: nada que cambiar, recibe {mode}.",
    "not_subscribed": "No está suscrito a {list}. Para suscribirse, escriba a {address}.",
    "subscribed": "Está suscrito a {list} y recibe {mode}.",
    "left": "Ha dejado {list} y no recibe más correos. Para volver, escriba a {address}.",
    "away": "Está de vacaciones hasta el {day}. Lo que se escriba hasta entonces se guarda y le llega después.",
    "back": "Sus vacaciones han terminado: los correos vuelven.",
    "not_away": "No estaba de vacaciones; los correos llegan como antes.",
    "day_form": "«{text}» no es un día que sepamos leer, así que nada ha cambiado. Escriba por ejemplo: {example}",
    "day_ambiguous": "«{text}» puede ser dos días distintos, así que nada ha cambiado. Escriba por ejemplo: "
    "{example}",
    "day_past": "«{text}» es hoy o ya pasó, así que nada ha cambiado. Escriba un día que venga, por ejemplo: "
    "{example}",
    "day_far": "«{text}» está a más de dos años, así que nada ha cambiado. Escriba por ejemplo: {example}",
    "who": "{number} personas están suscritas a {list}:",
    "who_not": "No decimos quién está suscrito a {list}.",
    "more": "y {number} más",
    "lists": "Las listas de aquí:",
    "status": "Lo que recibe:",
    "status_none": "No está suscrito a ninguna lista.",
    "status_away": "Está de vacaciones hasta el {day}.",
    "status_hours": "Los resúmenes llegan a las {hour}:00, los semanales el {weekday}; su zona "
    "horaria es {zone}.",
    "status_follow": "Hilos que sigue:",
    "status_mute": "Hilos silenciados:",
    "status_threads": "Hilos de los que recibe {mode}:",
    "kept": "Todo lo que contenía su correo se ve de nuevo: {link}",
    "kept_nothing": "No hay nada plegado en lo que escribió en este hilo.",
    "unmasked": "Todos ven su mensaje tal como lo escribió, salvo las direcciones de correo: {link}",
    "masked": "Los teléfonos, direcciones y enlaces privados de su mensaje vuelven a estar ocultos: {link}",
    "masked_nothing": "No ha escrito nada en este hilo.",
    "add_asked": "Hemos escrito a {address}. En cuanto se responda a ese correo, lo que venga de allí también es suyo.",
    "add_own": "{address} ya es suya.",
    "add_not": "{address} no se puede añadir por correo. Escriba a {owner}.",
    "add_form": "Escriba la dirección tras la palabra, por ejemplo: {example}",
    "relay_off": "Nadie puede ya escribirle a solas a través de nosotros.",
    "relay_on": "Otros pueden escribirle a solas a través de nosotros; no ven su dirección.",
    "quiet_set": "Nada se le envía de {begin}:00 a {end}:00; lo que llegue entonces sigue a las {end}:00.",
    "quiet_off": "Ya no tiene horas tranquilas.",
    "hours_form": "«{text}» no se entiende aquí, así que nada ha cambiado. Escríbalo así: {example}",
    "own_on": "Sus propios mensajes le llegan también.",
    "own_off": "Sus propios mensajes ya no le llegan.",
    "forgotten": "Lo que sabemos de usted se está borrando, como pidió. Este es nuestro último correo.",
    "no_thread": "{word} se escribe en respuesta a un correo del hilo del que se trata.",
    "ask": "Alguien, esperamos que usted, nos ha pedido esto:",
    "ask_yes": "¿Lo quiere? Entonces responda a este correo, aunque sea vacío. Si no, no haga nada: todo queda "
    "como está.",
    "meant": "A «{thread}» respondió solo «{text}». Si quiere que lo hagamos ({what}), responda {yes}. Si es su "
    "respuesta a "
    "los demás, responda {post} y se publicará.",
    "unchanged": "Nada ha cambiado.",
    "too_old": "El correo del que se trata es demasiado antiguo o ya no existe. Vuelva a pedirlo, por favor.",
    "not_understood": "No hemos encontrado ninguna orden al principio de su correo, así que nada ha cambiado.",
    "help": "Para escribir a todos, escriba a {list_address}; para responder a un correo, respóndalo sin más. "
    "Además puede "
    "enviar una de estas palabras a {request_address}, o en respuesta a uno de nuestros correos, sola en la "
    "primera "
    "línea:",
    "help_page": "Los hilos se leen también en {url}.",
    "yes": "sí",
    "example": "vacaciones hasta el 31/3/2027",
}

DOES = {
    Verb.SUBSCRIBE: "suscribirse a la lista",
    Verb.UNSUBSCRIBE: "dejar la lista",
    Verb.STOP: "nada más de este hilo",
    Verb.EACH: "cada mensaje en un correo propio",
    Verb.DAILY: "un resumen al día",
    Verb.WEEKLY: "un resumen a la semana",
    Verb.MENTIONS: "solo lo que le menciona",
    Verb.NONE: "ningún correo",
    Verb.MUTE: "nada más de este hilo",
    Verb.MUTE_BRANCH: "nada más de este correo y sus respuestas",
    Verb.UNMUTE: "el hilo otra vez, como siempre",
    Verb.FOLLOW: "cada mensaje de este hilo",
    Verb.UNFOLLOW: "el hilo como siempre",
    Verb.THREAD_DAILY: "un resumen de este hilo al día",
    Verb.THREAD_WEEKLY: "un resumen de este hilo a la semana",
    Verb.THREAD_MENTIONS: "de este hilo, solo lo que le menciona",
    Verb.VACATION: "guardar mis correos hasta ese día",
    Verb.BACK: "terminar mis vacaciones",
    Verb.WHO: "quién está suscrito",
    Verb.LISTS: "qué listas hay",
    Verb.STATUS: "lo que he elegido",
    Verb.KEEP: "mostrar lo plegado en mi mensaje",
    Verb.UNMASK: "mostrar a todos los teléfonos, direcciones y enlaces de mi mensaje",
    Verb.MASK: "volver a ocultarlos",
    Verb.ADD: "otra dirección propia, escrita tras la palabra",
    Verb.RELAY_OFF: "ningún correo de otros solo para mí",
    Verb.RELAY_ON: "de nuevo correos solo para mí",
    Verb.HOUR: "la hora de mis resúmenes, tras la palabra",
    Verb.WEEKDAY: "el día de mi resumen semanal",
    Verb.QUIET: "horas sin correo, como 22-7",
    Verb.ZONE: "mi zona horaria, como Europe/Madrid",
    Verb.OWN_ON: "copias de mis propios mensajes",
    Verb.OWN_OFF: "sin copias de mis propios mensajes",
    Verb.FORGET_ME: "borrar todo lo que saben de mí, mis mensajes quedan sin nombre; no se puede deshacer",
    Verb.FORGET_ALL: "borrar todo lo que saben de mí y también mis mensajes; no se puede deshacer",
    Verb.HELP: "esta ayuda",
}

LETTERS = {
    "about": "«{subject}»",
    "about_none": "sin asunto",
    "somebody": "Alguien",
    "a_member": "Un miembro",
    "confirm_subject": "Por favor, confirme: ¿quiere los correos de {list}?",
    "confirm": "Alguien, esperamos que usted, ha pedido que los correos de {list} se envíen a esta "
    "dirección.\n\nSi los quiere, responda a este correo, aunque sea vacío. Si no, no haga nada: no "
    "llegará nada.",
    "expired": "Ha respondido a un correo nuestro de hace más de {days} días, así que todavía no se ha hecho "
    "nada. Aquí tiene uno nuevo.",
    "welcome_subject": "Bienvenida a {list}",
    "welcome": "Desde ahora recibe los correos de {list}, y lo que escriba a {address} llega a todos allí. Para "
    "responder a un correo, respóndalo sin más.\n\nLos hilos se leen también en {page}.\n\nPara darse "
    "de baja, escriba a {leave}, o use el enlace al pie de cada correo.",
    "leave_subject": "Por favor, confirme: ¿quiere dejar {list}?",
    "leave": "Un correo en su nombre pidió que no le lleguen más correos de {list}.\n\nSi es lo que quiere, "
    "responda a este correo o abra esta página: {link}\n\nSi no, no haga nada: todo queda como está.",
    "left_subject": "Ha dejado {list}",
    "left": "Ya no recibe correos de {list}. Si fue un error, escriba a {address} y estará de vuelta.",
    "guest_subject": "{member} le puso en copia en una conversación de {list}",
    "guest": "{member} le ha enviado copia de un correo {about}, dirigido a {list}, una lista de correo y foro "
    "de {site}. No tiene cuenta allí ni la necesita; este es el único correo de este tipo sobre esa "
    "conversación.\n\n- Si responde a aquel correo con la lista entre los destinatarios, o responde a "
    "este, su respuesta se une a la conversación con su nombre, como invitado; {reads}.{first} Desde "
    "entonces recibe lo que otros escriban allí.\n- Si escribe solo a {member}, la lista no sabrá "
    "nada.\n- Si no quiere nada de esto, no haga nada. Para estar seguro, responda a este correo con "
    "una sola palabra: stop\n  o envíe un correo vacío a {stop}; entonces no volveremos a escribirle "
    "sobre lo que otros le pongan en copia.",
    "guest_public": "cualquiera puede leerla en la web",
    "guest_members": "la leen sus miembros",
    "guest_first": "Antes la ve un moderador.",
    "stopped_subject": "Ya no recibe esta conversación",
    "stopped": "No le enviamos nada más de la conversación {about} de {list}, ni avisos de correos en los que le "
    "pongan en copia. Quienes le ponen en copia le siguen escribiendo ellos mismos.\n\n¿Fue un error? "
    "Escriba a {address} y recibirá todos los correos de la lista.",
    "stop_subject": "¿No quiere recibir más de {list}?",
    "stop": "Un correo en su nombre decía stop. Si no quiere más de la conversación {about}, responda a este "
    "correo, aunque sea vacío. Si no, no haga nada.",
    "not_passed_subject": "Su correo no se ha entregado",
    "not_passed": "Su correo {about} a una sola persona no se ha entregado, y nadie lo ha visto.\n\nPor qué: {why}.",
    "lost_subject": "Su correo a {name} no llegó",
    "lost": "Enviamos su correo {about} solo a {name}, pero volvió: no se pudo entregar. {name} no lo ha "
    "visto, y no lo enviamos otra vez.\n\nLo que escriba a la lista misma se sigue leyendo en la "
    "página.",
    "held_subject": "Su correo a {list} espera a un moderador",
    "held": "Su correo {about} ha llegado bien, pero una persona lo mira antes de publicarlo.\n\nPor qué: "
    "{why}.\n\nNo tiene que hacer nada; por favor, no lo envíe otra vez.",
    "refused_subject": "Su correo a {list} no se ha publicado",
    "refused": "Su correo {about} no se ha publicado.\n\nPor qué: {why}.",
    "empty_subject": "Su correo a {list} no tenía palabras suyas",
    "empty": "Su correo {about} llegó, pero en él no encontramos palabras suyas, a lo sumo el texto citado de un "
    "correo anterior o una firma, así que no había nada que publicar. Quizá se envió demasiado pronto.\n\n"
    "Responda otra vez: escriba encima o debajo del texto citado, o entre sus líneas.",
    "owner_subject": "Alguien escribió a su dirección personal de respuesta de {list}",
    "owner": "Cada uno de nuestros correos tiene una dirección de respuesta que es solo suya. {who} ha escrito "
    "a una de ellas, {about}, desde una dirección que no conocemos. Retenemos ese correo, y nada se ha "
    "publicado en su nombre.\n\n- ¿Era usted, desde otra dirección? Dígalo a {owner}, para que se "
    "añada a su nombre.\n- ¿Pasó nuestro correo a alguien que debe participar? Póngalo en copia la "
    "próxima vez que escriba a la lista: su correo aparecerá con su propio nombre.\n- ¿No sabe nada de "
    "esto? Entonces no hay nada que hacer.",
    "probe_subject": "¿Le llegan nuestros correos de {list}?",
    "probe": "Varios de nuestros correos de {list} a esta dirección volvieron, así que hemos dejado de "
    "enviarlos por un tiempo. Este es una prueba: si llega, todo está bien, y los correos vuelven "
    "solos en unos días.\n\nRespóndalo con cualquier palabra para que vuelvan enseguida.",
    "which_subject": "¿Para qué hilo es su respuesta?",
    "which": "Su respuesta {about} empieza así:\n\n> {words}\n\nHa llegado, pero responde a un correo con "
    "varios hilos, y no sabemos cuál quiere decir. Está segura con nosotros y aún no se ha "
    "publicado.\n\nToque el hilo para el que es, y envíe el correo que se abre; puede ir vacío. O "
    "responda a este correo solo con el número.\n\n{rows}La próxima vez use el botón bajo el hilo, o "
    "deje de nuestro correo solo aquello a lo que responde.",
    "which_post": "Publicar ahí",
    "address_subject": "Por favor, confirme: ¿es suya también esta dirección, {name}?",
    "address": "{name}, que participa en {list}, dice que esta dirección también es suya, para que lo que escriba "
    "desde ella aparezca con el mismo nombre.\n\nSi es usted, responda a este correo, aunque sea "
    "vacío. Si no, no haga nada: no pasará nada.",
    "added_subject": "Una dirección más es suya",
    "added": "Lo que escriba desde {address} aparece ahora con su nombre en {list}. Los correos siguen llegando "
    "a la dirección que recibió este.\n\nSi no lo pidió usted, díganoslo enseguida.",
    "why_unknown-sender": "esta dirección no está suscrita a la lista",
    "why_moderated": "un moderador lee antes todos los correos a esta lista",
    "why_join": "un moderador decide quién entra en esta lista",
    "why_guest": "es un invitado a quien un miembro puso en copia",
    "why_no-guests": "la lista no admite correos de quienes no son miembros",
    "why_first-post": "es su primer correo a esta lista",
    "why_unauthenticated": "ninguna señal fiable dice que venga de su dirección",
    "why_not-owner": "llegó a la dirección personal de respuesta de otra persona",
    "why_spam": "un filtro lo tomó por correo basura",
    "why_size": "es muy grande",
    "why_encrypted": "está cifrado, y aquí nadie puede leerlo",
    "why_rate": "han llegado muchos correos suyos en una hora",
    "why_repeats": "repite lo que ya ha escrito en este hilo",
    "why_no-relay": "{name} no recibe correo a través de {list}",
    "why_relay-cap": "hoy ha enviado {number} correos así; mañana podrá de nuevo",
}

MODERATION = {
    "wait_subject": "Un correo a {list} le espera: {subject}",
    "wait": "Un correo a {list} espera su decisión.",
    "many_subject": "{n} correos a {list} le esperan",
    "many": "{n} correos a {list} esperan su decisión.",
    "says": "Dice lo siguiente:",
    "from": "De:",
    "subject": "Asunto:",
    "came": "Llegó:",
    "why": "Por qué espera:",
    "nobody": "nadie a quien se pueda nombrar",
    "none": "(ninguno)",
    "no_subject": "(sin asunto)",
    "sender": "quien lo envió",
    "refuse": "Para rechazarlo, escriba a <{address}>.",
    "reason": "Lo que escriba ahí se envía a {name} como motivo.",
    "untold": "{name} no lo sabrá, pues nadie responde por esa dirección.",
    "let_in": "Para admitir a {name}, escriba a <{address}>; el correo puede estar vacío. Después, {name} "
    "tendrá que confirmarlo.",
    "post": "Para publicarlo, escriba a <{address}>; el correo puede estar vacío. Con la palabra «siempre», "
    "{name} podrá escribir aquí desde ahora.",
    "end": "Si otra persona de la moderación es más rápida, se lo diremos, y nada ocurre dos veces.",
    "decided": "El correo «{subject}» a {list}: {outcome}.",
    "released": "está publicado",
    "always": "está publicado, y quien lo envió puede escribir aquí desde ahora",
    "refused": "está rechazado",
    "refused_told": "está rechazado; quien lo envió sabrá por qué",
    "was_released": "{name} ya lo publicó",
    "was_refused": "{name} ya lo rechazó",
    "gone": "ya no está",
    "waits": "espera",
    "other": "ya está resuelto ({outcome}): nadie tuvo que decidir",
    "passed_subject": "Para la moderación de {list}: {subject}",
    "passed": "Alguien escribió a {address}; eso le llega a usted y a las demás personas responsables.",
    "reply": "Responda a este correo para contestar a quien lo envió.",
    "whole": "El correo entero va adjunto.",
    "too_large": "El correo entero es demasiado grande para adjuntarlo.",
    "lost_subject": "Ya no se puede contactar con {name} de {list}",
    "lost": "Los correos a {name} <{address}> vuelven una y otra vez, también la última prueba:\n\n> "
    "{answer}\n\nYa no se envía nada allí; la suscripción queda, sin correos. Si conoce otra dirección, "
    "añádala con `threadbridge people import`.",
    "policy_subject": "{domain} rechaza los correos de {list}",
    "policy": "El sistema de correo de {domain} rechaza nuestros correos por sus reglas. Dijo:\n\n> "
    "{answer}\n\nEsto no cuenta contra ningún miembro. A menudo hay que arreglar SPF, DKIM o DMARC de "
    "{site}, o la dirección del servidor está en una lista de bloqueo; `threadbridge doctor` dice lo que "
    "ve.",
    "hold_unknown-sender": "su dirección no está suscrita a la lista",
    "hold_moderated": "la moderación lee primero todos los correos a esta lista",
    "hold_join": "su remitente pide entrar en una lista solo para miembros",
    "hold_guest": "viene de una persona invitada, a quien un miembro puso en copia",
    "hold_first-post": "es el primer correo de esta dirección a la lista",
    "hold_unauthenticated": "ninguna señal fiable dice que venga de donde dice",
    "hold_not-owner": "llegó a la dirección de respuesta personal de otra persona",
    "hold_spam": "el filtro lo tomó por spam",
    "hold_size": "es muy grande",
    "hold_rate": "han llegado muchísimos correos de esta dirección en una hora",
    "hold_repeats": "repite lo que ya se escribió en este hilo",
    "hold_bad-token": "su dirección de respuesta no es de las nuestras, o el mensaje ya no está",
    "hold_no-author": "no se puede nombrar a nadie como autor",
    "hold_odd-name": "el nombre del remitente mezcla letras de varias escrituras",
    "hold_self-greeting": "saluda a la persona que lo habría escrito",
    "hold_owner": "es para las personas responsables",
    "hold_which-thread": "no sabemos a qué hilo pertenece",
}

AROUND = {
    "in_reply_to": "En respuesta a {name}",
    "forwarded": "Palabras de {name}, reenviadas por {author}",
    "guest": "{name} escribe como persona invitada, no como miembro de esta lista",
    "copied": "En copia",
    "more": "{names} y {n} más",
    "picture": "imagen",
    "attached": "Adjuntos",
    "answer": "Para responder a todos, basta con responder a este correo.",
    "alone": "Responder solo a {name}",
    "web": "Leer en la web",
    "thread": "Todo el hilo",
    "unsubscribe": "Darse de baja",
    "colon": ":",
}

FRAME = {
    "digest": "{title}, resumen",
    "post_1": "1 mensaje nuevo",
    "post_n": "{n} mensajes nuevos",
    "thread_1": "1 hilo",
    "thread_n": "{n} hilos",
    "posts_in": "{posts} en {threads}",
    "new_of_1": "1 nuevo de {size} mensajes",
    "new_of_n": "{n} nuevos de {size} mensajes",
    "new_1": "1 nuevo",
    "new_n": "{n} nuevos",
    "and": " y ",
    "and_more": "{names} y {n} más",
    "today": "hoy, {clock}",
    "yesterday": "ayer, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} de {month}",
    "heading": "{weekday}, {day} de {month}",
    "since": "desde {when}",
    "for": "para {name}",
    "contents": "En este correo:",
    "to_answer": "Para responder a este hilo, escriba a:",
    "mentions_you": "le menciona",
    "guest": "invitado",
    "words_of": "palabras de {name}, reenviadas",
    "attachment_1": "1 archivo adjunto",
    "attachment_n": "{n} archivos adjuntos",
    "in_reply_to": "En respuesta a {name}:",
    "word_1": "1 palabra más",
    "word_n": "{n} palabras más",
    "threads_1": "y 1 hilo más",
    "threads_n": "y {n} hilos más",
    "answer_one": "Para responder, responda a este correo sin más.",
    "answer_many": "Para responder, escriba a la dirección bajo un hilo; o responda a este correo y deje de él solo "
    "aquello a lo que responde.",
    "on_site": "{site} en la web",
    "unsubscribe": "Darse de baja de {list}",
    "from": "De {names}",
    "answer": "Responder",
    "answer_to": "Responder a {name}",
    "answer_this": "esto",
    "answer_thread": "Responder a este hilo",
    "or_write": "o escriba a",
    "read_on": "Seguir leyendo: {more}",
    "on_web": "En la web",
}
MONTHS = tuple(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)
DAYS = tuple("lunes martes miércoles jueves viernes sábado domingo".split())
