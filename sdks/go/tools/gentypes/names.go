package main

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
)

func typeName(schema string) string {
	if name, ok := renamed[schema]; ok {
		return name
	}
	return schema
}

var initialism = regexp.MustCompile(`^(Id|Url|Uri|Json)(s?)$`)

// fieldName makes `taskId` into `TaskID`.
func fieldName(property string) string {
	var name strings.Builder
	for _, word := range words(property) {
		word = strings.ToUpper(word[:1]) + word[1:]
		if match := initialism.FindStringSubmatch(word); match != nil {
			word = strings.ToUpper(match[1]) + match[2]
		}
		name.WriteString(word)
	}
	return name.String()
}

func words(camel string) []string {
	var found []string
	start := 0
	for i, r := range camel {
		if i > 0 && unicode.IsUpper(r) {
			found = append(found, camel[start:i])
			start = i
		}
	}
	return append(found, camel[start:])
}

// pascalFromConstant makes `INPUT_REQUIRED` into `InputRequired`.
func pascalFromConstant(constant string) string {
	var name strings.Builder
	for word := range strings.SplitSeq(constant, "_") {
		name.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	return name.String()
}

// summary says of a name what the description of its schema says.
func summary(name, description string) string {
	for _, word := range []string{"A ", "An ", "The ", "One ", "What ", "Which ", "Where ", "Why "} {
		if strings.HasPrefix(description, word) && !strings.Contains(description, " was ") {
			return name + " is " + lowerFirst(description)
		}
	}
	return name + ": " + lowerFirst(description)
}

func lowerFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

func writeComment(b *bytes.Buffer, text string) {
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		b.WriteString(strings.TrimRight("// "+line, " ") + "\n")
	}
}
