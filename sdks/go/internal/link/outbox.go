package link

import "fmt"

// write sends what is queued, a packet at a time, until the link has ended.
func (l *Link) write() {
	for {
		l.mu.Lock()
		packet := l.nextPacket()
		isOver := packet == nil && l.ended
		reason := l.reason
		l.mu.Unlock()
		if isOver {
			l.options.Carrier.Close(reason)
			return
		}
		if packet == nil {
			<-l.wake
			continue
		}
		if err := l.options.Carrier.Send(packet); err != nil {
			l.Lost(err)
			return
		}
	}
}

func (l *Link) nextPacket() []byte {
	if !l.ended {
		return l.gather()
	}
	if l.abandons || len(l.tail) == 0 {
		return nil
	}
	packet := l.tail[0]
	l.tail = l.tail[1:]
	return packet
}

// gather makes a packet: frames of the link and credit go first, then exchanges take turns, a frame
// each, so that one with much to say holds up nobody.
func (l *Link) gather() []byte {
	var frames [][]byte
	size := 0
	for frame := l.nextFrame(); frame != nil; frame = l.nextFrame() {
		if len(frames) > 0 && size+len(frame) > maxPacketBytes {
			l.held = frame
			break
		}
		frames = append(frames, frame)
		size += len(frame)
	}
	if len(frames) == 0 {
		return nil
	}
	return l.options.Codec.Pack(frames)
}

func (l *Link) nextFrame() []byte {
	if frame := l.held; frame != nil {
		l.held = nil
		return frame
	}
	if frame := l.shiftUrgent(); frame != nil {
		return frame
	}
	for len(l.lanes) > 0 {
		e := l.lanes[0]
		l.lanes[0] = nil
		l.lanes = l.lanes[1:]
		if frame := e.nextFrame(); frame != nil {
			l.lanes = append(l.lanes, e)
			return frame
		}
		e.isQueued = false
	}
	// An exchange that cannot go on may have asked for credit.
	return l.shiftUrgent()
}

func (l *Link) shiftUrgent() []byte {
	if len(l.urgent) == 0 {
		return nil
	}
	frame := l.urgent[0]
	l.urgent[0] = nil
	l.urgent = l.urgent[1:]
	return frame
}

func (l *Link) wakeLane(e *Exchange) {
	if l.ended || e.isQueued {
		return
	}
	e.isQueued = true
	l.lanes = append(l.lanes, e)
	l.wakeWriter()
}

func (l *Link) wakeWriter() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// sendUrgent queues a frame that needs no window and no turn.
func (l *Link) sendUrgent(frame Frame) {
	if l.ended {
		return
	}
	bytes, err := l.options.Codec.Encode(frame)
	if err != nil {
		return // Only payloads of others fail, which are none of these.
	}
	l.urgent = append(l.urgent, bytes)
	l.wakeWriter()
}

func (l *Link) encodeWhole(frame Frame) ([]byte, error) {
	bytes, err := l.options.Codec.Encode(frame)
	if err == nil && l.peer != nil {
		err = checkSize(len(bytes), int(l.peer.MaxFrameBytes))
	}
	return bytes, err
}

// checkSize refuses a frame that the other side would not take.
func checkSize(bytes, maxFrameBytes int) error {
	if bytes <= maxFrameBytes {
		return nil
	}
	return newError("PAYLOAD_TOO_LARGE", fmt.Sprintf("One frame of %d bytes is larger than the %d that the other side takes.", bytes, maxFrameBytes))
}
