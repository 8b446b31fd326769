package dev.mailscope.lab.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.SetupCommand;
import dev.mailscope.server.AccountMail;

/**
 * One of the accounts that a lab sets up, for accounts elsewhere to begin with: its folders and mail as the lab's
 * set-up leaves them. The lab's other accounts, its devices, its passwords and what its steps do are not taken.
 *
 * @param lab  the lab
 * @param user the account
 */
public record LabAccount(Lab lab, String user) {
    /** Those of a lab, in the order in which it sets them up; none for a lab that begins with an empty server. */
    public static List<LabAccount> all(Lab lab) {
        return lab.setup().stream().filter(SetupCommand.Account.class::isInstance).map(SetupCommand.Account.class::cast)
                .map(account -> new LabAccount(lab, account.user())).toList();
    }

    /** The users of the lab's other accounts. */
    public List<String> others() {
        return all(lab).stream().map(LabAccount::user).filter(other -> !other.equals(user)).toList();
    }

    /** The names of the devices that the lab sets up. */
    public List<String> devices() {
        var names = new ArrayList<String>();
        for (var command : lab.setup()) {
            if (command instanceof SetupCommand.Pop3 device) {
                names.add(device.device());
            } else if (command instanceof SetupCommand.Imap device) {
                names.add(device.device());
            }
        }
        return List.copyOf(names);
    }

    /** True when something is set up or done as a step begins, and not only before the first. */
    public boolean isFollowedByMore() {
        return lab.steps().stream().anyMatch(step -> !step.blocks(Block.Doing.class).isEmpty());
    }

    /**
     * Carries the lab's set-up out, on a server of its own that ends with it, and gives what is in the account then.
     * IOException, with the line, when it cannot be carried out.
     */
    public AccountMail.Like mail() throws IOException {
        try (var equipment = Equipment.empty(null)) {
            for (var command : lab.setup()) {
                equipment.carryOut(command);
            }
            return new AccountMail.Like(equipment.server().trace().live().server().account(user).orElseThrow());
        }
    }
}
