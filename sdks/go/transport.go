package smartcall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"time"
)

// request is one request of the REST face.
type request struct {
	method, path string
	query        url.Values
	headers      http.Header
	body         []byte
	// Whether it may be sent again when it is not known whether it arrived.
	isRepeatable bool
}

// send sends a request as often as it takes and may be, and answers what it was answered with.
func send[Answer any](ctx context.Context, s settings, r request) (*Answer, error) {
	ctx, cancel := withTimeout(ctx, s.timeout)
	defer cancel()
	isRefreshed := false
	for retries := 0; ; retries++ {
		started := time.Now()
		body, response, err := sendOnce(ctx, s, r)
		if response != nil && s.response != nil {
			*s.response = response
		}
		s.log(ctx, "request", r.method, r.path, started, retries, err)
		if err == nil {
			return decode[Answer](s, body)
		}
		// What the end of the caller's context broke is no fault of the network.
		if ctx.Err() != nil {
			return nil, errorFrom(contextError(ctx))
		}
		e := errorFrom(err)
		if retries >= s.maxRetries {
			return nil, e
		}
		if e.Reason == ReasonUnauthenticated && response != nil && !isRefreshed {
			// The token may have ended on its way; another one is tried, once.
			isRefreshed = true
			if s.holdsAnother(ctx, response.Request) {
				continue
			}
		}
		if !mayRepeat(e, response, r.isRepeatable) {
			return nil, e
		}
		random := s.random()
		delay := max(fullJitter(retries, s.retryBase, s.retryLimit, random), atLeast(e.RetryAfter, random))
		if deadline, ok := ctx.Deadline(); e.RetryAfter > time.Minute || (ok && time.Until(deadline) < delay) {
			return nil, e
		}
		s.warn(ctx, "request is tried again", e, delay, slog.String("method", r.method), slog.String("path", r.path))
		if err := wait(ctx, delay); err != nil {
			return nil, errorFrom(contextError(ctx))
		}
	}
}

// mayRepeat says whether a request that failed so may be sent again.
func mayRepeat(e *Error, response *http.Response, isRepeatable bool) bool {
	if response != nil {
		switch response.Header.Get("X-Should-Retry") {
		case "true":
			return true
		case "false":
			return false
		}
	}
	if e.Reason == ReasonGatewayUnreachable {
		return isRepeatable
	}
	return e.Retryable && (e.Status == 408 || e.Status == 429 || e.Status >= 500)
}

func decode[Answer any](s settings, body []byte) (*Answer, error) {
	answer := new(Answer)
	if _, isNothing := any(answer).(*struct{}); isNothing {
		return answer, nil
	}
	if err := json.Unmarshal(body, answer); err != nil {
		message := fmt.Sprintf("The answer of %s is not what the contract says: %v", s.url, err)
		return nil, withCause(NewError(ReasonInternal, message), err)
	}
	return answer, nil
}

// sendOnce sends a request, and reads the answer to its end.
func sendOnce(ctx context.Context, s settings, r request) ([]byte, *http.Response, error) {
	attempt, cancel := withTimeout(ctx, s.attemptTimeout)
	defer cancel()
	response, err := exchange(attempt, ctx, s, r)
	if err != nil {
		return nil, response, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, response, unreachable(s.url, err)
	}
	return body, response, nil
}

// exchange sends a request under attempt, and answers a response of success whose body is to be read.
// The deadline of total is what the gateway is told.
func exchange(attempt, total context.Context, s settings, r request) (*http.Response, error) {
	httpRequest, err := newHTTPRequest(attempt, total, s, r)
	if err != nil {
		return nil, err
	}
	response, err := s.httpClient.Do(httpRequest)
	if err != nil {
		return nil, unreachable(s.url, withoutURL(err))
	}
	if response.StatusCode/100 == 2 {
		return response, nil
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return response, unreachable(s.url, err)
	}
	e := errorFromResponse(response, body)
	if response.StatusCode >= 500 && !json.Valid(body) {
		// A proxy's word, not the gateway's.
		told := unreachable(s.url, fmt.Errorf("status %d", response.StatusCode))
		told.Status, told.RetryAfter, told.hasRetryAfter = e.Status, e.RetryAfter, e.hasRetryAfter
		return response, told
	}
	return response, e
}

