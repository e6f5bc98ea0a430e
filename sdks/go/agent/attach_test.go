package agent

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	smartcall "github.com/smartcall/smartcall/sdks/go"
	pb "github.com/smartcall/smartcall/sdks/go/gen/smartcall/v1"
	"github.com/smartcall/smartcall/sdks/go/internal/link"
	"github.com/smartcall/smartcall/sdks/go/internal/link/protolink"
)

// fakeGateway takes attachments, each of which a test hears of.
type fakeGateway struct {
	pb.UnimplementedLinkServiceServer
	url      string
	attached chan *fakeSession
	refusal  func(hello link.Hello) error
}

// fakeSession is one attachment, seen from the gateway.
type fakeSession struct {
	link *link.Link
	// As they were when it was attached.
	hello    link.Hello
	register *pb.Frame_Register
	drained  chan string
	ended    chan error
}

func startFakeGateway(t *testing.T, refusal func(link.Hello) error) *fakeGateway {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &fakeGateway{url: "http://" + listener.Addr().String(), attached: make(chan *fakeSession, 16), refusal: refusal}
	server := grpc.NewServer(grpc.ForceServerCodecV2(newPacketCodec()))
	pb.RegisterLinkServiceServer(server, g)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	return g
}

func (g *fakeGateway) Attach(stream grpc.BidiStreamingServer[pb.LinkPacket, pb.LinkPacket]) error {
	over := make(chan struct{})
	var once sync.Once
	end := func() { once.Do(func() { close(over) }) }
	c := &carrier{stream: stream, finish: end, abort: end}
	s := &fakeSession{drained: make(chan string, 1), ended: make(chan error, 1)}
	refused := make(chan error, 1)
	isRefused := false
	var made sync.Mutex
	made.Lock()
	s.link = link.New(link.Options{
		Carrier: c, Codec: protolink.Codec{}, Implementation: "fake/1", WindowBytes: 4096,
		OnHello: func(hello link.Hello) {
			s.hello = hello
			if g.refusal != nil {
				if err := g.refusal(hello); err != nil {
					isRefused = true
					refused <- err
				}
			}
		},
		OnControl: func(payload any) {
			made.Lock()
			defer made.Unlock()
			register := payload.(*pb.Frame).GetRegister()
			if register == nil || isRefused {
				return
			}
			s.register = register
			_ = s.link.Control(&pb.Frame{Body: &pb.Frame_Ready_{Ready: &pb.Frame_Ready{InstanceId: "i-1", LeaseMs: 30_000}}})
			g.attached <- s
		},
		OnDrain: func(reason string) { s.drained <- reason },
		OnClose: func(err error) { s.ended <- err },
	})
	made.Unlock()
	go c.read(s.link)
	select {
	case err := <-refused:
		return err
	case <-over:
		return nil
	}
}

var silent = slog.New(slog.NewTextHandler(io.Discard, nil))

func attachTo(t *testing.T, g *fakeGateway, options AttachOptions, agents ...*Agent) *Attachment {
	t.Helper()
	options.Gateway, options.Log = g.url, silent
	options.BackoffBase, options.BackoffLimit = time.Millisecond, 10*time.Millisecond
	attachment, err := Attach(t.Context(), agents, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = attachment.Close() })
	return attachment
}

func execute(name string, timeoutMs uint32) *pb.Frame_Open {
	return &pb.Frame_Open{TimeoutMs: timeoutMs, Request: &pb.Frame_Open_Execute{Execute: &pb.ExecuteRequest{
		TaskId: "t1", Agent: name, ContextId: "c1", Attempt: 1, Message: message(TextPart("hello")),
	}}}
}

// answerOf reads an exchange to its end.
func answerOf(t *testing.T, e *link.Exchange) (text string, outcome link.Outcome) {
	t.Helper()
	for {
		payload, err := e.Receive(t.Context())
		if errors.Is(err, io.EOF) {
			return text, e.Outcome()
		}
		if err != nil {
			t.Fatal(err)
		}
		event := payload.(*pb.Frame_Event).GetAgent()
		text += event.GetOutputDelta().GetText() + TextOf(event.GetOutputCompleted().GetMessage())
	}
}

var echo = New("echo", func(_ context.Context, call *Call) (any, error) { return call.Text(), nil })

