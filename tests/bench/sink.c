/* A mail server that takes everything and keeps nothing, as fast as one core can.
 *
 * It prints its port, serves until its standard input ends, then prints how many mails and how
 * many bytes of them it took.
 *
 *   sink [-p PORT] [-d MILLISECONDS] [-l FILE] [-g FILE]
 *
 * -d  every answer to a mail comes so much later; what follows on the connection waits with it.
 * -l  one line "recipient Message-ID milliseconds" for each mail, the last since 1970, is in the
 *     file before its answer leaves.
 * -g  while the file exists, recipients at domains that begin with "grey" are to come back later.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 1 << 20, EVENTS = 256, WORD = 512, ANSWERS = 1 << 16, TAIL = 4 };

#define END "\r\n.\r\n"
#define TAKEN "250 2.0.0 ok\r\n"

struct connection {
    int socket;
    int in_mail, finished;
    long due;                  /* when the answer to a mail is to leave, 0 when none waits */
    size_t length, searched;   /* of the bytes that have come */
    size_t answered;
    char recipient[WORD];
    struct connection *later;  /* the next one whose answer waits */
    char answers[ANSWERS];
    char bytes[ROOM];
};

static long delay_ns, mails, bytes;
static int book = -1, timer;
static const char *grey;
static struct connection *first_due, *last_due;

static long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static void arm(void)
{
    struct itimerspec when = {0};
    if (first_due) {
        when.it_value.tv_sec = first_due->due / 1000000000L;
        when.it_value.tv_nsec = first_due->due % 1000000000L;
    }
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void answer(struct connection *c, const char *text)
{
    size_t size = strlen(text);
    if (c->answered + size <= ANSWERS) {
        memcpy(c->answers + c->answered, text, size);
        c->answered += size;
    }
}

static void let_answers_leave(struct connection *c)
{
    size_t sent = 0;
    while (sent < c->answered) {
        ssize_t n = send(c->socket, c->answers + sent, c->answered - sent, MSG_NOSIGNAL);
        if (n > 0) {
            sent += n;
        } else if (errno == EAGAIN) {
            struct pollfd full = {c->socket, POLLOUT, 0};
            poll(&full, 1, 1000);
        } else {
            c->finished = 1;
            break;
        }
    }
    c->answered = 0;
}

/* Write down who got which mail: read from its own header, before the answer leaves. */
static void log_mail(struct connection *c, const char *mail, size_t size)
{
    static const char name[] = "\r\nMessage-ID: ";
    char line[2 * WORD];
    const char *header_end = memmem(mail, size, "\r\n\r\n", 4);
    size_t within = header_end ? (size_t)(header_end - mail) + 2 : size;
    const char *id = memmem(mail, within, name, sizeof name - 1), *end = NULL;
    if (id) {
        id += sizeof name - 1;
        end = memchr(id, '\r', mail + within - id);
    }
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    int length = snprintf(line, sizeof line, "%s %.*s %ld\n", c->recipient,
                          end ? (int)(end - id) : 1, end ? id : "-",
                          t.tv_sec * 1000L + t.tv_nsec / 1000000L);
    if (length >= (int)sizeof line || write(book, line, length) != length)
        die("log");
}

static void drop(struct connection *c, size_t count)
{
    c->length -= count;
    memmove(c->bytes, c->bytes + count, c->length);
    c->searched = 0;
}

/* One mail or a part of one; whether there is more to look at. */
static int take_mail(struct connection *c)
{
    char *end = memmem(c->bytes + c->searched, c->length - c->searched, END, 5);
    if (!end) {
        size_t keep = c->length < TAIL ? c->length : TAIL;
        if (book < 0) {
            bytes += c->length - keep;
            drop(c, c->length - keep);
        } else {
            c->searched = c->length - keep;
        }
        c->finished |= c->length == ROOM;
        return 0;
    }
    size_t size = end - c->bytes;
    if (book >= 0)
        log_mail(c, c->bytes, size + 2);
    bytes += size;
    mails++;
    c->in_mail = 0;
    drop(c, size + 5);
    if (!delay_ns) {
        answer(c, TAKEN);
        return 1;
    }
    c->due = now_ns() + delay_ns;
    c->later = NULL;
    if (first_due) {
        last_due->later = c;
        last_due = c;
    } else {
        first_due = last_due = c;
        arm();
    }
    return 0;
}

static const char *take_recipient(struct connection *c, size_t size)
{
    char *open = memchr(c->bytes, '<', size), *shut = memchr(c->bytes, '>', size);
    char name[WORD];
    if (!open || shut < open || shut - open > WORD)
        return "501 5.1.3 no address\r\n";
    snprintf(name, WORD, "%.*s", (int)(shut - open - 1), open + 1);
    if (grey && strstr(name, "@grey") && !access(grey, F_OK))
        return "451 4.7.1 not known yet, come back later\r\n";
    memcpy(c->recipient, name, WORD);
    return TAKEN;
}

static int take_command(struct connection *c)
{
    char *end = memmem(c->bytes, c->length, "\r\n", 2);
    if (!end) {
        c->finished |= c->length > WORD;
        return 0;
    }
    size_t size = end - c->bytes, left = size + 2;
    if (size >= 4 && !strncasecmp(c->bytes, "MAIL", 4))
        c->recipient[0] = 0;
    if (size >= 4 && !strncasecmp(c->bytes, "EHLO", 4)) {
        answer(c, "250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n");
    } else if (size >= 4 && !strncasecmp(c->bytes, "DATA", 4) && !c->recipient[0]) {
        answer(c, "503 5.5.1 no recipient\r\n");
    } else if (size >= 4 && !strncasecmp(c->bytes, "DATA", 4)) {
        answer(c, "354 go on\r\n");
        c->in_mail = 1;
        left = size;  /* the end of this line may begin the end of an empty mail */
    } else if (size >= 4 && !strncasecmp(c->bytes, "QUIT", 4)) {
        answer(c, "221 2.0.0 bye\r\n");
        c->finished = 1;
    } else {
        answer(c, size >= 4 && !strncasecmp(c->bytes, "RCPT", 4) ? take_recipient(c, size) : TAKEN);
    }
    drop(c, left);
    return !c->finished;
}

static void look(struct connection *c)
{
    while (!c->due && c->length && (c->in_mail ? take_mail(c) : take_command(c)))
        ;
    let_answers_leave(c);
}

static void end(struct connection *c)
{
    close(c->socket);
    free(c);
}

static void read_more(struct connection *c)
{
    ssize_t n = recv(c->socket, c->bytes + c->length, ROOM - c->length, 0);
    if (n > 0) {
        c->length += n;
        look(c);
    } else if (n == 0 || errno != EAGAIN) {
        c->finished = 1;
    }
}

static void answer_due(void)
{
    char expirations[8];
    long at = now_ns();
    if (read(timer, expirations, sizeof expirations) < 0 && errno != EAGAIN)
        die("timer");
    while (first_due && first_due->due <= at) {
        struct connection *c = first_due;
        first_due = c->later;
        c->due = 0;
        answer(c, TAKEN);
        look(c);
        if (c->finished && !c->due)
            end(c);
    }
    arm();
}

static void welcome(int listener, int poller)
{
    int one = 1, socket = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    struct connection *c = socket < 0 ? NULL : malloc(sizeof *c);
    if (!c)
        return;
    c->socket = socket;
    c->in_mail = c->finished = c->due = 0;
    c->length = c->searched = c->answered = 0;
    c->recipient[0] = 0;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event wanted = {EPOLLIN, {.ptr = c}};
    epoll_ctl(poller, EPOLL_CTL_ADD, socket, &wanted);
    answer(c, "220 sink ESMTP\r\n");
    let_answers_leave(c);
}

static int listen_on(int port)
{
    int one = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&at, size) || listen(listener, 1024))
        die("listen");
    getsockname(listener, (struct sockaddr *)&at, &size);
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return listener;
}

