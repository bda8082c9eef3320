// Checks a history of registers with Porcupine: go run . history.json
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/anishathalye/porcupine"
)

type input struct {
	Op     string
	Key    string
	Value  *string
	Expect *string
}

type output struct {
	Unknown bool
	Value   *string
	Swapped bool
}

type operation struct {
	ClientId int
	Input    input
	Call     int64
	Output   output
	Return   int64
}

// An operation of unknown outcome may have had no effect, so that a state has one successor or two.
var register = porcupine.NondeterministicModel{
	Partition: byKey,
	Init:      func() []interface{} { return []interface{}{"null"} },
	Step: func(state, in, out interface{}) []interface{} {
		now, i, o := state.(string), in.(input), out.(output)
		after, fits := now, true
		switch i.Op {
		case "read":
			fits = o.Unknown || now == value(o.Value)
		case "write":
			after = value(i.Value)
		case "cas":
			took := now == value(i.Expect)
			fits = o.Unknown || took == o.Swapped
			if took {
				after = value(i.Value)
			}
		}
		if !fits {
			return nil
		}
		if o.Unknown && after != now {
			return []interface{}{now, after}
		}
		return []interface{}{after}
	},
	DescribeOperation: func(in, out interface{}) string {
		i, o := in.(input), out.(output)
		return fmt.Sprintf("%s %s %s -> %s %v", i.Op, i.Key, value(i.Value), value(o.Value), o.Swapped)
	},
}

func byKey(history []porcupine.Operation) [][]porcupine.Operation {
	keys := map[string][]porcupine.Operation{}
	for _, o := range history {
		key := o.Input.(input).Key
		keys[key] = append(keys[key], o)
	}
	parts := [][]porcupine.Operation{}
	for _, part := range keys {
		parts = append(parts, part)
	}
	return parts
}

func value(v *string) string {
	if v == nil {
		return "null"
	}
	return *v
}

func main() {
	for _, path := range os.Args[1:] {
		text, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		var operations []operation
		if err := json.Unmarshal(text, &operations); err != nil {
			fmt.Fprintln(os.Stderr, path, err)
			os.Exit(2)
		}
		history := []porcupine.Operation{}
		for _, o := range operations {
			history = append(history, porcupine.Operation{
				ClientId: o.ClientId, Input: o.Input, Call: o.Call, Output: o.Output, Return: o.Return,
			})
		}
		fmt.Println(path, porcupine.CheckOperationsTimeout(register.ToModel(), history, time.Minute))
	}
}
