package dev.mailscope.lab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.mailscope.lab.pack.LabParser;
import dev.mailscope.lab.pack.Problem;
import dev.mailscope.lab.run.LabAccount;
import dev.mailscope.server.AccountMail;
import dev.mailscope.server.cli.Serve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}, as the server has it, with accounts that can begin as a lab sets one up. */
@Command(name = "serve")
final class ServeCommand extends Serve {
    @Option(names = "--lab", paramLabel = "LAB", converter = LabFile.class,
            description = "Every account, with --classroom that of each student, starts with the folders and mail of "
                    + "the account that this lab sets up: a file, a folder with a lab.md, or the name of a lab that "
                    + "comes with Mailscope. Its devices, its passwords and what its steps do are not taken.")
    private Path lab;

    @Option(names = "--lab-account", paramLabel = "USER",
            description = "Which of the lab's accounts, when it sets up several.")
    private String user;

    @Override
    protected Optional<AccountMail> accountMail() throws IOException {
        var other = super.accountMail();
        if (lab == null && user == null) {
            return other;
        }
        if (lab == null) {
            throw new IllegalArgumentException("--lab-account needs --lab");
        }
        if (other.isPresent()) {
            throw new IllegalArgumentException("--lab and --mail exclude each other");
        }
        var account = account();
        var taken = account.mail();
        say(told(account, taken));
        return Optional.of(taken);
    }

    private LabAccount account() throws IOException {
        var parsed = LabParser.read(lab);
        if (parsed.lab() == null) {
            throw new IOException(lab + ": " + parsed.problems().stream().map(Problem::toString)
                    .collect(Collectors.joining("; ")));
        }
        var all = LabAccount.all(parsed.lab());
        var users = all.stream().map(LabAccount::user).collect(Collectors.joining(", "));
        if (all.isEmpty()) {
            throw new IOException(lab + ": this lab sets up no account that others could start with");
        }
        if (user == null && all.size() > 1) {
            throw new IllegalArgumentException(lab + ": this lab sets up several accounts (" + users
                    + "): say which with --lab-account");
        }
        return all.stream().filter(each -> user == null || each.user().equals(user)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(lab + ": this lab sets up no account " + user
                        + ", but " + users));
    }

    private static String told(LabAccount account, AccountMail.Like taken) {
        var folders = taken.account().folders();
        var left = new ArrayList<String>();
        account.others().forEach(other -> left.add("the account " + other));
        account.devices().forEach(device -> left.add("the device " + device));
        if (account.isFollowedByMore()) {
            left.add("what its steps do");
        }
        return "accounts that are made now start as " + account.user() + " in the lab \"" + account.lab().title() + "\": "
                + folders.values().stream().map(folder -> folder.name() + " (" + folder.messages().size() + ")")
                        .collect(Collectors.joining(", "))
                + (left.isEmpty() ? "" : "; not taken: " + String.join(", ", left));
    }
}
