"""What only a bridge knows: quotes known by their post, our footer, learned tails; and what none of it may eat."""

# ruff: noqa: E501
from __future__ import annotations

from dataclasses import replace

from bridge.mail.parse import bare
from bridge.reply.clean import body, clean
from bridge.reply.known import Known, KnownPost, Sightings
from bridge.reply.parts import Kind, Reply
from bridge.reply.tails import contradicted, fingerprints, lessons

LADDER = (
    "Dear all,\n\nWho has the long ladder of the tool library? The roof of the barn leaks - and badly - since last week.\n\n"
    "Where shall we meet on Saturday?\n\nI could bring the “big” drill and two helpers, if that is of any use to you."
)
POST = KnownPost(17, "Bo Rand", LADDER, "Bo Rand\nRoofs & Gutters, 01632 960123")
URL = "https://forum.example"
FOOTER = (
    "General, Example Commons",
    "To answer everyone, just reply to this mail.",
    "Read it on the web",
    "Unsubscribe",
)
KNOWN = Known((POST,), FOOTER, URL)


def read(
    text: str, known: Known = KNOWN, sender: str = "Ada Brook <ada@brook.example>", html: str | None = None
) -> Reply:
    return clean(bare(text=None if html else text, html=html, subject="Re: Ladder", sender=sender), known)


def kinds(reply: Reply) -> list[Kind]:
    return [part.kind for part in reply.parts]


def test_a_quote_without_marks_is_known_though_wrapped_anew_and_with_other_quotes_and_dashes() -> None:
    reply = read(
        "I have the ladder.\n\nDear all, Who has the long ladder of the\ntool library? The roof of the barn leaks \u2014 and badly \u2014\n"
        'since last week. Where shall\nwe meet on Saturday? I could bring the "big" drill and two\nhelpers, if that is of any use to you.\n'
    )
    assert reply.text == "I have the ladder."
    assert [(p.kind, p.post, p.reason) for p in reply.folded] == [(Kind.QUOTE, 17, "stands in post 17")]


def test_answers_between_unmarked_quoted_lines_stay_with_the_lines_that_they_answer() -> None:
    reply = read(
        "Who has the long ladder of the tool library? The roof of the barn leaks - and badly - since last week.\n\nI do.\n\n"
        "Where shall we meet on Saturday?\n\nAt the barn, at ten.\n"
    )
    assert "I do." in reply.text and "At the barn, at ten." in reply.text
    assert "> Where shall we meet on Saturday?" in reply.text
    assert [p.post for p in reply.parts if p.kind is Kind.QUOTE and not p.folded] == [17, 17]


def test_marked_quotes_that_are_kept_name_their_post() -> None:
    reply = read(
        '> Where shall we meet on Saturday?\n\nAt the barn.\n\n> I could bring the "big" drill and two\n\nPlease do.'
    )
    assert {p.post for p in reply.parts if p.kind is Kind.QUOTE} == {17}


def test_an_attribution_in_an_unknown_language_goes_with_the_quote_that_it_stands_above() -> None:
    reply = read(f"Yes.\n\nBo Rand le zo skrivet d'an 3/11/2025, 10:00 :\n\n{LADDER}\n")
    assert reply.text == "Yes."


def test_answers_typed_into_an_unmarked_tail_are_not_folded_with_it() -> None:
    said = LADDER.replace("Saturday?", "Saturday?\n\nAt the barn, I would say, at ten.")
    reply = read(
        f"See below.\n\n-----Original Message-----\nFrom: Bo Rand <bo@rand.example>\nSent: Monday, 3 November 2025 10:00\nSubject: Ladder\n\n{said}"
    )
    assert "At the barn, I would say, at ten." in reply.text
    assert "> Where shall we meet on Saturday?" in reply.text
    assert "drill" not in reply.text


def test_answers_typed_into_a_blockquote_are_not_folded_with_it() -> None:
    lines = LADDER.replace("Saturday?", "Saturday?\n\nAt the barn, I would say, at ten.").split("\n\n")
    inside = "".join(f"<p>{line}</p>" for line in lines)
    reply = read(
        "",
        html=f"<p>See below.</p><p>On 3 Nov 2025 at 10:00 Bo Rand wrote:</p><blockquote type=cite>{inside}</blockquote>",
    )
    assert "At the barn, I would say, at ten." in reply.text and "> At the barn" not in reply.text


