package dev.mailscope.server.export;

import java.io.IOException;
import java.util.Collection;
import java.util.function.LongPredicate;

import com.google.gson.stream.JsonWriter;

import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.SessionState;

/**
 * A moment as JSON: what an HTML page begins with, and the form in which its script says what it has computed. A
 * message that a session knows just as its folder holds it is its UID alone.
 */
final class PageState {
    private final JsonWriter json;
    private final HtmlPage.Messages messages;

    PageState(JsonWriter json, HtmlPage.Messages messages) {
        this.json = json;
        this.messages = messages;
    }

    /** Writes what the server held, and those of the sessions. */
    void write(Moment moment, LongPredicate sessions) throws IOException {
        json.beginObject();
        json.name("version").value(moment.server().version()).name("modSeq").value(moment.server().modSeq());
        json.name("accounts").beginArray();
        for (var account : moment.server().accounts().values()) {
            account(account);
        }
        json.endArray();
        json.name("sessions").beginArray();
        for (var session : moment.sessions().values()) {
            if (sessions.test(session.number())) {
                session(session, moment);
            }
        }
        json.endArray();
        json.endObject();
    }

    private void account(Account account) throws IOException {
        json.beginObject();
        json.name("name").value(account.name());
        json.name("quota").beginObject();
        quota(json, account.quota());
        json.endObject();
        json.name("subscriptions");
        JsonLines.texts(json, account.subscriptions());
        json.name("folders").beginArray();
        for (var folder : account.folders().values()) {
            folder(folder);
        }
        json.endArray();
        json.endObject();
    }

    /** The members of a quota. */
    static void quota(JsonWriter json, Quota quota) throws IOException {
        json.name("fixed").value(quota.fixed()).name("limits").beginObject();
        for (var limit : quota.limits().entrySet()) {
            json.name(limit.getKey().name()).value(limit.getValue());
        }
        json.endObject();
    }

    private void folder(Folder folder) throws IOException {
        json.beginObject();
        json.name("id").value(folder.id()).name("name").value(folder.name());
        json.name("uidValidity").value(folder.uidValidity()).name("uidNext").value(folder.uidNext());
        json.name("modSeq").value(folder.modSeq()).name("recentFrom").value(folder.recentFrom());
        json.name("selectable").value(folder.selectable()).name("uses");
        JsonLines.texts(json, folder.uses().stream().map(SpecialUse::wireName).toList());
        json.name("messages").beginArray();
        for (var message : folder.messages().values()) {
            message(message);
        }
        json.endArray();
        json.endObject();
    }

    private void message(Message message) throws IOException {
        messages.seen(message);
        json.beginObject();
        json.name("uid").value(message.uid()).name("modSeq").value(message.modSeq()).name("flags");
        JsonLines.texts(json, message.flags().names());
        json.name("internalDate").value(message.internalDate().toString());
        json.name("size").value(message.size()).name("content").value(message.content().id());
        json.endObject();
    }

    private void session(SessionState session, Moment moment) throws IOException {
        json.beginObject();
        json.name("number").value(session.number()).name("protocol").value(session.protocol());
        json.name("peer").value(session.peer()).name("local").value(session.local());
        json.name("phase").value(session.phase()).name("account").value(session.account());
        json.name("folderId").value(session.folderId()).name("folder").value(session.folder());
        json.name("readOnly").value(session.readOnly()).name("told");
        told(session.told().values(), moment.server().folder(session.account(), session.folderId()).orElse(null));
        json.name("marked").beginArray();
        for (var uid : session.marked()) {
            json.value(uid);
        }
        json.endArray();
        json.name("connected").value(session.connected());
        json.endObject();
    }

    private void told(Collection<Message> told, Folder folder) throws IOException {
        json.beginArray();
        for (var message : told) {
            if (folder != null && message.equals(folder.message(message.uid()))) {
                json.value(message.uid());
            } else {
                message(message);
            }
        }
        json.endArray();
    }
}
