package smartcall

import (
	"bytes"
	"encoding/json"
	"slices"
)

// extraFields finds the fields of an object that are not known; nil when there are none. It is one
// pass over text that encoding/json has found valid, which costs less than reading it once more.
func extraFields(data []byte, known []string) map[string]json.RawMessage {
	var extra map[string]json.RawMessage
	at := skipSpace(data, 0)
	if at == len(data) || data[at] != '{' {
		return nil
	}
	for at = skipSpace(data, at+1); data[at] != '}'; at = skipSpace(data, at) {
		if data[at] == ',' {
			at = skipSpace(data, at+1)
		}
		end := skipString(data, at)
		name := data[at:end]
		at = skipSpace(data, skipSpace(data, end)+1) // The colon is between them.
		end = skipValue(data, at)
		if !isKnown(name, known) {
			var text string
			if json.Unmarshal(name, &text) == nil && !slices.Contains(known, text) {
				if extra == nil {
					extra = make(map[string]json.RawMessage)
				}
				extra[text] = bytes.Clone(data[at:end])
			}
		}
		at = end
	}
	return extra
}

func isKnown(quoted []byte, known []string) bool {
	for _, name := range known {
		if string(quoted[1:len(quoted)-1]) == name {
			return true
		}
	}
	return false
}

func skipSpace(data []byte, at int) int {
	for at < len(data) && (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t') {
		at++
	}
	return at
}

// skipString answers the place after a string that begins here.
func skipString(data []byte, at int) int {
	for at++; data[at] != '"'; at++ {
		if data[at] == '\\' {
			at++
		}
	}
	return at + 1
}

// skipValue answers the place after a value that begins here.
func skipValue(data []byte, at int) int {
	depth := 0
	for ; at < len(data); at++ {
		switch data[at] {
		case '"':
			at = skipString(data, at) - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return at
			}
			depth--
		case ',', ' ', '\n', '\r', '\t':
			if depth == 0 {
				return at
			}
			continue
		default:
			continue
		}
		if depth == 0 {
			return at + 1
		}
	}
	return at
}
