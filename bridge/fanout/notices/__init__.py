"""What the bridge writes itself, in plain words: each notice says what happened, why, and what to do now.

Notices never quote a mail at length, so that nobody can have us send his text to others. Names come in as shown;
addresses only where the reader knows them already. Pure.
A theme has a file; its notices are named here.
"""

from .bounces import probe
from .form import Notice
from .guests import came_back, guest_asked, guest_note, guest_stopped, not_passed_on
from .mails import held, owner_asked, quote_only, refused
from .membership import confirm_subscription, confirm_unsubscribe, unsubscribed, welcome
from .moderation import Outcome, Waiting, decided, passed_on, refused_by_policy, to_decide, unreachable
from .names import address_added, confirm_address

__all__ = [
    "Notice",
    "Outcome",
    "Waiting",
    "address_added",
    "came_back",
    "confirm_address",
    "confirm_subscription",
    "confirm_unsubscribe",
    "decided",
    "guest_asked",
    "guest_note",
    "guest_stopped",
    "held",
    "not_passed_on",
    "owner_asked",
    "passed_on",
    "probe",
    "quote_only",
    "refused",
    "refused_by_policy",
    "to_decide",
    "unreachable",
    "unsubscribed",
    "welcome",
]
