"""Distress without talk of death: tier 2. The notation is explained in `bot.safety.patterns`."""

from __future__ import annotations

DISTRESS: dict[str, str] = {
    "hopeless": r"""
        | (?:feel|feeling|felt|feels|im|its|everything|situation|life|it all|all of it|all) (?:is |seems |
          looks |
          feels |so |completely |all |totally |utterly |pretty |very |beyond )*hopeless
          (?! (?:at|with|in|case of|romantic|when it comes|on|for)\b)
        | hopelessness
        | (?:no|any|all|out of|lost|losing|given up) (?:\w+ )?hope(?: \w+){0,2} @.
        | in despair
        | despairing
        | (?:no|dont see a|dont have a|cant see a|cant see any|dont see any|cant imagine a|without a) future
          (?= (?:@.|for (?:me|myself)|left|anymore|in any)(?!\w))
        | nothing (?:will|is going to) (?:get better|change|work out|improve)(?= (?:@.|for me|anymore|
          ever)(?!\w))
        | no point in (?:trying|anything|going on)(?= (?:@.|anymore|at all)(?!\w))
    """,
    "cant-take": r"""
        | (?:cant|cannot|couldnt|unable to) (?:take|handle|bear|stand|cope with|deal with|endure|do|
          manage|keep doing|keep up with|keep going with|live with) (?:it|this|any of (?:it|this)|
          all (?:of )?(?:it|this)|life|everything|things|much more|any of it|much)? ?(?:anymore|
          much longer)
        | cant (?:cope|carry on|go on|keep going|function)
          (?: anymore| like this| much longer| at all)?+ @.
        | cant (?:go on|keep going|carry on|continue) (?:like this|anymore|this way|much longer)
        | cant (?:cope|function)(?! with (?:load|the|traffic|high|large|more|that many)\b)
          (?= (?:anymore|with|at all|i|and|right now)(?!\w))
        | (?:had|have had) enough of (?:everything|it all|all of it|this life|life)
        | at the end of my (?:rope|tether)
        | (?:at|reached|hit|past|near|close to) my (?:breaking point|limit @.)
        | too much (?:for me )?to (?:bear|cope|take)
        | its (?:all )?too much(?= (?:@.|for me|anymore|i cant|right now)(?!\w))
        | everything (?:is|feels|s) too much
        | cant (?:cope|breathe) @.
        | (?:cant|couldnt) (?:bear|take|stand|endure|handle) (?:the|this|my|all this|so much) pain
        | (?:dont think|not sure|dont know if) i can (?:survive|take|handle|bear|cope with) (?:this|it|
          much more)(?= (?:@.|anymore|much longer)(?!\w))
        | (?:dont know )?how much (?:more|longer) i can (?:take|stand|bear|cope|handle|go on|keep)
        | life is (?:too hard|too much|unbearable|hell|so hard @.)
    """,
    "panic": r"""
        | panic ?attacks?(?! (?:question|scenario)\b)
        | (?:having|had|have) (?:a |an )?(?:panic|anxiety) attacks?
        | anxiety attacks?
        | (?:im|i keep|i was|been) (?:panicking|hyperventilating)(?= (?:@.|all|every|so|and cant|
          right now)(?!\w))
        | cant stop (?:shaking|panicking|hyperventilating)
    """,
    "worthless": r"""
        | (?:im|i feel|feel|feeling|felt|so|such|makes me feel|being|completely|i am) (?:so |
          completely |totally |utterly |just |like |a |absolutely |nothing but |such )*(?:worthless|
          useless piece|piece of (?:shit|trash|garbage)|waste of (?:space|oxygen|air|skin|life)|
          pathetic|garbage|a nobody|not good enough for (?:anything|anyone))(?! (?:at|with|for this)\b)
        | feel(?:ing)? (?:so |completely |totally )?useless(?! (?:at|with|in|without)\b)
        | worthlessness
        | (?:im|feel like|such|i feel like|being|just) (?:just |such |always |like )*(?:a |
          an )?(?:complete |total |utter |absolute |huge |massive |big |giant |
          hopeless )?failure(?! (?:modes?|rates?|domain|detector|case|story|point|injection|scenario)\b)
        | (?:failed|failure) at (?:everything|life)
        | (?:hate|loathe|despise|hating|disgusted (?:with|by)) (?:myself|who i am|who ive become|
          my life|my existence|being me)(?! (?:for (?:forgetting|missing|not|writing|using|skipping|
          choosing|picking|saying|that)|when i|in mocks|on camera)\b)
        | self ?hatred
        | self ?loathing
        | i dont matter
        | im (?:\w+ )?(?:useless|disgusting)(?= (?:@.|and|to everyone|as a)(?!\w))
        | (?:everyone|everybody|they all) hates? me @.
        | i have no purpose(?= (?:@.|in life|anymore)(?!\w))
        | deserve (?:to (?:suffer|be hurt|be punished|hurt)|the pain|all this pain)
        | care if i get hurt
    """,
    "crying": r"""
        | (?:cant|couldnt|wont|dont) (?:seem to )?stop (?:crying|sobbing)
        | (?:crying|sobbing|cried|cry|sobbed|tears) (?:\w+ ){0,3}?(?:all (?:day|night|morning|week|
          weekend)|every (?:day|night|morning)|for hours|myself to sleep|uncontrollably|nonstop|
          non stop|in the (?:bathroom|shower|car|dark))
        | (?:been|im|was|keep) (?:just )?(?:crying|sobbing)(?! (?:at|with laughter|laughing|wolf|
          over (?:this|the) (?:regex|code|bug))\b)
        | burst into tears
        | in tears(?! of (?:joy|laughter))
    """,
    "breakdown": r"""
        | (?:im|i was|feel like im|about to|going to) (?:break|breaking|broke) down(?! (?:the|a|an|this|
          that|each|my|into|how|what|every|requirements|it|by|some|our|your|his|costs?)\b)
        | (?:mental|nervous|emotional|total|complete|full|having a|had a|have a|
          full blown) (?:breakdown|meltdown)(?! (?:of|by|in|cache)\b)
        | (?:im|life is|life|my life is|everything is|whole life is|world is) (?:just |slowly |all |
          completely )*(?:falling apart|crumbling|collapsing|ruined|a mess i cant|over @.|in ruins|
          shattered)
        | (?:coming|fallen|falling|fell) apart(?= (?:@.|inside|and i|mentally|since)(?!\w))
        | hit(?:ting)? rock bottom(?! (?:of|on|prices?|pricing|rates?)\b)
        | at rock bottom
        | (?:losing|lost) my mind(?! (?:over|with|on|at|debugging|trying|about|reading)\b)
        | (?:im|i feel like im|keep) spirall?ing(?! (?:in|out of scope|matrix))
        | (?:ruined|wrecked|destroyed|wasted) my (?:whole |entire )?life
        | im (?:such )?a (?:\w+ )?wreck
        | im (?:completely |so )?broken(?! by)
        | not coping
        | feel(?:ing)? (?:\w+ )?broken(?! by)
    """,
    "trapped": r"""
        | (?:(?:i|im|see|theres|feel|trapped|have|find|with|and|escape) (?:\w+ ){0,2}no|see no|dont see a|
          cant see a|
          cant find a|dont see any|cant see any|isnt any) way out(?! (?:of (?:the|a|an|
          that) (?:\w+ )?(?:loop|recursion|
          deadlock|maze|graph|room|function|contract|lock)|without|but through)\b)
        | (?:feel|feeling|felt|im|completely|so) (?:so |completely |totally |
          utterly )*trapped(?! (?:in (?:an?|the) (?:infinite|loop|deadlock|local)|by the))
        | nowhere (?:left )?to turn
        | no escape(?! (?:char|sequence|key|hatch|analysis))
        | walls are closing in
        | stuck in a dark
        | (?:in|such) (?:a |an )?(?:very |dark |such a |so )*(?:dark (?:place|hole|space)|black hole of)
          (?! (?:in the|of the) (?:code|repo|codebase|stack))
        | dark thoughts
        | darkest (?:thoughts|place|moment|time)
        | bad thoughts
    """,
    "burden": r"""
        | (?:im|feel like|i feel like|feeling like|being|just|such) (?:just |only |such |always |
          nothing but |become )*a (?:huge |big |massive |financial |terrible )?(?:burden|
          drain on (?:everyone|my)|dead weight)(?! (?:of proof|on (?:the|ops|cpu|memory))\b)
        | burden (?:to|on) (?:everyone|my (?:family|parents|wife|husband|partner|kids|friends)|them|
          people)
    """,
    "numb": r"""
        | (?:feel|feeling|felt|im|so|completely|gone|emotionally|just|i am) (?:so |completely |totally |
          just |emotionally |gone )*numb(?! (?:in|from|fingers|hands|with cold|toes|ing)\b)
        | numbness(?! in)
        | (?:i|just) (?:feel|felt) (?:absolutely |like )?nothing(?= (?:@.|anymore|at all|just|inside|
          any)(?!\w))
        | (?:feel|feeling|im) (?:so |completely |totally |just |utterly )*(?:empty|hollow)
          (?: inside)?(?= (?:@.|inside|and|all|every|lately|i|since|these)(?!\w))
        | (?:empty|hollow|dead) inside
        | nothing (?:matters|means anything|feels real|brings me)(?! (?:more|except|until|but|if|
          besides|as|here|in|other|for|on|to the)\b)
        | nothing is worth
        | no joy in anything
        | anhedonia
    """,
    "pointless": r"""
        | whats the (?:point|use)(?: (?:of|in) (?:anything|it all|trying|any of (?:this|it)|going on|
          everything|me|carrying on|doing anything|getting up|all this))?(?: anymore)? @.
        | whats the point (?:of|in) (?:anything|it all|trying|any of (?:this|it)|going on|everything|
          getting (?:up|out of bed))
        | (?:everything|life|it all|all of it|my life) (?:is |feels |seems |just |so |
          completely )*(?:pointless|meaningless|for nothing|empty)
        | my life (?:has no|is without|lacks) (?:meaning|point|purpose|value)
        | dont (?:see|know) (?:the|any|a) (?:point|reason)(?: in)? (?:anymore|to (?:try|go on|get up|
          continue)|(?:of|in) (?:anything|trying|going on|it all|any of this))(?! (?:the|this|
          that) (?:second|third|drill))
        | (?:given|giving|give|gave) up (?:on )?(?:everything|life|myself|hope|all hope|living)
        | (?:i|ive|im|want to|ready to|just) (?:give|given|gave) up completely
        | want to give up(?! (?:on (?:this|the|that)|my (?:job|lease|flat|apartment|seat)|caffeine|
          coffee|sugar|meat|the|smoking)\b)
        | feel like giving up(?! on (?:this|the) (?:drill|problem|question))
    """,
    "drowning": r"""
        | (?:im|i feel like im|feels like im|it feels like|feel like|like im|
          i am) drowning(?! in (?!(?:all|this|it|everything|grief|sadness|despair|sorrow|debt|misery|
          my own)\b))
        | (?:drowning|suffocating) in (?:all of (?:this|it)|it all|everything|grief|sadness|despair|
          misery)
        | i feel like im (?:suffocating|sinking|going under)
    """,
    "burnout": r"""
        | (?:completely|totally|utterly|so|severely|fully|beyond|badly|absolutely|properly|im|just|
          100) (?:completely |totally |utterly |so |severely |fully |beyond |badly |just |
          very )*(?:burnt|burned) ?out(?! (?:on|of) (?:leetcode|drills|meetings|coffee|pizza)\b)
        | (?:im|just|completely|totally|utterly) (?:\w+ )?(?:burnt|burned) ?out
        | cant get (?:myself )?out of bed(?! (?:before|until|at|early|by)\b)
        | (?:can ?barely|barely|hardly) (?:function|get out of bed|eat|breathe|keep (?:my head|going))
        | (?:havent|not|hadnt) (?:slept|eaten|showered) (?:\w+ ){0,2}(?:days|week|weeks)
        | nothing left (?:in me|to give)
        | cant sleep (?:or eat|and (?:i )?cant eat|or think)
        | (?:exhausted|tired) (?:of everything|of it all|of trying|of fighting|of pretending|
          of this life|to my (?:core|bones|soul))
    """,
    "alone": r"""
        | (?:feel|feeling|felt|im) (?:so |completely |totally |very |all |utterly |just |terribly |
          incredibly |deeply |like im )*(?:alone|lonely|isolated|unloved|unwanted|invisible to everyone|
          abandoned)(?! (?:in the (?:room|group)|with the|can|here in the|transaction|from the|at the)\b)
        | (?:nobody|no one|not one person) (?:\w+ )?(?:cares|loves|likes|wants|understands|would care|
          listens to) (?:about )?me
        | nobody cares @.
        | have (?:nobody|no friends left|no one) (?:to (?:talk|turn)|left|at all)
        | i have nobody
    """,
    "depressed": r"""
        | (?:im|feel|feeling|so|been|severely|clinically|getting|deeply|very|felt|just|more) (?:so |
          very |really |just |severely |deeply |getting |more |a bit |pretty |extremely |
          been )*depressed
        | my depression
        | depression is (?:back|bad|worse|getting|killing|winning|eating|hitting)
        | (?:im|feel|feeling|so|utterly|completely) (?:so |utterly |completely |just |
          absolutely )*(?:miserable|desperate|devastated|distraught|inconsolable)(?! (?:for (?:a|coffee|
          feedback)|to (?:hear|know|get this)))
        | mental health (?:is|has|s) (?:\w+ ){0,2}?(?:terrible|awful|collapsed|collapsing|bad|worse|
          gone|crisis|in the|declining|shot|deteriorat\w*|tanking|crumbling)
        | mental health crisis
        | (?:in|having) (?:a )?crisis @.
        | struggling (?:mentally|emotionally|to (?:cope|survive|get through|keep going|function|exist))
        | (?:im|i feel|i am|ive been|i have been) (?:\w+ )?not (?:doing |feeling )?(?:ok|alright|
          well mentally)
          (?= (?:@.|at all|right now|mentally|lately|i|anymore|and i)(?!\w))
    """,
    "vanish": r"""
        | (?:want|wish|like|wanting|could) (?:\w+ ){0,3}?(?:to )?(?:disappear|vanish|not be here)
          (?! (?:for (?:a|the|one|two|some)|from (?:linkedin|slack|the|social)|on holiday|into (?:the|a)
          |when|after|at|in|on)\b)
        | (?<!will )(?<!would )(?<!to )(?<!nearly )(?<!almost )(?<!could )(?<!might )(?<!not )(?<!doesnt )
          (?<!didnt )(?<!wont )kill me(?: now| already| please)? @.
        | dont try (?:to|and) (?:stop|find|save|rescue|look for) me
        | im going to jump @.
        | (?:after tonight|by tomorrow|soon) (?:\w+ ){0,4}(?:none of (?:this|it)|nothing|
          it) will(?: be)? matter
        | wont matter (?:to me )?(?:after tonight|tomorrow|soon)(?= @.)
        | existing not living
        | kys
        | scared of (?:myself|my own (?:mind|thoughts|head))
        | (?:want|need) (?:it|everything|this|the pain|the noise|it all|
          all of this) (?:all )?to (?:stop|end|be over)(?! (?:at|when|after|on|with|by|before|if|in|
          here|as|once|so|quickly|early|already)\b)
        | the pain (?:to|wont|doesnt|never(?! stops with)|is unbearable|is too)
        | unbearable(?= (?:@.|right now|lately|pain|and i|sadness|anymore)(?!\w))
        | cant face (?:another|tomorrow|the day|anyone|anything|life|it anymore)
        | i hate (?:being )?alive
    """,
}
"""Pattern by rule id, tried in this order."""