def test_our_footer_that_comes_back_is_a_footer_with_and_without_marks() -> None:
    for mark in ("> ", ""):
        letter = f"{LADDER}\n\n-- \nGeneral, Example Commons\nTo answer everyone, just reply to this mail.\nRead it on the web: {URL}/post/17\nUnsubscribe: {URL}/unsubscribe/abc\n"
        quoted = "".join(f"{mark}{line}\n" for line in letter.split("\n"))
        reply = read(f"Good.\n\n{quoted}")
        assert reply.text == "Good."
        assert Kind.FOOTER in kinds(reply)


def test_who_speaks_of_the_footer_keeps_his_words() -> None:
    text = 'Our mails say "To answer everyone, just reply to this mail." I find that line odd.\n\nUnsubscribe'
    assert read(text).text == text


def test_short_words_that_happen_to_stand_in_a_post_stay() -> None:
    for text in (
        "Where shall we meet on Saturday?",
        "Dear all,\n\nYes.",
        "since last week.",
        "I could bring the big drill.",
    ):
        assert read(text).text == text


def test_whoever_repeats_himself_means_it_and_a_mail_is_never_known_away() -> None:
    own = Known((KnownPost(17, "Ada Brook", LADDER, own=True),))
    assert read(f"A reminder:\n\n{LADDER}", own).text.count("ladder") == 1
    assert "ladder" in read(LADDER).text


def test_a_forward_of_a_post_keeps_its_words() -> None:
    message = bare(text=f"FYI\n\n{LADDER}", html=None, subject="Fwd: Ladder", sender="ada@brook.example")
    assert "ladder" in clean(message, KNOWN).text


TAIL = "Mira Vane\n~ weaver of willow baskets ~\nWillow Lane workshops, each second Sunday\nBaskets grow slowly, and so do we."


def learnt(*mails: str, sender: str = "Mira Vane <mira@vane.example>") -> Known:
    """What an author's mails teach, one after the other."""
    tails: dict[str, Sightings] = {}
    for text in mails:
        reply = read(text, Known(tails=dict(tails)), sender)
        author, domain = lessons(reply.parts)
        for each in {*author, *domain}:
            old = tails.get(each, Sightings())
            tails[each] = Sightings(old.author + (each in author), old.domain + (each in domain))
    return Known(tails=tails)


def test_a_tail_of_any_form_is_learned_from_two_mails() -> None:
    known = learnt(f"The first.\n\n{TAIL}", f"And then the second mail.\n\n{TAIL}")
    reply = read(f"Here is my third mail.\n\n{TAIL}\n", known, "Mira Vane <mira@vane.example>")
    assert reply.text == "Here is my third mail.\n\nMira Vane"
    assert reply.folded[-1].reason == "learned from 2 mails"


def test_a_notice_wrapped_anew_is_still_known_and_belongs_to_its_domain() -> None:
    notice = "Vane and Daughters weave under the rules of the guild of willow, to whose court all that we say and promise is subject, wherever you may read it."
    known = learnt(f"One.\n\n{notice}", f"Two.\n\n{notice}")
    others = Known(tails={each: Sightings(0, seen.domain) for each, seen in known.tails.items()})
    wrapped = notice.replace(" of willow, ", " of willow,\n").replace("we say", "we\nsay")
    for lore in (known, others):
        assert read(f"Three.\n\n{wrapped}", lore, "Jon <jon@vane.example>").text == "Three."


def test_one_mail_is_enough_below_a_name_and_none_where_his_quoted_mail_ends_so_too() -> None:
    once = learnt(f"The first.\n\n{TAIL}")
    sender = "Mira Vane <mira@vane.example>"
    assert read(f"The second.\n\n{TAIL}", once, sender).text == "The second.\n\nMira Vane"
    marked = "\n".join(f"> {line}" for line in f"So be it.\n\n{TAIL}".split("\n"))
    text = f"The first that you see.\n\n{TAIL}\n\nOn 3 Nov 2025 at 10:00, Mira Vane <mira@vane.example> wrote:\n{marked}\n"
    assert read(text, Known(url=URL), sender).text == "The first that you see.\n\nMira Vane"


def test_a_learned_tail_eats_no_new_sentence_no_repeated_question_and_no_whole_mail() -> None:
    sender = "Mira Vane <mira@vane.example>"
    known = learnt(
        *[f"Mail {n}.\n\nWhat do you think?\n\nBest wishes\n{TAIL}" for n in ("one", "two", "three")]
    )
    reply = read(f"New words.\n\nWhat do you think?\n\nBest wishes\n{TAIL}", known, sender)
    assert reply.text == "New words.\n\nWhat do you think?\n\nBest wishes\nMira Vane"
    new = TAIL.replace("each second Sunday", "closed this Sunday")
    assert "closed this Sunday" in read(f"New.\n\n{new}", known, sender).text
    assert "PS: bring rope" in read(f"New.\n\n{TAIL}\n\nPS: bring rope", known, sender).text
    assert "willow" in read(TAIL, known, sender).text


