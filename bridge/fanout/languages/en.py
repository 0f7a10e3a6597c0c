"""What commands are answered with, in English. Names in braces are filled in; capitals are words to write."""

from __future__ import annotations

from ...posting.phrases import Verb

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
    "status_hours": "Digests come at {hour}:00, weekly ones on day {weekday} of the week; your time zone is "
    "{zone}.",
    "status_follow": "Threads that you follow:",
    "status_mute": "Threads that you have muted:",
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
    Verb.FORGET_ME: "remove me and what you know of me; this cannot be undone",
    Verb.HELP: "this help",
}
