package dev.mailscope.server.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

class ProposalsTest {
    private final Known known = new Known();

    ProposalsTest() {
        known.add(List.of(Samples.STORE, new TraceEvent(8, 0, 3, "imap", 0, "Selected", "It's", "UID FETCH",
                new What.Received(Octets.NONE)), new TraceEvent(9, 0, 3, "imap", 0, "Selected", "It's", "SELECT",
                        new What.ViewOpened("alice", 1, "It's", false))));
    }

    private List<String> labels(String marked) {
        var caret = marked.indexOf('|');
        return Proposals.at(marked.replace("|", ""), caret, known).stream().map(Proposal::label).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "co|;command count(condition) contains(text, part)",
        "session == 2 && ph|;phase",
        "session == 2 && !ne|;never(condition)",
        "(fla|;flags flags(account, folder, uid)",
        "exists(fol|;folder folder(account, folder)",
        "protocol == |;'imap' 'pop3' 'smtp'",
        "protocol == 'p|;'pop3'",
        "protocol == p|;'pop3'",
        "protocol == \"p|;'pop3'",
        "kind == 're|;'received' 'rejected' 'response' 'released' 'replaced' 'remark'",
        "command == 'uid f|;'UID FETCH'",
        "session == |;2 3",
        "folder =^ |;'It\\'s' 'Work/2026'",
        "command =~ ['STORE', |;'SELECT' 'STORE' 'UID FETCH'",
        "command =~ ['STORE', 'se|;'SELECT'",
        "messages(|;'alice'",
        "messages('alice', 'w|;'Work/2026'",
        "told(|;2 3",
        "session(2).ph|;phase",
        "session(2).phase == |;'Selected'",
        "folder('alice', 'It\\'s').un|;unseen",
        "flags('alice', 'It\\'s', 3) == '\\\\S|;'\\\\Seen'",
        "protocol == 'imap' |;&& ||",
        "exists(true) |;&& ||",
        "(session == 2) |;&& ||",
        "session |;== != =~ < <= > >=",
        "session(2).told |;== != =~ < <= > >=",
        "session(2).open |;&& ||",
        "session(2) |;.",
        "phase |;== != =^ !^ =$ !$ =~ !~",
        "session == 2 |;&& ||",
        "command =~ ['a'] |;&& ||",
        "text == |;",
        "messages('alice', 'x', |;",
        "session.|;",
    })
    void whatMayComeNextIsOffered(String marked, String offered) {
        assertEquals(offered == null ? "" : offered, String.join(" ", labels(marked)), marked);
    }

    @Test
    void atTheStartEverythingIsOfferedWithItsExplanation() {
        var all = Proposals.at("", 0, known);
        assertEquals(Variable.values().length + Function.values().length + 1, all.size());
        assertTrue(all.stream().noneMatch(p -> p.explanation().isEmpty()));
    }

    @Test
    void whatIsTakenReplacesTheWordAndMakesAnExpression() {
        var text = "session == 2 && comm == 'x'";
        var proposal = Proposals.at(text, 18, known).getFirst();
        assertEquals("session == 2 && command == 'x'", proposal.applyTo(text));
        assertEquals(23, proposal.caret());
        var call = Proposals.at("exi", 3, known).getFirst();
        assertEquals("exists()", call.applyTo("exi"));
        assertEquals(7, call.caret());
        var folder = Proposals.at("folder == 'I", 12, known).getFirst();
        assertInstanceOf(Expression.Right.class, Expression.parse(folder.applyTo("folder == 'I")));
        var inside = Proposals.at("protocol == 'imap'", 14, known).getFirst();
        assertEquals("protocol == 'imap'", inside.applyTo("protocol == 'imap'"));
    }

    @Test
    void noCaretInAnyTextFails() {
        for (var text : List.of("session(2).phase == 'x' && !(flags =~ ['a', \"b\"] || -1 < size) && told(2) == 3",
                ")))",
                "((([[[", "..,,''\"", "a.b.c(d).e", "{ \\ `", "not not and or")) {
            for (var caret = 0; caret <= text.length(); caret++) {
                for (var proposal : Proposals.at(text, caret, known)) {
                    assertTrue(proposal.from() <= caret && caret <= proposal.to(), text + " at " + caret);
                    proposal.applyTo(text);
                }
            }
        }
    }
}
