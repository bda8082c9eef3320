package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// childDir is set where a test runs as a process of its own, which another test started.
const childDir = "DQLITE_CLIENT_TEST_DIR"

// startChild runs the test once more in a process, and returns when it has printed something.
func startChild(t *testing.T, dir, printed string) *exec.Cmd {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { child.Process.Kill() })
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if strings.Contains(lines.Text(), printed) {
			return child
		}
	}
	t.Fatalf("expected the process to print %s, received its end", printed)
	return nil
}
