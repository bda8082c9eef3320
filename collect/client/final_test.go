package main

import (
	"testing"
	"time"
)

func finalKeys(config Config) map[Kind][]int64 {
	generator := NewGenerator(config)
	for i := 0; i < 40; i++ {
		generator.Next(func() int64 { return 0 })
	}
	found, lastID := map[Kind][]int64{}, int64(39)
	next := generator.finalReads()
	for op := next(func() int64 { return 7 }); op != nil; op = next(func() int64 { return 7 }) {
		if op.ID != lastID+1 || op.IntendedNs != 7 {
			panic("operations go on from those of the load")
		}
		lastID = op.ID
		found[op.Kind] = append(found[op.Kind], op.Key)
	}
	return found
}

func TestFinalReadsAreOfAllRegistersAndNoList(t *testing.T) {
	config := Config{Keys: KeysConfig{Count: 3}, Mix: MixConfig{Read: 1, Write: 1}, ListLength: 50}
	found := finalKeys(config)
	if len(found[Read]) != 3 || len(found[ReadList]) != 0 {
		t.Fatalf("read %v", found)
	}
}

func TestFinalReadsAreOfAllListsThatWereBegun(t *testing.T) {
	config := Config{Keys: KeysConfig{Count: 2}, Mix: MixConfig{Append: 1}, ListLength: 5}
	found := finalKeys(config)
	// 40 appends fill at least eight lists of five, and the keys of lists begin after those of registers
	lists := found[ReadList]
	if len(found[Read]) != 0 || len(lists) < 8 || lists[0] != 2 || lists[len(lists)-1] != int64(len(lists))+1 {
		t.Fatalf("read %v", found)
	}
}

func TestALoadEndsWithAReadOfEachKeyThatAddsUp(t *testing.T) {
	clock := StartClock()
	target := &stub{clock: clock, service: time.Millisecond}
	config := stubConfig(func(c *Config) {
		c.DurationMs, c.FinalReads, c.Keys.Count, c.Mix = 100, true, 7, MixConfig{Write: 1}
	})
	rows, totals := loaded(t, config, clock, target, make(chan struct{}))
	account(t, rows, totals)
	found := map[string]bool{}
	for _, row := range rows {
		if row["op"] == "read" && row["outcome"] == "ok" {
			found[row["key"]] = true
		}
	}
	if len(found) != 7 {
		t.Fatalf("expected a read of each of 7 keys, received %v", found)
	}
}
