package main

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestALoadOnANodeReadsWhatItWrote(t *testing.T) {
	config := stubConfig(func(c *Config) {
		c.Addresses = []string{startNode(t)}
		c.Arrivals = ArrivalsConfig{Kind: "closed", Workers: 4}
		c.DurationMs, c.ValueBytes, c.ListLength = 500, RangeConfig{10, 3000}, 5
		c.Mix = MixConfig{Read: 1, Write: 1, Cas: 1, Append: 2, ReadList: 2, Txn: 1}
	})
	clock := StartClock()
	rows, totals := loaded(t, config, clock, NewDqliteDialer(config, clock), make(chan struct{}))
	account(t, rows, totals)
	if totals.OK != totals.Offered {
		t.Errorf("expected all to be answered, received %+v", totals)
	}
	written, lists := map[string]bool{"null": true}, map[int64][][]int64{}
	for _, row := range rows {
		switch row["op"] {
		case "write":
			written[row["argument"]] = true
		case "cas":
			written[strings.Split(strings.Trim(row["argument"], "[]"), ",")[1]] = true
		}
	}
	for _, row := range rows {
		switch row["op"] {
		case "read":
			if !written[row["result"]] {
				t.Errorf("read a value that was never written: %v", row)
			}
		case "cas":
			if row["result"] != "true" && row["result"] != "false" {
				t.Errorf("received %v", row)
			}
		case "read-list":
			key := number(t, row, "key")
			lists[key] = append(lists[key], decoded(t, row["result"]))
		case "txn":
			for _, step := range decodedSteps(t, row["result"]) {
				if step.read != nil {
					lists[step.key] = append(lists[step.key], step.read)
				}
			}
		}
	}
	if len(lists) <= config.Keys.Count {
		t.Errorf("expected full lists to be replaced, received %d lists", len(lists))
	}
	for key, reads := range lists {
		prefixes(t, key, reads)
	}
}

// prefixes checks that of any two reads of a list one begins with the other.
func prefixes(t *testing.T, key int64, reads [][]int64) {
	t.Helper()
	longest := []int64{}
	for _, read := range reads {
		if len(read) > len(longest) {
			longest = read
		}
	}
	for _, read := range reads {
		for i, element := range read {
			if element != longest[i] {
				t.Fatalf("list %d: read %v and %v", key, read, longest)
			}
		}
	}
}

func decoded(t *testing.T, text string) []int64 {
	t.Helper()
	list := []int64{}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return list
}

type decodedStep struct {
	key  int64
	read []int64 // nil: an append
}

func decodedSteps(t *testing.T, text string) (steps []decodedStep) {
	t.Helper()
	var parts [][3]json.RawMessage
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	for _, part := range parts {
		var step decodedStep
		if err := json.Unmarshal(part[1], &step.key); err != nil {
			t.Fatal(err)
		}
		if string(part[0]) == `"r"` {
			step.read = decoded(t, string(part[2]))
		}
		steps = append(steps, step)
	}
	return steps
}
