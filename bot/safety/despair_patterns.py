"""Despair in many wordings, without talk of death: tier 2, after those of `bot.safety.distress_patterns`.

The notation is explained in `bot.safety.patterns`.
"""

from __future__ import annotations

DESPAIR: dict[str, str] = {
    "weeping": r"""
        | (?:woke|wake|wakes|wakened|keep|kept|started|ended|sat|lying|laying|alone|spent|hiding|sobbing|
          bawling)
          [ ](?:\w+ ){0,5}?(?:sobbing|crying|bawling|weeping|in tears)(?! (?:laughing|with laughter|
          from laughing))
        | (?:cry|cries|cried|crying|sob|sobbed|sobbing|bawl\w*|weep\w*|
          wept)(?! wolf) (?:\w+ ){0,3}?(?:at (?:standup|my desk|work|night)|after|before
          |because|alone|myself|again|for no reason|in my|every|since|until|over nothing|on the floor)
          (?! (?:laughing|wolf))
        | (?:screamed|scream|screaming) into (?:a|my|the) pillow
    """,
    "not-coping": r"""
        | (?<!we )(?<!you )(?:cant|couldnt) (?:keep )?(?:do|doing|going through|living with|pretending|
          handle|face|take|cope with) (?:this|it|any of this|
          it all|everything|im fine|anymore|any of it|like this)(?= (?:@.|to myself|anymore|much longer|i|
          im|day after)(?!\w))
        | i cant (?:keep going|anymore|go on|do it anymore|breathe)(?= (?:@.|i|im|anymore|like this|living|
          and)(?!\w))
        | (?:bear|endure|survive) (?:it|this|any of this|another day|the thought|much more|
          another)(?! (?:round|exam|test|load|outage))
          (?<!can endure it)(?<!can survive this)
        | (?:at|reached|past|beyond|near) (?:my )?wits? ends?(?! with (?:this|the|web\w*|css|git)\b)
        | dont know (?:what to do|how to (?:go on|cope|keep going|live|carry on|survive|be ok)|who i am|
          where to turn|what else to do)
          (?: anymore)?(?= (?:@.|anymore|with myself|with my life|about anything|and im|
          im)(?!\w))(?! about (?:the|this))(?<!dont know what to do)
        | dont know what to do with (?:myself|my life)
        | (?:i )?need (?:some )?help (?:@. )?im not (?:ok|well|fine|safe)
        | need (?:someone|somebody|anyone) to talk to(?! about (?:the|a|my (?:offer|resume|cv)))
        | (?:someone|somebody|anyone) (?:please )?(?:help|save) me(?= (?:@.|im|i cant|please)(?!\w))
        | (?:cant|couldnt|hard to|struggling to|struggle to|unable to) breathe(?! (?:life|new|
          in this (?:mask|room)))
        | (?:cant|havent|not able to|unable to|barely|dont|couldnt) (?:\w+ )?(?:leave|left|leaving) (?:my |
          the )?(?:room|bed|house|flat|apartment)
        | (?:havent|barely|hardly) (?:\w+ )?(?:eaten|slept|showered|left) (?:\w+ ){0,4}?(?:days|weeks|week|
          the rejection|rejection|at all)
        | (?:cant|dont|not) (?:eat|sleep|function|think straight|concentrate) (?:\w+ ){0,2}(?:eat|sleep|
          function|think straight|feel anything|anymore)
        | (?:feel|feels|feeling|think|like) (?:like )?im (?:going |slowly going |turning )(?:crazy|insane|
          mad|under)
        | im (?:losing it|going insane|losing (?:control|myself)|unravell?ing|cracking up|at breaking point|
          hanging on by a thread|barely holding
          [ ](?:on|it together)|not holding up|in (?:a|so much) (?:pain|agony))(?! (?:with|over) (?:this|
          the) (?:css|regex|build|code)\b)
        | (?:barely|hardly) (?:hanging|holding|surviving|holding on|coping|alive)(?! to)
        | hanging (?:on )?by a thread(?! on)
        | (?:no|dont have any|without|zero) (?:more )?(?:strength|fight|energy|will) (?:left )?(?:in me|
          to (?:fight|go on|try|continue|carry on|keep))
        | nothing left (?:in me|inside|of me)
        | hyperventilat\w+
        | (?:breaking point|(?:my|another|full|mental|had a|having a|a total|a complete|daily) (?:meltdown|
          breakdown)s?)(?= (?:@.|after|and|again|in the|at|this|yesterday|last|today|so|coming|every)(?!\w))
        | (?:too much|so much|unbearable) pain(?! points?)
    """,
    "self-contempt": r"""
        | (?:im|i|me|feel|feel like|feeling like|such|just|being) @4 waste of (?:space|oxygen|air|skin|life|
          a (?:life|human|person)|everyones time)
        | (?:im|i am|i|ill|ive|was) (?:\w+ )?(?:never|not) (?:been |going to be |be )?good enough(?= (?:@.|
          and|for any|never|for them|i)(?!\w))
        | (?<!\w )(?:never|not) (?:been |going to be |be )?good enough(?= (?:@.|never|and never)(?!\w))
        | (?:why|whats wrong) (?:@. )?(?:\w+ ){0,3}?(?:im i|with me) @4 (?:broken|worthless|useless|
          pathetic|failure|like this @.|unlovable|such a mess)
        | (?:so|deeply|too|completely|feel|feeling|im) ashamed(?= (?:@.|i|of (?:myself|who|my life|me|
          everything|existing)|to)(?!\w))
        | (?:i|im) (?:\w+ )?(?:drag|dragging|bring|bringing|weigh|weighing|hold|holding|let|letting|pull|
          pulling) (?:everyone|them|everybody|
          people|my \w+|you all|all of you) (?:down|back)(?! to)
        | (?:disgust|hate|despise|loathe|cant stand|sick of|disgusted (?:by|with)|repulsed by|
          ashamed of) (?:who i (?:am|have become|became)|the (?:person|way) i|what i see
          [ ]in the mirror|looking at myself|myself|being me|me @.)(?! (?:for (?:forgetting|missing|not|using|
          skipping|choosing|picking|saying|that)|when i|in mocks|on camera|on video)\b)
        | (?:im|i feel|feel|feeling|such a|being) (?:\w+ )?(?:unlovable|unwanted|repulsive|a loser|
          a disgrace|a mistake|a disappointment|a fraud and|inferior
          [ ]to everyone|a screw ?up|a lost cause|beyond help|beyond repair|damaged|a complete mess|
          an absolute mess|a mess(?= (?:@.|i|and)(?!\w)))
        | (?:everyone|they|people|they all|everybody|you all|the world) (?:\w+ )?(?:hates?|despises?|
          is (?:tired|sick) of) me
        | (?:im|ive) (?:\w+ )?(?:failed|failing|let down|ruined) (?:everyone|my (?:family|parents|kids|life|
          wife|husband)|everything|at life|as a (?:person|human|son|daughter|father|mother))
        | (?:i )?(?:ruin|destroy|mess up|screw up|poison) everything(?= (?:@.|i touch|and)(?!\w))
        | (?:nobody|not one of them|none of (?:you|them)) (?:\w+ )?(?:gives? a (?:damn|shit|fuck|
          crap)(?! about (?:the|this|your))|would care(?= (?:@.|if i)(?!\w))|wants me|needs me|
          understands(?= @.)|sees me|listens|loves me)
          (?! about (?:the|this|your)\b)
    """,
    "no-future": r"""
        | (?:my|this) (?:whole |entire )?life (?:is|feels|has become|became|has been|s|
          seems)? ?(?:like )?(?:such )?(?:a |an |so |in |just |completely |totally )*(?:mess|disaster|
          nightmare|joke|failure|hell|waste|
          ruins?|ruined|garbage|finished|finish|done|over|worthless|shit|trash|empty|unbearable|
          going nowhere|meaningless)(?! of)
        | life is @1 (?:over|ruined|a nightmare|hell|agony|torture|unbearable|not worth)(?= (?:@.|for me|
          right now|now|and)(?!\w))
        | (?:no|not any|without|cant see (?:the|a|any)|dont see (?:the|a|any)) light (?:at the end|
          in (?:this|the|my))
        | no (?:exit|escape|way forward|way through)(?= (?:@.|from (?:this|it|my)|for me|left|anymore)(?!\w))
        | (?:ill|i will|im|going to|i|id) (?:\w+ )?never (?:\w+ )?(?:be|feel|going to be|get|
          amount) (?:to )?(?:happy|ok|loved|normal|whole|enough|better|anything(?! (?:like|close))|at peace|
          myself|alright)
          (?! (?:than|at|with the (?:current|new)|on time)\b)
        | (?:never|dont see|doubt|no way|dont think|not sure|cant see|cant imagine) (?:\w+ ){0,4}?(?:gets?|
          getting|going to get) (?:any )?better(?= (?:@.|for me|is it|than this|anymore|i|and)(?!\w))
        | (?:its|things|everything|life|it) (?:\w+ )?(?:only|just)? ?(?:gets?|getting|
          keeps getting) worse(?= (?:@.|and worse|every day|no matter)(?!\w))
        | (?:dont|stopped|cant|no longer|cant bring myself to) (?:care|caring) (?:about )?(?:anything|
          anyone|what happens|myself|if i)(?= (?:@.|anymore|to me|and|at all|or|now)(?!\w))
        | (?:lost|no|losing|zero|dont have any) (?:all |any |my |the )?(?:interest|joy|pleasure|motivation|
          passion) (?:in|for|to do) (?:everything|anything|life|food|living|all|things|eat\w*)
        | (?:nothing|no) (?:\w+ )?(?:makes me happy|brings me joy|feels good|helps anymore|works anymore @.|
          excites me|is ever going to|interests me)
        | (?:drink\w*|drunk|drank|high|smoking) (?:\w+ )?(?:alone|every (?:single )?(?:night|day)|myself|
          to (?:cope|numb|forget|get through|sleep|feel|stop)|(?:till|until) i)(?! (?:coffee|water|finish|
          hit))
        | (?:pass|black) out drunk
        | feel(?:ing|s)? (?:so |completely |totally |utterly |absolutely |just |totally )*(?:crushed|
          shattered|destroyed|defeated|lost and|dead|nothing|like (?:nothing|shit|garbage|trash|dying)|
          hated|doomed|helpless|powerless|suffocated)(?= (?:@.|inside|and|by (?:everything|life|it all)|all|
          i|every|about (?:everything|life|myself|me)|lately|again|right now)(?!\w))
        | (?:im|ive been|feel|feeling|been) (?:\w+ )?(?:terrified|scared|anxious|afraid|miserable|sad|
          depressed|on edge|despairing|low) (?:all the time|constantly|every (?:single )?(?:day|minute|
          second)|
          of everything|of tomorrow|of waking up|of my own|for (?:weeks|months|days)|24)
        | (?:thoughts|mind|head|thinking|mood|things|stuff|place) (?:is |are |has been |have been |got |
          getting |gets |going |turning |went |have |keep getting |
          been )+(?:to )?(?:some )?(?:\w+ )?(?:dark|darker|black|scary|bleak)
          (?! (?:mode|theme)\b)(?= (?:@.|and|at night|again|lately|place|places|i|tonight|right now|
          these)(?!\w))
        | (?<!\w )(?:so |just |completely |totally )*(?:empty|numb|hopeless|worthless|miserable|despair|
          broken|trapped|devastated) @.
        | (?<!\w )(?:not|im not) (?:\w+ )?(?:doing |feeling |been )?(?:ok|alright|well)(?= (?:at all|
          mentally|lately|@. (?:i|please|everything|havent|cant))(?!\w))
        | ive given up(?= (?:@.|on (?:everything|life|myself|people|hope|trying|ever)|i|and)(?!\w))
        | (?:it|everything|living|breathing|being here|being awake|being me|my (?:heart|soul)) (?:all |
          \w+ )?(?:hurts|aches)(?= (?:@.|so|too|all the time|inside|and i|every|to (?:be|breathe|live|exist|
          think))(?!\w))(?! (?:so|too) (?:much|bad) to (?:look|read|watch|see))
        | (?:heart|soul|spirit) (?:is )?(?:broken|shattered|crushed|in pieces)
        | tired of (?:everything|fighting|trying|pretending|it all|hurting|suffering|being (?:tired|strong|
          sad|me|in pain|afraid|scared|a failure|rejected))(?! to (?:install|build|compile))
        | (?:cant|dont) see (?:a|any|the|my) (?:future|way forward|way through|hope|tomorrow|end to (?:this|
          it))(?= (?:@.|for|anymore|and|with me|where|i|in)(?!\w))(?! for (?:this|the) (?:product|framework|
          project|company))
    """,
    "worn-out": r"""
        | (?:at|reached|near) the end of my (?:strength|patience with life|capacity)
        | (?:im|about to|going to|i am|starting to) (?:crack|cracking|snap|implode|collapse|shatter|
          fall apart)(?= (?:@.|under|up|soon|any|completely|mentally))
          (?! under (?:load|the hood)\b)
        | (?:exhausted|tired|sick|worn out|done) (?:of|from|with) (?:pretending|faking|acting|smiling|
          hiding|being strong|fighting|masking)
        | pretending (?:to be|im|that im) (?:ok|fine|happy|alright)
        | im (?:really |so )?not (?:fine|holding up|coping|doing (?:well|ok|good|great) (?:@. )?(?:its|im|i|
          at all|mentally|lately))
          (?! with (?:the|this)\b)
        | (?:barely|hardly) (?:keep\w* my head|hold\w*|mak\w+ it through the|get\w* through|exist\w*|
          surviv\w+(?! (?:that|the|my|a)\b))
        | (?:im|i feel like im|feels like im|like im|feel like) (?:sinking|suffocating|choking|
          being crushed|disappearing|fading|drowning)(?! in (?:tickets|email|work|meetings))
        | (?:panick\w+|anxiety|panic) (?:\w+ ){0,3}(?:threw up|out of control|crippling|crushing|unbearable|
          destroying|eating|killing|through the roof|paraly\w+)
        | (?:cant|havent|couldnt) (?:\w+ ){0,2}(?:get|gotten|got|make myself get|drag myself|
          force myself) (?:\w+ )?out of bed(?! (?:before|until|at|early|by)\b)
        | (?:stopped|quit|havent been|not) (?:eating|showering|sleeping|caring)(?= (?:@.|and|stopped|since|
          for|because|properly))(?! (?:meat|sugar|gluten|out)\b)
        | (?:hate|loathe|cant stand|despise) (?:everything about|all of) (?:me|myself)
        | hate who i(?: im| was| became|m)?
        | (?:im|i am|feel like) (?:just |such |nothing but |a )*(?:trash|scum|nothing(?= (?:@.|and|
          to anyone|but a (?:disappointment|failure|burden)))|a weight on|the (?:biggest|worst|
          greatest) (?:failure|disappointment|loser))
        | (?:nobody|who|no person) (?:\w+ )?(?:would (?:\w+ )?(?:want|love|hire|care)|cares (?:if|whether|
          about)|understands (?:what|how|me)|to call|is there for me|left to)
          (?! (?:this|that|the (?:feature|second|gpa)|gpa|jquery|it|a|to (?:use|see|buy|read)|where|
          which)\b)(?= (?:me|if i|what|how|@.|im|myself))
        | (?:have|got|with) no (?:friends|one left|family left|people)(?= (?:@.|nobody|and|left|to call|
          at all))
        | (?:completely|totally|so|utterly) alone(?= (?:@.|in|and|with this))(?! in the (?:room|office)\b)
        | loneliness
        | (?:mind|brain|head|thoughts|depression|anxiety|guilt|shame|sadness|
          grief) (?:\w+ ){0,2}(?:tortur\w+|torment\w*|attacking me|eating me|killing me|crushing me|
          kicking my (?:ass|butt)|winning|haunt\w*|unbearable|destroying me|out of control|consum\w+)
        | in (?:a |such a )?(?:\w+ )?(?:bad|terrible|awful|horrible|low|scary|dark) (?:place|headspace|
          way mentally)(?! (?:in the|to (?:put|store))\b)
        | (?:lowest|worst) (?:point |place )?(?:ive|i have) (?:\w+ )?(?:been|felt)
        | (?:never|havent) (?:been |felt )(?:this|so) (?:low|bad|hopeless|alone|empty|sad|down|depressed)
        | (?:whole |entire )?(?:world|life) (?:has |is |just )?(?:collaps\w+|crumbl\w+|shattered|fell apart|
          ended|falling apart)(?! (?:cycle|of))
        | (?:ive|i have|i) lost everything(?= (?:@.|i|and|that))
        | my (?:future|hope|dreams?|career and life|spark) (?:is|are|feels?) (?:gone|over|dead|destroyed|
          ruined|shattered)
        | (?:so much|full of|drowning in|filled with) (?:shame|guilt|self hate|grief|despair|sadness)
        | (?:cant|couldnt|dont want to) (?:\w+ )?(?:look at myself|face (?:people|anyone|my family|
          the world)|show my face)
        | i deserve (?:\w+ ){0,3}(?:suffering|suffer|misery|pain|punish\w*|nothing|hurt|this hell)
        | (?:something|everything|part of me|hope|a part of me) (?:inside|
          in) (?:of )?(?:me )?(?:has )?(?:died|broke|snapped|is (?:dead|dying|broken))
        | (?<!\w )(?:so |very |severely |really )?depressed(?= (?:@.|and|again|since|for))
        | depression(?= (?:@.|and|again|meds|hit|is (?:winning|back|bad|kicking)|relapse))(?! (?:dataset|
          detect\w*|screen\w*|model|classif\w*))
        | (?:take|handle|survive|bear|face) (?:another|one more) (?:rejection|layoff|failure|no|day|loss|
          disappointment)
        | (?:overwhelmed|overwhelming|shaking) (?:\w+ )?(?:and|by) (?:\w+ )?(?:shaking|crying|everything|
          alone|scared|dont know|cant (?:breathe|think|function|cope))
        | (?:why|what for) (?:do|am|should) i (?:\w+ )?(?:try|bother|trying)(?= (?:@.|anymore|if|when))
        | (?:no|not any|without|dont see the|see no) (?:point|reason|purpose|sense|use|meaning) (?:in |
          to )?(?:anymore|trying|try|what i do|anything|my days|getting up|continuing|
          doing anything)(?= (?:@.|anymore|at all|i|when))
        | (?:no longer|dont|cant|not) see any (?:purpose|meaning|point) (?:in (?:what i|anything|life|my)|
          anymore)
        | (?:cant|dont|unable to|stopped|no longer) (?:feel|enjoy|feeling|enjoying) (?:anything|joy|
          happiness|emotions?|any of it|things)(?= (?:@.|anymore|these|at all|lately|now|i used))
        | havent (?:laughed|smiled|felt (?:happy|joy|anything|ok|alive))
        | (?:burst|broke|break|breaking|bursting) (?:out |into |down )(?:crying|tears|sobbing|in (?:the|my|
          front))
        | keep breaking down(?! (?:the|problems|tasks)\b)
        | tears (?:wont|dont|keep|just)(?= (?:stop|coming|falling))
        | (?:no|zero) (?:more )?hope(?= (?:@.|left|anymore|in me|for me|at all))
        | how much longer i can(?= (?:@.|do|go|keep|take|stand|live|hold))
    """,
}
"""Pattern by rule id, tried in this order."""
