"""Which groups of words of a first course are near to one another, and which oppose.

The groups are those of `bot/feedback/first_course.py`, by their names.
"""

from __future__ import annotations

NEAR = """
address pointer dereference
alias name dereference
argument type returntype signature
attribute memberfunction member
attribute data variable
behaviour simulate
body code definition
cell element insertright
class object
code body function
copy byvalue
data value memory store
datastructure array list linkedlist
file filescope
filescope global every
function memberfunction
heap tree
insert insertright
iterate once
iterate recursion
length number
linkedlist list node pointer
memory address store
minimum less
greatest greater
module piece class
name signature
once one
once leastonce
unlimited endless
basecase stop test
basecase reduce
hide class
order sort
program solution code problem
push insert
pop delete
dequeue delete
enqueue insert
row order
runtime execute
compiletime compiler
search traverse compare
sort order insertright
stage refinement coding testing
swap move alter
traverse iterate
tree node
unlimited multiple every
dynamic unlimited
reuse module
efficient easy
lifetime static
lifetime memory
prototype declare
object data
main function
value variable data
oldest fifo first
newest lifo back
frame callstack stack
callstack stack
parenthesis bracket
collision hash
chaining linkedlist list
probing search
degenerate linkedlist list
levelbylevel traverse
depthfirst traverse
inorder traverse
preorder traverse
postfix traverse
completetree balanced binarytree tree
bst tree binarytree
innernode node parent
child node
leaf node
root node first
distance height length path
overhead memory
constanttime efficient once
peek first
circular back
previousnode previous
randomaccess access cell
dynamicarray array dynamic
adt interface class
underflow error empty
overflow error
mergesort merge sort
insertionsort insert sort
selectionsort minimum sort
bubblesort swap sort
heapsort heap sort
quicksort pivot sort
binarysearch search half
subarray array piece half
ascending sort order
descending sort order
relativeorder order
subtree child
oldest relativeorder
"""
"""Groups that say a part of one another: half the credit."""

OPPOSED = """
compiletime runtime
row column
byreference byvalue
left right
begin stop
fifo lifo
push pop
enqueue dequeue
greatest minimum
greater less
public private
local global
constant nonconstant
parent child
root leaf
inside outside
fixed dynamic
explicit implicit
best worst
linear log
singly double
preorder postfix
static dynamic
oldest newest
overflow underflow
ascending descending
balanced degenerate
linear quadratic
linear constanttime
log quadratic
log constanttime
nlogn quadratic
next previous
next previousnode
inorder preorder
inorder postfix
levelbylevel depthfirst
chaining probing
"""
"""Two that are not said of the same thing."""
