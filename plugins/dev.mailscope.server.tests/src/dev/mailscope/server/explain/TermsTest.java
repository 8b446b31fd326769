package dev.mailscope.server.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.ListOptions;
import dev.mailscope.server.imap.command.MailboxFilter;
import dev.mailscope.server.imap.command.NotifyEvent;
import dev.mailscope.server.imap.command.SearchResult;
import dev.mailscope.server.imap.command.SortCriterion;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.imap.command.ThreadAlgorithm;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.pop3.Pop3Verb;
import dev.mailscope.server.sasl.SaslMechanism;

/** Nothing that the servers can read or say is without a word about it. */
class TermsTest {
    @Test
    void eachCommandsArgumentsAreKnown() {
        var known = ImapCommandScanner.commands();
        assertEquals(List.of(), Arrays.stream(ImapVerb.values()).map(ImapVerb::wireName).filter(name ->
                !known.contains(name) && !(name.startsWith("UID ") && known.contains(name.substring(4)))).toList());
        assertEquals(List.of(), Stream.concat(Arrays.stream(ImapVerb.values())
                .filter(verb -> verb.explanation().isBlank()
                || !verb.reference().startsWith("RFC ")), Arrays.stream(Pop3Verb.values()).filter(verb ->
                verb.explanation().isBlank() || !verb.section().startsWith("RFC "))).toList());
    }

    @Test
    void eachWordTheServerReadsIsThere() {
        allThere("status", Arrays.stream(StatusItem.values()).map(StatusItem::wireName));
        allThere("item", Arrays.stream(FetchAttribute.Simple.values()).map(FetchAttribute.Simple::wireName));
        allThere("item", FetchAttribute.MACROS.keySet().stream());
        allThere("item", Stream.of("BODY.PEEK", "BINARY", "BINARY.PEEK", "BINARY.SIZE", "PREVIEW"));
        allThere("attribute", Arrays.stream(SpecialUse.values()).map(SpecialUse::wireName));
        allThere("list", Arrays.stream(ListOptions.Selection.values()).map(ListOptions.Selection::wireName));
        allThere("list", Arrays.stream(ListOptions.Result.values()).map(ListOptions.Result::wireName));
        allThere("notify", Arrays.stream(NotifyEvent.Named.values()).map(NotifyEvent::wireName));
        allThere("notify", Arrays.stream(MailboxFilter.Simple.values()).map(MailboxFilter.Simple::wireName));
        allThere("search", Arrays.stream(SearchResult.Option.values()).map(Enum::name));
        allThere("sort", Arrays.stream(SortCriterion.Key.values()).map(Enum::name));
        allThere("thread", Arrays.stream(ThreadAlgorithm.values()).map(Enum::name));
        allThere("quota", Arrays.stream(QuotaResource.values()).map(Enum::name));
        allThere("mechanism", Arrays.stream(SaslMechanism.values()).map(SaslMechanism::wireName));
        Arrays.stream(SaslMechanism.values()).forEach(mechanism -> assertTrue(
                Terms.POP3.find("mechanism", mechanism.wireName()).isPresent(), mechanism::wireName));
        allThere("flag", Stream.of("\\Seen", "\\Answered", "\\Flagged", "\\Deleted", "\\Draft", "\\Recent", "\\*"));
    }

    @Test
    void eachResponseAndEachCodeIsThere() {
        allThere("condition", Arrays.stream(Response.Condition.values()).map(Enum::name));
        allThere("untagged", Arrays.stream(Response.Condition.values()).map(Enum::name));
        allThere("code", Arrays.stream(ResponseCode.Simple.values()).map(ResponseCode.Simple::wireName));
        // Each other code by its class: METADATA has several.
        allThere("code", Arrays.stream(ResponseCode.class.getPermittedSubclasses()).filter(Class::isRecord)
                .map(Class::getSimpleName).map(name -> name.startsWith("Metadata") ? "METADATA" : name));
        allThere("response", ImapResponseScanner.responses().stream());
        // Named by what they hold, apart from the ones that are no data or are named otherwise.
        var named = Map.of("ListMailbox", "LIST", "ListSubscribed", "LSUB", "MailboxStatus", "STATUS", "ExtendedSearch",
                "ESEARCH", "MetadataChange", "METADATA", "AccessList", "ACL", "Namespaces", "NAMESPACE");
        var others = List.of("Status", "QuotaResource", "Partial", "Namespace", "Continuation", "Challenge");
        allThere("response", Arrays.stream(Response.class.getPermittedSubclasses()).map(Class::getSimpleName)
                .filter(name -> !others.contains(name)).map(name -> named.getOrDefault(name, name)));
    }

    @Test
    void eachEntryIsWhole() {
        for (var terms : List.of(Terms.IMAP, Terms.POP3)) {
            var all = Stream.of("part", "condition", "untagged", "status", "response", "code", "capability", "flag",
                    "attribute", "item",
                    "section", "store", "modifier", "key", "search", "list", "parameter", "sort", "thread", "notify",
                    "metadata", "quota", "mechanism", "id", "right").map(terms::all).map(Map::values)
                    .flatMap(Collection::stream).toList();
            assertTrue(all.size() > 50);
            assertEquals(List.of(), all.stream().filter(term -> !term.reference().matches(
                    "RFC \\d+( (section|appendix) [\\dA-Z.]+)?") || !term.text().endsWith(".")).toList());
        }
    }

    private static void allThere(String kind, Stream<String> names) {
        assertEquals(List.of(), names.filter(name -> Terms.IMAP.find(kind, name).isEmpty()).toList(), kind);
    }
}