func newHTTPRequest(attempt, total context.Context, s settings, r request) (*http.Request, error) {
	if s.urlError != nil {
		return nil, s.urlError
	}
	target := s.url + r.path
	if len(r.query) > 0 {
		target += "?" + r.query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		body = bytes.NewReader(r.body)
	}
	httpRequest, err := http.NewRequestWithContext(attempt, r.method, target, body)
	if err != nil {
		return nil, withCause(NewError(ReasonInvalidArgument, fmt.Sprintf("%q is no URL of a gateway.", s.url)), err)
	}
	headers := httpRequest.Header
	headers.Set("Accept", "application/json")
	headers.Set("User-Agent", "smartcall-go/1")
	if r.body != nil {
		headers.Set("Content-Type", "application/json")
	}
	token, err := s.readToken(attempt)
	if err != nil {
		return nil, err
	}
	if token != "" {
		headers.Set("Authorization", "Bearer "+token)
	}
	if deadline, ok := total.Deadline(); ok {
		seconds := max(0.001, time.Until(deadline).Seconds())
		headers.Set("Request-Timeout", fmt.Sprintf("%.3f", seconds))
	}
	if s.propagator != nil {
		s.propagator(attempt, headers)
	}
	maps.Copy(headers, r.headers)
	maps.Copy(headers, s.headers)
	return httpRequest, nil
}

// readToken answers the token as it is now. One that cannot be had may be there at the next try: when
// the network is gone, it is so for whoever issues tokens too.
func (s settings) readToken(ctx context.Context) (string, error) {
	if s.token == nil {
		return "", nil
	}
	token, err := s.token(ctx)
	if err == nil {
		return token, nil
	}
	var known *Error
	if errors.As(err, &known) {
		return "", known
	}
	return "", withCause(NewError(ReasonGatewayUnreachable, "The token cannot be had: "+err.Error()), err)
}

// holdsAnother says whether there is another token by now than the one that a request had. It is the
// next one that is sent.
func (s *settings) holdsAnother(ctx context.Context, refused *http.Request) bool {
	token, err := s.readToken(ctx)
	if err != nil || token == "" || refused == nil || "Bearer "+token == refused.Header.Get("Authorization") {
		return false
	}
	source, isRead := s.token, false
	s.token = func(ctx context.Context) (string, error) {
		if isRead {
			return source(ctx)
		}
		isRead = true
		return token, nil
	}
	return true
}

func (s settings) log(ctx context.Context, what, method, path string, started time.Time, retries int, err error) {
	if s.logger == nil {
		return
	}
	attributes := []slog.Attr{
		slog.String("method", method), slog.String("path", path),
		slog.Duration("took", time.Since(started)), slog.Int("retries", retries),
	}
	if err != nil {
		attributes = append(attributes, slog.String("reason", string(ReasonOf(err))))
	}
	s.logger.LogAttrs(ctx, slog.LevelDebug, "smartcall "+what, attributes...)
}

// warn logs what is tried again, and after how long.
func (s settings) warn(ctx context.Context, what string, e *Error, delay time.Duration, about ...slog.Attr) {
	if s.logger != nil {
		about = append(about, slog.String("reason", string(e.Reason)), slog.Duration("delay", delay))
		s.logger.LogAttrs(ctx, slog.LevelWarn, "smartcall "+what, about...)
	}
}

// withTimeout bounds a context where there is a timeout.
func withTimeout(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if timeout <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, timeout)
}

// contextError is why a context has ended: its cause, where somebody gave one.
func contextError(ctx context.Context) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, ctx.Err()) {
		return cause
	}
	var known *Error
	if errors.As(cause, &known) {
		return known
	}
	return fmt.Errorf("%w: %w", ctx.Err(), cause)
}

// withoutURL takes the URL out of an error of net/http, which says it in front of each message.
func withoutURL(err error) error {
	var inner *url.Error
	if errors.As(err, &inner) {
		return inner.Err
	}
	return err
}
