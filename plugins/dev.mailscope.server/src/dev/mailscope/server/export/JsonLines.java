package dev.mailscope.server.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

import com.google.gson.stream.JsonWriter;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** One JSON object (RFC 8259) for each event, each on a line that ends with LF. docs/exports.md has the schema. */
final class JsonLines implements Exporter {
    @Override
    public void write(Reading events, OutputStream out) throws IOException {
        var lines = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        events.each(new Reading.Taker() {
            @Override
            public void take(TraceEvent event) throws IOException {
                line(lines, json -> {
                    event(json, event);
                    var note = events.note(event);
                    if (note.isPresent()) {
                        json.name("note").value(note.get().text()); // empty for a bookmark
                    }
                });
            }

            @Override
            public void missing(long from, long to) throws IOException {
                line(lines, json -> json.name("kind").value("missing").name("first").value(from).name("last").value(to));
            }
        });
        lines.flush();
    }

    private interface Members {
        void of(JsonWriter json) throws IOException;
    }

    private static void line(Writer lines, Members members) throws IOException {
        var json = new JsonWriter(lines); // holds no octets back; a document may have one value only
        object(json, members);
        lines.write('\n');
    }

    private static void object(JsonWriter json, Members members) throws IOException {
        json.beginObject();
        members.of(json);
        json.endObject();
    }

    static void event(JsonWriter json, TraceEvent event) throws IOException {
        columns(json, event);
        what(json, event.what());
    }

    /** The members that every event has. */
    static void columns(JsonWriter json, TraceEvent event) throws IOException {
        json.name("kind").value(event.what().kind());
        json.name("number").value(event.number());
        json.name("time").value(event.instant().toString());
        json.name("session").value(event.session());
        text(json, "protocol", event.protocol());
        if (event.cause() != 0) {
            json.name("cause").value(event.cause());
        }
        text(json, "phase", event.phase());
        text(json, "folder", event.folder());
        text(json, "command", event.command());
    }

    /** The members of its own that an event has. */
    static void what(JsonWriter json, What what) throws IOException {
        switch (what) {
            case What.Connected(var peer, var local) -> json.name("peer").value(peer).name("local").value(local);
            case What.Received(var octets) -> octets(json, octets);
            case What.Command(var tag) -> json.name("tag").value(tag);
            case What.Rejected(var tag, var problem, var offset) -> json.name("tag").value(tag).name("problem")
                    .value(problem).name("offset").value(offset);
            case What.PhaseChanged(var from, var to, var user) -> {
                json.name("from").value(from).name("to").value(to);
                if (!user.isEmpty()) {
                    json.name("user").value(user);
                }
            }
            case What.StateChanged(var version, var changes) -> {
                json.name("version").value(version).name("changes").beginArray();
                for (var change : changes) {
                    object(json, members -> change(members, change));
                }
                json.endArray();
            }
            case What.Response(var octets) -> octets(json, octets);
            case What.Sent(var octets, var first, var last) -> json.name("size").value(octets).name("first")
                    .value(first).name("last").value(last);
            case What.ViewOpened(var account, var folderId, var folder, var readOnly) -> json.name("account")
                    .value(account).name("folderId").value(folderId).name("opened").value(folder).name("readOnly")
                    .value(readOnly);
            case What.ViewClosed(var folder) -> json.name("left").value(folder);
            case What.Marked(var number, var uid, var deleted) -> json.name("message").value(number).name("uid")
                    .value(uid).name("deleted").value(deleted);
            case What.Told(var notices) -> {
                json.name("notices").beginArray();
                for (var notice : notices) {
                    object(json, members -> notice(members, notice));
                }
                json.endArray();
            }
            case What.TlsStarted(var protocol, var cipher, var subject) -> {
                json.name("version").value(protocol).name("cipher").value(cipher);
                text(json, "clientSubject", subject);
            }
            case What.CompressionStarted(var algorithm) -> json.name("algorithm").value(algorithm);
            case What.Delivery(var peer, var sender, var recipients) -> {
                json.name("peer").value(peer).name("sender").value(sender).name("recipients");
                texts(json, recipients);
            }
            case What.Device d -> {
                json.name("device").value(d.name()).name("speaks").value(d.protocol()).name("mode").value(d.mode())
                        .name("online").value(d.online()).name("peers");
                texts(json, d.peers());
                json.name("holds").beginObject();
                for (var folder : d.held().entrySet()) {
                    json.name(folder.getKey()).value(folder.getValue());
                }
                json.endObject();
            }
            case What.Held(var stop, var why) -> json.name("stop").value(stop).name("why").value(why);
            case What.Released(var stop, var decision) -> json.name("stop").value(stop).name("decision")
                    .value(decision);
            case What.Fault(var stop, var decision, var name) -> json.name("stop").value(stop).name("decision")
                    .value(decision).name("name").value(name);
            case What.Replaced(var octets, var toClient) -> {
                json.name("toClient").value(toClient);
                octets(json, octets);
            }
            case What.Closed(var reason) -> json.name("reason").value(reason);
            case What.Remark(var words) -> json.name("text").value(words);
        }
    }

