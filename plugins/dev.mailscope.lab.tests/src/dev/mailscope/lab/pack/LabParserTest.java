package dev.mailscope.lab.pack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabParserTest {
    private static final String WHOLE = """
            # Who has the mail?

            Two devices, *one* mailbox.

            ```setup
            account alice secret
            folder alice Work/2026
            mail alice INBOX \\Seen $Label
              Subject: Meeting

              At ten.
            device Laptop pop3 delete alice
            device Phone pop3 keep alice leave 7 delete-there
            device "My Tablet" imap qresync alice idle
            ```

            ## Ask for everything

            Press *Synchronise*.

            ```sh
            curl pop3://localhost
            ```

            ```do
            mail alice INBOX
              Subject: Dinner
            device Phone offline
            ```

            ```predict number
            How many mails will the laptop have?
            = count(number > step && command == 'RETR' && status == '+OK')
            > All of them.
            ```

            ```predict
            What happens at QUIT?
            - They are deleted: messages('alice', 'INBOX') == 0
            - They stay: messages('alice', 'INBOX') > 0
            ```

            ```check
            The INBOX is empty: messages('alice', 'INBOX') == 0
            There was an Update: exists(phase == 'Update')
            ```

            ```hint
            Look at the *Laptop*.
            ```

            ## Questions

            ```quiz single
            Where is it now?
            - [ ] On the server
            - [x] On the laptop
            > POP3 has brought it **there**.
            ```

            ```quiz multiple
            What is shared?
            - [ ] Flags
            - [ ] Folders
            ```

            ```quiz text
            Which command?
            = UIDL
            = uidl n
            ```

            ```quiz number
            Which port?
            = 110
            ```

            ```quiz order
            The phases:
            1. Connect
            2. Authorization
            ```
            """;

    @Test
    void aWholeLabIsRead() {
        var parsed = LabParser.parse(WHOLE, null);
        assertEquals(List.of(), parsed.problems());
        var lab = parsed.lab();
        assertEquals("Who has the mail?", lab.title());
        assertEquals("Two devices, *one* mailbox.", lab.intro());
        assertEquals(9, lab.points());
        var mail = assertInstanceOf(SetupCommand.Mail.class, lab.setup().get(2));
        assertEquals("Subject: Meeting\r\n\r\nAt ten.\r\n", new String(mail.message(), StandardCharsets.UTF_8));
        assertEquals(Set.of("\\Seen", "$Label"), Set.copyOf(mail.flags().names()));
        var phone = assertInstanceOf(SetupCommand.Pop3.class, lab.setup().get(4));
        assertEquals(Duration.ofDays(7), phone.settings().leave().orElseThrow());
        assertTrue(phone.settings().deleteWhenDeleted());
        var tablet = assertInstanceOf(SetupCommand.Imap.class, lab.setup().get(5));
        assertEquals("My Tablet", tablet.device());
        assertTrue(tablet.settings().idle());
        var step = lab.steps().getFirst();
        assertEquals(17, step.line());
        assertEquals("Press *Synchronise*.\n\n```sh\ncurl pop3://localhost\n```",
                step.blocks(Block.Text.class).getFirst().markdown());
        assertEquals(2, step.blocks(Block.Doing.class).getFirst().commands().size());
        assertEquals(List.of("The INBOX is empty", "There was an Update"),
                step.blocks(Block.Check.class).stream().map(Block.Check::says).toList());
        assertEquals("Look at the *Laptop*.", step.blocks(Block.Hint.class).getFirst().markdown());
        var predicted = step.blocks(Block.Prediction.class);
        assertEquals("count(number >   12 && command == 'RETR' && status == '+OK')",
                bound(((Block.Amount) predicted.get(0).outcome()).number()));
        assertEquals(List.of("They are deleted", "They stay"), ((Block.OneOf) predicted.get(1).outcome()).choices());
        var questions = lab.steps().get(1).blocks(Block.Question.class);
        assertEquals(new Block.Choice(List.of("On the server", "On the laptop"), Set.of(1), false),
                questions.get(0).answer());
        assertEquals("POP3 has brought it **there**.", questions.get(0).because());
        assertEquals(new Block.Choice(List.of("Flags", "Folders"), Set.of(), true), questions.get(1).answer());
        assertEquals(new Block.FreeText(List.of("UIDL", "uidl n")), questions.get(2).answer());
        assertEquals(new Block.WholeNumber(110), questions.get(3).answer());
        assertEquals(new Block.Order(List.of("Connect", "Authorization")), questions.get(4).answer());
    }

    private static String bound(Condition.Number number) {
        return number.is(3).inStepAfter(12).text().replaceAll("^\\(|\\) == 3$", "").replaceAll("12 +", "  12 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "account alice| line 4: a password is missing",
        "account alice a b| line 4: \"b\" is too much here",
        "acount alice x| line 4: \"acount\" is no command; the commands are account, folder, mail and device",
        "folder bob Work| line 4: there is no account bob yet: account bob PASSWORD makes it",
        "`  Subject: x`| line 4: this is indented, and there is no mail it belongs to",
        "mail a INBOX \\Sen x.eml| line 4: this lab is in no folder, so that it cannot bring x.eml",
        "mail a INBOX| line 4: there is no message: name an .eml file, or write it in the lines below, each begun with"
                + " two spaces",
        "mail a INBOX ../x.eml| line 4: this lab is in no folder, so that it cannot bring ../x.eml",
        "mail a \"INBOX| line 4: a quotation mark is not closed",
        "device P pop4 x| line 4: \"pop4\" is no protocol, and nothing that a device does; it is pop3 or imap, or it is"
                + " told to synchronise, or to be online or offline",
        "device P pop3 delete a leave 3| line 4: a POP3 device that downloads to delete has no options",
        "device P pop3 keep a leave x| line 4: \"x\" is not a number of days up to 3650",
        "device P imap fast a| line 4: \"fast\" is no way to find what is new; they are full, condstore and qresync",
        "device P synchronise| line 4: there is no device P yet"})
    void whatIsWrongInASetupIsSaidWithItsLine(String line, String expected) {
        var problems = LabParser.parse("# T\n\n```setup\n" + line + "\n```\n\n## S\n", null)
                .problems();
        assertTrue(problems.stream().map(Problem::toString).toList().contains(expected), problems::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "check|It is so: mesages('a', 'INBOX') == 0| line 6, column 11",
        "check|It is so| line 6: write what it is, a colon, and a condition",
        "check|| line 5: there is nothing to be checked",
        "quiz single|Where?;- [x] a| line 5: there are not two choices",
        "quiz single|Where?;- [x] a;- [x] b| line 5: of a single choice exactly one is right, and here are 2",
        "quiz single|Where?;- a;- b| line 7: a choice is written - [x] where it is right",
        "quiz single|- [x] a;- [ ] b| line 5: there is no question before the answers",
        "quiz riddle|Where?;= a| line 5: \"quiz riddle\" is no kind of question",
        "quiz number|How many?;= many| line 7: this is no whole number",
        "quiz text|Which?| line 5: there is no answer",
        "quiz order|How?;1. a| line 5: there are not two different things",
        "predict|What?;- a: number > 0;- b: numbr > 0| line 8, column 6",
        "predict number|How many?;= messages('alice') | line 7, column"})
    void whatIsWrongInABlockIsSaidWithItsLine(String kind, String inside, String expected) {
        var text = "# T\n\n## S\n\n```" + kind + "\n" + (inside == null ? "" : inside.replace(';', '\n')) + "\n```\n";
        var problems = LabParser.parse(text, null).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().toString().startsWith(expected), problems::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "x| line 1: a lab begins with its title",
        "# T| line 1: there is no step",
        "# T;;## S;;<script>alert(1)</script>| line 5: HTML is not taken",
        "# T;;## S;;a <b>word</b>| line 5: HTML is not taken",
        "# T;;## S;;[x](javascript:alert(1))| line 5: a link leads to a page (https:)",
        "# T;;## S;;![x](http://elsewhere/x.png)| line 5: the picture http://elsewhere/x.png is not in the lab's"
                + " folder",
        "# T;;```check;a: true;```;;## S| line 3: this belongs into a step",
        "# T;;## S;;```setup;account a b;```| line 5: what is set up stands before the first step"})
    void whatDoesNotBelongIntoALabIsRefused(String text, String expected) {
        var parsed = LabParser.parse(text.replace(';', '\n'), null);
        assertNull(parsed.lab());
        assertTrue(parsed.problems().stream().anyMatch(problem -> problem.toString().startsWith(expected)),
                () -> parsed.problems().toString());
    }

    @Test
    void filesAreTakenFromTheLabsFolderOnly(@TempDir Path folder) throws IOException {
        var inside = Files.createDirectory(folder.resolve("lab"));
        Files.writeString(folder.resolve("secret.eml"), "Subject: secret\n");
        Files.writeString(inside.resolve("mail.eml"), "Subject: mine\r\n\r\n");
        Files.writeString(inside.resolve("p.png"), "");
        Files.createSymbolicLink(inside.resolve("link.eml"), folder.resolve("secret.eml"));
        var start = "# T\n![p](p.png)\n```setup\naccount a b\nmail a INBOX ";
        var end = "\n```\n## S\n";
        assertEquals(List.of(), LabParser.parse(start + "mail.eml" + end, inside).problems());
        for (var name : List.of("../secret.eml", "link.eml", "/etc/passwd.eml", "none.eml")) {
            var problems = LabParser.parse(start + name + end, inside).problems();
            assertEquals(1, problems.size(), problems::toString);
            assertEquals(5, problems.getFirst().line());
        }
        assertEquals(1, LabParser.parse("# T\n![p](../lab2/p.png)\n## S\n", inside).problems().size());
        Files.writeString(inside.resolve("lab.md"), WHOLE);
        assertEquals(9, LabParser.read(inside).lab().points());
        Files.write(inside.resolve("lab.md"), new byte[] {'#', ' ', (byte) 0xFF});
        assertEquals("line 1: this is not text in UTF-8", LabParser.read(inside).problems().getFirst().toString());
    }

    @Test
    void nothingIsTooOddToBeRefusedInWords() {
        var random = new Random(5);
        var lines = WHOLE.lines().toList();
        for (var round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (var line : lines) {
                switch (random.nextInt(12)) {
                    case 0 -> { }
                    case 1 -> text.append(line, 0, random.nextInt(line.length() + 1)).append('\n');
                    case 2 -> text.append(line).append(" ```").append('\n');
                    case 3 -> text.append(lines.get(random.nextInt(lines.size()))).append('\n');
                    default -> text.append(line).append('\n');
                }
            }
            var parsed = LabParser.parse(text.toString(), null);
            assertTrue(parsed.lab() == null != parsed.problems().isEmpty());
            var most = text.toString().lines().count();
            parsed.problems().forEach(problem ->
                    assertTrue(problem.line() >= 1 && problem.line() <= Math.max(1, most)));
        }
    }
}
