package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestARowIsQuotedOnlyWhereNeededAndStaysOnOneLine(t *testing.T) {
	row := Row{
		op:      Operation{ID: 7, Kind: Txn, Steps: []Step{{true, 3, 9}, {false, 4, 0}}, IntendedNs: 100},
		attempt: 2, client: 5, doneNs: 300, outcome: Unknown,
		reply: Reply{Reason: Lost, Error: "two\nlines, \"quoted\"", Node: "a:1", SentNs: 200, Silent: true},
	}
	expected := `7,2,5,txn,,"[[""append"",3,9],[""r"",4,null]]",,100,200,,unknown,lost,"two lines, ""quoted""",a:1,0` + "\n"
	if received := string(row.appendTo(nil)); received != expected {
		t.Errorf("expected %s, received %s", expected, received)
	}
	plain := Row{op: Operation{Kind: Read, Key: 3, IntendedNs: 1}, attempt: 1, reply: Reply{Result: "null", SentNs: 2, Node: "a:1"},
		doneNs: 3, outcome: OK, final: true}
	if received := string(plain.appendTo(nil)); received != "0,1,0,read,3,,null,1,2,3,ok,,,a:1,1\n" {
		t.Errorf("received %s", received)
	}
	if columns := strings.Count(attemptsHeader, ","); columns != 14 {
		t.Errorf("expected 15 columns, received %d", columns+1)
	}
}

func TestAFileThatCannotBeWrittenIsAnError(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "attempts.csv"))
	if err != nil {
		t.Fatal(err)
	}
	recorder, err := NewRecorder(StartClock(), file)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	recorder.Offer()
	recorder.Drop(&Operation{})
	if _, err := recorder.Close(); err == nil {
		t.Error("expected an error, received none")
	}
}

func BenchmarkRecorder(b *testing.B) {
	file, err := os.Create(filepath.Join(b.TempDir(), "attempts.csv"))
	if err != nil {
		b.Fatal(err)
	}
	clock := StartClock()
	recorder, err := NewRecorder(clock, file)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	start := time.Now()
	for i := 0; i < b.N; i++ {
		op := Operation{ID: int64(i), Kind: Write, Key: int64(i % 100), Value: int64(i), IntendedNs: clock.Now()}
		recorder.Offer()
		recorder.Record(Row{op: op, attempt: 1, client: i % 64, doneNs: clock.Now(), outcome: OK, overall: OK, final: true,
			reply: Reply{SentNs: clock.Now(), Node: "127.0.0.1:9001"}})
	}
	if _, err := recorder.Close(); err != nil {
		b.Fatal(err)
	}
	b.StopTimer()
	took := time.Since(start)
	size, err := file.Stat()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/took.Seconds(), "attempts/s")
	b.ReportMetric(float64(size.Size())/float64(b.N), "bytes/attempt")
}
