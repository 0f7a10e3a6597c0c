"""What commands are answered with, in Portuguese. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

SENTENCES = {
    "hello": "Olá {name},",
    "hello_all": "Olá,",
    "sign": "Dúvidas? Escreva para {owner}, onde uma pessoa lê.",
    "subject_done": "{list}: feito",
    "subject_told": "{list}: a resposta",
    "subject_help": "{list}: o que se pode fazer por e-mail",
    "subject_ask": "{list}: confirme, por favor",
    "subject_meant": "{list}: era para nós ou para todos?",
    "undo": "Para desfazer, responda a este e-mail com: {word}",
    "for_all": "Era para todos? Responda com {post} e será publicado.",
    "muted": "Já não recebe nada de “{thread}”.",
    "branch_muted": "Já não recebe nada desse e-mail de {author} em “{thread}” nem das respostas a ele. O resto "
    "da conversa continua "
    "a chegar.",
    "unmuted": "“{thread}” volta a chegar como o resto da lista: {mode}.",
    "followed": "Recebe cada nova mensagem de “{thread}”, seja o que for que tenha escolhido.",
    "to_leave": "Para sair de toda a lista, responda a este e-mail com: {word}",
    "mode_set": "{list}: a partir de agora recebe {mode}. Até agora: {before}.",
    "mode_same": "{list}: nada a mudar, recebe {mode}.",
    "not_subscribed": "Não está inscrito em {list}. Para se inscrever, escreva para {address}.",
    "subscribed": "Está inscrito em {list} e recebe {mode}.",
    "left": "Saiu de {list} e não recebe mais e-mails. Para voltar, escreva para {address}.",
    "away": "Está de férias até {day}. O que se escrever até lá é guardado e chega depois.",
    "back": "As suas férias acabaram: os e-mails voltam.",
    "not_away": "Não estava de férias; os e-mails chegam como antes.",
    "day_form": "“{text}” não é um dia que saibamos ler, por isso nada mudou. Escreva por exemplo: {example}",
    "day_ambiguous": "“{text}” pode ser dois dias diferentes, por isso nada mudou. Escreva por exemplo: {example}",
    "day_past": "“{text}” é hoje ou já passou, por isso nada mudou. Escreva um dia que venha, por exemplo: "
    "{example}",
    "day_far": "“{text}” está a mais de dois anos, por isso nada mudou. Escreva por exemplo: {example}",
    "who": "{number} pessoas estão inscritas em {list}:",
    "who_not": "Não dizemos quem está inscrito em {list}.",
    "more": "e mais {number}",
    "lists": "As listas daqui:",
    "status": "O que recebe:",
    "status_none": "Não está inscrito em nenhuma lista.",
    "status_away": "Está de férias até {day}.",
    "status_hours": "Os resumos chegam às {hour}:00, os semanais no dia {weekday} da semana; o seu fuso horário "
    "é {zone}.",
    "status_follow": "Conversas que segue:",
    "status_mute": "Conversas silenciadas:",
    "kept": "Tudo o que o seu e-mail continha vê-se de novo: {link}",
    "kept_nothing": "Não há nada dobrado no que escreveu nesta conversa.",
    "unmasked": "Todos veem a sua mensagem tal como a escreveu, exceto os endereços de e-mail: {link}",
    "masked": "Os telefones, moradas e ligações privadas da sua mensagem estão de novo escondidos: {link}",
    "masked_nothing": "Não escreveu nada nesta conversa.",
    "add_asked": "Escrevemos para {address}. Assim que esse mail tiver resposta, o que vier de lá também é seu.",
    "add_own": "{address} já é seu.",
    "add_not": "{address} não pode ser adicionado por mail. Escreva para {owner}.",
    "add_form": "Escreva o endereço depois da palavra, por exemplo: {example}",
    "relay_off": "Ninguém pode mais escrever só para si através de nós.",
    "relay_on": "Outros podem escrever só para si através de nós; não veem o seu endereço.",
    "forgotten": "O que sabemos de si está a ser apagado, como pediu. Este é o nosso último e-mail.",
    "no_thread": "{word} escreve-se em resposta a um e-mail da conversa de que se trata.",
    "ask": "Alguém, esperamos que você, pediu-nos isto:",
    "ask_yes": "É o que quer? Então responda a este e-mail, mesmo vazio. Se não, não faça nada: tudo fica como "
    "está.",
    "meant": "A “{thread}” respondeu só “{text}”. Se quer que o façamos ({what}), responda {yes}. Se é a sua "
    "resposta aos "
    "outros, responda {post} e será publicada.",
    "unchanged": "Nada mudou.",
    "too_old": "O e-mail de que se trata é demasiado antigo ou já não existe. Peça de novo, por favor.",
    "not_understood": "Não encontrámos nenhum comando no início do seu e-mail, por isso nada mudou.",
    "help": "Para escrever a todos, escreva para {list_address}; para responder a um e-mail, basta responder. "
    "Além disso "
    "pode enviar uma destas palavras para {request_address}, ou em resposta a um dos nossos e-mails, sozinha na "
    "primeira linha:",
    "help_page": "As conversas leem-se também em {url}.",
    "yes": "sim",
    "example": "férias até 31/3/2027",
}

DOES = {
    Verb.SUBSCRIBE: "inscrever-se na lista",
    Verb.UNSUBSCRIBE: "sair da lista",
    Verb.STOP: "mais nada desta conversa",
    Verb.EACH: "cada mensagem no seu e-mail",
    Verb.DAILY: "um resumo por dia",
    Verb.WEEKLY: "um resumo por semana",
    Verb.MENTIONS: "só o que o menciona",
    Verb.NONE: "nenhum e-mail",
    Verb.MUTE: "mais nada desta conversa",
    Verb.MUTE_BRANCH: "mais nada deste e-mail e das respostas a ele",
    Verb.UNMUTE: "a conversa de novo, como de costume",
    Verb.FOLLOW: "cada mensagem desta conversa",
    Verb.UNFOLLOW: "a conversa como de costume",
    Verb.VACATION: "guardar os meus e-mails até esse dia",
    Verb.BACK: "terminar as minhas férias",
    Verb.WHO: "quem está inscrito",
    Verb.LISTS: "que listas há",
    Verb.STATUS: "o que escolhi",
    Verb.KEEP: "mostrar o que está dobrado na minha mensagem",
    Verb.UNMASK: "mostrar a todos os telefones, moradas e ligações da minha mensagem",
    Verb.MASK: "escondê-los de novo",
    Verb.ADD: "mais um endereço próprio, escrito depois da palavra",
    Verb.RELAY_OFF: "nenhum mail de outros só para mim",
    Verb.RELAY_ON: "de novo mails só para mim",
    Verb.FORGET_ME: "apagar tudo o que sabem de mim; não se pode desfazer",
    Verb.HELP: "esta ajuda",
}
