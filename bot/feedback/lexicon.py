"""Words as this field uses them: which say nothing, which say little, which mean the same, which deny.

English only. The lists are this project's own and meant to grow; a phrase belongs into one group only.
"""

from __future__ import annotations

from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    """
    a an the this that these those there here it its he she they them their theirs we us our ours you your yours i me my
    mine his her who whom whose which what when where why how and or but if then than so because while as at by for from
    in into of off on onto to up with within over under about between through during after before again further once is
    am are was were be been being do does did doing have has had having can could may might must shall should will would
    ought need both either each any all some such only own same too very just also even still quite rather really
    actually basically simply percent etc e.g i.e let lets
    """
)
"""Carry grammar, no meaning of their own."""

LIGHT_WORDS = _words(
    """
    thing things way ways make makes made making take takes took taken taking get gets got getting give gives gave given
    go goes went going use uses used using want wants say says said know think see look find come put set keep start
    try work works working good better best bad big small large new old first second last next other another more most
    less least many much lot lots few several one two three different certain example kind type sort part case point
    time number value values something anything everything nothing someone people person user users usually often
    always sometimes mostly generally well now later already yet like able possible important main simple easy hard
    ok okay fine alright allow allows call called calls happen happens become becomes mean means show shows help helps change changes
    """
)
"""Say little: they count for three tenths of a word."""

NEGATORS = frozenset(
    [
        "not",
        "no",
        "never",
        "without",
        "neither",
        "nor",
        "cannot",
        "none",
        "avoid",
        "instead_of",
        "leave_out",
        "lack",
    ]
)
"""Deny what follows within three words."""

