package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"
)

// readAttempts returns what stands up to the last line of a flush, and that line's numbers.
func readAttempts(t *testing.T, path string) (rows []map[string]string, flushed [3]int64) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(text, []byte("\n#flushed,"))
	if at < 0 {
		t.Fatal(errors.New("no line of a flush"))
	}
	line := strings.SplitN(string(text[at+1:]), "\n", 2)
	if len(line) < 2 { // the line itself is cut short
		text = text[:at+1]
		at = bytes.LastIndex(text, []byte("\n#flushed,"))
		line = strings.SplitN(string(text[at+1:]), "\n", 2)
	}
	for i, field := range strings.Split(line[0], ",")[1:] {
		if flushed[i], err = strconv.ParseInt(field, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	reader := csv.NewReader(bytes.NewReader(text[:at+1]))
	reader.Comment = '#'
	records, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows, flushed
}

func number(t *testing.T, row map[string]string, column string) int64 {
	t.Helper()
	value, err := strconv.ParseInt(row[column], 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", column, err)
	}
	return value
}
