package smartcall

import (
	"bytes"
	"strconv"
	"time"
)

// maxEventBytes bounds one event; more is no event of a gateway.
const maxEventBytes = 64 << 20

// sseEvent is one event; data is valid until the function that is handed it returns.
type sseEvent struct {
	data     []byte
	id, name string
}

// sseParser takes the bytes of a body of server-sent events in pieces of any size.
//
// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
type sseParser struct {
	line []byte
	data []byte
	// The event's own id and name, empty when it has none.
	id, name string
	// Whether the event has a line of data, were it an empty one.
	hasData bool
	// Whether the last byte was a CR, which a LF may follow in the next piece.
	afterCR bool
	isBegun bool
	onEvent func(event sseEvent) error
	onRetry func(delay time.Duration)
}

// feed hands on each event that is whole by now.
func (p *sseParser) feed(piece []byte) error {
	for len(piece) > 0 {
		if p.afterCR {
			p.afterCR = false
			if piece[0] == '\n' {
				piece = piece[1:]
				continue
			}
		}
		at := bytes.IndexAny(piece, "\r\n")
		if at < 0 {
			p.line = append(p.line, piece...)
			return p.checkSize()
		}
		line := piece[:at]
		if len(p.line) > 0 {
			p.line = append(p.line, line...)
			line = p.line
		}
		p.afterCR = piece[at] == '\r'
		piece = piece[at+1:]
		if err := p.takeLine(line); err != nil {
			return err
		}
		p.line = p.line[:0]
	}
	return nil
}

func (p *sseParser) checkSize() error {
	if len(p.line)+len(p.data) > maxEventBytes {
		return cut("an event has no end", nil)
	}
	return nil
}

func (p *sseParser) takeLine(line []byte) error {
	if !p.isBegun {
		p.isBegun = true
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	if len(line) == 0 {
		return p.dispatch()
	}
	name, value, _ := bytes.Cut(line, []byte(":"))
	value = bytes.TrimPrefix(value, []byte(" "))
	switch string(name) {
	case "data":
		if p.hasData {
			p.data = append(p.data, '\n')
		}
		p.hasData = true
		p.data = append(p.data, value...)
		return p.checkSize()
	case "id":
		p.id = string(value)
	case "event":
		p.name = string(value)
	case "retry":
		if ms, err := strconv.ParseUint(string(value), 10, 31); err == nil && p.onRetry != nil {
			p.onRetry(time.Duration(ms) * time.Millisecond)
		}
	}
	return nil
}

func (p *sseParser) dispatch() error {
	event := sseEvent{p.data, p.id, p.name}
	hasData := p.hasData
	p.data, p.id, p.name, p.hasData = p.data[:0], "", "", false
	if !hasData {
		return nil
	}
	return p.onEvent(event)
}
