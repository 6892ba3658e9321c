"""The lists behind the safety gate: English only.

Texts in other languages pass unseen, and so does much that is said indirectly; that is why
helplines are also offered where nothing was detected. The lists are tuned for recall: a false
alarm costs one kind message, a miss may cost a life.

How the patterns here and in `wish_patterns`, `plan_patterns` and `distress_patterns` are written:
they meet normalised text (see `bot.safety.gate.normalised`), that is lower case, no apostrophes
("dont", "im"), words that only add force left out, one space between words, sentences ended by " .".
Each line that begins with "| " is an alternative and a longer one goes on in the lines below it.
`@3 ` stands for up to three words of the same sentence, `@.` for the end of a sentence, and a name
in angle brackets for an entry of FRAGMENTS. Alternatives match whole words only.
"""

from __future__ import annotations

LOOKALIKES = str.maketrans("\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455", "aeopcyxis")
"""Cyrillic letters that pass for Latin ones."""

LEET = str.maketrans("013457@$!|", "oieastasil")
"""Digits and signs that stand for letters, read so only between letters."""

FORCE = (
    "really|honestly|literally|actually|fucking|fuckin|fking|fkn|freaking|simply|kinda|lowkey|highkey|tbh|"
    "ngl|seriously|truly|even|ever|bloody|damn|goddamn|sometimes|often|always|still|basically|probably|"
    "fr|legit|desperately|badly|finally|quietly|genuinely|constantly|again and again|keep on"
)
"""Words that add force or hedge and change nothing else."""

REWRITES: tuple[tuple[str, str], ...] = (
    (r"k\*+l+|k[iy]+l|kll|kiill?|k[iy]ll", "kill"),
    (r"d\*+e|diee+|dya", "die"),
    (r"s\w?\*+\w*cid(e|al)", r"suicid\1"),
    (r"su+i*c+i+d+e|sucide|suicde|suiside|sui?cid|sewer ?slide", "suicide"),
    (r"suic+i+d+al\w*|sucidal|suicidle|suicidial|suisidal", "suicidal"),
    (r"my ?sel[fv]e?|myslef|mysefl|mysef|meself|myselff", "myself"),
    (r"kill ?(?:-|_)?myself|killmyself", "kill myself"),
    (r"i?want ?todie|i?wanttodie|i?wannadie", "i want to die"),
    (r"i(dont|cant|want|wish|hate|need)", r"i \1"),
    (r"i dnt", "i dont"),
    (r"end ?mylife|endmy life|end my lyfe", "end my life"),
    (r"to b (here|alive|dead|around)", r"to be \1"),
    (r"overdoz(e|ed|ing)", r"overdos\1"),
    (r"wanna|wana|wnna|wantt?o|wanna to|w[na]+t to|want(?:t|ed)? (?:too|2)|wantt? to|wan to", "want to"),
    (r"gonna|gunna|finna|goin to|gona|imma|ima", "going to"),
    (r"tryna|tryin to", "trying to"),
    (r"gotta", "got to"),
    (r"do not|dnt|don t|dint", "dont"),
    (r"(does|did|is|was|were|have|had|would|could|should|are) not", r"\1nt"),
    (r"can ?not|can t", "cant"),
    (r"will not|won t", "wont"),
    (r"i am|i m|am", "im"),
    (r"i will|i shall", "ill"),
    (r"i would", "id"),
    (r"(what|there|it|that) is", r"\1s"),
    (r"no ?one|noone|nobody s", "nobody"),
    (r"everybody|every ?one", "everyone"),
    (r"any more|any longer|no more", "anymore"),
    (r"no longer want", "dont want"),
    (r"self ?harm(ing|ed|s)?", r"selfharm\1"),
    (r"good ?bye|farewell", "goodbye"),
    (r"rn", "right now"),
    (r"okay", "ok"),
)
"""Spellings made one, whole words only, in this order."""

