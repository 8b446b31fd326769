package dev.mailscope.lab.pack;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Which accounts and devices there are at a place in a lab; what names another is a problem. */
final class Declared {
    private final Consumer<Problem> problems;
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> devices = new HashSet<>();

    Declared(Consumer<Problem> problems) {
        this.problems = problems;
    }

    void take(SetupCommand command) {
        switch (command) {
            case SetupCommand.Account c -> {
                if (!accounts.add(c.user())) {
                    wrong(c, "there is an account " + c.user() + " already");
                }
            }
            case SetupCommand.Folder c -> account(c, c.account());
            case SetupCommand.Mail c -> account(c, c.account());
            case SetupCommand.Pop3 c -> device(c, c.device(), c.account());
            case SetupCommand.Imap c -> device(c, c.device(), c.account());
            case SetupCommand.Synchronise c -> known(c, c.device());
            case SetupCommand.Network c -> known(c, c.device());
        }
    }

    private void device(SetupCommand command, String device, String account) {
        account(command, account);
        if (!devices.add(device)) {
            wrong(command, "there is a device " + device + " already");
        }
    }

    private void account(SetupCommand command, String user) {
        if (!accounts.contains(user)) {
            wrong(command, "there is no account " + user + " yet: account " + user + " PASSWORD makes it");
        }
    }

    private void known(SetupCommand command, String device) {
        if (!devices.contains(device)) {
            wrong(command, "there is no device " + device + " yet");
        }
    }

    private void wrong(SetupCommand command, String text) {
        problems.accept(Problem.of(command.line(), text));
    }
}
