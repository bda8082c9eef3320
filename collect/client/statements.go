package main

// Each value has a column of its own beside its padding, and takes part in no other.
const (
	readRegister  = "SELECT value, padding FROM register WHERE key = ?"
	writeRegister = "INSERT INTO register (key, value, padding) VALUES (?, ?, ?) " +
		"ON CONFLICT (key) DO UPDATE SET value = excluded.value, padding = excluded.padding"
	casRegister = "UPDATE register SET value = ?, padding = ? WHERE key = ? AND value IS ?"
	readList    = "SELECT value, padding FROM list WHERE key = ? ORDER BY position"
	// the elements of a list are counted from 1
	appendToList = "INSERT INTO list (key, position, value, padding) " +
		"SELECT ?1, coalesce(max(position), 0) + 1, ?2, ?3 FROM list WHERE key = ?1"
)

// setupStatements can be run any number of times; keys are filled in by hundreds of them.
var setupStatements = []string{
	"DROP TABLE IF EXISTS register",
	"DROP TABLE IF EXISTS list",
	"CREATE TABLE register (key INTEGER PRIMARY KEY, value INTEGER, padding BLOB)",
	"CREATE TABLE list (key INTEGER, position INTEGER, value INTEGER, padding BLOB, PRIMARY KEY (key, position)) WITHOUT ROWID",
}

const fillRegisters = "WITH RECURSIVE number (key) AS (SELECT ?1 UNION ALL SELECT key + 1 FROM number WHERE key + 1 < ?2) " +
	"INSERT OR IGNORE INTO register (key) SELECT key FROM number"

// filler is what values are padded with; it does not compress well.
var filler = func() []byte {
	bytes, state := make([]byte, maxPadding), uint32(2463534242)
	for i := range bytes {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		bytes[i] = byte(state)
	}
	return bytes
}()

const maxPadding = 1 << 20

func padding(op *Operation) interface{} {
	if op.Padding == 0 {
		return nil
	}
	return filler[:op.Padding]
}

func expected(op *Operation) interface{} {
	if op.Expect == nil {
		return nil
	}
	return *op.Expect
}
