"""How a first course of computer science is spoken: which words mean the same.

Used where an answer stands against one reference answer. Words are compared by their stems, so that one form of each is
enough; the first word of a line names the group. The lists are this project's own, English only, and meant to grow.
"""

from __future__ import annotations

SAME_WORDS = """
access: access | reach | get at | look up | retrieve | fetch | referenced by | visible
accidental: accidental | by mistake | unintended
address: address | memory location | location in memory | memory address
algorithm: algorithm | method of solving | procedure for solving
allocate: allocate | reserve | set aside | reserve memory
alias: alias | nickname | synonym | another name | other name
alter: alter | modify | change | mutate | edit | update | overwrite | adjust
argument: argument | parameter | param | arg | actual parameter | formal parameter
array: array | arr
assign: assign | assignment | give a value | set equal
attribute: attribute | data member | member variable | field | instance variable | property | class variable
average: average | mean
back: back | rear | tail | end | last
balanced: balanced | balance | evenly
basecase: base case | stopping case | stopping condition | termination condition | base condition | exit condition | stop condition | end condition | end case | simplest case | base step
begin: begin | start | commence | starting point | beginning
behaviour: behaviour | behavior | behave | simulate | simulation | mimic | imitate
bigo: big o | order of growth | asymptotic | complexity | time complexity
binary: binary | two way
body: body | implementation | actual code | inner code | statements | code block | contents
boolean: boolean | bool | true or false
both: both
bottom: bottom | base
bound: bound | boundary | limit | range
bracket: bracket | square bracket | [ ]
build: build | construct | make | produce
byreference: by reference | call by reference
byvalue: by value | call by value
byte: byte | bytes
call: call | invoke | invocation | function call | call to
case: case | scenario | situation
cell: cell | location | slot | bucket | entry | position | index | subscript | place | spot | indices
char: character | char | letter
child: child | children | descendant | son
class: class | classes
closest: closest | best match | most similar | nearest
code: code | source code | program code | instructions
coding: coding | programming | implementing | write code | implementation phase | coding phase | coding stage
compare: compare | comparison | comparing against | check against
compiletime: compile time | compilation error | compile error | compilation time | at compilation | compiletime | syntax error
compiler: compiler
concrete: concrete | actual
constant: constant | const | unchanging | unmodifiable | read only
nonconstant: non constant | nonconstant | not constant | non const | nonconst
constructor: constructor | ctor
contain: contain | include | hold | consist | comprise | have inside | made of | composed
contiguous: contiguous | consecutive | neighbour | neighbor | neighbouring | neighboring | one after another | adjacent | next to each other | side by side | in a row | sequential
copy: copy | duplicate | replicate | clone | replace with | substitute | paste
create: create | instantiate | creation | come into existence | generate
current: current | present
data: data | information | info
datastructure: data structure | container | structure
debug: debug | find errors | fix errors | error checking | troubleshoot | detect errors
declare: declare | declaration | announce
default: default | automatic | automatically
definition: definition | define
dequeue: dequeue | take from the queue
delete: delete | remove | erase | take out | take off | discard | eliminate | deallocate | destroy
dereference: dereference | indirection | value at the address | follow the pointer | value pointed to
destructor: destructor
different: different | differ | difference | distinct | unlike
dimension: dimension
divide: divide | split | partition | halve | break down | break up | break into | separate
divideandconquer: divide and conquer
double: double | doubly | twice | two times
dynamic: dynamic | grow | resizable | flexible size | on demand | expand | resize | variable size | any size
easy: easy | simple | simpler | ease | straightforward | convenient
edge: edge | link between | branch
element: element | item | entry in | component | object in the list | member of the list
efficient: efficient | fast | quick | speed | faster | less time | save time | performance | cheap
empty: empty | no elements | nothing in it
endless: endless | infinite | forever | never end | never stop | never terminate | does not end | unbounded | indefinite | non ending | does not stop
enqueue: enqueue | put in the queue | join the queue
equal: equal | same as | identical | match
error: error | fault | bug | mistake | crash | exception | fail | failure
every: every | all | each | any | entire | whole | complete
execute: execute | run | perform | carry out | execution
explicit: explicit | directly | manual
fifo: fifo | first in first out | first come first served | first in is the first out | first one in is the first one out | order in which they came | order of arrival | order they arrived | order of insertion | order they were inserted | oldest first
file: file | source file
filescope: file scope | whole code | entire code | whole file | entire file | entire program | whole program | all of the program | global scope | throughout the program | anywhere in the program | everywhere in the program
first: first | initial | front | head | top
fixed: fixed | static size | set size | predetermined | constant size
function: function | method | subroutine | procedure | routine
memberfunction: member function | class function | operation of the class
general: general | generic | any type
global: global
greater: greater | larger | bigger | higher | more than | exceed
greatest: greatest | maximum | max | largest | biggest | highest
half: half | halves | middle | midpoint | mid
hash: hash | hashing
header: header file | header | header files
heap: heap
height: height | depth | level
hide: hide | encapsulation | encapsulate | information hiding | conceal | data hiding | abstraction | abstract
implicit: implicit | behind the scenes
increment: increment | add one | plus one | advance | move forward | step forward | offset | incrementing
initialize: initialize | initialise | initialization | give an initial value | set initial values
initializerlist: initializer list | initialisation list | initialization list | initializerlist | initializing list | list of values | list of initializers
inorder: in order | inorder
inside: inside | within | internal | inner | in the body
insert: insert | add | put in | place in | put | insertion | append | attach
insertright: correct position | right place | correct place | proper place | proper position | correct spot | right position | appropriate position | right spot | proper location | correct location | correct order | where it belongs | appropriate place
inherit: inherit | inheritance | derive | subclass | extend
interface: interface | public face
iterate: iterate | iteration | loop | repeat | repetition | repetitive | cycle | repeating | over and over | again and again | repeatedly | for loop | while loop
key: key | search key
keyword: keyword | reserved word
large: large | big | huge | great size
leaf: leaf | leaves | external node
left: left | preceding | lower side
length: length | size | number of elements | count | how many elements | amount of elements | number of items | n
less: less | fewer | smaller | lower | below | not as many
lifetime: lifetime | life | live | exist | persist | stay | remain in memory | retain | duration | keeps its value | keep
lifo: lifo | last in first out | first in last out | last in is the first out | added last is removed first | last added is removed first | last is removed first | last element added is the first
linear: linear | o ( n ) | n times | proportional to n | n comparisons
linkedlist: linked list | list of nodes | chain of nodes
list: list
local: local
log: logarithm | log | log n | lg n | log2 n
nlogn: n log n | nlogn
main: main | main function | main method | main ( ) | int main | function main
member: member
memory: memory | ram | storage | space
merge: merge | combine | join | put together | unite
minimum: minimum | smallest | lowest | min | least | smallest value | smallest element
module: module | modular | modularity | component
move: move | shift | slide
multiple: multiple | several | many | more than one | numerous | number of
name: name | identifier | called | label
node: node | vertex | vertices
notneeded: not needed | unnecessary | does not need | not required | no need | needn't
null: null | nil | nullptr | null terminator | null character | \\0 | terminating null | zero character | null pointer
number: number | amount
object: object | instance
once: once | one time | single time
leastonce: at least once | at least one time | one or more times | once or more | minimum of one time | minimum of once
one: one | single | 1
operand: operand
operation: operation | step | action
operator: operator
order: order | sequence | arrangement
outside: outside | external | outer | beyond | out of
overload: overload | overloaded
parent: parent | ancestor | father
pass: pass | hand over | supply | send | give to
piece: part | portion | piece | segment | section | fragment | subset
point: point | refer | reference to
pointer: pointer | ptr
pop: pop | take from the top
postfix: postfix | postorder | post order | reverse polish
preorder: preorder | pre order | prefix
infix: infix
previous: previous | prior | preceding node | one before
private: private
problem: problem | task
program: program | software | application
prototype: prototype
priority: priority
provide: provide | supply by | given by | offer
public: public
push: push | put on top | place on top
queue: queue | waiting line
quicksort: quick sort | quicksort
random: random | arbitrary
recursion: recursion | recursive | call itself | calls itself | recursive call | recursive function | recursion step | recursive step
reduce: reduce | decrease | smaller problem | diminish | get smaller | simplify | converge | approach the base case | toward the base case
refinement: refinement | refine | refined
repeatedly: keep doing
return: return | give back | yield | output
returntype: return type | type of return | type returned | return a value | return value | type it returns | return types | returned type
reuse: reuse | reusable | reusability | reused | re use | re usable | use again | used again | use later
reverse: reverse | backward | opposite order
right: right
root: root | topmost node
row: row | row major | row by row | rowwise | row wise | by rows
column: column | column major | by columns
runtime: run time | runtime | run time error | at execution | execution time | while running | when the program runs | during execution | runtime error
scope: scope | visibility | block
search: search | find | look for | seek | locate | identify | searching
second: second
sequentially: sequentially | one by one | one at a time | linear search | in turn
shape: structure of
signature: signature | function header | function signature
simulate: sample | model | mock | demo | demonstrate | demonstration | small version | preview
singly: singly
solution: solution | answer | solve
sort: sort | sorted | ordered | in ascending order | already ordered | in sequence | already sorted | in order already | arranged | sorting
stack: stack
stage: stage | phase
statement: statement | command | line of code
static: static
stop: stop | terminate | finish | exit | termination | halt | quit
store: store | save | place holder | placeholder | storing | keep data | hold a value | holds a value | stored
string: string | text
subtree: subtree | sub tree
swap: swap | exchange | switch | interchange | trade places
test: test | check | verify | validate | evaluate | testing
testing: testing phase | testing stage | test phase
tree: tree
traverse: traverse | visit | walk | go through | traversal | scan | step through | pass through
type: type | data type | datatype | kind of data
understand: understand | see how | get an idea
unlimited: unlimited | as many as | no limit | any number | infinite number | infinitely many | as many as you want | as many as needed | limitless | no maximum
unsorted: unsorted | not sorted | not in order | out of order | remaining
upto: up to | at most
user: user | client | customer | person
value: value | content
variable: variable | var
worst: worst | worst case
best: best | best case
write: write | print | display | show
zero: zero | 0
two: two | 2 | pair | couple
three: three | 3
four: four | 4
instead: instead of | rather than | in place of
oldest: oldest | earliest | least recent | inserted first | added first | first inserted | first added | waited longest | longest waiting
newest: newest | latest | most recent | most recently added | recently added | last inserted | last added | inserted last | added last
frame: frame | stack frame | activation record
callstack: call stack | run time stack | runtime stack | program stack | execution stack
sentinel: sentinel | dummy | dummy node | fake node | placeholder node
parenthesis: parenthesis | parentheses | brackets | brace | braces
collision: collision | collide | same bucket | same slot | hash to the same | same hash
chaining: chaining | separate chaining | list per bucket | list in each bucket | list of entries
probing: probing | probe | open addressing | next free slot | next empty slot | next free cell | next empty cell | another slot
degenerate: degenerate | skewed | unbalanced | not balanced | like a list | like a linked list | one sided | lopsided
levelbylevel: level by level | level order | breadth first | bfs
depthfirst: depth first | dfs
completetree: complete binary tree | complete tree | every level is full | all levels are full | all levels filled | every level filled | filled from left to right
bst: binary search tree | bst | search tree
binarytree: binary tree | two children | at most two children
innernode: internal node | inner node | interior node | non leaf
sibling: sibling | same parent
distance: distance | path length | length of the path
path: path | route
degree: degree | number of children
pivot: pivot | partitioning element
relativeorder: relative order | original order | order they had | same order as before | order of equal
inplace: in place | no extra memory | no additional memory | constant extra space | without extra space | no extra array
overhead: overhead | extra memory | additional memory | extra space | additional space | more memory | more space
constanttime: constant time | o ( 1 ) | fixed time | fixed number of steps | regardless of the size | independent of the size
quadratic: quadratic | n squared | squared | o ( n 2 ) | n ^ 2 | n 2 | n * n | n square | square of n
exponential: exponential | 2 to the n | two to the n
amortized: amortized | amortised | on average
peek: peek | look at the top | without removing it | top without removing | see the top
circular: circular | ring | wrap | wrap around | wraps around | last points to the first | last node points to the first
next: next | following | subsequent | successor
previousnode: predecessor | preceding node | node before
randomaccess: random access | direct access | directly access | access by index | access by position | any element directly
dynamicarray: dynamic array | resizable array | array list | vector | growable array
adt: abstract data type | adt
leak: memory leak | leak
overflow: overflow | too full
underflow: underflow
expression: expression | equation | formula
mergesort: merge sort | mergesort
insertionsort: insertion sort
selectionsort: selection sort
bubblesort: bubble sort
heapsort: heap sort | heapsort
binarysearch: binary search
subarray: subarray | sub array | sublist | sub list | smaller array | smaller list
ascending: ascending | increasing order | smallest to largest | non decreasing
descending: descending | decreasing order | largest to smallest
backtrack: backtrack | backtracking | undo
rotate: rotation | rotate
"""
"""One line a group: its name, then the words and phrases that count as it."""
