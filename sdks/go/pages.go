package smartcall

import "iter"

// pages iterates over the items of all pages, each page asked for when the one before it was read.
// An error is the last thing that it yields.
func pages[Item any](token string, read func(token string) (items []Item, next string, err error)) iter.Seq2[*Item, error] {
	return func(yield func(*Item, error) bool) {
		for {
			items, next, err := read(token)
			if err != nil {
				yield(nil, err)
				return
			}
			for i := range items {
				if !yield(&items[i], nil) {
					return
				}
			}
			if next == "" {
				return
			}
			if next == token {
				// The list would go round for ever.
				yield(nil, NewError(ReasonInternal, "The gateway names a page as the one after itself."))
				return
			}
			token = next
		}
	}
}
