// Package jsonlink is the codec of the contract in JSON: packets are the proto JSON of
// smartcall.v1.LinkPacket, and a frame costs the length of its text as it stands in the packet.
package jsonlink

import (
	"encoding/json"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/smartcall/smartcall/sdks/go/internal/link"
)

// Codec writes and reads frames. The payload of an open is an *Open, of a message or a control frame
// anything that encoding/json writes, of an event that was read an Event.
type Codec struct{}

// Open says what an exchange is to do: one of its requests, and how.
type Open struct {
	Call        any               `json:"call,omitzero"`
	Stream      any               `json:"stream,omitzero"`
	Watch       any               `json:"watch,omitzero"`
	Cancel      any               `json:"cancel,omitzero"`
	WatchAgents any               `json:"watchAgents,omitzero"`
	Headers     map[string]string `json:"headers,omitzero"`
	TimeoutMs   uint32            `json:"timeoutMs,omitzero"`
	HalfClose   bool              `json:"halfClose,omitzero"`
}

// Event is one step of an answer: the JSON of a task's or the registry's event.
type Event struct {
	Task     json.RawMessage `json:"task,omitzero"`
	Registry json.RawMessage `json:"registry,omitzero"`
}

type frame struct {
	Exchange  uint32           `json:"exchange,omitzero"`
	Hello     *hello           `json:"hello,omitzero"`
	Register  *json.RawMessage `json:"register,omitzero"`
	Ready     *json.RawMessage `json:"ready,omitzero"`
	Capacity  *json.RawMessage `json:"capacity,omitzero"`
	Auth      *json.RawMessage `json:"authenticate,omitzero"`
	Drain     *outcome         `json:"drain,omitzero"`
	Closing   *outcome         `json:"closing,omitzero"`
	Ping      *nonce           `json:"ping,omitzero"`
	Pong      *nonce           `json:"pong,omitzero"`
	Open      *Open            `json:"open,omitzero"`
	Message   any              `json:"message,omitzero"`
	Event     *Event           `json:"event,omitzero"`
	Credit    *credit          `json:"credit,omitzero"`
	HalfClose *struct{}        `json:"halfClose,omitzero"`
	Close     *closing         `json:"close,omitzero"`
	Cancel    *outcome         `json:"cancel,omitzero"`
}

type hello struct {
	Version        uint32 `json:"version"`
	Implementation string `json:"implementation,omitzero"`
	WindowBytes    uint32 `json:"windowBytes"`
	Token          string `json:"token,omitzero"`
	InstanceID     string `json:"instanceId,omitzero"`
	MaxFrameBytes  uint32 `json:"maxFrameBytes,omitzero"`
}

type nonce struct {
	Nonce uint32 `json:"nonce,omitzero"`
}

type credit struct {
	Bytes uint32 `json:"bytes"`
}

type outcome struct {
	Reason       string `json:"reason,omitzero"`
	Message      string `json:"message,omitzero"`
	RetryAfterMs uint32 `json:"retryAfterMs,omitzero"`
}

type closing struct {
	Reason  string         `json:"reason,omitzero"`
	Message string         `json:"message,omitzero"`
	Events  uint32         `json:"events"`
	Refused bool           `json:"refused,omitzero"`
	Details map[string]any `json:"details,omitzero"`
}

// Encode writes a frame.
func (Codec) Encode(f link.Frame) ([]byte, error) {
	if f.Kind == link.KindControl {
		return json.Marshal(f.Payload)
	}
	written := frame{Exchange: f.Exchange}
	o := f.Outcome
	said := &outcome{Reason: o.Reason, Message: o.Message, RetryAfterMs: uint32(o.RetryAfter.Milliseconds())}
	switch f.Kind {
	case link.KindHello:
		written.Hello = &hello{f.Hello.Version, f.Hello.Implementation, f.Hello.WindowBytes, f.Hello.Token, f.Hello.InstanceID, f.Hello.MaxFrameBytes}
	case link.KindDrain:
		written.Drain = said
	case link.KindClosing:
		written.Closing = said
	case link.KindPing:
		written.Ping = &nonce{f.Nonce}
	case link.KindPong:
		written.Pong = &nonce{f.Nonce}
	case link.KindOpen:
		open := *f.Payload.(*Open)
		open.HalfClose = f.HalfClose
		written.Open = &open
	case link.KindMessage:
		written.Message = f.Payload
	case link.KindEvent:
		written.Event = f.Payload.(*Event)
	case link.KindCredit:
		written.Credit = &credit{f.Bytes}
	case link.KindHalfClose:
		written.HalfClose = &struct{}{}
	case link.KindClose:
		written.Close = &closing{o.Reason, o.Message, f.Events, o.Refused, o.Details}
	case link.KindCancel:
		written.Cancel = said
	}
	return json.Marshal(written)
}

