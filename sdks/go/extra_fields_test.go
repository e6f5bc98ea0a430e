package smartcall

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

func TestExtraFieldsAreThoseOfEncodingJSON(t *testing.T) {
	known := []string{"a", "b", "ä"}
	for _, text := range []string{
		`{}`, ` { } `, `null`, `{"a":1}`, `{"c":1}`, `{"a":{"c":2},"c":{"a":[1,2,{"x":"}]"}]},"d":"\"}"}`,
		`{ "c" : [ ] , "a" : "x" , "d" : { } }`, "{\n\t\"e\" :\r -1.5e7 }", `{"c":true,"d":null,"b":false,"f":"\\"}`,
		`{"\u0061":1,"\u0063":2}`, `{"":{}}`, `{"ä":1,"ö":"ü"}`, `{"c":"\\\"","g":["]",{"h":"{"}]}`,
	} {
		var want map[string]json.RawMessage
		if err := json.Unmarshal([]byte(text), &want); err != nil {
			t.Fatal(text, err)
		}
		maps.DeleteFunc(want, func(name string, _ json.RawMessage) bool { return slices.Contains(known, name) })
		got := extraFields([]byte(text), known)
		if !maps.EqualFunc(got, want, func(a, b json.RawMessage) bool { return string(a) == string(b) }) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzExtraFields(f *testing.F) {
	f.Add(`{"a":{"c":2},"c":{"a":[1,2,{"x":"}]"}]},"d":"\"}"}`)
	f.Fuzz(func(t *testing.T, text string) {
		var want map[string]json.RawMessage
		if json.Unmarshal([]byte(text), &want) != nil {
			return
		}
		got := extraFields([]byte(text), nil)
		if len(got) != len(want) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	})
}
