"""Means, plans, goodbyes and hurting oneself: tier 1. The notation is explained in `bot.safety.patterns`."""

from __future__ import annotations

PLANS: dict[str, str] = {
    "self-harm": r"""
        | (?:cut|cutting|slice|slicing|slash\w*|scratch\w*) myself(?! (?:off|some|short|out|loose|a|
          from|slack|down|in|on (?:a|the)|shaving|while|cooking|by|opening|chopping|with the (?:paper|
          kitchen))\b)
        | (?:been|started|want to start|back to|urge to start|relapsed into|stop) cutting(?= (?:again|
          @.|myself|my|to feel|and i|because))
        | (?:cut|cutting|slit|slitting|slash|slashing|open|opening|
          bleed\w*) (?:open )?my (?:own )?(?:wrists?|arms?|thighs?|legs?|veins|throat|skin)
        | (?:hurt|hurting|harm|harming|injure|injuring|punish|punishing|mutilate|starve|starving|bruise|
          bruising) myself(?! (?:at|playing|running|lifting|skiing|during|falling|accidentally|training|
          climbing|cycling|on the|on a|working|by|with my|when i|in (?:the|a|my|interviews?)|doing|
          while|moving|if i (?:skip|rush))\b)
        | (?:burn|burned|burning|burnt|hit|hitting|hurt) myself (?:on purpose|deliberately|again|
          with (?:a |my )?(?:lighter|cigarette|iron|matches))
        | selfharm\w*
        | self injur\w*
        | self mutilat\w*
        | urges? to (?:cut|burn|hurt|scratch)(?! (?:corners?|costs?|scope|it|the|in|down|through|off)\b)
        | burn(?:ed|ing|t|s)? myself (?:with (?:a |the |my )?(?:cigarettes?|lighter|matches|iron|candle)|
          when|because|to (?:feel|cope|punish)|just)(?! (?:i |my )?(?:cook\w*|touch\w*|tea|coffee))
        | (?:fresh |new |more )?(?:cuts|scars|burns) on my (?:arms?|wrists?|legs?|thighs?)
        | (?:cut|cutting) (?:myself )?deeper (?:this time|each time|every time|again|next time)
        | (?:i|ive|im) (?:\w+ ){0,3}?(?:bought|have|got|holding|hid|found|hiding|
          keep) (?:\w+ ){0,2}?(?:razor|razors|razor blades?|
          blades? (?:ready|with|in|next|hidden)|knife (?:ready|to|in my|next|under)|blades @.)(?! (?:server|
          pages|view|template|engine|syntax)\b)
        | (?:been|keep|started|start|stop|by|want to|i|from) (?:burning|punching|biting|scratching|beating|
          punch|bite|burn|scratch) myself(?! (?:up|out|off|on the|on a|over|with (?:tea|coffee|work)|
          cooking|while)\b)
        | myself bleed
        | (?:think|thinking|thoughts?|urges?|dream\w*) (?:about|of|for) cutting(?= (?:again|@.|myself|deep|
          my))
        | i cut (?:myself )?too deep
        | cuts (?:all )?(?:over|up|down|across|along) my (?:arms?|wrists?|legs?|thighs?)
        | (?:burn|burned|burnt|burning|cut|hit|hurt|scratch\w*|bit) my (?:\w+ )?(?:arms?|skin|legs?|wrists?|
          hands?|thighs?) (?:\w+ ){0,5}?(?:on purpose|deliberately|lighter|cigarette|razor|blade)
        | relapsed (?:and |again )?(?:\w+ )?(?:cut|cutting|selfharm\w*|burned)
        | (?:clean|free|relapsed) (?:\w+ ){0,5}(?:from|of) (?:cutting|selfharm\w*)
        | want to (?:bleed|feel pain|feel the blade)
    """,
    "unsafe": r"""
        | do(?:ing)? (?:something|anything|things|stuff)(?: \w+)? to myself
        | do to myself
        | (?:scared|afraid|worried|terrified|might|going to|want to|
          about to) (?:\w+ ){0,3}do something (?:stupid @.|stupid tonight|drastic|permanent|
          irreversible|terrible|awful|bad to|i cant take back|i cant undo|i wont come back)
        | (?:dont|not|cant|never|isnt) (?:\w+ )?(?:feel |be |trust |keep |stay |feeling |
          sure i can keep |left )?(?:safe |myself )(?:with|around|to be|being|alone|tonight|right now|
          from|safe|by) ?(?:left )?(?:myself|alone|tonight|right now|with (?:pills|knives|myself)|
          tomorrow)
        | (?:keep|keeping) myself (?:safe|alive)
        | not safe (?:from|with|around) myself
        | (?:not sure|dont know|dont think|doubt|unsure|no idea|cant promise|not certain|cant guarantee|
          maybe)(?: if| how| whether| that| how long| how much longer)? (?:i|ill|id|i can|i will|ill be)
          (?: \w+){0,3}? (?:make it (?:through (?:the |to)?night|through tonight|to (?:tomorrow|morning|
          next year|my next birthday|christmas|thirty|monday alive))|stay alive|survive (?:the night|
          tonight|this night|another)|see (?:tomorrow|the morning|another day|christmas)|be alive|
          live (?:much longer|another|through|past)|keep myself|hold on (?:much|any) longer|be safe|
          still be alive)
        | (?:dont|not|never|wont) (?:plan|planning|expect|expecting|intend|intending|think ill|going to|
          make it|want|imagine|see myself|live|be)(?: on| to)? ?(?:be |being |still |still be |living |
          make it |making it |live |reach )*(?:alive|to see (?:thirty|\d\d|next year|my next birthday|
          christmas|tomorrow)|(?:to|past) (?:thirty|\d\d|my next birthday|next year|christmas)(?= @.)|
          see tomorrow)
        | trust myself (?:to be |being |when im )?(?:alone|tonight|right now|around (?:pills|knives|people|
          the)|with (?:pills|knives|a knife|sharp|the car|meds))(?! (?:on call|in the room))
        | (?:safe|alone|afraid) (?:with|of) my (?:own )?(?:thoughts|mind|head)
        | (?:going to|might|about to|gonna|ill) do something (?:\w+ ){0,2}(?:stupid|bad|terrible|drastic)
          (?= (?:@.|tonight|to|and i))
        | sorry (?:for|about) what im (?:about|going|planning) to do
        | not (?:going to )?be alive (?:by|in|next|much|tomorrow|when)
        | dont leave me alone (?:tonight|right now|with)
    """,
    "means-pills": r"""
        | (?:i|ive|im) (?:\w+ ){0,2}?(?:have|got|kept|found|bought|hoard\w*|stash\w*|stockpil\w*|
          count\w*|lined up|staring at|holding|collect\w*|sav\w+(?: up)?)(?: \w+)? (?:(?:the|all|
          all the|enough|these|those|some|my|a bottle of|a lot of|so many|sleeping|a bunch of|
          a stash of|a box of) )*(?:\w+ )?pills(?! (?:problem|question|puzzle|dp|ui|component|shaped|
          design|buttons?|vendor|startup|case|dataset|app|tracker|reminder|classif\w*|for|every|daily|
          twice|that help|organi\w*)\b)
        | (?:take|took|taken|taking|swallow\w*|downed|downing|ate|eat|pop|popped|drink|
          drank) (?:\w+ ){0,2}?(?:all|whole|entire|bunch|handful|too many|every|bottle|lot|so many|
          enough|box|pack|full|fistful|whole bottle) @4 (?:<drugs>|bottle(?! ?neck))
        | (?:swallow\w*|downed) (?:\w+ ){0,2}(?:bottle|pills|pack|bleach)
        | (?:bottle|box|jar|stash|handful|pile) of (?:\w+ )?(?:<drugs>)
        | drink(?:ing)? bleach
        | drank bleach
        | overdos(?:e|ed|ing)
        | (?:going to|want to|will|ill|might|could|to) od(?= (?:@.|tonight|on|myself|now|and|today|
          again))
        | od(?:ing)? on (?:pills|meds|tylenol|paracetamol|drugs|xanax|my)
        | lethal (?:dose|amount)
        | how many (?:\w+ )?(?:pills|tablets|sleeping pills|tylenol|paracetamol|xanax)(?! (?:a day|per|
          should|do i|does the|are (?:in|left)|can the)\b)
        | how much (?:\w+ )?(?:paracetamol|tylenol|insulin|aspirin|ibuprofen|xanax|fentanyl|medication|
          bleach)
        | (?:sav\w+(?: up)?|hoard\w*|stash\w*|stockpil\w*|collect\w*) (?:up )?(?:\w+ ){0,2}<drugs>
        | (?:took|taken|take) an overdose
        | exit bag
        | engine running in (?:the|my) garage
        | swallow(?:ed|ing)? (?:everything|them all|it all|the lot)
        | stopped taking my (?:insulin|meds|medication) on purpose
    """,
    "means-how": r"""
        | how (?:many|much) @8 (?:to (?:die|kill (?:me|myself|you|someone|a person)|not wake|never wake|
          overdose|end)|would kill (?:me|you)|(?:is|are) (?:lethal|fatal)|kills (?:you|me))
        | (?:painless\w*|quick|quickest|easiest|least painful|fastest|peaceful|cleanest|best|easy|
          surest) (?:\w+ )?(?:ways?|methods?) (?:for me )?to (?:die|go @.|kill (?:my|your)self|
          end (?:it|my|your))
        | how to (?:painlessly |quietly |peacefully |quickly )?(?:die|kill (?:my|your)self|tie a noose|
          hang (?:my|your)self|end (?:my|your) (?:own )?life|end it all)
        | ways (?:of |to )(?:die|dying|kill (?:my|your)self|killing (?:my|your)self|end (?:my|
          your) life|ending (?:my|your) life)
        | die (?:painlessly|peacefully|without pain)
    """,
    "means-rope": r"""
        | (?:i|ive|im|id) (?:\w+ ){0,3}?(?:have|got|bought|found|tied|ordered|buy|buying|tying|holding|
          looking at|staring at|picked) (?:\w+ )?(?:a|the|my|some|this|that) (?:\w+ )?rope(?! (?:data|
          structure|string|bridge|class|type|nodes?|implementation|problem|course|for climbing|team|
          tree|library|question)\b)
        | noose
        | rope (?:for (?:it|me|myself|this)|around my)(?= (?:@.|and|tonight|neck|to))
        | looking at the (?:beam|rafters?)(?! (?:search|width|size))
        | (?:bought|buy|buying|tied|tying) (?:a|the|my|some) rope(?! (?:data|structure|bridge|course|
          for climbing|ladder)\b)
        | (?:belt|rope|cord|cable|scarf) @3 (?:around (?:the door|my neck)|over the (?:beam|door))
    """,
    "means-gun": r"""
        | (?:i|ive|im|id) (?:\w+ ){0,3}?(?:have|got|bought|own|holding|loaded|load|found|buy|get|
          getting|buying|keep|keeping|looking at|staring at|sitting with|took) (?:\w+ ){0,2}?(?:a|the|
          my|his|this) (?:\w+ ){0,2}?(?:gun|pistol|shotgun|handgun|revolver|firearm|rifle)(?! (?:js|
          metaphor|emoji)\b)
        | (?:gun|pistol|barrel|revolver|shotgun|bullet|knife|blade|razor|rope) @3 my (?:own )?(?:head|
          mouth|temple|brain|wrists?|throat|neck|skin|chest|arms?)
        | loaded gun
        | eat(?:ing)? (?:a|the|my) (?:bullet|gun|barrel)
        | bullets? for (?:me|myself)
        | (?:gun|pistol|rifle|rope|bullet) @5 is for me
        | (?:sat|sit|sitting|slept|lying|laying|alone) (?:there |here |in bed )?with (?:my|the|a|his|dads|
          my dads) (?:\w+ )?(?:gun|pistol|rifle|shotgun|revolver|knife|rope|pills)
        | know where (?:the|my dads|his|my|dads) (?:\w+ )?(?:gun|pills|rope|pistol|rifle) (?:is|are)
        | (?:gun|pistol|rifle) @8 (?:going|ready|want) to use it
        | (?:bought|buy|buying|got|getting) (?:a|the|my) (?:\w+ )?(?:gun|pistol|shotgun|handgun|revolver|
          noose)(?! (?:js|metaphor|emoji|startup|company)\b)
        | (?:use|using|used|turn|turned|turning|put) (?:\w+ ){0,2}(?:razor|gun|knife|blade|pistol|
          it) on myself
    """,
    "means-fall": r"""
        | (?:jump|jumping|jumped|leap|leaping|step|stepping|walk|walking|throw|throwing|fall|falling|
          hurl\w*|drop|let go) (?:\w+ )?(?:off|from|out|over)(?: of)? @3 (?:bridge|roof|rooftop|
          building|balcony|window(?! (?:function|size|length|of|frame)\b)|cliff|ledge|overpass|tower|
          railing|skyscraper|parking garage|car park|tenth floor|top floor)
        | (?:stand|standing|sitting|sat|stood|climb\w*|walked?|walking|up|waiting) (?:on|at|to|onto|
          here on|by) (?:\w+ ){0,3}?(?:bridge|ledge|rooftop|roof|overpass|railing|tracks|cliff)
          (?! (?:call|line|network|pattern|table|mode|interface)\b)
        | (?:jump|jumping) (?:off|from) (?:something|somewhere|anything|the) (?:high|tall|edge|top)
        | (?:jump|jumping|jumped) (?:\w+ )?from (?:the |my |a )?(?:\d+\w*|tenth|fifth|sixth|seventh|eighth|
          ninth|third|fourth|top|highest) floor
        | (?:going to|want to|about to|ready to|almost|nearly) jump(?:ed)? (?:off )?(?:tonight|today|
          right now)
        | (?:stood|standing|stand|sat|sitting) (?:at|on|near|over|by) the edge(?= (?:@.|and|thinking|
          looking|of the (?:roof|bridge|platform|building|cliff|tracks|water)))
        | (?:stood|standing|stand|sat|sitting) (?:at|on|near|over|by) the edge(?= (?:right now|tonight))
    """,
    "means-train": r"""
        | (?:jump|jumping|jumped|step|stepping|stepped|walk|walking|throw|throwing|lie|lying|lay|laying|
          run|running|dive|diving|leap|leaping|fall|falling|put|putting|
          swerv\w*) (?:\w+ )?(?:in front of|under|onto|into|on) (?:\w+ ){0,2}?(?:(?<=of )(?:a |the |
          that |an )?(?:\w+ )?(?:train|truck|bus|car|lorry|metro|subway|tube|traffic)|(?<=under )(?:a |
          the )?(?:train|bus|truck)|train tracks|tracks|rails|oncoming traffic|traffic(?= (?:@.|and|
          tonight|on)))
        | (?:front of|under) (?:a|the|an|that|some) (?:\w+ )?(?:moving |oncoming |speeding |subway |
          freight )?train
        | crash(?:ing)? my car
        | driv(?:e|ing) (?:my car |myself |the car |it )?(?:straight |right )?(?:into|off) (?:a|the|an|
          oncoming) (?:\w+ )?(?:wall|tree|traffic|lake|river|truck|pole|barrier|ditch|bridge|road|cliff|
          sea|edge)(?! (?:of the (?:map|graph))\b)
        | (?:throw|throwing|fling\w*) myself (?:off|under|in front|from|into (?:the )?(?:river|sea|
          traffic|canal|water)|out)
        | walk(?:ing)? into the (?:sea|ocean|river|lake)
        | (?:i|let me|myself|me|just) (?:\w+ ){0,3}bleed(?:ing)? (?:out|to death)
        | (?:looking|staring|look|stare) at the (?:\w+ )?(?:tracks|train tracks|rails)(?! (?:app|api|docs|
          console|code|page)\b)
        | (?:drove|walked|went|go|going|walk|drive) (?:up )?(?:to|onto) the (?:bridge|roof|rooftop|overpass|
          cliff|ledge)(?= (?:@.|last night|again|today|tonight|and (?:stood|sat|looked|thought)))
    """,
    "plan": r"""
        | i have a plan(?: and)?(?: \w+){0,6} (?:to not be|not be here|dont intend|wont be here|
          the means|to die|to end (?:it|my)|to kill|intend to be)
        | (?:picked|chosen|set|chose|pick) (?:a|the) (?:date|day|place|method) (?:to (?:die|end|do it|
          go)|for my|when ill)
        | (?:tonight is|today is|this is) the (?:night|day) (?:i (?:die|end|do it|go)|it ends)
        | im going to do it (?:tonight|today|soon|now|this time)(?= (?:im (?:done|sorry|ready|tired)|
          goodbye|i cant|i have the))
        | (?:tried|attempted|attempting|try) to end (?:it(?= (?:@.|all|two|last|once|before))|my|everything)
        | i (?:tried|attempted) (?:it )?(?:before|last (?:month|year|week|night)) (?:and|but) (?:nobody|
          failed|
          survived|i will again|it didnt work)
        | (?:wish|if only|sad|sorry) @3 attempt (?:had |would have )?(?:worked|succeeded|had)
        | i attempted @4 (?:nobody|survived|failed)
        | (?:previous|past|last|first|second) attempt (?:to (?:end|die)|on my life)
        | i have a plan (?:and|but) (?:\w+ ){0,5}?(?:follow through|tonight is|go through with it|
          dont want to be stopped|it ends)
        | i have a plan to (?:end|finish) (?:it|everything|things)(?! (?:with|on|by|early)\b)
        | (?:tonight|today|tomorrow) is (?:the|my) last (?:night|day)(?= (?:im|ill|i|@.|alive|on earth))
          (?! (?:i )?(?:at|of|in)\b)(?<!today is my last day)(?<!tomorrow is my last day)
        | made up my mind (?:tonight|today) (?:i go|i die|is it|its over)
        | bought what i need to (?:end|do it|die)
        | know (?:exactly )?how (?:im going to|ill|i would|id) (?:do it|die|end it|kill)(?! (?:the|a)\b)
        | (?:picked|chosen|chose|set|decided on) (?:the|a|my) (?:day|date|time|place|method) (?:that |
          when )?(?:im going to|ill|im|i will) (?:do it|die|go @.|end)
        | tried to (?:cut|jump|overdose|od|drown|die|hang)(?= (?:before @.|once @.|last (?:year|month|week|
          night)))
    """,
    "goodbye": r"""
        | (?:goodbye|bye)(?: \w+){0,4} (?:forever|for good(?! measure)|cruel|world|(?:this is )?my last|
          i love you all|i loved you|im sorry (?:for|i|it)|i wont be|and thank you for trying)
        | (?:sorry|anymore|love (?:her|him|them|you)) goodbye
        | my last goodbye
        | saying (?:my )?goodbyes?(?= (?:@.|to everyone|before i|now|tonight))
        | (?:said|say) my goodbyes
        | (?:this is|this will be|here is|heres) my (?:last|final|very last) (?:message|post|text|words|
          note|goodbye|night alive|night(?= @.)|day (?:alive|on earth)|email)(?! (?:in|of|on|for|before|
          about|today|this week|tonight|until|from work|at|with)\b)
        | (?:my|as) (?:final|last) (?:words|goodbye|letter)
        | (?:last|final) (?:night|day|sunrise|birthday) (?:alive|on (?:this )?earth|of my life|
          i will see)
        | (?:last time|never) (?:\w+ ){0,3}(?:hear from|see) me (?:again|alive)
        | by the time @4 (?:ill be|i will be|im|itll be|ill have) (?:already )?(?:gone|dead|over|
          too late|no longer|far away from)
        | (?:i|ill) (?:wont|not) be (?:here|around|alive) (?:much longer|for much longer|anymore|
          for long)(?! (?:than|if|so (?:ping|ask))\b)
        | (?:wont|not|dont|never) (?:\w+ )?have to (?:deal|put up|worry|see|bother|hear|look after|
          take care) (?:with|about|from|of)? ?me (?:much longer|anymore|soon|again|after|for long)
        | ill be gone (?:soon|by (?:then|tomorrow|morning)|forever|for good)(?= @.)
        | (?:take care|look after|care|watch|feed|give|tell|take|keep|remember|love|forgive|hug|
          have) @6 (?:when|after|once|if) im (?:gone|dead|not here|no longer here|not around)
          (?! (?:from|on|for|to|at|over|next|this (?:week|weekend|month)|until|in)\b)
        | (?:after|when|once) im (?:dead|gone)(?= @.)(?<!gone from)
        | tell (?:my )?<family> @3 (?:i|that i) (?:love|loved|am sorry|tried)
        | (?:goodbye|suicide|death|last) (?:note|letters?|notes|video)(?! (?:to|for|from) (?:the|my|
          our) (?:\w+ )?(?:team|colleagues|coworkers|company|manager|boss|office)\b)
        | (?:wrote|written|writing|left|leaving|write) (?:\w+ ){0,3}?(?:notes?|letters?) (?:to|
          for) (?:my )?<family>
        | (?:the|my) note is (?:written|ready|done|on the)
        | (?:wrote|written|writing) (?:a|my|the) note (?:and|for when|to leave|to explain|so they)
        | (?:gave|given|giving|give) away (?:all )?(?:of )?my (?:\w+ )?(?:things|stuff|belongings|
          possessions|clothes)
        | affairs in order
        | made (?:my )?peace with (?:dying|death|it ending|going|leaving this)
        | (?:time|ready) for me to go(?= @.)
        | my time (?:has come|is up)(?= @.)
        | wont see (?:tomorrow|the sunrise|morning)
        | last time (?:we|well|you|youll|anyone|anybody|i|ill|everyone) (?:\w+ ){0,2}(?:talk|speak|
          hear from me|see me|hear me|hears from me|sees me)(?= @.)
        | this is (?:my )?(?:final |last |real )?goodbye(?! (?:for now|until|to (?!(?:you|everyone|all|my)
          \b)|from the)\b)
        | goodbye (?:message|text|post)(?! (?:to|for|from) (?:the|my|our) (?:\w+ )?(?:team|colleagues|
          coworkers|company|manager|boss|office|slack)\b)
        | (?:wrote|written|finished|writing|left) my (?:goodbye |last |suicide )?(?:note|letters?|will and)
          (?! (?:on|about|for the|to the (?:hiring|recruiter))\b)
        | letters to my (?:parents|kids|family|wife|husband|children|loved)
        | (?:join|joining|be with|be reunited with|see|meet) (?:my )?@4 (?:in heaven|on the other side|
          in the afterlife|in the grave)
        | (?:giving|gave|given|give) (?:away )?my (?:things|stuff|belongings|possessions) away
        | peace with (?:my decision|it) (?:and i|to die|to end|to go)
        | peace with my decision to end
        | last time (?:ill|i will|i) (?:ever )?(?:talk|speak|write|see|post) (?:to |with )?(?:anyone|
          any of you|you all|you|everyone)(?= @.)
        | by (?:tomorrow|tonight|morning|the morning|sunrise|midnight|monday|the weekend)
          (?: \w+)? ill be (?:gone|dead)(?! (?:for|to|on|until|from|at)\b)
        | tell my <family> @3 (?:im|i am|that im) sorry
        | wrote a note in case @.
        | made (?:my )?peace with (?:everything|it all|the end|my choice|god)(?! (?:about|except)\b)
        | everything is in order for when im gone
        | sorry @5 (?:im|ill be|i) leav(?:e|ing) behind
    """,
    "burden": r"""
        | burden @8 (?:better|gone|without me|end|die|dead)
    """,
}
"""Pattern by rule id, tried in this order."""
