"""What we write to people, in English. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.verbs import Verb

SENTENCES = {
    "hello": "Hello {name},",
    "hello_all": "Hello,",
    "sign": "Questions? Write to {owner}, where a person reads.",
    "subject_done": "{list}: done as you asked",
    "subject_told": "{list}: your answer",
    "subject_help": "{list}: what you can do by mail",
    "subject_ask": "{list}: please confirm what you asked for",
    "subject_meant": "{list}: was that for us, or for everyone?",
    "undo": "To undo it, answer this mail with: {word}",
    "for_all": "Was it meant for everyone in the thread? Answer with {post}, and it is posted.",
    "muted": "You hear no more of “{thread}”.",
    "branch_muted": "You hear no more of that mail of {author} in “{thread}”, nor of what answers it. The rest "
    "of the thread "
    "still comes.",
    "unmuted": "“{thread}” comes to you again, as the rest of the list does: {mode}.",
    "followed": "You get every new post of “{thread}”, whatever else you have chosen.",
    "thread_mode": "Of “{thread}” you get {mode} from now on. The rest of the list comes as before.",
    "to_leave": "To leave the whole list, answer this mail with: {word}",
    "mode_set": "{list}: from now on you get {mode}. Until now it was {before}.",
    "mode_same": "{list}: nothing to change, you get {mode}.",
    "not_subscribed": "You are not subscribed to {list}. To join, write to {address}.",
    "subscribed": "You are subscribed to {list}, and get {mode}.",
    "left": "You have left {list}, and get no more of its mails. To come back, write to {address}.",
    "away": "You are on vacation until {day}. What is written until then is collected for you and comes after "
    "that day.",
    "back": "Your vacation is over: mails come again.",
    "not_away": "You are not on vacation; mails come as they did.",
    "day_form": "“{text}” is not a day that we can read, so nothing has changed. Write it as in: {example}",
    "day_ambiguous": "“{text}” could be two different days, so nothing has changed. Write it as in: {example}",
    "day_past": "“{text}” is today or has passed, so nothing has changed. Write a day to come, as in: {example}",
    "day_far": "“{text}” is more than two years from now, so nothing has changed. Write it as in: {example}",
    "who": "{number} people are subscribed to {list}:",
    "who_not": "Who is subscribed to {list} is not told.",
    "more": "and {number} more",
    "lists": "The lists here:",
    "status": "What you get:",
    "status_none": "You are not subscribed to any list here.",
    "status_away": "You are on vacation until {day}.",
    "status_hours": "Digests come at {hour}:00, weekly ones on {weekday}; your time zone is {zone}.",
    "status_follow": "Threads that you follow:",
    "status_mute": "Threads that you have muted:",
    "status_threads": "Threads of which you get {mode}:",
    "kept": "All that your mail held is shown again: {link}",
    "kept_nothing": "Nothing is folded in what you wrote in this thread.",
    "unmasked": "What you wrote is shown to everybody as you wrote it, but for mail addresses: {link}",
    "masked": "Telephone numbers, postal addresses and private links in your post are "
    "hidden from the public again: {link}",
    "masked_nothing": "You have written nothing in this thread.",
    "add_asked": "We have written to {address}. Once you have answered that mail, what you write "
    "from there is yours too.",
    "add_own": "{address} is yours already.",
    "add_not": "{address} cannot be added by mail. Please write to {owner}.",
    "add_form": "Write the address behind the word, as in: {example}",
    "relay_off": "Nobody can write to you alone through us any more.",
    "relay_on": "Others can write to you alone through us; they do not see your address.",
    "quiet_set": "Nothing is sent to you from {begin}:00 to {end}:00; what comes then follows at {end}:00.",
    "quiet_off": "You have no quiet hours any more.",
    "hours_form": "“{text}” cannot be read here, so nothing has changed. Write it as in: {example}",
    "own_on": "Your own posts come to you, too.",
    "own_off": "Your own posts do not come to you any more.",
    "forgotten": "What we know of you is being removed, as you asked. This is our last mail to you.",
    "no_thread": "{word} works as an answer to a mail of the thread that you mean.",
    "ask": "Somebody, we hope it was you, has asked us for this:",
    "ask_yes": "Do you want it? Then just answer this mail; it may be empty. If not, do nothing: all stays as "
    "it is.",
    "meant": "To “{thread}” you have answered only “{text}”. If you want us to do that ({what}), answer {yes}. "
    "If it is your "
    "answer to the others, reply with {post}, and it is posted.",
    "unchanged": "Nothing has changed.",
    "too_old": "The mail that this was about is too old or gone. Please ask again.",
    "not_understood": "We found no command at the top of your mail, so nothing has changed.",
    "help": "To write to everyone, write to {list_address}; to answer a mail, just reply to it. Besides, you "
    "may send one of "
    "these words to {request_address}, or as an answer to any of our mails, alone in the first line:",
    "help_page": "The threads stand at {url} too.",
    "yes": "yes",
    "example": "vacation until 2027-03-31",
}

DOES = {
    Verb.SUBSCRIBE: "join the list",
    Verb.UNSUBSCRIBE: "leave the list",
    Verb.STOP: "no more mails of this thread",
    Verb.EACH: "each post in a mail of its own",
    Verb.DAILY: "one digest a day",
    Verb.WEEKLY: "one digest a week",
    Verb.MENTIONS: "only posts that mention you",
    Verb.NONE: "no mails",
    Verb.MUTE: "no more of this thread",
    Verb.MUTE_BRANCH: "no more of this mail and its answers",
    Verb.UNMUTE: "the thread again, as usual",
    Verb.FOLLOW: "every post of this thread",
    Verb.UNFOLLOW: "the thread as usual",
    Verb.THREAD_DAILY: "one digest a day of this thread",
    Verb.THREAD_WEEKLY: "one digest a week of this thread",
    Verb.THREAD_MENTIONS: "of this thread only posts that mention you",
    Verb.VACATION: "collect my mails until that day",
    Verb.BACK: "end my vacation",
    Verb.WHO: "who is subscribed",
    Verb.LISTS: "which lists there are",
    Verb.STATUS: "what I have chosen",
    Verb.KEEP: "show the folded parts of my post",
    Verb.UNMASK: "show telephone numbers, addresses and links of my post to everybody",
    Verb.MASK: "hide them again",
    Verb.ADD: "one more address of yours, which stands behind the word",
    Verb.RELAY_OFF: "no mail from others to you alone",
    Verb.RELAY_ON: "mail from others to you alone, as usual",
    Verb.HOUR: "the hour of my digests, which stands behind the word",
    Verb.WEEKDAY: "the weekday of my weekly digest",
    Verb.QUIET: "hours without letters, as in 22-7",
    Verb.ZONE: "my time zone, as in Europe/Brussels",
    Verb.OWN_ON: "copies of my own posts",
    Verb.OWN_OFF: "no copies of my own posts",
    Verb.FORGET_ME: "remove me and what you know of me, my posts stay under no name; this cannot be undone",
    Verb.FORGET_ALL: "remove me and what you know of me, and my posts too; this cannot be undone",
    Verb.HELP: "this help",
}

LETTERS = {
    "about": "“{subject}”",
    "about_none": "without a subject",
    "somebody": "Somebody",
    "a_member": "A member",
    "confirm_subject": "Please confirm: do you want the mails of {list}?",
    "confirm": "Somebody, we hope it was you, asked that the mails of {list} be sent to this address.\n\nIf you "
    "want them, just answer this mail; it may be empty. If not, do nothing: nothing will come.",
    "expired": "You have answered a letter of ours that was sent more than {days} days ago, so nothing has "
    "happened yet. Here is a new one.",
    "welcome_subject": "Welcome to {list}",
    "welcome": "From now on you get the mails of {list}, and whatever you write to {address} goes to everyone "
    "there. To answer a mail, just reply to it.\n\nThe threads stand at {page} too.\n\nTo leave, write "
    "to {leave}, or use the link below any mail.",
    "leave_subject": "Please confirm: do you want to leave {list}?",
    "leave": "A mail in your name asked that you get no more mails of {list}.\n\nIf that is what you want, just "
    "answer this mail, or open this page: {link}\n\nIf not, do nothing: all stays as it is.",
    "left_subject": "You have left {list}",
    "left": "You get no more mails of {list}. If that was a mistake, write to {address} and you are back.",
    "guest_subject": "{member} copied you in a conversation of {list}",
    "guest": "{member} has sent you a copy of a mail {about}, which went to {list}, a mailing list and forum of "
    "{site}. You have no account there and need none; this is the only letter of this kind about that "
    "conversation.\n\n- If you answer that mail with the list among its recipients, or answer this "
    "letter, your answer joins the conversation under your name, as a guest's; {reads}.{first} From "
    "then on you get what others write there.\n- If you write to {member} only, the list hears nothing "
    "of it.\n- If you want nothing of this, do nothing. To be sure, answer this letter with the one "
    "word: stop\n  or send an empty mail to {stop}; then we do not write to you again about what "
    "others copy to you.",
    "guest_public": "anybody can read it on the web",
    "guest_members": "its members read it",
    "guest_first": "A moderator looks at it first.",
    "stopped_subject": "You get no more of this conversation",
    "stopped": "We send you no more of the conversation {about} of {list}, and no notes about mails that somebody "
    "copies to you. People who copy you still write to you themselves.\n\nWas that a mistake? Write to "
    "{address} and you get all mails of the list.",
    "stop_subject": "Shall we send you no more of {list}?",
    "stop": "A mail in your name said stop. If you want no more of the conversation {about}, just answer this "
    "letter; it may be empty. If not, do nothing.",
    "not_passed_subject": "Your mail was not passed on",
    "not_passed": "Your mail {about} to one person alone was not passed on, and nobody has seen it.\n\nWhy: {why}.",
    "lost_subject": "Your mail to {name} did not arrive",
    "lost": "Your mail {about} to {name} alone was passed on, but it came back: it could not be delivered. "
    "{name} has not seen it, and we do not send it again.\n\nWhat you write to the list itself can "
    "still be read on the page.",
    "held_subject": "Your mail to {list} waits for a moderator",
    "held": "Your mail {about} is safe with us, but a person looks at it before it is posted.\n\nWhy: "
    "{why}.\n\nThere is nothing that you need to do; please do not send it again.",
    "refused_subject": "Your mail to {list} was not posted",
    "refused": "Your mail {about} was not posted.\n\nWhy: {why}.",
    "empty_subject": "Your mail to {list} held no words of your own",
    "empty": "Your mail {about} came in, but we found no words of your own in it, at most the quoted text of an "
    "earlier mail or a signature, so there was nothing to post. Perhaps it was sent too soon.\n\nJust answer "
    "once more: write above or below the quoted text, or between its lines.",
    "owner_subject": "Somebody wrote to your personal reply address of {list}",
    "owner": "Each of our letters to you has a reply address that is yours alone. {who} has written to one of "
    "them, {about}, from an address that we do not know. We hold that mail, and nothing was posted in "
    "your name.\n\n- Was it you, from another address? Tell {owner}, so that it is added to your "
    "name.\n- Did you pass our letter on to somebody whom you want to take part? Copy him when you "
    "next write to the list: then his mail is posted under his own name.\n- Do you know nothing of it? "
    "Then there is nothing that you need to do.",
    "probe_subject": "Do our mails of {list} reach you?",
    "probe": "Several of our mails of {list} to this address came back, so we have stopped sending for a while. "
    "This one is a test: if it arrives, all is well, and the mails go on in a few days by "
    "themselves.\n\nJust answer it, with any word, to have them go on at once.",
    "which_subject": "Which thread is your answer for?",
    "which": "Your answer {about} begins:\n\n> {words}\n\nIt came in, but it answers a mail with several "
    "threads, and we cannot tell which one you mean. It is safe with us and not posted yet.\n\nTap the "
    "thread that it is for, and send the mail that opens; it may be empty. Or answer this mail with "
    "the number alone.\n\n{rows}Next time, use the button below the thread, or keep of our mail only "
    "what you answer.",
    "which_post": "Post it there",
    "address_subject": "Please confirm: is this your address too, {name}?",
    "address": "{name}, who takes part in {list}, says that this address is his too, so that what he writes from "
    "it comes under the same name.\n\nIf that is you, just answer this mail; it may be empty. If not, "
    "do nothing: nothing will come of it.",
    "added_subject": "One more address is yours",
    "added": "What you write from {address} now comes under your name in {list}. Letters go on coming to the "
    "address that this one came to.\n\nIf it was not you who asked for that, tell us at once.",
    "why_unknown-sender": "this address is not subscribed to the list",
    "why_moderated": "a moderator reads all mails to this list first",
    "why_join": "a moderator decides who joins this list",
    "why_guest": "you are a guest whom a member copied",
    "why_no-guests": "the list takes no mail from people who are not members",
    "why_first-post": "it is your first mail to this list",
    "why_unauthenticated": "no trusted sign says that it comes from your address",
    "why_not-owner": "it came to the personal reply address of somebody else",
    "why_spam": "a spam filter took it for spam",
    "why_size": "it is very large",
    "why_encrypted": "it is encrypted, and nobody can read it here",
    "why_rate": "very many mails of yours have come within an hour",
    "why_repeats": "it repeats what you have written to this thread before",
    "why_no-relay": "{name} takes no mail through {list}",
    "why_relay-cap": "you have sent {number} such mails today; tomorrow there may be more",
}

MODERATION = {
    "wait_subject": "A mail to {list} waits for you: {subject}",
    "wait": "a mail to {list} waits for your decision.",
    "many_subject": "{n} mails to {list} wait for you",
    "many": "{n} mails to {list} wait for your decision.",
    "says": "This is what it says:",
    "from": "From:",
    "subject": "Subject:",
    "came": "Came in:",
    "why": "Why it waits:",
    "nobody": "nobody who can be named",
    "none": "(none)",
    "no_subject": "(no subject)",
    "sender": "the sender",
    "refuse": "To refuse it, write to <{address}>.",
    "reason": "What you write there is sent to {name} as the reason.",
    "untold": "{name} is not told, for nobody vouches for that address.",
    "let_in": "To let {name} in, write to <{address}>; the mail may be empty. After that, {name} is asked "
    "to confirm.",
    "post": "To post it, write to <{address}>; the mail may be empty. With the word “always” in it, {name} may "
    "write here from now on.",
    "end": "If another moderator is faster, you are told so, and nothing happens twice.",
    "decided": "the mail “{subject}” to {list}: {outcome}.",
    "released": "it is released",
    "always": "it is released, and its sender may write here from now on",
    "refused": "it is refused",
    "refused_told": "it is refused; its sender is told why",
    "was_released": "it was released by {name} already",
    "was_refused": "it was refused by {name} already",
    "gone": "it is gone",
    "waits": "it waits",
    "other": "it is {outcome}: nobody had to decide",
    "passed_subject": "For the moderators of {list}: {subject}",
    "passed": "somebody wrote to {address}, which reaches you and the others who look after it.",
    "reply": "Reply to this mail to answer the sender.",
    "whole": "The whole mail is attached.",
    "too_large": "The whole mail is too large to be attached.",
    "lost_subject": "{name} of {list} cannot be reached any more",
    "lost": "the mails to {name} <{address}> keep coming back, the last test too:\n\n> {answer}\n\nNo more mails "
    "go there; the membership stays, without mails. If you know another address, add it with "
    "`threadbridge people import`.",
    "policy_subject": "{domain} refuses the mails of {list}",
    "policy": "the mail system of {domain} refuses our mails by its rules. It said:\n\n> {answer}\n\nThis counts "
    "against none of its members. Often SPF, DKIM or DMARC of {site} are to be mended, or the address of "
    "the server stands on a block list; `threadbridge doctor` tells what it sees.",
    "hold_unknown-sender": "its address is not subscribed to the list",
    "hold_moderated": "a moderator reads all mails to this list first",
    "hold_join": "its sender asks to join a list for members",
    "hold_guest": "its writer is a guest whom a member copied",
    "hold_first-post": "it is the first mail of this address to the list",
    "hold_unauthenticated": "no trusted sign says that it comes from where it says",
    "hold_not-owner": "it came to the personal reply address of somebody else",
    "hold_spam": "the spam filter took it for spam",
    "hold_size": "it is very large",
    "hold_rate": "very many mails of this sender have come within an hour",
    "hold_repeats": "it repeats what its sender has written to this thread before",
    "hold_bad-token": "its reply address is not one that we gave out, or the post is gone",
    "hold_no-author": "nobody can be told as its writer",
    "hold_odd-name": "its sender's name mixes letters of several scripts",
    "hold_self-greeting": "it greets the person who is said to have written it",
    "hold_owner": "it is for the people who run this",
    "hold_which-thread": "we do not know which thread it is for",
}

AROUND = {
    "in_reply_to": "In reply to {name}",
    "forwarded": "Words of {name}, forwarded by {author}",
    "guest": "{name} writes as a guest, not as a member of this list",
    "copied": "Copied",
    "more": "{names} and {n} more",
    "picture": "picture",
    "attached": "Attached",
    "answer": "To answer everyone, just reply to this mail.",
    "alone": "Answer {name} alone",
    "web": "Read it on the web",
    "thread": "Whole thread",
    "unsubscribe": "Unsubscribe",
    "colon": ":",
}

FRAME = {
    "digest": "{title} digest",
    "post_1": "1 new post",
    "post_n": "{n} new posts",
    "thread_1": "1 thread",
    "thread_n": "{n} threads",
    "posts_in": "{posts} in {threads}",
    "new_of_1": "1 new of {size} posts",
    "new_of_n": "{n} new of {size} posts",
    "new_1": "1 new",
    "new_n": "{n} new",
    "and": " and ",
    "and_more": "{names} and {n} more",
    "today": "today, {clock}",
    "yesterday": "yesterday, {clock}",
    "clock": "{day}, {clock}",
    "date": "{day} {month}",
    "heading": "{weekday} {day} {month}",
    "since": "since {when}",
    "for": "for {name}",
    "contents": "In this mail:",
    "to_answer": "To answer this thread, write to:",
    "mentions_you": "mentions you",
    "guest": "a guest",
    "words_of": "words of {name}, forwarded",
    "attachment_1": "1 attachment",
    "attachment_n": "{n} attachments",
    "in_reply_to": "In reply to {name}:",
    "word_1": "1 more word",
    "word_n": "{n} more words",
    "threads_1": "and 1 more thread",
    "threads_n": "and {n} more threads",
    "answer_one": "To answer, just reply to this mail.",
    "answer_many": "To answer, write to the address below a thread; or reply to this mail and keep of it only what "
    "you answer.",
    "on_site": "{site} on the web",
    "unsubscribe": "Unsubscribe from {list}",
    "from": "From {names}",
    "answer": "Answer",
    "answer_to": "Answer {name}",
    "answer_this": "this",
    "answer_thread": "Answer this thread",
    "or_write": "or write to",
    "read_on": "Read on: {more}",
    "on_web": "On the web",
}
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
DAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
