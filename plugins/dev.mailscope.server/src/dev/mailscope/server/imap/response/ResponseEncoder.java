package dev.mailscope.server.imap.response;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;

import dev.mailscope.server.imap.command.DateSyntax;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Excerpt;
import dev.mailscope.server.message.Section;
import dev.mailscope.server.message.ThreadForest;

/** Writes responses as octets (RFC 3501 section 9). Message text is handed on as slices and never copied. */
public final class ResponseEncoder {
    private final WireWriter out;
    private final MimeEncoder mime;

    /** An encoder into that output, in that dialect. */
    public ResponseEncoder(WireOutput output, Dialect dialect) {
        this.out = new WireWriter(output, dialect);
        this.mime = new MimeEncoder(out);
    }

    /** An item as a response in that dialect has it; it must hold no part of a message. */
    public static byte[] encoded(FetchItem item, Dialect dialect) {
        var octets = new ByteArrayOutputStream();
        var encoder = new ResponseEncoder(new WireOutput() {
            @Override
            public void write(byte[] some, int offset, int length) {
                octets.write(some, offset, length);
            }

            @Override
            public void slice(Content content, int offset, int length) {
                throw new IllegalArgumentException(item + " holds part of a message");
            }
        }, dialect);
        encoder.item(item);
        encoder.out.flush();
        return octets.toByteArray();
    }

    /** Writes one response with its line end, and all of it. */
    public void encode(Response response) {
        switch (response) {
            case Response.Status status -> status(status);
            case Response.Capability(var names) -> out.raw("* CAPABILITY").raw(words(names));
            case Response.ListMailbox list -> list(list);
            case Response.ListSubscribed(var attributes, var separator, var mailbox) ->
                out.raw("* LSUB ").list(attributes).raw(' ').separator(separator).raw(' ').mailbox(mailbox);
            case Response.MailboxStatus status -> mailboxStatus(status);
            case Response.AccessList(var mailbox, var rights) -> {
                out.raw("* ACL ").mailbox(mailbox);
                rights.forEach((identifier, letters) -> out.raw(' ').astring(utf8(identifier)).raw(' ')
                        .astring(utf8(letters)));
            }
            case Response.ListRights(var mailbox, var identifier, var required, var optional) -> {
                out.raw("* LISTRIGHTS ").mailbox(mailbox).raw(' ').astring(utf8(identifier)).raw(' ')
                        .astring(utf8(required));
                optional.forEach(letters -> out.raw(' ').astring(utf8(letters)));
            }
            case Response.MyRights(var mailbox, var rights) ->
                out.raw("* MYRIGHTS ").mailbox(mailbox).raw(' ').astring(utf8(rights));
            case Response.Quota quota -> quota(quota);
            case Response.QuotaRoot(var mailbox, var roots) -> {
                out.raw("* QUOTAROOT ").mailbox(mailbox);
                roots.forEach(root -> out.raw(' ').astring(root.getBytes(StandardCharsets.UTF_8)));
            }
            case Response.Metadata metadata -> metadata(metadata);
            case Response.MetadataChange change -> metadataChange(change);
            case Response.Enabled(var names) -> out.raw("* ENABLED").raw(words(names));
            case Response.Search(var modSeq, var numbers) -> numbers("* SEARCH", modSeq, numbers);
            case Response.Sort(var modSeq, var numbers) -> numbers("* SORT", modSeq, numbers);
            case Response.Thread(var forest, var numbers) -> threads(forest, numbers);
            case Response.ExtendedSearch search -> extendedSearch(search);
            case Response.Vanished(var earlier, var uids) ->
                out.raw(earlier ? "* VANISHED (EARLIER) " : "* VANISHED ").raw(uids.toString());
            case Response.Flags(var flags) -> out.raw("* FLAGS ").list(flags);
            case Response.Exists(var messages) -> out.raw("* ").number(messages).raw(" EXISTS");
            case Response.Recent(var messages) -> out.raw("* ").number(messages).raw(" RECENT");
            case Response.Expunge(var number) -> out.raw("* ").number(number).raw(" EXPUNGE");
            case Response.Fetch fetch -> fetch(fetch);
            case Response.Namespaces(var personal, var otherUsers, var shared) -> {
                out.raw("* NAMESPACE");
                namespaces(personal);
                namespaces(otherUsers);
                namespaces(shared);
            }
            case Response.Id id -> id(id);
            case Response.Continuation(var text) -> out.raw("+ ").text(text);
            case Response.Challenge(var octets) -> out.raw("+ ").raw(Base64.getEncoder().encodeToString(octets));
        }
        out.raw("\r\n").flush();
    }

