"""What we write to people, in Portuguese. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

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
    "thread_mode": "De «{thread}» a partir de agora recebe {mode}. O resto da lista chega como antes.",
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
    "status_hours": "Os resumos chegam às {hour}:00, os semanais em cada {weekday}; o seu fuso horário "
    "é {zone}.",
    "status_follow": "Conversas que segue:",
    "status_mute": "Conversas silenciadas:",
    "status_threads": "Conversas de que recebe {mode}:",
    "kept": "Tudo o que o seu e-mail continha vê-se de novo: {link}",
    "kept_nothing": "Não há nada dobrado no que escreveu nesta conversa.",
    "unmasked": "Todos veem a sua mensagem tal como a escreveu, exceto os endereços de e-mail: {link}",
    "masked": "Os telefones, moradas e ligações privadas da sua mensagem estão de novo escondidos: {link}",
    "masked_nothing": "Não escreveu nada nesta conversa.",
    "add_asked": "Escrevemos para {address}. Assim que esse mail tiver resposta, o que vier de lá também é seu.",
    "add_own": "{address} já é seu.",
    "add_not": "{address} não pode ser adicionado por e-mail. Escreva para {owner}.",
    "add_form": "Escreva o endereço depois da palavra, por exemplo: {example}",
    "relay_off": "Ninguém pode mais escrever só para si através de nós.",
    "relay_on": "Outros podem escrever só para si através de nós; não veem o seu endereço.",
    "quiet_set": "Nada lhe é enviado das {begin}:00 às {end}:00; o que vier então segue às {end}:00.",
    "quiet_off": "Já não tem horas calmas.",
    "hours_form": "“{text}” não se entende aqui, por isso nada mudou. Escreva assim: {example}",
    "own_on": "As suas mensagens também lhe chegam.",
    "own_off": "As suas mensagens já não lhe chegam.",
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
    Verb.THREAD_DAILY: "um resumo desta conversa por dia",
    Verb.THREAD_WEEKLY: "um resumo desta conversa por semana",
    Verb.THREAD_MENTIONS: "desta conversa, só o que o menciona",
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
    Verb.HOUR: "a hora dos meus resumos, depois da palavra",
    Verb.WEEKDAY: "o dia do meu resumo semanal",
    Verb.QUIET: "horas sem e-mail, como 22-7",
    Verb.ZONE: "o meu fuso horário, como Europe/Lisbon",
    Verb.OWN_ON: "cópias das minhas mensagens",
    Verb.OWN_OFF: "sem cópias das minhas mensagens",
    Verb.FORGET_ME: "apagar tudo o que sabem de mim, as minhas mensagens ficam sem nome; não se pode desfazer",
    Verb.FORGET_ALL: "apagar tudo o que sabem de mim e também as minhas mensagens; não se pode desfazer",
    Verb.HELP: "esta ajuda",
}

LETTERS = {
    "about": "“{subject}”",
    "about_none": "sem assunto",
    "somebody": "Alguém",
    "a_member": "Um membro",
    "confirm_subject": "Confirme, por favor: quer os e-mails de {list}?",
    "confirm": "Alguém, esperamos que você, pediu que os e-mails de {list} sejam enviados para este "
    "endereço.\n\nSe os quer, responda a este e-mail, mesmo vazio. Se não, não faça nada: nada chegará.",
    "expired": "Respondeu a um e-mail nosso de há mais de {days} dias, por isso ainda nada aconteceu. Aqui está "
    "um novo.",
    "welcome_subject": "Boas-vindas a {list}",
    "welcome": "A partir de agora recebe os e-mails de {list}, e o que escrever para {address} vai para todos. "
    "Para responder a um e-mail, basta responder.\n\nAs conversas leem-se também em {page}.\n\nPara "
    "sair, escreva para {leave}, ou use a ligação no fim de cada e-mail.",
    "leave_subject": "Confirme, por favor: quer sair de {list}?",
    "leave": "Um e-mail em seu nome pediu que não lhe cheguem mais e-mails de {list}.\n\nSe é o que quer, "
    "responda a este e-mail ou abra esta página: {link}\n\nSe não, não faça nada: tudo fica como está.",
    "left_subject": "Saiu de {list}",
    "left": "Já não recebe e-mails de {list}. Se foi engano, escreva para {address} e está de volta.",
    "guest_subject": "{member} pôs você em cópia numa conversa de {list}",
    "guest": "{member} enviou-lhe uma cópia de um e-mail {about}, dirigido a {list}, uma lista de e-mail e "
    "fórum de {site}. Não tem conta lá e não precisa; este é o único e-mail deste género sobre essa "
    "conversa.\n\n- Se responder a esse e-mail com a lista entre os destinatários, ou responder a "
    "este, a sua resposta entra na conversa com o seu nome, como convidado; {reads}.{first} A partir "
    "daí recebe o que outros lá escrevem.\n- Se escrever só para {member}, a lista não saberá de "
    "nada.\n- Se não quer nada disto, não faça nada. Para ter a certeza, responda a este e-mail com "
    "uma só palavra: stop\n  ou envie um e-mail vazio para {stop}; então não voltamos a escrever-lhe "
    "sobre o que outros lhe enviam em cópia.",
    "guest_public": "qualquer pessoa a pode ler na web",
    "guest_members": "leem-na os membros",
    "guest_first": "Primeiro vê-a um moderador.",
    "stopped_subject": "Já não recebe esta conversa",
    "stopped": "Não lhe enviamos mais nada da conversa {about} de {list}, nem avisos de e-mails que alguém lhe "
    "envie em cópia. Quem o põe em cópia continua a escrever-lhe diretamente.\n\nFoi engano? Escreva "
    "para {address} e recebe todos os e-mails da lista.",
    "stop_subject": "Não quer mais nada de {list}?",
    "stop": "Um e-mail em seu nome dizia stop. Se não quer mais nada da conversa {about}, responda a este "
    "e-mail, mesmo vazio. Se não, não faça nada.",
    "not_passed_subject": "O seu e-mail não foi entregue",
    "not_passed": "O seu e-mail {about} para uma só pessoa não foi entregue, e ninguém o viu.\n\nPorquê: {why}.",
    "lost_subject": "O seu e-mail para {name} não chegou",
    "lost": "Enviámos o seu e-mail {about} só para {name}, mas voltou: não pôde ser entregue. {name} não o "
    "viu, e não o enviamos de novo.\n\nO que escrever para a lista continua a ler-se na página.",
    "held_subject": "O seu e-mail para {list} espera por um moderador",
    "held": "O seu e-mail {about} chegou bem, mas uma pessoa vê-o antes de ser publicado.\n\nPorquê: "
    "{why}.\n\nNão precisa de fazer nada; por favor, não o envie de novo.",
    "refused_subject": "O seu e-mail para {list} não foi publicado",
    "refused": "O seu e-mail {about} não foi publicado.\n\nPorquê: {why}.",
    "empty_subject": "O seu e-mail para {list} não tinha palavras suas",
    "empty": "O seu e-mail {about} chegou, mas nele não encontrámos palavras suas, quando muito o texto citado "
    "de um e-mail anterior ou uma assinatura, por isso não havia nada a publicar. Talvez tenha saído cedo "
    "demais.\n\nResponda mais uma vez: acima ou abaixo do texto citado, ou entre as suas linhas.",
    "owner_subject": "Alguém escreveu para o seu endereço pessoal de resposta de {list}",
    "owner": "Cada um dos nossos e-mails tem um endereço de resposta que é só seu. {who} escreveu para um "
    "deles, {about}, de um endereço que não conhecemos. Retemos esse e-mail, e nada foi publicado em "
    "seu nome.\n\n- Foi você, de outro endereço? Diga-o a {owner}, para que seja juntado ao seu "
    "nome.\n- Passou o nosso e-mail a alguém que deve participar? Ponha essa pessoa em cópia quando "
    "voltar a escrever para a lista: o e-mail dela aparece com o nome dela.\n- Não sabe nada disto? "
    "Então não há nada a fazer.",
    "probe_subject": "Os nossos e-mails de {list} chegam até si?",
    "probe": "Vários dos nossos e-mails de {list} para este endereço voltaram, por isso deixámos de enviar por "
    "um tempo. Este é um teste: se chegar, está tudo bem, e os e-mails voltam por si em poucos "
    "dias.\n\nResponda com qualquer palavra para que voltem já.",
    "which_subject": "Para que conversa é a sua resposta?",
    "which": "A sua resposta {about} começa assim:\n\n> {words}\n\nChegou, mas responde a um e-mail com várias "
    "conversas, e não sabemos qual quer dizer. Está segura connosco e ainda não foi "
    "publicada.\n\nToque na conversa para que ela é, e envie o e-mail que se abre; pode ir vazio. Ou "
    "responda a este e-mail só com o número.\n\n{rows}Da próxima vez use o botão por baixo da "
    "conversa, ou deixe do nosso e-mail só aquilo a que responde.",
    "which_post": "Publicar aí",
    "address_subject": "Confirme, por favor: este endereço também é seu, {name}?",
    "address": "{name}, que participa em {list}, diz que este endereço também é seu, para que o que dele vier "
    "apareça com o mesmo nome.\n\nSe é você, responda a este e-mail, mesmo vazio. Se não, não faça "
    "nada: nada acontece.",
    "added_subject": "Mais um endereço é seu",
    "added": "O que escrever de {address} aparece agora com o seu nome em {list}. Os e-mails continuam a chegar "
    "ao endereço que recebeu este.\n\nSe não foi você que pediu, diga-nos já.",
    "why_unknown-sender": "este endereço não está inscrito na lista",
    "why_moderated": "um moderador lê primeiro todos os e-mails para esta lista",
    "why_join": "um moderador decide quem entra nesta lista",
    "why_guest": "é um convidado que um membro pôs em cópia",
    "why_no-guests": "a lista não aceita e-mails de quem não é membro",
    "why_first-post": "é o seu primeiro e-mail para esta lista",
    "why_unauthenticated": "nenhum sinal fiável diz que vem do seu endereço",
    "why_not-owner": "veio para o endereço pessoal de resposta de outra pessoa",
    "why_spam": "um filtro tomou-o por spam",
    "why_size": "é muito grande",
    "why_encrypted": "está cifrado, e ninguém o pode ler aqui",
    "why_rate": "chegaram muitos e-mails seus numa hora",
    "why_repeats": "repete o que já escreveu nesta conversa",
    "why_no-relay": "{name} não recebe e-mail através de {list}",
    "why_relay-cap": "hoje enviou {number} e-mails destes; amanhã pode enviar mais",
}

MODERATION = {
    "wait_subject": "Um e-mail para {list} espera por si: {subject}",
    "wait": "Um e-mail para {list} espera a sua decisão.",
    "many_subject": "{n} e-mails para {list} esperam por si",
    "many": "{n} e-mails para {list} esperam a sua decisão.",
    "says": "Diz o seguinte:",
    "from": "De:",
    "subject": "Assunto:",
    "came": "Chegou:",
    "why": "Porque espera:",
    "nobody": "ninguém que se possa nomear",
    "none": "(nenhum)",
    "no_subject": "(sem assunto)",
    "sender": "quem o enviou",
    "refuse": "Para o recusar, escreva para <{address}>.",
    "reason": "O que lá escrever é enviado a {name} como motivo.",
    "untold": "{name} não o saberá, pois ninguém responde por esse endereço.",
    "let_in": "Para admitir {name}, escreva para <{address}>; o e-mail pode estar vazio. Depois, {name} "
    "terá de confirmar.",
    "post": "Para o publicar, escreva para <{address}>; o e-mail pode estar vazio. Com a palavra “sempre”, {name}"
    " pode escrever aqui daqui em diante.",
    "end": "Se outra pessoa da moderação for mais rápida, saberá disso, e nada acontece duas vezes.",
    "decided": "O e-mail “{subject}” para {list}: {outcome}.",
    "released": "está publicado",
    "always": "está publicado, e quem o enviou pode escrever aqui daqui em diante",
    "refused": "está recusado",
    "refused_told": "está recusado; quem o enviou saberá porquê",
    "was_released": "{name} já o publicou",
    "was_refused": "{name} já o recusou",
    "gone": "já não existe",
    "waits": "espera",
    "other": "já está resolvido ({outcome}): ninguém teve de decidir",
    "passed_subject": "Para a moderação de {list}: {subject}",
    "passed": "Alguém escreveu para {address}; chega a si e às outras pessoas responsáveis.",
    "reply": "Responda a este e-mail para responder a quem o enviou.",
    "whole": "O e-mail inteiro vai em anexo.",
    "too_large": "O e-mail inteiro é grande demais para ir em anexo.",
    "lost_subject": "{name} de {list} já não está contactável",
    "lost": "Os e-mails para {name} <{address}> voltam sempre, também o último teste:\n\n> {answer}\n\nJá nada "
    "vai para lá; a subscrição fica, sem e-mails. Se conhece outro endereço, acrescente-o com "
    "`threadbridge people import`.",
    "policy_subject": "{domain} recusa os e-mails de {list}",
    "policy": "O sistema de correio de {domain} recusa os nossos e-mails pelas suas regras. Disse:\n\n> "
    "{answer}\n\nIsto não conta contra nenhum membro. Muitas vezes há que corrigir SPF, DKIM ou DMARC de "
    "{site}, ou o endereço do servidor está numa lista de bloqueio; `threadbridge doctor` diz o que vê.",
    "hold_unknown-sender": "o seu endereço não está inscrito na lista",
    "hold_moderated": "a moderação lê primeiro todos os e-mails para esta lista",
    "hold_join": "o remetente pede para entrar numa lista só para membros",
    "hold_guest": "vem de uma pessoa convidada, que um membro pôs em cópia",
    "hold_first-post": "é o primeiro e-mail deste endereço para a lista",
    "hold_unauthenticated": "nenhum sinal fiável diz que vem de onde diz",
    "hold_not-owner": "chegou ao endereço de resposta pessoal de outra pessoa",
    "hold_spam": "o filtro tomou-o por spam",
    "hold_size": "é muito grande",
    "hold_rate": "chegaram muitíssimos e-mails deste endereço numa hora",
    "hold_repeats": "repete o que já foi escrito nesta conversa",
    "hold_bad-token": "o seu endereço de resposta não é dos nossos, ou a mensagem já não existe",
    "hold_no-author": "ninguém pode ser nomeado como autor",
    "hold_odd-name": "o nome de quem o enviou mistura letras de várias escritas",
    "hold_self-greeting": "cumprimenta a pessoa que o teria escrito",
    "hold_owner": "é para as pessoas responsáveis",
    "hold_which-thread": "não sabemos a que conversa pertence",
}

AROUND = {
    "in_reply_to": "Em resposta a {name}",
    "forwarded": "Palavras de {name}, reencaminhadas por {author}",
    "guest": "{name} escreve como convidado, não como membro desta lista",
    "copied": "Em cópia",
    "more": "{names} e mais {n}",
    "picture": "imagem",
    "attached": "Anexos",
    "answer": "Para responder a todos, basta responder a este e-mail.",
    "alone": "Responder só a {name}",
    "web": "Ler na web",
    "thread": "Toda a conversa",
    "unsubscribe": "Cancelar a subscrição",
    "colon": ":",
}

FRAME = {
    "digest": "{title}, resumo",
    "post_1": "1 mensagem nova",
    "post_n": "{n} mensagens novas",
    "thread_1": "1 conversa",
    "thread_n": "{n} conversas",
    "posts_in": "{posts} em {threads}",
    "new_of_1": "1 nova de {size} mensagens",
    "new_of_n": "{n} novas de {size} mensagens",
    "new_1": "1 nova",
    "new_n": "{n} novas",
    "and": " e ",
    "and_more": "{names} e mais {n}",
    "today": "hoje, {clock}",
    "yesterday": "ontem, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} de {month}",
    "heading": "{weekday}, {day} de {month}",
    "since": "desde {when}",
    "for": "para {name}",
    "contents": "Neste e-mail:",
    "to_answer": "Para responder a esta conversa, escreva para:",
    "mentions_you": "menciona-o a si",
    "guest": "convidado",
    "words_of": "palavras de {name}, reencaminhadas",
    "attachment_1": "1 anexo",
    "attachment_n": "{n} anexos",
    "in_reply_to": "Em resposta a {name}:",
    "word_1": "mais 1 palavra",
    "word_n": "mais {n} palavras",
    "threads_1": "e mais 1 conversa",
    "threads_n": "e mais {n} conversas",
    "answer_one": "Para responder, basta responder a este e-mail.",
    "answer_many": "Para responder, escreva para o endereço por baixo de uma conversa; ou responda a este e-mail e "
    "deixe dele só aquilo a que responde.",
    "on_site": "{site} na web",
    "unsubscribe": "Sair de {list}",
    "from": "De {names}",
    "answer": "Responder",
    "answer_to": "Responder a {name}",
    "answer_this": "isto",
    "answer_thread": "Responder a esta conversa",
    "or_write": "ou escreva para",
    "read_on": "Continuar a ler: {more}",
    "on_web": "Na web",
}
MONTHS = tuple(
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()
)
DAYS = tuple("segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo".split())