def test_a_mail_sent_again_with_a_word_ahead_keeps_its_words() -> None:
    text = (
        "Hello all,\n\nthe next repair café is on Saturday the 15th from ten to four in the old school, and there will be soup for all who come.\n\n"
        "Bring your broken lamps.\n\nMira"
    )
    known = learnt(text, text, text)
    reply = read(f"Sorry, once more with the right room:\n\n{text}", known, "Mira Vane <mira@vane.example>")
    assert "soup" in reply.text and "lamps" in reply.text
    assert "soup" in read(text, known, "Mira Vane <mira@vane.example>").text


def test_a_tail_that_turns_up_amid_words_is_contradicted() -> None:
    known = learnt(f"One.\n\n{TAIL}", f"Two.\n\n{TAIL}")
    reply = read("Our motto is:\n\nBaskets grow slowly, and so do we.\n\nShould we change it?", known)
    assert fingerprints(["Baskets grow slowly, and so do we."])[0][0] in contradicted(reply.parts, known)


def test_every_line_of_the_source_stands_in_one_part_and_a_second_cleaning_changes_nothing() -> None:
    known = learnt(f"One.\n\n{TAIL}", f"Two.\n\n{TAIL}")
    both = Known((POST,), FOOTER, URL, known.tails)
    text = f"Answer.\n\n{LADDER}\n\nMore of mine.\n\n{TAIL}\n\n-- \nGeneral, Example Commons\nUnsubscribe: {URL}/unsubscribe/abc\n"
    reply = read(text, both, "Mira Vane <mira@vane.example>")
    source = [line.text for line in body(bare(text=text, html=None)) if line.text]
    parts = [
        line.removeprefix("> ").strip()
        for part in reply.parts
        for line in part.text.split("\n")
        if line.strip()
    ]
    assert parts == [line for line in source]
    assert read(reply.text, both, "Mira Vane <mira@vane.example>").text == reply.text


def test_a_sentence_in_the_first_person_that_ends_many_mails_stays() -> None:
    said = "Could we meet on Friday at 5? I'd bring 3 * 2 boxes; Dana can't, and neither can the others of the barn."
    known = learnt(*[f"Mail {n}.\n\n{said}" for n in range(4)])
    assert said in read(f"Mail five.\n\n{said}", known, "Mira Vane <mira@vane.example>").text


HEAD = "-----Original Message-----\nFrom: Bo Rand <bo@rand.example>\nSent: Monday, 3 November 2025 10:00\nSubject: Ladder\n\n"


def test_an_answer_behind_the_end_of_a_quoted_sentence_is_not_folded_with_it() -> None:
    said = LADDER.replace("meet on Saturday?", "meet on Saturday? At the barn, say I.")
    assert read(HEAD + said).text == "Where shall we meet on Saturday? At the barn, say I."


def test_what_is_typed_below_a_quote_without_marks_is_not_folded_with_it() -> None:
    assert read(f"{HEAD}{LADDER}\n\nI have it, and I shall bring it. Ada").text == (
        "I have it, and I shall bring it. Ada"
    )
    assert read(HEAD + LADDER).text == ""


def test_a_quoted_line_that_begins_like_lines_of_other_posts_is_one_posts_own() -> None:
    def said(who: str) -> str:
        return f"{who} {who} agrees.\n\nCould we meet on Friday at 5? I bring three boxes; {who} can't."

    names = ("Ada", "Bo", "Chidi", "Dana", "Emre")
    known = Known(tuple(KnownPost(n, name, said(name)) for n, name in enumerate(names, 1)))
    assert read(f"{said('Gus')}\n\n{HEAD}{said('Emre')}", known).text == said("Gus")


def test_an_answer_under_another_subject_that_names_no_mail_passes_nothing_on_where_the_thread_is_known() -> (
    None
):
    words = "I have it.\n\nAda"
    mail = bare(
        text=f"{words}\n\n{HEAD}{LADDER}", html=None, subject="My two cents", sender="Ada <ada@brook.example>"
    )
    mail = replace(mail, message_id="a@brook.example")
    assert clean(mail, KNOWN).text == words
    assert LADDER.split("\n")[0] in clean(mail).text


def test_a_question_about_the_link_in_our_footer_is_no_footer() -> None:
    for words in (
        f"I clicked on {URL}/unsubscribe/abcdef and nothing happened, so take me off, please.",
        f"What is {URL}/unsubscribe/abcdef for?",
    ):
        assert read(words).text == words
        assert read(f"{words}\n\nUnsubscribe: {URL}/unsubscribe/abcdef").text == words
