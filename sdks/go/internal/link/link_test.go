package link_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/protolink"
)

// pipe carries packets to a link in the same process.
type pipe struct {
	packets chan []byte
	closed  chan struct{}
	once    sync.Once
}

func newPipe() *pipe { return &pipe{packets: make(chan []byte, 4), closed: make(chan struct{})} }

func (p *pipe) Send(packet []byte) error {
	select {
	case <-p.closed:
		return errors.New("the pipe is closed")
	case p.packets <- packet:
		return nil
	}
}

func (p *pipe) Close(string) { p.once.Do(func() { close(p.closed) }) }

func (p *pipe) carryTo(l *link.Link) {
	for {
		select {
		case packet := <-p.packets:
			l.Receive(packet)
		case <-p.closed:
			for {
				select {
				case packet := <-p.packets:
					l.Receive(packet)
				default:
					l.Lost(nil)
					return
				}
			}
		}
	}
}

type pair struct {
	dialer, acceptor       *link.Link
	toAcceptor, toDialer   *pipe
	dialerEnd, acceptorEnd chan error
}

func connect(t *testing.T, dialer, acceptor link.Options) *pair {
	t.Helper()
	p := &pair{toAcceptor: newPipe(), toDialer: newPipe(), dialerEnd: make(chan error, 1), acceptorEnd: make(chan error, 1)}
	dialer.IsDialer, dialer.Carrier, dialer.Codec = true, p.toAcceptor, protolink.Codec{}
	acceptor.Carrier, acceptor.Codec = p.toDialer, protolink.Codec{}
	dialer.OnClose = func(err error) { p.dialerEnd <- err }
	acceptor.OnClose = func(err error) { p.acceptorEnd <- err }
	p.dialer, p.acceptor = link.New(dialer), link.New(acceptor)
	go p.toAcceptor.carryTo(p.acceptor)
	go p.toDialer.carryTo(p.dialer)
	t.Cleanup(func() {
		p.dialer.Close("", "")
		p.acceptor.Close("", "")
	})
	return p
}

func delta(text string) *pb.Frame_Event {
	return &pb.Frame_Event{Kind: &pb.Frame_Event_Agent{Agent: &pb.AgentEvent{
		Kind: &pb.AgentEvent_OutputDelta{OutputDelta: &pb.TaskEvent_OutputDelta{Text: text}},
	}}}
}

func textOf(payload any) string {
	return payload.(*pb.Frame_Event).GetAgent().GetOutputDelta().GetText()
}

func words(text string) *pb.Message {
	return &pb.Message{Parts: []*pb.Part{{Content: &pb.Part_Text{Text: text}}}}
}

// readAll answers the texts of an exchange and how it ended.
func readAll(t *testing.T, e *link.Exchange) (string, link.Outcome) {
	t.Helper()
	var text strings.Builder
	for {
		payload, err := e.Receive(t.Context())
		if err == io.EOF {
			return text.String(), e.Outcome()
		}
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(textOf(payload))
	}
}

func TestManyExchangesOfAnySizeAreWhole(t *testing.T) {
	const window = 2000
	p := connect(t, link.Options{WindowBytes: window}, link.Options{WindowBytes: window, Accept: func(e *link.Exchange, open any, _ bool) {
		count := int(open.(*pb.Frame_Open).TimeoutMs)
		go func() {
			random := rand.New(rand.NewPCG(uint64(count), 1))
			for i := range count {
				// Some are larger than half a window, which needs credit to be asked for, some than all of it.
				if err := e.Send(context.Background(), delta(fmt.Sprintf("%d:%s;", i, strings.Repeat("x", random.IntN(3000))))); err != nil {
					return
				}
			}
			e.Close(link.Outcome{})
		}()
	}})
	var group sync.WaitGroup
	for count := range 60 {
		group.Go(func() {
			text, outcome := readAll(t, p.dialer.Open(&pb.Frame_Open{TimeoutMs: uint32(count)}, true))
			if outcome.Reason != "" {
				t.Errorf("%d: %v", count, outcome)
			}
			for i := range count {
				if !strings.HasPrefix(text, fmt.Sprintf("%d:", i)) {
					t.Fatalf("%d: %d is not where it should be", count, i)
				}
				_, text, _ = strings.Cut(text, ";")
			}
			if text != "" {
				t.Errorf("%d: there is more", count)
			}
		})
	}
	group.Wait()
	if p.dialer.Size() != 0 || p.acceptor.Size() != 0 {
		t.Errorf("%d and %d exchanges are left", p.dialer.Size(), p.acceptor.Size())
	}
}

