"""The lists behind the safety gate: English only.

Texts in other languages pass unseen, and so does much that is said indirectly; that is why
helplines are also offered where nothing was detected. The lists are tuned for recall: a false
alarm costs one kind message, a miss may cost a life.

How the patterns here and in the other `*_patterns` of this room are written:
they meet normalised text (see `bot.safety.gate.normalised`), that is lower case, no apostrophes
("dont", "im"), words that only add force left out, one space between words, sentences ended by " .".
Each line that begins with "| " is an alternative and a longer one goes on in the lines below it.
`@3 ` stands for up to three words of the same sentence, `@.` for the end of a sentence, and a name
in angle brackets for an entry of FRAGMENTS. Alternatives match whole words only.
A line that goes on with a space begins with `[ ]`.
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
    (r"(should|could|would|might|must)(?:ve| of)", r"\1 have"),
    (r"wnat|watn|wnt|wnat|waht to", "want"),
    (r"anymo?re?|anymroe|any ?mor|nemore|anymoar", "anymore"),
    (r"lief|lyfe", "life"),
    (r"want to (?:dei|doe|dyi|dye(?! (?:my|the|it|her|his)))", "want to die"),
    (r"deid|dyed of", "died"),
    (r"suicdal|sucicidal|suicidul", "suicidal"),
    (r"b (here|alive|dead|around)", r"be \1"),
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
    "absent": (
        r"<gone>|if i (?:\w+ )?(?:left this world|passed away|passed|dropped dead|wasnt (?:alive|"
        r"around|here|in it)|"
        r"werent (?:alive|around|here)|cease to exist|ceased to exist|(?:was|"
        r"were) (?:no longer (?:here|alive|around)|"
        r"out of the (?:way|picture)|erased)|stopped (?:breathing|existing)|jumped|hadnt been born|"
        r"were to (?:die|disappear|vanish)|was to (?:die|disappear|vanish)|slipped away)"
        r"(?! (?:for|from|on|at|early|to (?:the|a)|today|tomorrow|next)\b)|"
        r"with(?: me out of (?:the way|the picture|their li(?:fe|ves))|out me (?:in (?:it|the world|"
        r"this world|their "
        r"li(?:fe|ves)|the picture)|around|here|alive))(?! (?:to|for|at|on)\b)|"
        r"(?:when|once|after|if) (?:im|i am) (?:finally |already |no longer )?(?:gone|dead|"
        r"out of the way|alive|"
        r"six feet under|buried)(?! (?:for|from|on|at|to|until|next|this|over)\b)"
    ),
    "relief": (
        "better(?! off with)|happier|easier|relie(?:f|ved)|simpler|lighter|freer|free|at peace|"
        "peaceful|thankful|"
        "glad|grateful|less (?:stress|pain|trouble|worry|suffering|problems?)|thrive|celebrate|"
        "improve|brighter|"
        "more money|better place|nicer|finally (?:be|rest|breathe|live)|burden (?:lifted|gone)|favou?r|"
        "(?:go on|keep (?:going|turning|spinning)) (?:just )?(?:fine|the same)|move on(?! to)|"
        "get over (?:it|me)|safer|problem solved"
    ),
    "unmoved": (
        "(?:nobody|who|anyone|anybody|none of (?:you|them|us)|not a soul|not one|hardly anyone|"
        "world|they|people|everyone|"
        "parents|family|friends|you|yall|u|guys) @4(?:notice\\w*|cares?|cared|miss|missed|mind|"
        "blink|ask|asked|realize|realise|find out|"
        "remember|cry|bother|shrug|affected|know|sad|check|be sad|mourn|difference|matter)"
    ),
    "wish": (
        r"want(?:s|ed|ing)?|wish(?:ing|ed|es)?|hop(?:e|ing|ed)|pray(?:s|ing|ed)?|id like|would like|"
        r"id love|rather|"
        r"prefer|long|longing|yearn\w*|crav(?:e|ing)|begging|beg|need(?:ing)?|ready|decided|deciding|going|"
        r"plan(?:s|ning|ned)?|intend\w*|intention|tempted|tempting|thinking|thought|thoughts|think|"
        r"consider\w*|contemplat\w*|"
        r"fantasi\w*|dream\w*|daydream\w*|imagin\w*|about to|trying|tried|try|urges?|(?:wont|wouldnt|"
        r"dont) mind|"
        r"deserve|prepared|close to|choose|chosen|chose|willing|bring myself|manage to|secretly|"
        r"desire|determined|might|should|can i|let me|help me|id be (?:glad|happy|ok|fine|grateful)|"
        r"wouldnt it be nice"
    ),
    "own": (
        "i|im|id|ill|ive|will|me|by|just|about|of|and|maybe|from|would|best|only|solution|answer|option|then"
    ),
    "end life": (
        r"(?:end|ending|ended|finish|finishing|finished|terminat\w*|conclude|stop|stopping|quit|"
        r"quitting|cut short|cutting short|"
        r"take|taking|took|throw away|delet\w+|discontinue|exit|extinguish) (?:with |off |"
        r"out of )?(?:my(?: own)?|this(?: miserable| "
        r"stupid| shitty| pathetic| so called| whole)?)"
        r" (?:\w+ )?(?:life|existence|misery|suffering|torment)(?! (?:back|stories|story|cycle|"
        r"seriously|in(?:to)? my|partner|savings|lessons|slow\w*|"
        r"one day|day by|as it|chapter|to the next|off)\b)|"
        r"(?:end|ending|off|offing|delete|deleting|erase|erasing|unalive|unaliving|destroy|"
        r"eliminat\w+|terminat\w+|finish|finishing|"
        r"dispose of|get rid of|put an end to|putting an end to|do away with|drown|hang|shoot|"
        r"delet\w+|uninstall|remove) "
        r"(?:myself)(?! (?:up|out(?! of (?:existence|this))|with|on|in|early|from (?:the (?!world|"
        r"planet|earth|equation)|this (?!world|"
        r"planet|earth|life)|slack|linkedin|a|that|all))\b)|"
        r"(?:put|putting) an end to (?:it all|everything|my life|this life|my (?:suffering|misery|"
        r"pain)|all (?:of )?this)"
    ),
    "leave world": (
        r"(?:leav(?:e|ing)|left|exit(?:ing)?|depart(?:ing)?|escap(?:e|ing)|quit(?:ting)?|out of|off|"
        r"gone from|disappear\w*|vanish\w*|"
        r"erased?|deleted?|removed?|wiped?|check(?:ing)? out(?: of| from)?|"
        r"opt(?:ing)? out(?: of| from)?|get off|log(?:ging)? (?:off|out)(?: of| from)?|"
        r"sign(?:ing)? off(?: of| from)?|walk away from|say goodbye to|not be (?:in|on)|be done with|"
        r"be free of|be rid of|get out of|go from|step out of|move on from|"
        r"wipe|erase|delete|remove|take|unsubscribe|resign|bow(?:ing)? out)"
        r"(?: me| myself)?(?: from| of| off)?(?: the face of)? (?:this|the|mother|planet|my|gods|"
        r"all of|face of the) ?(?:cruel |shitty |damn |awful |stupid |whole |rotten |mortal |"
        r"green |miserable )?(?:world|earth|planet|life|existence|universe|mortal coil|simulation|"
        r"living)(?! (?:class|cup|of|cycle|stor\w+|bank|series|"
        r"model|view|object|insurance|scale|wide|bubble|behind me|lessons?)\b)|"
        r"(?:erased|deleted|gone|wiped|removed|out|opt out|escape) (?:from|of) (?:existence|life|being alive)"
    ),
    "means": (
        r"(?:(?:gun|pistol|rifle|shotgun|revolver|rope|noose|pills|razor|razors|razor blades?|knife|"
        r"knives|bridge|ledge|roof|rooftop|train tracks|tracks|"
        r"train platform|balcony|cliff|oncoming traffic|oncoming train|belt|sleeping pills|tablets|"
        r"medicine cabinet|bleach|meds|overpass|"
        r"parking garage|edge)(?! (?:pattern|mode|network|call|interface|table|cases?|data|api|"
        r"structure|types?|computing|port|to port|line|team|weights?|lists?)\b))"
    ),
    "lethal": (
        r"(?:sleeping |my |the |some |enough |all )?(?:pills|tablets|rope|noose|razor|razors|blades?|"
        r"gun|pistol|shotgun|revolver|knife|bleach|capsules)"
        r"(?! (?:data|structure|server|bridge|template|app|dataset|problem|puzzle|component))"
    ),
    "drawn": (
        r"(?:cant|dont|couldnt) (?:\w+ )?(?:stop|quit) (?:\w+ )?(?:thinking|looking|staring|dreaming|"
        r"imagining|picturing|fantasi\w+)(?: about| at| of| on)?|(?:keep|kept|keeps) "
        r"(?:on )?(?:thinking about|looking at|staring at|eyeing|going (?:back )?to|picturing|"
        r"imagining|calling)|(?:is|are|been|was|were|stays?) (?:\w+ )?on my mind|"
        r"call(?:s|ing)? (?:out )?(?:to |for )?(?:me|my name)|looks? (?:so |very |more )?(?:tempting|"
        r"inviting|welcoming)|looking (?:so |very )?(?:tempting|inviting|welcoming|good)|"
        r"(?:are|is|seems?|feels?|so) tempting|tempted by|in my (?:hand|hands|mouth|lap)|(?:sitting |"
        r"right )next to me|within reach|im scared (?:ill|of what|i might)|scare(?:s|d)? myself|"
        r"how easy (?:it|that|itd)|would be so easy|so easy to (?:step|jump|let go|fall|end|swallow|"
        r"take)|whisper\w*|end it|end everything|end my|one step (?:away|and|off)|tonight i(?:ll| will)|"
        r"not come back|never come back"
    ),
    "bye": (
        "goodbye|goodbyes|bye|byebye|signing off|logging off|logging out|log off|sign off|"
        "signing out|adieu|adios|"
        "so long|checking out|take care|peace out|see you|im off|im leaving"
    ),
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
        r"abroad|on (?:that|the|my|a|an|just|less|so little|\d+)|"
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
    | (?:this|that|the) (?:codebase|code|repo|schema|service|feature|project|framework|api|monolith|class|
          module)
      [ ]should never (?:have )?(?:been )?(?:born|existed|alive)
    | gun to my head (?:id|i would|ill|i|my) (?:\w+ )?(?:pick|choose|say|go|guess|vote|use|take|bet|name|
      rank|answer)
    | (?:coffee|caffeine|tea|snacks|pizza|music|memes|copilot|espresso|chocolate) (?:is|are|
      was) (?:\w+ ){0,3}(?:keeping|keeps) me alive
    | (?<!my )life insurance
    | life (?:cycles?|sciences?|expectancy|time|span|hacks?|stor(?:y|ies)|balance|events?|
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
