"""What commands are answered with, in Spanish. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

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
    "status_hours": "Los resúmenes llegan a las {hour}:00, los semanales el día {weekday} de la semana; su zona "
    "horaria es {zone}.",
    "status_follow": "Hilos que sigue:",
    "status_mute": "Hilos silenciados:",
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
    Verb.FORGET_ME: "borrar todo lo que saben de mí; no se puede deshacer",
    Verb.HELP: "esta ayuda",
}
