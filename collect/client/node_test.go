package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestANodeSaysThatItIsReadyAndEndsWhenToldTo(t *testing.T) {
	for _, onTerm := range []string{"handover", "close", "kill"} {
		t.Run(onTerm, func(t *testing.T) {
			if dir := os.Getenv(childDir); dir != "" {
				arguments := []string{"--dir", dir, "--address", freeAddress(t), "--on-term", onTerm,
					"--network-latency-ms", "5", "--snapshot-threshold", "100", "--voters", "3"}
				if err := node(arguments); err != nil {
					t.Fatal(err)
				}
				os.Exit(0)
			}
			child := startChild(t, t.TempDir(), `"event":"ready"`)
			if err := child.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if err := child.Wait(); err != nil {
				t.Errorf("expected it to end with 0, received %v", err)
			}
		})
	}
}

func TestASignalTellsHowANodeIsToEnd(t *testing.T) {
	for ending, expected := range map[os.Signal]string{
		syscall.SIGTERM: "kill", syscall.SIGINT: "kill", syscall.SIGHUP: "close", syscall.SIGUSR1: "handover",
	} {
		flags := &nodeFlags{onTerm: "kill"}
		if how := flags.endOn(ending); how != expected {
			t.Errorf("%s: expected %s, received %s", ending, expected, how)
		}
	}
}

func TestAnErrorOfANodesOptionsNamesTheOption(t *testing.T) {
	for text, expected := range map[string]string{
		"--address a:1":                             "--dir",
		"--dir d":                                   "--address",
		"--dir d --address a":                       `--address: expected host:port, received "a"`,
		"--dir d --address a:1 --join b:1,c":        "--join[1]",
		"--dir d --address a:1 --on-term wave":      "--on-term",
		"--dir d --address a:1 --voters 0":          "--voters",
		"--dir d --address a:1 more":                `"more"`,
		"--dir d --address a:1 --snapshot-trailing": "snapshot-trailing",
	} {
		if _, err := parseNodeFlags(strings.Fields(text)); err == nil || !strings.Contains(err.Error(), expected) {
			t.Errorf("%s: expected an error with %q, received %v", text, expected, err)
		}
	}
}

func TestDiskModeIsTakenOrRefusedWithAReason(t *testing.T) {
	flags, err := parseNodeFlags([]string{"--dir", "d", "--address", "a:1", "--disk-mode"})
	if err != nil {
		t.Fatal(err)
	}
	if options, err := flags.options(); err != nil && !strings.Contains(err.Error(), "has no app.WithDiskMode") {
		t.Errorf("received %v", err)
	} else if err == nil && len(options) != 2 {
		t.Errorf("expected two options, received %d", len(options))
	}
}