_GROUPS = """
instead_of: instead of | rather than | in place of
leave_out: leave out | leaves out | left out | keep out | exclude | excludes | excluded
because_of: because of | due to | owing to
o(1): constant time | constant-time
o(logn): logarithmic time | log time | logarithmic
o(n): linear time | linear-time
o(nlogn): linearithmic | n log n
o(n^2): quadratic | quadratic time | n squared
wal: write ahead log | write-ahead log | wal
lru: least recently used | lru
ttl: time to live | time-to-live | ttl | expiry time | expiration time
db: database | databases | db | dbs | data store | datastore
qps: queries per second | requests per second | qps | rps | request rate
p95: 95th percentile | p95
p99: 99th percentile | p99 | tail latency
p50: median | p50 | 50th percentile
fifo: first in first out | fifo | first-in first-out
lifo: last in first out | lifo | last-in first-out
bfs: breadth first search | breadth-first search | breadth first | bfs | level by level
dfs: depth first search | depth-first search | depth first | dfs
dp: dynamic programming | dp
hashmap: hash map | hashmap | hash table | hashtable | dictionary | dict
heap: priority queue | min heap | max heap
idempotent: idempotent | idempotency | idempotence
cas: compare and swap | compare-and-swap | compare and set | cas
rpc: remote procedure call | rpc
api: api | apis | endpoint | endpoints
k8s: kubernetes | k8s
ci: confidence interval | ci
ab: a/b test | ab test | a / b test | split test | experiment
kpi: kpi | kpis | key metric | key metrics
slo: service level objective | slo | slos
sli: service level indicator | sli | slis
oom: out of memory | oom
cpu: cpu | cpus | processor | processors
os: operating system | os
io: input output | i / o | io | disk access | disk accesses
tcp: tcp | transmission control protocol
fk: foreign key | fk
pk: primary key | pk
std: standard deviation | std | sd
mean: average | averages | mean | arithmetic mean
variable: variable | variables | var
function: function | functions | method | methods | procedure | routine
parameter: parameter | parameters | argument | arguments | params | args
pointer: pointer | pointers
address: address | addresses | memory address | memory location | location in memory
element: element | elements | item | items | entry | entries | node | nodes
list: list | lists
delete: delete | deletes | deleted | deleting | remove | removes | removed | removing | drop | drops | dropped
insert: insert | inserts | inserted | inserting | insertion | add | adds | added | adding | append | appends | appended
begin: begin | begins | start | starts | starting | beginning | commence
end: end | ends | finish | finishes | final | ending
fast: fast | faster | fastest | quick | quicker | quickly | speed | speeds | rapid | efficient | efficiently | efficiency
slow: slow | slower | slowly | slows
error: error | errors | failure | failures | fault | faults | fail | fails | failed | failing
bug: bug | bugs | defect | defects | flaw | flaws
copy: copy | copies | copied | copying | duplicate | duplicates | replicate | replicates
change_: modify | modifies | modified | alter | alters | altered | mutate | mutates
create: create | creates | created | creating | creation | build | builds | built | construct | constructs | instantiate
contain: contain | contains | containing | include | includes | included | including | hold | holds | consist | consists
store: store | stores | stored | storing | save | saves | saved | persist | persists | persisted
retrieve: retrieve | retrieves | fetch | fetches | read | reads | reading | lookup | look up | access | accesses | accessed
return: return | returns | returned | yield | yields | output | outputs
repeat: repeat | repeats | repeated | repetition | repetitive | loop | loops | iterate | iterates | iteration | iterations
execute: execute | executes | executed | execution | run | runs | ran | running
once_: at least once | one time
size: size | length | sizes | lengths
position: position | positions | index | indices | indexes | slot
left: left | preceding | previous
smallest: smallest | minimum | min | lowest | least
largest: largest | maximum | max | biggest | highest | greatest
sorted: sorted | sort | sorts | ordered | in order
compare: compare | compares | compared | comparing | comparison | comparisons
split: split | splits | divide | divides | divided | dividing | partition | partitions | partitioned | shard | shards
merge: merge | merges | merged | combine | combines | combined | join together
reuse: reuse | reuses | reused | reusable | reusability
abstraction: abstraction | abstract | encapsulation | information hiding
implement: implement | implements | implemented | implementation
declare: declare | declares | declared | declaration
define: define | defines | defined | definition
initialize: initialize | initialise | initialized | initialised | initializer | initializing
unlimited: unlimited | infinite | infinitely | unbounded | endless
test: test | tests | testing | tested | verify | verifies | validate | validates | validated | validation
check: check | checks | checked
customer: customer | customers | client | clients
revenue: revenue | sales | turnover | income
cost: cost | costs | price | prices | expense | expenses
goal: goal | goals | objective | objectives | aim | target
measure: measure | measures | measured | metric | metrics
decrease: decrease | decreases | decreased | reduce | reduces | reduced | lower | lowers | lowered | shrink | shrinks | cut
increase: increase | increases | increased | raise | raises | raised | grow | grows | grew | growth
latency: latency | latencies | delay | delays | response time | lag
throughput: throughput | bandwidth
replica: replica | replicas | replication | follower | followers | secondary | standby
leader: leader | primary | master
lock: lock | locks | locked | locking | mutex | mutexes
thread: thread | threads
async: asynchronous | asynchronously | async
sync: synchronous | synchronously | sync
stale: stale | outdated | out of date | out-of-date | old data
consistent: consistent | consistency
available: available | availability | uptime
rollback: roll back | rolls back | rolled back | rollback | revert | reverts | reverted
retry: retry | retries | retried | try again | attempt again
deploy: deploy | deploys | deployed | deployment | release | releases | released | roll out | rollout | ship | shipped
alert: alert | alerts | alerting | page | pages | paging
team: team | teams | colleague | colleagues | coworker | coworkers
decide: decide | decides | decided | decision | decisions | choose | chooses | chose | choice | choices
risk: risk | risks | risky | danger | dangers
assume: assume | assumes | assumption | assumptions
reason: reason | reasons | rationale
tradeoff: trade off | trade-off | tradeoff | trade offs | trade-offs | tradeoffs
"""


def _read(groups: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in groups.strip().splitlines():
        name, _, phrases = line.partition(": ")
        for phrase in phrases.split(" | "):
            found[" ".join(phrase.replace("-", " ").split())] = name
    return found


_FIGURES = "four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 fifteen 15 twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90"
_spelled = _FIGURES.split()

SAME: Mapping[str, str] = {**_read(_GROUPS), **dict(zip(_spelled[::2], _spelled[1::2], strict=True))}
"""A word or phrase, and the name of its group; hyphens read as spaces."""


def _starts(same: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for phrase in same:
        words = phrase.split()
        if len(words) > 1:
            lengths.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


MULTIWORD: Mapping[str, tuple[int, ...]] = _starts(SAME)
"""By first word, how many words known phrases take, longest first."""
