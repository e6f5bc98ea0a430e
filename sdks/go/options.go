package smartcall

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// Option changes how a client does everything, when handed to [New], or how it does one thing, when
// handed to a method. A later option stands over an earlier one.
type Option func(*settings)

// settings are all options with their defaults filled in.
type settings struct {
	url            string
	urlError       error
	token          func(context.Context) (string, error)
	headers        http.Header
	httpClient     *http.Client
	timeout        time.Duration
	attemptTimeout time.Duration
	maxRetries     int
	retryBase      time.Duration
	retryLimit     time.Duration
	random         func() float64
	reconnect      ReconnectOptions
	idleTimeout    time.Duration
	onConnection   func(ConnectionEvent)
	response       **http.Response
	logger         *slog.Logger
	propagator     func(context.Context, http.Header)

	contextID      string
	metadata       Object
	idempotencyKey string
	onDisconnect   OnDisconnect
	respondAsync   bool
	after          string
	onGap          GapPolicy
	transport      Transport
}

func newSettings(options []Option) settings {
	s := settings{
		url:         "http://127.0.0.1:8080",
		headers:     http.Header{},
		maxRetries:  2,
		retryBase:   250 * time.Millisecond,
		retryLimit:  10 * time.Second,
		idleTimeout: 45 * time.Second,
	}
	if url := os.Getenv("SMARTCALL_URL"); url != "" {
		s.url = url
	}
	if level, ok := logLevels[strings.ToLower(os.Getenv("SMARTCALL_LOG"))]; ok {
		s.logger = slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
	}
	if key := os.Getenv("SMARTCALL_API_KEY"); key != "" {
		s.token = func(context.Context) (string, error) { return key, nil }
	}
	for _, option := range options {
		option(&s)
	}
	s.url, s.urlError = checkURL(s.url)
	s.httpClient = withoutRedirects(s.httpClient)
	return s
}

// checkURL answers the URL of a gateway as requests begin with it. One with credentials is refused, and
// not said: it would stand in errors and logs.
func checkURL(text string) (string, error) {
	if strings.Contains(text, "@") {
		return "", NewError(ReasonInvalidArgument, "The URL of a gateway has no credentials: use WithToken or WithHeader.")
	}
	parsed, err := url.Parse(text)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		return text, withCause(NewError(ReasonInvalidArgument, fmt.Sprintf("%q is no URL of a gateway.", text)), err)
	}
	return strings.TrimRight(text, "/"), nil
}

// with answers the settings of one call, which may change nothing of the client's own.
func (s settings) with(options []Option) settings {
	if len(options) == 0 {
		return s
	}
	s.headers = maps.Clone(s.headers)
	client, base := s.httpClient, s.url
	for _, option := range options {
		option(&s)
	}
	if s.url != base {
		s.url, s.urlError = checkURL(s.url)
	}
	if s.httpClient != client {
		s.httpClient = withoutRedirects(s.httpClient)
	}
	s.random = randomOrDefault(s.random)
	return s
}

// withoutRedirects keeps a token from going where the gateway's answer, or somebody in its place,
// sends it.
func withoutRedirects(client *http.Client) *http.Client {
	if client == nil {
		client = &http.Client{Transport: sharedTransport()}
	}
	clone := *client
	clone.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &clone
}

// sharedTransport keeps more idle connections to one gateway than the two of net/http, as calls come in
// numbers; clients share them.
var sharedTransport = sync.OnceValue(func() http.RoundTripper {
	transport, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	transport = transport.Clone()
	transport.MaxIdleConnsPerHost = 256
	transport.MaxIdleConns = 1024
	return transport
})

// WithURL says where the gateway is: http or https, without credentials. Default: the environment
// variable SMARTCALL_URL, else http://127.0.0.1:8080.
func WithURL(url string) Option {
	return func(s *settings) { s.url = url }
}

// WithToken sets the bearer token. Default: the environment variable SMARTCALL_API_KEY, else none.
func WithToken(token string) Option {
	return WithTokenSource(func(context.Context) (string, error) { return token, nil })
}

// WithTokenSource asks for the bearer token anew for each request; the empty one is not sent.
func WithTokenSource(source func(context.Context) (string, error)) Option {
	return func(s *settings) { s.token = source }
}

// WithHeader sets a further header.
func WithHeader(name, value string) Option {
	return func(s *settings) { s.headers.Set(name, value) }
}

// WithHTTPClient sends the requests through this client: its transport, its proxy, its certificates.
// Redirects are never followed, as they would take the token along.
func WithHTTPClient(client *http.Client) Option {
	return func(s *settings) { s.httpClient = client }
}