func TestASlowReaderHoldsUpItselfAlone(t *testing.T) {
	sent := make(chan int, 1000)
	p := connect(t, link.Options{WindowBytes: 1000}, link.Options{Accept: func(e *link.Exchange, open any, _ bool) {
		go func() {
			for i := range int(open.(*pb.Frame_Open).TimeoutMs) {
				if e.Send(e.Context(), delta(strings.Repeat("x", 100))) != nil {
					return
				}
				sent <- i
			}
			e.Close(link.Outcome{})
		}()
	}})
	slow := p.dialer.Open(&pb.Frame_Open{TimeoutMs: 500}, true)
	deadline := time.After(60 * time.Second)
	count := 0
	for isStill := false; !isStill; {
		select {
		case <-sent:
			count++
		case <-time.After(50 * time.Millisecond):
			isStill = true
		case <-deadline:
			t.Fatal("it never stops")
		}
	}
	if count > 11 {
		t.Errorf("%d events of 100 bytes went into a window of 1000", count)
	}
	if _, outcome := readAll(t, p.dialer.Open(&pb.Frame_Open{TimeoutMs: 50}, true)); outcome.Reason != "" {
		t.Errorf("%v", outcome)
	}
	slow.Cancel(link.Outcome{Reason: "CANCELED"})
}

func TestMessagesGoTheOtherWayUntilTheHalfClose(t *testing.T) {
	p := connect(t, link.Options{}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			for {
				payload, err := e.Receive(e.Context())
				if err == io.EOF {
					e.Close(link.Outcome{Reason: "AGENT_REJECTED", Message: "no", Details: map[string]any{"a": "b"}})
					return
				}
				_ = e.Send(e.Context(), delta(payload.(*pb.Message).Parts[0].GetText()))
			}
		}()
	}})
	e := p.dialer.Open(&pb.Frame_Open{}, false)
	for _, each := range []string{"a", "b", "c"} {
		if err := e.Send(t.Context(), words(each)); err != nil {
			t.Fatal(err)
		}
	}
	e.HalfClose()
	text, outcome := readAll(t, e)
	if text != "abc" || outcome.Reason != "AGENT_REJECTED" || outcome.Message != "no" || outcome.Details["a"] != "b" {
		t.Errorf("%q, %+v", text, outcome)
	}
}

func TestACancelReachesTheOtherEnd(t *testing.T) {
	heard := make(chan error, 1)
	p := connect(t, link.Options{}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			_ = e.Send(e.Context(), delta("begun"))
			<-e.Context().Done()
			heard <- context.Cause(e.Context())
		}()
	}})
	e := p.dialer.Open(&pb.Frame_Open{}, true)
	if _, err := e.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	e.Cancel(link.Outcome{Reason: "DEADLINE_EXCEEDED", Message: "late"})
	if outcome := link.OutcomeOf(<-heard); outcome.Reason != "DEADLINE_EXCEEDED" || outcome.Message != "late" {
		t.Errorf("%+v", outcome)
	}
}

func TestADrainRefusesWhatCrossesItAndWaitsForWhatRuns(t *testing.T) {
	release := make(chan struct{})
	p := connect(t, link.Options{}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			_ = e.Send(e.Context(), delta("begun"))
			<-release
			e.Close(link.Outcome{})
		}()
	}})
	e := p.dialer.Open(&pb.Frame_Open{}, true)
	if _, err := e.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	drained := p.acceptor.Drain("going away")
	for p.dialer.IsUsable() {
		time.Sleep(time.Millisecond)
	}
	if _, outcome := readAll(t, p.dialer.Open(&pb.Frame_Open{}, true)); outcome.Reason != "DRAINING" || !outcome.Refused {
		t.Errorf("%+v", outcome)
	}
	select {
	case <-drained:
		t.Error("drained, though a call runs")
	case <-time.After(30 * time.Millisecond):
	}
	close(release)
	if text, outcome := readAll(t, e); outcome.Reason != "" {
		t.Errorf("%q, %+v", text, outcome)
	}
	if err := link.Wait(t.Context(), drained); err != nil {
		t.Error(err)
	}
}

func TestWhatRunsEndsWithItsLink(t *testing.T) {
	heard := make(chan error, 1)
	p := connect(t, link.Options{}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			_ = e.Send(e.Context(), delta("begun"))
			<-e.Context().Done()
			heard <- context.Cause(e.Context())
		}()
	}})
	e := p.dialer.Open(&pb.Frame_Open{}, true)
	if _, err := e.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.acceptor.Close("DRAINING", "that's it")
	if _, outcome := readAll(t, e); outcome.Reason != "INSTANCE_LOST" || !outcome.Lost {
		t.Errorf("%+v", outcome)
	}
	if outcome := link.OutcomeOf(<-heard); outcome.Reason != "CANCELED" {
		t.Errorf("%+v", outcome)
	}
	if outcome := link.OutcomeOf(<-p.dialerEnd); outcome.Reason != "DRAINING" || outcome.Message != "that's it" {
		t.Errorf("%+v", outcome)
	}
}

func TestASilentLinkIsLost(t *testing.T) {
	p := connect(t, link.Options{PingInterval: -1}, link.Options{PingInterval: -1})
	silent := link.New(link.Options{IsDialer: true, Carrier: newPipe(), Codec: protolink.Codec{}, PingInterval: 10 * time.Millisecond})
	if err := link.Wait(t.Context(), silent.Done()); err != nil {
		t.Fatal(err)
	}
	if !p.dialer.IsUsable() {
		t.Error("a link that never asks was lost")
	}
}

