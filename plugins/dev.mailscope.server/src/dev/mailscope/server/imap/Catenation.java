package dev.mailscope.server.imap;

import java.util.List;

import dev.mailscope.server.imap.command.AppendData;
import dev.mailscope.server.imap.command.ImapUrl;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.message.Composition;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Range;

/**
 * Makes the messages of one command of texts and of octets that are here already (CATENATE, RFC 4469 section 3): of
 * those that FETCH would give for BODY.PEEK, as they are in one state. Changes nothing.
 */
final class Catenation {
    private final Turn turn;
    private final ServerState state;
    // What the messages of the command may still have together: as many octets as one may have.
    private long room;

    Catenation(Turn turn) {
        this.turn = turn;
        this.state = turn.context().store().state();
        this.room = turn.context().limits().message();
    }

    /** The message cannot be made; the text of the exception is for people. Carries no stack trace. */
    static final class Impossible extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient ResponseCode code;

        private Impossible(ResponseCode code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        ResponseCode code() {
            return code;
        }
    }

    /** The message of these parts. */
    Content of(List<AppendData.Part> parts) throws Impossible {
        var most = turn.context().limits().message();
        var whole = new Composition();
        for (var part : parts) {
            var before = whole.size();
            switch (part) {
                case AppendData.Text(var content, var utf8) -> whole.add(content, new Range(0, content.size()));
                case AppendData.Url(var text) -> addNamed(text, whole);
            }
            if (whole.size() > most) {
                throw new Impossible(ResponseCode.Simple.TOOBIG, "A message has at most " + most
                        + " octets here, and the one catenated is larger.");
            }
            room -= whole.size() - before;
            if (room < 0) {
                throw new Impossible(ResponseCode.Simple.TOOBIG, "The messages of one command have at most " + most
                        + " octets together here, and those catenated are larger.");
            }
        }
        return whole.toContent();
    }

    private void addNamed(String text, Composition whole) throws Impossible {
        ImapUrl url;
        try {
            url = ImapUrl.parse(text);
        } catch (ImapUrl.Malformed e) {
            throw bad(text, e.getMessage());
        }
        var folder = folder(text, url);
        if (url.uidValidity().isPresent() && url.uidValidity().getAsLong() != folder.uidValidity()) {
            throw bad(text, "UIDVALIDITY has changed since the URL was made: the UID may be another message's now.");
        }
        var message = folder.message(url.uid());
        if (message == null) {
            throw bad(text, "There is no message with that UID in "
                    + turn.name(url.mailbox() == null ? folder.name() : url.mailbox()) + '.');
        }
        var shown = turn.enabled().shown(message.content());
        var octets = shown.open();
        var excerpt = url.section().of(octets, Structures.of(shown, octets))
                .orElseThrow(() -> bad(text, "The message has no such section."));
        var wanted = url.partial() == null ? excerpt
                : excerpt.partial(url.partial().offset(), url.partial().length());
        switch (wanted) {
            case Excerpt.Slice(var range) when range.length() > Content.LARGE -> whole.add(shown.withoutNul(), range);
            case Excerpt.Slice slice -> whole.add(slice.withoutNul(octets).octets(octets));
            case Excerpt.Picked picked -> whole.add(picked.withoutNul(octets).octets(octets));
        }
    }

    private Folder folder(String text, ImapUrl url) throws Impossible {
        if (url.mailbox() != null) {
            var place = turn.reach(state).find(url.mailbox())
                    .filter(found -> found.folder().selectable() && found.rights().hasAny(Right.LOOKUP, Right.READ))
                    .orElseThrow(() -> bad(text, "There is no folder " + turn.name(url.mailbox()) + '.'));
            if (!place.rights().has(Right.READ)) {
                throw bad(text, "Folder " + turn.name(url.mailbox()) + " may not be read by " + turn.account() + '.');
            }
            return place.folder();
        }
        if (turn.phase() instanceof Phase.Selected) {
            return turn.folder(state);
        }
        throw bad(text, "It is about the open folder, and none is open.");
    }

    private static Impossible bad(String url, String why) {
        return new Impossible(new ResponseCode.BadUrl(url), why);
    }
}
