"""Twelve tasks of the shipped bank, written a second time in other words: by drill id, with title, task and answer."""

from __future__ import annotations

TWINS: dict[str, tuple[str, str, str]] = {
    "card-going-back-on-friday": (
        "When restoring the old fraud model is not enough",
        """The fraud model released this Friday rejects far too many purchases. Someone restores the previous model file,
and its predictions make no sense because the features it receives have changed. Which parts belong to one rollback, how do you
get ready for it ahead of a release, and what do you do in the first minutes?""",
        """First I limit the damage with something safe: raise the decline threshold in the configuration, or route the
declines to manual review, or use the rules with a limit on the amount. Only then comes the repair.

The file alone does not work, since a model is only valid with its feature code, its threshold and its calibration. They
form one versioned bundle that is rolled back together. Here a feature was redefined under an unchanged name.

To prepare: every redefined feature gets a fresh name, the previous bundle runs on in shadow for a few weeks with its features,
so one flag restores it in a minute, and we rehearse the rollback on a working day and not on a Friday.""",
    ),
    "card-long-window-not-memory": (
        "Does a long context replace search?",
        """The new model takes one million tokens of context. Your teammate suggests to drop retrieval and to send the complete
manual, 600,000 tokens, with each question. What are three arguments against that, and when would it be right?""",
        """It costs money and latency: each question is billed for 600,000 tokens and has to wait for prefill. A cached
prefix helps, yet cached tokens are billed too and the cache holds tens of gigabytes for a single manual.

Then quality. That a million tokens fit does not mean the model uses them: among many similar passages details are lost, and
accuracy drops with length well before the limit. I would test it with our questions and move the answer to the start, the middle
and the end of the prompt.

Third, retrieval lets us cite sources and respect what each user may see; a prompt with the whole manual cannot.

It is right when a question needs the whole document, such as finding chapters that contradict one another, with a cached prefix.""",
    ),
    "card-cheaper-plan-cannibals": (
        "Did the budget plan pay?",
        """Next to the plan for 12 euros a plan for 5 euros was introduced. 2,000 customers took it in the first month. In a
survey 700 of them say they would have bought the 12 euro plan otherwise, the others nothing. Did revenue rise or fall? Which share of
cannibalised buyers is the break-even, and what does the survey miss?""",
        """Without the new plan revenue is 700 times 12, that is 8,400 euros; with it 2,000 times 5, so 10,000. It rose by
1,600. The 1,300 additional buyers bring 6,500, the 700 switchers cost us 7 each.

The break-even share is 5 / 12 = 41.7 percent, or 833 buyers. 35 percent is not far below, and surveys err by that much.

The survey misses existing customers on the 12 euro plan who downgrade when they renew. I would watch downgrades per month, compare
new sales with a country where the 5 euro plan is not shown, and include the cost of support for 2,000 people in place of 700.""",
    ),
    "what-a-confidence-interval-promises": (
        "What may she say about the interval?",
        """An experiment shows +2.0 points with a 95% confidence interval from 0.5 to 3.5. The product manager concludes that 95%
of the customers gain something between 0.5 and 3.5 points. Explain in everyday words why this is wrong and how the interval can be used.""",
        """The interval speaks of the average effect, not of individual customers. A single customer could gain ten points
or lose some while the average stays at 2.0.

95% is a property of the method: of 100 such tests, about 95 would give an interval that contains the true average. Whether ours is one
of the lucky ones, nobody knows.

She may use it so: all values between 0.5 and 3.5 fit the data. If 0.5 points already pay for the work, she can go ahead. If it needs
2.0 points to break even, we know too little and should plan for both ends.""",
    ),
    "card-pick-one-guardrail": (
        "Nine questions in place of 22: choose a guardrail",
        """A lender shortens the loan application form from 22 to 9 questions because it wants more completed applications. Choose
a single guardrail metric and its limit. At present 30 percent of the applications get approved, and each takes the staff 20 minutes of
checking. What is the limit, and which harm would the guardrail miss?""",
        """The removed 13 questions filtered people and saved the staff time, so a short form brings unfit applications and
questions by phone.

Guardrail: minutes of staff per approved loan. Now that is 20 / 0.30, about 67. I set the limit at 75 since the team has a tenth of its
hours free. With approvals at 25 percent it would reach 80, and then we stop.

It would miss defaults, since loans fail only months later. So a tenth of applicants keeps the old form for comparison in a year, and
in the meantime I look at the first instalment that is missed.""",
    ),
    "region-loss-authorisations": (
        "Card payments that survive a region",
        """You run card payment authorisation: peak 900 a second, p99 of 30 ms without the processor. Region A holds the primary
database, region B an asynchronous replica 60 ms away with a lag of 0.4 s, in the nightly batch up to 20 s. When A was down for 47
minutes last month, no one had the courage to fail over. No acknowledged payment may be lost, no card charged twice, availability is
99.99% a month. Region C is 25 ms from A and 45 ms from B. A colleague wants active-active with last write wins. Judge that, say what is at
risk today, design the alternative with its latency, fence an isolated leader, and describe failover, return and the proof.""",
        """At risk are 0.4 s x 900 = 360 acknowledged payments, in the batch 18,000. The error budget of 99.99% is 4.3 minutes
a month, so 47 minutes took eleven of them.

With last write wins a capture in A and a void in B overwrite one another, and a merchant who retries in B charges a card twice. Not for money.

I use one leader and a replicated log in A, B and C; a commit needs a majority of two. That adds 25 ms a commit, 50 for intention and result,
so p99 is about 80 ms. C keeps the full log.

An isolated A has no majority, so it cannot acknowledge, and its lease of 5 s ends. B takes a higher term after the lease.

For the processor: commit an intention, call with the payment id as idempotency key, commit the result. A new leader asks the processor for
open intentions and repeats with the same key.

Failover: heartbeats 5 s, lease 5 s, election 2 s, load balancer 30 s. A returns as a follower, drops its uncommitted tail and compares
checksums. We evacuate a region monthly and compare with the processor's file: nothing may be missing.""",
    ),
    "export-button-request": (
        "Practices want a calendar export",
        """Your scheduling product serves 640 dental practices. Eleven of them requested an export button for the calendar last month.
Sales pushes for this sprint, an engineer estimates three days. The tickets mention counting no-shows per dentist, a list of tomorrow's
patients for a night answering service, and an accountant who compares appointments with invoices. Write down the needs, what you ask
whom before Monday, what comes first and on which condition, and what shows success after four weeks.""",
        """There are three jobs behind the button: a manager counts no-shows every week, the front desk sends tomorrow's list to
an answering service every evening, an accountant matches invoices and appointments monthly. A file is good for the accountant, and stale for
the front desk once a patient cancels.

Eleven of 640 practices are 1.7 percent. I would call five of them before Monday and let them show me the last time they copied it, and ask
support how many practices print the calendar.

First I would build a small no-show report per dentist. If three of five calls need different columns, I build the export file, three days
is cheap. Only the practice manager exports, without contact details of patients.

After four weeks: eight of eleven used it in three weeks and no longer copy by hand.""",
    ),
    "conversions-that-arrive-late": (
        "Bidding on conversion rates with delayed labels",
        """For ad bids a travel company predicts the conversion rate of clicks, in truth 4%, and conversions come up to 30 days after
the click. By age in days the share that has arrived is 50, 62, 70, 75, 79, 82 and 85 percent for ages 1 to 7. Training uses the last seven days
every day and treats a click without conversion as a negative. Which mean does it learn and what happens to bids? Compare waiting 30 days,
waiting seven days with a factor of 0.85, and modelling the delay with its likelihood. What is the chance that an unconverted click of age
1 or 7 still converts? What does the factor do to segment A (4%, 95% by day 7) and B (5%, 70%)? How do you evaluate and monitor without leakage?""",
        """The mean share is 71.9%, so the learned CVR is 2.87%, 28% too low. Bids drop, slow segments lose auctions and leave the
training data, and the error confirms itself.

Waiting 30 days has true labels and old clicks. The factor 1/0.85 is fresh and only right with one delay for all segments. Modelling: a converted
click gives log p(x) + log f(d | x), an unconverted one log(1 - p(x) F(e | x)). F is fitted on mature clicks.

Still to convert: p(1 - F)/(1 - pF): 2.04% after day 1, 0.62% after day 7.

Observed on day 7: A 3.8%, B 3.5%; divided by 0.85 4.47% and 4.12%. We overbid A and underbid B.

Keep event time and arrival time, rebuild the table as known then, score on later clicks with mature labels: log loss, calibration by segment.
Live, compare conversions with the sum of p F(e) per age and segment.""",
    ),
    "clarify-assistant-that-remembers": (
        "Give the support assistant a memory",
        """"The assistant in our support chat has forgotten every customer by the next chat. Build a memory for it." Ask first: what does the
forgetting cost, which facts are stored elsewhere, what may be kept? Then say what gets written, when it gets read and who corrects it.""",
        """Of 200 complaints 140 concern an open ticket and 30 the device, and both are known already. So a lookup does most of it: for
a signed-in customer the assistant reads tickets and devices at the start of the chat and asks whether it is about the router.

What happened in the chat goes as a note of four fields into the ticket when it ends: what was tried, what is next, who waits. No transcript, and it
is deleted with the ticket.

With consent there is a list of preferences, each with source and date: language, call or not. Illness is not on the list. The customer sees,
corrects and deletes it. Without sign-in, 20% give a ticket number.

I measure how many second chats start with the known ticket and read 200 complaints after a month. In a shared account memory belongs to the person;
the assistant asks who writes and does not tell the husband's request.""",
    ),
    "a-million-answers-from-one-door": (
        "Subtitles: a survey nobody was drawn for",
        """What share of 20,000,000 subscribers of a streaming service uses subtitles? A question on the settings page collected 1,000,000 answers
in a year, 62% say yes. The product manager trusts the margin of 0.1 points because of the million and wants it safer still. Propose how to estimate
the share; the interviewer will push back. At the end: what is wrong with the 62%, how wrong at worst, which method and sample size, and what the
million is good for.""",
        """The answers come from people who opened the settings, and those who want subtitles open them, so they are overrepresented. More answers
through the same door do not help; the margin of error only covers chance.

At worst: 620,000 of 20 million say yes and all silent subscribers no, that is 3.1%; or all of them yes, 98.1%.

Asking may not be needed: playback data show for every subscriber whether subtitles were on. I would define watching with subtitles as a third of
the hours.

Otherwise draw a random sample of 2,000, ask by message and chase those who do not respond: 2 points of margin if 80% respond.

The million answers can be compared with the sample to learn the bias and give details of users of subtitles.""",
    ),
    "members-who-never-borrowed": (
        "Readers without a loan",
        """Two tables of a library: member(id, name) with Ada, Bo, Cleo and Dmitri, and loan(id, member_id, taken_on), in which one row has no
member because a card was not scanned. Return id and name of all members without any loan. Say why a WHERE id NOT IN with a subquery on
loan.member_id comes back empty, and what you would write in its place.""",
        """NOT IN compares id with every member_id by <> and joins the comparisons with AND. The comparison with NULL is unknown, so the whole is never
true, and a single loan with NULL hides Bo and Dmitri, who never borrowed.

I would write NOT EXISTS, which asks only for a matching row; NULL matches none. LEFT JOIN and WHERE loan.id IS NULL is equal. Filtering out NULL in the
subquery is right too, until somebody forgets it.""",
    ),
    "slices-of-a-flat-result": (
        "A winner among 24 segments",
        """The test as a whole showed nothing (p = 0.60). Cut into 24 independent slices by age group, country and device, one shines: women above 50
in Portugal on tablets, +18%, p = 0.02, and the product manager wants to launch for them. Explain with a picture from everyday life why slices like
that turn up when nothing works, why +18% is too large, when you would believe one, and what to do.""",
        """Let 24 people throw a coin five times each. Somebody will throw five equal sides by luck, and we would not send him to a casino.

With no effect each slice has a chance of 5% to look special. 24 x 5% = 1.2 slices, and the chance of one or more is 71%. Finding one is what nothing
looks like.

+18% is too large because small slices swing widely and we picked the largest swing; measured again most of it would melt.

I would believe a slice that was named beforehand with a reason, or one that shows again in fresh data. So I would ask the designers for a reason and
test that group again with enough people; if it is too small for a test, a launch there matters little.""",
    ),
}