    // resp-cond-state = ("OK" / "NO" / "BAD") SP resp-text
    private void status(Response.Status status) {
        out.raw(status.tag() == null ? "*" : status.tag()).raw(' ').raw(status.condition().name()).raw(' ');
        if (status.code() != null) {
            out.raw('[');
            code(status.code());
            out.raw("] ");
        }
        out.text(status.text());
    }

    // resp-text-code = "ALERT" / "BADCHARSET" [SP "(" astring *(SP astring) ")" ] / capability-data / …
    private void code(ResponseCode code) {
        switch (code) {
            case ResponseCode.Simple simple -> out.raw(simple.wireName());
            case ResponseCode.BadCharset(var charsets) -> {
                out.raw("BADCHARSET");
                if (!charsets.isEmpty()) {
                    out.raw(' ').list(charsets);
                }
            }
            case ResponseCode.BadEvent(var events) -> out.raw("BADEVENT ").list(events);
            case ResponseCode.BadUrl(var url) -> out.raw("BADURL \"").raw(urlText(url)).raw('"');
            case ResponseCode.InProgress(var tag, var done, var goal) -> out.raw("INPROGRESS (").nstring(tag).raw(' ')
                    .number(done).raw(' ').number(goal).raw(')');
            case ResponseCode.Capability(var names) -> out.raw("CAPABILITY").raw(words(names));
            case ResponseCode.PermanentFlags(var flags) -> out.raw("PERMANENTFLAGS ").list(flags);
            case ResponseCode.UidNext(var uid) -> out.raw("UIDNEXT ").number(uid);
            case ResponseCode.UidValidity(var validity) -> out.raw("UIDVALIDITY ").number(validity);
            case ResponseCode.Unseen(var number) -> out.raw("UNSEEN ").number(number);
            case ResponseCode.HighestModSeq(var modSeq) -> out.raw("HIGHESTMODSEQ ").number(modSeq);
            case ResponseCode.Modified(var set) -> out.raw("MODIFIED ").raw(set.toString());
            case ResponseCode.MailboxId(var folderId) -> {
                out.raw("MAILBOXID ");
                mailboxId(folderId);
            }
            case ResponseCode.MetadataLongEntries(var octets) -> out.raw("METADATA LONGENTRIES ").number(octets);
            case ResponseCode.MetadataMaxSize(var octets) -> out.raw("METADATA MAXSIZE ").number(octets);
            case ResponseCode.MetadataTooMany many -> out.raw("METADATA TOOMANY");
            case ResponseCode.AppendUid(var validity, var uids) ->
                out.raw("APPENDUID ").number(validity).raw(' ').raw(SequenceSet.print(uids));
            case ResponseCode.CopyUid(var validity, var from, var to) -> out.raw("COPYUID ").number(validity).raw(' ')
                    .raw(SequenceSet.print(from)).raw(' ').raw(SequenceSet.print(to));
        }
    }