func TestAnAttachmentRegistersAndTakesCalls(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	token := func(context.Context) (string, error) { return "secret", nil }
	attachment := attachTo(t, gateway, AttachOptions{Token: token, Capacity: 7, InstanceID: "mine"}, echo)
	session := <-gateway.attached
	if err := attachment.Ready(t.Context()); err != nil || attachment.InstanceID() != "i-1" {
		t.Fatal(err, attachment.InstanceID())
	}
	if session.hello.Token != "secret" || session.hello.InstanceID != "mine" || session.register.Capacity != 7 || session.register.Cards[0].Name != "echo" {
		t.Errorf("%+v, %+v", session.hello, session.register)
	}
	if text, outcome := answerOf(t, session.link.Open(execute("echo", 0), true)); text != "hello" || outcome.Reason != "" {
		t.Errorf("%q, %+v", text, outcome)
	}
	if _, outcome := answerOf(t, session.link.Open(execute("nobody", 0), true)); outcome.Reason != "AGENT_NOT_FOUND" || !outcome.Refused {
		t.Errorf("%+v", outcome)
	}
}

func TestHowLongAnAttachmentStaysAway(t *testing.T) {
	for _, row := range []struct {
		failures    int
		random      float64
		asked, want time.Duration
	}{
		{0, 1, 0, 100 * time.Millisecond},
		{3, 0.5, 0, 400 * time.Millisecond},
		{50, 1, 0, 5 * time.Second},
		{0, 0, time.Second, time.Second},
		{0, 1, time.Second, 1250 * time.Millisecond},
		{50, 1, time.Second, 5 * time.Second},
		{0, 1, time.Minute, 65 * time.Second},
		{0, 0, time.Hour, 5 * time.Minute},
	} {
		a := &Attachment{options: AttachOptions{Random: func() float64 { return row.random }}.resolved()}
		if got := a.delay(row.failures, row.asked); got != row.want {
			t.Errorf("%+v: %v", row, got)
		}
	}
}

func TestAnAttachmentComesBack(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	heard := make(chan error, 1)
	waiting := New("wait", func(ctx context.Context, call *Call) (any, error) {
		_, _ = call.WriteString("begun")
		<-ctx.Done()
		heard <- context.Cause(ctx)
		return nil, nil
	})
	attachTo(t, gateway, AttachOptions{}, waiting)
	for range 3 {
		session := <-gateway.attached
		e := session.link.Open(execute("wait", 0), true)
		if _, err := e.Receive(t.Context()); err != nil {
			t.Fatal(err)
		}
		session.link.Close("INTERNAL", "oops")
		if _, outcome := answerOf(t, e); !outcome.Lost {
			t.Errorf("%+v", outcome)
		}
		if cause := <-heard; smartcall.ReasonOf(cause) != smartcall.ReasonCanceled {
			t.Errorf("the run heard %v", cause)
		}
	}
}

func TestAGatewayThatDrainsKeepsItsCallsWhileTheNextIsDialled(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	release := make(chan struct{})
	slow := New("slow", func(_ context.Context, call *Call) (any, error) {
		_, _ = call.WriteString("begun ")
		<-release
		_, _ = call.WriteString("ended")
		return nil, nil
	})
	attachTo(t, gateway, AttachOptions{}, slow)
	first := <-gateway.attached
	e := first.link.Open(execute("slow", 0), true)
	if _, err := e.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	first.link.Drain("going away")
	second := <-gateway.attached
	close(release)
	if text, outcome := answerOf(t, e); text != "ended" || outcome.Reason != "" {
		t.Errorf("%q, %+v", text, outcome)
	}
	if text, _ := answerOf(t, second.link.Open(execute("slow", 0), true)); text != "begun ended" {
		t.Errorf("%q", text)
	}
	if err := <-first.ended; smartcall.ReasonOf(errorFrom(err)) == smartcall.ReasonLinkBroken {
		t.Error(err)
	}
}

func TestARefusalThatNoWaitingCuresEndsAnAttachment(t *testing.T) {
	gateway := startFakeGateway(t, func(link.Hello) error { return status.Error(codes.Unauthenticated, "who are you?") })
	attachment := attachTo(t, gateway, AttachOptions{}, echo)
	if err := attachment.Ready(t.Context()); smartcall.ReasonOf(err) != smartcall.ReasonUnauthenticated {
		t.Errorf("%v", err)
	}
	if err := attachment.Wait(); smartcall.ReasonOf(err) != smartcall.ReasonUnauthenticated {
		t.Errorf("%v", err)
	}
}

