package dev.mailscope.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.play.Labs;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.classroom.ClassList;
import dev.mailscope.server.classroom.Classroom;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Message;

/** Students' accounts that begin with what a lab sets up. */
@Timeout(60)
class LabAccountTest {
    @Test
    void eachStudentBeginsAsTheLabsAccountDoes() throws Exception {
        var lab = lab("""
                account ida secret
                folder ida Holidays
                folder ida Holidays/2026
                mail ida INBOX
                  Subject: One
                mail ida Holidays/2026 \\Seen $Plan
                  Subject: Two
                account pat other1
                device Phone imap full ida
                """);
        var ida = LabAccount.all(lab).getFirst();
        assertEquals(List.of("ida", "pat"), LabAccount.all(lab).stream().map(LabAccount::user).toList());
        assertEquals(List.of("pat"), ida.others());
        assertEquals(List.of("Phone"), ida.devices());
        assertFalse(ida.isFollowedByMore());
        var students = ClassList.parse("anna\nben", () -> "a-password").students();
        var classroom = new Classroom("127.0.0.2", students, ida.mail(), 0, 0);
        try (var server = MailServer.open(classroom.in(ServerConfig.sample().withPorts(0, 0)))) {
            for (var again : List.of(false, true)) {
                if (again) {
                    server.reset();
                }
                var accounts = server.trace().live().server().accounts();
                assertEquals(List.of("anna", "ben"), List.copyOf(accounts.keySet()));
                for (var account : accounts.values()) {
                    assertEquals("Holidays: \nHolidays/2026: Subject: Two $Plan \\Seen\nINBOX: Subject: One ",
                            told(account));
                    assertEquals(List.of("Holidays", "Holidays/2026", "INBOX"),
                            List.copyOf(account.subscriptions()), "mail programs show what is subscribed");
                }
            }
        }
    }

    @Test
    void whatDevicesDoToTheMailIsDone() throws Exception {
        var lab = lab("""
                account bob secret7
                mail bob INBOX
                  Subject: Downloaded
                device Laptop pop3 delete bob
                device Laptop synchronise
                mail bob INBOX
                  Subject: Later
                """);
        assertEquals("INBOX: Subject: Later ", told(LabAccount.all(lab).getFirst().mail().account()));
    }

    @Test
    void aSetUpThatCannotBeCarriedOutIsNamed() {
        var lab = lab("account bob secret7\nmail bob Nowhere\n  Subject: Lost\n");
        var why = assertThrows(IOException.class, () -> LabAccount.all(lab).getFirst().mail()).getMessage();
        assertTrue(why.startsWith("Line 5 of the lab cannot be done: "), why);
    }

    @Test
    void everyShippedLabHasAnAccount() throws Exception {
        try (var labs = Files.list(Labs.FOLDER)) {
            for (var folder : labs.toList()) {
                var accounts = LabAccount.all(LabParser.read(folder).lab());
                assertFalse(accounts.isEmpty(), folder.toString());
                for (var account : accounts) {
                    assertTrue(account.mail().account().folders().values().stream()
                            .anyMatch(each -> !each.messages().isEmpty()), folder.toString());
                }
            }
        }
    }

    /** Each folder, with the text and the flags of its messages. */
    private static String told(Account account) {
        return account.folders().values().stream().map(folder -> folder.name() + ": " + folder.messages().values()
                .stream().map(LabAccountTest::told).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }

    private static String told(Message message) {
        return new String(message.content().octets(), StandardCharsets.US_ASCII).strip() + " "
                + message.flags().names().stream().sorted().collect(Collectors.joining(" "));
    }

    private static Lab lab(String setup) {
        var parsed = LabParser.parse("# A Lab\n\n```setup\n" + setup + "```\n\n## A Step\n\nNothing to do.\n", null);
        assertEquals(List.of(), parsed.problems());
        return parsed.lab();
    }
}