    // url-resp-text = 1*(%x01-09 / %x0B-0C / %x0E-5B / %x5D-FE)
    /** In quotes, as in the RFC's example; what cannot stand there, nor in any URL, is written as a URL writes it. */
    private static String urlText(String url) {
        var text = new StringBuilder();
        for (var c : url.toCharArray()) {
            if (c > ' ' && c < 0x7F && "\"\\]".indexOf(c) < 0) {
                text.append(c);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return text.toString();
    }

    // mailbox-data =/ "SEARCH" [1*(SP nz-number) SP search-sort-mod-seq]
    private void numbers(String name, OptionalLong modSeq, long[] numbers) {
        out.raw(name);
        for (var number : numbers) {
            out.raw(' ').number(number);
        }
        if (modSeq.isPresent()) {
            out.raw(" (MODSEQ ").number(modSeq.getAsLong()).raw(')');
        }
    }

    // thread-list = "(" (thread-members / thread-nested) ")"; thread-members = nz-number *(SP nz-number) [SP …]
    private void threads(ThreadForest forest, long[] numbers) {
        var messages = forest.messages();
        var parents = forest.parents();
        var children = new int[parents.length];
        for (var parent : parents) {
            if (parent != ThreadForest.ROOT) {
                children[parent]++;
            }
        }
        out.raw("* THREAD").raw(messages.length == 0 ? "" : " ");
        for (var node = 0; node < messages.length; node++) {
            var parent = parents[node];
            // Behind a number; its brothers and sisters stand behind a parenthesis.
            if (parent != ThreadForest.ROOT && parent == node - 1 && messages[parent] != ThreadForest.DUMMY) {
                out.raw(' ');
            }
            if (isNested(node, parents, children)) {
                out.raw('(');
            }
            if (messages[node] != ThreadForest.DUMMY) {
                out.number(numbers[messages[node]]);
            }
            var next = node + 1 < messages.length ? parents[node + 1] : ThreadForest.ROOT;
            for (var over = node; over != next; over = parents[over]) {
                if (isNested(over, parents, children)) {
                    out.raw(')');
                }
            }
        }
    }

    /** True for the first of a thread, and for one of several at a level. */
    private static boolean isNested(int node, int[] parents, int[] children) {
        return parents[node] == ThreadForest.ROOT || children[parents[node]] > 1;
    }

    // esearch-response = "ESEARCH" [search-correlator] [SP "UID"] *(SP search-return-data)
    private void extendedSearch(Response.ExtendedSearch search) {
        out.raw("* ESEARCH (TAG ").string(search.tag()).raw(search.uid() ? ") UID" : ")");
        number(" MIN ", search.min());
        number(" MAX ", search.max());
        if (search.all() != null) {
            out.raw(" ALL ").raw(search.all().toString());
        }
        if (search.partial() != null) {
            var found = search.partial().found();
            out.raw(" PARTIAL (").raw(search.partial().range().toString()).raw(' ')
                    .raw(found == null ? "NIL" : found.toString()).raw(')');
        }
        number(" COUNT ", search.count());
        number(" MODSEQ ", search.modSeq());
    }

    private void number(String name, OptionalLong number) {
        if (number.isPresent()) {
            out.raw(name).number(number.getAsLong());
        }
    }

    // "LIST" SP "(" [mbx-list-flags] ")" SP (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox [SP mbox-list-extended]
    private void list(Response.ListMailbox list) {
        out.raw("* LIST ").list(list.attributes()).raw(' ').separator(list.separator()).raw(' ')
                .mailbox(list.mailbox());
        if (list.childInfo().isEmpty() && list.oldName() == null) {
            return;
        }
        // mbox-list-extended = "(" [mbox-list-extended-item *(SP mbox-list-extended-item)] ")"
        out.raw(" (");
        var before = "\"CHILDINFO\" (";
        for (var option : list.childInfo()) {
            out.raw(before).string(option);
            before = " ";
        }
        out.raw(list.childInfo().isEmpty() ? "" : list.oldName() == null ? ")" : ") ");
        if (list.oldName() != null) {
            out.raw("\"OLDNAME\" (").mailbox(list.oldName()).raw(')');
        }
        out.raw(')');
    }

    // "STATUS" SP mailbox SP "(" [status-att-list] ")"
    private void mailboxStatus(Response.MailboxStatus status) {
        out.raw("* STATUS ").mailbox(status.mailbox()).raw(" (");
        var before = "";
        for (var value : status.values().entrySet()) {
            out.raw(before).raw(value.getKey().wireName()).raw(' ');
            statusValue(value.getKey(), value.getValue());
            before = " ";
        }
        out.raw(')');
    }

    // metadata-resp = "METADATA" SP mailbox SP entry-values
    private void metadata(Response.Metadata metadata) {
        out.raw("* METADATA ").mailbox(metadata.mailbox());
        var before = " (";
        for (var entry : metadata.values().entrySet()) {
            out.raw(before).astring(entry.getKey().getBytes(StandardCharsets.ISO_8859_1)).raw(' ');
            var value = entry.getValue().orElse(null);
            if (value != null && value.indexOf(0) >= 0) {
                out.raw('~').literal(value.getBytes(StandardCharsets.ISO_8859_1));
            } else {
                out.nstring(value);
            }
            before = " ";
        }
        out.raw(')');
    }

    // metadata-resp = "METADATA" SP mailbox SP entry-list; entry-list = entry *(SP entry)
    private void metadataChange(Response.MetadataChange change) {
        out.raw("* METADATA ").mailbox(change.mailbox());
        for (var entry : change.entries()) {
            out.raw(' ').astring(entry.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // quota-response = "QUOTA" SP quota-root-name SP quota-list
    private void quota(Response.Quota quota) {
        out.raw("* QUOTA ").astring(quota.root().getBytes(StandardCharsets.UTF_8)).raw(" (");
        var before = "";
        for (var resource : quota.resources()) {
            out.raw(before).raw(resource.name()).raw(' ').number(resource.usage()).raw(' ').number(resource.limit());
            before = " ";
        }
        out.raw(')');
    }

    private void statusValue(StatusItem item, long value) {
        switch (item) {
            case MAILBOXID -> mailboxId(value);
            case MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN, SIZE, DELETED, DELETED_STORAGE, HIGHESTMODSEQ, APPENDLIMIT ->
                out.number(value);
        }
    }

    // "(" objectid ")", where objectid = 1*255(ALPHA / DIGIT / "_" / "-")
    private void mailboxId(long folderId) {
        out.raw("(F").number(folderId).raw(')');
    }

    // message-data = nz-number SP "FETCH" SP msg-att
    private void fetch(Response.Fetch fetch) {
        out.raw("* ").number(fetch.number()).raw(" FETCH (");
        var before = "";
        for (var item : fetch.items()) {
            out.raw(before);
            item(item);
            before = " ";
        }
        out.raw(')');
    }

    // msg-att-dynamic / msg-att-static
    private void item(FetchItem item) {
        switch (item) {
            case FetchItem.Flags(var flags) -> out.raw("FLAGS ").list(flags);
            case FetchItem.Uid(var uid) -> out.raw("UID ").number(uid);
            case FetchItem.ModSeq(var modSeq) -> out.raw("MODSEQ (").number(modSeq).raw(')');
            case FetchItem.InternalDate(var date) ->
                out.raw("INTERNALDATE \"").raw(DateSyntax.print(date)).raw('"');
            case FetchItem.SaveDate(var date) -> out.raw("SAVEDATE \"").raw(DateSyntax.print(date)).raw('"');
            case FetchItem.EmailId(var id) -> out.raw("EMAILID (").raw(id).raw(')');
            case FetchItem.NoThreadId none -> out.raw("THREADID NIL");
            case FetchItem.Size(var octets) -> out.raw("RFC822.SIZE ").number(octets);
            case FetchItem.Made(var octets) -> out.bytes(octets);
            case FetchItem.EnvelopeData(var envelope) -> {
                out.raw("ENVELOPE ");
                mime.envelope(envelope);
            }
            case FetchItem.Structure(var structure, var extensible) -> {
                out.raw(extensible ? "BODYSTRUCTURE " : "BODY ");
                mime.body(structure, extensible);
            }
            case FetchItem.Preview(var text) -> out.raw("PREVIEW ").string(text.getBytes(StandardCharsets.UTF_8));
            case FetchItem.BinarySize(var section, var octets) -> {
                out.raw("BINARY.SIZE[");
                section(section);
                out.raw("] ").number(octets);
            }
            case FetchItem.Octets octets -> {
                attribute(octets.attribute());
                out.raw(' ');
                octets(octets);
            }
        }
    }

    // "BODY" section ["<" number ">"]
    private void attribute(FetchAttribute attribute) {
        switch (attribute) {
            case FetchAttribute.Simple simple -> out.raw(simple.wireName());
            case FetchAttribute.BodySection(var section, var peek, var partial) -> section("BODY[", section, partial);
            case FetchAttribute.Binary(var section, var peek, var partial) -> section("BINARY[", section, partial);
            case FetchAttribute.BinarySize size -> throw new IllegalArgumentException(size + " has no octets");
            case FetchAttribute.Preview preview -> throw new IllegalArgumentException(preview + " has no octets");
        }
    }

    private void section(String name, Section section, FetchAttribute.Partial partial) {
        out.raw(name);
        section(section);
        out.raw(']');
        if (partial != null) {
            out.raw('<').number(partial.offset()).raw('>');
        }
    }

    // section-spec = section-msgtext / (section-part ["." section-text])
    private void section(Section section) {
        var before = "";
        for (var number : section.part()) {
            out.raw(before).number(number);
            before = ".";
        }
        if (section.text() != Section.Text.ALL) {
            out.raw(before).raw(section.text().name().replace('_', '.'));
        }
        if (!section.fields().isEmpty()) {
            before = " (";
            for (var field : section.fields()) {
                out.raw(before).astring(field.getBytes(StandardCharsets.ISO_8859_1));
                before = " ";
            }
            out.raw(')');
        }
    }

    private void octets(FetchItem.Octets octets) {
        switch (octets.excerpt()) {
            case null -> out.raw("NIL");
            // literal8 = "~{" number "}" CRLF *OCTET: the one that may hold NUL (RFC 3516 section 7)
            case Excerpt.Picked(var picked) when octets.attribute() instanceof FetchAttribute.Binary && hasNul(picked) ->
                out.raw('~').literal(picked);
            case Excerpt.Slice(var range) when octets.attribute() instanceof FetchAttribute.Binary
                    && octets.content().hasNul() ->
                out.raw('~').literal(octets.content(), range.offset(), range.length());
            case Excerpt.Slice(var range) -> out.literal(octets.content(), range.offset(), range.length());
            case Excerpt.Picked(var picked) -> out.literal(picked);
        }
    }

    private static boolean hasNul(byte[] octets) {
        for (var octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    // Namespace = nil / "(" 1*( "(" string SP (<"> QUOTED_CHAR <"> / nil) … ")" ) ")"
    private void namespaces(List<Response.Namespace> namespaces) {
        if (namespaces.isEmpty()) {
            out.raw(" NIL");
            return;
        }
        out.raw(" (");
        for (var namespace : namespaces) {
            out.raw('(').mailboxString(namespace.prefix()).raw(' ').separator(namespace.separator()).raw(')');
        }
        out.raw(')');
    }

    // id_response = "ID" SP ("(" *(string SP nstring) ")" / nil)
    private void id(Response.Id id) {
        if (id.fields().isEmpty()) {
            out.raw("* ID NIL");
            return;
        }
        out.raw("* ID");
        var before = " (";
        for (var field : id.fields()) {
            out.raw(before).string(field.name().getBytes(StandardCharsets.UTF_8)).raw(' ');
            if (field.value() == null) {
                out.raw("NIL");
            } else {
                out.string(field.value().getBytes(StandardCharsets.UTF_8));
            }
            before = " ";
        }
        out.raw(')');
    }

    private static String words(List<String> words) {
        return words.isEmpty() ? "" : " " + String.join(" ", words);
    }
}