func TestALinkWhoseOtherSideBreaksARuleEnds(t *testing.T) {
	hello := link.Frame{Kind: link.KindHello, Hello: link.Hello{Version: 1, WindowBytes: 100}}
	open := link.Frame{Kind: link.KindOpen, Exchange: 1, Payload: &pb.Frame_Open{}}
	for _, row := range []struct {
		name   string
		frames []link.Frame
	}{
		{"no hello", []link.Frame{{Kind: link.KindPing}}},
		{"two hellos", []link.Frame{hello, hello}},
		{"another version", []link.Frame{{Kind: link.KindHello, Hello: link.Hello{Version: 2, WindowBytes: 1}}}},
		{"no window", []link.Frame{{Kind: link.KindHello, Hello: link.Hello{Version: 1}}}},
		{"an id of this side", []link.Frame{hello, {Kind: link.KindOpen, Exchange: 2, Payload: &pb.Frame_Open{}}}},
		{"an id twice", []link.Frame{hello, open, open}},
		{"a message to nobody", []link.Frame{hello, {Kind: link.KindMessage, Exchange: 3, Payload: words("x")}}},
		{"an event to nobody", []link.Frame{hello, {Kind: link.KindEvent, Exchange: 2, Payload: delta("x")}}},
		{"more than the window", []link.Frame{hello, open, {Kind: link.KindMessage, Exchange: 1, Payload: words(strings.Repeat("x", 300<<10))}, {Kind: link.KindMessage, Exchange: 1, Payload: words("x")}}},
		{"a frame that is too large", []link.Frame{hello, open, {Kind: link.KindMessage, Exchange: 1, Payload: words(strings.Repeat("x", 3<<20))}}},
		{"a message after the half-close", []link.Frame{hello, open, {Kind: link.KindHalfClose, Exchange: 1}, {Kind: link.KindMessage, Exchange: 1, Payload: words("x")}}},
	} {
		t.Run(row.name, func(t *testing.T) {
			ended := make(chan error, 1)
			l := link.New(link.Options{
				Carrier: newPipe(), Codec: protolink.Codec{}, OnClose: func(err error) { ended <- err },
				Accept: func(*link.Exchange, any, bool) {},
			})
			for _, frame := range row.frames {
				bytes, err := protolink.Codec{}.Encode(frame)
				if err != nil {
					t.Fatal(err)
				}
				l.Receive(bytes)
			}
			if outcome := link.OutcomeOf(<-ended); outcome.Reason != "LINK_BROKEN" {
				t.Errorf("%+v", outcome)
			}
		})
	}
}

func TestGarbageEndsALink(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 3))
		packet := make([]byte, 1+random.IntN(60))
		for i := range packet {
			packet[i] = byte(random.IntN(256))
		}
		l := link.New(link.Options{Carrier: newPipe(), Codec: protolink.Codec{}})
		l.Receive(packet)
		l.Close("", "")
	}
}

func TestACountThatIsWrongIsDataLoss(t *testing.T) {
	out := newPipe()
	l := link.New(link.Options{IsDialer: true, Carrier: out, Codec: protolink.Codec{}})
	defer l.Close("", "")
	receive := func(frame link.Frame) {
		bytes, err := protolink.Codec{}.Encode(frame)
		if err != nil {
			t.Fatal(err)
		}
		l.Receive(bytes)
	}
	receive(link.Frame{Kind: link.KindHello, Hello: link.Hello{Version: 1, WindowBytes: 100}})
	e := l.Open(&pb.Frame_Open{}, true)
	receive(link.Frame{Kind: link.KindEvent, Exchange: 1, Payload: delta("x")})
	receive(link.Frame{Kind: link.KindClose, Exchange: 1, Events: 2})
	if text, outcome := readAll(t, e); text != "x" || outcome.Reason != "DATA_LOSS" {
		t.Errorf("%q, %+v", text, outcome)
	}
}

func TestAFrameThatNeverFitsIsRefusedAtOnce(t *testing.T) {
	result := make(chan error, 1)
	p := connect(t, link.Options{MaxFrameBytes: 150}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			result <- e.Send(e.Context(), delta(strings.Repeat("x", 200)))
			e.Close(link.Outcome{})
		}()
	}})
	p.dialer.Open(&pb.Frame_Open{}, true)
	if outcome := link.OutcomeOf(<-result); outcome.Reason != "PAYLOAD_TOO_LARGE" {
		t.Errorf("%+v", outcome)
	}
}

func BenchmarkCallInMemory(b *testing.B) {
	t := &testing.T{}
	p := connect(t, link.Options{}, link.Options{Accept: func(e *link.Exchange, _ any, _ bool) {
		go func() {
			_ = e.Send(e.Context(), delta("hello"))
			e.Close(link.Outcome{})
		}()
	}})
	b.SetParallelism(32)
	b.RunParallel(func(loop *testing.PB) {
		for loop.Next() {
			e := p.dialer.Open(&pb.Frame_Open{}, true)
			for {
				if _, err := e.Receive(context.Background()); err != nil {
					break
				}
			}
		}
	})
}
