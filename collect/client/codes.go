package main

// SQLite's result codes, https://www.sqlite.org/rescode.html, and dqlite's own.
const (
	sqliteBusy       = 5
	sqliteNotFound   = 12
	sqliteConstraint = 19
	sqliteNotLeader  = 10 | 40<<8
	// before dqlite had codes of its own in SQLite's range
	sqliteNotLeaderLegacy = 10 | 32<<8
)

// reasonOfCode tells a failure that a server answered with apart from one that leaves doubt.
//
// dqlite checks for leadership, locks and checkpoints before it runs a statement, or undoes the statement when raft
// takes no entry because the server is no leader. Once raft has an entry, every failure (leadership lost 10506, I/O
// error, shutdown, no space) leaves open whether the entry will be committed: exec_failure in dqlite's gateway.c,
// leader.c. A generic error 1 is also what older ones answer when a barrier fails, so that it is not certain either.
func reasonOfCode(code uint64) Reason {
	switch {
	case code == sqliteNotLeader || code == sqliteNotLeaderLegacy:
		return NotLeader
	case code == sqliteNotFound: // no such database or statement on this connection: leadership was lost before
		return NotLeader
	case code&0xff == sqliteBusy:
		return Busy
	case code&0xff == sqliteConstraint:
		return Refused
	default:
		return Lost
	}
}
