package smartcall

import (
	"encoding/json"
	"fmt"
	"testing"
)

// BenchmarkEvent reads one event of a stream, beside encoding/json alone on the same text.
func BenchmarkEvent(b *testing.B) {
	data := []byte(`{"taskId":"01JDC6ZB2E8R5XG4T7QMVN3K9P","cursor":"k3v9.4","time":"2026-11-23T09:30:00.250Z","outputDelta":{"text":"A gateway lets "}}`)
	b.Run("smartcall", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := parseEvent[TaskEvent](data); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		type plain TaskEvent
		for b.Loop() {
			if err := json.Unmarshal(data, new(plain)); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkTask reads the answer of a call.
func BenchmarkTask(b *testing.B) {
	part := `{"text":"hello","filename":"","mediaType":"text/plain"}`
	data := fmt.Appendf(nil, `{"id":"t1","agent":"echo","contextId":"c1","state":"COMPLETED","createTime":"2026-11-23T09:30:00.250Z","updateTime":"2026-11-23T09:30:00.262Z","input":{"messageId":"m","role":"USER","parts":[%[1]s],"extensions":[]},"output":{"messageId":"m","role":"AGENT","parts":[%[1]s,%[1]s]},"artifacts":[],"attempts":1,"cursor":"k.5"}`, part)
	for b.Loop() {
		if err := json.Unmarshal(data, new(Task)); err != nil {
			b.Fatal(err)
		}
	}
}
