"""The words by which a sentence of a story shows which part it is."""

from __future__ import annotations

import re

from bot.feedback.late import Late

IRREGULAR = (
    "beat|began|bent|bet|bid|bound|blew|broke|brought|built|bought|caught|chose|cut|dealt|dug|dove|drew|drove|fed|fought|"
    "found|flew|froze|gave|got|held|hid|hit|kept|laid|led|lent|let|lit|made|met|paid|put|quit|read|rode|rang|ran|sought|"
    "sold|sent|set|shook|shot|showed|shut|sat|spoke|spent|spun|split|spread|stood|stuck|struck|stripped|swept|swung|took|"
    "taught|tore|told|threw|undertook|woke|won|wound|wrote|withdrew|withheld|rewrote|rebuilt|redid|redrew|reran|resent|"
    "retook|oversaw|undid|went|did|slept|swore|wore|ate|came up with|came back|saw to|put my hand up"
)
"""Past forms without -ed of what a person does on purpose."""
_PRESENT = (
    "start|write|pair|build|call|talk|ask|move|make|run|set|fix|add|test|create|split|design|measure|plan|propose|check|"
    "decide|organi[sz]e|lead|take|explain|show|try|sit|listen|change|remove|review|prepare|present|schedule"
)
_STATIVE = (
    "worked (?:at|as|for|in|with|on (?:a|the|an|our)|there|under|alongside)|joined (?:the (?:team|company|project)|an?\\b|my|our|as|[A-Z])|wanted|needed|used to|started working|happened|"
    "lived|studied|managed an?|learned|realized|realised|noticed|believed|liked|loved|hoped|disagreed|owned (?:the|an?|our|my|one)|graduated|"
    "expected|reported to|wished|tried to understand why it mattered|inherited|belonged|moved to|arrived|interned|"
    "struggled|feared|worried|lacked|received|assumed|missed|hated|enjoyed|got (?:promoted|the job|an? (?:offer|award|raise))|"
    "was|were|had|felt|knew|thought|saw|heard|became|came (?!up with|back)|depend(?:ed)?|relied|rel(?:y|ies)|fell|grew|lost|forgot|meant|underestimated|overlooked|failed|earned"
)
_WITHIN = "".join(
    rf"(?<!\b{word} )"
    for word in (
        *("when", "before", "while", "after", "since", "until", "where", "once", "as", "if", "whether"),
        *("because", "what", "how", "why", "and my manager and"),
    )
)
_BETWEEN = (
    r"(?:(?:then|also|first|just|personally|quickly|immediately|simply|finally|even|always|later|next|only|still|again|"
    r"carefully|deliberately|really|mostly|um+|uh+|er+|like|you know|actually|basically|\w+ly|therefore|instead|'ve|have|"
    r"'d|had|never)[, ]+)*"
)


def _doing(who: str) -> Late:
    return Late(
        rf"{_WITHIN}\b(?:{who})(?:,\s*|\s+|(?=')){_BETWEEN}(?!(?:{_STATIVE})\b)(?!used to)"
        rf"(?:[\w-]+ed|{IRREGULAR}|{_PRESENT})\b(?<!'ve got)",
        re.IGNORECASE,
    )


