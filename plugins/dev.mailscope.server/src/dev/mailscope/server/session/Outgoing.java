package dev.mailscope.server.session;

import java.io.IOException;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Responses;
import dev.mailscope.server.trace.What;

/** What a session sends: each response is recorded as it is made, and once the carrier has sent them, that too. */
final class Outgoing {
    private static final String CHALLENGE = "+ ";
    private static final String LINE_END = "\r\n";
    // So many responses are made between two looks at the clock.
    private static final int LOOK_AFTER = 16;

    private final SessionContext context;
    private final Conversation.Sink sink;
    private final Share share = new Share();
    // The events of what is written and not flushed yet, the first 0 when there is nothing, and its octets.
    private long first;
    private long last;
    private long unflushed;

    /** What that session sends to that sink. */
    Outgoing(SessionContext context, Conversation.Sink sink) {
        this.context = context;
        this.sink = sink;
    }

    /** Makes, records and writes the responses of a step, one after the other; many short ones at a time. */
    Step.After write(Step step) throws IOException {
        var responses = step.responses();
        if (responses instanceof Burst burst && !step.secret()) {
            write(burst);
            return step.after();
        }
        while (responses.hasNext()) {
            share.look();
            var octets = responses.next();
            write(octets, made(step, octets));
        }
        return step.after();
    }

    private void write(Burst responses) throws IOException {
        var made = new Responses.Builder();
        for (var more = true; more;) {
            share.look();
            var inTime = true;
            while (more && inTime && !made.isFull()) {
                more = responses.makeNext(made);
                inTime = made.count() % LOOK_AFTER != 0 || !share.isOver();
            }
            if (made.count() > 0) {
                context.trace().awaitRoom();
                write(made);
                made.clear();
            }
            if (!more && responses.hasNext()) {
                var octets = responses.next();
                write(octets, context.record(new What.Response(octets)));
                more = true;
            }
        }
    }

    private void write(Responses.Builder made) throws IOException {
        written(context.record(made), made.count(), made.length());
        sink.write(made.array(), 0, made.length());
    }

    /** Makes and records all responses of a step, which has one at least, and writes none of them. */
    Answer make(Step step) {
        return Answer.of(step, octets -> made(step, octets), octets -> shown(step, octets));
    }

    /** Writes what an event has recorded. */
    void write(Octets octets, long event) throws IOException {
        written(event, 1, octets.size());
        sink.write(octets);
    }

    private void written(long event, int count, long octets) {
        last = event + count - 1;
        if (first == 0) {
            first = event;
        }
        unflushed += octets;
    }

    /** Writes octets that stand for that answer. */
    void write(Answer made, Octets octets) throws IOException {
        if (octets.size() > 0) {
            write(octets, made.first());
            last = made.last();
        }
    }

    /** Lets the carrier send what was written, and records that it has. */
    void flush() throws IOException {
        if (first == 0) {
            return;
        }
        sink.flush();
        context.record(new What.Sent(unflushed, first, last));
        first = 0;
        unflushed = 0;
    }

    private long made(Step step, Octets octets) {
        return context.record(new What.Response(shown(step, octets)));
    }

    // continue-req = "+" SP [base64] CRLF
    private static Octets shown(Step step, Octets response) {
        var secret = step.secret() ? Math.max(0, response.size() - CHALLENGE.length() - LINE_END.length()) : 0;
        return secret == 0 ? response
                : new Octets.Builder().text(CHALLENGE).hidden(secret).text(LINE_END).toOctets();
    }
}