// WithTimeout bounds a request with all its retries, or the life of a stream. The gateway is told,
// as it is of a context's deadline, and stops the agent. Default: no limit.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithAttemptTimeout bounds each try of a request, after which it is tried again as after a lost
// connection. Default: no limit. The gateway takes a call whose try was given up for abandoned: give
// such a call [WithOnDisconnect] too.
func WithAttemptTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.attemptTimeout = timeout }
}

// WithMaxRetries says how often a request is tried again at most. Default: 2; 0 for never.
func WithMaxRetries(retries int) Option {
	return func(s *settings) { s.maxRetries = max(0, retries) }
}

// WithRetryDelay sets the most that is waited before the first retry, doubled for each further one,
// and the most ever. Default: 250 ms and 10 s. What the gateway asks for is waited at least.
func WithRetryDelay(base, limit time.Duration) Option {
	return func(s *settings) { s.retryBase, s.retryLimit = base, limit }
}

// WithRandom spreads retries by numbers from 0 to 1, for tests. Default: math/rand.
func WithRandom(random func() float64) Option {
	return func(s *settings) { s.random = random }
}

// WithReconnect says how streams come back.
func WithReconnect(options ReconnectOptions) Option {
	return func(s *settings) { s.reconnect = options }
}

// WithIdleTimeout says how long the connection of a stream may be silent before it is held for lost;
// 0 for ever. Default: 45 s, which is three heartbeats of the gateway.
func WithIdleTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.idleTimeout = timeout }
}

// logLevels are what SMARTCALL_LOG may say.
var logLevels = map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn}

// WithLogger logs each request and each try of a stream at the debug level, and what is tried again as
// a warning; no token, header or body is ever logged. Default: standard error, at the level that the
// environment variable SMARTCALL_LOG names (debug, info or warn), else nothing.
func WithLogger(logger *slog.Logger) Option {
	return func(s *settings) { s.logger = logger }
}

// WithPropagator puts the trace of a context into the headers of each request and of each call on a
// WebSocket. With OpenTelemetry:
//
//	smartcall.WithPropagator(func(ctx context.Context, headers http.Header) {
//		otel.GetTextMapPropagator().Inject(ctx, propagation.HeaderCarrier(headers))
//	})
func WithPropagator(inject func(ctx context.Context, headers http.Header)) Option {
	return func(s *settings) { s.propagator = inject }
}

// WithOnConnection hears when the connection of a stream was lost, and when it is there again.
func WithOnConnection(hear func(ConnectionEvent)) Option {
	return func(s *settings) { s.onConnection = hear }
}

// WithResponseInto keeps the answer's status and headers, its body read and closed.
func WithResponseInto(response **http.Response) Option {
	return func(s *settings) { s.response = response }
}

// WithContextID names the conversation that a call goes on with. Default: a new one.
func WithContextID(id string) Option {
	return func(s *settings) { s.contextID = id }
}

// WithMetadata keeps something with the task.
func WithMetadata(metadata Object) Option {
	return func(s *settings) { s.metadata = metadata }
}

// WithIdempotencyKey sets the key of a call: a call with a key that was used before joins that call
// instead of running again. Default: a random one, so that what is repeated by itself runs once.
func WithIdempotencyKey(key string) Option {
	return func(s *settings) { s.idempotencyKey = key }
}

// WithOnDisconnect says what becomes of a task when nobody waits for it or reads it any more.
// Default: CANCEL for a call that waits, CONTINUE for any other.
func WithOnDisconnect(policy OnDisconnect) Option {
	return func(s *settings) { s.onDisconnect = policy }
}

// WithRespondAsync makes a call answer the task as it was accepted instead of waiting for its end.
func WithRespondAsync() Option {
	return func(s *settings) { s.respondAsync = true }
}

// WithAfter makes a watch begin after a cursor, as `epoch.seq`. Default: the first event.
func WithAfter(cursor string) Option {
	return func(s *settings) { s.after = cursor }
}

// WithOnGap says what to do when events after the place are no longer kept: GapPolicyFail, the
// default, ends the stream with CURSOR_EXPIRED; GapPolicySnapshot goes on with a gap and a snapshot.
func WithOnGap(policy GapPolicy) Option {
	return func(s *settings) { s.onGap = policy }
}

// WithTransport says how the events of streams arrive. Default: TransportSSE.
func WithTransport(transport Transport) Option {
	return func(s *settings) { s.transport = transport }
}