func TestARefusalLaterIsTriedAgain(t *testing.T) {
	var connections atomic.Int32
	gateway := startFakeGateway(t, func(link.Hello) error {
		if count := connections.Add(1); count == 2 || count == 3 {
			return status.Error(codes.Unauthenticated, "not now")
		}
		return nil
	})
	attachTo(t, gateway, AttachOptions{}, echo)
	(<-gateway.attached).link.Close("DRAINING", "")
	<-gateway.attached
	if count := connections.Load(); count != 4 {
		t.Errorf("%d connections", count)
	}
}

func TestAGatewayThatIsNotThereYetIsWaitedFor(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	g := &fakeGateway{url: "http://" + address, attached: make(chan *fakeSession, 16)}
	// Each try asks for the token first: at the second one, one was in vain.
	tries := make(chan struct{}, 1_000)
	attachment := attachTo(t, g, AttachOptions{Token: func(context.Context) (string, error) {
		select {
		case tries <- struct{}{}:
		default:
		}
		return "", nil
	}}, echo)
	for range 2 {
		<-tries
	}
	if listener, err = net.Listen("tcp", address); err != nil {
		t.Skip("skipped: somebody else has the port:", err)
	}
	server := grpc.NewServer(grpc.ForceServerCodecV2(newPacketCodec()))
	pb.RegisterLinkServiceServer(server, g)
	go func() { _ = server.Serve(listener) }()
	defer server.Stop()
	if err := attachment.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestClosingLetsWhatRunsEndWithinTheGrace(t *testing.T) {
	for _, row := range []struct {
		name   string
		works  time.Duration
		grace  time.Duration
		reason string
	}{
		{"in time", 50 * time.Millisecond, 5 * time.Second, ""},
		{"too late", time.Minute, 100 * time.Millisecond, "INSTANCE_LOST"},
	} {
		t.Run(row.name, func(t *testing.T) {
			gateway := startFakeGateway(t, nil)
			begun := make(chan struct{})
			working := New("work", func(ctx context.Context, _ *Call) (any, error) {
				close(begun)
				select {
				case <-time.After(row.works):
				case <-ctx.Done():
				}
				return "done", nil
			})
			attachment := attachTo(t, gateway, AttachOptions{Grace: row.grace}, working)
			session := <-gateway.attached
			if err := attachment.Ready(t.Context()); err != nil {
				t.Fatal(err)
			}
			e := session.link.Open(execute("work", 0), true)
			<-begun
			go func() { _ = attachment.Close() }()
			<-session.drained
			if _, outcome := answerOf(t, e); outcome.Reason != row.reason {
				t.Errorf("%+v", outcome)
			}
			if err := attachment.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheEndOfTheContextClosesAnAttachment(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	attachment, err := Attach(ctx, []*Agent{echo}, AttachOptions{Gateway: gateway.url, Log: silent})
	if err != nil {
		t.Fatal(err)
	}
	<-gateway.attached
	cancel()
	if err := attachment.Wait(); err != nil {
		t.Error(err)
	}
}

func TestHowRunsEnd(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	late := make(chan error, 1)
	agents := []*Agent{
		New("nothing", func(context.Context, *Call) (any, error) { return nil, nil }),
		New("panic", func(context.Context, *Call) (any, error) { panic("oh no") }),
		New("boom", func(context.Context, *Call) (any, error) { return nil, errors.New("boom") }),
		New("reject", func(context.Context, *Call) (any, error) {
			e := smartcall.NewError(smartcall.ReasonAgentRejected, "Not that.")
			e.Errors = []smartcall.FieldError{{Pointer: "#/a", Detail: "is missing"}}
			return nil, e
		}),
		New("unsayable", func(context.Context, *Call) (any, error) { return make(chan int), nil }),
		New("late", func(ctx context.Context, _ *Call) (any, error) {
			<-ctx.Done()
			late <- ctx.Err()
			return "too late", nil
		}),
		New("ask", func(ctx context.Context, call *Call) (any, error) { return call.Ask(ctx, "?") }),
	}
	attachTo(t, gateway, AttachOptions{}, agents...)
	session := <-gateway.attached
	for _, row := range []struct{ name, reason, message string }{
		{"nothing", "", ""},
		{"panic", "AGENT_FAILED", "panic: oh no"},
		{"boom", "AGENT_FAILED", "boom"},
		{"reject", "AGENT_REJECTED", "Not that."},
		{"unsayable", "AGENT_FAILED", "the value is nothing that JSON can say: json: unsupported type: chan int"},
		{"late", "DEADLINE_EXCEEDED", smartcall.ReasonDeadlineExceeded.Info().Sentence},
		{"ask", "NOT_IMPLEMENTED", errNoAnswer.Message},
	} {
		timeoutMs := uint32(0)
		if row.name == "late" {
			timeoutMs = 40
		}
		_, outcome := answerOf(t, session.link.Open(execute(row.name, timeoutMs), true))
		if outcome.Reason != row.reason || outcome.Message != row.message {
			t.Errorf("%s: %+v", row.name, outcome)
		}
		if row.name == "reject" && outcome.Details["errors"] == nil {
			t.Errorf("%+v", outcome)
		}
	}
	if err := <-late; !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestAFullInstanceRefuses(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	release := make(chan struct{})
	defer close(release)
	attachTo(t, gateway, AttachOptions{Capacity: 1, Grace: time.Millisecond}, New("slow", func(ctx context.Context, call *Call) (any, error) {
		_, _ = call.WriteString("begun")
		select {
		case <-release:
		case <-ctx.Done():
		}
		return nil, nil
	}))
	session := <-gateway.attached
	if _, err := session.link.Open(execute("slow", 0), true).Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, outcome := answerOf(t, session.link.Open(execute("slow", 0), true)); outcome.Reason != "AGENT_BUSY" || !outcome.Refused {
		t.Errorf("%+v", outcome)
	}
}

func TestQuestionsAndMessages(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	attachTo(t, gateway, AttachOptions{}, New("talk", func(ctx context.Context, call *Call) (any, error) {
		_, _ = call.WriteString("ready")
		for said, err := range call.Messages(ctx) {
			if err != nil {
				return nil, err
			}
			if TextOf(said) == "ask me" {
				break
			}
		}
		answer, err := call.Ask(ctx, "what?")
		if err != nil {
			return nil, err
		}
		rest := ""
		for said, err := range call.Messages(ctx) {
			if err != nil {
				return nil, err
			}
			rest += TextOf(said)
		}
		return TextOf(answer) + "/" + rest, nil
	}))
	session := <-gateway.attached
	e := session.link.Open(execute("talk", 0), false)
	say := func(text string) {
		if err := e.Send(t.Context(), message(TextPart(text))); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := e.Receive(t.Context()); err != nil {
		t.Fatal(err)
	}
	say("hi")
	say("ask me")
	payload, err := e.Receive(t.Context())
	if err != nil || TextOf(payload.(*pb.Frame_Event).GetAgent().GetInputRequired().GetPrompt()) != "what?" {
		t.Fatal(payload, err)
	}
	say("this")
	for range 40 {
		say(".")
	}
	e.HalfClose()
	if text, outcome := answerOf(t, e); text != "this/........................................" || outcome.Reason != "" {
		t.Errorf("%q, %+v", text, outcome)
	}
}

func TestAnAgentCallsAnother(t *testing.T) {
	gateway := startFakeGateway(t, nil)
	attachTo(t, gateway, AttachOptions{}, New("team", func(ctx context.Context, call *Call) (any, error) {
		_, err := call.Call(ctx, "other", map[string]any{"n": 1}, CallOptions{IdempotencyKey: "k"})
		return nil, err
	}))
	session := <-gateway.attached
	// The fake gateway takes no calls.
	_, outcome := answerOf(t, session.link.Open(execute("team", 0), true))
	if outcome.Reason != "NOT_IMPLEMENTED" {
		t.Errorf("%+v", outcome)
	}
}

func TestWhatIsWrongIsSaidBeforeAnythingIsDialled(t *testing.T) {
	for _, row := range []struct {
		name    string
		agents  []*Agent
		gateway string
	}{
		{"no agent", nil, "http://127.0.0.1:1"},
		{"two of a name", []*Agent{echo, echo}, "http://127.0.0.1:1"},
		{"no URL", []*Agent{echo}, "localhost"},
		{"no schema", []*Agent{New("x", nil, WithInputSchema("{"))}, "http://127.0.0.1:1"},
	} {
		if _, err := Attach(t.Context(), row.agents, AttachOptions{Gateway: row.gateway, Log: silent}); err == nil {
			t.Errorf("%s: no error", row.name)
		}
	}
}
