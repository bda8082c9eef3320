package main

import "strconv"

// Operation is what a client wants.
type Operation struct {
	ID   int64
	Kind Kind
	// Key of a register or list; a transaction's keys are in its steps.
	Key int64
	// Value that is written, swapped in or appended; no other operation has the same.
	Value int64
	// Expect is what a compare-and-set compares with, the value that was seen last when it was first sent; nil is the
	// null of a register that was never written.
	Expect      *int64
	ExpectKnown bool
	// Padding is how many bytes are stored beside each value.
	Padding int
	Steps   []Step
	// Begin is the statement that a transaction begins with.
	Begin string
	// IntendedNs is the reading of the clock at which it was meant to begin.
	IntendedNs int64
}

// Step of a transaction: an append, or a read of a list.
type Step struct {
	Append bool
	Key    int64
	Value  int64
}

// writes tells whether the operation may change something, or takes part in the order of writes by its transaction.
func (o *Operation) writes() bool {
	return o.Kind == Write || o.Kind == Cas || o.Kind == Append || o.Kind == Txn
}

// argument is what was asked for, as JSON.
func (o *Operation) argument() string {
	switch o.Kind {
	case Write, Append:
		return strconv.FormatInt(o.Value, 10)
	case Cas:
		return "[" + jsonInt(o.Expect) + "," + strconv.FormatInt(o.Value, 10) + "]"
	case Txn:
		return stepsJSON(o.Steps, nil)
	default:
		return ""
	}
}

// stepsJSON tells a transaction's steps, with what they read where reads has it.
func stepsJSON(steps []Step, reads [][]int64) string {
	text := []byte{'['}
	for i, step := range steps {
		if i > 0 {
			text = append(text, ',')
		}
		key := strconv.FormatInt(step.Key, 10)
		if step.Append {
			text = append(text, `["append",`+key+","+strconv.FormatInt(step.Value, 10)+"]"...)
			continue
		}
		read := "null"
		if reads != nil {
			read = listJSON(reads[i])
		}
		text = append(text, `["r",`+key+","+read+"]"...)
	}
	return string(append(text, ']'))
}

func listJSON(elements []int64) string {
	text := []byte{'['}
	for i, element := range elements {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, element, 10)
	}
	return string(append(text, ']'))
}

func jsonInt(value *int64) string {
	if value == nil {
		return "null"
	}
	return strconv.FormatInt(*value, 10)
}
