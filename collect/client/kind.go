package main

// Kind of an operation.
type Kind int

// Registers hold a value each (Read, Write, Cas), lists hold elements (Append, ReadList, Txn).
const (
	Read Kind = iota
	Write
	Cas
	Append
	ReadList
	Txn
)

var kindNames = [...]string{"read", "write", "cas", "append", "read-list", "txn"}

func (k Kind) String() string { return kindNames[k] }

// onList tells whether the key of such an operation is a list's.
func (k Kind) onList() bool { return k >= Append }

// shares of the kinds, by kind.
func (m MixConfig) shares() [len(kindNames)]float64 {
	return [...]float64{m.Read, m.Write, m.Cas, m.Append, m.ReadList, m.Txn}
}

func (m MixConfig) registers() bool { return m.Read+m.Write+m.Cas > 0 }

func (m MixConfig) lists() bool { return m.Append+m.ReadList+m.Txn > 0 }
