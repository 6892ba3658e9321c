"""What is said to the two who meet for a mock interview: conduct, clock, closing questions. Authored, for people."""

from __future__ import annotations

from collections.abc import Mapping

from bot.drills.formats import Format

YOURS = "Your half: {area}"
YOU_ASK = "You interview: {title}"
INSIDE = "What your partner does not see yet"
ENDING = "The last minutes"

CANDIDATE = (
    "Paper and a plain editor are enough. Do not look it up before. Ask your partner whatever you would ask an "
    "interviewer, and think aloud. If you are not well that day, say so; nothing has to be finished."
)
HOW: Mapping[Format, str] = {
    Format.DRILL: "You get a task and lead through it yourself.",
    Format.ROUND: "A coding round. Say the idea and what it costs before you code; at the end go through one case by hand.",
    Format.DESIGN: "A design round. You lead it: questions, numbers, the way of one request, what breaks.",
    Format.EXPLAIN: "You explain. Your partner listens, then asks.",
    Format.CLARIFY: "A task that says little. What is not in it, ask for.",
    Format.REDIRECT: "You answer, and your partner talks with you about it.",
    Format.GRILL: "Your partner goes through it with you, decision by decision.",
    Format.DIG: "One narrow thing, question by question. If you do not know, say how you would find out.",
    Format.LEVELS: "You build it level by level. At each, say the design, the cost and your tests.",
    Format.CASE: "A conversation in several questions. Say numbers aloud as you work them out.",
    Format.INCIDENT: "Something is wrong in production. Say what you want to look at; your partner tells you what is there.",
}
"""How it goes, for the candidate."""

SAY_FIRST: Mapping[Format, str] = {
    Format.ROUND: "Hello, I am glad you are here. I will read you the task; ask me anything. Say your idea before you code, and leave a few minutes for a case by hand.",
    Format.DESIGN: "Hello, I am glad you are here. I will read you the task, then it is your round: ask, estimate, draw. I may ask about a part of it.",
    Format.EXPLAIN: "Hello, I am glad you are here. I will read you the task. Take a minute to think, then explain it to me; I will ask afterwards.",
    Format.CLARIFY: "Hello, I am glad you are here. I will read you the task. It is short, so ask me what you need.",
    Format.INCIDENT: "Hello, I am glad you are here. I will read you what was reported. Tell me what you want to look at, and I tell you what is there.",
}
SAY_FIRST_ELSE = "Hello, I am glad you are here. I will read you the task. Take the time you need, and think aloud where you can."
READ_IT = "Then read the task, slowly. Your partner has it in writing too."

ARRIVE = "say hello, how it will go, and read the task"
BEATS: Mapping[Format, tuple[tuple[float, str], ...]] = {
    Format.ROUND: (
        (0.2, "idea and cost are said; if not, ask what holds them up"),
        (0.5, "something simple works, or a hint"),
        (0.75, "one case by hand, edges"),
    ),
    Format.DESIGN: (
        (0.2, "requirements and rough numbers stand"),
        (0.5, "the way of one request is drawn; go deep where it is hardest"),
        (0.8, "failures, cost, the closing sentence"),
    ),
    Format.CLARIFY: ((0.35, "questions are over soon; let them draw"), (0.8, "ask for the summary")),
    Format.EXPLAIN: (
        (0.15, "they begin"),
        (0.5, "your questions, one at a time"),
        (0.8, "ask for it in two sentences"),
    ),
    Format.INCIDENT: (
        (0.5, "ask what they believe now, and why"),
        (0.8, "ask for cause, fix and the metric to watch"),
    ),
    Format.REDIRECT: (
        (0.35, "the first pushback has come, if it is needed"),
        (0.8, "ask where they stand now"),
    ),
    Format.DRILL: ((0.5, "a first answer stands, or a hint"), (0.8, "ask for the summary")),
}
"""What stands at which share of the time for the task."""
QUESTION = "question {number}"
TWIST_BY_NOW = "the change, if it has not come yet"
CLOSE = "stop there; closing questions"
FEEDBACK_AT = "feedback"
DONE = "done; each of you rates, apart"
REST_IS_YOURS = "The rest of the time is yours: a second go, or a tea."

