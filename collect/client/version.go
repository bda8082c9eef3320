package main

/*
#cgo LDFLAGS: -ldqlite
#include <dqlite.h>
*/
import "C"

// dqliteVersion is that of the library that this process runs, which need not be the one that it was built with:
// 11601 for 1.16.1.
func dqliteVersion() int { return int(C.dqlite_version_number()) }
