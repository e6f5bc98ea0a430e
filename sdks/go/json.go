package smartcall

import (
	"bytes"
	"encoding/json"
)

// Object is any JSON object. Numbers that were read are a json.Number, so that none loses digits.
type Object map[string]any

// UnmarshalJSON reads an object without loss.
func (o *Object) UnmarshalJSON(data []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return err
	}
	*o = fields
	return nil
}

// unmarshalKeeping reads what plain knows, and into extra all fields beside the known ones.
func unmarshalKeeping(data []byte, plain any, extra *map[string]json.RawMessage, known ...string) error {
	if err := json.Unmarshal(data, plain); err != nil {
		return err
	}
	*extra = extraFields(data, known)
	return nil
}

// marshalKeeping writes what plain knows, and extra beside it.
func marshalKeeping(plain any, extra map[string]json.RawMessage) ([]byte, error) {
	data, err := json.Marshal(plain)
	if err != nil || len(extra) == 0 {
		return data, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil, err
	}
	for name, value := range extra {
		if _, isKnown := fields[name]; !isKnown {
			fields[name] = value
		}
	}
	return json.Marshal(fields)
}
