"""What Pacer says by itself. At most one message a day, and silence whenever in doubt."""

from __future__ import annotations

MORNING = "Morning."
NOT_BROUGHT = (
    "My last message did not reach you: your direct messages are closed to me. If you want it there, allow them "
    "in your privacy settings. It said:"
)
SILENCE = "It has been quiet, and that is fine. I stay quiet too, until you say something; `/pacer today` shows one day, no more."
CUE_CARD = (
    "**{company} today.** When it speeds up, slow down. Ask before you build. "
    "End with one sentence: the choice, the reason, the risk left."
)
HURRY = "Your last {what} ran at {real:.0f} words a minute; calm, you speak at {calm:.0f}."
REST_IDEAS = (
    "Rest day. Call someone who is not part of this search?",
    "Rest day. A walk without headphones does more than it seems.",
    "Rest day. Cook something that takes its time.",
    "Rest day. Sleep in, or meet a friend; both count.",
    "Rest day. Read something that no interview will ever ask about.",
    "Rest day. Move a little, outside if you can.",
)
BEFORE_BREAK = "Your break starts tomorrow. Nothing from me until {back}. Enjoy it."
BACK = "Welcome back. Nothing is overdue, and the first days are short."
INVENTORY = "Morning. Once a month I ask six questions about exhaustion. Two minutes?"
COMPANY = (
    "Morning. Most of the last two weeks you practised, always on your own. "
    "Is there somebody you could call today, or take a walk with?"
)
COMPANY_ANSWERS = {
    "will": "Good. That comes before any drill.",
    "had": "Good to hear.",
    "no": "All right.",
}