I_DID, WE_DID = _doing("i"), _doing("i|we|(?:we|us) (?:all|both|two|three)")
DID = Late(
    r"\b(?:what|the first thing|the next thing|all) i did\b|\bmy (?:first|next|second|third|last) (?:step|move|action|thing) was\b"
    r"|\bmy (?:approach|answer|response|solution) was\b",
    re.IGNORECASE,
)
"""A deed told without its own verb in the past."""
SUBJECTLESS = Late(
    r"^(?:(?:so|and|then|next|first|second|third|after that|also|finally|later|instead),?\s+)*"
    r"(?!(?:turned out|happened|worked|based|given|used|needed|wanted|tired|compared|fed up|led|united|related|supposed|had|red|speed|indeed|need|put (?:simply|briefly|differently|another))\b)"
    rf"(?:(?!\w*eed\b)\w{{3,}}ed|{IRREGULAR})\s+(?:an?|the|my|our|it|them|each|every|all|both|up|out|with|to|through|down|two|three|"
    r"him|her|everyone|everybody|some|on|off|back)\b",
    re.IGNORECASE,
)
"""Notes as people type them: "Reproduced the bug. Added a test." """
RELATIVE = Late(r"\b(?:the|a|an|that|those|these|every|each|any)\s+(?:[\w-]+\s+){1,2}$", re.IGNORECASE)
_TIME = Late(
    r"\b(?:days?|weeks?|weekend|months?|years?|evening|mornings?|afternoon|night|time|sprint|quarter|moment|meeting|same|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|thing|step|end|minute|hour|lunch|call|start|beginning|meantime|meanwhile)\s+$",
    re.IGNORECASE,
)
_NAMED = (
    "goals?|tasks?|jobs?|responsibilit(?:y|ies)|aims?|objectives?|challenge|mission|mandate|assignment|target|brief|remit|duty|"
    "purpose|deadline|ask|requirement|order|deal|expectation|question(?! of)"
)
TASK_NAMED = Late(
    rf"\b(?:(?<!\bat )(?<!\bin )(?<!\bof )(?<!\bon )(?<!\bfor )(?<!\bfrom )(?<!\bduring )(?<!\bwith )(?:my|our|the|his|her|their) (?:\w+ ){{0,2}}?(?:{_NAMED})\b[^.,;]{{0,40}}?\b(?:was|were|is|became|read)\b"
    r"|(?:it|that|this) was (?:now )?(?:my|our) (?:\w+ )?(?:turn|job|task|call|problem|decision|duty|idea to)|(?:could not|couldn't|can't|cannot) (?:slip|miss|afford|wait|fail|be late|lose|postpone|let)\b|my role was|(?:up|fell|down|left|came|passed|given|handed) (?:\w+ )?(?:to|on|with) (?:me|us)\b|(?:was|were|landed|sat|fell) (?:all |now |squarely )?(?:on (?:me|us)|(?:on|in) (?:my|our) (?:plate|desk|lap|shoulders|hands))\b|"
    r"(?:someone|somebody|one of us) (?:had|needed) to|i (?:set|gave) myself|i (?:took|made) it (?:up)?on myself|i made it my|"
    r"i (?:had )?(?:volunteered|agreed|signed up|promised|committed|offered|set out|aimed|intended|vowed|was determined|was keen|was eager|was hoping) (?:to|myself to|that)\b|i (?:just )?volunteered\W*$|(?:what|all) (?:i|we|they|he|she) (?:wanted|needed) was|i felt (?:responsible|i (?:had|needed|ought))|i (?:raised my hand|put my hand up|stepped (?:up|in|forward))\W*$|(?:became|was|were|is) (?:now |suddenly |then )?(?:mine|ours|(?:my|our) (?:job|task|responsibility|duty|problem|baby|turn|project))\b"
    r"|the (?:plan|point|idea|hope|catch|bar|question|stakes|pressure|ambition) (?:was|were) (?:to|that|how|whether|on|clear|simple|high)\b|(?:rested|depended|relied) (?:on|with) (?:me|us)\b|in (?:my|our) hands|on the hook|what mattered was|no later than|it (?:became|was) clear (?:that )?(?:i|we) (?:had|needed)|(?:my|our) (?:part|share|hope|wish|promise) was|i (?:depended|relied) on|we were (?:looking|aiming|hoping|trying) (?:for|to)|i was (?:looking|aiming|hoping|trying|after) ?(?:for|to)?)",
    re.IGNORECASE,
)
"""What was to be reached, called by its name or taken on in so many words."""
TASK_PASSIVE = Late(
    r"\b(?:i|we|my team|our team|which i|and i|me|it)(?:'d| had| have|'ve)? (?:was|were|been|got) (?:\w+ly |then |also |now |the one |the person )?(?:asked(?! for)|tasked|assigned|told|supposed|expected|responsible|in charge|hired(?! (?:as|by|into|at|in|fresh|straight)\b)|brought (?:in|on)|given|charged"
    r"|chosen|picked|appointed|put|made responsible|handed|entrusted|required|under pressure to|on the hook|accountable|meant to|to\b|who (?:had|was))"
    r"|\bit was (?:me|us|i) who (?:had|was|were)\b",
    re.IGNORECASE,
)
"""A task she was given, told with her as the one it was given to."""
TASK_GIVEN = Late(
    r"\b(?:asked|told|wanted|needed|expected|challenged|instructed|begged|urged|tasked|pushed|pressed|trusted|hired|appointed|directed|required|allowed) (?:me|us|my team)\b(?! (?:that|how|they|it|he|she|about|what|why|if|whether)\b)"
    r"|\b(?:gave|handed|assigned|left) (?:me|us)\b|\bput (?:me|us) in charge",
    re.IGNORECASE,
)
TASK_NEED = Late(
    r"\b(?:needed to|had to (?!wait)|have to|must\b|needed (?!because)|had (?:only |just |exactly |about )?(?:an?|one|two|three|four|five|six|seven|eight|ten|\d+|until|till|less than)(?: \w+)? ?(?:hours?|days?|weeks?|months?|quarters?|semesters?|sprints?|years?|\w+day)? to\b|had until\b"
    r"|wanted(?! (?:opposite|different|conflicting|two))|(?:was|were) to (?!blame)(?=\w)|hoped (?:to|for|that)|(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?:begged|pleaded|asked|called|pushed|pressed|clamou?red|cried) (?:us |me )?for\b|(?:demanded|insisted|required|requested|promised|ordered)(?: that)? (?:we|i|it|us|this|on|that)\b|in need of|due (?:by|on|in)|needed \w+ing|(?:boss|manager|lead|director|ceo|cto|vp|client|customer|management|leadership|board|they|he|she) (?:asked|expected|called) (?:for|that)?)",
    re.IGNORECASE,
)
"""A need or a wish, which may as well be a need that others had."""
FIRST_PERSON_NEED = Late(r"\b(?:i|we|my team|our team)\b", re.IGNORECASE)
_CHANGED = (
    "fell|dropped|rose|grew|went (?:down|up|from|to|live|back|smoothly|well|ahead|without|through|away|out)|came (?:down|back|in)|shrank|sank|increased|decreased|improved|doubled|halved|tripled|"
    "climbed|jumped|plummeted|recovered|disappeared|vanished|stopped|survived|succeeded|paid off|launched|shipped|signed|renewed|adopted|thanked|"
    "praised|promoted|won|saved|agreed|accepted|approved|passed|merged|closed|avoided|gained|freed|stayed|turned into|became|worked (?:flawlessly|well|perfectly|out|at once|fine)|ended|finished|met|"
    "kept|held|lasted|reached|ran (?:without|through|smoothly|fine)|loved|never|no longer|has(?:n't| not)|have(?:n't| not)|stuck|escaped|shook"
)
CHANGED = Late(
    rf"^(?:\W*(?:and|so|but|then|today|now|later|overall|soon|afterwards|finally|that \w+|within [\w ]{1, 40}|by \w+|in \w+|after [\w ]{1, 40}|on [\w ]{1, 40})[, ]+)*(?!(?:i|we)\b)(?:(?!\bi\b|\bwhen\b|\bthat\b|\bwho\b)[\w'’%$.-]+ ){{1,8}}?(?:{_CHANGED})\b",
    re.IGNORECASE,
)
"""Something other than she herself came to change."""
OUTCOME = Late(
    r"\b(?:as a (?:result|consequence)|consequently|the (?:\w+ )?(?:result|outcome|impact|effect|upshot|consequence|payoff)|resulted in|led to|this meant|which meant|that meant|that allowed|this allowed|which allowed|that saved|this saved|which saved|in the end|at the end|end(?:ed)? up|"
    r"by the end|by the time|(?:since|from) then|ever since|thanks to (?:this|that)|because of (?:this|that)|eventually|ultimately|afterwards|after (?:this|that) the|(?:now|today|these days),? (?:it|they|we|the|our|every\w*|nobody|no one)|decisions now|"
    r"(?:we|they|he|she|it|this|that|customers?|requests|errors|everybody|everyone) (?:saved|renewed|shipped|passed|agreed|merged|closed|avoided|gained|won|freed|caught|signed|stayed|improved|came back|never|launched|delivered|finished|hit the|made the|managed to|beat the|succeeded|accepted)|"
    r"(?:is|are|'s|has been|have been) (?:now|still|today)|still \w+s\b|now (?!i\b)\w+|no (?:complaints?|incidents?|outages?|downtime)|on (?:time|schedule|the planned)|under budget|ahead of|paid for itself|without a (?:single|hitch|remark|hiccup)|nobody|no one|none of|everyone|everybody|a single one|not a single|"
    r"i (?:was|got|have been) (?:promoted|awarded|offered|given a|nominated|praised)|i (?:earned|won|received) (?:an?|the)|"
    r"after (?:the |about |only |roughly )?(?:\w+ )(?:days|weeks|months|quarters|years)|within (?:the |a |about )?\w+ (?:days|weeks|months|quarters)|in the \w+ (?:days|weeks|months|quarters) (?:since|after)|"
    r"(?:the|over the|that|in the) (?:following|next) (?:day|week|month|quarter|year|half))\b",
    re.IGNORECASE,
)
PAST = Late(
    rf"\b(?!(?:let|put) (?:me|us|simply|briefly)\b)(?:was|were|had|did|used to|became|fell|rose|went|grew|came|left|lost|saw|knew|said|felt|stood|"
    rf"has been|have been|gone|could|would|(?:did|was|were|could|had|would)n't|{IRREGULAR}|\w{{3,}}ed)\b|'d (?:been|\w+ed)\b|\b(?:have|has|'ve) \w+(?:ed|en|wn|ne|ght|nt|ut)\b",
    re.IGNORECASE,
)
CONTEXT = Late(
    r"\b(?:ago|last (?:year|spring|summer|autumn|fall|winter|month|week|quarter)|in (?:19|20)\d\d|back (?:in|then)|at (?:my|the|our|that|a) |while i|when i|before i|"
    r"in my|during|once|there (?:was|were|is)|at that time|at the time|(?:this|that|one|it|story|example) (?:is|was) (?:about|when|from)|(?:a|the|one) time (?:when|i)|previous(?:ly)?|former|internship|role)\b",
    re.IGNORECASE,
)
ANNOUNCES = Late(
    r"^\W*(?:(?:um+|uh+|hm+|so|okay|ok|sure|yes|well)\W+)*(?:(?:this is|that was|that would be|here is|here's|i can tell you about|i'd like to tell you about|i'll tell you about|let me tell you about|an example is|there was) )?(?:a|an|the|one) (?:\w+ )?(?:time|story|example|situation|occasion|moment)\b",
    re.IGNORECASE,
)
"""What the story will be about."""
SETTING = Late(
    r"^\W*(?:so |and |well )?(?:(?:this|that|it|all this|the whole thing|this all) (?:was|happened|took place|goes back|dates|started|began)\b(?: back)? (?:in|at|during|when|while|around|to|on)\b|before (?:that|this|then),|until then|up to then|at (?:that|the) time|the (?:background|context|backdrop|setting) (?:is|was)|(?:a bit of |some )?(?:background|context):|for context)",
    re.IGNORECASE,
)
"""Where and when, told after the deeds."""
OPENING = Late(
    r"^\W*(?:(?:so|um+|uh+|well|okay|ok)\W+)*(?:(?:in|during|on|at|back|early|late|right after|just after|shortly after) (?:in |on |at )?(?:my|the|our|19|20|that|a)\b|last \w+|(?:one|a|two|three|four|five|some|many|several|a few) \w+ ago|once\b|one (?:day|morning|evening|night|week\w*|summer|winter)|as an?\b)",
    re.IGNORECASE,
)
"""A time or a place, at the head of a story."""
POST = Late(
    r"^\W*(?:i|we) (?:led|lead|ran|run|managed|manage|coordinated|supervised|headed|supported|maintained|looked after|taught|teach) (?!(?:it|them|him|her|into|to|out|that)\b)",
    re.IGNORECASE,
)
"""What she was there for, as the first thing told."""
ROLE = Late(
    r"^\W*(?:(?:at|in|during|back in|back at|for|as|when|while|before|until|from|once)\b[^.]{0,70}?\b(?:i|we) (?:led|ran|headed|managed|owned|maintained|took over|looked after|supported|supervised|handled)\b)",
    re.IGNORECASE,
)
"""A place or a time, and the post she held there."""
COPULA = Late(r"^(?:(?!\bthat\b|\bwhich\b|\bwho\b)[^,;])*?\b(?:was|were) (?!\w+ing\b)", re.IGNORECASE)
"""A state, and nobody's deed."""
GENERAL = Late(r"\b(?:is|are|matters?|means?|should|can|needs?|isn't|aren't)\b", re.IGNORECASE)
"""A truth that holds at any time, and so no outcome."""
REACHED = Late(
    r"\b(?:i|we)(?: \w+ly)? (?:cut|reduced|lowered|raised|increased|decreased|grew|shortened|improved|brought|boosted|doubled|halved|saved|lifted|got|shrank|sped up)\b[^.;]{0,80}?\b(?:by (?:half|a third|a quarter|\d|\w+ percent|two thirds)|from [^.;]{0,40} to )"
    r"|\b(?:i|we) saved (?:[^.;]{0,20}\d|\w+ (?:hours|days|euros|dollars|pounds))",
    re.IGNORECASE,
)
"""What was reached, told in figures as her own deed."""
REFLECTS = Late(
    r"\b(?:interesting|hard|great|nice|good|fun|difficult|stressful) (?:time|experience|project|thing)\b|\bi learned\b|\bthe lesson\b"
    r"|^\W*(?:so |and |right,? |yeah,? |ok(?:ay)?,? )*(?:that|this) (?:was|is|'s)(?: basically| pretty much)? (?:my|the|it\b|all\b|about)(?: (?:story|example|answer))?|\bi (?:still |often )?(?:think|guess|believe|feel)\b|\bi(?:'m| am)\b",
    re.IGNORECASE,
)
LESSON = Late(
    r"\b(?:what i (?:kept|learned|learnt|took|would)|i(?:'ve| have)? (?:learned|learnt)|the lesson|(?:since|from) then(?: on)?,? i"
    rf"|looking back|in hindsight|next time|these days i|nowadays i|now i|it taught me|taught me|if i (?:did|had|could|were)\b|(?:do|done|did) (?:\w+ )?differently|i(?:'d| would) have\b|i would (?!have)\w+|i'd (?!been\b|had\b|\w+ed\b|just\b|already\b|only\b|never\b|grown\b|gone\b|done\b|seen\b|written\b|taken\b|given\b|known\b|(?:{IRREGULAR})\b)\w+)\b",
    re.IGNORECASE,
)


def relative(before: str) -> bool:
    """Whether "I wrote" after these words only says which thing: "the report I wrote"."""
    return bool(RELATIVE.search(before)) and not _TIME.search(before)