FRAGMENTS: dict[str, str] = {
    "long": (
        "want|wants|wanted|wanting|wish|wishing|hope|hoping|long|longing|pray|praying|rather|tempted|"
        "desperate|"
        "prefer|ready|prepared|love|like|choose|chosen|try|tried|trying|plan|planning|planned|decided|"
        "deciding|"
        "intend|urge|urges|willing|waiting|itching|happy|ok|time|thoughts|thought"
    ),
    "think": (
        r"think|thinks|thinking|thought|thoughts|fantasi\w*|dream|dreaming|daydream\w*|imagine|imagining|"
        r"picture|picturing|obsess\w*|ruminat\w*|contemplat\w*|consider|considering|considered|visions|"
        r"images|"
        r"ideas?|urges?|feel like|feels like|feeling like|felt like"
    ),
    "folk": (
        "everyone|they|theyd|theyll|you|youd|family|friends|wife|husband|kids?|children|parents|mom|mum|dad|"
        "people|world|all|partner|son|daughter|girlfriend|boyfriend|it|itd|things|life|lives|nobody|who"
    ),
    "gone": (
        "if i (?:died|die|disappear(?:ed)?|vanish(?:ed)?|didnt exist|stopped existing|killed|(?:was|were) "
        "(?:dead|gone|never born|not (?:here|around|alive|born))|(?:wasnt|werent) (?:here|around|alive|"
        "born|in)|"
        "never existed|had never (?:existed|been born)|jumped|ended it|didnt wake)|if im (?:gone|dead|"
        "not here)|"
        r"without me(?! (?:\w+ing|on|as|at|there|too|for)\b)|with me (?:dead|gone)|(?:when|"
        r"once) im (?:dead|gone)"
    ),
    "alive": (
        "be alive|being alive|exist|existing|keep living|go on living|stay alive|staying alive|"
        "continue living|"
        "carry on living|see (?:tomorrow|another day|the morning)|be on this (?:earth|planet)|"
        r"be in this world|(?:live|living)(?! (?:in (?!this world|this body|pain|fear)|on (?:site|"
        r"campus|call|the)|"
        r"with (?!this|the pain|pain|myself|it|what|the shame|the guilt)|near|at|off|out|by|far|outside|"
        r"abroad|"
        r"there|together|streams?|cod\w+|demos?|away|close|alone in|up to|data|traffic|room|costs?|wage|"
        r"documents?|docs?|paycheck))"
    ),
    "wake": r"wak(?:e|ing) up(?!<ordinary waking>)",
    "woke": r"(?:wake|woke|waking|woken) up(?!<ordinary waking>)",
    "ordinary waking": (
        r" (?:(?:at|early|for|before|to|after|late|until|when|every|on|by|with|in time|threads?|\d+)\b|"
        r"so (?:early|late|often)|that early|(?:the|a|an|another|all|any) (?:\w+ )?(?:threads?|"
        r"process(?:es)?|"
        r"workers?|consumers?|waiters?|listeners?|loops?|tasks?|cpus?|cores?|devices?|servers?|nodes?|"
        r"baby|kids|"
        r"house|neighbours|neighbors|roommates?|flatmates?|dog|cat|whole))"
    ),
    "family": (
        "family|mom|mum|mother|dad|father|parents|wife|husband|kids?|children|loved ones|everyone|sister|"
        "brother|partner|son|daughter|girlfriend|boyfriend|cat|dog|pets?"
    ),
    "drugs": (
        "pills|tablets|sleeping pills|paracetamol|tylenol|xanax|meds|medication|antidepressants|insulin|"
        "opioids|painkillers|ibuprofen|aspirin|benzos"
    ),
    "meant": (
        r"suicid\w*|kms|kill myself|killing myself|selfharm\w*|hurt myself|hurting myself|harm myself|"
        r"want to die|"
        "wanting to die|end my life|ending my life|take my (?:own )?life|taking my own life"
    ),
    "others": (
        "friends?|brother|sister|cousin|uncle|aunt|father|mother|dad|mom|mum|son|daughter|wife|husband|"
        "partner|roommate|flatmate|colleague|coworker|teammate|classmate|neighbou?r|boyfriend|girlfriend|"
        "ex|someone|somebody|people|person|he|she|they|hes|shes|theyre|member|candidate|manager|student|"
        "users?|"
        "patients?|actor|singer|character"
    ),
    "notme": r" (?:(?!(?:i|im|ive|id|ill|me|my|myself)\b)\w+ ){0,6}",
    "things": (
        "process(?:es)?|workers?|threads?|pods?|tasks?|jobs?|children|child|goroutines?|actors?|containers?|"
        "nodes?|instances?|services?|servers?|agents?|sessions?|connections?|leaders?|consumers?"
    ),
}
"""Lists of words that several patterns share; each stands as a group of its own."""

