package main

import (
	"math/rand"
	"strings"
	"sync"
)

// Generator makes operations, always the same ones from the same configuration. What a compare-and-set expects is left
// open until it is sent.
type Generator struct {
	config Config

	mu     sync.Mutex
	random *rand.Rand
	kinds  chooser
	keys   chooser
	next   Operation // ID and Value of the next one
	lists  []listPlace
	// fresh is the number of the next list
	fresh int64
}

// listPlace is a place of the keys' distribution. Its list is replaced by an empty one once it is full, so that reads
// of lists stay short.
type listPlace struct{ key, appends int64 }

// NewGenerator begins with operation 0. Registers have the numbers from 0 to keys.count-1, lists those from keys.count.
func NewGenerator(config Config) *Generator {
	shares := config.Mix.shares()
	g := &Generator{
		config: config,
		random: rand.New(rand.NewSource(config.Seed)),
		kinds:  chooserOf(shares[:]),
		keys:   keyChooser(config.Keys),
		next:   Operation{Value: config.FirstValue},
		lists:  make([]listPlace, config.Keys.Count),
		fresh:  int64(2 * config.Keys.Count),
	}
	for i := range g.lists {
		g.lists[i].key = int64(config.Keys.Count + i)
	}
	return g
}

// Next is the operation that begins at what intended tells; operations are numbered in the order of these times.
func (g *Generator) Next(intended func() int64) *Operation {
	g.mu.Lock()
	defer g.mu.Unlock()
	op := &Operation{ID: g.next.ID, Kind: Kind(g.kinds.choose(g.random)), IntendedNs: intended()}
	g.next.ID++
	op.Padding = g.within(g.config.ValueBytes)
	switch op.Kind {
	case Txn:
		op.Begin = "BEGIN " + strings.ToUpper(g.config.Transaction.Begin)
		op.Steps = make([]Step, g.within(g.config.Transaction.Operations))
		for i := range op.Steps {
			op.Steps[i] = g.step()
		}
		return op
	case Append:
		op.Key = g.appendTo(g.keys.choose(g.random))
	case ReadList:
		op.Key = g.lists[g.keys.choose(g.random)].key
	default:
		op.Key = int64(g.keys.choose(g.random))
	}
	if op.writes() {
		op.Value = g.value()
	}
	return op
}

func (g *Generator) step() Step {
	place := g.keys.choose(g.random)
	if g.random.Float64() >= g.config.Transaction.AppendShare {
		return Step{Key: g.lists[place].key}
	}
	return Step{Append: true, Key: g.appendTo(place), Value: g.value()}
}

func (g *Generator) appendTo(place int) int64 {
	list := &g.lists[place]
	if list.appends == g.config.ListLength {
		*list = listPlace{key: g.fresh}
		g.fresh++
	}
	list.appends++
	return list.key
}

func (g *Generator) value() int64 {
	value := g.next.Value
	g.next.Value++
	return value
}

func (g *Generator) within(r RangeConfig) int { return r.Min + g.random.Intn(r.Max-r.Min+1) }