static void serve(int listener)
{
    static int input_mark, timer_mark, listener_mark;
    struct epoll_event found[EVENTS], input = {EPOLLIN, {.ptr = &input_mark}},
                       clock = {EPOLLIN, {.ptr = &timer_mark}},
                       door = {EPOLLIN, {.ptr = &listener_mark}};
    char ignored[64];
    int poller = epoll_create1(0);
    epoll_ctl(poller, EPOLL_CTL_ADD, 0, &input);
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &clock);
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &door);
    for (;;) {
        int count = epoll_wait(poller, found, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct connection *c = found[i].data.ptr;
            if (found[i].data.ptr == &input_mark) {
                if (read(0, ignored, sizeof ignored) <= 0)
                    return;
            } else if (found[i].data.ptr == &listener_mark) {
                welcome(listener, poller);
            } else if (found[i].data.ptr != &timer_mark) {
                read_more(c);
                if (c->finished) {
                    epoll_ctl(poller, EPOLL_CTL_DEL, c->socket, NULL);
                    if (!c->due)
                        end(c);
                }
            }
        }
        if (first_due)
            answer_due();
    }
}

int main(int argc, char **argv)
{
    int option, port = 0;
    while ((option = getopt(argc, argv, "p:d:l:g:")) != -1) {
        if (option == 'p')
            port = atoi(optarg);
        else if (option == 'd')
            delay_ns = atof(optarg) * 1e6;
        else if (option == 'g')
            grey = optarg;
        else if (option != 'l' ||
                 (book = open(optarg, O_WRONLY | O_CREAT | O_APPEND, 0600)) < 0)
            die("usage: sink [-p PORT] [-d MILLISECONDS] [-l FILE] [-g FILE]");
    }
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    serve(listen_on(port));
    printf("%ld %ld\n", mails, bytes);
    return 0;
}