WHEN_HINT: tuple[str, ...] = (
    "after three quiet minutes, or when the same idea comes a second time",
    "if the first did not open anything after five more minutes",
    "when a third of the time is left and it is still closed; then let them finish it",
)
"""When to give each rung."""
HINT_RULE = "**Hints**, one at a time and as a question of yours; never announced as a hint:"
PUSH_RULE = "**Push back**, in this order, each one when they hold on to the first idea. Once they turn, stop and let them work it out:"
PUSH_WHEN: tuple[str, ...] = (
    "after the first answer",
    "if they hold on, or only add to it",
    "if they still hold on; after this one let it be",
)
TURNS = "They turn when you hear something like: {phrases}."
HOLDS = "They hold on when you hear: {phrases}."

FACTS_RULE = "**Told to whoever asks**, in these words and no more; asking for it is part of what counts:"
NOTHING = "To anything else: “I have nothing on that. Assume what you find sensible, and say so.”"
TWIST_NOW = "**Then something changes.** {when}, say: “{says}”"
TWIST_AT = "At minute {minute}"
TWIST_DRAWN = "As soon as they begin to draw"
EVIDENCE_RULE = "**What is there to be seen.** Show a thing when they ask for it, and keep the time of the story: it hurts after {budget} minutes."
EVIDENCE_NONE = "To anything else: “Nothing to be seen there.” It costs a minute."
EVIDENCE_ASKED = "*{asked}* ({minutes} min{needs})"
EVIDENCE_NEEDS = ", leads somewhere once they know: {needs}"
EVIDENCE_PATH = "One sensible way: {path}."

LISTEN_FOR = "**Listen for**"
DECIDES = " (decides)"
TRAPS = "**Usual traps**"
STEP = "**Question {number}, at minute {minute}:** {asks}"
STEP_HINT = "If it stays closed for two minutes: “{hint}”"
ANSWER = "**One good answer**, for you, and for both afterwards:"

CLOSING: Mapping[Format, str] = {
    Format.ROUND: "Could it be faster, or smaller? Which edge would you test first?",
    Format.DESIGN: "What breaks first? Choice, reason and the risk left, in one sentence?",
    Format.CLARIFY: "Which question was worth most? What would you still ask?",
    Format.EXPLAIN: "Who would not have followed, and where? The same in two sentences?",
    Format.INCIDENT: "What would have shown it earlier? What would you not do again?",
    Format.REDIRECT: "What made you turn, or stay? What would you say first next time?",
    Format.GRILL: "Which decision would you take back? At which size would you think again?",
    Format.DIG: "Where did you stop being sure? How would you find out?",
    Format.LEVELS: "Which test is worth most? What would the next level break?",
    Format.CASE: "Which number would you check first? Your advice in one sentence?",
    Format.DRILL: "What would you do with ten more minutes? The answer in one sentence?",
}
ASK_AT_THE_END = "**Closing questions:** {questions} Then: “Do you have a question for me?”"

CONDUCT_NAME = "**How to be a good interviewer**"
CONDUCT: tuple[str, ...] = (
    "Silence is fine. Count to twenty before you say anything.",
    "No tricks. What they ask for and you have, they get.",
    "No praise in passing and no face of doubt; “go on” is enough.",
    "Name what you heard: “You said …. What follows from that?”",
    "A hint points somewhere else; it is never the answer.",
    "Keep the time for both. Moving on is kind; say that you do.",
    "If one of you is not well, stop. No reason is needed, and nothing has to be made up for.",
    "What is said stays between you two.",
)
FEEDBACK = (
    "**Five minutes of feedback.** First ask how they found it. Then one thing that landed, with the words you heard, "
    "and one to change, with what you would try instead. No marks aloud, and nothing about the person."
)
INTERVIEWING_NAME = "**Your part is looked at too**, by both of you and in private:"
