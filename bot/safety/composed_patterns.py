"""Crises put together from parts: a wish and an end, absence and relief, means and intent, farewell and gone.

Tier 1. These patterns name kinds of words rather than sentences, so that wordings nobody listed are found.
The notation is explained in `bot.safety.patterns`.
"""

from __future__ import annotations

COMPOSED: dict[str, str] = {
    "wish-end": r"""
        | <wish> @4 (?:<end life>|<leave world>)
        | <own> (?:<end life>|<leave world>)
        | <wish> @2 (?:disappear|vanish|run away|leave|go|lie down|close my eyes|sleep|fall asleep|drift off|
          go to (?:sleep|bed)) and (?:(?:just |to )?(?:never|not)|dont|wont) (?:to )?(?:come back|return|
          be (?:found|
          seen)|get (?:back )?up|wake|open|have to|exist)
        | <wish> @4 (?:sleep|asleep|rest|close my eyes|gone|cease|not be|be no one|be nothing|nothingness|
          peace) (?:forever|for ever|for eternity|eternally|for good|permanently|for all time)
        | <wish> @2 (?:be (?:no longer alive|six feet under|in (?:a|the|my) (?:coffin|grave|ground|casket)|
          buried|a corpse|put down|put out of my misery)|drop dead|perish|cease to (?:be|exist)|pass away|
          be with god|join the dead)
        | <wish> @3 (?:sweet |eternal |a )?(?:death|oblivion|non ?existence|nonbeing|the grave|a grave)
          (?! (?:march|star|rates?|by|of|valley|note|stranding|metal)\b)
        | (?:embrace|await|awaiting|yearn|yearning|long|longing|ready|begging|beg|prayed|ask|asking|call\w*)
          [ ](?:for )?(?:sweet |my )?death(?! (?:march|star|rates?|by|of|valley|metal)\b)
        | (?:by|with|at) my own hands?(?= (?:@.|tonight|soon|today|and|i)(?!\w))(?<!built with my own hands)
        | (?:no|not have|dont have (?:a|any)|without|zero) (?:wish|desire|will|intention|urge|interest|energy|
          strength|motivation|plans?) (?:to|in|of) (?:remain\w*|stay\w*|stick\w*|be|being|continu\w*|keep\w*|
          go\w*|liv\w+) ?(?:on |in |here |around )?(?:(?:this|the) (?:world|earth|planet|life)|alive|living|
          breathing|existing)
        | (?:if only|wish|want|like|glad|love|pray|hope) @4 (?:my )?heart (?:would |will |to |could |can )?
          (?:stop|stops|stopped|quit|quits|give|gives|gave|fail|fails)
        | (?:i|to|and|id|wish) (?:had |have |could have )?never (?:have )?(?:existed|been born|been alive|
          been conceived|drawn breath)
        | (?:off switch|delete button|power button|self ?destruct|uninstall(?: button)?|kill switch|
          eject button|undo button|exit) (?:for|on) (?:me|myself|my (?:own )?life|life|existence|my brain)
        | (?:me|myself|i) (?:to )?be (?:erased|deleted|removed|wiped|gone) from (?:this |the )?(?:existence|
          world|earth|planet|universe|face)
    """,
    "wish-taken": r"""
        | kill me @. (?:please |pls |plz )?(?:@. )?(?:im (?:not (?:joking|kidding)|serious|begging)|
          please @. im|no joke|i mean it)
        | (?:better|rather|easier|prefer|prefers|sooner) (?:i |to |for me to |if i |that i )?(?:die|dead|
          be dead) (?:than|then) (?:live|living|face|go (?:back|on)(?= (?:home|to my (?:country|village|
          family|parents))(?!\w))|
          suffer|continue|be (?:here|alive|this|a)|keep living|wake|tell my|see my|let|another|
          go through (?:this|another)|feel|stay|admit)
        | (?:god|lord|jesus|allah|universe|death|heaven|angels?|grim reaper|reaper|cancer|earth|ground) @5
          (?:take|takes|took|taking|call|calls|bring|brings|swallow|claim|let|lets) me (?:home|now|already|
          away|soon|go(?! (?:to the|on|through|home early|first))|in my sleep|with|out|tonight|next|instead|
          whole
          [ ]and|too|@.)
        | (?:take|takes|took|taken|die|dies|died|dying|pass|passed|go|went|slip\w*|drift\w*|stop|stops|
          stopped) @4 in my sleep
        | <wish> @5 (?:plane|flight|train|bus|car|truck|elevator|lift|building|ceiling|asteroid|meteor|bomb|
          tumou?r|cancer|heart attack|stroke|aneurysm|illness|disease|accident|earthquake|lightning|covid|
          something|someone|somebody|anything|terminal) @2 (?:crash\w*|collaps\w*|fall\w*|falls on|kills?|
          took|takes?|take|gets?|hits?|end\w*|finish\w*|happens? to|came for) ?(?:me|it all|us all)?
          (?= (?:@.|so|and|me|tonight|tomorrow|on my|before|today|soon)(?!\w))
        | <wish> (?:i |to |that i |id |for )?@2 (?:get|got|have|had|catch|caught|develop)?
          ?(?:a |some |terminal )*(?:cancer|terminal (?:illness|disease)|heart attack|brain tumou?r|aneurysm|
          fatal \w+|deadly \w+|something (?:terminal|fatal|incurable))
        | (?:if|when) (?:a|the|some|my) (?:\w+ )?(?:bus|car|truck|train|plane|building|lorry|tram|bullet|
          stranger)
          [ ](?:\w+ ){0,2}(?:hit|hits|ran|runs|run|kill|killed|took|crushed|crashed) @8 (?:grateful|glad|
          fine|happy|ok|relieved|thankful|mind|complain|thank|sad)
        | (?:wouldnt|wont|dont|would not) (?:\w+ )?(?:mind|complain|care|be (?:sad|upset|mad)|fight it|move|
          dodge|step aside|get out of the way) (?:\w+ ){0,2}if @6 (?:kill\w*|hit|ran (?:me )?over|run over|
          crash\w*|shot|stab\w*|
          didnt wake|never woke|died|wiped out|end me|struck|swallowed)(?! (?:the (?:job|pod|process|server|
          build|service|feature))\b)
        | (?:hope|wish|want|waiting for|like) (?:for )?(?:\w+ )?(?:someone|somebody|anyone|a stranger|a
          [ ]mugger|a robber|a bullet|a cop) (?:would |to |could |will )?(?:shoots?|stabs?|kills?|hits?|end|
          ends) me
        | put me (?:out of my misery|down)(?= (?:@.|already|please|like)(?!\w))(?! (?:as|for|on))
    """,
    "life-refused": r"""
        | (?:(?<!\w )|(?:that|think|maybe|guess|but|and|so|because|know|like|feel|realize|realized|
          honest) )(?:life|living|being alive|existing|this life|this world|existence) (?:is|was|isnt|
          wasnt|never|aint|itself is) ?(?:not |never |isnt )?(?:meant |made |cut out |built )?(?:for (?:me|
          people like me|someone like me)|my thing)
        | (?:done|finished|through|tired|sick|weary|fed up|over|quit|quitting|stopped) (?:of |
          with )?(?:living|
          existing|being alive|breathing|being a person|being here on earth)(?= (?:@.|and|i|im|anymore|
          like this|this way|this life|thats|now|so|on this|in this (?:world|body))(?!\w))(?! (?:in|with|on|
          out) (?:the|my|a)\b)
        | (?:hate|despise|resent|regret|cant stand|dislike|loathe|detest|sick of|curse) (?:that |
          the fact )?(?:@1 )?(?:
          being alive|existing|being born|that i was born|i was born|im alive|living anymore|
          breathing|the day i was born|every (?:second|minute|day) (?:of being alive|im alive|alive|i exist|
          i live))
        | why (?:was|were|did|had|have) i @2 (?:born|be born|to be born|made|survive|come into this world|
          exist|put on this)(?! (?:up|to do|this choice|it) \w)
        | (?:see|know|remember|understand|figure out|think of|tell me|get|wonder|recall) @2 why (?:i|im|id|
          should i|do i|would i) (?:should |would |need to |have to |bother |keep |to )*(?:<alive>|live|
          living|go on(?! (?:call|the|a|about|with the))|alive)
        | why (?:do i |should i |im i )?bother (?:with )?(?:living|staying alive|being alive|existing|
          with life|
          to live)
        | (?:no|a|any|one|another|single|much) reason (?:for me )?(?:left )?to (?:go on|keep on|carry on|
          continue|
          hang on|hold on|keep going) (?:with (?:my |this )?life|living|in this)
        | nothing @5 to live for
        | (?:the )?(?:only|one|last|single) (?:thing|reason|person|people|one) @5 (?:im|i am|i|me)
          [ ](?:\w+ )?(?:alive|breathing|not dead|havent (?:done it|ended|killed|jumped|died|gone through))
          (?! (?:is|this week is|today is|right now is|
          at work is)(?: the| my| good| free| cold){0,2} (?:coffee|caffeine|tea|
          espresso|sugar|snacks?|pizza|music|naps?|memes?|copilot|chocolate|energy drinks?|redbull|ramen)\b)
        | (?:whats|what) (?:keeps|keeping|stopping|stops|holding|preventing|is keeping|
          is stopping) me (?:back )?
          from @1 (?:<end life>|<leave world>|ending|dying|jumping|suicid\w*|doing it @.|killing)
        | nothing (?:is )?(?:to )?(?:keeps|keeping|stopping|stops|stop|holding|
          preventing) me (?:back )?(?:from @1 (?:<end life>|
          <leave world>|ending it|ending things|dying|jumping)|here on|in this (?:world|life))
        | (?:no|dont have (?:a|the|any)|dont deserve|not worthy of|unworthy of|have no|lost (?:my|
          the)) (?:right|
          permission|place|business|worthy)? ?(?:to |in |of )(?:be alive|being alive|<alive>|live|breath\w*|
          exist|
          (?:this|the) (?:world|earth|planet)|walk (?:this|the) earth)
        | dont deserve (?:to )?(?:oxygen|air|life|this life|another day|the air i breathe|breathe|breathing|
          keep (?:going|living))
        | no (?:place|room|space|spot|use) for (?:me|people like me|someone like me) (?:in|on) (?:this|
          the) (?:world|
          planet|earth)
        | (?:should|shouldnt) (?:have )?(?:never |not |nt )?(?:be|been|even be) (?:alive|born|breathing|
          dead(?! last))
          (?! (?:when|if the|until the|in the|after the) (?:process|node|pod|thread|server|conn\w*)\b)
        | (?:cant|cannot|dont want to|dont wanna|not able to|too (?:hard|tired|much) to|not made to|
          refuse to|wont) (?:\w+ )?(?:do|face|handle|
          endure|bear|suffer|survive|continue|live|keep up with|go through|be in) (?:another (?:day|year|
          morning) (?:alive|of (?:living|being alive|this life|existing|life))|life (?:thing )?anymore|
          (?:this |my )
          life (?:anymore|thing|any)|life(?= @.)|being alive|existing|existence|living)
          (?! (?:in|with|at|on|near|room|costs?|stuff|admin)\b)
        | (?:born|existing|being alive|being born|my birth|my existence|my being born) (?:was|is|
          were) (?:\w+ ){0,2}
          (?:mistake|error|accident|curse|punishment|pointless)
        | <wish> (?:i|that i) (?:was|were|am|could be|could|had) (?:never|not) @1 (?:alive|born|conceived|
          exist\w*|survive\w*)
        | (?:wont|dont|not|never|cant) (?:\w+ ){0,3}(?:live|be alive|stay alive|survive|
          be around) (?:long enough )?to see
          (?! (?:this|that|the|it|python|how|if|cobol|whether|what)\b)
        | (?:dont|not|never) (?:want|wish|need|care|going|plan|planning|intend|bother) (?:to |on |
          about )?(?:see|seeing|be here|being here|
          being around|be around|be alive|wake up|have|having|live|living|make it|making it|
          reach\w*) @2 (?:tomorrow(?! s\b)|
          another (?:day|year|birthday|sunrise|christmas|morning)|the (?:sunrise|new year|morning)|
          my next birthday|
          next birthday|\d\d(?= @.)|thirty|forty)(?! (?:for|because of) (?:the )?(?:mock|standup|class)\b)
    """,
    "absence-relief": r"""
        | <absent> @6 <relief>
        | <relief> @5 <absent>
        | <absent> @. (?:\w+ ){0,4}<relief>
        | (?:deserve|deserves|better|happier|peaceful|good|easier|brighter|nicer) (?:\w+ ){0,3}(?:life|
          world|future|place|home|
          family|planet) @2 (?:without me|minus me|if im gone)(?! (?!(?:dragging|ruining|holding|bringing|
          messing|pulling|making|being|weighing))(?:\w+ing)\b)
        | (?:kindest|best|nicest|only (?:good|kind|useful|decent)|greatest|right|smartest|
          most useful) (?:thing|favou?r|gift) (?:that )?(?:i|for me) @8 (?:disappear|die|
          vanish|leave this|be gone|not exist|remove myself|end|go away|my (?:death|absence))(?! (?:date|
          user|to end|of)\b)
        | (?:my (?:death|absence|disappearance|dying|suicide)|losing me|me (?:dying|being (?:dead|gone)|
          disappearing|not
          [ ](?:existing|being here))|being rid of me|if i (?:died|was dead)) (?:would|will|is|might|could|
          wont|wouldnt|might be) @6 \w+
        | insurance @3 (?:would|will|could|can|pays?|money) @3 (?:solve|pay|pays|help|fix|cover|set|clear|
          take care|do more|feed|
          worth more|save) @2 (?:them|their|my|her|him|all|everyone|more|off|the (?:kids|debt|family|house|
          mortgage))
        | (?:\w+ )(?:wont|will not|dont|wouldnt|never) (?:\w+ )?(?:have to|need to) (?:\w+ )?(?:deal|put up|
          worry|suffer|struggle|
          cope|pay|care|feed|carry|support|tolerate|see|look at|be ashamed|be embarrassed)(?: (?:with|about|
          because|for|of|at))? (?:me|my
          [ ]existence) (?:much longer|anymore|soon|again|after|for long|once)
        | i (?:wont|will not|ill not) (?:be )?(?:a |an |your |anyones |in )*(?:problem|burden|bother|
          trouble|nuisance|weight|inconvenience|
          embarrassment|the way|your way|bothering|troubling|burdening|dragging|hurting|annoying|
          disappointing) (?:\w+ ){0,4}?(?:anymore|
          soon|much longer|ever again|after (?:tonight|today|tomorrow|this|friday|\w+day)|for long|
          to (?:anyone|anybody|you|them|my \w+)|for (?:anyone|anybody|my \w+))
        | (?:soon|wont be long|not long|after (?:tonight|today)) (?:\w+ ){0,2}(?:i|ill|im) (?:wont|not|
          no longer|be gone|be out of|stop) (?:be )?(?:a |
          your |everyones )?(?:problem|burden|bother|trouble|gone(?= @.)|(?:the|your|everyones) (?:way|hair|
          lives)|suffering|hurting)
          (?! (?:for|on|until|to|at)\b)
        | (?:remove|removing|subtract|subtracting|take|taking|get rid of|rid \w+ of) (?:myself|me) (?:from|
          out of) (?:the (?:equation|picture|world|planet)|
          (?:their|everyones|your|peoples) li(?:fe|ves)|existence|this (?:world|life|earth))
    """,
    "unmissed": r"""
        | <unmoved> @4 <absent>
        | <absent> @4 <unmoved>
        | (?:nobody|who|hardly anyone|not a soul|no person|none of (?:you|them)|no body|
          noone) (?:\w+ ){0,2}(?:miss|misses|mourn|mourns|cry for|grieve|
          remember|weep) (?:\w+ )?me(?! (?:if i (?:skip|leave)|on|in|at|for one|when i leave|
          at standup)\b)(?! (?:at|on|from|today))
        | (?:go|come|show up|comes|shows up|turn up|attend|cry|sad|people|flowers|speak|there) (?:to |at |
          for |in )?my (?:own )?(?:funeral|wake|burial|grave|memorial)
        | (?:reopen|fill|replace|post|repost) (?:\w+ ){0,5}(?:if|when|after) i (?:died|die|drop dead|kill\w*)
    """,
    "means-intent": r"""
        | <means> @6 <drawn>
        | <drawn> @5 <means>
        | <means> @. (?:\w+ ){0,2}<drawn>
        | enough (?:of )?(?:my |the |these |those )?(?:\w+ )?<drugs> @2 (?:to|for) (?:make it|end|not|never|
          kill|do it|finish|stop|
          sleep|die|stay asleep|put me|go|one last)
        | (?:sav\w+|hoard\w*|stash\w*|stockpil\w*|collect\w*|skip\w*|hid|
          hiding) (?:up )?@4 <drugs>(?= (?:to|for|so|until|till|just in case|@.|in my|under)(?!\w))
          (?! (?:to (?:test|predict|model|track)|for (?:the|my (?:mom|dad|grand\w*)))\b)
        | (?:steer|steering|swerv\w*|veer\w*|drift\w*|let go of the wheel|yank\w*|jerk\w*) @4 (?:into|
          in front of|off|and)? ?@3
          (?:traffic|oncoming \w+|tree|wall|median|guard ?rails?|lake|river|truck|barrier|pole|bridge|cliff|
          lane)
        | (?:driv\w+|crash\w*|run\w*) (?:my |the )?(?:car |bike |motorbike |truck )@2 (?:into|off|
          under) @2 (?:tree|wall|pole|
          barrier|lake|river|bridge|cliff|truck|divider|median|traffic|canal|ditch)
        | (?:hanging|hang|swinging) (?:myself )?(?:from|by) (?:the|a|my) (?:\w+ )?(?:ceiling|fan|rafters?|
          beam|tree|neck|closet|door|rope|balcony|bar)
        | does it hurt (?:to|when you|if you|much to) (?:\w+ )?(?:die|drown|bleed|hang|jump|suffocate|
          overdose|fall|get hit)
        | how long (?:does|would|until|till|before|will) (?:\w+ ){0,3}(?:to |until |before )?(?:you |i |
          a person |someone )?(?:die(?! (?:down|out|after|when|if|on|once|following))|bleed|drown|suffocate|
          asphyxiate|stop breathing|lose
          [ ]consciousness)
        | how (?:high|tall|far|deep|many (?:floors|stories|storeys|metres|meters|feet|milligrams|mg)|
          much) @6 (?:to die|fatal|lethal|
          survive (?:a |the )?(?:fall|jump)|kill (?:me|myself|you)|die (?:from|if|instantly)|be sure|
          certain to)
        | (?:painless\w*|without (?:any )?pain|no pain|peaceful\w*|least pain\w*|
          quick and easy) (?:\w+ ){0,3}(?:death|exit|suicide|to die|to go @.|way out|to end)
        | (?:do it|go|die|end it|leave|pass|death) (?:\w+ )?(?:painless\w*|peacefully|
          without (?:feeling )?(?:any |much )?pain)
        | (?:best|easiest|quickest|fastest|surest|good|nice|cleanest|cheapest) (?:\w+ )?(?:ways?|method|
          place|spot|bridge|time) (?:for me |for someone )?to (?:\w+ )?(?:die|
          end (?:yourself|myself|my|ones|your life)|kill (?:yourself|myself|oneself)|off (?:yourself|
          myself)|commit|jump off|disappear forever)
        | (?:im|out|here|sat|sitting|standing|stood|am|legs|feet|dangling) (?:\w+ )?(?:on|over|off) (?:the|
          a|my|this) (?:ledge(?! (?:about|on|over|of))|window ?sill|parapet|wrong side|(?:roof|
          rooftop)(?= (?:@.|right now|and|again|thinking|alone)(?!\w)))
        | (?:wrong|other|outer) side of the (?:railings?|rail|fence|barrier)
        | (?:guts|courage|nerve|bravery|balls|brave|coward|cowardly|scared|chicken|afraid|weak|strong|
          strength|bold) (?:enough )?(?:of |left )?to (?:\w+ )?(?:end (?:it|my|things|myself|everything)|
          die|kill
          [ ]myself|jump(?= @.)|go through with (?:it|ending|dying|suicide)|pull the trigger(?= @.)|
          do it @. id be dead|take my)
          (?! (?:early|there|with)\b)
        | id be dead (?:by now|already|years ago|now)
        | (?:my|next|this|another|first|second|third|last|previous|failed|a) (?:suicide |failed |
          own )*attempt (?:on my life|to (?:die|end (?:it|my)|kill))
    """,
    "voices": r"""
        | (?:brain|head|mind|voices?|part of me|something (?:inside|in me)|thoughts?|demons?|illness|
          depression) (?:\w+ ){0,6}?(?:tell\w*|told|say\w*|
          want\w*|whisper\w*|scream\w*|shout\w*|urg\w+|beg\w*|push\w*|ask\w*|order\w*|
          insist\w*) (?:\w+ ){0,3}?(?:die|be dead|end it|end things|end my|jump|kill (?:my|your)self|
          kill me|hurt (?:my|your)self|
          cut (?:my|your)self|do it @.|not (?:be|exist|live|wake)|be gone|stop existing|drop dead|go die|
          disappear forever|better off dead)
          (?! (?:into|to|ahead|between|straight)\b)
        | (?:go|should go|told me to|tells me to) die(?= (?:@.|and|so)(?!\w))(?<!let it go die)
    """,
    "hurting-self": r"""
        | (?:arms?|wrists?|thighs?|legs?|skin|forearms?) (?:is|are|were|was|look|looks|covered|
          all) (?:\w+ ){0,2}?(?:cut|cuts|sliced|scarred|scars|bleeding|covered in|
          shredded|full of (?:cuts|scars)|slashed)(?! (?:off|short|from (?:the )?(?:gym|climbing|cat))\b)
        | (?:hit|hits|hitting|bang\w*|slam\w*|smash\w*|punch\w*|bash\w*) (?:my (?:own )?(?:head|face|legs?|
          thighs?|fists?|hand|knuckles)|myself) @6 (?:bleed\w*|bled|blood|bruis\w*|deserve|
          on purpose|punish\w*|numb|blacked out|feel something|passed? out|broke my|in the (?:face|head)|
          until i|till i)
        | (?:hurt|cut|burn|punish|harm|scratch|starve|bleed|hit|bruise|injure|cutting|hurting|burning|
          punishing|harming|scratching|starving) (?:\w+ )?(?:myself|my (?:own )?(?:arms?|skin|wrists?|legs?|
          thighs?|body|flesh|stomach)) (?:\w+ )?(?:because|
          to (?:feel|cope|punish|calm|release|numb|stop|breathe|deal)|so (?:i|that i) (?:could|can|would|
          feel|dont)|until|till|on purpose|again|tonight|every|whenever|when im|deliberately|after every)
          (?! (?:at (?:the )?(?:gym|work)|while|playing|climbing|running|cooking|shaving)\b)
        | (?:see|watch\w*|make\w*|making|made|let|letting|want) (?:\w+ )?(?:myself|my (?:own )?(?:blood|
          skin)) (?:\w+ ){0,2}?(?:bleed|blood|flow|drip|run|open)
        | (?:razor|razors|blades?|scissors|lighter|knife|knives|needle|box ?cutter|compass|glass) @6 (?:my|
          to my|on my|across my|against my|into my) (?:own )?(?:skin|arms?|wrists?|thighs?|legs?|
          flesh|forearms?|throat|veins?)
        | (?:dig|digging|dug|drag|dragged|press\w*|run|ran) @4 (?:nails|knife|blade|razor|glass) @3 (?:skin|
          arms?|wrists?|thighs?|flesh)
    """,
    "farewell": r"""
        | <bye> @5 (?:forever|for ever|for good(?! measure)|for the (?:very )?last time|permanently|
          one (?:last|final) time|for eternity|from (?:this )?(?:life|earth|existence|the other side)|life|
          cruel world)
        | (?:dont|do not|please dont|no need to) (?:\w+ )?(?:look|search|come looking|wait|cry|mourn|grieve|
          come|be sad|blame yourselves?|blame yourself)(?: too hard| up)? (?:for me(?! (?:to|at the (?:caf|
          off|stat)|if im late|today|before|when|tomorrow|in the|on)\b)|when im (?:gone|dead)|over me|
          after me(?= @.)|if (?:i die|im gone|im dead))
        | (?:when|if|once|as|after|by the time) (?:you|u|yall|anyone|someone|somebody|they|you all|everyone|
          you guys) (?:@1 )?(?:read|reads|reading|see|sees|get|gets|find|finds|open|hear|
          are reading) this (?:\w+ )?(?:@4 )(?:gone|dead|not (?:be )?(?:here|alive)|wont be (?:here|alive|
          around)|
          wont exist|too late|no longer|already left|over|not with you|at peace)(?! (?:for|from|on|to|until|
          at)\b)
        | if (?:you|u|yall|anyone|they) (?:dont|never|stop) (?:hear|hearing|see|
          seeing) (?:\w+ )?me (?:again|after|anymore|tomorrow|from tonight)? ?@4 (?:know|remember|love|
          loved|tell|sorry|thank|goodbye|mattered|thanks)
        | if i (?:dont|never|cant) (?:come back|return|answer|make it|wake up|reply|respond|log back|
          message) @6 (?:know (?:that )?i|love|loved|remember me|tell (?:my|them|her|him)|sorry for|
          wasnt your fault|isnt your fault|forgive)
        | (?:remember|forgive) me (?:when|after|once|if|kindly|fondly|for (?:this|what im|leaving|
          who i was)|please|as (?:i was|someone))(?! (?:if i (?:forget|miss|am late)|for (?:this|asking))\b)
        | (?:feed|look after|take care of|take care|adopt|take|watch|have|keep|want|home for|walk|love|hug|
          tell|someone for|care for) @2 (?:my|the) (?:\w+ )?(?:cat|cats|dog|dogs|kids?|son|daughter|
          children|pets?|plants|mom|mum|mother|dad|parents|brother|sister|family|hamster|bird|fish|baby|
          rabbit|wife|husband) @5
          (?:when|after|once|if|because|since|as|i) ?(?:i|im|ill)? ?(?:wont be (?:able|here|around|alive|
          there)|gone(?= @.)|wont be|not (?:going to )?be (?:here|around|able|alive)|cant anymore|no longer|
          dead|dont make it|loved|love)
          (?! (?:until|back|for (?:a|the|two|three)|this|next|on (?:holiday|vacation|\w+day)|tomorrow|
          in town)\b)
        | (?:gave|give|giving|given|sold|donated|handing|handed|posted|returned|got rid) @8 (?:wont|dont|
          not going to) (?:be )?need(?:ing)? (?:it|them|any of it|anything|any|those|these) (?:where|
          after (?:tonight|today|tomorrow|this week|\w+day)|much longer|when im)
        | (?:wont|not going to|dont) (?:be )?need(?:ing)? (?:\w+ ){1,3}(?:where im (?:going|headed)|
          when im dead|after im (?:gone|dead)|in the afterlife|in heaven)
        | (?:days|weeks|hours|nights|sleeps|minutes|months) (?:left|to go|more|until|till|
          remaining) @4 (?:im|ill be|i|its|itll be) (?:all )?(?:done|gone|out|free|dead|over|leave|
          finished) (?:with (?:all|everything|it all|life|living|this life)|for good|forever|from this)
        | (?:sorry|forgive|thank\w*|love you|loved you)(?: \w+){0,4} (?:@. )?(?:but )?(?:it|this|
          everything) ?(?:ll|will)? (?:all )?(?:be |ends? )(?:over|finished|tonight|
          done)(?: soon| tonight)?(?= @.)
        | (?:itll|it will|it|this|everything|all) (?:will )?(?:all |finally )?(?:be over|ends?|stops?|
          be done) (?:for me|tonight)(?= @.)(?! at)
        | (?:see|meet|join|catch) (?:you|yall|u|her|him|them|my \w+|everyone|you all|
          you guys) (?:\w+ )?(?:on the other side|in (?:heaven|hell|the next life|another life|
          the afterlife|my next life))(?! of\b)
        | (?:leaving|leave|checking out of|exiting|departing|done with|on my way out of|out of) (?:you all|
          this (?:world|earth|life|planet|mortal)|the (?:living|land of the living))(?! (?:class|of|cycle)\b)
        | (?:wrote|writing|written|write|recorded|recording|left|leaving|typed|drafted|
          hid) (?:\w+ ){0,3}?(?:letters?|notes?|videos?|goodbyes?|messages?) (?:\w+ )?(?:for|to|
          so) (?:\w+ ){0,3}?(?:when im|after im|once im|after i|if i dont|read (?:when|after)|
          everyone i love|everyone @.|every person|understand why|know why|my (?:mom|mum|dad|mother|father|
          kids|parents|family|wife|husband|brother|sister)|explain(?:ing)? (?:why|myself|it))
          (?! (?:reschedul\w*|missed|was late|failed)\b)
    """,
}
"""Pattern by rule id, tried in this order."""