MASKS = r"""
    | d(?:ie|ying|ied) (?:of|from|with) (?:\w+ )?(?:embarrass\w*|laugh\w*|boredom|shame|cringe|curiosity|
      anticipation|excitement|happiness|joy|cuteness|awkwardness|nerves|suspense|impatience|envy|fomo|heat|
      stress)
    | d(?:ie|ying|ied) (?:laughing|on (?:that|this|the|a|which) (?:\w+ )?hill|trying @.|
      for (?:that|this|a|the|some))
    | (?:to )?die for @.
    | dying (?:to (?!die\b)\w+|for (?:an?|the|some|that|this|news|feedback|coffee)|nodes?|gasp|breed)
    | never (?:say|mind) die
    | cross my heart and hope to die
    | kill(?:ing|ed)? myself (?:laughing|trying to|to (?:finish|prepare|prep|get|meet|pass|learn|hit|ship|
      deliver|make (?:this|the|that)|study|keep up)|with (?:leetcode|overtime|work))
    | (?:<things>) (?:\w+ ){0,3}(?:kill|kills|killing) (?:themselves|itself)
    | (?:shoot|shot|shooting) (?:myself|yourself|themselves|himself|herself|ourselves|
      itself) in the (?:foot|leg)
    | (?:hang|hung|hanging|hanged) myself out to dry
    | (?:had|has|have|with|like|having|held|holding) a gun to my head (?:about|on|over|to (?:pick|choose|
      name)|i (?:couldnt|cant))
    | (?:career|political|commercial|social|professional|financial|economic|technical|reputational|product|
      brand|corporate) suicid\w*
    | (?:would be|its|be|is) (?:pure |total )?suicid\w* (?:for (?:the|our|this|a|any)|to)
    | (?:joke|move|release|merge|idea|play|strategy|pricing|launch|rewrite|deploy\w*|migration) (?:is|was|
      would be|seems|sounds like|looks like) (?:pure |total )?suicide
    | suicid\w* (?:and selfharm )?(?:squad|linux|squeeze|prevention|intervention|awareness|detect\w*|
      classif\w*|datasets?|corpus|model|moderation|content|hotlines?|helplines?|lifelines?|rates?|statistics|
      stats|risk (?:model|scores?|prediction|classifier|detection)|burn|burst|watch|sprints?|doors?|research|
      screening|chatbot|policy|policies|keywords?|queries|messages? classifier|bombers?|hill)
    | (?:prevent\w*|detect\w*|predict\w*|classif\w*|moderat\w*|flag\w*) (?:\w+ )?(?:suicid\w*|selfharm\w*)
    | selfharm\w* (?:content|classif\w*|moderation|detect\w*|polic\w*|datasets?|posts|categor\w*|labels?|
      prevention|model|risk (?:model|score|classifier))
    | \d+ kms
    | (?:aws|gcp|google|cloud|azure|use|using|the|our|an|via|with|by|from|through|call|calls) kms
    | kms (?:keys?|encrypt\w*|decrypt\w*|arns?|alias\w*|api|polic\w*|grants?|rotation|client|endpoint|
      calls?|cmk|managed|customer|based|limits?|throttl\w*|quotas?|costs?|per|away|integration|permissions?|
      hsm|
      works?|to (?:encrypt|decrypt|sign|rotate|wrap)|and (?:iam|s3|vault|secrets)|or (?:vault|hsm|cloudhsm)|
      vs|
      versus|service|wraps?|signs?|stores?|holds?|rotates?|is (?:an?|the|used)|can|handles?|generates?|
      returns?)
    | overdos\w* (?:of|on|with) (?!(?:\w+ ){0,3}(?:pills|meds|tylenol|paracetamol|xanax|insulin|opioids|
      heroin|fentanyl|drugs|medication|sleeping|tablets|painkillers|ibuprofen|aspirin|everything|purpose))\w+
    | overdos\w* (?:deaths?|data|rates?|prediction|detection|prevention|alerts?|crisis|dataset)
    | end(?:ing)? it all (?:with|on) (?:an?|the|one|my|some) (?:\w+ )?(?:summary|recap|question|note|
      recommendation|closing|sentence|conclusion|demo)
    | driv\w+ (?:the|our|my|a|this|that) (?:\w+ )?(?:project|team|company|product|codebase|startup|stock|
      roadmap|sales|metrics?|numbers|business) @2 (?:off|into)
    | hit by a bus factor
    | lost the will to live (?:in|during|reading|at|halfway|debugging|after (?:the|that) (?:meeting|call))
    | life (?:cycles?|insurance|sciences?|expectancy|time|span|hacks?|stor(?:y|ies)|balance|events?|
      of (?:an?|the))
    | (?:work|real|half|shelf|mid|wild|night|still|end of) life
    | unalive (?:is|isnt) (?:a|not)
"""
"""Idioms and terms of the trade, hidden where they stand and nowhere else."""

