"""A wish to die, not to live, not to wake: tier 1. The notation is explained in `bot.safety.patterns`."""

from __future__ import annotations

WISHES: dict[str, str] = {
    "wish-die": r"""
        | <long> (?:i could |id |i would )?(?:to )?@2 (?:die|be dead|be dying|dead)(?! than\b)
          (?! (?:code|letter|link|lock|man|on arrival)\b)
        | (?:want|wanting|wanted|ready|glad|happy|like) to be (?:dead|gone forever|not alive|
          with the dead)
        | i (?:just )?(?:should|deserve|deserved|ought|need|needed|must|could|have|might as well|
          may as well) (?:to )?(?:have )?(?:just )?(?:die|died|be dead)(?! (?:on|in (?:the|this)|inside|
          down|off|hard)\b)
        | (?:im|i was) (?:supposed|meant|destined|not afraid|not scared|unafraid|no longer afraid|
          going) to (?:die(?= (?:tonight|today|soon|by|alone and))|not be alive)
        | (?:not|no longer|isnt|never) (?:afraid|scared) (?:to die|of (?:dying|death))
        | (?:better|easier|nicer|happier|simpler|want) (?:to )?(?:have )?(?:be dead|die(?! than\b)|died|
          not have survived)
        | (?:want|crave|craving|welcome|waiting for|longing for|pray for|praying for|wish for|beg for|
          embrace) (?:my )?
          death(?! (?:march|star|rates?|penalt\w*|by|valley)\b)
    """,
    "wish-dead": r"""
        | rather be dead
        | (?:wish|wished|wishing|hope|if only|better if|easier if|like if) @3 (?:i|me) (?:was|were|am|
          could be|had been) (?:already )?(?:dead|gone|killed|not alive|not here)
        | i wish (?:i|that i) (?:would|could|had|might) (?:just )?(?:have )?(?:die|died|been killed|
          disappear forever|be dead)
        | (?:please|someone|somebody|god) (?:please )?(?:kill me(?! now)|let me die|take me(?! (?:off|
          through|to (?:the|a)|on|back|seriously|up)\b))
        | let me die
        | want (?:someone|somebody|god|something) to (?:kill|take) me
        | (?:maybe|wish|hope|better if|glad if|what if) (?:\w+ ){0,2}i (?:did die|died|had died|die soon|
          dont make it|had killed)
        | wish (?:i|that i) (?:was|were|could be) (?:gone|no more|erased|not real)(?! (?:for|on|from|by)\b)
        | worth more dead
        | (?:might|may) as well be dead(?! (?:code|letter|weight|link|last)\b)
        | insurance (?:money |payout )?would (?:\w+ ){0,3}(?:my )?<family>
        | (?:envy|envious of|jealous of|(?:trade|switch|swap) places with) @4 (?:dead|die|died|dying|gone)
          (?! (?:links?|letters?|code)\b)
        | let me (?:not|never) wake
        | time for me to die
        | (?:i|ive|my) (?:\w+ ){0,4}(?:decision|choice|mind|decided|chosen|chose) to die(?! on\b)
    """,
    "wish-hit": r"""
        | (?:wish|hope|hoping|want|wanting|praying|mind|like|love|fine) @5 (?:get|got|be|getting|being|
          was|were|had been) (?:hit|run over|struck|crushed|killed|shot) by
        | (?:wish|hope|hoping|want|praying|mind|love) @3 (?:bus|car|truck|train|lorry|plane|meteor|
          lightning|cancer|something) (?:would |could |will |to )?(?:just )?(?:hit|hits|run me|kill|
          take|struck|strike|end|crush)
        | (?:wish|wishing|hope|hoping|mind|minded|care|praying|glad) (?:if |that )?(?:\w+ )?(?:something|
          anything|an accident|a disease|
          cancer) (?:bad |terrible )?(?:would |could |will |to )?(?:happen|happens|happened|kill|killed|
          take|took)(?: to)? me
        | (?:dont|didnt|wouldnt|stopped|not|never|no longer) (?:care|caring|cares|mind|cared) (?:about |if |
          whether |either way )+(?:\w+ )?
          (?:i )?(?:live|lived|die|died|dying|wake|woke|survive|survived|living|make it out)(?! (?:demo|
          coding|in|at)\b)
        | (?:if|whether) i live or die
        | (?:dont|stopped) (?:care|caring) what happens to me
        | (?:hope|hoping|wish|wishing|pray|praying) (?:(?!(?:doesnt|dont|wont|not)\b)\w+ ){0,5}(?:kill|
          kills|killed|ends|finishes) me(?! (?:if|in|at)\b)
    """,
    "relief": r"""
        | (?:death|dying|being dead|to die|to be dead|if i died @3 id|not existing|
          not being alive) (?:is|would be|sounds|seems|feels|looks|might be|be|
          looking) (?:like )?@3 (?:peaceful|peace|relief|relieved|easier|better|answer|welcome|escape|
          comfort\w*|nice|good|great|option|way out|solution|appealing|tempting|choice)
        | if i (?:just )?died (?:tomorrow|tonight|today|right now|in my sleep|soon|now)
        | (?:only|easiest|best|one) (?:way out|escape|option|solution|answer|choice|exit)
          (?: left)?(?: \w+){0,3} (?:to die|is death|dying|death|is dying|is to end it|is to kill|
          to end my|to not be)
        | way out (?:except|but|other than|besides) (?:to )?(?:dying|death|die)
    """,
    "not-live": r"""
        | (?:dont|didnt|never|not|cant|hardly|barely|wouldnt|no longer|without) @2 (?:want|wanting|wanted|
          wish|care|plan|planning|intend|like|desire|try|fight|struggle)(?:ed)? (?:(?!(?:this|the|that|
          these|any) (?!life|world))\w+ ){0,3}(?:to |on |
          about )?<alive>
        | (?:lost the|no|lost my|lost all|losing the|losing my) (?:will|desire|wish|urge) to <alive>
        | (?:dont|never|not) want(?:ed)? (?:to )?(?:be )?(?:here|around)(?: anymore| on this earth)?+
          (?! (?:as (?:an?|the)|until|at|for (?!anyone|this anymore)|on|late|all (?:day|night|week)|when|in
          (?! this (?:world|life))|past|by|while|during|if|to|next|this (?:week|weekend|late|early|friday|
          time))\b)
        | (?:dont|didnt) want to (?:go on|carry on|keep going|continue)
          (?: living| with (?:my )?life| existing| like this)
        | dont want to (?:go|carry) on(?: anymore)?+ @.
        | (?:cant|couldnt|cannot|dont know how to|dont know if i can|dont think i can|not sure i can|
          unable to|dont have it in me to|no strength to) (?:\w+ ){0,3}?(?:go on|keep|continue|carry on|
          bear|stand|face|stay|do|manage|live|be)? ?@2 (?:<alive>(?! without (?!her|him|them|my|you))|
          to be alive|this life(?: thing)?|
          life anymore|alive|do life)
        | (?:wish|wished|if only|better if|easier if|rather) @3 (?:wasnt|werent|not|didnt|hadnt|
          never) (?:be |been |have been |being |had been )?(?:born|exist(?! (?:checks?|clause|query)\b)|
          existed|existing|alive|
          here(?= (?:anymore|@.|at all))|around|survive|survived|live|lived|here @.)
        | (?:never|not|shouldnt|wasnt|werent) (?:have )?(?:meant|supposed|
          made)? ?(?:to )?(?:have )?(?:be|been|being) (?:alive|born)
        | (?:regret|hate) (?:surviving|living|being alive|being born|waking up alive|that im alive)
        | (?:hate|sick of|sad) (?:that )?(?:im|being|i woke up|waking up) (?:still )?alive
        | (?:want to|wish|could|let me|i|ready to|like to|rather) (?:\w+ ){0,2}(?:stop|quit|cease)
          (?: existing| living| to exist| being alive)(?! (?:in|with|at|on)\b)
        | (?:want|wish|like|rather|hope) @3 (?:not|never) (?:to )?(?:exist(?! (?:checks?|clause|query|in|as|
          at|on)\b)|be alive|
          be here anymore)
        | not be alive
        | (?:dont|doesnt) deserve (?:to )?(?:live|life|be alive|exist|breathe|to be here)
        | (?:tired|sick|exhausted|done|weary|had enough|through|over|fed up|finished) (?:of|with|for|from|
          by) @2 (?:being alive|existing|existence|this life|my life|life(?! (?:in|at|on|as|of|with|near|
          outside|under|admin|stuff|insurance)\b)|
          living(?! (?:out|in|with|from|on|at|room|paycheck|costs?|off)\b))
        | (?:easier|better|rather|like|want|wish|prefer|nice|best|
          hope) (?:for everyone )?(?:to )?not (?:to )?(?:be here|be around|exist|be alive|
          wake up)(?! (?:today|tomorrow|for|at|when|until|on|this|next|during|in|early|before|so|checks?|
          clause|query)\b)
        | (?:living|existing|being alive|existence) (?:itself )?(?:hurts|is (?:too )?(?:painful|unbearable|
          torture|agony|hell|
          exhausting|hard|much|pointless|a burden))
        | (?:too tired|too broken|no energy|no strength|dont have the (?:energy|strength|will)) to (?:live|
          exist|be alive|keep living|stay alive|go on living)
        | (?:dont|not|never) (?:belong|made|meant|built|fit) (?:in|on|for) this (?:world|earth|planet|life)
        | (?:dont|never|no longer) (?:want|wanted) (?:this|my|the|a|any of this) life(?: anymore)?(?= (?:@.|
          and|i|so|but))
        | (?:give|giving|given|gave) up on (?:life|living|being alive)(?! (?:stuff|insurance|sciences?)\b)
        | cant (?:go|carry) on(?: anymore)?(?= (?:@.|i|and|without))
        | (?:living|existing|being alive|existence) (?:feels|is|seems) like (?:an? )?(?:chore|burden|
          torture|hell|punishment|prison|nightmare)
        | (?:if|wish|like|i) (?:\w+ )?(?:stopped|ceased|stop|cease) (?:existing|living|being alive|
          breathing(?! for a\b))
        | why (?:im i|do i|should i be|im) (?:alive|exist|living @.)
        | i (?:shouldnt|wasnt supposed to|wasnt meant to|was never meant to|was never supposed to) (?:exist|
          have been born|be born|be alive|have survived)
        | out of this (?:life|world) @.|out of life @.
        | this (?:world|life|planet) (?:isnt|wasnt) (?:made |meant |built )?for me
        | (?:wasnt|isnt|werent) (?:made|meant|built|cut out) for (?:this (?:world|life)|life|living|
          being alive)
        | wish (?:i |that i )?(?:could )?stop being @.
        | (?:over|past|cba|cba with) (?:being alive|living|life|existing)(?= (?:@.|now|and|itself|anymore|
          over))
        | want out (?:for good|permanently|forever)(?! of\b)
    """,
    "no-point": r"""
        | (?:no|no longer|isnt|dont see|dont have|cant see|cant find|see no|not see|never see|whats|
          what was|lost|
          have no|wheres|not much|any|little|without|question) @2 (?:point|reason|purpose|sense|will|
          meaning|use|motivation) (?:in |to |of |for |of me |in me |left to |anymore to |for me to |
          left in )?(?:even )?(?:<alive>|life(?= (?:@.|anymore|at all|if|when|i|im))|going on(?! with)|
          to live|staying here|my (?:own )?(?:life|existence)|waking up (?:anymore|tomorrow|each|every|
          @.|in the morning))
        | (?:nothing|no ?thing|little|nobody) (?:left |more |else |much |
          anymore )?(?:left )?(?:here )?(?:to|worth) (?:live|living|be alive|being alive|stay alive|
          keep living) ?(?:for)?
        | nothing (?:is )?keep\w* me (?:alive|here @.|here anymore)
        | what (?:do|have) i (?:have |got )?(?:left )?to live for
        | (?:life|living|existence|being alive)(?: itself)? (?:\w+ ){0,2}?(?:isnt|not|aint|never|hardly|
          no longer|wasnt|anymore) worth (?:it|living|the|continuing|anything)
        | not worth (?:living|being alive|staying alive)
        | worth living (?:anymore|for nothing)
        | (?:no|dont|cant|without|not|never|wonder) @4 (?:reason|point|sense|worth) (?:to|in|for|
          it to) (?:be here|being here|stay alive|
          stay here|stay around|stick around|sticking around|keep going on|be around|being around)
        | worth sticking around
        | (?:dont|not|doubt|never|cant|hardly|wonder) @4 life (?:is |was |s )?(?:\w+ )?worth (?:it|living)
        | (?:dont|nothing|not|no) @4 (?:thats |makes it |is )?worth living(?: for)?
        | (?:no|dont|cant|without|not|never|any) @3 (?:reason|point|sense) (?:to|in) (?:keep going|going on|
          go on|continue|continuing|carry on|carrying on)(?= (?:@.|anymore|i|at all|when|if|living))
    """,
    "not-wake": r"""
        | (?:dont|didnt|never|not) want(?:ed)? to <wake>
        | (?:hope|hoping|hoped|wish|wishing|wished|pray|praying|if|rather|easier|better|want|mind|
          wonder\w*|like) @6 (?:never|not|dont|didnt|wont|wouldnt|couldnt) (?:to )?(?:have )?<woke>
        | (?:i|im|id|me|my|want|wish|hope) @5 (?:asleep|sleep|bed) (?:and|to|but|
          then) (?:just )?(?:never|not|dont|wont) wak(?:e|ing)
        | sleep forever(?! (?:in (?:the|a) (?:loop|thread)|until|on|unless|between|loop)\b)
        | (?:fall asleep|go to sleep) forever
        | never have to wake up
        | eternal sleep
        | permanent sleep
        | (?:disappointed|sad|angry|upset|mad|annoyed|hate|hated|cry|cried|regret|sorry) @3 (?:i|to have|
          that) (?:woke|wake|woken) up(?! (?:late|early|at|too|in the|with|to|before|after|so|and missed)\b)
        | (?:enough|drink\w*|drank|take|took|sleep|until|till) @6 (?:not|never|dont|wont|
          cant) (?:to )?<woke>
        | why i (?:bother )?(?:wake|waking) up(?= (?:@.|anymore|i))
    """,
    "better-off": r"""
        | better off (?:@2 )?(?:dead(?! than (?!alive|living|here))|if i (?:\w+ )?(?:died|die|gone|dead)|
          <gone>)
        | (?:im|i|id be) (?:\w+ )?better off (?:dead|gone)
        | <folk> @6 (?:better|happier|easier|relieved|relief|simpler|richer|fine|ok|better place|safer|
          at peace) (?:off )?(?:for (?:\w+ ){1,3})?@2 <gone>(?! (?:for|at|to|early|late|today)\b)
        | if i (?:was|were|had been) (?:dead|gone|no longer here|not alive|never born)(?! (?:for|on|to|from|
          a|at)\b)
        | if i (?:died|killed myself|disappeared|vanished|wasnt alive|werent alive|didnt exist|
          had never been born)
          (?! (?:for|from|into|on stage|during the|in the (?:interview|middle|game|raid|level|dungeon|
          simulation))\b)
    """,
    "nobody-miss": r"""
        | (?:nobody|who|anyone|everyone|anybody|family|friends|they|people|you|world) @4 (?:notice|care|
          cares|miss|cry|mind|bothered|sad|upset|remember|affected|find out|
          know) (?:\w+ ){0,3}?<gone>(?! (?:for|at|to|early|late)\b)
        | (?:find|finds|found|discover) my (?:dead )?body
        | (?:come|coming) to my funeral
        | my (?:own )?(?:funeral|death|obituary)
        | (?:nobody|not one person) (?:would|will|is going to|d) (?:\w+ )?miss me(?! (?:if i (?:skip|leave)|
          on|in|at|for|when i leave)\b)
        | (?:nobody|who|they|everyone|people) (?:\w+ ){0,3}(?:notice|care|cares|mind|minds) (?:if|whether|
          that|when )?(?: ?i )(?:was |were |am |im )?(?:gone|exist|existed|live|die|alive|breathe|
          disappeared|died)(?! (?:for|on|at)\b)
        | (?:world|they|everyone|family|friends) (?:wont|wouldnt|would never) miss me(?! (?:if i skip|on|at|
          in|for)\b)
    """,
    "named": r"""
        | suicid\w*
        | unaliv(?:e|ing|ed)(?: (?:myself|me))?(?! is\b| as\b)
        | selfdelete
        | self delete
        | ctb
        | catch(?:ing)? the bus forever
        | (?:feeling|im|bit|so|very|been|feel) sui
        | sui (?:thoughts?|ideation|attempt|again)
    """,
    "kms": r"""
        | kms(?:ing|ed)?
    """,
    "kill-myself": r"""
        | kill(?:ing|ed|s)? ?(?:off )?(?:myself|me myself)
        | (?:murder|execute|hang|hanging|hanged|hung|drown|drowning|poison|poisoning|gas|gassing|
          electrocute|suffocate|suffocating|strangle|strangling|choke|asphyxiate|smother|shoot|shooting|
          shot|stab|stabbing|top|topping|neck|rope|necking|roping) myself(?! (?:in the (?:foot|leg)|
          with (?:work|code)|a|an|up|for|to the top|questions?)\b)
        | (?:want to|going to|should|might|could|about to|of|about|will|ill|id|to|gonna) (?:off|offing|
          unalive|end|ending|delete|erase|do away with|destroy) myself(?! (?:up|out|with|on the|in the|
          early)\b)
        | do(?:ing)? myself in(?= (?:@.|tonight|soon|after|if|because|now))
        | blow my (?:\w+ )?(?:brains?|head) out
        | (?:use|used|using|put|putting|turn|turning|turned|point\w*) @3 (?:gun|it|pistol|rifle|knife|blade|
          weapon) (?:on|to|at) (?:my)self
        | myself (?:hanging|swinging|dead|in a coffin)(?! (?:out|on the|in the (?:call|lobby))\b)
    """,
    "end-life": r"""
        | end(?:ing|ed)? (?:my|this|my own|this whole) (?:\w+ )?(?:life|existence|suffering|pain|misery)
        | (?:my|this) (?:life|existence|pain|suffering) (?:needs |has |should |to )+end
        | tak(?:e|ing|en) (?:my|my own) (?:own )?life(?! (?:back|seriously|in|to|slowly|one|as|and make|
          off|story|forward|savings?|partner|lessons?|for granted|into)\b)
        | (?:end|stop|ending|stopping) (?:the|my|this|all the|all this) (?:pain|suffering|hurting|misery)
          (?! (?:points?|of)\b)
        | make (?:it|the pain|everything|this|it all|the pain all) (?:all )?(?:stop|go away|end) (?:forever|
          permanently|for good)
        | make (?:the pain|it all|everything) (?:all )?(?:stop|go away|end)(?= @.)
        | permanent (?:solution|way out|fix|escape|end) (?:to|for|from) (?:my|this|the|everything|it)
          (?! (?:bug|outage|issue|problem with)\b)
    """,
    "end-it": r"""
        | (?:end|ending|ended|finish|finishing) it all(?! hands\b)
        | (?:end|ended|ending) everything(?= (?:@.|tonight|now|today|for good|forever|once))
        | (?:i should|i could|i might|might as well|ready to|about to|want to|going to|ill|id rather|
          if i|wanting to|decided to|plan to|planning to|thinking about|thinking of|time to|ought to|
          be easier to) (?:just )?end(?:ed|ing)? (?:it|things|myself)(?= (?:@.|tonight|now|today|soon|
          for good|forever|once|right now|tomorrow|myself|here and now|already|this (?:week|weekend|
          time)|and|but|i|im))
        | (?:thoughts?|thinking|think|thought) (?:of|about) (?:ending|finishing) (?:things|it)
          (?! (?:with|by|early|on|at|there)\b)
        | (?:want|need|wish|wanting|wishing|hope|begging) (?:for )?(?:it|everything|all of it|
          all of this|this|the pain|my life|it all|this all|my pain|the hurting|the suffering|
          this pain) (?:all )?(?:to |would )?(?:just )?(?:be )?(?:end|stop|over|done)(?= (?:forever|
          permanently|for good|for real|once and for all|@2 i want to die))
        | want (?:the|this|my) (?:pain|suffering|hurting) to (?:end|stop)
        | (?:disappear|vanish|be gone|leave|go away|cease|sleep(?! forever (?:in|until|on|loop))|out|
          check(?:ing)? out) (?:forever|
          for good|permanently)(?= (?:@.|and|i|im|from (?:this|the) (?:world|earth|planet)|so|tonight))
        | (?:leave|leaving|depart|exit) this (?:world|earth|planet|life)
        | end(?:ing)? my time (?:here|on)
        | meet my maker
        | what if i (?:just )?(?:ended it|died|killed|jumped|wasnt here anymore|didnt wake|
          stopped existing|werent here anymore)
        | (?:want|need|wish|just want) (?:for )?(?:it all|all of it|everything|my life|this pain|the pain|
          all this) (?:to )?(?:just )?(?:be )?(?:all )?(?:end|over|stop)(?= @.)
        | pain @6 (?:need|want) it (?:all )?to (?:end|stop|be over)
        | ways? (?:to|i could|i can|id) (?:make it (?:all )?stop|end (?:it|things|everything)|make the pain|
          disappear completely|do it so|do myself)
        | (?:method|way|plan) to (?:end|finish) (?:everything|it all|it|things)(?! (?:with|on|by|early|
          gracefully|cleanly|in|at)\b)
        | end it with (?:a|my|the|this) (?:gun|knife|rope|pills?|belt|car|blade|razor)
        | how to disappear (?:completely|forever|permanently)
        | (?:going to|about to|want to|ready to) (?:jump|do it|finish it) and (?:end|finish|
          be done with) (?:it|everything|this)
        | im ending (?:it|things|everything)(?= (?:@.|tonight|now|today|for good|soon))
        | (?:do|doing|did|end|ending) it after (?:everyone|they|my (?:family|kids|parents|wife|husband|
          roommates?)) (?:\w+ ){0,2}(?:sleep|asleep|sleeps|leaves|left|leave|bed)
        | ways? (?:to|of) not (?:be|being) (?:here|alive|around)
        | (?:want|wish|like|could|rather|hope) @3 (?:disappear|vanish|be gone) (?:forever|for good|
          permanently)
    """,
    "thoughts": r"""
        | <think> (?:\w+ )?(?:of|about|on|that)? ?(?:@2 )(?:death(?! (?:of|rates?|march|in|by|star)\b)|
          dying(?! (?:nodes?|process|connection|to|gasp|breed)\b)|not existing|not being (?:alive|
          here anymore)|being dead|my (?:own )?(?:death|funeral)|selfharm\w*|killing myself|
          harming myself|not living)
        | (?:obsessed|preoccupied) with (?:death|dying)
        | death wish
        | (?:passive|intrusive) (?:thoughts|ideation) (?:of|about) (?:death|dying|harm|hurting|ending)
        | voices? (?:telling|tells|told|saying) (?:me )?(?:to )?(?:kill|die|jump|do it|hurt|end|cut)
        | (?:think|thinking|thought|thoughts|fantasi\w*|dream\w*|imagin\w*|urges?|picturing|
          feel like) (?:\w+ )?(?:about |of |to )?
          (?:jumping|jump|stepping off)(?= (?:@.|off|from|again|tonight|out of the window|in front))
          (?! (?:off|from) (?:the |this |my |a )?
          (?:call|topic|meeting|thread|point|company|team|job|one|problem|java|python)\b)
        | voices? @8 (?:kill myself|to die|should die|deserve to die|to kill)
        | (?:worthless|pathetic|useless|failure|burden|piece of shit|waste)(?: \w+){0,3} (?:should|
          deserve to|need to|better off) (?:die|dead|be dead)
    """,
}
"""Pattern by rule id, tried in this order."""