// Pack puts the texts of frames into one packet.
func (Codec) Pack(frames [][]byte) []byte {
	packet := []byte(`{"frames":[`)
	for i, each := range frames {
		if i > 0 {
			packet = append(packet, ',')
		}
		packet = append(packet, each...)
	}
	return append(packet, `]}`...)
}

// Unpack reads a packet; frames and fields that it does not know are passed over.
func (Codec) Unpack(packet []byte) ([]link.Frame, error) {
	if !utf8.Valid(packet) {
		return nil, link.Broken("A packet is not UTF-8.")
	}
	var read struct {
		Frames []json.RawMessage `json:"frames"`
	}
	if err := json.Unmarshal(packet, &read); err != nil {
		return nil, link.Broken("A packet could not be read: " + err.Error())
	}
	frames := make([]link.Frame, 0, len(read.Frames))
	for i, text := range read.Frames {
		var one frame
		message := new(json.RawMessage)
		one.Message = message
		if err := json.Unmarshal(text, &one); err != nil {
			return nil, link.Broken(fmt.Sprintf("frames[%d] could not be read: %v", i, err))
		}
		if *message == nil {
			one.Message = nil
		}
		if made, isKnown := one.frame(text); isKnown {
			made.Size = len(text)
			frames = append(frames, made)
		}
	}
	return frames, nil
}

func (f *frame) frame(text []byte) (link.Frame, bool) {
	made := link.Frame{Exchange: f.Exchange}
	switch {
	case f.Hello != nil:
		made.Kind = link.KindHello
		made.Hello = link.Hello{
			Version: f.Hello.Version, Implementation: f.Hello.Implementation, WindowBytes: f.Hello.WindowBytes,
			Token: f.Hello.Token, InstanceID: f.Hello.InstanceID, MaxFrameBytes: f.Hello.MaxFrameBytes,
		}
	case f.Register != nil, f.Ready != nil, f.Capacity != nil, f.Auth != nil:
		made.Kind, made.Payload = link.KindControl, json.RawMessage(text)
	case f.Drain != nil:
		made.Kind, made.Outcome = link.KindDrain, f.Drain.outcome()
	case f.Closing != nil:
		made.Kind, made.Outcome = link.KindClosing, f.Closing.outcome()
	case f.Ping != nil:
		made.Kind, made.Nonce = link.KindPing, f.Ping.Nonce
	case f.Pong != nil:
		made.Kind, made.Nonce = link.KindPong, f.Pong.Nonce
	case f.Open != nil:
		made.Kind, made.Payload, made.HalfClose = link.KindOpen, f.Open, f.Open.HalfClose
	case f.Message != nil:
		made.Kind, made.Payload = link.KindMessage, *f.Message.(*json.RawMessage)
	case f.Event != nil:
		made.Kind, made.Payload = link.KindEvent, f.Event
	case f.Credit != nil:
		made.Kind, made.Bytes = link.KindCredit, f.Credit.Bytes
	case f.HalfClose != nil:
		made.Kind = link.KindHalfClose
	case f.Close != nil:
		made.Kind, made.Events = link.KindClose, f.Close.Events
		made.Outcome = link.Outcome{Reason: f.Close.Reason, Message: f.Close.Message, Refused: f.Close.Refused, Details: f.Close.Details}
	case f.Cancel != nil:
		made.Kind, made.Outcome = link.KindCancel, f.Cancel.outcome()
	default:
		return made, false
	}
	return made, true
}

func (o *outcome) outcome() link.Outcome {
	return link.Outcome{Reason: o.Reason, Message: o.Message, RetryAfter: time.Duration(o.RetryAfterMs) * time.Millisecond}
}
