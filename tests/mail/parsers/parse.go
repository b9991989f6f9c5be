// Reads mails as Go's standard library does: go run parse.go < JSON of base64.
package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"strings"
)

// Mail is what one mail says.
type Mail struct {
	Subject string            `json:"subject"`
	Name    string            `json:"name"`
	Address string            `json:"address"`
	To      string            `json:"to"`
	Headers map[string]string `json:"headers"`
	Text    string            `json:"text"`
	HTML    string            `json:"html"`
}

func main() {
	var contents [][]byte
	must(json.NewDecoder(os.Stdin).Decode(&contents))
	found := make([]Mail, len(contents))
	for at, content := range contents {
		found[at] = read(content)
	}
	must(json.NewEncoder(os.Stdout).Encode(found))
}

func read(content []byte) Mail {
	message, err := mail.ReadMessage(bytes.NewReader(content))
	must(err)
	header := message.Header
	subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
	must(err)
	from, err := mail.ParseAddress(header.Get("From"))
	must(err)
	to, err := mail.ParseAddress(header.Get("To"))
	must(err)
	found := Mail{subject, from.Name, from.Address, to.Address, map[string]string{}, "", ""}
	for name := range header {
		found.Headers[strings.ToLower(name)] = header.Get(name)
	}
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	must(err)
	if kind == "multipart/alternative" {
		parts := multipart.NewReader(message.Body, parameters["boundary"])
		found.Text = part(parts, "text/plain; charset=utf-8")
		found.HTML = part(parts, "text/html; charset=utf-8")
		if _, err := parts.NextRawPart(); err != io.EOF {
			log.Fatal("a third part: ", err)
		}
	}
	return found
}

func part(parts *multipart.Reader, kind string) string {
	// Raw: NextPart would decode without a word.
	next, err := parts.NextRawPart()
	must(err)
	encoding := next.Header.Get("Content-Transfer-Encoding")
	if next.Header.Get("Content-Type") != kind || encoding != "quoted-printable" {
		log.Fatal("a part of another kind: ", next.Header)
	}
	content, err := io.ReadAll(quotedprintable.NewReader(next))
	must(err)
	return string(content)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
