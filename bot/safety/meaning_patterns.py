"""Crises told through what a life is for, who keeps one in it, and who would be left: tier 1.

These patterns name kinds of words rather than sentences, as those of `bot.safety.composed_patterns` do.
The notation is explained in `bot.safety.patterns`.
"""

from __future__ import annotations

MEANINGS: dict[str, str] = {
    "life-over": r"""
        | (?:make|made|makes|let|lets) me (?:not exist|cease to exist|stop existing|disappear forever|
          die(?= @.)|dead)
        | (?:delete|erase|wipe|remove|take|rub|cut) me (?:from|off|out of) (?:this |the |
          face of the )?(?:planet|earth|
          world|existence|universe)
        | <wish> (?:to )?@2 (?:end|finish) (?:my life|this life|it(?= @.))(?! with\b)
        | <wish> @2 (?:my|this|the) (?:own |whole |miserable )?(?:life|existence|story|
          suffering) (?:to )?(?:be )?(?:over|end|ends|stop|stops|
          finish\w*|done|cut short|short)(?! (?:on|at|with)\b)
        | (?:my|this) (?:own )?(?:life|existence|story) (?:should|must|needs to|has to|will|is going to|can|
          ought to)? ?(?:ends?|be over|is ending)
          (?= (?:@.|here|now|tonight|today|soon|this|by|and|on)(?!\w))
        | (?:end|ending|close|closing|finish|finishing|undo|erase) (?:the |
          this )?@2 (?:my (?:own )?(?:story|existence|book|life|being)|book (?:on|
          of) my life)(?! (?:stories|points?|with|for the (?:panel|interview))\b)
        | <wish> (?:to )?(?:just )?(?:turn|switch|shut|power) (?:myself |me |my (?:brain|life|
          body) )?(?:off|down) (?:forever|for good|permanently|for ever)
        | <wish> @2 (?:stop|quit|cease) (?:breathing|being(?= (?:@.|a person|human|here|me|alive|
          conscious)(?!\w))|beating|my heart)
        | <wish> @2 (?:be|become|turn into|fade (?:away )?(?:in)?to) (?:nothing|nothingness|no one|dust|ash|
          ashes|air)(?= (?:@.|and|at all|anymore|forever)(?!\w))
        | <wish> @2 (?:not|never) (?:to )?(?:be (?:a person|human|anything|anyone|alive|conscious|here on|
          part of this (?:world|life))|exist(?= (?:@.|anymore|at all|ever|and|tonight)(?!\w))|have been born)
        | (?:dont|not|never|no longer) (?:want|wanting|wish|care|like|able|going) (?:to )?(?:be|stay|remain|
          live|continue) (?:here )?(?:on|in|part of|with) (?:this |the |gods )?(?:world|earth|planet|life|
          universe|existence|society anymore)
          (?! (?:class|cup|series|bank)\b)
        | (?:this|my) life (?:is )?(?:not|isnt) (?:something |anything |one )?(?:that )?(?:i |id |
          im )?(?:want|wish|care|willing|going) to (?:continue|live|keep|go on)
        | (?:dont|cant|not|no) (?:have|want|see|need|deserve)? ?(?:to have |to see |any )?(?:a |another |
          anymore )?(?:tomorrows?|future days)(?= (?:@.|for me|anymore|and|please)(?!\w))(?<!meeting tomorrow)
        | (?:just |want to |wish to |finally |can |let me |ready to |to )(?:rest|sleep) (?:@. )?(?:in peace|
          forever|eternally|for eternity)
        | (?:stay asleep|eternal (?:rest|peace|silence|darkness)|asleep forever|never ending sleep|
          the big sleep|the long sleep)
        | (?:dont want to|rather not|would not|dread|never want to|without having to|prefer not to|
          stop) (?:to )?(?:wake|waking) up (?:to |at all|ever|again|anymore|and)(?! (?:early|the|my (?:kids|
          roommate))\b)
        | (?:next life|another life|afterlife|other side) @5 (?:kinder|better|easier|find out|happier|
          see you|gentler|nicer|waiting|soon)
        | (?:the end|last chapter|final chapter|last page|chapter closed) (?:@. )?of (?:me|my life|my story)
        | (?:i|to|and|just|gonna|ill|must|will) (?:just |go )?(?:go|going to) die now
        | (?:i|ill|im) (?:will |am )?(?:do|doing|make|making|committing|commit|choose|want to|want) (?:a |
          the |my )?suicide
    """,
    "life-unwanted": r"""
        | (?:wish|wished|should|shouldve|better|rather) @4 (?:had |have )?(?:aborted|abort|miscarried|
          never (?:have )?had me|never (?:have )?(?:born|birthed|made) me|let me die|left me (?:to die|
          dead)|not saved me)
        | (?:didnt|never|not) (?:ask|asked|choose|chose|consent|sign up|want) (?:to be |being )?(?:born|
          alive|for this life|to exist|to live)
        | (?:was|being|been|were) born @6 (?:worst|mistake|regret|curse|cursed|unlucky|punishment|never ask)
        | (?:never|not|didnt|dont) (?:\w+ ){0,2}(?:planned|plan|expected|expect|meant|supposed|intended|
          intend|thought) (?:to |id |on |i would )?(?:live|living|survive|make it|be alive|lived) (?:this|
          that|so|past|to|beyond|much) (?:long|longer|far|thirty|\d\d|old)?
        | (?:supposed|meant) to (?:be|have been) dead
        | (?<!process )(?<!node )(?<!pod )(?<!server )(?<!job )(?<!thread )(?:i|id|should|shouldve|
          wish) @2 (?:have )?died (?:that|back|in (?:that|the) (?:crash|accident|hospital|fire|surgery|war)|
          as a|at birth|when|years|long ago|instead|with (?:him|her|them|my)|before)
          (?! (?:laughing|inside)\b)
        | (?:regret|sad|sorry|hate|angry|wish|upset|ashamed|disappointed|curse|why|unfortunately|
          wished) @4 (?:not dying|(?:had|hadnt|they|nobody|you|doctors?|she|he) (?:had |have |didnt |
          hadnt )?(?:save|saved|found|find|rescued|revived|stopped|pulled) me|
          didnt die|that i survived|i survived|i lived|survived it|survived my)(?! (?:the (?:layoff|reorg|
          round|interview))\b)
        | survived my (?:\w+ )?attempt
        | (?:fail|failed|failure|cant|couldnt|suck|bad|wont) @5 (?:at dying|at killing|at suicide|
          die (?:properly|right|either|correctly)|at ending (?:it|my))
        | (?:why|what for) (?:should i|do i|would i|must i|am i|im i|i|to|bother|go on|keep|
          even)? ?(?:bother |still |keep on |keep |go on |to )*(?:live|living|stay alive|staying alive|
          stay in this (?:world|life)|be alive)
          (?! (?:in|at|on|near|coding|with|stream\w*|demos?)\b)
        | (?:whats|what is|anything|what|something|someone|much|reason|who) (?:else )?(?:left |
          do i have left |reason |do i have |there |is there |is )*(?:for me )?to (?:live for|live(?= (?:@.|
          if|when)(?!\w))|stay alive|be alive for)
        | (?:reason|point|reasons|cause) (?:for me )?(?:do i have )?(?:left )?(?:not )?to (?:live|
          stay alive|be alive|kill myself|die|exist|stay in this (?:world|life)|keep living|not die)
          (?! (?:in|at|on|near)\b)
        | (?:talk|talking|talked) me out of (?:it|ending|suicide|this|dying|jumping|killing)(?= (?:@.|
          please|it|my|tonight|before)(?!\w))(?<!talk me out of rust)
        | (?:convince|stop|keep|prevent|save) me (?:not to|from) (?:jump\w*|di(?:e|ing)|end\w* (?:it|my|
          everything)|kill\w*|hurting myself|doing it @.|myself)
        | (?:cant|couldnt) wait (?:to|until i) (?:die|be dead|be gone forever|not exist)(?! on\b)
        | (?:look|looking) forward to (?:dying|death|being dead|not (?:existing|being here|waking))
        | (?:forc\w+|making|staying|stay|keep\w*|only|just) (?:myself )?(?:to )?(?:stay |stay\w* |be |keep |
          living )?(?:alive|living|here|existing) (?:@1 )?(?:for|because|bc|cuz|cause|so|only for|just for|
          since) (?:of )?(?:my |the )?@1
          (?:<family>|dog|i dont want to hurt|i promised|nobody else)(?= (?:@.|but|would|would be|and|so|
          needs|is|i)(?!\w))
        | if (?:it )?(?:wasnt|werent|not) for (?:my )?@2 (?:<family>|i|sister|brother) (?:i|
          id) (?:would )?(?:@2 )(?:dead|gone|jump\w*|do it|done it|end\w*|kill\w*|not be here|leave)
        | (?:walk|jump|step|kill|end|die|dead|do it|gone|leave) @5 if (?:it )?(?:wasnt|werent|
          not) for (?:my )?<family>
        | (?:only )?(?:reason|thing) (?:\w+ ){0,2}(?:i |im |ive )(?:still |not |havent |have not |never |
          didnt )+(?:alive|here on|dead|done it|ended|do it|gone through|jumped|killed)
        | (?:once|when|after) my (?:\w+ )?(?:dies?|passes|passed away|is gone|died|are gone) @2 (?:im|ill|
          i will|i|its) (?:going (?:too|to go|next)|gone|go(?:ing)? too|follow\w*|done|next|my turn|die|
          free to (?:go|die|leave))
    """,
    "death-drawn": r"""
        | (?:lost|losing|without|no|gone is) (?:all )?(?:the |my |any )?(?:wish|desire|will|hope|appetite|
          urge|zest|strength) (?:for|of|in|to) (?:living|life|being alive|exist\w*)
        | (?:rather|better|easier|nicer|simpler) (?:be |to be |if i (?:was|were) )(?:gone|dead|no one|
          nothing|buried|ash)(?= (?:@.|than|and|now))
        | (?:easy|easier|nice|nicer|lovely|great|bliss|simple|peaceful|wonderful) (?:to |
          if i )(?:just )?(?:not exist|not be (?:here|alive|around)|never wake|stop existing|be dead|
          be gone(?= @.)|die(?= @.)|cease)
        | (?:soon|going to be|might be|rather be|better) (?:\w+ )?dead (?:outside|for real|too(?= @.)|
          in every way|as well(?= @.))
        | (?:never|not|dont want to|last) (?:have to )?(?:see|live to see|face|reach|
          wake to) (?:\w+ )?(?:another |one more |the next )(?:morning|day|sunrise|tomorrow|birthday|
          christmas|dawn|year)(?! (?:of (?:meetings|standups|leetcode|this project|java)|like this in))
        | (?:counting|count|waiting|wait|watching) @5 (?:till|until|for|before) (?:i|my) @3 (?:be dead|
          die(?= (?:@.|and))|dead|death|not exist|be gone forever|leave this (?:world|life))
        | (?:favou?r|service|gift|kindness|solid) (?:to |for )?(?:\w+ ){0,3}(?:by|if i|when i|and) (?:dying|
          die|died|killing|kill|not (?:being|existing)|ending|disappear\w*|being (?:dead|gone))
        | (?:make|made|making|looks?|look|seem) (?:\w+ ){0,2}like an accident(?= (?:@.|so|and|for|to))
        | (?:insurance|debt) (?:\w+ ){0,2}(?:pays|goes to|for) (?:my |the )?<family>
        | (?:the )?only (?:thing|one|reason|person) (?:thats |that is |that )?(?:stopping|stops|holding|
          keeping|keeps) me (?:back |from (?:it|doing it|this) )?(?:is|are) (?:my |the )?<family>
        | (?:dont|never|not) belong (?:alive|among the living|with the living|in (?:the )?life)
        | <wish> (?:\w+ ){0,3}(?:earth|ground|ocean|sea|river|floor|darkness|void|abyss) (?:to |would |
          could |will )?(?:\w+ )?(?:swallow|take|have|keep|eat|open) (?:me|up)
        | <wish> (?:\w+ ){0,3}(?:go|fade|turn|be) (?:to )?(?:black|dark|silent) (?:and stay|forever|
          for good|permanently|for ever)
        | (?:not|never|isnt|arent|too weak|too tired) (?:\w+ )?(?:strong|brave|tough|good|
          weak)? ?(?:enough )?(?:to |for )(?:keep (?:on )?living|stay alive|live on(?= @.)|go on living|
          this life|life(?= @.)|survive(?= @.))
        | want out of (?:it|this|my (?:body|head|skin|own life))(?= (?:@.|all|for good|forever))(?! (?:job|
          contract|lease))(?<!contract and i want out of it)
        | (?:bottle|box|stash|bag|pack) of (?:oxy\w*|opioids|fentanyl|morphine|codeine|valium|ambien|
          benadryl|antifreeze|heroin|insulin)
        | (?:been )?saying (?:my )?goodbyes? (?:to (?!(?:my (?:team|coworkers|colleagues|old)|
          the))(?:\w+ )+?)(?:without|before|in secret|for the last|one last|quietly|secretly)
        | (?:noose|gun|pills|rope|razor|blade|bleach)s? (?:is |are )?(?:\w+ )?(?:in (?:the|my) (?:closet|
          drawer|car|bag|nightstand|bedside|desk)|under my (?:bed|pillow|mattress)|beside me|by my bed)
        | (?:only|one|other|except|but|real|best|than) (?:\w+ ){0,6}(?:is |be |than |but |
          except )(?:my )?(?:death|dying|suicide|being dead|to die)(?= (?:@.|and|for me|now|i)(?!\w))
        | (?:only|just) (?:death|dying|my death|suicide) (?:can|will|could|would) (?:fix|help|save|stop|end|
          solve|free|heal|give)
        | (?:grave|coffin|cemetery|urn|morgue|casket|tomb|underground|the ground) (?:sounds?|looks?|seems?|
          feels?|is|would be|calls?|calling) (?:\w+ )?(?:cozy|cosy|nice|peaceful|better|good|inviting|
          comfortable|comfy|warm|restful|me|quiet)
        | (?:belong|rest|lie|lay|sleep|end up|be|am|was|were|lay down|put me) (?:\w+ )?(?:in|under) (?:a|my|
          the) (?:own )?(?:grave|coffin|ground|cemetery|casket|morgue|urn|tomb)(?! (?:of|truth|level|floor)\b)
        | (?:death|dead|die) (?:@. )?(?:thats|is) (?:what|all|the only thing|everything) (?:i|im|id)
        | (?:envy|envious of|jealous of|lucky|wish i was|wish i were|wish it was|
          wish it had been) (?:\w+ ){0,3}(?:dead|dying|terminal\w*|gone|died|the deceased|corpses?|
          instead of (?:him|her|them|me dying))(?! (?:links?|code|letters?)\b)
        | (?:die|dying|died|dead|terminal\w*|funeral) @4 (?:lucky (?:them|him|her|you|bastard|guy|one|ones)|
          wish it was me|wish it were me|should have been me|shouldve been me|jealous)
        | should have been me (?:instead|that|who|not|in)
        | (?:put|puts|send|fire) a bullet (?:in|into|through) (?:me|my(?! (?:resume|cv|deck|slides))|this)
        | (?:shoot|stab|murder|euthani[sz]e|execute|strangle|drown|suffocate|poison|finish|smother|end|
          kill) me (?:already|now please|in (?:the|my) (?:head|face|heart|sleep|brain)|so i|please @. (?:im|
          i|not)|tonight)(?! (?:an|a|the) (?:email|mail|message|link|invite)\b)
        | (?:wish|hope|want|asked?|pray\w*|beg\w*|need|like) @4 (?:to |would |will |could )(?:murder|end|
          shoot|kill|stab|strangle|smite|crush|drown|finish) me(?! (?:off|an|a|at|on|with)\b)
        | (?:maybe|hope|hopefully|perhaps|one day|with luck|lucky and) (?:\w+ ){0,6}(?:hits?|kills?|runs?|
          crush\w*|run over|take|strikes?) me(?: over| out| down)?(?= (?:@.|and|on|tonight|so|before|
          first)(?!\w))(?! on (?:slack|linkedin))
        | (?:get|be|being|getting) lucky and (?:\w+ ){0,4}(?:die|dead|hit|crash|cancer|heart)
        | (?:if|when) the (?:plane|train|bus|elevator|car|boat|ship|building) @3 (?:down|crash\w*|under|
          over|collaps\w*|fell|explode\w*|sank) @4 (?:peace|fine|ok|happy|glad|relie\w+|mind|grateful|care)
        | (?:cross|crossing|walk|walking|drive|driving) @4 without (?:looking|a helmet|a seatbelt|
          my seatbelt|checking) (?:\w+ ){0,4}(?:hope|hoping|anymore|care|want|wish|because)
        | <wish> (?:\w+ ){0,3}(?:catch|get|gets|have|develop|contract) (?:something|a thing|anything|
          some disease|a disease) (?:deadly|fatal|terminal|lethal|incurable|that kills)
        | (?:i|to) think (?:to|of|about) kill(?:ing)? me
        | (?:want to|going to|will|gonna|i|id|about to|let me) (?:do|did) the deed(?! of)
        | urges? (?:to|of) (?:\w+ )?(?:unalive|die|kill|jump(?= @.)|end|disappear forever|cut|
          bleed)(?! (?:the|a|this|in|my (?:job|contract))\b)
        | catch\w* (?:the|that|my) bus (?:\w+ ){0,2}(?:goodbye|bye|forever|for good|peace|soon and)
        | (?:dont|cant|not) (?:\w+ )?trust myself (?:\w+ ){0,2}(?:not to (?:do (?:it|something)|hurt|die|
          end|jump|act)|to stay|to be|to live|alone|tonight|to get through)
        | (?:you|u|i|we) should (?:just )?(?:die|kill (?:your|my)self|be dead|not exist|
          disappear forever)(?= (?:@.|me|and|already|now|tonight|because)(?!\w))
    """,
    "means-near": r"""
        | (?:i|im|ive|id|and) (?:\w+ ){0,2}?(?:keep|kept|counting|count|counted|lining up|hid|hide|hiding|
          got|have|bought|found|stashed|took|ordered|holding|grabbed|staring at|
          looking at) (?:\w+ ){0,3}?<lethal>(?= (?:@.|next to|in case|ready|under|by my|by the|on the|
          in (?:the|my)|tonight|right here|here|and|for (?:tonight|later|when|it|me)|instead|to)(?!\w))
          (?! (?:on the (?:ship|climbing)|to (?:cook|cut (?:the )?(?:bread|food|cake|veg\w*)|climb|open)|
          for (?:the|my) (?:dog|mom|dad|grand\w*|allerg\w*)|and (?:fork|pulley|ladder))\b)
        | (?<!\w )(?:counting|sorting|lining|laying) (?:out |up )?(?:\w+ )?(?:pills|tablets|meds|capsules)
        | (?:took|swallowed|popped|taken|ate|downed|had) (?:\w+ )?(?:\d\d+|dozens? of|twenty|thirty|forty|
          fifty|all (?:of )?(?:my|the|those)|every) (?:\w+ )?<drugs>
        | (?:bottles?|boxes|packs?|handfuls?|strips?) of (?:\w+ ){0,2}(?:<drugs>|tablets) @4 (?:vodka|
          whisk\w+|alcohol|wine|tonight|nothing|sleep|ready|gone|me)
        | (?:belt|rope|noose|sheet|knot|cord|chair|bath|blade|razor|gun|stool) (?:is |are |
          was )?(?:on the door|around|ready|tied|waiting|set up|hung|looped|loaded|
          prepared)(?! (?:for (?:review|the demo|production|prod)|list|queue|times?)\b)(?= (?:@.|and|for me|
          my|tonight|now|to|in)(?!\w))
        | (?:ran|run|running|filled|drew|drawing|filling) (?:the|a) bath (?:\w+ ){0,3}(?:razor|blade|knife|
          pills|toaster)
        | (?:gun|shotgun|pistol|rifle|pills|knife|rope|razor|bridge|roof|ledge|rails|
          tracks) (?:\w+ ){0,3}(?:looking at me|calling|waiting for me|whispering|has my name|with my name|
          keeps? (?:looking|staring|calling))
        | (?:garage|car|closed garage) (?:\w+ ){0,3}(?:engine|car|motor) (?:\w+ )?running(?= @.)
        | (?:looked|looking|look|searched|searching|googled|googling|researched|researching|reading|
          read) (?:\w+ ){0,2}?(?:up |for |about |into |on |how )?(?:the |which |whether |some |
          different )?(?:\w+ )?(?:lethal\w*|fatal\w*|(?:height|heights|drop) of the|painless\w*|suicide|
          noose|knots?|overdos\w*|ways? to (?:die|go @.|end (?:it|my))|methods (?:all|again|tonight|online|
          for me|last night|@.)|how to (?:die|end it|do it painlessly|hang))
          (?! (?:for (?:the|this|a)|flaw|error|exception|signal)\b)
        | (?:which|what|how|is) (?:\w+ ){0,2}(?:bridge|building|roof|floor|cliff|parking garage|balcony|
          tower|drop|platform) (?:\w+ ){0,4}(?:tall|high|deep) enough
        | (?:platform|roof|balcony|bridge|building|window|ledge|edge|cliff) (?:edge |
          @4)?(?:waiting for the (?:express|next train|fast|train|next one)|one step|let go|
          look(?:ing)? down|say goodbye|nobody can stop)
        | one (?:more )?(?:step|jump|push|slip|second|cut|pull) (?:and|away) (?:\w+ ){0,2}(?:over|gone|done|
          free|dead|everything (?:ends|stops)|peace)(?! (?:budget|quota|the limit|from (?:the )?(?:offer|
          prod\w*))\b)
        | (?:im|standing|sitting|stood|here) (?:\w+ )?on the (?:bridge|overpass|railing|tracks|roof|balcony|
          \d+th floor)(?= (?:now @.|right now|alone|again @.|and (?:i|cant|want|looking|its|ready)|
          looking down|ready|thinking)(?!\w))(?! and (?:ill|i will) (?:share|join|call))
        | (?:jump|jumping|leap|leaping|throw\w* myself|hurl\w* myself|fling\w* myself|fall) (?:off|from|out|
          down|into) (?:of )?(?:my|the|a|our) (?:\w+ )?(?:dorm|apartment|flat|stairs|stairwell|hotel|house|
          block|office window|school|campus|tower|hospital|garage|dam|quarry|gorge|pier|\d+\w* (?:floor|
          storey|story))
        | (?<!\w )(?:tonight|today|tomorrow) (?:i|ill|i will|im) (?:jump\w*|die|dying|end (?:it|my)|hang|
          go to sleep forever|leave this)(?! (?:on|into|to|inside|between|ahead)\b)
        | (?:i|id|ill) (?:would |will |might |could )?(?:walk|step|run|wander|jump|lie down|
          drive) (?:out )?(?:into|in) (?:the )?(?:oncoming )?(?:traffic|the road|
          front of)(?! (?:the (?:class|camera|panel|group|mirror|board|audience|team)|engineering|
          control)\b)(?= (?:@.|if|and|now|tonight|a|the|because)(?!\w))
        | (?:let|letting) go of the (?:steering )?wheel|(?:driv\w+|drove|steer\w*|swerv\w*|
          veer\w*) (?:\w+ )?off the (?:road|bridge|cliff|highway) (?:\w+ )?(?:on purpose|deliberately|again|
          last|today|tonight|and end|and die)
        | (?:rope|branch|belt|noose|beam|knot|gun) (?:broke|snapped|jammed|came loose|slipped|gave way)(?= @.)
        | (?:make|sure|know) (?:\w+ ){0,3}(?:it works|succeed|it sticks|no ?body (?:will |can )?(?:find|
          save|stop)s? me|finds me too late)(?= (?:this|next|and|@.)(?!\w)) (?:next time|this time|@. next|
          nobody|@. nobody|no one)
        | next time (?:\w+ ){0,6}(?:nobody will (?:find|save|stop) me|wont fail to|wont be saved)
    """,
    "left-behind": r"""
        | (?:better|easier|happier|lighter|safer|richer|best|
          free) (?:off )?(?:\w+ ){0,2}(?:(?:with )?(?:one less of me|no (?:dad|mom|mum|mother|father|
          husband|wife|son|daughter|me)|me (?:gone|dead|buried|not (?:here|around|alive)|out of (?:it|
          the (?:way|picture)))|a dead))(?= (?:@.|than|in it|and|at|for)(?!\w))
        | (?:worth|value|valuable|use|useful) (?:\w+ ){0,5}(?:dead|six feet under|when im gone|
          in a coffin)(?= (?:@.|than|and|to)(?!\w))(?! than half)
        | (?:debt|loan|loans|shame|pain|problem|problems|mess|secret|suffering) (?:\w+ )?(?:dies?|ends?|
          disappears?|is gone|goes away|is forgiven|stops?) (?:with me|when i (?:die|do|go)|if i (?:die|do)|
          with my death)(?! (?:and|on|the) )
        | (?:if|when) i (?:just )?(?:die|died|am dead|do die) (?:the|my|will|would|does|is|are|do|they|what|
          who|how|it)(?! (?:roll|in the (?:game|raid|dungeon)|interview)\b)
        | (?:world|planet|earth|universe|life|society|everyone|nobody|family) (?:\w+ )?(?:doesnt|dont|
          does not|never|wouldnt|needs?) (?:need|needs|want|wanted|miss|be worse|lose|notice)? ?(?:me|
          somebody like me|people like me)(?= (?:@.|in it|on it|anymore|here|on this|and|
          to live)(?!\w))(?! (?:in that|on the call|at the))(?= (?:in it|on it|on this|here|anymore|to live|
          @. (?:it|they|id|i))(?!\w))
        | (?:less|fewer) (?:trouble|pain|stress|worry|suffering|cost|money) (?:\w+ ){0,3}(?:if i (?:died|
          was dead|were dead|wasnt)|without me alive)
        | (?:spared|spare|save|free|freed|rid|relieved|unburdened|breathe) (?:\w+ ){0,6}<absent>
        | (?:once|when|after|until|till) im (?:finally )?(?:in the (?:ground|grave|dirt)|under the ground|
          ashes|a memory|in my (?:grave|coffin)|no longer (?:alive|living))
        | if i (?:was|were|am|wasnt|werent) (?:no longer )?(?:alive|here(?= (?:would|itd|nobody|no|they|
          @.)(?!\w))|breathing)(?! (?:to|in|when|for|at|on|until)\b)
        | (?:someone|somebody|who|whoever|they|nobody|people|police|landlord|weeks|days|you|wife|roommate|
          until) (?:\w+ ){0,4}(?:finds?|found|discover\w*) (?:me (?:before|after|dead|hanging|
          in the morning|tomorrow morning|in time|too late)|my (?:dead )?body)
        | (?:wont|never|not going to|nobody will|not one of you will|last time) (?:\w+ )?(?:see|hear from|
          find|talk to) me (?:again|ever|anymore|alive)(?= (?:@.|after|ever|and|its|because|so|
          in this)(?!\w))(?! in (?:this|that) (?:team|company|channel|office))
        | (?:hearing|hear|read|reading|see) about me (?:on|in) the (?:news|paper|papers|
          obituar\w+)(?= (?:@.|tomorrow|lol|and|soon)(?!\w))
        | (?:if|in case) (?:im|i am) (?:not here|gone|dead|not alive|not breathing|no longer here|
          not around)(?: in the morning| tomorrow(?: morning)?)? (?:please |then )?(?:call|tell|give|let|
          contact|know|forgive|make sure|take care of|look after)
          (?: that)? (?:i|my|her|him|them|no|nobody|none)(?= (?:\w+)(?!\w))(?! (?:group|team|manager|boss|
          interviewer|recruiter|slot|turn)\b)
        | (?:forgive|sorry|forgiveness) (?:me )?(?:@1 )?(?:for |about )?what im (?:about|going|planning|
          doing) (?:to do)?
        | (?:last|final) (?:thing|words?|lines?|message|text) (?:that )?(?:i|ill|i will|you|
          youll) (?:ever )?(?:write|say|type|post|send|hear|read|get)(?= (?:@.|from me|to|in this life|
          on)(?!\w))(?! (?:to (?:the|my) (?:recruiter|manager|hr|hiring)|on (?:the|this) (?:exam|test|
          slide))\b)
        | (?:time|ready|need|have|want) (?:for me )?to go (?:@. )(?:\w+ ){0,2}(?:love (?:you|yall|u)|sorry|
          goodbye|forgive)(?! (?:[\w.]+ ){0,5}see you)
        | (?:sorry|forgive me) (?:\w+ ){0,6}(?:couldnt hold on|wasnt strong enough|couldnt (?:stay|
          do it anymore|take it anymore|fight|be stronger)|have to (?:go|leave you)|leaving you|
          let(?:ting)? go)
        | (?:i|ill|im going to|im) (?:will |going to )?(?:be |see |join |go |going )(?:with |to |
          to be with |back to )?(?:my |you )?@3 (?:in heaven|in the afterlife|soon @. (?:he|she|
          they) (?:passed|died)|soon (?:he|she|they) (?:passed|died)|up there|beyond the grave)
        | (?:with|see|join|meet|hug) my (?:late|dead|deceased) (?:<family>|grand\w+|friend)
        | (?:need|needing|want|use) (?:\w+ ){1,3}(?:soon |anymore )?where i (?:go|am going|will be|
          end up)(?= @.)
        | (?:days?|weeks?|nights?|hours?) (?:\w+ )?(?:then|until|till|and|before) (?:i|ill|im) (?:can |
          will |get to |finally |be )*(?:rest|sleep|leave|disappear|gone|go|die|peace|free) (?:forever|
          for good|at last|permanently|this (?:life|world))
        | (?:thats|always) (?:\w+ ){0,3}(?:age|day|year|date|birthday) (?:that )?(?:i|id|ill|i would|
          i will) (?:end it|die|kill|be (?:dead|gone)|go @.|leave this)
        | be alive (?:come|at|by|after|past|in) (?:\w+ )?(?:january|february|march|april|may|june|july|
          august|september|october|november|december|christmas|summer|winter|spring|graduation|\d\d)
    """,
    "hurting-again": r"""
        | (?:burn\w*|cut|scratch\w*|hit|punch\w*|bit|biting|scald\w*|pinch\w*|carv\w*|stab\w*) (?:myself|
          my (?:own )?(?:\w+ )?(?:arms?|hands?|skin|legs?|thighs?|wrists?|face|stomach|fingers?)) @6
          (?:deserve\w*|on purpose|punish\w*|to feel|feel something|open|wrong|fail\w*|iron|cigarette|
          lighter|feel pain|numb|hate)
        | (?:want to|need to|so i|have to) (?:\w+ ){0,2}(?:feel pain|feel the pain|bleed|see blood|
          hurt something|suffer) (?:\w+ )?so (?:i|im)
        | (?:new|fresh|another|more|old|deep|deeper) (?:cuts?|scars?|burns?)(?: \w+){0,4}? (?:arms?|thighs?|
          wrists?|skin|legs?|rejection|tonight|my body)
        | (?<!\w )i cut (?:myself |again |deep |deeper |tonight |last night )?@.
        | my (?:wrists?|arms?|thighs?|legs?) (?:is|are|were|wont stop|keep|keeps|started|
          all) (?:\w+ )?bleed\w*
        | (?:skip\w*|stopp\w+|starv\w+|not eating|refus\w+) (?:\w+ ){0,4}(?:as (?:a )?punishment|
          to punish (?:myself|me)|because i (?:dont )?deserve)
    """,
}
"""Pattern by rule id, tried in this order."""
