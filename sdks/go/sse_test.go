package smartcall

import (
	"slices"
	"testing"
	"time"
)

func TestServerSentEventsAreReadAsTheStandardSays(t *testing.T) {
	for _, row := range []struct {
		name, given string
		want        []string
	}{
		{"three ends of lines", "data: a\n\ndata: b\r\n\r\ndata: c\r\r", []string{"a", "b", "c"}},
		{"more lines than one", "data: a\ndata:b\ndata:  c\n\n", []string{"a\nb\n c"}},
		{"comments and other fields", ": hi\nevent: x\nid: 7\ndata: a\n\n: again\n\n", []string{"a"}},
		{"a mark of byte order", "\ufeffdata: a\n\n", []string{"a"}},
		{"an empty line of data", "data\n\n", []string{""}},
		{"no data", "event: x\n\n", nil},
		{"what has no end", "data: a\n\ndata: b\n", []string{"a"}},
	} {
		for split := range len(row.given) {
			var got []string
			parser := sseParser{onEvent: func(event sseEvent) error {
				got = append(got, string(event.data))
				return nil
			}}
			for _, piece := range []string{row.given[:split], row.given[split:]} {
				if err := parser.feed([]byte(piece)); err != nil {
					t.Fatal(err)
				}
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("%s, split at %d: %q, want %q", row.name, split, got, row.want)
			}
		}
	}
}

func TestReconnectDelays(t *testing.T) {
	options := ReconnectOptions{}.resolved()
	for _, row := range []struct {
		attempt int
		atOnce  bool
		asked   time.Duration
		want    time.Duration
	}{
		{1, false, 0, 125 * time.Millisecond},
		{2, false, 0, 250 * time.Millisecond},
		{6, false, 0, 4 * time.Second},
		{9, false, 0, 5 * time.Second},
		{5000, false, 0, 5 * time.Second},
		{1, true, 0, 0},
		{2, true, 0, 250 * time.Millisecond},
		{1, true, 30 * time.Second, 32500 * time.Millisecond},
		{1, false, time.Second, 1125 * time.Millisecond},
		{1, false, 8 * time.Second, 9 * time.Second},
		{3, false, 10 * time.Millisecond, 500 * time.Millisecond},
	} {
		if got := options.delay(row.attempt, row.atOnce, row.asked, 0.5); got != row.want {
			t.Errorf("try %d: %v, want %v", row.attempt, got, row.want)
		}
	}
}

func TestWhatIsSaidTwiceHasToBeTheSame(t *testing.T) {
	const data = `{"cursor" : "e1.1", "status": {}}`
	for _, row := range []struct {
		id, name, data string
		isGood         bool
	}{
		{"", "", data, true},
		{"e1.1", "status", data, true},
		{"e1.2", "status", data, false},
		{"e1.1", "stadus", data, false},
		{"", "end", `{"cursor":"e1.1","end":{}}`, true},
		{"e1.1", "problem", `{"reason":"INTERNAL"}`, true},
	} {
		err := checkEvent(sseEvent{data: []byte(row.data), id: row.id, name: row.name})
		if (err == nil) != row.isGood {
			t.Errorf("%+v: %v", row, err)
		}
	}
}
