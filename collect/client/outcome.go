package main

// Outcome of an attempt, or of an operation.
type Outcome string

const (
	// OK was answered, and happened.
	OK Outcome = "ok"
	// Fail certainly did not happen.
	Fail Outcome = "fail"
	// Unknown was sent and may have happened.
	Unknown Outcome = "unknown"
	// Dropped was never tried, because too much was in flight.
	Dropped Outcome = "dropped"
)

// Reason why an attempt was not answered with success.
type Reason string

const (
	// Busy: the server refused it, because of another write or a checkpoint.
	Busy Reason = "busy"
	// NotLeader: the server refused it, being no leader (any more).
	NotLeader Reason = "not-leader"
	// Unconnected: there was no connection to send it over.
	Unconnected Reason = "unconnected"
	// Unsent: the connection broke before the request was wholly written.
	Unsent Reason = "unsent"
	// Refused: the server refused it for another reason, and did nothing.
	Refused Reason = "refused"
	// Lost: sent, and either never answered or answered with an error that leaves open whether it happened.
	Lost Reason = "lost"
)

func reasonNames() []string {
	return []string{string(Busy), string(NotLeader), string(Unconnected), string(Unsent), string(Refused), string(Lost)}
}

// certain tells whether what failed for this reason has certainly not happened.
func (r Reason) certain() bool { return r != Lost }

// worst is the outcome of an operation whose attempts had these two: one success is enough, one doubt remains.
func worst(a, b Outcome) Outcome {
	for _, o := range []Outcome{OK, Unknown, Fail} {
		if a == o || b == o {
			return o
		}
	}
	return Dropped
}