    private static void change(JsonWriter json, Change change) throws IOException {
        json.name("change").value(name(change)).name("account").value(change.account());
        if (change instanceof Change.OfFolder folder) {
            json.name("folderId").value(folder.folderId()).name("folder").value(folder.folder());
        }
        switch (change) {
            case Change.AccountAdded c -> {
            }
            case Change.AccountRemoved c -> {
            }
            case Change.FolderCreated c -> json.name("uidValidity").value(c.uidValidity()).name("modSeq")
                    .value(c.modSeq());
            case Change.FolderDeleted c -> json.name("messages").value(c.messages());
            case Change.FolderRenamed c -> json.name("newName").value(c.newName());
            case Change.SelectableChanged c -> json.name("selectable").value(c.selectable());
            case Change.SpecialUseChanged c -> {
                json.name("uses");
                texts(json, c.uses().stream().map(SpecialUse::wireName).toList());
            }
            case Change.SubscriptionChanged c -> json.name("name").value(c.name()).name("subscribed")
                    .value(c.subscribed());
            case Change.QuotaChanged c -> PageState.quota(json, c.quota());
            case Change.AccessChanged c -> {
                json.name("identifier").value(c.identifier());
                if (c.rights().isPresent()) {
                    json.name("rights").value(c.rights().get().letters());
                }
            }
            case Change.AnnotationChanged c -> annotation(json, c.entry(), c.value());
            case Change.ServerAnnotationChanged c -> annotation(json, c.entry(), c.value());
            case Change.MessageAdded c -> message(json, c.message());
            case Change.MessageRemoved c -> {
                message(json, c.message());
                json.name("removedAt").value(c.modSeq());
            }
            case Change.FlagsChanged c -> {
                json.name("uid").value(c.uid()).name("modSeq").value(c.modSeq());
                flags(json, "was", c.was().flags());
                flags(json, "flags", c.flags());
            }
            case Change.RecentClaimed c -> json.name("recentFrom").value(c.recentFrom());
        }
    }

    private static String name(Change change) {
        return switch (change) {
            case Change.AccountAdded c -> "accountAdded";
            case Change.AccountRemoved c -> "accountRemoved";
            case Change.FolderCreated c -> "folderCreated";
            case Change.FolderDeleted c -> "folderDeleted";
            case Change.FolderRenamed c -> "folderRenamed";
            case Change.SelectableChanged c -> "selectableChanged";
            case Change.SpecialUseChanged c -> "specialUseChanged";
            case Change.SubscriptionChanged c -> "subscriptionChanged";
            case Change.QuotaChanged c -> "quotaChanged";
            case Change.AccessChanged c -> "accessChanged";
            case Change.AnnotationChanged c -> "annotationChanged";
            case Change.ServerAnnotationChanged c -> "serverAnnotationChanged";
            case Change.MessageAdded c -> "messageAdded";
            case Change.MessageRemoved c -> "messageRemoved";
            case Change.FlagsChanged c -> "flagsChanged";
            case Change.RecentClaimed c -> "recentClaimed";
        };
    }

    private static void annotation(JsonWriter json, String entry, Optional<String> value) throws IOException {
        json.name("entry").value(entry);
        if (value.isPresent()) {
            json.name("value").value(value.get());
        }
    }

    private static void message(JsonWriter json, Message message) throws IOException {
        json.name("uid").value(message.uid()).name("modSeq").value(message.modSeq());
        flags(json, "flags", message.flags());
        json.name("internalDate").value(message.internalDate().toString());
        json.name("saved").value(message.saved().toString());
        json.name("size").value(message.size()).name("content").value(message.content().id());
    }

    private static void notice(JsonWriter json, Notice notice) throws IOException {
        switch (notice) {
            case Notice.Expunged(var sequence, var uid) -> json.name("notice").value("expunged").name("sequence")
                    .value(sequence).name("uid").value(uid);
            case Notice.Arrived(var exists, var recent, var uids) -> {
                json.name("notice").value("arrived").name("exists").value(exists).name("recent").value(recent)
                        .name("uids").beginArray();
                for (var uid : uids) {
                    json.value(uid);
                }
                json.endArray();
            }
            case Notice.FlagsChanged(var sequence, var uid, var flags, var recent, var modSeq) -> {
                json.name("notice").value("flagsChanged").name("sequence").value(sequence).name("uid").value(uid)
                        .name("modSeq").value(modSeq).name("recent").value(recent);
                flags(json, "flags", flags);
            }
        }
    }

    private static void octets(JsonWriter json, Octets octets) throws IOException {
        var bytes = octets.toBytes();
        json.name("size").value(octets.size());
        if (octets.hasSecret()) {
            json.name("secret").value(true); // the mask stands in the text
        }
        var text = utf8(bytes);
        if (text == null) {
            json.name("base64").value(Base64.getEncoder().encodeToString(bytes));
        } else {
            json.name("text").value(text);
        }
    }

    /** The octets as text; null when they are not UTF-8. */
    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void flags(JsonWriter json, String name, Flags flags) throws IOException {
        json.name(name);
        texts(json, flags.names());
    }

    static void texts(JsonWriter json, Collection<String> texts) throws IOException {
        json.beginArray();
        for (var text : texts) {
            json.value(text);
        }
        json.endArray();
    }

    private static void text(JsonWriter json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.name(name).value(text);
        }
    }
}
