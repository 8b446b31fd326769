package dev.mailscope.lab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.play.Labs;
import dev.mailscope.server.AccountMail;
import picocli.CommandLine;

/** Which of a lab's accounts those of a server begin with. */
@Timeout(60)
class ServeCommandTest {
    private static final String TWO = Labs.FOLDER.resolve("which-protocol").toString();
    private static final String ONE = Labs.FOLDER.resolve("pop3-phases").toString();

    @TempDir
    private Path folder;
    private final StringWriter err = new StringWriter();

    @Test
    void whatIsTakenAndWhatIsNotIsSaid() throws Exception {
        assertEquals(List.of("Holidays", "INBOX"), taken("--lab", TWO, "--lab-account", "ida"));
        assertEquals("mailscope: accounts that are made now start as ida in the lab \"Which protocol?\": Holidays (1), "
                + "INBOX (2); not"
                + " taken: the account pat, the device PopLaptop, the device PopPhone, the device ImapLaptop, the"
                + " device ImapPhone, what its steps do", err.toString().strip());
        assertEquals(List.of("INBOX"), taken("--lab", ONE));
    }

    @Test
    void whatCannotWorkIsRefused() throws Exception {
        refused("this lab sets up several accounts (pat, ida): say which with --lab-account", "--lab", TWO);
        refused("this lab sets up no account bob, but pat, ida", "--lab", TWO, "--lab-account", "bob");
        refused("--lab-account needs --lab", "--lab-account", "bob");
        refused("--lab and --mail exclude each other", "--lab", ONE, "--mail", folder.toString());
        refused("there is no lab ", "--lab", folder.resolve("none").toString());
        refused("this lab sets up no account that others could start with", "--lab",
                Files.writeString(folder.resolve("none.md"), "# T\n\n## S\n\nText.\n").toString());
        refused("line 6", "--lab", Files.writeString(folder.resolve("wrong.md"),
                "# T\n\n## S\n\n```check\nIt: nothing ==\n```\n").toString());
    }

    private List<String> taken(String... options) throws Exception {
        var command = new ServeCommand();
        new CommandLine(command).setErr(new PrintWriter(err, true)).parseArgs(options);
        return List.copyOf(assertInstanceOf(AccountMail.Like.class, command.accountMail().orElseThrow()).account()
                .folders().keySet());
    }

    private void refused(String why, String... options) {
        var words = new String[options.length + 1];
        words[0] = "serve";
        System.arraycopy(options, 0, words, 1, options.length);
        err.getBuffer().setLength(0);
        assertEquals(CommandLine.ExitCode.USAGE,
                Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), words), err::toString);
        assertTrue(err.toString().startsWith("mailscope: ") && err.toString().contains(why), err::toString);
    }
}
