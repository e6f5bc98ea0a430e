package smartcall

import (
	"regexp"
	"strconv"
)

// Cursor is the place of an event in a log, written `epoch.seq`. The epoch changes exactly when a log
// was lost; seq begins at 1 and grows by 1 with each event, so 0 is the place before the first.
type Cursor struct {
	Epoch string
	Seq   int64
}

var cursorPattern = regexp.MustCompile(`^([A-Za-z0-9_-]{1,32})\.(0|[1-9][0-9]{0,15})$`)

// ParseCursor reads `epoch.seq`; ok is false for anything else.
func ParseCursor(text string) (cursor Cursor, ok bool) {
	match := cursorPattern.FindStringSubmatch(text)
	if match == nil {
		return Cursor{}, false
	}
	seq, err := strconv.ParseInt(match[2], 10, 64)
	return Cursor{match[1], seq}, err == nil
}

// String writes a cursor as `epoch.seq`.
func (c Cursor) String() string { return c.Epoch + "." + strconv.FormatInt(c.Seq, 10) }
