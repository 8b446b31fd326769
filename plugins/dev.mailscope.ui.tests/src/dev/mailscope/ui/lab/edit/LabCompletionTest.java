package dev.mailscope.ui.lab.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.mailscope.lab.pack.LabParser;

class LabCompletionTest {
    private static final String SETUP = "# Lab\n\n```setup\naccount bob secret\nfolder bob Work\n"
            + "device Laptop imap full bob\n";

    /** What is offered where the bar is, put in. */
    private static List<String> at(String text) {
        var caret = text.indexOf('|');
        var bare = text.replace("|", "");
        return LabCompletion.at(bare, caret).stream().map(offer -> offer.text().strip()).toList();
    }

    private static String accepted(String text, String wanted) {
        var caret = text.indexOf('|');
        var bare = text.replace("|", "");
        var offer = LabCompletion.at(bare, caret).stream().filter(each -> each.text().strip().equals(wanted))
                .findFirst().orElseThrow();
        var whole = bare.substring(0, offer.from()) + offer.text() + bare.substring(offer.to());
        return whole.substring(0, offer.caret()) + "|" + whole.substring(offer.caret());
    }

    @Test
    void theWordsOfBlocksAreOffered() {
        assertEquals(List.of("predict", "predict number"), at("# Lab\n\n## Step\n\n```pr|"));
        assertTrue(at("# Lab\n\n## Step\n\n|").stream().allMatch(offer -> offer.startsWith("```")));
    }

    @Test
    void theCommandsOfASetUpAreOfferedWordByWord() {
        assertEquals(List.of("account", "folder", "mail", "device"), at(SETUP + "|"));
        assertEquals(List.of("bob"), at(SETUP + "mail b|"));
        assertEquals(List.of("INBOX", "Work"), at(SETUP + "mail bob |"));
        assertEquals(List.of("Laptop"), at(SETUP + "device |"));
        assertEquals(List.of("synchronise"), at(SETUP + "device Laptop s|"));
        assertEquals(List.of("full", "condstore", "qresync"), at(SETUP + "device Phone imap |"));
        assertEquals(List.of("bob"), at(SETUP + "device Phone imap full |"));
    }

    @Test
    void conditionsAreCompletedWithTheLabsOwnNames() {
        var step = SETUP + "```\n\n## Step\n\n```check\nIt is so: ";
        assertTrue(at(step + "mess|").contains("messages()"), at(step + "mess|").toString());
        assertEquals(step + "messages(|)", accepted(step + "mess|", "messages()"));
        assertTrue(at(step + "messages(|").contains("'bob'"), at(step + "messages(|").toString());
        assertTrue(at(step + "number > st|").contains("step"));
        assertEquals(List.of(), at(SETUP + "```\n\n## Step\n\n```check\nIt is|"));
    }

    @Test
    void aBlockThatIsPutInIsRight() {
        var offers = LabCompletion.at("# Lab\n\n## Step\n\n", 17);
        for (var offer : offers.stream().filter(each -> !each.label().equals("```setup")).toList()) {
            var whole = "# Lab\n\n```setup\naccount alice secret\n```\n\n## Step\n\n" + offer.text();
            assertEquals(List.of(), LabParser.parse(whole, null).problems(), offer.label());
        }
        assertEquals(11, offers.size());
    }
}