DENIED = r"""
    | (?<!why )(?:not|never|isnt|wasnt|arent|nor|havent been|hasnt been|wouldnt|wont|aint) (?:(?:feeling|
      going to|want to|wanting to|planning to|planning on|thinking of|thinking about|be|been|try to|trying to|
      do|talking about|having|wanted to|at all|about to|here to|quite|exactly|like|or anything|in any way|an?|
      any|feel|actively) ){0,3}<meant>
    | (?:dont|didnt|doesnt|never) (?:want|wanted|plan|intend|mean|wish|need|have) (?:(?:to|on|any|plans?|of|
      intention|thoughts?|about|actively|be) ){0,5}<meant>
    | (?:dont|didnt|doesnt|never|not) (?:want|wanted|wanting) to (?:actively )?(?:die|be dead)(?! (?:more|
      so|this|as)\b)
    | no (?:plan|plans|intention|intent|thoughts?|desire|wish) (?:of |to |about )?<meant>
    | no (?:suicid\w*|selfharm\w*)(?: (?:thoughts?|plans?|ideation|intent))?
"""
"""A crisis that is named only to be denied: not nothing, but not the first tier."""

OTHERS = r"""
    | <others><notme>(?:suicid\w*|overdos\w*|selfharm\w*|kms)
    | <others><notme>(?:wants?|wanted|wanting|threaten\w*|tried|going|planning) to (?:die|be dead|
      kill (?:him|her|them)sel(?:f|ves)|end (?:it all|(?:his|her|their) life)|hurt (?:him|her|them)sel(?:f|
      ves))
    | <others><notme>(?:doesnt|didnt|dont|not) want(?:ing)? to (?:live|be alive|be here anymore|exist)
    | (?:he|she|they) (?:wish|wishes|wished) (?:he|she|they) (?:was|were|had) (?:dead|gone|
      never (?:been )?born)
    | said @3 better off without (?:him|her|them)
    | <others><notme>(?:doesnt|dont|didnt|no) (?:see |have )?(?:a |any )?(?:reason|point) to (?:live|
      keep going|go on)
    | <others><notme>(?:life|living) (?:isnt|is not|not|wasnt) worth (?:it|living)
    | (?:kill|kills|killed|killing|hurt|hurts|hurting|harm|harms|harming|cut|cuts|cutting|hang|hanged|shot|
      shoot) (?:himself|herself)(?! (?:off|some|short|out|a|by|with|when|at|in)\b)
    | (?:kill|kills|killed|killing|hang|hanged) (?:themself|themselves|theirself)
    | (?:his|her|their) (?:own )?(?:suicid\w*|suicide note|overdose)
    | (?:end|ended|ending|take|took|taking|taken) (?:his|her|their) own li(?:fe|ves)
"""
"""Somebody else's crisis."""
